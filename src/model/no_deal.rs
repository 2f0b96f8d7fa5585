//! What no deal is worth as things stand, and what a deal must be worth to be kept.

use super::{ActorId, GoingOn, InputId, Package, Scores, State, StateId, World, score::sum_of};

/// How things stand outside the package at a moment.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// True values, `states[state]`.
    pub states: &'a [f64],
    /// The time, in units from the start.
    pub time: f64,
    /// Up to when the cost of going on is charged: it is charged when a round is over.
    pub charged: f64,
    /// For how long it has gone on without a deal.
    pub fought: f64,
    /// Whether it still goes on without a deal; nothing further is expected of what has ended by itself.
    pub goes_on: bool,
    /// Whether there is a conflict now: states that move in it alone have not moved in a lull.
    pub conflict: bool,
}

impl<'a> Standing<'a> {
    /// Before the talks.
    pub fn at_start(states: &'a [f64]) -> Self {
        Self { states, time: 0.0, charged: 0.0, fought: 0.0, goes_on: true, conflict: true }
    }
}

impl Scores<'_> {
    /// What no deal is worth to an actor at the start, in units.
    pub fn no_deal(&self, world: &World, actor: ActorId) -> i64 {
        let states: Vec<f64> = self.n.states.iter().map(|state| world.value(state.start)).collect();
        self.no_deal_at(world, actor, &Standing::at_start(&states))
    }

    /// What no deal is worth to an actor as things stand in its own eyes, in units: `W_i(t)` of
    /// [`NoDeal`](super::NoDeal).
    pub fn no_deal_at(&self, world: &World, actor: ActorId, now: &Standing) -> i64 {
        let lasts = self.n.actor(actor).no_deal.lasts.or(self.n.going_on.lasts);
        self.scale.units(self.no_deal_if(world, actor, now, lasts, |s| self.misjudged(world, actor, s, now)))
    }

    /// The same in truth, in points: with states as they are, and going on as long as it does. Where the file does not say
    /// how long that is, the actor's own belief is taken for true.
    pub fn true_no_deal_at(&self, world: &World, actor: ActorId, now: &Standing) -> f64 {
        let on = self.n.going_on;
        let lasts = if on.is_known() { on.lasts } else { self.n.actor(actor).no_deal.lasts };
        self.no_deal_if(world, actor, now, lasts, |_| 0.0)
    }

    fn no_deal_if(
        &self,
        world: &World,
        actor: ActorId,
        now: &Standing,
        lasts: Option<InputId>,
        misjudged: impl Fn(usize) -> f64,
    ) -> f64 {
        let it = &self.n.actor(actor).no_deal;
        let on = GoingOn { lasts, ..self.n.going_on };
        let unpaid = if now.goes_on { on.expected(world, now.charged) } else { 0.0 };
        let further = |state: &State| {
            // What moves now has moved also in the part of a round that is not charged yet.
            let moved = now.goes_on && state.during.holds_throughout(now.conflict);
            unpaid - if moved { now.time - now.charged } else { 0.0 }
        };
        let stakes = it.stake.iter().map(|(s, stake)| {
            let state = &self.n.states[s.0];
            let favours = state.favours.iter().find(|(who, _)| *who == actor).map_or(0.0, |(_, f)| world.value(*f));
            let (value, misjudged) = (now.states[s.0], misjudged(s.0));
            let drift = state.drift(world, value, further(state), self.n.is_conflict());
            (world.value(*stake) * favours) * (value + misjudged + drift)
        });
        let waiting = -world.value(it.cost) * unpaid;
        sum_of(stakes.chain([world.value(it.base), waiting]))
    }

    /// The least that a deal must be worth to an actor, as long as it holds, for it to sign and to keep it, in units:
    ///
    /// ```text
    /// max( W_i(now),  max over τ in [0, H] of W_i(s(τ)) − break_cost_i )
    /// ```
    ///
    /// s(τ) is where the states stand on their mean path after signing (`after`); whoever goes back begins anew, and expects
    /// it to go on as it does now. W is greatest where the path begins or ends, or a state meets a bound.
    /// Source: Fearon (1995) and Powell (2006) for deals that will not be kept; the form is an assumption.
    pub fn keeps_from(&self, world: &World, actor: ActorId, now: &Standing) -> i64 {
        let at_once = self.no_deal_at(world, actor, now);
        self.keeps_later(world, actor, now).map_or(at_once, |later| later.max(at_once))
    }

    /// The second part of that alone: the least that a deal must be worth for an actor to keep it, in units; `None` where
    /// nothing that it has a stake in moves after signing.
    pub fn keeps_later(&self, world: &World, actor: ActorId, now: &Standing) -> Option<i64> {
        let path = self.going_back(world, actor, now)?;
        let most = path.into_iter().map(|(_, units)| units).max();
        most.map(|most| most - self.break_cost(world, actor))
    }

    fn break_cost(&self, world: &World, actor: ActorId) -> i64 {
        self.scale.units(world.value(self.n.actor(actor).no_deal.break_cost))
    }

    /// What going back on a deal would be worth to an actor, `W_i(s(τ))` in units, at each moment at which that path bends, in units
    /// of time after the signature, in order; between them it is straight. `None` where nothing that it has a stake in moves
    /// after signing.
    fn going_back(&self, world: &World, actor: ActorId, now: &Standing) -> Option<Vec<(f64, i64)>> {
        let (n, it) = (self.n, &self.n.actor(actor).no_deal);
        let moving = |(s, _): &&(StateId, InputId)| world.value(n.states[s.0].after) != 0.0;
        if !it.stake.iter().any(|stake| moving(&stake)) {
            return None;
        }
        let ahead = n.years_ahead(world) * n.per.in_a_year();
        let lasts = it.lasts.or(n.going_on.lasts);
        let further = if now.goes_on { GoingOn { lasts, ..n.going_on }.expected(world, now.charged) } else { 0.0 };
        // The path bends where a state meets a bound, and where it would if it then went on without a deal.
        let bends = |s: StateId| {
            let (state, from) = (&n.states[s.0], now.states[s.0]);
            [0.0, world.value(state.change) * further].map(|drift| state.meets_bounds(world, from + drift)).concat()
        };
        let bounds = it.stake.iter().flat_map(|(s, _)| bends(*s));
        let mut moments: Vec<f64> = bounds.filter(|at| (0.0..ahead).contains(at)).chain([0.0, ahead]).collect();
        moments.sort_by(f64::total_cmp);
        let worth = |span: f64| {
            let states = n.after_signing(world, now.states, span);
            (span, self.no_deal_at(world, actor, &Standing { states: &states, time: now.charged, ..*now }))
        };
        Some(moments.into_iter().map(worth).collect())
    }

    /// When going back on a deal that is signed now would be worth most to an actor, in units of time after the signature, and what
    /// that is worth to it, in units, less what breaking the deal costs it.
    pub fn breaks_best(&self, world: &World, actor: ActorId, now: &Standing) -> (f64, i64) {
        let path =
            self.going_back(world, actor, now).unwrap_or_else(|| vec![(0.0, self.no_deal_at(world, actor, now))]);
        // Of equal moments the first.
        let best = path.into_iter().rev().max_by_key(|(_, units)| *units).unwrap_or_default();
        (best.0, best.1 - self.break_cost(world, actor))
    }

    /// When an actor would go back on a package that all signed before the talks, in units of time after the signature: the first
    /// moment at which going back is worth more than the deal and what it costs to break it. `None` if it would keep it as
    /// long as it looks ahead.
    pub fn breaks_after(&self, world: &World, actor: ActorId, package: &Package) -> Option<f64> {
        let states: Vec<f64> = self.n.states.iter().map(|state| world.value(state.start)).collect();
        let path = self.going_back(world, actor, &Standing::at_start(&states))?;
        let most = self.while_it_holds(world, actor, package) + self.break_cost(world, actor);
        let at = path.iter().position(|(_, units)| *units > most)?;
        let (later, above) = path[at];
        let Some((sooner, below)) = at.checked_sub(1).map(|before| path[before]) else { return Some(later) };
        Some(sooner + (later - sooner) * (most - below) as f64 / (above - below) as f64)
    }

    /// Whether a leadership asks for more of a deal before the talks than no deal is worth, so that it will be kept.
    pub fn asks_to_keep(&self, world: &World, actor: ActorId) -> bool {
        let states: Vec<f64> = self.n.states.iter().map(|state| world.value(state.start)).collect();
        let now = Standing::at_start(&states);
        self.keeps_from(world, actor, &now) > self.no_deal_at(world, actor, &now)
    }

    /// How far an actor misjudges a state: what it perceives is the true value plus this,
    ///
    /// ```text
    /// misjudges / (1 + fought/learns_in)
    /// ```
    pub(super) fn misjudged(&self, world: &World, actor: ActorId, state: usize, now: &Standing) -> f64 {
        let actor = self.n.actor(actor);
        let misjudged = actor.misjudges.iter().find(|(s, _)| s.0 == state);
        let by = misjudged.map_or(0.0, |(_, by)| world.value(*by));
        actor.learns_in.map_or(by, |span| by / (1.0 + now.fought / world.value(span)))
    }
}
