//! What an actor expects if no deal is made.

use super::input::InputId;
use super::state::StateId;

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
    /// Who says so.
    pub source: Option<String>,
}
