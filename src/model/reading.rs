//! Readings and variants: rival accounts of the same negotiation, and switches.

use super::{ActorId, AudienceId, InputId, Law, Verdict};

/// A rival account: one is drawn for each world, by prior.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Share of worlds, relative to the other readings, > 0 in at least one; by default equal.
    pub prior: f64,
    /// What it changes.
    pub set: Vec<(InputId, Law)>,
}

/// A switch, on or off for a whole run of the program, never mixed.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Identifier used in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Whether it is on unless said otherwise.
    pub on: bool,
    /// What a reader of any result must be told while it is on.
    pub notice: Option<String>,
    /// What it changes while it is on.
    pub set: Vec<(InputId, Law)>,
}

/// A verdict that any sane world must give on a named package.
#[derive(Debug, Clone, PartialEq)]
pub struct Anchor {
    /// Place in [`Negotiation::packages`](super::Negotiation::packages).
    pub package: usize,
    /// Who must say what.
    pub expects: Expectation,
}

/// What an anchor expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// The audience gives this very verdict.
    Says(AudienceId, Verdict),
    /// The audience does not call it a defeat.
    Bears(AudienceId),
    /// To the leadership it is worth at least as much as no deal, and no red line of its own is crossed.
    Accepts(ActorId),
    /// The leadership prefers no deal, or a red line of its own is crossed.
    Refuses(ActorId),
}
