//! Many runs: do the talks get there, when, on what terms, who gains, and what stands in the way?

use std::collections::BTreeMap;

use super::by_intent::{ByIntent, OfIntent};
use super::survey::Settings;
use super::surveying::{Counting, surveyed};
use super::survival::{Lived, Mean, Survival};
use crate::engine::talks::{Block, Cause, Ending, Mechanism, NoTalks, Run};
use crate::engine::{CannotRun, Drawing, adds_up, packs};
use crate::model::{ActorId, Negotiation, Package};
use crate::num::{Moments, Order, Share};

/// Every ending, with the share of runs that have it: the counts add up to the runs.
pub type Endings = Vec<(Ending, Share)>;

/// What many runs say. Every share is a count of runs with its 95 % interval.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reached {
    /// Runs kept: fewer than made only if those in disagreeing worlds were dropped.
    pub runs: u64,
    /// How they ended.
    pub endings: Endings,
    /// It is reached: settlement or truce.
    pub reached: Share,
    /// How they ended, `by_reading[reading]`.
    pub by_reading: Vec<Endings>,
    /// How they ended, and what they paid, by what each party was after.
    pub by_intent: Vec<OfIntent>,
    /// How the runs ended in whose world something would do when the talks begin: run k is played in world k.
    pub where_one_exists: Endings,
    /// The same, `where_one_exists_by_reading[reading]`.
    pub where_one_exists_by_reading: Vec<Endings>,
    /// Rounds to what was reached.
    pub rounds: Rounds,
    /// What was agreed where it was reached, the most frequent first; as a share of what was reached.
    pub terms: Vec<Agreed>,
    /// What each party gained where it was reached, relative: 0 is no deal, 1 the most that it could hope for.
    pub gains: Vec<(ActorId, Mean)>,
    /// What a run pays each party in all, over all runs, in its own points.
    pub payoffs: Vec<(ActorId, Mean)>,
    /// The last thing that stood in the way where no deal was made or ratified; as a share of all runs.
    pub blocked: Vec<(Block, Share)>,
    /// Why there is no deal; as a share of all runs.
    pub causes: Vec<(Cause, Share)>,
    /// There is no deal, and a paper of an earlier stage is in force.
    pub interim: Share,
    /// It is reached and still holds after a year, over all runs; as much as is reached where nothing is said of how long.
    pub holding: Mean,
    /// The same, `holding_by_reading[reading]`.
    pub holding_by_reading: Vec<Mean>,
    /// How long deals last; `None` if the scenario says nothing of it, or it is switched off.
    pub survival: Option<Survival>,
}

/// What would do in the world of a run, beside what its talks come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExistsAndReached {
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

impl ExistsAndReached {
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
    pub fn gap(&self) -> ExistsAndReached {
        ExistsAndReached::of(&self.endings, &self.where_one_exists)
    }

