//! What is asked, key by key, and what is said of it where it cannot be.

use serde_json::{Map, Value, json};

use crate::ask::{Wrong, unknown};
use crate::engine::CannotRun;
use crate::scenario::Finding;
use crate::text::words::shown;

/// One finding as all that is wrong.
pub fn wrong(finding: Finding) -> Wrong {
    vec![finding]
}

/// Why nothing can be asked of a scenario.
pub fn cannot(name: &str, error: &CannotRun) -> Wrong {
    wrong(Finding::error(format!("`{}` cannot be run: {error}", shown(name))))
}

/// A finding as data: its words, and where in `text` it stands; line and column count from 1, in characters.
pub fn finding(found: &Finding, text: &str) -> Value {
    let place = |span: &std::ops::Range<usize>| {
        let (line, column) = Finding::place(span, text);
        json!({ "line": line, "column": column, "from": span.start, "to": span.end })
    };
    let mut said = json!({
        "severity": found.severity, "message": found.message, "hints": found.hints,
        "line": Value::Null, "column": Value::Null,
    });
    if let (Some(span), Some(said)) = (&found.span, said.as_object_mut()) {
        said.extend(place(span).as_object().cloned().unwrap_or_default());
    }
    if let Some(label) = &found.label {
        said["label"] = json!(label);
    }
    if !found.more.is_empty() {
        let more = found.more.iter().map(|(span, remark)| {
            let mut at = place(span);
            at["remark"] = json!(remark);
            at
        });
        said["more"] = more.collect();
    }
    said
}

/// The keys of something that is asked, each taken once: those that nobody takes are unknown.
pub struct Asked {
    /// Whose keys, for what is said of them.
    of: String,
    keys: Map<String, Value>,
    known: Vec<&'static str>,
    /// Whether anything stood under the key that was read last.
    there: bool,
    wrong: Wrong,
}

impl Asked {
    /// The keys of an object.
    pub fn of(of: impl Into<String>, value: Value) -> Result<Self, Wrong> {
        let of = of.into();
        match value {
            Value::Object(keys) => Ok(Self { of, keys, known: Vec::new(), there: false, wrong: Vec::new() }),
            other => Err(wrong(Finding::error(format!("{of} is {}, no object", kind(&other))).hint("write `{ … }`"))),
        }
    }

    /// What stands under a key; `None` where nothing or null does.
    pub fn value(&mut self, key: &'static str) -> Option<Value> {
        self.known.push(key);
        let value = self.keys.remove(key).filter(|value| !value.is_null());
        self.there = value.is_some();
        value
    }

    /// A text.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        self.kept(key, "a text", value, |value| match value {
            Value::String(text) => Ok(text),
            other => Err(other),
        })
    }

    /// A text, or a whole number as one.
    pub fn word(&mut self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        self.kept(key, "a text or a whole number", value, |value| match value {
            Value::String(text) => Ok(text),
            Value::Number(number) if number.is_u64() => Ok(number.to_string()),
            other => Err(other),
        })
    }

    /// Whether something holds; as `otherwise` says where nothing is said.
    pub fn flag(&mut self, key: &'static str, otherwise: bool) -> bool {
        let Some(value) = self.value(key) else { return otherwise };
        let flag = self.kept(key, "true or false", value, |value| value.as_bool().ok_or(value));
        flag.unwrap_or(otherwise)
    }

    /// A whole number.
    pub fn whole(&mut self, key: &'static str) -> Option<u64> {
        let value = self.value(key)?;
        self.kept(key, "a whole number from 0 on", value, |value| value.as_u64().ok_or(value))
    }

    /// A list of texts; none where nothing is said.
    pub fn texts(&mut self, key: &'static str) -> Vec<String> {
        self.list(key)
            .into_iter()
            .filter_map(|value| {
                self.kept(key, "a list of texts", value, |value| match value {
                    Value::String(text) => Ok(text),
                    other => Err(other),
                })
            })
            .collect()
    }

    /// A list; nothing where nothing is said.
    pub fn list(&mut self, key: &'static str) -> Vec<Value> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let list = self.kept(key, "a list", value, |value| match value {
            Value::Array(list) => Ok(list),
            other => Err(other),
        });
        list.unwrap_or_default()
    }

    /// What must stand under the key that was read last.
    pub fn needed<T>(&mut self, value: Option<T>) -> Option<T> {
        if !self.there {
            let key = self.known.last().copied().unwrap_or_default();
            self.wrong.push(Finding::error(format!("{} lacks `{key}`", self.of)));
        }
        value
    }

    /// A value that was judged already, or what is wrong with it.
    pub fn judged<T>(&mut self, value: Result<T, Wrong>) -> Option<T> {
        value.map_err(|wrong| self.wrong.extend(wrong)).ok()
    }

    /// What was made of the keys, if nothing is wrong with any of them.
    pub fn done<T>(mut self, value: Option<T>) -> Result<T, Wrong> {
        let noun = format!("key of {}", self.of);
        self.wrong.extend(self.keys.keys().map(|key| unknown(&noun, "keys", key, &self.known)));
        match value {
            Some(value) if self.wrong.is_empty() => Ok(value),
            _ => Err(self.wrong),
        }
    }

    fn kept<T>(
        &mut self,
        key: &str,
        what: &str,
        value: Value,
        read: impl FnOnce(Value) -> Result<T, Value>,
    ) -> Option<T> {
        let found = |other: Value| Finding::error(format!("`{key}` of {} is {}", self.of, kind(&other)));
        let read = read(value).map_err(|other| found(other).hint(format!("expected {what}")));
        read.map_err(|finding| self.wrong.push(finding)).ok()
    }
}

fn kind(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) => format!("the text `{}`", shown(text)),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}
