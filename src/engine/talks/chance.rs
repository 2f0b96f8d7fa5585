//! Chance of a round: one stream for each purpose and name.

use super::Party;
use crate::engine::{Luck, Streams};
use crate::model::{Negotiation, StageId};

/// One for each purpose for which a round draws: streams before any run, luck in one.
#[derive(Debug)]
pub(super) struct Chances<T> {
    /// `states[state]`.
    pub states: Vec<T>,
    /// In the order of the events' identifiers.
    pub events: Vec<T>,
    /// In the order of the identifiers of the stages beside the others.
    pub beside: Vec<T>,
    /// `ballots[audience]`, by its votes.
    pub ballots: Vec<T>,
    /// What is hidden of each audience, `homes[audience]`.
    pub homes: Vec<T>,
    /// Whether a party makes its move in a round, `turns[party]`.
    pub turns: Vec<T>,
    /// Who goes first, `order[party]`.
    pub order: Vec<T>,
    /// With whom a party would rather agree, of coalitions that are as good, `partners[party]`.
    pub partners: Vec<T>,
    /// `moves[party]`.
    pub moves: Vec<T>,
    /// `escalation[party]`.
    pub escalation: Vec<T>,
    /// The noise with which concessions are seen, `sight[party]`.
    pub sight: Vec<T>,
    pub breaks: T,
    /// Whether it ends by itself.
    pub ends: T,
    pub resumes: T,
    /// Whether the mediator presses, whom, and whether it proposes.
    pub presses: T,
    pub whom: T,
    pub proposes: T,
}

impl Chances<Streams> {
    /// The streams under a seed; `events` and `beside` are sorted by identifier.
    pub fn of(n: &Negotiation, seed: u64, parties: &[Party], events: &[usize], beside: &[StageId]) -> Self {
        let one = |purpose: &str| Streams::new(seed, purpose);
        let named = |purpose: &str, id: &str| one(&format!("{purpose}/{id}"));
        let of_parties = |purpose| parties.iter().map(|party| named(purpose, &n.actor(party.actor).id)).collect();
        Self {
            states: n.states.iter().map(|state| named("states", &state.id)).collect(),
            events: events.iter().map(|event| named("events", &n.events[*event].id)).collect(),
            beside: beside.iter().map(|stage| named("stages", &n.stage(*stage).id)).collect(),
            ballots: n.audiences.iter().map(|audience| named("ratification", &audience.id)).collect(),
            turns: of_parties("turns"),
            order: of_parties("order"),
            partners: of_parties("partners"),
            homes: n.audiences.iter().map(|audience| named("homes", &audience.id)).collect(),
            moves: of_parties("moves"),
            escalation: of_parties("escalation"),
            sight: of_parties("beliefs"),
            breaks: one("collapse"),
            ends: one("going-on"),
            resumes: one("resumes"),
            presses: one("mediator/presses"),
            whom: one("mediator/whom"),
            proposes: one("mediator/proposes"),
        }
    }

    /// The luck of a run.
    pub fn of_run(&self, run: u64) -> Chances<Luck> {
        let all = |streams: &[Streams]| streams.iter().map(|stream| stream.of_run(run)).collect();
        Chances {
            states: all(&self.states),
            events: all(&self.events),
            beside: all(&self.beside),
            ballots: all(&self.ballots),
            homes: all(&self.homes),
            turns: all(&self.turns),
            order: all(&self.order),
            partners: all(&self.partners),
            moves: all(&self.moves),
            escalation: all(&self.escalation),
            sight: all(&self.sight),
            breaks: self.breaks.of_run(run),
            ends: self.ends.of_run(run),
            resumes: self.resumes.of_run(run),
            presses: self.presses.of_run(run),
            whom: self.whom.of_run(run),
            proposes: self.proposes.of_run(run),
        }
    }
}

/// The place that a uniform picks by weights ≥ 0; `None` if all are 0.
pub(super) fn pick(weights: &[f64], u: f64) -> Option<usize> {
    let total: f64 = weights.iter().sum();
    let mut left = u * total;
    let last = weights.iter().rposition(|w| *w > 0.0)?;
    for (place, weight) in weights.iter().enumerate() {
        if left < *weight {
            return Some(place);
        }
        left -= weight;
    }
    Some(last)
}

/// The uniform of a run that is drawn once.
pub(super) fn once(streams: &Streams, run: u64) -> f64 {
    Luck::at(&mut streams.of_run(run), 0)
}
