//! Intervals by the bootstrap, over batches of rows instead of rows.
//!
//! Rows are divided into at most 256 batches, each kept as its sums. A resample draws as many batches with replacement, adds
//! their sums and computes the estimate from the total. Every estimate here is a function of sums, so the resample of a
//! hundred batches costs as much as one of a hundred rows, whatever stands behind them.
//!
//! Why that is right: batches of independent rows are themselves independent and alike, so resampling them is the ordinary
//! bootstrap of a sample of batches, with the same spread of every sum as rows have: a sum over n rows varies by n σ² either
//! way. What is lost is precision of the interval's own width, about 1/√(2 · 256) or 4 % of it. With Sobol' points a batch
//! is a run of consecutive points, which is spread evenly within itself; that all batches together are more even still is
//! left out, so the intervals err on the wide side. Sources: Efron and Tibshirani (1993); Law (2015) for batch means.

use crate::engine::Streams;

/// Batches at most.
const MOST_BATCHES: usize = 256;

/// Resamples.
const RESAMPLES: usize = 1_000;

/// Rows in batches, each with its sums.
#[derive(Debug, Clone)]
pub(super) struct Batches {
    count: usize,
    width: usize,
    /// `sums[batch · width + sum]`.
    sums: Vec<f64>,
}

impl Batches {
    /// Consecutive rows in batches of the same length, the last perhaps shorter; `sums` gives those of a range of rows.
    pub(super) fn of(rows: usize, sums: impl Fn(std::ops::Range<usize>) -> Vec<f64>) -> Self {
        Self::by(rows.div_ceil(MOST_BATCHES), rows, sums)
    }

    /// The same with so many rows in a batch.
    pub(super) fn by(each: usize, rows: usize, sums: impl Fn(std::ops::Range<usize>) -> Vec<f64>) -> Self {
        let each = each.max(1);
        let batches: Vec<Vec<f64>> = (0..rows).step_by(each).map(|at| sums(at..(at + each).min(rows))).collect();
        Self { count: batches.len(), width: batches.first().map_or(0, Vec::len), sums: batches.concat() }
    }

    /// The sums over all rows, added in order.
    pub(super) fn total(&self) -> Vec<f64> {
        let mut total = vec![0.0; self.width];
        for batch in self.sums.chunks_exact(self.width.max(1)) {
            total.iter_mut().zip(batch).for_each(|(sum, s)| *sum += s);
        }
        total
    }

    /// The sums of a resample that holds each batch so often.
    fn resampled(&self, times: &[f64], into: &mut [f64]) {
        into.fill(0.0);
        for (batch, times) in self.sums.chunks_exact(self.width).zip(times).filter(|(_, times)| **times > 0.0) {
            into.iter_mut().zip(batch).for_each(|(sum, s)| *sum += times * s);
        }
    }
}

/// An estimate with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Interval {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// The percentile interval of every estimate: the 25th smallest and the 25th largest of 1000 resamples.
///
/// `estimates` pushes them, computed from sums, always as many and in the same order. Where a resample gives no number (it
/// has no variance) it is left out.
pub(super) fn bootstrap(batches: &Batches, estimates: impl Fn(&[f64], &mut Vec<f64>), seed: u64) -> Vec<Interval> {
    let mut values = Vec::new();
    estimates(&batches.total(), &mut values);
    let mut resampled = vec![Vec::with_capacity(RESAMPLES); values.len()];
    let streams = Streams::new(seed, "bootstrap");
    let (mut uniforms, mut times) = (vec![0.0; batches.count], vec![0.0; batches.count]);
    let (mut sums, mut found) = (vec![0.0; batches.width], Vec::new());
    for resample in 0..RESAMPLES {
        streams.uniforms("batches", (resample * batches.count) as u64, &mut uniforms);
        times.fill(0.0);
        uniforms.iter().for_each(|u| times[(u * batches.count as f64) as usize] += 1.0);
        batches.resampled(&times, &mut sums);
        found.clear();
        estimates(&sums, &mut found);
        for (all, x) in resampled.iter_mut().zip(&found).filter(|(_, x)| x.is_finite()) {
            all.push(*x);
        }
    }
    values.into_iter().zip(&mut resampled).map(|(value, all)| interval(value, all)).collect()
}

/// The interval never leaves out the estimate itself; with nothing resampled it is the whole line.
fn interval(value: f64, all: &mut [f64]) -> Interval {
    if all.is_empty() {
        return Interval { value, low: f64::NEG_INFINITY, high: f64::INFINITY };
    }
    all.sort_unstable_by(f64::total_cmp);
    let outside = all.len() / 40;
    Interval { value, low: all[outside].min(value), high: all[all.len() - 1 - outside].max(value) }
}
