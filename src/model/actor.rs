//! Who takes part in a negotiation, as what, and what each expects without a deal.

use serde::Serialize;

use super::{Clause, InputId, IssueView, Link, StateId};

/// Place of an actor in [`Negotiation::actors`](super::Negotiation::actors), in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ActorId(pub usize);

/// What an actor is in the negotiation; it may be several things at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Must agree, and decides by its own utility.
    Party,
    /// Goes between the parties.
    Mediator,
    /// Stands behind the deal.
    Guarantor,
    /// Holds terms that the parties cannot grant themselves.
    Holder,
}

impl Role {
    /// Every role, with its word.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("party", Self::Party),
        ("mediator", Self::Mediator),
        ("guarantor", Self::Guarantor),
        ("holder", Self::Holder),
    ];
}

/// A state, a government, a union, a firm.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Whether the name is a plural, as "the Greens" is.
    pub plural: bool,
    /// What it is in these talks.
    pub roles: Vec<Role>,
    /// Interests of the leadership, `views[issue]`; `None` where it does not care.
    pub views: Vec<Option<IssueView>>,
    /// Bonuses and penalties for combinations of terms.
    pub links: Vec<Link>,
    /// What the leadership will not sign.
    pub red_lines: Vec<RedLine>,
    /// What it expects if no deal is made.
    pub no_deal: NoDeal,
    /// Who can bring this actor along when it refuses a term: the other actor, and the input (a chance).
    pub brought_along_by: Vec<(ActorId, InputId)>,
    /// How far it misjudges a state: added to the true value, one draw a world.
    pub misjudges: Vec<(StateId, InputId)>,
    /// How far it misreads what issues weigh with the others: standard deviation of a factor on each weight, ≥ 0.
    pub misreads: InputId,
    /// How far it looks ahead to whether a deal will hold, in [0, 1], by default 0.
    pub foresight: InputId,
    /// How far it keeps to the terms that it holds, in [0, 1], by default 1.
    pub complies: InputId,
}

impl Actor {
    /// Whether its consent makes or breaks a deal.
    #[must_use]
    pub fn is_party(&self) -> bool {
        self.roles.contains(&Role::Party)
    }
}

/// What an audience or a leadership will not bear, whatever else the package holds.
#[derive(Debug, Clone, PartialEq)]
pub struct RedLine {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// When it is crossed.
    pub clause: Clause,
}

/// No deal, by what is still expected and never by what is already paid:
///
/// ```text
/// W_i(t) = base + Σ_s stake_s · favours_is · perceived_s(t) − cost · max(0, expects − t)
/// ```
///
/// All in points of the actor; `cost` is a round, `expects` is counted in rounds from the start.
/// Source: Fearon (1995) for the reservation value; the linear form is an assumption.
#[derive(Debug, Clone, PartialEq)]
pub struct NoDeal {
    /// Value before states and costs.
    pub base: InputId,
    /// Points for each unit of a state that favours the actor.
    pub stake: Vec<(StateId, InputId)>,
    /// Points each further round costs, ≥ 0.
    pub cost: InputId,
    /// How many rounds from the start the actor expects it to last without a deal, ≥ 0; by default the horizon.
    pub expects: InputId,
    /// Points that the talks themselves are worth while they go on (contact, an end to isolation).
    pub contact: InputId,
}
