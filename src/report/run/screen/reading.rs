//! What each rival account says, side by side.

use super::Answer;
use crate::text::WIDTH;
use crate::text::columns::padded;
use crate::text::screen::{LABEL, Role, Screen};
use crate::text::words::{percent_of, visible};

/// Accounts side by side; of more, the ends of their range are told.
const MOST: usize = 4;

/// Columns of the labels: wider than those of entries, for they are whole clauses.
const BEFORE: usize = LABEL + 5;

/// Two lines; nothing without accounts, or where only one is drawn.
pub fn readings(a: &Answer, s: &mut Screen) {
    if a.n().readings.is_empty() || a.choices.settings.drawing.accounts.reading.is_some() {
        return;
    }
    let mut order: Vec<usize> = (0..a.n().readings.len()).collect();
    let exists = |r: &usize| a.survey.exists_by_reading[*r];
    order.sort_by(|x, y| exists(y).share.total_cmp(&exists(x).share).then(x.cmp(y)));
    let shown: Vec<usize> = match order.as_slice() {
        all if all.len() <= MOST => order,
        [first, .., last] => vec![*first, *last],
        _ => order,
    };
    let wide = (WIDTH - BEFORE) / shown.len();
    let row = |label: &str, cell: &dyn Fn(usize) -> String| {
        let cells: String = shown.iter().map(|r| padded(&padded(&cell(*r), wide - 1), wide)).collect();
        format!("{}{cells}", padded(label, BEFORE))
    };
    let all = shown.len() == a.n().readings.len();
    let head = if all { "If this account is right" } else { "Best and worst account" };
    s.line(Role::Plain, &row(head, &|r| visible(&a.n().readings[r].id)));
    let what = if a.reached.is_some() { "  one exists / is reached" } else { "  one exists" };
    s.line(Role::Plain, &row(what, &|r| shares(a, r)));
}

fn shares(a: &Answer, r: usize) -> String {
    let exists = percent_of(a.survey.exists_by_reading[r].share);
    let reached = a.reached.as_ref().map(|reached| percent_of(reached.gap_in(r).reached.share));
    reached.map_or_else(|| exists.clone(), |reached| format!("{exists} / {reached}"))
}
