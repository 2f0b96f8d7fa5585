//! Circumstances: what holds in the talks at a moment, as opposed to what a package holds.

use super::actor::ActorId;
use super::input::{InputId, World};
use super::state::StateId;

/// What must hold in the talks, from a closed list; everything named must hold, and what names nothing always does.
///
/// Numbers of rounds are certain; the bounds of states are inputs. Source: assumption (a closed list keeps it readable).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Circumstance {
    /// Whether the parties are still at blows (or on strike).
    pub conflict: Option<bool>,
    /// First and last round, both included; rounds count from 1.
    pub rounds: Option<(u32, u32)>,
    /// States that must lie above a bound.
    pub over: Vec<(StateId, InputId)>,
    /// States that must lie below a bound.
    pub under: Vec<(StateId, InputId)>,
    /// An actor whose own event or escalation moved a state in its favour, in this round or the one before.
    pub after_success: Option<ActorId>,
    /// A party that the mediator is pressing.
    pub pressed: Option<ActorId>,
    /// At most so many rounds are left after this one.
    pub deadline_within: Option<u32>,
}

/// How the talks stand when a circumstance is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The round, from 1.
    pub round: u32,
    /// The last round.
    pub horizon: u32,
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
    /// Whether everything named holds.
    #[must_use]
    pub fn holds(&self, world: &World, now: &Moment) -> bool {
        let over = |(s, bound): &(StateId, InputId)| now.states[s.0] > world.value(*bound);
        let under = |(s, bound): &(StateId, InputId)| now.states[s.0] < world.value(*bound);
        let recent = |actor: ActorId| {
            let last = now.successes[actor.0];
            last > 0 && last + 1 >= now.round
        };
        self.conflict.is_none_or(|conflict| conflict == now.conflict)
            && self.rounds.is_none_or(|(first, last)| (first..=last).contains(&now.round))
            && self.over.iter().all(over)
            && self.under.iter().all(under)
            && self.after_success.is_none_or(recent)
            && self.pressed.is_none_or(|who| now.pressed_until[who.0] >= now.round)
            && self.deadline_within.is_none_or(|left| now.horizon.saturating_sub(now.round) <= left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(round: u32, balance: f64, success: u32) -> (u32, [f64; 1], [u32; 1]) {
        (round, [balance], [success])
    }

    fn holds(c: &Circumstance, (round, states, successes): (u32, [f64; 1], [u32; 1])) -> bool {
        let now =
            Moment { round, horizon: 10, conflict: true, states: &states, successes: &successes, pressed_until: &[0] };
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
