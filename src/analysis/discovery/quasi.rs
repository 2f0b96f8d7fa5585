//! Quasi-p-values: could luck alone make a restriction look useful?

use super::hyperbox::Kept;
use super::peel::Step;
use super::ranks::Sample;
use crate::num::{Beta, normal_cdf};

/// One side of a restriction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The lower limit of the numbers of a ranked column.
    Low(usize),
    /// Its upper limit.
    High(usize),
    /// The levels of a ranked column of words, or that empty cells are outside where that is all.
    Whole(usize),
}

impl Side {
    /// The ranked column.
    pub fn place(self) -> usize {
        let (Self::Low(place) | Self::High(place) | Self::Whole(place)) = self;
        place
    }

    /// All sides of the restrictions of a box, column by column.
    pub fn of(sample: &Sample, step: &Step) -> Vec<Self> {
        let mut sides = Vec::new();
        for (place, (of, kept)) in sample.ranked.iter().zip(&step.kept).enumerate() {
            match kept {
                Kept::Span { low, high, empty } => {
                    let (below, above) = (*low > 0, *high + 1 < of.groups());
                    sides.extend(below.then_some(Self::Low(place)));
                    sides.extend(above.then_some(Self::High(place)));
                    sides.extend((!below && !above && !empty).then_some(Self::Whole(place)));
                }
                Kept::Groups(groups) => sides.extend(groups.contains(&false).then_some(Self::Whole(place))),
            }
        }
        sides
    }

    /// The box without this side; where nothing of a restriction is left, empty cells come back too.
    pub fn lifted(self, sample: &Sample, step: &Step) -> Step {
        let place = self.place();
        let of = &sample.ranked[place];
        let mut kept = step.kept.clone();
        let (first, last) = (0, of.groups().saturating_sub(1));
        kept[place] = match (self, &kept[place]) {
            (Self::Low(_), Kept::Span { high, .. }) if *high < last => {
                Kept::Span { low: first, high: *high, empty: false }
            }
            (Self::High(_), Kept::Span { low, .. }) if *low > first => {
                Kept::Span { low: *low, high: last, empty: false }
            }
            _ => Kept::all(of),
        };
        counted(sample, kept)
    }
}

/// A box with its rows and hits counted.
pub(super) fn counted(sample: &Sample, kept: Vec<Kept>) -> Step {
    let restricted: Vec<usize> = (0..kept.len()).filter(|p| kept[*p] != Kept::all(&sample.ranked[*p])).collect();
    let inside = |row: usize| restricted.iter().all(|p| kept[*p].holds(sample.ranked[*p].of[row]));
    let (mut rows, mut hits) = (0, 0);
    for (_, hit) in sample.hits.iter().enumerate().filter(|(row, _)| inside(*row)) {
        rows += 1;
        hits += u64::from(*hit);
    }
    Step { kept, rows, hits }
}

/// The chance that so many of the rows in the box, or more, would be hits if one side of a restriction meant nothing,
///
/// ```text
/// P(X ≥ h),   X ~ Binomial(n, p),   p = h' / n'
/// ```
///
/// for a box of n rows with h hits that has n' rows and h' hits without that side. "Quasi", since the box was chosen on
/// the same rows: small values are a sign, no proof. Source: Bryant and Lempert (2010).
pub(super) fn quasi_p(sample: &Sample, step: &Step, side: Side) -> f64 {
    let without = side.lifted(sample, step);
    at_least(step.hits, step.rows, without.hits as f64 / without.rows.max(1) as f64)
}

/// P(X ≥ `hits`) of a binomial with `rows` trials of chance `p`, by the incomplete beta function; with a variance above
/// 10 000, where that converges slowly, by the normal distribution with half a hit of continuity.
pub(in crate::analysis) fn at_least(hits: u64, rows: u64, p: f64) -> f64 {
    if hits == 0 {
        return 1.0;
    }
    let (h, n) = (hits as f64, rows as f64);
    let variance = n * p * (1.0 - p);
    if variance > 10_000.0 {
        return normal_cdf(-(h - 0.5 - n * p) / variance.sqrt());
    }
    Beta::new(h, n - h + 1.0).cdf(p).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_binomial_tail_meets_hand_made_sums() {
        // 10 tosses: P(X ≥ 8) = (45 + 10 + 1) / 1024; three dice: P(one six at least) = 1 − (5/6)³. 1e-12 is rounding.
        assert!((at_least(8, 10, 0.5) - 56.0 / 1024.0).abs() < 1e-12);
        assert!((at_least(1, 3, 1.0 / 6.0) - (1.0 - 125.0 / 216.0)).abs() < 1e-12);
        assert_eq!((at_least(0, 5, 0.2), at_least(3, 3, 1.0)), (1.0, 1.0));
    }

    #[test]
    fn both_ways_to_the_tail_agree_where_they_meet() {
        // Variance 10 000: the error of the normal with continuity is of the order of 1/variance.
        let (n, p) = (40_000, 0.5);
        for hits in [19_900, 20_000, 20_150] {
            let normal = normal_cdf(-(hits as f64 - 0.5 - 20_000.0) / 100.0);
            assert!((at_least(hits, n, p) - normal).abs() < 1e-4, "{hits}");
        }
    }
}
