//! How much work was done in this process: what a test asks to see that nothing is done twice. No result depends on it.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

/// Spaces compiled, worlds drawn, worlds filled.
static DONE: [AtomicU64; 3] = [const { AtomicU64::new(0) }; 3];

/// Work done so far, on all threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Effort {
    /// Deal spaces compiled.
    pub spaces_compiled: u64,
    /// Worlds drawn.
    pub worlds_drawn: u64,
    /// Worlds of which the scores were filled to be looked at.
    pub worlds_filled: u64,
}

/// The work of this process so far.
pub fn so_far() -> Effort {
    let [spaces_compiled, worlds_drawn, worlds_filled] = DONE.each_ref().map(|count| count.load(Ordering::Relaxed));
    Effort { spaces_compiled, worlds_drawn, worlds_filled }
}

pub(super) fn compiled() {
    DONE[0].fetch_add(1, Ordering::Relaxed);
}

pub(crate) fn drawn(worlds: u64) {
    DONE[1].fetch_add(worlds, Ordering::Relaxed);
}

pub(crate) fn filled() {
    DONE[2].fetch_add(1, Ordering::Relaxed);
}
