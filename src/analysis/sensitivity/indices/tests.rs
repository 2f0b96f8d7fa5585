#![allow(
    clippy::disallowed_methods,
    reason = "a test function with a known answer; no result depends on its last bits"
)]

use std::f64::consts::PI;

use super::super::bootstrap::{Batches, bootstrap};
use super::*;
use crate::engine::Streams;
use crate::engine::points::Sobol;

/// Outcomes of a function at two sets of points and all mixtures of single inputs.
struct Sample {
    a: Vec<f64>,
    b: Vec<f64>,
    mixed: Vec<Vec<f64>>,
}

impl Sample {
    fn of(f: impl Fn(&[f64]) -> f64, inputs: usize, a: &[Vec<f64>], b: &[Vec<f64>]) -> Self {
        let mix = |g: usize| {
            let row = |(a, b): (&Vec<f64>, &Vec<f64>)| {
                let mut row = a.clone();
                row[g] = b[g];
                f(&row)
            };
            a.iter().zip(b).map(row).collect()
        };
        let all = |rows: &[Vec<f64>]| rows.iter().map(|row| f(row)).collect();
        Self { a: all(a), b: all(b), mixed: (0..inputs).map(mix).collect() }
    }

    fn sobol(f: impl Fn(&[f64]) -> f64, inputs: usize, rows: u64, randomisation: u64) -> Self {
        let paths: Vec<String> = (0..2 * inputs).map(|d| format!("x{d}")).collect();
        let points = Sobol::new(&paths, 1, randomisation);
        let set = |from: usize| {
            let row = |i| (from..from + inputs).map(|d| points.at(d, i)).collect();
            (0..rows).map(row).collect::<Vec<Vec<f64>>>()
        };
        Self::of(f, inputs, &set(0), &set(inputs))
    }

    fn chance(f: impl Fn(&[f64]) -> f64, inputs: usize, rows: usize, seed: u64) -> Self {
        let streams = Streams::new(seed, "test");
        let set = |name: &str| {
            let row = |i: usize| {
                let mut row = vec![0.0; inputs];
                streams.uniforms(name, (i * inputs) as u64, &mut row);
                row
            };
            (0..rows).map(row).collect::<Vec<Vec<f64>>>()
        };
        Self::of(f, inputs, &set("a"), &set("b"))
    }

    fn rows(&self) -> Rows<'_> {
        Rows { a: &self.a, b: &self.b, mixed: &self.mixed }
    }
}

// Ishigami and Homma (1990) with a = 7, b = 0.1.
fn ishigami(u: &[f64]) -> f64 {
    let x: Vec<f64> = u.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
    x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
}

const ISHIGAMI_FIRST: [f64; 3] = [0.313_905_191_147_811_46, 0.442_411_144_790_040_9, 0.0];
const ISHIGAMI_TOTAL: [f64; 3] = [0.557_588_855_209_959_2, 0.442_411_144_790_040_9, 0.243_683_664_062_147_7];

#[test]
fn the_indices_of_ishigami_are_the_known_ones() {
    let sample = Sample::sobol(ishigami, 3, 1 << 14, 0);
    let found = decompose(&sample.rows(), 1);
    // Var f = a²/8 + bπ⁴/5 + b²π⁸/18 + ½.
    let variance = 49.0 / 8.0 + 0.1 * PI.powi(4) / 5.0 + 0.01 * PI.powi(8) / 18.0 + 0.5;
    // 2¹⁴ Sobol' points: chance alone would err by about 0.02; seen: under 0.003.
    assert!((found.variance / variance - 1.0).abs() < 0.01 && (found.mean - 3.5).abs() < 0.01);
    for (g, found) in found.groups.iter().enumerate() {
        assert!((found.first.value - ISHIGAMI_FIRST[g]).abs() < 0.02, "{g}: {found:?}");
        assert!((found.total.value - ISHIGAMI_TOTAL[g]).abs() < 0.02, "{g}: {found:?}");
        assert!(found.first.low <= found.first.value && found.first.value <= found.first.high);
    }
    assert!(found.groups[2].first.may_be_zero() && !found.groups[2].total.may_be_zero());
    let interactions = found.interactions.expect("it varies").value;
    assert!((interactions - (1.0 - ISHIGAMI_FIRST.iter().sum::<f64>())).abs() < 0.02);
}

