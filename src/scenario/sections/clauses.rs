//! Sections made of clauses: red lines, modifiers, links, rules.

use super::{Opened, Reader, Ref, Value};
use crate::model::{ActorId, Beholder, Demand, Form, Link, Modifier, RedLine, Rule, Scope};

/// A red line, and whose it is.
pub fn red_line(reader: &mut Reader, table: &Opened) -> Option<(Beholder, RedLine)> {
    let line = RedLine { id: table.id.clone(), name: reader.name(table), clause: reader.clause(table) };
    let by = table.get("by")?;
    let Value::Text(id) = &by.node.value else {
        return reader.mistyped("by", &by.node, "the id of a party or of an audience");
    };
    Some((reader.beholder(id, &by.node.span)?, line))
}

/// A link, and whose it is.
pub fn link(reader: &mut Reader, table: &Opened) -> Option<(ActorId, Link)> {
    let party = reader.find_key(Ref::Party, table, "for").map(ActorId);
    let link = Link { id: table.id.clone(), clause: reader.clause(table), bonus: reader.number(table, "bonus", 0.0) };
    party.map(|party| (party, link))
}

/// A rule.
pub fn rule(reader: &mut Reader, table: &Opened) -> Rule {
    let demand = match reader.either(table, ["forbid", "require"], &format!("rule `{}`", table.id)) {
        Some(entry) if entry.key == "forbid" => Demand::Forbid(reader.some_condition(&entry.node, "forbid")),
        _ => Demand::Require(reader.condition_of(table, "require")),
    };
    Rule { id: table.id.clone(), clause: reader.clause(table), demand }
}

/// A modifier.
pub fn modifier(reader: &mut Reader, table: &Opened) -> Modifier {
    let modifier = Modifier {
        id: table.id.clone(),
        name: reader.name(table),
        scope: scope(reader, table),
        beholders: beholders(reader, table),
        gains: reader.written(table, "gains"),
        losses: reader.written(table, "losses"),
        claims: reader.written(table, "claims"),
    };
    if modifier.gains.or(modifier.losses).or(modifier.claims).is_none() {
        let found = format!("modifier `{}` changes nothing", table.id);
        reader.error(found, &table.span).hint("add `gains`, `losses` or `claims`").push();
    }
    modifier
}

fn scope(reader: &mut Reader, table: &Opened) -> Scope {
    let clause = reader.clause(table);
    match reader.either(table, ["when", "form"], &format!("modifier `{}`", table.id)) {
        Some(entry) if entry.key == "form" => {
            let found = |key: &str| format!("`{key}` stands beside `form`");
            reader.refuse(table, &["unless", "claims"], found, "`form` touches single terms; use `when` for packages");
            reader.choice(table, "form", &Form::WORDS).map_or(Scope::When(clause), Scope::Form)
        }
        _ => Scope::When(clause),
    }
}

/// Whose points a modifier changes.
fn beholders(reader: &mut Reader, table: &Opened) -> Vec<Beholder> {
    let Some(entry) = table.get("for") else { return Vec::new() };
    if matches!(&entry.node.value, Value::Text(word) if word == "all") {
        let ids: Vec<String> = reader.names.accepted(Ref::Beholder).into_iter().map(str::to_owned).collect();
        return ids.iter().filter_map(|id| reader.names.beholder(id)).collect();
    }
    let mut beholders = Vec::new();
    for (id, node) in reader.words(&entry.node, "for", "\"all\", or ids of parties and audiences") {
        beholders.extend(reader.beholder(id, &node.span));
    }
    if entry.node.is_empty_list() {
        let draft = reader.error(format!("modifier `{}` is for nobody", table.id), &entry.node.span);
        draft.hint("write \"all\" or a list of ids").push();
    }
    beholders
}
