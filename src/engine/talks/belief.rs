//! Beliefs in a run: what everybody sees of a party, and what each observer makes of it.
//!
//! The likelihood of what is seen is computed from the policies themselves, under each intent that the party may have:
//! the very functions by which the party acts. Observers know the numbers of the world, but not the intent.

use super::{Mechanism, Party, course::Course, side::Delegation, step::What};
use crate::model::{ActorId, Circumstance, Evidence, Intent, Move, Negotiation, Role, World, fit, normalise};
use crate::num;
use crate::num::Ordered;

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

/// Those who start from one prior of one party, known before any run.
#[derive(Debug)]
pub(super) struct Believers {
    /// Who, in the order of their identifiers.
    by: Vec<ActorId>,
    /// Of which party.
    about: usize,
    /// The entry in the scenario where the prior is written; `None`: it is the drawing share.
    entry: Option<usize>,
}

impl Believers {
    /// All of a negotiation: first those whose prior is the drawing share, party by party, then those with one of their own.
    pub fn all(n: &Negotiation, parties: &[Party]) -> Vec<Self> {
        let priors = n.beliefs.as_ref().map_or(&[][..], |b| &b.priors);
        let written = |observer: ActorId, about: ActorId| {
            priors.iter().position(|own| own.observer == observer && own.about == about)
        };
        let (mut shared, mut own) = (Vec::new(), Vec::new());
        for (about, party) in parties.iter().enumerate() {
            let of = |i: &ActorId| written(*i, party.actor);
            let (by, others): (Vec<ActorId>, Vec<ActorId>) = observers(n, party).partition(|i| of(i).is_none());
            shared.push(Self { by, about, entry: None });
            own.extend(others.into_iter().map(|i| Self { by: vec![i], about, entry: of(&i) }));
        }
        shared.append(&mut own);
        shared
    }
}

/// Whether anybody acts on what is believed: a mediator does, and a party where an intent says so.
pub(super) fn are_heeded(n: &Negotiation) -> bool {
    let asks = |during: &Circumstance| !during.believes.is_empty();
    let acts = |it: &Intent| {
        it.responses.iter().any(|response| asks(&response.during))
            || it.escalates.as_ref().is_some_and(|escalates| asks(&escalates.during))
            || it.yields.as_ref().is_some_and(|yields| asks(&yields.during))
    };
    n.mediator.is_some() || n.intents.iter().any(acts)
}

/// Those who observe a party, in the order of their identifiers: all parties and mediators but itself.
fn observers(n: &Negotiation, party: &Party) -> impl Iterator<Item = ActorId> {
    let watches = |i: &ActorId| n.actor(*i).is_party() || n.actor(*i).roles.contains(&Role::Mediator);
    let all = (0..n.actors.len()).map(ActorId).filter(|i| *i != party.actor && watches(i));
    all.ordered_by_key(|i| &n.actor(*i).id)
}

/// What is believed in one run.
#[derive(Debug)]
pub(super) struct Beliefs {
    /// What was seen of each party, `evidence[party]`: the same for all observers.
    evidence: Vec<Evidence>,
    /// What the believers hold, in their order: that of those who start from the drawing shares is `convictions[party]`.
    convictions: Vec<Conviction>,
    scratch: Vec<f64>,
    logs: Logs,
    /// The last round after which observers made up their minds.
    learned: Option<u32>,
}

/// Logarithms of the likelihoods met last: in a run few different ones are met, round after round.
#[derive(Debug, Default)]
struct Logs([(f64, f64); 32]);

impl Logs {
    /// ln p, and −∞ for what is impossible.
    fn of(&mut self, p: f64) -> f64 {
        if p <= 0.0 {
            return f64::NEG_INFINITY;
        }
        // The first bits of the product hang on all bits of the number; a number that meets another there takes its place.
        let place = p.to_bits().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 59;
        let (known, log) = &mut self.0[place as usize];
        if *known != p {
            (*known, *log) = (p, num::ln(p));
        }
        *log
    }
}

