//! Uncertain numbers, each drawn by one uniform through its inverse distribution function.

use std::sync::LazyLock;

use super::{QuantileTables, Sampler};
use crate::num;
use crate::num::Order;

/// An uncertain number in the unit of whatever it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity(Shape);

/// How it is distributed; what is clamped is another quantity, kept within bounds that cut its support.
#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Fixed(f64),
    Uniform { lo: f64, hi: f64 },
    Pert { lo: f64, mode: f64, hi: f64 },
    Normal { mean: f64, sd: f64 },
    Beta { a: f64, b: f64, from: f64, to: f64 },
    Discrete(Vec<(f64, f64)>),
    Clamped { of: Box<Quantity>, lo: f64, hi: f64 },
}

/// Why a quantity could not be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// A number is infinite or not a number.
    #[error("`{0}` is not a finite number")]
    NotFinite(f64),
    /// The ends of a range are in the wrong order.
    #[error("the low end `{lo}` is above the high end `{hi}`")]
    Reversed {
        /// Low end.
        lo: f64,
        /// High end.
        hi: f64,
    },
    /// The mode lies outside its range.
    #[error("the mode `{mode}` is outside the range from `{lo}` to `{hi}`")]
    ModeOutside {
        /// Low end.
        lo: f64,
        /// Mode.
        mode: f64,
        /// High end.
        hi: f64,
    },
    /// A spread, a shape or a weight must be above 0.
    #[error("{what} `{value}` is not above 0")]
    NotPositive {
        /// Which parameter.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A discrete quantity needs values.
    #[error("a discrete quantity needs at least one value")]
    NoValues,
}

/// Half-width, in standard deviations, at which normal quantities are cut.
const NORMAL_CUT: f64 = 6.0;

impl Quantity {
    /// A number that is certain.
    ///
    /// # Errors
    /// [`QuantityError::NotFinite`].
    pub fn fixed(value: f64) -> Result<Self, QuantityError> {
        finite(&[value])?;
        Ok(Self(Shape::Fixed(value)))
    }

    /// Any value from `lo` to `hi`, equally likely.
    ///
    /// # Errors
    /// [`QuantityError::NotFinite`], [`QuantityError::Reversed`].
    pub fn uniform(lo: f64, hi: f64) -> Result<Self, QuantityError> {
        ordered(lo, hi)?;
        Ok(if lo == hi { Self(Shape::Fixed(lo)) } else { Self(Shape::Uniform { lo, hi }) })
    }

    /// PERT: beta on [lo, hi] with shapes 1 + 4(mode − lo)/(hi − lo) and 1 + 4(hi − mode)/(hi − lo).
    ///
    /// Source: Malcolm et al. (1959).
    ///
    /// # Errors
    /// [`QuantityError::NotFinite`], [`QuantityError::Reversed`], [`QuantityError::ModeOutside`].
    pub fn pert(lo: f64, mode: f64, hi: f64) -> Result<Self, QuantityError> {
        finite(&[mode])?;
        ordered(lo, hi)?;
        if mode < lo || mode > hi {
            return Err(QuantityError::ModeOutside { lo, mode, hi });
        }
        Ok(if lo == hi { Self(Shape::Fixed(lo)) } else { Self(Shape::Pert { lo, mode, hi }) })
    }

