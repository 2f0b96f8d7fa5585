//! Asks the program itself and reads its answer, as a reader of `winset solve FILE --json` would.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What `winset solve FILE --json` printed.
pub struct Answer(Value);

/// One package of the frontier or of a solution.
#[derive(Debug)]
pub struct Point {
    /// `package[issue]` is the identifier of the option picked.
    pub package: BTreeMap<String, String>,
    /// `utility[party]`, in points.
    pub utility: BTreeMap<String, f64>,
}

/// The names of the textbook scenarios that are shipped.
pub fn names() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/textbook");
    let files = std::fs::read_dir(folder).expect("the folder is shipped").map(|f| f.expect("it can be read").path());
    files.filter_map(|f| Some(f.file_stem()?.to_str()?.to_owned())).collect()
}

/// The text of a textbook scenario that is shipped.
pub fn textbook(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/textbook").join(name).with_extension("toml");
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Solves a textbook scenario as it is shipped.
pub fn solve_textbook(name: &str) -> Answer {
    solve(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/textbook").join(name).with_extension("toml"))
}

/// Solves a scenario given as text; `name` is that of the file it is written to, so each test has one of its own.
pub fn solve_text(name: &str, text: &str) -> Answer {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name).with_extension("toml");
    std::fs::write(&path, text).expect("the directory for temporary files of tests can be written");
    solve(&path)
}

fn solve(file: &Path) -> Answer {
    let run = Command::new(env!("CARGO_BIN_EXE_winset")).arg("solve").arg(file).arg("--json").output();
    let run = run.expect("the program was built with this test");
    let complaint = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{}: {}\n{complaint}", file.display(), run.status);
    let mut document: Value =
        serde_json::from_slice(&run.stdout).unwrap_or_else(|e| panic!("{}: {e}\n{complaint}", file.display()));
    Answer(document["answer"].take())
}

impl Answer {
    /// A number under `packages`: all, allowed, available, rational, `no_defeat`, `rational_no_defeat`.
    pub fn count(&self, which: &str) -> u64 {
        whole(&self.0["packages"][which], which)
    }

    /// How many packages the audiences of a party bear.
    pub fn win_set(&self, party: &str) -> u64 {
        whole(&self.0["packages"]["winset"][party], party)
    }

    /// The greatest least slack of the audiences with a veto, a share of their spans.
    pub fn margin(&self) -> f64 {
        self.0["margin"].as_f64().unwrap_or_else(|| panic!("the margin is {}", self.0["margin"]))
    }

    /// Number of points of the Pareto frontier.
    pub fn frontier_size(&self) -> u64 {
        whole(&self.0["frontier"]["size"], "frontier.size")
    }

    /// The points of the Pareto frontier.
    pub fn frontier(&self) -> Vec<Point> {
        assert_eq!(self.0["frontier"]["truncated"], Value::Bool(false), "the frontier was cut short");
        points(&self.0["frontier"]["points"])
    }

    /// The points of a solution: nash, `kalai_smorodinsky`, egalitarian, utilitarian.
    pub fn solution(&self, which: &str) -> Vec<Point> {
        points(&self.0["solutions"][which])
    }

    /// The only point of a solution.
    pub fn only(&self, which: &str) -> Point {
        let mut points = self.solution(which);
        assert_eq!(points.len(), 1, "{which} has ties: {points:?}");
        points.remove(0)
    }
}

impl Point {
    /// The option picked of an issue.
    pub fn option(&self, issue: &str) -> &str {
        self.package.get(issue).unwrap_or_else(|| panic!("no issue {issue} in {self:?}"))
    }

    /// The option picked of an issue whose options are numbers.
    pub fn number(&self, issue: &str) -> f64 {
        self.option(issue).parse().unwrap_or_else(|e| panic!("{issue}: {e}"))
    }

    /// The options picked of some issues, in the order asked for.
    pub fn options(&self, issues: &[&str]) -> String {
        issues.iter().map(|k| self.option(k)).collect::<Vec<_>>().join("/")
    }

    /// Asserts what the point is worth. Points are multiples of 10^-6, which a float of this size holds to 10^-9.
    pub fn is_worth(&self, party: &str, points: f64) {
        assert!((self.utility[party] - points).abs() < 1e-9, "worth {points} to {party}? {self:?}");
    }
}

/// The packages of some points, sorted, each as its options.
pub fn packages(points: &[Point], issues: &[&str]) -> Vec<String> {
    let mut all: Vec<_> = points.iter().map(|p| p.options(issues)).collect();
    all.sort();
    all
}

fn whole(value: &Value, name: &str) -> u64 {
    let number = value.as_u64().or_else(|| value.as_str()?.parse().ok());
    number.unwrap_or_else(|| panic!("{name} is {value}"))
}

fn points(value: &Value) -> Vec<Point> {
    let list = value.as_array().unwrap_or_else(|| panic!("not a list of points: {value}"));
    list.iter().map(|p| Point { package: map(&p["package"]), utility: map(&p["utility"]) }).collect()
}

fn map<T: DeserializeOwned>(value: &Value) -> BTreeMap<String, T> {
    BTreeMap::deserialize(value).unwrap_or_else(|e| panic!("{e}: {value}"))
}
