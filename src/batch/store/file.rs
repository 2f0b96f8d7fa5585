//! Files that are whole or not there.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What the names of unfinished files begin with.
const MARK: &str = ".tmp-";

/// Whether a file is unfinished.
pub(super) fn is_temporary(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(MARK))
}

/// Writes a file under a temporary name beside its place, syncs it, and moves it there.
///
/// # Errors
/// Whatever the machine refuses; nothing is left behind then.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_with(path, |file| file.write_all(bytes))
}

/// The same for what is written bit by bit.
///
/// # Errors
/// Whatever the machine refuses or `write` meets; nothing is left behind then.
pub fn write_with(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let unfinished = temporary(path);
    let work = || {
        let mut file = File::create(&unfinished)?;
        write(&mut file)?;
        finish(file, &unfinished, path)
    };
    let written = work();
    if written.is_err() {
        let _ = std::fs::remove_file(&unfinished);
    }
    written
}

/// The name of a file while it is written.
pub(super) fn temporary(path: &Path) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!("{MARK}{name}-{}", std::process::id()))
}

/// Syncs a file and moves it to its place.
pub(super) fn finish(file: File, unfinished: &Path, path: &Path) -> io::Result<()> {
    file.sync_all()?;
    std::fs::rename(unfinished, path)?;
    // Where a folder can be synced, its entry is safe as well.
    if let Some(Ok(folder)) =
        path.parent().map(|p| File::open(if p.as_os_str().is_empty() { Path::new(".") } else { p }))
    {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Removes what interrupted programs left unfinished in a folder.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    entries.flatten().map(|e| e.path()).filter(|p| is_temporary(p)).for_each(|p| {
        let _ = std::fs::remove_file(p);
    });
}
