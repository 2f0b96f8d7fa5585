//! Walks the tables of a file and gathers findings on the way.

use super::keys::{Key, Keys, Takes};
use super::lines::PendingLine;
use super::names::{IdKind, Names, advice, check_id, nearest, path_advice};
use super::{Finding, Keyed, Node, Ref, Severity, Span, Spec, Value, error, keys};
use crate::model::{InputId, Inputs, Negotiation};
use crate::num::Order;
use std::collections::{BTreeMap, BTreeSet};

/// Entries that a section may have, unless [`most`] says otherwise.
pub const MOST_ENTRIES: usize = 1_000;

/// Sections whose identifiers name people.
const PEOPLE: [&str; 2] = ["actors", "audiences"];

/// Entries that a section with this key may have.
pub fn most(key: &str) -> usize {
    match key {
        key if PEOPLE.contains(&key) => 64,
        "issues" => 40,
        "views" => 128,
        _ => MOST_ENTRIES,
    }
}

/// Findings that are kept; a file with more has one cause.
const MOST_FINDINGS: usize = 1_000;

/// Further places at which the same was found, that are named.
const MOST_PLACES: usize = 5;

/// Findings with a suggestion, which is the costly part of them.
const MOST_SUGGESTIONS: usize = 50;

/// A table of the file, opened as a section of the format: its keys are known, the required ones are there.
#[derive(Debug, Clone)]
pub struct Opened<'n> {
    /// Its own key.
    pub id: String,
    /// Its path, as `claims.inflation`.
    pub path: String,
    /// Where its key stands.
    pub span: Span,
    /// Where its magnitudes come from.
    pub numbers: String,
    section: &'static Keys,
    entries: &'n [Keyed],
}

impl<'n> Opened<'n> {
    /// The entry with this key.
    pub fn get(&self, key: &str) -> Option<&'n Keyed> {
        debug_assert!(self.section.key(key).is_some(), "{key} is a key of {}", self.section.name);
        self.entries.iter().find(|e| e.key == key)
    }

    /// Whether it lacks a key, and no other key looks like that one misspelt.
    fn lacks(&self, key: &str) -> bool {
        self.entries.iter().all(|e| e.key != key) && self.misspelt(key).is_none()
    }

    /// The unknown key that was probably meant to be this one.
    pub fn misspelt(&self, key: &str) -> Option<&'n Keyed> {
        let mut others = self.entries.iter().filter(|e| self.section.key(&e.key).is_none());
        let known = || self.section.all_keys().map(|k| k.name);
        others.find(|e| self.section.open.is_none() && nearest(&e.key, known()) == Some(key))
    }

    /// The entries whose keys are identifiers.
    pub fn open_entries(&self) -> impl Iterator<Item = &'n Keyed> + use<'n> {
        let section = self.section;
        self.entries.iter().filter(move |e| section.key(&e.key).is_none())
    }

    /// The path of a key.
    pub fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// A table that the file does not write, in the place of this one.
    pub fn beside(&self, section: &'static Keys, path: String) -> Self {
        Self { path, section, entries: &[], ..self.clone() }
    }

    /// What may stand behind a key.
    pub fn kind(&self, key: &str) -> Option<Takes> {
        self.section.key(key).map(|k| k.kind)
    }
}

/// Everything that is gathered while a file is read.
#[derive(Debug, Default)]
pub struct Reader {
    findings: Vec<Finding>,
    held_back: usize,
    told: BTreeMap<(&'static str, String), usize>,
    suggestions: usize,
    /// All identifiers.
    pub names: Names,
    /// All numbers.
    pub inputs: Inputs,
    /// What each number may be, `specs[input]`.
    pub specs: Vec<Spec>,
    /// Paths that stand for several inputs.
    pub groups: BTreeMap<String, Vec<InputId>>,
    /// Tables of numbers that are replaced as a whole: path, then each entry's identifier and input.
    pub maps: BTreeMap<String, Vec<(String, InputId)>>,
    /// Who says so, by the path of the entry.
    pub sources: BTreeMap<String, String>,
    /// Where things stand, by id path.
    pub spans: BTreeMap<String, Span>,
    /// Lines that wait for the scores of two packages.
    pub lines: Vec<PendingLine>,
    /// Unknowns that some number follows.
    pub followed: BTreeSet<usize>,
    /// The inputs of the unknowns.
    pub unknowns: Vec<InputId>,
}

impl Finding {
    /// Keeps the finding.
    pub(super) fn push(self, reader: &mut Reader) {
        reader.push(self);
    }

