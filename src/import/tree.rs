//! What JSON and YAML have in common: values with their places, numbers as they are written.

use super::sheet::{decimal, error};
use crate::games::Exact;
use crate::scenario::{Finding, Span};
use crate::visible::visible;

/// How deep values may be nested.
pub const DEEPEST: usize = 32;

/// Values that a file may hold.
pub const MOST_VALUES: usize = 400_000;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing: `null`, `~`, or nothing at all.
    Nothing,
    /// `true` or `false`.
    Flag(bool),
    /// A number, as it is written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys with their places, in file order, and values; no two keys are alike.
    Map(Vec<(String, Span, Node)>),
}

impl Node {
    /// The value of a key; `None` where it is no map, or lacks the key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(k, ..)| k == key).map(|(.., node)| node)
    }

    /// The entries of a map; none of anything else.
    pub fn entries(&self) -> &[(String, Span, Node)] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The value of a key that must be there.
    ///
    /// # Errors
    /// It is not.
    pub fn needs(&self, key: &str, what: &str) -> Result<&Node, Finding> {
        self.get(key).ok_or_else(|| error(format!("{what} has no `{key}`"), &self.head(), "it cannot be read without"))
    }

    /// The entries of what must be a map.
    ///
    /// # Errors
    /// It is none.
    pub fn map(&self, what: &str) -> Result<&[(String, Span, Node)], Finding> {
        match &self.value {
            Value::Map(entries) => Ok(entries),
            _ => Err(self.wrong(what, "a map from names")),
        }
    }

    /// What a list must hold.
    ///
    /// # Errors
    /// It is no list.
    pub fn list(&self, what: &str) -> Result<&[Node], Finding> {
        match &self.value {
            Value::List(list) => Ok(list),
            _ => Err(self.wrong(what, "a list")),
        }
    }

    /// A text, or a number or flag as it is written.
    ///
    /// # Errors
    /// It is nothing, a list or a map.
    pub fn word(&self, what: &str) -> Result<String, Finding> {
        match &self.value {
            Value::Text(text) | Value::Number(text) => Ok(text.trim().to_owned()),
            Value::Flag(flag) => Ok(flag.to_string()),
            _ => Err(self.wrong(what, "a word")),
        }
    }

    /// A number, exactly.
    ///
    /// # Errors
    /// It is none.
    pub fn exact(&self, what: &str) -> Result<Exact, Finding> {
        match &self.value {
            Value::Number(text) => decimal(text).ok_or_else(|| self.wrong(what, "a number of moderate length")),
            _ => Err(self.wrong(what, "a number")),
        }
    }

    /// What is said of a value of the wrong kind.
    pub fn wrong(&self, what: &str, accepted: &str) -> Finding {
        let found = match &self.value {
            Value::Nothing => "nothing".to_owned(),
            Value::Flag(flag) => format!("`{flag}`"),
            Value::Number(text) | Value::Text(text) => {
                format!("`{}`", visible(&text.chars().take(60).collect::<String>()))
            }
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a map".to_owned(),
        };
        error(format!("{what} is {found}"), &self.head(), format!("{accepted} is accepted"))
    }

    /// The beginning of where it stands.
    pub fn head(&self) -> Span {
        self.span.start..self.span.end.min(self.span.start + 1)
    }
}
