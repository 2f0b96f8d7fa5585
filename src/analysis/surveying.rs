//! One pass over worlds and their runs: run k is played in world k, and everything that is asked of both is counted
//! together. Each world is drawn once and its scores are filled once.
//!
//! Where worlds are ranked, even runs come before odd ones: the packages that lead are chosen on the even ones and scored
//! on the odd ones, so that they are known when the odd ones are drawn.

use std::ops::Range;

use super::courses::{Courses, Heard, PILOT, Pilot};
use super::leading::{Fate, Leading, agrees};
use super::ranking::{Counts, Ranked, rank};
use super::reached::{Reached, Runs};
use super::soundness::{Met, Soundness};
use super::survey::{Observer, Settings, Survey, Worlds};
use crate::engine::talks::{Desk, NoRecord};
use crate::engine::{Arm, CannotRun, Drawn, Draws, Tally, machine_threads, tally_on};
use crate::model::{Negotiation, Package};
use crate::space::Compiled;

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
}

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
    /// The runs counted.
    counted: Vec<Range<u64>>,
    /// The packages chosen when the last odd runs were counted, each over all odd runs.
    chosen: Vec<Fate>,
    seen: Option<Seen>,
}

/// What is counted, on one thread.
struct Seen {
    desk: Desk,
    drawn: u64,
    kept: u64,
    worlds: Option<Worlds>,
    /// Packages with names, then further ones.
    fates: Vec<Fate>,
    /// Packages chosen on even runs, in odd ones.
    chosen: Vec<Fate>,
    met: Met,
    runs: Option<Runs>,
    heard: Option<Heard>,
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
    /// Makes a pass ready; `settings.runs` plays no part.
    ///
    /// # Errors
    /// [`CannotRun::TooMuchMemory`] if worlds are counted and no thread could count all packages.
    pub fn of(compiled: &'a Compiled<'a>, settings: &Settings, counting: Counting) -> Result<Self, CannotRun> {
        let drawing = &settings.drawing;
        let observer = Observer::new(compiled, drawing);
        let played = counting.runs || counting.courses > 0;
        let arm = if played { Arm::of(compiled, drawing) } else { Arm::of_worlds(compiled, drawing.defeat) };
        let draws = drawing.draws(compiled.n);
        let threads = drawing.threads.unwrap_or_else(machine_threads);
        let fit = if counting.worlds { threads_that_fit(compiled.n, settings, observer.packages)? } else { threads };
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
            counted: Vec::new(),
            chosen: Vec::new(),
            seen: None,
        })
    }

    /// Goes on with some runs, none of which was counted before; gives the end of those that were counted.
    ///
    /// `more` hears how many of them are done and says whether to go on: where it does not, what was begun is finished.
    /// In whatever pieces and order the runs are counted, they come to the same.
    ///
    /// # Errors
    /// [`CannotRun::Threads`].
    pub fn go_on(&mut self, runs: Range<u64>, more: &(dyn Fn(u64) -> bool + Sync)) -> Result<u64, CannotRun> {
        if !self.counting.worlds {
            let end = self.pass(runs.clone(), None, more)?;
            self.counted.push(runs.start..end);
            return Ok(end);
        }
        let end = self.pass(runs.clone(), Some(0), &|done| more(done / 2))?;
        let leading = self.ranked().leading;
        let n = self.observer.compiled.n;
        if self.counted.is_empty() {
            self.chosen = leading.iter().map(|package| Fate::of(n, package)).collect();
        }
        // Those that were not chosen before lack the odd runs counted until now: they are looked at when they are told.
        self.chosen.retain(|fate| leading.contains(&fate.package));
        let half = (end - runs.start) / 2;
        self.pass(runs.start..end, Some(1), &|done| {
            more(half + done.div_ceil(2));
            true
        })?;
        self.counted.push(runs.start..end);
        Ok(end)
    }

    /// Adds what another pass of the same settings and countings has counted, in other runs.
    pub fn merge(&mut self, other: Self) {
        let both = |fate: &mut Fate| {
            let found = other.chosen.iter().find(|theirs| theirs.package == fate.package);
            found.is_some_and(|theirs| {
                fate.merge(theirs);
                true
            })
        };
        if self.seen.is_none() {
            self.chosen = other.chosen;
        } else if other.seen.is_some() {
            self.chosen.retain_mut(both);
        }
        self.counted.extend(other.counted);
        match (&mut self.seen, other.seen) {
            (Some(mine), Some(theirs)) => mine.merge(theirs),
            (mine, theirs) => *mine = mine.take().or(theirs),
        }
    }

    /// What was counted so far.
    ///
    /// # Errors
    /// [`CannotRun::Threads`].
    pub fn so_far(&self) -> Result<SoFar, CannotRun> {
        let none = self.fresh();
        let seen = self.seen.as_ref().unwrap_or(&none);
        let n = self.observer.compiled.n;
        let mut named: Vec<Leading> = seen.fates.iter().map(Fate::told).collect();
        let packages = named.split_off(named.len() - self.counting.packages.len());
        let survey = match &seen.worlds {
            Some(worlds) => {
                let ranked = self.ranked_of(&worlds.counts);
                let leading = self.leading(&ranked)?;
                let mut survey = worlds.told(&self.observer, seen.drawn, &ranked, leading, named);
                if self.settings.drawing.accounts.all_alike(n) {
                    survey.shares().into_iter().filter(|share| share.of > 0).for_each(|share| *share = share.exactly());
                }
                Some(survey)
            }
            None => None,
        };
        Ok(SoFar {
            drawn: seen.drawn,
            kept: seen.kept,
            survey,
            packages,
            soundness: seen.met.told(self.observer.compiled, &self.settings.drawing),
            reached: seen.runs.as_ref().map(|runs| runs.told(n, &self.settings.drawing)),
            courses: seen.heard.as_ref().zip(self.pilot.as_ref()).map(|(heard, pilot)| heard.told(pilot)),
        })
    }

    /// Counts some runs, or those of one parity among them; gives the end of those counted.
    fn pass(
        &mut self,
        runs: Range<u64>,
        parity: Option<u64>,
        more: &(dyn Fn(u64) -> bool + Sync),
    ) -> Result<u64, CannotRun> {
        let mut seen = self.seen.take();
        // Each thread counts from nothing what is added to the packages chosen.
        let chosen: Vec<Fate> =
            self.chosen.iter().map(|fate| Fate::of(self.observer.compiled.n, &fate.package)).collect();
        let choose = |seen: Seen| Seen { chosen: if parity == Some(1) { chosen.clone() } else { Vec::new() }, ..seen };
        seen = seen.map(choose);
        let fresh = || choose(self.fresh());
        let work = |seen: &mut Seen, runs: Range<u64>| self.block(seen, runs, parity);
        let (mut seen, end) = tally_on(seen, runs, Some(self.threads), fresh, work, more)?;
        self.chosen.iter_mut().zip(&seen.chosen).for_each(|(all, more)| all.merge(more));
        seen.chosen.clear();
        self.seen = Some(seen);
        Ok(end)
    }

    fn block(&self, seen: &mut Seen, runs: Range<u64>, parity: Option<u64>) {
        let known = runs.end.min(self.first.len() as u64);
        let here = |run: &u64| parity.is_none_or(|parity| run % 2 == parity);
        for run in (runs.start..known).filter(here) {
            self.one(seen, &self.first[run as usize]);
        }
        let drawn = self.draws.some(runs.start.max(known), runs.end, parity);
        drawn.iter().for_each(|drawn| self.one(seen, drawn));
    }

    /// One world and its run.
    fn one(&self, seen: &mut Seen, drawn: &Drawn) {
        let Seen { desk, worlds, fates, chosen, met, runs, heard, .. } = seen;
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
        fates.iter_mut().chain(chosen).for_each(|fate| fate.add(&posed));
        let listening = heard.as_mut().filter(|_| drawn.run < self.counting.courses);
        if runs.is_none() && listening.is_none() {
            return;
        }
        let exists = margin.map_or_else(|| runs.is_some() && posed.exists(), crate::space::Margin::exists);
        let run = match listening {
            Some(heard) => {
                heard.runs += 1;
                self.arm.play(drawn, true, desk, heard)
            }
            None => self.arm.play(drawn, true, desk, &mut NoRecord),
        };
        if let Some((runs, run)) = runs.as_mut().zip(run) {
            runs.add(self.observer.compiled.n, &run, exists);
        }
    }

    fn fresh(&self) -> Seen {
        let n = self.observer.compiled.n;
        let named = n.packages.iter().map(|named| &named.package).filter(|_| self.counting.worlds);
        Seen {
            desk: Desk::default(),
            drawn: 0,
            kept: 0,
            worlds: self.counting.worlds.then(|| Worlds::none(&self.observer)),
            fates: named.chain(&self.counting.packages).map(|package| Fate::of(n, package)).collect(),
            chosen: Vec::new(),
            met: Met::none(n),
            runs: (self.counting.runs && self.arm.talks().is_some()).then(|| Runs::none(n)),
            heard: self.pilot.as_ref().map(|pilot| Heard::none(n, pilot)),
        }
    }

    fn ranked(&self) -> Ranked {
        let worlds = self.seen.as_ref().and_then(|seen| seen.worlds.as_ref());
        worlds.map_or_else(Ranked::default, |worlds| self.ranked_of(&worlds.counts))
    }

    fn ranked_of(&self, counts: &Counts) -> Ranked {
        rank(self.observer.compiled, &self.settings, counts, &self.observer.allowed)
    }

    /// The packages that lead, scored on the odd runs: those chosen since are looked at in the odd worlds again.
    fn leading(&self, ranked: &Ranked) -> Result<Vec<Leading>, CannotRun> {
        let known = |package: &&Package| self.chosen.iter().any(|fate| fate.package == **package);
        let late: Vec<Package> = ranked.leading.iter().filter(|p| !known(p)).cloned().collect();
        let late = self.looked_at_again(late)?;
        let fate = |package: &Package| self.chosen.iter().chain(&late).find(|fate| fate.package == *package);
        let mut leading: Vec<Leading> = ranked.leading.iter().filter_map(fate).map(Fate::told).collect();
        // The first is the one same package; the others stand as they were scored.
        leading[1.min(ranked.leading.len())..].sort_by_key(|l| std::cmp::Reverse(l.would_do.count));
        Ok(leading)
    }

    fn looked_at_again(&self, packages: Vec<Package>) -> Result<Vec<Fate>, CannotRun> {
        if packages.is_empty() {
            return Ok(Vec::new());
        }
        let counting = Counting { packages, ..Counting::default() };
        let mut again = Surveying::of(self.observer.compiled, &self.settings, counting)?;
        for runs in &self.counted {
            again.pass(runs.clone(), Some(1), &|_| true)?;
        }
        Ok(again.seen.map_or_else(Vec::new, |seen| seen.fates))
    }
}

