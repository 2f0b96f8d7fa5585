//! Columns sorted once: everything after works with the places of values, and ties are groups.

use super::hyperbox::between;
use super::table::{Column, Table, Values};

/// The group of an empty cell.
pub(super) const EMPTY: u32 = u32::MAX;

/// A column of some rows, sorted. Rows are called by their place among those rows.
pub(super) struct Ranked {
    /// Place among the columns of the table.
    pub column: usize,
    /// Whether its groups have an order that means something.
    pub is_number: bool,
    /// Rows in rising order of their values, empty cells left out: twice the row, and one more if it is a hit.
    pub order: Vec<u32>,
    /// The group of each entry of `order`.
    pub group: Vec<u32>,
    /// Where each group begins in `order`, and the end of the last.
    pub start: Vec<u32>,
    /// The group of each row; [`EMPTY`] where its cell is.
    pub of: Vec<u32>,
    /// The value of each group: a number, or the place of a level.
    pub values: Vec<f64>,
    /// Rows whose cell is empty, as entries like those of `order`.
    pub empty: Vec<u32>,
}

/// Rows with their columns sorted.
pub(super) struct Sample {
    /// The columns in which something differs.
    pub ranked: Vec<Ranked>,
    /// Whether each row is a hit.
    pub hits: Vec<bool>,
    /// Rows that are.
    pub all_hits: u64,
}

impl Sample {
    /// These rows of a table; a row is called by its place among them from here on.
    pub fn of(table: &Table, rows: &[u32]) -> Self {
        let hits: Vec<bool> = rows.iter().map(|row| table.hits[*row as usize]).collect();
        let ranked = table.columns.iter().enumerate().map(|(place, column)| Ranked::of(place, column, rows, &hits));
        let ranked = ranked.filter(|r| r.groups() > 1 || (r.groups() == 1 && !r.empty.is_empty())).collect();
        let all_hits = hits.iter().filter(|hit| **hit).count() as u64;
        Self { ranked, hits, all_hits }
    }

    /// Rows.
    pub fn rows(&self) -> u64 {
        self.hits.len() as u64
    }
}

impl Ranked {
    /// Groups.
    pub fn groups(&self) -> u32 {
        self.values.len() as u32
    }

    /// A number between those of a group and of the next.
    pub fn border(&self, group: u32) -> f64 {
        between(self.values[group as usize], self.values[group as usize + 1])
    }

    fn of(place: usize, column: &Column, rows: &[u32], hits: &[bool]) -> Self {
        let (keyed, empty, is_number) = match &column.values {
            Values::Numbers(values) => {
                let (keyed, empty) = keys(rows, values);
                (keyed, empty, true)
            }
            Values::Words { of, .. } => {
                let keyed = rows.iter().enumerate().map(|(i, row)| (key(f64::from(of[*row as usize])), i as u32));
                (keyed.collect(), Vec::new(), false)
            }
        };
        Self::grouped(place, is_number, sorted(keyed), empty, hits)
    }

    fn grouped(column: usize, is_number: bool, sorted: Vec<(u64, u32)>, empty: Vec<u32>, hits: &[bool]) -> Self {
        let mut of = vec![EMPTY; hits.len()];
        let (mut order, mut group) = (Vec::with_capacity(sorted.len()), Vec::with_capacity(sorted.len()));
        let (mut start, mut values): (Vec<u32>, Vec<f64>) = (Vec::new(), Vec::new());
        let mut last = None;
        for (at, (key, row)) in sorted.iter().enumerate() {
            if last != Some(*key) {
                last = Some(*key);
                start.push(at as u32);
                values.push(value(*key));
            }
            let g = values.len() as u32 - 1;
            of[*row as usize] = g;
            order.push(entry(*row, hits));
            group.push(g);
        }
        start.push(sorted.len() as u32);
        let empty = empty.iter().map(|row| entry(*row, hits)).collect();
        Self { column, is_number, order, group, start, of, values, empty }
    }
}

fn entry(row: u32, hits: &[bool]) -> u32 {
    row << 1 | u32::from(hits[row as usize])
}

/// The keys of the numbers with their rows, and the rows without a number.
fn keys(rows: &[u32], values: &[f64]) -> (Vec<(u64, u32)>, Vec<u32>) {
    let (mut keyed, mut empty) = (Vec::with_capacity(rows.len()), Vec::new());
    for (i, row) in rows.iter().enumerate() {
        let value = values[*row as usize];
        if value.is_nan() { empty.push(i as u32) } else { keyed.push((key(value), i as u32)) }
    }
    (keyed, empty)
}

/// A whole number that sorts as its float does; both zeros are one.
fn key(value: f64) -> u64 {
    const SIGN: u64 = 1 << 63;
    let bits = (value + 0.0).to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

/// The float of a key.
fn value(key: u64) -> f64 {
    const SIGN: u64 = 1 << 63;
    f64::from_bits(if key & SIGN == 0 { !key } else { key ^ SIGN })
}

/// Pairs in rising order.
fn sorted(mut pairs: Vec<(u64, u32)>) -> Vec<(u64, u32)> {
    pairs.sort_unstable();
    pairs
}

/// A set of rows.
pub(super) struct Rows(Vec<u64>);

impl Rows {
    /// All of so many rows.
    pub fn all(rows: usize) -> Self {
        Self(vec![u64::MAX; rows.div_ceil(64)])
    }

    /// Whether it has the row.
    pub fn has(&self, row: u32) -> bool {
        self.0[row as usize / 64] >> (row % 64) & 1 == 1
    }

    /// Takes a row out.
    pub fn drop(&mut self, row: u32) {
        self.0[row as usize / 64] &= !(1 << (row % 64));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_their_numbers_do_and_come_back() {
        let rising = [f64::NEG_INFINITY, -3.5, -1e-300, 0.0, 1e-300, 2.0, f64::INFINITY];
        assert!(rising.windows(2).all(|pair| key(pair[0]) < key(pair[1])));
        assert!(rising.iter().all(|x| value(key(*x)) == *x));
        assert_eq!(key(-0.0), key(0.0));
    }
}
