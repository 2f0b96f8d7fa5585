//! What a side hopes for, what no deal is worth to it, and what it asks for on the way down.

use super::chance::once;
use super::course::Course;
use super::paper::Paper;
use super::side::{Clock, Delegation, Stance};
use super::{Mechanism, Party};
use crate::model::{InputId, Intent, Move, Tactic};

impl<'c> Course<'c> {
    /// A party with its intent drawn, not yet knowing what it can hope for.
    pub fn side(&self, party: &Party) -> Delegation {
        let drawn = || self.talks.intent_at(party, self.drawn, once(&party.intent, self.drawn.run));
        let intent = self.given_intent(&party.intents).unwrap_or_else(drawn);
        let intents = party.intents.iter().map(|k| &self.talks.n.intents[*k]);
        let window = |it: &Intent| if let Tactic::TitForTat { reply, .. } = it.tactic { reply.window() + 1 } else { 0 };
        Delegation {
            intent,
            own: party.intents.iter().position(|k| *k == intent).expect("it is one of the party's"),
            gate: self.gate_of(intent),
            stances: intents.clone().map(|it| self.stance(it)).collect(),
            remembers: intents.map(window).max().unwrap_or(0),
            ..Delegation::default()
        }
    }

    /// How a party with an intent begins, not yet knowing what it can hope for.
    fn stance(&self, intent: &Intent) -> Stance {
        let time = |id: Option<InputId>| id.map_or(f64::INFINITY, |id| self.world.value(id));
        let own = time(intent.patience).min(time(intent.deadline));
        let over = intent.tactic.over().flatten().map(|over| self.world.value(over));
        let share = |id: Option<InputId>| id.map_or(0.0, |id| self.world.value(id));
        let starts = share(intent.tactic.starts());
        Stance {
            rates: intent.rates.map(|rate| rate.map_or(0.0, |rate| self.world.value(rate))),
            floor: intent.floor.map(|floor| self.space.scale.units(self.world.value(floor))),
            leaves: if self.talks.has(Mechanism::Patience) { own } else { f64::INFINITY },
            holds_out: share(intent.holds_out),
            starts,
            over: over.unwrap_or(if own < f64::INFINITY { own } else { self.deadline } - 1.0 - starts),
            ..Stance::default()
        }
    }

