//! The code of a pair, for it to keep.

use serde_json::{Value, json};

use super::super::{run::package, terms};
use crate::model::Negotiation;
use crate::session::Code;
use crate::text::words::{paragraph, visible};

/// The result of a pair in a scenario, with its code.
#[derive(Debug, Clone, Copy)]
pub struct Entered<'a> {
    /// The negotiation.
    pub n: &'a Negotiation,
    /// The result.
    pub code: Code,
    /// The code.
    pub text: &'a str,
}

/// The code on a line of its own, and what it says.
pub fn entered(e: &Entered) -> String {
    let package = e.code.package(e.n);
    let what = package.as_ref().map_or("No deal.".to_owned(), |package| format!("{}.", terms::in_words(e.n, package)));
    let bets = e.code.bets.map(|bet| bet.map_or("none".to_owned(), |bet| format!("{bet} %")));
    let [one, same, reached] = &bets;
    let bets = match e.code.bets {
        [None, None, None] => String::new(),
        _ => format!(" Bets: one exists {one}, one same package {same}, it is reached {reached}."),
    };
    let keep = "Keep it, and give it to whoever runs the class: O counts as 0, I and L as 1; dashes, blanks and case do not matter.";
    format!(
        "{}\n  {}\n\n{}{}",
        paragraph(&visible(&e.n.title)),
        e.text,
        paragraph(&format!("{what}{bets}").replace('\u{a0}', " ")),
        paragraph(keep)
    )
}

/// The same as one JSON object.
pub fn entered_json(e: &Entered) -> Value {
    json!({
        "title": e.n.title, "code": e.text, "package": e.code.package(e.n).map(|of| package(e.n, &of)),
        "bets": e.code.bets, "seat": e.code.seat, "round": e.code.round, "nonce": e.code.nonce,
    })
}
