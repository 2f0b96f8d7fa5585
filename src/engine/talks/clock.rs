//! What happens around the talks in a round: states move, events happen, parties escalate, a conflict ends or resumes.

use super::seat::{Decision, Question};
use super::{Mechanism, course::Course, proposal::Proposal, step::What};
use crate::model::{ActorId, Decisive, Escalation, InputId, IssueId, StateId, Stop, Timing};

impl<'c> Course<'c> {
    /// Every state moves by its change and its noise, while its circumstance holds; in a round of the length Δ
    ///
    /// ```text
    /// s ← min(max, max(min, s + change · Δ + spread · √Δ · z)),  z standard normal
    /// ```
    ///
    /// All circumstances are looked at before any state moves. Source: assumption (a random walk with drift).
    pub fn move_states(&mut self) {
        if !self.talks.has(Mechanism::States) {
            return;
        }
        let (states, step) = (&self.talks.n.states, self.talks.pace.step());
        let moving: Vec<bool> = states.iter().map(|state| self.holds(&state.during)).collect();
        for (s, state) in states.iter().enumerate().filter(|(s, _)| moving[*s]) {
            let (change, spread) = (self.world.value(state.change), self.world.value(state.spread));
            if change == 0.0 && spread == 0.0 {
                continue;
            }
            let noise = if spread > 0.0 {
                spread * step.sqrt() * self.talks.normal.at(self.luck.states[s].at(u64::from(self.round)))
            } else {
                0.0
            };
            let from = self.states[s];
            let to = self.bounded(s, from + (change * step + noise));
            self.states[s] = to;
            self.tell(|| What::Moves { state: StateId(s), from, to });
        }
    }

    /// Takes back what drifted in the last part of a round, when it no longer went on without a deal.
    pub fn drift_back(&mut self, span: f64) {
        if !self.talks.has(Mechanism::States) {
            return;
        }
        for (s, state) in self.talks.n.states.iter().enumerate() {
            if state.during.holds_throughout(self.talks.rules.conflict) {
                self.states[s] = self.bounded(s, self.states[s] - self.world.value(state.change) * span);
            }
        }
    }

    fn bounded(&self, s: usize, value: f64) -> f64 {
        let state = &self.talks.n.states[s];
        let value = state.min.map_or(value, |min| value.max(self.world.value(min)));
        state.max.map_or(value, |max| value.min(self.world.value(max)))
    }

    /// Events happen, in the order of their identifiers.
    pub fn happen(&mut self) {
        if !self.talks.has(Mechanism::Events) {
            return;
        }
        for (at, place) in self.talks.events.iter().copied().enumerate() {
            let event = &self.talks.n.events[place];
            let happens = match event.timing {
                Timing::In(unit) => self.round == self.talks.pace.first_round(unit),
                Timing::Each(chance) => {
                    let chance = self.talks.pace.chance(self.world.value(chance));
                    chance > 0.0 && self.luck.events[at].at(u64::from(self.round)) < chance
                }
            };
            if !happens || !self.holds(&event.during) {
                continue;
            }
            self.tell(|| What::Happens(place));
            self.shift(event.actor, &event.moves);
            for (a, points) in &event.raises {
                self.raised[a.0] += self.world.value(*points);
            }
            self.owes(&event.owes);
            self.conflict = event.conflict.unwrap_or(self.conflict);
            self.fought |= self.conflict;
        }
    }

    /// Parties escalate, whether or not they talk, in the order of their identifiers.
    pub fn escalate(&mut self) {
        if !self.talks.has(Mechanism::Escalation) {
            return;
        }
        for i in 0..self.sides.len() {
            if self.sides[i].gone {
                continue;
            }
            let chance = self.talks.pace.chance(self.escalation_chance(i, self.sides[i].own));
            let draws = chance > 0.0 && self.luck.escalation[i].at(u64::from(self.round)) < chance;
            let means = self.means(i);
            let said = means.and_then(|_| self.says_yes(i, |_| Question::Escalates, Decision::escalates));
            if means.is_some() {
                self.party_decides(i, Decision::Escalates(draws));
            }
            let escalates = said.unwrap_or(draws);
            self.sees_escalation(i, escalates);
            let Some(escalation) = means.filter(|_| escalates) else { continue };
            let of = self.talks.parties[i].actor;
            self.escalations += 1;
            self.tell(|| What::Escalates(of));
            self.shift(Some(of), &escalation.moves);
        }
    }

