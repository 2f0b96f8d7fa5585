//! Quasi-p-values: could luck alone make a restriction look useful?

use super::LimitSide;
use super::hyperbox::{Hyperbox, KeptGroups, hyperbox};
use super::ranks::{Content, Placed, RankedColumn, Sample};
pub(super) use crate::analysis::flips::at_least;

/// A box on the way: what it keeps of every ranked column, and the rows in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub kept: Vec<KeptGroups>,
    pub content: Content,
}

impl Candidate {
    /// The box in values. No empty cell is inside of it where its column is restricted.
    pub fn hyperbox(&self, sample: &Sample) -> Hyperbox {
        let mut found = hyperbox(sample, &self.kept);
        found.restrictions.iter_mut().for_each(|r| r.empty = false);
        found
    }

    /// The box that keeps something else of one column.
    pub fn with(&self, place: usize, kept: KeptGroups, content: Content) -> Self {
        let mut all = self.kept.clone();
        all[place] = kept;
        Self { kept: all, content }
    }

    /// For each row 0 if it is inside, 1 + the place of the column that alone keeps it out, or `u32::MAX` where several do.
    pub fn who_keeps_out(&self, sample: &Sample) -> Vec<u32> {
        let mut who = vec![0; sample.hits.len()];
        for (place, (of, kept)) in (1..).zip(sample.ranked.iter().zip(&self.kept)) {
            if *kept == KeptGroups::all(of) {
                continue;
            }
            for (who, _) in who.iter_mut().zip(&of.of).filter(|(_, group)| !kept.holds(**group)) {
                *who = if *who == 0 { place } else { u32::MAX };
            }
        }
        who
    }

    /// For each column, the cells of the rows that this column alone keeps out.
    pub fn just_outside(&self, sample: &Sample) -> Vec<Vec<Placed>> {
        let mut outside = vec![Vec::new(); sample.ranked.len()];
        let alone = |(_, who): &(usize, u32)| ![0, u32::MAX].contains(who);
        for (row, who) in self.who_keeps_out(sample).into_iter().enumerate().filter(alone) {
            let place = who as usize - 1;
            outside[place].push(sample.cell(place, row));
        }
        outside
    }
}

/// All sides of the restriction of a column, each with what is kept of the column without it; where nothing of the
/// restriction is left, empty cells come back too.
fn sides(of: &RankedColumn, kept: &KeptGroups) -> Vec<(LimitSide, KeptGroups)> {
    let (all, last) = (KeptGroups::all(of), of.groups().saturating_sub(1));
    match *kept {
        KeptGroups::Span { low, high, .. } if low > 0 && high < last => vec![
            (LimitSide::Low, KeptGroups::Span { low: 0, high, empty: false }),
            (LimitSide::High, KeptGroups::Span { low, high: last, empty: false }),
        ],
        KeptGroups::Span { low, .. } if low > 0 => vec![(LimitSide::Low, all)],
        KeptGroups::Span { high, .. } if high < last => vec![(LimitSide::High, all)],
        _ if *kept == all => Vec::new(),
        _ => vec![(LimitSide::Whole, all)],
    }
}

/// A side of a box, judged.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct JudgedSide {
    /// The ranked column.
    pub place: usize,
    pub side: LimitSide,
    /// The box without this side.
    pub without: Candidate,
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
pub(super) fn judged(sample: &Sample, of: &Candidate) -> Vec<JudgedSide> {
    let outside = of.just_outside(sample);
    let one = |place: usize, (side, kept): (LimitSide, KeptGroups)| {
        let back = outside[place].iter().filter(|cell| kept.holds(cell.group));
        let content = of.content + Content::of(back);
        let quasi_p = at_least(of.content.hits, of.content.rows, content.share());
        JudgedSide { place, side, without: of.with(place, kept, content), quasi_p }
    };
    let columns = sample.ranked.iter().zip(&of.kept).enumerate();
    columns.flat_map(|(place, (of, kept))| sides(of, kept).into_iter().map(move |side| one(place, side))).collect()
}

/// Lifts, one after the other, the restriction that luck explains best, as long as its quasi-p-value is above `most`.
pub(super) fn lift(sample: &Sample, mut candidate: Candidate, most: f64) -> Candidate {
    loop {
        let idlest = highest(judged(sample, &candidate).into_iter().map(|judged| (judged.quasi_p, judged.without)));
        match idlest {
            Some((quasi_p, without)) if quasi_p > most => candidate = without,
            _ => return candidate,
        }
    }
}

/// The one of highest rank, of equal ones the first.
pub(super) fn highest<K: PartialOrd, T>(all: impl Iterator<Item = (K, T)>) -> Option<(K, T)> {
    all.reduce(|best, next| if next.0 > best.0 { next } else { best })
}
