//! Steps: all that happens in a run, each as one typed event. The transcript of a run is its steps.

use serde::{Deserialize, Serialize};

use crate::model::{ActorId, AudienceId, Move, OwingId, Package, StageId, StateId};

use super::ending::{Outlook, Run};

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
        /// The stage whose paper it names; `None`: a whole package.
        stage: Option<StageId>,
        /// What; for a paper, with the rest as it is.
        package: Package,
        /// What it is worth to its leadership, in units.
        utility: i64,
        /// What its leadership asks for at least, in units.
        aspiration: i64,
        /// The same as a relative gain: 0 is no deal, 1 the most that it could hope for.
        asked: f64,
        /// The relative gain of each party from the package, by its own scores; empty for a paper.
        gains: Vec<(ActorId, f64)>,
    },
    /// A party has nothing to offer: no package that it could sign is enough for it; or somebody would not keep the best.
    HasNothing(ActorId, Option<ActorId>),
    /// A party accepts the offer.
    Accepts(ActorId),
    /// A party refuses the offer.
    Refuses(ActorId, Refusal),
    /// Enough parties agree.
    Agreed,
    /// What is agreed at a stage is being drafted until a round.
    Drafts {
        /// The stage; `None` without stages.
        stage: Option<StageId>,
        /// The round of the signature.
        due: u32,
    },
    /// The paper of a stage, or the deal, is signed.
    Signs(Option<StageId>),
    /// A party no longer wants what it agreed to: no deal has become better.
    Withdraws(ActorId),
    /// A party leaves for good; the others go on without it.
    Leaves(ActorId),
    /// What went on without a deal ends by itself.
    RunsOut,
    /// What is being drafted is open again, because terms were settled elsewhere.
    Reopens,
    /// A stage beside the others is settled.
    SettledBeside {
        /// Which.
        stage: StageId,
        /// What stands now.
        package: Package,
    },
    /// The conflict ends: the guns fall silent, the strike is called off.
    ConflictEnds,
    /// The conflict breaks out again.
    ConflictResumes,
    /// The mediator leaves for good.
    MediatorLeaves(ActorId),
    /// The mediator presses a party.
    Presses {
        /// Who.
        by: ActorId,
        /// Whom.
        of: ActorId,
    },
    /// The mediator's patience lasts longer for what was done.
    TakesHeart {
        /// Who.
        by: ActorId,
        /// Time left on its clock, in units.
        left: f64,
    },
    /// The mediator puts a package, or a paper, before the parties.
    Proposes {
        /// Who.
        by: ActorId,
        /// The stage on the table; `None` without stages.
        stage: Option<StageId>,
        /// What; for a paper, with the rest as it is.
        package: Package,
    },
    /// A party owes more favours.
    Owes {
        /// The account.
        owing: OwingId,
        /// Favours on it now.
        stock: f64,
    },
    /// A party consents for the sake of favours that it owes.
    Spends {
        /// The account.
        owing: OwingId,
        /// How many.
        favours: f64,
    },
    /// An audience votes.
    Votes {
        /// Who.
        audience: AudienceId,
        /// How likely it was to ratify.
        chance: f64,
        /// Whether it did.
        ratifies: bool,
    },
    /// What was agreed is put to the vote again as it is.
    PutAgain,
    /// What was agreed goes back to the table.
    GoesBack,
    /// How long the deal is likely to hold.
    Lasts(Box<Outlook>),
    /// What is believed of a party has moved.
    Learns {
        /// Who believe it.
        by: Vec<ActorId>,
        /// Of whom.
        about: ActorId,
        /// Its intents, as places among the intents, each with the weight that it now has.
        weights: Vec<(usize, f64)>,
    },
    /// The run is over.
    Ends(Box<Run>),
}

/// Why a party refuses an offer: the first reason that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Refusal {
    /// What it is after rules the package out.
    RuledOut,
    /// A red line of its leadership is crossed.
    RedLine,
    /// It is worth less than no deal.
    WorseThanNoDeal,
    /// It is worth less than what is settled so far.
    WorseThanSoFar,
    /// Somebody would not keep it: once it is signed, power shifts, and going back comes to be worth more.
    WouldNotKeep(ActorId),
    /// It is worth less than what it still hopes for.
    NotEnoughYet,
    /// An audience of its own would not bear it.
    Home(AudienceId),
}

/// Hears the steps of a run. Where nobody does, nothing is worked out to be told.
pub trait Recorder {
    /// Hears what happened in a round.
    fn record(&mut self, round: u32, what: What);

    /// The list of what seats decided has come to its end: what is heard from now on is what their policies would do.
    fn is_asked(&mut self) {}

    /// Hears the states as they stand in a round once they have moved, `states[state]`.
    fn stand(&mut self, _round: u32, _states: &[f64]) {}

    /// Hears, after a round, what weight in [0, 1] those who start from the drawing shares put on what a party is really
    /// after; `intent` is its place among the intents.
    fn believe(&mut self, _round: u32, _intent: usize, _weight: f64) {}
}

impl Recorder for Vec<Step> {
    fn record(&mut self, round: u32, what: What) {
        self.push(Step { round, what });
    }
}
