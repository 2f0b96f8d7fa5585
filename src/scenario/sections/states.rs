//! States of the world, shared unknowns, and what no deal is worth.

use super::super::keys::{Ref, Spec};
use super::super::names::IdKind;
use super::super::reader::{MOST_ENTRIES, Reader, Table};
use super::circumstances::during;
use crate::model::{ActorId, Decisive, InputId, NoDeal, State, StateId};

/// A state of the world around the talks.
pub(in super::super) fn state(reader: &mut Reader, table: &Table) -> State {
    State {
        id: table.id.clone(),
        name: reader.text(table, "name").unwrap_or_else(|| table.id.clone()),
        start: reader.number(table, "start", 0.0),
        favours: reader.map(table, "favours").into_iter().map(|(who, how)| (ActorId(who), how)).collect(),
        change: reader.number(table, "change", 0.0),
        spread: reader.number(table, "spread", 0.0),
        min: reader.written(table, "min"),
        max: reader.written(table, "max"),
        during: during(reader, table),
        decisive: decisive(reader, table),
        source: reader.text(table, "source"),
    }
}

/// The bounds at which parties have their way.
fn decisive(reader: &mut Reader, owner: &Table) -> Vec<Decisive> {
    let mut bounds = Vec::new();
    for table in reader.each(owner, "decisive", MOST_ENTRIES, IdKind::Other) {
        let by = reader.find(Ref::Party, &table.id, &table.span).map(ActorId);
        let (over, under) = (reader.written(&table, "over"), reader.written(&table, "under"));
        if over.is_some() == under.is_some() {
            let many = if over.is_some() { "both `over` and `under`" } else { "neither `over` nor `under`" };
            reader
                .error(format!("the decisive bound of `{}` has {many}", table.id), &table.span)
                .label("expected exactly one")
                .push();
        }
        bounds.extend(by.map(|by| Decisive { by, over, under }));
    }
    bounds
}

/// A shared unknown: its path is that of its table.
pub(in super::super) fn unknown(reader: &mut Reader, table: &Table) -> (String, InputId) {
    reader.text(table, "name");
    reader.text(table, "source");
    let input = match table.get("value") {
        Some(entry) => reader.input(table.path.clone(), &entry.node, Spec::ANY, &table.numbers),
        None => reader.default_input(table.path.clone(), 0.0, Spec::ANY, table),
    };
    (table.id.clone(), input)
}

/// What an actor expects without a deal; all defaults, if the file does not say.
pub(in super::super) fn no_deal(reader: &mut Reader, owner: &Table, written: Option<&Table>, horizon: u32) -> NoDeal {
    let Some(table) = written else {
        let path = |key: &str| format!("no_deal.{}.{key}", owner.id);
        return NoDeal {
            base: reader.default_input(path("base"), 0.0, Spec::ANY, owner),
            stake: Vec::new(),
            cost: reader.default_input(path("cost"), 0.0, Spec::POSITIVE, owner),
            expects: reader.default_input(path("expects"), f64::from(horizon), Spec::POSITIVE, owner),
            contact: reader.default_input(path("contact"), 0.0, Spec::ANY, owner),
            source: None,
        };
    };
    NoDeal {
        base: reader.number(table, "base", 0.0),
        stake: reader.map(table, "stake").into_iter().map(|(state, points)| (StateId(state), points)).collect(),
        cost: reader.number(table, "cost", 0.0),
        expects: reader.number(table, "expects", f64::from(horizon)),
        contact: reader.number(table, "contact", 0.0),
        source: reader.text(table, "source"),
    }
}
