//! Sums of numbers and of their squares, with the mean and its error.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

/// Fixed point: 2⁻²⁰.
const UNITS: f64 = 1_048_576.0;

/// Σ 1, Σ x and Σ x² in fixed point of 2⁻²⁰, so that no order of adding can change them; |x| ≤ 2⁴⁰.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "(u64, String, String)", into = "(u64, String, String)")]
pub struct Moments {
    count: u64,
    sum: i128,
    squares: i128,
}

impl Moments {
    /// Counts one number.
    pub fn add(&mut self, x: f64) {
        let units = (x * UNITS).round() as i128;
        *self += Self { count: 1, sum: units, squares: units * units };
    }

    /// Whether `count` numbers, each |x| ≤ `most`, can add up to this: (Σ x)² ≤ n Σ x² ≤ (n · most)².
    pub fn may_be_of(&self, count: u64, most: f64) -> bool {
        /// Whole numbers are compared as floats here.
        const INEXACT: f64 = 1.0 + 1e-9;
        let (n, sum, squares) = (self.count as f64, self.sum as f64, self.squares as f64);
        let most = most * UNITS;
        self.count == count && sum * sum <= n * squares * INEXACT && squares <= n * most * most * INEXACT
    }

    /// What is left without some of them.
    pub fn less(&self, some: &Self) -> Self {
        let count = self.count.saturating_sub(some.count);
        Self { count, sum: self.sum - some.sum, squares: self.squares - some.squares }
    }

    /// Σ 1, Σ x and Σ x², the sums in units of 2⁻²⁰ and 2⁻⁴⁰.
    pub fn parts(&self) -> (u64, i128, i128) {
        (self.count, self.sum, self.squares)
    }

    /// The moments with these [parts](Self::parts).
    pub fn of_parts(count: u64, sum: i128, squares: i128) -> Self {
        Self { count, sum, squares }
    }

    /// How many numbers.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; `None` without any.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / UNITS / self.count as f64)
    }

    /// The standard error of the mean; `None` below two numbers.
    pub fn error(&self) -> Option<f64> {
        let (n, mean) = (self.count as f64, self.mean()?);
        let variance = (self.squares as f64 / (UNITS * UNITS) / n - mean * mean).max(0.0);
        (self.count > 1).then(|| (variance / (n - 1.0)).sqrt())
    }
}

/// JSON has no room for whole numbers of this size, so that they are written as text.
impl TryFrom<(u64, String, String)> for Moments {
    type Error = std::num::ParseIntError;

    fn try_from((count, sum, squares): (u64, String, String)) -> Result<Self, Self::Error> {
        Ok(Self { count, sum: sum.parse()?, squares: squares.parse()? })
    }
}

impl From<Moments> for (u64, String, String) {
    fn from(sums: Moments) -> Self {
        (sums.count, sums.sum.to_string(), sums.squares.to_string())
    }
}

impl AddAssign for Moments {
    fn add_assign(&mut self, other: Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
    }
}
