//! Walks the tables of a file and gathers findings on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::finding::{Finding, Severity};
use super::format::{Entry, Node, Value};
use super::keys::{self, Key, Kind, Ref, Section, Spec};
use super::lines::PendingLine;
use super::names::{IdKind, Names, advice, check_id};
use crate::model::{ActorId, Beholder, Input, InputId, InputKind, Inputs, Law, OptionId, Quantity};

/// Entries that a section may have.
pub(super) const MOST_ENTRIES: usize = 1_000;

/// Findings that are kept; a file with more has one cause.
const MOST_FINDINGS: usize = 1_000;

/// Findings with a suggestion, which is the costly part of them.
const MOST_SUGGESTIONS: usize = 50;

/// A table of the file, opened as a section of the format: its keys are known, the required ones are there.
#[derive(Debug, Clone)]
pub(super) struct Table<'n> {
    /// Its own key.
    pub id: String,
    /// Its path, as `claims.inflation`.
    pub path: String,
    /// Where its key stands.
    pub span: Range<usize>,
    /// Where its magnitudes come from.
    pub numbers: String,
    section: &'static Section,
    entries: &'n [Entry],
}

impl<'n> Table<'n> {
    /// The entry with this key.
    pub fn get(&self, key: &str) -> Option<&'n Entry> {
        debug_assert!(self.section.key(key).is_some(), "{key} is a key of {}", self.section.name);
        self.entries.iter().find(|e| e.key == key)
    }

    /// The entries whose keys are identifiers.
    pub fn open_entries(&self) -> impl Iterator<Item = &'n Entry> + use<'n> {
        let section = self.section;
        self.entries.iter().filter(move |e| section.key(&e.key).is_none())
    }

    fn kind(&self, key: &str) -> Option<Kind> {
        self.section.key(key).map(|k| k.kind)
    }
}

/// Everything that is gathered while a file is read.
#[derive(Debug, Default)]
pub(super) struct Reader {
    findings: Vec<Finding>,
    suggestions: usize,
    /// All identifiers.
    pub names: Names,
    /// All numbers.
    pub inputs: Inputs,
    /// What each number may be, `specs[input]`.
    pub specs: Vec<Spec>,
    /// Paths that stand for several inputs.
    pub groups: BTreeMap<String, Vec<InputId>>,
    /// Where things stand, by id path.
    pub spans: BTreeMap<String, Range<usize>>,
    /// Lines that wait for the scores of two packages.
    pub lines: Vec<PendingLine>,
    /// Unknowns that some number follows.
    pub followed: BTreeSet<usize>,
    /// The inputs of the unknowns.
    pub unknowns: Vec<InputId>,
}

/// A finding on its way to the list.
pub(super) struct Draft<'r> {
    reader: &'r mut Reader,
    finding: Finding,
}

impl Draft<'_> {
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.finding = self.finding.label(label);
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.finding = self.finding.hint(hint);
        self
    }

    pub fn also(mut self, span: Range<usize>, remark: &str) -> Self {
        self.finding = self.finding.also(span, remark);
        self
    }

    pub fn push(self) {
        self.reader.push(self.finding);
    }
}

