//! The talks: one run in the fixed order of its rounds, every step one typed event.
//!
//! A round: states move and events happen; parties escalate, or lose their patience; each party in turn makes its move,
//! an offer is answered at once, and what is agreed goes home to be ratified; last, the talks may break down, and what
//! goes on without a deal may end by itself. A round is only a step: see [`Pace`].
//! Chance of a round comes from streams of its own (purpose and name; stream = run, position = round), so that switching
//! a mechanism off moves no other draw.

mod ballot;
mod belief;
mod breaking;
mod chance;
mod chosen;
mod clock;
mod course;
mod ending;
mod fallback;
mod gates;
mod hope;
mod ledger;
mod mediator;
mod misread;
mod offer;
mod paper;
mod payoff;
mod proposal;
mod reckoning;
mod seat;
mod seating;
mod shortlist;
mod side;
mod stage;
mod step;
mod turns;
mod watch;

use std::sync::Arc;

use itertools::Itertools as _;

use crate::engine::{Drawing, Drawn, Streams};
use crate::model::{
    ActorId, AudienceId, Beholder, InputId, Intent, IssueId, Negotiation, Pace, Quantity, Sampler, Talks as Rules,
    World,
};
use crate::num::{Order, Ordered};
use crate::space::{Compiled, ContextPairs, Exclusion, Lanes, Place, Space, State, WorldTables};

use belief::Believers;
use chance::{Chances, pick};
use course::Course;
use side::Hint;

pub use belief::Belief;
pub use chosen::Chosen;
pub use ending::{Block, Cause, Ending, Outlook, Run};
pub use seat::{Asked, Decision, Illegal, Played, Question, Seats, Situation, Terms, Unavailable, Weighed};
pub use step::{Recorder, Refusal, Step, What};
pub use watch::{Table, Watch};

/// A part of the talks that can be switched off, all other draws unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mechanism {
    /// States move of themselves.
    States,
    /// Events happen.
    Events,
    /// Talks go in stages, and beside them.
    Stages,
    /// Somebody mediates.
    Mediator,
    /// Favours are owed and spent.
    Ledger,
    /// Parties escalate outside the room.
    Escalation,
    /// A decisive bound ends the talks.
    Decisive,
    /// Moves respond to circumstances.
    Responses,
    /// Parties misread what issues weigh with the others.
    Misreading,
    /// Parties lose their patience.
    Patience,
    /// An ultimatum raises the lines at home.
    TiedHands,
    /// Audiences ratify.
    Ratification,
    /// Observers learn what the others are after.
    Beliefs,
    /// Talks break down: by mishap, ultimatum or escalation.
    Mishap,
    /// What goes on without a deal ends by itself.
    RunningOut,
    /// What is signed has a hazard. Foresight stays: it belongs to the deal space.
    Durability,
}

impl Mechanism {
    /// All of them, in the order in which a round meets them.
    pub const ALL: [Self; 16] = [
        Self::States,
        Self::Events,
        Self::Stages,
        Self::Mediator,
        Self::Ledger,
        Self::Escalation,
        Self::Decisive,
        Self::Responses,
        Self::Misreading,
        Self::Patience,
        Self::TiedHands,
        Self::Ratification,
        Self::Beliefs,
        Self::Mishap,
        Self::RunningOut,
        Self::Durability,
    ];
}

/// Why no talks can be run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the scenario has no talks: add [talks] and [intents]")]
pub struct NoTalks;

/// The talks of a negotiation, made ready for any number of runs.
#[derive(Debug)]
pub struct Talks<'a> {
    n: &'a Negotiation,
    compiled: &'a Compiled<'a>,
    rules: &'a Rules,
    pace: Pace,
    settings: Drawing,
    lanes: Lanes,
    /// In the order of their identifiers, so that the order of the file plays no part.
    parties: Vec<Party>,
    /// The actors that they are.
    actors: Vec<ActorId>,
    /// The parties without which nothing can be agreed, as places among the parties: those in every winning coalition.
    needed: Vec<usize>,
    believers: Vec<Believers>,
    /// Whether anybody acts on what is believed.
    heeds_beliefs: bool,
    /// `audiences[audience]`.
    audiences: Vec<Voice>,
    /// Places of the events, in the order of their identifiers.
    events: Vec<usize>,
    chances: Chances<Streams>,
    stages: stage::Stages,
    misreading: Streams,
    /// `ruled_out[intent]`: the packages that the rules or the intent exclude; `None`: the rules alone do.
    ruled_out: Vec<Option<Arc<Exclusion>>>,
    /// Whether some state moves on once a deal is signed, so that it may not be kept.
    shifts: bool,
    /// The standard normal quantity.
    normal: Sampler,
    /// The parts of [`rank`](Self::rank): `head_rank[head] + tail_rank[tail]`.
    head_rank: Vec<u64>,
    tail_rank: Vec<u64>,
}

