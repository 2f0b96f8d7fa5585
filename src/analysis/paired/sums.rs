//! Whole-number sums over pairs, so that no order of adding can change a result, and what they say of one measure.

use serde::Serialize;

use crate::analysis::flips::may_be_luck;
use crate::engine::adds_up;
use crate::model::{Direction, DirectionKind, Measure, Sign};

/// Units of one: fixed point at 2⁻²⁰.
pub(in crate::analysis) const UNITS: f64 = 1_048_576.0;

/// Values are kept within so many units either way.
const FAR: f64 = 1_099_511_627_776.0;

/// What one run says of a measure, in units; not counted where the measure has no value for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analysis) struct Value {
    /// Also of runs that are not counted, so that they can be told apart.
    units: i64,
    counted: bool,
}

impl Value {
    /// A number; `None`: a measure that does not apply.
    pub fn of(x: Option<f64>) -> Self {
        x.map_or(Self { units: 0, counted: false }, Self::number)
    }

    /// 1 or 0.
    pub fn flag(yes: bool) -> Self {
        Self::number(f64::from(u8::from(yes)))
    }

    /// A number.
    pub fn number(x: f64) -> Self {
        Self { units: (x * UNITS).round().clamp(-FAR, FAR) as i64, counted: true }
    }

    /// A count whose unit is 1.
    pub fn whole(count: u64) -> Self {
        Self { units: i64::try_from(count).unwrap_or(i64::MAX).min(FAR as i64), counted: true }
    }

    /// A slack; infinite ones are not counted, yet lie below or above all others.
    pub fn slack(slack: f64) -> Self {
        if slack.is_finite() { Self::number(slack) } else { Self { counted: false, ..Self::number(slack) } }
    }
}

/// Sums of pairs of values y₀ (base) and y₁ (changed), each counted (d = 1) or not (d = 0, y taken as 0).
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::analysis) struct PairSums {
    /// What a unit is worth.
    pub unit: f64,
    pub pairs: u64,
    /// Pairs that differ, and those of them in which the changed arm has more, or less.
    pub differ: u64,
    pub up: u64,
    pub down: u64,
    /// Σ d₀, Σ d₁, Σ d₀d₁.
    pub counted: [u64; 2],
    pub both: u64,
    /// Σ y₀, Σ y₁.
    y: [i128; 2],
    /// Σ y₀², Σ y₁², Σ y₀y₁.
    squares: [i128; 2],
    product: i128,
    /// Σ y₀d₁, Σ y₁d₀.
    crossed: [i128; 2],
}

adds_up!(PairSums: pairs, differ, up, down, counted, both, y, squares, product, crossed; keeps unit);

impl PairSums {
    pub fn new(unit: f64) -> Self {
        Self { unit, ..Self::default() }
    }

    /// Adds a pair; `only_both` if a run counts only where its counterpart does.
    pub fn add(&mut self, [base, changed]: [Value; 2], only_both: bool) {
        self.pairs += 1;
        self.differ += u64::from(base != changed);
        let both = base.counted && changed.counted;
        self.up += u64::from((both || only_both) && changed.units > base.units);
        self.down += u64::from((both || only_both) && changed.units < base.units);
        let d = [base, changed].map(|value| if only_both { both } else { value.counted });
        let y = [base, changed].map(|value| i128::from(value.units));
        for arm in [0, 1].into_iter().filter(|arm| d[*arm]) {
            self.counted[arm] += 1;
            self.y[arm] += y[arm];
            self.squares[arm] += y[arm] * y[arm];
            self.crossed[arm] += if d[1 - arm] { y[arm] } else { 0 };
        }
        if both {
            self.both += 1;
            self.product += y[0] * y[1];
        }
    }

    /// Pairs in which the changed arm went against an effect. Those that cannot be compared, since one arm has no value, go
    /// with it: they are kept from counting too much by its standard error.
    pub fn against(&self, effect: f64) -> u64 {
        if effect > 0.0 { self.down } else { self.up }
    }

    /// The mean of an arm over the runs that count, Σ y / Σ d; `None` without any.
    pub fn mean(&self, arm: usize) -> Option<f64> {
        (self.counted[arm] > 0).then(|| self.y[arm] as f64 * self.unit / self.counted[arm] as f64)
    }

    /// The standard error of the mean of one arm over the runs that count; 0 below two.
    pub fn error_of(&self, arm: usize) -> f64 {
        let n = self.counted[arm] as f64;
        if self.counted[arm] < 2 {
            return 0.0;
        }
        let (sum, squares) = (self.y[arm] as f64, self.squares[arm] as f64);
        ((squares - sum * sum / n).max(0.0) / (n * (n - 1.0))).sqrt() * self.unit
    }

    /// The standard error of the difference of the two means, Σ y₁ / Σ d₁ − Σ y₀ / Σ d₀, by the paired residuals
    ///
    /// ```text
    /// e = (y₁ − m₁ d₁) / p₁ − (y₀ − m₀ d₀) / p₀,   se² = Σ e² / (n (n − 1)),   p = Σ d / n
    /// ```
    ///
    /// Where every run counts, that is the standard error of the mean difference. Source: Cochran (1977), ratio
    /// estimators. 0 below two pairs, or where no pair differs.
    pub fn error(&self) -> f64 {
        let n = self.pairs as f64;
        if self.pairs < 2 || self.differ == 0 || self.counted.contains(&0) {
            return 0.0;
        }
        let all = self.counted == [self.both; 2] && self.both == self.pairs;
        let sum = if all { self.squared_differences() } else { self.squared_residuals() };
        (sum.max(0.0) / (n * (n - 1.0))).sqrt()
    }

