//! Many runs: do the talks get there, when, on what terms, who gains, and what stands in the way?

use super::survey::Settings;
use super::surveying::{Counting, surveyed};
use super::survival::{Lived, Survival};
use crate::engine::talks::{Block, Cause, Ending, Mechanism, NoTalks, Run};
use crate::engine::{CannotRun, Drawing};
use crate::model::{ActorId, Negotiation, Package};
use crate::num::Share;
use std::collections::BTreeMap;

/// Every ending, with the share of runs that have it: the counts add up to the runs.
pub type Endings = Vec<(Ending, Share)>;

/// What many runs say. Every share is a count of runs with its 95 % interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    /// Runs kept: fewer than made only if those in disagreeing worlds were dropped.
    pub runs: u64,
    /// How they ended.
    pub endings: Endings,
    /// It is reached: settlement or truce.
    pub reached: Share,
    /// How they ended, `by_reading[reading]`.
    pub by_reading: Vec<Endings>,
    /// How they ended, by what each party was after: place among the intents.
    pub by_intent: Vec<(usize, Endings)>,
    /// How the runs ended in whose world something would do when the talks begin: run k is played in world k.
    pub where_one_exists: Endings,
    /// The same, `where_one_exists_by_reading[reading]`.
    pub where_one_exists_by_reading: Vec<Endings>,
    /// Rounds to what was reached.
    pub rounds: Rounds,
    /// What was agreed where it was reached, the most frequent first; as a share of what was reached.
    pub terms: Vec<Agreed>,
    /// What each party gained where it was reached.
    pub gains: Vec<(ActorId, Gain)>,
    /// The last thing that stood in the way where no deal was made or ratified; as a share of all runs.
    pub blocked: Vec<(Block, Share)>,
    /// Why talks broke down; as a share of all runs.
    pub causes: Vec<(Cause, Share)>,
    /// How long deals last; `None` if the scenario says nothing of it, or it is switched off.
    pub survival: Option<Survival>,
}

/// What would do in the world of a run, beside what its talks come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// One exists when the talks begin.
    pub exists: Share,
    /// It is reached.
    pub reached: Share,
    /// One exists and it is reached.
    pub both: Share,
    /// One exists and the talks miss it.
    pub missed: Share,
    /// None exists when the talks begin, and yet one is reached: what no deal is worth, and the lines at home, move
    /// while they talk.
    pub beyond: Share,
    /// It is reached, of the runs where one exists.
    pub reached_where_one_exists: Share,
}

impl Gap {
    fn of(all: &Endings, there: &Endings) -> Self {
        let sum = |endings: &Endings, wanted: fn(Ending) -> bool| {
            endings.iter().filter(|(ending, _)| wanted(*ending)).map(|(_, share)| share.count).sum::<u64>()
        };
        let (runs, exists) = (sum(all, |_| true), sum(there, |_| true));
        let (reached, both) = (sum(all, Ending::is_reached), sum(there, Ending::is_reached));
        Self {
            exists: Share::of(exists, runs),
            reached: Share::of(reached, runs),
            both: Share::of(both, runs),
            missed: Share::of(exists - both, runs),
            beyond: Share::of(reached - both, runs),
            reached_where_one_exists: Share::of(both, exists),
        }
    }
}

impl Reached {
    /// Over all runs.
    #[must_use]
    pub fn gap(&self) -> Gap {
        Gap::of(&self.endings, &self.where_one_exists)
    }

    /// Over the runs of one reading.
    ///
    /// # Panics
    /// Where there is no such reading.
    #[must_use]
    pub fn gap_in(&self, reading: usize) -> Gap {
        Gap::of(&self.by_reading[reading], &self.where_one_exists_by_reading[reading])
    }
}

/// Rounds to what was reached. All 0 where nothing was.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rounds {
    /// Mean.
    pub mean: f64,
    /// The round by which a tenth, half, and nine tenths were reached; on horizons above 1 024 rounded up to a bin.
    pub deciles: [u32; 3],
}

/// A package that was agreed.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreed {
    /// What.
    pub package: Package,
    /// How often, of what was reached.
    pub share: Share,
}