/// Π (|4u − 2| + a) / (1 + a): each factor varies by V = (1/3) / (1 + a)² about 1, so that
/// Var f = Π (1 + V) − 1,  S = V / Var f,  T = V Π over the others (1 + V) / Var f. Source: Saltelli and Sobol' (1995).
#[test]
fn the_indices_of_the_g_function_are_the_known_ones() {
    let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
    let g = |u: &[f64]| u.iter().zip(&a).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product();
    let sample = Sample::sobol(g, 8, 1 << 14, 0);
    let found = decompose(&sample.rows(), 1);
    let v: Vec<f64> = a.iter().map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a))).collect();
    let all: f64 = v.iter().map(|v| 1.0 + v).product();
    for (i, found) in found.groups.iter().enumerate() {
        let (first, total) = (v[i] / (all - 1.0), v[i] * all / (1.0 + v[i]) / (all - 1.0));
        assert!((found.first.value - first).abs() < 0.02, "{i}: {found:?} {first}");
        assert!((found.total.value - total).abs() < 0.02, "{i}: {found:?} {total}");
    }
}

/// A group of inputs is one input: of f = x + y + 2z the pair (x, y) makes 2 of 6 parts.
#[test]
fn a_group_has_the_index_of_its_inputs_together() {
    let f = |u: &[f64]| u[0] + u[1] + 2.0 * u[2];
    let single = Sample::sobol(f, 3, 4_096, 0);
    let mut pair = single.mixed[0].clone();
    for (row, pair) in pair.iter_mut().enumerate() {
        // f is a sum, so moving both moves it by both.
        *pair += single.mixed[1][row] - single.a[row];
    }
    let mixed = [pair, single.mixed[2].clone()];
    let found = decompose(&Rows { mixed: &mixed, ..single.rows() }, 1);
    // Seen: 1e-3; the sum is exact but for the product of two sets of points.
    assert!(
        (found.groups[0].first.value - 1.0 / 3.0).abs() < 0.01
            && (found.groups[1].total.value - 2.0 / 3.0).abs() < 0.01
    );
    assert!(found.interactions.expect("it varies").may_be_zero());
}

#[test]
fn an_input_that_plays_no_part_has_nothing_exactly() {
    let sample = Sample::sobol(|u| u[0] * u[0], 2, 512, 0);
    let nothing = decompose(&sample.rows(), 1).groups[1];
    assert_eq!((nothing.first.low, nothing.first.high, nothing.total.high), (0.0, 0.0, 0.0));
    assert!(nothing.first.may_be_zero() && nothing.total.may_be_zero());
    let flat = Sample::sobol(|_| 0.1, 2, 512, 0);
    assert!(decompose(&flat.rows(), 1).groups.is_empty());
}

/// Batches against rows: the same sums, one a batch of 64 rows and one a row, both of independent rows.
#[test]
fn resampling_batches_is_as_wide_as_resampling_rows() {
    let sample = Sample::chance(ishigami, 3, 1 << 12, 4);
    let rows = sample.rows();
    let n = rows.a.len();
    let estimates = |sums: &[f64], out: &mut Vec<f64>| {
        let scale = 1.0 / (sums[0] * variance(sums));
        out.extend((0..6).map(|k| sums[3 + k] * scale));
    };
    let width = |each: usize| {
        let batches = Batches::by(each, n, |range| batch(&rows, 3.5, range));
        bootstrap(&batches, estimates, 9).into_iter().map(|i| i.high - i.low).collect::<Vec<f64>>()
    };
    for (k, (by_batch, by_row)) in width(64).iter().zip(width(1)).enumerate() {
        // 64 batches know their spread to 1/√128 = 9 %, a percentile of 1000 resamples adds 4 %; three of these.
        assert!((by_batch / by_row - 1.0).abs() < 0.30, "{k}: {by_batch} {by_row}");
    }
}

/// Of 60 randomisations with four indices each that are not 0, the intervals hold most: those of chance 95 % of the time,
/// those of Sobol' points more often, since they err on the wide side.
#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    let held = |sample: &dyn Fn(u64) -> Sample| {
        let hits = (0..60).map(|r| {
            let found = decompose(&sample(r).rows(), r);
            let inside = |i: Index, truth: f64| usize::from(i.low <= truth && truth <= i.high);
            let each = (0..3).map(|g| inside(found.groups[g].total, ISHIGAMI_TOTAL[g]));
            each.sum::<usize>() + inside(found.groups[1].first, ISHIGAMI_FIRST[1])
        });
        hits.sum::<usize>()
    };
    let chance = held(&|r| Sample::chance(ishigami, 3, 1_024, r));
    let sobol = held(&|r| Sample::sobol(ishigami, 3, 1_024, r));
    // 95 % of 240 are 228; the four of a randomisation hang together, so five standard errors are about 34.
    assert!(chance >= 205, "{chance}");
    assert!(sobol >= 228, "{sobol}");
}
