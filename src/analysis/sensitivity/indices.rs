//! Sobol' indices: the share of an outcome's variance that an input makes alone, and with all of its company.

use super::bootstrap::{Batches, Interval, bootstrap};

/// What is computed from: outcomes at two independent sets of points, and at mixtures of them.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// `a[row]`: at the points of the first set.
    pub a: &'a [f64],
    /// `b[row]`: at those of the second.
    pub b: &'a [f64],
    /// `mixed[group][row]`: at the first set's points, the inputs of this group taken from the second's.
    pub mixed: &'a [Vec<f64>],
}

/// An index with its 95 % interval, as a share of the variance.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Index {
    /// Its estimate. Sampling may leave it a little below 0 or above 1.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Index {
    /// Whether its interval holds 0: then nothing more may be said than that it cannot be told from 0.
    #[must_use]
    pub fn may_be_zero(&self) -> bool {
        self.low <= 0.0
    }

    fn of(interval: Interval) -> Self {
        Self { value: interval.value, low: interval.low, high: interval.high }
    }
}

/// Both indices of one input, or of a group of inputs taken as one.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Indices {
    /// Its first-order index S.
    pub first: Index,
    /// Its total index T.
    pub total: Index,
}

/// Where the variance of an outcome comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Decomposition {
    /// Rows, of (2 + groups) evaluations each.
    pub rows: usize,
    /// Mean of the outcome.
    pub mean: f64,
    /// Its variance.
    pub variance: f64,
    /// One for each group; empty if the outcome does not vary.
    pub groups: Vec<Indices>,
    /// The share of the variance that no group makes alone: 1 − ΣS. Only for groups that divide all inputs.
    pub interactions: Option<Index>,
}

/// First-order and total indices of groups of inputs, with intervals.
///
/// ```text
/// S_g = Var(E[f | x_g]) / Var f      ≈  Σ (f(B) − m) (f(A with g from B) − f(A))  /  n Var f
/// T_g = E[Var(f | x_without g)] / Var f ≈  Σ (f(A) − f(A with g from B))²        / 2n Var f
/// ```
///
/// with m and Var f over both sets; S ≤ T, the sum of all S is at most 1, and that of all T at least 1. They describe
/// independent inputs. An input that plays no part has 0 exactly. Sources: Sobol' (2001) for the indices; Saltelli et al.
/// (2010) for the estimator of S; Jansen (1999) for that of T; a bootstrap by batches for the intervals.
///
/// # Panics
/// If the sets differ in length.
#[must_use]
pub fn decompose(rows: &Rows, seed: u64) -> Decomposition {
    let n = rows.a.len();
    assert!(rows.b.len() == n && rows.mixed.iter().all(|m| m.len() == n), "every set has the same rows");
    let groups = rows.mixed.len();
    let mean = rows.a.iter().chain(rows.b).sum::<f64>() / (2 * n).max(1) as f64;
    let sums = |range: std::ops::Range<usize>| batch(rows, mean, range);
    let batches = Batches::of(n, sums);
    let total = batches.total();
    let variance = variance(&total);
    // Less than the rounding of the sums is no variance.
    if variance <= 1e-24 * (1.0 + mean * mean) {
        return Decomposition { rows: n, mean, variance: 0.0, groups: Vec::new(), interactions: None };
    }
    // In this order: every S, every T, and what no S makes.
    let indices = |sums: &[f64], out: &mut Vec<f64>| {
        let scale = 1.0 / (sums[0] * self::variance(sums));
        (0..groups).for_each(|g| out.push(sums[3 + 2 * g] * scale));
        (0..groups).for_each(|g| out.push(sums[4 + 2 * g] * scale));
        out.push(1.0 - out[..groups].iter().sum::<f64>());
    };
    let found: Vec<Index> = bootstrap(&batches, indices, seed).into_iter().map(Index::of).collect();
    let each = (0..groups).map(|g| Indices { first: found[g], total: found[groups + g] });
    Decomposition { rows: n, mean, variance, groups: each.collect(), interactions: found.last().copied() }
}

/// Sums over some rows: how many, Σ d and Σ d² halved over both sets (d the distance from the mean), and for each group
/// those of S and T.
fn batch(rows: &Rows, mean: f64, range: std::ops::Range<usize>) -> Vec<f64> {
    let (a, b) = (&rows.a[range.clone()], &rows.b[range.clone()]);
    let both = || a.iter().chain(b).map(|f| f - mean);
    let mut sums = vec![a.len() as f64, both().sum::<f64>() / 2.0, both().map(|d| d * d).sum::<f64>() / 2.0];
    for mixed in rows.mixed {
        let (mut first, mut total) = (0.0, 0.0);
        for ((a, b), mixed) in a.iter().zip(b).zip(&mixed[range.clone()]) {
            let moved = mixed - a;
            first += (b - mean) * moved;
            total += moved * moved;
        }
        sums.extend([first, total / 2.0]);
    }
    sums
}

fn variance(sums: &[f64]) -> f64 {
    let mean = sums[1] / sums[0];
    (sums[2] / sums[0] - mean * mean).max(0.0)
}

#[cfg(test)]
mod tests;
