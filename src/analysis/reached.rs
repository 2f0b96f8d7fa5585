//! Many runs: do the talks get there, when, on what terms, who gains, and what stands in the way?

use std::collections::BTreeMap;
use std::ops::Range;

use super::estimate::Share;
use crate::engine::talks::{Block, Cause, Desk, Ending, NoRecord, NoTalks, Run, Settings as TalksSettings, Talks};
use crate::engine::{Accounts, Draws, Tally, ThreadsError, tally};
use crate::model::{ActorId, Negotiation, Package};
use crate::space::Compiled;

/// How runs are made.
#[derive(Debug, Clone, PartialEq)]
pub struct ReachedSettings {
    /// Runs, ≥ 1.
    pub runs: u64,
    /// Readings and variants.
    pub accounts: Accounts,
    /// The seed of all draws, which defeats count, and what is switched off.
    pub talks: TalksSettings,
    /// Threads; `None`: as many as the machine has.
    pub threads: Option<usize>,
}

/// Why no runs could be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ReachedError {
    /// The scenario has no talks.
    #[error(transparent)]
    NoTalks(#[from] NoTalks),
    /// The deal space could not be compiled.
    #[error(transparent)]
    Space(#[from] crate::space::Error),
    /// The threads could not be started.
    #[error(transparent)]
    Threads(#[from] ThreadsError),
}

/// Every ending, with the share of runs that have it: the counts add up to the runs.
pub type Endings = Vec<(Ending, Share)>;

/// What many runs say. Every share is a count of runs with its 95 % interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    /// Runs.
    pub runs: u64,
    /// How they ended.
    pub endings: Endings,
    /// It is reached: settlement or truce.
    pub reached: Share,
    /// How they ended, `by_reading[reading]`.
    pub by_reading: Vec<Endings>,
    /// How they ended, by what each party was after: place among the intents.
    pub by_intent: Vec<(usize, Endings)>,
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
/// [`ReachedError`]: no talks, a space that cannot be compiled, threads that cannot be started.
pub fn reached(
    n: &Negotiation,
    settings: &ReachedSettings,
    done: impl Fn(u64) + Sync,
) -> Result<Reached, ReachedError> {
    let compiled = Compiled::of(n, &settings.accounts.variants)?;
    let talks = Talks::of(&compiled, settings.talks.clone())?;
    let draws = Draws::new(n, settings.accounts.clone(), settings.talks.seed);
    let work = |seen: &mut Seen, runs: Range<u64>| {
        for drawn in draws.block(runs.start, (runs.end - runs.start) as usize) {
            let run = talks.play(&drawn, &mut seen.desk, &mut NoRecord);
            seen.add(n, &run);
        }
    };
    let seen = tally(settings.runs, settings.threads, || Seen::new(n), work, done)?;
    Ok(seen.summary(n, settings.runs))
}

/// Bins of rounds.
const BINS: u32 = 1_024;

/// Fixed point of gains: 2⁻²⁰.
const UNITS: f64 = 1_048_576.0;

/// What runs add up to on one thread. It grows with the deal space and the scenario, never with the runs.
struct Seen {
    desk: Desk,
    endings: [u64; Ending::ALL.len()],
    by_reading: Vec<[u64; Ending::ALL.len()]>,
    by_intent: Vec<[u64; Ending::ALL.len()]>,
    rounds: Vec<u64>,
    sum_of_rounds: u64,
    terms: BTreeMap<u128, u64>,
    /// Σ gain and Σ gain², `gains[actor]`.
    gains: Vec<(i128, i128)>,
    blocked: BTreeMap<Block, u64>,
    causes: BTreeMap<Cause, u64>,
}

impl Seen {
    fn new(n: &Negotiation) -> Self {
        Self {
            desk: Desk::default(),
            endings: [0; Ending::ALL.len()],
            by_reading: vec![[0; Ending::ALL.len()]; n.readings.len()],
            by_intent: vec![[0; Ending::ALL.len()]; n.intents.len()],
            rounds: vec![0; BINS as usize + 1],
            sum_of_rounds: 0,
            terms: BTreeMap::new(),
            gains: vec![(0, 0); n.actors.len()],
            blocked: BTreeMap::new(),
            causes: BTreeMap::new(),
        }
    }

    fn add(&mut self, n: &Negotiation, run: &Run) {
        let ending = run.ending as usize;
        self.endings[ending] += 1;
        run.reading.into_iter().for_each(|r| self.by_reading[r][ending] += 1);
        run.intents.iter().for_each(|i| self.by_intent[*i][ending] += 1);
        run.blocked.into_iter().for_each(|block| *self.blocked.entry(block).or_default() += 1);
        run.cause.into_iter().for_each(|cause| *self.causes.entry(cause).or_default() += 1);
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

    fn summary(self, n: &Negotiation, runs: u64) -> Reached {
        let endings = |counts: &[u64; Ending::ALL.len()]| -> Endings {
            let of = counts.iter().sum();
            Ending::ALL.iter().zip(counts).map(|(ending, count)| (*ending, Share::of(*count, of))).collect()
        };
        let reached: u64 = Ending::ALL.iter().zip(&self.endings).filter(|(e, _)| e.is_reached()).map(|(_, c)| c).sum();
        let mut terms: Vec<(u128, u64)> = self.terms.into_iter().collect();
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
            rounds: rounds(n, &self.rounds, self.sum_of_rounds),
            terms: terms.into_iter().map(agreed).collect(),
            gains: n.parties().map(|i| (i, gain(self.gains[i.0], reached))).collect(),
            blocked: most_first(self.blocked, runs),
            causes: most_first(self.causes, runs),
        }
    }
}

impl Tally for Seen {
    fn merge(&mut self, other: Self) {
        let add = |mine: &mut [u64], theirs: &[u64]| mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += b);
        add(&mut self.endings, &other.endings);
        self.by_reading.iter_mut().zip(&other.by_reading).for_each(|(a, b)| add(a, b));
        self.by_intent.iter_mut().zip(&other.by_intent).for_each(|(a, b)| add(a, b));
        add(&mut self.rounds, &other.rounds);
        self.sum_of_rounds += other.sum_of_rounds;
        other.terms.into_iter().for_each(|(package, count)| *self.terms.entry(package).or_default() += count);
        self.gains.iter_mut().zip(&other.gains).for_each(|(a, b)| *a = (a.0 + b.0, a.1 + b.1));
        other.blocked.into_iter().for_each(|(block, count)| *self.blocked.entry(block).or_default() += count);
        other.causes.into_iter().for_each(|(cause, count)| *self.causes.entry(cause).or_default() += count);
    }
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

fn most_first<K: Ord>(counts: BTreeMap<K, u64>, runs: u64) -> Vec<(K, Share)> {
    let mut counts: Vec<(K, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(key, count)| (key, Share::of(count, runs))).collect()
}