    /// What a party can do outside the room: that of its intent, else that of its first intent that has any.
    fn means(&self, i: usize) -> Option<&'c Escalation> {
        let n = self.talks.n;
        let others = self.talks.parties[i].intents.iter().filter(|_| self.is_seated(i));
        [self.sides[i].intent].iter().chain(others).find_map(|k| n.intents[*k].escalates.as_ref())
    }

    /// How likely a party with one of its intents is to escalate in a unit of time, as things are now.
    pub fn escalation_chance(&self, i: usize, at: usize) -> f64 {
        let intent = self.intent_among(i, at);
        let may = intent.escalates.as_ref().filter(|it| self.holds_for(i, at, &it.during));
        may.map_or(0.0, |escalation| self.world.value(escalation.chance))
    }

    /// Moves states; what goes an actor's way is a success of its own.
    fn shift(&mut self, actor: Option<ActorId>, moves: &[(StateId, InputId)]) {
        for (state, by) in moves.iter().copied() {
            let from = self.states[state.0];
            let to = self.bounded(state.0, from + self.world.value(by));
            self.states[state.0] = to;
            if to != from {
                self.tell(|| What::Moves { state, from, to });
            }
            let favours = &self.talks.n.states[state.0].favours;
            let own =
                |who: ActorId| favours.iter().find(|(of, _)| *of == who).map_or(0.0, |(_, f)| self.world.value(*f));
            if let Some(who) = actor.filter(|who| own(*who) * (to - from) > 0.0) {
                self.successes[who.0] = self.round;
            }
        }
    }

    /// The party that a state lets have its way; of several, the first by identifier.
    pub fn decided(&self) -> Option<ActorId> {
        if !self.talks.has(Mechanism::Decisive) {
            return None;
        }
        let states = self.talks.n.states.iter().zip(&self.states);
        let bounds = states.flat_map(|(state, value)| state.decisive.iter().map(move |bound| (bound, *value)));
        let reached = |(bound, value): &(&Decisive, f64)| {
            bound.over.is_some_and(|over| *value >= self.world.value(over))
                || bound.under.is_some_and(|under| *value <= self.world.value(under))
        };
        let by = bounds.filter(reached).map(|(bound, _)| bound.by);
        by.min_by_key(|by| &self.talks.n.actor(*by).id)
    }

    /// The conflict ends if what is now agreed or signed says so.
    pub fn hush(&mut self, proposal: Proposal, signed: bool) {
        if !self.conflict {
            return;
        }
        let (n, package, stage) = (self.talks.n, self.package(proposal), self.stage());
        let here = |k: IssueId| stage.is_none_or(|s| n.stage(s).settles.contains(&k));
        let stops = |k: IssueId, stop: Stop| match (stop, stage) {
            (Stop::AtOnce, _) => !signed && here(k),
            (_, None) => !signed,
            (Stop::Agreed(s), Some(now)) => !signed && s == now,
            (Stop::Signed(s), Some(now)) => signed && s == now,
        };
        let mut picks = n.space.picks(&package).enumerate().map(|(k, (_, option))| (IssueId(k), option));
        if picks.any(|(k, option)| self.is_settled_here(k) && option.stops.is_some_and(|stop| stops(k, stop))) {
            self.falls_silent();
        }
    }

    /// The conflict ends, if it is on.
    pub fn falls_silent(&mut self) {
        if std::mem::take(&mut self.conflict) {
            self.tell(|| What::ConflictEnds);
        }
    }

    /// Whether a conflict that an earlier paper ended breaks out again: without a stage before the last there is no such paper.
    pub fn may_resume(&mut self) {
        if self.conflict || !self.talks.rules.conflict || self.talks.stages.order.len() < 2 {
            return;
        }
        let resumes = self.talks.pace.chance(self.world.value(self.talks.rules.resumes));
        if self.luck.resumes.at(u64::from(self.round)) < resumes {
            self.conflict = true;
            self.tell(|| What::ConflictResumes);
        }
    }
}
