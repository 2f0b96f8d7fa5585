//! JSON with the place of every value, and numbers as they are written: sums of utilities are to be exact.
//!
//! `serde_json` reads numbers into floats and keeps no places, so that a wrong value could not be shown where it stands.

use super::sheet::error;
use super::tree::{DEEPEST, MOST_VALUES, Node, Value};
use crate::scenario::Finding;
use crate::visible::visible;

/// Reads a text.
///
/// # Errors
/// It is no JSON, a key stands twice, or something goes beyond a limit.
pub fn read(text: &str) -> Result<Node, Finding> {
    let mut reader = Reader { text, at: 0, values: 0 };
    let node = reader.value(0)?;
    reader.blanks();
    if reader.at < text.len() {
        return Err(reader.odd("the end of the file"));
    }
    Ok(node)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    values: usize,
}

impl Reader<'_> {
    fn blanks(&mut self) {
        self.at += self.text[self.at..].bytes().take_while(|b| b" \t\r\n".contains(b)).count();
    }

    fn next(&mut self) -> Option<u8> {
        self.blanks();
        self.text.as_bytes().get(self.at).copied()
    }

    fn odd(&self, expected: &str) -> Finding {
        let c = self.text[self.at..].chars().next();
        let found = c.map_or("the text ends".to_owned(), |c| format!("`{}` stands", visible(&c.to_string())));
        let to = self.at + c.map_or(0, char::len_utf8);
        error(format!("{found} where {expected} should be"), &(self.at..to), "this is no JSON")
    }

    fn value(&mut self, depth: usize) -> Result<Node, Finding> {
        let first = self.next();
        let at = self.at;
        self.values += 1;
        if depth > DEEPEST || self.values > MOST_VALUES {
            let found = format!("values nested more than {DEEPEST} deep, or more than {MOST_VALUES} of them");
            return Err(error(found, &(at..at + 1), "no domain needs as many"));
        }
        let value = match first {
            Some(b'{') => self.map(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Value::Text(self.text()?),
            Some(b'-' | b'0'..=b'9') => {
                let length = self.text[at..].bytes().take_while(|b| b"+-.eE0123456789".contains(b)).count();
                self.at += length;
                Value::Number(self.text[at..at + length].to_owned())
            }
            _ => {
                let words = [("true", Value::Flag(true)), ("false", Value::Flag(false)), ("null", Value::Nothing)];
                let word = words.into_iter().find(|(word, _)| self.text[at..].starts_with(word));
                let (word, value) = word.ok_or_else(|| self.odd("a value"))?;
                self.at += word.len();
                value
            }
        };
        Ok(Node { span: at..self.at, value })
    }

    fn map(&mut self, depth: usize) -> Result<Value, Finding> {
        self.at += 1;
        let mut entries: Vec<(String, _, Node)> = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        if self.next() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Map(entries));
        }
        loop {
            if self.next() != Some(b'"') {
                return Err(self.odd("a key in quotes"));
            }
            let at = self.at;
            let (key, span) = (self.text()?, at..self.at);
            if !known.insert(key.clone()) {
                return Err(error(format!("the key `{}` stands here twice", visible(&key)), &span, "keep one"));
            }
            if self.next() != Some(b':') {
                return Err(self.odd("a colon"));
            }
            self.at += 1;
            let value = self.value(depth + 1)?;
            entries.push((key, span, value));
            match self.next() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Value::Map(entries));
                }
                _ => return Err(self.odd("a comma or `}`")),
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Finding> {
        self.at += 1;
        let mut list = Vec::new();
        if self.next() == Some(b']') {
            self.at += 1;
            return Ok(Value::List(list));
        }
        loop {
            list.push(self.value(depth + 1)?);
            match self.next() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Value::List(list));
                }
                _ => return Err(self.odd("a comma or `]`")),
            }
        }
    }

    fn text(&mut self) -> Result<String, Finding> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start + 1;
        while bytes.get(end).is_some_and(|b| *b != b'"') {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        if end >= bytes.len() {
            return Err(error("this text is never closed", &(start..start + 1), "close it with a quote"));
        }
        self.at = end + 1;
        // What stands between two quotes is one text to any reader of JSON.
        let whole = self.text.get(start..=end).and_then(|quoted| serde_json::from_str(quoted).ok());
        whole.ok_or_else(|| {
            error("a text with a bad escape, or a line break in it", &(start..start + 1), "this is no JSON")
        })
    }
}
