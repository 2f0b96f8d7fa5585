//! Files that are whole or not there, files that are read back, and why a folder of results cannot be used.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The machine refuses.
    #[error("`{path}` could not be {doing}: {error}")]
    Io {
        /// Which file.
        path: String,
        /// What was tried: read or written.
        doing: &'static str,
        /// What the machine says.
        error: io::Error,
    },
    /// The threads could not be started.
    #[error(transparent)]
    Threads(#[from] crate::engine::ThreadsError),
    /// It holds something else.
    #[error("`{folder}` holds no results of a batch")]
    Foreign {
        /// The folder.
        folder: String,
    },
    /// It holds results of another plan, or of another version of the program.
    #[error("`{folder}` holds results of another {what}: {there}, not {here}")]
    Other {
        /// The folder.
        folder: String,
        /// What is other.
        what: &'static str,
        /// What the folder has.
        there: String,
        /// What is asked for.
        here: String,
    },
    /// Another process does the same part of it, or the whole.
    #[error("{process} is at work in `{folder}`")]
    Busy {
        /// The folder.
        folder: String,
        /// The process, by its number, and its part.
        process: String,
    },
    /// A result is gone that nothing else can make again.
    #[error("`{folder}/{}` {hurt}", hurt.name)]
    Lost {
        /// The folder.
        folder: String,
        /// The file, and what became of it.
        hurt: super::Hurt,
    },
    /// Two parts hold the same runs, and they are not the same.
    #[error("experiment {experiment} has runs {from} to {to} twice")]
    Overlap {
        /// The experiment.
        experiment: u64,
        /// The first run.
        from: u64,
        /// The last.
        to: u64,
    },
    /// It has more runs than are asked for.
    #[error("`{folder}` has {there} runs of each experiment, more than {here}")]
    Fewer {
        /// The folder.
        folder: String,
        /// Runs that it has.
        there: u64,
        /// Runs that are asked for.
        here: u64,
    },
}

/// What the machine refuses about a file.
pub(super) fn refused(path: &Path, doing: &'static str, error: io::Error) -> StoreError {
    StoreError::Io { path: path.display().to_string(), doing, error }
}

/// What the names of unfinished files begin with.
const MARK: &str = ".tmp-";

/// Whether a file is unfinished.
pub(super) fn is_temporary(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(MARK))
}

/// The bytes of a regular file that has at most `most` of them: what a folder of results, or a sheet, is read with.
///
/// # Errors
/// Whatever the machine refuses; it is no regular file, such as a pipe or a device; it is larger.
pub fn read_within(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let larger = || io::Error::other(format!("it is larger than {} MB", most / 1_000_000));
    let there = std::fs::metadata(path)?;
    if !there.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    if there.len() > most {
        return Err(larger());
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(larger()) } else { Ok(bytes) }
}

/// Writes a file under a temporary name beside its place, syncs it, and moves it there.
///
/// # Errors
/// Whatever the machine refuses or `write` meets; nothing is left behind then.
pub fn write_with(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let unfinished = temporary(path);
    let work = || {
        let mut file = File::create(&unfinished)?;
        write(&mut file)?;
        file.sync_all()?;
        std::fs::rename(&unfinished, path)?;
        settle(path);
        Ok(())
    };
    let written = work();
    if written.is_err() {
        let _ = std::fs::remove_file(&unfinished);
    }
    written
}

/// Writes one file into a folder, and the folders on the way to it.
///
/// # Errors
/// [`StoreError::Io`].
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(|e| refused(parent, "made", e))?;
    }
    write_with(&path, |file| file.write_all(bytes)).map_err(|e| refused(&path, "written", e))
}

/// The name of a file while it is written.
fn temporary(path: &Path) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!("{MARK}{name}-{}", std::process::id()))
}

/// Makes the entry of a file or folder safe as well, where the folder that holds it can be synced.
pub fn settle(path: &Path) {
    let parent = path.parent().map(|p| if p.as_os_str().is_empty() { Path::new(".") } else { p });
    if let Some(Ok(folder)) = parent.map(File::open) {
        let _ = folder.sync_all();
    }
}

/// Removes what interrupted programs left unfinished in a folder.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    entries.flatten().map(|e| e.path()).filter(|p| is_temporary(p)).for_each(|p| drop(std::fs::remove_file(p)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_regular_files_of_a_size_are_read_back() {
        let refused = |path: &str, most| read_within(Path::new(path), most).map_err(|e| e.to_string());
        assert_eq!(refused("Cargo.toml", 10), Err("it is larger than 0 MB".to_owned()));
        assert!(refused("Cargo.toml", 1_000_000).is_ok_and(|bytes| bytes.starts_with(b"[package]")));
        if cfg!(unix) {
            assert_eq!(refused("/dev/zero", 10), Err("it is no regular file".to_owned()));
        }
        assert_eq!(refused("src", 10), Err("it is no regular file".to_owned()));
    }
}
