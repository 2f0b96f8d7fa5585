//! Sides that err: logit equilibria of the game of an account, by how many points they err.

use super::account::Block;
use super::players::Players;
use super::supports::quantiles;
use crate::engine::Streams;
use crate::games::{Logit, Sides, principal};

/// By how many points sides err, in what is told of them.
pub const ERRS_BY: [f64; 13] = [0.1, 0.15, 0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 6.0, 10.0];

/// A logit equilibrium on the principal branch, with a 95 % band over resampled tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Erring {
    /// s = 1/λ, in points.
    pub errs_by: f64,
    /// `mixed[player][type][plan]`.
    pub mixed: [Vec<Vec<f64>>; 2],
    /// Lower ends, in the same shape.
    pub low: [Vec<Vec<f64>>; 2],
    /// Upper ends.
    pub high: [Vec<Vec<f64>>; 2],
}

/// Resamples of a band.
const RESAMPLES: u64 = 100;

/// The chance from which a plan is played now and then.
pub const NOW_AND_THEN: f64 = 0.1;

/// The mean payoffs of two players by type; with `runs`, over these, each as often as it is named. `None` of more or fewer than two.
pub fn sides(players: &Players, blocks: &[Block], runs: Option<&[usize]>) -> Option<Sides> {
    let [one, other] = &players.0[..] else { return None };
    let both = [one, other];
    let mut payoffs = [Vec::new(), Vec::new()];
    // A block's first player's type runs fastest there, and slowest here; so do its plans.
    for first in 0..one.types.len() {
        for second in 0..other.types.len() {
            let block = blocks.iter().find(|block| block.types == [first, second])?;
            let sample = &block.cells.at_twice;
            let means = runs.map_or_else(|| sample.means(), |runs| sample.means_of(runs.iter().copied()));
            for (side, payoffs) in payoffs.iter_mut().enumerate() {
                let (m, n) = (sample.plans[0], sample.plans[1]);
                let cell = |k: usize| means[((k % n) * m + k / n) * 2 + side];
                payoffs.push((0..m * n).map(cell).collect());
            }
        }
    }
    Some(Sides {
        weights: both.map(|player| player.types.iter().map(|it| it.share).collect()),
        plans: both.map(|player| player.types.iter().map(|it| it.plans.len()).collect()),
        payoffs,
    })
}

/// The logit equilibria of an account at [`ERRS_BY`], as far as the branch can be followed; none of three players or more.
pub fn erring(players: &Players, blocks: &[Block], seed: u64) -> Vec<Erring> {
    let Some(whole) = sides(players, blocks, None) else { return Vec::new() };
    let runs = blocks.first().map_or(0, |block| block.cells.at_twice.runs);
    let streams = Streams::new(seed, "bands");
    let resampled = (0..RESAMPLES).filter_map(|b| {
        let mut luck = streams.of_run(b);
        let drawn: Vec<usize> = (0..runs as u64).map(|at| (luck.at(at) * runs as f64) as usize).collect();
        sides(players, blocks, Some(&drawn))
    });
    let resampled: Vec<Sides> = resampled.collect();
    let at = |errs_by: f64| {
        let Logit { mixed, .. } = principal(&whole, 1.0 / errs_by)?;
        let others: Vec<Logit> = resampled.iter().filter_map(|sides| principal(sides, 1.0 / errs_by)).collect();
        let end = |p: f64| {
            let chance = |side: usize, of: usize, plan: usize| {
                quantiles(others.iter().map(|it| it.mixed[side][of][plan]).collect(), p)
            };
            [0, 1].map(|side| {
                let types = mixed[side].iter().enumerate();
                types.map(|(of, plans)| (0..plans.len()).map(|plan| chance(side, of, plan)).collect()).collect()
            })
        };
        let (low, high) = (end(0.025), end(0.975));
        Some(Erring { errs_by, mixed, low, high })
    };
    ERRS_BY.into_iter().filter_map(at).collect()
}

/// The least number of points by which both sides must err for a type to play a plan with the chance [`NOW_AND_THEN`] or more, within a
/// hundredth of it; `None` where even sides that choose at random play it less often, or the branch could not be followed. 0 where it is
/// played so often by sides that hardly err.
pub fn errs_until(sides: &Sides, player: usize, of: usize, plan: usize) -> Option<f64> {
    let played = |errs_by: f64| principal(sides, 1.0 / errs_by).map(|it| it.mixed[player][of][plan]);
    let often = |errs_by: f64| played(errs_by).map(|chance| chance >= NOW_AND_THEN);
    let (mut low, mut high) = (LEAST, LEAST);
    if often(low)? {
        return Some(0.0);
    }
    while !often(high)? {
        (low, high) = (high, high * 2.0);
        if high > MOST {
            return None;
        }
    }
    while high - low > 0.01 * high {
        let middle = f64::midpoint(low, high);
        if often(middle)? { high = middle } else { low = middle }
    }
    Some(high)
}

/// Points by which sides err at least and at most, where it is sought by how many.
const LEAST: f64 = 0.05;
const MOST: f64 = 10_000.0;
