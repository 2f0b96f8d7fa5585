//! Keys of the talks and of what comes after: circumstances, events, intents, the room, beliefs, how long a deal holds.

use super::{Keys, NAME, NUMBERS, Ref, SOURCE, Spec, Takes, UNLESS, may, must, section, sourced, words};
use crate::model::{Counted, Move, Period};

pub static WHILE: Keys = section("a circumstance", "What must hold in the talks; all that is named must.").keys(&[
    may("conflict", Takes::Flag, "Whether the parties are at blows."),
    may("rounds", Takes::Rounds, "In this unit of time, or from the first to the last of two; they count from 1."),
    may("over", Takes::Map(Ref::State, Spec::ANY), "States that lie above a bound."),
    may("under", Takes::Map(Ref::State, Spec::ANY), "States that lie below a bound."),
    may(
        "after_success",
        Takes::Id(Ref::Actor),
        "An actor whose own event or escalation moved a state in its favour, at most a unit of time ago.",
    ),
    may("pressed", Takes::Id(Ref::Party), "A party that the mediator is pressing."),
    may("believes", Takes::Entries(&BELIEVES), "What the party whose circumstance it is believes of others, by party."),
    may(
        "deadline_within",
        Takes::Whole,
        "At most so much time is left to the deadline, or to the party's own if that is sooner.",
    ),
]);

pub static BELIEVES: Keys =
    section("a belief", "What is believed of a party, by intent.").open(Takes::Table(&WEIGHT)).keys(&[]);

pub static WEIGHT: Keys = section("the weight of an intent", "Bounds of a belief; at least one of the two.").keys(&[
    may("over", Takes::SHARE, "The weight of that intent lies above this."),
    may("under", Takes::SHARE, "The weight of that intent lies below this."),
]);

pub static DECISIVE: Keys =
    section("a decisive bound", "Where a state lets one party have its way; exactly one of `over` and `under`.").keys(
        &[
            may("over", Takes::ANY, "Reached when the state is at or above this."),
            may("under", Takes::ANY, "Reached when the state is at or below this."),
        ],
    );

pub static EVENT: Keys = sourced("an event", "What may happen around the talks; exactly one of `chance` and `round`.")
    .keys(&[
        NAME,
        may("actor", Takes::Id(Ref::Actor), "Who makes it happen; by default nobody."),
        may("chance", Takes::RATE, "How likely it is in a unit of time."),
        may("round", Takes::Whole, "The unit of time with which it happens, from 1."),
        may("while", Takes::While, "In what circumstances it can happen; by default always."),
        may("moves", Takes::Map(Ref::State, Spec::ANY), "What it adds to states."),
        may("raises", Takes::Map(Ref::Audience, Spec::ANY), "What it adds to the defeat lines of audiences, for good."),
        may("conflict", Takes::Flag, "Whether the parties are at blows from then on."),
        may("owes", Takes::Map(Ref::Owing, Spec::POSITIVE), "Favours that it adds to debts of the ledger."),
    ]);

pub static TALKS: Keys = section("the talks", "How talks are held.")
    .keys(&[
        may("agree", Takes::Agree, "Whose consent makes a deal; by default that of all parties."),
        may(
            "per",
            Takes::Word(&words(&Period::WORDS)),
            "The unit of time of all rates and spans; by default the round.",
        ),
        may(
            "deadline",
            Takes::Time,
            "When the talks end for all to see: a day, or a span; by default nothing ends them.",
        ),
        may(
            "order",
            Takes::WordOrIds(&ORDERS),
            "Who moves first, second, …; or one party a round: \"alternate\", \"drawn\", \"one-sided\". By default all, in an \
             order drawn for each round.",
        ),
        may("first_mover", Takes::Id(Ref::Party), "Who moves in the first round of \"alternate\", or alone in \"one-sided\"."),
        may(
            "offers",
            Takes::Map(Ref::Party, Spec::POSITIVE),
            "The weights with which \"drawn\" draws who moves; by default equal. Who is not named never does.",
        ),
        may("conflict", Takes::Flag, "Whether the parties are at blows when the talks begin; by default false."),
        may(
            "resumes",
            Takes::RATE,
            "Chance in a unit of time that a conflict ended by an earlier paper breaks out again; by default 0.",
        ),
        may("needs_mediator", Takes::Flag, "Whether the talks end when the mediator leaves; by default false."),
        may("retries", Takes::Whole, "How often an unratified deal goes back to the table; by default 0."),
        may(
            "accepts_if_borne",
            Takes::SHARE,
            "The least chance, as a leader sees it, that those at home bear what he accepts; by default 0.5.",
        ),
        may(
            "mishap",
            Takes::RATE,
            "Chance in a unit of time that the talks break down though nobody means it; by default 0.",
        ),
        may("per_ultimatum", Takes::RATE, "The same, for each party whose ultimatum stands; by default 0."),
        may("per_escalation", Takes::RATE, "Chance that an escalation breaks the talks down; by default 0."),
        may(
            "discount",
            Takes::Map(Ref::Party, Spec::DISCOUNT),
            "What a unit of time leaves of all that a party is paid from then on; by default 1.",
        ),
        NUMBERS,
    ])
    .gone(&[("collapse", "write mishap: it is one of several causes now, each with a number of its own")]);

