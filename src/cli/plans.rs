//! Plans from a file or from a folder of results, with their scenarios.

use std::io::ErrorKind;
use std::path::Path;

use winset::batch::{BatchPlan, MOST_RUNS, PointTable, StoreError, copy_of, read_manifest};
use winset::scenario::{DesignKind, Finding, PlanFile, Scenario, advice, render};
use winset::text::{sheet, words::visible};

use super::load;
use super::output::complain;
use super::shipped;
use super::trouble::{Trouble, shown};

/// Bytes of a table of points at most.
const MOST_TABLE: u64 = 256_000_000;

/// A plan, and the texts from which it can be read again: what a folder of results keeps.
pub struct Planned {
    /// The plan.
    pub plan: BatchPlan,
    /// Name in the folder, and text.
    pub copies: Vec<(String, String)>,
}

/// Where the scenarios and the table of a plan are looked for.
enum PlanPlace<'p> {
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
                None => trouble.hint(advice(file, "shipped plans", &known)),
            });
        }
        None => load::read(file)?,
    };
    let folder = Path::new(file).parent().map(Path::to_path_buf).unwrap_or_default();
    ready(&name, &bytes, &PlanPlace::Beside(&folder), runs)
}

/// Reads the plan of a folder of results.
pub fn of_results(folder: &Path, runs: Option<u64>) -> Result<Planned, Trouble> {
    let manifest = read_manifest(folder)?;
    let bytes = load::kept(&folder.join("plan.toml"), load::MOST)?;
    let runs = runs.or(manifest["runs"].as_u64().filter(|runs| (1..=MOST_RUNS).contains(runs)));
    ready("plan.toml", &bytes, &PlanPlace::Folder(folder), runs)
}

fn ready(name: &str, bytes: &[u8], place: &PlanPlace, runs: Option<u64>) -> Result<Planned, Trouble> {
    let findings = |findings: Vec<Finding>| Trouble::findings(&findings, name, &String::from_utf8_lossy(bytes));
    let mut file = PlanFile::parse(name, bytes).map_err(findings)?;
    if !file.warnings.is_empty() {
        complain(&format!("{}\n", render(&file.warnings, name, &file.text)));
    }
    file.runs = runs.unwrap_or(file.runs);
    let mut copies = vec![("plan.toml".to_owned(), file.text.clone())];
    let mut scenarios = Vec::with_capacity(file.scenarios.len());
    for said in &file.scenarios {
        let scenario = scenario(&said.value, place)?;
        copies.push((copy_of(&scenario.name), scenario.text.clone()));
        scenarios.push(scenario);
    }
    let design = file.design.as_ref().filter(|design| design.kind.value == DesignKind::Table);
    let table = design.and_then(|design| design.table.as_ref()).map(|said| table(&said.value, place)).transpose()?;
    let table = table.map(|(table, text)| {
        copies.push(("table.csv".to_owned(), text));
        table
    });
    let plan = BatchPlan::of(&file, scenarios, table).map_err(findings)?;
    Ok(Planned { plan, copies })
}

/// A scenario, under the name that the plan knows.
fn scenario(word: &str, place: &PlanPlace) -> Result<Scenario, Trouble> {
    let mut scenario = match place {
        PlanPlace::Folder(folder) => {
            let path = folder.join(copy_of(word));
            load::parsed(&path.to_string_lossy(), &load::kept(&path, load::MOST)?)?
        }
        PlanPlace::Beside(folder) => {
            // A folder of results keeps copies of its scenarios: its plan can be run again where the others are gone.
            let there = [folder.join(word), folder.join(copy_of(word))].into_iter().find(|place| place.is_file());
            load::load(&there.map_or_else(|| word.to_owned(), |place| place.to_string_lossy().into_owned()))?
        }
    };
    word.clone_into(&mut scenario.name);
    Ok(scenario)
}

fn table(word: &str, place: &PlanPlace) -> Result<(PointTable, String), Trouble> {
    let path = match place {
        PlanPlace::Folder(folder) => folder.join("table.csv"),
        PlanPlace::Beside(folder) => folder.join(word),
    };
    let name = path.to_string_lossy().into_owned();
    let bytes = load::kept(&path, MOST_TABLE)?;
    let text = String::from_utf8(bytes).map_err(|_| Trouble::new(format!("`{}` is not UTF-8 text", shown(&name))))?;
    let (heads, rows) = sheet::numbers(&text).map_err(|e| unlike_csv(&name, &e))?;
    Ok((PointTable { heads, rows }, text))
}

/// What is said of a table that is no CSV of numbers.
fn unlike_csv(name: &str, error: &sheet::BadRow) -> Trouble {
    let trouble = Trouble::new(format!("`{}`: {error}", shown(name)));
    let other = error.why.contains("separated") || error.why.contains("decimal point");
    if other { trouble.hint("save it as CSV with commas between cells and points in numbers") } else { trouble }
}

/// What is said of a folder that cannot be used.
impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        let hint = match &error {
            StoreError::Foreign { .. } => "give a folder that `winset batch` wrote, or a new one",
            StoreError::Other { .. } => "give another folder, or remove this one",
            StoreError::Busy { .. } => "wait until it has ended, or give each its own part with --shard",
            StoreError::Lost { .. } => {
                "`winset batch` makes again what totals can make; rows of runs it can only do again, in another folder"
            }
            StoreError::Overlap { .. } => {
                "leave out a folder that is named twice, or that was cut otherwise (--runs, --shard)"
            }
            StoreError::Fewer { .. } => "give another folder, or ask for more runs",
            StoreError::Io { error, .. } if error.kind() == ErrorKind::StorageFull => {
                "make room and give the same command again: what is done is kept"
            }
            StoreError::Io { error, .. } if error.kind() == ErrorKind::PermissionDenied => {
                "choose a folder in which you may write"
            }
            StoreError::Io { .. } | StoreError::Threads(_) => return untold(&error),
        };
        untold(&error).hint(hint)
    }
}

/// The same without advice.
pub fn untold(error: &StoreError) -> Trouble {
    Trouble::new(visible(&error.to_string()))
}
