//! Boxes: what they restrict, in the values of the table.

use super::ranks::{EMPTY, Ranked};
use super::table::{Column, Table, Values};

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
    /// What meets two restrictions of the same column.
    #[must_use]
    pub(super) fn and(&self, other: &Self) -> Self {
        let inside = match (&self.inside, &other.inside) {
            (Inside::Numbers { above, most }, Inside::Numbers { above: too, most: also }) => {
                Inside::Numbers { above: tighter(*above, *too, f64::max), most: tighter(*most, *also, f64::min) }
            }
            (Inside::Levels(these), Inside::Levels(those)) => {
                Inside::Levels(these.iter().copied().filter(|level| those.contains(level)).collect())
            }
            (inside, _) => inside.clone(),
        };
        Self { column: self.column, inside, empty: self.empty && other.empty }
    }

    /// Whether the cell of a row is inside.
    #[must_use]
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
    /// Whether a row is inside.
    #[must_use]
    pub fn holds(&self, table: &Table, row: u32) -> bool {
        self.restrictions.iter().all(|r| r.holds(&table.columns[r.column], row))
    }

    /// Of these rows, how many are inside, and how many of them meet the target.
    #[must_use]
    pub fn counts(&self, table: &Table, rows: &[u32]) -> (u64, u64) {
        let inside = rows.iter().filter(|row| self.holds(table, **row));
        inside.fold((0, 0), |(n, h), row| (n + 1, h + u64::from(table.hits[*row as usize])))
    }
}

/// What of a column is kept, in groups.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kept {
    /// Groups from one to another, both kept, and whether empty cells are.
    Span { low: u32, high: u32, empty: bool },
    /// Whether each group is.
    Groups(Vec<bool>),
}

impl Kept {
    /// All of a column.
    pub fn all(of: &Ranked) -> Self {
        if of.is_number {
            Self::Span { low: 0, high: of.groups().saturating_sub(1), empty: true }
        } else {
            Self::Groups(vec![true; of.values.len()])
        }
    }

    /// Whether a group is kept.
    pub fn holds(&self, group: u32) -> bool {
        match self {
            Self::Span { empty, .. } if group == EMPTY => *empty,
            Self::Span { low, high, .. } => (*low..=*high).contains(&group),
            Self::Groups(kept) => kept[group as usize],
        }
    }

    /// The restriction in values; `None` if all is kept.
    fn restriction(&self, of: &Ranked) -> Option<Restriction> {
        if *self == Self::all(of) {
            return None;
        }
        let inside = match self {
            Self::Span { low, high, empty } => {
                let above = (*low > 0).then(|| of.border(low - 1));
                let most = (*high + 1 < of.groups()).then(|| of.border(*high));
                // Only the empty cells are outside: any number is inside.
                let given = above.is_none() && most.is_none() && !empty;
                Inside::Numbers { above: if given { Some(f64::NEG_INFINITY) } else { above }, most }
            }
            Self::Groups(kept) => {
                Inside::Levels(kept.iter().zip(&of.values).filter(|(k, _)| **k).map(|(_, v)| *v as u32).collect())
            }
        };
        Some(Restriction { column: of.column, inside, empty: false })
    }
}

/// The box that keeps these parts of the ranked columns.
pub(super) fn hyperbox(ranked: &[Ranked], kept: &[Kept]) -> Hyperbox {
    let mut restrictions: Vec<Restriction> =
        ranked.iter().zip(kept).filter_map(|(of, kept)| kept.restriction(of)).collect();
    restrictions.sort_by_key(|r| r.column);
    Hyperbox { restrictions }
}

fn tighter(one: Option<f64>, other: Option<f64>, of: impl Fn(f64, f64) -> f64) -> Option<f64> {
    one.zip(other).map(|(a, b)| of(a, b)).or(one).or(other)
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
