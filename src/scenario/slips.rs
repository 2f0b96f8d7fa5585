//! Slips of notation in plain words, where the library for TOML speaks of literals and tables.

use itertools::Itertools;

use super::{Finding, Span, numerals, shown};

/// What stands without quotes.
const BARE: &str = "put text in quotes; only numbers, true, false and dates stand without";

/// How a date is written.
const DATE: &str = "a date is written year-month-day without quotes, as in 2013-11-24";

/// How files of other kinds begin, and what to do with them. Text of a scenario never begins so.
const OTHERS: [(&str, &str, &str); 7] = [
    ("{\\rtf", "formatted text (RTF)", "save it as plain text"),
    ("{", "JSON", "a scenario is written in TOML: `winset new NAME` writes one to start from"),
    ("<", "a web page or XML", "a scenario is written in TOML: `winset new NAME` writes one to start from"),
    ("---", "YAML", "a scenario is written in TOML: `winset new NAME` writes one to start from"),
    ("%YAML", "YAML", "a scenario is written in TOML: `winset new NAME` writes one to start from"),
    ("%PDF", "a PDF", "give the TOML file itself"),
    ("%!PS", "PostScript", "give the TOML file itself"),
];

/// A file in another notation, by how it begins; a list of JSON begins like a heading, and is one only if all of it is.
pub fn another_notation(text: &str) -> Option<Finding> {
    let body = text.trim_start_matches('\u{feff}').trim_start();
    let found =
        |(_, kind, hint): &(&str, &str, &str)| Finding::error(format!("this looks like {kind}, not TOML")).hint(*hint);
    let listed = || body.starts_with('[') && serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok();
    let known = OTHERS.iter().find(|(start, ..)| body.starts_with(start));
    let known = known.or_else(|| OTHERS.get(1).filter(|_| listed()));
    known.map(|other| found(other).at(text.len() - body.len()..text.len() - body.len() + 1))
}

/// What to do with bytes that are no text.
pub fn not_text(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it looks like UTF-16: save it as UTF-8",
        [b'P', b'K', 3, 4, ..] => "it looks like a document or a spreadsheet: save it as plain text",
        [0x1f, 0x8b, ..] => "it looks compressed: unpack it first",
        _ => "save it as UTF-8",
    }
}

/// A mistake of syntax as somebody who never programmed would describe it; `None` if it is none of the common slips.
pub fn explained(message: &str, span: &Span, text: &str) -> Option<Finding> {
    let (start, line) = line_at(text, span.start)?;
    let word = text.get(span.clone())?.trim();
    let (before, after) = line.split_at_checked(span.start - start)?;
    let finding = match message.split(',').next()? {
        "string values must be quoted" if word.contains(';') => semicolon(line, span.start - start, word),
        "string values must be quoted" => bare(word),
        "invalid mantissa" | "invalid fraction" | "unexpected leading zero" => misshapen(line, span.start - start)?,
        "invalid boolean" => {
            let right = ["true", "false"].into_iter().find(|right| word.eq_ignore_ascii_case(right));
            let hint = right.map_or(BARE.to_owned(), |right| format!("write {right} in small letters"));
            Finding::error(format!("`{word}` stands without quotes")).hint(hint)
        }
        "invalid float" | "invalid date-time" => {
            let value = before.rsplit('=').next()?.trim().to_owned() + word;
            Finding::error(format!("`{value}` is neither a number nor a date")).hint(DATE).hint(BARE)
        }
        "unclosed table" => blank_in(line.trim().strip_prefix('[')?.split(']').next()?)?,
        "key with no value" if line.contains('=') => blank_in(line.split('=').next()?)?,
        "key with no value" => Finding::error("a key without a value").hint("write KEY = VALUE on one line"),
        "unexpected key or value" if after.starts_with(',') && before.ends_with(|c: char| c.is_ascii_digit()) => {
            Finding::error("a comma stands in a number").hint("write a decimal point, as in 0.8")
        }
        "invalid basic string" if message.ends_with("expected `\"`") => {
            Finding::error("a text is not closed").hint("end it on the same line with \"")
        }
        _ => return None,
    };
    Some(finding.at(span.clone()))
}

