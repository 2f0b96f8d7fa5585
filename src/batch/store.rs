//! Units on disk: written whole or not at all, added up whoever did them, in whatever order.
//!
//! ```text
//! manifest.json             what the batch is, whether it is complete, and if so hash and rows of every result
//! plan.toml, scenarios/     the plan and its scenarios as they were read, so that the folder explains itself
//! parts/part-HASH.jsonl     units that were done, with a checksum in the last line; gone once the batch is complete
//! totals.jsonl              one tally for each experiment, once the batch is complete
//! ```
//!
//! A file is written under a temporary name, synced and renamed; one whose checksum does not fit counts as absent, and so
//! does one whose tallies cannot come of its units. A process that works in a folder says so, and nobody does its part twice.

mod file;
mod kept;
mod lock;
mod manifest;
mod part;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use itertools::Itertools as _;

use super::plan::{BatchPlan, Status};
use super::tally::Tally;
use super::unit::{Shard, Span, Unit};
use super::work::Done;
use crate::scenario::Record;

use file::refused;
pub use file::{StoreError, put, read_within, settle, write_with};
pub use kept::Kept;
use lock::Claim;
pub use lock::Gate;
pub use manifest::{Hurt, bases, copy_of, manifest, read_manifest, sealed_otherwise};
use part::UnitRows;

/// The tallies of a complete folder.
const TOTALS: &str = "totals.jsonl";
/// The rows of runs of a complete folder.
const ROWS: &str = "runs.csv";

/// A folder of results on its way.
#[derive(Debug, Default)]
pub struct Store {
    folder: PathBuf,
    hash: String,
    rows: bool,
    /// What is kept of every experiment.
    pub kept: Vec<Kept>,
    /// Where the rows of each experiment's runs are: by first experiment and first run of their unit.
    units: BTreeMap<(u64, u64), UnitRows>,
    /// Parts that were there but could not be used: cut short, or changed. Their runs are done again.
    pub broken: Vec<String>,
    /// Parts that are still there.
    parts: usize,
    /// Files of a complete folder that are no longer what its manifest says.
    pub hurt: Vec<Hurt>,
    /// The shard that this process does.
    claim: Option<Claim>,
}

impl Store {
    /// Opens a folder for a plan, makes it if it is not there, claims a shard of it, and reads what it keeps.
    ///
    /// # Errors
    /// [`StoreError`]: another plan or version, foreign files, another process, a machine that refuses.
    pub fn open(
        folder: &Path,
        plan: &BatchPlan,
        copies: &[(String, String)],
        shard: Shard,
    ) -> Result<Self, StoreError> {
        let mut store = Self::empty(folder, plan);
        std::fs::create_dir_all(folder).map_err(|e| refused(folder, "made", e))?;
        let _gate = Gate::shut(folder)?;
        let begun = folder.join("manifest.json").exists();
        if begun {
            store.check(plan)?;
        } else if holds_others(folder)? {
            return Err(StoreError::Foreign { folder: folder.display().to_string() });
        }
        store.claim = Some(Claim::of(folder, shard)?);
        file::sweep(folder);
        if !begun {
            put(folder, "manifest.json", format!("{:#}\n", manifest(plan, false)).as_bytes())?;
        }
        store.hurt = manifest::hurt(folder, |_| true)?;
        // Whoever wrote the manifest may have been interrupted before the rest.
        let mut lacking = copies.iter().filter(|(name, _)| !begun || !folder.join(name).exists());
        lacking.try_for_each(|(name, text)| put(folder, name, text.as_bytes()))?;
        store.take(folder, plan)?;
        Ok(store)
    }

    /// Opens several folders of one plan at once: what any of them keeps.
    ///
    /// # Errors
    /// As [`open`](Self::open), [`StoreError::Overlap`], and [`StoreError::Lost`] where rows of runs are gone.
    pub fn of_many(folders: &[PathBuf], plan: &BatchPlan) -> Result<Self, StoreError> {
        let mut store = Self::empty(folders.first().map_or(Path::new(""), PathBuf::as_path), plan);
        for folder in folders {
            let one = Self::of_totals(folder, plan)?;
            trusted(folder, ROWS)?;
            store.absorb(one)?;
        }
        Ok(store)
    }

