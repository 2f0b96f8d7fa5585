//! One step: a side offers, the other accepts, refuses or leaves.

use super::{Number, Zone};
use crate::model::reckoning::{Problem, Turn};

/// What comes of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comes {
    /// It is accepted.
    Deal,
    /// There is no offer that both would rather have than wait.
    Waits,
    /// This side leaves.
    Leaves(usize),
}

/// What sets what the other side gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threat {
    /// What it would have by refusing and waiting.
    Waiting,
    /// What it would have by leaving at once.
    Leaving,
    /// The least that it may bring home, or that there is: it is given no less in any case.
    Home,
    /// The next package of the list that is no worse for it than what it threatens with.
    Coarse,
}

/// An offer, and what comes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer<T> {
    /// Who makes it.
    pub by: usize,
    /// What both sides have from this step on, as of this step.
    pub pays: [T; 2],
    /// What comes of it.
    pub comes: Comes,
    /// What sets what the other side gets.
    pub threat: Threat,
    /// What the other side would have by its best answer other than accepting.
    pub refused: T,
}

/// The rules of a problem in numbers of one kind.
#[derive(Debug, Clone)]
pub struct Rules<T> {
    /// What both could sign.
    pub zone: Zone<T>,
    /// Who offers.
    pub turn: Turn,
    /// Chance that the first side offers, where it is drawn.
    pub chance: T,
    discount: [T; 2],
    cost: [T; 2],
    no_deal: [T; 2],
    waits: [T; 2],
    breakdown: T,
    leaves: [bool; 2],
}

impl<T: Number> Rules<T> {
    /// The rules of a problem; `None` if there is nothing that both could sign.
    pub fn of(problem: &Problem) -> Option<Self> {
        let of =
            |pick: fn(&crate::model::reckoning::Side) -> f64| [0, 1].map(|i: usize| T::of(pick(&problem.sides[i])));
        Some(Self {
            zone: Zone::of(problem)?,
            turn: problem.turn,
            chance: T::of(if let Turn::Drawn(p) = problem.turn { p } else { 0.0 }),
            discount: of(|side| side.discount),
            cost: of(|side| side.cost),
            no_deal: of(|side| side.no_deal),
            waits: of(|side| side.waits),
            breakdown: T::of(problem.breakdown),
            leaves: [0, 1].map(|i: usize| problem.sides[i].leaves),
        })
    }

    /// What no deal is worth after so many steps.
    pub fn without(&self, i: usize, step: u32) -> T {
        let (left, zero) = (self.waits[i].clone() - T::of(f64::from(step)), T::of(0.0));
        let left = if left > zero { left } else { zero };
        self.no_deal[i].clone() - self.cost[i].clone() * left
    }

    /// What a side has at a step by waiting, if it will have `next` after `step` steps and talks do not break down before:
    ///
    /// ```text
    /// δ · ( q · W + (1 − q) · V − cost )
    /// ```
    pub fn waiting(&self, i: usize, next: &T, step: u32) -> T {
        let stays = T::of(1.0) - self.breakdown.clone();
        let broken = self.breakdown.clone() * self.without(i, step);
        self.discount[i].clone() * (broken + stays * next.clone() - self.cost[i].clone())
    }

    /// What is left of a value a step later: δ · (1 − q).
    pub fn patience(&self, i: usize) -> T {
        self.discount[i].clone() * (T::of(1.0) - self.breakdown.clone())
    }

    /// What a side has by leaving now, after so many steps, if it may.
    pub fn leaving(&self, i: usize, step: u32) -> Option<T> {
        self.leaves[i].then(|| self.without(i, step))
    }

    /// Side i offers after `step` steps; `waiting` is what both have if nothing comes of it and the talks go on.
    pub fn offer(&self, i: usize, waiting: &[T; 2], step: u32) -> Offer<T> {
        let j = 1 - i;
        let leaving = self.leaving(j, step).filter(|out| *out > waiting[j]);
        let broken = || [0, 1].map(|k| self.without(k, step));
        let (refused, otherwise, threat) = match leaving {
            Some(out) => (out, (broken(), Comes::Leaves(j)), Threat::Leaving),
            None => (waiting[j].clone(), (waiting.clone(), Comes::Waits), Threat::Waiting),
        };
        let deal = self.zone.best(i, &refused).filter(|pays| pays[i] >= otherwise.0[i]);
        let ((pays, comes), threat) = match deal {
            Some(pays) => {
                let coarse = if matches!(self.zone, Zone::List(_)) { Threat::Coarse } else { Threat::Home };
                let least = self.zone.range(j)[0].clone();
                let threat = match () {
                    () if pays[j].is(&refused) => threat,
                    () if pays[j].is(&least) => Threat::Home,
                    () => coarse,
                };
                ((pays, Comes::Deal), threat)
            }
            None => (otherwise, threat),
        };
        match self.leaving(i, step).filter(|out| *out > pays[i]) {
            Some(_) => Offer { by: i, pays: broken(), comes: Comes::Leaves(i), threat, refused },
            None => Offer { by: i, pays, comes, threat, refused },
        }
    }

    /// What both have before it is known who offers, from what each offer brings.
    pub fn before(&self, offers: [&Offer<T>; 2]) -> [T; 2] {
        let other = T::of(1.0) - self.chance.clone();
        [0, 1].map(|k| self.chance.clone() * offers[0].pays[k].clone() + other.clone() * offers[1].pays[k].clone())
    }
}
