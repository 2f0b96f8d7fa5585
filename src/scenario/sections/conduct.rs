//! The section `[conduct]`: what any sane course of the talks must keep.

use super::beliefs::some_moves;
use super::directions::reading;
use super::states::rounds;
use super::{Opened, Reader, Ref, error};
use crate::model::{ActorId, Conduct, Negotiation, Never, Role, StageId};

/// One entry; the readings are read before it.
pub fn conduct(reader: &mut Reader, table: &Opened, n: &Negotiation) -> Option<Conduct> {
    if n.talks.is_none() {
        let hint = "add [talks], or leave [conduct] out";
        return error("`conduct` is asked of talks, and there are none", &table.span).hint(hint).give_up(reader);
    }
    let by = reader.find_key(Ref::Actor, table, "by").map(ActorId);
    let (within, readings) = (within(reader, table, n), readings(reader, table, n));
    let never = reader.inner(table, "never").and_then(|never| read_never(reader, &never))?;
    let idle = by.and_then(|by| does_nothing(n, by, &never));
    if let (Some((found, hint)), Some(entry)) = (idle, table.get("by")) {
        error(found, &entry.node.span).hint(hint).push(reader);
    }
    let source = reader.text(table, "source").unwrap_or_default();
    Some(Conduct { id: table.id.clone(), by, within, readings, never, source })
}

/// Why a conduct says nothing of somebody, with what to do instead.
fn does_nothing(n: &Negotiation, by: ActorId, never: &Never) -> Option<(String, &'static str)> {
    let (actor, mediates) = (n.actor(by), n.actor(by).roles.contains(&Role::Mediator));
    match never {
        Never::Signs(_) => Some(("nobody alone signs a paper".into(), "leave `by` out")),
        _ if !actor.is_party() && !mediates => {
            let found = format!("`{}` is neither a party nor the mediator", actor.id);
            Some((found, "name one of them: others do nothing in the talks"))
        }
        Never::Makes(_) if !actor.is_party() => {
            Some(("a mediator makes no moves".into(), "say what it `names`, or what of it `agrees`"))
        }
        _ => None,
    }
}

/// The units of time in which it counts; they lie within the horizon.
fn within(reader: &mut Reader, table: &Opened, n: &Negotiation) -> Option<(u32, u32)> {
    let entry = table.get("within")?;
    let (first, last) = rounds(reader, "within", &entry.node)?;
    let horizon = n.pace().unit(n.horizon);
    if first == 0 || last > horizon {
        let found = if first == 0 { "`within` begins with 0".into() } else { format!("`within` goes up to {last}") };
        let label = format!("expected units of time from 1 to the horizon, {horizon}");
        error(found, &entry.node.span).label(label).push(reader);
    }
    Some((first, last))
}

fn readings(reader: &mut Reader, table: &Opened, n: &Negotiation) -> Vec<usize> {
    let Some(entry) = table.get("readings") else { return Vec::new() };
    let words = reader.words(&entry.node, "readings", "a reading or a list of them");
    words.into_iter().filter_map(|(_, node)| reading(reader, node, n)).collect()
}

/// Exactly one of `names`, `makes`, `agrees` and `signs`.
fn read_never(reader: &mut Reader, table: &Opened) -> Option<Never> {
    let entry = reader.one_key(table, &["names", "makes", "agrees", "signs"], "`never`")?;
    match entry.key.as_str() {
        "names" => Some(Never::Names(reader.some_condition(&entry.node, "names"))),
        "agrees" => Some(Never::Agrees(reader.condition(&entry.node, "agrees"))),
        "makes" => {
            let made = some_moves(reader, &entry.node, "makes", "a move or a list of moves");
            (!made.is_empty()).then_some(Never::Makes(made))
        }
        _ => reader.find_key(Ref::Stage, table, "signs").map(|s| Never::Signs(StageId(s))),
    }
}
