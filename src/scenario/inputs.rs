//! Numbers of a file as inputs, under their paths.

use super::format::{Node, Value};
use super::keys::{self, Kind, Spec};
use super::lines::Target;
use super::reader::{MOST_ENTRIES, Reader, Table};
use crate::model::{Input, InputId, InputKind, Law, Quantity};

impl Reader {
    /// The input of a key of a table: what the file writes, else the default.
    pub fn number(&mut self, table: &Table, key: &str, default: f64) -> InputId {
        let Some(Kind::Number(spec)) = table.kind(key) else { unreachable!("{key} is a number") };
        let path = format!("{}.{key}", table.path);
        match table.get(key) {
            Some(entry) => self.input(path, &entry.node, spec, &table.numbers),
            None => self.default_input(path, default, spec, table),
        }
    }

    /// The input of a key of a table, if the file writes it.
    pub fn written(&mut self, table: &Table, key: &str) -> Option<InputId> {
        table.get(key).map(|_| self.number(table, key, 0.0))
    }

    /// The inputs of a table from identifiers to numbers.
    pub fn map(&mut self, table: &Table, key: &str) -> Vec<(usize, InputId)> {
        let Some(Kind::Map(of, spec)) = table.kind(key) else { unreachable!("{key} is a map") };
        let Some(entry) = table.get(key) else { return Vec::new() };
        let Value::Table(entries) = &entry.node.value else {
            let accepted = format!("a table from {} to numbers", of.nouns().1);
            self.wrong_type(key, &entry.node, &accepted);
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for entry in entries.iter().take(MOST_ENTRIES) {
            if let Some(place) = self.find(of, &entry.key, &entry.span) {
                let path = format!("{}.{key}.{}", table.path, entry.key);
                pairs.push((place, self.input(path, &entry.node, spec, &table.numbers)));
            }
        }
        pairs
    }

    /// An input that the file writes.
    pub fn input(&mut self, path: String, node: &Node, spec: Spec, numbers: &str) -> InputId {
        let law = self.law(node, spec, &path);
        self.spans.insert(path.clone(), node.span.clone());
        let place = InputId(self.inputs.len());
        if law.is_none() {
            self.names.lost.numbers.insert(place);
        }
        let law = law.unwrap_or_else(|| certain(0.0));
        self.wait_for_packages(&path, node, Target::Input(place));
        self.add(Input { path, law, kind: kind_of(spec), numbers: numbers.to_owned(), written: true }, spec)
    }

    /// An input that the file leaves at its default.
    pub fn default_input(&mut self, path: String, value: f64, spec: Spec, owner: &Table) -> InputId {
        self.spans.insert(path.clone(), owner.span.clone());
        let (law, kind) = (certain(value), kind_of(spec));
        self.add(Input { path, law, kind, numbers: owner.numbers.clone(), written: false }, spec)
    }

    fn add(&mut self, input: Input, spec: Spec) -> InputId {
        let id = self.inputs.add(input);
        if id.0 == self.specs.len() {
            self.specs.push(spec);
        }
        id
    }
}

fn kind_of(spec: Spec) -> InputKind {
    match spec.form {
        keys::Form::Chance | keys::Form::Secret => InputKind::Chance,
        keys::Form::Value | keys::Form::Line => InputKind::Value,
    }
}

/// A number that is certain.
pub(super) fn certain(value: f64) -> Law {
    Law::Own(Quantity::fixed(value).expect("defaults and checked numbers are finite"))
}
