//! The course of one run: how things stand, and the order in which a round goes.

use std::cell::RefCell;
use std::sync::Arc;

use super::ballot::Home;
use super::belief::Beliefs;
use super::chance::Chances;
use super::ending::{Block, Cause, Ending, Run};
use super::fallback::Fallback;
use super::gates::Gates;
use super::mediator::Mediation;
use super::proposal::Proposal;
use super::reckoning::Script;
use super::seating::Seating;
use super::side::{Delegation, Hint};
use super::stage::Agenda;
use super::step::{Recorder, What};
use super::{Desk, Mechanism, Talks};
use crate::engine::{Drawn, Luck};
use crate::model::{ActorId, AudienceId, Circumstance, Moment, Scores, Standing, Turns, World, rate_of};
use crate::space::{Gate, LazyTables, Place, Space, Test, WorldTables};

/// One run on its way.
pub(super) struct Course<'c> {
    pub talks: &'c Talks<'c>,
    pub drawn: &'c Drawn,
    pub world: &'c World,
    pub space: &'c Space,
    pub tables: &'c WorldTables,
    pub misread: &'c [Vec<LazyTables>],
    pub gates: &'c Gates,
    pub hints: &'c mut [Hint],
    /// Whoever hears what happens.
    pub record: Option<&'c mut dyn Recorder>,
    /// Whose decisions are taken outside, and what they were so far.
    pub seating: Option<Seating<'c>>,
    pub scores: Scores<'c>,
    /// The packages that are allowed and available.
    pub gate: Arc<Gate>,
    /// `sides[party]`.
    pub sides: Vec<Delegation>,
    /// Who moves first, second, … in this round, as places among the parties.
    pub order: Vec<usize>,
    /// What sides that reckon have worked out.
    pub script: Option<Script>,
    /// Who alone moves in this round, where only one does.
    pub alone: Option<usize>,
    /// What that is drawn by in this round, `draws[party]`.
    draws: Vec<f64>,
    pub round: u32,
    pub conflict: bool,
    /// Whether there ever was a conflict.
    pub fought: bool,
    /// For how long it has gone on without a deal, in units of time.
    pub gone_on: f64,
    /// Whether it has ended by itself.
    pub ran_out: bool,
    /// Rounds that are over: what they cost is charged.
    pub charged: u32,
    /// What going on has cost each party so far, `paid[party]`, in points as of the start.
    pub paid: Vec<f64>,
    /// When the talks end for all to see, in units of time; infinite without a deadline.
    pub deadline: f64,
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
    /// What is hidden of each audience, and believed of it, `homes[audience]`.
    pub homes: Vec<Home>,
    /// What events added to defeat lines, `raised[audience]`, in points.
    pub raised: Vec<f64>,
    /// The rates of mishaps, and those at which a standing ultimatum and an escalation break talks down.
    pub breaks: [f64; 3],
    /// Escalations of this round.
    pub escalations: u32,
    pub luck: Chances<Luck>,
    pub beliefs: Beliefs,
    /// Deals that were not ratified.
    pub lost_ballots: u32,
    pub blocked: Block,
    /// What no deal was worth when last asked, `fallbacks[party]`.
    pub fallbacks: Vec<RefCell<Fallback>>,
    /// The round after which what it would pay is noted; 0: none is.
    pub glances_at: u32,
    /// What it would have paid then.
    pub glanced: Option<Vec<(ActorId, f64)>>,
}

/// What ends a run.
pub(super) enum Finish {
    /// A deal is signed and ratified.
    Deal(Place),
    /// A deal was not ratified for the last time.
    Unratified(Place),
    NoDeal(Cause),
    Imposed(ActorId),
}

