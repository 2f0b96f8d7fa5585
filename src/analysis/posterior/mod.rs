//! What a record says of the intents of the parties: Bayes' rule over many worlds.
//!
//! ```text
//! P(k | D) = E_w[ prior_k(w) · L(D | k, w) ] / Σ_m E_w[ prior_m(w) · L(D | m, w) ]
//! ```
//!
//! over worlds w drawn from everything uncertain. Entries about other parties enter the weight of a world by their
//! likelihood there, averaged over what those parties may be after. Source: Bayes' rule; the likelihoods are those of the
//! policies (see [`likelihood`]).

mod evidence;
mod likelihood;
mod next;
mod said;

use std::collections::BTreeMap;
use std::ops::Range;

use itertools::Itertools as _;

use super::survey::Settings;
use crate::engine::talks::{Desk, Talks};
use crate::engine::{CannotRun, tally};
use crate::model::{ActorId, Negotiation};

use evidence::Evidence;
use likelihood::Inquiry;

pub use next::information;

/// How likely an entry of the record is taken to be under an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Likelihoods {
    /// As the policy of the intent has it, where states and events take their course and nobody does anything.
    #[default]
    ByHand,
    /// The same along a run of the talks in which the party has the intent for certain, all entries about it in the same run, and the mean
    /// over runs. What was seen before the talks is as by hand.
    ByPlay,
}

/// A weight with its 95 % interval over draws of worlds.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Weight {
    /// The weight, in [0, 1].
    pub weight: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What a record says.
#[derive(Debug, Clone, PartialEq)]
pub struct Inferred {
    /// Worlds.
    pub worlds: u64,
    /// The entries in the order of time, as places in the record.
    pub order: Vec<usize>,
    /// The round after the last entry, from 1: that of the next observation.
    pub next_round: u32,
    /// Party by party, those of which the record speaks.
    pub parties: Vec<OfParty>,
}

/// What a record says of one party.
#[derive(Debug, Clone, PartialEq)]
pub struct OfParty {
    /// Which.
    pub party: ActorId,
    /// Its intents, in the order of their identifiers: places among the intents.
    pub intents: Vec<usize>,
    /// `prior[intent]`: the mean drawing share.
    pub prior: Vec<f64>,
    /// `posterior[intent]`.
    pub posterior: Vec<Weight>,
    /// The weight of the intents that do not obstruct, before and after; `None` if none of its intents obstructs.
    pub serious: Option<Serious>,
    /// What each entry about it said: place in the record, and for each intent the bits by which the odds for it against
    /// the rest rose, given the entries before it (0 where they leave it no chance or no doubt, within ±1 000):
    ///
    /// ```text
    /// log2( odds after / odds before ),   odds = P / (1 − P)
    /// ```
    pub evidence: Vec<(usize, Vec<f64>)>,
    /// `flat[intent]`: the posterior from equal priors.
    pub flat: Vec<f64>,
    /// What the page asks of it, places among its intents: those that do not obstruct; where none obstructs, the likeliest.
    pub asked: Vec<usize>,
    /// The weight of what is asked.
    pub answer: Weight,
    /// Reading by reading, in its worlds alone.
    pub by_reading: Vec<OfReading>,
    /// The answer if one entry is read otherwise, in the order of time.
    pub otherwise: Vec<Otherwise>,
    /// What the next observation of each kind is expected to tell, the most telling first.
    pub next: Vec<Telling>,
}

/// What a record says of one party in the worlds of one reading.
#[derive(Debug, Clone, PartialEq)]
pub struct OfReading {
    /// Its place among the readings.
    pub reading: usize,
    /// `prior[intent]`.
    pub prior: Vec<f64>,
    /// `posterior[intent]`.
    pub posterior: Vec<f64>,
    /// The weight of what is asked.
    pub answer: Weight,
    /// The weight of the reading itself, before the record and after it.
    pub weight: [f64; 2],
    /// How many times higher the record makes the odds of what is asked; 1 where the prior has decided it.
    pub odds: f64,
}

/// One entry, and another way to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The entry: its place in time while worlds are drawn, in the record in an answer.
    pub entry: usize,
    /// How it is read.
    pub coding: Coding,
}

/// How an entry of the record is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// As it is written: where the kind is contested, as one of its kinds.
    Written,
    /// As a move of one of the kinds among which it is contested, by its place among them.
    Kind(usize),
    /// Not at all.
    Dropped,
}

/// The answer if one entry is read otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Otherwise {
    /// Which, and how.
    pub change: Change,
    /// The weight of what is asked, in [0, 1].
    pub answer: f64,
    /// The same in the worlds of each reading, in the order of [`OfParty::by_reading`].
    pub by_reading: Vec<f64>,
}

impl OfParty {
    /// From the least to the greatest answer, over accounts where there are several, as one entry at a time is dropped or
    /// recoded: how far the record decides.
    pub fn range(&self) -> [f64; 2] {
        if self.by_reading.is_empty() {
            return ends(std::iter::once(self.answer.weight).chain(self.otherwise.iter().map(|it| it.answer)));
        }
        ends((0..self.by_reading.len()).flat_map(|at| self.range_of(at)))
    }

