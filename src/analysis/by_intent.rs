//! How talks end, and what they pay, by what a party is after: standardised over accounts.
//!
//! An intent is drawn more often under one account than under another, so that the runs in which it is met are mostly
//! those of one account. What they come to is therefore weighed account by account, each by its share of all runs: what
//! would come of it if the party were after this, whoever is right. Source: direct standardisation.

use super::reached::{Ended, Endings, endings, reached_of};
use super::survival::Mean;
use crate::engine::talks::{Ending, Run};
use crate::engine::{adds_up, packs};
use crate::model::{ActorId, Negotiation};
use crate::num::{Moments, Share};

/// How talks end, and what they pay, if a party is after something.
#[derive(Debug, Clone, PartialEq)]
pub struct OfIntent {
    /// Its place among the intents.
    pub intent: usize,
    /// Runs in which it was drawn.
    pub runs: u64,
    /// How they end in these runs, whatever their account.
    pub drawn: Endings,
    /// The same standardised over the accounts under which it was drawn; see [`Share::standardised`].
    pub endings: Endings,
    /// It is reached, standardised.
    pub reached: Share,
    /// What a run pays each party, standardised, in its own points.
    pub payoffs: Vec<(ActorId, Mean)>,
    /// The accounts under which it was never drawn, places among the readings: nothing is said of these.
    pub never_under: Vec<usize>,
}

/// Sums over runs, by intent and account (one if there are none).
#[derive(Debug, Clone, Default)]
pub(super) struct ByIntent {
    /// `endings[intent][reading]`.
    endings: Vec<Vec<Ended>>,
    /// `payoffs[intent][reading][actor]`.
    payoffs: Vec<Vec<Vec<Moments>>>,
}

adds_up!(ByIntent: endings, payoffs);
packs!(ByIntent: endings, payoffs);

impl ByIntent {
    pub fn none(n: &Negotiation) -> Self {
        let readings = n.readings.len().max(1);
        Self {
            endings: vec![vec![Ended::default(); readings]; n.intents.len()],
            payoffs: vec![vec![vec![Moments::default(); n.actors.len()]; readings]; n.intents.len()],
        }
    }

    pub fn add(&mut self, run: &Run) {
        let reading = run.reading.unwrap_or(0);
        for k in &run.intents {
            self.endings[*k][reading][run.ending as usize] += 1;
            for (actor, points) in &run.payoffs {
                self.payoffs[*k][reading][actor.0].add(*points);
            }
        }
    }

    /// Intent by intent; `runs[reading]` are all runs of an account.
    pub fn told(&self, n: &Negotiation, runs: &[u64]) -> Vec<OfIntent> {
        (0..n.intents.len()).map(|k| self.one(n, k, runs)).collect()
    }

    fn one(&self, n: &Negotiation, k: usize, runs: &[u64]) -> OfIntent {
        let by_reading = &self.endings[k];
        let of: Vec<u64> = by_reading.iter().map(|ended| ended.iter().sum()).collect();
        let standardised = |count: &dyn Fn(&Ended) -> u64| {
            let strata =
                by_reading.iter().zip(&of).zip(runs).map(|((ended, of), all)| (*all as f64, count(ended), *of));
            Share::standardised(&strata.collect::<Vec<_>>())
        };
        let mut all = Ended::default();
        by_reading.iter().flat_map(|ended| ended.iter().enumerate()).for_each(|(ending, count)| all[ending] += count);
        let ending = |(at, ending): (usize, &Ending)| (*ending, standardised(&|ended| ended[at]));
        let paid = |i: ActorId| {
            let strata = self.payoffs[k].iter().zip(runs).map(|(sums, all)| (*all as f64, sums[i.0]));
            (i, Mean::standardised(&strata.collect::<Vec<_>>()))
        };
        let never = (0..n.readings.len()).filter(|r| runs[*r] > 0 && of[*r] == 0);
        OfIntent {
            intent: k,
            runs: of.iter().sum(),
            drawn: endings(&all),
            endings: Ending::ALL.iter().enumerate().map(ending).collect(),
            reached: standardised(&reached_of),
            payoffs: n.parties().map(paid).collect(),
            never_under: never.collect(),
        }
    }
}
