//! What a file says of how long deals hold that cannot be computed, or that nothing uses.

use std::ops::Range;

use super::reader::Reader;
use crate::model::{Counts, Durability, InputId, IssueId, MOST_FORESEEN, Negotiation};

/// Adds a finding for all of it.
pub(super) fn look(reader: &mut Reader, n: &Negotiation) {
    let Some(durability) = &n.durability else { return without(reader, n) };
    power(reader, durability);
    foresight(reader, n, durability);
    never(reader, n, durability);
    complies(reader, n, durability);
    let looks_ahead = n.parties().any(|i| n.looks_ahead(i, None));
    if n.talks.is_none() && !looks_ahead {
        let span = at(reader, "durability");
        let found = "`durability` is used only in talks and by foresight".to_owned();
        reader.warning(found, &span).hint("add [talks], or `foresight` to an actor").push();
    }
}

fn at(reader: &Reader, path: &str) -> Range<usize> {
    reader.spans.get(path).cloned().unwrap_or(0..0)
}

fn written(n: &Negotiation, id: InputId) -> bool {
    n.inputs.get(id).written
}

/// Numbers that need the section.
fn without(reader: &mut Reader, n: &Negotiation) {
    let actors = n.actors.iter().flat_map(|a| [a.foresight, a.complies]);
    for id in actors.chain(n.audiences.iter().map(|a| a.turns)).filter(|id| written(n, *id)) {
        let path = n.inputs.get(id).path.clone();
        let span = at(reader, &path);
        reader.warning(format!("`{path}` needs durability"), &span).hint("add [durability] with its hazard").push();
    }
}

fn power(reader: &mut Reader, durability: &Durability) {
    let counted = durability.factors.iter().find(|f| f.counts == Counts::PowerShift);
    match (counted, &durability.power) {
        (Some(factor), None) => {
            let span = at(reader, &format!("durability.factors.{}", factor.id));
            let found = format!("factor `{}` counts a shift of power that nothing describes", factor.id);
            reader.error(found, &span).hint("add [durability.power] with its state").push();
        }
        (None, Some(_)) => {
            let span = at(reader, "durability.power");
            let found = "no factor counts the shift of power".to_owned();
            reader.warning(found, &span).hint("add a factor with counts = \"power-shift\"").push();
        }
        _ => {}
    }
}

/// Foresight that would tell too many packages apart, or that is nobody's who signs.
fn foresight(reader: &mut Reader, n: &Negotiation, durability: &Durability) {
    for actor in n.actors.iter().filter(|a| !a.is_party() && written(n, a.foresight)) {
        let path = n.inputs.get(actor.foresight).path.clone();
        let span = at(reader, &path);
        reader.warning(format!("`{}` signs nothing", actor.id), &span).hint("`foresight` is not used").push();
    }
    let issues = durability.foreseen_issues(n);
    if issues.len() <= MOST_FORESEEN || !n.parties().any(|i| n.looks_ahead(i, None)) {
        return;
    }
    let name = |k: &IssueId| n.space.issues[k.0].id.as_str();
    let named = issues.iter().map(name).collect::<Vec<_>>().join("`, `");
    let found = format!("leaders would look ahead at {} issues, more than {MOST_FORESEEN}: `{named}`", issues.len());
    let span = at(reader, "durability");
    reader.error(found, &span).hint("leave factors out of sight with foreseen = false").push();
}

/// Factors that no package puts in force.
fn never(reader: &mut Reader, n: &Negotiation, durability: &Durability) {
    let of_keys = [
        (Counts::Temporary, "no option is temporary", "add finality = \"temporary\" to an option"),
        (Counts::Informal, "no option is informal", "add form = \"informal\" to options"),
        (Counts::NonCompliance, "nobody holds a term", "add `holder` to options"),
    ];
    for factor in &durability.factors {
        let Some((_, why, hint)) = of_keys.iter().find(|(counts, ..)| *counts == factor.counts) else { continue };
        if factor.counts.issues(n).is_empty() {
            let span = at(reader, &format!("durability.factors.{}", factor.id));
            reader.warning(format!("factor `{}` is never in force: {why}", factor.id), &span).hint(*hint).push();
        }
    }
}

/// Compliance that nothing counts.
fn complies(reader: &mut Reader, n: &Negotiation, durability: &Durability) {
    let counted = durability.factors.iter().any(|f| f.counts == Counts::NonCompliance);
    let holds = |i: usize| n.space.issues.iter().flat_map(|k| &k.options).any(|o| o.holders.iter().any(|h| h.0.0 == i));
    for (i, actor) in n.actors.iter().enumerate().filter(|(_, a)| written(n, a.complies)) {
        let path = n.inputs.get(actor.complies).path.clone();
        let span = at(reader, &path);
        if !holds(i) {
            reader.warning(format!("`{}` holds no term", actor.id), &span).hint("`complies` is not used").push();
        } else if !counted {
            let hint = "add a factor with counts = \"non-compliance\"";
            reader.warning("no factor counts compliance".to_owned(), &span).hint(hint).push();
        }
    }
}
