//! The mediator: a clock that the parties can wind, pressure, and proposals of its own.

use super::actor::ActorId;
use super::input::InputId;
use super::package::Condition;

/// Who goes between the parties, and how.
///
/// Its clock starts at `patience` rounds, runs down by one a round, and is wound by what the parties give it to show:
///
/// ```text
/// clock ← min(patience, clock + relief · (1 − b))
/// ```
///
/// b is its belief that whoever gave it is only obstructing (see [`Intent::obstructs`](super::Intent)); a paper signed
/// counts in full. When the clock has run down it leaves. Source: assumption (a result-seeking mediator, T06 and T21 of
/// the trace; Touval & Zartman (1985) for mediators with an interest of their own).
#[derive(Debug, Clone, PartialEq)]
pub struct Mediator {
    /// Who.
    pub actor: ActorId,
    /// Rounds that it gives the talks, ≥ 0; `None`: it never leaves.
    pub patience: Option<InputId>,
    /// What winds its clock.
    pub relief: Relief,
    /// Chance each round that it presses one party, in [0, 1]. Whom, it draws by its belief that it obstructs + tilt.
    pub presses: InputId,
    /// Points by which no deal becomes worse for a party while it is pressed, ≥ 0.
    pub pressure: InputId,
    /// Rounds that the pressure lasts, ≥ 0, rounded up.
    pub lasts: InputId,
    /// Added to its readiness to press a party, ≥ 0, whatever it believes.
    pub tilt: Vec<(ActorId, InputId)>,
    /// Chance each round that it puts a package of its own before the parties, in [0, 1].
    pub proposes: InputId,
    /// What a package must hold for it to propose it.
    pub accepts: Condition,
    /// Who says that it goes between them.
    pub source: Option<String>,
}

/// Rounds that the mediator's clock is wound by, all ≥ 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relief {
    /// For a token.
    pub token: InputId,
    /// For talk without an offer.
    pub talk: InputId,
    /// For coming down all the way; a part of it for a part of the way.
    pub concession: InputId,
    /// For a paper signed at a stage that is more than procedure.
    pub paper: InputId,
}
