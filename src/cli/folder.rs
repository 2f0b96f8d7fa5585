//! A folder of results: written beside its place under a temporary name, then moved there whole.

use winset::report::pictures::{COMPARE_NAME, DISCOVER_NAMES, NAMES, SENSITIVITY_NAMES, TALKS_NAMES};

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::interrupt;
use super::trouble::{Trouble, shown};

/// A file of the folder: its name and its bytes.
pub type File = (String, Vec<u8>);

/// Whether `--out` names anything at all.
///
/// # Errors
/// It is empty: the folder would be the one in which the program was started.
pub fn named(place: &str) -> Result<(), Trouble> {
    if place.trim().is_empty() {
        return Err(Trouble::new("`--out` names no folder").hint("give a name, such as --out results"));
    }
    Ok(())
}

/// Whether a folder could be written at this place.
///
/// # Errors
/// It exists and `force` was not given, or what is there is no folder of results.
pub fn ready(place: &str, force: bool) -> Result<(), Trouble> {
    let path = Path::new(place);
    if path.file_name().is_none() {
        return Err(Trouble::new(format!("`--out {}` names no new folder", shown(place)))
            .hint("give a folder that does not exist yet"));
    }
    let Ok(there) = std::fs::symlink_metadata(path) else { return Ok(()) };
    let what = if there.is_dir() { "folder" } else { "file" };
    if !force {
        let found = format!("the {what} `{}` exists", shown(place));
        return Err(Trouble::new(found).hint("give another name, or --force to replace it"));
    }
    if !there.is_dir() {
        return Err(Trouble::new(format!("`{}` is no folder, so --force does not replace it", shown(place))));
    }
    if let Some(foreign) = foreign(path) {
        let found = format!("the folder `{}` holds `{}`, which winset did not write", shown(place), shown(&foreign));
        return Err(Trouble::new(found).hint("--force replaces only folders that hold nothing but results"));
    }
    Ok(())
}

/// The name of something in a folder that is no result; `None` if all is, or nothing is there.
fn foreign(folder: &Path) -> Option<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Some(String::from("things that cannot be read")) };
    let names = entries.map(|e| e.map_or_else(|e| e.to_string(), |e| e.file_name().to_string_lossy().into_owned()));
    let mut foreign: Vec<String> = names.filter(|name| !is_result(name)).collect();
    foreign.sort();
    foreign.into_iter().next()
}

fn is_result(name: &str) -> bool {
    const TEXTS: [&str; 19] = [
        "manifest.json",
        "log.json",
        "summary.json",
        "page.txt",
        "packages.csv",
        "options.csv",
        "unknowns.csv",
        "endings.csv",
        "terms.csv",
        "blocked.csv",
        "survival.csv",
        "trade-off.csv",
        "box.csv",
        "tree.csv",
        "differences.csv",
        "flips.csv",
        "indices.csv",
        "screening.csv",
        "audit.csv",
    ];
    const DRAWN: [&[&str]; 5] = [&NAMES, &TALKS_NAMES, &DISCOVER_NAMES, &SENSITIVITY_NAMES, &[COMPARE_NAME]];
    let picture = name.strip_suffix(".svg").or_else(|| name.strip_suffix(".png"));
    let drawn = |stem| DRAWN.iter().any(|names| names.contains(&stem));
    TEXTS.contains(&name) || picture.is_some_and(drawn)
}

/// Whether the machine lets a folder be made beside this place: asked before a long run, not after it.
///
/// # Errors
/// What the machine says against it.
pub fn writable(place: &str) -> Result<(), Trouble> {
    let beside = beside(Path::new(place), "new");
    // A parent that is not there yet is made only when there is something to write.
    let parent = beside.parent().filter(|p| !p.as_os_str().is_empty());
    if parent.is_some_and(|p| std::fs::symlink_metadata(p).is_err_and(|e| e.kind() == ErrorKind::NotFound)) {
        return Ok(());
    }
    let tried = fill(&beside, &[]).and_then(|()| std::fs::remove_dir(&beside));
    tried.map_err(|e| refused(place, &e))
}

fn refused(place: &str, e: &std::io::Error) -> Trouble {
    let trouble = Trouble::new(format!("`{}` could not be written: {e}", shown(place)));
    if e.kind() == ErrorKind::PermissionDenied {
        trouble.hint("choose a folder in which you may write")
    } else {
        trouble
    }
}

/// Writes all files, or none of them.
///
/// # Errors
/// As [`ready`], and whatever the machine refuses.
pub fn write(place: &str, force: bool, files: &[File]) -> Result<(), Trouble> {
    ready(place, force)?;
    let path = Path::new(place);
    let beside = beside(path, "new");
    let old = aside(path);
    let work = || fill(&beside, files).and_then(|()| put(&beside, path, &old));
    let written = interrupt::guarded(&beside, &old, path, work);
    if written.is_err() {
        let _ = std::fs::remove_dir_all(&beside);
    }
    written.map_err(|e| refused(place, &e))
}

/// Where an old folder stands while the new one takes its place.
fn aside(path: &Path) -> PathBuf {
    beside(path, "old")
}

/// A hidden name in the same folder, so that moving it needs no copy.
fn beside(path: &Path, mark: &str) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{mark}-{}", std::process::id()))
}

fn fill(folder: &Path, files: &[File]) -> std::io::Result<()> {
    if let Some(parent) = folder.parent().filter(|p| !p.as_os_str().is_empty()) {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::create_dir(folder)?;
    files.iter().try_for_each(|(name, bytes)| std::fs::write(folder.join(name), bytes))
}

/// Moves the new folder to its place; an old one steps aside first and comes back if that fails.
fn put(new: &Path, place: &Path, old: &Path) -> std::io::Result<()> {
    if std::fs::symlink_metadata(place).is_err() {
        return std::fs::rename(new, place);
    }
    std::fs::rename(place, old)?;
    if let Err(e) = std::fs::rename(new, place) {
        std::fs::rename(old, place)?;
        return Err(e);
    }
    std::fs::remove_dir_all(old)
}
