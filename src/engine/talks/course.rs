//! The course of one run: how things stand, and the order in which a round goes.

use std::sync::Arc;

use super::belief::Beliefs;
use super::ending::{Block, Cause, Ending, Run};
use super::mediator::Mediation;
use super::side::{Hint, Side};
use super::stage::Agenda;
use super::step::{Recorder, What};
use super::{Mechanism, Party, Talks, once};
use crate::engine::{Drawn, Luck};
use crate::model::{ActorId, AudienceId, Circumstance, Intent, Moment, Move, Scores, World};
use crate::space::{Gate, Space, Tables, WorldTables};

/// Head and tail of a package.
pub(super) type Place = (usize, usize);

/// One run on its way.
pub(super) struct Course<'c, R> {
    pub talks: &'c Talks<'c>,
    pub drawn: &'c Drawn,
    pub world: &'c World,
    pub space: &'c Space,
    pub tables: &'c WorldTables,
    pub papers: &'c [Tables],
    pub misread: &'c [WorldTables],
    pub hints: &'c mut [Hint],
    pub record: &'c mut R,
    pub scores: Scores<'c>,
    /// The packages that are allowed and available.
    pub gate: Arc<Gate>,
    /// `sides[party]`.
    pub sides: Vec<Side>,
    /// Who moves first, second, …, as places among the parties.
    pub order: Vec<usize>,
    pub round: u32,
    pub conflict: bool,
    /// Whether there ever was a conflict.
    pub fought: bool,
    /// True values, `states[state]`.
    pub states: Vec<f64>,
    /// The last round in which each actor had a success.
    pub successes: Vec<u32>,
    /// The last round in which each actor is pressed by the mediator.
    pub pressed_until: Vec<u32>,
    /// Favours owed, `owed[account]`; empty without a ledger.
    pub owed: Vec<f64>,
    pub agenda: Agenda,
    pub mediation: Option<Mediation<'c>>,
    /// What events added to defeat lines, `raised[audience]`, in points.
    pub raised: Vec<f64>,
    /// Escalations of this round.
    pub escalations: u32,
    pub luck: CourseLuck,
    pub beliefs: Beliefs,
    /// Deals that were not ratified.
    pub lost_ballots: u32,
    pub blocked: Block,
}

/// The streams of a run that belong to no party.
pub(super) struct CourseLuck {
    pub states: Vec<Luck>,
    /// In the order of the events' identifiers.
    pub events: Vec<Luck>,
    pub collapse: Luck,
    pub resumes: Luck,
    /// In the order of the identifiers of the stages beside the others.
    pub beside: Vec<Luck>,
}

/// The tables of a run's world.
pub(super) struct Filled<'c> {
    pub tables: &'c WorldTables,
    pub papers: &'c [Tables],
    pub misread: &'c [WorldTables],
}

/// The end of a run.
pub(super) enum End {
    /// A deal holds.
    Deal(Place),
    /// A deal was not ratified for the last time.
    Unratified(Place),
    NoResult,
    Collapse(Cause),
    MediatorLeft,
    Imposed(ActorId),
}

impl<'c, R: Recorder> Course<'c, R> {
    pub fn new(
        talks: &'c Talks<'c>,
        drawn: &'c Drawn,
        filled: Filled<'c>,
        hints: &'c mut [Hint],
        record: &'c mut R,
    ) -> Self {
        let (n, world, run) = (talks.n, &drawn.world, drawn.run);
        let space = &talks.compiled.at(world).space;
        let luck = CourseLuck {
            states: talks.states.iter().map(|s| s.of_run(run)).collect(),
            events: talks.events.iter().map(|(_, s)| s.of_run(run)).collect(),
            collapse: talks.collapse.of_run(run),
            resumes: talks.resumes.of_run(run),
            beside: talks.beside.iter().map(|s| s.of_run(run)).collect(),
        };
        let mut course = Self {
            talks,
            drawn,
            world,
            space,
            tables: filled.tables,
            papers: filled.papers,
            misread: filled.misread,
            hints,
            record,
            scores: Scores::new(n, space.scale),
            gate: talks.compiled.available(world),
            sides: Vec::with_capacity(talks.parties.len()),
            order: Vec::new(),
            round: 0,
            conflict: talks.rules.conflict,
            fought: talks.rules.conflict,
            states: n.states.iter().map(|s| world.value(s.start)).collect(),
            successes: vec![0; n.actors.len()],
            pressed_until: vec![0; n.actors.len()],
            owed: Vec::new(),
            agenda: Agenda { settled: vec![None; n.space.issues.len()], ..Agenda::default() },
            mediation: None,
            raised: vec![0.0; n.audiences.len()],
            escalations: 0,
            luck,
            beliefs: Beliefs::new(n, &talks.parties, &talks.observers, world, run),
            lost_ballots: 0,
            blocked: Block::NoOffer,
        };
        for party in &talks.parties {
            let side = course.side(party);
            course.sides.push(side);
        }
        for i in 0..course.sides.len() {
            let (of, place) = (talks.parties[i].actor, course.sides[i].intent);
            course.tell(|| What::Intends(of, place));
        }
        course.mediation = course.mediation();
        course.opening_balance();
        course.hope();
        course.open_stage();
        course
    }

