//! Values of a table: texts, flags, words, certain numbers; and numbers that may be uncertain, as inputs under their paths.

use std::collections::BTreeSet;

use itertools::Itertools as _;

use super::keys::{Notation, Takes};
use super::lines::Destination;
use super::{Keyed, MOST_ENTRIES, Node, Opened, Reader, Spec, Value, error, keys, warning};
use crate::model::{Input, InputId, InputKind, Law, Negotiation, Quantity, calendar};

impl Reader {
    /// A text.
    pub fn text(&mut self, table: &Opened, key: &str) -> Option<String> {
        let node = &table.get(key)?.node;
        if let Value::Text(text) = &node.value { Some(text.clone()) } else { self.mistyped(key, node, "text") }
    }

    /// The name of an entry for readers: its identifier, if it has no other.
    pub fn name(&mut self, table: &Opened) -> String {
        self.text(table, "name").unwrap_or_else(|| table.id.clone())
    }

    /// A flag.
    pub fn flag(&mut self, table: &Opened, key: &str) -> Option<bool> {
        let node = &table.get(key)?.node;
        if let Value::Flag(flag) = node.value { Some(flag) } else { self.mistyped(key, node, "true or false") }
    }

    /// A certain number within ±10⁶.
    pub fn plain(&mut self, table: &Opened, key: &str) -> Option<f64> {
        self.plain_node(&table.get(key)?.node, key)
    }

    /// A certain number within ±10⁶.
    pub fn plain_node(&mut self, node: &Node, what: &str) -> Option<f64> {
        let Value::Number(x) = node.value else { return self.mistyped(what, node, "a number") };
        if x.is_finite() && x.abs() <= keys::LARGEST {
            return Some(x);
        }
        let accepted = if x.is_finite() { Spec::ANY.accepted() } else { "a finite number" };
        error(format!("`{what}` is {}", shown(x)), &node.span).label(format!("expected {accepted}")).give_up(self)
    }

    /// A certain number within ±10⁶, or what it is if the key is not there; `None` after a finding.
    pub fn plain_or(&mut self, table: &Opened, key: &str, default: f64) -> Option<f64> {
        if table.get(key).is_some() { self.plain(table, key) } else { Some(default) }
    }

    /// A certain whole number of 0 or more.
    pub fn whole(&mut self, table: &Opened, key: &str) -> Option<u32> {
        self.whole_node(&table.get(key)?.node, key)
    }

    /// A certain whole number of 0 or more.
    pub fn whole_node(&mut self, node: &Node, what: &str) -> Option<u32> {
        // A whole number up to 10⁶ fits.
        self.whole_from(0.0, node, what, "a whole number, 0 or more").map(|x| x as u32)
    }

    /// A whole number within ±10⁶ of at least `least`, which is what a reader is told to expect.
    pub fn whole_from(&mut self, least: f64, node: &Node, what: &str, expected: &str) -> Option<f64> {
        let x = self.plain_node(node, what)?;
        if x >= least && x.fract() == 0.0 {
            return Some(x);
        }
        error(format!("`{what}` is {}", shown(x)), &node.span).label(format!("expected {expected}")).give_up(self)
    }