/// A semicolon behind a value, or between two of a list.
fn semicolon(line: &str, at: usize, word: &str) -> Finding {
    let found = Finding::error("a semicolon stands in a value");
    let list = line[..at].rfind('[').zip(line[at..].find(']')).map(|(from, to)| &line[from + 1..at + to]);
    if let Some(numbers) = list.and_then(|list| list.split(';').map(numerals::meant).collect::<Option<Vec<f64>>>()) {
        let numbers = numbers.into_iter().map(shown).join(", ");
        return found.hint(format!("write [{numbers}]: commas between values, points in numbers"));
    }
    match word.strip_suffix(';') {
        Some(value) if !value.contains(';') => found.hint(format!("write {} and nothing behind it", value.trim())),
        _ => found.hint("commas stand between values, points in numbers"),
    }
}

/// A number that begins or ends with its point, or begins with a zero too much.
fn misshapen(line: &str, at: usize) -> Option<Finding> {
    let part = |c: char| c.is_ascii_alphanumeric() || "+-._".contains(c);
    let from = line[..at].rfind(|c| !part(c)).map_or(0, |i| i + 1);
    let word = line[from..].split(|c| !part(c)).next()?;
    let head = line[..from].strip_suffix(',').and_then(|head| head.rsplit(|c| !part(c)).next());
    if let Some(x) = head.filter(|head| !head.is_empty()).and_then(|head| numerals::meant(&format!("{head},{word}"))) {
        let hint = format!("write {}: a decimal point, not a comma", shown(x));
        return Some(Finding::error("a comma stands in a number").hint(hint));
    }
    Some(Finding::error(format!("`{word}` is not a number")).hint(numerals::advice(word)?))
}

/// Where the line around a byte starts, and its text.
fn line_at(text: &str, byte: usize) -> Option<(usize, &str)> {
    let start = text.get(..byte)?.rfind('\n').map_or(0, |end| end + 1);
    Some((start, text[start..].lines().next().unwrap_or_default()))
}

/// Text that lacks its quotes, or something that only looks like it.
fn bare(word: &str) -> Finding {
    let without = Finding::error(format!("`{word}` stands without quotes"));
    if word.is_empty() {
        return Finding::error("nothing stands behind `=`")
            .hint("write a value: text in quotes, a number, true or false");
    }
    if let Some(meant) = numerals::advice(word) {
        return Finding::error(format!("`{word}` is not a number")).hint(meant);
    }
    if let Some(flag) = flag(word) {
        return without.hint(format!("write {flag} if a yes or no is meant")).hint(BARE);
    }
    if word.starts_with(['“', '”', '„', '‘', '’', '«']) {
        return Finding::error("curly quotes stand around a text").hint("use straight quotes: \"…\"");
    }
    let looks_dated = word.starts_with(|c: char| c.is_ascii_digit()) && word.contains(char::is_whitespace);
    if looks_dated { without.hint(DATE).hint(BARE) } else { without.hint(BARE) }
}

/// `yes` as `true`, in any letters.
pub fn flag(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "yes" | "true" | "on" => Some(true),
        "no" | "false" | "off" => Some(false),
        _ => None,
    }
}

/// A blank within an identifier of a key or of a heading.
fn blank_in(keys: &str) -> Option<Finding> {
    let id = keys.split('.').map(str::trim).find(|id| id.contains(char::is_whitespace))?;
    if id.contains(['"', '\'', '#', ':']) {
        return None;
    }
    Some(Finding::error(format!("`{id}` is not an id")).hint(without_blanks(id)))
}

/// The advice to write `supreme-leader`.
pub fn without_blanks(id: &str) -> String {
    format!("no blanks in an identifier: write {}; longer names go into `name`", id.split_whitespace().join("-"))
}
