//! The parallel loop: runs in fixed blocks, on any number of threads, to the same result.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::talks::Desk;
use crate::num::Moments;

/// Runs in a block.
pub const BLOCK: u64 = 256;

/// Something that blocks of runs add up to. Sums must not depend on order: whole numbers only, and floats only where it is
/// fixed in which order they are added.
pub trait Tally: Send {
    /// Adds another tally to this one.
    fn merge(&mut self, other: Self);
}

/// Adds up a type field by field; fields behind `keeps` are the same in all that is added up.
///
/// A field that is not named does not compile, so that nothing counted can be forgotten.
macro_rules! adds_up {
    ($type:ty: $($field:ident),+ $(; keeps $($same:ident),+)?) => {
        impl $crate::engine::Tally for $type {
            fn merge(&mut self, other: Self) {
                let Self { $($field,)+ $($($same: _,)+)? } = other;
                $($crate::engine::Tally::merge(&mut self.$field, $field);)+
            }
        }
    };
}
pub(crate) use adds_up;

/// Numbers are added.
macro_rules! numbers_add_up {
    ($($number:ty),+) => {
        $(impl Tally for $number {
            fn merge(&mut self, other: Self) {
                *self += other;
            }
        })+
    };
}
numbers_add_up!(u32, u64, u128, i128, f64, Moments);

/// What runs reuse holds nothing that adds up.
impl Tally for Desk {
    fn merge(&mut self, _: Self) {}
}

impl<A: Tally, B: Tally> Tally for (A, B) {
    fn merge(&mut self, other: Self) {
        self.0.merge(other.0);
        self.1.merge(other.1);
    }
}

impl<T: Tally> Tally for Option<T> {
    fn merge(&mut self, other: Self) {
        match (self, other) {
            (Some(mine), Some(theirs)) => mine.merge(theirs),
            (mine, theirs) => *mine = mine.take().or(theirs),
        }
    }
}

impl<T: Tally, const N: usize> Tally for [T; N] {
    fn merge(&mut self, other: Self) {
        self.iter_mut().zip(other).for_each(|(mine, theirs)| mine.merge(theirs));
    }
}

/// Place by place; what only one of them has is kept.
impl<T: Tally> Tally for Vec<T> {
    fn merge(&mut self, mut other: Self) {
        let more = other.split_off(self.len().min(other.len()));
        self.iter_mut().zip(other).for_each(|(mine, theirs)| mine.merge(theirs));
        self.extend(more);
    }
}

/// Key by key.
impl<K: Ord + Send, T: Tally> Tally for BTreeMap<K, T> {
    fn merge(&mut self, other: Self) {
        for (key, theirs) in other {
            match self.get_mut(&key) {
                Some(mine) => mine.merge(theirs),
                None => drop(self.insert(key, theirs)),
            }
        }
    }
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
    Ok(tally_on(None, 0..runs, threads, fresh, work, &|runs| {
        done(runs);
        true
    })?
    .0)
}

/// Adds up `work` over the blocks of some runs, on top of a tally, with the end of the runs that were added.
///
/// `more` hears how many runs are done and says whether to go on: where it does not, blocks begun are finished, and the
/// runs up to that end are added.
///
/// # Errors
/// [`ThreadsError`] if the threads asked for cannot be started.
pub fn tally_on<T: Tally>(
    total: Option<T>,
    runs: Range<u64>,
    threads: Option<usize>,
    fresh: impl Fn() -> T + Sync,
    work: impl Fn(&mut T, Range<u64>) + Sync,
    more: &(dyn Fn(u64) -> bool + Sync),
) -> Result<(T, u64), ThreadsError> {
    const WHY: &str = "no thread panics while it holds the tallies";
    let (pool, finished) = (Mutex::new(Vec::from_iter(total)), AtomicU64::new(0));
    let block = |mine: &mut T, b: u64| {
        let from = runs.start + b * BLOCK;
        let to = (from + BLOCK).min(runs.end);
        work(mine, from..to);
        more(finished.fetch_add(to - from, Ordering::Relaxed) + to - from)
    };
    let spare = || pool.lock().expect(WHY).pop().unwrap_or_else(&fresh);
    let blocks = runs.end.saturating_sub(runs.start).div_ceil(BLOCK);
    let did = share_out(blocks, threads, spare, block, |mine| pool.lock().expect(WHY).push(mine))?;
    let total = pool.into_inner().expect(WHY).into_iter().reduce(|mut total, part| {
        total.merge(part);
        total
    });
    Ok((total.unwrap_or_else(fresh), (runs.start + did * BLOCK).min(runs.end)))
}

/// Hands out `tasks` one after another to threads, each with a state of its own, until they are done or one fails.
///
/// # Errors
/// The first failure that was met: tasks begun before it are finished.
pub fn hand_out<S, E: Send + From<ThreadsError>>(
    tasks: u64,
    threads: Option<usize>,
    fresh: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, u64) -> Result<(), E> + Sync,
) -> Result<(), E> {
    const WHY: &str = "no thread panics while it holds the failure";
    let failed = Mutex::new(None);
    let task = |state: &mut S, i: u64| match work(state, i) {
        Ok(()) => true,
        Err(e) => {
            failed.lock().expect(WHY).get_or_insert(e);
            false
        }
    };
    share_out(tasks, threads, fresh, task, drop)?;
    failed.into_inner().expect(WHY).map_or(Ok(()), Err)
}

/// Hands out tasks in their order until they are done or `work` says that it is enough; tasks begun are finished. With
/// how many were begun.
fn share_out<S>(
    tasks: u64,
    threads: Option<usize>,
    fresh: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, u64) -> bool + Sync,
    last: impl Fn(S) + Sync,
) -> Result<u64, ThreadsError> {
    let (next, enough) = (AtomicU64::new(0), AtomicBool::new(false));
    let thread = || {
        let mut state = fresh();
        while !enough.load(Ordering::Relaxed) {
            let i = next.fetch_add(1, Ordering::Relaxed);
            if i >= tasks {
                break;
            }
            if !work(&mut state, i) {
                enough.store(true, Ordering::Relaxed);
            }
        }
        last(state);
    };
    // More threads than tasks would only be started and stopped; this one works as well.
    let threads = threads.unwrap_or_else(machine_threads).clamp(1, usize::try_from(tasks.max(1)).unwrap_or(usize::MAX));
    if threads == 1 || cfg!(target_family = "wasm") {
        // No pool where there is nothing to share: some homes have no threads at all.
        thread();
    } else {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.map_err(|e| ThreadsError(e.to_string()))?.broadcast(|_| thread());
    }
    Ok(next.load(Ordering::Relaxed).min(tasks))
}

/// Threads used unless said otherwise: as many as `RAYON_NUM_THREADS` says or the machine has, at most 256.
pub fn machine_threads() -> usize {
    let said = std::env::var("RAYON_NUM_THREADS").ok().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
    said.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).min(256)
}

/// The threads asked for could not be started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the threads could not be started: {0}")]
pub struct ThreadsError(String);
