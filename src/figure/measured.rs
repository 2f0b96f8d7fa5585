//! What charts show most: an estimate with its interval.

use serde::Serialize;

use crate::num::Share;

/// A share or a mean with its interval; a share lies in [0, 1].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Measured {
    /// The estimate.
    pub estimate: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Measured {
    /// The ends of its interval.
    pub fn ends(&self) -> (f64, f64) {
        (self.low, self.high)
    }
}

impl From<Share> for Measured {
    fn from(Share { share, low, high, .. }: Share) -> Self {
        Self { estimate: share, low, high }
    }
}

impl From<[f64; 3]> for Measured {
    fn from([estimate, low, high]: [f64; 3]) -> Self {
        Self { estimate, low, high }
    }
}
