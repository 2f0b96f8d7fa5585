//! Foresight: leaders who ask, before they sign, how long a deal will hold.

use super::{
    ActorId, Durability, GoingOn, Horizon, InputId, LOOKS_AHEAD, Negotiation, NoDeal, Pull, State, World, hazard_rate,
    score::sum,
};

/// What one leadership makes of a deal that may not hold:
///
/// ```text
/// U_eff(x) = (1 − φ) · U(x) + φ · W(s(t̄)),   φ = f · (1 − ℓ(x)/H)
/// ```
///
/// f in [0, 1] is its foresight; ℓ the time for which the deal is expected to hold, by its terms alone, of the H years for
/// which those who decide look ahead; t̄ when it breaks if it does ([`Holding`](super::Holding)). W(s(t̄)) is what no deal is then worth, in
/// the leadership's own eyes, with states that have moved on by `after`. With f = 0 nothing is looked ahead at.
/// Source: Fearon (1995) and Powell (2006) for leaders who discount what will not be kept; the form is an assumption.
#[derive(Debug, Clone, PartialEq)]
pub struct Foresight {
    share: InputId,
    hazard: InputId,
    shape: InputId,
    years: Option<InputId>,
    /// Units of time in a year.
    year: f64,
    /// What no deal is worth: `base`, `cost`, what the actor believes of how long it goes on, and `stakes`.
    base: InputId,
    cost: InputId,
    going_on: GoingOn,
    conflict: bool,
    stakes: Vec<Stake>,
}

/// What a leadership that looks ahead sees of a deal with certain terms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// φ: how little it makes of what it is promised, in [0, 1].
    pub doubt: f64,
    /// φ · W(s(t̄)), in points.
    pub instead: f64,
}

impl Outcome {
    /// That of a deal which nobody doubts.
    pub const SURE: Self = Self { doubt: 0.0, instead: 0.0 };
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
    /// What it sees of terms that pull so at the hazard.
    pub fn see(&self, world: &World, pulls: &[Pull]) -> Outcome {
        self.see_all(world, std::iter::once(pulls))[0]
    }

    /// The same of many terms, in their order: one for each.
    pub fn see_all<'p>(&self, world: &World, terms: impl Iterator<Item = &'p [Pull]>) -> Vec<Outcome> {
        let share = world.value(self.share);
        if share == 0.0 {
            return terms.map(|_| Outcome::SURE).collect();
        }
        let ahead = self.years.map_or(LOOKS_AHEAD, |years| world.value(years));
        let (horizon, hazard) = (Horizon::of(world.value(self.shape), ahead), world.value(self.hazard));
        let outcome = |pulls: &[Pull]| {
            let mut pulls: Vec<f64> = pulls.iter().map(|pull| pull.size(world)).collect();
            let holding = horizon.holding(hazard_rate(hazard, &mut pulls));
            let doubt = share * (1.0 - holding.share());
            Outcome { doubt, instead: doubt * self.no_deal(world, holding.broken_at * self.year) }
        };
        terms.map(outcome).collect()
    }

    /// W so long after a deal was signed at the start, in units of time; in points.
    fn no_deal(&self, world: &World, span: f64) -> f64 {
        let value = |id: Option<InputId>| id.map_or(0.0, |id| world.value(id));
        let further = self.going_on.expected(world, 0.0);
        let perceived = |s: &Stake| {
            let then = s.state.after_signing(world, world.value(s.state.start), span);
            then + value(s.misjudged) + s.state.drift(world, then, further, self.conflict)
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
        let (conflict, year, stakes) = (self.is_conflict(), self.per.in_a_year(), stakes.collect());
        Some((durability, Foresight { share, hazard, shape, years, year, base, cost, going_on, conflict, stakes }))
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

    /// The farthest from 0 that a state may stand while a deal is looked ahead at.
    fn widest_place(&self, state: &State) -> f64 {
        let ahead = self.looks_ahead.map_or(LOOKS_AHEAD, |years| self.most(years)) * self.per.in_a_year();
        let moves = self.most(state.after) > 0.0;
        let bounds = [state.min, state.max].map(|bound| bound.map(|bound| self.most(bound)));
        let start = self.most(state.start);
        match bounds {
            _ if !moves => start,
            [Some(min), Some(max)] => start.max(min).max(max),
            _ => start + self.most(state.after) * ahead,
        }
    }

    /// The most points that no deal at the start can be worth to a leadership, either way, if it may look ahead; else 0.
    pub(super) fn widest_fallback(&self, actor: ActorId) -> f64 {
        let Some((_, it)) = self.foresight(actor).filter(|_| self.looks_ahead(actor, None)) else { return 0.0 };
        let most = |id: InputId| self.most(id);
        let of = |id: Option<InputId>| id.map_or(0.0, most);
        let further = it.going_on.lasts.or(it.going_on.until).map_or(0.0, most);
        let perceived = |s: &Stake| self.widest_place(&s.state) + of(s.misjudged) + most(s.state.change) * further;
        let stakes = it.stakes.iter().map(|s| most(s.points) * of(s.favours) * perceived(s));
        stakes.sum::<f64>() + most(it.base) + most(it.cost) * further
    }
}
