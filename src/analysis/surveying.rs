//! One pass over worlds and their runs: run k is played in world k, and everything that is asked of both is counted
//! together. Each world is drawn once and its scores are filled once.
//!
//! Where worlds are ranked, even runs come before odd ones: the packages that lead are chosen on the even ones and scored
//! on the odd ones, so that they are known when the odd ones are drawn.

mod handed;

pub use handed::Handed;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::courses::{Courses, Heard, PILOT, Pilot};
use super::leading::{Fate, Leading, agrees};
use super::ranking::{Picked, Votes, rank};
use super::reached::{Reached, Runs};
use super::soundness::{Met, Soundness};
use super::survey::{Observer, Settings, Survey, Worlds};
use crate::engine::talks::{Desk, Run};
use crate::engine::{Arm, CannotRun, Drawn, Draws, Tally, adds_up, machine_threads, tally_on};
use crate::model::{Negotiation, Package};
use crate::num::Order;
use crate::space::{Compiled, Margin};

/// What is counted in a pass.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counting {
    /// Worlds: the survey, with the packages that lead and those that have names.
    pub worlds: bool,
    /// Further packages that are looked at one by one.
    pub packages: Vec<Package>,
    /// Worlds in which the anchors are tried: the first ones, so many at most.
    pub anchors: u64,
    /// Runs: what the talks come to, where there are any.
    pub runs: bool,
    /// Runs whose courses are heard: the first ones, so many at most.
    pub courses: u64,
}

/// What a pass says so far. What was not counted is `None` or empty.
#[derive(Debug, Clone, PartialEq)]
pub struct SoFar {
    /// Worlds drawn.
    pub drawn: u64,
    /// Worlds kept: fewer than drawn only if disagreeing ones were dropped.
    pub kept: u64,
    /// The survey; `None` if worlds were not counted.
    pub survey: Option<Survey>,
    /// The further packages, in their order.
    pub packages: Vec<Leading>,
    /// The anchors in the worlds in which they were tried.
    pub soundness: Soundness,
    /// What the talks came to; `None` if runs were not counted, or there are no talks.
    pub reached: Option<Reached>,
    /// The courses heard; `None` if none were to be, or there are no talks.
    pub courses: Option<Courses>,
    /// What is written of all runs kept, in the order of their numbers.
    pub rows: String,
}

/// One run: its world, and what its talks come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recorded<'r> {
    /// Its number.
    pub run: u64,
    /// The reading of its world, as a place among the readings; `None` where none is drawn.
    pub reading: Option<usize>,
    /// The margin of its world when the talks begin.
    pub margin: Margin,
    /// What became of the talks; `None` where the scenario has none.
    pub played: Option<&'r Run>,
}

/// Writes one run.
pub type Write<'a> = dyn Fn(&Recorded) -> String + Sync + 'a;

/// A pass on its way: it can go on, and says at any time what it has counted so far.
pub struct Surveying<'a> {
    observer: Observer<'a>,
    arm: Arm<'a>,
    draws: Draws<'a>,
    settings: Settings,
    counting: Counting,
    threads: usize,
    /// The worlds of the first runs, drawn beforehand where courses are heard.
    first: Vec<Drawn>,
    pilot: Option<Pilot>,
    /// Writes what is kept of each run.
    write: Option<&'a Write<'a>>,
    /// Where set, no run is looked at any more.
    halt: Option<&'a AtomicBool>,
    /// The runs counted.
    counted: Vec<Range<u64>>,
    seen: Option<Tallied>,
    /// The packages that were chosen last.
    picked: Option<Picked>,
}

/// What is counted, on one thread.
#[derive(Default)]
struct Tallied {
    desk: Desk,
    drawn: u64,
    kept: u64,
    worlds: Option<Worlds>,
    /// Packages with names, then further ones.
    fates: Vec<Fate>,
    /// Packages chosen on even runs, each in all odd ones that were counted.
    chosen: BTreeMap<Package, Fate>,
    met: Met,
    runs: Option<Runs>,
    heard: Option<Heard>,
    rows: BTreeMap<u64, Written>,
}

adds_up!(Tallied: desk, drawn, kept, worlds, fates, chosen, met, runs, heard, rows);

/// What is written of one run, which is counted once.
struct Written(String);

