//! What a scenario holds, what its numbers rest on, and how its anchors fare.

use super::table::pairs;
use super::words::{count, counted, list, number, paragraph, visible};
use crate::model::{BearingLine, InputKind, Law, Negotiation, Scale};
use crate::scenario::Scenario;

/// The summary of a scenario, under its title.
#[must_use]
pub fn summary(scenario: &Scenario) -> String {
    let n = &scenario.negotiation;
    let head = paragraph(&visible(&n.title)) + &paragraph(&visible(&n.question));
    let mut rows = vec![("Issues".to_owned(), issues(n)), ("Packages".to_owned(), packages(n))];
    rows.push(("Parties".to_owned(), parties(n)));
    if !n.audiences.is_empty() {
        rows.push(("Audiences".to_owned(), audiences(n)));
    }
    rows.push(("Told".to_owned(), told(n)));
    rows.push(("Numbers".to_owned(), basis(n)));
    rows.push(("Scale".to_owned(), scale(n)));
    rows.extend(frozen(n).into_iter().map(|text| ("Frozen line".to_owned(), text)));
    rows.extend(accounts(n));
    format!("{head}\n{}", pairs(&rows))
}

fn issues(n: &Negotiation) -> String {
    let options: usize = n.space.issues.iter().map(|k| k.options.len()).sum();
    let ids: Vec<&str> = n.space.issues.iter().map(|k| k.id.as_str()).collect();
    format!("{} with {} in all: {}", count(n.space.issues.len() as u128), counted(options, "option"), ids.join(", "))
}

fn packages(n: &Negotiation) -> String {
    let size = n.space.size();
    let rules = n.space.rules.len();
    if rules == 0 { count(size) } else { format!("{} before {}", count(size), counted(rules, "rule")) }
}

fn parties(n: &Negotiation) -> String {
    let ids: Vec<String> = n.parties().map(|i| n.actor(i).id.clone()).collect();
    let others = n.actors.iter().filter(|a| !a.is_party()).map(|a| a.id.clone()).collect::<Vec<_>>();
    let others = if others.is_empty() { String::new() } else { format!("; others: {}", list(&others)) };
    format!("{}{others}", list(&ids))
}

fn audiences(n: &Negotiation) -> String {
    let ids: Vec<String> = n.audiences.iter().map(|a| format!("{} (of {})", a.id, n.actor(a.of).id)).collect();
    list(&ids)
}

fn told(n: &Negotiation) -> String {
    let lines = n.actors.iter().map(|a| a.red_lines.len()).sum::<usize>() + n.audiences.iter().map(|a| a.red_lines.len()).sum::<usize>();
    let parts = [
        counted(n.claims.len(), "claim"),
        counted(lines, "red line"),
        counted(n.modifiers.len(), "modifier"),
        counted(n.packages.len(), "named package"),
        counted(n.anchors.len(), "anchor"),
    ];
    list(&parts)
}

/// How many of the written numbers are assumptions, and how many are ranges.
#[must_use]
pub fn basis(n: &Negotiation) -> String {
    let written: Vec<_> = n.inputs.iter().map(|(_, input)| input).filter(|input| input.written).collect();
    let assumed = written.iter().filter(|input| input.numbers == "assumption").count();
    let uncertain = written.iter().filter(|input| is_uncertain(input)).count();
    let all = written.len();
    let whence = match assumed {
        _ if all == 0 => "The scenario writes no number".to_owned(),
        0 => format!("All {all} numbers are quoted, none is assumed"),
        _ if assumed == all => format!("All {} numbers are assumptions", count(all as u128)),
        _ => format!("{} of {} numbers are assumptions, the others quoted", count(assumed as u128), count(all as u128)),
    };
    format!("{whence}; {} of them uncertain.", if uncertain == 0 { "none".into() } else { count(uncertain as u128) })
}

fn is_uncertain(input: &crate::model::Input) -> bool {
    match &input.law {
        Law::Shared { .. } => true,
        Law::Own(quantity) if input.kind == InputKind::Chance => {
            !quantity.is_fixed() || (quantity.modal() > 0.0 && quantity.modal() < 1.0)
        }
        Law::Own(quantity) => !quantity.is_fixed(),
    }
}

fn scale(n: &Negotiation) -> String {
    let digits = Scale::of(n).digits();
    match digits {
        0 => "whole points".into(),
        d if d > 0 => format!("every term is rounded once to 0.{}1 point", "0".repeat(d.unsigned_abs() as usize - 1)),
        d => format!("every term is rounded once to {} points", count(10_u128.pow(d.unsigned_abs()))),
    }
}

/// Lines placed between two packages, in points.
fn frozen(n: &Negotiation) -> Vec<String> {
    let mut lines = Vec::new();
    for audience in &n.audiences {
        let both = [("defeat below", &audience.defeat_below), ("victory from", &audience.victory_from)];
        for (what, line) in both {
            lines.extend(line.as_ref().and_then(|line| frozen_line(n, &audience.id, what, line)));
        }
    }
    lines
}

fn frozen_line(n: &Negotiation, id: &str, what: &str, line: &BearingLine) -> Option<String> {
    let (bears, rejects) = line.between?;
    let (low, high) = n.support(&n.inputs.get(line.points).law);
    let name = |p: usize| &n.packages[p].id;
    Some(format!(
        "`{id}`, {what}: between {} and {} points, the scores of `{}` and `{}`; its verdicts on these two hold by construction",
        number(low), number(high), name(rejects), name(bears)
    ))
}

fn accounts(n: &Negotiation) -> Vec<(String, String)> {
    let readings: Vec<String> = n.readings.iter().map(|r| r.id.clone()).collect();
    let variants: Vec<String> = n.variants.iter().map(|v| format!("{} ({})", v.id, if v.on { "on" } else { "off" })).collect();
    let mut rows = Vec::new();
    if !readings.is_empty() {
        rows.push(("Readings".to_owned(), list(&readings)));
    }
    if !variants.is_empty() {
        rows.push(("Variants".to_owned(), list(&variants)));
    }
    rows
}
