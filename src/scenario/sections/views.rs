//! What parties and audiences make of an issue.

use super::{Keyed, Node, Opened, Reader, Span, Spec, Value, error, numerals};
use crate::model::{Beholder, InputId, Issue, IssueId, IssueView, Negotiation, OptionId, OptionValue, Written};

/// Values of all views together.
pub const MOST_VALUES: usize = 1_000_000;

/// An issue as its views need it.
pub struct Viewed<'a> {
    /// Which issue.
    pub id: IssueId,
    /// Where its options lie, if values between written ones are drawn on a line.
    pub places: Option<Vec<f64>>,
    /// The table of the issue.
    pub table: &'a Opened<'a>,
}

/// Reads all views of an issue into the negotiation.
pub fn read(reader: &mut Reader, issue: &Viewed, n: &mut Negotiation, budget: &mut usize) {
    for table in reader.each(issue.table, "views") {
        let Some(beholder) = reader.beholder(&table.id, &table.span) else { continue };
        let options = n.space.issues[issue.id.0].options.len();
        if *budget < options {
            error(format!("the views of the file hold more than {MOST_VALUES} values"), &table.span).push(reader);
            return;
        }
        *budget -= options;
        let view = view(reader, &table, issue, &n.space.issues[issue.id.0]);
        let views = match beholder {
            Beholder::Leadership(i) => &mut n.actors[i.0].views,
            Beholder::Audience(a) => &mut n.audiences[a.0].views,
        };
        views[issue.id.0] = view;
    }
}

fn view(reader: &mut Reader, table: &Opened, issue: &Viewed, model: &Issue) -> Option<IssueView> {
    let weight = reader.number(table, "weight", 0.0);
    let mut clear = !reader.names.lost.options_of(issue.id.0);
    let written = written(reader, table, issue, model, &mut clear);
    let values = complete(issue, model, &written);
    // A misspelt option is also a missing one; that is said once.
    if let (Err(missing), true) = (&values, clear) {
        lacking(reader, table, issue, missing);
    }
    Some(IssueView { weight, values: values.ok()? })
}

/// The values that the file writes, `written[option]`.
fn written(reader: &mut Reader, table: &Opened, issue: &Viewed, of: &Issue, clear: &mut bool) -> Vec<Option<InputId>> {
    let mut written = vec![None; of.options.len()];
    if let Some(entry) = table.get("values") {
        if let Some(other) = table.open_entries().next() {
            let found = format!("`{}` stands beside `values`", other.key);
            error(found, &other.span).hint("write either `values` or one key for each option").push(reader);
        }
        *clear = *clear && listed(reader, table, entry, of, &mut written);
        return written;
    }
    for entry in table.open_entries() {
        let known = reader.names.options[issue.id.0].find(&entry.key).map(OptionId);
        match known {
            None => {
                *clear = false;
                reader.option_id(issue.id.0, &entry.key, &entry.span);
            }
            Some(option) if of.now == Some(option) => written_for_now(reader, &entry.key, &entry.span),
            Some(option) => {
                let path = format!("{}.{}", table.path, entry.key);
                written[option.0] = Some(reader.input(path, &entry.node, Spec::VALUE, &table.numbers));
            }
        }
    }
    written
}

fn written_for_now(reader: &mut Reader, option: &str, span: &Span) {
    let found = format!("a value is written for `{option}`, the present state");
    error(found, span).label("worth 0 by definition").hint("leave it out").push(reader);
}

/// `values = […]`: one for each option in order; the present state is left out, or a plain 0. `false` if it is no such
/// list.
fn listed(reader: &mut Reader, table: &Opened, entry: &Keyed, model: &Issue, written: &mut [Option<InputId>]) -> bool {
    let Value::List(list) = &entry.node.value else {
        reader.wrong_type("values", &entry.node, "a list of numbers, one for each option");
        return false;
    };
    let all = model.options.len();
    let without_now = all - usize::from(model.now.is_some());
    if list.len() != all && list.len() != without_now {
        let found = format!("`values` has {} numbers for {without_now} options", list.len());
        let draft = error(found, &entry.node.span).label("expected one for each option in order");
        let points = numerals::with_points(list, true);
        draft.hint(points.unwrap_or_else(|| "the present state is left out, or written as 0".into())).push(reader);
        return false;
    }
    let skips_now = list.len() != all;
    let mut nodes: std::slice::Iter<Node> = list.iter();
    for (place, option) in model.options.iter().enumerate() {
        let is_now = model.now == Some(OptionId(place));
        if is_now && skips_now {
            continue;
        }
        let Some(node) = nodes.next() else { return false };
        if !is_now {
            let path = format!("{}.{}", table.path, option.id);
            written[place] = Some(reader.input(path, node, Spec::VALUE, &table.numbers));
        } else if !matches!(node.value, Value::Number(0.0)) {
            written_for_now(reader, &option.id, &node.span);
        }
    }
    true
}

/// The value of every option: written, the present state, or between two of them on an ordered issue; else the options
/// without one.
fn complete(issue: &Viewed, model: &Issue, written: &[Option<InputId>]) -> Result<Vec<OptionValue>, Vec<String>> {
    let is_now = |o: usize| model.now == Some(OptionId(o));
    let at = |o: usize| if is_now(o) { Some(Written::Now) } else { written[o].map(Written::Input) };
    let known: Vec<usize> = (0..written.len()).filter(|o| at(*o).is_some()).collect();
    let mut values = Vec::with_capacity(written.len());
    let mut missing = Vec::new();
    for (o, option) in model.options.iter().enumerate() {
        let after = known.partition_point(|k| *k < o);
        let ends = (after.checked_sub(1).map(|i| known[i]), known.get(after).copied());
        let value = match (at(o), &issue.places, ends) {
            (Some(w), ..) => Some(OptionValue { low: w, high: w, share: 0.0 }),
            (None, Some(places), (Some(l), Some(h))) => {
                let share = (places[o] - places[l]) / (places[h] - places[l]);
                at(l).zip(at(h)).map(|(low, high)| OptionValue { low, high, share })
            }
            _ => None,
        };
        match value {
            Some(value) => values.push(value),
            None => missing.push(option.id.clone()),
        }
    }
    if missing.is_empty() { Ok(values) } else { Err(missing) }
}

fn lacking(reader: &mut Reader, table: &Opened, issue: &Viewed, missing: &[String]) {
    const SHOWN: usize = 12;
    let more = if missing.len() > SHOWN { ", …" } else { "" };
    let list = format!("`{}`{more}", missing[..missing.len().min(SHOWN)].join("`, `"));
    let found = format!("the view of `{}` lacks a value for {list}", table.id);
    let hint = if issue.places.is_some() {
        "on an ordered issue only options between two written ones may be left out"
    } else {
        "every option except the present state needs a value from -1 to 1"
    };
    error(found, &table.span).hint(hint).push(reader);
}
