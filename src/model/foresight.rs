//! Foresight: leaders who ask, before they sign, how long a deal will hold.

use super::{
    ActorId, Durability, GoingOn, InputId, LOOKS_AHEAD, Negotiation, NoDeal, Pull, State, World, hazard_rate,
    score::sum, survival,
};

/// What one leadership makes of a deal that may not hold:
///
/// ```text
/// U_eff(x) = (1 − φ) · U(x) + φ · W(0),   φ = f · (1 − S(x))
/// ```
///
/// f in [0, 1] is its foresight, S(x) the survival of the package, by its terms alone, to the years that leaders look
/// ahead. W(0) is what no deal is worth at the start. With f = 0 nothing is looked ahead at.
/// Source: Fearon (1995) and Powell (2006) for leaders who discount what will not be kept; the form is an assumption.
#[derive(Debug, Clone, PartialEq)]
pub struct Foresight {
    share: InputId,
    hazard: InputId,
    shape: InputId,
    years: Option<InputId>,
    /// What no deal is worth at the start: `base`, `cost`, what the actor believes of how long it goes on, and `stakes`.
    base: InputId,
    cost: InputId,
    going_on: GoingOn,
    conflict: bool,
    stakes: Vec<Stake>,
}

/// Points for a state that favours the actor.
#[derive(Debug, Clone, PartialEq)]
struct Stake {
    points: InputId,
    favours: Option<InputId>,
    state: State,
    misjudged: Option<InputId>,
}

impl Foresight {
    /// φ: how little the leadership makes of what it is promised, in [0, 1].
    pub fn doubt(&self, world: &World, pulls: &[Pull]) -> f64 {
        let share = world.value(self.share);
        if share == 0.0 {
            return 0.0;
        }
        let mut pulls: Vec<f64> = pulls.iter().map(|pull| pull.size(world)).collect();
        let rate = hazard_rate(world.value(self.hazard), &mut pulls);
        let years = self.years.map_or(LOOKS_AHEAD, |years| world.value(years));
        share * (1.0 - survival(rate, world.value(self.shape), years))
    }

    /// φ · W(0) in points.
    pub fn without_it(&self, world: &World, doubt: f64) -> f64 {
        doubt * self.no_deal(world)
    }

    /// W(0) in points.
    fn no_deal(&self, world: &World) -> f64 {
        let value = |id: Option<InputId>| id.map_or(0.0, |id| world.value(id));
        let further = self.going_on.expected(world, 0.0);
        let perceived = |s: &Stake| {
            let start = world.value(s.state.start);
            start + value(s.misjudged) + s.state.drift(world, start, further, self.conflict)
        };
        let part = |s: &Stake| (world.value(s.points) * value(s.favours)) * perceived(s);
        let mut points: Vec<f64> = self.stakes.iter().map(part).collect();
        points.push(world.value(self.base));
        points.push(-world.value(self.cost) * further);
        sum(&mut points)
    }
}

/// (1 − φ) · points.
pub fn doubted(points: f64, doubt: f64) -> f64 {
    (1.0 - doubt) * points
}

impl Negotiation {
    /// The foresight of a party's leadership; `None` if nothing is said of how long deals hold.
    pub fn foresight(&self, actor: ActorId) -> Option<(&Durability, Foresight)> {
        let durability = self.durability.as_ref()?;
        let (it, no_deal) = (self.actor(actor), &self.actor(actor).no_deal);
        let stakes = no_deal.stake.iter().map(|(s, stake)| {
            let state = &self.states[s.0];
            Stake {
                points: *stake,
                favours: state.favours.iter().find(|(who, _)| *who == actor).map(|(_, f)| *f),
                state: state.clone(),
                misjudged: it.misjudges.iter().find(|(of, _)| of == s).map(|(_, by)| *by),
            }
        });
        let (share, years) = (it.foresight, self.looks_ahead);
        let (hazard, shape) = (durability.hazard, durability.shape);
        let NoDeal { base, cost, lasts, .. } = *no_deal;
        let going_on = GoingOn { lasts: lasts.or(self.going_on.lasts), ..self.going_on };
        let (conflict, stakes) = (self.is_conflict(), stakes.collect());
        Some((durability, Foresight { share, hazard, shape, years, base, cost, going_on, conflict, stakes }))
    }

    /// Whether a leadership may look ahead at all, in any reading and with these variants on (`None`: with any).
    pub fn looks_ahead(&self, actor: ActorId, variants: Option<&[bool]>) -> bool {
        if self.durability.is_none() {
            return false;
        }
        let id = self.actor(actor).foresight;
        let Some(on) = variants else { return self.range(id).1 > 0.0 };
        let laws = |reading| self.laws(reading, on)[id.0].clone();
        let readings = std::iter::once(None).chain((0..self.readings.len()).map(Some));
        readings.map(laws).any(|law| self.support(&law).1 > 0.0)
    }

    /// The most points that no deal at the start can be worth to a leadership, either way, if it may look ahead; else 0.
    pub(super) fn widest_fallback(&self, actor: ActorId) -> f64 {
        let Some((_, it)) = self.foresight(actor).filter(|_| self.looks_ahead(actor, None)) else { return 0.0 };
        let most = |id: InputId| self.most(id);
        let of = |id: Option<InputId>| id.map_or(0.0, most);
        let further = it.going_on.lasts.or(it.going_on.until).map_or(0.0, most);
        let perceived = |s: &Stake| most(s.state.start) + of(s.misjudged) + most(s.state.change) * further;
        let stakes = it.stakes.iter().map(|s| most(s.points) * of(s.favours) * perceived(s));
        stakes.sum::<f64>() + most(it.base) + most(it.cost) * further
    }
}
