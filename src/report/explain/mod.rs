//! One thing of a scenario: who says so, whom it helps and hurts, how it can be told at home, its range, and what it does to
//! the answer.

mod facts;
mod find;
mod screen;

use serde_json::{Value, json};

use super::frame::under;
use crate::analysis::Halves;
use crate::ask::Choices;
use crate::model::{Negotiation, World};
use crate::space::Compiled;
pub use find::{Thing, find};
pub use screen::screen;

/// A thing with what it does to the answer.
#[derive(Debug, Clone, Copy)]
pub struct Explained<'a> {
    /// What was asked, beside the thing.
    pub choices: &'a Choices,
    /// Its deal space.
    pub space: &'a Compiled<'a>,
    /// The thing.
    pub thing: &'a Thing,
    /// What the numbers of it do, the strongest first.
    pub halves: &'a [Halves],
    /// How many uncertain numbers belong to it.
    pub uncertain: usize,
}

/// What there is to say of a thing, part by part.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Facts {
    /// What it is, by name.
    pub what: String,
    /// Labels with what stands beside them.
    pub rows: Vec<(&'static str, String)>,
    /// Labels with lists.
    pub lists: Vec<(&'static str, Vec<String>)>,
}

impl<'a> Explained<'a> {
    fn n(&self) -> &'a Negotiation {
        self.space.n
    }

    fn world(&self) -> World {
        self.choices.settings.drawing.accounts.modal(self.n())
    }
}

/// The explanation as one JSON object.
pub fn summary(e: &Explained) -> Value {
    let facts = facts::of(e);
    let rows = facts.rows.iter().map(|(label, text)| (*label, json!(plain(text))));
    let lists =
        facts.lists.iter().map(|(label, items)| (*label, json!(items.iter().map(|i| plain(i)).collect::<Vec<_>>())));
    let said: serde_json::Map<String, Value> =
        rows.chain(lists).map(|(label, value)| (label.to_owned(), value)).collect();
    let answer = json!({
        "thing": e.thing.word(), "kind": e.thing.kind(), "what": plain(&facts.what), "said": said,
        "uncertain": e.uncertain, "halves": e.halves,
    });
    under(e.n(), &e.choices.settings.drawing.accounts.variants, answer)
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}
