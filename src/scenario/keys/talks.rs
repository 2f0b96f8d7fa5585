//! Keys of the talks: states that move, events, intents, and the rules of the room.

use super::{Kind, NAME, NUMBERS, Ref, SOURCE, Section, Spec};
use crate::scenario::kind::{may, must, section};

pub(in crate::scenario) static WHILE: Section = section(
    "a circumstance",
    "What must hold in the talks; all that is named must.",
    &[
        may("conflict", Kind::Flag, "Whether the parties are at blows."),
        may("rounds", Kind::Rounds, "In this round, or from the first to the last of two."),
        may("over", Kind::Map(Ref::State, Spec::ANY), "States that lie above a bound."),
        may("under", Kind::Map(Ref::State, Spec::ANY), "States that lie below a bound."),
        may(
            "after_success",
            Kind::Id(Ref::Actor),
            "An actor whose own event or escalation moved a state in its favour, this round or the last.",
        ),
        may("pressed", Kind::Id(Ref::Party), "A party that the mediator is pressing."),
        may("deadline_within", Kind::Whole, "At most so many rounds are left."),
    ],
);

pub(in crate::scenario) static DECISIVE: Section = section(
    "a decisive bound",
    "Where a state lets one party have its way; exactly one of `over` and `under`.",
    &[
        may("over", Kind::Number(Spec::ANY), "Reached when the state is at or above this."),
        may("under", Kind::Number(Spec::ANY), "Reached when the state is at or below this."),
    ],
);

pub(in crate::scenario) static EVENT: Section = section(
    "an event",
    "What may happen around the talks; exactly one of `chance` and `round`.",
    &[
        NAME,
        may("actor", Kind::Id(Ref::Actor), "Who makes it happen; by default nobody."),
        may("chance", Kind::Number(Spec::SHARE), "How likely it is in each round."),
        may("round", Kind::Whole, "The round in which it happens, from 1."),
        may("while", Kind::While, "In what circumstances it can happen; by default always."),
        may("moves", Kind::Map(Ref::State, Spec::ANY), "What it adds to states."),
        may("raises", Kind::Map(Ref::Audience, Spec::ANY), "What it adds to the defeat lines of audiences, for good."),
        may("conflict", Kind::Flag, "Whether the parties are at blows from then on."),
        may("owes", Kind::Map(Ref::Owing, Spec::POSITIVE), "Favours that it adds to debts of the ledger."),
        SOURCE,
        NUMBERS,
    ],
);

pub(in crate::scenario) static TALKS: Section = section(
    "the talks",
    "How talks are held.",
    &[
        may("agree", Kind::Agree, "Whose consent makes a deal; by default that of all parties."),
        may("order", Kind::Ids, "Who moves first, second, …; by default drawn for each run."),
        may("conflict", Kind::Flag, "Whether the parties are at blows when the talks begin; by default false."),
        may(
            "resumes",
            Kind::Number(Spec::SHARE),
            "Chance each round that a conflict ended by an earlier paper breaks out again.",
        ),
        may("needs_mediator", Kind::Flag, "Whether the talks end when the mediator leaves; by default false."),
        may("retries", Kind::Whole, "How often an unratified deal goes back to the table; by default 0."),
        may(
            "accepts_if_borne",
            Kind::Number(Spec::SHARE),
            "The least chance, as a leader sees it, that those at home bear what he accepts; by default 0.5.",
        ),
        may("collapse", Kind::Number(Spec::SHARE), "Chance each round that the talks break down; by default 0."),
        may("per_ultimatum", Kind::Number(Spec::SHARE), "Added for each party whose ultimatum stands; by default 0."),
        may("per_escalation", Kind::Number(Spec::SHARE), "Added for each escalation of the round; by default 0."),
        NUMBERS,
    ],
);

pub(in crate::scenario) static INTENTS: Section = Section {
    open: Some(Kind::Table(&INTENT)),
    ..section("the intents of a party", "What a party may be after; one is drawn for each run.", &[])
};

pub(in crate::scenario) static INTENT: Section = section(
    "an intent",
    "What a party may be after.",
    &[
        NAME,
        may("prior", Kind::Number(Spec::POSITIVE), "Its weight among the party's intents; by default 1."),
        must("moves", Kind::Map(Ref::Move, Spec::POSITIVE), "The rate of each move; what is not named is 0."),
        may("responses", Kind::Entries(&RESPONSE), "What multiplies the rates, and when."),
        may("tactic", Kind::Table(&TACTIC), "How it comes down; by default in equal steps to the deadline."),
        may("floor", Kind::Number(Spec::ANY), "The least utility that it asks for, if no deal is worth less."),
        may("escalates", Kind::Table(&ESCALATION), "What it does around the talks, talking or not."),
        may("requires", Kind::Condition, "What every package must hold that it offers or accepts."),
        may("refuses", Kind::Conditions, "Packages that it neither offers nor accepts: a condition or a list."),
        may(
            "on_paper",
            Kind::Number(Spec::SHARE),
            "Share of the way that it comes down at once at every stage but the last; by default 0.",
        ),
        may(
            "ventures",
            Kind::Number(Spec::SHARE),
            "Share of what it hopes to gain in the end that it risks on a paper before the last; by default 0.",
        ),
        may("yields", Kind::Table(&super::room::YIELDS), "When it takes what home may call a defeat."),
        may("patience", Kind::Number(Spec::POSITIVE), "Rounds after which it leaves; by default it stays."),
        may("obstructs", Kind::Flag, "Whether it does not mean to make concessions; by default false."),
        SOURCE,
        NUMBERS,
    ],
);

static RESPONSE: Section = section(
    "a response",
    "What multiplies the rates of moves while something holds.",
    &[
        must("while", Kind::While, "When."),
        must("times", Kind::Map(Ref::Move, Spec::POSITIVE), "Factor on the rate of each move."),
        SOURCE,
        NUMBERS,
    ],
);

pub(in crate::scenario) static ESCALATION: Section = section(
    "an escalation",
    "Pressure outside the room.",
    &[
        must("chance", Kind::Number(Spec::SHARE), "How likely it is in each round."),
        may("moves", Kind::Map(Ref::State, Spec::ANY), "What it adds to states."),
        may("while", Kind::While, "In what circumstances; by default always."),
    ],
);

pub(in crate::scenario) static TACTIC: Section = section(
    "a tactic",
    "How a party comes down from its best package to the least that it would take.",
    &[
        must(
            "kind",
            Kind::Word(&["polynomial", "exponential", "relative", "absolute", "averaged"]),
            "By the clock (the first two), or by what the others concede.",
        ),
        may("kappa", Kind::Number(Spec::SHARE), "Share conceded at once; by default 0."),
        may("beta", Kind::Number(Spec::POSITIVE), "Shape of a tactic by the clock; by default 1."),
        may("window", Kind::Whole, "Offers over which `averaged` looks back; by default 2."),
    ],
);