pub static AGREE: Keys =
    section("who must agree", "Whose consent makes a deal; exactly one of `at_least` and `quota`.").keys(&[
        may("at_least", Takes::Whole, "How many parties must consent."),
        may("with", Takes::Ids, "Who must be among them."),
        may("quota", Takes::Plain, "The share of all weights that those who consent must have, above 0, at most 1."),
        may("weights", Takes::Weights, "The weight of each party."),
    ]);

pub static INTENTS: Keys = section("the intents of a party", "What a party may be after; one is drawn for each run.")
    .open(Takes::Table(&INTENT))
    .keys(&[]);

pub static INTENT: Keys = sourced("an intent", "What a party may be after.").keys(&[
    NAME,
    may("like", Takes::Text, "Another intent of the party: what this one does not write is as it is there."),
    may("prior", Takes::POSITIVE, "Its weight among the party's intents; by default 1."),
    may(
        "moves",
        Takes::Map(Ref::Move, Spec::POSITIVE),
        "The rate of each move; what is not named is 0. Must be there, here or in the intent that this one is `like`.",
    ),
    may("responses", Takes::Entries(&RESPONSE), "What multiplies the rates, and when."),
    may(
        "tactic",
        Takes::WordOr(&["reckons"], &TACTIC),
        "How it comes down; by default in equal steps to the deadline. Or \"reckons\": it works out what both would get.",
    ),
    may("floor", Takes::ANY, "The least utility that it asks for, if no deal is worth less."),
    may(
        "holds_out",
        Takes::SHARE,
        "Share of the way from no deal to the best that it can hope for that it never gives up; by default 0.",
    ),
    may("escalates", Takes::Table(&ESCALATION), "What it does around the talks, talking or not."),
    may("requires", Takes::Condition, "What every package must hold that it offers or accepts."),
    may("refuses", Takes::Conditions, "Packages that it neither offers nor accepts: a condition or a list."),
    may(
        "on_paper",
        Takes::SHARE,
        "Share of the way that it comes down at once at every stage but the last; by default 0.",
    ),
    may(
        "ventures",
        Takes::SHARE,
        "Share of what it hopes to gain in the end that it risks on a paper before the last; by default 0.",
    ),
    may("yields", Takes::Table(&YIELDS), "When it takes what home may call a defeat."),
    may("patience", Takes::POSITIVE, "Time after which it leaves; by default it stays."),
    may("deadline", Takes::Time, "Its own deadline, a day or a span: it leaves then as well."),
    may("obstructs", Takes::Flag, "Whether it does not mean to make concessions; by default false."),
]);

pub static RESPONSE: Keys = sourced("a response", "What multiplies the rates of moves while something holds.").keys(&[
    must("while", Takes::While, "When."),
    must("times", Takes::Map(Ref::Move, Spec::POSITIVE), "Factor on the rate of each move."),
]);

pub static ESCALATION: Keys = section("an escalation", "Pressure outside the room.").keys(&[
    must("chance", Takes::RATE, "How likely it is in a unit of time."),
    may("moves", Takes::Map(Ref::State, Spec::ANY), "What it adds to states."),
    may("while", Takes::While, "In what circumstances; by default always."),
]);

/// The kinds of tactics: two by the clock, three by what the others concede, one that works out what both would get.
pub const TACTICS: [&str; 6] = ["polynomial", "exponential", "relative", "absolute", "averaged", "reckons"];

/// Who moves in a round where only one party does.
pub const ORDERS: [&str; 3] = ["alternate", "drawn", "one-sided"];

