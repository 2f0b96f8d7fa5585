//! Where a share that is seen with noise would lie, as weights on a fine grid.

use crate::num;

/// Standard deviations of the noise beyond which nothing is seen: the rest weighs 4·10⁻⁸.
const REACH: f64 = 5.5;

/// How shares are divided into cells: cell i has its middle at i times the width.
///
/// A quarter of the least noise that any world may have, but no less than a fiftieth of the greatest, so that one look
/// writes some five hundred cells at most. Mutual information is then a sum over cells, which is the trapezoidal rule for
/// its integral; of functions as smooth as mixtures of normal densities that rule misses by far less than 10⁻⁴ bits as
/// long as cells are narrower than half the noise. Source: Trefethen and Weideman (2014).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cells {
    width: f64,
}

/// Weights of cells, from the first that has any.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Spread {
    first: i64,
    weights: Vec<f64>,
}

impl Cells {
    /// Cells for noise within a range, > 0.
    pub fn of((least, most): (f64, f64)) -> Self {
        Self { width: (least / 4.0).max(most / 50.0) }
    }

    /// Where a share `at` is seen through noise: the normal density in the middle of each cell times its width; the chance of
    /// the cell itself where noise is too little for that.
    pub fn seen(self, at: f64, noise: f64) -> Spread {
        let cell = |x: f64| (x / self.width).round() as i64;
        let (first, last) = (cell(at - REACH * noise), cell(at + REACH * noise));
        let z = |place: f64| (place * self.width - at) / noise;
        let weight = |i: i64| {
            if noise < 2.0 * self.width {
                num::normal_cdf(z(i as f64 + 0.5)) - num::normal_cdf(z(i as f64 - 0.5))
            } else {
                num::normal_pdf(z(i as f64)) * self.width / noise
            }
        };
        Spread { first, weights: (first..=last).map(weight).collect() }
    }
}

impl Spread {
    fn end(&self) -> i64 {
        self.first + self.weights.len() as i64
    }

    /// Adds another, times `by`.
    pub fn add(&mut self, by: f64, other: &Self) {
        if self.weights.is_empty() {
            self.first = other.first;
        }
        self.reach(other.first, other.end());
        let from = (other.first - self.first) as usize;
        self.weights[from..].iter_mut().zip(&other.weights).for_each(|(sum, w)| *sum += by * w);
    }

    /// Makes room from one cell up to before another.
    fn reach(&mut self, first: i64, end: i64) {
        let before = (self.first - first).max(0);
        self.weights.splice(0..0, std::iter::repeat_n(0.0, before as usize));
        self.first -= before;
        let behind = (end - self.end()).max(0) as usize;
        self.weights.resize(self.weights.len() + behind, 0.0);
    }
}

/// The weights of several over the same cells.
pub(super) fn aligned(spreads: &[&Spread]) -> Vec<Vec<f64>> {
    let some = || spreads.iter().filter(|s| !s.weights.is_empty());
    let (Some(first), Some(end)) = (some().map(|s| s.first).min(), some().map(|s| s.end()).max()) else {
        return vec![Vec::new(); spreads.len()];
    };
    let wide = |spread: &&Spread| {
        let mut all = Spread { first, weights: vec![0.0; (end - first) as usize] };
        if !spread.weights.is_empty() {
            all.add(1.0, spread);
        }
        all.weights
    };
    spreads.iter().map(wide).collect()
}

#[cfg(test)]
mod tests {
    use super::super::information;
    use super::*;

    /// Two equally likely intents at ±d/2: I = h(mixture) − h(normal), by Simpson's rule with 40 000 steps.
    fn by_quadrature(noises: [f64; 2], apart: f64) -> f64 {
        let density = |x: f64, k: usize| num::normal_pdf((x - apart * k as f64) / noises[k]) / noises[k];
        let far = 9.0 * noises[0].max(noises[1]);
        let (low, high, steps) = (-far, apart + far, 40_000_usize);
        let step = (high - low) / steps as f64;
        let at = |i: usize| {
            let x = low + step * i as f64;
            let all = f64::midpoint(density(x, 0), density(x, 1));
            let of = |p: f64| if p > 0.0 { p / 2.0 * num::ln(p / all) / std::f64::consts::LN_2 } else { 0.0 };
            of(density(x, 0)) + of(density(x, 1))
        };
        let weight = |i: usize| {
            if i == 0 || i == steps {
                1.0
            } else if i % 2 == 1 {
                4.0
            } else {
                2.0
            }
        };
        (0..=steps).map(|i| weight(i) * at(i)).sum::<f64>() * step / 3.0
    }

    #[test]
    fn what_a_noisy_share_tells_is_within_a_ten_thousandth_of_its_integral() {
        for noises in [[0.1_f64, 0.1], [0.05, 0.05], [0.02, 0.2], [0.01, 0.01], [0.001, 0.001], [0.3, 0.3], [0.05, 0.1]]
        {
            let cells = Cells::of((noises[0].min(noises[1]), noises[0].max(noises[1])));
            for apart in [0.0, 0.013, 0.07, 0.1, 0.25, 0.618, 1.0] {
                let spreads = [0, 1].map(|k| cells.seen(apart * k as f64, noises[k]));
                let (bits, _) = information(&aligned(&[&spreads[0], &spreads[1]]));
                let exact = by_quadrature(noises, apart);
                assert!((bits - exact).abs() < 1e-4, "{noises:?} {apart}: {bits} {exact}");
            }
        }
    }

    #[test]
    fn weights_add_up_whatever_cells_they_begin_at() {
        let spread = |first, weights: &[f64]| Spread { first, weights: weights.to_vec() };
        let mut sum = Spread::default();
        sum.add(1.0, &spread(5, &[1.0, 2.0]));
        sum.add(2.0, &spread(3, &[1.0]));
        sum.add(1.0, &spread(6, &[1.0, 1.0]));
        assert_eq!(sum, spread(3, &[2.0, 0.0, 1.0, 3.0, 1.0]));
        assert_eq!(aligned(&[&Spread::default(), &spread(2, &[1.0])]), [[0.0], [1.0]]);
    }
}