    /// Plays to the end.
    pub fn run(mut self) -> Run {
        for round in 1..=self.talks.n.horizon {
            self.round = round;
            if let Some(end) = self.one_round() {
                return self.close(end);
            }
        }
        self.close(End::NoResult)
    }

    /// One round in its fixed order; the end, if it brings it.
    fn one_round(&mut self) -> Option<End> {
        self.escalations = 0;
        self.move_states();
        self.happen();
        self.may_resume();
        self.settle_beside();
        self.escalate();
        self.record.stand(self.round, &self.states);
        if let Some(by) = self.decided() {
            return Some(End::Imposed(by));
        }
        if let Some(cause) = self.impatient() {
            return Some(End::Collapse(cause));
        }
        if let Some(end) = self.mediate() {
            return Some(end);
        }
        if let Some(end) = self.sign_what_is_due() {
            return Some(end);
        }
        let stage = self.agenda.at;
        for at in 0..self.order.len() {
            if self.agenda.draft.is_some() || self.agenda.at != stage {
                break;
            }
            if let Some(end) = self.take_turn(self.order[at]) {
                return Some(end);
            }
        }
        self.learn();
        self.breaks_down().then_some(End::Collapse(Cause::Hazard))
    }

    fn impatient(&mut self) -> Option<Cause> {
        let leaves = self.order.iter().copied().find(|i| self.sides[*i].stance().is_over(self.round));
        self.sees_patience(leaves);
        leaves.map(|i| Cause::Patience(self.talks.parties[i].actor))
    }

    /// A party draws its move and makes it.
    fn take_turn(&mut self, i: usize) -> Option<End> {
        let (made, of) = (self.draw_move(i), self.talks.parties[i].actor);
        self.tell(|| What::Makes(of, made));
        self.sees_move(i, made);
        let conceded = self.comes_down(i, made);
        self.winds(i, made, conceded);
        self.owes_for(of, made);
        match made {
            Move::Token | Move::Talk | Move::Hold => None,
            Move::WalkOut => Some(End::Collapse(Cause::WalkOut(of))),
            Move::Offer | Move::Ultimatum => {
                let proposal = self.make_offer(i, made == Move::Ultimatum)?;
                self.put(Some(i), proposal)
            }
        }
    }

    /// The talks break down with a hazard that ultimatums and escalations raise.
    fn breaks_down(&mut self) -> bool {
        let (rules, world) = (self.talks.rules, self.world);
        let standing = self.sides.iter().filter(|side| side.ultimatum).count() as f64;
        let hazard = world.value(rules.collapse)
            + world.value(rules.per_ultimatum) * standing
            + world.value(rules.per_escalation) * f64::from(self.escalations);
        self.talks.has(Mechanism::Collapse) && self.luck.collapse.at(u64::from(self.round)) < hazard
    }

    /// The account of the run.
    fn close(mut self, end: End) -> Run {
        self.learn();
        let n = self.talks.n;
        let mut run = Run {
            run: self.drawn.run,
            reading: self.drawn.reading,
            ending: Ending::NoResult,
            rounds: self.round,
            intents: self.sides.iter().map(|side| side.intent).collect(),
            package: None,
            verdicts: Vec::new(),
            binding: Vec::new(),
            defeated: Vec::new(),
            gains: Vec::new(),
            points: Vec::new(),
            cause: None,
            imposed_by: None,
            blocked: Some(self.blocked),
            outlook: None,
            signed: std::mem::take(&mut self.agenda.signed),
            pressed: self.pressed(),
            beliefs: self.final_beliefs(),
        };
        match end {
            End::NoResult if run.signed.is_empty() => {}
            End::NoResult => run.ending = Ending::InterimOnly,
            End::MediatorLeft => run.ending = Ending::MediatorLeft,
            End::Collapse(cause) => (run.ending, run.cause) = (Ending::Collapse, Some(cause)),
            End::Imposed(by) => (run.ending, run.imposed_by) = (Ending::Imposed, Some(by)),
            End::Unratified(place) => {
                (run.ending, run.package) = (Ending::Unratified, Some(self.space.package(n, place.0, place.1)));
            }
            End::Deal(place) => {
                // What it brought is measured against no deal as it was until then.
                self.judge(place, &mut run);
                self.falls_silent();
            }
        }
        if let Some(outlook) = run.outlook.clone() {
            self.tell(|| What::Lasts(Box::new(outlook)));
        }
        let told = &run;
        self.tell(|| What::Ends(Box::new(told.clone())));
        run
    }