/// Relative gain of a party where it was reached: 0 is no deal, 1 the most that it could hope for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    /// Mean; 0 where nothing was reached.
    pub mean: f64,
    /// Standard error of the mean; 0 below two runs.
    pub error: f64,
}

/// Makes many runs.
///
/// # Errors
/// [`CannotRun`]: no talks, a space that cannot be compiled, threads that cannot be started.
pub fn reached(n: &Negotiation, settings: &Settings, done: impl Fn(u64) + Sync) -> Result<Reached, CannotRun> {
    let counting = Counting { runs: true, ..Counting::default() };
    surveyed(n, settings, counting, done)?.reached.ok_or(CannotRun::NoTalks(NoTalks))
}

/// Bins of rounds.
const BINS: u32 = 1_024;

/// Fixed point of gains: 2⁻²⁰.
const UNITS: f64 = 1_048_576.0;

/// How often each ending was met, in the order of [`Ending::ALL`].
pub(super) type Counts = [u64; Ending::ALL.len()];

/// What runs add up to on one thread. It grows with the deal space and the scenario, never with the runs.
#[derive(Debug, Clone)]
pub(super) struct Runs {
    endings: Counts,
    by_reading: Vec<Counts>,
    by_intent: Vec<Counts>,
    /// Where one exists.
    there: Counts,
    there_by_reading: Vec<Counts>,
    rounds: Vec<u64>,
    sum_of_rounds: u64,
    terms: BTreeMap<u128, u64>,
    /// Σ gain and Σ gain², `gains[actor]`.
    gains: Vec<(i128, i128)>,
    blocked: BTreeMap<Block, u64>,
    causes: BTreeMap<Cause, u64>,
    lived: Lived,
}

impl Runs {
    pub(super) fn none(n: &Negotiation) -> Self {
        Self {
            endings: Counts::default(),
            by_reading: vec![Counts::default(); n.readings.len()],
            by_intent: vec![Counts::default(); n.intents.len()],
            there: Counts::default(),
            there_by_reading: vec![Counts::default(); n.readings.len()],
            rounds: vec![0; BINS as usize + 1],
            sum_of_rounds: 0,
            terms: BTreeMap::new(),
            gains: vec![(0, 0); n.actors.len()],
            blocked: BTreeMap::new(),
            causes: BTreeMap::new(),
            lived: Lived::new(n),
        }
    }

    pub(super) fn add(&mut self, n: &Negotiation, run: &Run, exists: bool) {
        let ending = run.ending as usize;
        self.endings[ending] += 1;
        run.reading.into_iter().for_each(|r| self.by_reading[r][ending] += 1);
        run.intents.iter().for_each(|i| self.by_intent[*i][ending] += 1);
        if exists {
            self.there[ending] += 1;
            run.reading.into_iter().for_each(|r| self.there_by_reading[r][ending] += 1);
        }
        run.blocked.into_iter().for_each(|block| *self.blocked.entry(block).or_default() += 1);
        run.cause.into_iter().for_each(|cause| *self.causes.entry(cause).or_default() += 1);
        self.lived.add(run);
        let Some(package) = run.package.as_ref().filter(|_| run.ending.is_reached()) else { return };
        self.rounds[run.rounds.div_ceil(bin(n)) as usize] += 1;
        self.sum_of_rounds += u64::from(run.rounds);
        *self.terms.entry(n.space.number(package)).or_default() += 1;
        for (actor, gain) in &run.gains {
            let units = (gain * UNITS).round() as i128;
            let sums = &mut self.gains[actor.0];
            *sums = (sums.0 + units, sums.1 + units * units);
        }
    }

