//! What is wrong or odd in a file, where, and what would be accepted.

use std::ops::Range;

use itertools::Itertools;
use serde::Serialize;

use crate::visible::visible_char;

/// Where something stands in a text: its bytes.
pub type Span = Range<usize>;

/// Whether a file can be used in spite of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// Legal, but probably not what was meant.
    Warning,
}

/// One finding: a message of one clause, its place, and advice apart from both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[must_use]
pub struct Finding {
    /// Error or warning.
    pub severity: Severity,
    /// What was found, lower case, one clause, values in backquotes.
    pub message: String,
    /// Bytes of the text; `None` if it concerns the file as a whole.
    pub span: Option<Span>,
    /// A word under the carets.
    pub label: Option<Box<str>>,
    /// What to do about it.
    pub hints: Vec<String>,
    /// Other places that belong to it, each with a remark.
    pub more: Vec<(Span, String)>,
}

impl Finding {
    /// An error without a place.
    pub fn error(message: impl Into<String>) -> Self {
        let (severity, message) = (Severity::Error, message.into());
        Self { severity, message, span: None, label: None, hints: vec![], more: vec![] }
    }

    /// A warning without a place.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message) }
    }

    /// The finding at a place.
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// The finding with a word under the carets.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into().into_boxed_str());
        self
    }

    /// The finding with advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The finding with another place that belongs to it.
    pub fn also(mut self, span: Span, remark: impl Into<String>) -> Self {
        self.more.push((span, remark.into()));
        self
    }

    /// The line and the column of a place in a text, both from 1, columns in characters.
    pub fn place(span: &Span, text: &str) -> (usize, usize) {
        let place = Lines::of(text).place(span.start);
        (place.line, place.column)
    }

    /// The line on which it starts, from 1; 0 if it concerns the file as a whole.
    pub fn line(&self, text: &str) -> usize {
        self.span.as_ref().map_or(0, |span| Lines::of(text).place(span.start).line)
    }
}

/// An error at a place.
pub fn error(message: impl Into<String>, span: &Span) -> Finding {
    Finding::error(message).at(span.clone())
}

/// A warning at a place.
pub fn warning(message: impl Into<String>, span: &Span) -> Finding {
    Finding::warning(message).at(span.clone())
}

/// All findings as plain text, in the given order, with a blank line between two.
pub fn render(findings: &[Finding], name: &str, text: &str) -> String {
    let lines = Lines::of(text);
    findings.iter().map(|f| render_one(f, name, &lines)).join("\n")
}

fn render_one(finding: &Finding, name: &str, lines: &Lines) -> String {
    let severity = if finding.severity == Severity::Error { "error" } else { "warning" };
    let mut out = format!("{severity}: {}\n", brief(&finding.message));
    let place = finding.span.as_ref().map(|span| lines.place(span.start));
    let width = place.as_ref().map_or(1, |p| p.line.to_string().len());
    match (&finding.span, place) {
        (Some(span), Some(place)) => out += &excerpt(finding, span, &place, (name, width)),
        _ => out += &format!("{:width$}┌─ {}\n", "", brief(name)),
    }
    for (span, remark) in &finding.more {
        out += &format!("{:width$}= line {}: {}\n", "", lines.place(span.start).line, brief(remark));
    }
    for hint in &finding.hints {
        out += &format!("{:width$}= hint: {}\n", "", brief(hint));
    }
    out
}

fn excerpt(finding: &Finding, span: &Span, place: &LineColumn, (name, width): (&str, usize)) -> String {
    let (shown, indent, carets) = window(place.text, place.column - 1, span.len(), place.offset);
    let label = finding.label.as_deref().map(|l| format!(" {}", brief(l))).unwrap_or_default();
    let head = format!("{:width$}┌─ {}:{}:{}\n{:width$}│\n", "", brief(name), place.line, place.column, "");
    let marks = format!("{:width$}│ {:indent$}{}{label}\n", "", "", "^".repeat(carets));
    format!("{head}{:>width$}│ {shown}\n{marks}", place.line)
}

/// Columns of a line that are shown at most.
const WIDEST: usize = 100;

/// The part of a line around a place, how far the carets are indented in it, and how many they are.
fn window(text: &str, column: usize, bytes: usize, offset: usize) -> (String, usize, usize) {
    let marked =
        text.get(offset..).map_or(0, |rest| rest.char_indices().take(WIDEST).take_while(|(i, _)| *i < bytes).count());
    let length = text.chars().count();
    let from = if length <= WIDEST { 0 } else { column.saturating_sub(WIDEST / 3) };
    let shown: String = text.chars().skip(from).take(WIDEST).map(visible_char).collect();
    let (head, tail) = (if from > 0 { "…" } else { "" }, if from + WIDEST < length { "…" } else { "" });
    let indent = column - from + head.chars().count();
    let carets = marked.max(1).min((WIDEST + from).saturating_sub(column).max(1));
    (format!("{head}{shown}{tail}"), indent, carets)
}

/// What is said, cleaned, at most a few hundred characters of it.
fn brief(text: &str) -> String {
    const LONGEST: usize = 600;
    let more = if text.chars().nth(LONGEST).is_some() { "…" } else { "" };
    text.chars().take(LONGEST).map(visible_char).collect::<String>() + more
}

/// Where the lines of a text start.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

/// A place in a text: line and column from 1, the line itself, and the place within it in bytes.
struct LineColumn<'t> {
    line: usize,
    column: usize,
    text: &'t str,
    offset: usize,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Self { text, starts }
    }

    fn place(&self, byte: usize) -> LineColumn<'t> {
        let byte = (0..=byte.min(self.text.len())).rev().find(|b| self.text.is_char_boundary(*b)).unwrap_or(0);
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line - 1];
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let text = self.text[start..end].trim_end_matches('\r');
        let offset = (byte - start).min(text.len());
        LineColumn { line, column: text[..offset].chars().count() + 1, text, offset }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_shows_its_line_its_carets_and_its_hint() {
        let text = "[packages.a]\npicks = { teritory = \"contact\" }\n";
        let at = text.find("teritory").expect("it is there");
        let finding = Finding::error("unknown issue `teritory`").at(at..at + 8).label("no issue has this id");
        let shown = render(&[finding.hint("did you mean `territory`?")], "a.toml", text);
        let expected = "error: unknown issue `teritory`\n ┌─ a.toml:2:11\n │\n2│ picks = { teritory = \"contact\" }\n \
                        │           ^^^^^^^^ no issue has this id\n = hint: did you mean `territory`?\n";
        assert_eq!(shown, expected);
    }

    #[test]
    fn long_lines_are_cut_and_control_characters_are_replaced() {
        let text = format!("{}\u{1b}[31m\u{202e}{}", "x".repeat(5_000), "y".repeat(5_000));
        let shown = render(&[Finding::warning("odd").at(5_000..5_004)], "a.toml", &text);
        assert!(shown.len() < 600 && !shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{shown}");
        let [.., source, carets] = shown.lines().collect::<Vec<_>>()[..] else { panic!("{shown}") };
        let place = |line: &str, what| line.chars().position(|c| c == what);
        assert_eq!(place(source, '\u{fffd}'), place(carets, '^'), "{shown}");
    }
}
