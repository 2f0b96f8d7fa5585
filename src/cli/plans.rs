//! Plans from a file or from a folder of results, with their scenarios.

use std::path::{Path, PathBuf};

use winset::batch::{MOST_RUNS, Plan, Table, copy_of, read_manifest};
use winset::scenario::{DesignKind, PlanFile, Scenario};
use winset::text::sheet;

use super::load;
use super::output::complain;
use super::shipped;
use super::trouble::{Trouble, shown};

/// Bytes of a table of points at most.
const MOST_TABLE: u64 = 256_000_000;

/// A plan, and the texts from which it can be read again: what a folder of results keeps.
pub struct Planned {
    /// The plan.
    pub plan: Plan,
    /// Name in the folder, and text.
    pub copies: Vec<(String, String)>,
}

/// Where the scenarios and the table of a plan are looked for.
enum Place<'p> {
    /// Beside the plan.
    Beside(&'p Path),
    /// In a folder of results, under the names of its copies.
    Folder(&'p Path),
}

/// Reads a plan from a file, or by the name under which it is shipped.
pub fn load(file: &str, runs: Option<u64>) -> Result<Planned, Trouble> {
    let shipped = shipped::plan(file).filter(|_| !Path::new(file).exists());
    let (name, bytes) = match shipped {
        Some(shipped) => (shipped.name.to_owned(), shipped.text.as_bytes().to_vec()),
        None if !Path::new(file).exists() && file != "-" => {
            let known: Vec<&str> = shipped::PLANS.iter().map(|p| p.name).collect();
            let found = format!("no file `{}`, and no shipped plan has this name", shown(file));
            let trouble = Trouble::new(found);
            return Err(match shipped::find(file) {
                Some(scenario) => trouble.hint(format!("it is a scenario: `winset run {}` asks it", scenario.name)),
                None => trouble.hint(winset::scenario::advice(file, "shipped plans", &known)),
            });
        }
        None => load::read(file)?,
    };
    let folder = Path::new(file).parent().map(Path::to_path_buf).unwrap_or_default();
    ready(&name, &bytes, &Place::Beside(&folder), runs)
}

/// Reads the plan of a folder of results.
pub fn of_results(folder: &Path, runs: Option<u64>) -> Result<Planned, Trouble> {
    let manifest = read_manifest(folder).map_err(|e| foreign(&e))?;
    let bytes = load::kept(&folder.join("plan.toml"), load::MOST)?;
    let runs = runs.or(manifest["runs"].as_u64().filter(|runs| (1..=MOST_RUNS).contains(runs)));
    ready("plan.toml", &bytes, &Place::Folder(folder), runs)
}

fn ready(name: &str, bytes: &[u8], place: &Place, runs: Option<u64>) -> Result<Planned, Trouble> {
    let findings =
        |findings: Vec<winset::scenario::Finding>| Trouble::findings(&findings, name, &String::from_utf8_lossy(bytes));
    let mut file = PlanFile::parse(name, bytes).map_err(findings)?;
    if !file.warnings.is_empty() {
        complain(&format!("{}\n", winset::scenario::render(&file.warnings, name, &file.text)));
    }
    file.runs = runs.unwrap_or(file.runs);
    let mut copies = vec![("plan.toml".to_owned(), file.text.clone())];
    let mut scenarios = Vec::with_capacity(file.scenarios.len());
    for said in &file.scenarios {
        let scenario = scenario(&said.value, place)?;
        copies.push((copy_of(&scenario.name), scenario.text.clone()));
        scenarios.push(scenario);
    }
    let table = match file.design.as_ref().filter(|d| d.kind.value == DesignKind::Table).and_then(|d| d.table.as_ref())
    {
        None => None,
        Some(said) => {
            let (table, text) = table(&said.value, place)?;
            copies.push(("table.csv".to_owned(), text));
            Some(table)
        }
    };
    let plan = Plan::of(&file, scenarios, table).map_err(findings)?;
    Ok(Planned { plan, copies })
}

fn scenario(word: &str, place: &Place) -> Result<Scenario, Trouble> {
    match place {
        Place::Folder(folder) => {
            let path = folder.join(copy_of(word));
            let mut scenario = load::parsed(&path.to_string_lossy(), &load::kept(&path, load::MOST)?)?;
            // It goes by the name that the plan knows.
            word.clone_into(&mut scenario.name);
            Ok(scenario)
        }
        Place::Beside(folder) => {
            // A folder of results keeps copies of its scenarios: its plan can be run again where the others are gone.
            let places = [folder.join(word), folder.join(copy_of(word))];
            let there = places.iter().find(|place| place.is_file()).map(|place| place.to_string_lossy().into_owned());
            let mut scenario = load::load(&there.unwrap_or_else(|| word.to_owned()))?;
            word.clone_into(&mut scenario.name);
            Ok(scenario)
        }
    }
}

fn table(word: &str, place: &Place) -> Result<(Table, String), Trouble> {
    let path: PathBuf = match place {
        Place::Folder(folder) => folder.join("table.csv"),
        Place::Beside(folder) => folder.join(word),
    };
    let name = path.to_string_lossy().into_owned();
    let bytes = load::kept(&path, MOST_TABLE)?;
    let text = String::from_utf8(bytes).map_err(|_| Trouble::new(format!("`{}` is not UTF-8 text", shown(&name))))?;
    let (heads, rows) = sheet::numbers(&text).map_err(|e| unlike_csv(&name, &e))?;
    Ok((Table { heads, rows }, text))
}

/// What is said of a table that is no CSV of numbers.
fn unlike_csv(name: &str, error: &sheet::BadRow) -> Trouble {
    let trouble = Trouble::new(format!("`{}`: {error}", shown(name)));
    let other = error.why.contains("separated") || error.why.contains("decimal point");
    if other { trouble.hint("save it as CSV with commas between cells and points in numbers") } else { trouble }
}

/// The last part of a file's name, without its ending.
pub fn short(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// What is said of a folder that cannot be used.
pub fn foreign(error: &winset::batch::StoreError) -> Trouble {
    use winset::batch::StoreError;
    let trouble = Trouble::new(winset::text::words::visible(&error.to_string()));
    match error {
        StoreError::Foreign { .. } => trouble.hint("give a folder that `winset batch` wrote, or a new one"),
        StoreError::Other { .. } => trouble.hint("give another folder, or remove this one"),
        StoreError::Busy { .. } => trouble.hint("wait until it has ended, or give each its own part with --shard"),
        StoreError::Lost { .. } => trouble.hint(
            "`winset batch` makes again what totals can make; rows of runs it can only do again, in another folder",
        ),
        StoreError::Overlap { .. } => {
            trouble.hint("leave out a folder that is named twice, or that was cut otherwise (--runs, --shard)")
        }
        StoreError::Fewer { .. } => trouble.hint("give another folder, or ask for more runs"),
        StoreError::Io { error, .. } if error.kind() == std::io::ErrorKind::StorageFull => {
            trouble.hint("make room and give the same command again: what is done is kept")
        }
        StoreError::Io { error, .. } if error.kind() == std::io::ErrorKind::PermissionDenied => {
            trouble.hint("choose a folder in which you may write")
        }
        StoreError::Io { .. } | StoreError::Threads(_) => trouble,
    }
}
