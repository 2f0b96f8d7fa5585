//! Units as text: a head, for each unit a line with its tallies and the rows of its runs, and a checksum.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::super::plan::{MOST_RUNS, Plan, Status};
use super::super::tally::Tally;
use super::super::unit::{Span, Unit};
use super::super::work::Done;
use super::{StoreError, io, read_within};
use crate::scenario::Record;

/// The first line of a part.
#[derive(Serialize, Deserialize, PartialEq)]
struct Head {
    winset: String,
    plan: String,
}

/// The line of a unit.
#[derive(Serialize, Deserialize)]
struct Line {
    unit: Unit,
    /// The tally of each experiment, or why it failed.
    tallies: Vec<Outcome>,
    /// Bytes of rows of each experiment, which follow the line.
    rows: Vec<usize>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Outcome {
    Ok(Box<Tally>),
    Failed(String),
}

impl Outcome {
    fn told(self) -> Result<Tally, String> {
        match self {
            Self::Ok(tally) => Ok(*tally),
            Self::Failed(message) => Err(message),
        }
    }
}

/// The last line of a part.
#[derive(Serialize, Deserialize)]
struct End {
    sha256: String,
}

/// Where the rows of a unit stand.
#[derive(Debug, Clone)]
pub(super) struct Section {
    /// The unit.
    pub unit: Unit,
    /// The file.
    pub path: PathBuf,
    /// Where the rows of each experiment begin in it, and how long they are: `rows[experiment of the unit]`. Empty in totals,
    /// whose rows are those of the table beside them.
    pub rows: Vec<(usize, usize)>,
}

/// SHA-256 in hexadecimal.
pub(super) fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Units as a file: its name, which is that of its content, and its bytes.
pub(super) fn text(plan: &str, done: &[Done]) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    line(&mut bytes, &Head { winset: "units".to_owned(), plan: plan.to_owned() });
    for unit in done {
        let outcome = |tally: &Result<Tally, String>| match tally {
            Ok(tally) => Outcome::Ok(Box::new(tally.clone())),
            Err(message) => Outcome::Failed(message.clone()),
        };
        let tallies = unit.tallies.iter().map(outcome).collect();
        let head = Line { unit: unit.unit, tallies, rows: unit.rows.iter().map(String::len).collect() };
        line(&mut bytes, &head);
        unit.rows.iter().for_each(|rows| bytes.extend(rows.as_bytes()));
    }
    let sha256 = fingerprint(&bytes);
    let name = format!("part-{}.jsonl", &sha256[..24]);
    line(&mut bytes, &End { sha256 });
    (name, bytes)
}

/// Adds a value as a line of JSON.
fn line(bytes: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(&mut *bytes, value).expect("plain values can always be written to memory");
    bytes.push(b'\n');
}

/// What a part holds.
pub(super) type Sections = Vec<(Unit, Vec<Result<Tally, String>>, Section)>;

/// Bytes of a part at most.
const MOST: u64 = 4_000_000_000;

/// Reads a part of a plan; `None` if it is not whole, of another plan, or holds tallies that cannot come of its units.
pub(super) fn read(path: &Path, plan: &Plan, hash: &str) -> Result<Option<Sections>, StoreError> {
    let bytes = read_within(path, MOST).map_err(|e| io(path, "read", e))?;
    Ok(whole(&bytes).and_then(|body| sections(path, body, plan, hash)))
}

/// The bytes before the last line, if its checksum is theirs.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let without_end = bytes.strip_suffix(b"\n")?;
    let last = without_end.iter().rposition(|b| *b == b'\n')? + 1;
    let end: End = serde_json::from_slice(&without_end[last..]).ok()?;
    (end.sha256 == fingerprint(&bytes[..last])).then_some(&bytes[..last])
}

fn sections(path: &Path, body: &[u8], plan: &Plan, hash: &str) -> Option<Sections> {
    let totals = path.file_name().is_some_and(|name| name == super::TOTALS);
    let with_rows = plan.record > Record::Experiments && !totals;
    let mut at = 0;
    let head: Head = serde_json::from_slice(next(body, &mut at)?).ok()?;
    if head != (Head { winset: "units".to_owned(), plan: hash.to_owned() }) {
        return None;
    }
    let mut found = Vec::new();
    while at < body.len() {
        let line: Line = serde_json::from_slice(next(body, &mut at)?).ok()?;
        if !sound(&line, plan) {
            return None;
        }
        let mut rows = Vec::with_capacity(line.rows.len());
        for length in &line.rows {
            rows.push((at, *length));
            at = at.checked_add(*length).filter(|at| *at <= body.len())?;
        }
        let rows = if with_rows { rows } else { Vec::new() };
        let section = Section { unit: line.unit, path: path.to_owned(), rows };
        found.push((line.unit, line.tallies.into_iter().map(Outcome::told).collect(), section));
    }
    Some(found)
}

/// The line that begins at a place, which moves behind it.
fn next<'b>(body: &'b [u8], at: &mut usize) -> Option<&'b [u8]> {
    let length = body[*at..].iter().position(|b| *b == b'\n')?;
    let line = &body[*at..*at + length];
    *at += length + 1;
    Some(line)
}

/// Whether the runs of a unit can have come to what its line says.
fn sound(line: &Line, plan: &Plan) -> bool {
    let Unit { experiments, runs } = line.unit;
    let stretch = |span: Span, end: u64| span.from < span.to && span.to <= end;
    let fits = |(e, outcome): (u64, &Outcome)| match (outcome, plan.status(e)) {
        (Outcome::Ok(tally), Status::Ok) => tally.may_come_of(&plan.model(plan.experiment(e).0).n, runs.len()),
        (Outcome::Failed(_), _) => true,
        (Outcome::Ok(_), _) => false,
    };
    let there = stretch(experiments, plan.experiments()) && stretch(runs, MOST_RUNS);
    let counts = [line.tallies.len() as u64, line.rows.len() as u64];
    there && counts == [experiments.len(); 2] && experiments.iter().zip(&line.tallies).all(fits)
}
