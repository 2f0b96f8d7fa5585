//! Conduct: what any sane course of the talks must keep, as anchors are what any sane world must say.

use super::{ActorId, Condition, Move, StageId};

/// What somebody never does, or what never happens, in certain rounds and under certain readings.
///
/// Nothing in a run depends on it: it is asked of runs afterwards, as a test of the model by its sources.
#[derive(Debug, Clone, PartialEq)]
pub struct Conduct {
    /// Its identifier.
    pub id: String,
    /// Whose conduct: of a party, or of the mediator; `None`: anybody's.
    pub by: Option<ActorId>,
    /// The first and the last unit of time in which it must be kept; `None`: all.
    pub within: Option<(u32, u32)>,
    /// The readings under which it must be kept, as places among them; empty: all.
    pub readings: Vec<usize>,
    /// What never happens.
    pub never: Never,
    /// Where it stands.
    pub source: String,
}

/// What never happens.
#[derive(Debug, Clone, PartialEq)]
pub enum Never {
    /// It puts a package on the table that holds this; of a paper only what is settled with it or before it counts.
    Names(Condition),
    /// It makes one of these moves.
    Makes(Vec<Move>),
    /// What it put on the table is agreed, if that holds this.
    Agrees(Condition),
    /// The paper of this stage is signed or, of a stage beside the others, it is settled.
    Signs(StageId),
}
