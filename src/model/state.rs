//! States of the world around the talks: a balance of forces, a strike fund, a window.

use serde::Serialize;

use super::actor::ActorId;
use super::input::InputId;

/// Place of a state in [`Negotiation::states`](super::Negotiation::states), in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct StateId(pub usize);

/// A quantity outside the package that feeds what no deal is worth, and the lines of audiences.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Its value when the talks begin.
    pub start: InputId,
    /// Whom it favours: the sign and size with which it enters that actor's no-deal value.
    pub favours: Vec<(ActorId, InputId)>,
    /// Who says so.
    pub source: Option<String>,
}
