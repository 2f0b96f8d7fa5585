//! A folder of results: written beside its place under a temporary name, then moved there whole.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::trouble::{Trouble, shown};

/// A file of the folder: its name and its bytes.
pub type File = (String, Vec<u8>);

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
    let empty = std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    if !empty && !path.join("manifest.json").is_file() {
        let found = format!("the folder `{}` holds other things than results", shown(place));
        return Err(Trouble::new(found).hint("--force replaces only folders that winset wrote, with a manifest.json"));
    }
    Ok(())
}

/// Writes all files, or none of them.
///
/// # Errors
/// As [`ready`], and whatever the machine refuses.
pub fn write(place: &str, force: bool, files: &[File]) -> Result<(), Trouble> {
    ready(place, force)?;
    let path = Path::new(place);
    let beside = beside(path, "new");
    let written = fill(&beside, files).and_then(|()| put(&beside, path));
    if written.is_err() {
        let _ = std::fs::remove_dir_all(&beside);
    }
    written.map_err(|e| {
        let trouble = Trouble::new(format!("`{}` could not be written: {e}", shown(place)));
        if e.kind() == ErrorKind::PermissionDenied {
            trouble.hint("choose a folder in which you may write")
        } else {
            trouble
        }
    })
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
fn put(new: &Path, place: &Path) -> std::io::Result<()> {
    if std::fs::symlink_metadata(place).is_err() {
        return std::fs::rename(new, place);
    }
    let old = beside(place, "old");
    std::fs::rename(place, &old)?;
    if let Err(e) = std::fs::rename(new, place) {
        std::fs::rename(&old, place)?;
        return Err(e);
    }
    std::fs::remove_dir_all(&old)
}
