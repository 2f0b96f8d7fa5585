//! The section `[conduct]`: what any sane course of the talks must keep.

use super::states::rounds;
use super::{Opened, Reader, Ref, error};
use crate::model::{ActorId, Conduct, Move, Negotiation, Never, Role, StageId};

/// One entry; the readings are read before it.
pub fn conduct(reader: &mut Reader, table: &Opened, n: &Negotiation) -> Option<Conduct> {
    if n.talks.is_none() {
        let hint = "add [talks], or leave [conduct] out";
        return error("`conduct` is asked of talks, and there are none", &table.span).hint(hint).give_up(reader);
    }
    let by = reader.find_key(Ref::Actor, table, "by").map(ActorId);
    if let (Some(i), Some(entry)) = (by, table.get("by")) {
        let actor = n.actor(i);
        if !actor.is_party() && !actor.roles.contains(&Role::Mediator) {
            let found = format!("`{}` is neither a party nor the mediator: it does nothing in the talks", actor.id);
            error(found, &entry.node.span).push(reader);
        }
    }
    let never = reader.inner(table, "never").and_then(|never| read_never(reader, &never))?;
    if let (Some(entry), Never::Signs(_)) = (table.get("by"), &never) {
        error("nobody alone signs a paper", &entry.span).hint("leave `by` out").push(reader);
    }
    let within = table.get("within").and_then(|entry| rounds(reader, &entry.node));
    let source = reader.text(table, "source").unwrap_or_default();
    Some(Conduct { id: table.id.clone(), by, within, readings: readings(reader, table, n), never, source })
}

fn readings(reader: &mut Reader, table: &Opened, n: &Negotiation) -> Vec<usize> {
    let Some(entry) = table.get("readings") else { return Vec::new() };
    let known: Vec<String> = n.readings.iter().map(|r| r.id.clone()).collect();
    let mut places = Vec::new();
    for (word, node) in reader.words(&entry.node, "readings", "a reading or a list of them") {
        if let Some(place) = known.iter().position(|id| id == word) {
            places.push(place);
        } else {
            let advice = reader.advice(word, "readings", |_| known.clone());
            error(format!("unknown reading `{word}`"), &node.span).hint(advice).push(reader);
        }
    }
    places
}

/// Exactly one of `names`, `makes`, `agrees` and `signs`.
fn read_never(reader: &mut Reader, table: &Opened) -> Option<Never> {
    let keys = ["names", "makes", "agrees", "signs"];
    let given: Vec<&str> = keys.into_iter().filter(|key| table.get(key).is_some()).collect();
    let [given] = given[..] else {
        let found = if given.is_empty() { "nothing".to_owned() } else { format!("`{}`", given.join("` and `")) };
        let draft = error(format!("`never` says {found}"), &table.span);
        return draft.label("expected exactly one of `names`, `makes`, `agrees` and `signs`").give_up(reader);
    };
    let entry = table.get(given)?;
    match given {
        "names" => Some(Never::Names(reader.some_condition(&entry.node, "names"))),
        "agrees" => Some(Never::Agrees(reader.condition(&entry.node, "agrees"))),
        "makes" => {
            let words = reader.words(&entry.node, "makes", "a move or a list of moves");
            let made: Vec<Move> =
                words.into_iter().filter_map(|(_, node)| reader.word(node, "move", &Move::WORDS)).collect();
            (!made.is_empty()).then_some(Never::Makes(made))
        }
        _ => reader.find_key(Ref::Stage, table, "signs").map(|s| Never::Signs(StageId(s))),
    }
}
