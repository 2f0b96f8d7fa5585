//! A folder of results: written beside its place under a temporary name, then moved there whole.

use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use winset::batch::{settle, write_with};
use winset::report::pictures::{
    CHOICE_NAMES, CLASS_NAME, COMPARE_NAME, DISCOVER_NAMES, MOVES_NAME, NAMES, SENSITIVITY_NAMES, TALKS_NAMES,
};
use winset::report::tables;

use super::interrupt;
use super::pictures::DATA;
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

/// A place without `..`: what a machine makes of `new/../old` changes once something on the way is moved.
pub fn plain(place: &str) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in Path::new(place).components() {
        match part {
            Component::ParentDir => {
                // Above a folder that is there is what the machine says; one that is not there yet is no link.
                let here = if plain.as_os_str().is_empty() { Path::new(".") } else { &plain };
                plain = std::fs::canonicalize(here).unwrap_or_else(|_| plain.clone());
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// Whether a folder could be written at this place.
///
/// # Errors
/// It exists and `force` was not given, or what is there is no folder of results.
pub fn ready(place: &str, force: bool) -> Result<(), Trouble> {
    free(place, force, "give another name, or --force to replace it")
}

/// The same where nothing is ever replaced.
///
/// # Errors
/// Something is there.
pub fn fresh(place: &str) -> Result<(), Trouble> {
    free(place, false, "give another name")
}

fn free(place: &str, force: bool, hint: &str) -> Result<(), Trouble> {
    let path = &plain(place);
    if Path::new(place).file_name().is_none() {
        return Err(Trouble::new(format!("`--out {}` names no new folder", shown(place)))
            .hint("give a folder that does not exist yet"));
    }
    let Ok(there) = std::fs::symlink_metadata(path) else { return Ok(()) };
    let what = if there.is_dir() { "folder" } else { "file" };
    if !force {
        let found = format!("the {what} `{}` exists", shown(place));
        return Err(Trouble::new(found).hint(hint));
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
    names.filter(|name| !is_result(name)).min()
}

/// Whether winset writes files of this name into folders of results.
fn is_result(name: &str) -> bool {
    const TEXTS: [&str; 7] =
        ["manifest.json", "log.json", "summary.json", "page.txt", "page.html", "report.html", DATA];
    const DRAWN: [&[&str]; 5] =
        [&NAMES, &TALKS_NAMES, &DISCOVER_NAMES, &SENSITIVITY_NAMES, &[COMPARE_NAME, CLASS_NAME]];
    // Of several accounts the pictures of a game have the reading behind their name, those of several cases a number.
    const OF_MANY: [&[&str]; 2] = [&CHOICE_NAMES, &[MOVES_NAME]];
    let is_table = |stem: &str| tables::TABLES.iter().any(|table| table.name == stem);
    match name.split_once('.') {
        Some((stem, "csv")) if is_table(stem) => true,
        Some((stem, "data.csv" | "svg" | "png")) => {
            let behind =
                |name: &str| stem.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
            DRAWN.concat().contains(&stem) || OF_MANY.concat().into_iter().any(behind)
        }
        _ => TEXTS.contains(&name) || winset::report::handout::is_sheet(name),
    }
}

/// Whether the machine lets a folder be made beside this place: asked before a long run, not after it.
///
/// # Errors
/// What the machine says against it.
pub fn writable(place: &str) -> Result<(), Trouble> {
    let beside = beside(&plain(place), "new");
    // A parent that is not there yet is made only when there is something to write.
    let parent = beside.parent().filter(|p| !p.as_os_str().is_empty());
    if parent.is_some_and(|p| std::fs::symlink_metadata(p).is_err_and(|e| e.kind() == ErrorKind::NotFound)) {
        return Ok(());
    }
    let tried = made(&beside).and_then(|()| std::fs::remove_dir(&beside));
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
    built(place, force, |beside| {
        let one = |(name, bytes): &File| write_with(&beside.join(name), |file| file.write_all(bytes));
        files.iter().try_for_each(one).map_err(|e| refused(place, &e))
    })
}

/// Makes a folder beside its place, lets it be filled, and moves it there; it leaves nothing if that fails.
///
/// # Errors
/// Whatever `fill` meets, and whatever the machine refuses; something is there and `force` was not given.
pub fn built<T>(place: &str, force: bool, fill: impl FnOnce(&Path) -> Result<T, Trouble>) -> Result<T, Trouble> {
    let path = plain(place);
    let (beside, old) = (beside(&path, "new"), beside(&path, "old"));
    let work = || {
        made(&beside).map_err(|e| refused(place, &e))?;
        let filled = fill(&beside)?;
        ready(place, force)?;
        put(&beside, &path, &old).map_err(|e| refused(place, &e))?;
        Ok(filled)
    };
    let built = interrupt::guarded(&beside, &old, &path, work);
    if built.is_err() {
        let _ = std::fs::remove_dir_all(&beside);
    }
    built
}

/// A hidden name in the same folder, so that moving it needs no copy.
fn beside(path: &Path, mark: &str) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{mark}-{}", std::process::id()))
}

/// Makes a folder, and those on the way to it.
fn made(folder: &Path) -> std::io::Result<()> {
    if let Some(parent) = folder.parent().filter(|p| !p.as_os_str().is_empty()) {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::create_dir(folder)
}

/// Moves the new folder to its place; an old one steps aside first and comes back if that fails.
fn put(new: &Path, place: &Path, old: &Path) -> std::io::Result<()> {
    if std::fs::symlink_metadata(place).is_err() {
        std::fs::rename(new, place)?;
        settle(place);
        return Ok(());
    }
    std::fs::rename(place, old)?;
    if let Err(e) = std::fs::rename(new, place) {
        std::fs::rename(old, place)?;
        return Err(e);
    }
    settle(place);
    std::fs::remove_dir_all(old)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_place_is_made_plain_whether_or_not_what_is_on_the_way_is_there() {
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).expect("there is a folder");
        assert_eq!(plain("src/../zz"), here.join("zz"));
        assert_eq!(plain("zz/./a"), std::path::Path::new("zz/a"));
        assert_eq!(plain("none/../zz"), std::path::Path::new("zz"));
        assert_eq!(plain("src/cli/../../zz/../zz"), here.join("zz"));
        assert_eq!(Some(plain("../zz").as_path()), here.parent().map(|p| p.join("zz")).as_deref());
    }
}
