//! Sections made of clauses: red lines, modifiers, links, rules.

use super::super::format::{Entry, Value};
use super::super::keys::Ref;
use super::super::reader::{Reader, Table};
use super::options::form;
use crate::model::{ActorId, Beholder, Demand, Link, Modifier, RedLine, Rule, Scope};

/// A red line, and whose it is.
pub(in super::super) fn red_line(reader: &mut Reader, table: &Table) -> Option<(Beholder, RedLine)> {
    let line = RedLine {
        id: table.id.clone(),
        name: reader.text(table, "name").unwrap_or_else(|| table.id.clone()),
        clause: reader.clause(table),
        source: reader.text(table, "source"),
    };
    let by = table.get("by")?;
    let Value::Text(id) = &by.node.value else {
        reader.wrong_type("by", &by.node, "the id of a party or of an audience");
        return None;
    };
    Some((reader.beholder(id, &by.node.span)?, line))
}

/// A link, and whose it is.
pub(in super::super) fn link(reader: &mut Reader, table: &Table) -> Option<(ActorId, Link)> {
    let party = reader.find_key(Ref::Party, table, "for").map(ActorId);
    let link = Link {
        id: table.id.clone(),
        clause: reader.clause(table),
        bonus: reader.number(table, "bonus", 0.0),
        source: reader.text(table, "source"),
    };
    party.map(|party| (party, link))
}

/// A rule.
pub(in super::super) fn rule(reader: &mut Reader, table: &Table) -> Rule {
    let demand = match (table.get("forbid"), table.get("require")) {
        (Some(entry), None) => Demand::Forbid(reader.some_condition(&entry.node, "forbid")),
        (None, Some(entry)) => Demand::Require(reader.some_condition(&entry.node, "require")),
        (forbid, _) => {
            let many = if forbid.is_some() { "both `forbid` and `require`" } else { "neither `forbid` nor `require`" };
            let found = format!("rule `{}` has {many}", table.id);
            reader.error(found, &table.span).label("expected exactly one").push();
            Demand::Require(crate::model::Condition::default())
        }
    };
    Rule { id: table.id.clone(), clause: reader.clause(table), demand, source: reader.text(table, "source") }
}

/// A modifier.
pub(in super::super) fn modifier(reader: &mut Reader, table: &Table) -> Modifier {
    let modifier = Modifier {
        id: table.id.clone(),
        name: reader.text(table, "name").unwrap_or_else(|| table.id.clone()),
        scope: scope(reader, table),
        beholders: beholders(reader, table),
        gains: reader.written(table, "gains"),
        losses: reader.written(table, "losses"),
        claims: reader.written(table, "claims"),
        source: reader.text(table, "source"),
    };
    if modifier.gains.or(modifier.losses).or(modifier.claims).is_none() {
        let found = format!("modifier `{}` changes nothing", table.id);
        reader.error(found, &table.span).hint("add `gains`, `losses` or `claims`").push();
    }
    modifier
}

fn scope(reader: &mut Reader, table: &Table) -> Scope {
    let clause = reader.clause(table);
    match (table.get("when"), table.get("form")) {
        (Some(_), None) => {}
        (None, Some(_)) => {
            refuse_with_form(reader, table.get("unless"));
            refuse_with_form(reader, table.get("claims"));
            return form(reader, table).map_or(Scope::When(clause), Scope::Form);
        }
        (when, _) => {
            let many = if when.is_some() { "both `when` and `form`" } else { "neither `when` nor `form`" };
            let found = format!("modifier `{}` has {many}", table.id);
            reader.error(found, &table.span).label("expected exactly one").push();
        }
    }
    Scope::When(clause)
}

fn refuse_with_form(reader: &mut Reader, entry: Option<&Entry>) {
    if let Some(entry) = entry {
        let found = format!("`{}` stands beside `form`", entry.key);
        reader.error(found, &entry.span).hint("`form` touches single terms; use `when` for packages").push();
    }
}

/// Whose points a modifier changes.
fn beholders(reader: &mut Reader, table: &Table) -> Vec<Beholder> {
    let Some(entry) = table.get("for") else { return Vec::new() };
    if matches!(&entry.node.value, Value::Text(word) if word == "all") {
        let ids: Vec<String> = reader.names.accepted(Ref::Beholder).into_iter().map(str::to_owned).collect();
        return ids.iter().filter_map(|id| reader.names.beholder(id)).collect();
    }
    let mut beholders = Vec::new();
    for (id, node) in reader.words(&entry.node, "for", "\"all\", or ids of parties and audiences") {
        beholders.extend(reader.beholder(id, &node.span));
    }
    if matches!(&entry.node.value, Value::List(list) if list.is_empty()) {
        reader
            .error(format!("modifier `{}` is for nobody", table.id), &entry.node.span)
            .hint("write \"all\" or a list of ids")
            .push();
    }
    beholders
}
