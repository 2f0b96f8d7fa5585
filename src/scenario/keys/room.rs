//! Keys of the room: stages, the mediator, the ledger of favours.

use super::{Kind, NAME, NUMBERS, Ref, SOURCE, Section, Spec};
use crate::scenario::kind::{may, must, section};

pub(in crate::scenario) static STAGE: Section = section(
    "a stage",
    "What is settled at one step of the talks; the rest is left as it is.",
    &[
        NAME,
        may("settles", Kind::IdOrIds, "The issues that it settles; for the last stage, by default all that are left."),
        may("after", Kind::Id(Ref::Stage), "The stage that must be signed before; without it, it is the first."),
        may("drafting", Kind::Number(Spec::POSITIVE), "Rounds from agreement to signature; by default 0."),
        may("first_draft", Kind::Id(Ref::Party), "The party that speaks first at this stage."),
        may("procedural", Kind::Flag, "Whether it only settles how to proceed, which is no result to show."),
        may("between", Kind::Ids, "It runs beside the others, between one party and those who hold its terms."),
        may("chance", Kind::Number(Spec::SHARE), "Chance each round that a stage beside the others is settled."),
        may("while", Kind::While, "In what circumstances a stage beside the others can be settled."),
        SOURCE,
        NUMBERS,
    ],
);

/// What a table says of when a term ends the conflict.
pub(in crate::scenario) static STOP: Section = section(
    "a stop",
    "At which stage the conflict ends; exactly one of the two.",
    &[
        may("agreed", Kind::Id(Ref::Stage), "As soon as this stage is agreed, while it is being drafted."),
        may("signed", Kind::Id(Ref::Stage), "As soon as this stage is signed."),
    ],
);

pub(in crate::scenario) static MEDIATOR: Section = section(
    "the mediator",
    "Who goes between the parties: a clock that they can wind, pressure, and proposals.",
    &[
        may("actor", Kind::Id(Ref::Actor), "Who; by default the actor with that role."),
        may("patience", Kind::Number(Spec::POSITIVE), "Rounds that it gives the talks; by default it never leaves."),
        may("relief", Kind::Table(&RELIEF), "What winds its clock."),
        may("presses", Kind::Number(Spec::SHARE), "Chance each round that it presses a party; by default 0."),
        may(
            "pressure",
            Kind::Number(Spec::POSITIVE),
            "Points by which no deal becomes worse for whom it presses; by default 0.",
        ),
        may("lasts", Kind::Number(Spec::POSITIVE), "Rounds that pressure lasts; by default 1."),
        may(
            "tilt",
            Kind::Map(Ref::Party, Spec::POSITIVE),
            "How readily it presses a party whatever it believes; by default 0.",
        ),
        may("proposes", Kind::Number(Spec::SHARE), "Chance each round that it proposes a package; by default 0."),
        may("accepts", Kind::Condition, "What a package must hold for it to propose it."),
        SOURCE,
        NUMBERS,
    ],
);

pub(in crate::scenario) static RELIEF: Section = section(
    "relief",
    "Rounds by which the mediator's clock is wound.",
    &[
        may("token", Kind::Number(Spec::POSITIVE), "For a token; by default 0."),
        may("talk", Kind::Number(Spec::POSITIVE), "For talk without an offer; by default 0."),
        may("concession", Kind::Number(Spec::POSITIVE), "For coming down all the way; by default 0."),
        may("paper", Kind::Number(Spec::POSITIVE), "For a paper that is signed; by default 0."),
    ],
);

pub(in crate::scenario) static OWING: Section = section(
    "a debt of favours",
    "What one party owes another actor; it eases consent and is spent by it.",
    &[
        must("by", Kind::Id(Ref::Party), "The party that owes."),
        must("to", Kind::Id(Ref::Actor), "Whom it owes."),
        may("start", Kind::Number(Spec::POSITIVE), "Favours owed when the talks begin; by default 0."),
        may("worth", Kind::Number(Spec::POSITIVE), "Points that a favour is worth; by default 0."),
        may("moves", Kind::Map(Ref::Move, Spec::POSITIVE), "Favours that each move of the creditor adds."),
        may(
            "per_press",
            Kind::Number(Spec::POSITIVE),
            "Favours added when the creditor, mediating, presses another party; by default 0.",
        ),
        SOURCE,
        NUMBERS,
    ],
);

pub(in crate::scenario) static YIELDS: Section = section(
    "a yielding",
    "What a pressed or exhausted side accepts.",
    &[
        must("while", Kind::While, "When."),
        must(
            "accepts_if_borne",
            Kind::Number(Spec::SHARE),
            "The least chance that those at home bear what it then accepts.",
        ),
    ],
);
