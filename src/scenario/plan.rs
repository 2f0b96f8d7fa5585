//! Plans of batches as they are written: every word with its place, so that what is wrong can be shown there.

use super::keys::{LARGEST_WHOLE, Takes, plan as keys};
use super::names::read_as_missing;
use super::{Finding, Keyed, Node, Opened, Reader, Severity, Span, Value, error, format, numerals, shown, warning};
use crate::model::Defeat;
use crate::num::Order;

/// Runs of each experiment if the plan does not say how many.
const RUNS: u64 = 1_000;

/// Something that a plan says, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Said<T> {
    /// What.
    pub value: T,
    /// Bytes of the text of the plan.
    pub span: Span,
}

/// A plan as it is written: its words are not yet compared with the scenarios.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanFile {
    /// Where it was read from, as findings name it.
    pub name: String,
    /// The text of the file.
    pub text: String,
    /// Title.
    pub title: String,
    /// The question that it asks; empty if none.
    pub question: String,
    /// Files or shipped names.
    pub scenarios: Vec<Said<String>>,
    /// Which readings.
    pub readings: Readings,
    /// Runs of each experiment, ≥ 1.
    pub runs: u64,
    /// Seed of all draws.
    pub seed: u64,
    /// Which defeats count.
    pub defeat: Defeat,
    /// What is written down.
    pub record: Record,
    /// Settings of variants; none: as the files switch them.
    pub variants: Vec<Switches>,
    /// Sets of changes; none: no change.
    pub policies: Vec<Policy>,
    /// What is varied; `None`: nothing.
    pub design: Option<DesignFile>,
    /// What is legal but odd, in file order.
    pub warnings: Vec<Finding>,
}

/// The readings of a plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Readings {
    /// One is drawn for each world, by prior.
    ByPrior,
    /// Each reading that a scenario has, one after another.
    Each,
    /// These; `by prior` may be among them.
    Named(Vec<Said<String>>),
}

/// What is written down of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Record {
    /// A row for each experiment.
    Experiments,
    /// A row for each run as well.
    Runs,
    /// The same, with every uncertain input of the run's world.
    Inputs,
}

impl Record {
    /// What may be written down, from least to most, with its word.
    pub const WORDS: [(&'static str, Self); 3] =
        [("experiments", Self::Experiments), ("runs", Self::Runs), ("inputs", Self::Inputs)];
}

/// A setting of variants.
#[derive(Debug, Clone, PartialEq)]
pub struct Switches {
    /// Its identifier.
    pub id: Said<String>,
    /// Each variant, on or off.
    pub on: Vec<(Said<String>, bool)>,
}

/// A set of changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Its identifier.
    pub id: Said<String>,
    /// Name for readers.
    pub name: String,
    /// Paths and what their numbers become, as `--set` takes them.
    pub set: Vec<(Said<String>, String)>,
    /// Parts of the model that are left out.
    pub without: Vec<Said<String>>,
}

/// A design as it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignFile {
    /// How points are chosen.
    pub kind: Said<DesignKind>,
    /// How many.
    pub points: Option<u64>,
    /// The CSV file of a table.
    pub table: Option<Said<String>>,
    /// What is varied.
    pub inputs: Vec<Varied>,
}

/// How the points of a design are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DesignKind {
    /// Every value of each input with every value of the others.
    Factorial,
    /// The scenario as it is, then each value of each input alone.
    OneAtATime,
    /// Each range in as many strata as there are points, one point in each (`McKay` et al. 1979).
    LatinHypercube,
    /// Points of a Sobol' sequence, scrambled.
    Sobol,
    /// The rows of a CSV file.
    Table,
}

impl DesignKind {
    /// Every kind, with its word.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("factorial", Self::Factorial),
        ("one-at-a-time", Self::OneAtATime),
        ("latin-hypercube", Self::LatinHypercube),
        ("sobol", Self::Sobol),
        ("table", Self::Table),
    ];
}

