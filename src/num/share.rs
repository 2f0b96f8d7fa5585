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
        const Z: f64 = super::Z95;
        if of == 0 {
            return Self { count, of, share: 0.0, low: 0.0, high: 1.0 };
        }
        let (n, p) = (distinct.clamp(1, of) as f64, count as f64 / of as f64);
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
        let none = Share::of(0, 1000);
        assert!(none.low == 0.0 && (none.high - 0.003_826_758_485_555_124).abs() < 1e-9);
    }
}
