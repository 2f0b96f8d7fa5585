//! Tables: every one that is written is told by `winset schema --tables`, and its cells are what it says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::cli_support::{Folder, winset};

/// What `winset schema --tables` tells: the columns of each table, and what each column holds.
struct Told {
    tables: BTreeMap<String, Vec<String>>,
    columns: Vec<(String, String)>,
}

impl Told {
    fn read() -> Self {
        let told: Value = serde_json::from_str(&winset(&["schema", "--tables"]).out).expect("it is JSON");
        let text = |value: &Value| value.as_str().expect("it is text").to_owned();
        let list = |value: &Value| value.as_array().expect("it is a list").clone();
        let tables = list(&told["tables"]).into_iter();
        Self {
            tables: tables.map(|t| (text(&t["name"]), list(&t["columns"]).iter().map(text).collect())).collect(),
            columns: list(&told["columns"]).iter().map(|c| (text(&c["name"]), text(&c["holds"]))).collect(),
        }
    }

    /// What a column holds; the path of an input is none that is told.
    fn holds(&self, name: &str) -> Option<&str> {
        let fits = |known: &str| match (known.strip_prefix('*'), known.strip_suffix('*')) {
            (Some(end), _) => name.ends_with(end),
            (_, Some(start)) => name.starts_with(start),
            _ => known == name,
        };
        let is_path = name.contains('.');
        self.columns.iter().find(|(known, _)| !is_path && fits(known)).map(|(_, holds)| holds.as_str())
    }

    /// Whether heads are those that a table is told to have.
    fn has(&self, wanted: &[String], heads: &[&str]) -> bool {
        let Some((first, rest)) = wanted.split_first() else { return heads.is_empty() };
        let with = |one: bool| one && self.has(wanted, &heads[1..]);
        let head = heads.first().copied();
        match (first.strip_prefix('['), first.strip_suffix('*')) {
            (Some(optional), _) => {
                let name = optional.trim_end_matches(']');
                (head == Some(name) && self.has(rest, &heads[1..])) || self.has(rest, heads)
            }
            (_, Some(start)) => with(head.is_some_and(|head| head.starts_with(start))) || self.has(rest, heads),
            _ if first == "PATH" => {
                with(head.is_some_and(|head| head == "reading" || self.holds(head).is_none())) || self.has(rest, heads)
            }
            _ => head == Some(first.as_str()) && self.has(rest, &heads[1..]),
        }
    }

    /// Holds a file against what is told of it.
    fn check(&self, path: &Path) {
        let name = path.file_name().and_then(|name| name.to_str()).expect("it has a name");
        let stem = name.strip_suffix(".csv").expect("it is CSV");
        let known = match stem.rsplit_once('.') {
            Some((_, suffix)) => format!("NAME.{suffix}"),
            None => stem.to_owned(),
        };
        let wanted = self.tables.get(&known).unwrap_or_else(|| panic!("`{name}` is a table that nobody tells"));
        let mut reader = csv::Reader::from_path(path).expect("it can be read");
        let heads = reader.headers().expect("it has heads").clone();
        let heads: Vec<&str> = heads.iter().collect();
        assert!(self.has(wanted, &heads), "{name}: {heads:?} are not {wanted:?}");
        for (line, record) in (2..).zip(reader.records()) {
            for (head, cell) in heads.iter().zip(&record.expect("it is a row")) {
                let fits = cell.is_empty()
                    || match self.holds(head) {
                        Some("whole") => cell.parse::<i64>().is_ok(),
                        Some("text") => true,
                        _ => cell.parse::<f64>().is_ok_and(|x| !x.is_nan()),
                    };
                assert!(fits, "{name}, line {line}: `{head}` is `{cell}`");
            }
        }
    }
}

