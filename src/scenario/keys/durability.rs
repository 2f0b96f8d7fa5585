//! Keys of durability: how long a deal holds.

use super::{Kind, NAME, NUMBERS, Ref, SOURCE, Section, Spec, UNLESS};
use crate::scenario::kind::{may, must, section};

/// What a factor may count, other than terms that the file names.
pub(in crate::scenario) const COUNTS: &[&str] =
    &["temporary", "informal", "non-compliance", "pressed", "power-shift", "defeat", "turn"];

pub(in crate::scenario) static DURABILITY: Section = section(
    "durability",
    "How long a deal holds.",
    &[
        must("hazard", Kind::Number(Spec::POSITIVE), "Hazard a year of a deal in which no factor is in force."),
        may("foresight_years", Kind::Number(Spec::POSITIVE), "How many years leaders look ahead; by default 2."),
        may("power", Kind::Table(&POWER), "The state whose drift shifts power once a deal holds."),
        may("factors", Kind::Entries(&FACTOR), "What raises or lowers the hazard."),
        NUMBERS,
    ],
);

static FACTOR: Section = section(
    "a factor",
    "What raises or lowers the hazard; exactly one of `when` and `counts`.",
    &[
        may("when", Kind::Condition, "Terms that put it in force."),
        UNLESS,
        may("counts", Kind::Word(COUNTS), "What is counted, where that is not a term."),
        must("log_hazard", Kind::Number(Spec::ANY), "Logarithm of the hazard ratio; above 0 a deal lives shorter."),
        may("foreseen", Kind::Flag, "Whether leaders who look ahead see it; by default they see what is of terms."),
        NAME,
        SOURCE,
        NUMBERS,
    ],
);

pub(in crate::scenario) static POWER: Section = section(
    "a shift of power",
    "The state whose place between its bounds is what one side could take by force.",
    &[
        must("state", Kind::Id(Ref::State), "Which state; it needs `min` and `max`."),
        may(
            "drift",
            Kind::Number(Spec::ANY),
            "What it changes by in a year under a deal; by default its change each round times the rounds of a year.",
        ),
        may("discount", Kind::Number(Spec::SHARE), "What a year's delay leaves of a value; by default 0.95."),
        must("destroyed", Kind::Number(Spec::SHARE), "Share of all that is at stake which fighting destroys."),
        SOURCE,
        NUMBERS,
    ],
);
