//! How a run ends: exactly one of a closed list.

use serde::Serialize;

use super::belief::Belief;
use super::outlook::Outlook;
use super::step::Refusal;
use crate::model::{ActorId, AudienceId, Package, StageId, Verdict};

/// How a run ends. *It is reached* means settlement or truce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// A final deal that is a defeat for nobody.
    Settlement,
    /// A deal for a time that is a defeat for nobody.
    Truce,
    /// A deal that is a defeat for somebody.
    Defeat,
    /// A deal that those at home did not ratify, for the last time.
    Unratified,
    /// A paper of an earlier stage was signed, and no more by the horizon.
    InterimOnly,
    /// The horizon was reached.
    NoResult,
    /// The talks broke down.
    Collapse,
    /// The mediator left, and the talks needed one.
    MediatorLeft,
    /// One side could have its way.
    Imposed,
}

impl Ending {
    /// All endings.
    pub const ALL: [Self; 9] = [
        Self::Settlement,
        Self::Truce,
        Self::Defeat,
        Self::Unratified,
        Self::InterimOnly,
        Self::NoResult,
        Self::Collapse,
        Self::MediatorLeft,
        Self::Imposed,
    ];

    /// What it is called in files and flags.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Settlement => "settlement",
            Self::Truce => "truce",
            Self::Defeat => "defeat",
            Self::Unratified => "unratified",
            Self::InterimOnly => "interim-only",
            Self::NoResult => "no-result",
            Self::Collapse => "collapse",
            Self::MediatorLeft => "mediator-left",
            Self::Imposed => "imposed",
        }
    }

    /// Whether a settlement was reached that nobody regards as a defeat.
    #[must_use]
    pub fn is_reached(self) -> bool {
        matches!(self, Self::Settlement | Self::Truce)
    }
}

/// What made the talks break down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// A party walked out.
    WalkOut(ActorId),
    /// A party lost its patience.
    Patience(ActorId),
    /// The hazard of the round.
    Hazard,
}

/// What stood in the way when no deal was made: the last thing that did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Block {
    /// Nobody made an offer.
    NoOffer,
    /// A party had nothing to offer.
    NothingToOffer(ActorId),
    /// A party refused.
    Refused(ActorId, Refusal),
    /// An audience did not ratify.
    Unratified(AudienceId),
    /// What was agreed was still being drafted.
    Drafting,
}

/// What became of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its number.
    pub run: u64,
    /// The reading of its world.
    pub reading: Option<usize>,
    /// How it ended.
    pub ending: Ending,
    /// In which round; 0 if there was none.
    pub rounds: u32,
    /// The intents of the parties, as places among the intents, in the order of the parties' identifiers.
    pub intents: Vec<usize>,
    /// What was agreed, whether or not it was ratified in the end.
    pub package: Option<Package>,
    /// `verdicts[audience]` on a deal that holds; empty without one.
    pub verdicts: Vec<Verdict>,
    /// `binding[audience]`: whether its verdict binds its actor in this world; empty without a deal that holds.
    pub binding: Vec<bool>,
    /// The parties for which the deal is a defeat.
    pub defeated: Vec<ActorId>,
    /// The relative gain of each party from a deal that holds; empty without one:
    ///
    /// ```text
    /// (U_i − W_i(t)) / (best_i − W_i(t))
    /// ```
    ///
    /// `best` is the most that it could hope for when the talks began; 0 where no deal was better than that.
    pub gains: Vec<(ActorId, f64)>,
    /// What a deal that holds is worth to each party's leadership, in its own points; empty without one.
    pub points: Vec<(ActorId, f64)>,
    /// Why the talks broke down, if they did.
    pub cause: Option<Cause>,
    /// Who had its way, if somebody did.
    pub imposed_by: Option<ActorId>,
    /// Papers of earlier stages that were signed, apart from mere procedure.
    pub signed: Vec<StageId>,
    /// The parties that the mediator was pressing in the end.
    pub pressed: Vec<ActorId>,
    /// The last thing that stood in the way; `None` where a deal holds.
    pub blocked: Option<Block>,
    /// How long a deal that holds is likely to go on holding; `None` without one, or where nothing is said of it.
    pub outlook: Option<Outlook>,
    /// What every observer believes in the end.
    pub beliefs: Vec<Belief>,
}
