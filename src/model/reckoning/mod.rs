//! What a reckoning is about: two sides that know all, what they divide, who offers, and what presses them.
//!
//! Here it is only stated, and said where it cannot be; it is answered by [`games::reckon`](crate::games::reckon).

mod kinds;
mod pie;
mod why;

use super::{ActorId, Condition, Intent, Move, Negotiation, Tactic, Turns, World};
use crate::num;

pub use kinds::{Case, Gesture, Kind, Kinds, Token};
pub use pie::{Bearing, Pie, Strip};

/// Steps before the last that are worked back through, at most.
pub const MOST_STEPS: u32 = 100_000;

/// Packages on a list that are compared at every step, at most.
pub const MOST_LISTED: u128 = 20_000;

/// Two sides that divide something, by rules that both know.
///
/// At each step one side offers and the other accepts, refuses or, if it may, leaves. After a refusal talks break down with
/// the chance `breakdown`; if they do not, the next step follows. A deal at step k = 0, 1, … pays side i
///
/// ```text
/// δ_i^k · u_i − Σ_{j = 1…k} δ_i^j · cost_i
/// ```
///
/// and without a deal no deal takes the place of u, at the moment at which the talks end.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The two, in the order of the file.
    pub sides: [Side; 2],
    /// What they divide.
    pub pie: Pie,
    /// Who offers.
    pub turn: Turn,
    /// How many offers there can be; `None`: there is no last one.
    pub steps: Option<u32>,
    /// Chance in [0, 1) that the talks break down after a refusal.
    pub breakdown: f64,
}

/// One of two sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// Who.
    pub actor: ActorId,
    /// Name for readers.
    pub name: String,
    /// What a step leaves of a payment, in (0, 1].
    pub discount: f64,
    /// Points that a step costs, ≥ 0.
    pub cost: f64,
    /// What no deal is worth once nothing more is to come of waiting, in points.
    pub no_deal: f64,
    /// Steps for which waiting goes on without a deal, deal or no talks; of use only where it costs something.
    pub waits: f64,
    /// Whether it may leave in place of an answer or of an offer.
    pub leaves: bool,
    /// The least that it may bring home, in points of its own.
    pub floor: Option<f64>,
}

impl Side {
    /// What no deal is worth after so many steps, in points: what waiting will still cost is taken off.
    pub fn without(&self, step: u32) -> f64 {
        self.no_deal - self.cost * (self.waits - f64::from(step)).max(0.0)
    }
}

/// Who offers at each step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Turn {
    /// By turns, this side first: 0 or 1.
    Alternate(usize),
    /// It is drawn, the first of the two with this chance in [0, 1].
    Drawn(f64),
}

/// Why a negotiation is not reckoned, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not answered by reckoning: {0}")]
pub struct NotReckoned(pub String);

impl Negotiation {
    /// Whether somebody reckons.
    pub fn is_reckoned(&self) -> bool {
        self.intents.iter().any(Intent::reckons)
    }

    /// The same negotiation in which both sides reckon, whatever the file has them do: one intent each, with no tactic, no responses, no vows
    /// and no patience of its own.
    #[must_use]
    pub fn as_if_reckoned(&self) -> Self {
        let mut n = self.clone();
        let first = |i: &usize| self.intents_of(self.intents[*i].of).next() == Some(*i);
        let bare = |i: usize| Intent {
            tactic: Tactic::Reckons,
            responses: Vec::new(),
            floor: None,
            holds_out: None,
            escalates: None,
            requires: Condition::default(),
            refuses: Vec::new(),
            yields: None,
            patience: None,
            deadline: None,
            ..self.intents[i].clone()
        };
        n.intents = (0..self.intents.len()).filter(first).map(bare).collect();
        n
    }