impl Tally for Written {
    fn merge(&mut self, _: Self) {}
}

/// Makes one pass over all runs of the settings.
pub(super) fn surveyed(
    n: &Negotiation,
    settings: &Settings,
    counting: Counting,
    done: impl Fn(u64) + Sync,
) -> Result<SoFar, CannotRun> {
    let compiled = settings.drawing.compile(n)?;
    let mut surveying = Surveying::of(&compiled, settings, counting)?;
    surveying.go_on(0..settings.runs, &|runs| {
        done(runs);
        true
    })?;
    surveying.so_far()
}

impl<'a> Surveying<'a> {
    /// Makes a pass ready.
    ///
    /// # Errors
    /// [`CannotRun::TooMuchMemory`] if worlds are counted and no thread could count all packages.
    pub fn of(compiled: &'a Compiled<'a>, settings: &Settings, counting: Counting) -> Result<Self, CannotRun> {
        let drawing = &settings.drawing;
        // First the worlds: the tables of their quantities then serve for medians too.
        let draws = drawing.draws_of(compiled);
        let observer = Observer::new(compiled, drawing);
        let played = counting.runs || counting.courses > 0;
        let arm = if played { Arm::of(compiled, drawing) } else { Arm::of_worlds(compiled, drawing.defeat) };
        let threads = drawing.threads.unwrap_or_else(machine_threads);
        let fit = if counting.worlds { threads_that_fit(compiled.n, settings, &observer.votes)? } else { threads };
        let talks = arm.talks().filter(|_| counting.courses > 0);
        let first = if talks.is_some() { draws.block(0, PILOT.min(counting.courses) as usize) } else { Vec::new() };
        let pilot = talks.map(|talks| Pilot::of(compiled.n, talks, &first));
        Ok(Self {
            observer,
            arm,
            draws,
            settings: settings.clone(),
            counting,
            threads: threads.min(fit),
            first,
            pilot,
            write: None,
            halt: None,
            counted: Vec::new(),
            seen: None,
            picked: None,
        })
    }

    /// The same, and of every run kept it is written what `write` says.
    pub fn writing(self, write: Option<&'a Write<'a>>) -> Self {
        Self { write, ..self }
    }

    /// The same, and it is given up as soon as `halt` is set: within a run, not at the end of a block.
    pub fn halted_by(self, halt: Option<&'a AtomicBool>) -> Self {
        Self { halt, ..self }
    }

    /// Goes on with some runs, none of which was counted before; gives the end of those that were counted.
    ///
    /// `more` hears how many of them are done and says whether to go on: where it does not, what was begun is finished.
    /// In whatever pieces and order the runs are counted, they come to the same.
    ///
    /// # Errors
    /// [`CannotRun::Threads`]; [`CannotRun::Halted`]: then what was counted is worth nothing.
    pub fn go_on(&mut self, runs: Range<u64>, more: &(dyn Fn(u64) -> bool + Sync)) -> Result<u64, CannotRun> {
        let first = runs.start;
        let end = if self.counting.worlds { self.in_halves(runs, more)? } else { self.pass(runs, None, more)? };
        self.counted.push(first..end);
        Ok(end)
    }

    /// Counts the even runs, chooses the packages that lead, and counts the odd ones.
    fn in_halves(&mut self, runs: Range<u64>, more: &(dyn Fn(u64) -> bool + Sync)) -> Result<u64, CannotRun> {
        let end = self.pass(runs.clone(), Some(0), &|done| more(done / 2))?;
        let worlds = self.seen.as_ref().and_then(|seen| seen.worlds.as_ref());
        let picked = worlds.map(|worlds| self.ranked(worlds).into_owned());
        let leading = picked.as_ref().map_or_else(Vec::new, |picked| picked.leading.clone());
        self.picked = picked;
        let n = self.observer.compiled.n;
        if let Some(seen) = &mut self.seen {
            if self.counted.is_empty() {
                seen.chosen = leading.iter().map(|package| (package.clone(), Fate::of(n, package))).collect();
            }
            // Those that were not chosen before lack the odd runs counted until now: they are looked at when they are told.
            seen.chosen.retain(|package, _| leading.contains(package));
        }
        let half = (end - runs.start) / 2;
        self.pass(runs.start..end, Some(1), &|done| {
            more(half + done.div_ceil(2));
            true
        })?;
        Ok(end)
    }

