//! Elementary functions that give the same bits on every processor.
//!
//! The standard library's `exp`, `ln`, `powf` and their kin differ in the last bit between processors with and without
//! fused multiply-add; the pinned `libm` does not. Square roots and rounding are exact everywhere and need no wrapper.
//! Beside them stand the kinds of number that all rooms share: a counted share with its interval, a mean with its error, and
//! a column; and the one sort that is compiled once.

mod moments;
mod order;
mod share;
mod values;

pub use moments::Moments;
pub(crate) use order::{Order, Ordered};
pub use share::Share;
pub use values::Values;

/// The greatest whole number up to which every reader of JSON, and every float, tells whole numbers apart: 2⁵³ − 1.
pub const MOST_WHOLE: u64 = (1 << 53) - 1;

/// Standard errors to either end of a 95 % interval: the normal quantile of a two-sided 95 %.
pub(crate) const Z95: f64 = 1.959_963_984_540_054;

/// e to the power `x`.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm of `x` > 0.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// `x` to the power `y`, for `x` ≥ 0.
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// Standard normal distribution function Φ(x).
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// Standard normal density φ(x).
pub fn normal_pdf(x: f64) -> f64 {
    const INV_SQRT_TAU: f64 = 0.398_942_280_401_432_7;
    INV_SQRT_TAU * exp(-0.5 * x * x)
}

/// Student's t at 95 %, which widens an interval whose own spread is only estimated: the t with P(|T| ≤ t) = 0.95 for a
/// number of degrees of freedom ≥ 1,
///
/// ```text
/// P(|T| ≤ t) = 1 − I_x(ν/2, 1/2),   x = ν / (ν + t²)
/// ```
///
/// Source: Student (1908).
pub fn t95(degrees: u64) -> f64 {
    student(0.05, degrees)
}

/// The t with P(|T| > t) = `level`, in (0, 1), for a number of degrees of freedom ≥ 1; see [`t95`].
pub fn student(level: f64, degrees: u64) -> f64 {
    let nu = degrees.max(1) as f64;
    let x = Beta::new(nu / 2.0, 0.5).quantile_from(level, 0.5);
    (nu * (1.0 - x) / x).sqrt()
}

/// The beta distribution with shapes `a`, `b` > 0 on [0, 1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beta {
    a: f64,
    b: f64,
    /// ln of the complete beta function B(a, b).
    ln_b: f64,
}

impl Beta {
    /// The distribution with these shapes, both > 0.
    pub fn new(a: f64, b: f64) -> Self {
        Self { a, b, ln_b: libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b) }
    }

    /// The shapes (a, b).
    pub fn shapes(&self) -> (f64, f64) {
        (self.a, self.b)
    }

    /// The complete beta function B(a, b).
    pub fn complete(&self) -> f64 {
        exp(self.ln_b)
    }

    /// The distribution of 1 − x.
    pub fn mirrored(&self) -> Self {
        Self { a: self.b, b: self.a, ..*self }
    }

    /// Density x^(a−1) (1−x)^(b−1) / B(a, b), x strictly between 0 and 1.
    pub fn pdf(&self, x: f64) -> f64 {
        exp((self.a - 1.0) * ln(x) + (self.b - 1.0) * ln(1.0 - x) - self.ln_b)
    }

    /// Regularised incomplete beta function `I_x(a, b)` by Lentz's continued fraction.
    ///
    /// Source: Press et al. (2007), section 6.4.
    pub fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        if x >= 1.0 {
            return 1.0;
        }
        let front = exp(self.a * ln(x) + self.b * ln(1.0 - x) - self.ln_b);
        if x < (self.a + 1.0) / (self.a + self.b + 2.0) {
            front * continued_fraction(self.a, self.b, x) / self.a
        } else {
            1.0 - front * continued_fraction(self.b, self.a, 1.0 - x) / self.b
        }
    }

    /// The x with cdf(x) = `p`, by Newton steps from `start` guarded by bisection.
    pub fn quantile_from(&self, p: f64, start: f64) -> f64 {
        solve(p, start, (0.0, 1.0), |x| self.cdf(x), |x| self.pdf(x))
    }
}

