//! The rules of the talks: who must agree, who speaks first, how they may break down.

use super::actor::ActorId;
use super::input::InputId;
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
