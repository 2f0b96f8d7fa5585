//! Columns sorted once: everything after works with the places of values, and ties are groups.

use std::ops::{Add, AddAssign, Sub};

use super::cases::{Cases, Values};
use super::hyperbox::between;

/// The group of an empty cell.
pub(super) const EMPTY: u32 = u32::MAX;

/// Rows, and those of them that are hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Content {
    pub rows: u64,
    pub hits: u64,
}

impl Content {
    /// What is in some cells.
    pub fn of<'a>(cells: impl IntoIterator<Item = &'a Placed>) -> Self {
        cells.into_iter().fold(Self::default(), |all, cell| all + cell.content())
    }

    /// The share of hits; 0 without rows.
    pub fn share(self) -> f64 {
        self.hits as f64 / self.rows.max(1) as f64
    }
}

impl Add for Content {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { rows: self.rows + other.rows, hits: self.hits + other.hits }
    }
}

impl AddAssign for Content {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Content {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { rows: self.rows - other.rows, hits: self.hits - other.hits }
    }
}

/// The cell of a row in a ranked column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placed {
    /// Twice the row, and one more if it is a hit.
    marked: u32,
    /// Its group; [`EMPTY`] where the cell is.
    pub group: u32,
}

impl Placed {
    /// The row, by its place among those of the sample.
    pub fn row(self) -> usize {
        (self.marked >> 1) as usize
    }

    /// One row.
    pub fn content(self) -> Content {
        Content { rows: 1, hits: u64::from(self.marked & 1) }
    }
}

/// A column of some rows, sorted. Rows are called by their place among those rows.
pub(super) struct RankedColumn {
    /// Place among the columns of the table.
    pub column: usize,
    /// Whether its groups have an order that means something.
    pub is_number: bool,
    /// Its cells in rising order of their values, empty ones left out.
    pub order: Vec<Placed>,
    /// Where each group begins in `order`, and the end of the last.
    pub start: Vec<usize>,
    /// The group of each row; [`EMPTY`] where its cell is.
    pub of: Vec<u32>,
    /// The value of each group: a number, or the place of a level.
    pub values: Vec<f64>,
    /// Its empty cells.
    pub empty: Vec<Placed>,
}

/// Rows with their columns sorted.
pub(super) struct Sample {
    /// The columns in which something differs.
    pub ranked: Vec<RankedColumn>,
    /// Whether each row is a hit.
    pub hits: Vec<bool>,
    /// All rows.
    pub all: Content,
}

impl Sample {
    /// These rows of a table; a row is called by its place among them from here on.
    pub fn of(cases: &Cases, rows: &[u32]) -> Self {
        let hits: Vec<bool> = rows.iter().map(|row| cases.hits[*row as usize]).collect();
        let columns = cases.columns.iter().enumerate();
        let ranked = columns.map(|(place, column)| RankedColumn::of(place, &column.values, rows, &hits));
        let ranked = ranked.filter(|r| r.groups() > 1 || (r.groups() == 1 && !r.empty.is_empty())).collect();
        let all = Content { rows: rows.len() as u64, hits: cases.hits_of(rows) };
        Self { ranked, hits, all }
    }

    /// The cell of a row in a ranked column.
    pub fn cell(&self, place: usize, row: usize) -> Placed {
        Placed { marked: (row as u32) << 1 | u32::from(self.hits[row]), group: self.ranked[place].of[row] }
    }
}

impl RankedColumn {
    /// Groups.
    pub fn groups(&self) -> u32 {
        self.values.len() as u32
    }

    /// The cells of one group.
    pub fn cells(&self, group: usize) -> &[Placed] {
        &self.order[self.start[group]..self.start[group + 1]]
    }

    /// A number between those of a group and of the next.
    pub fn border(&self, group: u32) -> f64 {
        between(self.values[group as usize], self.values[group as usize + 1])
    }

    fn of(column: usize, values: &Values, rows: &[u32], hits: &[bool]) -> Self {
        let value = |row: u32| match values {
            // Both zeros are one.
            Values::Numbers(values) => values[row as usize] + 0.0,
            Values::Words { of, .. } => f64::from(of[row as usize]),
        };
        let cells = rows.iter().zip(0..).map(|(row, place)| (value(*row), place));
        let (empty, mut given): (Vec<(f64, u32)>, Vec<_>) = cells.partition(|(value, _)| value.is_nan());
        given.sort_by(|a, b| a.0.total_cmp(&b.0));
        let placed = |row: u32, group| Placed { marked: row << 1 | u32::from(hits[row as usize]), group };
        let mut of = vec![EMPTY; rows.len()];
        let (mut order, mut start, mut each) = (Vec::with_capacity(given.len()), vec![0], Vec::new());
        for alike in given.chunk_by(|a, b| a.0 == b.0) {
            let group = each.len() as u32;
            each.push(alike[0].0);
            alike.iter().for_each(|(_, row)| of[*row as usize] = group);
            order.extend(alike.iter().map(|(_, row)| placed(*row, group)));
            start.push(order.len());
        }
        let empty = empty.into_iter().map(|(_, row)| placed(row, EMPTY)).collect();
        Self { column, is_number: matches!(values, Values::Numbers(_)), order, start, of, values: each, empty }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_rise_as_their_numbers_do_and_both_zeros_are_one() {
        let rising = [f64::NEG_INFINITY, -3.5, -1e-300, 0.0, 1e-300, 2.0, f64::INFINITY];
        let mut values: Vec<f64> = rising.into_iter().rev().collect();
        values.extend([-0.0, f64::NAN]);
        let rows: Vec<u32> = (0..9).collect();
        let found = RankedColumn::of(0, &Values::Numbers(values), &rows, &[false; 9]);
        assert_eq!(found.values, rising);
        assert_eq!(found.of, [6, 5, 4, 3, 2, 1, 0, 3, EMPTY]);
        assert_eq!(found.cells(3).iter().map(|cell| cell.row()).collect::<Vec<_>>(), [3, 7]);
        assert_eq!(found.empty.iter().map(|cell| cell.row()).collect::<Vec<_>>(), [8]);
    }
}
