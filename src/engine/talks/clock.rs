//! What happens around the talks in a round: states move, events happen, parties escalate.

use super::Mechanism;
use super::course::Course;
use super::step::{Recorder, What};
use crate::model::{ActorId, InputId, Intent, StateId, Timing};

impl<R: Recorder> Course<'_, R> {
    /// Every state moves by its change and its noise, while its circumstance holds:
    ///
    /// ```text
    /// s(t) = min(max, max(min, s(t − 1) + change + spread · z)),  z standard normal
    /// ```
    ///
    /// All circumstances are looked at before any state moves. Source: assumption (a random walk with drift).
    pub fn move_states(&mut self) {
        if !self.talks.has(Mechanism::States) {
            return;
        }
        let states = &self.talks.n.states;
        let moving: u128 = (0..states.len().min(128)).filter(|s| self.holds(&states[*s].during)).map(|s| 1 << s).sum();
        for (s, state) in states.iter().enumerate() {
            let moves = if s < 128 { moving >> s & 1 == 1 } else { self.holds(&state.during) };
            let (change, spread) = (self.world.value(state.change), self.world.value(state.spread));
            if !moves || (change == 0.0 && spread == 0.0) {
                continue;
            }
            let noise = if spread > 0.0 {
                spread * self.talks.normal.at(self.luck.states[s].at(u64::from(self.round)))
            } else {
                0.0
            };
            let from = self.states[s];
            self.states[s] = self.bounded(s, from + (change + noise));
            let to = self.states[s];
            self.tell(|| What::Moves { state: StateId(s), from, to });
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
        for at in 0..self.talks.events.len() {
            let place = self.talks.events[at].0;
            let event = &self.talks.n.events[place];
            let happens = match event.timing {
                Timing::In(round) => round == self.round,
                Timing::Each(chance) => {
                    let chance = self.world.value(chance);
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
            let intent = self.intent(i);
            let chance = self.escalation_chance(intent);
            let escalates = chance > 0.0 && self.sides[i].escalation.at(u64::from(self.round)) < chance;
            self.sees_escalation(i, escalates);
            let Some(escalation) = intent.escalates.as_ref().filter(|_| escalates) else { continue };
            let of = self.talks.parties[i].actor;
            self.escalations += 1;
            self.tell(|| What::Escalates(of));
            self.shift(Some(of), &escalation.moves);
        }
    }

    /// How likely a party with this intent is to escalate now.
    pub fn escalation_chance(&self, intent: &Intent) -> f64 {
        let may = intent.escalates.as_ref().filter(|escalation| self.holds(&escalation.during));
        may.map_or(0.0, |escalation| self.world.value(escalation.chance))
    }

    /// Moves states; what goes an actor's way is a success of its own.
    fn shift(&mut self, actor: Option<ActorId>, moves: &[(StateId, InputId)]) {
        for (s, by) in moves {
            let before = self.states[s.0];
            self.states[s.0] = self.bounded(s.0, before + self.world.value(*by));
            let (state, to) = (*s, self.states[s.0]);
            let shift = to - before;
            if shift != 0.0 {
                self.tell(|| What::Moves { state, from: before, to });
            }
            let favours = &self.talks.n.states[s.0].favours;
            let own =
                |who: ActorId| favours.iter().find(|(of, _)| *of == who).map_or(0.0, |(_, f)| self.world.value(*f));
            if let Some(who) = actor.filter(|who| own(*who) * shift > 0.0) {
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
        let reached = |(bound, value): &(&crate::model::Decisive, f64)| {
            bound.over.is_some_and(|over| *value >= self.world.value(over))
                || bound.under.is_some_and(|under| *value <= self.world.value(under))
        };
        let by = bounds.filter(reached).map(|(bound, _)| bound.by);
        by.min_by_key(|by| &self.talks.n.actor(*by).id)
    }
}
