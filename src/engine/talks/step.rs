//! Steps: all that happens in a run, each as one typed event. The transcript of a run is its steps.

use crate::model::{ActorId, AudienceId, Move, Package, StateId};

use super::ending::Run;
use super::outlook::Outlook;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The round, from 1.
    pub round: u32,
    /// What happened.
    pub what: What,
}

/// What may happen in a run.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A party's intent, known to nobody else: place among the intents.
    Intends(ActorId, usize),
    /// A state moved of itself.
    Moves {
        /// Which.
        state: StateId,
        /// Its value before.
        from: f64,
        /// Its value now.
        to: f64,
    },
    /// An event, as its place among the events.
    Happens(usize),
    /// A party escalated outside the room.
    Escalates(ActorId),
    /// A party's move.
    Makes(ActorId, Move),
    /// A party names a package.
    Offers {
        /// Who.
        by: ActorId,
        /// What.
        package: Package,
        /// What it is worth to its leadership, in units.
        utility: i64,
        /// What its leadership asks for at least, in units.
        aspiration: i64,
    },
    /// A party has nothing to offer: no package that it could sign is enough for it.
    HasNothing(ActorId),
    /// A party accepts the offer.
    Accepts(ActorId),
    /// A party refuses the offer.
    Refuses(ActorId, Refusal),
    /// Enough parties agree.
    Agreed,
    /// The conflict ends: the guns fall silent, the strike is called off.
    ConflictEnds,
    /// An audience votes.
    Votes {
        /// Who.
        audience: AudienceId,
        /// How likely it was to ratify.
        chance: f64,
        /// Whether it did.
        ratifies: bool,
    },
    /// What was agreed goes back to the table.
    GoesBack,
    /// How long the deal is likely to hold.
    Lasts(Box<Outlook>),
    /// The run is over.
    Ends(Box<Run>),
}

/// Why a party refuses an offer: the first reason that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// What it is after rules the package out.
    RuledOut,
    /// A red line of its leadership is crossed.
    RedLine,
    /// It is worth less than no deal.
    WorseThanNoDeal,
    /// It is worth less than what it still hopes for.
    NotEnoughYet,
    /// An audience of its own would not bear it.
    Home(AudienceId),
}

/// Hears the steps of a run.
pub trait Recorder {
    /// Hears what happened in a round; `what` is only made if it is wanted.
    fn record(&mut self, round: u32, what: impl FnOnce() -> What);
}

/// Hears nothing: for batches.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoRecord;

impl Recorder for NoRecord {
    fn record(&mut self, _: u32, _: impl FnOnce() -> What) {}
}

impl Recorder for Vec<Step> {
    fn record(&mut self, round: u32, what: impl FnOnce() -> What) {
        self.push(Step { round, what: what() });
    }
}