impl<'c> Course<'c> {
    /// A run in a world whose scores are filled on the desk, before its first round.
    pub fn new(
        talks: &'c Talks<'c>,
        drawn: &'c Drawn,
        desk: &'c mut Desk,
        record: Option<&'c mut dyn Recorder>,
        seating: Option<Seating<'c>>,
    ) -> Self {
        let (n, world) = (talks.n, &drawn.world);
        let space = &talks.compiled.at(world).space;
        let Desk { tables, misread, gates, hints } = desk;
        hints.resize(talks.parties.len() * n.intents.len(), Hint::default());
        let mut course = Self {
            talks,
            drawn,
            world,
            space,
            tables,
            misread,
            gates,
            hints,
            record,
            seating,
            scores: Scores::new(n, space.scale),
            gate: talks.compiled.available(world),
            sides: Vec::with_capacity(talks.parties.len()),
            order: (0..talks.parties.len()).collect(),
            script: None,
            alone: None,
            draws: Vec::new(),
            round: 0,
            conflict: talks.rules.conflict,
            fought: talks.rules.conflict,
            gone_on: 0.0,
            ran_out: false,
            charged: 0,
            paid: vec![0.0; talks.parties.len()],
            deadline: talks.rules.deadline.map_or(f64::INFINITY, |deadline| world.value(deadline)),
            states: n.states.iter().map(|s| world.value(s.start)).collect(),
            successes: vec![0; n.actors.len()],
            pressed_until: vec![0; n.actors.len()],
            owed: Vec::new(),
            agenda: Agenda { settled: vec![None; n.space.issues.len()], ..Agenda::default() },
            mediation: None,
            homes: Vec::new(),
            raised: vec![0.0; n.audiences.len()],
            breaks: [talks.rules.mishap, talks.rules.per_ultimatum, talks.rules.per_escalation]
                .map(|chance| rate_of(world.value(chance))),
            escalations: 0,
            luck: talks.chances.of_run(drawn.run),
            beliefs: Beliefs::new(n, &talks.parties, &talks.believers, world),
            lost_ballots: 0,
            blocked: Block::NoOffer,
            fallbacks: vec![RefCell::default(); talks.parties.len()],
            glances_at: 0,
            glanced: None,
        };
        course.homes();
        for party in &talks.parties {
            let side = course.side(party);
            let intent = side.intent;
            course.sides.push(side);
            course.tell(|| What::Intends(party.actor, intent));
        }
        course.mediation = course.mediation();
        course.opening_balance();
        course.hope();
        course.script = course.script();
        course.open_stage();
        course
    }

    /// Plays to the end.
    pub fn run(mut self) -> Run {
        let finish = self.rounds();
        self.close(finish)
    }

    /// Round after round, to what ends the run.
    pub fn rounds(&mut self) -> Finish {
        for round in 1..=self.talks.n.horizon {
            if self.is_too_late(round) {
                return Finish::NoDeal(Cause::Deadline);
            }
            self.round = round;
            self.opens();
            if let Some(finish) = self.goes() {
                return finish;
            }
            self.glance();
        }
        let late = self.is_too_late(self.talks.n.horizon + 1);
        Finish::NoDeal(if late { Cause::Deadline } else { Cause::StillTalking })
    }

    /// The first part of a round, before anybody does anything.
    pub fn opens(&mut self) {
        self.escalations = 0;
        self.draw_order();
        self.move_states();
        self.happen();
        self.may_resume();
        self.settle_beside();
    }

    /// The rest of a round, in its fixed order; what ends the run, if something does.
    pub fn goes(&mut self) -> Option<Finish> {
        self.escalate();
        if let Some(record) = &mut self.record {
            record.stand(self.round, &self.states);
        }
        let early = self.decided().map(Finish::Imposed);
        let early = early.or_else(|| self.leave());
        let early = early.or_else(|| self.mediate()).or_else(|| self.sign_what_is_due());
        if early.is_some() {
            return early;
        }
        let stage = self.agenda.at;
        for at in 0..self.order.len() {
            if self.agenda.draft.is_some() || self.agenda.at != stage {
                break;
            }
            let i = self.order[at];
            if self.sides[i].gone || !self.has_turn(i) {
                continue;
            }
            if let Some(finish) = self.take_turn(i) {
                return Some(finish);
            }
        }
        self.learn();
        let cause = self.breaks_down();
        self.goes_on();
        let cause = cause.or_else(|| self.ran_out.then_some(Cause::RanOut));
        cause.map(Finish::NoDeal)
    }

