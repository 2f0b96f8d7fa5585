//! Keys of directions: what is changed, and which way answers ought to move.

use super::{Kind, NAME, SOURCE, Section};
use crate::model::Sign;
use crate::scenario::kind::{Key, may, must, section};

/// Parts of the talks that can be switched off, as the engine names them; a test compares the two.
pub(in crate::scenario) const MECHANISMS: &[&str] = &[
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
    "collapse",
    "durability",
];

const SET: Key = may("set", Kind::Set, "What numbers become, by path, in every reading and with every variant.");
const VARIANTS: Key = may("variants", Kind::Switches, "Variants switched on or off.");
const READING: Key = may("reading", Kind::Text, "The one reading that worlds are drawn from.");
const WITHOUT: Key = may("without", Kind::Words(MECHANISMS), "Parts of the talks that are switched off.");
const FORBID: Key = may("forbid", Kind::Conditions, "Packages that are ruled out: a condition or a list.");

pub(in crate::scenario) static GIVEN: Section =
    section("what is given", "What holds in both arms.", &[SET, VARIANTS, READING, WITHOUT, FORBID]);

pub(in crate::scenario) static DIRECTION: Section = section(
    "a direction",
    "Which way answers ought to move when something is changed: two arms, run by run on the same luck.",
    &[
        NAME,
        may("raise", Kind::IdOrIds, "Paths of numbers that are raised, with one of `by`, `times` and `to`."),
        may("lower", Kind::IdOrIds, "Paths of numbers that are lowered, with one of `by`, `times` and `to`."),
        may("by", Kind::Plain, "How much is added or, by `lower`, taken away; above 0."),
        may("times", Kind::Plain, "The factor: above 1 by `raise`, from 0 to below 1 by `lower`."),
        may("to", Kind::Quantity, "What the numbers become, written as any number is."),
        SET,
        VARIANTS,
        READING,
        WITHOUT,
        FORBID,
        may("given", Kind::Table(&GIVEN), "What holds in both arms."),
        must("expect", Kind::Expect(&Sign::WORDS), "Which way each measure is expected to move."),
        must("kind", Kind::Word(&["wiring", "emergent"]), "Whether it holds by construction or may fail."),
        SOURCE,
        may("note", Kind::Text, "What a reader should know of it."),
    ],
);
