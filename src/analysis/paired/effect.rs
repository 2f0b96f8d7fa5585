//! What pairs say of one measure.

use serde::Serialize;

use super::sums::Sums;
use crate::analysis::flips::may_be_luck;
use crate::model::{DirectionKind, Measure, Sign};

/// How what was found stands to what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// It moved as expected, by at least two standard errors; or no effect was expected and none found.
    AsExpected,
    /// It moved the other way, by at least two standard errors.
    Opposite,
    /// It moved by less than two standard errors.
    NoEffect,
    /// No pair differs.
    ZeroExactly,
    /// It moved by at least two standard errors though no effect was expected.
    NotZero,
    /// One arm has no run to which the measure applies.
    Nothing,
}

/// The effect of a change on one measure. All numbers are in the unit of the measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// What was asked.
    pub measure: Measure,
    /// Which way it was expected to move.
    pub expected: Sign,
    /// The mean in the base arm, over the runs that count; `None` without any.
    pub base: Option<f64>,
    /// The mean in the changed arm.
    pub changed: Option<f64>,
    /// Changed less base; 0 if either has none.
    pub effect: f64,
    /// Standard error of the effect, by pairs.
    pub error: f64,
    /// Runs that count in the base arm and in the changed one: of the pairs, those to which the measure applies.
    pub counted: [u64; 2],
    /// Pairs that differ.
    pub differ: u64,
    /// Of them, those in which the changed arm has more.
    pub up: u64,
    /// Of them, those in which the changed arm has less.
    pub down: u64,
    /// What was found.
    pub found: Found,
    /// Whether a direction that holds by construction did not: a single world moved the wrong way or, of a measure of
    /// runs, the effect is clearly the opposite.
    pub breaks_a_law: bool,
}

impl Effect {
    pub(super) fn of(measure: Measure, expected: Sign, kind: DirectionKind, sums: &Sums) -> Self {
        let (base, changed) = (sums.mean(0), sums.mean(1));
        let effect = base.zip(changed).map_or(0.0, |(base, changed)| changed - base);
        let error = sums.error();
        let clear = effect != 0.0 && effect.abs() >= ENOUGH * error && !may_be_luck(sums.differ, sums.against(effect));
        let found = found(expected, base.zip(changed).is_some(), sums.differ, effect, clear);
        let against = match expected {
            Sign::Up => sums.down,
            Sign::Down => sums.up,
            Sign::Zero => sums.differ,
        };
        // What holds of each world holds of all; that nothing moves at all is no breach.
        let clear = matches!(found, Found::Opposite | Found::NotZero);
        let broken = if measure.is_of_worlds() { against > 0 } else { clear };
        let breaks_a_law = kind == DirectionKind::Wiring && broken;
        Self {
            measure,
            expected,
            base,
            changed,
            effect,
            error,
            counted: sums.counted,
            differ: sums.differ,
            up: sums.up,
            down: sums.down,
            found,
            breaks_a_law,
        }
    }
}

/// Standard errors from which an effect is told from luck.
const ENOUGH: f64 = 2.0;

fn found(expected: Sign, applies: bool, differ: u64, effect: f64, clear: bool) -> Found {
    let moved = differ > 0 && clear;
    match expected {
        _ if !applies => Found::Nothing,
        Sign::Zero if moved => Found::NotZero,
        Sign::Zero => Found::AsExpected,
        _ if differ == 0 => Found::ZeroExactly,
        _ if !moved => Found::NoEffect,
        Sign::Up if effect > 0.0 => Found::AsExpected,
        Sign::Down if effect < 0.0 => Found::AsExpected,
        Sign::Up | Sign::Down => Found::Opposite,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sums::{UNITS, Value};
    use super::*;

    #[test]
    fn an_effect_is_as_expected_opposite_or_none() {
        let told = [(Sign::Up, 0.2), (Sign::Down, 0.2), (Sign::Down, -0.2), (Sign::Zero, -0.2)];
        let found = told.map(|(sign, effect)| found(sign, true, 9, effect, true));
        assert_eq!(found, [Found::AsExpected, Found::Opposite, Found::AsExpected, Found::NotZero]);
    }

    #[test]
    fn what_is_not_clear_is_no_effect_and_what_never_differs_zero() {
        assert_eq!(found(Sign::Up, true, 9, 0.19, false), Found::NoEffect);
        assert_eq!(found(Sign::Zero, true, 9, 0.19, false), Found::AsExpected);
        assert_eq!(found(Sign::Down, true, 0, 0.0, false), Found::ZeroExactly);
        assert_eq!(found(Sign::Zero, true, 0, 0.0, false), Found::AsExpected);
        assert_eq!(found(Sign::Up, false, 9, 0.0, false), Found::Nothing);
    }

    /// Pairs of flags, `up` of which rise and `down` fall, and as many that stay.
    fn flags(up: u64, down: u64, same: u64) -> Effect {
        let mut sums = Sums::new(1.0 / UNITS);
        let pairs = [(up, false, true), (down, true, false), (same, true, true)];
        for (count, base, changed) in pairs {
            (0..count).for_each(|_| sums.add(Value::flag(base), Value::flag(changed), false));
        }
        Effect::of(Measure::Reached, Sign::Up, DirectionKind::Emergent, &sums)
    }

    #[test]
    fn four_pairs_of_four_that_all_rise_may_be_luck() {
        // 2 / 2⁴ = 0.125; six: 2 / 2⁶ = 0.031. The standard error of four that all rise by 1 is 0.
        assert_eq!(flags(4, 0, 0).found, Found::NoEffect);
        assert_eq!(flags(5, 0, 400).found, Found::NoEffect);
        assert_eq!(flags(6, 0, 0).found, Found::AsExpected);
        assert_eq!(flags(0, 6, 400).found, Found::Opposite);
    }

    #[test]
    fn from_25_pairs_on_two_standard_errors_are_enough() {
        // 17 of 24: p = 0.064, though it is 10 / √24 = 2.04 standard errors; 18 of 25: 2.2 of them.
        assert_eq!(flags(17, 7, 100_000).found, Found::NoEffect);
        assert_eq!(flags(18, 7, 100_000).found, Found::AsExpected);
        assert_eq!(flags(17, 8, 100_000).found, Found::NoEffect);
    }
}
