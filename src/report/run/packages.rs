//! The packages that do most often, those with names, and how the readings differ.

use std::cmp::Reverse;

use super::super::terms;
use super::{Answer, answer::has_holders, is_bare_minimum};
use crate::analysis::Leading;
use crate::num::Ordered;
use crate::text::WIDTH;
use crate::text::table::Table;
use crate::text::words::{count, full, in_column, length, margin, paragraph, visible, worlds, wrapped};

/// Packages of each table on the page, fewer where the talks need the room; the sheet has all of them.
fn shown(a: &Answer) -> usize {
    if a.reached.is_some() { 3 } else { 5 }
}

/// The leading packages, then the bare minimum and all others with names.
pub fn packages(a: &Answer) -> String {
    let all = worlds(a.survey.kept);
    let listed = |title: &str, fares: Vec<&Leading>| {
        let entries: String = fares.iter().map(|fare| entry(a, fare)).collect();
        if entries.is_empty() { entries } else { format!("{title}\n\n{}{entries}", heads(a)) }
    };
    let leading = a.survey.leading.iter().take(shown(a)).collect();
    let mut text =
        listed("THE PACKAGES THAT WOULD DO MOST OFTEN", leading) + &listed("\nPACKAGES WITH A NAME", named(a));
    if !text.is_empty() {
        text += &format!("\n{}", paragraph(&notes(a, &all)));
    }
    text
}

fn notes(a: &Answer, all: &str) -> String {
    let mut text = format!("Per cent of {all}, with the 95 % interval in brackets.");
    if let Some(first) = a.survey.leading.first().filter(|l| l.would_do.of != a.survey.kept) {
        let scored = worlds(first.would_do.of);
        text += &format!(" The first list is scored on the {scored} that were not used to choose it.");
    }
    if a.survey.leading.len() > 1 {
        text += " It is a selection for variety: each differs from the others in at least two terms, so packages \
                 nearly alike are left out.";
    }
    if a.n().space.issues.iter().any(|k| k.now.is_some()) {
        text += " What is not named stays as now.";
    }
    text
}

/// Named packages that are not listed already: the bare minimum, then those that would do most often.
fn named(a: &Answer) -> Vec<&Leading> {
    let listed = |fare: &&Leading| !a.survey.leading.iter().take(shown(a)).any(|l| l.package == fare.package);
    let bare = a.bare_minimum();
    let others = a.survey.named.iter().filter(|f| bare.is_none_or(|b| b.package != f.package));
    let others = others.ordered_by_key(|fare| Reverse(fare.would_do.count));
    bare.into_iter().chain(others).filter(listed).take(shown(a)).collect()
}

const COLUMN: usize = 18;

fn heads(a: &Answer) -> String {
    let granted = if has_holders(a) { "granted" } else { "" };
    let [borne, signed] = match a.n().has_coalitions() {
        false => ["defeat for nobody", "accepted by all"],
        true => ["borne by enough", "signed by enough"],
    };
    line(["would do", borne, signed, granted].map(String::from))
}

fn line(cells: [String; 4]) -> String {
    let padded = cells.map(|cell| format!("{cell}{}", " ".repeat(COLUMN.saturating_sub(length(&cell)))));
    format!("  {}\n", padded.concat().trim_end())
}

fn entry(a: &Answer, fare: &Leading) -> String {
    let granted = if has_holders(a) { in_column(fare.available) } else { String::new() };
    let numbers = [in_column(fare.would_do), in_column(fare.no_defeat), in_column(fare.rational), granted];
    let terms = terms::as_list(a.n(), &fare.package);
    let bare = is_bare_minimum(a.n(), &fare.package);
    let mark = if bare { ", the bare minimum" } else { "" };
    let name = terms::named(a.n(), &fare.package).map(|id| format!("`{id}`{mark}: ")).unwrap_or_default();
    line(numbers) + &wrapped(&format!("{name}{terms}"), "      ", "      ", WIDTH)
}

/// One exists under each rival account, and the package whose worst account is best.
pub fn readings(a: &Answer) -> String {
    let (n, s) = (a.n(), &a.survey);
    if n.readings.is_empty() || a.choices.settings.drawing.accounts.reading.is_some() {
        return String::new();
    }
    let second = if a.reached.is_some() { "it is reached, %" } else { "median margin" };
    let mut table = Table::new(&["one exists, %", second, "worlds", "if this account is right"]);
    let seen = s.exists_by_reading.iter().zip(&s.margin_by_reading);
    for (r, (reading, (exists, margins))) in n.readings.iter().zip(seen).enumerate() {
        let middle = match &a.reached {
            Some(reached) => in_column(reached.gap_in(r).reached),
            None => margins.quantile(0.5).map_or("none".into(), margin),
        };
        let name = if reading.name == reading.id { String::new() } else { format!(": {}", reading.name) };
        let name = visible(&format!("`{}`{name}", reading.id));
        table.row(vec![in_column(*exists), middle, count(exists.of), name]);
    }
    format!("WHO IS RIGHT ABOUT THE PARTIES\n\n{}{}\n", table.text(), robust(a))
}

fn robust(a: &Answer) -> String {
    let Some(robust) = &a.survey.robust else { return String::new() };
    let worst = robust.by_reading[robust.worst];
    let terms = terms::as_list(a.n(), &robust.package);
    let id = &a.n().readings[robust.worst].id;
    let best = "The package that stands up best whoever is right is";
    format!("\n{}", paragraph(&format!("{best} {terms}: at worst, under `{id}`, it would do in {}.", full(worst))))
}
