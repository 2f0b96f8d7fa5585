//! The record: what has been observed of the parties so far.

use super::actor::ActorId;
use super::intent::Move;
use super::package::Condition;

/// One thing that was observed of a party.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Name for readers.
    pub name: String,
    /// Of whom.
    pub by: ActorId,
    /// First and last round, both included. Rounds of the talks count from 1; 0 and below lie before them.
    pub rounds: (i32, i32),
    /// What.
    pub seen: Seen,
    /// Who says so.
    pub source: Option<String>,
}

/// What may be observed of a party.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// It made a move, at least once in these rounds.
    Made {
        /// Which.
        made: Move,
        /// What the package held, as far as it is known; empty if nothing is.
        holding: Condition,
        /// The share of its range that it conceded, as it looked from outside.
        share: Option<f64>,
    },
    /// It made none of these moves with a package that holds this, in any of these rounds.
    Never {
        /// Which.
        made: Vec<Move>,
        /// What no package held; empty if none was named at all.
        holding: Condition,
    },
    /// It escalated outside the room, at least once in these rounds (`true`), or in none of them (`false`).
    Escalates(bool),
}
