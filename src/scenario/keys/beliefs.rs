//! Keys of beliefs.

use super::{Kind, NAME, NUMBERS, Ref, SOURCE, Section, Spec};
use crate::model::Move;
use crate::scenario::kind::{may, must, section};

pub(in crate::scenario) static BELIEFS: Section = Section {
    open: Some(Kind::Table(&OBSERVER)),
    ..section(
        "beliefs",
        "What observers start from, by observer, and how well they see.",
        &[
            may(
                "noise",
                Kind::Number(Spec::NOISE),
                "Standard deviation with which a conceded share is seen; by default 0.1.",
            ),
            may(
                "names",
                Kind::Number(Spec::SHARE),
                "Chance that an offer holds terms that its author could sign; by default 0.5.",
            ),
            may(
                "slip",
                Kind::Number(Spec::OPEN_SHARE),
                "Chance that an offer holds terms that its author could not sign; by default 0.02.",
            ),
            NUMBERS,
        ],
    )
};

pub(in crate::scenario) static OBSERVER: Section = Section {
    open: Some(Kind::Map(Ref::Intent, Spec::POSITIVE)),
    ..section("an observer", "What an observer thinks of each party before the talks, by party.", &[NUMBERS])
};

pub(in crate::scenario) static RECORD: Section = section(
    "an entry of the record",
    "Something that was observed of a party; exactly one of `round` and `on`, and of `move`, `never` and `escalates`.",
    &[
        must("by", Kind::Id(Ref::Party), "Of which party it was observed."),
        may(
            "round",
            Kind::Span,
            "In which round, or from the first to the last of two; 0 and below lie before the talks.",
        ),
        may("on", Kind::Days, "On which day, or from the first to the last of two."),
        may("move", Kind::Word(&Move::WORDS), "The move that it made, once at least."),
        may("picks", Kind::Condition, "What the package that it named held, as far as it is known."),
        may("share", Kind::Plain, "The share of its range that it had conceded, as it looked from outside."),
        may("never", Kind::Never, "The move, or moves, that it never made; or what no package held that it named."),
        may("escalates", Kind::Flag, "Whether it escalated outside the room."),
        NAME,
        SOURCE,
    ],
);