    /// What the word behind a key stands for: one of a closed list.
    pub fn choice<T: Clone>(&mut self, table: &Opened, key: &str, words: &[(&'static str, T)]) -> Option<T> {
        table.get(key).and_then(|entry| self.word(&entry.node, key, words))
    }

    /// What one of the words that the format knows here stands for.
    pub fn word<T: Clone>(&mut self, node: &Node, what: &str, words: &[(&'static str, T)]) -> Option<T> {
        let all: Vec<&'static str> = words.iter().map(|(word, _)| *word).collect();
        let said = self.one_of(node, what, &all)?;
        words.iter().find(|(word, _)| *word == said).map(|(_, meant)| meant.clone())
    }

    /// One of the words that the format knows here.
    pub fn one_of(&mut self, node: &Node, what: &str, words: &[&'static str]) -> Option<&'static str> {
        let Value::Text(word) = &node.value else { return self.mistyped(what, node, &words.join(" or ")) };
        let known = words.iter().copied().find(|w| w == word);
        if known.is_none() {
            let advice = self.advice(word, "words accepted here", |_| words.to_vec());
            error(format!("unknown {what} `{word}`"), &node.span).hint(advice).push(self);
        }
        known
    }

    /// The one of two keys that a table has; `None`, after a finding, unless it is exactly one. `whose` is who has them.
    pub fn either<'n>(&mut self, table: &Opened<'n>, keys: [&str; 2], whose: &str) -> Option<&'n Keyed> {
        let [first, second] = keys;
        let many = match keys.map(|key| table.get(key)) {
            [Some(entry), None] | [None, Some(entry)] => return Some(entry),
            [None, None] => format!("neither `{first}` nor `{second}`"),
            [Some(_), Some(_)] => format!("both `{first}` and `{second}`"),
        };
        error(format!("{whose} has {many}"), &table.span).label("expected exactly one").give_up(self)
    }

    /// The one of several keys by which a table says something; `None`, after a finding, unless it is exactly one.
    pub fn one_key<'n>(&mut self, table: &Opened<'n>, keys: &[&str], whose: &str) -> Option<&'n Keyed> {
        let given: Vec<&'n Keyed> = keys.iter().filter_map(|key| table.get(key)).collect();
        if let [only] = given[..] {
            return Some(only);
        }
        let quoted = |words: &[&str]| words.iter().map(|word| format!("`{word}`")).join(" and ");
        let both = quoted(&given.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>());
        let found = format!("{whose} says {}", if given.is_empty() { "nothing" } else { &both });
        let (last, first) = keys.split_last().expect("there are several");
        let first = first.iter().map(|word| format!("`{word}`")).join(", ");
        error(found, &table.span).label(format!("expected exactly one of {first} and `{last}`")).give_up(self)
    }

    /// Refuses keys of a table that do not go with what it is.
    pub fn refuse(&mut self, table: &Opened, keys: &[&str], found: impl Fn(&str) -> String, hint: &str) {
        for entry in keys.iter().filter_map(|key| table.get(key)) {
            error(found(&entry.key), &entry.span).hint(hint).push(self);
        }
    }

    /// A text or a list of texts, each once, with their places.
    pub fn words<'n>(&mut self, node: &'n Node, what: &str, accepted: &str) -> Vec<(&'n str, &'n Node)> {
        let mut nodes = node.list();
        if nodes.len() > MOST_ENTRIES {
            error(format!("`{what}` has {} entries, more than {MOST_ENTRIES}", nodes.len()), &node.span).push(self);
            nodes = &[];
        }
        let mut seen = BTreeSet::new();
        let mut words = Vec::new();
        for node in nodes {
            match &node.value {
                Value::Text(word) if seen.insert(word) => words.push((word.as_str(), node)),
                Value::Text(word) => warning(format!("`{word}` is named twice"), &node.span).push(self),
                _ => self.wrong_type(what, node, accepted),
            }
        }
        words
    }

    /// The input of a key of a table: what the file writes, else the default.
    pub fn number(&mut self, table: &Opened, key: &str, default: f64) -> InputId {
        let Some(Takes::Number(spec)) = table.kind(key) else { unreachable!("{key} is a number") };
        let path = table.path_of(key);
        match table.get(key) {
            Some(entry) => self.input(path, &entry.node, spec, &table.numbers),
            None => self.default_input(path, default, spec, table),
        }
    }

    /// The input of a key of a table, if the file writes it.
    pub fn written(&mut self, table: &Opened, key: &str) -> Option<InputId> {
        table.get(key).map(|_| self.number(table, key, 0.0))
    }

    /// The input of a span of time, if the file writes it: a number, or the day with which the span ends.
    pub fn time(&mut self, table: &Opened, key: &str, n: &Negotiation) -> Option<InputId> {
        let entry = table.get(key)?;
        let path = table.path_of(key);
        let Some(text) = entry.node.day() else {
            return Some(self.input(path, &entry.node, Spec::POSITIVE, &table.numbers));
        };
        let Some(span) = calendar::day(text).and_then(|day| calendar::time_after(n, day)) else {
            let found = format!("`{key}` is a day, and the file says of no first day of the talks");
            return error(found, &entry.node.span).hint("add `start`, or give a span").give_up(self);
        };
        if span < 0.0 {
            return error(format!("`{key}` lies before the talks"), &entry.node.span).give_up(self);
        }
        self.spans.insert(path.clone(), entry.node.span.clone());
        let numbers = table.numbers.clone();
        Some(self.add(
            Input { path, law: certain(span), kind: kind_of(Spec::POSITIVE), numbers, written: true },
            Spec::POSITIVE,
        ))
    }

    /// The inputs of a table from identifiers to numbers, as `id` calls the places of the identifiers.
    pub fn map<T>(&mut self, table: &Opened, key: &str, id: impl Fn(usize) -> T) -> Vec<(T, InputId)> {
        let Some(Takes::Map(of, spec)) = table.kind(key) else { unreachable!("{key} is a map") };
        let Some(entry) = table.get(key) else { return Vec::new() };
        let entries = self.entries(&entry.node, key, &format!("a table from {} to numbers", of.nouns().1));
        let pair = |e: &Keyed| {
            let place = self.find(of, &e.key, &e.span)?;
            let path = format!("{}.{key}.{}", table.path, e.key);
            Some((id(place), self.input(path, &e.node, spec, &table.numbers)))
        };
        entries.iter().take(MOST_ENTRIES).filter_map(pair).collect()
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
        self.wait_for_packages(&path, node, Destination::Input(place));
        self.add(Input { path, law, kind: kind_of(spec), numbers: numbers.to_owned(), written: true }, spec)
    }

    /// An input that the file leaves at its default.
    pub fn default_input(&mut self, path: String, value: f64, spec: Spec, owner: &Opened) -> InputId {
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

/// A number as it is shown in a message.
pub fn shown(x: f64) -> String {
    if x.is_finite() && (x.abs() >= 1e9 || (x != 0.0 && x.abs() < 1e-6)) { format!("{x:e}") } else { format!("{x}") }
}

fn kind_of(spec: Spec) -> InputKind {
    match spec.form {
        Notation::Chance | Notation::Secret => InputKind::Chance,
        Notation::Value | Notation::Line => InputKind::Value,
    }
}

/// A number that is certain.
pub fn certain(value: f64) -> Law {
    Law::Own(Quantity::fixed(value).expect("defaults and checked numbers are finite"))
}
