//! Arms compared: the same seed, the same luck, run by run, and how every headline differs.
//!
//! Streams are named by path and purpose and read at the run's position, never by scenario, reading or policy, so that
//! run k of two arms has the same luck wherever both ask for it (common random numbers). Sources: Law (2015) for common
//! random numbers, `McNemar` (1947) for pairs of shares.

mod pair;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;

use serde::Serialize;

use super::Share;
use super::paired::side_by_side;
use super::ranking::{Votes, rank};
use crate::engine::talks::{Desk, Ending, Step};
use crate::engine::{Arm, CannotRun, Drawing, Drawn, Draws, OfWorld, ThreadsError, Wants, hand_out, tally};
use crate::model::{Negotiation, Package};
use crate::space::Compiled;
use pair::{ArmPair, ArmRun, Lowest};

pub use pair::{Difference, Headline};

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
    pub flips: Vec<FlipKind>,
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
pub struct FlipKind {
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
    let package = chosen(whole, &base.drawing(settings), settings.runs)?;
    let known = |arm: &CompareArm| package.as_ref().and_then(|package| translated(&base.n, package, &arm.n));
    let known: Vec<Option<Package>> = arms.iter().map(known).collect();
    let ready: Vec<Arm> = arms.iter().zip(&compiled).map(|(arm, c)| Arm::of(c, &arm.drawing(settings))).collect();
    let draws: Vec<Draws> = arms.iter().map(|arm| arm.drawing(settings).draws(&arm.n)).collect();
    let look = |arm: usize, drawn: &Drawn, desk: &mut Desk| {
        let look = ready[arm].look(drawn, Wants { world: OfWorld::Margin, run: true }, desk);
        let posed = ready[arm].posed(&drawn.world, desk.tables());
        ArmRun { look, same: known[arm].as_ref().map(|package| posed.fares(package).would_do()) }
    };
    let parties = parties_of(&base.n);
    let shared = |arm: &CompareArm| if parties_of(&arm.n) == parties { parties.len() } else { 0 };
    let fresh = || arms[1..].iter().map(|arm| ArmPair::new(settings.explained, shared(arm))).collect();
    let add = |pairs: &mut Vec<ArmPair>, run: u64, seen: &[ArmRun]| {
        pairs.iter_mut().zip(&seen[1..]).for_each(|(pair, other)| pair.add(run, &seen[0], other));
    };
    let pairs = side_by_side(&draws, (settings.runs, settings.threads), look, fresh, add, done)?;
    let steps =
        |arm: usize, run: u64| ready[arm].talks().map_or_else(Vec::new, |talks| talks.trace(&draws[arm].run(run)).1);
    let against = |(pair, arm): (&ArmPair, usize)| -> Result<Against, CannotRun> {
        let first = |run: u64| tell(arm, [&steps(0, run), &steps(arm, run)]);
        let alike = [base, &arms[arm]].iter().all(|arm| arm.drawing.accounts.all_alike(&arm.n));
        let differences = pair.differences().into_iter();
        Ok(Against {
            arm,
            differing: pair.parted.differing,
            differences: differences.map(|d| if alike { d.exactly() } else { d }).collect(),
            flips: pair.kinds(),
            first: explain(&pair.flipped, settings.threads, &first)?,
        })
    };
    let others = pairs.iter().zip(1..).map(against).collect::<Result<_, _>>()?;
    Ok(Comparison { runs: settings.runs, package, others })
}

/// The parties of a scenario in the order of their identifiers.
pub fn parties_of(n: &Negotiation) -> Vec<&str> {
    let mut ids: Vec<&str> = n.parties().map(|i| n.actor(i).id.as_str()).collect();
    ids.sort_unstable();
    ids
}

impl CompareArm {
    /// Its drawing under the seed and on the threads of all arms.
    fn drawing(&self, settings: &CompareSettings) -> Drawing {
        Drawing { seed: settings.seed, threads: settings.threads, ..self.drawing.clone() }
    }
}

/// A package of one scenario in the identifiers of another; `None` unless both have the same issues, and the other
/// knows each option.
fn translated(of: &Negotiation, package: &Package, to: &Negotiation) -> Option<Package> {
    if of.space.issues.len() != to.space.issues.len() {
        return None;
    }
    let picks = to.space.issues.iter().map(|issue| {
        let (_, option) = of.space.picks(package).find(|(known, _)| known.id == issue.id)?;
        to.space.option(to.space.issue(&issue.id)?, &option.id)
    });
    picks.collect::<Option<Vec<_>>>().map(Package)
}

/// The package that would do in most even runs of an arm, as a survey chooses it.
fn chosen(compiled: &Compiled, drawing: &Drawing, runs: u64) -> Result<Option<Package>, CannotRun> {
    let draws = drawing.draws(compiled.n);
    let space = &compiled.at(&drawing.accounts.modal(compiled.n)).space;
    let none = Votes::none(1, space);
    if none.bytes(1) > MOST_BYTES {
        return Ok(None);
    }
    let whole = Arm::of_worlds(compiled, drawing.defeat);
    let work = |(desk, votes): &mut (Desk, Votes), runs: Range<u64>| {
        votes.worlds[0][1] += runs.end / 2 - runs.start / 2;
        for drawn in draws.runs(runs, Some(0)) {
            votes.add(0, 0, &whole.pose(&drawn, desk), true);
        }
    };
    let (_, votes) = tally(runs, drawing.threads, || (Desk::default(), none.clone()), work, |_| ())?;
    let picked = rank(compiled, drawing, &votes, &space.allowed());
    Ok(votes.scored(compiled.n, &picked).same.map(|same| same.package))
}

/// Bytes that counting packages may take on each thread.
const MOST_BYTES: u64 = 1 << 29;

/// What differs first in each of the flipped runs.
fn explain(
    flipped: &Lowest<Flip>,
    threads: Option<usize>,
    first: &(dyn Fn(u64) -> Option<First> + Sync),
) -> Result<BTreeMap<u64, (Flip, Option<First>)>, CannotRun> {
    const WHY: &str = "no thread panics while it holds what is told";
    let flipped: Vec<(&u64, &Flip)> = flipped.of.iter().collect();
    let told = Mutex::new(BTreeMap::new());
    let one = |(): &mut (), i: u64| {
        let (run, flip) = flipped[i as usize];
        let first = first(*run);
        told.lock().expect(WHY).insert(*run, (*flip, first));
        Ok::<(), ThreadsError>(())
    };
    hand_out(flipped.len() as u64, threads, || (), one)?;
    Ok(told.into_inner().expect(WHY))
}

/// The share of all runs that flipped, in any way.
impl Against {
    /// Runs that flipped.
    pub fn flipped(&self, runs: u64) -> Share {
        Share::of(self.flips.iter().map(|kind| kind.count).sum(), runs)
    }

    /// The first differences, counted whatever their round: the most frequent first.
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// What happens in the first arm; empty if nothing more does.
    #[serde(rename = "first")]
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
