//! Worlds that are looked at beforehand and never scored: they choose how the others are drawn.

use std::ops::Range;

use super::sums::WeightedSums;
use super::tilt::{CELLS, Met, Tilt, cell};
use super::value::{Out, Values};
use super::worlds::{PILOT, Source};
use super::{EstimateSettings, Until, rule_of_three};
use crate::engine::{CannotRun, Draws, Tally as _, ThreadsError, adds_up, talks::Desk, tally};

/// Worlds in which it is tried whose line is best integrated out.
pub const PILOT_WORLDS: u64 = 512;

/// Runs of the pilot of importance sampling: a quarter of those asked for, within these limits.
const PILOT_RUNS: (u64, u64) = (2_048, 65_536);

/// Fixed point of sums: 2⁻³².
const UNITS: f64 = 4_294_967_296.0;

/// The judge whose line leaves least to chance, by the sample variance of what is left, and the worlds that it took.
/// Of equals the first.
pub(super) fn best_line(
    draws: &Draws,
    values: &Values,
    open: &[usize],
    threads: Option<usize>,
) -> Result<(usize, u64), ThreadsError> {
    if let [only] = open {
        return Ok((*only, 0));
    }
    let source = Source::Streams { first: PILOT };
    let fresh = || (Desk::default(), vec![WeightedSums::default(); open.len()]);
    let work = |(desk, tried): &mut (Desk, Vec<WeightedSums>), block: Range<u64>| {
        for (k, (drawn, weight)) in block.clone().zip(source.worlds(draws, block)) {
            for (judge, sums) in open.iter().zip(&mut *tried) {
                sums.add(k, values.value(&drawn, Out::One(*judge), desk), weight);
            }
        }
    };
    let (_, tried) = tally(PILOT_WORLDS, threads, fresh, work, |_| ())?;
    let spread = |(_, sums): &(&usize, &WeightedSums)| sums.variance();
    let best = open.iter().zip(&tried).min_by(|a, b| spread(a).total_cmp(&spread(b)));
    Ok((*best.expect("some line is open").0, PILOT_WORLDS))
}

/// The proposal of importance sampling, fitted in two steps, and the runs that it took: half of them as the scenario
/// says, half under what the first half suggests.
///
/// # Errors
/// [`CannotRun::NeverMet`] if the first half never met the target.
pub(super) fn tilt(draws: &Draws, values: &Values, settings: &EstimateSettings) -> Result<(Tilt, u64), CannotRun> {
    let quarter = match settings.until {
        Until::Worlds(worlds) => worlds / 4,
        Until::Precision { .. } => 16_384,
    };
    let runs = quarter.clamp(PILOT_RUNS.0, PILOT_RUNS.1) / 2;
    let plain = Tilt::none(draws, values.talks(), settings.drawing.seed, 0);
    let first = met(draws, values, &plain, runs, settings.drawing.threads)?;
    if first.worlds == 0 {
        return Err(CannotRun::NeverMet { worlds: runs, bound: rule_of_three(runs) });
    }
    let guess = plain.fitted(&first.cells(), first.effective(), 1 << 40);
    let second = met(draws, values, &guess, runs, settings.drawing.threads)?;
    let mut both = first;
    both.merge(second);
    Ok((plain.fitted(&both.cells(), both.effective(), 2 << 40), 2 * runs))
}

fn met(draws: &Draws, values: &Values, tilt: &Tilt, runs: u64, threads: Option<usize>) -> Result<Hits, ThreadsError> {
    let dimensions = tilt.dimensions();
    let fresh = || (Desk::default(), Hits { cells: vec![[0; CELLS]; dimensions], ..Hits::default() });
    let work = |(desk, hits): &mut (Desk, Hits), block: Range<u64>| {
        for ((drawn, weight), uniforms) in tilt.drawn(draws, block) {
            let value = weight * values.value(&drawn, Out::Nothing, desk);
            if value > 0.0 {
                hits.add(value, &uniforms);
            }
        }
    };
    Ok(tally(runs, threads, fresh, work, |_| ())?.1)
}

/// Worlds that met the target.
#[derive(Default)]
struct Hits {
    worlds: u64,
    weights: u64,
    squares: u64,
    cells: Vec<[u64; CELLS]>,
}

adds_up!(Hits: worlds, weights, squares, cells);

impl Hits {
    fn add(&mut self, weight: f64, uniforms: &[f64]) {
        let units = (weight * UNITS).round() as u64;
        self.worlds += 1;
        self.weights += units;
        self.squares += (weight * weight * UNITS).round() as u64;
        for (cells, u) in self.cells.iter_mut().zip(uniforms) {
            cells[cell(*u)] += units;
        }
    }

    fn cells(&self) -> Met {
        self.cells.iter().map(|cells| cells.map(|c| c as f64 / UNITS)).collect()
    }

    /// The effective number of worlds: Σ² / Σ of squares of their weights.
    fn effective(&self) -> f64 {
        let (sum, squares) = (self.weights as f64 / UNITS, self.squares as f64 / UNITS);
        if squares > 0.0 { sum * sum / squares } else { 0.0 }
    }
}
