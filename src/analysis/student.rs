//! Student's t: how wide an interval must be when its own spread is only estimated.

use crate::num::Beta;

/// The t with P(|T| ≤ t) = 0.95 for a number of degrees of freedom ≥ 1:
///
/// ```text
/// P(|T| ≤ t) = 1 − I_x(ν/2, 1/2),   x = ν / (ν + t²)
/// ```
///
/// Source: Student (1908).
#[must_use]
pub fn t95(degrees: u64) -> f64 {
    let nu = degrees.max(1) as f64;
    let x = Beta::new(nu / 2.0, 0.5).quantile_from(0.05, 0.5);
    (nu * (1.0 - x) / x).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantiles_are_those_of_the_tables() {
        // Published to three decimals (two-sided 95 %); the last is the normal quantile that the rest approach.
        for (degrees, t) in [(1, 12.706), (4, 2.776), (15, 2.131), (31, 2.040), (1_000_000, 1.960)] {
            assert!((t95(degrees) - t).abs() < 6e-4, "{degrees}: {}", t95(degrees));
        }
    }
}
