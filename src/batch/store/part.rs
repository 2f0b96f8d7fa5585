//! Units as text: a head, for each unit a line with its tallies and the rows of its runs, and a checksum; and the table of
//! the rows of all runs, put together from them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Error, Read, Seek, SeekFrom, Write};
use std::iter::Peekable;
use std::path::{Path, PathBuf};

use itertools::Itertools as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::super::plan::{BatchPlan, MOST_RUNS, Status, hex};
use super::super::row::{columns, quoted};
use super::super::tally::Tally;
use super::super::unit::{Span, Unit};
use super::super::work::Done;
use super::Kept;
use super::file::{StoreError, read_within, refused, write_with};
use crate::scenario::Record;

/// The line of a unit.
#[derive(Serialize, Deserialize)]
struct UnitLine {
    unit: Unit,
    /// The tally of each experiment, or why it failed.
    tallies: Vec<UnitOutcome>,
    /// Bytes of rows of each experiment, which follow the line.
    rows: Vec<usize>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum UnitOutcome {
    Ok(Box<Tally>),
    Failed(String),
}

impl UnitOutcome {
    fn result(self) -> Result<Tally, String> {
        match self {
            Self::Ok(tally) => Ok(*tally),
            Self::Failed(message) => Err(message),
        }
    }
}

/// Where the rows of a unit stand.
#[derive(Debug, Clone)]
pub(super) struct UnitRows {
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
    hex(Sha256::new_with_prefix(bytes))
}

/// The first line of a part of a plan.
fn first(plan: &str) -> String {
    format!("{{\"winset\":\"units\",\"plan\":\"{plan}\"}}\n")
}

/// The last line of a part.
fn last(sha256: &str) -> String {
    format!("{{\"sha256\":\"{sha256}\"}}\n")
}

/// Units as a file: its name, which is that of its content, and its bytes.
pub(super) fn text(plan: &str, done: &[Done]) -> (String, Vec<u8>) {
    let mut bytes = first(plan).into_bytes();
    let told = |tally: &Result<Tally, String>| match tally {
        Ok(tally) => UnitOutcome::Ok(Box::new(tally.clone())),
        Err(message) => UnitOutcome::Failed(message.clone()),
    };
    for Done { unit, tallies, rows } in done {
        let tallies = tallies.iter().map(told).collect();
        let line = UnitLine { unit: *unit, tallies, rows: rows.iter().map(String::len).collect() };
        serde_json::to_writer(&mut bytes, &line).expect("plain values can always be written to memory");
        bytes.push(b'\n');
        rows.iter().for_each(|rows| bytes.extend(rows.as_bytes()));
    }
    let sha256 = fingerprint(&bytes);
    bytes.extend(last(&sha256).as_bytes());
    (format!("part-{}.jsonl", &sha256[..24]), bytes)
}

/// What a part holds.
pub(super) type Units = Vec<(UnitRows, Vec<Result<Tally, String>>)>;

/// Bytes of a part at most.
const MOST: u64 = 4_000_000_000;

/// Reads a part of a plan; `None` if it is not whole, of another plan, or holds tallies that cannot come of its units.
pub(super) fn read(path: &Path, plan: &BatchPlan, hash: &str) -> Result<Option<Units>, StoreError> {
    let bytes = read_within(path, MOST).map_err(|e| refused(path, "read", e))?;
    Ok(whole(&bytes).and_then(|body| units(path, body, plan, hash)))
}

/// The bytes before the last line, if its checksum is theirs.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let end = bytes.strip_suffix(b"\n")?.iter().rposition(|b| *b == b'\n')? + 1;
    let (body, end) = bytes.split_at(end);
    (end == last(&fingerprint(body)).as_bytes()).then_some(body)
}

