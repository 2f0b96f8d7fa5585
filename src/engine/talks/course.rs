//! The course of one run: how things stand, and the order in which a round goes.

use super::ending::{Block, Cause, Ending, Run};
use super::shortlist::Overview;
use super::side::{Hint, Side};
use super::step::{Recorder, What};
use super::{Mechanism, Party, Talks, once};
use crate::engine::{Drawn, Luck};
use crate::model::{ActorId, AudienceId, Circumstance, Intent, Moment, Move, Scores, Tactic, World};
use crate::space::{Gate, Space, Test, WorldTables};

/// Head and tail of a package.
pub(super) type Place = (usize, usize);

/// One run on its way.
pub(super) struct Course<'c, R> {
    pub talks: &'c Talks<'c>,
    pub drawn: &'c Drawn,
    pub world: &'c World,
    pub space: &'c Space,
    pub tables: &'c WorldTables,
    pub misread: &'c [WorldTables],
    pub hints: &'c mut [Hint],
    pub record: &'c mut R,
    pub scores: Scores<'c>,
    /// The packages that are allowed and available.
    pub gate: Gate,
    /// `sides[party]`.
    pub sides: Vec<Side>,
    /// Who moves first, second, …, as places among the parties.
    pub order: Vec<usize>,
    pub round: u32,
    pub conflict: bool,
    /// True values, `states[state]`.
    pub states: Vec<f64>,
    /// The last round in which each actor had a success.
    pub successes: Vec<u32>,
    /// What events added to defeat lines, `raised[audience]`, in points.
    pub raised: Vec<f64>,
    /// Escalations of this round.
    pub escalations: u32,
    pub luck: CourseLuck,
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
}

/// The end of a run.
pub(super) enum End {
    /// A deal holds.
    Deal(Place),
    /// A deal was not ratified for the last time.
    Unratified(Place),
    NoResult,
    Collapse(Cause),
    Imposed(ActorId),
}

impl<'c, R: Recorder> Course<'c, R> {
    pub fn new(
        talks: &'c Talks<'c>,
        drawn: &'c Drawn,
        tables: &'c WorldTables,
        misread: &'c [WorldTables],
        hints: &'c mut [Hint],
        record: &'c mut R,
    ) -> Self {
        let (n, world, run) = (talks.n, &drawn.world, drawn.run);
        let space = &talks.compiled.at(world).space;
        let luck = CourseLuck {
            states: talks.states.iter().map(|s| s.of_run(run)).collect(),
            events: talks.events.iter().map(|(_, s)| s.of_run(run)).collect(),
            collapse: talks.collapse.of_run(run),
        };
        let mut course = Self {
            talks,
            drawn,
            world,
            space,
            tables,
            misread,
            hints,
            record,
            scores: Scores::new(n, space.scale),
            gate: space.available(n, world),
            sides: Vec::with_capacity(talks.parties.len()),
            order: talks.order(run),
            round: 0,
            conflict: talks.rules.conflict,
            states: n.states.iter().map(|s| world.value(s.start)).collect(),
            successes: vec![0; n.actors.len()],
            raised: vec![0.0; n.audiences.len()],
            escalations: 0,
            luck,
            lost_ballots: 0,
            blocked: Block::NoOffer,
        };
        for party in &talks.parties {
            let side = course.side(party);
            course.sides.push(side);
        }
        for i in 0..course.sides.len() {
            course.look_ahead(i);
        }
        course
    }

    /// A party with its intent drawn, not yet knowing what it can hope for.
    fn side(&self, party: &Party) -> Side {
        let (world, run) = (self.world, self.drawn.run);
        let intent = self.talks.intent_at(party, world, once(&party.intent, run));
        let it = &self.talks.n.intents[intent];
        let patience = it.patience.filter(|_| self.talks.has(Mechanism::Patience));
        Side {
            intent,
            gate: self.gate_of(it, intent),
            best: None,
            floor: it.floor.map(|floor| self.space.scale.units(world.value(floor))),
            patience: patience.map(|rounds| world.value(rounds)),
            given: 0.0,
            heard: Vec::new(),
            fresh: false,
            overview: Overview::default(),
            last: None,
            by_the_clock: Default::default(),
            ultimatum: false,
            tied: false,
            moves: party.moves.of_run(run),
            escalation: party.escalation.of_run(run),
        }
    }

    /// The packages that an intent lets through, if it is narrower than what is allowed and available.
    fn gate_of(&self, intent: &Intent, place: usize) -> Option<Gate> {
        let ruled_out = self.talks.ruled_out[place].as_ref();
        if ruled_out.is_none() && intent.requires.terms.is_empty() {
            return None;
        }
        let keep = |k, o| {
            let required = intent.requires.terms.iter().all(|(issue, set)| *issue != k || set.contains(o));
            required && self.scores.granted(self.world, k, o)
        };
        Some(self.space.gate_behind(ruled_out.unwrap_or(&self.space.rules), &keep))
    }

