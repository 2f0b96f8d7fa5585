//! Fixed point: after each term is rounded once, all sums and comparisons are of whole numbers.

use super::{Beholder, InputId, IssueView, Negotiation, Written};
use crate::num;

/// Scores are kept within ±2²⁹, so that a flag of −2³⁰ decides any comparison and nothing overflows 32 bits.
const LIMIT: f64 = 536_870_912.0;

/// The finest scale: 10⁻⁶ point.
const FINEST: i32 = 6;

/// How many units make a point: a power of ten, at most 10⁶.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    digits: i32,
    per_point: f64,
    /// Where values stop, in units.
    far: f64,
}

/// Sums of up to 2⁵² units are exact as floats, and far within 64 bits.
const WIDE: f64 = 4_503_599_627_370_496.0;

impl Scale {
    /// The finest power of ten, down to 10⁻⁶ point, at which no score of any beholder can leave ±2²⁹ in any world.
    pub fn of(negotiation: &Negotiation) -> Self {
        let widest = negotiation.beholders().map(|b| widest_score(negotiation, b)).fold(1.0, f64::max);
        let mut scale = Self::with_digits(FINEST);
        // A term may round up by half a unit; a thousandth of the limit leaves room for every term there can be.
        while widest * scale.per_point > LIMIT * 0.999 {
            scale = Self::with_digits(scale.digits - 1);
        }
        scale
    }

    /// The coarser of two scales.
    pub fn coarser(self, other: Self) -> Self {
        if other.digits < self.digits { other } else { self }
    }

    /// Two scales for sums that are exact beyond 10⁻⁶ point, in 64 bits: that of single terms, and that to which a sum of them
    /// is rounded once. The first is the finest power of ten, down to 10⁻¹⁵ point, at which no score can leave 2⁵² units; the
    /// second four digits coarser and at most 10⁻¹⁰, so that what is equal but for the last bits of its terms is equal.
    pub fn wide(negotiation: &Negotiation) -> (Self, Self) {
        let widest = negotiation.beholders().map(|b| widest_score(negotiation, b)).fold(1.0, f64::max);
        let at = |digits| Self { far: WIDE, ..Self::with_digits(digits) };
        let terms = (1..=15).rev().map(at).find(|scale| widest * scale.per_point <= WIDE);
        let terms = terms.unwrap_or_else(|| at(0));
        (terms, at((terms.digits - 4).min(10)))
    }

    fn with_digits(digits: i32) -> Self {
        Self {
            digits,
            far: 2.0 * LIMIT,
            per_point: (0..digits.abs()).fold(1.0, |x, _| if digits > 0 { x * 10.0 } else { x / 10.0 }),
        }
    }

    /// Decimal places of a point that are kept.
    pub fn digits(self) -> i32 {
        self.digits
    }

    /// Points as a whole number of units; values beyond ±2³⁰ (only lines can be) stop there, those of a wide scale at ±2⁵².
    pub fn units(self, points: f64) -> i64 {
        num::round((points * self.per_point).clamp(-self.far, self.far)) as i64
    }

    /// Units as points.
    pub fn points(self, units: i64) -> f64 {
        units as f64 / self.per_point
    }
}

/// An upper bound of |score| in points over all packages and worlds.
fn widest_score(n: &Negotiation, beholder: Beholder) -> f64 {
    let most = |id: InputId| n.most(id);
    let factor = |pick: fn(&super::Modifier) -> [Option<InputId>; 2]| -> f64 {
        let touching = n.modifiers.iter().filter(|m| m.beholders.contains(&beholder));
        touching.map(|m| pick(m).into_iter().flatten().map(most).fold(1.0, f64::max)).product()
    };
    let terms = factor(|m| [m.gains, m.losses]);
    let claims = factor(|m| [m.claims, None]);
    let widest_value = |view: &IssueView| {
        let ends = view.values.iter().flat_map(|v| [v.low, v.high]);
        ends.map(|w| if let Written::Input(id) = w { most(id) } else { 0.0 }).fold(0.0, f64::max)
    };
    let views = |views: &[Option<IssueView>], stretch: f64| -> f64 {
        views.iter().flatten().map(|v| most(v.weight) * widest_value(v) * stretch).sum::<f64>() * terms
    };
    match beholder {
        Beholder::Leadership(i) => {
            let actor = n.actor(i);
            let utility = views(&actor.views, 1.0) + actor.links.iter().map(|l| most(l.bonus)).sum::<f64>();
            // With foresight a score is a mean of both.
            utility.max(n.widest_fallback(i))
        }
        Beholder::Audience(a) => {
            let audience = n.audience(a);
            let worth = n.claims.iter().map(|c| most(c.worth)).fold(0.0, f64::max) * claims;
            let shares: f64 = audience.aims.iter().map(|g| most(*g)).sum();
            // A value is felt from what is taken as normal: the difference of two values.
            let felt = views(&audience.views, 2.0 * most(audience.loss_aversion).max(1.0));
            felt + 2.0 * most(audience.claims_weight) * shares * worth
        }
    }
}
