//! Importance sampling: worlds and intents drawn where a rare ending is likelier, each with the weight that undoes it.
//!
//! ```text
//! q(u) = α + (1 − α) · Π_d g_d(u_d),   weight = 1/q(u) ≤ 1/α
//! ```
//!
//! `g_d` is a density on [0, 1] of equal cells, fitted to the worlds of a pilot that met the ending (cross-entropy). The
//! share α of draws is as the scenario says, so that no weight can exceed 1/α. Sources: Rubinstein (1999) for
//! cross-entropy; Hesterberg (1995) for the mixture.

use std::ops::Range;

use itertools::Itertools as _;

use super::worlds::{TILTED, Weighted};
use crate::engine::{Draws, Streams, Uniforms, talks::Talks};

/// Share of draws that are as the scenario says.
pub(super) const DEFENSIVE: f64 = 0.2;

/// Cells of a density.
pub(super) const CELLS: usize = 4;

/// χ² with three degrees of freedom at one in a thousand: dimensions below it are left as they are.
const TELLING: f64 = 16.27;

/// Most dimensions that are tilted; each one more makes weights less even.
const MOST_TILTED: usize = 10;

/// Worlds that met the ending, by cell: `cells[dimension][cell]` as sums of weights.
pub(super) type Met = Vec<[f64; CELLS]>;

/// A proposal.
#[derive(Debug, Clone)]
pub(super) struct Tilt {
    /// Dimension and density: those of worlds first, then those of intents.
    densities: Vec<(usize, [f64; CELLS])>,
    worlds: usize,
    /// The streams of the intents of the parties, which are dimensions beside those of worlds; none without talks.
    intents: Vec<Streams>,
    mixture: Streams,
    thinning: Streams,
    first: u64,
}

impl Tilt {
    /// The proposal that draws as the scenario says, its worlds numbered from `TILTED + first` on.
    pub fn none(draws: &Draws, talks: Option<&Talks>, seed: u64, first: u64) -> Self {
        Self {
            densities: Vec::new(),
            worlds: draws.dimensions().len(),
            intents: talks.into_iter().flat_map(Talks::intent_streams).cloned().collect(),
            mixture: Streams::new(seed, "estimate/mixture"),
            thinning: Streams::new(seed, "estimate/thinning"),
            first,
        }
    }

    /// Dimensions in all.
    pub fn dimensions(&self) -> usize {
        self.worlds + self.intents.len()
    }

