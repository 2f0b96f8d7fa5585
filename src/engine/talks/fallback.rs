//! What no deal is worth to a party, and what a deal must be worth to be kept. Both are asked for many times a turn and
//! move only as things do, so they are remembered with what they hang on.

use std::cell::{OnceCell, RefMut};

use super::course::Course;
use crate::model::rate_of;

/// What no deal was worth to a party when somebody last asked.
#[derive(Debug, Clone, Default)]
pub(super) struct Fallback {
    /// When it was asked; `None`: not yet.
    as_of: Option<AsOf>,
    /// Where the states stood then.
    states: Vec<f64>,
    /// What no deal was worth, in units.
    no_deal: i64,
    /// The least that the party would keep, in units, if somebody asked.
    keeps_from: OnceCell<Option<i64>>,
}

/// All that moves in a run, but for the states, on which both hang.
#[derive(Debug, Clone, Copy, PartialEq)]
struct AsOf {
    round: u32,
    charged: u32,
    gone_on: f64,
    ran_out: bool,
    conflict: bool,
    pressure: f64,
    /// Place of the stage.
    at: usize,
    /// What is settled so far, and what is settled beside the talks, is worth, in units.
    settled: [Option<i64>; 2],
}

impl Course<'_> {
    fn as_of_now(&self, i: usize) -> AsOf {
        let agenda = &self.agenda;
        AsOf {
            round: self.round,
            charged: self.charged,
            gone_on: self.gone_on,
            ran_out: self.ran_out,
            conflict: self.conflict,
            pressure: self.pressure_on(i),
            at: agenda.at,
            settled: [&agenda.worth, &agenda.aside].map(|worth| worth.get(i).copied()),
        }
    }

    fn fallback(&self, i: usize) -> RefMut<'_, Fallback> {
        let (now, mut known) = (self.as_of_now(i), self.fallbacks[i].borrow_mut());
        if known.as_of != Some(now) || known.states != self.states {
            known.as_of = Some(now);
            known.states.clone_from(&self.states);
            known.no_deal = self.no_deal_now(i);
            known.keeps_from = OnceCell::new();
        }
        debug_assert_eq!(known.no_deal, self.no_deal_now(i), "it hangs on something that is not remembered with it");
        known
    }

    /// What no deal is worth to a party now, in units: what it expects, with what is settled so far; a little more while
    /// the contact itself is worth something, less while the mediator presses it.
    ///
    /// Where the talks began without a conflict, what is settled so far adds to what it expects. Where they began with
    /// one, papers have no force while it goes on; once it has ended, no deal is what is settled so far, with the rest as
    /// now, until it breaks out again at the rate r:
    ///
    /// ```text
    /// W = ( U(settled so far) · ℓ + W(conflict) · (H − ℓ) ) / H,   ℓ = (1 − e^(−ρH))/ρ,   ρ = −ln(1 − r)
    /// ```
    ///
    /// with H the time for which those who decide look ahead, and ℓ how long of it the silence is expected to last. What is
    /// settled beside the talks holds in any case. Source: assumption.
    pub fn no_deal(&self, i: usize) -> i64 {
        self.fallback(i).no_deal
    }

    fn no_deal_now(&self, i: usize) -> i64 {
        let actor = self.talks.parties[i].actor;
        let expected = self.scores.no_deal_at(self.world, actor, &self.stands());
        let contact = self.world.value(self.talks.n.actor(actor).no_deal.contact);
        let points = contact - self.pressure_on(i);
        let scale = self.space.scale;
        if self.agenda.worth.is_empty() {
            return expected + scale.units(points);
        }
        scale.units(self.with_what_is_settled(i, scale.points(expected), !self.ran_out)) + scale.units(points)
    }

    /// What no deal is worth once something is settled, in points, if it would be `expected` without.
    pub fn with_what_is_settled(&self, i: usize, expected: f64, goes_on: bool) -> f64 {
        let Some(worth) = self.agenda.worth.get(i) else { return expected };
        let points = |units: i64| self.space.scale.points(units);
        let (worth, aside) = (points(*worth), points(self.agenda.aside.get(i).copied().unwrap_or(0)));
        let rules = self.talks.rules;
        if !rules.conflict {
            return expected + worth;
        }
        // What has ended by itself, or is imposed, cannot break out again.
        if self.conflict || self.agenda.at == 0 || !goes_on {
            return expected + aside;
        }
        worth + (1.0 - self.silence()) * (expected + aside - worth)
    }

    /// ℓ/H: the share of the time for which those who decide look ahead that a conflict once silent is expected to stay
    /// so, in [0, 1].
    pub fn silence(&self) -> f64 {
        let n = self.talks.n;
        let ahead = n.years_ahead(self.world) * n.per.in_a_year();
        let rate = rate_of(self.world.value(self.talks.rules.resumes));
        let spans = rate * ahead;
        if spans > 0.0 { (1.0 - crate::num::exp(-spans)) / spans } else { 1.0 }
    }

    /// The least that a party keeps, in units; `None` where nothing moves on that it cares for.
    pub fn keeps_from(&self, i: usize) -> Option<i64> {
        if !self.talks.shifts {
            return None;
        }
        *self.fallback(i).keeps_from.get_or_init(|| self.keeps_from_now(i))
    }

    fn keeps_from_now(&self, i: usize) -> Option<i64> {
        let actor = self.talks.parties[i].actor;
        let line = self.scores.keeps_later(self.world, actor, &self.stands())?;
        Some(line + self.agenda.aside.get(i).copied().unwrap_or(0))
    }
}