/// The x in `bounds` with `cdf(x) = p`: Newton steps from `start`, replaced by bisection where they would leave the bracket.
pub fn solve(p: f64, start: f64, bounds: (f64, f64), cdf: impl Fn(f64) -> f64, pdf: impl Fn(f64) -> f64) -> f64 {
    let (mut lo, mut hi) = bounds;
    let mut x = if start > lo && start < hi { start } else { 0.5 * (lo + hi) };
    for _ in 0..200 {
        let miss = cdf(x) - p;
        if miss > 0.0 {
            hi = x;
        } else {
            lo = x;
        }
        let newton = x - miss / pdf(x);
        let next = if newton > lo && newton < hi { newton } else { 0.5 * (lo + hi) };
        // A step below 1e-15 of the range cannot change the value beyond its last bits.
        if (next - x).abs() <= 1e-15 * (bounds.1 - bounds.0) || hi - lo <= 0.0 {
            return next;
        }
        x = next;
    }
    x
}

fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let guard = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..300 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / guard(1.0 + even * d);
        c = guard(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / guard(1.0 + odd * d);
        c = guard(1.0 + odd / c);
        h *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h
}

/// The nearest whole number, halves to even, for |x| < 2^51: one addition and one subtraction on every processor.
pub fn round(x: f64) -> f64 {
    const MAGIC: f64 = 6_755_399_441_055_744.0; // 1.5 · 2^52
    (x + MAGIC) - MAGIC
}

/// The first of some values in rising order by which the share `p` of all is met, `(value, count)`; `None` without any.
pub(crate) fn quantile<K>(counts: impl Iterator<Item = (K, u64)> + Clone, p: f64) -> Option<K> {
    let total: u64 = counts.clone().map(|(_, count)| count).sum();
    let wanted = ((p * total as f64).ceil() as u64).max(1);
    let mut sum = 0;
    let mut met = counts.skip_while(|(_, count)| {
        sum += count;
        sum < wanted
    });
    met.next().map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_incomplete_beta_function_meets_its_closed_forms() {
        // I_x(2, 3) = 6x² − 8x³ + 3x⁴; 1e-14 is a few dozen roundings of the continued fraction.
        let beta = Beta::new(2.0, 3.0);
        for i in 1..20 {
            let x = f64::from(i) / 20.0;
            let exact = 6.0 * x * x - 8.0 * x * x * x + 3.0 * x * x * x * x;
            assert!((beta.cdf(x) - exact).abs() < 1e-14, "at {x}");
            assert!((beta.quantile_from(exact, 0.5) - x).abs() < 1e-12, "back to {x}");
        }
    }

    #[test]
    fn rounding_takes_halves_to_even() {
        for (x, whole) in [(0.5, 0.0), (1.5, 2.0), (-0.5, 0.0), (-2.5, -2.0), (2.499_999, 2.0), (-7.6, -8.0)] {
            assert_eq!(round(x), whole);
        }
    }

    #[test]
    fn the_normal_distribution_has_its_known_quantiles() {
        // Φ(1.959963984540054) = 0.975, Φ(1) = 0.8413447460685429; both to the last bits of erfc.
        assert!((normal_cdf(1.959_963_984_540_054) - 0.975).abs() < 1e-15);
        assert!((normal_cdf(1.0) - 0.841_344_746_068_542_9).abs() < 1e-15);
    }

    #[test]
    fn the_quantiles_are_those_of_the_tables() {
        // Published to three decimals (two-sided 95 %); the last is the normal quantile that the rest approach.
        for (degrees, t) in [(1, 12.706), (4, 2.776), (15, 2.131), (31, 2.040), (1_000_000, 1.960)] {
            assert!((t95(degrees) - t).abs() < 6e-4, "{degrees}: {}", t95(degrees));
        }
    }
}
