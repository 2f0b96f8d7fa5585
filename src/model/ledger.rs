//! Favours owed between actors.

use serde::Serialize;

use super::actor::ActorId;
use super::input::InputId;
use super::intent::Move;

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
    /// Who says that it owes.
    pub source: Option<String>,
}
