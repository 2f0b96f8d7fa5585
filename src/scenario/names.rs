//! Identifiers and paths: which exist, which are allowed, and which was probably meant.

use std::collections::{BTreeMap, BTreeSet};

use itertools::Itertools;

use super::{Finding, Keyed, Reader, Ref, Span, error, slips, warning};
use crate::model::{ActorId, AudienceId, Beholder, InputId};

/// Identifiers of one kind, in file order.
#[derive(Debug, Clone, Default)]
pub struct Index {
    ids: Vec<String>,
    by_id: BTreeMap<String, usize>,
}

impl Index {
    /// Adds an identifier, unless it is there already.
    pub fn add(&mut self, id: &str) {
        if !self.by_id.contains_key(id) {
            self.by_id.insert(id.to_owned(), self.ids.len());
            self.ids.push(id.to_owned());
        }
    }

    /// Its place.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// All identifiers in file order.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }
}

/// All identifiers of a file.
#[derive(Debug, Clone, Default)]
pub struct Names {
    indices: BTreeMap<Ref, Index>,
    /// Whether each actor is a party.
    pub is_party: Vec<bool>,
    /// Whether each issue is ordered.
    pub is_ordered: Vec<bool>,
    /// The options of each issue.
    pub options: Vec<Index>,
    /// Every intent, as its party and itself.
    pub intents: Vec<(String, String)>,
    /// What a mistake has cost: see [`Lost`].
    pub lost: Lost,
}

/// What could not be read because of a mistake that is told already. Nothing that refers to it is a mistake of its own.
#[derive(Debug, Clone, Default)]
pub struct Lost {
    /// Sections that are there but cannot be read, or that are misspelt.
    pub sections: BTreeSet<&'static str>,
    /// Whether options of each issue are lost.
    pub options: Vec<bool>,
    /// Numbers whose values are not known.
    pub numbers: BTreeSet<InputId>,
}

impl Lost {
    /// Whether an identifier of this kind may only seem to be unknown.
    pub fn may_hold(&self, of: Ref) -> bool {
        of.sections().iter().any(|section| self.sections.contains(section))
    }

    /// Whether some options of an issue are lost.
    pub fn options_of(&self, issue: usize) -> bool {
        self.options.get(issue) == Some(&true)
    }
}

impl Names {
    /// The identifiers of one kind; parties and beholders are not an index of their own.
    pub fn index(&mut self, of: Ref) -> &mut Index {
        self.indices.entry(of).or_default()
    }

    /// Whether a path leads into what is lost.
    pub fn is_lost_path(&self, path: &str) -> bool {
        let mut parts = path.split('.');
        let section = parts.next().unwrap_or_default();
        let issue = parts.next().filter(|_| section == "issues").and_then(|id| self.find(Ref::Issue, id));
        self.lost.sections.contains(section) || issue.is_some_and(|k| self.lost.options_of(k))
    }

    /// The place of an identifier.
    pub fn find(&self, of: Ref, id: &str) -> Option<usize> {
        self.indices.get(&of)?.find(id)
    }

    /// The leadership of a party or the audience with this identifier.
    pub fn beholder(&self, id: &str) -> Option<Beholder> {
        let leadership = self.find(Ref::Actor, id).filter(|i| self.is_party.get(*i) == Some(&true));
        let audience = || self.find(Ref::Audience, id).map(|a| Beholder::Audience(AudienceId(a)));
        leadership.map(|i| Beholder::Leadership(ActorId(i))).or_else(audience)
    }

    /// What may be written where one kind is expected, in file order.
    pub fn accepted(&self, of: Ref) -> Vec<&str> {
        let all = |of| self.indices.get(&of).into_iter().flat_map(Index::ids).map(String::as_str);
        let parties = || all(Ref::Actor).zip(&self.is_party).filter(|(_, is)| **is).map(|(id, _)| id);
        match of {
            Ref::Party => parties().collect(),
            Ref::Beholder => parties().chain(all(Ref::Audience)).collect(),
            of => all(of).collect(),
        }
    }
}

/// The identifier that was probably meant, if one is near: at most a third of its letters are wrong. Among numbers the
/// nearest in size is meant, if the number lies among them or is at most a third off. If none is near, the only one that
/// begins with the word, or has it as a part.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.into_iter().collect();
    let numbers: Vec<(f64, &str)> = known.iter().filter_map(|id| Some((number(id)?, *id))).collect();
    if let Some(x) = number(word).filter(|_| !numbers.is_empty()) {
        return nearest_number(x, &numbers);
    }
    let length = word.chars().count();
    let allowed = (length / 3).max(1);
    let near = |id: &&str| length <= 64 && id.chars().count().abs_diff(length) <= allowed;
    let scored = known.iter().copied().filter(near).map(|id| (strsim::damerau_levenshtein(word, id), id));
    let scored = scored.filter(|(distance, _)| *distance <= allowed);
    scored.min_by_key(|(distance, _)| *distance).map(|(_, id)| id).or_else(|| begun(word, &known))
}

/// The only identifier that begins with a word, or of which it is a part between hyphens; letters of either size.
fn begun<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    const SHORTEST: usize = 3;
    let word = word.to_lowercase();
    let is_begun = |id: &&&str| {
        let id = id.to_lowercase();
        id.starts_with(&word) || id.split(['-', '_', ' ']).any(|part| part == word)
    };
    let mut found = known.iter().filter(is_begun);
    let only = found.next().filter(|_| word.chars().count() >= SHORTEST)?;
    found.all(|other| other == only).then_some(only)
}