    /// Keeps the finding where nothing can come of what was found.
    pub(super) fn give_up<T>(self, reader: &mut Reader) -> Option<T> {
        reader.push(self);
        None
    }
}

impl Reader {
    /// An error where the number or the entry with a path stands.
    pub fn error_at(&mut self, path: &str, found: impl Into<String>, hint: &str) {
        self.push(Finding::error(found).at(self.span(path)).hint(hint));
    }

    /// A warning where the number or the entry with a path stands.
    pub fn warn_at(&mut self, path: &str, found: impl Into<String>, hint: &str) {
        self.push(Finding::warning(found).at(self.span(path)).hint(hint));
    }

    /// Says of a number that it is not used, if the file writes it.
    pub fn unused(&mut self, n: &Negotiation, id: InputId, why: String, hint: &str) {
        let input = n.inputs.get(id);
        if input.written {
            self.warn_at(&input.path, why, hint);
        }
    }

    /// Keeps a finding.
    pub fn push(&mut self, finding: Finding) {
        match self.findings.len() {
            n if n < MOST_FINDINGS => self.findings.push(finding),
            MOST_FINDINGS => {
                let full = format!("more than {MOST_FINDINGS} findings: only the first to be found are shown");
                self.findings.push(Finding::error(full));
            }
            _ => {}
        }
    }

    /// How many findings there are so far, with those that were held back.
    pub fn count(&self) -> usize {
        self.findings.len() + self.held_back
    }

    /// Notes a mistake that only follows from another one.
    pub fn hold_back(&mut self) {
        self.held_back += 1;
    }

    /// Whether the same was said before: then its place is added there. If not, the next finding says it.
    pub fn is_told(&mut self, what: (&'static str, String), span: &Span) -> bool {
        let Some(&place) = self.told.get(&what) else {
            self.told.insert(what, self.findings.len());
            return false;
        };
        self.hold_back();
        let more = self.findings.get_mut(place).map(|finding| &mut finding.more);
        if let Some(more) = more.filter(|more| more.len() < MOST_PLACES) {
            more.push((span.clone(), "the same".to_owned()));
        }
        true
    }

    /// The inputs that a path names: one, or one for each holder.
    pub fn reach(&self, path: &str) -> Option<Vec<InputId>> {
        self.groups.get(path).cloned().or_else(|| self.inputs.find(path).map(|id| vec![id]))
    }

    /// Every path of a number.
    pub fn paths(&self) -> Vec<String> {
        let inputs = self.inputs.iter().map(|(_, input)| input.path.clone());
        inputs.chain(self.groups.keys().cloned()).chain(self.maps.keys().cloned()).collect()
    }

    /// Where the number or the entry with a path stands; the start of the file, if it is not written.
    pub fn span(&self, path: &str) -> Span {
        self.spans.get(path).cloned().unwrap_or(0..0)
    }

    /// Remembers where a key stands that is no number, so that something can be said of it.
    pub fn keeps_place(&mut self, table: &Opened, key: &str) {
        if let Some(entry) = table.get(key) {
            self.spans.insert(table.path_of(key), entry.span.clone());
        }
    }

    /// Whether something keeps the file from being used.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.severity == Severity::Error)
    }