    pub fn tell(&mut self, what: impl FnOnce() -> What) {
        self.record.record(self.round, what);
    }

    pub fn intent(&self, i: usize) -> &'c Intent {
        &self.talks.n.intents[self.sides[i].intent]
    }

    pub fn holds(&self, during: &Circumstance) -> bool {
        let now = Moment {
            round: self.round,
            horizon: self.talks.n.horizon,
            conflict: self.conflict,
            states: &self.states,
            successes: &self.successes,
            pressed_until: &self.pressed_until,
        };
        during.holds(self.world, &now)
    }

    /// What no deal is worth to a party now, in units: what it expects, with what is settled so far; a little more while
    /// the contact itself is worth something, less while the mediator presses it.
    ///
    /// Where the talks began without a conflict, what is settled so far adds to what it expects. Where they began with
    /// one, papers have no force while it goes on; once it has ended, no deal is what is settled so far, with the rest as
    /// now and the chance r each round that it breaks out again:
    ///
    /// ```text
    /// W = (1 − ρ) · U(settled so far) + ρ · W(conflict),  ρ = 1 − (1 − r)^max(0, expects − t)
    /// ```
    ///
    /// What is settled beside the talks holds in any case. Source: assumption.
    pub fn no_deal(&self, i: usize) -> i64 {
        let actor = self.talks.parties[i].actor;
        let expected = self.scores.no_deal_at(self.world, actor, self.round, &self.states);
        let contact = self.world.value(self.talks.n.actor(actor).no_deal.contact);
        let points = contact - self.pressure_on(i);
        self.with_what_is_settled(i, expected) + self.space.scale.units(points)
    }

    /// The parties that the mediator is pressing.
    fn pressed(&self) -> Vec<ActorId> {
        let actors = self.talks.parties.iter().map(|p| p.actor);
        actors.filter(|i| self.round > 0 && self.pressed_until[i.0] >= self.round).collect()
    }

    /// Who mediates now, if anybody.
    pub fn mediator(&self) -> Option<ActorId> {
        self.talks.n.mediator.as_ref().filter(|_| self.mediation.is_some()).map(|it| it.actor)
    }

    /// The defeat line of an audience of a party now, in units.
    pub fn line(&self, i: usize, a: AudienceId) -> Option<i64> {
        self.line_raised(i, a, 0.0)
    }

    /// The same, raised further by some points.
    pub fn line_raised(&self, i: usize, a: AudienceId, by: f64) -> Option<i64> {
        let tied = if self.sides.get(i).is_some_and(|side| side.tied) {
            self.world.value(self.talks.n.audience(a).tied_hands)
        } else {
            0.0
        };
        self.scores.defeat_line_at(self.world, a, self.round, &self.states, self.raised[a.0] + tied + by)
    }

    /// Whether the verdict of an audience binds its actor in this world.
    pub fn binds(&self, a: AudienceId) -> bool {
        self.talks.settings.defeat.counts_audiences() && self.talks.n.binds(self.world, a)
    }
}

impl Talks<'_> {
    /// Whether an intent lets fewer packages through than are allowed and available.
    pub(super) fn narrows(&self, intent: usize) -> bool {
        self.ruled_out[intent].is_some() || !self.n.intents[intent].requires.terms.is_empty()
    }

    /// Who moves first, second, …: as the rules say, else by a draw of each party.
    pub(super) fn order(&self, run: u64) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.parties.len()).collect();
        if let Some(written) = &self.rules.order {
            order.sort_by_key(|p| written.iter().position(|i| *i == self.parties[*p].actor));
        } else {
            let draws: Vec<f64> = self.parties.iter().map(|p| once(&p.order, run)).collect();
            order.sort_by(|a, b| draws[*a].total_cmp(&draws[*b]));
        }
        order
    }

    /// The intent of a party at a uniform draw, by the priors of a world.
    pub(super) fn intent_at(&self, party: &Party, world: &World, u: f64) -> usize {
        let priors: Vec<f64> = party.intents.iter().map(|i| world.value(self.n.intents[*i].prior)).collect();
        party.intents[pick(&priors, u).unwrap_or(0)]
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
