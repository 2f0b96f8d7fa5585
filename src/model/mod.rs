//! The negotiation as mathematics: no files, no clock, no threads, no generator.
//!
//! Symbols and formulas are those of `docs/model.md`. A [`Negotiation`] is the checked scenario; a [`World`] gives every
//! uncertain number of it one value; [`Scores`] says what a package is worth to everybody in that world.

mod account;
mod belief;
pub mod calendar;
mod conduct;
mod direction;
mod durability;
mod foresight;
mod game;
mod holding;
mod input;
mod intent;
mod interest;
mod negotiation;
mod no_deal;
mod package;
mod people;
mod quantity;
pub mod reckoning;
mod sampler;
mod scale;
mod score;
mod state;
mod talks;
mod time;
mod world;

pub use account::{Account, Charges, Grant, Hearing, Judgement, Spoken};
pub use belief::{Aspect, Beliefs, Evidence, Observed, OwnPrior, Sighting, fit, normalise, normalised};
pub use conduct::{Conduct, Never};
pub use direction::{Change, Direction, DirectionKind, LawShift, Measure, Sign};
pub use durability::{Counted, Durability, Hazard, HazardFactor, MOST_FORESEEN, Pull, Signing, hazard_rate};
pub use foresight::{Foresight, Outcome, doubted};
pub use game::{Game, Played, Want};
pub use holding::{Holding, Horizon, survival};
pub use input::{Input, InputId, InputKind, Inputs, Law, World, likeliest};
pub use intent::{
    Escalation, Intent, Move, Reply, Response, Tactic, Yielding, absolute, averaged, exponential, polynomial, relative,
};
pub use interest::{IssueView, Link, Modifier, OptionValue, Scope, Written};
pub use negotiation::{Defeat, LOOKS_AHEAD, Negotiation, Period};
pub use no_deal::Standing;
pub use package::{
    Clause, Condition, DealSpace, Demand, Form, Issue, IssueId, IssueOption, NamedPackage, OptionId, OptionSet,
    Package, Rule,
};
pub use people::{
    Actor, ActorId, AimId, Audience, AudienceId, BearingLine, Beholder, Claim, ClaimId, NoDeal, RedLine, Role, Verdict,
};
pub use quantity::{Quantity, QuantityError};
pub use sampler::{QuantileTable, QuantileTables, Sampler};
pub use scale::Scale;
pub use score::{Reason, ReasonKind, Scores, aim_points, claim_worth, feeling, product};
pub use state::{Believes, Circumstance, Decisive, Event, Moment, State, StateId, Timing};
pub use talks::{
    Agree, Beside, MOST_CHOOSING, Mediator, Owing, OwingId, Relief, Stage, StageId, Stop, Talks, Turns, ratifies_with,
};
pub use time::{GoingOn, Pace, rate_of};
pub use world::{Anchor, Expectation, Reading, Variant};