/// An input that is varied.
#[derive(Debug, Clone, PartialEq)]
pub struct Varied {
    /// Its path.
    pub path: Said<String>,
    /// Which values.
    pub levels: Said<Levels>,
}

/// The values of a varied input.
#[derive(Debug, Clone, PartialEq)]
pub enum Levels {
    /// Anything between.
    Range(f64, f64),
    /// So many values at equal distances, both ends included.
    Steps(f64, f64, u64),
    /// These.
    Values(Vec<f64>),
}

impl Levels {
    /// The values, if there are finitely many.
    pub fn values(&self) -> Option<Vec<f64>> {
        match self {
            Self::Range(..) => None,
            Self::Steps(from, _, 1) => Some(vec![*from]),
            Self::Steps(from, to, steps) => {
                let last = (steps - 1) as f64;
                // Both ends exactly; between them rounded to twelve digits, so that 0.1 steps read as such.
                let at =
                    |i: u64| if i + 1 == *steps { *to } else { numerals::tidy(from + (to - from) * (i as f64 / last)) };
                Some((0..*steps).map(at).collect())
            }
            Self::Values(values) => Some(values.clone()),
        }
    }

    /// How many values, if there are finitely many.
    pub fn count(&self) -> Option<u64> {
        match self {
            Self::Range(..) => None,
            Self::Steps(_, _, steps) => Some(*steps),
            Self::Values(values) => Some(values.len() as u64),
        }
    }

    /// The least and the greatest value.
    pub fn range(&self) -> (f64, f64) {
        match self {
            Self::Range(lo, hi) | Self::Steps(lo, hi, _) => (lo.min(*hi), lo.max(*hi)),
            Self::Values(values) => {
                values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), x| (lo.min(*x), hi.max(*x)))
            }
        }
    }
}

impl PlanFile {
    /// Reads a plan; `name` is only used in what is said of it.
    ///
    /// # Errors
    /// Every finding, in file order.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let text = format::decode(bytes)?;
        let document = format::read(text)?;
        let of_a_scenario = document.key("issues").or(document.key("actors"));
        if let (Some(entry), None) = (of_a_scenario, document.key("scenarios")) {
            let found = "this is a scenario, not a plan of a batch";
            let hint = "`winset run FILE` asks it; a plan names its file under `scenarios`";
            return Err(vec![Finding::error(found).at(entry.span.clone()).hint(hint)]);
        }
        let mut reader = Reader::default();
        document.findings.iter().for_each(|finding| reader.push(finding.clone()));
        let top = reader.top(&keys::PLAN, &document.entries);
        let plan = plan(&mut reader, &top, name, text);
        // What is odd in a scenario may be meant; in a plan it would only be done twice.
        let strict = |f: Finding| Finding { severity: Severity::Error, ..f };
        let findings: Vec<Finding> = reader.take_findings().into_iter().map(strict).collect();
        if findings.is_empty() { Ok(Self { warnings: missing(&plan), ..plan }) } else { Err(findings) }
    }
}

/// A warning for every identifier that programs for tables take for a missing value: it stands in each row of the results.
fn missing(plan: &PlanFile) -> Vec<Finding> {
    let stem = |file: &str| file.rsplit(['/', '\\']).next().unwrap_or_default().trim_end_matches(".toml").to_owned();
    let scenarios = plan.scenarios.iter().map(|said| (stem(&said.value), &said.span));
    let ids = plan.variants.iter().map(|v| &v.id).chain(plan.policies.iter().map(|p| &p.id));
    let all = scenarios.chain(ids.map(|id| (id.value.clone(), &id.span)));
    let mut found: Vec<Finding> = all.filter_map(|(id, span)| read_as_missing(&id, span)).collect();
    found.order_by_key(|f| f.span.as_ref().map_or(0, |span| span.start));
    found
}