    /// What a side can hope for, and where its tit-for-tat starts.
    fn look_ahead(&mut self, i: usize) {
        let best = self.best_of(i);
        let no_deal = self.no_deal(i);
        let (world, intent) = (self.world, self.intent(i));
        let side = &mut self.sides[i];
        side.best = best;
        if let (Tactic::TitForTat { kappa, .. }, Some(best)) = (intent.tactic, best) {
            let low = side.floor.map_or(no_deal, |floor| floor.max(no_deal));
            side.given = world.value(kappa) * (best - low).max(0) as f64;
        }
        let of = self.talks.parties[i].actor;
        let place = self.sides[i].intent;
        self.tell(|| What::Intends(of, place));
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
        self.escalate();
        if let Some(by) = self.decided() {
            return Some(End::Imposed(by));
        }
        if let Some(cause) = self.impatient() {
            return Some(End::Collapse(cause));
        }
        for at in 0..self.order.len() {
            if let Some(end) = self.take_turn(self.order[at]) {
                return Some(end);
            }
        }
        self.breaks_down().then_some(End::Collapse(Cause::Hazard))
    }

    fn impatient(&self) -> Option<Cause> {
        let leaves = |i: &&usize| self.sides[**i].patience.is_some_and(|rounds| f64::from(self.round) > rounds);
        self.order.iter().find(leaves).map(|i| Cause::Patience(self.talks.parties[*i].actor))
    }

    /// A party draws its move and makes it.
    fn take_turn(&mut self, i: usize) -> Option<End> {
        let (made, of) = (self.draw_move(i), self.talks.parties[i].actor);
        self.tell(|| What::Makes(of, made));
        match made {
            Move::Token | Move::Talk | Move::Hold => None,
            Move::WalkOut => Some(End::Collapse(Cause::WalkOut(of))),
            Move::Offer | Move::Ultimatum => {
                let place = self.make_offer(i, made == Move::Ultimatum)?;
                if self.answers(i, place) { self.conclude(place) } else { None }
            }
        }
    }

    /// Moves by their rates after responses; a party whose rates are all 0 holds.
    fn draw_move(&mut self, i: usize) -> Move {
        let intent = self.intent(i);
        let mut rates = intent.rates.map(|rate| rate.map_or(0.0, |rate| self.world.value(rate)));
        if self.talks.has(Mechanism::Responses) {
            for response in intent.responses.iter().filter(|r| self.holds(&r.during)) {
                for (made, factor) in &response.times {
                    rates[*made as usize] *= self.world.value(*factor);
                }
            }
        }
        let u = self.sides[i].moves.at(u64::from(self.round));
        pick(&rates, u).map_or(Move::Hold, |place| Move::ALL[place])
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
        let n = self.talks.n;
        let mut run = Run {
            run: self.drawn.run,
            reading: self.drawn.reading,
            ending: Ending::NoResult,
            rounds: self.round,
            intents: self.sides.iter().map(|side| side.intent).collect(),
            package: None,
            verdicts: Vec::new(),
            defeated: Vec::new(),
            gains: Vec::new(),
            cause: None,
            imposed_by: None,
            blocked: Some(self.blocked),
        };
        match end {
            End::NoResult => {}
            End::Collapse(cause) => (run.ending, run.cause) = (Ending::Collapse, Some(cause)),
            End::Imposed(by) => (run.ending, run.imposed_by) = (Ending::Imposed, Some(by)),
            End::Unratified(place) => {
                (run.ending, run.package) = (Ending::Unratified, Some(self.space.package(n, place.0, place.1)));
            }
            End::Deal(place) => self.judge(place, &mut run),
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
        };
        during.holds(self.world, &now)
    }

    /// What no deal is worth to a party now, in units.
    pub fn no_deal(&self, i: usize) -> i64 {
        self.scores.no_deal_at(self.world, self.talks.parties[i].actor, self.round, &self.states)
    }

    /// The defeat line of an audience of a party now, in units.
    pub fn line(&self, i: usize, a: AudienceId) -> Option<i64> {
        let tied = if self.sides.get(i).is_some_and(|side| side.tied) {
            self.world.value(self.talks.n.audience(a).tied_hands)
        } else {
            0.0
        };
        self.scores.defeat_line_at(self.world, a, self.round, &self.states, self.raised[a.0] + tied)
    }

    /// Whether the verdict of an audience binds its actor in this world.
    pub fn binds(&self, a: AudienceId) -> bool {
        self.talks.settings.defeat.counts_audiences() && self.world.happens(self.talks.n.audience(a).veto)
    }

    /// The tests that the own audiences of a party bear a package: those that bind it, and those that may have to vote.
    pub fn borne(&self, i: usize) -> Vec<Test<'c>> {
        let ballots = self.talks.has(Mechanism::Ratification);
        let own = self.talks.parties[i].audiences.iter();
        let binding = own.filter(|(a, _, votes)| self.binds(*a) || (*votes && ballots));
        let test = |(a, s, _): &(AudienceId, usize, bool)| {
            let (plan, tables) = (&self.space.plans[*s], &self.tables[*s]);
            self.line(i, *a).map_or_else(|| Test::no_red_line(plan, tables), |line| Test::new(plan, tables, line))
        };
        binding.map(test).collect()
    }
}

impl Talks<'_> {
    /// Who moves first, second, …: as the rules say, else by a draw of each party.
    fn order(&self, run: u64) -> Vec<usize> {
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
    fn intent_at(&self, party: &Party, world: &World, u: f64) -> usize {
        let priors: Vec<f64> = party.intents.iter().map(|i| world.value(self.n.intents[*i].prior)).collect();
        party.intents[pick(&priors, u).unwrap_or(0)]
    }
}

/// The place that a uniform picks by weights ≥ 0; `None` if all are 0.
fn pick(weights: &[f64], u: f64) -> Option<usize> {
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
