//! Where an outcome lives: results read, rows judged, boxes told.

mod data;
mod layout;
mod page;
mod sheets;
mod target;
pub mod words;

use crate::analysis::Share;
use crate::analysis::discovery::{Cases, Column, Discovery, DiscoverySettings, Found, Restriction, discover};
use crate::text::sheet::Sheet;

pub use data::summary;
pub use layout::{Inputs, Row};
pub use page::page;
pub use sheets::{hyperboxes, leaves, range, trade_off};
pub use target::{Compare, Target};

/// What was asked for and is not there: a message of one clause, and advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// What was found.
    pub message: String,
    /// What to try.
    pub hints: Vec<String>,
}

impl Miss {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new() }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

/// The answer, with what it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Where the results come from, as it was called.
    pub source: String,
    /// What its rows are.
    pub row: Row,
    /// All tests that a row of the target meets.
    pub targets: Vec<Target>,
    /// Rows that could not be judged, since an outcome is not there.
    pub unjudged: usize,
    /// The columns, and those passed over.
    pub inputs: Inputs,
    /// The judged rows.
    pub table: Cases,
    /// How boxes were looked for.
    pub settings: DiscoverySettings,
    /// What was found.
    pub found: Discovery,
}

impl Answer {
    /// The columns that boxes restrict.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.table.columns
    }

    /// The target as it is written.
    #[must_use]
    pub fn target(&self) -> String {
        self.targets.iter().map(Target::text).collect::<Vec<_>>().join(" and ")
    }
}

impl Answer {
    /// Of the rows that a limit of the first box alone keeps out, on those on which it is scored, the share of the target.
    #[must_use]
    pub fn outside(&self, found: &Found, of: &Restriction) -> Share {
        let [_, odd] = self.table.halves();
        let column = &self.table.columns[of.column];
        let others = || found.scored.hyperbox.restrictions.iter().filter(|r| r.column != of.column);
        let met = |row: u32| others().all(|r| r.holds(&self.table.columns[r.column], row));
        let rows: Vec<u32> = odd.into_iter().filter(|row| met(*row) && !of.holds(column, *row)).collect();
        self.table.share(&rows)
    }
}

/// Fewest judged rows: each half needs one box of ten rows and something outside of it.
const FEWEST_ROWS: usize = 40;

/// Looks where the rows live that meet all of `targets`.
///
/// A row without one of the outcomes is left out. With `named`, only these columns may be restricted.
///
/// # Errors
/// A column is missing, a test does not fit its column, nothing may be restricted, or there are too few rows.
pub fn answer(
    source: &str,
    sheet: &Sheet,
    targets: &[Target],
    named: &[String],
    settings: &DiscoverySettings,
) -> Result<Answer, Miss> {
    let judged = targets.iter().map(|target| target.rows(sheet)).collect::<Result<Vec<_>, _>>()?;
    let places = targets.iter().filter_map(|target| sheet.find(&target.column)).collect::<Vec<_>>();
    let inputs = layout::inputs(sheet, named, &places)?;
    let verdict = |row: usize| judged.iter().try_fold(true, |all, of| of[row].map(|met| all && met));
    let rows: Vec<usize> = (0..sheet.rows).filter(|row| verdict(*row).is_some()).collect();
    if rows.len() < FEWEST_ROWS {
        let (all, noun) = (rows.len(), Row::of(sheet).noun());
        let found = format!("{all} {noun}s with the outcome are too few: boxes are chosen on half of them");
        return Err(Miss::new(found).hint(format!("{FEWEST_ROWS} are needed at least")));
    }
    let hits = rows.iter().map(|row| verdict(*row) == Some(true)).collect();
    let table =
        Cases { columns: layout::columns(sheet, &inputs.places, &rows), hits, luck: layout::luck(sheet, &rows) };
    let found = discover(&table, settings);
    Ok(Answer {
        source: source.to_owned(),
        row: Row::of(sheet),
        targets: targets.to_vec(),
        unjudged: sheet.rows - rows.len(),
        inputs,
        table,
        settings: settings.clone(),
        found,
    })
}
