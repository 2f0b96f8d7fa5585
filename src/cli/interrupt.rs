//! The door to the library `ctrlc`: what is cleaned up when the program is interrupted.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// A folder being written: its temporary name, where an old one stands aside, and its place.
static UNFINISHED: Mutex<Option<[PathBuf; 3]>> = Mutex::new(None);

/// The exit status of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// Whether an interruption is to be waited for, and whether there was one.
static GENTLE: AtomicBool = AtomicBool::new(false);
static STOPPED: AtomicBool = AtomicBool::new(false);

/// While it lives, the first interruption only asks the work to stop; a second one ends the program.
pub struct Gently;

impl Drop for Gently {
    fn drop(&mut self) {
        GENTLE.store(false, Ordering::SeqCst);
    }
}

/// From now on work stops by itself where it is asked to.
pub fn gently() -> Gently {
    GENTLE.store(true, Ordering::SeqCst);
    Gently
}

/// Whether work was asked to stop.
pub fn stopped() -> bool {
    STOPPED.load(Ordering::Relaxed)
}

/// Cleans up when the program is interrupted or told to end. A machine that refuses the handler goes without.
pub fn watch() {
    let _ = ctrlc::set_handler(|| {
        if GENTLE.load(Ordering::SeqCst) && !STOPPED.swap(true, Ordering::SeqCst) {
            return;
        }
        let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some([new, old, place]) = unfinished {
            let _ = std::fs::remove_dir_all(new);
            if !place.exists() {
                let _ = std::fs::rename(old, place);
            }
        }
        std::process::exit(INTERRUPTED);
    });
}

/// While `work` runs, an interruption removes `new` and brings `old` back to `place`.
pub fn guarded<R>(new: &Path, old: &Path, place: &Path, work: impl FnOnce() -> R) -> R {
    let set = |unfinished| *UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner) = unfinished;
    set(Some([new, old, place].map(Path::to_path_buf)));
    let done = work();
    set(None);
    done
}
