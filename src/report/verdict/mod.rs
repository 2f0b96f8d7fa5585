//! One package judged: what each side can say for it at home, what it is charged with, and the numbers behind.

mod data;
mod lines;
mod page;

pub use data::summary;
pub use page::page;

use crate::analysis::Leading;
use crate::model::{Account, ActorId, Defeat, Law, Negotiation, World};

/// A package that was judged, with all that was asked.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// The negotiation.
    pub n: &'a Negotiation,
    /// The account of the package in the modal world.
    pub account: &'a Account,
    /// The modal world.
    pub world: &'a World,
    /// The laws from which it comes.
    pub laws: &'a [Law],
    /// The variants that are on.
    pub variants: &'a [bool],
    /// Which defeats count.
    pub defeat: Defeat,
    /// How the package fares over many worlds.
    pub over_worlds: &'a Leading,
    /// The one party whose points are shown; `None`: all.
    pub side: Option<ActorId>,
    /// Worlds that were drawn: more than it is said of, if those that contradict an anchor were dropped.
    pub drawn: u64,
}

impl Judged<'_> {
    /// Whether the points of an actor, and of those at its home, are shown.
    fn shows(&self, of: ActorId) -> bool {
        self.side.is_none_or(|side| side == of)
    }
}
