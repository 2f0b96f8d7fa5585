//! Readings and variants: what they set.

use super::super::format::{Entry, Node, Value};
use super::super::inputs::certain;
use super::super::keys::LARGEST;
use super::super::lines::Target;
use super::super::reader::{Reader, Table};
use super::super::values::shown;
use crate::model::{InputId, Law, Reading, Variant};

/// A rival account.
pub(in super::super) fn reading(reader: &mut Reader, table: &Table, place: usize) -> Reading {
    let set = set(reader, table, |k| Some(Target::Reading(place, k)));
    if set.is_empty() && !reader.has_errors() {
        let found = format!("reading `{}` sets nothing", table.id);
        reader.warning(found, &table.span).hint("add set.\"PATH\" = NUMBER").push();
    }
    Reading {
        id: table.id.clone(),
        name: reader.text(table, "name").unwrap_or_else(|| table.id.clone()),
        prior: prior(reader, table),
        set,
        source: reader.text(table, "source"),
    }
}

fn prior(reader: &mut Reader, table: &Table) -> f64 {
    let Some(entry) = table.get("prior") else { return 1.0 };
    let Some(prior) = reader.plain(table, "prior") else { return 1.0 };
    if prior > 0.0 {
        return prior;
    }
    reader
        .error(format!("`prior` is {}", shown(prior)), &entry.node.span)
        .label(format!("expected above 0, up to {LARGEST}"))
        .push();
    1.0
}

/// A switch.
pub(in super::super) fn variant(reader: &mut Reader, table: &Table, place: usize) -> Variant {
    Variant {
        id: table.id.clone(),
        name: reader.text(table, "name").unwrap_or_else(|| table.id.clone()),
        on: reader.flag(table, "on").unwrap_or(false),
        notice: reader.text(table, "notice"),
        set: set(reader, table, |k| Some(Target::Variant(place, k))),
        source: reader.text(table, "source"),
    }
}

/// What is set, in file order; `target` names the place of a line that waits for two packages, if one may.
pub(super) fn set(reader: &mut Reader, table: &Table, target: impl Fn(usize) -> Option<Target>) -> Vec<(InputId, Law)> {
    let Some(entry) = table.get("set") else { return Vec::new() };
    let Value::Table(entries) = &entry.node.value else {
        reader.wrong_type("set", &entry.node, "a table set.\"PATH\" = NUMBER");
        return Vec::new();
    };
    let mut changes: Vec<(InputId, Law)> = Vec::new();
    for entry in entries {
        let path = format!("{}.set.{}", table.path, entry.key);
        reader.spans.insert(path, entry.node.span.clone());
        if reader.maps.contains_key(&entry.key) {
            let whole = reader.whole_map(&entry.key, &entry.node);
            if whole.iter().any(|(id, _)| changes.iter().any(|(changed, _)| changed == id)) {
                reader.error(format!("`{}` is set twice", entry.key), &entry.span).push();
            }
            changes.extend(whole);
            continue;
        }
        let Some(ids) = inputs_at(reader, entry) else { continue };
        for (k, id) in ids.iter().enumerate() {
            if changes.iter().any(|(changed, _)| changed == id) {
                reader.error(format!("`{}` is set twice", entry.key), &entry.span).push();
                break;
            }
            let spec = reader.specs[id.0];
            let Some(law) = reader.law(&entry.node, spec, &entry.key) else { break };
            match target(changes.len()).filter(|_| k == 0) {
                Some(target) => reader.wait_for_packages(&entry.key, &entry.node, target),
                None if super::directions::is_between(reader, &entry.key, &entry.node) => break,
                None => {}
            }
            changes.push((*id, law));
        }
    }
    changes
}

impl Reader {
    /// What a table makes of all numbers of a map: those that it does not name are 0.
    pub(in super::super) fn whole_map(&mut self, path: &str, node: &Node) -> Vec<(InputId, Law)> {
        let members = self.maps.get(path).cloned().unwrap_or_default();
        let Value::Table(entries) = &node.value else {
            self.wrong_type(path, node, "a table of numbers; what it does not name is 0");
            return Vec::new();
        };
        for entry in entries.iter().filter(|e| !members.iter().any(|(id, _)| *id == e.key)) {
            let known: Vec<String> = members.iter().map(|(id, _)| id.clone()).collect();
            let advice = self.advice(&entry.key, "entries", |_| known);
            self.error(format!("`{path}` has no `{}`", entry.key), &entry.span).hint(advice).push();
        }
        let mut laws = Vec::with_capacity(members.len());
        for (id, input) in members {
            let spec = self.specs[input.0];
            let written = entries.iter().find(|e| e.key == id);
            let law = written.map_or(Some(certain(0.0)), |e| self.law(&e.node, spec, &format!("{path}.{id}")));
            laws.extend(law.map(|law| (input, law)));
        }
        laws
    }
}

/// The inputs that a path reaches.
fn inputs_at(reader: &mut Reader, entry: &Entry) -> Option<Vec<InputId>> {
    if let Some(ids) = reader.reach(&entry.key) {
        return Some(ids);
    }
    if reader.names.is_lost_path(&entry.key) {
        reader.hold_back();
        return None;
    }
    let nested = matches!(entry.node.value, Value::Table(_)) && !entry.key.contains('.');
    let advice = reader.path_advice(&entry.key);
    let label = if nested { "write the whole path in quotes".to_owned() } else { "no number has this path".to_owned() };
    reader.error(format!("unknown path `{}`", entry.key), &entry.span).label(label).hint(advice).push();
    None
}
