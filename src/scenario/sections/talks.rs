//! The rules of the talks, the mediator, and the ledger of favours.

use super::{Node, Opened, Reader, Ref, Value, error};
use crate::model::{ActorId, Agree, Mediator, Move, Owing, Relief, Role, Talks};

/// The rules of the talks; `parties` are all parties.
pub fn read(reader: &mut Reader, table: &Opened, parties: &[ActorId]) -> Talks {
    Talks {
        agree: table.get("agree").map_or(Agree::All, |e| agree(reader, table, &e.node, parties)),
        order: order(reader, table, parties),
        conflict: reader.flag(table, "conflict").unwrap_or(false),
        resumes: reader.number(table, "resumes", 0.0),
        needs_mediator: reader.flag(table, "needs_mediator").unwrap_or(false),
        retries: reader.whole(table, "retries").unwrap_or(0),
        accepts_if_borne: reader.number(table, "accepts_if_borne", 0.5),
        collapse: reader.number(table, "collapse", 0.0),
        per_ultimatum: reader.number(table, "per_ultimatum", 0.0),
        per_escalation: reader.number(table, "per_escalation", 0.0),
    }
}

fn agree(reader: &mut Reader, table: &Opened, node: &Node, parties: &[ActorId]) -> Agree {
    match &node.value {
        Value::Text(word) if word == "all" => Agree::All,
        Value::List(list) if !list.is_empty() => Agree::These(reader.find_all(Ref::Party, table, "agree", ActorId)),
        Value::Number(_) => {
            let Some(quota) = reader.whole_node(node, "agree") else { return Agree::All };
            if quota == 0 || quota as usize > parties.len() {
                let found = format!("`agree` asks for {quota} of {} parties", parties.len());
                error(found, &node.span).label("expected 1 or more, and no more than there are").push(reader);
            }
            Agree::Quota(quota as usize)
        }
        _ => {
            reader.wrong_type("agree", node, "\"all\", a list of parties, or how many of them");
            Agree::All
        }
    }
}

fn order(reader: &mut Reader, table: &Opened, parties: &[ActorId]) -> Option<Vec<ActorId>> {
    let entry = table.get("order")?;
    let before = reader.count();
    let order = reader.find_all(Ref::Party, table, "order", ActorId);
    if let Some(left_out) = parties.iter().find(|i| !order.contains(i)).filter(|_| reader.count() == before) {
        let found = format!("`order` leaves out `{}`", reader.names.index(Ref::Actor).ids()[left_out.0]);
        error(found, &entry.node.span).hint("name every party once").push(reader);
    }
    Some(order)
}

/// The mediator, if it is clear who.
pub fn mediator(reader: &mut Reader, table: &Opened, roles: &[Vec<Role>]) -> Option<Mediator> {
    let actor = goes_between(reader, table, roles)?;
    let tilt = reader.map(table, "tilt", ActorId);
    Some(Mediator {
        actor,
        patience: reader.written(table, "patience"),
        relief: relief(reader, table),
        presses: reader.number(table, "presses", 0.0),
        pressure: reader.number(table, "pressure", 0.0),
        lasts: reader.number(table, "lasts", 1.0),
        tilt,
        proposes: reader.number(table, "proposes", 0.0),
        accepts: reader.condition_of(table, "accepts"),
    })
}

/// Who mediates: the actor named, else the only one with that role.
fn goes_between(reader: &mut Reader, table: &Opened, roles: &[Vec<Role>]) -> Option<ActorId> {
    let mediates = |i: &usize| roles[*i].contains(&Role::Mediator);
    if let Some(entry) = table.get("actor") {
        let actor = reader.find_key(Ref::Actor, table, "actor")?;
        if !mediates(&actor) {
            let found = format!("`{}` is not a mediator", reader.names.index(Ref::Actor).ids()[actor]);
            error(found, &entry.node.span).hint("give it the role \"mediator\"").push(reader);
        }
        return Some(ActorId(actor));
    }
    let all: Vec<usize> = (0..roles.len()).filter(mediates).collect();
    let [only] = all[..] else {
        let found = format!("{} actors have the role of mediator", if all.is_empty() { "no" } else { "several" });
        return error(found, &table.span).hint("name the one who goes between: actor = \"…\"").give_up(reader);
    };
    Some(ActorId(only))
}

fn relief(reader: &mut Reader, owner: &Opened) -> Relief {
    let table = reader.inner_or_empty(owner, "relief");
    let mut of = |key: &str| reader.number(&table, key, 0.0);
    Relief { token: of("token"), talk: of("talk"), concession: of("concession"), paper: of("paper") }
}

/// A debt of favours.
pub fn owing(reader: &mut Reader, table: &Opened) -> Option<Owing> {
    let by = reader.find_key(Ref::Party, table, "by").map(ActorId);
    let to = reader.find_key(Ref::Actor, table, "to").map(ActorId);
    let (start, worth) = (reader.number(table, "start", 0.0), reader.number(table, "worth", 0.0));
    let moves = reader.map(table, "moves", |place| Move::ALL[place]);
    let per_press = reader.number(table, "per_press", 0.0);
    let (by, to) = (by?, to?);
    if by == to {
        error(format!("`{}` says that an actor owes itself", table.id), &table.span).push(reader);
    }
    Some(Owing { id: table.id.clone(), by, to, start, worth, moves, per_press })
}
