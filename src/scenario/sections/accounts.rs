//! Readings and variants, what they set, and anchors.

use super::keys::{self, LARGEST};
use super::lines::Destination;
use super::values::certain;
use super::{Keyed, Node, Opened, Reader, Ref, Value, directions, error, shown, warning};
use crate::model::{Anchor, Beholder, Expectation, InputId, Law, Reading, Variant, Verdict};

/// A rival account.
pub fn reading(reader: &mut Reader, table: &Opened, place: usize) -> Reading {
    let set = set(reader, table, |k| Some(Destination::Reading(place, k)));
    if set.is_empty() && !reader.has_errors() {
        let found = format!("reading `{}` sets nothing", table.id);
        warning(found, &table.span).hint("add set.\"PATH\" = NUMBER").push(reader);
    }
    Reading { id: table.id.clone(), name: reader.name(table), prior: prior(reader, table).unwrap_or(1.0), set }
}

/// A weight above 0.
pub fn prior(reader: &mut Reader, table: &Opened) -> Option<f64> {
    let (entry, prior) = (table.get("prior")?, reader.plain(table, "prior")?);
    if prior <= 0.0 {
        let draft = error(format!("`prior` is {}", shown(prior)), &entry.node.span);
        return draft.label(format!("expected above 0, up to {LARGEST}")).give_up(reader);
    }
    Some(prior)
}

/// A switch.
pub fn variant(reader: &mut Reader, table: &Opened, place: usize) -> Variant {
    Variant {
        id: table.id.clone(),
        name: reader.name(table),
        on: reader.flag(table, "on").unwrap_or(false),
        notice: reader.text(table, "notice"),
        set: set(reader, table, |k| Some(Destination::Variant(place, k))),
    }
}

/// What is set, in file order; `target` names the place of a line that waits for two packages, if one may.
pub fn set(reader: &mut Reader, table: &Opened, target: impl Fn(usize) -> Option<Destination>) -> Vec<(InputId, Law)> {
    let Some(entry) = table.get("set") else { return Vec::new() };
    let mut changes: Vec<(InputId, Law)> = Vec::new();
    for entry in reader.entries(&entry.node, "set", "a table set.\"PATH\" = NUMBER") {
        let path = format!("{}.set.{}", table.path, entry.key);
        reader.spans.insert(path, entry.node.span.clone());
        if reader.maps.contains_key(&entry.key) {
            let whole = reader.whole_map(&entry.key, &entry.node);
            if whole.iter().any(|(id, _)| changes.iter().any(|(changed, _)| changed == id)) {
                error(format!("`{}` is set twice", entry.key), &entry.span).push(reader);
            }
            changes.extend(whole);
            continue;
        }
        let Some(ids) = inputs_at(reader, entry) else { continue };
        for (k, id) in ids.iter().enumerate() {
            if changes.iter().any(|(changed, _)| changed == id) {
                error(format!("`{}` is set twice", entry.key), &entry.span).push(reader);
                break;
            }
            let spec = reader.specs[id.0];
            let Some(law) = reader.law(&entry.node, spec, &entry.key) else { break };
            match target(changes.len()).filter(|_| k == 0) {
                Some(target) => reader.wait_for_packages(&entry.key, &entry.node, target),
                None if directions::is_between(reader, &entry.key, &entry.node) => break,
                None => {}
            }
            changes.push((*id, law));
        }
    }
    changes
}

impl Reader {
    /// What a table makes of all numbers of a map: those that it does not name are 0.
    pub fn whole_map(&mut self, path: &str, node: &Node) -> Vec<(InputId, Law)> {
        let members = self.maps.get(path).cloned().unwrap_or_default();
        let Value::Table(entries) = &node.value else {
            self.wrong_type(path, node, "a table of numbers; what it does not name is 0");
            return Vec::new();
        };
        for entry in entries.iter().filter(|e| !members.iter().any(|(id, _)| *id == e.key)) {
            let known: Vec<String> = members.iter().map(|(id, _)| id.clone()).collect();
            let advice = self.advice(&entry.key, "entries", |_| known);
            error(format!("`{path}` has no `{}`", entry.key), &entry.span).hint(advice).push(self);
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
fn inputs_at(reader: &mut Reader, entry: &Keyed) -> Option<Vec<InputId>> {
    if let Some(ids) = reader.reach(&entry.key) {
        return Some(ids);
    }
    if reader.names.is_lost_path(&entry.key) {
        reader.hold_back();
        return None;
    }
    let nested = matches!(entry.node.value, Value::Table(_)) && !entry.key.contains('.');
    let label = if nested { "write the whole path in quotes" } else { "no number has this path" };
    reader.unknown_path(&entry.key, &entry.span, label);
    None
}

/// The words of verdicts that an anchor may expect of an audience; `None`: no defeat.
const SAYS: [(&str, Option<Verdict>); 4] = [
    ("defeat", Some(Verdict::Defeat)),
    ("bearable", Some(Verdict::Bearable)),
    ("victory", Some(Verdict::Victory)),
    ("bears", None),
];

/// The words that an anchor may expect of a leadership, and whether it accepts.
const DECIDES: [(&str, bool); 2] = [("accepts", true), ("refuses", false)];

/// All anchors, one for each audience or party named.
pub fn anchors(reader: &mut Reader, top: &Opened) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    for entry in reader.section_entries(top, "anchors") {
        let Some(package) = reader.find(Ref::Package, &entry.key, &entry.span) else { continue };
        let table = reader.open(&keys::ANCHOR, entry, format!("anchors.{}", entry.key), &top.numbers);
        for entry in table.open_entries() {
            reader.spans.insert(table.path_of(&entry.key), entry.span.clone());
            let expects = expectation(reader, entry);
            anchors.extend(expects.map(|expects| Anchor { package, expects }));
        }
    }
    anchors
}

fn expectation(reader: &mut Reader, entry: &Keyed) -> Option<Expectation> {
    let word = if let Value::Text(word) = &entry.node.value { word.as_str() } else { "" };
    let beholder = reader.beholder(&entry.key, &entry.span)?;
    let (is_of_the_other, hint) = match beholder {
        Beholder::Leadership(_) => (SAYS.iter().any(|(w, _)| *w == word), "a leadership accepts or refuses"),
        Beholder::Audience(_) => {
            (DECIDES.iter().any(|(w, _)| *w == word), "an audience says defeat, bearable or victory, or bears")
        }
    };
    if is_of_the_other {
        return error(format!("`{}` cannot say `{word}`", entry.key), &entry.node.span).hint(hint).give_up(reader);
    }
    Some(match beholder {
        Beholder::Leadership(party) if reader.word(&entry.node, "decision", &DECIDES)? => Expectation::Accepts(party),
        Beholder::Leadership(party) => Expectation::Refuses(party),
        Beholder::Audience(audience) => match reader.word(&entry.node, "verdict", &SAYS)? {
            Some(verdict) => Expectation::Says(audience, verdict),
            None => Expectation::Bears(audience),
        },
    })
}