    /// Normal with a mean and a standard deviation, cut at 6 standard deviations.
    ///
    /// # Errors
    /// [`QuantityError::NotFinite`], [`QuantityError::NotPositive`] for the deviation.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, QuantityError> {
        finite(&[mean, sd])?;
        positive("the standard deviation", sd)?;
        Ok(Self(Shape::Normal { mean, sd }))
    }

    /// Beta with shapes `a`, `b`, stretched from [0, 1] to [from, to].
    ///
    /// # Errors
    /// [`QuantityError::NotFinite`], [`QuantityError::NotPositive`] for a shape, [`QuantityError::Reversed`].
    pub fn beta(a: f64, b: f64, from: f64, to: f64) -> Result<Self, QuantityError> {
        finite(&[a, b])?;
        positive("the shape a", a)?;
        positive("the shape b", b)?;
        ordered(from, to)?;
        Ok(if from == to { Self(Shape::Fixed(from)) } else { Self(Shape::Beta { a, b, from, to }) })
    }

    /// One of several values, each with a weight; weights need not sum to 1.
    ///
    /// # Errors
    /// [`QuantityError::NoValues`], [`QuantityError::NotFinite`], [`QuantityError::NotPositive`] for a weight.
    pub fn discrete(mut values: Vec<(f64, f64)>) -> Result<Self, QuantityError> {
        if values.is_empty() {
            return Err(QuantityError::NoValues);
        }
        for (value, weight) in &values {
            finite(&[*value, *weight])?;
            positive("the weight", *weight)?;
        }
        values.order_by(|x, y| x.0.total_cmp(&y.0));
        Ok(Self(Shape::Discrete(values)))
    }

    /// The quantity moved as a whole and kept within bounds: max(least, min(most, times · x + by)), times ≥ 0. At the same
    /// uniform, a greater factor (where x ≥ 0) or summand never gives less.
    pub fn moved(&self, times: f64, by: f64, (least, most): (f64, f64)) -> Self {
        let at = |x: f64| times * x + by;
        let shape = match &self.0 {
            _ if times == 0.0 => Shape::Fixed(by),
            Shape::Fixed(x) => Shape::Fixed(at(*x)),
            Shape::Uniform { lo, hi } => Shape::Uniform { lo: at(*lo), hi: at(*hi) },
            Shape::Pert { lo, mode, hi } => Shape::Pert { lo: at(*lo), mode: at(*mode), hi: at(*hi) },
            Shape::Normal { mean, sd } => Shape::Normal { mean: at(*mean), sd: times * sd },
            Shape::Beta { a, b, from, to } => Shape::Beta { a: *a, b: *b, from: at(*from), to: at(*to) },
            Shape::Discrete(values) => Shape::Discrete(values.iter().map(|(x, weight)| (at(*x), *weight)).collect()),
            Shape::Clamped { of, lo, hi } => {
                let inner = of.moved(times, by, (f64::NEG_INFINITY, f64::INFINITY));
                Shape::Clamped { of: Box::new(inner), lo: at(*lo), hi: at(*hi) }
            }
        };
        Self(shape).within(least, most)
    }

    /// The quantity kept within bounds.
    fn within(self, least: f64, most: f64) -> Self {
        let (lo, hi) = self.support();
        if lo >= least && hi <= most {
            self
        } else if lo >= most || hi <= least {
            Self(Shape::Fixed(lo.clamp(least, most)))
        } else {
            Self(Shape::Clamped { of: Box::new(self), lo: lo.max(least), hi: hi.min(most) })
        }
    }

    /// The least and the greatest value that it can take.
    pub fn support(&self) -> (f64, f64) {
        match &self.0 {
            Shape::Fixed(x) => (*x, *x),
            Shape::Uniform { lo, hi } | Shape::Pert { lo, hi, .. } | Shape::Clamped { lo, hi, .. } => (*lo, *hi),
            Shape::Normal { mean, sd } => (mean - NORMAL_CUT * sd, mean + NORMAL_CUT * sd),
            Shape::Beta { from, to, .. } => (*from, *to),
            Shape::Discrete(values) => (values[0].0, values[values.len() - 1].0),
        }
    }

    /// Whether it is certain.
    pub fn is_fixed(&self) -> bool {
        let (lo, hi) = self.support();
        lo == hi
    }

    /// Its value in the modal world: the mode of a PERT, the middle of a uniform, the mean of a normal or a beta, the
    /// likeliest value of a discrete quantity (the lowest on ties).
    pub fn modal(&self) -> f64 {
        match &self.0 {
            Shape::Fixed(x) => *x,
            Shape::Uniform { lo, hi } => lo + 0.5 * (hi - lo),
            Shape::Pert { mode, .. } => *mode,
            Shape::Normal { mean, .. } => *mean,
            Shape::Beta { a, b, from, to } => from + (to - from) * a / (a + b),
            Shape::Discrete(values) => {
                values.iter().fold((f64::NAN, 0.0), |best, v| if v.1 > best.1 { *v } else { best }).0
            }
            Shape::Clamped { of, lo, hi } => of.modal().clamp(*lo, *hi),
        }
    }

    /// Its mean, where that has a closed form: `None` for a quantity that is cut off at bounds.
    ///
    /// ```text
    /// uniform (lo + hi)/2,  PERT (lo + 4·mode + hi)/6,  beta from + (to − from)·a/(a + b)
    /// ```
    pub fn mean(&self) -> Option<f64> {
        match &self.0 {
            Shape::Pert { lo, mode, hi } => Some((lo + 4.0 * mode + hi) / 6.0),
            Shape::Discrete(values) => {
                let total: f64 = values.iter().map(|v| v.1).sum();
                Some(values.iter().map(|v| v.0 * v.1).sum::<f64>() / total)
            }
            Shape::Clamped { .. } => None,
            Shape::Fixed(_) | Shape::Uniform { .. } | Shape::Normal { .. } | Shape::Beta { .. } => Some(self.modal()),
        }
    }

    /// Distribution function P(X ≤ x).
    pub fn cdf(&self, x: f64) -> f64 {
        let (lo, hi) = self.support();
        match &self.0 {
            _ if x < lo => 0.0,
            _ if x >= hi => 1.0,
            Shape::Fixed(_) => 1.0,
            Shape::Uniform { .. } => (x - lo) / (hi - lo),
            Shape::Discrete(values) => {
                let total: f64 = values.iter().map(|v| v.1).sum();
                values.iter().filter(|v| v.0 <= x).map(|v| v.1).sum::<f64>() / total
            }
            Shape::Clamped { of, .. } => of.cdf(x),
            _ => self.smooth().cdf((x - lo) / (hi - lo)),
        }
    }

    /// Inverse distribution function: the least x with P(X ≤ x) ≥ p, for p in [0, 1].
    pub fn quantile(&self, p: f64) -> f64 {
        let (lo, hi) = self.support();
        match &self.0 {
            Shape::Fixed(x) => *x,
            Shape::Uniform { .. } => lo + p * (hi - lo),
            Shape::Discrete(values) => pick(values, p),
            Shape::Clamped { of, .. } => of.quantile(p).clamp(lo, hi),
            _ => lo + (hi - lo) * self.smooth().quantile_from(p, 0.5),
        }
    }

    /// Its median, [`quantile`](Self::quantile) at ½; `tables` keeps what quantities of one shape share.
    pub fn median(&self, tables: &mut QuantileTables) -> f64 {
        let (lo, hi) = self.support();
        match &self.0 {
            Shape::Clamped { of, .. } => of.median(tables).clamp(lo, hi),
            Shape::Fixed(_) | Shape::Uniform { .. } | Shape::Discrete(_) => self.quantile(0.5),
            _ => lo + (hi - lo) * tables.of(self.smooth()).median(),
        }
    }

    /// How to draw from it quickly; `tables` keeps what quantities of one shape share.
    pub fn sampler(&self, tables: &mut QuantileTables) -> Sampler {
        let (lo, hi) = self.support();
        match &self.0 {
            Shape::Fixed(x) => Sampler::Fixed(*x),
            Shape::Uniform { .. } => Sampler::Uniform { lo, width: hi - lo },
            Shape::Discrete(values) => Sampler::Discrete(values.clone()),
            Shape::Clamped { of, .. } => Sampler::Clamped { of: Box::new(of.sampler(tables)), lo, hi },
            _ => Sampler::Smooth { lo, width: hi - lo, table: tables.of(self.smooth()) },
        }
    }

    /// The distribution moved to [0, 1].
    fn smooth(&self) -> Smooth {
        match &self.0 {
            Shape::Pert { lo, mode, hi } => {
                let share = (mode - lo) / (hi - lo);
                Smooth::Beta(num::Beta::new(1.0 + 4.0 * share, 1.0 + 4.0 * (1.0 - share)))
            }
            Shape::Beta { a, b, .. } => Smooth::Beta(num::Beta::new(*a, *b)),
            _ => Smooth::Normal,
        }
    }
}