    /// Whether a round would end after the public deadline.
    pub fn is_too_late(&self, round: u32) -> bool {
        // A date and a sum of rounds may differ in their last digits.
        self.talks.pace.time(round) > self.deadline + 1e-9
    }

    /// Who goes first in this round: as the rules say, else by a draw of each party; whoever drafts first at this stage
    /// goes before all others.
    fn draw_order(&mut self) {
        let parties = &self.talks.parties;
        if let Turns::InOrder(written) = &self.talks.rules.turns {
            self.order.sort_by_key(|p| written.iter().position(|i| *i == parties[*p].actor));
        } else {
            let round = u64::from(self.round);
            let Self { order, draws, luck, .. } = &mut *self;
            draws.clear();
            draws.extend(luck.order.iter_mut().map(|luck| luck.at(round)));
            order.sort_by(|a, b| draws[*a].total_cmp(&draws[*b]).then(a.cmp(b)));
        }
        self.alone = self.alone_now();
        let first = self.stage().and_then(|s| self.talks.n.stage(s).first_draft);
        if let Some(first) = first.and_then(|who| self.talks.party(who)) {
            self.order.sort_by_key(|i| *i != first);
        }
    }

    /// The present round is over: what went on in it is charged, and learned from.
    pub fn passes(&mut self) {
        if self.charged < self.round && self.is_on() {
            self.gone_on += self.talks.pace.step();
        }
        self.charged = self.round;
    }

    /// The round is over: it has gone on without a deal, or not, and may end by itself.
    fn goes_on(&mut self) {
        let (pace, on) = (self.talks.pace, &self.talks.n.going_on);
        let now = self.now();
        self.passes();
        if !self.is_on() {
            return;
        }
        self.charge();
        if !self.talks.has(Mechanism::RunningOut) || !on.is_known() {
            return;
        }
        let chance = on.ends_by(self.world, now, pace.step());
        self.ran_out = chance >= 1.0 || self.luck.ends.at(u64::from(self.round)) < chance;
        if self.ran_out {
            // It ended within the round, and what drifted after that did not happen.
            let expected = on.expected_in(self.world, pace.time(self.round - 1), pace.step());
            let lasted = (expected - (1.0 - chance) * pace.step()) / chance;
            self.drift_back(pace.step() - lasted);
            self.conflict = false;
            self.tell(|| What::RunsOut);
        }
    }

    /// Whether it goes on now what goes on without a deal: the conflict or, where there is none, whatever it is.
    pub fn is_on(&self) -> bool {
        !self.ran_out && (self.conflict || !self.talks.rules.conflict)
    }

    /// The time at which moves are made, in units from the start: when the round begins, with as much of going on paid and
    /// survived as lies before it. So what is asked for, what it costs to wait and what may end it keep one clock, however
    /// long a round is.
    pub fn moment(&self) -> f64 {
        self.talks.pace.time(self.round.saturating_sub(1))
    }

    /// The time, in units from the start.
    pub fn now(&self) -> f64 {
        self.talks.pace.time(self.round)
    }