    /// Over the runs of one reading.
    ///
    /// # Panics
    /// Where there is no such reading.
    pub fn gap_in(&self, reading: usize) -> ExistsAndReached {
        ExistsAndReached::of(&self.by_reading[reading], &self.where_one_exists_by_reading[reading])
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
#[non_exhaustive]
pub struct Agreed {
    /// What.
    pub package: Package,
    /// How often, of what was reached.
    pub share: Share,
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

/// How often each ending was met, in the order of [`Ending::ALL`].
pub(super) type Ended = [u64; Ending::ALL.len()];

/// How runs ended: all of them, and those where one exists.
type AllAndThere = [Ended; 2];

/// What runs add up to on one thread. It grows with the deal space and the scenario, never with the runs.
#[derive(Debug, Clone, Default)]
pub(super) struct Runs {
    endings: AllAndThere,
    by_reading: Vec<AllAndThere>,
    by_intent: ByIntent,
    rounds: Vec<u64>,
    sum_of_rounds: u64,
    terms: BTreeMap<u128, u64>,
    /// `gains[actor]`.
    gains: Vec<Moments>,
    /// `payoffs[actor]`.
    payoffs: Vec<Moments>,
    blocked: BTreeMap<Block, u64>,
    causes: BTreeMap<Cause, u64>,
    interim: u64,
    holding: Moments,
    holding_by_reading: Vec<Moments>,
    lived: Lived,
}

adds_up!(Runs: endings, by_reading, by_intent, rounds, sum_of_rounds, terms, gains, payoffs, blocked, causes, interim, holding, holding_by_reading, lived);
packs!(Runs: endings, by_reading, by_intent, rounds, sum_of_rounds, terms, gains, payoffs, blocked, causes, interim, holding, holding_by_reading, lived);

impl Runs {
    pub(super) fn none(n: &Negotiation) -> Self {
        Self {
            by_reading: vec![AllAndThere::default(); n.readings.len()],
            holding_by_reading: vec![Moments::default(); n.readings.len()],
            by_intent: ByIntent::none(n),
            rounds: vec![0; BINS as usize + 1],
            gains: vec![Moments::default(); n.actors.len()],
            payoffs: vec![Moments::default(); n.actors.len()],
            lived: Lived::new(n),
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, n: &Negotiation, run: &Run, exists: bool) {
        let ending = run.ending as usize;
        let reading = run.reading.map(|r| &mut self.by_reading[r]);
        for [all, there] in reading.into_iter().chain([&mut self.endings]) {
            all[ending] += 1;
            there[ending] += u64::from(exists);
        }
        self.by_intent.add(run);
        run.blocked.into_iter().for_each(|block| *self.blocked.entry(block).or_default() += 1);
        run.cause.into_iter().for_each(|cause| *self.causes.entry(cause).or_default() += 1);
        for (actor, points) in &run.payoffs {
            self.payoffs[actor.0].add(*points);
        }
        self.interim += u64::from(run.is_interim());
        self.lived.add(n, run);
        let holds = run.outlook.as_ref().map_or(1.0, |it| it.hazard.survival(1.0));
        let held = if run.ending.is_reached() { holds } else { 0.0 };
        let here = run.reading.map(|r| &mut self.holding_by_reading[r]);
        here.into_iter().chain([&mut self.holding]).for_each(|sums| sums.add(held));
        let Some(package) = run.package.as_ref().filter(|_| run.ending.is_reached()) else { return };
        self.rounds[run.rounds.div_ceil(width(n)) as usize] += 1;
        self.sum_of_rounds += u64::from(run.rounds);
        *self.terms.entry(n.space.number(package)).or_default() += 1;
        run.gains.iter().for_each(|(actor, gain)| self.gains[actor.0].add(*gain));
    }

    pub(super) fn told(&self, n: &Negotiation, drawing: &Drawing) -> Reached {
        let lasts = n.durability.is_some() && !drawing.without.contains(&Mechanism::Durability);
        let [all, there] = &self.endings;
        let (runs, reached) = (all.iter().sum(), reached_of(all));
        let agreed = |(number, share)| Agreed { package: n.space.package(number), share };
        let means = |sums: &[Moments]| n.parties().map(|i| (i, Mean::from(&sums[i.0]))).collect();
        let in_readings = |which: usize| self.by_reading.iter().map(|both| endings(&both[which])).collect();
        Reached {
            runs,
            endings: endings(all),
            reached: Share::of(reached, runs),
            by_reading: in_readings(0),
            by_intent: self.by_intent.told(n, &self.runs_by_reading()),
            where_one_exists: endings(there),
            where_one_exists_by_reading: in_readings(1),
            rounds: self.rounds(n),
            terms: most_first(&self.terms, reached).into_iter().map(agreed).collect(),
            gains: means(&self.gains),
            payoffs: means(&self.payoffs),
            blocked: most_first(&self.blocked, runs),
            causes: most_first(&self.causes, runs),
            interim: Share::of(self.interim, runs),
            holding: Mean::from(&self.holding),
            holding_by_reading: self.holding_by_reading.iter().map(Mean::from).collect(),
            survival: lasts.then(|| self.lived.summary()),
        }
    }

    /// All runs of each account, or of all where there are none.
    fn runs_by_reading(&self) -> Vec<u64> {
        let all = std::slice::from_ref(&self.endings);
        let accounts = if self.by_reading.is_empty() { all } else { &self.by_reading };
        accounts.iter().map(|[ended, _]| ended.iter().sum()).collect()
    }

    fn rounds(&self, n: &Negotiation) -> Rounds {
        let total: u64 = self.rounds.iter().sum();
        let ends = |bins: [usize; 3]| bins.map(|bin| (bin as u32 * width(n)).min(n.horizon));
        deciles(&self.rounds).map_or_else(Rounds::default, |bins| Rounds {
            mean: self.sum_of_rounds as f64 / total as f64,
            deciles: ends(bins),
        })
    }
}

/// The bins in which a tenth, half and nine tenths of all that is counted are reached; `None` where nothing is.
pub(super) fn deciles(bins: &[u64]) -> Option<[usize; 3]> {
    let total: u64 = bins.iter().sum();
    let by = |tenths: u64| {
        let mut seen = 0;
        let full = bins.iter().position(|count| {
            seen += count;
            10 * seen >= tenths * total
        });
        full.expect("all of it is reached in the last bin")
    };
    (total > 0).then(|| [1, 5, 9].map(by))
}

/// Every ending with its share of the runs counted.
pub(super) fn endings(counts: &Ended) -> Endings {
    let of = counts.iter().sum();
    Ending::ALL.iter().zip(counts).map(|(ending, count)| (*ending, Share::of(*count, of))).collect()
}

/// How many runs reached it.
pub(super) fn reached_of(counts: &Ended) -> u64 {
    Ending::ALL.iter().zip(counts).filter(|(e, _)| e.is_reached()).map(|(_, c)| c).sum()
}

/// Rounds in a bin.
fn width(n: &Negotiation) -> u32 {
    n.horizon.div_ceil(BINS).max(1)
}

/// What was counted with its share of all, the most frequent first, and of equals the least.
fn most_first<K: Ord + Copy>(counts: &BTreeMap<K, u64>, of: u64) -> Vec<(K, Share)> {
    let mut shares: Vec<(K, Share)> = counts.iter().map(|(key, count)| (*key, Share::of(*count, of))).collect();
    shares.order_by_key(|(_, share)| std::cmp::Reverse(share.count));
    shares
}
