//! Events: what happens around the talks, whether or not anybody talks.

use super::actor::ActorId;
use super::audience::AudienceId;
use super::circumstance::Circumstance;
use super::input::InputId;
use super::ledger::OwingId;
use super::state::StateId;

/// Something that may happen in a round: an offensive, a summit, a wildcat strike.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Who makes it happen, if anybody.
    pub actor: Option<ActorId>,
    /// When it happens.
    pub timing: Timing,
    /// In what circumstances it can happen.
    pub during: Circumstance,
    /// What it adds to states.
    pub moves: Vec<(StateId, InputId)>,
    /// What it adds to the defeat lines of audiences for good, in points of each.
    pub raises: Vec<(AudienceId, InputId)>,
    /// What it makes of the conflict: whether it is on from then on.
    pub conflict: Option<bool>,
    /// Favours that it adds to accounts.
    pub owes: Vec<(OwingId, InputId)>,
    /// Who says that it may happen.
    pub source: Option<String>,
}

/// When an event happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// With this chance in every round, in [0, 1]; it may happen again.
    Each(InputId),
    /// In this round, counted from 1.
    In(u32),
}
