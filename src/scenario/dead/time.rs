//! Dials of time that are dead or at their end: a cost that moves no choice, a drift that meets its bound.

use super::{Dial, Rule, greatest_product, is_staged};
use crate::model::{ActorId, GoingOn, Negotiation, Period, State, StateId, World};

pub(super) const RULES: [Rule; 2] = [
    Rule {
        key: "no_deal.PARTY.cost",
        hint: "it is paid and moves no choice; lower `floor`, or leave one of the two out",
        dead: costs_below_the_floor,
    },
    Rule {
        key: "state.ID.change",
        hint: "beyond its bound waiting brings no more; move the bound, or let it drift less",
        dead: drifts_to_its_bound,
    },
];

/// Costs of going on for a party that asks for its floor in any case, between two who settle everything at once: no deal then
/// only shifts what the other reads of its gain, by as much for every package.
fn costs_below_the_floor(n: &Negotiation) -> Vec<Dial> {
    let proposes = n.mediator.as_ref().is_some_and(|it| !n.is_zero(it.proposes));
    let looks = n.durability.is_some() || n.states.iter().any(|state| !n.is_zero(state.after));
    if n.talks.is_none() || is_staged(n) || proposes || looks || n.parties().count() != 2 {
        return Vec::new();
    }
    let dead = |of: &ActorId| {
        let floors = || n.intents_of(*of).map(|at| n.intents[at].floor.map(|floor| n.range(floor).0));
        let least = floors().try_fold(f64::INFINITY, |least, floor| Some(least.min(floor?)));
        // A party without any intent is told of elsewhere.
        let least = least.filter(|least| least.is_finite());
        least.zip(most_without(n, *of)).is_some_and(|(floor, most)| floor > most)
    };
    let found =
        |id: &str| format!("the `floor` of every intent of `{id}` lies above no deal, whatever waiting costs it");
    let costs = n.parties().filter(dead).map(|of| n.actor(of));
    let costs = costs.filter(|it| !n.is_zero(it.no_deal.cost));
    costs.map(|it| Dial::number(it.no_deal.cost, found(&it.id))).collect()
}

/// The most that no deal can ever be worth to a party in its own eyes, in points; `None` where a state has no bounds.
fn most_without(n: &Negotiation, of: ActorId) -> Option<f64> {
    let (actor, it) = (n.actor(of), &n.actor(of).no_deal);
    let mut most = n.range(it.base).1 + n.range(it.contact).1;
    for (state, points) in it.stake.iter().filter(|(_, points)| !n.is_zero(*points)) {
        let at = &n.states[state.0];
        let Some((_, favours)) = at.favours.iter().find(|(who, _)| *who == of) else { continue };
        let (min, max) = (n.range(at.min?).0.min(n.range(at.start).0), n.range(at.max?).1.max(n.range(at.start).1));
        let misjudged = actor.misjudges.iter().find(|(s, _)| s == state).map_or((0.0, 0.0), |(_, by)| n.range(*by));
        let perceived = (min + misjudged.0.min(0.0), max + misjudged.1.max(0.0));
        let (stake, how) = (n.range(*points), n.range(*favours));
        let each = (-greatest_product((-stake.0, -stake.1), how), greatest_product(stake, how));
        most += greatest_product(each, perceived);
    }
    Some(most)
}

/// Drifts that meet a bound, with every number at its likeliest, before what goes on without a deal is expected to end.
fn drifts_to_its_bound(n: &Negotiation) -> Vec<Dial> {
    let world = n.modal_world(&n.laws(None, &n.default_variants()));
    let states = n.states.iter().enumerate().filter(|(_, state)| state.during.holds_throughout(n.is_conflict()));
    let met = states.filter_map(|(s, state)| {
        let (bound, after) = meets(state, &world)?;
        let waits = n.parties().filter(|of| cares(n, *of, StateId(s))).map(|of| still_to_come(n, &world, of));
        let still = waits.fold(0.0, f64::max);
        let [after_tenths, still_tenths] = [after, still].map(|span| (10.0 * span).round() / 10.0);
        let found = format!(
            "state `{}` drifts to its bound {bound} in {after_tenths} {}s, and {still_tenths} are still to come",
            state.id,
            Period::WORDS[n.per as usize].0
        );
        (after < still).then(|| Dial::number(state.change, found))
    });
    met.collect()
}

/// The bound that a state drifts to, and the time that it takes.
fn meets(state: &State, world: &World) -> Option<(f64, f64)> {
    let (start, change) = (world.value(state.start), world.value(state.change));
    let bound = world.value(if change > 0.0 { state.max? } else { state.min? });
    let after = (bound - start) / change;
    (change != 0.0 && after > 0.0).then_some((bound, after))
}

fn cares(n: &Negotiation, of: ActorId, state: StateId) -> bool {
    let staked = n.actor(of).no_deal.stake.iter().any(|(s, points)| *s == state && !n.is_zero(*points));
    staked && n.states[state.0].favours.iter().any(|(who, _)| *who == of)
}

fn still_to_come(n: &Negotiation, world: &World, of: ActorId) -> f64 {
    let lasts = n.actor(of).no_deal.lasts.or(n.going_on.lasts);
    GoingOn { lasts, ..n.going_on }.expected(world, 0.0)
}