    /// The intent of a side.
    pub fn intent(&self, i: usize) -> &'c Intent {
        &self.talks.n.intents[self.sides[i].intent]
    }

    /// Whether a side reckons, and something came of it.
    pub fn reckons(&self, i: usize) -> bool {
        self.script.is_some() && self.intent(i).reckons()
    }

    /// The intent at a place among those of a party.
    pub fn intent_among(&self, i: usize, at: usize) -> &'c Intent {
        &self.talks.n.intents[self.talks.parties[i].intents[at]]
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
        let gate = self.sides[i].gate.clone();
        let own = self.best_of(i, place, gate.as_deref());
        let mut bests = Vec::with_capacity(party.intents.len());
        for k in party.intents.iter().copied() {
            let heard = matches!(self.talks.n.intents[k].tactic, Tactic::TitForTat { .. });
            bests.push(if k == place {
                own
            } else if !heard || !self.talks.has(Mechanism::Beliefs) {
                None
            } else if self.talks.narrows(k) || self.talks.narrows(place) {
                let gate = self.gate_of(k);
                self.best_of(i, k, gate.as_deref())
            } else {
                own
            });
        }
        bests
    }

    /// The best paper for a party under one of its intents.
    fn best_paper(&self, i: usize, at: usize) -> Option<i64> {
        let (intent, own) = (self.intent_among(i, at), at == self.sides[i].own);
        let signs = |paper: &&Paper| if own { paper.open[i] } else { self.would_sign(i, intent, &paper.package) };
        self.agenda.papers.iter().filter(signs).map(|paper| paper.utilities[i]).max()
    }

    /// A side begins a stage: its tit-for-tat starts anew, under each of the intents that others may think it has.
    pub fn begin(&mut self, i: usize) {
        self.sides[i].begin();
        for at in 0..self.sides[i].stances.len() {
            let Tactic::TitForTat { kappa, .. } = self.intent_among(i, at).tactic else { continue };
            let low = self.low_under(i, at);
            let stance = &mut self.sides[i].stances[at];
            stance.given = self.world.value(kappa) * stance.range(low);
        }
    }

    /// The least that a side asks for now, in units; see [`low_under`](Course::low_under).
    pub fn low(&self, i: usize) -> i64 {
        self.low_under(i, self.sides[i].own)
    }

    /// The least that a party with one of its intents asks for now, in units: at the last stage what
    /// [`Stance::least`] says; before that
    ///
    /// ```text
    /// settled so far − ventures · max(0, best − W) − pressure
    /// ```
    ///
    /// `best` is what it could hope for when the talks began: who hopes for much bears a paper that is not to his liking.
    /// Source: assumption.
    pub fn low_under(&self, i: usize, at: usize) -> i64 {
        let stance = &self.sides[i].stances[at];
        if self.at_last_stage() {
            return stance.least(self.no_deal(i), stance.best);
        }
        self.low_on_paper(i, at, stance.hoped)
    }

    /// The least that a party with one of its intents asks of a paper, if it could hope for so much, in units; see
    /// [`low_under`](Course::low_under).
    pub fn low_on_paper(&self, i: usize, at: usize, hoped: Option<i64>) -> i64 {
        let hope = hoped.map_or(0, |hoped| (hoped - self.no_deal(i)).max(0)) as f64;
        let ventured = (hope * self.world.value(self.intent_among(i, at).ventures)).round() as i64;
        self.agenda.worth[i] - ventured - self.space.scale.units(self.pressure_on(i))
    }

    /// When the part of a party with one of its intents in the talks ends, in units of time; infinite if nothing ends it.
    pub fn deadline_under(&self, i: usize, at: usize) -> f64 {
        self.deadline.min(self.sides[i].stances[at].leaves)
    }

    /// What a side asks for at a time, in units: its aspiration, from its best down to its least.
    pub fn asks(&self, i: usize, time: f64) -> i64 {
        if let Some(asks) = self.reckons(i).then(|| self.reckons_with(i)).flatten() {
            return asks;
        }
        let (side, clock) = (&self.sides[i], Clock { time, on_paper: !self.at_last_stage() });
        side.stance().aspiration(self.intent(i), self.world, clock, self.low(i), side.news())
    }

    /// What a side will ask for in a unit of time or, if that is sooner, at the end of its part in the talks: with less it
    /// need not be content now.
    pub fn asks_soon(&self, i: usize) -> i64 {
        if let Some(least) = self.reckons(i).then(|| self.accepts_from(i)).flatten() {
            return least;
        }
        let deadline = self.deadline_under(i, self.sides[i].own);
        self.asks(i, (self.moment() + 1.0).min(deadline.max(self.moment())))
    }

    /// The share of its range that a party with one of its intents has conceded by now; a tit-for-tat as it would have
    /// answered what was heard.
    pub fn conceded_at(&self, i: usize, at: usize) -> f64 {
        let (stance, low) = (&self.sides[i].stances[at], self.low_under(i, at));
        let clock = Clock { time: self.moment(), on_paper: !self.at_last_stage() };
        stance.conceded(self.intent_among(i, at), self.world, clock, low)
    }

    /// A side replies, as far as its tactic hears, to what was offered since its own last offer: the same under each of
    /// the intents that others may think it has.
    pub fn reply(&mut self, i: usize) {
        if !std::mem::take(&mut self.sides[i].fresh) {
            return;
        }
        for at in 0..self.sides[i].stances.len() {
            let (intent, low) = (self.intent_among(i, at), self.low_under(i, at));
            let side = &mut self.sides[i];
            side.stances[at].replies(intent, low, &side.heard);
        }
    }

    /// The share of the way that a side has come down if it asks for so much, in units; 0 where there is no way.
    pub fn share_at(&self, i: usize, asks: i64) -> Option<f64> {
        let (best, low) = (self.sides[i].stance().best?, self.low(i));
        Some(if best > low { (best - asks) as f64 / (best - low) as f64 } else { 0.0 })
    }

    /// How much further a side has come down with an offer than ever before at this stage, as a share of the way; `asks` is
    /// what it asks for, in units, where it does not follow its tactic.
    pub fn comes_down(&mut self, i: usize, made: Move, asks: Option<i64>) -> f64 {
        if !made.names_terms() || self.sides[i].stance().best.is_none() {
            return 0.0;
        }
        let asks = asks.unwrap_or_else(|| self.asks(i, self.moment()));
        let further = self.share_at(i, asks).map_or(0.0, |share| (share - self.sides[i].conceded).max(0.0));
        self.sides[i].conceded += further;
        further
    }

    /// A utility of a party as a relative gain:
    ///
    /// ```text
    /// (U − W(t)) / (best − W(t))
    /// ```
    ///
    /// `best` is the most that it could hope for when the talks began; 0 where that is no more than no deal.
    pub fn relative(&self, i: usize, utility: i64) -> f64 {
        let (stance, no_deal) = (self.sides[i].stance(), self.no_deal(i));
        let hoped = stance.hoped.or(stance.best).map_or(0, |best| best - no_deal) as f64;
        if hoped > 0.0 { (utility - no_deal) as f64 / hoped } else { 0.0 }
    }
}