pub static TACTIC: Keys = section(
    "a tactic",
    "How a party comes down from its best package to the least that it would take.",
)
.keys(&[
    must("kind", Takes::Word(&TACTICS), "By the clock (the first two), by what the others concede, or \"reckons\"."),
    may("kappa", Takes::SHARE, "Share conceded at once; by default 0."),
    may("beta", Takes::POSITIVE, "Shape of a tactic by the clock; by default 1."),
    may(
        "over",
        Takes::POSITIVE,
        "The time in which a tactic by the clock concedes all; by default until one unit before its own deadline, else \
             before that of the talks.",
    ),
    may("starts", Takes::POSITIVE, "The time before which a tactic by the clock concedes nothing; by default 0."),
    may("window", Takes::Whole, "Offers over which `averaged` looks back; by default 2."),
]);

pub static STAGE: Keys = sourced("a stage", "What is settled at one step of the talks; the rest is left as it is.")
    .keys(&[
        NAME,
        may("settles", Takes::IdOrIds, "The issues that it settles; for the last stage, by default all that are left."),
        may("after", Takes::Id(Ref::Stage), "The stage that must be signed before; without it, it is the first."),
        may("drafting", Takes::POSITIVE, "Time from agreement to signature; by default 0."),
        may("first_draft", Takes::Id(Ref::Party), "The party that speaks first at this stage."),
        may("procedural", Takes::Flag, "Whether it only settles how to proceed, which is no result to show."),
        may("between", Takes::Ids, "It runs beside the others, between one party and those who hold its terms."),
        may("chance", Takes::RATE, "Chance in a unit of time that a stage beside the others is settled."),
        may("while", Takes::While, "In what circumstances a stage beside the others can be settled."),
    ]);

/// What a table says of when a term ends the conflict.
pub static STOP: Keys = section("a stop", "At which stage the conflict ends; exactly one of the two.").keys(&[
    may("agreed", Takes::Id(Ref::Stage), "As soon as this stage is agreed, while it is being drafted."),
    may("signed", Takes::Id(Ref::Stage), "As soon as this stage is signed."),
]);

pub static MEDIATOR: Keys =
    section("the mediator", "Who goes between the parties: a clock that they can wind, pressure, and proposals.")
        .keys(&[
            may("actor", Takes::Id(Ref::Actor), "Who; by default the actor with that role."),
            may("patience", Takes::POSITIVE, "Time that it gives the talks; by default it never leaves."),
            may("relief", Takes::Table(&RELIEF), "What winds its clock."),
            may("presses", Takes::RATE, "Chance in a unit of time that it presses a party; by default 0."),
            may(
                "pressure",
                Takes::POSITIVE,
                "Points by which no deal becomes worse for whom it presses; by default 0.",
            ),
            may("presses_for", Takes::POSITIVE, "Time that pressure lasts; by default 1."),
            may(
                "tilt",
                Takes::Map(Ref::Party, Spec::POSITIVE),
                "How readily it presses a party whatever it believes; by default 0.",
            ),
            may("proposes", Takes::RATE, "Chance in a unit of time that it proposes a package; by default 0."),
            may("accepts", Takes::Condition, "What a package must hold for it to propose it."),
            SOURCE,
            NUMBERS,
        ])
        .gone(&[("lasts", "write presses_for")]);

pub static RELIEF: Keys = section("relief", "Time by which the mediator's clock is wound.").keys(&[
    may("token", Takes::POSITIVE, "For a token; by default 0."),
    may("talk", Takes::POSITIVE, "For talk without an offer; by default 0."),
    may("concession", Takes::POSITIVE, "For coming down all the way; by default 0."),
    may("paper", Takes::POSITIVE, "For a paper that is signed; by default 0."),
]);

pub static OWING: Keys =
    sourced("a debt of favours", "What one party owes another actor; it eases consent and is spent by it.").keys(&[
        must("by", Takes::Id(Ref::Party), "The party that owes."),
        must("to", Takes::Id(Ref::Actor), "Whom it owes."),
        may("start", Takes::POSITIVE, "Favours owed when the talks begin; by default 0."),
        may("worth", Takes::POSITIVE, "Points that a favour is worth; by default 0."),
        may("moves", Takes::Map(Ref::Move, Spec::POSITIVE), "Favours that each move of the creditor adds."),
        may(
            "per_press",
            Takes::POSITIVE,
            "Favours added when the creditor, mediating, presses another party; by default 0.",
        ),
    ]);