    /// Adds what another pass of the same settings and countings has counted, in other runs.
    pub fn merge(&mut self, other: Self) {
        self.add(other.seen, other.counted);
    }

    /// What was counted so far.
    ///
    /// # Errors
    /// As [`go_on`](Self::go_on).
    pub fn so_far(&self) -> Result<SoFar, CannotRun> {
        let none = self.fresh();
        let seen = self.seen.as_ref().unwrap_or(&none);
        let n = self.observer.compiled.n;
        let mut named: Vec<Leading> = seen.fates.iter().map(Fate::told).collect();
        let packages = named.split_off(named.len() - self.counting.packages.len());
        let survey = |worlds: &Worlds| -> Result<Survey, CannotRun> {
            let ranked = self.ranked(worlds);
            let leading = self.leading(&ranked, &seen.chosen)?;
            let survey = worlds.told(&self.observer, seen.drawn, &ranked, leading, named);
            Ok(if self.settings.drawing.accounts.all_alike(n) { survey.exactly() } else { survey })
        };
        Ok(SoFar {
            drawn: seen.drawn,
            kept: seen.kept,
            survey: seen.worlds.as_ref().map(survey).transpose()?,
            packages,
            soundness: seen.met.told(self.observer.compiled, &self.settings.drawing),
            reached: seen.runs.as_ref().map(|runs| runs.told(n, &self.settings.drawing)),
            courses: seen.heard.as_ref().zip(self.pilot.as_ref()).map(|(heard, pilot)| heard.told(pilot)),
            rows: seen.rows.values().map(|row| row.0.as_str()).collect(),
        })
    }

    /// Counts some runs, or those of one parity among them; gives the end of those counted.
    fn pass(
        &mut self,
        runs: Range<u64>,
        parity: Option<u64>,
        more: &(dyn Fn(u64) -> bool + Sync),
    ) -> Result<u64, CannotRun> {
        let seen = self.seen.take();
        let n = self.observer.compiled.n;
        let chosen: Vec<Package> = seen.iter().flat_map(|seen| seen.chosen.keys().cloned()).collect();
        let chosen = || chosen.iter().map(|package| (package.clone(), Fate::of(n, package))).collect();
        let fresh = || Tallied { chosen: chosen(), ..self.fresh() };
        let work = |seen: &mut Tallied, runs: Range<u64>| self.block(seen, runs, parity);
        let (seen, end) = tally_on(seen, runs, Some(self.threads), fresh, work, more)?;
        self.seen = Some(seen);
        if self.is_halted() { Err(CannotRun::Halted) } else { Ok(end) }
    }

    fn is_halted(&self) -> bool {
        self.halt.is_some_and(|halt| halt.load(Ordering::Relaxed))
    }

    fn block(&self, seen: &mut Tallied, runs: Range<u64>, parity: Option<u64>) {
        let known = runs.end.min(self.first.len() as u64);
        let here = |run: &u64| parity.is_none_or(|parity| run % 2 == parity);
        if self.is_halted() {
            return;
        }
        let drawn = self.draws.runs(runs.start.max(known)..runs.end, parity);
        let all = (runs.start..known).filter(here).map(|run| &self.first[run as usize]).chain(&drawn);
        all.take_while(|_| !self.is_halted()).for_each(|drawn| self.one(seen, drawn));
    }

