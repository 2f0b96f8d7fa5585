//! Two kinds of numbers to reckon with: fractions, which stay exact, and floats, which are fast.

use std::ops::{Add, Div, Mul, Sub};

use num_bigint::BigInt;

use super::super::{Exact, number};

/// A number to reckon with.
pub trait Number:
    Clone + PartialOrd + std::fmt::Debug + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    /// The number that a file writes so: of 0.95 exactly nineteen twentieths.
    fn of(written: f64) -> Self;

    /// Whether two numbers are the same, as far as this kind can tell.
    fn is(&self, other: &Self) -> bool;

    /// The same, shortened where it has grown beyond 2 000 binary digits; then it is off by less than 2⁻¹⁰⁰⁰.
    fn shortened(self) -> Self;
}

impl Number for f64 {
    fn of(written: f64) -> Self {
        written
    }

    fn is(&self, other: &Self) -> bool {
        (self - other).abs() <= 1e-12 * (1.0 + self.abs().max(other.abs()))
    }

    fn shortened(self) -> Self {
        self
    }
}

/// Binary digits of a denominator from which on a fraction is shortened.
const LONGEST: u64 = 2_000;

impl Number for Exact {
    fn of(written: f64) -> Self {
        // The shortest decimal that reads as this float is the one that was written.
        number(&format!("{written}")).unwrap_or_else(|| Self::from_float(written).unwrap_or_default())
    }

    fn is(&self, other: &Self) -> bool {
        self == other
    }

    fn shortened(self) -> Self {
        if self.denom().bits() <= LONGEST {
            return self;
        }
        let scale = Self::from_integer(BigInt::from(1) << (LONGEST / 2));
        (self * scale.clone()).round() / scale
    }
}