    pub(super) fn told(&self, n: &Negotiation, drawing: &Drawing) -> Reached {
        let lasts = n.durability.is_some() && !drawing.without.contains(&Mechanism::Durability);
        let runs = self.endings.iter().sum();
        let reached = reached_of(&self.endings);
        let mut terms: Vec<(u128, u64)> = self.terms.iter().map(|(number, count)| (*number, *count)).collect();
        terms.sort_by_key(|(number, count)| (std::cmp::Reverse(*count), *number));
        let agreed = |(number, count): (u128, u64)| Agreed {
            package: n.space.package(number),
            share: Share::of(count, reached),
        };
        Reached {
            runs,
            endings: endings(&self.endings),
            reached: Share::of(reached, runs),
            by_reading: self.by_reading.iter().map(endings).collect(),
            by_intent: self.by_intent.iter().map(endings).enumerate().collect(),
            where_one_exists: endings(&self.there),
            where_one_exists_by_reading: self.there_by_reading.iter().map(endings).collect(),
            rounds: rounds(n, &self.rounds, self.sum_of_rounds),
            terms: terms.into_iter().map(agreed).collect(),
            gains: n.parties().map(|i| (i, gain(self.gains[i.0], reached))).collect(),
            blocked: most_first(&self.blocked, runs),
            causes: most_first(&self.causes, runs),
            survival: lasts.then(|| self.lived.summary()),
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        let add = |mine: &mut [u64], theirs: &[u64]| mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += b);
        add(&mut self.endings, &other.endings);
        add(&mut self.there, &other.there);
        self.there_by_reading.iter_mut().zip(&other.there_by_reading).for_each(|(a, b)| add(a, b));
        self.by_reading.iter_mut().zip(&other.by_reading).for_each(|(a, b)| add(a, b));
        self.by_intent.iter_mut().zip(&other.by_intent).for_each(|(a, b)| add(a, b));
        add(&mut self.rounds, &other.rounds);
        self.sum_of_rounds += other.sum_of_rounds;
        other.terms.into_iter().for_each(|(package, count)| *self.terms.entry(package).or_default() += count);
        self.gains.iter_mut().zip(&other.gains).for_each(|(a, b)| *a = (a.0 + b.0, a.1 + b.1));
        other.blocked.into_iter().for_each(|(block, count)| *self.blocked.entry(block).or_default() += count);
        self.lived.merge(&other.lived);
        other.causes.into_iter().for_each(|(cause, count)| *self.causes.entry(cause).or_default() += count);
    }
}

/// Every ending with its share of the runs counted.
pub(super) fn endings(counts: &Counts) -> Endings {
    let of = counts.iter().sum();
    Ending::ALL.iter().zip(counts).map(|(ending, count)| (*ending, Share::of(*count, of))).collect()
}

/// How many runs reached it.
pub(super) fn reached_of(counts: &Counts) -> u64 {
    Ending::ALL.iter().zip(counts).filter(|(e, _)| e.is_reached()).map(|(_, c)| c).sum()
}

/// Rounds in a bin.
fn bin(n: &Negotiation) -> u32 {
    n.horizon.div_ceil(BINS).max(1)
}

fn rounds(n: &Negotiation, bins: &[u64], sum: u64) -> Rounds {
    let total: u64 = bins.iter().sum();
    if total == 0 {
        return Rounds::default();
    }
    let by = |tenths: u64| {
        let mut seen = 0;
        let full = bins.iter().position(|count| {
            seen += count;
            10 * seen >= tenths * total
        });
        full.map_or(0, |b| (b as u32 * bin(n)).min(n.horizon))
    };
    Rounds { mean: sum as f64 / total as f64, deciles: [1, 5, 9].map(by) }
}

fn gain((sum, squares): (i128, i128), of: u64) -> Gain {
    if of == 0 {
        return Gain { mean: 0.0, error: 0.0 };
    }
    let count = of as f64;
    let mean = sum as f64 / UNITS / count;
    let variance = (squares as f64 / (UNITS * UNITS) / count - mean * mean).max(0.0);
    Gain { mean, error: if of < 2 { 0.0 } else { (variance / (count - 1.0)).sqrt() } }
}

fn most_first<K: Ord + Copy>(counts: &BTreeMap<K, u64>, runs: u64) -> Vec<(K, Share)> {
    let mut counts: Vec<(K, u64)> = counts.iter().map(|(key, count)| (*key, *count)).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(key, count)| (key, Share::of(count, runs))).collect()
}
