//! A side that reckons: at its turn it asks for the best that the other would accept, and it accepts what it would have otherwise.

use super::course::Course;
use crate::games::reckon::{Comes, Offer, Pie, Plan, solve_throughout};
use crate::model::{ActorId, Move};
use crate::space::Search;

/// Packages on a list that are compared in a run, at most: it may be one of many thousands.
const MOST_PLAYED: u128 = 2_000;

/// Comparisons of one package at one step, at most.
const MOST_COMPARED: u64 = 2_000_000;

/// What two sides that reckon have worked out for a world.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Script {
    plan: Plan<f64>,
    /// The two sides in the order of the plan.
    sides: [ActorId; 2],
    /// Whether its steps repeat.
    repeats: bool,
}

impl Script {
    /// The offer of a side in a round, from 1; none after the last step.
    fn offer(&self, round: u32, by: ActorId) -> Option<&Offer<f64>> {
        let step = round.saturating_sub(1) as usize;
        let at = if self.repeats { step % self.plan.steps.len() } else { step };
        self.plan.steps.get(at)?.iter().find(|offer| self.sides[offer.by] == by)
    }
}

impl Course<'_> {
    /// What sides that reckon have worked out, where they do and it is answered: they know all numbers of the world.
    pub fn script(&self) -> Option<Script> {
        let n = self.talks.n;
        if n.space.size() > MOST_PLAYED && n.space.issues.iter().all(|k| !k.cut) {
            return None;
        }
        let problem = n.is_reckoned().then(|| n.reckoning(self.world)).and_then(Result::ok)?;
        if let Pie::List(list) = &problem.pie
            && list.len() as u64 * u64::from(problem.steps.unwrap_or(1)) > MOST_COMPARED
        {
            return None;
        }
        let plan = solve_throughout::<f64>(&problem).ok()?;
        let sides = [problem.sides[0].actor, problem.sides[1].actor];
        Some(Script { plan, sides, repeats: problem.steps.is_none() })
    }

    /// The least that a side that reckons accepts in this round, in units: what it would have by refusing, and never less than no
    /// deal; `None` where nothing is worked out.
    pub fn accepts_from(&self, i: usize) -> Option<i64> {
        let by = self.talks.parties[opposite(i)].actor;
        let offer = self.script.as_ref()?.offer(self.round, by)?;
        // A rounding must not make an even answer a refusal.
        Some(self.space.scale.units(offer.refused - 1e-9).max(self.no_deal(i)))
    }

    /// What a side that reckons asks for in this round, in units: the best package for it that the other would accept; `None`
    /// where nothing is worked out.
    pub fn reckons_with(&self, i: usize) -> Option<i64> {
        let j = opposite(i);
        let line = self.accepts_from(j)?;
        let own = self.own_search(i);
        let accepted = self.test(self.talks.parties[j].score, line);
        let search = Search { tests: own.tests.into_iter().chain([accepted]).collect(), ..own };
        search.greatest(self.open_to(i), f64::NEG_INFINITY).map(|(best, ..)| best as i64)
    }

    /// The move of a side that reckons, in place of one that is drawn: it offers, unless it would rather leave or wait.
    pub fn reckoned_move(&self, i: usize) -> Option<Move> {
        let offer = self.script.as_ref()?.offer(self.round, self.talks.parties[i].actor);
        Some(match offer.map(|offer| (offer.comes, offer.by)) {
            Some((Comes::Leaves(who), by)) if who == by => Move::WalkOut,
            Some((Comes::Waits, _)) => Move::Hold,
            _ => Move::Offer,
        })
    }
}

/// The other of two sides that reckon.
fn opposite(i: usize) -> usize {
    usize::from(i == 0)
}
