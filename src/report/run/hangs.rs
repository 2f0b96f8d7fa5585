//! What the answer hangs on: options, claims, red lines, audiences, inputs, and who binds.

use std::cmp::Reverse;

use super::super::terms;
use super::Answer;
use crate::analysis::{Contribution, Driver, Share};
use crate::model::{Beholder, InputId, InputKind};
use crate::num::{Order, Ordered};
use crate::text::table::Table;
use crate::text::words::{change, count, full, in_column, list, margin, paragraph};

const SHOWN: usize = 6;

/// The section.
pub fn hangs(a: &Answer) -> String {
    format!("WHAT IT HANGS ON\n\n{}{}{}{}", binding(a), contributions(a), drivers(a), drivers_of_reached(a))
}

fn binding(a: &Answer) -> String {
    if a.survey.binding.is_empty() {
        return String::new();
    }
    let who = |(of, share): &(Beholder, Share)| format!("{} in {}", terms::beholder(a.n(), *of), full(*share));
    let hardest = a.survey.binding.iter().ordered_by_key(|(of, share)| (Reverse(share.count), *of)).take(4).map(who);
    paragraph(&format!("Hardest to please at the best package: {}.", list(hardest))) + "\n"
}

/// The items that change the answer most, by the margin where "one exists" says little.
pub(super) fn ranked(a: &Answer) -> Vec<&Contribution> {
    let by_margin = a.is_saturated();
    let worlds = |c: &Contribution| c.lost.max(c.gained);
    let mut items: Vec<&Contribution> =
        a.survey.contributions.iter().filter(|c| c.margin != 0.0 || worlds(c) > 0).collect();
    items.order_by(|x, y| {
        let (m, w) = (moved(y).total_cmp(&moved(x)), worlds(y).cmp(&worlds(x)));
        if by_margin { m.then(w) } else { w.then(m) }
    });
    items
}

/// How far the margin moves; without bounds where hardly a world is left that has one.
fn moved(c: &Contribution) -> f64 {
    if 2 * c.finite < c.exists.of && c.lost.max(c.gained) > 0 { f64::INFINITY } else { c.margin.abs() }
}

fn contributions(a: &Answer) -> String {
    let ranked = ranked(a);
    if ranked.is_empty() {
        return paragraph("No single option, claim, red line or audience makes a difference by itself.") + "\n";
    }
    let mut table = Table::new(&["worlds lost", "worlds won", "margin", "if this were left out"]);
    for c in ranked.into_iter().take(SHOWN) {
        table.row(vec![
            count(c.lost),
            count(c.gained),
            if c.finite == 0 { "none".into() } else { change(c.margin) },
            terms::item(a.n(), c.item),
        ]);
    }
    let note = format!(
        "Lost and won: worlds, of {}, in which without it nothing would do any more, or something would at last. Margin: its mean change.",
        count(a.survey.kept)
    );
    format!("{}\n{}\n", table.text(), paragraph(&note))
}

/// The inputs whose effect on even runs is at least three times its standard error, by what the headline is.
pub(super) fn strong(a: &Answer) -> Vec<&Driver> {
    // What odd runs say nothing of cannot be shown.
    let shows = |d: &Driver| d.shown.exists_low.of > 1 && d.shown.exists_high.of > 1;
    let shift = |d: &Driver| (d.chosen.exists_high.share - d.chosen.exists_low.share).abs();
    let mut drivers: Vec<&Driver> = a
        .survey
        .drivers
        .iter()
        .filter(|d| shows(d) && d.chosen.effect.abs() > 3.0 * d.chosen.error && d.chosen.effect != 0.0)
        .collect();
    if !a.is_saturated() {
        drivers.order_by(|x, y| shift(y).total_cmp(&shift(x)).then(x.input.cmp(&y.input)));
    }
    drivers
}

