//! Directions: the table of what moves when something is changed, as a page and as JSON.

mod data;
mod page;
mod words;

pub use data::summary;
pub use page::page;

use crate::analysis::{Paired, PairedSettings};
use crate::ask::Choices;
use crate::model::{Direction, Negotiation};

/// What the pairs of all directions say, with all that was asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The negotiation, as changed from outside the file.
    pub n: &'a Negotiation,
    /// How pairs were made.
    pub settings: &'a PairedSettings,
    /// What was chosen.
    pub choices: &'a Choices,
    /// One for each direction asked about.
    pub answers: &'a [Paired],
}

impl<'a> Asked<'a> {
    /// Every direction with its answer.
    fn each(&self) -> impl Iterator<Item = (&'a Direction, &'a Paired)> + use<'a> {
        let n = self.n;
        self.answers.iter().map(move |answer| (&n.directions[answer.direction], answer))
    }
}
