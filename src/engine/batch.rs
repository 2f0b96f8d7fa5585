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
    let blocks = runs.div_ceil(BLOCK);
    // More threads than blocks would only be started and stopped.
    let threads =
        threads.unwrap_or_else(machine_threads).clamp(1, usize::try_from(blocks.max(1)).unwrap_or(usize::MAX));
    let built = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool_of_threads = built.map_err(|e| ThreadsError(e.to_string()))?;
    pool_of_threads.install(|| (0..blocks).into_par_iter().for_each(block));
    let mut parts = pool.into_inner().expect("no thread panicked").into_iter();
    let mut total = parts.next().unwrap_or_else(&fresh);
    parts.for_each(|part| total.merge(part));
    Ok(total)
}

/// Hands out `tasks` one after another to threads, each with a state of its own, until they are done or one fails.
///
/// `fresh` makes the state of a thread; `work` does a task; `last` hears the state of a thread that gets no more.
///
/// # Errors
/// The first failure that was met: tasks begun before it are finished.
pub fn hand_out<S, E: Send>(
    tasks: u64,
    threads: Option<usize>,
    fresh: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, u64) -> Result<(), E> + Sync,
    last: impl Fn(S) -> Result<(), E> + Sync,
) -> Result<(), E> {
    let (next, failed) = (AtomicU64::new(0), Mutex::new(None));
    let over = || failed.lock().expect("no thread panics while it holds the failure").is_some();
    let thread = || {
        let mut state = fresh();
        let mut task = || {
            loop {
                let i = next.fetch_add(1, Ordering::Relaxed);
                if i >= tasks || over() {
                    return Ok(());
                }
                work(&mut state, i)?;
            }
        };
        let done = task().and_then(|()| last(state));
        if let Err(e) = done {
            failed.lock().expect("no thread panics while it holds the failure").get_or_insert(e);
        }
    };
    let threads = threads.unwrap_or_else(machine_threads).clamp(1, usize::try_from(tasks.max(1)).unwrap_or(usize::MAX));
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(thread))));
    failed.into_inner().expect("no thread panicked").map_or(Ok(()), Err)
}

/// Threads used unless said otherwise: as many as `RAYON_NUM_THREADS` says or the machine has, at most 256.
#[must_use]
pub fn machine_threads() -> usize {
    let said = std::env::var("RAYON_NUM_THREADS").ok().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
    said.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).min(256)
}

/// The threads asked for could not be started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the threads could not be started: {0}")]
pub struct ThreadsError(String);