fn plan(reader: &mut Reader, top: &Opened, name: &str, text: &str) -> PlanFile {
    PlanFile {
        name: name.to_owned(),
        text: text.to_owned(),
        title: reader.text(top, "title").unwrap_or_default(),
        question: reader.text(top, "question").unwrap_or_default(),
        scenarios: words(reader, top, "scenarios"),
        readings: readings(reader, top),
        runs: whole(reader, top, "runs", 1).unwrap_or(RUNS),
        seed: whole(reader, top, "seed", 0).unwrap_or(1),
        defeat: reader.choice(top, "defeat", &Defeat::WORDS).unwrap_or_default(),
        record: reader.choice(top, "record", &Record::WORDS).unwrap_or(Record::Experiments),
        variants: read_each(reader, top, "variants", switches),
        policies: read_each(reader, top, "policies", |reader, table| policy(reader, table, text)),
        design: reader.inner(top, "design").map(|table| design(reader, &table)),
        warnings: Vec::new(),
    }
}

/// A text or a list of texts, none of them empty.
fn words(reader: &mut Reader, table: &Opened, key: &str) -> Vec<Said<String>> {
    let Some(entry) = table.get(key) else { return Vec::new() };
    let words = reader.words(&entry.node, key, "a text or a list of texts");
    let words: Vec<_> = words.into_iter().map(|(word, node)| said(word.to_owned(), &node.span)).collect();
    if words.is_empty() && reader.count() == 0 {
        error(format!("`{key}` is empty"), &entry.node.span).label("expected at least one").push(reader);
    }
    words
}

fn said<T>(value: T, span: &Span) -> Said<T> {
    Said { value, span: span.clone() }
}

fn readings(reader: &mut Reader, top: &Opened) -> Readings {
    let Some(entry) = top.get("readings") else { return Readings::ByPrior };
    match &entry.node.value {
        Value::Text(word) if word == "by prior" => Readings::ByPrior,
        Value::Text(word) if word == "each" => Readings::Each,
        _ => Readings::Named(words(reader, top, "readings")),
    }
}

fn whole(reader: &mut Reader, table: &Opened, key: &str, least: u64) -> Option<u64> {
    let entry = table.get(key)?;
    let Value::Number(x) = entry.node.value else { return reader.mistyped(key, &entry.node, "a whole number") };
    if x >= least as f64 && x.fract() == 0.0 && x <= LARGEST_WHOLE {
        return Some(x as u64);
    }
    let label = format!("expected a whole number from {least} to {}", shown(LARGEST_WHOLE));
    error(format!("`{key}` is {}", shown(x)), &entry.node.span).label(label).give_up(reader)
}

/// What is read of entries under names that may hold anything a file name may.
fn read_each<T>(reader: &mut Reader, top: &Opened, key: &str, read: impl Fn(&mut Reader, &Opened) -> T) -> Vec<T> {
    let Some(Takes::Entries(section)) = top.kind(key) else { unreachable!("{key} holds entries") };
    let entries = reader.section_entries(top, key).iter();
    let opened = |e: &Keyed| {
        let table = reader.open(section, e, format!("{key}.{}", e.key), &top.numbers);
        read(reader, &table)
    };
    entries.map(opened).collect()
}

fn switches(reader: &mut Reader, table: &Opened) -> Switches {
    let mut on = Vec::new();
    for entry in table.open_entries() {
        match entry.node.value {
            Value::Flag(flag) => on.push((said(entry.key.clone(), &entry.span), flag)),
            _ => reader.wrong_type(&entry.key, &entry.node, "true (on) or false (off)"),
        }
    }
    Switches { id: said(table.id.clone(), &table.span), on }
}