    /// All findings in file order, each once.
    pub fn take_findings(&mut self) -> Vec<Finding> {
        let mut findings = std::mem::take(&mut self.findings);
        findings.order_by_key(|f| f.span.as_ref().map_or(0, |s| s.start + 1));
        findings.dedup();
        findings
    }

    /// `did you mean …? the … are …`, while suggestions last; only then is it asked what is known.
    pub fn advice<S: AsRef<str>>(&mut self, word: &str, plural: &str, known: impl FnOnce(&Self) -> Vec<S>) -> String {
        self.suggestions += 1;
        if self.suggestions > MOST_SUGGESTIONS {
            return format!("see the {plural} of the file");
        }
        let known = known(self);
        advice(word, plural, &known.iter().map(AsRef::as_ref).collect::<Vec<&str>>())
    }

    /// Says that no number has a path, and which was probably meant.
    pub fn unknown_path(&mut self, path: &str, span: &Span, label: &str) {
        error(format!("unknown path `{path}`"), span).label(label).hint(self.path_advice(path)).push(self);
    }

    /// Which path was probably meant, while suggestions last.
    fn path_advice(&mut self, path: &str) -> String {
        self.suggestions += 1;
        if self.suggestions > MOST_SUGGESTIONS {
            return "see the paths of the file".to_owned();
        }
        let known = self.paths();
        path_advice(path, &known.iter().map(String::as_str).collect::<Vec<&str>>())
    }

    /// `… is a list, not text`.
    pub fn wrong_type(&mut self, what: &str, node: &Node, accepted: &str) {
        let found = format!("`{what}` is {}", node.value.described());
        error(found, &node.span).label(format!("expected {accepted}")).push(self);
    }

    /// The same, where nothing can come of it.
    pub fn mistyped<T>(&mut self, what: &str, node: &Node, accepted: &str) -> Option<T> {
        self.wrong_type(what, node, accepted);
        None
    }

    /// The top table of a file of some kind.
    pub fn top<'n>(&mut self, section: &'static Keys, entries: &'n [Keyed]) -> Opened<'n> {
        let (id, path, numbers) = (String::new(), String::new(), "assumption".to_owned());
        let top = Opened { id, path, span: 0..0, numbers, section, entries };
        self.check_keys(&top);
        self.sourced(top)
    }

    /// The table behind a key, as a section of the format. `parent` gives its path and its source of numbers.
    pub fn open<'n>(&mut self, section: &'static Keys, entry: &'n Keyed, path: String, numbers: &str) -> Opened<'n> {
        let entries: &[Keyed] = if let Value::Table(entries) = &entry.node.value { entries } else { &[] };
        let (id, span, numbers) = (entry.key.clone(), entry.span.clone(), numbers.to_owned());
        self.spans.insert(path.clone(), span.clone());
        let table = Opened { id, path, span, numbers, section, entries };
        if !matches!(entry.node.value, Value::Table(_)) {
            self.wrong_type(&entry.key, &entry.node, &format!("{} as a table", section.name));
            return table;
        }
        self.check_keys(&table);
        self.sourced(table)
    }

