//! The room: who must agree, who speaks first, how talks may break down; the mediator, and favours owed between actors;
//! and stages: what is settled when, and what falls silent with it.

use serde::Serialize;

use super::{ActorId, Beholder, Circumstance, Condition, InputId, IssueId, Move, Negotiation, World};
use crate::num;

/// How talks are held. A negotiation without them is only a deal space.
#[derive(Debug, Clone, PartialEq)]
pub struct Talks {
    /// Whose consent makes a deal.
    pub agree: Agree,
    /// Who moves in a round, and in what order.
    pub turns: Turns,
    /// Whether the parties are at blows when the talks begin.
    pub conflict: bool,
    /// When the talks end for all to see, in units of time from the start, ≥ 0; `None`: nothing ends them.
    pub deadline: Option<InputId>,
    /// Rate at which a conflict that an earlier paper ended breaks out again, in [0, 1).
    pub resumes: InputId,
    /// Whether the talks end when the mediator leaves.
    pub needs_mediator: bool,
    /// How often an unratified deal goes back to the table.
    pub retries: u32,
    /// The least chance, in [0, 1], at which a leader believes that those at home will bear what he signs.
    pub accepts_if_borne: InputId,
    /// Rate at which the talks break down though nobody means them to, in [0, 1).
    pub mishap: InputId,
    /// The same, for every party whose ultimatum stands.
    pub per_ultimatum: InputId,
    /// Chance in [0, 1] that an escalation breaks the talks down, once for each.
    pub per_escalation: InputId,
    /// δ in (0, 1]: what a unit of time leaves of all that a party is paid from then on; 1 where none is given.
    pub discount: Vec<(ActorId, InputId)>,
}

impl Talks {
    /// What the time up to the deadline leaves of what a party is paid then, `δ^deadline` in (0, 1]; 1 of a party without a
    /// discount, `None` where nothing ends the talks.
    pub fn left_at_deadline(&self, world: &World, party: ActorId) -> Option<f64> {
        let span = world.value(self.deadline?);
        let discount = self.discount.iter().find(|(of, _)| *of == party).map_or(1.0, |(_, by)| world.value(*by));
        Some(if discount == 1.0 || span == 1.0 { discount } else { num::pow(discount, span) })
    }
}

/// Who moves in a round, and in what order.
#[derive(Debug, Clone, PartialEq)]
pub enum Turns {
    /// All, in an order drawn for each round.
    Shuffled,
    /// All, in this order.
    InOrder(Vec<ActorId>),
    /// One in each round, by turns, this one in the first; the others follow in the order of their identifiers.
    Alternate(ActorId),
    /// One in each round, drawn afresh with these weights, ≥ 0 and divided by their sum; who has none never moves.
    Drawn(Vec<(ActorId, InputId)>),
    /// This one alone, in every round.
    OneSided(ActorId),
}

impl Turns {
    /// Whether only one party moves in a round: then each round is a step of the game, and not only a step of time.
    pub fn are_single(&self) -> bool {
        !matches!(self, Self::Shuffled | Self::InOrder(_))
    }
}

/// Whose consent makes a deal.
#[derive(Debug, Clone, PartialEq)]
pub enum Agree {
    /// Every party's.
    All,
    /// That of these parties.
    These(Vec<ActorId>),
    /// That of so many parties, ≥ 1, these among them.
    AtLeast {
        /// How many.
        count: usize,
        /// Who cannot be outvoted.
        with: Vec<ActorId>,
    },
    /// That of parties with at least this share of all weights, in (0, 1].
    Weighted {
        /// The share.
        quota: f64,
        /// The weight of each party, > 0.
        weights: Vec<(ActorId, f64)>,
    },
}

/// Parties among whom coalitions are looked for, at most: every set of them is looked at.
pub const MOST_CHOOSING: usize = 12;

impl Agree {
    /// Whether those who consent suffice; `consents` says it of a party, `parties` are all of them.
    pub fn is_met(&self, parties: &[ActorId], consents: impl Fn(ActorId) -> bool) -> bool {
        match self {
            Self::All => parties.iter().all(|i| consents(*i)),
            Self::These(needed) => needed.iter().all(|i| consents(*i)),
            Self::AtLeast { count, with } => {
                with.iter().all(|i| consents(*i)) && parties.iter().filter(|i| consents(**i)).count() >= *count
            }
            Self::Weighted { quota, weights } => {
                let sum =
                    |of: &dyn Fn(ActorId) -> bool| weights.iter().filter(|(i, _)| of(*i)).map(|(_, w)| w).sum::<f64>();
                // A share that is met exactly must not be missed by a rounding.
                sum(&consents) >= quota * sum(&|_| true) * (1.0 - 1e-9)
            }
        }
    }

