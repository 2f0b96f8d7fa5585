//! Whole-number sums over pairs, so that no order of adding can change a result.

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
    /// No value.
    pub fn none() -> Self {
        Self { units: 0, counted: false }
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
#[derive(Debug, Clone, PartialEq)]
pub(in crate::analysis) struct Sums {
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

impl Sums {
    pub fn new(unit: f64) -> Self {
        Self {
            unit,
            pairs: 0,
            differ: 0,
            up: 0,
            down: 0,
            counted: [0; 2],
            both: 0,
            y: [0; 2],
            squares: [0; 2],
            product: 0,
            crossed: [0; 2],
        }
    }

    /// Adds a pair; `only_both` if a run counts only where its counterpart does.
    pub fn add(&mut self, base: Value, changed: Value, only_both: bool) {
        self.pairs += 1;
        self.differ += u64::from(base != changed);
        let comparable = (base.counted && changed.counted) || only_both;
        self.up += u64::from(comparable && changed.units > base.units);
        self.down += u64::from(comparable && changed.units < base.units);
        let both = base.counted && changed.counted;
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

    pub fn merge(&mut self, other: &Self) {
        self.pairs += other.pairs;
        self.differ += other.differ;
        self.up += other.up;
        self.down += other.down;
        self.both += other.both;
        self.product += other.product;
        for arm in [0, 1] {
            self.counted[arm] += other.counted[arm];
            self.y[arm] += other.y[arm];
            self.squares[arm] += other.squares[arm];
            self.crossed[arm] += other.crossed[arm];
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
        let sum = if self.counted == [self.both; 2] && self.both == self.pairs {
            self.squared_differences()
        } else {
            self.squared_residuals()
        };
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

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(pairs: &[(Value, Value)]) -> Sums {
        let mut sums = Sums::new(1.0 / UNITS);
        pairs.iter().for_each(|(base, changed)| sums.add(*base, *changed, false));
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
        let pairs =
            [(some(1.0), Value::none()), (some(3.0), some(2.0)), (Value::none(), some(5.0)), (some(2.0), some(2.0))];
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
        let mut sums = Sums::new(1.0 / UNITS);
        sums.add(Value::slack(f64::NEG_INFINITY), Value::slack(0.5), true);
        sums.add(Value::slack(0.5), Value::slack(0.25), true);
        assert_eq!((sums.counted, sums.up, sums.down), ([1, 1], 1, 1));
        assert_eq!([sums.mean(0), sums.mean(1)], [Some(0.5), Some(0.25)]);
    }
}
