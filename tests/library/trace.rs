//! `docs/trace.md` against the scenario that it traces: no statement is lost, and no row points at nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use toml::{Table, Value};

/// One row of the table: identifier and the cell that says what carries it.
struct Row {
    id: String,
    carried_by: String,
}

impl Row {
    /// The paths in code type.
    fn paths(&self) -> Vec<&str> {
        self.carried_by.split('`').skip(1).step_by(2).collect()
    }

    fn is_excluded(&self) -> bool {
        self.carried_by.strip_prefix("excluded: ").is_some_and(|reason| !reason.trim().is_empty())
    }
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn rows() -> Vec<Row> {
    let text = read("docs/trace.md");
    let lines = text.lines().filter(|line| line.starts_with("| S") || line.starts_with("| T"));
    lines.map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [id, says, carried_by] = cells[..] else { panic!("not three cells: {line}") };
    assert!(!says.is_empty(), "{id} says nothing");
    Row { id: id.to_owned(), carried_by: carried_by.to_owned() }
}

fn scenario() -> Table {
    read("scenarios/talks/istanbul-2025.toml").parse().expect("the scenario is TOML")
}

/// The value at a dotted path, each step a key of a table; identifiers hold no dots.
fn at<'a>(scenario: &'a Table, path: &str) -> Option<&'a Value> {
    let mut steps = path.split('.');
    let first = scenario.get(steps.next()?)?;
    steps.try_fold(first, |value, step| value.as_table()?.get(step))
}

/// The 83 identifiers: S01 to S58 and T01 to T25.
fn expected_ids() -> BTreeSet<String> {
    let ids = |letter: char, last: u32| (1..=last).map(move |n| format!("{letter}{n:02}"));
    ids('S', 58).chain(ids('T', 25)).collect()
}

/// Every identifier that stands under a `source` key, with the path of a table that cites it.
fn cited(table: &Table, path: &str, found: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        match value {
            Value::String(ids) if key == "source" => {
                found.extend(ids.split(", ").map(|id| (id.to_owned(), path.to_owned())));
            }
            Value::Table(inner) => cited(inner, &format!("{path}.{key}"), found),
            Value::Array(list) => {
                let tables = list.iter().filter_map(Value::as_table);
                tables.enumerate().for_each(|(at, inner)| cited(inner, &format!("{path}.{key}.{at}"), found));
            }
            _ => {}
        }
    }
}

#[test]
fn every_statement_has_exactly_one_row() {
    let ids: Vec<_> = rows().into_iter().map(|row| row.id).collect();
    let distinct: BTreeSet<_> = ids.iter().cloned().collect();
    assert_eq!(distinct, expected_ids());
    assert_eq!(ids.len(), distinct.len(), "a row is doubled");
}

#[test]
fn every_path_that_a_row_claims_exists() {
    let scenario = scenario();
    for row in rows() {
        for path in row.paths() {
            assert!(at(&scenario, path).is_some(), "{} claims `{path}`, which the scenario does not have", row.id);
        }
    }
}

#[test]
fn every_row_is_carried_or_excluded_with_a_reason() {
    for row in rows() {
        assert!(row.paths().is_empty() == row.is_excluded(), "{}: `{}`", row.id, row.carried_by);
        assert!(!row.carried_by.contains("later:"), "{}: `{}`", row.id, row.carried_by);
    }
}

#[test]
fn every_identifier_that_the_scenario_cites_has_a_row_that_is_not_excluded() {
    let kept: BTreeSet<_> = rows().into_iter().filter(|row| !row.is_excluded()).map(|row| row.id).collect();
    let mut found = BTreeMap::new();
    cited(&scenario(), "scenario", &mut found);
    assert!(!found.is_empty(), "the scenario cites nothing");
    let bibliography = read("docs/bibliography.md");
    for (id, path) in found {
        if id.ends_with(')') {
            // Which way a factor pulls may be known from the literature: a name and a year, in brackets.
            assert!(bibliography.contains(&format!("**{id}**")), "`{path}` cites {id}, not in the bibliography");
            continue;
        }
        assert!(kept.contains(&id), "`{path}` cites {id}, which no row carries");
    }
}
