//! Arms compared: the same seed, the same luck, run by run, and how every headline differs.
//!
//! Streams are named by path and purpose and read at the run's position, never by scenario, reading or policy, so that
//! run k of two arms has the same luck wherever both ask for it (common random numbers). Sources: Law (2015) for common
//! random numbers, `McNemar` (1947) for pairs of shares.

mod arm;
mod headline;
mod seen;

use std::collections::BTreeMap;
use std::ops::Range;

use super::Share;
use super::ablation::Contrast;
use super::ranking::{Counts, rank};
use super::survey::Settings;
use crate::engine::talks::{Desk, Ending, Step};
use crate::engine::{Arm, CannotRun, Drawing, Tally, tally};
use crate::model::{Negotiation, Package};
use crate::space::Compiled;
use arm::{Ready, translated};
use seen::Seen;

pub use headline::{Difference, Headline};

/// One arm: a scenario as it is to be run.
#[derive(Debug, Clone, PartialEq)]
pub struct CompareArm {
    /// The scenario, with everything set in it that the arm sets.
    pub n: Negotiation,
    /// From what worlds it is drawn, and what is played in them; seed and threads are those of the settings.
    pub drawing: Drawing,
}

/// How arms are compared.
#[derive(Debug, Clone, PartialEq)]
pub struct CompareSettings {
    /// Runs of each arm, ≥ 1.
    pub runs: u64,
    /// The seed of all draws, in all arms.
    pub seed: u64,
    /// Threads; `None`: as many as the machine has. The result does not depend on it.
    pub threads: Option<usize>,
    /// Flipped runs of each arm of which the first difference is looked for, the first ones by number.
    pub explained: usize,
}

/// What the arms say.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Runs of each arm.
    pub runs: u64,
    /// The package that would do in most even runs of the first arm; it is scored on the odd ones. `None` if none would.
    pub package: Option<Package>,
    /// One for each arm behind the first, compared with the first.
    pub others: Vec<Against>,
}

/// One arm compared with the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Against {
    /// Its place among the arms, ≥ 1.
    pub arm: usize,
    /// Runs that differ in anything that is recorded of them: their margin, or anything of their talks.
    pub differing: u64,
    /// Every headline that both arms have.
    pub differences: Vec<Difference>,
    /// The kinds of flips, the most frequent first.
    pub flips: Vec<Kind>,
    /// The first difference of the first flipped runs, by number.
    pub first: BTreeMap<u64, (Flip, Option<First>)>,
}

/// How one run flipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flip {
    /// From one ending to another.
    Ending(Ending, Ending),
    /// Whether one exists: before and now. Counted where an arm has no talks.
    Exists(bool, bool),
}

/// A kind of flips.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// From what to what.
    pub flip: Flip,
    /// Runs that flipped so.
    pub count: u64,
    /// The numbers of the first few.
    pub runs: Vec<u64>,
}

/// What first differs between two runs, in words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct First {
    /// The round.
    pub round: u32,
    /// What happens in the first arm; empty if nothing more does.
    pub base: String,
    /// What happens instead in the other.
    pub other: String,
}

/// Finds the first difference between the steps of one run in the first arm and in another, whose place is given.
pub type Tell<'t> = dyn Fn(usize, [&[Step]; 2]) -> Option<First> + Sync + 't;

/// Compares every arm with the first, run by run on the same luck.
///
/// Each headline is the difference of the other arm less the first, over pairs. `done` hears how many runs are done.
/// The runs that flip (another ending, or without talks another answer to whether one exists) are counted by kind;
/// of the first of them every step is made again in both arms, and `tell` says what differs first.
///
/// # Errors
/// [`CannotRun`].
pub fn compare(
    arms: &[CompareArm],
    settings: &CompareSettings,
    tell: &Tell,
    done: impl Fn(u64) + Sync,
) -> Result<Comparison, CannotRun> {
    let compiled: Vec<Compiled> = arms.iter().map(|arm| arm.drawing.compile(&arm.n)).collect::<Result<_, _>>()?;
    let Some((base, whole)) = arms.first().zip(compiled.first()) else {
        return Ok(Comparison { runs: settings.runs, package: None, others: Vec::new() });
    };
    let package = chosen(base, whole, settings)?;
    let known = |n: &Negotiation| package.as_ref().and_then(|package| translated(&base.n, package, n));
    let ready: Vec<Ready> =
        arms.iter().zip(&compiled).map(|(arm, compiled)| Ready::of(arm, compiled, settings, known(&arm.n))).collect();
    let work = |seen: &mut Seen, runs: Range<u64>| {
        let worlds: Vec<_> = ready.iter().map(|r| r.worlds(runs.start, (runs.end - runs.start) as usize)).collect();
        for place in 0..worlds[0].len() {
            let looks = ready.iter().zip(&worlds).zip(&mut seen.desks);
            let looks: Vec<_> = looks.map(|((ready, worlds), desk)| ready.look(&worlds[place], desk)).collect();
            seen.add(runs.start + place as u64, &looks);
        }
    };
    let fresh = || Seen::new(arms.len(), settings.explained);
    let seen = tally(settings.runs, settings.threads, fresh, work, done)?;
    let mut others = Vec::with_capacity(arms.len().saturating_sub(1));
    for (place, pair) in seen.pairs.iter().enumerate() {
        let arm = place + 1;
        let first = explain([&ready[0], &ready[arm]], &pair.flipped(), settings, &|steps| tell(arm, steps))?;
        let talks = ready[0].has_talks() && ready[arm].has_talks();
        let same = ready[0].knows_the_package() && ready[arm].knows_the_package();
        let alike = [base, &arms[arm]].iter().all(|arm| arm.drawing.accounts.all_alike(&arm.n));
        let differences = headline::all(pair, talks, same).into_iter();
        others.push(Against {
            arm,
            differing: pair.differing,
            differences: differences.map(|d| if alike { d.exactly() } else { d }).collect(),
            flips: pair.kinds(),
            first,
        });
    }
    Ok(Comparison { runs: settings.runs, package, others })
}