/// A distribution on [0, 1] with a density.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Smooth {
    /// Beta, as of a PERT.
    Beta(num::Beta),
    /// Normal cut at ±6 standard deviations, mapped to [0, 1].
    Normal,
}

/// Φ at both cuts.
static BEYOND_CUT: LazyLock<(f64, f64)> = LazyLock::new(|| (num::normal_cdf(-NORMAL_CUT), num::normal_cdf(NORMAL_CUT)));

impl Smooth {
    fn cdf(self, x: f64) -> f64 {
        match self {
            Self::Beta(beta) => beta.cdf(x),
            Self::Normal => {
                let (low, high) = *BEYOND_CUT;
                (num::normal_cdf((2.0 * x - 1.0) * NORMAL_CUT) - low) / (high - low)
            }
        }
    }

    pub(super) fn pdf(self, x: f64) -> f64 {
        match self {
            Self::Beta(beta) => beta.pdf(x),
            Self::Normal => 2.0 * NORMAL_CUT * num::normal_pdf((2.0 * x - 1.0) * NORMAL_CUT),
        }
    }

    pub(super) fn quantile_from(self, p: f64, start: f64) -> f64 {
        if p <= 0.0 {
            0.0
        } else if p >= 1.0 {
            1.0
        } else {
            num::solve(p, start, (0.0, 1.0), |x| self.cdf(x), |x| self.pdf(x))
        }
    }
}

pub(super) fn pick(values: &[(f64, f64)], p: f64) -> f64 {
    let total: f64 = values.iter().map(|v| v.1).sum();
    let mut left = p * total;
    for (value, weight) in values {
        if left < *weight {
            return *value;
        }
        left -= weight;
    }
    values[values.len() - 1].0
}

