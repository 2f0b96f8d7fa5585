//! Sobol' indices: the share of an outcome's variance that an input makes alone, and with all of its company.

use super::randomised::{Estimated, ratio, sums};

/// What is computed from: outcomes at two independent sets of points, and at mixtures of them.
#[derive(Debug, Clone, Copy)]
pub struct TwoSets<'a> {
    /// `a[row]`: at the points of the first set.
    pub a: &'a [f64],
    /// `b[row]`: at those of the second.
    pub b: &'a [f64],
    /// `mixed[group][row]`: at the first set's points, the inputs of this group taken from the second's.
    pub mixed: &'a [Vec<f64>],
}

/// Both indices of one input, or of a group of inputs taken as one.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Indices {
    /// Its first-order index S, as a share of the variance.
    pub first: Estimated,
    /// Its total index T, likewise.
    pub total: Estimated,
}

/// Where the variance of an outcome comes from.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
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
    pub interactions: Option<Estimated>,
}

/// First-order and total indices of groups of inputs, with intervals.
///
/// ```text
/// S_g = Var(E[f | x_g]) / Var f      ≈  Σ (f(B) − m) (f(A with g from B) − f(A))  /  n Var f
/// T_g = E[Var(f | x_without g)] / Var f ≈  Σ (f(A) − f(A with g from B))²        / 2n Var f
/// ```
///
/// with m and Var f over both sets; S ≤ T, the sum of all S is at most 1, and that of all T at least 1. They describe
/// independent inputs. An input that plays no part has 0 exactly. Row k belongs to randomisation k mod 16, and the intervals
/// come from how far randomisations differ: rows are points of [`Sobol`](crate::engine::points::Sobol) dealt in turn, or
/// plain chance. Sources: Sobol' (2001) for the indices; Saltelli et al. (2010) for the estimator of S; Jansen (1999) for
/// that of T; Cochran (1977) for intervals of ratios.
///
/// # Panics
/// If the sets differ in length.
pub fn decompose(rows: &TwoSets) -> Decomposition {
    let n = rows.a.len();
    assert!(rows.b.len() == n && rows.mixed.iter().all(|m| m.len() == n), "every set has the same rows");
    let mean = rows.a.iter().chain(rows.b).sum::<f64>() / (2 * n).max(1) as f64;
    let square = |f: f64| (f - mean) * (f - mean);
    // Both sets' squared distances from the mean, halved: their sum is n times the variance.
    let spread = |row: usize| f64::midpoint(square(rows.a[row]), square(rows.b[row]));
    let variance = (0..n).map(spread).sum::<f64>() / n.max(1) as f64;
    // Less than the rounding of the sums is no variance.
    if variance <= 1e-24 * (1.0 + mean * mean) {
        return Decomposition { rows: n, mean, variance: 0.0, groups: Vec::new(), interactions: None };
    }
    let index = |part: &dyn Fn(usize) -> f64| {
        let parts = sums((0..n).map(|row| (row, [part(row), spread(row)])));
        ratio(parts.into_iter().map(|[part, spread]| (part, spread)))
    };
    let first = |mixed: &[f64], row: usize| (rows.b[row] - mean) * (mixed[row] - rows.a[row]);
    let total = |mixed: &[f64], row: usize| (mixed[row] - rows.a[row]) * (mixed[row] - rows.a[row]) / 2.0;
    let each =
        rows.mixed.iter().map(|m| Indices { first: index(&|row| first(m, row)), total: index(&|row| total(m, row)) });
    let together = |row: usize| spread(row) - rows.mixed.iter().map(|m| first(m, row)).sum::<f64>();
    Decomposition { rows: n, mean, variance, groups: each.collect(), interactions: Some(index(&together)) }
}

#[cfg(test)]
mod tests;