    /// The minimal winning coalitions: sets of parties whose consent suffices, and no smaller set of them does; each in the
    /// order of `parties`. Of more than [`MOST_CHOOSING`] parties by count or weight, all of them together.
    pub fn minimal(&self, parties: &[ActorId]) -> Vec<Vec<ActorId>> {
        match self {
            Self::All => return vec![parties.to_vec()],
            Self::These(these) => return vec![parties.iter().copied().filter(|i| these.contains(i)).collect()],
            _ if parties.len() > MOST_CHOOSING => return vec![parties.to_vec()],
            _ => {}
        }
        let among = |set: u32, i: ActorId| parties.iter().position(|p| *p == i).is_some_and(|at| set >> at & 1 == 1);
        let wins = |set: u32| self.is_met(parties, |i| among(set, i));
        let is_minimal =
            |set: &u32| wins(*set) && (0..parties.len()).all(|at| set >> at & 1 == 0 || !wins(set & !(1 << at)));
        let sets = (1..1_u32 << parties.len()).filter(is_minimal);
        sets.map(|set| parties.iter().copied().filter(|i| among(set, *i)).collect()).collect()
    }
}

impl Negotiation {
    /// Whose consent makes a deal: as the talks have it, and that of all parties where there are none.
    pub fn agree(&self) -> &Agree {
        self.talks.as_ref().map_or(&Agree::All, |talks| &talks.agree)
    }

    /// Whether some can be left out: a winning coalition need not have all parties.
    pub fn has_coalitions(&self) -> bool {
        let parties: Vec<ActorId> = self.parties().collect();
        self.agree().minimal(&parties) != [parties]
    }

    /// For whom somebody judges: a leadership for its party, an audience for the actor at whose home it is.
    pub fn speaks_for(&self, beholder: Beholder) -> ActorId {
        match beholder {
            Beholder::Leadership(i) => i,
            Beholder::Audience(a) => self.audience(a).of,
        }
    }

    /// Whether the parties of which something holds are a winning coalition.
    pub fn suffice(&self, holds: impl Fn(ActorId) -> bool) -> bool {
        self.agree().is_met(&self.parties().collect::<Vec<_>>(), holds)
    }
}

/// Chance that an audience ratifies a package:
///
/// ```text
/// P_a = 1 / (1 + e^{−(G_a − D_a) / noise})
/// ```
///
/// `slack` is the score less the line, `noise` ≥ 0 is in the same points; without noise an audience ratifies iff the
/// slack is ≥ 0.
/// Source: assumption (a logistic ballot).
pub fn ratifies_with(slack: f64, noise: f64) -> f64 {
    if noise <= 0.0 {
        return f64::from(u8::from(slack >= 0.0));
    }
    1.0 / (1.0 + num::exp(-slack / noise))
}

/// Who goes between the parties, and how.
///
/// Its clock starts at `patience`, runs down with time, and is wound by what the parties give it to show:
///
/// ```text
/// clock ← min(patience, clock + relief · (1 − b))
/// ```
///
/// b is its belief that whoever gave it is only obstructing (see [`Intent::obstructs`](super::Intent)); a paper signed
/// counts in full. When the clock has run down it leaves. Source: assumption (a result-seeking mediator, T06 and T21 of
/// the trace; Touval & Zartman (1985) for mediators with an interest of their own).
#[derive(Debug, Clone, PartialEq)]
pub struct Mediator {
    /// Who.
    pub actor: ActorId,
    /// Time that it gives the talks, ≥ 0; `None`: it never leaves.
    pub patience: Option<InputId>,
    /// What winds its clock.
    pub relief: Relief,
    /// Rate at which it presses one party, in [0, 1). Whom, it draws by its belief that it obstructs + tilt.
    pub presses: InputId,
    /// Points by which no deal becomes worse for a party while it is pressed, ≥ 0.
    pub pressure: InputId,
    /// Time that the pressure lasts, ≥ 0, rounded up to rounds.
    pub presses_for: InputId,
    /// Added to its readiness to press a party, ≥ 0, whatever it believes.
    pub tilt: Vec<(ActorId, InputId)>,
    /// Rate at which it puts a package of its own before the parties, in [0, 1).
    pub proposes: InputId,
    /// What a package must hold for it to propose it.
    pub accepts: Condition,
}

