//! By how much estimated differences may be off, all of them at once.

use super::sample::{Difference, Sample};
use crate::num;

/// The chance that some bound of a look fails.
const LEVEL: f64 = 0.05;

/// Runs from which the bootstrap is trusted; below, bounds are those of Bonferroni with Student's t.
const FEW: usize = 100;

/// All pure differences: what a plan pays more than another of the same player, whatever pure plans the others play.
#[derive(Debug, Clone, PartialEq)]
pub struct Errors {
    pairs: Vec<Pair>,
    /// How many standard errors every mean may be off.
    pub critical: f64,
}

#[derive(Debug, Clone, PartialEq)]
struct Pair {
    player: usize,
    one: usize,
    other: usize,
    found: Difference,
}

impl Errors {
    /// Of a sample, before any resample: the bound is that of Bonferroni.
    pub fn of(sample: &Sample) -> Self {
        let mut pairs = Vec::new();
        for player in 0..sample.players() {
            for one in 0..sample.profiles() {
                let profile = sample.profile(one);
                for plan in profile[player] + 1..sample.plans[player] {
                    let other = sample.with(one, player, plan);
                    pairs.push(Pair { player, one, other, found: sample.difference(player, one, other) });
                }
            }
        }
        let critical = num::student(LEVEL / pairs.len().max(1) as f64, sample.runs.saturating_sub(1).max(1) as u64);
        Self { pairs, critical }
    }

    /// The largest number of standard errors by which the differences of other means are off these.
    pub fn largest(&self, sample: &Sample, means: &[f64]) -> f64 {
        let players = sample.players();
        let off = |pair: &Pair| {
            let difference = means[pair.one * players + pair.player] - means[pair.other * players + pair.player];
            (difference - pair.found.mean).abs() / pair.found.error
        };
        // What never differs has no error.
        self.pairs.iter().filter(|pair| pair.found.error > 0.0).map(off).fold(0.0, f64::max)
    }

    /// The bound from resamples: the 95 % quantile of [`largest`](Self::largest).
    pub fn bootstrapped(&mut self, runs: usize, largest: Vec<f64>) {
        if runs >= FEW && !largest.is_empty() {
            self.critical = super::supports::quantiles(largest, 1.0 - LEVEL);
        }
    }

    /// Whether no difference of a player is ever other than 0, though it has more than one plan.
    pub fn never_differs(&self, player: usize) -> bool {
        let mut own = self.pairs.iter().filter(|pair| pair.player == player).peekable();
        own.peek().is_some() && own.all(|pair| pair.found == Difference { mean: 0.0, error: 0.0 })
    }

    /// The largest standard error of any difference, in points.
    pub fn largest_error(&self) -> f64 {
        self.pairs.iter().map(|pair| pair.found.error).fold(0.0, f64::max)
    }

    /// How much more a profile pays a player than another that differs in its plan alone.
    pub fn between(&self, player: usize, one: usize, other: usize) -> Difference {
        if one == other {
            return Difference::default();
        }
        let (low, high) = (one.min(other), one.max(other));
        let found = self.pairs.iter().find(|pair| (pair.player, pair.one, pair.other) == (player, low, high));
        let found = found.map_or_else(Difference::default, |pair| pair.found);
        if one < other { found } else { Difference { mean: -found.mean, ..found } }
    }
}
