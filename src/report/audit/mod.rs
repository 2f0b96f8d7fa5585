//! How much of the answer rests on numbers without a source: the page, the JSON, the CSV sheet.

mod page;

use itertools::Itertools as _;
use serde_json::{Value, json};

use super::frame::{AnswerTo, under};
use crate::analysis::sensitivity::{Audit, AuditSettings, Estimated};
use crate::text::sheet::ByColumn;

pub use page::page;

/// An audit with all that was asked.
pub type Audited<'a> = AnswerTo<'a, AuditSettings, Audit>;

/// The audit as one JSON object; keys are described in the help of `winset audit`.
pub fn summary(a: &Audited) -> Value {
    let mut answer = json!(a.answer);
    answer["says"] = page::sentence(a).replace('\u{a0}', " ").into();
    under(a.n, &a.settings.drawing.accounts.variants, answer)
}

/// The audit as CSV: one row an assumption.
pub fn sheet(a: &Audited) -> String {
    let total =
        |total: Option<Estimated>, of: fn(Estimated) -> f64| total.map(|t| of(t).to_string()).unwrap_or_default();
    let rows = a.answer.assumptions.iter().map(|one| (one, one.indices.map(|i| i.total), &one.held)).collect_vec();
    ByColumn::of(&rows)
        .column("input", |(one, ..)| one.path.clone())
        .column("total", |(_, index, _)| total(*index, |i| i.value))
        .column("total_low", |(_, index, _)| total(*index, |i| i.low))
        .column("total_high", |(_, index, _)| total(*index, |i| i.high))
        .column("exists_change", |(.., held)| held.shift.change)
        .column("exists_change_low", |(.., held)| held.shift.low)
        .column("exists_change_high", |(.., held)| held.shift.high)
        .column("from", |(.., held)| held.range.0)
        .column("to", |(.., held)| held.range.1)
        .column("exists_at_from", |(.., held)| held.at_low.share)
        .column("exists_at_to", |(.., held)| held.at_high.share)
        .column("headline_changes", |(.., held)| held.headline_changes)
        .column("changes_at", |(.., held)| held.stretches.iter().skip(1).map(|s| s.from).join(" "))
        .csv()
}