/// What is known of a party before any run.
#[derive(Debug)]
struct Party {
    actor: ActorId,
    /// Place of its leadership among the scores.
    score: usize,
    /// Its intents in the order of their identifiers.
    intents: Vec<usize>,
    /// Its audiences that may bind it.
    audiences: Vec<AudienceId>,
    /// The other parties whose consent may be needed, as places among the parties.
    others: Vec<usize>,
    /// The sets of others whose consent suffices together with its own, and no smaller set's does; as places among the
    /// parties. One where everybody's is needed.
    coalitions: Vec<Vec<usize>>,
    /// `reads[other]`: the weights of each of the others, with the streams by which it misreads them.
    reads: Vec<Vec<(InputId, u64)>>,
    /// `pairs[other]`: the contexts of its own score beside those of each of the others.
    pairs: Vec<Arc<ContextPairs>>,
    intent: Streams,
}

/// What is known of an audience before any run.
#[derive(Debug)]
struct Voice {
    /// Place among the scores.
    score: usize,
    /// The party whose audience it is, as a place among the parties; `None` for that of another actor.
    party: Option<usize>,
    /// Whether some option needs its vote.
    votes: bool,
}

/// What runs on one thread reuse; a desk belongs to the [`Talks`] that first used it.
#[derive(Debug, Default)]
pub struct Desk {
    tables: WorldTables,
    misread: misread::Misread,
    gates: gates::Gates,
    hints: Vec<Hint>,
}

impl Desk {
    /// Fills the scores of a world.
    pub fn fill(&mut self, compiled: &Compiled, world: &World) {
        crate::space::effort::filled();
        compiled.at(world).space.fill(world, &mut self.tables);
    }

    /// The tables of the world of the last run.
    pub fn tables(&self) -> &WorldTables {
        &self.tables
    }
}

impl<'a> Talks<'a> {
    /// Makes the talks of a compiled negotiation ready.
    ///
    /// # Errors
    /// [`NoTalks`] if the scenario has none.
    pub fn of(compiled: &'a Compiled<'a>, settings: Drawing) -> Result<Self, NoTalks> {
        let n = compiled.n;
        let rules = n.talks.as_ref().ok_or(NoTalks)?;
        let mut events: Vec<usize> = (0..n.events.len()).collect();
        events.order_by_key(|e| &n.events[*e].id);
        let space = &compiled.modal().space;
        let refuses =
            |(k, intent): (usize, &Intent)| (!intent.refuses.is_empty()).then(|| compiled.modal().ruled_out(n, k));
        let mut tables = compiled.kept().tables();
        let normal = Quantity::normal(0.0, 1.0).expect("the standard normal exists").sampler(&mut tables);
        compiled.kept().keep(tables);
        let winning = winning(n, rules);
        let parties = parties(n, &winning, settings.seed, compiled.modal());
        let needed = (0..parties.len()).filter(|i| winning.iter().all(|set| set.contains(i))).collect();
        let stages = stage::Stages::of(n, !settings.without.contains(&Mechanism::Stages));
        Ok(Self {
            n,
            compiled,
            rules,
            pace: n.pace(),
            lanes: Lanes::detect(),
            chances: Chances::of(n, settings.seed, &parties, &events, &stages.beside),
            stages,
            believers: Believers::all(n, &parties),
            heeds_beliefs: belief::are_heeded(n),
            audiences: (0..n.audiences.len()).map(|a| Voice::of(n, AudienceId(a), &parties, space)).collect(),
            actors: parties.iter().map(|party| party.actor).collect(),
            parties,
            needed,
            events,
            misreading: Streams::new(settings.seed, "misreading"),
            ruled_out: n.intents.iter().enumerate().map(refuses).collect(),
            shifts: n.states.iter().any(|state| n.range(state.after) != (0.0, 0.0)),
            normal,
            head_rank: ranks(n, &space.layout.head),
            tail_rank: ranks(n, &space.layout.tail),
            settings,
        })
    }

