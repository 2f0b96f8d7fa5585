//! Beliefs in a run: what everybody sees of a party, and what each observer makes of it.
//!
//! The likelihood of what is seen is computed from the policies themselves, under each intent that the party may have:
//! the very functions by which the party acts. Observers know the numbers of the world, but not the intent.

use super::course::Course;
use super::step::{Recorder, What};
use super::{Mechanism, Party};
use crate::engine::Luck;
use crate::model::{ActorId, Evidence, Intent, Move, Negotiation, Role, World, fit, normalise};

/// What one observer believes of one party.
#[derive(Debug, Clone, PartialEq)]
pub struct Belief {
    /// Who.
    pub observer: ActorId,
    /// Of whom.
    pub about: ActorId,
    /// `posterior[intent]` in the order of the identifiers of the party's intents; they sum to 1.
    pub posterior: Vec<f64>,
    /// The weight of those intents that obstruct, in [0, 1].
    pub obstructs: f64,
}

/// Who believes something of whom, known before any run.
#[derive(Debug)]
pub(super) struct Observers {
    /// All of them, in the order of their identifiers: parties and mediators.
    all: Vec<ActorId>,
    /// `by_share[party]`: those whose prior is the drawing share, in the order of their identifiers.
    pub by_share: Vec<Vec<ActorId>>,
    /// Those with a prior of their own: who, of which party, and the entry in the scenario.
    pub own: Vec<(ActorId, usize, usize)>,
}

impl Observers {
    pub fn of(n: &Negotiation, parties: &[Party]) -> Self {
        let mut all: Vec<ActorId> = (0..n.actors.len()).map(ActorId).collect();
        all.retain(|i| n.actor(*i).is_party() || n.actor(*i).roles.contains(&Role::Mediator));
        all.sort_by_key(|i| &n.actor(*i).id);
        let priors = n.beliefs.as_ref().map_or(&[][..], |b| &b.priors);
        let written = |observer: ActorId, about: ActorId| {
            priors.iter().position(|own| own.observer == observer && own.about == about)
        };
        let others = |party: &Party| all.iter().copied().filter(|i| *i != party.actor).collect::<Vec<_>>();
        let by_share =
            |party: &Party| others(party).into_iter().filter(|i| written(*i, party.actor).is_none()).collect();
        let own = parties.iter().enumerate().flat_map(|(place, party)| {
            others(party).into_iter().filter_map(move |i| written(i, party.actor).map(|entry| (i, place, entry)))
        });
        Self { own: own.collect(), by_share: parties.iter().map(by_share).collect(), all: all.clone() }
    }

    /// Those who observe a party: all but itself.
    fn of_party(&self, party: &Party) -> impl Iterator<Item = ActorId> {
        let own = party.actor;
        self.all.iter().copied().filter(move |i| *i != own)
    }
}

/// What is believed in one run.
#[derive(Debug)]
pub(super) struct Beliefs {
    /// What was seen of each party, `evidence[party]`: the same for all observers.
    evidence: Vec<Evidence>,
    /// What those believe who start from the drawing shares, `shared[party]`.
    shared: Vec<View>,
    /// What the others believe, in the order of [`Observers::own`].
    own: Vec<(ActorId, usize, View)>,
    /// The noise with which the shares that a party concedes are seen, `sight[party]`.
    sight: Vec<Luck>,
    scratch: Vec<f64>,
    /// The last round after which observers made up their minds.
    learned: Option<u32>,
}

/// A prior and what has become of it.
#[derive(Debug)]
struct View {
    prior: Vec<f64>,
    posterior: Vec<f64>,
    /// What was told last.
    told: Vec<f64>,
}

impl View {
    fn of(mut prior: Vec<f64>) -> Self {
        normalise(&mut prior);
        Self { posterior: prior.clone(), told: prior.clone(), prior }
    }

    /// Learns; whether the belief has moved by more than five points since it was told.
    fn learns(&mut self, evidence: &Evidence) -> bool {
        const POINT: f64 = 0.05;
        evidence.posterior(&self.prior, &mut self.posterior);
        let moved = self.posterior.iter().zip(&self.told).any(|(now, told)| (now - told).abs() > POINT);
        if moved {
            self.told.clone_from(&self.posterior);
        }
        moved
    }
}

impl Beliefs {
    pub fn new(n: &Negotiation, parties: &[Party], observers: &Observers, world: &World, run: u64) -> Self {
        let weigh =
            |party: &Party, weight: &dyn Fn(usize) -> f64| View::of(party.intents.iter().map(|k| weight(*k)).collect());
        let drawn = |party: &Party| weigh(party, &|k| world.value(n.intents[k].prior));
        let own = |(observer, party, entry): &(ActorId, usize, usize)| {
            let written = &n.beliefs.as_ref().expect("an entry stands in a section").priors[*entry].weights;
            let weight = |k| written.iter().find(|(intent, _)| *intent == k).map_or(0.0, |(_, w)| world.value(*w));
            (*observer, *party, weigh(&parties[*party], &weight))
        };
        Self {
            evidence: parties.iter().map(|party| Evidence::none(party.intents.len())).collect(),
            shared: parties.iter().map(drawn).collect(),
            own: observers.own.iter().map(own).collect(),
            sight: parties.iter().map(|party| party.sight.of_run(run)).collect(),
            scratch: Vec::new(),
            learned: None,
        }
    }

    /// What an observer believes of a party: `of[intent]`, in the order of [`Party::intents`], after the last round that
    /// is over. Whoever has no prior of his own starts from the drawing shares.
    pub fn of(&self, observer: ActorId, party: usize) -> &[f64] {
        let own = self.own.iter().find(|(who, of, _)| *who == observer && *of == party);
        &own.map_or(&self.shared[party], |(_, _, view)| view).posterior
    }
}