    /// What one folder keeps of a plan, whatever became of its rows of runs.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn of_totals(folder: &Path, plan: &BatchPlan) -> Result<Self, StoreError> {
        let mut store = Self::empty(folder, plan);
        store.check(plan)?;
        store.take(folder, plan)?;
        Ok(store)
    }

    fn empty(folder: &Path, plan: &BatchPlan) -> Self {
        Self {
            folder: folder.to_owned(),
            hash: plan.hash(),
            rows: plan.record > Record::Experiments,
            kept: vec![Kept::default(); plan.experiments() as usize],
            ..Self::default()
        }
    }

    /// Whether the folder belongs to the plan.
    fn check(&self, plan: &BatchPlan) -> Result<(), StoreError> {
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
            let short =
                |hash: &str, title: &str| format!("\"{title}\" ({})", hash.chars().take(12).collect::<String>());
            return Err(other("plan", short(&word("plan"), &word("title")), short(&self.hash, &plan.title)));
        }
        Ok(())
    }

    /// Adds everything that a folder keeps.
    fn take(&mut self, folder: &Path, plan: &BatchPlan) -> Result<(), StoreError> {
        let totals = folder.join(TOTALS);
        let parts = folder.join("parts");
        let mut paths = Vec::new();
        if manifest::hurt(folder, |name| name == TOTALS)?.is_empty() {
            paths.extend(totals.exists().then_some(totals));
        } else {
            self.broken.push(totals.display().to_string());
        }
        if parts.is_dir() {
            let entries = std::fs::read_dir(&parts).map_err(|e| refused(&parts, "read", e))?;
            let whole = |path: &PathBuf| path.extension().is_some_and(|e| e == "jsonl") && !file::is_temporary(path);
            paths.extend(entries.filter_map(|e| Some(e.ok()?.path())).filter(whole).sorted());
        }
        for path in paths {
            match part::read(&path, plan, &self.hash)? {
                None => self.broken.push(path.display().to_string()),
                Some(units) => {
                    self.parts += usize::from(path.parent() == Some(parts.as_path()));
                    units.into_iter().try_for_each(|(unit, tallies)| self.add(unit, tallies))?;
                }
            }
        }
        Ok(())
    }

    /// Adds a unit. One that is there already is left out; one that is there in part is refused.
    fn add(&mut self, rows: UnitRows, tallies: Vec<Result<Tally, String>>) -> Result<(), StoreError> {
        let (unit, mut new) = (rows.unit, false);
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
            self.units.insert((unit.experiments.from, unit.runs.from), rows);
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
            theirs.runs.into_iter().for_each(|runs| mine.place(runs));
            theirs.tally.into_iter().for_each(|tally| mine.join(tally));
        }
        self.units.extend(other.units);
        self.broken.extend(other.broken);
        self.parts += other.parts;
        Ok(())
    }

    /// Keeps units that are done, in one file.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn keep(folder: &Path, hash: &str, done: &[Done]) -> Result<(), StoreError> {
        let (name, bytes) = part::text(hash, done);
        put(&folder.join("parts"), &name, &bytes)
    }

    /// What became of the rows of runs that the totals need beside them, if they are no longer whole.
    pub fn lost_rows(&self) -> Option<&Hurt> {
        let of = |name: &str| self.hurt.iter().find(|hurt| hurt.name == name);
        of(ROWS).filter(|_| of(TOTALS).is_none())
    }

    /// Reads again what has been kept since the folder was opened.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn again(&mut self, plan: &BatchPlan) -> Result<(), StoreError> {
        let (folder, claim) = (self.folder.clone(), self.claim.take());
        *self = Self { claim, ..Self::empty(&folder, plan) };
        self.take(&folder, plan)
    }

    /// Says that a folder that was complete is no longer: more is to come.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn unseal(&self, plan: &BatchPlan) -> Result<(), StoreError> {
        // Whoever opens the folder meanwhile would sweep the manifest away while it is written.
        let _gate = Gate::shut(&self.folder)?;
        if !manifest::is_complete(&read_manifest(&self.folder)?) {
            return Ok(());
        }
        put(&self.folder, "manifest.json", format!("{:#}\n", manifest(plan, false)).as_bytes())
    }

    /// Writes the totals, and the rows of runs if there are any, into a folder: every run of every experiment must be kept.
    /// Gives the names of what was written.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn complete(&self, into: &Path, plan: &BatchPlan) -> Result<Vec<&'static str>, StoreError> {
        let mut written = vec![TOTALS];
        if self.rows {
            part::write_rows(&into.join(ROWS), plan, &self.units, &self.kept)?;
            written.push(ROWS);
        }
        put(into, TOTALS, &self.totals(plan.runs))?;
        Ok(written)
    }

    /// The file of totals.
    fn totals(&self, runs: u64) -> Vec<u8> {
        let all = Span { from: 0, to: runs };
        let one = |(e, kept): (usize, &Kept)| Done {
            unit: Unit { experiments: Span { from: e as u64, to: e as u64 + 1 }, runs: all },
            tallies: kept.tally.iter().cloned().collect(),
            rows: vec![String::new()],
        };
        let done: Vec<Done> = self.kept.iter().enumerate().map(one).collect();
        part::text(&self.hash, &done).1
    }

    /// Whether the folder is complete with as many runs as the plan has, and nothing is left to tidy up.
    pub fn sealed(&self, plan: &BatchPlan) -> bool {
        let says = |m| manifest::is_complete(&m) && m["runs"].as_u64() == Some(plan.runs) && m["plan"] == *self.hash;
        self.broken.is_empty() && self.parts == 0 && read_manifest(&self.folder).is_ok_and(says)
    }

    /// Says that a folder is complete, with hash and rows of each of its results, and drops what is no longer needed.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn seal(into: &Path, plan: &BatchPlan, results: &[String]) -> Result<(), StoreError> {
        let sealed = manifest::sealed(into, plan, results)?;
        put(into, "manifest.json", format!("{sealed:#}\n").as_bytes())?;
        let parts = into.join("parts");
        if parts.is_dir() {
            std::fs::remove_dir_all(&parts).map_err(|e| refused(&parts, "removed", e))?;
        }
        file::sweep(into);
        Ok(())
    }

    /// Says again that a folder is complete, with what was added to its results.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn reseal(into: &Path, plan: &BatchPlan, added: &[String]) -> Result<(), StoreError> {
        let mut names = manifest::sealed_names(into)?;
        names.extend(added.iter().cloned());
        Self::seal(into, plan, &names)
    }
}

/// Whether a result of a complete folder is what it was; nothing is known of any other folder.
///
/// # Errors
/// [`StoreError::Lost`] if it was lost or changed.
pub fn trusted(folder: &Path, result: &str) -> Result<(), StoreError> {
    if !folder.join("manifest.json").exists() {
        return Ok(());
    }
    let hurt = manifest::hurt(folder, |name| name == result)?.into_iter().next();
    hurt.map_or(Ok(()), |hurt| Err(StoreError::Lost { folder: folder.display().to_string(), hurt }))
}

/// Whether a folder without a manifest holds anything but what an interrupted program leaves.
fn holds_others(folder: &Path) -> Result<bool, StoreError> {
    let entries = std::fs::read_dir(folder).map_err(|e| refused(folder, "read", e))?;
    Ok(entries.flatten().map(|e| e.path()).any(|path| !file::is_temporary(&path) && lock::claimed(&path).is_none()))
}

/// Whether an experiment is run at all; those that are not have their reason.
pub fn outcome(plan: &BatchPlan, kept: &Kept, e: u64) -> Status {
    match (plan.status(e), &kept.tally) {
        (Status::Ok, Some(Err(message))) => Status::Failed(message.clone()),
        (status, _) => status,
    }
}
