//! Keys of directions: what is changed, and which way answers ought to move.

use super::{Key, Keys, NAME, SOURCE, Takes, may, must, section, words};
use crate::model::{DirectionKind, Sign};

/// Parts of the talks that can be switched off, as the engine names them; a test compares the two.
pub const MECHANISMS: &[&str] = &[
    "states",
    "events",
    "stages",
    "mediator",
    "ledger",
    "escalation",
    "decisive",
    "responses",
    "misreading",
    "patience",
    "tied-hands",
    "ratification",
    "beliefs",
    "mishap",
    "running-out",
    "durability",
];

const SET: Key = may("set", Takes::Set, "What numbers become, by path, in every reading and with every variant.");
const VARIANTS: Key = may("variants", Takes::Switches, "Variants switched on or off.");
const READING: Key = may("reading", Takes::Text, "The one reading that worlds are drawn from.");
const WITHOUT: Key = may("without", Takes::Words(MECHANISMS), "Parts of the talks that are switched off.");
const FORBID: Key = may("forbid", Takes::Conditions, "Packages that are ruled out: a condition or a list.");

pub static GIVEN: Keys =
    section("what is given", "What holds in both arms.").keys(&[SET, VARIANTS, READING, WITHOUT, FORBID]);

pub static DIRECTION: Keys = section(
    "a direction",
    "Which way answers ought to move when something is changed: two arms, run by run on the same luck.",
)
.keys(&[
    NAME,
    may("raise", Takes::IdOrIds, "Paths of numbers that are raised, with one of `by`, `times` and `to`."),
    may("lower", Takes::IdOrIds, "Paths of numbers that are lowered, with one of `by`, `times` and `to`."),
    may("by", Takes::Plain, "How much is added or, by `lower`, taken away; above 0."),
    may("times", Takes::Plain, "The factor: above 1 by `raise`, from 0 to below 1 by `lower`."),
    may("to", Takes::Quantity, "What the numbers become, written as any number is."),
    SET,
    VARIANTS,
    READING,
    WITHOUT,
    FORBID,
    may("given", Takes::Table(&GIVEN), "What holds in both arms."),
    must("expect", Takes::Expect(&words(&Sign::WORDS)), "Which way each measure is expected to move."),
    must("kind", Takes::Word(&words(&DirectionKind::WORDS)), "Whether it holds by construction or may fail."),
    SOURCE,
    may("note", Takes::Text, "What a reader should know of it."),
]);
