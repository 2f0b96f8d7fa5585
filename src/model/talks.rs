//! The room: who must agree, who speaks first, how talks may break down; the mediator, and favours owed between actors.

use serde::Serialize;

use super::{ActorId, Condition, InputId, Move};
use crate::num;

/// How talks are held. A negotiation without them is only a deal space.
#[derive(Debug, Clone, PartialEq)]
pub struct Talks {
    /// Whose consent makes a deal.
    pub agree: Agree,
    /// Who moves first, second, …; `None`: drawn for each run.
    pub order: Option<Vec<ActorId>>,
    /// Whether the parties are at blows when the talks begin.
    pub conflict: bool,
    /// Chance each round that a conflict which an earlier paper ended breaks out again, in [0, 1].
    pub resumes: InputId,
    /// Whether the talks end when the mediator leaves.
    pub needs_mediator: bool,
    /// How often an unratified deal goes back to the table.
    pub retries: u32,
    /// The least chance, in [0, 1], at which a leader believes that those at home will bear what he signs.
    pub accepts_if_borne: InputId,
    /// Chance each round that the talks break down, whatever happens, in [0, 1].
    pub collapse: InputId,
    /// Added for every party whose ultimatum stands.
    pub per_ultimatum: InputId,
    /// Added for every escalation of the round.
    pub per_escalation: InputId,
}

/// Whose consent makes a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agree {
    /// Every party's.
    All,
    /// That of these parties.
    These(Vec<ActorId>),
    /// That of so many parties, ≥ 1.
    Quota(usize),
}

impl Agree {
    /// Whether those who consent suffice; `consents` says it of a party, `parties` are all of them.
    pub fn is_met(&self, parties: &[ActorId], consents: impl Fn(ActorId) -> bool) -> bool {
        match self {
            Self::All => parties.iter().all(|i| consents(*i)),
            Self::These(needed) => needed.iter().all(|i| consents(*i)),
            Self::Quota(quota) => parties.iter().filter(|i| consents(**i)).count() >= *quota,
        }
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
#[must_use]
pub fn ratifies_with(slack: f64, noise: f64) -> f64 {
    if noise <= 0.0 {
        return f64::from(u8::from(slack >= 0.0));
    }
    1.0 / (1.0 + num::exp(-slack / noise))
}

/// Who goes between the parties, and how.
///
/// Its clock starts at `patience` rounds, runs down by one a round, and is wound by what the parties give it to show:
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
    /// Rounds that it gives the talks, ≥ 0; `None`: it never leaves.
    pub patience: Option<InputId>,
    /// What winds its clock.
    pub relief: Relief,
    /// Chance each round that it presses one party, in [0, 1]. Whom, it draws by its belief that it obstructs + tilt.
    pub presses: InputId,
    /// Points by which no deal becomes worse for a party while it is pressed, ≥ 0.
    pub pressure: InputId,
    /// Rounds that the pressure lasts, ≥ 0, rounded up.
    pub lasts: InputId,
    /// Added to its readiness to press a party, ≥ 0, whatever it believes.
    pub tilt: Vec<(ActorId, InputId)>,
    /// Chance each round that it puts a package of its own before the parties, in [0, 1].
    pub proposes: InputId,
    /// What a package must hold for it to propose it.
    pub accepts: Condition,
}

/// Rounds that the mediator's clock is wound by, all ≥ 0.
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