fn policy(reader: &mut Reader, table: &Opened, text: &str) -> Policy {
    let without = if table.get("without").is_some() { words(reader, table, "without") } else { Vec::new() };
    let set = table.get("set").map(|entry| reader.entries(&entry.node, "set", "a table set.\"PATH\" = NUMBER"));
    let number = |e: &Keyed| (said(e.key.clone(), &e.span), text[e.node.span.clone()].to_owned());
    let set = set.into_iter().flatten().map(number).collect();
    Policy { id: said(table.id.clone(), &table.span), name: reader.name(table), set, without }
}

fn design(reader: &mut Reader, table: &Opened) -> DesignFile {
    let kind = reader.choice(table, "kind", &DesignKind::WORDS).zip(table.get("kind"));
    let points = whole(reader, table, "points", 1);
    let file = table.get("table").and_then(|e| Some(said(reader.text(table, "table")?, &e.node.span)));
    let inputs = reader.section_entries(table, "inputs").iter().filter_map(|e| varied(reader, e)).collect();
    let kind = kind.map(|(kind, e)| said(kind, &e.node.span));
    let kind = kind.unwrap_or_else(|| said(DesignKind::Factorial, &table.span));
    DesignFile { kind, points, table: file, inputs }
}

fn varied(reader: &mut Reader, entry: &Keyed) -> Option<Varied> {
    let levels = match &entry.node.value {
        Value::List(list) => range(reader, entry, list)?,
        Value::Table(entries) if entries.iter().any(|e| matches!(e.node.value, Value::Table(_))) => {
            let draft = error(format!("`{}` is no path in quotes", entry.key), &entry.span);
            return draft.hint("write the whole path in quotes, as \"claims.peace.worth\" = [0, 1]").give_up(reader);
        }
        _ => levels(reader, entry)?,
    };
    Some(Varied { path: said(entry.key.clone(), &entry.span), levels: said(levels, &entry.node.span) })
}

fn range(reader: &mut Reader, entry: &Keyed, list: &[Node]) -> Option<Levels> {
    let ends: Vec<f64> = list.iter().filter_map(|node| reader.plain_node(node, &entry.key)).collect();
    if let [lo, hi] = ends[..]
        && lo < hi
    {
        return Some(Levels::Range(lo, hi));
    }
    let found = format!("the range of `{}` has no two ends in order", entry.key);
    let hint =
        numerals::points_advice(list, true).unwrap_or_else(|| "write { values = [...] } for a list of values".into());
    error(found, &entry.node.span).label("expected [LOW, HIGH]").hint(hint).give_up(reader)
}

fn levels(reader: &mut Reader, entry: &Keyed) -> Option<Levels> {
    let before = reader.count();
    let table = reader.open(&keys::VARIED, entry, format!("design.inputs.{}", entry.key), "assumption");
    let (from, to) = (reader.plain(&table, "from"), reader.plain(&table, "to"));
    let steps = whole(reader, &table, "steps", 1);
    let values = table.get("values").map(|e| {
        let Value::List(list) = &e.node.value else {
            reader.wrong_type("values", &e.node, "a list of numbers");
            return Vec::new();
        };
        if let Some(points) = numerals::points_advice(list, false) {
            warning("a comma of `values` looks like a decimal comma", &e.node.span).hint(points).push(reader);
        }
        list.iter().filter_map(|node| reader.plain_node(node, "values")).collect()
    });
    if reader.count() > before {
        return None;
    }
    match (values, from, to, steps) {
        (Some(values), None, None, None) if !values.is_empty() => Some(Levels::Values(values)),
        (None, Some(from), Some(to), None) if from < to => Some(Levels::Range(from, to)),
        (None, Some(from), Some(to), Some(steps)) if from < to || (from == to && steps == 1) => {
            Some(Levels::Steps(from, to, steps))
        }
        _ => {
            let found = format!("`{}` does not say which values it takes", entry.key);
            let hint = "write [LOW, HIGH], { from = LOW, to = HIGH, steps = N }, or { values = [...] }";
            error(found, &entry.node.span).hint(hint).give_up(reader)
        }
    }
}
