//! An audit as JSON and as a sheet.

use serde_json::{Value, json};

use super::Audited;
use super::page::sentence;
use crate::analysis::sensitivity::{Entry, Indices};
use crate::report::CAVEAT;
use crate::report::head::notices;
use crate::text::sheet::csv;

/// The audit as one JSON object; keys are described in the help of `winset audit`.
#[must_use]
pub fn summary(a: &Audited) -> Value {
    let (settings, audit) = (a.settings, a.audit);
    json!({
        "title": a.n.title,
        "holds": CAVEAT,
        "notices": notices(a.n, &settings.drawing.accounts.variants),
        "says": sentence(a).replace('\u{a0}', " "),
        "evaluations": audit.evaluations,
        "exists": audit.exists,
        "reads": audit.reads,
        "near_another": audit.near_another,
        "variance": audit.variance,
        "together": audit.together.iter().map(|(name, i)| json!({ "name": name, "indices": indices(*i) })).collect::<Vec<_>>(),
        "uncertain": audit.uncertain,
        "fixed": audit.fixed,
        "idle": audit.idle,
        "assumptions": audit.entries.iter().map(|e| entry(a, e)).collect::<Vec<_>>(),
    })
}

fn indices(i: Indices) -> Value {
    json!({ "first": i.first, "total": i.total })
}

fn entry(a: &Audited, e: &Entry) -> Value {
    json!({
        "path": a.n.inputs.get(e.input).path,
        "indices": e.indices.map(indices),
        "exists": e.exists,
        "range": [e.held.range.0, e.held.range.1],
        "exists_at_low": e.held.at_low,
        "exists_at_high": e.held.at_high,
        "shift": e.held.shift,
        "stretches": e.held.stretches,
        "headline_changes": !e.held.is_the_same(),
    })
}

/// The audit as CSV: one row an assumption.
#[must_use]
pub fn sheet(a: &Audited) -> String {
    let head = [
        "input",
        "total",
        "total_low",
        "total_high",
        "exists_change",
        "exists_change_low",
        "exists_change_high",
        "from",
        "to",
        "exists_at_from",
        "exists_at_to",
        "headline_changes",
        "changes_at",
    ];
    let row = |e: &Entry| {
        let total = e.indices.map(|i| [i.total.value, i.total.low, i.total.high]);
        let change = Some([e.held.shift.change, e.held.shift.low, e.held.shift.high]);
        let cells = |numbers: Option<[f64; 3]>| {
            (0..3).map(move |k| numbers.map(|n| n[k].to_string()).unwrap_or_default()).collect::<Vec<String>>()
        };
        let held = &e.held;
        let at: Vec<String> = held.stretches.iter().skip(1).map(|s| s.from.to_string()).collect();
        let mut row = vec![a.n.inputs.get(e.input).path.clone()];
        row.extend(cells(total));
        row.extend(cells(change));
        row.extend([held.range.0, held.range.1, held.at_low.share, held.at_high.share].map(|x| x.to_string()));
        row.extend([(!held.is_the_same()).to_string(), at.join(" ")]);
        row
    };
    csv(&head, &a.audit.entries.iter().map(row).collect::<Vec<_>>())
}