impl Reader {
    /// An error at a place.
    pub fn error(&mut self, message: String, span: &Range<usize>) -> Draft<'_> {
        Draft { reader: self, finding: Finding::error(message).at(span.clone()) }
    }

    /// A warning at a place.
    pub fn warning(&mut self, message: String, span: &Range<usize>) -> Draft<'_> {
        Draft { reader: self, finding: Finding::warning(message).at(span.clone()) }
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

    /// How many findings there are so far.
    pub fn count(&self) -> usize {
        self.findings.len()
    }

    /// The inputs that a path names: one, or one for each holder.
    pub fn reach(&self, path: &str) -> Option<Vec<InputId>> {
        self.groups.get(path).cloned().or_else(|| self.inputs.find(path).map(|id| vec![id]))
    }

    /// Every path of a number.
    pub fn paths(&self) -> Vec<String> {
        self.inputs.iter().map(|(_, input)| input.path.clone()).chain(self.groups.keys().cloned()).collect()
    }

    /// Whether something keeps the file from being used.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.severity == Severity::Error)
    }

    /// All findings in file order, each once.
    pub fn into_findings(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(|f| f.span.as_ref().map_or(0, |s| s.start + 1));
        self.findings.dedup();
        self.findings
    }

    /// `did you mean …? the … are …`, while suggestions last.
    pub fn advice(&mut self, word: &str, plural: &str, known: &[&str]) -> String {
        self.suggestions += 1;
        if self.suggestions > MOST_SUGGESTIONS {
            format!("see the {plural} of the file")
        } else {
            advice(word, plural, known)
        }
    }

    /// `… is a list, not text`.
    pub fn wrong_type(&mut self, what: &str, node: &Node, accepted: &str) {
        let found = format!("`{what}` is {}", node.value.described());
        self.error(found, &node.span).label(format!("expected {accepted}")).push();
    }

    /// The top table.
    pub fn top<'n>(&mut self, entries: &'n [Entry]) -> Table<'n> {
        let mut top = Table {
            id: String::new(),
            path: String::new(),
            span: 0..0,
            numbers: "assumption".to_owned(),
            section: &keys::TOP,
            entries,
        };
        self.check_keys(&top);
        top.numbers = self.text(&top, "numbers").unwrap_or(top.numbers);
        top
    }

    /// The table behind a key, as a section of the format. `parent` gives its path and its source of numbers.
    pub fn open<'n>(&mut self, section: &'static Section, entry: &'n Entry, path: String, numbers: &str) -> Table<'n> {
        let entries: &[Entry] = if let Value::Table(entries) = &entry.node.value { entries } else { &[] };
        let (id, span, numbers) = (entry.key.clone(), entry.span.clone(), numbers.to_owned());
        self.spans.insert(path.clone(), span.clone());
        let mut table = Table { id, path, span, numbers, section, entries };
        if !matches!(entry.node.value, Value::Table(_)) {
            self.wrong_type(&entry.key, &entry.node, &format!("{} as a table", section.name));
            return table;
        }
        self.check_keys(&table);
        if section.key("numbers").is_some() {
            table.numbers = self.text(&table, "numbers").unwrap_or(table.numbers);
        }
        table
    }

    /// The entries of a section, with their identifiers checked; no more than the limit.
    pub fn each<'n>(&mut self, parent: &Table<'n>, key: &str, most: usize, kind: IdKind) -> Vec<Table<'n>> {
        let Some(Kind::Entries(section)) = parent.kind(key) else { return Vec::new() };
        let entries = self.section_entries(parent, key, most);
        let stem = if parent.path.is_empty() { key.to_owned() } else { format!("{}.{key}", parent.path) };
        let mut tables = Vec::with_capacity(entries.len());
        for entry in entries {
            check_id(self, &entry.key, &entry.span, kind);
            tables.push(self.open(section, entry, format!("{stem}.{}", entry.key), &parent.numbers));
        }
        tables
    }

    /// The entries of a section as they stand; no more than the limit.
    pub fn section_entries<'n>(&mut self, parent: &Table<'n>, key: &str, most: usize) -> &'n [Entry] {
        let Some(entry) = parent.get(key) else { return &[] };
        let Value::Table(entries) = &entry.node.value else {
            self.wrong_type(key, &entry.node, "a table of entries");
            return &[];
        };
        if entries.len() > most {
            let found = format!("`{key}` has {} entries, more than {most}", entries.len());
            self.error(found, &entry.span).push();
        }
        &entries[..entries.len().min(most)]
    }

    fn check_keys(&mut self, table: &Table) {
        for entry in table.entries {
            if table.section.open.is_none() && table.section.key(&entry.key).is_none() {
                self.unknown_key(table, entry);
            }
        }
        let lacks = |key: &&Key| key.required && !table.entries.iter().any(|e| e.key == key.name);
        for key in table.section.keys.iter().filter(lacks) {
            let found = format!("{} needs `{}`", table.section.name, key.name);
            if table.path.is_empty() {
                self.push(Finding::error(found).hint(key.about));
            } else {
                self.error(found, &table.span).hint(key.about).push();
            }
        }
    }

    fn unknown_key(&mut self, table: &Table, entry: &Entry) {
        let noun = if table.path.is_empty() { "section" } else { "key" };
        if table.section.later.contains(&entry.key.as_str()) {
            let found = format!("unknown {noun} `{}`", entry.key);
            return self.error(found, &entry.span).label("the talks are not computed yet").hint("leave it out").push();
        }
        let known: Vec<&str> = table.section.keys.iter().map(|k| k.name).collect();
        if std::ptr::eq(table.section, &raw const keys::NO_DEAL) && self.names.find(Ref::State, &entry.key).is_some() {
            let found = format!("unknown {noun} `{}`", entry.key);
            return self.error(found, &entry.span).hint(format!("write stake.{}", entry.key)).push();
        }
        let advice = self.advice(&entry.key, &format!("keys of {}", table.section.name), &known);
        let found = format!("unknown {noun} `{}`", entry.key);
        self.error(found, &entry.span).label(format!("{} has no such key", table.section.name)).hint(advice).push();
    }

    /// A text.
    pub fn text(&mut self, table: &Table, key: &str) -> Option<String> {
        let entry = table.get(key)?;
        if let Value::Text(text) = &entry.node.value {
            return Some(text.clone());
        }
        self.wrong_type(key, &entry.node, "text");
        None
    }

    /// A flag.
    pub fn flag(&mut self, table: &Table, key: &str) -> Option<bool> {
        let entry = table.get(key)?;
        if let Value::Flag(flag) = entry.node.value {
            return Some(flag);
        }
        self.wrong_type(key, &entry.node, "true or false");
        None
    }

    /// A certain number within ±10⁶.
    pub fn plain(&mut self, table: &Table, key: &str) -> Option<f64> {
        let entry = table.get(key)?;
        self.plain_node(&entry.node, key)
    }

    /// A certain number within ±10⁶.
    pub fn plain_node(&mut self, node: &Node, what: &str) -> Option<f64> {
        let Value::Number(x) = node.value else {
            self.wrong_type(what, node, "a number");
            return None;
        };
        if x.is_finite() && x.abs() <= keys::LARGEST {
            return Some(x);
        }
        let accepted = if x.is_finite() { Spec::ANY.accepted() } else { "a finite number" };
        self.error(format!("`{what}` is {}", shown(x)), &node.span).label(format!("expected {accepted}")).push();
        None
    }

    /// One of the words that the format knows here, by its place among them.
    pub fn word(&mut self, node: &Node, what: &str, words: &[&str]) -> Option<usize> {
        let Value::Text(word) = &node.value else {
            self.wrong_type(what, node, &words.join(" or "));
            return None;
        };
        let place = words.iter().position(|w| w == word);
        if place.is_none() {
            let advice = self.advice(word, "words accepted here", words);
            self.error(format!("unknown {what} `{word}`"), &node.span).hint(advice).push();
        }
        place
    }

    /// A text or a list of texts, each once, with their places.
    pub fn words<'n>(&mut self, node: &'n Node, what: &str, accepted: &str) -> Vec<(&'n str, &'n Node)> {
        let nodes = match &node.value {
            Value::List(list) if list.len() <= MOST_ENTRIES => &list[..],
            Value::List(list) => {
                let found = format!("`{what}` has {} entries, more than {MOST_ENTRIES}", list.len());
                self.error(found, &node.span).push();
                &[]
            }
            _ => std::slice::from_ref(node),
        };
        let mut seen = BTreeSet::new();
        let mut words = Vec::new();
        for node in nodes {
            match &node.value {
                Value::Text(word) if seen.insert(word) => words.push((word.as_str(), node)),
                Value::Text(word) => self.warning(format!("`{word}` is named twice"), &node.span).push(),
                _ => self.wrong_type(what, node, accepted),
            }
        }
        words
    }

    /// The place of what an identifier refers to.
    pub fn find(&mut self, of: Ref, id: &str, span: &Range<usize>) -> Option<usize> {
        let (noun, plural) = of.nouns();
        let found = match of {
            Ref::Party => self.names.find(Ref::Actor, id).filter(|i| self.names.is_party.get(*i) == Some(&true)),
            of => self.names.find(of, id),
        };
        if found.is_none() {
            let known: Vec<String> = self.names.accepted(of).into_iter().map(str::to_owned).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let advice = self.advice(id, plural, &known);
            let is_actor = of == Ref::Party && self.names.find(Ref::Actor, id).is_some();
            let message = match of {
                _ if is_actor => format!("`{id}` is not a party"),
                Ref::Unknown => format!("`{id}` names no unknown"),
                _ => format!("unknown {noun} `{id}`"),
            };
            let label =
                if is_actor { "this actor has other roles".to_owned() } else { format!("no {noun} has this id") };
            self.error(message, span).label(label).hint(advice).push();
        }
        found
    }

    /// What a text refers to.
    pub fn find_in(&mut self, of: Ref, node: &Node, what: &str) -> Option<usize> {
        let Value::Text(id) = &node.value else {
            self.wrong_type(what, node, &format!("the id of {} {}", article(of), of.nouns().0));
            return None;
        };
        self.find(of, id, &node.span)
    }

    /// What the key of a table refers to.
    pub fn find_key(&mut self, of: Ref, table: &Table, key: &str) -> Option<usize> {
        let entry = table.get(key)?;
        self.find_in(of, &entry.node, key)
    }

    /// The party's leadership or the audience with this identifier.
    pub fn beholder(&mut self, id: &str, span: &Range<usize>) -> Option<Beholder> {
        if let Some(found) = self.names.beholder(id) {
            return Some(found);
        }
        let of = if self.names.find(Ref::Actor, id).is_some() { Ref::Party } else { Ref::Beholder };
        self.find(of, id, span);
        None
    }

    /// An option of an issue; on a grid its number may be written as one.
    pub fn option(&mut self, issue: usize, node: &Node, what: &str) -> Option<OptionId> {
        let id = match &node.value {
            Value::Text(id) => id.clone(),
            Value::Number(x) => number_id(*x),
            _ => {
                self.wrong_type(what, node, "the id of an option");
                return None;
            }
        };
        self.option_id(issue, &id, &node.span)
    }

    /// An option of an issue by its identifier.
    pub fn option_id(&mut self, issue: usize, id: &str, span: &Range<usize>) -> Option<OptionId> {
        let options = &self.names.options[issue];
        if let Some(place) = options.find(id) {
            return Some(OptionId(place));
        }
        let known: Vec<String> = options.ids().to_vec();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let name = self.names.index(Ref::Issue).ids()[issue].clone();
        let advice = self.advice(id, &format!("options of `{name}`"), &known);
        self.error(format!("unknown option `{id}`"), span)
            .label(format!("`{name}` has no such option"))
            .hint(advice)
            .push();
        None
    }

    /// The input of a key of a table: what the file writes, else the default.
    pub fn number(&mut self, table: &Table, key: &str, default: f64) -> InputId {
        let Some(Kind::Number(spec)) = table.kind(key) else { unreachable!("{key} is a number") };
        let path = format!("{}.{key}", table.path);
        match table.get(key) {
            Some(entry) => self.input(path, &entry.node, spec, &table.numbers),
            None => self.default_input(path, default, spec, table),
        }
    }

    /// The input of a key of a table, if the file writes it.
    pub fn written(&mut self, table: &Table, key: &str) -> Option<InputId> {
        table.get(key).map(|_| self.number(table, key, 0.0))
    }

    /// The inputs of a table from identifiers to numbers.
    pub fn map(&mut self, table: &Table, key: &str) -> Vec<(usize, InputId)> {
        let Some(Kind::Map(of, spec)) = table.kind(key) else { unreachable!("{key} is a map") };
        let Some(entry) = table.get(key) else { return Vec::new() };
        let Value::Table(entries) = &entry.node.value else {
            let accepted = format!("a table from {} to numbers", of.nouns().1);
            self.wrong_type(key, &entry.node, &accepted);
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for entry in entries.iter().take(MOST_ENTRIES) {
            if let Some(place) = self.find(of, &entry.key, &entry.span) {
                let path = format!("{}.{key}.{}", table.path, entry.key);
                pairs.push((place, self.input(path, &entry.node, spec, &table.numbers)));
            }
        }
        pairs
    }

    /// An input that the file writes.
    pub fn input(&mut self, path: String, node: &Node, spec: Spec, numbers: &str) -> InputId {
        let law = self.law(node, spec, &path).unwrap_or_else(|| certain(0.0));
        self.spans.insert(path.clone(), node.span.clone());
        let place = InputId(self.inputs.len());
        self.wait_for_packages(&path, node, super::lines::Target::Input(place));
        self.add(Input { path, law, kind: kind_of(spec), numbers: numbers.to_owned(), written: true }, spec)
    }

    /// An input that the file leaves at its default.
    pub fn default_input(&mut self, path: String, value: f64, spec: Spec, owner: &Table) -> InputId {
        self.spans.insert(path.clone(), owner.span.clone());
        let (law, kind) = (certain(value), kind_of(spec));
        self.add(Input { path, law, kind, numbers: owner.numbers.clone(), written: false }, spec)
    }

    fn add(&mut self, input: Input, spec: Spec) -> InputId {
        let id = self.inputs.add(input);
        if id.0 == self.specs.len() {
            self.specs.push(spec);
        }
        id
    }
}

fn kind_of(spec: Spec) -> InputKind {
    match spec.form {
        keys::Form::Chance | keys::Form::Secret => InputKind::Chance,
        keys::Form::Value | keys::Form::Line => InputKind::Value,
    }
}

/// A number that is certain.
pub(super) fn certain(value: f64) -> Law {
    Law::Own(Quantity::fixed(value).expect("defaults and checked numbers are finite"))
}

/// A number as an identifier of a grid: nine decimals at most, no trailing zeros.
pub(super) fn number_id(x: f64) -> String {
    let text = format!("{x:.9}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A number as it is shown in a message.
pub(super) fn shown(x: f64) -> String {
    if x.is_finite() && (x.abs() >= 1e9 || (x != 0.0 && x.abs() < 1e-6)) { format!("{x:e}") } else { format!("{x}") }
}

fn article(of: Ref) -> &'static str {
    if of.nouns().0.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// The place of an actor as its type.
pub(super) fn actor(place: usize) -> ActorId {
    ActorId(place)
}
