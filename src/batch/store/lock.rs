//! Who is at work in a folder: one process for each shard, and one at a time while it is opened or completed.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use itertools::Itertools as _;

use super::file::{StoreError, refused};
use crate::batch::unit::Shard;

/// What the names of claims begin with; then come shard, number of shards and process.
const MARK: &str = ".lock-";

/// How long another process is waited for, and how often it is asked.
const PATIENCE: u32 = 12_000;
const STEP: Duration = Duration::from_millis(50);

/// Holds a folder for one process while it lives: the machine gives it up when the process ends, however it ends.
#[derive(Debug)]
pub struct Gate {
    _door: Option<File>,
}

impl Gate {
    /// Waits until nobody else opens or completes the folder. Where folders cannot be locked, nothing is held.
    ///
    /// # Errors
    /// [`StoreError::Busy`] after ten minutes.
    pub fn shut(folder: &Path) -> Result<Self, StoreError> {
        let Ok(door) = File::open(folder) else { return Ok(Self { _door: None }) };
        for _ in 0..PATIENCE {
            match door.try_lock() {
                Ok(()) => return Ok(Self { _door: Some(door) }),
                Err(TryLockError::WouldBlock) => std::thread::sleep(STEP),
                Err(TryLockError::Error(_)) => return Ok(Self { _door: None }),
            }
        }
        let own = std::process::id();
        let mut others = claims(folder).into_iter().map(|(claim, _)| claim);
        Err(busy(folder, others.find(|claim| claim.process != own)))
    }
}

/// A shard and the process that does it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claimed {
    shard: Shard,
    process: u32,
}

/// The claim of this process on a shard of a folder; given up when it is dropped.
#[derive(Debug)]
pub(super) struct Claim {
    folder: PathBuf,
    path: PathBuf,
    _held: File,
}

impl Claim {
    /// Claims a shard; the gate must be shut. What dead processes left is removed.
    pub fn of(folder: &Path, shard: Shard) -> Result<Self, StoreError> {
        for (claim, path) in claims(folder) {
            let file = File::options().read(true).write(true).open(&path);
            let free = file.is_ok_and(|file| !matches!(file.try_lock(), Err(TryLockError::WouldBlock)));
            if free {
                let _ = std::fs::remove_file(&path);
            } else if claim.shard.of != shard.of || claim.shard.index == shard.index {
                return Err(busy(folder, Some(claim)));
            }
        }
        let path = folder.join(format!("{MARK}{}-of-{}-{}", shard.index, shard.of, std::process::id()));
        let held = File::create(&path).map_err(|e| refused(&path, "written", e))?;
        // Where files cannot be locked, nobody is kept out.
        let _ = held.try_lock();
        Ok(Self { folder: folder.to_owned(), path, _held: held })
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let _gate = Gate::shut(&self.folder);
        let _ = std::fs::remove_file(&self.path);
    }
}

fn busy(folder: &Path, claim: Option<Claimed>) -> StoreError {
    let process = match claim {
        Some(Claimed { shard: Shard { index, of }, process }) => format!("process {process} (part {index}/{of})"),
        None => "another process".to_owned(),
    };
    StoreError::Busy { folder: folder.display().to_string(), process }
}

/// The claims in a folder, those of dead processes among them.
fn claims(folder: &Path) -> Vec<(Claimed, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries.flatten().map(|e| e.path()).sorted().filter_map(|path| Some((claimed(&path)?, path))).collect()
}

/// The claim that a file stands for; `None` of any other file.
pub(super) fn claimed(path: &Path) -> Option<Claimed> {
    let name = path.file_name()?.to_str()?.strip_prefix(MARK)?;
    let (index, rest) = name.split_once("-of-")?;
    let (of, process) = rest.split_once('-')?;
    let shard = Shard { index: index.parse().ok()?, of: of.parse().ok()? };
    Some(Claimed { shard, process: process.parse().ok()? })
}