fn drivers(a: &Answer) -> String {
    let strong = strong(a);
    if strong.is_empty() {
        let none = if a.survey.drivers.is_empty() {
            "No number of the scenario varies: all worlds are alike."
        } else {
            "No uncertain number stands out from chance."
        };
        return paragraph(none);
    }
    let what = if a.is_saturated() { "The mean margin" } else { "One exists, in per cent of worlds," };
    table(a, strong, what, |d| {
        if a.is_saturated() {
            [margin(d.shown.margin_low), margin(d.shown.margin_high)]
        } else {
            [in_column(d.shown.exists_low), in_column(d.shown.exists_high)]
        }
    })
}

/// The inputs whose effect on *it is reached* is, on even runs, at least three times its standard error.
fn strong_on_reached(a: &Answer) -> Vec<&Driver> {
    let shows = |d: &Driver| d.shown.reached_low.of > 1 && d.shown.reached_high.of > 1;
    let strong = a.survey.drivers.iter().filter(|d| shows(d) && d.chosen.reach.abs() > 3.0 * d.chosen.reach_error);
    let size = |d: &Driver| d.chosen.reach.abs();
    strong.ordered_by(|x, y| size(y).total_cmp(&size(x)).then(x.input.cmp(&y.input))).collect()
}

/// What explains whether it is reached, ranked and shown as what explains whether one exists.
fn drivers_of_reached(a: &Answer) -> String {
    if a.reached.is_none() || a.survey.drivers.is_empty() {
        return String::new();
    }
    let strong = strong_on_reached(a);
    let text = if strong.is_empty() {
        paragraph("Of what explains whether it is reached no uncertain number stands out from chance.")
    } else {
        let cells = |d: &Driver| [in_column(d.shown.reached_low), in_column(d.shown.reached_high)];
        table(a, strong, "It is reached, in per cent of runs,", cells)
    };
    format!("\n{text}")
}

/// The strongest of some inputs, with what stands in either half, and what that means.
fn table(a: &Answer, strong: Vec<&Driver>, what: &str, cells: impl Fn(&Driver) -> [String; 2]) -> String {
    let shown: Vec<&Driver> = strong.into_iter().take(SHOWN).collect();
    let (chances, numbers): (Vec<&Driver>, Vec<&Driver>) = shown.iter().partition(|d| is_chance(a, d));
    let ends = [("if low", "if high", "uncertain number", numbers), ("if not", "if so", "what may happen", chances)];
    let row = |d: &Driver| {
        let [low, high] = cells(d);
        let mark = if differs(a, d.input) { " (*)" } else { "" };
        vec![low, high, format!("{}{mark}", a.n().inputs.get(d.input).path)]
    };
    let mut text = String::new();
    for (low, high, what, drivers) in ends.into_iter().filter(|(.., drivers)| !drivers.is_empty()) {
        text += &format!("{}\n", Table::of(&[low, high, what], drivers.iter().map(|d| row(d))).text());
    }
    text + &paragraph(&meaning(a, what, &shown))
}

fn is_chance(a: &Answer, d: &Driver) -> bool {
    a.n().inputs.get(d.input).kind == InputKind::Chance
}

/// Whether readings that are drawn give an input different laws: its value then tells which of them was drawn.
fn differs(a: &Answer, input: InputId) -> bool {
    let n = a.n();
    let law = |r: usize| n.readings[r].set.iter().find(|(id, _)| *id == input).map(|(_, law)| law);
    a.choices.settings.drawing.accounts.reading.is_none() && (1..n.readings.len()).any(|r| law(r) != law(0))
}

fn meaning(a: &Answer, what: &str, shown: &[&Driver]) -> String {
    let chances = shown.iter().filter(|d| is_chance(a, d)).count();
    let halves = match (shown.len() - chances, chances) {
        (0, _) => "where it does not happen, and where it does",
        (_, 0) => "where the number lies in the lower and in the upper half of its range",
        _ => {
            "where the number lies in the lower and in the upper half of its range; of a chance, where it does not \
             happen and where it does"
        }
    };
    let marked = if shown.iter().any(|d| differs(a, d.input)) {
        " (*): readings give it different ranges; halves are taken within each reading."
    } else {
        ""
    };
    format!(
        "{what} {halves}. Picked of {} on even runs, shown on odd ones.{marked}",
        count(a.survey.drivers.len() as u128)
    )
}
