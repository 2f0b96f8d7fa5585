//! States of the world around the talks: a balance of forces, a strike fund, a window.

use serde::Serialize;

use super::actor::ActorId;
use super::circumstance::Circumstance;
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
    /// What it changes by each round while it moves.
    pub change: InputId,
    /// Standard deviation of the normal noise added each round while it moves, ≥ 0.
    pub spread: InputId,
    /// It never falls below this.
    pub min: Option<InputId>,
    /// It never rises above this.
    pub max: Option<InputId>,
    /// In what circumstances it moves of itself; events move it always.
    pub during: Circumstance,
    /// Bounds at which one side has its way and the talks are over.
    pub decisive: Vec<Decisive>,
    /// Whom it favours: the sign and size with which it enters that actor's no-deal value.
    pub favours: Vec<(ActorId, InputId)>,
    /// Who says so.
    pub source: Option<String>,
}

/// A bound at which one side can impose its will.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decisive {
    /// Who imposes it.
    pub by: ActorId,
    /// Reached when the state is at or above this.
    pub over: Option<InputId>,
    /// Reached when the state is at or below this.
    pub under: Option<InputId>,
}
