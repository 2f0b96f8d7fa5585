//! What surrounds the talks: states of the world, events, and circumstances, which hold at a moment, as opposed to what a
//! package holds.

use serde::Serialize;

use super::{ActorId, AudienceId, InputId, OwingId, Pace, World};

/// Place of a state in [`Negotiation::states`](super::Negotiation::states), in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct StateId(pub usize);

/// A quantity outside the package that feeds what no deal is worth, and the lines of audiences.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Its value when the talks begin.
    pub start: InputId,
    /// What it changes by in a unit of time while it moves.
    pub change: InputId,
    /// Standard deviation of the normal noise of a unit of time while it moves, ≥ 0.
    pub spread: InputId,
    /// What it changes by in a unit of time once a deal is signed: a drift without noise, by which those who decide look
    /// ahead.
    pub after: InputId,
    /// It never falls below this.
    pub min: Option<InputId>,
    /// It never rises above this.
    pub max: Option<InputId>,
    /// In what circumstances it moves of itself; events move it always.
    pub during: Circumstance,
    /// Bounds at which one side has its way and the talks are over.
    pub decisive: Vec<Decisive>,
    /// Whom it favours: the sign and size with which it enters that actor's no-deal value.
    pub favours: Vec<(ActorId, InputId)>,
}

impl State {
    /// What it is expected to drift by in a span of going on without a deal, which is a conflict or is not; no farther than
    /// to its bounds. A state that moves only in some other circumstance is not expected to drift.
    pub fn drift(&self, world: &World, from: f64, span: f64, conflict: bool) -> f64 {
        let change = world.value(self.change);
        if change == 0.0 || span == 0.0 || !self.during.holds_throughout(conflict) {
            return 0.0;
        }
        self.bounded(world, from, from + change * span) - from
    }

    /// Where it stands so long after a deal was signed, on the mean path; no farther than at its bounds.
    pub fn after_signing(&self, world: &World, from: f64, span: f64) -> f64 {
        let after = world.value(self.after);
        if after == 0.0 { from } else { self.bounded(world, from, from + after * span) }
    }

    /// When that path, from a value, meets its bounds; below 0: before the signature.
    pub fn meets_bounds(&self, world: &World, from: f64) -> Vec<f64> {
        let after = world.value(self.after);
        let bounds = [self.min, self.max].into_iter().flatten().filter(|_| after != 0.0);
        bounds.map(|bound| (world.value(bound) - from) / after).collect()
    }

    /// A value on the way from one to another, held within the bounds; who starts beyond a bound stays there.
    pub fn bounded(&self, world: &World, from: f64, to: f64) -> f64 {
        let to = self.min.map_or(to, |min| to.max(world.value(min).min(from)));
        self.max.map_or(to, |max| to.min(world.value(max).max(from)))
    }
}

/// A bound at which one side can impose its will.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decisive {
    /// Who imposes it.
    pub by: ActorId,
    /// Reached when the state is at or above this.
    pub over: Option<InputId>,
    /// Reached when the state is at or below this.
    pub under: Option<InputId>,
}

/// What must hold in the talks, from a closed list; everything named must hold, and what names nothing always does.
///
/// Spans are certain, in units of time; the bounds of states are inputs. Source: assumption (a closed list keeps it readable).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Circumstance {
    /// Whether the parties are still at blows (or on strike).
    pub conflict: Option<bool>,
    /// First and last unit of time, both included; they count from 1.
    pub rounds: Option<(u32, u32)>,
    /// States that must lie above a bound.
    pub over: Vec<(StateId, InputId)>,
    /// States that must lie below a bound.
    pub under: Vec<(StateId, InputId)>,
    /// An actor whose own event or escalation moved a state in its favour, at most one unit of time ago.
    pub after_success: Option<ActorId>,
    /// A party that the mediator is pressing.
    pub pressed: Option<ActorId>,
    /// What a party believes of another, of what a party does.
    pub believes: Vec<Believes>,
    /// At most so much time is left to the deadline: the public one or, of what a party does, its own if that is sooner.
    pub deadline_within: Option<u32>,
}

/// A bound on what a party believes of another: the weight in [0, 1] that it gives one of its intents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Believes {
    /// The intent, as its place among the intents.
    pub intent: usize,
    /// The weight must lie above this.
    pub over: Option<InputId>,
    /// The weight must lie below this.
    pub under: Option<InputId>,
}

/// How the talks stand when a circumstance is asked for.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The weight that whoever asks gives an intent of another party; `None`: nobody asks.
    pub believed: Option<&'a dyn Fn(usize) -> f64>,
    /// The round, from 1.
    pub round: u32,
    /// How rounds make time.
    pub pace: Pace,
    /// When the talks end, or the part of whoever asks in them; infinite without a deadline.
    pub deadline: f64,
    /// Whether the parties are at blows.
    pub conflict: bool,
    /// True values, `states[state]`.
    pub states: &'a [f64],
    /// The last round in which each actor is pressed; 0: never yet.
    pub pressed_until: &'a [u32],
    /// The last round in which each actor had a success; 0: none yet.
    pub successes: &'a [u32],
}

