//! Intervals by independent randomisations of the same points.
//!
//! Points that are spread evenly err less than chance, and how much less their own spread does not tell: an interval made
//! from rows, or from runs of rows, would be many times too wide. So the points are those of sixteen randomisations, each
//! spread evenly and independent of the others, and the interval comes from how far these differ. Sources: Owen (1995) for
//! the randomisation, Student (1908) for the interval, Cochran (1977) for that of a ratio.

use crate::engine::points::Sobol;
use crate::num::t95;

/// Randomisations: enough for Student's t to be near the normal distribution, few enough that each has many points.
const RANDOMISATIONS: usize = 16;

/// Points of all randomisations, taken in turn: point k is number ⌊k/16⌋ of randomisation k mod 16.
#[derive(Debug, Clone)]
pub(super) struct DealtPoints(Vec<Sobol>);

impl DealtPoints {
    /// The points of a purpose, which are independent of those of any other.
    pub fn new<P: AsRef<str>>(paths: &[P], seed: u64, purpose: u64) -> Self {
        let first = purpose * RANDOMISATIONS as u64;
        Self((first..first + RANDOMISATIONS as u64).map(|r| Sobol::new(paths, seed, r)).collect())
    }

    /// All coordinates of a point.
    pub fn at(&self, point: u64) -> Vec<f64> {
        let sobol = &self.0[randomisation(point as usize)];
        (0..sobol.dimensions()).map(|d| sobol.at(d, point / RANDOMISATIONS as u64)).collect()
    }
}

/// To which randomisation a point or row belongs.
fn randomisation(row: usize) -> usize {
    row % RANDOMISATIONS
}

/// An estimate with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Estimated {
    /// The estimate. Sampling may leave that of a share a little below 0 or above 1.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimated {
    /// Whether its interval does not lie above 0 as a whole: of an index nothing more may be said then than that it cannot
    /// be told from 0.
    pub fn may_be_zero(&self) -> bool {
        self.low <= 0.0
    }
}

/// Sums over the rows of each randomisation that has any, `sums[randomisation][sum]`.
pub(super) fn sums<const N: usize>(rows: impl Iterator<Item = (usize, [f64; N])>) -> Vec<[f64; N]> {
    let mut all = [const { None::<[f64; N]> }; RANDOMISATIONS];
    for (row, values) in rows {
        let sums = all[randomisation(row)].get_or_insert([0.0; N]);
        sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
    }
    all.into_iter().flatten().collect()
}

/// The ratio of two sums, Σa / Σb, over R randomisations,
///
/// ```text
/// v = Σ a_r / Σ b_r,   v ± t · √( R / (R − 1) · Σ (a_r − v b_r)² ) / Σ b_r
/// ```
///
/// t the 97.5 % quantile of Student's distribution with R − 1 degrees of freedom; with one randomisation the whole line.
pub(super) fn ratio(of: impl Iterator<Item = (f64, f64)>) -> Estimated {
    let pairs: Vec<(f64, f64)> = of.collect();
    let (above, below) = pairs.iter().fold((0.0, 0.0), |(above, below), (a, b)| (above + a, below + b));
    let value = above / below;
    if pairs.len() < 2 {
        return Estimated { value, low: f64::NEG_INFINITY, high: f64::INFINITY };
    }
    let count = pairs.len() as f64;
    let squares: f64 = pairs.iter().map(|(a, b)| (a - value * b) * (a - value * b)).sum();
    let reach = t95(pairs.len() as u64 - 1) * (count / (count - 1.0) * squares).sqrt() / below.abs();
    Estimated { value, low: value - reach, high: value + reach }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_students() {
        // 1, 2, 3, 4, each of one row: mean 2.5, s = 1.29099, t = 3.18245 with three degrees of freedom; 1e-4 is rounding.
        let found = ratio([1.0, 2.0, 3.0, 4.0].into_iter().map(|x| (x, 1.0)));
        assert_eq!(found.value, 2.5);
        assert!(
            (found.high - 2.5 - 3.182_45 * 1.290_99 / 2.0).abs() < 1e-4 && (found.low + found.high - 5.0).abs() < 1e-12
        );
    }

    #[test]
    fn one_randomisation_alone_says_nothing_of_its_error() {
        let found = ratio(std::iter::once((1.0, 2.0)));
        assert_eq!((found.value, found.low, found.high), (0.5, f64::NEG_INFINITY, f64::INFINITY));
    }

    #[test]
    fn rows_are_dealt_to_randomisations_in_turn() {
        assert_eq!(sums((0..18).map(|row| (row, [row as f64])))[..3], [[16.0], [18.0], [2.0]]);
        assert_eq!(sums((0..3).map(|row| (row, [1.0]))).len(), 3);
    }

    #[test]
    fn points_of_two_purposes_differ() {
        let [one, other] = [0, 1].map(|purpose| DealtPoints::new(&["x"], 1, purpose));
        assert!((0..40).all(|k| one.at(k) != other.at(k)));
    }
}