fn units(path: &Path, body: &[u8], plan: &BatchPlan, hash: &str) -> Option<Units> {
    let totals = path.file_name().is_some_and(|name| name == super::TOTALS);
    let with_rows = plan.record > Record::Experiments && !totals;
    let head = first(hash);
    if !body.starts_with(head.as_bytes()) {
        return None;
    }
    let mut at = head.len();
    let mut found = Vec::new();
    while at < body.len() {
        let line: UnitLine = serde_json::from_slice(next(body, &mut at)?).ok()?;
        if !sound(&line, plan) {
            return None;
        }
        let mut rows = Vec::with_capacity(line.rows.len());
        for length in &line.rows {
            rows.push((at, *length));
            at = at.checked_add(*length).filter(|at| *at <= body.len())?;
        }
        let rows = if with_rows { rows } else { Vec::new() };
        let rows = UnitRows { unit: line.unit, path: path.to_owned(), rows };
        found.push((rows, line.tallies.into_iter().map(UnitOutcome::result).collect()));
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
fn sound(line: &UnitLine, plan: &BatchPlan) -> bool {
    let Unit { experiments, runs } = line.unit;
    let stretch = |span: Span, end: u64| span.from < span.to && span.to <= end;
    let fits = |(e, outcome): (u64, &UnitOutcome)| match (outcome, plan.status(e)) {
        (UnitOutcome::Ok(tally), Status::Ok) => tally.may_come_of(&plan.model(plan.experiment(e).0).n, runs.len()),
        (UnitOutcome::Failed(_), _) => true,
        (UnitOutcome::Ok(_), _) => false,
    };
    let there = stretch(experiments, plan.experiments()) && stretch(runs, MOST_RUNS);
    let counts = [line.tallies.len() as u64, line.rows.len() as u64];
    there && counts == [experiments.len(); 2] && experiments.iter().zip(&line.tallies).all(fits)
}

/// Writes the table. Rows that an earlier, shorter batch left in the table itself come first in each experiment.
pub(super) fn write_rows(
    path: &Path,
    plan: &BatchPlan,
    units: &BTreeMap<(u64, u64), UnitRows>,
    kept: &[Kept],
) -> Result<(), StoreError> {
    let work = |file: &mut File| {
        let mut out = BufWriter::new(file);
        writeln!(out, "{}", columns(plan).iter().map(|column| quoted(column)).join(","))?;
        // The rows of what totals hold are in the table beside them.
        let tables = units.values().filter(|there| there.rows.is_empty()).map(table).unique();
        let mut old: BTreeMap<PathBuf, Old> =
            tables.map(|table| Ok((table.clone(), Old::open(&table)?))).collect::<io::Result<_>>()?;
        let by_experiment = by_experiment(units);
        for e in 0..plan.experiments() {
            if let Some(totals) = units.get(&(e, 0)).filter(|there| there.rows.is_empty()) {
                let (table, runs) = (table(totals), totals.unit.runs.to.min(plan.runs));
                let copied = old.get_mut(&table).expect("all of them are open").copy(e, runs, &mut out)?;
                if copied != runs && !matches!(kept[e as usize].tally, Some(Err(_))) {
                    let found = format!("`{}` has {copied} of {runs} rows of experiment {e}", table.display());
                    return Err(Error::other(found));
                }
            }
            let rows = by_experiment.get(&e).into_iter().flatten();
            rows.into_iter().try_for_each(|(there, place)| copy(there, *place, &mut out))?;
        }
        out.flush()
    };
    write_with(path, work).map_err(|e| refused(path, "written", e))
}

/// The table that holds the rows of totals.
fn table(totals: &UnitRows) -> PathBuf {
    totals.path.with_file_name(super::ROWS)
}

/// The units that hold rows of each experiment, in the order of their runs, with its place in each.
fn by_experiment(units: &BTreeMap<(u64, u64), UnitRows>) -> BTreeMap<u64, Vec<(&UnitRows, usize)>> {
    let mut found: BTreeMap<u64, Vec<(&UnitRows, usize)>> = BTreeMap::new();
    for there in units.values().filter(|there| !there.rows.is_empty()) {
        there.unit.experiments.iter().zip(0..).for_each(|(e, place)| found.entry(e).or_default().push((there, place)));
    }
    found.values_mut().for_each(|list| list.sort_by_key(|(there, _)| there.unit.runs));
    found
}

fn copy(there: &UnitRows, place: usize, out: &mut impl Write) -> io::Result<()> {
    let (at, length) = there.rows[place];
    let mut file = File::open(&there.path)?;
    file.seek(SeekFrom::Start(at as u64))?;
    io::copy(&mut file.take(length as u64), out)?;
    Ok(())
}

/// The table as an earlier batch left it, read once from its beginning.
struct Old {
    lines: Peekable<io::Lines<BufReader<File>>>,
}

impl Old {
    fn open(path: &Path) -> io::Result<Self> {
        let mut lines = BufReader::new(File::open(path)?).lines();
        lines.next();
        Ok(Self { lines: lines.peekable() })
    }

    /// Copies the rows of an experiment whose runs are below `upto`, and counts them; those beyond come from parts.
    fn copy(&mut self, e: u64, upto: u64, out: &mut impl Write) -> io::Result<u64> {
        let ours = |line: &io::Result<String>| line.as_ref().map_or(true, |l| place(l).is_none_or(|(of, _)| of <= e));
        let mut copied = 0;
        while let Some(line) = self.lines.next_if(ours) {
            let line = line?;
            if place(&line).is_some_and(|(of, run)| of == e && run < upto) {
                writeln!(out, "{line}")?;
                copied += 1;
            }
        }
        Ok(copied)
    }
}

/// The experiment and the run of a row.
fn place(line: &str) -> Option<(u64, u64)> {
    /// Place of the run among the columns.
    const RUN: usize = 6;
    let (mut cell, mut inside, mut cells) = (String::new(), false, Vec::new());
    for c in line.chars() {
        match c {
            '"' => inside = !inside,
            ',' if !inside => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
        if cells.len() > RUN {
            break;
        }
    }
    Some((cells.first()?.parse().ok()?, cells.get(RUN)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_place_of_a_row_is_found_behind_quoted_cells() {
        assert_eq!(super::place("12,\"a, b\",r,v,\"p\"\"q\",3,77,1,0"), Some((12, 77)));
        assert_eq!(super::place("x"), None);
    }
}
