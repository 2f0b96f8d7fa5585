//! Sobol' indices of 2^16 rows and 8 inputs with intervals, beside the plain bootstrap that resamples rows.
//!
//! `cargo bench --bench sensitivity`. Medians of several repeats; evaluating the model is not counted.

use std::hint::black_box;
use std::time::Instant;

use winset::analysis::sensitivity::{TwoSets, decompose};
use winset::engine::points::Sobol;

const INPUTS: usize = 8;
const ROWS: usize = 1 << 16;
/// Resamples of the plain bootstrap.
const PLAIN: usize = 100;

fn main() {
    let paths: Vec<String> = (0..2 * INPUTS).map(|d| format!("x{d}")).collect();
    let points = Sobol::new(&paths, 1, 0);
    let start = Instant::now();
    let mut columns = vec![0.0; 2 * INPUTS * ROWS];
    columns.chunks_exact_mut(ROWS).enumerate().for_each(|(d, row)| points.fill(d, 0, row));
    let columns = black_box(columns);
    let per_number = start.elapsed().as_secs_f64() / columns.len() as f64;
    println!("scrambled Sobol' points: {:.0} ns a number", per_number * 1e9);
    let sample = Sample::of(&columns);
    let rows = TwoSets { a: &sample.a, b: &sample.b, mixed: &sample.mixed };
    let fast = median(9, || {
        black_box(decompose(&rows));
    });
    println!("{ROWS} rows x {INPUTS} inputs, both indices with intervals: {:.1} ms", fast * 1e3);
    let plain = median(3, || {
        black_box(sample.resample_rows());
    });
    println!("  plain bootstrap of rows, {PLAIN} resamples: {:.0} ms; ratio {:.0}", plain * 1e3, plain / fast);
}

fn median(repeats: usize, mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..repeats)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[repeats / 2]
}

struct Sample {
    a: Vec<f64>,
    b: Vec<f64>,
    mixed: Vec<Vec<f64>>,
}

impl Sample {
    /// The g function of Saltelli and Sobol' (1995).
    fn of(columns: &[f64]) -> Self {
        let coefficient = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
        let g = |at: &dyn Fn(usize) -> f64| {
            (0..INPUTS).map(|d| ((4.0 * at(d) - 2.0).abs() + coefficient[d]) / (1.0 + coefficient[d])).product::<f64>()
        };
        let all = |f: &dyn Fn(usize) -> f64| (0..ROWS).map(f).collect::<Vec<f64>>();
        let value = |d: usize, i: usize| columns[d * ROWS + i];
        let mixed = |m: usize| all(&|i| g(&|d| value(if d == m { d + INPUTS } else { d }, i)));
        Self {
            a: all(&|i| g(&|d| value(d, i))),
            b: all(&|i| g(&|d| value(d + INPUTS, i))),
            mixed: (0..INPUTS).map(mixed).collect(),
        }
    }

    /// Both indices of every input from rows drawn with replacement, so many times.
    fn resample_rows(&self) -> Vec<f64> {
        let mut state = 1_u64;
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % ROWS
        };
        let mut found = Vec::new();
        for _ in 0..PLAIN {
            let drawn: Vec<usize> = (0..ROWS).map(|_| draw()).collect();
            let both = || drawn.iter().flat_map(|i| [self.a[*i], self.b[*i]]);
            let mean = both().sum::<f64>() / (2 * ROWS) as f64;
            let variance = both().map(|f| (f - mean) * (f - mean)).sum::<f64>() / (2 * ROWS) as f64;
            for mixed in &self.mixed {
                let moved = |i: &usize| mixed[*i] - self.a[*i];
                let first = drawn.iter().map(|i| (self.b[*i] - mean) * moved(i)).sum::<f64>();
                let total = drawn.iter().map(|i| moved(i) * moved(i)).sum::<f64>() / 2.0;
                found.extend([first, total].map(|sum| sum / ROWS as f64 / variance));
            }
        }
        found
    }
}