/// The package that would do in most even runs of an arm, as a survey chooses it.
fn chosen(arm: &CompareArm, compiled: &Compiled, settings: &CompareSettings) -> Result<Option<Package>, CannotRun> {
    let survey = Settings {
        runs: settings.runs,
        drawing: Drawing { seed: settings.seed, threads: settings.threads, ..arm.drawing.clone() },
        agreeing: false,
    };
    let draws = survey.drawing.draws(&arm.n);
    let accounts = &arm.drawing.accounts;
    let modal = arm.n.modal_world(&arm.n.laws(accounts.reading, &accounts.variants));
    let space = &compiled.at(&modal).space;
    let (width, packages) = (space.layout.width, space.layout.heads() * space.layout.width);
    if Counts::bytes(1, packages) > MOST_BYTES {
        return Ok(None);
    }
    let whole = Arm::of_worlds(compiled, arm.drawing.defeat);
    let work = |votes: &mut Votes, runs: Range<u64>| {
        votes.counts.worlds[0][1] += (runs.start..runs.end).filter(|run| run % 2 == 1).count() as u64;
        for drawn in draws.some(runs.start, runs.end, Some(0)) {
            votes.counts.worlds[0][0] += 1;
            let posed = whole.pose(&drawn, &mut votes.desk);
            let counts = votes.counts.of(0, 0, packages);
            crate::space::tally(posed.lanes, &posed.question.all_tests(), &posed.gate, counts, width);
        }
    };
    let fresh = || Votes { desk: Desk::default(), counts: Counts::new(1, width) };
    let votes = tally(settings.runs, settings.threads, fresh, work, |_| ())?;
    Ok(rank(compiled, &survey, &votes.counts, &space.allowed()).same.map(|same| same.package))
}

/// Bytes that counting packages may take on each thread.
const MOST_BYTES: u64 = 1 << 29;

struct Votes {
    desk: Desk,
    counts: Counts,
}

impl Tally for Votes {
    fn merge(&mut self, other: Self) {
        self.counts.merge(&other.counts);
    }
}

/// Makes some runs again, step by step, and says what differs first.
fn explain(
    [base, other]: [&Ready; 2],
    flipped: &[(u64, Flip)],
    settings: &CompareSettings,
    tell: &(dyn Fn([&[Step]; 2]) -> Option<First> + Sync),
) -> Result<BTreeMap<u64, (Flip, Option<First>)>, CannotRun> {
    // Small blocks, so that the few runs there are keep all threads busy.
    const BLOCK: usize = 16;
    let work = |told: &mut Told, blocks: Range<u64>| {
        let from = blocks.start as usize * BLOCK;
        for (run, flip) in flipped.iter().skip(from).take((blocks.end - blocks.start) as usize * BLOCK) {
            let steps = [base.steps(*run), other.steps(*run)];
            told.0.insert(*run, (*flip, tell([&steps[0], &steps[1]])));
        }
    };
    let blocks = flipped.len().div_ceil(BLOCK) as u64;
    Ok(tally(blocks, settings.threads, || Told(BTreeMap::new()), work, |_| ())?.0)
}

struct Told(BTreeMap<u64, (Flip, Option<First>)>);

impl Tally for Told {
    fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

/// The share of all runs that flipped, in any way.
impl Against {
    /// Runs that flipped.
    #[must_use]
    pub fn flipped(&self, runs: u64) -> Share {
        Share::of(self.flips.iter().map(|kind| kind.count).sum(), runs)
    }

    /// The first differences, counted whatever their round: the most frequent first.
    #[must_use]
    pub fn reasons(&self) -> Vec<Reason> {
        let mut counted: BTreeMap<(&str, &str), Reason> = BTreeMap::new();
        for (run, (_, first)) in &self.first {
            let Some(First { round, base, other }) = first else { continue };
            let reason = counted.entry((base, other)).or_insert_with(|| Reason {
                base: base.clone(),
                other: other.clone(),
                count: 0,
                rounds: (*round, *round),
                run: *run,
            });
            reason.count += 1;
            reason.rounds = (reason.rounds.0.min(*round), reason.rounds.1.max(*round));
        }
        let mut reasons: Vec<Reason> = counted.into_values().collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count));
        reasons
    }
}

/// What differs first in some of the flipped runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What happens in the first arm; empty if nothing more does.
    pub base: String,
    /// What happens instead in the other.
    pub other: String,
    /// Runs in which that is the first difference.
    pub count: u64,
    /// The first and the last round in which it is.
    pub rounds: (u32, u32),
    /// The first of the runs.
    pub run: u64,
}