/// A prior and what has become of it.
#[derive(Debug)]
struct Conviction {
    /// Of which party.
    about: usize,
    prior: Vec<f64>,
    posterior: Vec<f64>,
    /// What was told last.
    told: Vec<f64>,
}

impl Conviction {
    fn of(about: usize, mut prior: Vec<f64>) -> Self {
        normalise(&mut prior);
        Self { about, posterior: prior.clone(), told: prior.clone(), prior }
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
    pub fn new(n: &Negotiation, parties: &[Party], believers: &[Believers], world: &World) -> Self {
        let written = |entry: usize| &n.beliefs.as_ref().expect("an entry stands in a section").priors[entry].weights;
        let weight = |entry: Option<usize>, k: usize| {
            let Some(entry) = entry else { return world.value(n.intents[k].prior) };
            written(entry).iter().find(|(of, _)| *of == k).map_or(0.0, |(_, weight)| world.value(*weight))
        };
        let conviction = |it: &Believers| {
            let intents = &parties[it.about].intents;
            Conviction::of(it.about, intents.iter().map(|k| weight(it.entry, *k)).collect())
        };
        Self {
            evidence: parties.iter().map(|party| Evidence::none(party.intents.len())).collect(),
            convictions: believers.iter().map(conviction).collect(),
            scratch: Vec::new(),
            logs: Logs::default(),
            learned: None,
        }
    }
}

impl Course<'_> {
    /// What an observer believes of a party: `believed[intent]`, in the order of [`Party::intents`], after the last round
    /// that is over. Whoever has no prior of his own starts from the drawing shares.
    pub fn believed(&self, observer: ActorId, party: usize) -> &[f64] {
        let mut believers = self.talks.believers.iter();
        let own = believers.position(|it| it.entry.is_some() && it.about == party && it.by.contains(&observer));
        &self.beliefs.convictions[own.unwrap_or(party)].posterior
    }

    /// The weight that a party gives an intent of another, in [0, 1].
    pub fn weight_of(&self, i: usize, intent: usize) -> f64 {
        let n = self.talks.n;
        let Some(of) = self.talks.party(n.intents[intent].of).filter(|of| *of != i) else { return 0.0 };
        let place = self.talks.parties[of].intents.iter().position(|k| *k == intent);
        place.map_or(0.0, |place| self.believed(self.talks.parties[i].actor, of)[place])
    }

    /// How likely an observer holds it that a party does not mean to make concessions: the weight of its intents that
    /// `obstruct`, in [0, 1].
    pub fn obstructs(&self, observer: ActorId, party: usize) -> f64 {
        let weights = self.talks.parties[party].intents.iter().zip(self.believed(observer, party));
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
        let Beliefs { evidence, logs, .. } = &mut self.beliefs;
        scratch.iter_mut().for_each(|p| *p = logs.of(*p));
        evidence[i].see_log(scratch.iter().copied());
        self.beliefs.scratch = scratch;
    }

    /// Whether a party escalated is seen, where it may.
    pub fn sees_escalation(&mut self, i: usize, escalates: bool) {
        let may = |k: &usize| self.talks.n.intents[*k].escalates.is_some();
        if self.open(i) && self.talks.parties[i].intents.iter().any(may) {
            self.see(i, |course, _, place| {
                let chance = course.talks.pace.chance(course.escalation_chance(i, place));
                if escalates { chance } else { 1.0 - chance }
            });
        }
    }

