//! The course of one run: how things stand, and the order in which a round goes.

use std::sync::Arc;

use super::belief::Beliefs;
use super::chance::Chances;
use super::ending::{Block, Cause, Ending, Run};
use super::mediator::Mediation;
use super::side::{Delegation, Hint};
use super::stage::Agenda;
use super::step::{Recorder, What};
use super::{Desk, Mechanism, Talks};
use crate::engine::{Drawn, Luck};
use crate::model::{ActorId, AudienceId, Circumstance, Condition, IssueId, Moment, OptionId, Scores, World};
use crate::space::{Exclusion, Gate, Place, Space, Tables, Test, WorldTables};

/// One run on its way.
pub(super) struct Course<'c> {
    pub talks: &'c Talks<'c>,
    pub drawn: &'c Drawn,
    pub world: &'c World,
    pub space: &'c Space,
    pub tables: &'c WorldTables,
    /// Scores without red lines, `papers[party]`.
    pub papers: &'c [Tables],
    /// `misread[party][other]`: scores of the others as a party reads them.
    pub misread: &'c [WorldTables],
    pub hints: &'c mut [Hint],
    /// Whoever hears what happens.
    pub record: Option<&'c mut dyn Recorder>,
    pub scores: Scores<'c>,
    /// The packages that are allowed and available.
    pub gate: Arc<Gate>,
    /// `sides[party]`.
    pub sides: Vec<Delegation>,
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
    pub luck: Chances<Luck>,
    pub beliefs: Beliefs,
    /// Deals that were not ratified.
    pub lost_ballots: u32,
    pub blocked: Block,
}

/// What ends a run.
pub(super) enum Finish {
    /// A deal holds.
    Deal(Place),
    /// A deal was not ratified for the last time.
    Unratified(Place),
    NoResult,
    Collapse(Cause),
    MediatorLeft,
    Imposed(ActorId),
}

impl<'c> Course<'c> {
    /// A run in a world whose scores are filled on the desk, before its first round.
    pub fn new(
        talks: &'c Talks<'c>,
        drawn: &'c Drawn,
        desk: &'c mut Desk,
        record: Option<&'c mut dyn Recorder>,
    ) -> Self {
        let (n, world) = (talks.n, &drawn.world);
        let space = &talks.compiled.at(world).space;
        let Desk { tables, papers, misread, hints } = desk;
        hints.resize(talks.parties.len() * n.intents.len(), Hint::default());
        let mut course = Self {
            talks,
            drawn,
            world,
            space,
            tables,
            papers,
            misread,
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
            luck: talks.chances.of_run(drawn.run),
            beliefs: Beliefs::new(n, &talks.parties, &talks.believers, world),
            lost_ballots: 0,
            blocked: Block::NoOffer,
        };
        for party in &talks.parties {
            let side = course.side(party);
            let intent = side.intent;
            course.sides.push(side);
            course.tell(|| What::Intends(party.actor, intent));
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
            if let Some(finish) = self.one_round() {
                return self.close(finish);
            }
        }
        self.close(Finish::NoResult)
    }

    /// One round in its fixed order; what ends the run, if something does.
    fn one_round(&mut self) -> Option<Finish> {
        self.escalations = 0;
        self.move_states();
        self.happen();
        self.may_resume();
        self.settle_beside();
        self.escalate();
        if let Some(record) = &mut self.record {
            record.stand(self.round, &self.states);
        }
        let early = self.decided().map(Finish::Imposed);
        let early = early.or_else(|| self.impatient().map(Finish::Collapse));
        let early = early.or_else(|| self.mediate()).or_else(|| self.sign_what_is_due());
        if early.is_some() {
            return early;
        }
        let stage = self.agenda.at;
        for at in 0..self.order.len() {
            if self.agenda.draft.is_some() || self.agenda.at != stage {
                break;
            }
            if let Some(finish) = self.take_turn(self.order[at]) {
                return Some(finish);
            }
        }
        self.learn();
        self.breaks_down().then_some(Finish::Collapse(Cause::Hazard))
    }

