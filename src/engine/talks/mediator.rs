//! The mediator in a run: its clock, whom it presses, what it proposes.

use super::course::{Course, End, Place};
use super::proposal::Proposal;
use super::step::{Recorder, What};
use super::{Mechanism, pick};
use crate::engine::{Luck, Streams};
use crate::model::{InputId, Mediator, Move};
use crate::space::{Search, Slack, Test, passing_among};

/// The streams of the mediator.
#[derive(Debug)]
pub(super) struct Chances {
    presses: Streams,
    whom: Streams,
    proposes: Streams,
}

impl Chances {
    pub fn of(seed: u64) -> Self {
        let named = |what: &str| Streams::new(seed, &format!("mediator/{what}"));
        Self { presses: named("presses"), whom: named("whom"), proposes: named("proposes") }
    }
}

/// The mediator in one run.
pub(super) struct Mediation<'c> {
    it: &'c Mediator,
    /// Rounds left on its clock; `None`: it never leaves.
    clock: Option<f64>,
    presses: Luck,
    whom: Luck,
    proposes: Luck,
}

impl<'c, R: Recorder> Course<'c, R> {
    /// The mediator, if there is one and it is not switched off.
    pub fn mediation(&self) -> Option<Mediation<'c>> {
        let it = self.talks.n.mediator.as_ref().filter(|_| self.talks.has(Mechanism::Mediator))?;
        let (chances, run) = (&self.talks.mediator, self.drawn.run);
        Some(Mediation {
            it,
            clock: it.patience.map(|rounds| self.world.value(rounds)),
            presses: chances.presses.of_run(run),
            whom: chances.whom.of_run(run),
            proposes: chances.proposes.of_run(run),
        })
    }

    /// The mediator's part of a round: its clock runs, it leaves, presses a party, proposes.
    pub fn mediate(&mut self) -> Option<End> {
        let of = self.mediation.as_ref()?.it.actor;
        if self.clock_has_run_down() {
            self.mediation = None;
            self.tell(|| What::MediatorLeaves(of));
            return self.talks.rules.needs_mediator.then_some(End::MediatorLeft);
        }
        self.press();
        if self.agenda.draft.is_some() { None } else { self.propose() }
    }

    /// One round less; whether more rounds have passed than it had patience for.
    fn clock_has_run_down(&mut self) -> bool {
        let Some(clock) = self.mediation.as_mut().and_then(|m| m.clock.as_mut()) else { return false };
        *clock -= 1.0;
        *clock < 0.0
    }

    /// Presses one party, drawn by how likely it is in the mediator's eyes that it only obstructs, plus the tilt.
    fn press(&mut self) {
        let round = u64::from(self.round);
        let Some(mediation) = &mut self.mediation else { return };
        let it = mediation.it;
        let presses = self.world.value(it.presses);
        if presses <= 0.0 || mediation.presses.at(round) >= presses {
            return;
        }
        let u = mediation.whom.at(round);
        let readiness: Vec<f64> = (0..self.sides.len()).map(|i| self.readiness_to_press(it, i)).collect();
        let Some(i) = pick(&readiness, u) else { return };
        let (of, lasts) = (self.talks.parties[i].actor, self.world.value(it.lasts).ceil() as u32);
        self.pressed_until[of.0] = (self.round + lasts).saturating_sub(1);
        self.tell(|| What::Presses { by: it.actor, of });
        self.owes_for_pressing(it.actor, of);
    }

    fn readiness_to_press(&self, it: &Mediator, i: usize) -> f64 {
        let of = self.talks.parties[i].actor;
        let tilt = it.tilt.iter().find(|(who, _)| *who == of).map_or(0.0, |(_, tilt)| self.world.value(*tilt));
        tilt + self.seems_to_obstruct(i)
    }

    /// How likely it is in the mediator's eyes that a party only obstructs.
    fn seems_to_obstruct(&self, i: usize) -> f64 {
        self.mediator().map_or(0.0, |who| self.obstructs(who, i))
    }

    /// Points that no deal loses for a party that is pressed.
    pub fn pressure_on(&self, i: usize) -> f64 {
        let of = self.talks.parties[i].actor;
        let pressed = self.pressed_until[of.0] >= self.round && self.round > 0;
        let pressure = self.talks.n.mediator.as_ref().map(|it| it.pressure);
        pressure.filter(|_| pressed).map_or(0.0, |points| self.world.value(points))
    }

    /// Winds the clock by what a side has done, as far as the mediator believes in it.
    pub fn winds(&mut self, i: usize, made: Move, conceded: f64) {
        let Some(mediation) = &self.mediation else { return };
        let relief = mediation.it.relief;
        let rounds = match made {
            Move::Token => self.world.value(relief.token),
            Move::Talk => self.world.value(relief.talk),
            Move::Offer | Move::Ultimatum => self.world.value(relief.concession) * conceded,
            Move::Hold | Move::WalkOut => 0.0,
        };
        if rounds > 0.0 {
            let believed = rounds * (1.0 - self.seems_to_obstruct(i));
            self.wind(believed);
        }
    }

    /// Winds the clock by a paper that is signed.
    pub fn takes_heart(&mut self) {
        if let Some(paper) = self.mediation.as_ref().map(|m| m.it.relief.paper) {
            self.wind(self.world.value(paper));
        }
    }

    fn wind(&mut self, rounds: f64) {
        let value = |of: InputId| self.world.value(of);
        let Some(mediation) = &mut self.mediation else { return };
        let (Some(clock), Some(patience)) = (mediation.clock.as_mut(), mediation.it.patience) else { return };
        let before = *clock;
        *clock = (before + rounds).min(value(patience));
        let (by, left) = (mediation.it.actor, *clock);
        // Less than half a round is nothing to speak of.
        if left - before >= 0.5 {
            self.tell(|| What::TakesHeart { by, left });
        }
    }

    /// The mediator puts a package of its own, or a paper, before all parties.
    fn propose(&mut self) -> Option<End> {
        let round = u64::from(self.round);
        let mediation = self.mediation.as_mut()?;
        let it = mediation.it;
        let proposes = self.world.value(it.proposes);
        if proposes <= 0.0 || mediation.proposes.at(round) >= proposes {
            return None;
        }
        let proposal = if self.at_last_stage() {
            Proposal::Deal(self.fairest_package(it)?)
        } else {
            Proposal::Paper(self.fairest_paper(it)?)
        };
        let (by, stage, package) = (it.actor, self.stage(), self.package(proposal));
        self.tell(|| What::Proposes { by, stage, package });
        self.put(None, proposal)
    }

    /// Of the papers that the mediator accepts, the one with the greatest least gain of all parties; of several, the
    /// first by identifiers.
    fn fairest_paper(&self, it: &Mediator) -> Option<usize> {
        let all: Vec<usize> = (0..self.sides.len()).collect();
        let papers = &self.agenda.papers;
        let accepted = |p: &usize| {
            let open = |k| !self.is_settled_here(k);
            it.accepts.terms.iter().all(|(k, set)| open(*k) || set.contains(papers[*p].package.option(*k)))
        };
        let gain = |p: &usize| self.least_gain(*p, &all);
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
    fn fairest_package(&mut self, it: &Mediator) -> Option<Place> {
        let (settled, scores, world) = (&self.agenda.settled, &self.scores, self.world);
        let keep = |k: crate::model::IssueId, o| {
            let accepted = it.accepts.terms.iter().all(|(issue, set)| *issue != k || set.contains(o));
            accepted && settled[k.0].is_none_or(|it| it == o) && scores.granted(world, k, o)
        };
        let gate = self.space.gate(&keep);
        let slack = |i: usize| {
            let s = self.talks.parties[i].score;
            let test = Test::new(&self.space.plans[s], &self.tables[s], self.no_deal(i));
            Slack { test, span: self.talks.compiled.spans.0[s] as f64 }
        };
        let slacks: Vec<Slack> = (0..self.sides.len()).map(slack).collect();
        let tests: Vec<Test> = (0..self.sides.len()).flat_map(|i| self.borne(i)).collect();
        let search = Search { lanes: self.talks.lanes, slacks, tests };
        let (gain, ..) = search.greatest(&gate, f64::NEG_INFINITY)?;
        let raised = search.slacks.iter().map(|s| s.raised_to(gain));
        let tests: Vec<Test> = raised.chain(search.tests.iter().copied()).collect();
        let mut first: Option<(u64, Place)> = None;
        let heads = 0..self.space.layout.heads();
        passing_among(heads, self.talks.lanes, &tests, &gate, &self.space.layout, |head, tail| {
            let rank = self.talks.head_rank[head] + self.talks.tail_rank[tail];
            if first.is_none_or(|(known, _)| rank < known) {
                first = Some((rank, (head, tail)));
            }
        });
        first.map(|(_, place)| place)
    }
}
