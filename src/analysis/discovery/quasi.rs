//! Quasi-p-values: could luck alone make a restriction look useful?

use super::hyperbox::Kept;
use super::peel::Step;
use super::ranks::Sample;
pub(super) use crate::analysis::flips::at_least;

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

    /// What of its column is kept without this side; where nothing of a restriction is left, empty cells come back too.
    fn lifted(self, sample: &Sample, step: &Step) -> Kept {
        let place = self.place();
        let of = &sample.ranked[place];
        let (first, last) = (0, of.groups().saturating_sub(1));
        match (self, &step.kept[place]) {
            (Self::Low(_), Kept::Span { high, .. }) if *high < last => {
                Kept::Span { low: first, high: *high, empty: false }
            }
            (Self::High(_), Kept::Span { low, .. }) if *low > first => {
                Kept::Span { low: *low, high: last, empty: false }
            }
            _ => Kept::all(of),
        }
    }
}

/// A side of a box, judged.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Judged {
    pub side: Side,
    /// The box without this side.
    pub without: Step,
    /// The chance that so many of the rows in the box, or more, would be hits if this side meant nothing,
    ///
    /// ```text
    /// P(X ≥ h),   X ~ Binomial(n, p),   p = h' / n'
    /// ```
    ///
    /// for a box of n rows with h hits that has n' rows and h' hits without that side. "Quasi", since the box was chosen on
    /// the same rows: small values are a sign, no proof. Source: Bryant and Lempert (2010).
    pub quasi_p: f64,
}

/// Every side of a box, judged in one pass over the rows: without a side the box has, beside its own, those rows that this
/// side alone keeps out.
pub(super) fn judged(sample: &Sample, step: &Step) -> Vec<Judged> {
    let outside = just_outside(sample, step);
    let one = |side: Side| {
        let (place, kept) = (side.place(), side.lifted(sample, step));
        let mut without = step.clone();
        for entry in outside[place].iter().filter(|entry| kept.holds(sample.ranked[place].of[(**entry >> 1) as usize]))
        {
            without.rows += 1;
            without.hits += u64::from(entry & 1);
        }
        without.kept[place] = kept;
        let quasi_p = at_least(step.hits, step.rows, without.hits as f64 / without.rows.max(1) as f64);
        Judged { side, without, quasi_p }
    };
    Side::of(sample, step).into_iter().map(one).collect()
}

/// For each column, the rows that this column alone keeps out, as entries.
pub(super) fn just_outside(sample: &Sample, step: &Step) -> Vec<Vec<u32>> {
    let mut outside = vec![Vec::new(); sample.ranked.len()];
    let restricted: Vec<usize> =
        (0..step.kept.len()).filter(|place| step.kept[*place] != Kept::all(&sample.ranked[*place])).collect();
    for (row, hit) in sample.hits.iter().enumerate() {
        let mut failing = restricted.iter().filter(|p| !step.kept[**p].holds(sample.ranked[**p].of[row]));
        if let (Some(place), None) = (failing.next(), failing.next()) {
            outside[*place].push((row as u32) << 1 | u32::from(*hit));
        }
    }
    outside
}
