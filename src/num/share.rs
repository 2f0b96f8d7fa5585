//! Shares with their intervals.

use serde::Serialize;

/// A count of worlds with the share that it makes and the 95 % interval of that share.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// Worlds in which it holds.
    pub count: u64,
    /// Worlds looked at.
    pub of: u64,
    /// count / of; 0 if no world was looked at.
    pub share: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Share {
    /// Wilson's score interval at 95 %:
    ///
    /// ```text
    /// ( p + z²/2n ± z·√( p(1 − p)/n + z²/4n² ) ) / ( 1 + z²/n ),   z = 1.959964
    /// ```
    ///
    /// With no world looked at, the interval is [0, 1]. Source: Wilson (1927).
    pub fn of(count: u64, of: u64) -> Self {
        Self::on_shared_luck(count, of, of)
    }

    /// The share of runs that several experiments made on the same luck: run k had the same draws in each of them, so that
    /// only `distinct` of the runs are sure to be independent. The interval is that of so many, which is wide enough even
    /// where the experiments agree in every run. Source: assumption (the worst case of clustering by run).
    pub fn on_shared_luck(count: u64, of: u64, distinct: u64) -> Self {
        if of == 0 {
            return Self { count, of, share: 0.0, low: 0.0, high: 1.0 };
        }
        Self::around(count as f64 / of as f64, distinct.clamp(1, of) as f64, [count, of])
    }

    /// A share over strata of known weights, of each of which a part is looked at (direct standardisation):
    ///
    /// ```text
    /// p = Σ_r w_r · count_r / of_r,   Wilson's interval with n = 1 / Σ_r w_r² / of_r
    /// ```
    ///
    /// `strata` holds the weight ≥ 0, `count` and `of` of each; those with `of` 0 or no weight are left out and the weights of the others
    /// brought to a sum of 1. `count` and `of` are those of all strata together: the share is not their ratio.
    /// Source: the interval is an assumption, that of so many runs of equal weight.
    pub fn standardised(strata: &[(f64, u64, u64)]) -> Self {
        let there = || strata.iter().filter(|(weight, _, of)| *weight > 0.0 && *of > 0);
        let weights: f64 = there().map(|(weight, ..)| weight).sum();
        let [count, of] = there().fold([0, 0], |[count, of], (_, c, n)| [count + c, of + n]);
        if there().count() < 2 {
            return Self::of(count, of);
        }
        let weighted = |f: &dyn Fn(f64, u64, u64) -> f64| there().map(|(w, c, n)| f(w / weights, *c, *n)).sum::<f64>();
        let share = weighted(&|w, c, n| w * c as f64 / n as f64);
        let spread = weighted(&|w, _, n| w * w / n as f64);
        Self::around(if count == of { 1.0 } else { share }, 1.0 / spread, [count, of])
    }

    fn around(p: f64, n: f64, [count, of]: [u64; 2]) -> Self {
        const Z: f64 = super::Z95;
        let centre = p + Z * Z / (2.0 * n);
        let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let norm = 1.0 + Z * Z / n;
        // At the ends the interval touches 0 or 1 exactly; rounding may leave a last bit.
        let low = if count == 0 { 0.0 } else { (centre - spread) / norm };
        let high = if count == of { 1.0 } else { (centre + spread) / norm };
        Self { count, of, share: p, low, high }
    }
}

impl Share {
    /// The same share where luck has no part in it: its interval is the share itself.
    pub fn exactly(self) -> Self {
        Self { low: self.share, high: self.share, ..self }
    }

    /// Whether luck has no part in it.
    pub fn is_exact(&self) -> bool {
        self.low >= self.high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_meets_the_published_values() {
        // 270 of 1 000 and 0 of 1 000 (Wilson 1927, formula worked by hand); 1e-9 is rounding.
        let some = Share::of(270, 1000);
        assert!(
            (some.low - 0.243_402_367_616_458_9).abs() < 1e-9 && (some.high - 0.298_357_941_286_896_47).abs() < 1e-9
        );
        // Half of all in a stratum where 3 of 10 hold, half in one where 9 of 90 do: n = 1 / (0.25/10 + 0.25/90) = 36.
        let two = Share::standardised(&[(1.0, 3, 10), (1.0, 9, 90), (1.0, 0, 0)]);
        let plain = Share::of(72, 360);
        assert!((two.share - 0.2).abs() < 1e-12 && (two.count, two.of) == (12, 100));
        assert!(two.low < plain.low && two.high > plain.high);
        let of_36 = Share::on_shared_luck(20, 100, 36);
        assert!((two.low - of_36.low).abs() < 1e-12 && (two.high - of_36.high).abs() < 1e-12);
        let none = Share::of(0, 1000);
        assert!(none.low == 0.0 && (none.high - 0.003_826_758_485_555_124).abs() < 1e-9);
    }
}