/// Time by which the mediator's clock is wound, all ≥ 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relief {
    /// For a token.
    pub token: InputId,
    /// For talk without an offer.
    pub talk: InputId,
    /// For coming down all the way; a part of it for a part of the way.
    pub concession: InputId,
    /// For a paper signed at a stage that is more than procedure.
    pub paper: InputId,
}

/// Place of an account in [`Negotiation::ledger`](super::Negotiation::ledger), in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct OwingId(pub usize);

/// What one actor owes another: a stock of favours L ≥ 0 that eases consent,
///
/// ```text
/// accept iff U_i + worth · L ≥ what it asks for
/// ```
///
/// to an offer of the creditor, or to any offer while the creditor mediates. What eased consent is spent.
/// Source: assumption (S49 and S50 of the trace).
#[derive(Debug, Clone, PartialEq)]
pub struct Owing {
    /// Identifier used in the file.
    pub id: String,
    /// The party that owes.
    pub by: ActorId,
    /// Whom it owes.
    pub to: ActorId,
    /// Favours owed when the talks begin, ≥ 0.
    pub start: InputId,
    /// Points that a favour is worth to the party that owes it, ≥ 0.
    pub worth: InputId,
    /// Favours that each move of the creditor adds, ≥ 0.
    pub moves: Vec<(Move, InputId)>,
    /// Favours added when the creditor, mediating, presses another party, ≥ 0.
    pub per_press: InputId,
}

/// Place of a stage in [`Negotiation::stages`], in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct StageId(pub usize);

/// A part of the talks that settles some issues and leaves the rest as they are.
///
/// Stages follow each other; each ends with a paper that binds only the issues that it settles. The last settles all that
/// is left, and its paper is the deal. A stage beside the others is settled outside the room.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// The issues that it settles; for the last stage, all that no other settles.
    pub settles: Vec<IssueId>,
    /// The stage that must be signed before; `None` for the first, and for a stage beside the others.
    pub after: Option<StageId>,
    /// Time from agreement to signature, ≥ 0, rounded up to rounds; the world moves on meanwhile.
    pub drafting: InputId,
    /// Who speaks first at this stage; `None`: as at any other.
    pub first_draft: Option<ActorId>,
    /// Whether it only settles how to proceed: its signature is no result to show.
    pub procedural: bool,
    /// Where it runs beside the others: between whom, and how it comes about.
    pub beside: Option<Beside>,
}

/// A stage that runs beside the others: what one party and those who hold its terms settle between themselves.
///
/// Once in the talks, at the given rate, its issues are settled at the granted options that the party likes
/// best. What is settled there stays, deal or no deal. Source: assumption.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// The one party.
    pub party: ActorId,
    /// The others: holders, mediators.
    pub with: Vec<ActorId>,
    /// Rate, in [0, 1).
    pub chance: InputId,
    /// In what circumstances.
    pub during: Circumstance,
}

/// When a term brings silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stop {
    /// As soon as the stage that settles it is agreed.
    AtOnce,
    /// As soon as this stage is agreed: side by side with its drafting.
    Agreed(StageId),
    /// As soon as this stage is signed.
    Signed(StageId),
}

impl Negotiation {
    /// A stage.
    pub fn stage(&self, stage: StageId) -> &Stage {
        &self.stages[stage.0]
    }

    /// The stages that follow each other, from the first to the last; none where everything is settled at once.
    pub fn agenda(&self) -> Vec<StageId> {
        let main = |s: &usize| self.stages[*s].beside.is_none();
        let next = |after: Option<StageId>| {
            (0..self.stages.len()).filter(main).find(|s| self.stages[*s].after == after).map(StageId)
        };
        let chain = std::iter::successors(next(None), |s| next(Some(*s)));
        chain.take(self.stages.len()).collect()
    }
}
