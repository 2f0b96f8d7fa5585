//! Keys of beliefs.

use super::{Kind, NUMBERS, Ref, Section, Spec};
use crate::scenario::kind::{may, section};

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
