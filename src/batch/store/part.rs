//! Units as text: a head, for each unit a line with its tallies and the rows of its runs, and a checksum.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::super::tally::Tally;
use super::super::unit::Unit;
use super::super::work::Done;
use super::{StoreError, io};

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

/// Reads a part of a plan; `None` if it is not whole, or of another plan.
pub(super) fn read(path: &Path, plan: &str, rows: bool) -> Result<Option<Sections>, StoreError> {
    let bytes = std::fs::read(path).map_err(|e| io(path, "read", e))?;
    Ok(whole(&bytes).and_then(|body| sections(path, body, plan, rows)))
}

/// The bytes before the last line, if its checksum is theirs.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let without_end = bytes.strip_suffix(b"\n")?;
    let last = without_end.iter().rposition(|b| *b == b'\n')? + 1;
    let end: End = serde_json::from_slice(&without_end[last..]).ok()?;
    (end.sha256 == fingerprint(&bytes[..last])).then_some(&bytes[..last])
}

fn sections(path: &Path, body: &[u8], plan: &str, with_rows: bool) -> Option<Sections> {
    let totals = path.file_name().is_some_and(|name| name == "totals.jsonl");
    let mut at = 0;
    let next = |at: &mut usize| {
        let length = body[*at..].iter().position(|b| *b == b'\n')?;
        let line = &body[*at..*at + length];
        *at += length + 1;
        Some(line)
    };
    let head: Head = serde_json::from_slice(next(&mut at)?).ok()?;
    if head != (Head { winset: "units".to_owned(), plan: plan.to_owned() }) {
        return None;
    }
    let mut found = Vec::new();
    while at < body.len() {
        let line: Line = serde_json::from_slice(next(&mut at)?).ok()?;
        let mut rows = Vec::with_capacity(line.rows.len());
        for length in &line.rows {
            rows.push((at, *length));
            at = at.checked_add(*length).filter(|at| *at <= body.len())?;
        }
        let tally = |outcome| match outcome {
            Outcome::Ok(tally) => Ok(*tally),
            Outcome::Failed(message) => Err(message),
        };
        let rows = if totals || !with_rows { Vec::new() } else { rows };
        let section = Section { unit: line.unit, path: path.to_owned(), rows };
        found.push((line.unit, line.tallies.into_iter().map(tally).collect(), section));
    }
    Some(found)
}
