//! Events around the talks.

use super::super::keys::Ref;
use super::super::reader::{Reader, Table};
use super::circumstances::during;
use crate::model::{ActorId, AudienceId, Event, InputId, OwingId, StateId, Timing};

/// An event.
pub(in super::super) fn read(reader: &mut Reader, table: &Table) -> Event {
    let raises = reader.map(table, "raises");
    Event {
        id: table.id.clone(),
        name: reader.text(table, "name").unwrap_or_else(|| table.id.clone()),
        actor: reader.find_key(Ref::Actor, table, "actor").map(ActorId),
        timing: timing(reader, table),
        during: during(reader, table),
        moves: moves(reader, table),
        raises: raises.into_iter().map(|(audience, points)| (AudienceId(audience), points)).collect(),
        conflict: reader.flag(table, "conflict"),
        owes: reader.map(table, "owes").into_iter().map(|(owing, by)| (OwingId(owing), by)).collect(),
        source: reader.text(table, "source"),
    }
}

/// What a table adds to states.
pub(in super::super) fn moves(reader: &mut Reader, table: &Table) -> Vec<(StateId, InputId)> {
    reader.map(table, "moves").into_iter().map(|(state, by)| (StateId(state), by)).collect()
}

fn timing(reader: &mut Reader, table: &Table) -> Timing {
    match (table.get("chance"), table.get("round")) {
        (Some(_), None) => Timing::Each(reader.number(table, "chance", 0.0)),
        (None, Some(entry)) => match reader.whole(table, "round") {
            Some(0) => {
                let hint = "rounds count from 1; what was there before belongs to `start`";
                reader.error("`round` is 0".to_owned(), &entry.node.span).hint(hint).push();
                Timing::In(1)
            }
            round => Timing::In(round.unwrap_or(1)),
        },
        (chance, _) => {
            let many = if chance.is_some() { "both `chance` and `round`" } else { "neither `chance` nor `round`" };
            reader.error(format!("event `{}` has {many}", table.id), &table.span).label("expected exactly one").push();
            Timing::In(1)
        }
    }
}
