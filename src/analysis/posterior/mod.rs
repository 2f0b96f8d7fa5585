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

use std::collections::BTreeMap;
use std::ops::Range;

use super::survey::Settings;
use crate::engine::talks::{Desk, Talks};
use crate::engine::{CannotRun, tally};
use crate::model::{ActorId, Negotiation};

use evidence::Evidence;
use likelihood::Inquiry;

pub use next::information;

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
    /// Reading by reading: prior and posterior in its worlds alone.
    pub by_reading: Vec<(usize, Vec<f64>, Vec<f64>)>,
    /// What the next observation of each kind is expected to tell, the most telling first.
    pub next: Vec<Telling>,
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
    /// The prior from which the record would lead to one half.
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
pub fn infer(n: &Negotiation, settings: &Settings, done: impl Fn(u64) + Sync) -> Result<Inferred, CannotRun> {
    let compiled = settings.drawing.compile(n)?;
    let talks = Talks::of(&compiled, settings.drawing.clone())?;
    if n.record.is_empty() {
        return Err(CannotRun::NoRecord);
    }
    let draws = settings.drawing.draws(n);
    let inquiry = Inquiry::of(&talks);
    let first = draws.run(0);
    let looked = talks.watch(&first, &mut Desk::default(), |watch| inquiry.look(watch, &first.world));
    let inquiry = inquiry.against(&looked);
    // Sums of each block, by batch and first world, so that no order of threads can reach a result.
    let work = |(desk, blocks): &mut (Desk, BTreeMap<(u64, u64), Evidence>), runs: Range<u64>| {
        for drawn in draws.runs(runs.clone(), None) {
            let looked = talks.watch(&drawn, desk, |watch| inquiry.look(watch, &drawn.world));
            let batch = drawn.run * BATCHES / settings.runs.max(1);
            let block = blocks.entry((batch, runs.start)).or_insert_with(|| evidence::none(n, &inquiry));
            evidence::add(block, &inquiry, &drawn, &looked);
        }
    };
    let (_, blocks) = tally(settings.runs, settings.drawing.threads, Default::default, work, done)?;
    Ok(evidence::told(&talks, &inquiry, settings.runs, blocks))
}
