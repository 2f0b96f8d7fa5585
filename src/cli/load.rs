//! Scenarios from a file, from standard input, or by the name under which they are shipped.

use std::io::{ErrorKind, Read};
use std::path::Path;

use winset::ask::{Choices, Wanted};
use winset::batch::read_within;
use winset::import::{LARGEST, Source};
use winset::report::run::shell;
use winset::scenario::{Scenario, nearest, render};

use super::output::complain;
use super::shipped;
use super::trouble::{Trouble, shown};

/// Bytes that are read at most: one more than the reader takes, so that it can say what is wrong.
pub const MOST: u64 = 1_000_001;

/// The checked scenario; its warnings are printed to standard error in one line.
pub fn load(file: &str) -> Result<Scenario, Trouble> {
    let scenario = quietly(file)?;
    let warnings = scenario.warnings.len();
    if warnings > 0 {
        let them = if warnings == 1 { "1 warning".into() } else { format!("{warnings} warnings") };
        complain(&format!("note: {them} about `{}`; `winset check` shows them\n", shown(file)));
    }
    Ok(scenario)
}

/// The scenario with all that is asked of it.
pub fn judged(file: &str, wanted: &Wanted) -> Result<(Scenario, Choices), Trouble> {
    let mut scenario = load(file)?;
    let choices = wanted.judge(&mut scenario)?;
    Ok((scenario, choices))
}

/// The checked scenario, without a word about its warnings.
pub fn quietly(file: &str) -> Result<Scenario, Trouble> {
    let (name, bytes) = read(file)?;
    parsed(&name, &bytes)
}

/// The checked scenario of a text.
pub fn parsed(name: &str, bytes: &[u8]) -> Result<Scenario, Trouble> {
    Scenario::parse(name, bytes).map_err(|findings| Trouble::findings(&findings, name, &String::from_utf8_lossy(bytes)))
}

/// The bytes of a regular file that a folder keeps, or that is larger than a scenario.
pub fn kept(path: &Path, most: u64) -> Result<Vec<u8>, Trouble> {
    read_within(path, most).map_err(|e| unreadable(&path.to_string_lossy(), &e))
}

/// What is said if no world gives the verdicts of all anchors.
pub fn none_kept(runs: u64, file: &str) -> Trouble {
    Trouble::from(winset::ask::none_kept(runs)).hint(format!("`winset check {}` says which anchors fail", shell(file)))
}

/// The warnings of a scenario, laid out; empty if there are none.
pub fn warnings(scenario: &Scenario) -> String {
    render(&scenario.warnings, &scenario.name, &scenario.text)
}

/// The name and the bytes of a file.
pub fn read(file: &str) -> Result<(String, Vec<u8>), Trouble> {
    if file == "-" {
        return bytes_of(std::io::stdin().lock(), "standard input").map(|bytes| ("standard input".to_owned(), bytes));
    }
    match std::fs::metadata(file) {
        Ok(found) if found.is_dir() => Err(directory(file)),
        Ok(_) => {
            let opened = std::fs::File::open(file).map_err(|e| unreadable(file, &e))?;
            bytes_of(opened, file).map(|bytes| (file.to_owned(), bytes))
        }
        Err(e) if e.kind() == ErrorKind::NotFound || e.kind() == ErrorKind::NotADirectory => {
            let shipped = shipped::find(file).ok_or_else(|| missing(file))?;
            Ok((shipped.name.to_owned(), shipped.text.as_bytes().to_vec()))
        }
        Err(e) => Err(unreadable(file, &e)),
    }
}

fn bytes_of(source: impl Read, name: &str) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    source.take(MOST).read_to_end(&mut bytes).map_err(|e| unreadable(name, &e))?;
    Ok(bytes)
}

/// A file that others wrote, or standard input, as far as one byte beyond what is read.
pub fn foreign(file: &Path) -> Result<Source, Trouble> {
    let name = file.to_string_lossy().into_owned();
    let bytes = |from: &mut dyn Read| {
        let mut bytes = Vec::new();
        from.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map(|_| bytes)
    };
    if name == "-" {
        let name = "standard input".to_owned();
        return bytes(&mut std::io::stdin()).map_err(|e| unreadable(&name, &e)).map(|bytes| Source { name, bytes });
    }
    let found = std::fs::File::open(file).and_then(|mut file| bytes(&mut file));
    found.map_err(|e| unreadable(&name, &e)).map(|bytes| Source { name, bytes })
}

fn unreadable(file: &str, error: &std::io::Error) -> Trouble {
    Trouble::new(format!("`{}` could not be read: {error}", shown(file)))
}

fn directory(file: &str) -> Trouble {
    let inside = scenarios_in(Path::new(file));
    let trouble = Trouble::new(format!("`{}` is a directory, not a scenario", shown(file)));
    match inside.len() {
        _ if Path::new(file).join("plan.toml").is_file() => {
            trouble.hint("it holds the results of a batch: `winset plot DIR` draws them")
        }
        0 => trouble.hint("name a file, such as one that `winset new NAME` writes"),
        _ => trouble.hint(format!("it holds {}", some(&inside))),
    }
}

fn missing(file: &str) -> Trouble {
    let path = Path::new(file);
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = scenarios_in(folder);
    let known = beside.iter().map(String::as_str).chain(shipped::ALL.iter().map(|s| s.name));
    let stem = |word: &str| word.strip_suffix(".toml").unwrap_or(word).to_owned();
    let stems: Vec<(String, &str)> = known.map(|k| (stem(k), k)).collect();
    let meant = nearest(&stem(&name), stems.iter().map(|(s, _)| s.as_str()));
    let meant = meant.and_then(|m| stems.iter().find(|(s, _)| s == m)).map(|(_, known)| *known);
    let trouble = Trouble::new(format!("no file `{}`, and no shipped scenario has this name", shown(file)));
    if let Some(plan) = shipped::plan(file) {
        let name = plan.name;
        return trouble.hint(format!(
            "it is a plan: `winset batch {name} --dry-run` shows it, `winset batch {name} --out DIR` runs it"
        ));
    }
    match meant {
        Some(near) if beside.iter().any(|b| b == near) && folder != Path::new(".") => {
            trouble.hint(format!("did you mean `{}`?", folder.join(near).display()))
        }
        Some(near) => trouble.hint(format!("did you mean `{near}`?")),
        None if beside.is_empty() => {
            trouble.hint("`winset list` names the shipped scenarios, `winset new NAME` writes a starter")
        }
        None => {
            trouble.hint(format!("beside it there are {}; `winset list` names the shipped scenarios", some(&beside)))
        }
    }
}

/// The first few of some names.
fn some(names: &[String]) -> String {
    const SHOWN: usize = 6;
    let more = if names.len() > SHOWN { ", …" } else { "" };
    let names: Vec<String> = names.iter().take(SHOWN).map(|n| shown(n)).collect();
    names.join(", ") + more
}

/// The TOML files of a folder, by name; none if it cannot be read.
fn scenarios_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = entries.take(10_000).filter_map(|e| e.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> =
        names.filter(|name| Path::new(name).extension().is_some_and(|e| e == "toml")).collect();
    names.sort();
    names
}
