//! Boxes: what they restrict, in the values of the table.

use super::cases::{Cases, Column, Values};
use super::ranks::{EMPTY, RankedColumn, Sample};

/// One restriction of a box.
#[derive(Debug, Clone, PartialEq)]
pub struct Restriction {
    /// Place of the column in the table.
    pub column: usize,
    /// What is inside.
    pub inside: Inside,
    /// Whether an empty cell of numbers is inside too; of a box that peeling finds it never is.
    pub empty: bool,
}

/// What of a column is inside a box.
#[derive(Debug, Clone, PartialEq)]
pub enum Inside {
    /// Numbers x with above < x ≤ most; above −∞ alone says that there is a number.
    Numbers {
        /// More than this.
        above: Option<f64>,
        /// No more than this.
        most: Option<f64>,
    },
    /// Levels, as places among those of the column.
    Levels(Vec<u32>),
}

/// A box: the rows that meet all its restrictions. Without any, it holds everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hyperbox {
    /// At most one for each column, in the order of columns.
    pub restrictions: Vec<Restriction>,
}

impl Restriction {
    /// Whether the cell of a row is inside.
    pub fn holds(&self, column: &Column, row: u32) -> bool {
        match (&self.inside, &column.values) {
            (Inside::Numbers { above, most }, Values::Numbers(values)) => {
                let x = values[row as usize];
                if x.is_nan() {
                    self.empty
                } else {
                    above.is_none_or(|a| x > a || a == f64::NEG_INFINITY) && most.is_none_or(|m| x <= m)
                }
            }
            (Inside::Levels(levels), Values::Words { of, .. }) => levels.contains(&of[row as usize]),
            _ => false,
        }
    }
}

impl Hyperbox {
    /// The columns that it restricts.
    pub fn columns(&self) -> impl Iterator<Item = usize> + '_ {
        self.restrictions.iter().map(|r| r.column)
    }

    /// Whether a row is inside.
    pub fn holds(&self, cases: &Cases, row: u32) -> bool {
        self.restrictions.iter().all(|r| r.holds(&cases.columns[r.column], row))
    }
}

/// What of a ranked column is kept, in groups.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum KeptGroups {
    /// Groups from one to another, both kept, and whether empty cells are.
    Span { low: u32, high: u32, empty: bool },
    /// Whether each group is.
    These(Vec<bool>),
}

impl KeptGroups {
    /// All of a column.
    pub fn all(of: &RankedColumn) -> Self {
        if of.is_number {
            Self::Span { low: 0, high: of.groups().saturating_sub(1), empty: true }
        } else {
            Self::These(vec![true; of.values.len()])
        }
    }

    /// Whether a group is kept.
    pub fn holds(&self, group: u32) -> bool {
        match self {
            Self::Span { empty, .. } if group == EMPTY => *empty,
            Self::Span { low, high, .. } => (*low..=*high).contains(&group),
            Self::These(kept) => kept[group as usize],
        }
    }

    /// What both keep.
    pub fn and(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Span { low, high, empty }, Self::Span { low: least, high: most, empty: too }) => {
                Self::Span { low: *low.max(least), high: *high.min(most), empty: *empty && *too }
            }
            (Self::These(kept), Self::These(others)) => {
                Self::These(kept.iter().zip(others).map(|(a, b)| *a && *b).collect())
            }
            _ => unreachable!("both are of one column"),
        }
    }

    /// What of the column is not kept, where the lowest groups are.
    pub fn others(&self, of: &RankedColumn) -> Self {
        match self {
            Self::Span { high, empty, .. } => Self::Span { low: high + 1, high: of.groups() - 1, empty: !empty },
            Self::These(kept) => Self::These(kept.iter().map(|kept| !kept).collect()),
        }
    }

    /// The restriction in values; `None` if all is kept.
    fn restriction(&self, of: &RankedColumn) -> Option<Restriction> {
        if *self == Self::all(of) {
            return None;
        }
        let (inside, empty) = match self {
            Self::Span { low, high, empty } => {
                let above = (*low > 0).then(|| of.border(low - 1));
                let most = (*high + 1 < of.groups()).then(|| of.border(*high));
                // Only the empty cells are outside: any number is inside.
                let given = above.is_none() && most.is_none() && !empty;
                (Inside::Numbers { above: if given { Some(f64::NEG_INFINITY) } else { above }, most }, *empty)
            }
            Self::These(kept) => {
                let levels = kept.iter().zip(&of.values).filter(|(kept, _)| **kept).map(|(_, level)| *level as u32);
                (Inside::Levels(levels.collect()), false)
            }
        };
        Some(Restriction { column: of.column, inside, empty })
    }
}

/// The box that keeps these parts of the ranked columns.
pub(super) fn hyperbox(sample: &Sample, kept: &[KeptGroups]) -> Hyperbox {
    // Ranked columns stand in the order of columns.
    let restrictions = sample.ranked.iter().zip(kept).filter_map(|(of, kept)| kept.restriction(of)).collect();
    Hyperbox { restrictions }
}

/// The number with the fewest digits that lies strictly between two others, so that a limit can be printed as it is;
/// the lower one if there is none.
pub(super) fn between(low: f64, high: f64) -> f64 {
    let middle = f64::midpoint(low, high);
    let mut short = (0..17).filter_map(|digits: usize| format!("{middle:.digits$e}").parse::<f64>().ok());
    short.find(|x| low < *x && *x < high).unwrap_or(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_has_as_few_digits_as_the_gap_allows() {
        assert_eq!(between(0.299_63, 0.300_12), 0.3);
        assert_eq!(between(12_345.2, 12_410.0), 12_400.0);
        assert_eq!(between(1.0, 1.0 + f64::EPSILON), 1.0);
        assert_eq!(between(-0.01, 0.01), 0.0);
        assert_eq!(between(1.0, f64::INFINITY), 1.0);
        assert_eq!(between(f64::NEG_INFINITY, 1.0), f64::NEG_INFINITY);
    }
}
