//! The rules of the talks.

use super::super::format::{Node, Value};
use super::super::keys::{self, Ref};
use super::super::reader::{Reader, Table};
use crate::model::{ActorId, Agree, Talks};

/// The rules of the talks, if there are any; `parties` are all parties.
pub(in super::super) fn read(reader: &mut Reader, top: &Table, parties: &[ActorId]) -> Option<Talks> {
    let entry = top.get("talks")?;
    let table = reader.open(&keys::talks::TALKS, entry, "talks".to_owned(), &top.numbers);
    Some(Talks {
        agree: table.get("agree").map_or(Agree::All, |e| agree(reader, &e.node, parties)),
        order: order(reader, &table, parties),
        conflict: reader.flag(&table, "conflict").unwrap_or(false),
        resumes: reader.number(&table, "resumes", 0.0),
        needs_mediator: reader.flag(&table, "needs_mediator").unwrap_or(false),
        retries: reader.whole(&table, "retries").unwrap_or(0),
        accepts_if_borne: reader.number(&table, "accepts_if_borne", 0.5),
        collapse: reader.number(&table, "collapse", 0.0),
        per_ultimatum: reader.number(&table, "per_ultimatum", 0.0),
        per_escalation: reader.number(&table, "per_escalation", 0.0),
    })
}

fn agree(reader: &mut Reader, node: &Node, parties: &[ActorId]) -> Agree {
    match &node.value {
        Value::Text(word) if word == "all" => Agree::All,
        Value::List(list) if !list.is_empty() => Agree::These(named(reader, node, "agree")),
        Value::Number(_) => {
            let Some(quota) = reader.whole_node(node, "agree") else { return Agree::All };
            if quota == 0 || quota as usize > parties.len() {
                let found = format!("`agree` asks for {quota} of {} parties", parties.len());
                reader.error(found, &node.span).label("expected 1 or more, and no more than there are").push();
            }
            Agree::Quota(quota as usize)
        }
        _ => {
            reader.wrong_type("agree", node, "\"all\", a list of parties, or how many of them");
            Agree::All
        }
    }
}

fn named(reader: &mut Reader, node: &Node, what: &str) -> Vec<ActorId> {
    let mut parties = Vec::new();
    for (id, node) in reader.words(node, what, "the id of a party") {
        parties.extend(reader.find(Ref::Party, id, &node.span).map(ActorId));
    }
    parties
}

fn order(reader: &mut Reader, table: &Table, parties: &[ActorId]) -> Option<Vec<ActorId>> {
    let entry = table.get("order")?;
    let before = reader.count();
    let order = named(reader, &entry.node, "order");
    if let Some(left_out) = parties.iter().find(|i| !order.contains(i)).filter(|_| reader.count() == before) {
        let id = reader.names.index(Ref::Actor).ids()[left_out.0].clone();
        reader.error(format!("`order` leaves out `{id}`"), &entry.node.span).hint("name every party once").push();
    }
    Some(order)
}
