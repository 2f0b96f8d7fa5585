//! The parallel loop: runs in fixed blocks, on any number of threads, to the same result.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

/// Runs in a block.
pub const BLOCK: u64 = 256;

/// Something that blocks of runs add up to. Sums must not depend on order: whole numbers only.
pub trait Tally: Send {
    /// Adds another tally to this one.
    fn merge(&mut self, other: Self);
}

/// Adds up `work` over all blocks of `runs` runs; without runs, what `fresh` makes.
///
/// Each thread adds to a tally of its own (`fresh` makes one, large ones are few); `done` hears how many runs are done.
///
/// # Errors
/// [`ThreadsError`] if the threads asked for cannot be started.
pub fn tally<T: Tally>(
    runs: u64,
    threads: Option<usize>,
    fresh: impl Fn() -> T + Sync,
    work: impl Fn(&mut T, Range<u64>) + Sync,
    done: impl Fn(u64) + Sync,
) -> Result<T, ThreadsError> {
    let pool: Mutex<Vec<T>> = Mutex::new(Vec::new());
    let finished = AtomicU64::new(0);
    let block = |b: u64| {
        let range = b * BLOCK..((b + 1) * BLOCK).min(runs);
        let length = range.end - range.start;
        let spare = pool.lock().expect("no thread panics while it holds the pool").pop();
        let mut mine = spare.unwrap_or_else(&fresh);
        work(&mut mine, range);
        pool.lock().expect("no thread panics while it holds the pool").push(mine);
        done(finished.fetch_add(length, Ordering::Relaxed) + length);
    };
    let all = || (0..runs.div_ceil(BLOCK)).into_par_iter().for_each(block);
    match threads {
        Some(threads) => {
            let built = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            built.map_err(|e| ThreadsError(e.to_string()))?.install(all);
        }
        None => all(),
    }
    let mut parts = pool.into_inner().expect("no thread panicked").into_iter();
    let mut total = parts.next().unwrap_or_else(&fresh);
    parts.for_each(|part| total.merge(part));
    Ok(total)
}

/// The threads asked for could not be started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the threads could not be started: {0}")]
pub struct ThreadsError(String);