    /// What two sides that reckon would work out, in a world.
    ///
    /// # Errors
    /// [`NotReckoned`] with the first reason for which there is no answer: more than two parties, a side of which it is open
    /// what it is after, anything around the talks that moves, or terms of which the pie is not one of [`Pie`].
    pub fn reckoning(&self, world: &World) -> Result<Problem, NotReckoned> {
        let fail = |why: String| Err(NotReckoned(why));
        if let Some(why) = self.why_not_reckoned(world) {
            return fail(why);
        }
        let parties: Vec<ActorId> = self.parties().collect();
        let (Some(talks), &[one, other]) = (&self.talks, &parties[..]) else {
            return fail("it takes talks of two parties".into());
        };
        let step = self.pace().step();
        let steps = self.steps(world)?;
        let share = |of| talks.discount.iter().find(|(i, _)| *i == of).map_or(1.0, |(_, by)| world.value(*by));
        let waits = self.going_on.until.map_or(0.0, |until| world.value(until)) / step;
        let side = |actor: ActorId| {
            let (it, intent) = (self.actor(actor), self.intents.iter().find(|it| it.of == actor));
            let rate = intent.and_then(|it| it.rates[Move::WalkOut as usize]);
            Side {
                actor,
                name: it.name.clone(),
                discount: if step == 1.0 { share(actor) } else { num::pow(share(actor), step) },
                cost: world.value(it.no_deal.cost) * step,
                no_deal: world.value(it.no_deal.base),
                waits,
                leaves: rate.is_some_and(|rate| world.value(rate) > 0.0),
                floor: intent.and_then(|it| it.floor).map(|floor| world.value(floor)),
            }
        };
        let problem = Problem {
            sides: [side(one), side(other)],
            pie: Pie::of(self, world, [one, other])?,
            turn: turn(world, &talks.turns, [one, other])?,
            steps,
            breakdown: self.pace().chance(world.value(talks.mishap)),
        };
        problem.is_pinned()?;
        Ok(problem)
    }

    /// How many offers there can be before the deadline, or before there is nothing left to wait for.
    fn steps(&self, world: &World) -> Result<Option<u32>, NotReckoned> {
        let deadline = self.talks.as_ref().and_then(|talks| talks.deadline);
        let ends = [deadline, self.going_on.until].into_iter().flatten().map(|id| world.value(id));
        let Some(end) = ends.min_by(f64::total_cmp) else { return Ok(None) };
        match self.pace().whole_rounds(end + 1e-9) {
            0 => Err(NotReckoned("no round ends before the deadline, so that nothing can be offered".into())),
            steps if steps > MOST_STEPS => {
                Err(NotReckoned(format!("{steps} offers before the deadline are more than {MOST_STEPS}")))
            }
            steps => Ok(Some(steps)),
        }
    }
}

/// Who offers at each step of talks in which one party moves in a round.
fn turn(world: &World, turns: &Turns, sides: [ActorId; 2]) -> Result<Turn, NotReckoned> {
    let first = |who: &ActorId| usize::from(*who != sides[0]);
    Ok(match turns {
        Turns::Alternate(who) => Turn::Alternate(first(who)),
        Turns::OneSided(who) => Turn::Drawn(if first(who) == 0 { 1.0 } else { 0.0 }),
        Turns::Drawn(weights) => {
            let weight = |of| weights.iter().find(|(i, _)| *i == of).map_or(0.0, |(_, w)| world.value(*w));
            let [one, other] = sides.map(weight);
            if one + other <= 0.0 {
                return Err(NotReckoned("nobody ever offers: all `offers` are 0".into()));
            }
            Turn::Drawn(one / (one + other))
        }
        Turns::Shuffled | Turns::InOrder(_) => {
            let why = "both sides move in each round; say whose turn it is: order = \"alternate\", \"drawn\" or \"one-sided\"";
            return Err(NotReckoned(why.into()));
        }
    })
}

impl Intent {
    /// Whether whoever has it works out what both would get.
    pub fn reckons(&self) -> bool {
        self.tactic == Tactic::Reckons
    }
}

impl Problem {
    /// What is left to a side of what it gets a step later: δ · (1 − chance that talks break down).
    pub fn patience(&self, side: usize) -> f64 {
        self.sides[side].discount * (1.0 - self.breakdown)
    }

    /// Whether something decides between all the divisions that both could sign.
    fn is_pinned(&self) -> Result<(), NotReckoned> {
        if self.steps.is_some() {
            return Ok(());
        }
        if matches!(self.pie, Pie::List(_)) {
            let why = "on a list of packages, without a last offer, many divisions hold each other up; \
                       cut the issue \"anywhere\", or give the talks a `deadline`";
            return Err(NotReckoned(why.into()));
        }
        if self.patience(0) * self.patience(1) >= 1.0 {
            let why = "nothing presses either side: give the talks a `discount`, a `mishap` or a `deadline`";
            return Err(NotReckoned(why.into()));
        }
        Ok(())
    }
}
