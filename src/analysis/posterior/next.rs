//! What the next observation would tell; a share that is seen with noise lies somewhere on a fine grid.

use itertools::Itertools;

use crate::engine::{Tally, adds_up, talks::Watch};
use crate::num;

use super::{Observation, Telling};

/// What a party with one intent would do next in one world; or the sum over worlds, each with its weight.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    /// Chance of each move.
    moves: [f64; 6],
    /// Chance that it escalates, and that it does not.
    escalates: [f64; 2],
    /// Where the share that is seen would lie; of a sum, as often as it makes an offer.
    share: Blur,
}

adds_up!(Outlook: moves, escalates, share);

impl Outlook {
    /// What one intent would do in the round at which the watch stands.
    pub fn of(watch: &Watch, party: usize, place: usize, mesh: Mesh, noise: f64) -> Self {
        let escalates = watch.escalates(party, place);
        let share = mesh.seen(watch.conceded(party, place), noise);
        Self { moves: watch.moves(party, place), escalates: [escalates, 1.0 - escalates], share }
    }

    /// Adds that of one world.
    pub fn add(&mut self, weight: f64, world: &Self) {
        use crate::model::Move::{Offer, Ultimatum};
        self.moves.iter_mut().zip(&world.moves).for_each(|(sum, p)| *sum += weight * p);
        self.escalates.iter_mut().zip(&world.escalates).for_each(|(sum, p)| *sum += weight * p);
        let offers = weight * (world.moves[Offer as usize] + world.moves[Ultimatum as usize]);
        self.share.add(offers, &world.share);
    }
}

/// What each kind of observation is expected to tell of the intent, the most telling first.
pub fn rank(outlooks: &[Outlook]) -> Vec<Telling> {
    let telling = |what, joint: &[Vec<f64>]| {
        let (bits, open) = information(joint);
        Telling { what, bits, share: if open > 0.0 { bits / open } else { 0.0 } }
    };
    let all = [
        telling(Observation::Move, &outlooks.iter().map(|o| o.moves.to_vec()).collect_vec()),
        telling(Observation::Escalates, &outlooks.iter().map(|o| o.escalates.to_vec()).collect_vec()),
        telling(Observation::Share, &aligned(&outlooks.iter().map(|o| &o.share).collect_vec())),
    ];
    all.into_iter().sorted_by(|a, b| b.bits.total_cmp(&a.bits).then(a.what.cmp(&b.what))).collect()
}

/// Mutual information of an observation and the intent in bits, and the entropy of the intent; `joint[intent][outcome]`
/// are weights ≥ 0.
///
/// ```text
/// I = Σ_{k,o} p(k, o) · log2( p(k, o) / (p(k) · p(o)) )
/// ```
///
/// Source: Lindley (1956).
pub fn information(joint: &[Vec<f64>]) -> (f64, f64) {
    let of_intent: Vec<f64> = joint.iter().map(|row| row.iter().sum()).collect();
    let total: f64 = of_intent.iter().sum();
    if total <= 0.0 {
        return (0.0, 0.0);
    }
    let outcomes = joint.first().map_or(0, Vec::len);
    let of_outcome: Vec<f64> = (0..outcomes).map(|o| joint.iter().map(|row| row[o]).sum()).collect();
    let log2 = |x: f64| num::ln(x) / std::f64::consts::LN_2;
    let mut bits = 0.0;
    for (row, p_k) in joint.iter().zip(&of_intent) {
        for (p, p_o) in row.iter().zip(&of_outcome).filter(|(p, _)| **p > 0.0) {
            bits += p / total * log2(p * total / (p_k * p_o));
        }
    }
    let of = |p: &f64| -p / total * log2(p / total);
    let entropy = of_intent.iter().filter(|p| **p > 0.0).map(of).fold(0.0, |sum, part| sum + part);
    (bits.max(0.0) + 0.0, entropy)
}

/// Standard deviations of the noise beyond which nothing is seen: the rest weighs 4·10⁻⁸.
const REACH: f64 = 5.5;

/// How shares are divided into cells: cell i has its middle at i times the width.
///
/// A quarter of the least noise that any world may have, but no less than a fiftieth of the greatest, so that one look
/// writes some five hundred cells at most. Mutual information is then a sum over cells, which is the trapezoidal rule for
/// its integral; of functions as smooth as mixtures of normal densities that rule misses by far less than 10⁻⁴ bits as
/// long as cells are narrower than half the noise. Source: Trefethen and Weideman (2014).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mesh {
    width: f64,
}

/// Weights of cells, from the first that has any.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Blur {
    first: i64,
    weights: Vec<f64>,
}

impl Mesh {
    /// Cells for noise within a range, > 0.
    pub fn of((least, most): (f64, f64)) -> Self {
        Self { width: (least / 4.0).max(most / 50.0) }
    }

    /// Where a share `at` is seen through noise: the normal density in the middle of each cell times its width; the chance of
    /// the cell itself where noise is too little for that.
    pub fn seen(self, at: f64, noise: f64) -> Blur {
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
        Blur { first, weights: (first..=last).map(weight).collect() }
    }
}

/// Both with their whole weight.
impl Tally for Blur {
    fn merge(&mut self, other: Self) {
        self.add(1.0, &other);
    }
}

impl Blur {
    fn end(&self) -> i64 {
        self.first + self.weights.len() as i64
    }

    /// Adds another, times `by`.
    fn add(&mut self, by: f64, other: &Self) {
        if other.weights.is_empty() {
            return;
        }
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
fn aligned(blurs: &[&Blur]) -> Vec<Vec<f64>> {
    let mut cells = Blur::default();
    blurs.iter().for_each(|blur| cells.add(0.0, blur));
    let wide = |blur: &&Blur| {
        let mut all = cells.clone();
        all.add(1.0, blur);
        all.weights
    };
    blurs.iter().map(wide).collect()
}

#[cfg(test)]
mod tests {
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
            let mesh = Mesh::of((noises[0].min(noises[1]), noises[0].max(noises[1])));
            for apart in [0.0, 0.013, 0.07, 0.1, 0.25, 0.618, 1.0] {
                let blurs = [0, 1].map(|k| mesh.seen(apart * k as f64, noises[k]));
                let (bits, _) = information(&aligned(&[&blurs[0], &blurs[1]]));
                let exact = by_quadrature(noises, apart);
                assert!((bits - exact).abs() < 1e-4, "{noises:?} {apart}: {bits} {exact}");
            }
        }
    }

    #[test]
    fn weights_add_up_whatever_cells_they_begin_at() {
        let blur = |first, weights: &[f64]| Blur { first, weights: weights.to_vec() };
        let mut sum = Blur::default();
        sum.add(1.0, &blur(5, &[1.0, 2.0]));
        sum.add(2.0, &blur(3, &[1.0]));
        sum.add(1.0, &blur(6, &[1.0, 1.0]));
        assert_eq!(sum, blur(3, &[2.0, 0.0, 1.0, 3.0, 1.0]));
        assert_eq!(aligned(&[&Blur::default(), &blur(2, &[1.0])]), [[0.0], [1.0]]);
    }
}
