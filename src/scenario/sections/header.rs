//! What stands at the top of a file.

use super::super::format::Value;
use super::super::reader::{Reader, Table};
use super::super::values::shown;
use crate::model::{Negotiation, Period};

/// Rounds if the file does not say how many.
const HORIZON: u32 = 52;

/// The question if the file does not ask one.
const QUESTION: &str = "Is there a settlement that no side need regard as a defeat?";

/// Title, question and calendar; everything else is still empty.
pub(in super::super) fn read(reader: &mut Reader, top: &Table) -> Negotiation {
    Negotiation {
        title: reader.text(top, "title").unwrap_or_default(),
        question: reader.text(top, "question").unwrap_or_else(|| QUESTION.to_owned()),
        round: period(reader, top),
        start: start(reader, top),
        horizon: horizon(reader, top),
        ..Negotiation::default()
    }
}

fn period(reader: &mut Reader, top: &Table) -> Period {
    let periods = [Period::Day, Period::Week, Period::Month, Period::Year];
    let words = ["day", "week", "month", "year"];
    let word = top.get("round").and_then(|entry| reader.word(&entry.node, "round", &words));
    word.map_or(Period::default(), |place| periods[place])
}

fn start(reader: &mut Reader, top: &Table) -> Option<String> {
    let entry = top.get("start")?;
    if let Value::Date(date, true) = &entry.node.value {
        return Some(date.clone());
    }
    reader.wrong_type("start", &entry.node, "a date, as 2025-05-20 without quotes");
    None
}

fn horizon(reader: &mut Reader, top: &Table) -> u32 {
    let Some(entry) = top.get("horizon") else { return HORIZON };
    let Some(x) = reader.plain(top, "horizon") else { return HORIZON };
    if x >= 0.0 && x.fract() == 0.0 {
        // A whole number up to 10⁶ fits.
        return x as u32;
    }
    let found = format!("`horizon` is {}", shown(x));
    reader.error(found, &entry.node.span).label("expected a whole number of rounds, 0 or more").push();
    HORIZON
}
