//! The page of an audit.

use super::Audited;
use crate::analysis::estimator::rule_of_three;
use crate::analysis::sensitivity::{Entry, Held, Index, Shift, Stretch};
use crate::report::CAVEAT;
use crate::report::head::{Otherwise, head};
use crate::text::WIDTH;
use crate::text::words::{
    bullet, capital, change, count, counted, full, list, number, paragraph, percent, percent_of, stacked, visible,
    wrapped,
};

/// The page.
#[must_use]
pub fn page(a: &Audited) -> String {
    let audit = a.audit;
    let parts = [
        head(a.n, &a.settings.drawing.accounts.variants),
        paragraph(&sentence(a)),
        paragraph(&headline(a)),
        entries(a),
        paragraph(&rest(a)),
        otherwise(a),
        paragraph(&format!("{} evaluations, seed {}; {CAVEAT}.", count(audit.evaluations), a.settings.drawing.seed)),
    ];
    stacked(&parts)
}

/// How much of the variance rests on assumptions.
pub(super) fn sentence(a: &Audited) -> String {
    let audit = a.audit;
    let are = if audit.uncertain == 1 { "is an assumption" } else { "are assumptions" };
    let numbers = capital(&counted(audit.uncertain, "uncertain number"));
    if audit.variance <= 0.0 {
        return format!("{numbers} {are}, and the margin is the same at every point looked at, {CAVEAT}.");
    }
    let told = |(name, i): &(String, crate::analysis::sensitivity::Indices)| {
        let name = if name == "reading" { "the reading, which account is true," } else { name };
        format!("{name} {}", share(i.total))
    };
    if let [(name, _)] = &audit.together[..] {
        return format!("{numbers} {are}. All that makes the margin vary, {CAVEAT}, hangs on {name}.");
    }
    let parts: Vec<String> = audit.together.iter().map(told).collect();
    format!(
        "{numbers} {are}. What part of the margin's variance hangs on which, {CAVEAT}, each with all it acts together with: \
         {}.",
        list(&parts)
    )
}

fn share(index: Index) -> String {
    if index.may_be_zero() {
        return "what cannot be told from 0".into();
    }
    format!("{}\u{a0}% ({}–{})", percent_of(index.value), percent_of(index.low), percent_of(index.high))
}

fn headline(a: &Audited) -> String {
    let audit = a.audit;
    let near = if audit.near_another {
        " That interval reaches into another headline: a change at an end of what follows may be the luck of the worlds."
    } else {
        ""
    };
    format!("The headline reads “{}”: one exists in {}.{near}", audit.reads.words(), full(audit.exists))
}

fn entries(a: &Audited) -> String {
    if a.audit.entries.is_empty() {
        return paragraph("No assumption moved the answer in any walk.");
    }
    let each = a.audit.entries.iter().zip(1..).map(|(entry, place)| one(a, entry, place));
    format!("ASSUMPTIONS, BY HOW MUCH RESTS ON THEM\n\n{}", each.collect::<Vec<_>>().join("\n"))
}

fn one(a: &Audited, entry: &Entry, place: usize) -> String {
    let path = visible(&a.n.inputs.get(entry.input).path);
    let rests = entry.indices.map_or_else(
        || String::from("The margin does not vary."),
        |i| format!("{} of the variance of the margin.", capital(&share(i.total))),
    );
    let lead = format!("{place:>2}. ");
    wrapped(&path, &lead, "    ", WIDTH)
        + &wrapped(&rests, "    ", "    ", WIDTH)
        + &wrapped(&reads(&entry.held), "    ", "    ", WIDTH)
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
    if held.is_the_same() {
        return format!("{ends}. The headline does not change within its range.");
    }
    let stretch = |s: &Stretch| format!("“{}” from {} to {}", s.reads.words(), number(s.from), number(s.to));
    format!("{ends}. The headline reads {}.", list(&held.stretches.iter().map(stretch).collect::<Vec<_>>()))
}

/// The change from end to end in words.
fn shift(shift: Shift) -> String {
    if shift.may_be_zero() {
        return "a change that cannot be told from 0".into();
    }
    format!("{} of worlds ({} to {})", change(shift.change), change(shift.low), change(shift.high))
}

/// What was not looked at one by one.
fn rest(a: &Audited) -> String {
    let audit = a.audit;
    let more = audit.uncertain - audit.entries.len() - audit.idle;
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

fn otherwise(a: &Audited) -> String {
    let otherwise = Otherwise::of(a.choices);
    otherwise.told(a.n).iter().map(|line| bullet(line)).collect()
}