    /// Σ (y₁ − y₀ − mean)², from exact sums.
    fn squared_differences(&self) -> f64 {
        let squares = self.squares[0] + self.squares[1] - 2 * self.product;
        let difference = (self.y[1] - self.y[0]) as f64;
        (squares as f64 - difference * difference / self.pairs as f64) * self.unit * self.unit
    }

    fn squared_residuals(&self) -> f64 {
        let n = self.pairs as f64;
        let d = self.counted.map(|d| d as f64);
        let m = [0, 1].map(|arm| self.y[arm] as f64 / d[arm]);
        // Σ (y − m d)² = Σ y² − (Σ y)² / Σ d within an arm.
        let own = |arm: usize| (self.squares[arm] as f64 - m[arm] * self.y[arm] as f64) / (d[arm] / n * (d[arm] / n));
        let shared = self.product as f64 - m[0] * self.crossed[1] as f64 - m[1] * self.crossed[0] as f64
            + m[0] * m[1] * self.both as f64;
        (own(0) + own(1) - 2.0 * shared / (d[0] / n * (d[1] / n))) * self.unit * self.unit
    }
}

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
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// What was asked.
    #[serde(skip)]
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
    /// The effects that a direction expects, from the sums of each.
    pub(super) fn all(direction: &Direction, sums: &[PairSums]) -> Vec<Self> {
        let expected = direction.expects.iter().zip(sums);
        expected.map(|((measure, sign), sums)| Self::of(*measure, *sign, direction.kind, sums)).collect()
    }

    fn of(measure: Measure, expected: Sign, kind: DirectionKind, sums: &PairSums) -> Self {
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
    use super::*;

    fn sums(pairs: &[(Value, Value)]) -> PairSums {
        let mut sums = PairSums::new(1.0 / UNITS);
        pairs.iter().for_each(|(base, changed)| sums.add([*base, *changed], false));
        sums
    }

    #[test]
    fn the_error_of_plain_pairs_is_that_of_their_mean_difference() {
        let pairs = [(1.0, 2.0), (0.0, 3.0), (4.0, 4.0), (2.0, 1.0)];
        let sums = sums(&pairs.map(|(a, b)| (Value::number(a), Value::number(b))));
        // Differences 1, 3, 0, −1: mean 0.75, squared residuals 8.75.
        assert_eq!([sums.mean(0), sums.mean(1)], [Some(1.75), Some(2.5)]);
        assert!((sums.error() - (8.75_f64 / 12.0).sqrt()).abs() < 1e-12);
        assert_eq!((sums.differ, sums.up, sums.down), (3, 2, 1));
    }

    #[test]
    fn both_ways_to_the_error_agree_where_every_run_counts() {
        let pairs: Vec<_> =
            (0..50).map(|i| (Value::number(f64::from(i % 7)), Value::number(f64::from(i % 5)))).collect();
        let sums = sums(&pairs);
        let (plain, ratio) = (sums.squared_differences(), sums.squared_residuals());
        // Some fifty additions of numbers below 10⁴.
        assert!((plain - ratio).abs() < 1e-9 * plain, "{plain} {ratio}");
    }

    #[test]
    fn the_residuals_of_conditional_means_are_those_of_the_formula() {
        let some = Value::number;
        let pairs = [
            (some(1.0), Value::of(None)),
            (some(3.0), some(2.0)),
            (Value::of(None), some(5.0)),
            (some(2.0), some(2.0)),
        ];
        let sums = sums(&pairs);
        let (m0, m1, p) = (2.0, 3.0, 0.75);
        let residual = |(y0, d0): (f64, f64), (y1, d1): (f64, f64)| {
            let e = (y1 - m1 * d1) / p - (y0 - m0 * d0) / p;
            e * e
        };
        let sum = residual((1.0, 1.0), (0.0, 0.0))
            + residual((3.0, 1.0), (2.0, 1.0))
            + residual((0.0, 0.0), (5.0, 1.0))
            + residual((2.0, 1.0), (2.0, 1.0));
        assert_eq!([sums.mean(0), sums.mean(1)], [Some(m0), Some(m1)]);
        assert!((sums.error() - (sum / 12.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn a_margin_counts_where_both_worlds_have_one_and_is_compared_everywhere() {
        let mut sums = PairSums::new(1.0 / UNITS);
        sums.add([Value::slack(f64::NEG_INFINITY), Value::slack(0.5)], true);
        sums.add([Value::slack(0.5), Value::slack(0.25)], true);
        assert_eq!((sums.counted, sums.up, sums.down), ([1, 1], 1, 1));
        assert_eq!([sums.mean(0), sums.mean(1)], [Some(0.5), Some(0.25)]);
    }

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
        let mut sums = PairSums::new(1.0 / UNITS);
        let pairs = [(up, false, true), (down, true, false), (same, true, true)];
        for (count, base, changed) in pairs {
            (0..count).for_each(|_| sums.add([base, changed].map(Value::flag), false));
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
