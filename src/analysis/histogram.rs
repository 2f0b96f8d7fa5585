//! Distributions of margins as fixed bins.

use std::collections::BTreeMap;

use crate::engine::{Tally, packs};
use crate::num::quantile;

/// A distribution of margins as counts in bins, the same for any order of the worlds.
///
/// Bins are 2⁻¹² wide from −4 to 4, and beyond that as wide as 2⁻¹⁴ of the power of two below the margin, however far it
/// lies; "none" and "unbounded" are counted beside. What is said of a bin never lies outside the margins that were met.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    bins: Vec<u64>,
    /// Margins beyond the bins, by the leading bits of their size: left of them and right of them.
    far: [BTreeMap<u64, u64>; 2],
    /// The least and the greatest finite margin.
    ends: (f64, f64),
    /// Worlds in which no package could be looked at.
    pub none: u64,
    /// Worlds in which nobody's verdict counts.
    pub unbounded: u64,
}

/// Where the bins of equal width end.
const REACH: f64 = 4.0;

/// Bits of a float that its far bin forgets: 14 of the 52 behind the point are kept.
const FORGOTTEN: u32 = 38;

impl Default for Histogram {
    fn default() -> Self {
        Self {
            bins: vec![0; (2.0 * REACH * Self::PER_UNIT) as usize],
            far: [BTreeMap::new(), BTreeMap::new()],
            ends: (f64::INFINITY, f64::NEG_INFINITY),
            none: 0,
            unbounded: 0,
        }
    }
}

/// Counts add up, and the ends are those of both.
impl Tally for Histogram {
    fn merge(&mut self, other: Self) {
        self.bins.merge(other.bins);
        self.far.merge(other.far);
        self.ends = (self.ends.0.min(other.ends.0), self.ends.1.max(other.ends.1));
        self.none += other.none;
        self.unbounded += other.unbounded;
    }
}

packs!(Histogram: bins, far, ends, none, unbounded);

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
            self.ends = (self.ends.0.min(slack), self.ends.1.max(slack));
            let bin = ((slack + REACH) * Self::PER_UNIT).floor();
            if bin < 0.0 || bin >= self.bins.len() as f64 {
                *self.far[usize::from(slack > 0.0)].entry(slack.abs().to_bits() >> FORGOTTEN).or_default() += 1;
            } else {
                self.bins[bin as usize] += 1;
            }
        }
    }

    /// Worlds with a finite margin.
    pub fn finite(&self) -> u64 {
        self.met().map(|(_, count)| count).sum()
    }

    /// The middle of every bin that holds a world, and how many it holds, from the least margin to the greatest.
    fn met(&self) -> impl Iterator<Item = (f64, u64)> + Clone + '_ {
        let size = |bin: &u64| f64::from_bits((bin << FORGOTTEN) | (1 << (FORGOTTEN - 1)));
        let below = self.far[0].iter().rev().map(move |(bin, count)| (-size(bin), *count));
        let above = self.far[1].iter().map(move |(bin, count)| (size(bin), *count));
        let middle = |bin: usize| (bin as f64 + 0.5) / Self::PER_UNIT - REACH;
        let near = self.bins.iter().enumerate().filter(|(_, count)| **count > 0);
        let near = near.map(move |(bin, count)| (middle(bin), *count));
        let within = |(margin, count): (f64, u64)| (margin.clamp(self.ends.0, self.ends.1), count);
        below.chain(near).chain(above).map(within)
    }

    /// The middle of the bin in which the share `p` of the finite margins is reached; `None` if there are none.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        quantile(self.met(), p)
    }

    /// Counts in `count` equal cells from `low` to `high`; what lies beyond is counted in the outermost cells.
    pub fn cells(&self, low: f64, high: f64, count: usize) -> Vec<u64> {
        let mut cells = vec![0; count];
        for (margin, n) in self.met() {
            let cell = ((margin - low) / (high - low) * count as f64).clamp(0.0, count as f64 - 1.0);
            cells[cell as usize] += n;
        }
        cells
    }

    /// Worlds whose finite margin lies below `low`, and those whose lies above `high`.
    pub fn beyond(&self, low: f64, high: f64) -> [u64; 2] {
        let outside = |out: &dyn Fn(f64) -> bool| self.met().filter(|(margin, _)| out(*margin)).map(|(_, n)| n).sum();
        [outside(&|margin| margin < low), outside(&|margin| margin > high)]
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

    #[test]
    fn a_margin_far_beyond_the_bins_is_told_as_it_is() {
        let mut histogram = Histogram::default();
        [-9.0, -9.0, 0.25, 1e6].into_iter().for_each(|x| histogram.add(x));
        let [low, middle, high] = [0.05, 0.75, 0.95].map(|p| histogram.quantile(p).expect("it is not empty"));
        // A far bin is 2⁻¹⁴ of its power of two wide, and the ends are told exactly.
        assert_eq!((low, high), (-9.0, 1e6));
        assert!((middle - 0.25).abs() <= 0.5 / Histogram::PER_UNIT, "{middle}");
        assert_eq!((histogram.cells(-1.0, 1.0, 2), histogram.beyond(-1.0, 1.0)), (vec![2, 2], [2, 1]));
        let mut other = Histogram::default();
        other.add(-40.0);
        other.merge(histogram);
        assert_eq!((other.quantile(0.01), other.finite()), (Some(-40.0), 5));
    }
}
