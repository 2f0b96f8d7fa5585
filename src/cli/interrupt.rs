//! The door to the library `ctrlc`: what is cleaned up when the program is interrupted.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// A folder being written: its temporary name, and where an old one stands aside, with its place.
struct Unfinished {
    new: PathBuf,
    old: PathBuf,
    place: PathBuf,
}

static UNFINISHED: Mutex<Option<Unfinished>> = Mutex::new(None);

/// The exit status of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// Cleans up when the program is interrupted or told to end. A machine that refuses the handler goes without.
pub fn watch() {
    let _ = ctrlc::set_handler(|| {
        let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Unfinished { new, old, place }) = unfinished {
            let _ = std::fs::remove_dir_all(new);
            if !place.exists() {
                let _ = std::fs::rename(old, place);
            }
        }
        std::process::exit(INTERRUPTED);
    });
}

/// While `work` runs, an interruption removes `new` and brings `old` back to `place`.
pub fn guarded<R>(
    new: &std::path::Path,
    old: &std::path::Path,
    place: &std::path::Path,
    work: impl FnOnce() -> R,
) -> R {
    let set = |unfinished| *UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner) = unfinished;
    set(Some(Unfinished { new: new.into(), old: old.into(), place: place.into() }));
    let done = work();
    set(None);
    done
}