    fn impatient(&mut self) -> Option<Cause> {
        let leaves = self.order.iter().copied().find(|i| self.sides[*i].stance().is_over(self.round));
        self.sees_patience(leaves);
        leaves.map(|i| Cause::Patience(self.talks.parties[i].actor))
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
    fn close(mut self, finish: Finish) -> Run {
        self.learn();
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
            Finish::NoResult if run.signed.is_empty() => {}
            Finish::NoResult => run.ending = Ending::InterimOnly,
            Finish::MediatorLeft => run.ending = Ending::MediatorLeft,
            Finish::Collapse(cause) => (run.ending, run.cause) = (Ending::Collapse, Some(cause)),
            Finish::Imposed(by) => (run.ending, run.imposed_by) = (Ending::Imposed, Some(by)),
            Finish::Unratified((head, tail)) => {
                (run.ending, run.package) = (Ending::Unratified, Some(self.space.package(self.talks.n, head, tail)));
            }
            Finish::Deal(place) => {
                // What it brought is measured against no deal as it was until then.
                self.judge(place, &mut run);
                self.falls_silent();
            }
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

    /// The test that a score reaches a line, in units.
    pub fn test(&self, score: usize, line: i64) -> Test<'c> {
        Test::new(&self.space.plans[score], &self.tables[score], line)
    }

    /// What a package is worth to a leadership, in units; `None` if it crosses a red line of it.
    pub fn utility(&self, i: usize, (head, tail): Place) -> Option<i64> {
        self.space.score(self.tables, self.talks.parties[i].score, head, tail)
    }

    /// The packages that rules let through, are available, keep what is settled, and have all that is wanted.
    pub fn gate_for(&self, rules: &Exclusion, wanted: &[&Condition]) -> Gate {
        let keep = |k: IssueId, o: OptionId| {
            let named = wanted.iter().flat_map(|it| &it.terms).all(|(issue, set)| *issue != k || set.contains(o));
            let settled = self.agenda.settled[k.0].is_none_or(|it| it == o);
            named && settled && self.scores.granted(self.world, k, o)
        };
        self.space.gate_behind(rules, &keep)
    }

    /// What an intent or the rules exclude.
    pub fn rules_of(&self, intent: usize) -> &Exclusion {
        self.talks.ruled_out[intent].as_ref().unwrap_or(&self.space.rules)
    }

    /// The packages that an intent lets through, if it is narrower than what is allowed and available.
    pub fn gate_of(&self, intent: usize) -> Option<Gate> {
        let narrows = self.talks.narrows(intent);
        narrows.then(|| self.gate_for(self.rules_of(intent), &[&self.talks.n.intents[intent].requires]))
    }

    /// The packages open to a side.
    pub fn open_to(&self, i: usize) -> &Gate {
        self.sides[i].gate.as_ref().unwrap_or(&self.gate)
    }

    /// The defeat line of an audience now, in units, raised further by some points.
    pub fn line(&self, a: AudienceId, by: f64) -> Option<i64> {
        let side = self.talks.audiences[a.0].party.and_then(|party| self.sides.get(party));
        let tied = if side.is_some_and(|side| side.tied) {
            self.world.value(self.talks.n.audience(a).tied_hands)
        } else {
            0.0
        };
        self.scores.defeat_line_at(self.world, a, self.round, &self.states, self.raised[a.0] + tied + by)
    }

    /// What a package is worth to an audience, in units; `None` if it crosses a red line of it.
    pub fn felt(&self, a: AudienceId, (head, tail): Place) -> Option<i64> {
        self.space.score(self.tables, self.talks.audiences[a.0].score, head, tail)
    }

    /// Whether the verdict of an audience binds its actor in this world.
    pub fn binds(&self, a: AudienceId) -> bool {
        self.talks.settings.defeat.counts_audiences() && self.talks.n.binds(self.world, a)
    }
}