#[test]
fn every_table_is_as_it_is_told() {
    let told = Told::read();
    let folder = Folder::new("sheets");
    let here = folder.path("");
    let scenarios = ["talks", "textbook"].iter().flat_map(|folder| {
        fs::read_dir(format!("{}/scenarios/{folder}", env!("CARGO_MANIFEST_DIR"))).expect("it is there")
    });
    let mut asked: Vec<String> = scenarios
        .map(|entry| entry.expect("it can be read").path())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .map(|name| format!("run {name} --runs 40 --record --out {here}run-{name}"))
        .collect();
    let plan = folder.file(
        "plan.toml",
        b"title = \"Both\"\nscenarios = \"labour-dispute\"\nruns = 40\nrecord = \"inputs\"\n[design]\n\
          kind = \"one-at-a-time\"\ninputs.\"audiences.drivers.loss_aversion\" = { values = [1, 2] }\n",
    );
    asked.extend([
        format!("batch istanbul-analysts --runs 8 --out {here}batch"),
        format!("batch {plan} --out {here}runs"),
        format!("run labour-dispute --vary audiences.drivers.loss_aversion=1:2:3 --runs 40 --out {here}vary"),
        format!("compare istanbul-2025 @without=mediator --runs 300 --out {here}compare"),
        format!("sensitivity labour-dispute --points 64 --out {here}sensitivity"),
        format!("audit labour-dispute --worlds 64 --out {here}audit"),
        format!("discover {here}batch --target reached>=0.1 --out {here}discover"),
        format!("game chicken --runs 50 --resamples 20 --out {here}game"),
        format!("offers labour-dispute --tactics boulware,conceder --out {here}offers"),
        format!("offers labour-dispute log-rolling --tournament --out {here}tournament"),
        format!("class docs/class-of-twelve.csv --out {here}class"),
    ]);
    let mut tables = Vec::new();
    for line in asked {
        let done = winset(&line.split(' ').collect::<Vec<_>>());
        let out = line.rsplit_once(' ').expect("it names a folder").1;
        assert!(done.status == 0, "{line}: {}", done.err);
        for entry in fs::read_dir(out).expect("it was written") {
            let path = entry.expect("it can be read").path();
            if path.extension().is_some_and(|e| e == "csv") {
                told.check(&path);
                tables.push(path.file_stem().expect("it has one").to_string_lossy().into_owned());
            }
        }
    }
    for name in told.tables.keys() {
        let is = |table: &String| table == name || name.strip_prefix("NAME").is_some_and(|end| table.ends_with(end));
        assert!(tables.iter().any(is), "`{name}` is told, and was not written");
    }
}

/// The lists of `docs/tables.md`, from what is told: tables, then columns.
fn page() -> String {
    let told: Value = serde_json::from_str(&winset(&["schema", "--tables"]).out).expect("it is JSON");
    let words = |value: &Value, between: &str| {
        value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(|w| format!("`{w}`"))
            .collect::<Vec<_>>()
            .join(between)
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut page = String::from("| table | of `winset` | a row is |\n|---|---|---|\n");
    for t in told["tables"].as_array().expect("it is a list") {
        page += &format!("| `{}` | {} | {} |\n", text(&t["name"]), words(&t["verbs"], ", "), text(&t["row"]));
    }
    page += "\nTheir columns, in order; `[NAME]` stands only in some, `NAME_*` for those that begin so, `PATH` for inputs:\n\n";
    for t in told["tables"].as_array().expect("it is a list") {
        page += &format!("- **{}**: {}\n", text(&t["name"]), words(&t["columns"], " "));
    }
    page += "\n## Every column\n\n| column | holds | what |\n|---|---|---|\n";
    for c in told["columns"].as_array().expect("it is a list") {
        page += &format!("| `{}` | {} | {} |\n", text(&c["name"]), text(&c["holds"]), text(&c["says"]));
    }
    page
}

#[test]
fn the_page_of_tables_tells_each_of_them() {
    const MARK: &str = "## Every table\n\n";
    let path = format!("{}/docs/tables.md", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).expect("it is part of the repository");
    let (above, below) = text.split_once(MARK).expect("it has the list");
    if std::env::var_os("WINSET_WRITE_SCHEMA").is_some() {
        fs::write(&path, format!("{above}{MARK}{}", page())).expect("it can be written");
        return;
    }
    assert!(
        below == page(),
        "docs/tables.md is not what `winset schema --tables` tells: WINSET_WRITE_SCHEMA=1 writes it"
    );
}
