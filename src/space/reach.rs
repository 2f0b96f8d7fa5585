//! How high one judge's score can go over the packages that everybody else lets pass.
//!
//! If that judge's line alone were still open, some package would do exactly where the line is no higher than this.

use super::kernel::{Gate, Lanes, Test};
use super::slack::{Search, Slack};

/// The search for the greatest score of one judge among packages that pass all other tests.
#[derive(Debug, Clone)]
pub struct Reach<'a> {
    search: Search<'a>,
}

impl<'a> Reach<'a> {
    /// The search for the greatest score behind `score` (its line plays no part) where all `others` pass.
    #[must_use]
    pub fn of(lanes: Lanes, score: Test<'a>, others: Vec<Test<'a>>) -> Self {
        // In units from 0, a slack is the score itself; whole numbers below 2^53 are exact.
        let slack = Slack { test: Test::new(score.plan, score.tables, 0), span: 1.0 };
        Self { search: Search { lanes, slacks: vec![slack], tests: others } }
    }

    /// The greatest score in units among the packages of a gate; `None` where no package has `from` or more.
    ///
    /// The search ends early at a score of `enough` or more, which is then what it gives: any such score does as well as
    /// the greatest. Packages that cross a red line of the judge have no score. Heads whose scores all stay below what is
    /// known are skipped, as in [`Search::greatest`].
    #[must_use]
    pub fn greatest(&self, gate: &Gate, from: i64, enough: i64) -> Option<i64> {
        let mut best = None;
        self.search.above(0..gate.class_of.len(), gate, from as f64, |(score, ..), floor| {
            if score >= from as f64 && best.is_none_or(|known| score > known) {
                best = Some(score);
                // The sweep looks one unit below its floor: two above what is known asks for more than it.
                *floor = if score >= enough as f64 { f64::INFINITY } else { score + 2.0 };
            }
        });
        best.map(|score| score as i64)
    }
}
