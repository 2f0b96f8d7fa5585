//! Seats: decisions of a run that are taken outside it, by a person or by another program.
//!
//! A run is a pure function of its luck and of what its seats decide. So a game in progress is nothing but the list of
//! decisions taken: the run is played from its start, and where the list ends it is asked what comes next. What the
//! policy of the scenario would decide from there on is worked out in the same run: its first decision is the advice.
//! A seat that decides what its policy would decide gives the same run, bit for bit.

use super::Run;
use crate::model::{ActorId, AudienceId, IssueId, Move, OptionId, Package, StageId};

/// What a seat is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// Before anybody speaks in a round: whether it escalates outside the room. Asked where one of its intents may.
    Escalates,
    /// Whether it leaves for good, now that the patience of its intent, or of the mediator, is over.
    Leaves,
    /// Its move, with what it names.
    Moves,
    /// Whether it accepts what is on the table.
    Answers {
        /// Who put it there; `None`: the mediator.
        by: Option<ActorId>,
        /// What; for a paper, with the rest as it is.
        package: Package,
    },
    /// Whether it still signs what it agreed to.
    Signs(Package),
    /// Whether a text that those at home did not ratify is put to them again.
    PutsAgain(Package),
    /// Of a mediator: whom it presses in this round.
    Presses,
    /// Of a mediator: what text of its own it puts before the parties.
    Proposes,
}

/// What a seat decides.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// Whether it escalates.
    Escalates(bool),
    /// Whether it leaves.
    Leaves(bool),
    /// Its move; an offer or an ultimatum with what it names, or with nothing where it finds nothing to name.
    Moves(Move, Option<Terms>),
    /// Whether it accepts. Where what it accepts falls short of what it asks for, favours that it owes are spent on it, if
    /// they suffice.
    Answers(bool),
    /// Whether it signs.
    Signs(bool),
    /// Whether the text is put again.
    PutsAgain(bool),
    /// Whom it presses.
    Presses(Option<ActorId>),
    /// What it puts before the parties.
    Proposes(Option<Package>),
}

/// What is named with an offer.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// The package; of a paper only what its stage settles counts.
    pub package: Package,
    /// The least utility that is asked for with it, in units; `None`: as much as the package is worth. Observers see, with
    /// noise, how far it has come down.
    pub asks: Option<i64>,
}

/// Who takes decisions outside a run, and what is known of the others before it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Seats {
    /// Whose decisions are asked for: parties, and the mediator.
    pub who: Vec<ActorId>,
    /// The intents that some parties have for certain, as places among the intents; those of the others are drawn.
    pub intents: Vec<usize>,
}

/// Why a package cannot be put on the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unavailable {
    /// An issue is settled already, as another option.
    Settled(IssueId),
    /// An option is not granted by those who hold it.
    NotGranted(IssueId, OptionId),
    /// A rule of the scenario excludes it.
    Rule(usize),
    /// No paper of the stage on the table is like this.
    NoPaper,
}

/// Why a decision cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Illegal {
    /// It answers another question.
    NotAsked,
    /// It names terms without an offer.
    NeedlessTerms,
    /// What it names cannot be put on the table.
    Names(Unavailable),
    /// It presses somebody who is no party at the table.
    NotAtTheTable(ActorId),
}

/// Where the list of decisions ends: what is asked, and how things stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Whose decision it is.
    pub seat: ActorId,
    /// The round.
    pub round: u32,
    /// What is asked.
    pub question: Question,
    /// Place in the list of the first decision that could not be taken, and why; what was asked there is asked now.
    pub illegal: Option<(usize, Illegal)>,
    /// How things stand for the seat.
    pub situation: Situation,
    /// How the packages fare that were to be weighed, in their order; empty for a mediator.
    pub weighed: Vec<Weighed>,
}

/// How things stand when a seat is asked. Points are those of the seat's leadership.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Situation {
    /// When moves are made, in units of time from the start.
    pub time: f64,
    /// Whether the conflict goes on.
    pub conflict: bool,
    /// `states[state]`, true values.
    pub states: Vec<f64>,
    /// The stage on the table; `None` without stages.
    pub stage: Option<StageId>,
    /// Whether what is agreed now is the deal.
    pub last_stage: bool,
    /// What is settled, `settled[issue]`.
    pub settled: Vec<Option<OptionId>>,
    /// What no deal is worth to the seat now; `None` for a mediator.
    pub no_deal: Option<f64>,
    /// The most that it can hope for at this stage; `None` for a mediator, or where there is nothing.
    pub best: Option<f64>,
    /// The least that its policy asks for now; `None` for a mediator.
    pub asks: Option<f64>,
    /// Whether the mediator presses it.
    pub pressed: bool,
    /// The parties that have not left.
    pub present: Vec<ActorId>,
    /// Who mediates, if anybody does.
    pub mediator: Option<ActorId>,
    /// `owed[account]`; empty without a ledger.
    pub owed: Vec<f64>,
    /// What the seat would believe of the other parties if it saw with the eyes of the model: of each, its intents with
    /// their weights.
    pub believes: Vec<(ActorId, Vec<(usize, f64)>)>,
}

/// How a package fares as things stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// Why it cannot be put on the table, if it cannot.
    pub unavailable: Option<Unavailable>,
    /// What it is worth to the leadership of the seat, in points; `None` where a red line of it is crossed.
    pub points: Option<f64>,
    /// The chance that each own audience bears it as the seat sees it, and whether its verdict binds.
    pub homes: Vec<(AudienceId, f64, bool)>,
}

/// A run with seats.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// How it ends; where something is asked, how it would end if all seats did from there on what their policies say.
    pub run: Run,
    /// What is asked; `None`: the run is over.
    pub asked: Option<Asked>,
    /// What the policies decide from there on, each with its seat.
    pub advised: Vec<(ActorId, Decision)>,
    /// The decisions that were taken, each by its round and its seat: all, unless one cannot be, or the run was over before.
    pub taken: Vec<(u32, ActorId)>,
}

impl Decision {
    pub(super) fn escalates(&self) -> Option<bool> {
        if let Self::Escalates(yes) = self { Some(*yes) } else { None }
    }

    pub(super) fn leaves(&self) -> Option<bool> {
        if let Self::Leaves(yes) = self { Some(*yes) } else { None }
    }

    pub(super) fn answers(&self) -> Option<bool> {
        if let Self::Answers(yes) = self { Some(*yes) } else { None }
    }

    pub(super) fn signs(&self) -> Option<bool> {
        if let Self::Signs(yes) = self { Some(*yes) } else { None }
    }

    pub(super) fn puts_again(&self) -> Option<bool> {
        if let Self::PutsAgain(yes) = self { Some(*yes) } else { None }
    }
}