pub static YIELDS: Keys = section("a yielding", "What a pressed or exhausted side accepts.").keys(&[
    must("while", Takes::While, "When."),
    must("accepts_if_borne", Takes::SHARE, "The least chance that those at home bear what it then accepts."),
]);

pub static BELIEFS: Keys = section("beliefs", "What observers start from, by observer, and how well they see.")
    .open(Takes::Table(&OBSERVER))
    .keys(&[
        may("noise", Takes::NOISE, "Standard deviation with which a conceded share is seen; by default 0.1."),
        may("names", Takes::SHARE, "Chance that an offer holds terms that its author could sign; by default 0.5."),
        may(
            "slip",
            Takes::OPEN_SHARE,
            "Chance that an offer holds terms that its author could not sign; by default 0.02.",
        ),
        NUMBERS,
    ]);

pub static OBSERVER: Keys = section("an observer", "What an observer thinks of each party before the talks, by party.")
    .open(Takes::Map(Ref::Intent, Spec::POSITIVE))
    .keys(&[NUMBERS]);

pub static RECORD: Keys = section(
    "an entry of the record",
    "Something that was observed of a party; exactly one of `round` and `on`, and of `move`, `never` and `escalates`.",
)
.keys(&[
    must("by", Takes::Id(Ref::Party), "Of which party it was observed."),
    may(
        "round",
        Takes::Span,
        "In which unit of time, or from the first to the last of two; 0 and below lie before the talks.",
    ),
    may("on", Takes::Days, "On which day, or from the first to the last of two."),
    may(
        "move",
        Takes::Words(&words(&Move::WORDS)),
        "The move that it made, once at least; a list where it is contested which of these it was.",
    ),
    may("on_paper", Takes::Id(Ref::Stage), "The stage before the last whose paper it was about, if it was no package."),
    may("occasion", Takes::Text, "What it happened on: what is told twice of one occasion counts once."),
    may("picks", Takes::Condition, "What the package that it named held, as far as it is known."),
    may("share", Takes::Plain, "The share of its range that it had conceded, as it looked from outside."),
    may("never", Takes::Never, "The move, or moves, that it never made; or what no package held that it named."),
    may("escalates", Takes::Flag, "Whether it escalated outside the room."),
    NAME,
    SOURCE,
]);

pub static CONDUCT: Keys =
    section("a conduct", "What is never done in the talks, by those who know them; nothing in a run depends on it.")
        .keys(&[
            may("by", Takes::Id(Ref::Actor), "Whose conduct: of a party, or of the mediator; by default anybody's."),
            may("within", Takes::Rounds, "In which units of time; by default in all."),
            may("readings", Takes::Texts, "Under which readings; by default under all."),
            must("never", Takes::Table(&NEVER), "What never happens."),
            SOURCE,
        ]);

pub static NEVER: Keys = section("what never happens", "Exactly one of these.").keys(&[
    may("names", Takes::Condition, "It puts a package on the table that holds this."),
    may("makes", Takes::Words(&words(&Move::WORDS)), "It makes this move, or one of these."),
    may("agrees", Takes::Condition, "What it put on the table is agreed, if it holds this; {}: anything."),
    may("signs", Takes::Id(Ref::Stage), "The paper of this stage is signed."),
]);

pub static DURABILITY: Keys = section("durability", "How long a deal holds.")
    .keys(&[
        must("hazard", Takes::POSITIVE, "Hazard in its first year of a deal in which no factor is in force."),
        may("shape", Takes::SHAPE, "How hazards fall with time, above 0; by default 1, a constant hazard."),
            may("factors", Takes::Entries(&FACTOR), "What raises or lowers the hazard."),
        NUMBERS,
    ])
    .gone(&[
        ("foresight_years", "write looks_ahead = YEARS at the top of the file: it counts for all who decide"),
        (
            "power",
            "give the state `after`, what it changes by in a unit of time once a deal is signed: whoever gains by going back \
             will, and the other will not sign",
        ),
    ]);

pub static FACTOR: Keys = sourced("a factor", "What raises or lowers the hazard; exactly one of `when` and `counts`.")
    .keys(&[
        may("when", Takes::Condition, "Terms that put it in force."),
        UNLESS,
        may("counts", Takes::Word(&words(&Counted::WORDS)), "What is counted, where that is not a term."),
        must("log_hazard", Takes::ANY, "Logarithm of the hazard ratio; above 0 a deal lives shorter."),
        may("foreseen", Takes::Flag, "Whether leaders who look ahead see it; by default they see what is of terms."),
        NAME,
    ]);
