//! Beliefs: what an observer makes of the others by Bayes' rule, from what each of their possible intents would do; and the
//! record of what has been observed of them so far.

use super::{ActorId, Condition, InputId, Move, StageId};
use crate::num;

/// What observers start from, and how well they see.
#[derive(Debug, Clone, PartialEq)]
pub struct Beliefs {
    /// Standard deviation of the normal noise with which a conceded share is seen, > 0. Source: assumption.
    pub noise: InputId,
    /// Chance that an offer holds certain terms although its author could not sign them, in (0, 1): a slip of whoever
    /// reports it, or of the model. It keeps every intent possible. Source: assumption.
    pub slip: InputId,
    /// Chance that an offer holds certain terms if its author could sign a package with them, in [0, 1].
    /// Source: assumption.
    pub names: InputId,
    /// Observers with a prior of their own. All others start from the shares by which intents are drawn.
    pub priors: Vec<OwnPrior>,
}

/// The prior of one observer about one party.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnPrior {
    /// Who believes it.
    pub observer: ActorId,
    /// Of whom.
    pub about: ActorId,
    /// Places among the intents, with their weights ≥ 0; an intent that is not named has none.
    pub weights: Vec<(usize, InputId)>,
}

/// What has been seen of one party: the logarithm of the likelihood of each of its intents, up to a common constant.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evidence {
    /// `log[intent]`, in natural units; −∞ for an intent under which something that was seen is impossible.
    pub log: Vec<f64>,
}

impl Evidence {
    /// Nothing seen yet of a party with so many intents.
    pub fn none(intents: usize) -> Self {
        Self { log: vec![0.0; intents] }
    }

    /// Something was seen whose likelihood under each intent, ≥ 0, is `likelihood[intent]`.
    pub fn see(&mut self, likelihood: &[f64]) {
        self.see_log(likelihood.iter().map(|p| if *p > 0.0 { num::ln(*p) } else { f64::NEG_INFINITY }));
    }

    /// The same with logarithms.
    ///
    /// They count against the greatest of them, so that what is equally likely under all intents leaves every bit as it
    /// was: its likelihood ratio is exactly 1. What is impossible under all of them says nothing of any.
    pub fn see_log(&mut self, log: impl Iterator<Item = f64> + Clone) {
        let greatest = log.clone().fold(f64::NEG_INFINITY, f64::max);
        if greatest > f64::NEG_INFINITY {
            self.log.iter_mut().zip(log).for_each(|(sum, log)| *sum += log - greatest);
        }
    }

    /// Bayes' rule:
    ///
    /// ```text
    /// P(k | seen) = prior_k · P(seen | k) / Σ_m prior_m · P(seen | m)
    /// ```
    ///
    /// `prior` holds weights ≥ 0 and need not sum to 1. An observer to whom what was seen is impossible under every
    /// intent that he thought possible keeps his prior. Source: Zeng and Sycara (1998) for its use in negotiation.
    pub fn posterior(&self, prior: &[f64], posterior: &mut Vec<f64>) {
        let possible = self.log.iter().zip(prior).filter(|(_, prior)| **prior > 0.0);
        let greatest = possible.map(|(log, _)| *log).fold(f64::NEG_INFINITY, f64::max);
        posterior.clear();
        if greatest == f64::NEG_INFINITY {
            posterior.extend_from_slice(prior);
        } else {
            // What he thought impossible stays so, however much better it fits: 0 times a number beyond all others is none.
            let weigh = |(log, prior): (&f64, &f64)| match *prior {
                prior if prior <= 0.0 || *log == greatest => prior,
                prior => prior * num::exp(log - greatest),
            };
            posterior.extend(self.log.iter().zip(prior).map(weigh));
        }
        normalise(posterior);
    }
}

/// Weights divided by their sum; weights that are all 0 are taken as equal.
pub fn normalised(weights: &[f64]) -> Vec<f64> {
    let mut shares = weights.to_vec();
    normalise(&mut shares);
    shares
}

/// Divides weights by their sum; weights that are all 0 are taken as equal.
pub fn normalise(weights: &mut [f64]) {
    let total: f64 = weights.iter().sum();
    let equal = 1.0 / weights.len() as f64;
    weights.iter_mut().for_each(|w| *w = if total > 0.0 { *w / total } else { equal });
}

/// Logarithm of how well a conceded share that was seen fits one that is prescribed, up to a constant of the noise:
///
/// ```text
/// −(seen − prescribed)² / (2 · noise²)
/// ```
///
/// Shares are of the party's whole range, `noise` > 0. Source: assumption (normal noise).
pub fn fit(seen: f64, prescribed: f64, noise: f64) -> f64 {
    let z = (seen - prescribed) / noise;
    -0.5 * z * z
}

/// One thing that was observed of a party.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// Name for readers.
    pub name: String,
    /// Of whom.
    pub by: ActorId,
    /// First and last round, both included. Rounds of the talks count from 1; 0 and below lie before them.
    pub rounds: (i32, i32),
    /// What.
    pub seen: Observed,
    /// The stage before the last whose paper it was about, if it was about one: a paper binds less than a package.
    pub on_paper: Option<StageId>,
    /// On which occasion; sightings of the same aspect of a party on one occasion are copies. `None`: on one of its own.
    pub occasion: Option<String>,
    /// Who says so.
    pub source: Option<String>,
}

/// What may be observed of a party.
#[derive(Debug, Clone, PartialEq)]
pub enum Observed {
    /// It made a move, at least once in these rounds.
    Made {
        /// Which: one of these; several where it is contested.
        made: Vec<Move>,
        /// What the package held, as far as it is known; empty if nothing is.
        holding: Condition,
        /// The share of its range that it conceded, as it looked from outside.
        share: Option<f64>,
    },
    /// It made none of these moves with a package that holds this, in any of these rounds.
    Never {
        /// Which.
        made: Vec<Move>,
        /// What no package held; empty if none was named at all.
        holding: Condition,
    },
    /// It escalated outside the room, at least once in these rounds (`true`), or in none of them (`false`).
    Escalates(bool),
}

/// What a sighting shows of what a party did on an occasion. Each is drawn once on an occasion, however often it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// The kind of its move.
    Kind,
    /// What the package that it named held.
    Named,
    /// The share of its range that it conceded.
    Share,
    /// Whether it escalated.
    Escalation,
}

impl Aspect {
    /// All of them; `self as usize` is the place of one.
    pub const ALL: [Self; 4] = [Self::Kind, Self::Named, Self::Share, Self::Escalation];
}

impl Observed {
    /// Whether it shows this aspect.
    pub fn shows(&self, aspect: Aspect) -> bool {
        match (self, aspect) {
            (Self::Made { .. }, Aspect::Kind) | (Self::Escalates(_), Aspect::Escalation) => true,
            (Self::Made { holding, .. } | Self::Never { holding, .. }, Aspect::Named) => !holding.terms.is_empty(),
            (Self::Made { share, .. }, Aspect::Share) => share.is_some(),
            (Self::Never { holding, .. }, Aspect::Kind) => holding.terms.is_empty(),
            _ => false,
        }
    }

    /// The kinds of move among which it is contested; none where the kind is plain.
    pub fn contested(&self) -> &[Move] {
        match self {
            Self::Made { made, .. } if made.len() > 1 => made,
            _ => &[],
        }
    }
}