    /// The dimensions that are tilted.
    pub fn tilted(&self) -> impl Iterator<Item = usize> + '_ {
        self.densities.iter().map(|(d, _)| *d)
    }

    /// The proposal fitted to what met the ending; `hits` is the effective number of worlds behind the sums.
    pub fn fitted(&self, met: &Met, hits: f64, first: u64) -> Self {
        let even = 1.0 / CELLS as f64;
        // Some of every cell, so that the fit of few worlds is not taken at its word.
        let some = 1.0 + 0.05 * hits;
        let all = hits + CELLS as f64 * some;
        let tilted = |(dimension, cells): (usize, &[f64; CELLS])| {
            let total: f64 = cells.iter().sum();
            let share = cells.map(|c| c / total);
            let chi: f64 = share.iter().map(|s| hits * (s - even) * (s - even) / even).sum();
            // Where nothing was met there is no share, and nothing is told.
            (chi > TELLING).then(|| (chi, dimension, share.map(|s| (s * hits + some) / all * CELLS as f64)))
        };
        let found = met.iter().enumerate().filter_map(tilted);
        let strongest = found.sorted_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))).take(MOST_TILTED);
        let densities = strongest.map(|(_, dimension, density)| (dimension, density)).collect();
        Self { densities, first, ..self.clone() }
    }

    /// The worlds with these numbers, each with its weight and the run whose rounds it plays.
    pub fn worlds(&self, draws: &Draws, numbers: Range<u64>) -> Vec<Weighted> {
        self.drawn(draws, numbers).into_iter().map(|(world, _)| world).collect()
    }

    /// The same, with all uniforms of each.
    pub fn drawn(&self, draws: &Draws, numbers: Range<u64>) -> Vec<(Weighted, Vec<f64>)> {
        let first = TILTED + self.first + numbers.start;
        let mut uniforms = draws.uniforms(first, (numbers.end - numbers.start) as usize);
        let as_said: Vec<bool> = (0..uniforms.count as u64).map(|i| self.is_as_said(first + i)).collect();
        self.bend(&mut uniforms, &as_said);
        let mut worlds = draws.worlds(&uniforms);
        let each = worlds.drain(..).zip(&as_said).enumerate();
        each.map(|(i, (mut drawn, as_said))| {
            let mut all: Vec<f64> = (0..self.worlds).map(|d| uniforms.values[d * uniforms.count + i]).collect();
            drawn.run = self.run_of(drawn.run, *as_said);
            all.extend(self.intents_of(drawn.run));
            let weight = self.weight(&all);
            ((drawn, weight), all)
        })
        .collect()
    }

    /// The uniform that draws the intent of each party in a run.
    fn intents_of(&self, run: u64) -> Vec<f64> {
        self.intents.iter().map(|stream| stream.of_run(run).at(0)).collect()
    }

    fn is_as_said(&self, run: u64) -> bool {
        self.mixture.of_run(run).at(0) < DEFENSIVE
    }

    fn weight(&self, uniforms: &[f64]) -> f64 {
        let density: f64 = self.densities.iter().map(|(d, g)| g[cell(uniforms[*d])]).product();
        1.0 / (DEFENSIVE + (1.0 - DEFENSIVE) * density)
    }

    /// Draws the tilted dimensions of worlds by the inverse of their distribution functions.
    fn bend(&self, uniforms: &mut Uniforms, as_said: &[bool]) {
        for (d, density) in self.densities.iter().filter(|(d, _)| *d < self.worlds) {
            let row = &mut uniforms.values[d * uniforms.count..(d + 1) * uniforms.count];
            for (u, _) in row.iter_mut().zip(as_said).filter(|(_, as_said)| !**as_said) {
                *u = inverse(density, *u);
            }
        }
    }

    /// The run whose rounds are played: rounds, and with them intents, come with a run's number, so numbers are thinned
    /// until the intents have the density wanted (rejection; von Neumann 1951).
    fn run_of(&self, run: u64, as_said: bool) -> u64 {
        let tilted: Vec<_> = self.densities.iter().filter(|(d, _)| *d >= self.worlds).collect();
        if as_said || tilted.is_empty() {
            return run;
        }
        let most: f64 = tilted.iter().map(|(_, g)| g.iter().copied().fold(0.0, f64::max)).product();
        let mut luck = self.thinning.of_run(run);
        // Every density leaves some of each cell, so a thousand numbers never all fail; the last would be taken.
        let mut at = run;
        for turn in 0..1_000 {
            at = run + (turn << 42);
            let uniforms = self.intents_of(at);
            let density: f64 = tilted.iter().map(|(d, g)| g[cell(uniforms[d - self.worlds])]).product();
            if luck.at(turn) * most < density {
                break;
            }
        }
        at
    }
}

/// The cell of a uniform.
pub(super) fn cell(u: f64) -> usize {
    ((u * CELLS as f64) as usize).min(CELLS - 1)
}

/// The inverse distribution function of a density of equal cells.
fn inverse(density: &[f64; CELLS], v: f64) -> f64 {
    let width = 1.0 / CELLS as f64;
    let mut left = v;
    for (c, g) in density.iter().enumerate() {
        let mass = g * width;
        if left < mass || c == CELLS - 1 {
            // Below the next cell even where rounding would reach it.
            return ((c as f64 + (left / mass).min(1.0)) * width)
                .min((c as f64 + 1.0) * width - 1e-16)
                .min(1.0 - 1e-16);
        }
        left -= mass;
    }
    v
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tilted_uniforms_have_the_density_asked_for() {
        let density = [0.4, 0.8, 0.8, 2.0];
        let mut counts = [0_u32; CELLS];
        for i in 0..100_000 {
            let u = inverse(&density, (f64::from(i) + 0.5) / 100_000.0);
            assert!((0.0..1.0).contains(&u));
            counts[cell(u)] += 1;
        }
        // Even places: a cell errs by one of them at each end.
        for (count, g) in counts.iter().zip(density) {
            assert!((f64::from(*count) - g * 25_000.0).abs() <= 2.0, "{counts:?}");
        }
    }
}
