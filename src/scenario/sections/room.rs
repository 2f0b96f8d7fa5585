//! The mediator, and the ledger of favours.

use super::super::keys::{self, Ref, Spec};
use super::super::reader::{Reader, Table};
use crate::model::{ActorId, Mediator, Move, Owing, Relief, Role};

/// The mediator, if there is one.
pub(in super::super) fn mediator(reader: &mut Reader, top: &Table, roles: &[Vec<Role>]) -> Option<Mediator> {
    let entry = top.get("mediator")?;
    let table = reader.open(&keys::room::MEDIATOR, entry, "mediator".to_owned(), &top.numbers);
    let actor = goes_between(reader, &table, roles)?;
    let tilt = reader.map(&table, "tilt");
    Some(Mediator {
        actor,
        patience: reader.written(&table, "patience"),
        relief: relief(reader, &table),
        presses: reader.number(&table, "presses", 0.0),
        pressure: reader.number(&table, "pressure", 0.0),
        lasts: reader.number(&table, "lasts", 1.0),
        tilt: tilt.into_iter().map(|(who, by)| (ActorId(who), by)).collect(),
        proposes: reader.number(&table, "proposes", 0.0),
        accepts: table.get("accepts").map(|e| reader.some_condition(&e.node, "accepts")).unwrap_or_default(),
        source: reader.text(&table, "source"),
    })
}

/// Who mediates: the actor named, else the only one with that role.
fn goes_between(reader: &mut Reader, table: &Table, roles: &[Vec<Role>]) -> Option<ActorId> {
    let mediates = |i: &usize| roles[*i].contains(&Role::Mediator);
    if let Some(entry) = table.get("actor") {
        let actor = reader.find_key(Ref::Actor, table, "actor")?;
        if !mediates(&actor) {
            let id = &table.get("actor").map(|_| reader.names.index(Ref::Actor).ids()[actor].clone())?;
            let found = format!("`{id}` is not a mediator");
            reader.error(found, &entry.node.span).hint("give it the role \"mediator\"").push();
        }
        return Some(ActorId(actor));
    }
    let all: Vec<usize> = (0..roles.len()).filter(mediates).collect();
    let [only] = all[..] else {
        let found = format!("{} actors have the role of mediator", if all.is_empty() { "no" } else { "several" });
        reader.error(found, &table.span).hint("name the one who goes between: actor = \"…\"").push();
        return None;
    };
    Some(ActorId(only))
}

fn relief(reader: &mut Reader, owner: &Table) -> Relief {
    let path = format!("{}.relief", owner.path);
    if let Some(entry) = owner.get("relief") {
        let table = reader.open(&keys::room::RELIEF, entry, path, &owner.numbers);
        let mut of = |key: &str| reader.number(&table, key, 0.0);
        return Relief { token: of("token"), talk: of("talk"), concession: of("concession"), paper: of("paper") };
    }
    let mut of = |key: &str| reader.default_input(format!("{path}.{key}"), 0.0, Spec::POSITIVE, owner);
    Relief { token: of("token"), talk: of("talk"), concession: of("concession"), paper: of("paper") }
}

/// A debt of favours.
pub(in super::super) fn owing(reader: &mut Reader, table: &Table) -> Option<Owing> {
    let by = reader.find_key(Ref::Party, table, "by").map(ActorId);
    let to = reader.find_key(Ref::Actor, table, "to").map(ActorId);
    let (start, worth) = (reader.number(table, "start", 0.0), reader.number(table, "worth", 0.0));
    let moves = reader.map(table, "moves").into_iter().map(|(place, input)| (Move::ALL[place], input)).collect();
    let per_press = reader.number(table, "per_press", 0.0);
    let (by, to) = (by?, to?);
    if by == to {
        reader.error(format!("`{}` says that an actor owes itself", table.id), &table.span).push();
    }
    let source = reader.text(table, "source");
    Some(Owing { id: table.id.clone(), by, to, start, worth, moves, per_press, source })
}
