//! Distributions of margins as fixed bins.

/// A distribution of margins as counts in fixed bins, the same for any order of the worlds.
///
/// Bins are 2⁻¹² wide from −4 to 4 and open at both ends; "none" and "unbounded" are counted beside.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    bins: Vec<u64>,
    /// Worlds in which no package could be looked at.
    pub none: u64,
    /// Worlds in which nobody's verdict counts.
    pub unbounded: u64,
}

const REACH: f64 = 4.0;

impl Default for Histogram {
    fn default() -> Self {
        Self { bins: vec![0; (2.0 * REACH * Self::PER_UNIT) as usize], none: 0, unbounded: 0 }
    }
}

impl Histogram {
    /// Bins to a margin of 1.
    pub const PER_UNIT: f64 = 4096.0;

    /// Counts one world; −∞ is none, +∞ unbounded.
    pub fn add(&mut self, slack: f64) {
        if slack == f64::NEG_INFINITY {
            self.none += 1;
        } else if slack == f64::INFINITY {
            self.unbounded += 1;
        } else {
            let bin = ((slack + REACH) * Self::PER_UNIT).floor().max(0.0) as usize;
            let last = self.bins.len() - 1;
            self.bins[bin.min(last)] += 1;
        }
    }

    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Self) {
        self.bins.iter_mut().zip(&other.bins).for_each(|(a, b)| *a += b);
        self.none += other.none;
        self.unbounded += other.unbounded;
    }

    /// Worlds with a finite margin.
    #[must_use]
    pub fn finite(&self) -> u64 {
        self.bins.iter().sum()
    }

    /// The middle of the bin in which the share `p` of the finite margins is reached; `None` if there are none.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let total = self.finite();
        let wanted = ((p * total as f64).ceil() as u64).max(1);
        let mut sum = 0;
        let reached = |count: &u64| {
            sum += count;
            sum >= wanted
        };
        let bin = self.bins.iter().position(reached)?;
        Some((bin as f64 + 0.5) / Self::PER_UNIT - REACH)
    }

    /// Counts in `count` equal cells from `low` to `high`; what lies beyond is counted in the outermost cells.
    #[must_use]
    pub fn cells(&self, low: f64, high: f64, count: usize) -> Vec<u64> {
        let mut cells = vec![0; count];
        for (bin, n) in self.bins.iter().enumerate().filter(|(_, n)| **n > 0) {
            let middle = (bin as f64 + 0.5) / Self::PER_UNIT - REACH;
            let cell = ((middle - low) / (high - low) * count as f64).clamp(0.0, count as f64 - 1.0);
            cells[cell as usize] += n;
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_sorted_list_within_a_bin() {
        let mut histogram = Histogram::default();
        let list: Vec<f64> = (0..1000).map(|i| f64::from(i * 7 % 1000) / 1000.0 - 0.5).collect();
        for x in &list {
            histogram.add(*x);
        }
        let mut sorted = list.clone();
        sorted.sort_by(f64::total_cmp);
        for p in [0.05, 0.5, 0.95] {
            let exact = sorted[(p * 1000.0) as usize - 1];
            let binned = histogram.quantile(p).expect("the histogram is not empty");
            assert!((binned - exact).abs() <= 0.5 / Histogram::PER_UNIT + 1e-12, "{p}: {binned} {exact}");
        }
    }

    #[test]
    fn what_is_none_or_unbounded_is_counted_beside() {
        let mut histogram = Histogram::default();
        for x in [f64::NEG_INFINITY, f64::INFINITY, 9.0, -9.0] {
            histogram.add(x);
        }
        assert_eq!((histogram.none, histogram.unbounded, histogram.finite()), (1, 1, 2));
    }
}
