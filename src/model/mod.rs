//! The negotiation as mathematics: no files, no clock, no threads, no generator.
//!
//! Symbols and formulas are those of `docs/model.md`. A [`Negotiation`] is the checked scenario; a [`World`] gives every
//! uncertain number of it one value; [`Scores`] says what a package is worth to everybody in that world.

mod account;
mod actor;
mod audience;
mod beholder;
mod belief;
pub mod calendar;
mod circumstance;
mod direction;
mod durability;
mod event;
mod foresight;
mod input;
mod intent;
mod interest;
mod ledger;
mod mediator;
mod modifier;
mod negotiation;
mod no_deal;
mod package;
mod quantity;
mod reading;
mod record;
mod sampler;
mod scale;
mod score;
mod stage;
mod state;
mod tactic;
mod talks;
mod world;

pub use account::{Account, Charges, Grant, Hearing, Judgement, Spoken};
pub use actor::{Actor, ActorId, RedLine, Role};
pub use audience::{AimId, Audience, AudienceId, BearingLine, Claim, ClaimId, Verdict};
pub use beholder::Beholder;
pub use belief::{Beliefs, Evidence, OwnPrior, fit, normalise};
pub use circumstance::{Circumstance, Moment};
pub use direction::{Change, Direction, DirectionKind, Measure, Shift, Sign};
pub use durability::{
    Counts, Durability, Factor, Hazard, MOST_FORESEEN, Power, Pull, Signing, hazard_rate, shift_beyond_surplus,
    survival,
};
pub use event::{Event, Timing};
pub use foresight::{Foresight, doubted};
pub use input::{Input, InputId, InputKind, Inputs, Law, World, likeliest};
pub use intent::{Escalation, Intent, Move, Response, Yielding};
pub use interest::{Link, OptionValue, View, Written};
pub use ledger::{Owing, OwingId};
pub use mediator::{Mediator, Relief};
pub use modifier::{Modifier, Scope};
pub use negotiation::{Defeat, Negotiation, Period};
pub use no_deal::NoDeal;
pub use package::{
    Changes, Clause, Condition, DealSpace, Demand, Form, Issue, IssueId, IssueOption, NamedPackage, OptionId,
    OptionSet, Package, Rule,
};
pub use quantity::{Quantity, QuantityError};
pub use reading::{Anchor, Expectation, Reading, Variant};
pub use record::{Entry, Seen};
pub use sampler::{Sampler, Table, Tables};
pub use scale::Scale;
pub use score::{Reason, ReasonKind, Scores, aim_points, claim_worth, feeling, product};
pub use stage::{Beside, Stage, StageId, Stop};
pub use state::{Decisive, State, StateId};
pub use tactic::{Reply, Tactic, absolute, averaged, exponential, polynomial, relative};
pub use talks::{Agree, Talks, ratifies_with};