impl<R: Recorder> Course<'_, R> {
    /// How likely an observer holds it that a party does not mean to make concessions: the weight of its intents that
    /// `obstruct`, in [0, 1].
    pub fn obstructs(&self, observer: ActorId, party: usize) -> f64 {
        let intents = &self.talks.parties[party].intents;
        let weights = intents.iter().zip(self.beliefs.of(observer, party));
        let obstructing = weights.filter(|(k, _)| self.talks.n.intents[**k].obstructs);
        obstructing.fold(0.0, |sum, (_, weight)| sum + weight)
    }

    /// Whether there is anything to learn about a party.
    fn open(&self, i: usize) -> bool {
        self.talks.parties[i].intents.len() > 1 && self.talks.has(Mechanism::Beliefs)
    }

    /// Everybody sees something of a party; `likelihood` is that of what was seen under an intent and its stance.
    fn see(&mut self, i: usize, likelihood: impl Fn(&Self, &Intent, usize) -> f64) {
        let mut scratch = std::mem::take(&mut self.beliefs.scratch);
        scratch.clear();
        let intents = self.talks.parties[i].intents.iter().enumerate();
        scratch.extend(intents.map(|(place, k)| likelihood(self, &self.talks.n.intents[*k], place)));
        self.beliefs.evidence[i].see(&scratch);
        self.beliefs.scratch = scratch;
    }

    /// Whether a party escalated is seen, where it may.
    pub fn sees_escalation(&mut self, i: usize, escalates: bool) {
        let may = |k: &usize| self.talks.n.intents[*k].escalates.is_some();
        if self.open(i) && self.talks.parties[i].intents.iter().any(may) {
            self.see(i, |course, intent, _| {
                let chance = course.escalation_chance(intent);
                if escalates { chance } else { 1.0 - chance }
            });
        }
    }

    /// Whether a party has lost its patience is seen, where it may: `leaves` is the first that did. Nothing is seen of
    /// those who would have come after it.
    pub fn sees_patience(&mut self, leaves: Option<usize>) {
        for at in 0..self.order.len() {
            let i = self.order[at];
            let impatient = |side: &super::side::Side| side.stances.iter().any(|s| s.is_over(self.round));
            if self.open(i) && impatient(&self.sides[i]) {
                let left = leaves == Some(i);
                self.see(i, |course, _, place| {
                    f64::from(u8::from(course.sides[i].stances[place].is_over(course.round) == left))
                });
            }
            if leaves == Some(i) {
                break;
            }
        }
    }

    /// The kind of a party's move is seen.
    pub fn sees_move(&mut self, i: usize, made: Move) {
        if self.open(i) {
            self.see(i, |course, intent, _| course.chance_of(intent, made));
        }
    }

    /// How far a party has come down is seen with noise, whenever it looks for an offer and whether or not it finds one.
    pub fn sees_share(&mut self, i: usize) {
        let Some(rules) = self.talks.n.beliefs.as_ref().filter(|_| self.open(i)) else { return };
        let noise = self.world.value(rules.noise);
        let mut scratch = std::mem::take(&mut self.beliefs.scratch);
        scratch.clear();
        scratch.extend((0..self.sides[i].stances.len()).map(|at| self.conceded_at(i, at)));
        let luck = self.talks.normal.at(self.beliefs.sight[i].at(u64::from(self.round)));
        let seen = scratch[self.sides[i].own] + noise * luck;
        self.beliefs.evidence[i].see_log(scratch.iter().map(|share| fit(seen, *share, noise)));
        self.beliefs.scratch = scratch;
    }

    /// Observers make up their minds about what they have seen.
    pub fn learn(&mut self) {
        if !self.talks.has(Mechanism::Beliefs) || self.beliefs.learned.replace(self.round) == Some(self.round) {
            return;
        }
        for party in 0..self.sides.len() {
            if self.beliefs.shared[party].learns(&self.beliefs.evidence[party]) {
                self.tell_belief(party, None);
            }
            let side = &self.sides[party];
            self.record.believe(self.round, side.intent, self.beliefs.shared[party].posterior[side.own]);
        }
        for at in 0..self.beliefs.own.len() {
            let Beliefs { own, evidence, .. } = &mut self.beliefs;
            let (_, party, view) = &mut own[at];
            if view.learns(&evidence[*party]) {
                let party = *party;
                self.tell_belief(party, Some(at));
            }
        }
    }

    /// Tells what those believe who share a prior, or the one who has his own.
    fn tell_belief(&mut self, party: usize, own: Option<usize>) {
        let talks = self.talks;
        let by = own.map_or_else(|| talks.observers.by_share[party].clone(), |at| vec![self.beliefs.own[at].0]);
        if by.is_empty() {
            return;
        }
        let view = own.map_or(&self.beliefs.shared[party], |at| &self.beliefs.own[at].2);
        let Party { actor, intents, .. } = &talks.parties[party];
        let weights = intents.iter().copied().zip(view.posterior.iter().copied()).collect();
        self.record.record(self.round, || What::Learns { by, about: *actor, weights });
    }

    /// What every observer believes in the end, party by party.
    pub fn final_beliefs(&self) -> Vec<Belief> {
        let belief = |observer: ActorId, party: usize| Belief {
            observer,
            about: self.talks.parties[party].actor,
            posterior: self.beliefs.of(observer, party).to_vec(),
            obstructs: self.obstructs(observer, party),
        };
        let about =
            |party: usize| self.talks.observers.of_party(&self.talks.parties[party]).map(move |i| belief(i, party));
        (0..self.sides.len()).flat_map(about).collect()
    }
}
