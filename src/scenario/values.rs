//! Plain values of a table: texts, flags, certain numbers, words.

use std::collections::BTreeSet;

use super::format::{Node, Value};
use super::keys::{self, Spec};
use super::reader::{MOST_ENTRIES, Reader, Table};

impl Reader {
    /// A text.
    pub fn text(&mut self, table: &Table, key: &str) -> Option<String> {
        let entry = table.get(key)?;
        if let Value::Text(text) = &entry.node.value {
            return Some(text.clone());
        }
        self.wrong_type(key, &entry.node, "text");
        None
    }

    /// A flag.
    pub fn flag(&mut self, table: &Table, key: &str) -> Option<bool> {
        let entry = table.get(key)?;
        if let Value::Flag(flag) = entry.node.value {
            return Some(flag);
        }
        self.wrong_type(key, &entry.node, "true or false");
        None
    }

    /// A certain number within ±10⁶.
    pub fn plain(&mut self, table: &Table, key: &str) -> Option<f64> {
        let entry = table.get(key)?;
        self.plain_node(&entry.node, key)
    }

    /// A certain number within ±10⁶.
    pub fn plain_node(&mut self, node: &Node, what: &str) -> Option<f64> {
        let Value::Number(x) = node.value else {
            self.wrong_type(what, node, "a number");
            return None;
        };
        if x.is_finite() && x.abs() <= keys::LARGEST {
            return Some(x);
        }
        let accepted = if x.is_finite() { Spec::ANY.accepted() } else { "a finite number" };
        self.error(format!("`{what}` is {}", shown(x)), &node.span).label(format!("expected {accepted}")).push();
        None
    }

    /// A certain whole number of 0 or more.
    pub fn whole(&mut self, table: &Table, key: &str) -> Option<u32> {
        let entry = table.get(key)?;
        self.whole_node(&entry.node, key)
    }

    /// A certain whole number of 0 or more.
    pub fn whole_node(&mut self, node: &Node, what: &str) -> Option<u32> {
        let x = self.plain_node(node, what)?;
        if x >= 0.0 && x.fract() == 0.0 {
            // A whole number up to 10⁶ fits.
            return Some(x as u32);
        }
        self.error(format!("`{what}` is {}", shown(x)), &node.span).label("expected a whole number, 0 or more").push();
        None
    }

    /// One of the words that the format knows here, by its place among them.
    pub fn word(&mut self, node: &Node, what: &str, words: &[&str]) -> Option<usize> {
        let Value::Text(word) = &node.value else {
            self.wrong_type(what, node, &words.join(" or "));
            return None;
        };
        let place = words.iter().position(|w| w == word);
        if place.is_none() {
            let advice = self.advice(word, "words accepted here", |_| words.to_vec());
            self.error(format!("unknown {what} `{word}`"), &node.span).hint(advice).push();
        }
        place
    }

    /// A text or a list of texts, each once, with their places.
    pub fn words<'n>(&mut self, node: &'n Node, what: &str, accepted: &str) -> Vec<(&'n str, &'n Node)> {
        let nodes = match &node.value {
            Value::List(list) if list.len() <= MOST_ENTRIES => &list[..],
            Value::List(list) => {
                let found = format!("`{what}` has {} entries, more than {MOST_ENTRIES}", list.len());
                self.error(found, &node.span).push();
                &[]
            }
            _ => std::slice::from_ref(node),
        };
        let mut seen = BTreeSet::new();
        let mut words = Vec::new();
        for node in nodes {
            match &node.value {
                Value::Text(word) if seen.insert(word) => words.push((word.as_str(), node)),
                Value::Text(word) => self.warning(format!("`{word}` is named twice"), &node.span).push(),
                _ => self.wrong_type(what, node, accepted),
            }
        }
        words
    }
}

/// A number as it is shown in a message.
pub(super) fn shown(x: f64) -> String {
    if x.is_finite() && (x.abs() >= 1e9 || (x != 0.0 && x.abs() < 1e-6)) { format!("{x:e}") } else { format!("{x}") }
}
