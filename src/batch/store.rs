//! Units on disk: written whole or not at all, added up whoever did them, in whatever order.
//!
//! ```text
//! manifest.json             what the batch is, and whether it is complete
//! plan.toml, scenarios/     the plan and its scenarios as they were read, so that the folder explains itself
//! parts/part-HASH.jsonl     units that were done, with a checksum in the last line; gone once the batch is complete
//! totals.jsonl              one tally for each experiment, once the batch is complete
//! ```
//!
//! A file is written under a temporary name, synced and renamed; one whose checksum does not fit counts as absent.

mod error;
mod file;
mod manifest;
mod part;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::plan::{Plan, Status};
use super::tally::Tally;
use super::unit::{Shard, Span, Unit, units};
use super::work::Done;
use crate::scenario::Record;

pub use error::StoreError;
use error::io;
pub use file::{write_whole, write_with};
pub use manifest::{copy_of, manifest, read_manifest};
use part::Section;

/// What a folder keeps of one experiment.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Which runs, in order, without overlap.
    pub runs: Vec<Span>,
    /// What they add up to, or why the experiment failed; `None` before any.
    pub tally: Option<Result<Tally, String>>,
}

impl Kept {
    /// Adds what a stretch of runs came to; it must not overlap with what is kept.
    pub fn add(&mut self, runs: Span, tally: Result<Tally, String>) {
        self.place(runs);
        match (&mut self.tally, tally) {
            (Some(Ok(sum)), Ok(more)) => sum.merge(&more),
            (slot @ None, tally) => *slot = Some(tally),
            (slot @ Some(Ok(_)), Err(message)) => *slot = Some(Err(message)),
            (Some(Err(_)), _) => {}
        }
    }
}

impl Kept {
    fn place(&mut self, runs: Span) {
        let place = self.runs.partition_point(|there| there.from < runs.from);
        self.runs.insert(place, runs);
    }
}

/// Runs that lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The experiment.
    pub experiment: u64,
    /// Its runs.
    pub runs: Span,
}

/// A folder of results on its way.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    hash: String,
    rows: bool,
    kept: Vec<Kept>,
    /// Where the rows of each experiment's runs are: by first run, the part and the place of the section in it.
    sections: BTreeMap<(u64, u64), Section>,
    /// Parts that were there but not whole.
    broken: Vec<String>,
    /// Parts that are still there.
    parts: usize,
}

