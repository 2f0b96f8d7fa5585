//! What a record says of the intents of the parties, as a page and as JSON.

mod data;
mod page;

use crate::analysis::{Inferred, Observation, OfParty};
use crate::ask::Choices;
use crate::model::{Move, Negotiation, Observed, Sighting};

use crate::text::words::{list, visible};

pub use data::json;
pub use page::page;

/// An inference and what it was made from.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The scenario.
    pub n: &'a Negotiation,
    /// What was chosen.
    pub choices: &'a Choices,
    /// What was inferred.
    pub inferred: &'a Inferred,
}

/// An entry in a few words: its name, or what it says.
fn called(entry: &Sighting) -> String {
    if !entry.name.is_empty() {
        return visible(&entry.name);
    }
    let word = |made: &Move| Move::WORDS[*made as usize].0.to_owned();
    match &entry.seen {
        Observed::Made { made, .. } => word(made),
        Observed::Never { made, holding } if holding.terms.is_empty() => {
            format!("never {}", list(&made.iter().map(word).collect::<Vec<_>>()))
        }
        Observed::Never { .. } => "never an offer with what is named".into(),
        Observed::Escalates(true) => "escalates".into(),
        Observed::Escalates(false) => "does not escalate".into(),
    }
}

/// What is asked of an observation, in words.
fn asks(what: Observation, party: &str) -> String {
    match what {
        Observation::Move => format!("the kind of {party}'s next move"),
        Observation::Escalates => format!("whether {party} escalates outside the room"),
        Observation::Share => format!("how far {party} has come down, if it makes an offer"),
    }
}

/// The entries about a party.
fn entries<'a>(a: &'a Answer, party: &'a OfParty) -> impl Iterator<Item = (&'a Sighting, &'a [f64])> {
    party.evidence.iter().map(|(entry, bits)| (&a.n.record[*entry], &bits[..]))
}
