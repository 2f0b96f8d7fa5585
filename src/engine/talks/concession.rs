//! What a side hopes for, what it asks for, and how far it has come down: under its own intent, and under each of those
//! that others may think it has.

use super::Mechanism;
use super::course::Course;
use super::side::{Clock, Stance};
use super::stage::Paper;
use super::step::Recorder;
use crate::model::{Intent, Move, Tactic};

impl<'c, R: Recorder> Course<'c, R> {
    /// What a side can hope for at the stage on the table.
    pub fn look_ahead(&mut self, i: usize) {
        self.hopes(
            i,
            |course, place| {
                if course.at_last_stage() {
                    course.best_at(i, place)
                } else {
                    let intent = course.talks.parties[i].intents[place];
                    let own = intent == course.sides[i].intent;
                    let open =
                        |paper: &&Paper| if own { paper.open[i] } else { course.would_sign(i, intent, &paper.package) };
                    course.agenda.papers.iter().filter(open).map(|paper| paper.utilities[i]).max()
                }
            },
            |stance, best| stance.best = best,
        );
    }

    /// What a side could hope for when the talks began, where the last stage is not yet open.
    pub fn look_far_ahead(&mut self, i: usize) {
        if !self.at_last_stage() {
            self.hopes(i, |course, place| course.best_at(i, place), |stance, best| stance.hoped = best);
        }
    }

    /// Sets what a side hopes for under its intent, and under every tit-for-tat that others may think it has: only those
    /// depend on it.
    fn hopes(
        &mut self,
        i: usize,
        hope: impl Fn(&mut Self, usize) -> Option<i64>,
        set: impl Fn(&mut Stance, Option<i64>),
    ) {
        let (intents, own) = (&self.talks.parties[i].intents, self.sides[i].own);
        let best = hope(self, own);
        set(&mut self.sides[i].stances[own], best);
        for (place, k) in intents.iter().enumerate().filter(|(place, _)| *place != own) {
            if !matches!(self.talks.n.intents[*k].tactic, Tactic::TitForTat { .. })
                || !self.talks.has(Mechanism::Beliefs)
            {
                continue;
            }
            let narrower = self.talks.narrows(*k) || self.talks.narrows(intents[own]);
            let best = if narrower { hope(self, place) } else { best };
            set(&mut self.sides[i].stances[place], best);
        }
    }

    /// The best package of a side under one of its intents.
    fn best_at(&mut self, i: usize, place: usize) -> Option<i64> {
        let intent = self.talks.parties[i].intents[place];
        if place != self.sides[i].own {
            let gate = self.gate_of(intent);
            return self.best_of(i, intent, gate.as_ref());
        }
        let gate = self.sides[i].gate.take();
        let best = self.best_of(i, intent, gate.as_ref());
        self.sides[i].gate = gate;
        best
    }

    /// A side begins a stage: its tit-for-tat starts anew.
    pub fn begin(&mut self, i: usize) {
        for (place, k) in self.talks.parties[i].intents.iter().enumerate() {
            let low = self.low_at(i, place);
            self.sides[i].stances[place].begins(&self.talks.n.intents[*k], self.world, low);
        }
        self.sides[i].begin();
    }

    /// The least that a side asks for now, in units; see [`low_at`](Self::low_at).
    pub fn low(&self, i: usize) -> i64 {
        self.low_at(i, self.sides[i].own)
    }

    /// The least that a side asks for now under one of its intents, in units: at the last stage no deal or its floor;
    /// before that
    ///
    /// ```text
    /// settled so far − ventures · max(0, best − W) − pressure
    /// ```
    ///
    /// `best` is what it could hope for when the talks began: who hopes for much bears a paper that is not to his liking.
    /// Source: assumption.
    pub fn low_at(&self, i: usize, place: usize) -> i64 {
        let (stance, intent) = (&self.sides[i].stances[place], self.intent_at(i, place));
        if !self.at_last_stage() {
            let hope = (stance.hoped.unwrap_or(0) - self.no_deal(i)).max(0) as f64;
            let ventured = (hope * self.world.value(intent.ventures)).round() as i64;
            return self.agenda.worth[i] - ventured - self.space.scale.units(self.pressure_on(i));
        }
        let no_deal = self.no_deal(i);
        stance.floor.map_or(no_deal, |floor| floor.max(no_deal))
    }

    /// What a side asks for in a round, in units: its aspiration, from its best down to its least.
    pub fn asks(&self, i: usize, round: u32) -> i64 {
        let (side, intent) = (&self.sides[i], self.intent(i));
        side.stance().aspiration(intent, self.world, self.clock(intent, round), self.low(i), side.news())
    }

    /// When a party with an intent is asked in a round what it asks for.
    fn clock(&self, intent: &Intent, round: u32) -> Clock {
        let at_once = if self.at_last_stage() { 0.0 } else { self.world.value(intent.on_paper) };
        Clock { round, horizon: self.talks.n.horizon, at_once }
    }

    /// The share of its range that a side has conceded now under one of its intents.
    pub fn conceded_at(&self, i: usize, place: usize) -> f64 {
        let (stance, intent) = (&self.sides[i].stances[place], self.intent_at(i, place));
        // Only a tit-for-tat looks at its range.
        let low = if matches!(intent.tactic, Tactic::TitForTat { .. }) { self.low_at(i, place) } else { 0 };
        stance.conceded(intent, self.world, self.clock(intent, self.round), low)
    }

    /// One of the intents that a side may have.
    pub fn intent_at(&self, i: usize, place: usize) -> &'c Intent {
        &self.talks.n.intents[self.talks.parties[i].intents[place]]
    }

    /// How much further a side has come down with an offer than ever before at this stage, as a share of the way.
    pub fn comes_down(&mut self, i: usize, made: Move) -> f64 {
        let best = self.sides[i].stance().best;
        let Some(best) = best.filter(|_| matches!(made, Move::Offer | Move::Ultimatum)) else { return 0.0 };
        let (low, asks) = (self.low(i), self.asks(i, self.round));
        let share = if best > low { (best - asks) as f64 / (best - low) as f64 } else { 0.0 };
        let further = (share - self.sides[i].conceded).max(0.0);
        self.sides[i].conceded += further;
        further
    }
}
