//! One package judged: what each side can say for it at home, what it is charged with, and the numbers behind.

mod data;
mod lines;
mod page;

pub use data::summary;
pub use page::page;

use crate::analysis::Leading;
use crate::model::{Account, Defeat, Law, Negotiation, World};

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
    /// Worlds that were drawn: more than it is said of, if those that contradict an anchor were dropped.
    pub drawn: u64,
}