    /// Whether a party has lost its patience is seen, where it may: `leave` are those that did. Nothing is seen of
    /// those who would have come after the one with whom the talks end.
    pub fn sees_patience(&mut self, leave: &[usize], ends: bool) {
        let now = self.now();
        for at in 0..self.order.len() {
            let (i, left) = (self.order[at], leave.contains(&self.order[at]));
            let impatient = |side: &Delegation| side.stances.iter().any(|s| s.is_over(now));
            if self.open(i) && (left || !self.sides[i].gone) && impatient(&self.sides[i]) {
                let over = |course: &Self, place: usize| course.sides[i].stances[place].is_over(now);
                self.see(i, |course, _, place| f64::from(u8::from(over(course, place) == left)));
            }
            if ends && leave.last() == Some(&i) {
                break;
            }
        }
    }

    /// The kind of a party's move is seen.
    pub fn sees_move(&mut self, i: usize, made: Move) {
        if self.open(i) {
            self.see(i, |course, _, place| {
                let rates = course.rates(i, place);
                rates[made as usize] / rates.iter().sum::<f64>()
            });
        }
    }

    /// How far a party has come down is seen with noise, whenever it looks for an offer and whether or not it finds one.
    ///
    /// Whoever asks for something else than its tactic does, as `asks` says in units, has come down as far as that is.
    pub fn sees_share(&mut self, i: usize, asks: Option<i64>) {
        let Some(rules) = self.talks.n.beliefs.as_ref().filter(|_| self.open(i)) else { return };
        let noise = self.world.value(rules.noise);
        let mut scratch = std::mem::take(&mut self.beliefs.scratch);
        scratch.clear();
        scratch.extend((0..self.sides[i].stances.len()).map(|at| self.conceded_at(i, at)));
        let luck = self.talks.normal.at(self.luck.sight[i].at(u64::from(self.round)));
        let other = asks.filter(|asks| *asks != self.asks(i, self.moment())).and_then(|asks| self.share_at(i, asks));
        let seen = other.unwrap_or(scratch[self.sides[i].own]) + noise * luck;
        self.beliefs.evidence[i].see_log(scratch.iter().map(|share| fit(seen, *share, noise)));
        self.beliefs.scratch = scratch;
    }

    /// A round is over: observers make up their minds about what they have seen in it, where anybody acts on that or hears of
    /// it; where nobody does, they do so when the run is over.
    pub fn learn(&mut self) {
        if self.talks.heeds_beliefs || self.record.is_some() {
            self.make_up_minds();
        }
    }

    /// Observers make up their minds about what they have seen.
    pub fn make_up_minds(&mut self) {
        if !self.talks.has(Mechanism::Beliefs) || self.beliefs.learned.replace(self.round) == Some(self.round) {
            return;
        }
        for at in 0..self.beliefs.convictions.len() {
            let Beliefs { convictions, evidence, .. } = &mut self.beliefs;
            let about = convictions[at].about;
            if convictions[at].learns(&evidence[about]) {
                self.tell_belief(at);
            }
            if at < self.sides.len() {
                let side = &self.sides[at];
                if let Some(record) = &mut self.record {
                    record.believe(self.round, side.intent, self.beliefs.convictions[at].posterior[side.own]);
                }
            }
        }
    }

    /// Tells what believers hold now.
    fn tell_belief(&mut self, at: usize) {
        let (Believers { by, about, .. }, posterior) =
            (&self.talks.believers[at], self.beliefs.convictions[at].posterior.clone());
        let Party { actor, intents, .. } = &self.talks.parties[*about];
        if !by.is_empty() {
            let weights = intents.iter().copied().zip(posterior).collect();
            self.tell(|| What::Learns { by: by.clone(), about: *actor, weights });
        }
    }

    /// What every observer believes in the end, party by party.
    pub fn final_beliefs(&self) -> Vec<Belief> {
        let belief = |(place, party): (usize, &Party), observer: ActorId| Belief {
            observer,
            about: party.actor,
            posterior: self.believed(observer, place).to_vec(),
            obstructs: self.obstructs(observer, place),
        };
        let about = |it: (usize, &Party)| observers(self.talks.n, it.1).map(|i| belief(it, i)).collect::<Vec<_>>();
        self.talks.parties.iter().enumerate().flat_map(about).collect()
    }
}