impl Tally for Seen {
    fn merge(&mut self, other: Self) {
        self.drawn += other.drawn;
        self.kept += other.kept;
        self.worlds.iter_mut().zip(&other.worlds).for_each(|(a, b)| a.merge(b));
        self.fates.iter_mut().zip(&other.fates).for_each(|(a, b)| a.merge(b));
        self.chosen.iter_mut().zip(&other.chosen).for_each(|(a, b)| a.merge(b));
        self.met.merge(&other.met);
        self.runs.iter_mut().zip(other.runs).for_each(|(a, b)| a.merge(b));
        self.heard.iter_mut().zip(&other.heard).for_each(|(a, b)| a.merge(b));
    }
}

/// Memory that counts may take on all threads together, in bytes.
const MOST_BYTES: u64 = 800_000_000;

/// The threads that the counts leave memory for.
fn threads_that_fit(n: &Negotiation, settings: &Settings, packages: usize) -> Result<usize, CannotRun> {
    let readings = if settings.drawing.accounts.reading.is_some() { 1 } else { n.readings.len().max(1) };
    let bytes = Counts::bytes(readings, packages);
    if bytes > MOST_BYTES {
        let (gigabytes, most) = (bytes as f64 / 1e9, MOST_BYTES as f64 / 1e9);
        return Err(CannotRun::TooMuchMemory { packages, readings, gigabytes, most });
    }
    Ok(usize::try_from(MOST_BYTES / bytes.max(1)).unwrap_or(usize::MAX))
}