    /// The table with the source of its magnitudes; its own source is noted.
    fn sourced<'n>(&mut self, table: Opened<'n>) -> Opened<'n> {
        let mut own = |key| table.kind(key).and_then(|_| self.text(&table, key));
        let (source, numbers) = (own("source"), own("numbers"));
        self.sources.extend(source.map(|source| (table.path.clone(), source)));
        Opened { numbers: numbers.unwrap_or_else(|| table.numbers.clone()), ..table }
    }

    /// Who says so of what a table describes.
    pub fn source(&self, table: &Opened) -> Option<String> {
        self.sources.get(&table.path).cloned()
    }

    /// The table behind a key of another one, if it is there.
    pub fn inner<'n>(&mut self, owner: &Opened<'n>, key: &str) -> Option<Opened<'n>> {
        let Some(Takes::Table(section)) = owner.kind(key) else { unreachable!("{key} is a table") };
        owner.get(key).map(|entry| self.open(section, entry, owner.path_of(key), &owner.numbers))
    }

    /// The table behind a key of another one; without it an empty one, of whose keys each has its default.
    pub fn inner_or_empty<'n>(&mut self, owner: &Opened<'n>, key: &str) -> Opened<'n> {
        let Some(Takes::Table(section)) = owner.kind(key) else { unreachable!("{key} is a table") };
        self.inner(owner, key).unwrap_or_else(|| owner.beside(section, owner.path_of(key)))
    }

    /// The entries of a section, with their identifiers checked; no more than the limit.
    pub fn each<'n>(&mut self, parent: &Opened<'n>, key: &str) -> Vec<Opened<'n>> {
        let Some(Takes::Entries(section)) = parent.kind(key) else { unreachable!("{key} holds entries") };
        let kind = if PEOPLE.contains(&key) { IdKind::Person } else { IdKind::Other };
        let mut tables = Vec::new();
        for entry in self.section_entries(parent, key) {
            check_id(self, &entry.key, &entry.span, kind);
            tables.push(self.open(section, entry, format!("{}.{}", parent.path_of(key), entry.key), &parent.numbers));
        }
        tables
    }

    /// What is read of each entry of a section.
    pub fn read_each<T>(&mut self, of: &Opened, key: &str, mut read: impl FnMut(&mut Self, &Opened) -> T) -> Vec<T> {
        self.each(of, key).iter().map(|table| read(self, table)).collect()
    }

    /// The entries of a section as they stand; no more than the limit.
    pub fn section_entries<'n>(&mut self, parent: &Opened<'n>, key: &str) -> &'n [Keyed] {
        let Some(entry) = parent.get(key) else { return &[] };
        let (entries, most) = (self.entries(&entry.node, key, "a table of entries"), most(key));
        if entries.len() > most {
            error(format!("`{key}` has {} entries, more than {most}", entries.len()), &entry.span).push(self);
        }
        &entries[..entries.len().min(most)]
    }

    /// The entries of a table; none, after a finding, of anything else.
    pub fn entries<'n>(&mut self, node: &'n Node, what: &str, accepted: &str) -> &'n [Keyed] {
        if let Value::Table(entries) = &node.value {
            return entries;
        }
        self.wrong_type(what, node, accepted);
        &[]
    }

    fn check_keys(&mut self, table: &Opened) {
        for entry in table.entries {
            if table.section.open.is_none() && table.section.key(&entry.key).is_none() {
                self.unknown_key(table, entry);
            }
        }
        let lacks = |key: &&Key| key.required && table.lacks(key.name);
        for key in table.section.all_keys().filter(lacks) {
            let found = format!("{} needs `{}`", table.section.name, key.name);
            if table.path.is_empty() {
                self.push(Finding::error(found).hint(key.about));
            } else {
                error(found, &table.span).hint(key.about).push(self);
            }
        }
    }

    fn unknown_key(&mut self, table: &Opened, entry: &Keyed) {
        let noun = if table.path.is_empty() { "section" } else { "key" };
        let found = format!("unknown {noun} `{}`", entry.key);
        if std::ptr::eq(table.section, &raw const keys::NO_DEAL) && self.names.find(Ref::State, &entry.key).is_some() {
            return error(found, &entry.span).hint(format!("write stake.{}", entry.key)).push(self);
        }
        if let Some((_, instead)) = table.section.gone.iter().find(|(gone, _)| *gone == entry.key) {
            let found = format!("`{}` is no key of {} any more", entry.key, table.section.name);
            return error(found, &entry.span).hint(*instead).push(self);
        }
        let known = |_: &Self| table.section.all_keys().map(|k| k.name).collect();
        let advice = self.advice(&entry.key, &format!("keys of {}", table.section.name), known);
        error(found, &entry.span).label(format!("{} has no such key", table.section.name)).hint(advice).push(self);
    }
}