    /// Plays one run; `record` is told every step.
    pub fn play(&self, drawn: &Drawn, desk: &mut Desk, record: Option<&mut dyn Recorder>) -> Run {
        self.fill(&drawn.world, desk);
        self.play_filled(drawn, desk, record)
    }

    /// Fills the scores of a world that talks may ask for: those of an audience that neither binds nor may have to vote are
    /// asked for of the deal alone.
    pub(crate) fn fill(&self, world: &World, desk: &mut Desk) {
        crate::space::effort::filled();
        self.compiled.at(world).space.fill_for(world, &mut desk.tables, |beholder| match beholder {
            Beholder::Leadership(_) => true,
            Beholder::Audience(a) => self.n.binds(world, a) || self.audiences[a.0].votes,
        });
    }

    /// The same on a desk on which the world of the run is filled, [for talks](Self::fill) or [whole](Desk::fill).
    pub(crate) fn play_filled(&self, drawn: &Drawn, desk: &mut Desk, record: Option<&mut dyn Recorder>) -> Run {
        self.begin(drawn, desk, record.map(|record| record as _)).run()
    }

    /// Plays one run and keeps every step: its transcript.
    pub fn trace(&self, drawn: &Drawn) -> (Run, Vec<Step>) {
        let mut steps = Vec::new();
        let run = self.play(drawn, &mut Desk::default(), Some(&mut steps));
        (run, steps)
    }

    /// A run on its way, in a world whose scores are filled.
    fn begin<'c>(&'c self, drawn: &'c Drawn, desk: &'c mut Desk, record: Option<&'c mut dyn Recorder>) -> Course<'c> {
        misread::begin(&self.parties, &mut desk.misread);
        Course::new(self, drawn, desk, record, None)
    }

    /// The streams by which the parties' intents are drawn, in the order of their identifiers: that of a run at position 0.
    pub fn intent_streams(&self) -> impl Iterator<Item = &Streams> {
        self.parties.iter().map(|party| &party.intent)
    }

    /// Place of an actor among the parties.
    fn party(&self, actor: ActorId) -> Option<usize> {
        self.parties.iter().position(|party| party.actor == actor)
    }

    /// The span of the score of a party's leadership, in units.
    fn span(&self, i: usize) -> f64 {
        self.compiled.spans.0[self.parties[i].score] as f64
    }

    /// The number of a package when issues and options are sorted by identifier: by it, ties are broken.
    fn rank(&self, (head, tail): Place) -> u64 {
        self.head_rank[head] + self.tail_rank[tail]
    }

    /// Whether an intent lets fewer packages through than are allowed and available.
    fn narrows(&self, intent: usize) -> bool {
        self.ruled_out[intent].is_some() || !self.n.intents[intent].requires.terms.is_empty()
    }

    /// The intent of a party at a uniform draw: by the priors of a world, or as the game of its account has it.
    fn intent_at(&self, party: &Party, drawn: &Drawn, u: f64) -> usize {
        let played = self.n.played.as_ref().map(|played| &played.chances[drawn.reading.unwrap_or(0)]);
        let prior = |i: &usize| drawn.world.value(self.n.intents[*i].prior);
        let weight = |i: &usize| played.and_then(|chances| chances[*i]).unwrap_or_else(|| prior(i));
        let priors: Vec<f64> = party.intents.iter().map(weight).collect();
        party.intents[pick(&priors, u).unwrap_or(0)]
    }

    fn has(&self, mechanism: Mechanism) -> bool {
        !self.settings.without.contains(&mechanism)
    }
}

impl Voice {
    fn of(n: &Negotiation, audience: AudienceId, parties: &[Party], space: &Space) -> Self {
        let mut options = n.space.issues.iter().flat_map(|k| &k.options);
        Self {
            score: score(space, Beholder::Audience(audience)),
            party: parties.iter().position(|party| party.actor == n.audience(audience).of),
            votes: options.any(|o| o.ratified_by.contains(&audience)),
        }
    }
}

