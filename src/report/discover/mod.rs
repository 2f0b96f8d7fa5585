//! Where an outcome lives: results read, rows judged, boxes told.

mod data;
mod layout;
mod page;
mod target;
pub mod words;

use itertools::Itertools as _;

use crate::analysis::Share;
use crate::analysis::discovery::{Cases, Column, Discovery, DiscoverySettings, Found, Restriction, discover};
use crate::scenario::Finding;
use crate::text::sheet::Sheet;

pub use data::{hyperboxes, leaves, range, summary, trade_off};
pub use layout::Inputs;
pub use page::page;
pub use target::OutcomeTest;

/// The answer, with what it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Discovered {
    /// Where the results come from, as it was called.
    pub source: String,
    /// What its rows are, in the singular: run, experiment or row.
    pub noun: &'static str,
    /// All tests that a row of the target meets.
    pub targets: Vec<OutcomeTest>,
    /// Rows that could not be judged, since an outcome is not there.
    pub unjudged: usize,
    /// The columns, and those passed over.
    pub inputs: Inputs,
    /// The judged rows.
    pub cases: Cases,
    /// How boxes were looked for.
    pub settings: DiscoverySettings,
    /// What was found.
    pub found: Discovery,
}

impl Discovered {
    /// The columns that boxes restrict.
    pub fn columns(&self) -> &[Column] {
        &self.cases.columns
    }

    /// The target as it is written.
    pub fn target(&self) -> String {
        self.targets.iter().map(OutcomeTest::text).join(" and ")
    }

    /// The share of the target in all judged rows.
    pub fn overall(&self) -> Share {
        let (on, off) = (self.found.chosen_on, self.found.scored_on);
        Share::of(on.count + off.count, on.of + off.of)
    }

    /// Of the rows that a limit of the first box alone keeps out, on those on which it is scored, the share of the target.
    pub fn outside(&self, found: &Found, of: &Restriction) -> Share {
        let [_, odd] = self.cases.halves();
        let others = || found.scored.hyperbox.restrictions.iter().filter(|r| r.column != of.column);
        let holds = |r: &Restriction, row: u32| r.holds(&self.columns()[r.column], row);
        let alone = |row: &u32| others().all(|r| holds(r, *row)) && !holds(of, *row);
        self.cases.share(&odd.into_iter().filter(alone).collect_vec())
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
    targets: &[OutcomeTest],
    named: &[String],
    settings: &DiscoverySettings,
) -> Result<Discovered, Finding> {
    let judged: Vec<_> = targets.iter().map(|target| target.rows(sheet)).try_collect()?;
    let places = targets.iter().filter_map(|target| sheet.find(&target.column)).collect_vec();
    let inputs = layout::inputs(sheet, named, &places)?;
    let verdict = |row: usize| judged.iter().try_fold(true, |all, of| of[row].map(|met| all && met));
    let (rows, hits): (Vec<usize>, Vec<bool>) = (0..sheet.rows).filter_map(|row| Some((row, verdict(row)?))).unzip();
    let noun = layout::noun(sheet);
    if rows.len() < FEWEST_ROWS {
        let all = rows.len();
        let found = format!("{all} {noun}s with the outcome are too few: boxes are chosen on half of them");
        return Err(Finding::error(found).hint(format!("{FEWEST_ROWS} are needed at least")));
    }
    let columns = layout::columns(sheet, &inputs.places, &rows);
    let cases = Cases { columns, hits, luck: layout::luck(sheet, &rows) };
    Ok(Discovered {
        source: source.to_owned(),
        noun,
        targets: targets.to_vec(),
        unjudged: sheet.rows - rows.len(),
        inputs,
        found: discover(&cases, settings),
        cases,
        settings: settings.clone(),
    })
}
