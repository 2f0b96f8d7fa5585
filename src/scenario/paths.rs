//! What to say of a path that leads to no number.

use super::names::nearest;

/// Paths that are offered at most.
const OFFERED: usize = 3;

/// Numbers that have a path only where the file writes them, and whose they are.
const ONLY_WRITTEN: [(&str, &str, &str); 5] = [
    ("audiences", "defeat_below", "the file gives this audience no line"),
    ("audiences", "victory_from", "the file gives this audience no line"),
    ("modifiers", "gains", "the file gives this modifier no such factor"),
    ("modifiers", "losses", "the file gives this modifier no such factor"),
    ("modifiers", "claims", "the file gives this modifier no such factor"),
];

/// The path that was probably meant: the nearest, one that ends alike, or one that begins alike.
pub(super) fn path_advice(path: &str, known: &[&str]) -> String {
    if known.is_empty() {
        return "the file has no paths".to_owned();
    }
    if let Some(lacks) = lacking(path, known) {
        return format!("{lacks}; write one first");
    }
    let alike = alike(path, known);
    if alike.is_empty() {
        return format!("a path is made as in `{}`; the guide lists all kinds", known[0]);
    }
    let shown: Vec<String> = alike.iter().take(OFFERED).map(|p| format!("`{p}`")).collect();
    let more = if alike.len() > OFFERED { ", …" } else { "" };
    format!("did you mean {}{more}?", shown.join(" or "))
}

fn alike<'k>(path: &str, known: &[&'k str]) -> Vec<&'k str> {
    let (tail, stem) = (format!(".{path}"), format!("{path}."));
    let ends: Vec<&str> = known.iter().copied().filter(|p| p.ends_with(&tail)).collect();
    if !ends.is_empty() {
        return ends;
    }
    let begins: Vec<&str> = known.iter().copied().filter(|p| p.starts_with(&stem)).collect();
    if !begins.is_empty() {
        return begins;
    }
    nearest(path, known.iter().copied()).into_iter().collect()
}

/// What the file lacks, if the path would name a number of something that is there.
fn lacking(path: &str, known: &[&str]) -> Option<&'static str> {
    let (owner, key) = path.rsplit_once('.')?;
    let there = |section: &str| {
        let id = owner.strip_prefix(section).and_then(|rest| rest.strip_prefix('.')).unwrap_or(owner);
        let stem = format!("{section}.{id}.");
        !id.contains('.')
            && known.iter().any(|p| p.starts_with(&stem))
            && !known.contains(&format!("{stem}{key}").as_str())
    };
    ONLY_WRITTEN.iter().find(|(section, of, _)| *of == key && there(section)).map(|(.., lacks)| *lacks)
}
