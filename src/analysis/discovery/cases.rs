//! Rows of results as columns, and the halves into which they are split.

use crate::analysis::Share;
pub use crate::num::Values;

/// A column that a box may restrict.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// One value for each row.
    pub values: Values,
}

/// Results: columns that may be restricted, and which rows are of interest.
#[derive(Debug, Clone, PartialEq)]
pub struct Cases {
    /// The columns.
    pub columns: Vec<Column>,
    /// Whether each row meets the target; as long as every column.
    pub hits: Vec<bool>,
    /// Where rows share their luck, the number of each row's luck: rows of one number, such as the runs of one number in
    /// several experiments, are not independent of each other. `None` where every row has its own.
    pub luck: Option<Vec<u64>>,
}

impl Cases {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.hits.len()
    }

    /// The rows on which boxes are chosen and those on which they are scored: "even" rows, whose number written in
    /// binary has an even number of ones (the first row is 0), and "odd" ones. Where rows share their luck it is the number
    /// of the luck that counts, so that the halves are independent.
    ///
    /// Plain parity would split an alternating design by its factor: of a column that is 0, 1, 0, 1, … the one half
    /// would see only 0. Any period that is a power of two is split evenly by this sequence; of a full factorial with
    /// two levels it takes the half fraction. Source: Thue (1906) for the sequence, Box and Hunter (1961) for the
    /// fraction.
    pub fn halves(&self) -> [Vec<u32>; 2] {
        let rows = u32::try_from(self.rows()).unwrap_or(u32::MAX);
        let number = |row: u32| self.luck.as_ref().map_or(u64::from(row), |luck| luck[row as usize]);
        let (even, odd) = (0..rows).partition(|row| number(*row).count_ones() % 2 == 0);
        [even, odd]
    }

    /// The share of the target among some rows; the interval reckons with as many of them as have a luck of their own.
    pub fn share(&self, rows: &[u32]) -> Share {
        self.part(self.hits_of(rows), rows)
    }

    /// A count as a share of some rows, the interval likewise.
    pub fn part(&self, count: u64, rows: &[u32]) -> Share {
        Share::on_shared_luck(count, rows.len() as u64, self.distinct(rows))
    }

    /// How many different numbers of luck some rows have.
    fn distinct(&self, rows: &[u32]) -> u64 {
        let Some(luck) = &self.luck else { return rows.len() as u64 };
        let mut numbers: Vec<u64> = rows.iter().map(|row| luck[*row as usize]).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.len() as u64
    }

    /// Rows of these that meet the target.
    pub fn hits_of(&self, rows: &[u32]) -> u64 {
        rows.iter().filter(|row| self.hits[**row as usize]).count() as u64
    }
}