    /// One world and its run.
    fn one(&self, seen: &mut Tallied, drawn: &Drawn) {
        let Tallied { desk, worlds, fates, chosen, met, runs, heard, .. } = seen;
        seen.drawn += 1;
        let posed = self.arm.pose(drawn, desk);
        if drawn.run < self.counting.anchors {
            met.add(&posed);
        }
        if self.settings.agreeing && !agrees(&posed) {
            return;
        }
        seen.kept += 1;
        let margin = worlds.as_mut().map(|worlds| worlds.add(&self.observer, drawn, &posed));
        let chosen = chosen.values_mut().filter(|_| drawn.run % 2 == 1);
        fates.iter_mut().chain(chosen).for_each(|fate| fate.add(&posed));
        let margin = margin.or_else(|| self.write.is_some().then(|| posed.margin()));
        let exists = margin.map_or_else(|| runs.is_some() && posed.exists(), Margin::exists);
        let played = runs.is_some() || self.write.is_some();
        let run = match heard.as_mut().filter(|_| drawn.run < self.counting.courses) {
            Some(heard) => {
                heard.runs += 1;
                self.arm.play(drawn, true, desk, Some(heard))
            }
            None => self.arm.play(drawn, played, desk, None),
        };
        if let Some((worlds, margin)) = worlds.as_mut().zip(margin) {
            worlds.attribute(&self.observer, drawn, margin, run.as_ref());
        }
        if let Some((write, margin)) = self.write.zip(margin) {
            let row = write(&Recorded { run: drawn.run, reading: drawn.reading, margin, played: run.as_ref() });
            seen.rows.insert(drawn.run, Written(row));
        }
        if let Some((runs, run)) = runs.as_mut().zip(run) {
            runs.add(self.observer.compiled.n, &run, exists);
        }
    }

    fn fresh(&self) -> Tallied {
        let n = self.observer.compiled.n;
        let named = n.packages.iter().map(|named| &named.package).filter(|_| self.counting.worlds);
        Tallied {
            worlds: self.counting.worlds.then(|| Worlds::none(&self.observer)),
            fates: named.chain(&self.counting.packages).map(|package| Fate::of(n, package)).collect(),
            met: Met::none(n),
            runs: (self.counting.runs && self.arm.talks().is_some()).then(|| Runs::none(n)),
            heard: self.pilot.as_ref().map(|pilot| Heard::none(n, pilot)),
            ..Tallied::default()
        }
    }

    /// The packages chosen by the even runs counted so far: as they were chosen, if none was counted since.
    fn ranked(&self, worlds: &Worlds) -> Cow<'_, Picked> {
        let known = self.picked.as_ref().filter(|picked| picked.by == worlds.votes.even());
        let rank = || rank(self.observer.compiled, &self.settings.drawing, &worlds.votes, &self.observer.allowed);
        known.map_or_else(|| Cow::Owned(rank()), Cow::Borrowed)
    }

    /// The packages that lead, scored on the odd runs: those chosen since are looked at in the odd worlds again.
    fn leading(&self, ranked: &Picked, chosen: &BTreeMap<Package, Fate>) -> Result<Vec<Leading>, CannotRun> {
        let late = ranked.leading.iter().filter(|package| !chosen.contains_key(package)).cloned().collect();
        let late = self.looked_at_again(late)?;
        let fate = |package: &Package| chosen.get(package).or(late.iter().find(|fate| fate.package == *package));
        let mut leading: Vec<Leading> = ranked.leading.iter().filter_map(fate).map(Fate::told).collect();
        // The first is the one same package; the others stand as they were scored.
        leading[1.min(ranked.leading.len())..].order_by_key(|l| std::cmp::Reverse(l.would_do.count));
        Ok(leading)
    }

    fn looked_at_again(&self, packages: Vec<Package>) -> Result<Vec<Fate>, CannotRun> {
        if packages.is_empty() {
            return Ok(Vec::new());
        }
        let counting = Counting { packages, ..Counting::default() };
        let mut again = Surveying::of(self.observer.compiled, &self.settings, counting)?.halted_by(self.halt);
        for runs in &self.counted {
            again.pass(runs.clone(), Some(1), &|_| true)?;
        }
        Ok(again.seen.map_or_else(Vec::new, |seen| seen.fates))
    }
}

/// Memory that counts may take on all threads together, in bytes.
const MOST_BYTES: u64 = 800_000_000;

/// The threads that the counts leave memory for.
fn threads_that_fit(n: &Negotiation, settings: &Settings, votes: &Votes) -> Result<usize, CannotRun> {
    let readings = if settings.drawing.accounts.reading.is_some() { 1 } else { n.readings.len().max(1) };
    let (packages, bytes) = (votes.packages, votes.bytes(readings));
    if bytes > MOST_BYTES {
        let (gigabytes, most) = (bytes as f64 / 1e9, MOST_BYTES as f64 / 1e9);
        return Err(CannotRun::TooMuchMemory { packages, readings, gigabytes, most });
    }
    Ok(usize::try_from(MOST_BYTES / bytes.max(1)).unwrap_or(usize::MAX))
}
