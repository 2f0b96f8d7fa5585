//! How long what was signed lasts, over many runs.

use crate::engine::talks::Run;
use crate::model::Negotiation;
use crate::num::Share;

/// The years after which survival is reported.
pub const YEARS: [f64; 3] = [1.0, 2.0, 5.0];

/// Points of a curve of survival: every half year up to ten years.
const POINTS: usize = 21;

/// Years between two points of a curve.
const STEP: f64 = 0.5;

/// Fixed point of survival and of factors: 2⁻²⁰.
const UNITS: f64 = 1_048_576.0;

/// How long deals last.
#[derive(Debug, Clone, PartialEq)]
pub struct Survival {
    /// Over the deals that were a defeat for nobody.
    pub reached: Standing,
    /// Over all deals that were signed and hold, defeats included.
    pub signed: Standing,
    /// Deals reached that an audience bore and would call a defeat once sentiment has turned; as a share of those reached.
    pub turned: Share,
    /// The factors in file order, over all deals signed.
    pub factors: Vec<Felt>,
}

/// Survival over some deals.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// How many deals.
    pub deals: u64,
    /// Mean chance that a deal still holds after each of [`YEARS`].
    pub after: [Mean; 3],
    /// The mean chance after every half year from 0 to 10: `(years, chance)`; empty without deals.
    pub curve: Vec<(f64, f64)>,
}

/// A mean over deals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// The mean; 0 without deals.
    pub mean: f64,
    /// Its standard error; 0 below two deals.
    pub error: f64,
}

/// How often a factor was in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Felt {
    /// Place among the factors.
    pub factor: usize,
    /// Deals in which its z was above 0.
    pub in_force: Share,
    /// Mean z.
    pub size: Mean,
}

/// What deals add up to: whole numbers only.
#[derive(Debug, Clone)]
pub(super) struct Lived {
    reached: Sums,
    signed: Sums,
    turned: u64,
    /// Deals in which each factor was in force, and its Σ z and Σ z².
    factors: Vec<(u64, Pair)>,
}

/// Σ x and Σ x².
type Pair = (i128, i128);

#[derive(Debug, Clone, Default)]
struct Sums {
    deals: u64,
    after: [Pair; 3],
    curve: [i128; POINTS],
}

fn add(pair: &mut Pair, x: f64) {
    let units = (x * UNITS).round() as i128;
    *pair = (pair.0 + units, pair.1 + units * units);
}

impl Sums {
    fn add(&mut self, after: [f64; 3], curve: &[f64; POINTS]) {
        self.deals += 1;
        self.after.iter_mut().zip(after).for_each(|(sum, chance)| add(sum, chance));
        self.curve.iter_mut().zip(curve).for_each(|(sum, chance)| *sum += (chance * UNITS).round() as i128);
    }

    fn merge(&mut self, other: &Self) {
        self.deals += other.deals;
        self.after.iter_mut().zip(other.after).for_each(|(a, b)| *a = (a.0 + b.0, a.1 + b.1));
        self.curve.iter_mut().zip(other.curve).for_each(|(a, b)| *a += b);
    }

    fn standing(&self) -> Standing {
        let of = self.deals as f64;
        let point = |(i, sum): (usize, &i128)| (i as f64 * STEP, *sum as f64 / UNITS / of);
        let points = if self.deals == 0 { 0 } else { POINTS };
        Standing {
            deals: self.deals,
            after: self.after.map(|sums| mean(sums, self.deals)),
            curve: self.curve.iter().enumerate().take(points).map(point).collect(),
        }
    }
}

/// Mean and standard error of what a pair of sums holds.
fn mean((sum, squares): Pair, of: u64) -> Mean {
    if of == 0 {
        return Mean { mean: 0.0, error: 0.0 };
    }
    let count = of as f64;
    let mean = sum as f64 / UNITS / count;
    let variance = (squares as f64 / (UNITS * UNITS) / count - mean * mean).max(0.0);
    Mean { mean, error: if of < 2 { 0.0 } else { (variance / (count - 1.0)).sqrt() } }
}

impl Lived {
    pub fn new(n: &Negotiation) -> Self {
        let factors = n.durability.as_ref().map_or(0, |d| d.factors.len());
        Self { reached: Sums::default(), signed: Sums::default(), turned: 0, factors: vec![(0, (0, 0)); factors] }
    }

    pub fn add(&mut self, run: &Run) {
        let Some(outlook) = &run.outlook else { return };
        let hazard = &outlook.hazard;
        let after = YEARS.map(|years| hazard.survival(years));
        let curve = std::array::from_fn(|i| hazard.survival(i as f64 * STEP));
        self.signed.add(after, &curve);
        if run.ending.is_reached() {
            self.reached.add(after, &curve);
            self.turned += u64::from(!outlook.turned.is_empty());
        }
        for ((count, sums), z) in self.factors.iter_mut().zip(&hazard.factors) {
            *count += u64::from(*z > 0.0);
            add(sums, *z);
        }
    }

    pub fn merge(&mut self, other: &Self) {
        self.reached.merge(&other.reached);
        self.signed.merge(&other.signed);
        self.turned += other.turned;
        for ((count, sums), (more, others)) in self.factors.iter_mut().zip(&other.factors) {
            *count += more;
            *sums = (sums.0 + others.0, sums.1 + others.1);
        }
    }

    pub fn summary(&self) -> Survival {
        let deals = self.signed.deals;
        let felt = |(factor, (count, sums)): (usize, &(u64, Pair))| Felt {
            factor,
            in_force: Share::of(*count, deals),
            size: mean(*sums, deals),
        };
        Survival {
            reached: self.reached.standing(),
            signed: self.signed.standing(),
            turned: Share::of(self.turned, self.reached.deals),
            factors: self.factors.iter().enumerate().map(felt).collect(),
        }
    }
}