    /// The same in the worlds of one reading, by its place in [`by_reading`](Self::by_reading).
    pub fn range_of(&self, reading: usize) -> [f64; 2] {
        let others = self.otherwise.iter().map(|it| it.by_reading[reading]);
        ends(std::iter::once(self.by_reading[reading].answer.weight).chain(others))
    }

    /// Whether it is left open which side of one half the answer lies on.
    pub fn is_open(&self) -> bool {
        crosses(self.range())
    }

    /// The readings in which one entry, dropped or recoded, turns the answer: places in [`by_reading`](Self::by_reading).
    pub fn turned(&self) -> Vec<usize> {
        (0..self.by_reading.len()).filter(|at| crosses(self.range_of(*at))).collect()
    }

    /// The entry of which most hangs: the one with the widest range of answers, by its place in the record; of several, the
    /// first in time. `None` if none moves the answer.
    pub fn deciding(&self) -> Option<usize> {
        let entries: Vec<usize> = self.otherwise.iter().map(|it| it.change.entry).dedup().collect();
        let width = |entry: &usize| {
            let of = self.otherwise.iter().filter(|it| it.change.entry == *entry).map(|it| it.answer);
            let [low, high] = ends(of.chain([self.answer.weight]));
            high - low
        };
        let widest = entries.iter().rev().max_by(|a, b| width(a).total_cmp(&width(b)));
        widest.copied().filter(|entry| width(entry) > 0.0)
    }
}

fn crosses([low, high]: [f64; 2]) -> bool {
    low < 0.5 && high > 0.5
}

fn ends(values: impl Iterator<Item = f64>) -> [f64; 2] {
    values.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], x| [low.min(x), high.max(x)])
}

/// Whether a party means to make concessions: the weight of the intents that do not obstruct.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Serious {
    /// Before the record.
    pub prior: f64,
    /// After it.
    pub posterior: Weight,
    /// Whether the prior has decided it already.
    pub by_prior: Decided,
    /// The bits by which the record raised the odds; 0 where the prior has decided it.
    pub bits: f64,
    /// The prior from which the record would lead to one half, with the intents on either side mixed as they are.
    pub even_prior: f64,
}

/// What a prior alone decides: where it gives something no chance, or leaves no doubt of it, no record can change that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decided {
    /// Nothing: the record can move it.
    Open,
    /// The prior rules it out.
    RuledOut,
    /// The prior takes it for certain.
    Certain,
}

impl Decided {
    /// What odds, in bits, decide; odds that are not known decide nothing.
    pub fn of(odds: f64) -> Self {
        match odds {
            f64::NEG_INFINITY => Self::RuledOut,
            f64::INFINITY => Self::Certain,
            _ => Self::Open,
        }
    }

    /// The answer where there is one: of what is asked whether it holds.
    pub fn answer(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::RuledOut => Some("No, before anything was seen"),
            Self::Certain => Some("Yes, before anything was seen"),
        }
    }

    /// The sentence that says so; nothing where it is open.
    pub fn words(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::RuledOut => Some("The prior rules it out: no record can change that."),
            Self::Certain => Some("The prior takes it for certain: no record can change that."),
        }
    }
}

/// What an observation is expected to tell.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Telling {
    /// Of which kind.
    #[serde(rename = "observation")]
    pub what: Observation,
    /// Mutual information of the observation and the intent, in bits.
    pub bits: f64,
    /// How much of what is not known of the intent that is, in [0, 1].
    pub share: f64,
}

/// A kind of observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Observation {
    /// The kind of its next move.
    Move,
    /// Whether it escalates outside the room.
    Escalates,
    /// How far it has come down, seen with noise, if it makes an offer.
    Share,
}

/// Batches over which intervals are made.
const BATCHES: u64 = 20;

/// Reads a record in the worlds of the settings; `settings.agreeing` plays no part.
///
/// # Errors
/// [`CannotRun`]: no talks, no record, a space that cannot be compiled, threads that cannot be started.
pub fn infer(
    n: &Negotiation,
    settings: &Settings,
    by: Likelihoods,
    done: impl Fn(u64) + Sync,
) -> Result<Inferred, CannotRun> {
    let compiled = settings.drawing.compile(n)?;
    let talks = Talks::of(&compiled, settings.drawing.clone())?;
    if n.record.is_empty() {
        return Err(CannotRun::NoRecord);
    }
    let draws = settings.drawing.draws(n);
    let inquiry = Inquiry::of(&talks);
    let first = draws.run(0);
    let looked = inquiry.look(&talks, &first, by, &mut Desk::default());
    let inquiry = inquiry.against(&looked);
    // Sums of each block, by batch and first world, so that no order of threads can reach a result.
    let work = |(desk, blocks): &mut (Desk, BTreeMap<(u64, u64), Evidence>), runs: Range<u64>| {
        for drawn in draws.runs(runs.clone(), None) {
            let looked = inquiry.look(&talks, &drawn, by, desk);
            let batch = drawn.run * BATCHES / settings.runs.max(1);
            let block = blocks.entry((batch, runs.start)).or_insert_with(|| evidence::none(n, &inquiry));
            evidence::add(block, &inquiry, &drawn, &looked);
        }
    };
    let (_, blocks) = tally(settings.runs, settings.drawing.threads, Default::default, work, done)?;
    Ok(evidence::told(&talks, &inquiry, settings.runs, blocks))
}
