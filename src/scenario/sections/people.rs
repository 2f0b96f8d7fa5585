//! Actors, their red lines and links aside.

use super::super::format::Value;
use super::super::keys::Ref;
use super::super::reader::{Reader, Table};
use super::states;
use crate::model::{Actor, ActorId, Role, StateId};

const ROLES: [(&str, Role); 4] =
    [("party", Role::Party), ("mediator", Role::Mediator), ("guarantor", Role::Guarantor), ("holder", Role::Holder)];

/// The roles of an actor, in the order in which they are written.
pub(in super::super) fn roles(reader: &mut Reader, table: &Table) -> Vec<Role> {
    // An actor whose role is not known may be a party: nothing that takes it for one is a mistake of its own.
    let Some(entry) = table.get("role") else { return vec![Role::Party] };
    let before = reader.count();
    let names = ROLES.map(|(name, _)| name);
    let written = reader.words(&entry.node, "role", &names.join(" or "));
    if written.is_empty() && matches!(&entry.node.value, Value::List(list) if list.is_empty()) {
        reader
            .error(format!("`{}` has no role", table.id), &entry.node.span)
            .hint(format!("roles are {}", names.join(", ")))
            .push();
    }
    let mut roles = Vec::new();
    for (_, node) in written {
        roles.extend(reader.word(node, "role", &names).map(|place| ROLES[place].1));
    }
    if reader.count() > before && !roles.contains(&Role::Party) {
        roles.push(Role::Party);
    }
    roles
}

/// An actor without views, links and red lines: those have sections of their own.
pub(in super::super) fn read(
    reader: &mut Reader,
    table: &Table,
    roles: Vec<Role>,
    no_deal: Option<&Table>,
    horizon: u32,
    issues: usize,
) -> Actor {
    let brought = reader.map(table, "brought_along_by");
    let misjudged = reader.map(table, "misjudges");
    let own = reader.names.find(Ref::Actor, &table.id);
    if let Some(entry) = table.get("brought_along_by")
        && brought.iter().any(|(by, _)| Some(*by) == own)
    {
        reader.error(format!("`{}` is brought along by itself", table.id), &entry.node.span).push();
    }
    Actor {
        id: table.id.clone(),
        name: reader.text(table, "name").unwrap_or_else(|| table.id.clone()),
        plural: reader.flag(table, "plural").unwrap_or(false),
        roles,
        views: vec![None; issues],
        links: Vec::new(),
        red_lines: Vec::new(),
        no_deal: states::no_deal(reader, table, no_deal, horizon),
        brought_along_by: brought.into_iter().map(|(by, chance)| (ActorId(by), chance)).collect(),
        misjudges: misjudged.into_iter().map(|(state, by)| (StateId(state), by)).collect(),
        misreads: reader.number(table, "misreads", 0.0),
        foresight: reader.number(table, "foresight", 0.0),
        complies: reader.number(table, "complies", 1.0),
        source: reader.text(table, "source"),
    }
}
