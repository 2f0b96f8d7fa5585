//! How much of the answer rests on numbers without a source: the page, the JSON, the CSV sheet.

use crate::analysis::estimator::rule_of_three;
use crate::analysis::sensitivity::{Assumption, Audit, AuditSettings, Estimated, Held, ShareShift, Stretch, Together};
use crate::report::CAVEAT;
use crate::report::frame::{AnswerTo, under};
use crate::report::head::{Otherwise, head};
use crate::report::sensitivity::{self, NOT_TOLD};
use crate::text::WIDTH;
use crate::text::sheet::ByColumn;
use crate::text::words::{
    bullet, capital, change, count, counted, full, list, number, paragraph, percent, stacked, visible, wrapped,
};
use itertools::Itertools as _;
use serde_json::{Value, json};

/// An audit with all that was asked.
pub type Audited<'a> = AnswerTo<'a, AuditSettings, Audit>;

/// The audit as one JSON object; keys are described in the help of `winset audit`.
pub fn summary(a: &Audited) -> Value {
    let mut answer = json!(a.answer);
    answer["says"] = sentence(a).replace('\u{a0}', " ").into();
    under(a.n, &a.settings.drawing.accounts.variants, answer)
}

/// The audit as CSV: one row an assumption.
pub fn sheet(a: &Audited) -> String {
    let total =
        |total: Option<Estimated>, of: fn(Estimated) -> f64| total.map(|t| of(t).to_string()).unwrap_or_default();
    let rows = a.answer.assumptions.iter().map(|one| (one, one.indices.map(|i| i.total), &one.held)).collect_vec();
    ByColumn::of(&rows)
        .column("path", |(one, ..)| one.path.clone())
        .column("total_index", |(_, index, _)| total(*index, |i| i.value))
        .column("total_index_low", |(_, index, _)| total(*index, |i| i.low))
        .column("total_index_high", |(_, index, _)| total(*index, |i| i.high))
        .column("exists_change", |(.., held)| held.shift.change)
        .column("exists_change_low", |(.., held)| held.shift.low)
        .column("exists_change_high", |(.., held)| held.shift.high)
        .column("range_from", |(.., held)| held.range.0)
        .column("range_to", |(.., held)| held.range.1)
        .column("exists_at_from", |(.., held)| held.at_low.share)
        .column("exists_at_to", |(.., held)| held.at_high.share)
        .column("headline_changes", |(.., held)| u8::from(held.headline_changes))
        .column("changes_at", |(.., held)| held.stretches.get(1).map_or_else(String::new, |s| s.from.to_string()))
        .csv()
}

/// The page.
pub fn page(a: &Audited) -> String {
    let audit = a.answer;
    let parts = [
        head(a.n, &a.settings.drawing.accounts.variants),
        paragraph(&sentence(a)),
        paragraph(&headline(a)),
        assumptions(a),
        paragraph(&rest(a)),
        Otherwise::of(a.choices).told(a.n).iter().map(|line| bullet(line)).collect(),
        paragraph(&format!("{} evaluations, seed {}; {CAVEAT}.", count(audit.evaluations), a.settings.drawing.seed)),
    ];
    stacked(&parts)
}

/// How much of the variance rests on assumptions.
pub(super) fn sentence(a: &Audited) -> String {
    let audit = a.answer;
    let are = if audit.uncertain == 1 { "is an assumption" } else { "are assumptions" };
    let numbers = capital(&counted(audit.uncertain, "uncertain number"));
    if audit.variance <= 0.0 {
        return format!("{numbers} {are}, and the margin is the same at every point looked at, {CAVEAT}.");
    }
    let told = |Together { name, indices }: &Together| {
        let name = if name == "reading" { "the reading, which account is true," } else { name };
        format!("{name} {}", share(indices.total))
    };
    if let [Together { name, .. }] = &audit.together[..] {
        return format!("{numbers} {are}. All that makes the margin vary, {CAVEAT}, hangs on {name}.");
    }
    format!(
        "{numbers} {are}. What part of the margin's variance hangs on which, {CAVEAT}, each with all it acts together with: \
         {}.",
        list(audit.together.iter().map(told))
    )
}

fn share(index: Estimated) -> String {
    if index.may_be_zero() { format!("what {NOT_TOLD}") } else { sensitivity::share(index) }
}

fn headline(a: &Audited) -> String {
    let audit = a.answer;
    let near = if audit.near_another {
        " That interval reaches into another headline: a change at an end of what follows may be the luck of the worlds."
    } else {
        ""
    };
    format!("The headline reads “{}”: one exists in {}.{near}", audit.reads.words(), full(audit.exists))
}

fn assumptions(a: &Audited) -> String {
    if a.answer.assumptions.is_empty() {
        return paragraph("No assumption moved the answer in any walk.");
    }
    let mut each = a.answer.assumptions.iter().zip(1..).map(|(one, place)| told(one, place));
    format!("ASSUMPTIONS, BY HOW MUCH RESTS ON THEM\n\n{}", each.join("\n"))
}

fn told(one: &Assumption, place: usize) -> String {
    let rests = one.indices.map_or_else(
        || String::from("The margin does not vary."),
        |i| format!("{} of the variance of the margin.", capital(&share(i.total))),
    );
    let under = |text: &str, lead: &str| wrapped(text, lead, "    ", WIDTH);
    under(&visible(&one.path), &format!("{place:>2}. ")) + &under(&rests, "    ") + &under(&reads(&one.held), "    ")
}

/// How the headline reads along the range.
fn reads(held: &Held) -> String {
    let (low, high) = (number(held.range.0), number(held.range.1));
    let ends = format!(
        "Held at {low} one exists in {}, at {high} in {}: {}",
        percent(held.at_low.share),
        percent(held.at_high.share),
        shift(held.shift)
    );
    if !held.headline_changes {
        return format!("{ends}. The headline does not change within its range.");
    }
    let stretch = |s: &Stretch| format!("“{}” from {} to {}", s.reads.words(), number(s.from), number(s.to));
    format!("{ends}. The headline reads {}.", list(held.stretches.iter().map(stretch)))
}

/// The change from end to end in words.
fn shift(shift: ShareShift) -> String {
    if shift.may_be_zero() {
        return format!("a change that {NOT_TOLD}");
    }
    format!("{} of worlds ({} to {})", change(shift.change), change(shift.low), change(shift.high))
}

/// What was not looked at one by one.
fn rest(a: &Audited) -> String {
    let audit = a.answer;
    let more = audit.uncertain - audit.assumptions.len() - audit.idle;
    let mut told = Vec::new();
    if more > 0 {
        told.push(format!("{} more moved it less; `--top` looks at more of them", capital(&count(more as u128))));
    }
    if audit.idle > 0 {
        let missed = percent(rule_of_three(a.settings.walks));
        told.push(format!(
            "{} moved nothing in any of {} walks, which can miss what matters in fewer than {missed} of worlds",
            count(audit.idle as u128),
            count(a.settings.walks)
        ));
    }
    if audit.fixed > 0 {
        told.push(format!(
            "{} without a source {} written as one number without a range, so that nothing was varied",
            counted(audit.fixed, "number"),
            if audit.fixed == 1 { "is" } else { "are" }
        ));
    }
    if told.is_empty() { String::new() } else { format!("{}.", capital(&told.join("; "))) }
}
