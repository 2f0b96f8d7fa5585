//! Stages: what is settled when, and what falls silent with it.

use serde::Serialize;

use super::{ActorId, Circumstance, InputId, IssueId, Negotiation};

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
    /// Rounds from agreement to signature, ≥ 0, rounded up; the world moves on meanwhile.
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
/// Once in the talks, at the given chance each round, its issues are settled at the granted options that the party likes
/// best. What is settled there stays, deal or no deal. Source: assumption.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// The one party.
    pub party: ActorId,
    /// The others: holders, mediators.
    pub with: Vec<ActorId>,
    /// Chance each round, in [0, 1].
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
    #[must_use]
    pub fn stage(&self, stage: StageId) -> &Stage {
        &self.stages[stage.0]
    }

    /// The stages that follow each other, from the first to the last; none where everything is settled at once.
    #[must_use]
    pub fn agenda(&self) -> Vec<StageId> {
        let main = |s: &usize| self.stages[*s].beside.is_none();
        let next = |after: Option<StageId>| {
            (0..self.stages.len()).filter(main).find(|s| self.stages[*s].after == after).map(StageId)
        };
        let chain = std::iter::successors(next(None), |s| next(Some(*s)));
        chain.take(self.stages.len()).collect()
    }
}
