//! What a side hopes for, and what it asks for on the way down.

use super::course::Course;
use super::shortlist::Overview;
use super::side::{Clock, Side, Stance};
use super::step::Recorder;
use super::{Mechanism, Party, once};
use crate::model::{Intent, Move, OptionId, Tactic};
use crate::space::Gate;

impl<R: Recorder> Course<'_, R> {
    /// A party with its intent drawn, not yet knowing what it can hope for.
    pub fn side(&self, party: &Party) -> Side {
        let (world, run) = (self.world, self.drawn.run);
        let intent = self.talks.intent_at(party, world, once(&party.intent, run));
        let intents = party.intents.iter().map(|k| &self.talks.n.intents[*k]);
        let window = |it: &Intent| if let Tactic::TitForTat { reply, .. } = it.tactic { reply.window() + 1 } else { 0 };
        Side {
            intent,
            own: party.intents.iter().position(|k| *k == intent).expect("it is one of the party's"),
            gate: self.gate_of(intent),
            stances: intents.clone().map(|it| self.stance(it)).collect(),
            heard: Vec::new(),
            remembers: intents.map(window).max().unwrap_or(0),
            conceded: 0.0,
            eased: 0,
            fresh: false,
            overview: Overview::default(),
            last: None,
            ultimatum: false,
            tied: false,
            moves: party.moves.of_run(run),
            escalation: party.escalation.of_run(run),
        }
    }

    /// How a party with an intent begins, not yet knowing what it can hope for.
    fn stance(&self, intent: &Intent) -> Stance {
        let patience = intent.patience.filter(|_| self.talks.has(Mechanism::Patience));
        Stance {
            best: None,
            hoped: None,
            floor: intent.floor.map(|floor| self.space.scale.units(self.world.value(floor))),
            patience: patience.map(|rounds| self.world.value(rounds)),
            given: 0.0,
        }
    }

    /// The packages that an intent lets through, if it is narrower than what is allowed and available.
    pub fn gate_of(&self, place: usize) -> Option<Gate> {
        if !self.talks.narrows(place) {
            return None;
        }
        let (intent, ruled_out) = (&self.talks.n.intents[place], self.talks.ruled_out[place].as_ref());
        let keep = |k, o| {
            let required = intent.requires.terms.iter().all(|(issue, set)| *issue != k || set.contains(o));
            let settled = self.agenda.settled[k.0].is_none_or(|it: OptionId| it == o);
            required && settled && self.scores.granted(self.world, k, o)
        };
        Some(self.space.gate_behind(ruled_out.unwrap_or(&self.space.rules), &keep))
    }

    /// What each side could hope for when the talks began, where the last stage is still to come.
    pub fn hope(&mut self) {
        if self.at_last_stage() {
            return;
        }
        for i in 0..self.sides.len() {
            let bests = self.best_packages(i);
            self.sides[i].stances.iter_mut().zip(bests).for_each(|(stance, best)| stance.hoped = best);
        }
    }

    /// What a side can hope for at the stage on the table; the same for tit-for-tats that others may think it has.
    pub fn look_ahead(&mut self, i: usize) {
        let bests = if self.at_last_stage() {
            self.best_packages(i)
        } else {
            (0..self.sides[i].stances.len()).map(|at| self.best_paper(i, at)).collect()
        };
        self.sides[i].stances.iter_mut().zip(bests).for_each(|(stance, best)| stance.best = best);
    }

    /// The best packages of a party under each of its intents for which anybody needs to know.
    fn best_packages(&mut self, i: usize) -> Vec<Option<i64>> {
        let (party, place) = (&self.talks.parties[i], self.sides[i].intent);
        let gate = self.sides[i].gate.take();
        let own = self.best_of(i, place, gate.as_ref());
        self.sides[i].gate = gate;
        let mut bests = Vec::with_capacity(party.intents.len());
        for k in &party.intents {
            let heard = matches!(self.talks.n.intents[*k].tactic, Tactic::TitForTat { .. });
            bests.push(if *k == place {
                own
            } else if !heard || !self.talks.has(Mechanism::Beliefs) {
                None
            } else if self.talks.narrows(*k) || self.talks.narrows(place) {
                let gate = self.gate_of(*k);
                self.best_of(i, *k, gate.as_ref())
            } else {
                own
            });
        }
        bests
    }

    /// The best paper for a party under one of its intents.
    fn best_paper(&self, i: usize, at: usize) -> Option<i64> {
        let intent = &self.talks.n.intents[self.talks.parties[i].intents[at]];
        let own = at == self.sides[i].own;
        let signs = |paper: &&super::stage::Paper| {
            if own { paper.open[i] } else { self.would_sign(i, intent, &paper.package) }
        };
        self.agenda.papers.iter().filter(signs).map(|paper| paper.utilities[i]).max()
    }

    /// A side begins a stage: its tit-for-tat starts anew, under each of the intents that others may think it has.
    pub fn begin(&mut self, i: usize) {
        self.sides[i].begin();
        for (at, k) in self.talks.parties[i].intents.iter().enumerate() {
            let Tactic::TitForTat { kappa, .. } = self.talks.n.intents[*k].tactic else { continue };
            let low = self.low_under(i, at);
            let stance = &mut self.sides[i].stances[at];
            stance.given = self.world.value(kappa) * stance.range(low);
        }
    }

    /// The least that a side asks for now, in units; see [`low_under`](Course::low_under).
    pub fn low(&self, i: usize) -> i64 {
        self.low_under(i, self.sides[i].own)
    }

    /// The least that a party with one of its intents asks for now, in units: at the last stage no deal or its floor;
    /// before that
    ///
    /// ```text
    /// settled so far − ventures · max(0, best − W) − pressure
    /// ```
    ///
    /// `best` is what it could hope for when the talks began: who hopes for much bears a paper that is not to his liking.
    /// Source: assumption.
    pub fn low_under(&self, i: usize, at: usize) -> i64 {
        let (stance, no_deal) = (&self.sides[i].stances[at], self.no_deal(i));
        if self.at_last_stage() {
            return stance.floor.map_or(no_deal, |floor| floor.max(no_deal));
        }
        let intent = &self.talks.n.intents[self.talks.parties[i].intents[at]];
        let hope = stance.hoped.map_or(0, |hoped| (hoped - no_deal).max(0)) as f64;
        let ventured = (hope * self.world.value(intent.ventures)).round() as i64;
        self.agenda.worth[i] - ventured - self.space.scale.units(self.pressure_on(i))
    }

    /// The moment at which a side is asked in a round.
    pub fn clock(&self, round: u32) -> Clock {
        Clock { round, horizon: self.talks.n.horizon, on_paper: !self.at_last_stage() }
    }

    /// What a side asks for in a round, in units: its aspiration, from its best down to its least.
    pub fn asks(&self, i: usize, round: u32) -> i64 {
        self.sides[i].aspiration(self.intent(i), self.world, self.clock(round), self.low(i))
    }

    /// The share of its range that a party with one of its intents has conceded by now; a tit-for-tat as it would have
    /// answered what was heard.
    pub fn conceded_at(&self, i: usize, at: usize) -> f64 {
        let intent = &self.talks.n.intents[self.talks.parties[i].intents[at]];
        self.sides[i].stances[at].conceded(intent, self.world, self.clock(self.round), self.low_under(i, at))
    }

    /// How much further a side has come down with an offer than ever before at this stage, as a share of the way.
    pub fn comes_down(&mut self, i: usize, made: Move) -> f64 {
        let offers = matches!(made, Move::Offer | Move::Ultimatum);
        let Some(best) = self.sides[i].stance().best.filter(|_| offers) else { return 0.0 };
        let (low, asks) = (self.low(i), self.asks(i, self.round));
        let share = if best > low { (best - asks) as f64 / (best - low) as f64 } else { 0.0 };
        let further = (share - self.sides[i].conceded).max(0.0);
        self.sides[i].conceded += further;
        further
    }
}
