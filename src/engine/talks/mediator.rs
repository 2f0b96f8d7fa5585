//! The mediator in a run: its clock, whom it presses, what it proposes.

use super::chance::pick;
use super::course::{Course, Finish};
use super::proposal::Proposal;
use super::seat::{Decision, Illegal, Question};
use super::step::What;
use super::{Cause, Mechanism};
use crate::model::{ActorId, Mediator, Move};
use crate::space::{Place, Search, Slack, Test, passing};

/// The mediator in one run.
pub(super) struct Mediation<'c> {
    it: &'c Mediator,
    /// Time left on its clock, in units; `None`: it never leaves.
    clock: Option<f64>,
}

impl<'c> Course<'c> {
    /// The mediator, if there is one and it is not switched off.
    pub fn mediation(&self) -> Option<Mediation<'c>> {
        let it = self.talks.n.mediator.as_ref().filter(|_| self.talks.has(Mechanism::Mediator))?;
        Some(Mediation { it, clock: it.patience.map(|rounds| self.world.value(rounds)) })
    }

    /// Who mediates now, if anybody.
    pub fn mediator(&self) -> Option<ActorId> {
        self.mediation.as_ref().map(|mediation| mediation.it.actor)
    }

    /// The mediator's part of a round: its clock runs, it leaves, presses a party, proposes.
    pub fn mediate(&mut self) -> Option<Finish> {
        let it = self.mediation.as_ref()?.it;
        if self.clock_has_run_down() && self.mediator_would_leave(it.actor) {
            self.mediation = None;
            self.tell(|| What::MediatorLeaves(it.actor));
            return self.talks.rules.needs_mediator.then_some(Finish::NoDeal(Cause::MediatorLeft));
        }
        self.press(it);
        if self.agenda.draft.is_some() { None } else { self.propose(it) }
    }

    /// One round less; whether more time has passed than it had patience for.
    fn clock_has_run_down(&mut self) -> bool {
        let step = self.talks.pace.step();
        let Some(clock) = self.mediation.as_mut().and_then(|m| m.clock.as_mut()) else { return false };
        *clock -= step;
        // Many small steps do not add up exactly.
        *clock < -1e-9
    }

    /// Whether a mediator whose patience is over leaves: it does, unless it is decided otherwise outside.
    fn mediator_would_leave(&mut self, it: ActorId) -> bool {
        let said = self.decision(it, |_| Question::Leaves, |_, said| said.leaves().ok_or(Illegal::NotAsked));
        self.decides(it, |_| Decision::Leaves(true));
        said.unwrap_or(true)
    }

    /// Presses one party, and is owed for it.
    fn press(&mut self, it: &Mediator) {
        let drawn = self.draw_whom(it);
        let said = self.decision(it.actor, |_| Question::Presses, Self::judge_pressed);
        let whom = drawn.map(|i| self.talks.parties[i].actor);
        self.decides(it.actor, |_| Decision::Presses(whom));
        let Some(i) = said.unwrap_or(drawn) else { return };
        let (of, lasts) = (self.talks.parties[i].actor, self.talks.pace.rounds(self.world.value(it.presses_for)));
        self.pressed_until[of.0] = (self.round + lasts).saturating_sub(1);
        self.tell(|| What::Presses { by: it.actor, of });
        self.owes_for_pressing(it.actor, of);
    }

    /// Whom a mediator presses, as a place among the parties: drawn by how likely it is in its eyes that each only obstructs,
    /// plus the tilt.
    fn draw_whom(&mut self, it: &Mediator) -> Option<usize> {
        let (round, presses) = (u64::from(self.round), self.talks.pace.chance(self.world.value(it.presses)));
        if presses <= 0.0 || self.luck.presses.at(round) >= presses {
            return None;
        }
        let u = self.luck.whom.at(round);
        let readiness: Vec<f64> = (0..self.sides.len()).map(|i| self.readiness_to_press(it, i)).collect();
        pick(&readiness, u)
    }

    /// Whom a mediator presses by a decision from outside.
    fn judge_pressed(&self, said: &Decision) -> Result<Option<usize>, Illegal> {
        let Decision::Presses(whom) = said else { return Err(Illegal::NotAsked) };
        let at_table = |of: ActorId| self.talks.party(of).filter(|i| !self.sides[*i].gone);
        whom.map(|of| at_table(of).ok_or(Illegal::NotAtTheTable(of))).transpose()
    }

    fn readiness_to_press(&self, it: &Mediator, i: usize) -> f64 {
        let of = self.talks.parties[i].actor;
        if self.sides[i].gone {
            return 0.0;
        }
        let tilt = it.tilt.iter().find(|(who, _)| *who == of).map_or(0.0, |(_, tilt)| self.world.value(*tilt));
        tilt + self.obstructs(it.actor, i)
    }

    /// Whether the mediator presses an actor now.
    fn is_pressed(&self, of: ActorId) -> bool {
        self.round > 0 && self.pressed_until[of.0] >= self.round
    }

    /// The parties that the mediator is pressing.
    pub fn pressed(&self) -> Vec<ActorId> {
        self.talks.parties.iter().map(|p| p.actor).filter(|of| self.is_pressed(*of)).collect()
    }

    /// Points that no deal loses for a party that is pressed.
    pub fn pressure_on(&self, i: usize) -> f64 {
        let pressure = self.talks.n.mediator.as_ref().map(|it| it.pressure);
        let pressed = |_: &_| self.is_pressed(self.talks.parties[i].actor);
        pressure.filter(pressed).map_or(0.0, |points| self.world.value(points))
    }

    /// Winds the clock by what a side has done, as far as the mediator believes in it.
    pub fn winds(&mut self, i: usize, made: Move, conceded: f64) {
        let Some(it) = self.mediation.as_ref().map(|mediation| mediation.it) else { return };
        let time = match made {
            Move::Token => self.world.value(it.relief.token),
            Move::Talk => self.world.value(it.relief.talk),
            Move::Offer | Move::Ultimatum => self.world.value(it.relief.concession) * conceded,
            Move::Hold | Move::WalkOut => 0.0,
        };
        if time > 0.0 {
            let believed = time * (1.0 - self.obstructs(it.actor, i));
            self.wind(believed);
        }
    }

    /// Winds the clock by a paper that is signed.
    pub fn takes_heart(&mut self) {
        if let Some(paper) = self.mediation.as_ref().map(|m| m.it.relief.paper) {
            self.wind(self.world.value(paper));
        }
    }

    fn wind(&mut self, time: f64) {
        let Some(Mediation { it, clock: Some(clock) }) = &mut self.mediation else { return };
        let Some(patience) = it.patience else { return };
        let before = *clock;
        *clock = (before + time).min(self.world.value(patience));
        let (by, left) = (it.actor, *clock);
        // Less than half a unit is nothing to speak of.
        if left - before >= 0.5 {
            self.tell(|| What::TakesHeart { by, left });
        }
    }

    /// The mediator puts a package of its own, or a paper, before all parties.
    fn propose(&mut self, it: &Mediator) -> Option<Finish> {
        let said = self.decision(it.actor, |_| Question::Proposes, Self::judge_text);
        let own = if said.is_none() { self.own_text(it) } else { None };
        self.decides(it.actor, |course| Decision::Proposes(own.map(|own| course.package(own))));
        let proposal = said.unwrap_or(own)?;
        let (stage, package) = (self.stage(), self.package(proposal));
        self.tell(|| What::Proposes { by: it.actor, stage, package });
        self.put(None, proposal)
    }

    /// The text that a mediator proposes in this round, if it does.
    fn own_text(&mut self, it: &Mediator) -> Option<Proposal> {
        let proposes = self.talks.pace.chance(self.world.value(it.proposes));
        if proposes <= 0.0 || self.luck.proposes.at(u64::from(self.round)) >= proposes {
            return None;
        }
        if self.at_last_stage() {
            self.fairest_package(it).map(Proposal::Deal)
        } else {
            self.fairest_paper(it).map(Proposal::Paper)
        }
    }

    /// The text that a mediator proposes by a decision from outside.
    fn judge_text(&self, said: &Decision) -> Result<Option<Proposal>, Illegal> {
        let Decision::Proposes(text) = said else { return Err(Illegal::NotAsked) };
        text.as_ref().map(|text| self.proposal_of(text).map_err(Illegal::Names)).transpose()
    }

    /// The parties that have not left.
    fn present(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.sides.len()).filter(|i| !self.sides[*i].gone)
    }

    /// Of the papers that the mediator accepts, the one with the greatest least gain of all parties at the table, or of those in a
    /// winning coalition; of several, the first by identifiers.
    fn fairest_paper(&self, it: &Mediator) -> Option<usize> {
        let all: Vec<usize> = self.present().collect();
        let papers = &self.agenda.papers;
        let accepted = |p: &usize| {
            let open = |k| !self.is_settled_here(k);
            it.accepts.terms.iter().all(|(k, set)| open(*k) || set.contains(papers[*p].package.option(*k)))
        };
        let of = |p: usize, actor: ActorId| {
            let own = all.iter().find(|i| self.talks.parties[**i].actor == actor);
            own.map_or(f64::NEG_INFINITY, |i| self.least_gain(p, &[*i]))
        };
        let gain = |p: &usize| match &self.space.coalitions {
            None => self.least_gain(*p, &all),
            Some(among) => among.value(|actor| of(*p, actor)),
        };
        (0..papers.len()).filter(accepted).rev().max_by(|p, q| gain(p).total_cmp(&gain(q)))
    }

    /// Of the packages that the mediator accepts and that all who bind a party at home bear, the one with the greatest
    /// least gain over no deal,
    ///
    /// ```text
    /// min over parties i of (U_i − W_i) / span_i
    /// ```
    ///
    /// as a share of each party's span; of several, the first by identifiers. The one-text procedure of Fisher and Ury (1981).
    /// Where some parties can be left out, i runs over a winning coalition of those present, the one with which this is greatest.
    fn fairest_package(&self, it: &Mediator) -> Option<Place> {
        let gate = self.gate_for(None, &[&it.accepts]);
        let gain = |i: usize| {
            let slack = self.gain_of(i);
            Slack { test: self.asked_of(i, slack.test), ..slack }
        };
        let slacks: Vec<Slack> = self.present().map(gain).collect();
        let tests = self.present().flat_map(|i| self.borne(i).map(move |test| self.asked_of(i, test)));
        let tests: Vec<Test> = tests.chain(self.kept_by_enough()).collect();
        let search = Search { lanes: self.talks.lanes, slacks, tests };
        let (gain, ..) = search.greatest(&gate, f64::NEG_INFINITY)?;
        let raised = search.slacks.iter().map(|s| s.raised_to(gain));
        let tests: Vec<Test> = raised.chain(search.tests.iter().copied()).collect();
        let mut first: Option<(u64, Place)> = None;
        passing(self.talks.lanes, &tests, &gate.heads, &gate, |head, tail| {
            let ranked = (self.talks.rank((head, tail)), (head, tail));
            first = Some(first.map_or(ranked, |known| known.min(ranked)));
        });
        first.map(|(_, place)| place)
    }

    /// A test of a party that, where fewer suffice, others can outvote.
    fn asked_of(&self, i: usize, test: Test<'c>) -> Test<'c> {
        test.asked_for(self.space.swing(self.talks.parties[i].actor))
    }

    /// The tests that a package is kept by all who must agree; whoever has left agrees to nothing.
    fn kept_by_enough(&self) -> Vec<Test<'c>> {
        if self.space.coalitions.is_none() {
            return self.kept(None).collect();
        }
        let test = |i: usize| match self.sides[i].gone {
            true => Some(self.test(self.talks.parties[i].score, 0).never()),
            false => self.keeping(i, false),
        };
        (0..self.sides.len()).filter_map(|i| Some(self.asked_of(i, test(i)?))).collect()
    }
}