fn finite(numbers: &[f64]) -> Result<(), QuantityError> {
    numbers.iter().find(|x| !x.is_finite()).map_or(Ok(()), |x| Err(QuantityError::NotFinite(*x)))
}

fn ordered(lo: f64, hi: f64) -> Result<(), QuantityError> {
    finite(&[lo, hi])?;
    if lo <= hi { Ok(()) } else { Err(QuantityError::Reversed { lo, hi }) }
}

fn positive(what: &'static str, value: f64) -> Result<(), QuantityError> {
    if value > 0.0 { Ok(()) } else { Err(QuantityError::NotPositive { what, value }) }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn all_kinds() -> Vec<Quantity> {
        [
            Quantity::fixed(3.0),
            Quantity::uniform(-1.0, 2.0),
            Quantity::pert(0.0, 0.0, 1.0),
            Quantity::pert(8.0, 12.0, 18.0),
            Quantity::pert(-1.0, 1.0, 1.0),
            Quantity::normal(5.0, 2.0),
            Quantity::beta(0.7, 3.0, 0.0, 10.0),
            Quantity::discrete(vec![(2.0, 1.0), (1.0, 3.0)]),
        ]
        .into_iter()
        .collect::<Result<_, _>>()
        .expect("the parameters are in range")
    }

    #[test]
    fn the_quantile_undoes_the_distribution_function() {
        for q in all_kinds().into_iter().filter(|q| !q.is_fixed() && !matches!(q.0, Shape::Discrete(_))) {
            for i in 1..200 {
                let p = f64::from(i) / 200.0;
                // Newton stops at 1e-15 of the range; the densities here are below 1e3 a range.
                assert!((q.cdf(q.quantile(p)) - p).abs() < 1e-12, "{q:?} at {p}");
            }
        }
    }

    #[test]
    fn modal_values_follow_their_definitions() {
        let modal: Vec<f64> = all_kinds().iter().map(Quantity::modal).collect();
        let beta = 10.0 * 0.7 / 3.7;
        assert_eq!(modal, [3.0, 0.5, 0.0, 12.0, 1.0, 5.0, beta, 1.0]);
    }

    #[test]
    fn means_are_those_of_many_draws_at_even_places() {
        for q in all_kinds() {
            let draws: f64 = (0..20_000).map(|i| q.quantile((f64::from(i) + 0.5) / 20_000.0)).sum();
            let mean = q.mean().expect("none of them is cut off");
            // The midpoint rule errs most where the quantile is steepest, at the ends of a beta with a shape below 1.
            assert!((draws / 20_000.0 - mean).abs() < 1e-4, "{q:?}: {mean}");
        }
    }

    #[test]
    fn a_moved_quantity_is_the_moved_draw_kept_within_bounds() {
        for q in all_kinds() {
            for (times, by, bounds) in [(2.0, 1.0, (-1e6, 1e6)), (0.5, -1.0, (0.0, 2.5)), (0.0, 4.0, (0.0, 9.0))] {
                let moved = q.moved(times, by, bounds);
                for i in 0..=50 {
                    let p = f64::from(i) / 50.0;
                    let expected = (times * q.quantile(p) + by).clamp(bounds.0, bounds.1);
                    // Twice rounded arithmetic on numbers below 100.
                    assert!((moved.quantile(p) - expected).abs() < 1e-12, "{q:?} at {p}: {moved:?}");
                }
                let (lo, hi) = moved.support();
                assert!(lo >= bounds.0 && hi <= bounds.1 && moved.modal() >= lo && moved.modal() <= hi, "{moved:?}");
                assert!((moved.cdf(hi) - 1.0).abs() < 1e-15 && moved.cdf(lo - 1e-9) == 0.0, "{moved:?}");
            }
        }
    }

    #[test]
    fn wrong_parameters_are_refused_with_their_values() {
        assert_eq!(Quantity::uniform(2.0, 1.0), Err(QuantityError::Reversed { lo: 2.0, hi: 1.0 }));
        assert_eq!(Quantity::pert(0.0, 3.0, 1.0), Err(QuantityError::ModeOutside { lo: 0.0, mode: 3.0, hi: 1.0 }));
        assert!(matches!(Quantity::fixed(f64::NAN), Err(QuantityError::NotFinite(_))));
        assert!(matches!(Quantity::normal(0.0, 0.0), Err(QuantityError::NotPositive { .. })));
        assert_eq!(Quantity::discrete(vec![]), Err(QuantityError::NoValues));
    }
}