impl Circumstance {
    /// Whether it holds as long as it goes on without a deal, which is a conflict or is not: nothing else is asked.
    pub fn holds_throughout(&self, conflict: bool) -> bool {
        let plain = Self { conflict: self.conflict, ..Self::default() };
        *self == plain && self.conflict.is_none_or(|asked| asked == conflict)
    }

    /// Whether everything named holds.
    pub fn holds(&self, world: &World, now: &Moment) -> bool {
        let over = |(s, bound): &(StateId, InputId)| now.states[s.0] > world.value(*bound);
        let under = |(s, bound): &(StateId, InputId)| now.states[s.0] < world.value(*bound);
        let believes = |it: &Believes| {
            now.believed.is_some_and(|believed| {
                let weight = believed(it.intent);
                it.over.is_none_or(|over| weight > world.value(over))
                    && it.under.is_none_or(|under| weight < world.value(under))
            })
        };
        let recent = |actor: ActorId| {
            let last = now.successes[actor.0];
            last > 0 && now.pace.time(now.round - last) <= 1.0
        };
        self.conflict.is_none_or(|conflict| conflict == now.conflict)
            && self.rounds.is_none_or(|(first, last)| (first..=last).contains(&now.pace.unit(now.round)))
            && self.over.iter().all(over)
            && self.under.iter().all(under)
            && self.after_success.is_none_or(recent)
            // Round 0 lies before the talks, when nobody has been pressed yet.
            && self.pressed.is_none_or(|who| now.round > 0 && now.pressed_until[who.0] >= now.round)
            && self.believes.iter().all(believes)
            && self.deadline_within.is_none_or(|left| now.deadline - now.pace.time(now.round) <= f64::from(left))
    }
}

/// Something that may happen in a round: an offensive, a summit, a wildcat strike.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Who makes it happen, if anybody.
    pub actor: Option<ActorId>,
    /// When it happens.
    pub timing: Timing,
    /// In what circumstances it can happen.
    pub during: Circumstance,
    /// What it adds to states.
    pub moves: Vec<(StateId, InputId)>,
    /// What it adds to the defeat lines of audiences for good, in points of each.
    pub raises: Vec<(AudienceId, InputId)>,
    /// What it makes of the conflict: whether it is on from then on.
    pub conflict: Option<bool>,
    /// Favours that it adds to accounts.
    pub owes: Vec<(OwingId, InputId)>,
}

/// When an event happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// At this rate, in [0, 1); it may happen again.
    Each(InputId),
    /// In the first round of this unit of time, counted from 1.
    In(u32),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(round: u32, balance: f64, success: u32) -> (u32, [f64; 1], [u32; 1]) {
        (round, [balance], [success])
    }

    fn holds(c: &Circumstance, (round, states, successes): (u32, [f64; 1], [u32; 1])) -> bool {
        let now = Moment {
            believed: None,
            round,
            pace: Pace::default(),
            deadline: 10.0,
            conflict: true,
            states: &states,
            successes: &successes,
            pressed_until: &[0],
        };
        c.holds(&World { values: vec![0.5] }, &now)
    }

    #[test]
    fn all_that_is_named_must_hold() {
        let bound = vec![(StateId(0), InputId(0))];
        let c = Circumstance { rounds: Some((2, 4)), over: bound.clone(), ..Circumstance::default() };
        assert!(holds(&c, at(2, 0.6, 0)) && holds(&c, at(4, 0.6, 0)));
        assert!(!holds(&c, at(1, 0.6, 0)) && !holds(&c, at(5, 0.6, 0)) && !holds(&c, at(3, 0.5, 0)));
        let c = Circumstance { under: bound, conflict: Some(true), ..Circumstance::default() };
        assert!(holds(&c, at(1, 0.4, 0)) && !holds(&c, at(1, 0.5, 0)));
        assert!(!holds(&Circumstance { conflict: Some(false), ..Circumstance::default() }, at(1, 0.0, 0)));
        assert!(holds(&Circumstance::default(), at(1, 0.0, 0)));
    }

    #[test]
    fn a_success_is_fresh_for_two_rounds_and_the_deadline_is_near_at_the_end() {
        let c = Circumstance { after_success: Some(ActorId(0)), ..Circumstance::default() };
        assert!(holds(&c, at(5, 0.0, 5)) && holds(&c, at(6, 0.0, 5)) && !holds(&c, at(7, 0.0, 5)));
        assert!(!holds(&c, at(1, 0.0, 0)), "no success yet");
        let c = Circumstance { deadline_within: Some(2), ..Circumstance::default() };
        assert!(!holds(&c, at(7, 0.0, 0)) && holds(&c, at(8, 0.0, 0)) && holds(&c, at(10, 0.0, 0)));
    }
}
