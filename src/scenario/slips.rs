//! Slips of notation in plain words, where the library for TOML speaks of literals and tables.

use std::ops::Range;

use super::finding::Finding;

/// What stands without quotes.
const BARE: &str = "put text in quotes; only numbers, true, false and dates stand without";

/// How a date is written.
const DATE: &str = "a date is written year-month-day without quotes, as in 2013-11-24";

/// A mistake of syntax as somebody who never programmed would describe it; `None` if it is none of the common slips.
pub(super) fn explained(message: &str, span: &Range<usize>, text: &str) -> Option<Finding> {
    let (start, line) = line_at(text, span.start)?;
    let word = text.get(span.clone())?.trim();
    let (before, after) = line.split_at_checked(span.start - start)?;
    let finding = match message.split(',').next()? {
        "string values must be quoted" => bare(word),
        "invalid boolean" => written_as(word, &word.to_ascii_lowercase()),
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
    if let Some(share) = per_cent(word) {
        return Finding::error(format!("`{word}` is not a number")).hint(format!("write {share}"));
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

/// `80%` as 0.8.
pub(super) fn per_cent(word: &str) -> Option<f64> {
    let number: f64 = word.strip_suffix('%')?.trim().parse().ok()?;
    number.is_finite().then_some(number / 100.0)
}

/// `yes` as `true`, in any letters.
pub(super) fn flag(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "yes" | "true" | "on" => Some(true),
        "no" | "false" | "off" => Some(false),
        _ => None,
    }
}

fn written_as(word: &str, right: &str) -> Finding {
    let hint = if ["true", "false"].contains(&right) { format!("write {right} in small letters") } else { BARE.into() };
    Finding::error(format!("`{word}` stands without quotes")).hint(hint)
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
pub(super) fn without_blanks(id: &str) -> String {
    let joined: Vec<&str> = id.split_whitespace().collect();
    format!("no blanks in an identifier: write {}; longer names go into `name`", joined.join("-"))
}
