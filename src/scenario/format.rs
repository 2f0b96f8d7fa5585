//! TOML with every span kept: the door to the library `toml`.

use toml::de::{DeTable, DeValue};

use super::{Finding, Span, numerals, slips};
use crate::model::calendar;
use crate::num::Order;

/// Bytes that a file may have.
const LARGEST_FILE: usize = 1_000_000;

/// Mistakes of syntax that are told one by one.
const MOST_SYNTAX: usize = 20;

/// How deep values may be nested; the format itself needs six levels.
const DEEPEST: usize = 16;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its bytes in the text.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

impl Node {
    /// What a list holds, or what stands alone in its place.
    pub fn list(&self) -> &[Self] {
        if let Value::List(list) = &self.value { list } else { std::slice::from_ref(self) }
    }

    /// The day that it names, `2025-05-20`, with quotes or without.
    pub fn day(&self) -> Option<&str> {
        match &self.value {
            Value::Date(text, true) => Some(text),
            Value::Text(text) if calendar::is_day(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is a list of nothing.
    pub fn is_empty_list(&self) -> bool {
        self.list().is_empty()
    }
}

/// A TOML value.
#[derive(Debug, Clone)]
pub enum Value {
    /// A string.
    Text(String),
    /// An integer or a float, perhaps not finite.
    Number(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A date or a time, and whether it is a date and no more.
    Date(String, bool),
    /// An array.
    List(Vec<Node>),
    /// A table, in file order.
    Table(Vec<Keyed>),
}

/// A key, its place, and its value.
#[derive(Debug, Clone)]
pub struct Keyed {
    /// The key.
    pub key: String,
    /// Its bytes in the text.
    pub span: Span,
    /// The value.
    pub node: Node,
}

/// A file as TOML sees it, with the findings that do not keep it from being checked.
#[derive(Debug)]
pub struct Document {
    /// The top table.
    pub entries: Vec<Keyed>,
    /// Duplicate keys, and values nested too deep.
    pub findings: Vec<Finding>,
}

impl Document {
    /// The entry of the top table with this key.
    pub fn key(&self, key: &str) -> Option<&Keyed> {
        self.entries.iter().find(|e| e.key == key)
    }
}

impl Value {
    /// What it is, in words.
    pub fn described(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Number(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date(..) => "a date or time",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// The bytes of a file as text.
pub fn decode(bytes: &[u8]) -> Result<&str, Vec<Finding>> {
    if bytes.len() > LARGEST_FILE {
        return Err(vec![Finding::error(format!("the file has {} bytes, more than {LARGEST_FILE}", bytes.len()))]);
    }
    std::str::from_utf8(bytes).map_err(|e| {
        let found = format!("the file is not UTF-8 text from byte {} on", e.valid_up_to());
        vec![Finding::error(found).hint(slips::not_text(bytes))]
    })
}

/// The file as TOML. Duplicate keys are no obstacle to checking the rest; any other mistake of syntax is.
pub fn read(text: &str) -> Result<Document, Vec<Finding>> {
    if let Some(other) = slips::another_notation(text) {
        return Err(vec![other]);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let fatal = errors.iter().any(|e| e.message() != "duplicate key");
    let mut findings = syntax(errors, text);
    let mut reader = Keeper::default();
    let node = reader.node(0..text.len(), DeValue::Table(table.into_inner()), 0);
    reader.dismantle();
    findings.append(&mut reader.findings);
    let Value::Table(entries) = node.value else { return Err(findings) };
    if fatal {
        findings.order_by_key(|f| f.span.as_ref().map_or(0, |s| s.start));
        findings.dedup();
        return Err(findings);
    }
    if entries.is_empty() && findings.is_empty() {
        let empty = Finding::error("the file is empty").hint("`winset new NAME` writes a starter");
        return Err(vec![empty]);
    }
    Ok(Document { entries, findings })
}

/// One value, as it may stand behind `=`; a bare word is text.
pub fn read_value(text: &str) -> Result<Node, Finding> {
    let text = &numerals::typed(text);
    let bare = |c: char| c.is_ascii_alphanumeric() || "_.%+-".contains(c);
    match DeValue::parse(text) {
        Ok(value) => {
            let mut reader = Keeper::default();
            let node = reader.node(value.span(), value.into_inner(), 0);
            reader.dismantle();
            reader.findings.pop().map_or(Ok(node), |f| Err(Finding { span: None, ..f }))
        }
        Err(_) if !text.is_empty() && text.chars().all(bare) => {
            Ok(Node { span: 0..text.len(), value: Value::Text(text.to_owned()) })
        }
        Err(e) => Err(match numerals::advice(text) {
            Some(advice) => Finding::error(format!("`{text}` is not a number")).hint(advice),
            None => Finding::error(format!("`{text}` is not a value: {}", lower(e.message()))),
        }),
    }
}

/// What is said of mistakes of syntax: the first of them in file order, and how many more there are. Each costs a walk
/// over its line, and a file full of them has one cause.
fn syntax(mut errors: Vec<toml::de::Error>, text: &str) -> Vec<Finding> {
    let start = |e: &toml::de::Error| e.span().map_or(0, |span| span.start);
    errors.order_by_key(start);
    drop_consequences(&mut errors, text);
    let told = errors.iter().take(MOST_SYNTAX).map(|e| syntax_finding(e, text));
    let mut findings: Vec<Finding> = told.collect();
    if let Some(next) = errors.get(MOST_SYNTAX) {
        let more = errors.len() - MOST_SYNTAX;
        let found = format!("{more} more mistake{} of syntax from here on", if more == 1 { "" } else { "s" });
        findings
            .push(Finding::error(found).at(start(next)..start(next)).hint("mend the first ones: many have one cause"));
    }
    findings
}

/// Drops what is told with the mistake before it: at the same place, or behind a semicolon on the same line.
fn drop_consequences(errors: &mut Vec<toml::de::Error>, text: &str) {
    let mut told_until = 0;
    errors.retain(|e| {
        let Some(span) = e.span().filter(|span| span.start < text.len()) else { return true };
        let is_new = span.start >= told_until;
        if is_new {
            let ends = if text.get(span.clone()).is_some_and(|word| word.contains(';')) {
                text.get(span.start..).and_then(|rest| rest.find('\n'))
            } else {
                Some(1)
            };
            told_until = ends.map_or(text.len(), |length| span.start + length);
        }
        is_new
    });
}

fn syntax_finding(error: &toml::de::Error, text: &str) -> Finding {
    let span = error.span().unwrap_or(0..0);
    let word = text.get(span.clone()).unwrap_or_default();
    if error.message() == "duplicate key" {
        let found = format!("duplicate key `{word}`");
        return Finding::error(found).at(span).label("written before").hint("keep one of them");
    }
    let plain = slips::explained(error.message(), &span, text);
    plain.unwrap_or_else(|| Finding::error(format!("not TOML: {}", lower(error.message()))).at(span))
}

fn lower(message: &str) -> String {
    let mut chars = message.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// Takes a value of the library apart, and sets aside what is nested too deep.
#[derive(Default)]
struct Keeper<'i> {
    findings: Vec<Finding>,
    too_deep: Vec<DeValue<'i>>,
}

impl<'i> Keeper<'i> {
    fn node(&mut self, span: Span, value: DeValue<'i>, depth: usize) -> Node {
        let value = match value {
            DeValue::String(s) => Value::Text(s.into_owned()),
            DeValue::Integer(n) => Value::Number(whole(n.as_str(), n.radix())),
            DeValue::Float(x) => Value::Number(x.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(b) => Value::Flag(b),
            DeValue::Datetime(d) => Value::Date(d.to_string(), d.time.is_none() && d.offset.is_none()),
            DeValue::Array(_) | DeValue::Table(_) if depth >= DEEPEST => {
                self.too_deep.push(value);
                let found = format!("values are nested more than {DEEPEST} deep");
                self.findings.push(Finding::error(found).at(span.clone()));
                Value::List(Vec::new())
            }
            DeValue::Array(list) => {
                Value::List(list.into_iter().map(|v| self.node(v.span(), v.into_inner(), depth + 1)).collect())
            }
            DeValue::Table(table) => Value::Table(self.entries(table, depth + 1)),
        };
        Node { span, value }
    }

    fn entries(&mut self, table: DeTable<'i>, depth: usize) -> Vec<Keyed> {
        let mut entries: Vec<Keyed> = table
            .into_iter()
            .map(|(key, node)| {
                let node = self.node(node.span(), node.into_inner(), depth);
                Keyed { span: key.span(), key: key.into_inner().into_owned(), node }
            })
            .collect();
        entries.order_by_key(|e| e.span.start);
        entries
    }

    /// Drops what is nested too deep without recursion, so that no depth can exhaust the stack.
    fn dismantle(&mut self) {
        while let Some(value) = self.too_deep.pop() {
            match value {
                DeValue::Array(list) => self.too_deep.extend(list.into_iter().map(toml::Spanned::into_inner)),
                DeValue::Table(table) => self.too_deep.extend(table.into_iter().map(|(_, v)| v.into_inner())),
                _ => {}
            }
        }
    }
}

/// An integer as a number; one that is too large for exact arithmetic is far beyond every limit of the format anyway.
fn whole(digits: &str, radix: u32) -> f64 {
    i128::from_str_radix(digits, radix).map_or_else(|_| digits.parse().unwrap_or(f64::NAN), |n| n as f64)
}