impl Store {
    /// Opens a folder for a plan, makes it if it is not there, and reads what it keeps.
    ///
    /// # Errors
    /// [`StoreError`]: another plan or version, foreign files, a machine that refuses.
    pub fn open(folder: &Path, plan: &Plan, copies: &[(String, String)]) -> Result<Self, StoreError> {
        let mut store = Self::empty(folder, plan);
        if folder.join("manifest.json").exists() {
            store.check(plan)?;
            // Whoever wrote the manifest may have been interrupted before the rest.
            store.copy(copies, false)?;
        } else if folder.is_dir() && std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(StoreError::Foreign { folder: folder.display().to_string() });
        } else {
            store.write("manifest.json", format!("{:#}\n", manifest(plan, false)).as_bytes())?;
            store.copy(copies, true)?;
        }
        let parts = store.folder.join("parts");
        std::fs::create_dir_all(&parts).map_err(|e| io(&parts, "made", e))?;
        store.take(folder)?;
        Ok(store)
    }

    /// Opens several folders of one plan at once: what any of them keeps.
    ///
    /// # Errors
    /// As [`open`](Self::open), and [`StoreError::Overlap`].
    pub fn of_many(folders: &[PathBuf], plan: &Plan) -> Result<Self, StoreError> {
        let first = folders.first().cloned().unwrap_or_default();
        let mut store = Self::empty(&first, plan);
        for folder in folders {
            let mut one = Self::empty(folder, plan);
            one.check(plan)?;
            one.take(folder)?;
            store.absorb(one)?;
        }
        store.folder = first;
        Ok(store)
    }

    fn empty(folder: &Path, plan: &Plan) -> Self {
        Self {
            folder: folder.to_owned(),
            hash: plan.hash(),
            rows: plan.record > Record::Experiments,
            kept: vec![Kept::default(); plan.experiments() as usize],
            sections: BTreeMap::new(),
            broken: Vec::new(),
            parts: 0,
        }
    }

    /// Keeps the texts from which the plan was read: all of them, or those that lack.
    fn copy(&self, copies: &[(String, String)], all: bool) -> Result<(), StoreError> {
        let mut wanted = copies.iter().filter(|(name, _)| all || !self.folder.join(name).exists());
        wanted.try_for_each(|(name, text)| self.write(name, text.as_bytes()))
    }

    /// Whether the folder belongs to the plan.
    fn check(&self, plan: &Plan) -> Result<(), StoreError> {
        let folder = || self.folder.display().to_string();
        let there = read_manifest(&self.folder)?;
        let word = |key: &str| there[key].as_str().unwrap_or_default().to_owned();
        let other = |what, there: String, here: String| StoreError::Other { folder: folder(), what, there, here };
        if word("version") != env!("CARGO_PKG_VERSION") {
            return Err(other("version of winset", word("version"), env!("CARGO_PKG_VERSION").to_owned()));
        }
        if there["seed"].as_u64() != Some(plan.seed) {
            return Err(other("seed", there["seed"].to_string(), plan.seed.to_string()));
        }
        if word("plan") != self.hash {
            let short = |hash: &str, title: &str| format!("\"{title}\" ({})", &hash[..hash.len().min(12)]);
            return Err(other("plan", short(&word("plan"), &word("title")), short(&self.hash, &plan.title)));
        }
        Ok(())
    }

    /// Adds everything that a folder keeps.
    fn take(&mut self, folder: &Path) -> Result<(), StoreError> {
        let totals = folder.join("totals.jsonl");
        let parts = folder.join("parts");
        let mut paths: Vec<PathBuf> = totals.exists().then_some(totals).into_iter().collect();
        if parts.is_dir() {
            let entries = std::fs::read_dir(&parts).map_err(|e| io(&parts, "read", e))?;
            let mut names: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
            names.retain(|p| p.extension().is_some_and(|e| e == "jsonl") && !file::is_temporary(p));
            names.sort();
            paths.extend(names);
        }
        for path in paths {
            match part::read(&path, &self.hash, self.rows)? {
                None => self.broken.push(path.display().to_string()),
                Some(sections) => {
                    self.parts += usize::from(path.parent() == Some(parts.as_path()));
                    for (unit, tallies, section) in sections {
                        self.add(unit, tallies, section)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Adds a unit. One that is there already is left out; one that is there in part is refused.
    fn add(&mut self, unit: Unit, tallies: Vec<Result<Tally, String>>, section: Section) -> Result<(), StoreError> {
        let mut new = false;
        for (e, tally) in unit.experiments.iter().zip(tallies) {
            let Some(kept) = self.kept.get_mut(e as usize) else { continue };
            // Stretches are in order and apart: only the two beside it can touch it.
            let place = kept.runs.partition_point(|there| there.from < unit.runs.from);
            let within = |there: &Span| there.from <= unit.runs.from && unit.runs.to <= there.to;
            // A program that was interrupted while it put totals in the place of parts leaves both.
            if kept.runs[..place].last().is_some_and(within) || kept.runs.get(place).is_some_and(within) {
                continue;
            }
            let before = place.checked_sub(1).is_some_and(|p| kept.runs[p].to > unit.runs.from);
            if before || kept.runs.get(place).is_some_and(|next| next.from < unit.runs.to) {
                return Err(StoreError::Overlap { experiment: e, from: unit.runs.from, to: unit.runs.to - 1 });
            }
            new = true;
            kept.add(unit.runs, tally);
        }
        if new {
            self.sections.insert((unit.experiments.from, unit.runs.from), section);
        }
        Ok(())
    }

    /// Adds what another folder keeps: nothing that is here already.
    fn absorb(&mut self, other: Self) -> Result<(), StoreError> {
        for (e, (mine, theirs)) in self.kept.iter_mut().zip(other.kept).enumerate() {
            let crosses = |runs: &&Span| mine.runs.iter().any(|here| here.from < runs.to && runs.from < here.to);
            if let Some(twice) = theirs.runs.iter().find(crosses) {
                return Err(StoreError::Overlap { experiment: e as u64, from: twice.from, to: twice.to - 1 });
            }
            let mut tally = theirs.tally;
            for runs in theirs.runs {
                // The tally is the sum over all stretches: it comes with the first of them.
                match tally.take() {
                    Some(tally) => mine.add(runs, tally),
                    None => mine.place(runs),
                }
            }
        }
        self.sections.extend(other.sections);
        self.broken.extend(other.broken);
        Ok(())
    }

    /// Keeps units that are done, in one file.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn keep(folder: &Path, hash: &str, done: &[Done]) -> Result<(), StoreError> {
        let (name, bytes) = part::text(hash, done);
        let path = folder.join("parts").join(name);
        write_whole(&path, &bytes).map_err(|e| io(&path, "written", e))
    }

    /// The units that lack, of `runs` runs of each experiment, that belong to a shard.
    #[must_use]
    pub fn lacking(&self, runs: u64, shard: Shard) -> Vec<Unit> {
        let all = units(self.kept.len() as u64, Span { from: 0, to: runs });
        let own = all.zip(0..).filter(|(_, place)| shard.has(*place)).map(|(unit, _)| unit);
        own.flat_map(|unit| self.without_kept(unit)).collect()
    }

    /// Those of `of` shards in which something lacks, of `runs` runs of each experiment: their numbers from 1, in order.
    #[must_use]
    pub fn lacking_shards(&self, runs: u64, of: u64) -> Vec<u64> {
        let all = units(self.kept.len() as u64, Span { from: 0, to: runs });
        let lacks = |unit: &Unit| unit.experiments.iter().any(|e| !self.free(e, unit.runs).is_empty());
        let shards: BTreeSet<u64> = all.zip(0..).filter(|(u, _)| lacks(u)).map(|(_, place)| place % of + 1).collect();
        shards.into_iter().collect()
    }

    /// What of a unit is not kept yet.
    fn without_kept(&self, unit: Unit) -> Vec<Unit> {
        let untouched = |e: u64| self.free(e, unit.runs) == [unit.runs];
        if unit.experiments.iter().all(untouched) {
            return vec![unit];
        }
        let one = |e: u64| {
            let free = self.free(e, unit.runs);
            free.into_iter().map(move |runs| Unit { experiments: Span { from: e, to: e + 1 }, runs })
        };
        unit.experiments.iter().flat_map(one).collect()
    }

    /// The stretches of some runs of an experiment that are not kept yet.
    fn free(&self, e: u64, runs: Span) -> Vec<Span> {
        let mut free = Vec::new();
        let mut from = runs.from;
        let kept = &self.kept[e as usize].runs;
        let first = kept.partition_point(|s| s.to <= runs.from);
        for there in kept[first..].iter().take_while(|s| s.from < runs.to) {
            if there.from > from {
                free.push(Span { from, to: there.from });
            }
            from = from.max(there.to);
        }
        if from < runs.to {
            free.push(Span { from, to: runs.to });
        }
        free
    }

    /// Everything that lacks of `runs` runs, experiment by experiment.
    #[must_use]
    pub fn gaps(&self, runs: u64) -> Vec<Gap> {
        let all = Span { from: 0, to: runs };
        let of = |e: u64| self.free(e, all).into_iter().map(move |runs| Gap { experiment: e, runs });
        (0..self.kept.len() as u64).flat_map(of).collect()
    }

    /// The runs that some experiment has beyond what is asked for, as their number from 0.
    #[must_use]
    pub fn reach(&self) -> u64 {
        self.kept.iter().filter_map(|k| k.runs.last()).map(|s| s.to).max().unwrap_or(0)
    }

    /// Runs that are kept, over all experiments.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.kept.iter().flat_map(|k| &k.runs).map(|s| s.len()).sum()
    }

    /// What is kept of every experiment.
    #[must_use]
    pub fn kept(&self) -> &[Kept] {
        &self.kept
    }

    /// Parts that were there but could not be used: cut short, or changed. Their runs are done again.
    #[must_use]
    pub fn broken(&self) -> &[String] {
        &self.broken
    }

    /// Reads again what has been kept since the folder was opened.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn again(&mut self, plan: &Plan) -> Result<(), StoreError> {
        let folder = self.folder.clone();
        *self = Self::empty(&folder, plan);
        self.take(&folder)
    }

    /// Writes the totals, and the rows of runs if there are any, into a folder: every run of every experiment must be kept.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn complete(&self, into: &Path, plan: &Plan, runs: u64) -> Result<(), StoreError> {
        if self.rows {
            rows::write(&into.join("runs.csv"), plan, &self.sections, runs)?;
        }
        let path = into.join("totals.jsonl");
        let all = Span { from: 0, to: runs };
        let done: Vec<Done> = self
            .kept
            .iter()
            .enumerate()
            .map(|(e, kept)| Done {
                unit: Unit { experiments: Span { from: e as u64, to: e as u64 + 1 }, runs: all },
                tallies: kept.tally.iter().cloned().collect(),
                rows: vec![String::new()],
            })
            .collect();
        let (_, bytes) = part::text(&self.hash, &done);
        write_whole(&path, &bytes).map_err(|e| io(&path, "written", e))
    }

    /// Writes one file of results.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        put(&self.folder, name, bytes)
    }

    /// Whether a folder is complete with as many runs as the plan has.
    #[must_use]
    pub fn sealed(&self, folder: &Path, plan: &Plan) -> bool {
        let says = |m: Value| m["complete"] == true && m["runs"].as_u64() == Some(plan.runs) && m["plan"] == *self.hash;
        self.broken.is_empty() && self.parts == 0 && read_manifest(folder).is_ok_and(says)
    }

    /// Says that the folder is complete and drops what is no longer needed.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn seal(into: &Path, plan: &Plan) -> Result<(), StoreError> {
        put(into, "manifest.json", format!("{:#}\n", manifest(plan, true)).as_bytes())?;
        let parts = into.join("parts");
        if parts.is_dir() {
            std::fs::remove_dir_all(&parts).map_err(|e| io(&parts, "removed", e))?;
        }
        file::sweep(into);
        Ok(())
    }
}

/// Writes one file into a folder, and the folders on the way to it.
///
/// # Errors
/// [`StoreError::Io`].
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(|e| io(parent, "made", e))?;
    }
    write_whole(&path, bytes).map_err(|e| io(&path, "written", e))
}

/// Whether an experiment is run at all; those that are not have their reason.
#[must_use]
pub fn outcome(plan: &Plan, kept: &Kept, e: u64) -> Status {
    match (plan.status(e), &kept.tally) {
        (Status::Ok, Some(Err(message))) => Status::Failed(message.clone()),
        (status, _) => status,
    }
}
