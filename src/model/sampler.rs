//! Draws from quantities: inverse distribution functions, tabulated.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::quantity::{Smooth, pick};
use crate::num;

/// Draws from a quantity by one uniform.
///
/// Smooth quantities are read from a table by cubic Hermite interpolation, within 10⁻⁵ of the range (as a test shows);
/// all others are exact.
#[derive(Debug, Clone)]
pub enum Sampler {
    /// Always the same.
    Fixed(f64),
    /// lo + p · width.
    Uniform {
        /// Low end.
        lo: f64,
        /// High end less low end.
        width: f64,
    },
    /// One of several values with their weights, sorted by value.
    Discrete(Vec<(f64, f64)>),
    /// lo + width · (tabulated quantile on [0, 1]).
    Smooth {
        /// Low end.
        lo: f64,
        /// High end less low end.
        width: f64,
        /// Knots.
        table: Arc<QuantileTable>,
    },
    /// Another draw, kept within bounds.
    Clamped {
        /// What is drawn.
        of: Box<Sampler>,
        /// The least.
        lo: f64,
        /// The most.
        hi: f64,
    },
}

impl Sampler {
    /// The value at a uniform `p` in [0, 1).
    pub fn at(&self, p: f64) -> f64 {
        match self {
            Self::Fixed(x) => *x,
            Self::Uniform { lo, width } => lo + p * width,
            Self::Discrete(values) => pick(values, p),
            Self::Smooth { lo, width, table } => lo + width * table.quantile(p),
            Self::Clamped { of, lo, hi } => of.at(p).clamp(*lo, *hi),
        }
    }
}

/// Tables made so far: quantities of one shape share one. A copy shares those that were made before it.
#[derive(Debug, Clone, Default)]
pub struct QuantileTables(BTreeMap<(u64, u64), Arc<QuantileTable>>);

impl QuantileTables {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn of(&mut self, smooth: Smooth) -> Arc<QuantileTable> {
        let key = match smooth {
            Smooth::Beta(beta) => (beta.shapes().0.to_bits(), beta.shapes().1.to_bits()),
            Smooth::Normal => (0, 0),
        };
        Arc::clone(self.0.entry(key).or_insert_with(|| Arc::new(QuantileTable::of(smooth))))
    }
}

/// The quantile function of a distribution on [0, 1]: a body of equal cells, and two ends.
///
/// Near an end the quantile goes as a root of p, which no polynomial in p follows. For a beta distribution it is smooth
/// in s = p^(1/shape), so the ends are tabulated in s; those of a normal distribution are solved.
#[derive(Debug, Clone)]
pub struct QuantileTable {
    smooth: Smooth,
    /// Value and slope a cell at p = 0, 1/128, …, 1.
    body: Vec<(f64, f64)>,
    /// Below 4/128, and above 124/128 seen from 1.
    ends: Option<[Tail; 2]>,
    /// The median, worked out when it is first asked for: the table need not have its last bit.
    median: OnceLock<f64>,
}

/// Cells of the body, and how many of them at each side belong to an end.
const CELLS: usize = 128;
const END: usize = 4;
const END_CELLS: usize = 16;

impl QuantileTable {
    fn of(smooth: Smooth) -> Self {
        let mut body = vec![(0.0, 0.0); CELLS + 1];
        let mut last = 0.5;
        for (i, knot) in body.iter_mut().enumerate().take(CELLS - END + 1).skip(END) {
            last = smooth.quantile_from(i as f64 / CELLS as f64, last);
            *knot = (last, 1.0 / (smooth.pdf(last) * CELLS as f64));
        }
        let ends = match smooth {
            Smooth::Beta(beta) => Some([Tail::of(beta), Tail::of(beta.mirrored())]),
            Smooth::Normal => None,
        };
        Self { smooth, body, ends, median: OnceLock::new() }
    }

    pub(super) fn median(&self) -> f64 {
        *self.median.get_or_init(|| self.smooth.quantile_from(0.5, 0.5))
    }

    fn quantile(&self, p: f64) -> f64 {
        let at = p * CELLS as f64;
        let cell = (at as usize).min(CELLS - 1);
        if (END..CELLS - END).contains(&cell) {
            return hermite(self.body[cell], self.body[cell + 1], at - cell as f64);
        }
        match &self.ends {
            Some([low, _]) if cell < END => low.at(p),
            Some([_, high]) => 1.0 - high.at(1.0 - p),
            None => self.smooth.quantile_from(p, self.body[if cell < END { END } else { CELLS - END }].0),
        }
    }
}

/// The quantile below 4/128 as a function of s = p^(1/a).
#[derive(Debug, Clone)]
struct Tail {
    /// 1/a.
    power: f64,
    /// Cells for each unit of s.
    per_s: f64,
    knots: Vec<(f64, f64)>,
}

impl Tail {
    fn of(beta: num::Beta) -> Self {
        let (a, _) = beta.shapes();
        let power = 1.0 / a;
        let width = num::pow(END as f64 / CELLS as f64, power) / END_CELLS as f64;
        // x ≈ (a·B(a, b)·p)^(1/a) for small p.
        let mut knots = vec![(0.0, num::pow(a * beta.complete(), power) * width)];
        for i in 1..=END_CELLS {
            let s = i as f64 * width;
            let guess = knots[i - 1].0 + knots[i - 1].1;
            let x = beta.quantile_from(num::pow(s, a), guess);
            knots.push((x, a * num::pow(s, a - 1.0) / beta.pdf(x) * width));
        }
        Self { power, per_s: 1.0 / width, knots }
    }

    fn at(&self, p: f64) -> f64 {
        let at = num::pow(p, self.power) * self.per_s;
        let cell = (at as usize).min(END_CELLS - 1);
        hermite(self.knots[cell], self.knots[cell + 1], at - cell as f64)
    }
}

/// Cubic Hermite interpolation between two knots (value, slope a cell), `t` of the way.
fn hermite((y0, d0): (f64, f64), (y1, d1): (f64, f64), t: f64) -> f64 {
    let s = 1.0 - t;
    s * s * ((1.0 + 2.0 * t) * y0 + t * d0) + t * t * ((1.0 + 2.0 * s) * y1 - s * d1)
}

#[cfg(test)]
mod tests {
    use super::super::quantity::tests::all_kinds;
    use super::*;

    #[test]
    fn the_sampler_stays_within_a_hundred_thousandth_of_the_range_of_the_quantile() {
        for q in all_kinds() {
            let (lo, hi) = q.support();
            let sampler = q.sampler(&mut QuantileTables::default());
            for i in 0..10_000 {
                let p = f64::from(i) / 10_000.0;
                let miss = (sampler.at(p) - q.quantile(p)).abs();
                // Hermite interpolation in a cell of width h errs by h⁴·f''''/384, largest where body and ends meet.
                assert!(miss <= 1e-5 * (hi - lo), "{q:?} at {p}: {miss}");
            }
        }
    }

    #[test]
    fn the_sampler_never_leaves_the_support_and_never_falls() {
        for q in all_kinds() {
            let (lo, hi) = q.support();
            let sampler = q.sampler(&mut QuantileTables::default());
            let draws: Vec<f64> = (0..100_000).map(|i| sampler.at(f64::from(i) / 100_000.0)).collect();
            assert!(draws.iter().all(|x| (lo..=hi).contains(x)), "{q:?}");
            // Two interpolants meet at a knot within rounding.
            assert!(draws.windows(2).all(|w| w[1] >= w[0] - 1e-12), "{q:?}");
        }
    }
}