    /// How things stand, as if it went on without a deal unless it has ended by itself.
    pub fn stands(&self) -> Standing<'_> {
        Standing {
            states: &self.states,
            time: self.now(),
            charged: self.talks.pace.time(self.charged),
            fought: self.gone_on,
            goes_on: !self.ran_out,
            conflict: self.conflict,
        }
    }

    /// The account of the run.
    pub fn close(mut self, finish: Finish) -> Run {
        self.make_up_minds();
        let mut run = Run {
            run: self.drawn.run,
            reading: self.drawn.reading,
            rounds: self.round,
            intents: self.sides.iter().map(|side| side.intent).collect(),
            blocked: Some(self.blocked),
            signed: std::mem::take(&mut self.agenda.signed),
            pressed: self.pressed(),
            beliefs: self.final_beliefs(),
            ..Run::default()
        };
        match finish {
            Finish::NoDeal(cause) => run.cause = Some(cause),
            Finish::Imposed(by) => (run.ending, run.imposed_by) = (Ending::Imposed, Some(by)),
            Finish::Unratified((head, tail)) => {
                (run.ending, run.package) = (Ending::Unratified, Some(self.space.package(self.talks.n, head, tail)));
            }
            Finish::Deal(place) => {
                // What it brought is measured against no deal as it was until then.
                self.judge(place, &mut run);
                run.payoffs = self.paid_by_a_deal(&run);
                self.falls_silent();
            }
        }
        if run.payoffs.is_empty() {
            run.payoffs = self.paid_without(run.imposed_by.is_some());
        }
        if let Some(outlook) = &run.outlook {
            self.tell(|| What::Lasts(Box::new(outlook.clone())));
        }
        self.tell(|| What::Ends(Box::new(run.clone())));
        run
    }

    /// Tells whoever hears it what happened; it is made for nobody else.
    pub fn tell(&mut self, what: impl FnOnce() -> What) {
        if let Some(record) = &mut self.record {
            record.record(self.round, what());
        }
    }

    pub fn holds(&self, during: &Circumstance) -> bool {
        self.holds_if(during, self.deadline, None)
    }

    /// Whether a circumstance holds for a party with one of its intents: by its own deadline and by what it believes.
    pub fn holds_for(&self, i: usize, at: usize, during: &Circumstance) -> bool {
        let believed = |intent: usize| self.weight_of(i, intent);
        self.holds_if(during, self.deadline_under(i, at), Some(&believed))
    }

    fn holds_if(&self, during: &Circumstance, deadline: f64, believed: Option<&dyn Fn(usize) -> f64>) -> bool {
        let now = Moment {
            believed,
            round: self.round,
            pace: self.talks.pace,
            deadline,
            conflict: self.conflict,
            states: &self.states,
            successes: &self.successes,
            pressed_until: &self.pressed_until,
        };
        during.holds(self.world, &now)
    }

    /// The test that a score reaches a line, in units.
    pub fn test(&self, score: usize, line: i64) -> Test<'c> {
        Test::new(&self.space.plans[score], &self.tables[score], line)
    }

    /// What a package is worth to a leadership, in units; `None` if it crosses a red line of it.
    pub fn utility(&self, i: usize, (head, tail): Place) -> Option<i64> {
        self.space.score(self.tables, self.talks.parties[i].score, head, tail)
    }

    /// The packages open to a side.
    pub fn open_to(&self, i: usize) -> &Gate {
        self.sides[i].gate.as_deref().unwrap_or(&self.gate)
    }

    /// The defeat line of an audience now, in units, raised further by some points.
    pub fn line(&self, a: AudienceId, by: f64) -> Option<i64> {
        let side = self.talks.audiences[a.0].party.and_then(|party| self.sides.get(party));
        let tied = if side.is_some_and(|side| side.tied) {
            self.world.value(self.talks.n.audience(a).tied_hands)
        } else {
            0.0
        };
        self.scores.defeat_line_at(self.world, a, &self.stands(), self.raised[a.0] + tied + by)
    }

    /// What a package is worth to an audience that binds or may have to vote, in units; `None` if it crosses a red line of it.
    pub fn felt(&self, a: AudienceId, (head, tail): Place) -> Option<i64> {
        self.space.score(self.tables, self.talks.audiences[a.0].score, head, tail)
    }

    /// The same of any audience in truth, with what is hidden of it.
    pub fn truly_felt(&self, a: AudienceId, place: Place) -> Option<i64> {
        let (plan, package) = (&self.space.plans[self.talks.audiences[a.0].score], self.package(Proposal::Deal(place)));
        let felt = plan.score_alone(self.world, self.space.scale, &package, place);
        felt.map(|score| score + self.space.scale.units(self.homes[a.0].shift))
    }

    /// Whether the verdict of an audience binds its actor in this world.
    pub fn binds(&self, a: AudienceId) -> bool {
        self.talks.settings.defeat.counts_audiences() && self.talks.n.binds(self.world, a)
    }
}
