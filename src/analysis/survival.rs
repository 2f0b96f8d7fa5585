//! How long what was signed lasts, over many runs.

use super::history::DealKind;
use crate::engine::{adds_up, packs, talks::Run};
use crate::model::Negotiation;
use crate::num::{Moments, Share};

/// The years after which survival is reported: points of the curve.
pub const YEARS: [f64; 3] = [1.0, 2.0, 5.0];

/// Points of a curve of survival: every half year up to ten years.
const POINTS: usize = 21;

/// Years between two points of a curve.
const STEP: f64 = 0.5;

/// How long deals last.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Survival {
    /// Over the deals that were a defeat for nobody.
    pub reached: Standing,
    /// Over all deals that were signed and hold, defeats included.
    pub signed: Standing,
    /// What was reached by kind: how many deals, and the mean chance that one holds after each of [`YEARS`].
    pub kinds: Vec<(DealKind, u64, [Mean; 3])>,
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

/// A mean over deals or runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// The mean; 0 without any.
    pub mean: f64,
    /// Its standard error; 0 below two.
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

impl Mean {
    /// A mean over strata of known weights ≥ 0, of each of which some numbers are known (direct standardisation):
    ///
    /// ```text
    /// m = Σ_r w_r · m_r,   error = √( Σ_r w_r² · error_r² )
    /// ```
    ///
    /// Strata without a number are left out and the weights of the others brought to a sum of 1. Source: assumption.
    pub(super) fn standardised(strata: &[(f64, Moments)]) -> Self {
        let there = || strata.iter().filter(|(weight, sums)| *weight > 0.0 && sums.count() > 0);
        let weights: f64 = there().map(|(weight, _)| weight).sum();
        let weighted =
            |f: &dyn Fn(f64, &Self) -> f64| there().map(|(w, sums)| f(w / weights, &Self::from(sums))).sum::<f64>();
        if weights > 0.0 {
            Self { mean: weighted(&|w, it| w * it.mean), error: weighted(&|w, it| w * w * it.error * it.error).sqrt() }
        } else {
            Self { mean: 0.0, error: 0.0 }
        }
    }
}

impl From<&Moments> for Mean {
    fn from(sums: &Moments) -> Self {
        Self { mean: sums.mean().unwrap_or(0.0), error: sums.error().unwrap_or(0.0) }
    }
}

/// The chances that deals still hold, point by point of the curve.
type Chances = [Moments; POINTS];

/// What deals add up to: whole numbers only.
#[derive(Debug, Clone, Default)]
pub(super) struct Lived {
    reached: Chances,
    signed: Chances,
    /// What was reached, `kinds[kind]`, after each of [`YEARS`].
    kinds: [[Moments; 3]; 3],
    turned: u64,
    /// Deals in which each factor was in force, and its z in all of them.
    factors: Vec<(u64, Moments)>,
}

adds_up!(Lived: reached, signed, kinds, turned, factors);
packs!(Lived: reached, signed, kinds, turned, factors);

impl Lived {
    pub fn new(n: &Negotiation) -> Self {
        let factors = n.durability.as_ref().map_or(0, |d| d.factors.len());
        Self { factors: vec![(0, Moments::default()); factors], ..Self::default() }
    }

    pub fn add(&mut self, n: &Negotiation, run: &Run) {
        let Some(outlook) = &run.outlook else { return };
        let hazard = &outlook.hazard;
        let reached = run.ending.is_reached();
        for (i, signed) in self.signed.iter_mut().enumerate() {
            let chance = hazard.survival(i as f64 * STEP);
            signed.add(chance);
            if reached {
                self.reached[i].add(chance);
            }
        }
        if let Some(package) = run.package.as_ref().filter(|_| reached) {
            let sums = &mut self.kinds[DealKind::of(n, package) as usize];
            sums.iter_mut().zip(YEARS).for_each(|(sums, years)| sums.add(hazard.survival(years)));
        }
        self.turned += u64::from(reached && !outlook.turned.is_empty());
        for ((count, sums), z) in self.factors.iter_mut().zip(&hazard.factors) {
            *count += u64::from(*z > 0.0);
            sums.add(*z);
        }
    }

    pub fn summary(&self) -> Survival {
        let (reached, signed) = (standing(&self.reached), standing(&self.signed));
        let felt = |(factor, (count, sums)): (usize, &(u64, Moments))| Felt {
            factor,
            in_force: Share::of(*count, signed.deals),
            size: sums.into(),
        };
        let factors = self.factors.iter().enumerate().map(felt).collect();
        let kinds = DealKind::ALL.into_iter().zip(&self.kinds).filter(|(_, sums)| sums[0].count() > 0);
        let kinds = kinds.map(|(kind, sums)| (kind, sums[0].count(), sums.each_ref().map(Mean::from))).collect();
        Survival { kinds, turned: Share::of(self.turned, reached.deals), factors, reached, signed }
    }
}

fn standing(chances: &Chances) -> Standing {
    let curve = chances.iter().enumerate().filter_map(|(i, sums)| Some((i as f64 * STEP, sums.mean()?)));
    Standing {
        deals: chances[0].count(),
        after: YEARS.map(|years| (&chances[(years / STEP) as usize]).into()),
        curve: curve.collect(),
    }
}
