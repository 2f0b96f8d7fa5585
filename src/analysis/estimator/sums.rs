//! What worlds add up to, in whole numbers, so that neither order nor threads can change a digit.

use serde::Serialize;

use crate::engine::{Tally, adds_up};
use crate::num::{Share, Z95, t95};

/// Independent randomisations, or batches of independent worlds: world k belongs to number k mod 32.
pub const RANDOMISATIONS: usize = 32;

/// Fixed point of values and weights: 2⁻⁴⁰.
const UNITS: f64 = 1_099_511_627_776.0;

/// Worlds without a single exception bound a share by three over their number, at 95 %.
///
/// ```text
/// (1 − p)ⁿ = 0.05   ⇒   p ≈ 3/n
/// ```
///
/// Source: Hanley and Lippman-Hand (1983).
pub fn rule_of_three(worlds: u64) -> f64 {
    if worlds == 0 { 1.0 } else { (3.0 / worlds as f64).min(1.0) }
}

/// The sums of one randomisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sum {
    pub worlds: u64,
    /// Worlds whose value is above 0.
    pub hits: u64,
    values: u128,
    squares: u128,
    weights: u128,
    weight_squares: u128,
}

adds_up!(Sum: worlds, hits, values, squares, weights, weight_squares);

/// The sums of all randomisations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WeightedSums {
    pub each: [Sum; RANDOMISATIONS],
    least: u64,
    most: u64,
}

/// How the error of a sum is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ErrorFrom {
    /// From worlds that are drawn each alone: a count of hits has Wilson's interval, any other mean that of its sample
    /// variance.
    Worlds,
    /// From whole randomisations of points that fill the cube together: only these are independent.
    Randomisations,
}

/// A mean with its error and interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// The mean.
    pub share: f64,
    /// Its standard error.
    pub error: f64,
    /// Lower end at 95 %.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Half of its width.
    pub fn half(&self) -> f64 {
        0.5 * (self.high - self.low)
    }
}

impl Default for WeightedSums {
    fn default() -> Self {
        Self { each: [Sum::default(); RANDOMISATIONS], least: u64::MAX, most: 0 }
    }
}

impl WeightedSums {
    /// Adds world number `k`: a value ≥ 0 that already carries its weight, at most 2²⁰.
    pub fn add(&mut self, k: u64, value: f64, weight: f64) {
        let sum = &mut self.each[(k % RANDOMISATIONS as u64) as usize];
        let units = |x: f64| (x.clamp(0.0, 1_048_576.0) * UNITS).round() as u128;
        sum.worlds += 1;
        sum.hits += u64::from(value > 0.0);
        sum.values += units(value);
        sum.squares += units(value * value);
        sum.weights += units(weight);
        sum.weight_squares += units(weight * weight);
        let bits = units(value) as u64;
        (self.least, self.most) = (self.least.min(bits), self.most.max(bits));
    }

    fn total(&self) -> Sum {
        let mut all = Sum::default();
        self.each.iter().for_each(|sum| all.merge(*sum));
        all
    }

    pub fn worlds(&self) -> u64 {
        self.each.iter().map(|sum| sum.worlds).sum()
    }

    pub fn hits(&self) -> u64 {
        self.each.iter().map(|sum| sum.hits).sum()
    }

    /// The sample variance of one value; 0 below two worlds.
    pub fn variance(&self) -> f64 {
        let all = self.total();
        if all.worlds < 2 {
            return 0.0;
        }
        let (n, mean) = (all.worlds as f64, all.mean());
        ((all.squares as f64 / UNITS / n - mean * mean) * n / (n - 1.0)).max(0.0)
    }

    /// The effective number of worlds behind weights, Σ²/Σ of squares.
    pub fn effective(&self) -> f64 {
        let all = self.total();
        let (sum, squares) = (all.weights as f64 / UNITS, all.weight_squares as f64 / UNITS);
        if squares > 0.0 { sum * sum / squares } else { 0.0 }
    }

    /// Mean, error and interval at 95 %. `certain`: nothing is drawn that the value could hang on.
    ///
    /// ```text
    /// alone      mean ± z·s/√n,              s² the sample variance;  a count: Wilson
    /// together   mean ± t·√( Σ_r (mean_r − mean)² / (R(R − 1)) ),   t Student's with R − 1 degrees
    /// ```
    ///
    /// Where all worlds gave one value, the rule of three says how far the others may move the mean.
    pub fn interval(&self, from: ErrorFrom, certain: bool) -> Interval {
        let all = self.total();
        let share = all.mean();
        if all.worlds == 0 {
            return Interval { share, error: 0.0, low: 0.0, high: 1.0 };
        }
        if certain {
            return Interval { share, error: 0.0, low: share, high: share };
        }
        // Values are at most 1 here: if their sum is that of the hits, each hit is a 1.
        let counted = all.values == u128::from(all.hits) << 40;
        if from == ErrorFrom::Worlds && counted {
            let error = (share * (1.0 - share) / all.worlds as f64).max(0.0).sqrt();
            let Share { low, high, .. } = Share::of(all.hits, all.worlds);
            return Interval { share, error, low, high };
        }
        if self.least == self.most {
            let aside = rule_of_three(all.worlds);
            let (low, high) = (share * (1.0 - aside), share + aside * (1.0 - share).max(0.0));
            return Interval { share, error: 0.0, low, high };
        }
        let (error, quantile) = match from {
            ErrorFrom::Worlds => ((self.variance() / all.worlds as f64).sqrt(), Z95),
            ErrorFrom::Randomisations => (self.error_of_batches(share), t95(RANDOMISATIONS as u64 - 1)),
        };
        let half = quantile * error;
        Interval { share, error, low: (share - half).max(0.0), high: (share + half).min(1.0) }
    }

    fn error_of_batches(&self, mean: f64) -> f64 {
        let met: Vec<f64> = self.each.iter().filter(|sum| sum.worlds > 0).map(Sum::mean).collect();
        let r = met.len() as f64;
        if met.len() < 2 {
            return 1.0;
        }
        (met.iter().map(|m| (m - mean) * (m - mean)).sum::<f64>() / (r * (r - 1.0))).sqrt()
    }
}

impl Tally for WeightedSums {
    fn merge(&mut self, other: Self) {
        self.each.merge(other.each);
        (self.least, self.most) = (self.least.min(other.least), self.most.max(other.most));
    }
}

impl Sum {
    fn mean(&self) -> f64 {
        if self.worlds == 0 { 0.0 } else { self.values as f64 / UNITS / self.worlds as f64 }
    }
}

/// Worlds that plain counting would need for an interval this wide, to either side:
///
/// ```text
/// n = z²·p(1 − p) / half²
/// ```
pub fn plain_worlds(share: f64, half: f64) -> f64 {
    let variance = (share * (1.0 - share)).max(0.0);
    if half > 0.0 { Z95 * Z95 * variance / (half * half) } else { f64::INFINITY }
}
