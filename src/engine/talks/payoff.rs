//! What a run pays: costs charged on the way, and what it ends with, over the years for which those who decide look ahead.
//!
//! ```text
//! Π_i = − costs charged + ( U_i(x) · ℓ + W_i(s(t̄)) · (H − ℓ) ) / H    with a deal
//! Π_i = − costs charged + W_i(T)                                       without
//! ```
//!
//! W is no deal in truth, not as it is perceived: what a party believes serves its choices only. U counts from the signature
//! on: a deal that comes late costs what going on costs until then, and what the discount takes. Source: assumption.

use super::course::Course;
use super::ending::Run;
use crate::model::{ActorId, Holding, Standing};

impl Course<'_> {
    /// Charges what a round has cost that is over, where it went on: cost · the time that it is expected to have gone on in it.
    pub fn charge(&mut self) {
        let (n, pace) = (self.talks.n, self.talks.pace);
        let lasted = n.going_on.expected_in(self.world, pace.time(self.round - 1), pace.step());
        for (i, party) in self.talks.parties.iter().enumerate() {
            let cost = self.world.value(n.actor(party.actor).no_deal.cost);
            if cost > 0.0 {
                self.paid[i] += cost * lasted * self.discounted(party.actor, self.now());
            }
        }
    }

    /// δ^t: what is left to a party of a value at a time.
    fn discounted(&self, actor: ActorId, time: f64) -> f64 {
        let discount = self.talks.rules.discount.iter().find(|(of, _)| *of == actor);
        discount.map_or(1.0, |(_, by)| crate::num::pow(self.world.value(*by), time))
    }

    /// What the run has paid once it pays a party these points at its end.
    fn paid(&self, i: usize, points: f64) -> (ActorId, f64) {
        let (actor, now) = (self.talks.parties[i].actor, self.talks.pace.time(self.charged));
        (actor, self.discounted(actor, now) * points - self.paid[i])
    }

    /// What a run without a deal pays; `imposed` if one side has its way, and nothing more is to come of going on.
    pub fn paid_without(&self, imposed: bool) -> Vec<(ActorId, f64)> {
        let now = Standing { goes_on: !self.ran_out && !imposed, ..self.stands() };
        let worth = |i: usize| self.with_what_is_settled(i, self.truly_without(i, &now), now.goes_on);
        (0..self.sides.len()).map(|i| self.paid(i, worth(i))).collect()
    }

    /// What a run with a deal signed and ratified pays.
    pub fn paid_by_a_deal(&self, run: &Run) -> Vec<(ActorId, f64)> {
        let Some(package) = &run.package else { return Vec::new() };
        let (n, ahead) = (self.talks.n, self.talks.n.years_ahead(self.world));
        let holding = run.outlook.as_ref().map_or(Holding::for_good(ahead), |it| it.hazard.holding(ahead));
        // Once it has broken, it begins anew, with states as they have moved on by then.
        let states = n.after_signing(self.world, &self.states, holding.broken_at * n.per.in_a_year());
        let now = self.talks.pace.time(self.charged);
        let then = Standing { states: &states, goes_on: true, time: now, ..self.stands() };
        let worth = |i: usize| {
            let actor = self.talks.parties[i].actor;
            let deal = self.space.scale.points(self.scores.while_it_holds(self.world, actor, package));
            let share = holding.share();
            // What is settled beside the talks holds in any case.
            let aside = self.space.scale.points(self.agenda.aside.get(i).copied().unwrap_or(0));
            let without = || self.truly_without(i, &then) + aside;
            deal * share + if share < 1.0 { without() * (1.0 - share) } else { 0.0 }
        };
        (0..self.sides.len()).map(|i| self.paid(i, worth(i))).collect()
    }

    /// What no deal is worth to a party in truth as things stand, in points.
    fn truly_without(&self, i: usize, now: &Standing) -> f64 {
        self.scores.true_no_deal_at(self.world, self.talks.parties[i].actor, now)
    }
}