fn score(space: &Space, of: Beholder) -> usize {
    space.score_of(of).expect("every party and every audience has a score")
}

/// Those who negotiate, in the order of their identifiers.
fn by_name(n: &Negotiation) -> Vec<ActorId> {
    n.parties().ordered_by_key(|i| &n.actor(*i).id).collect()
}

/// The minimal winning coalitions, each as places among the parties.
fn winning(n: &Negotiation, rules: &Rules) -> Vec<Vec<usize>> {
    let actors = by_name(n);
    let place_of = |i: &ActorId| actors.iter().position(|actor| actor == i).expect("they are parties");
    rules.agree.minimal(&actors).iter().map(|set| set.iter().map(place_of).collect()).collect()
}

/// The parties in the order of their identifiers.
fn parties(n: &Negotiation, winning: &[Vec<usize>], seed: u64, state: &State) -> Vec<Party> {
    let actors = by_name(n);
    let party = |(place, actor): (usize, &ActorId)| {
        let id = &n.actor(*actor).id;
        let mut intents: Vec<usize> = n.intents_of(*actor).collect();
        intents.order_by_key(|i| &n.intents[*i].id);
        let coalitions = coalitions(place, winning, actors.len());
        let consenting: Vec<usize> = coalitions.iter().flatten().copied().sorted_unstable().dedup().collect();
        let leader = |i: ActorId| score(&state.space, Beholder::Leadership(i));
        let pair = |o: &usize| state.pairs(leader(*actor), leader(actors[*o]));
        Party {
            actor: *actor,
            score: leader(*actor),
            intents,
            audiences: n.audiences_of(*actor).collect(),
            reads: consenting.iter().map(|o| reads(n, *actor, actors[*o])).collect(),
            pairs: consenting.iter().map(pair).collect(),
            others: consenting,
            coalitions,
            intent: Streams::new(seed, &format!("intents/{id}")),
        }
    };
    actors.iter().enumerate().map(party).collect()
}

/// The sets of others that a party may win with: of the minimal winning coalitions those that it is in, without itself; all
/// of them where none needs it; everybody else where that is nobody.
fn coalitions(place: usize, winning: &[Vec<usize>], parties: usize) -> Vec<Vec<usize>> {
    let mine = winning.iter().any(|set| set.contains(&place));
    let own = winning.iter().filter(|set| !mine || set.contains(&place));
    let without = own.map(|set| set.iter().copied().filter(|i| *i != place).collect::<Vec<_>>());
    let sets: Vec<Vec<usize>> = without.filter(|set| !set.is_empty()).collect();
    if sets.is_empty() { vec![(0..parties).filter(|i| *i != place).collect()] } else { sets }
}

/// The weights of another party's issues, each with the stream by which a party misreads it.
fn reads(n: &Negotiation, by: ActorId, of: ActorId) -> Vec<(InputId, u64)> {
    let stream = |k: usize| format!("{}/{}/{}", n.actor(by).id, n.actor(of).id, n.space.issues[k].id);
    let views = n.actor(of).views.iter().enumerate();
    views.filter_map(|(k, view)| Some((view.as_ref()?.weight, Streams::stream(&stream(k))))).collect()
}

/// The part of a package's number that some issues make, when issues and options are sorted by identifier: one for every
/// combination of their options, the last issue fastest.
fn ranks(n: &Negotiation, issues: &[IssueId]) -> Vec<u64> {
    let order = |ids: Vec<&String>| {
        let mut order: Vec<usize> = (0..ids.len()).collect();
        order.order_by_key(|i| ids[*i]);
        order
    };
    let by_name = order(n.space.issues.iter().map(|k| &k.id).collect());
    let radix = n.space.radix();
    let mut sums = vec![0_u64];
    for k in issues {
        let later = by_name.iter().skip_while(|i| **i != k.0).skip(1);
        let stride: u64 = later.map(|i| radix[*i] as u64).product();
        let mut rank = vec![0_u64; radix[k.0]];
        let sorted = order(n.space.issues[k.0].options.iter().map(|o| &o.id).collect());
        sorted.iter().enumerate().for_each(|(r, o)| rank[*o] = r as u64);
        sums = sums.iter().flat_map(|sum| rank.iter().map(move |r| sum + r * stride)).collect();
    }
    sums
}