fn number(id: &str) -> Option<f64> {
    id.parse().ok().filter(|x: &f64| x.is_finite())
}

fn nearest_number<'a>(x: f64, known: &[(f64, &'a str)]) -> Option<&'a str> {
    let (value, id) = known.iter().min_by(|(a, _), (b, _)| (a - x).abs().total_cmp(&(b - x).abs()))?;
    let among = known.iter().any(|(k, _)| *k < x) && known.iter().any(|(k, _)| *k > x);
    (among || (value - x).abs() <= x.abs() / 3.0).then_some(*id)
}

/// `did you mean …? the issues are …`
pub fn advice(word: &str, plural: &str, known: &[&str]) -> String {
    const SHOWN: usize = 12;
    if known.is_empty() {
        return format!("the file has no {plural}");
    }
    let more = if known.len() > SHOWN { ", …" } else { "" };
    let list = format!("the {plural} are {}{more}", known[..known.len().min(SHOWN)].join(", "));
    match nearest(word, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`? {list}"),
        None => list,
    }
}

/// What an identifier names, as far as its letters are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdKind {
    /// An actor or an audience.
    Person,
    /// An option of an issue.
    Option,
    /// Anything else.
    Other,
}

/// Checks an identifier where it is introduced.
pub fn check_id(reader: &mut Reader, id: &str, entry_span: &Span, kind: IdKind) {
    let (reserved, marks): (&[&str], &str) = match kind {
        IdKind::Person => (&["all", "source", "numbers", "weight", "values", "name"], "_ -"),
        IdKind::Option => (&["source", "numbers", "weight", "values"], "_ . % + -"),
        IdKind::Other => (&[], "_ -"),
    };
    if reserved.contains(&id) {
        let hint = format!("reserved are {}", reserved.join(", "));
        return error(format!("the id `{id}` is reserved"), entry_span).hint(hint).push(reader);
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || (c != ' ' && marks.contains(c));
    if id.is_empty() || id.len() > 64 || !id.chars().all(allowed) {
        let shown: String = id.chars().take(80).collect();
        if id.split_whitespace().count() > 1 {
            let found = format!("`{shown}` is not an id");
            return error(found, entry_span).hint(slips::without_blanks(&shown)).push(reader);
        }
        let hint = format!("an id has 1 to 64 letters, digits or {marks}; longer names go into `name`");
        return error(format!("`{shown}` is not an id"), entry_span).hint(hint).push(reader);
    }
    if let Some(odd) = read_as_missing(id, entry_span) {
        odd.push(reader);
    }
    if kind == IdKind::Option && has_loose_dot(id) {
        let hint = "a dot in an option's id stands between two digits, as in 2.5";
        error(format!("`{id}` is not an id"), entry_span).hint(hint).push(reader);
    }
}

/// Words that pandas or R take for a cell without a value. Source: the defaults of `read_csv` in both.
const MISSING: [&str; 17] = [
    "NA", "N/A", "n/a", "NaN", "nan", "-NaN", "-nan", "NULL", "null", "None", "#N/A", "#NA", "#N/A N/A", "<NA>",
    "1.#IND", "1.#QNAN", "-1.#IND",
];

/// A warning, if programs for tables take an identifier for a cell without a value.
pub fn read_as_missing(id: &str, span: &Span) -> Option<Finding> {
    let hint = "choose another id: in CSV files the rows under this one would lose it";
    let found = || format!("pandas and R may read the id `{id}` as a missing value");
    MISSING.contains(&id.trim()).then(|| warning(found(), span).hint(hint))
}

/// Whether a dot stands elsewhere than between digits: such an id could make two paths the same.
fn has_loose_dot(id: &str) -> bool {
    let bytes = id.as_bytes();
    let digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).any(|i| bytes[i] == b'.' && !(digit(i.checked_sub(1)) && digit(Some(i + 1))))
}

/// Two actors or audiences may not share an identifier, since views and anchors name both.
pub fn check_shared(reader: &mut Reader, entries: &[Keyed]) {
    for entry in entries {
        if reader.names.find(Ref::Actor, &entry.key).is_some() {
            let found = format!("`{}` is the id of an actor and of an audience", entry.key);
            error(found, &entry.span).hint("actors and audiences share one name space").push(reader);
        }
    }
}

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
pub fn path_advice(path: &str, known: &[&str]) -> String {
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
    let shown = alike.iter().take(OFFERED).join("` or `");
    let more = if alike.len() > OFFERED { ", …" } else { "" };
    format!("did you mean `{shown}`{more}?")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn among_numbers_the_nearest_in_size_is_meant_and_none_that_is_far_off() {
        assert_eq!(nearest("190", ["19", "200"]), Some("200"));
        assert_eq!(nearest("6", ["0", "10"]), Some("10"));
        assert_eq!(nearest("1000", ["0", "10"]), None);
        assert_eq!(nearest("hlaf", ["0", "half"]), Some("half"));
    }

    #[test]
    fn a_word_that_only_one_identifier_begins_with_or_has_as_a_part_stands_for_it() {
        let known = ["istanbul-2025", "camp-david-1978", "packages-27", "paris-1", "paris-2"];
        for (word, meant) in
            [("istanbul", Some("istanbul-2025")), ("David", Some("camp-david-1978")), ("paris", None), ("pa", None)]
        {
            assert_eq!(nearest(word, known), meant, "{word}");
        }
    }
}
