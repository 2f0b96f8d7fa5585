//! Every key of the format: the one table behind findings and behind the JSON Schema.

pub(super) use super::kind::{Form, Key, Kind, LARGEST, LARGEST_WHOLE, Ref, Section, Spec};
use super::kind::{may, must, section};
pub(super) use shapes::{BETA, LINE, NORMAL, SHARED};

pub(super) mod beliefs;
pub(super) mod directions;
pub(super) mod durability;
pub(super) mod plan;
pub(super) mod room;
mod shapes;
pub(super) mod talks;

const NAME: Key = may("name", Kind::Text, "Name for readers; by default the identifier.");
const PLURAL: Key = may("plural", Kind::Flag, "Whether the name is a plural, as in \"The Greens\"; by default false.");
const SOURCE: Key = may("source", Kind::Text, "Who says that it exists.");
const NUMBERS: Key = may("numbers", Kind::Text, "Where the magnitudes in this table come from.");
const UNLESS: Key = may("unless", Kind::Conditions, "What lifts it: a condition or a list, any of which is enough.");

pub(super) static TOP: Section = Section {
    ..section(
        "a scenario",
        "A negotiation for winset.",
        &[
            must("title", Kind::Text, "Title of the scenario."),
            may("question", Kind::Text, "The question that it asks."),
            may("round", Kind::Word(&["day", "week", "month", "year"]), "What one round is; by default a week."),
            may("start", Kind::Date, "First day of the talks."),
            may("horizon", Kind::Whole, "Number of rounds after which the talks end; by default 52."),
            may(
                "numbers",
                Kind::Text,
                "Where magnitudes come from unless a table says otherwise; by default \"assumption\".",
            ),
            must("actors", Kind::Entries(&ACTOR), "All who take part; at least one is a party."),
            may("audiences", Kind::Entries(&AUDIENCE), "Those at home who judge a settlement."),
            must("issues", Kind::Entries(&ISSUE), "The questions that a settlement must answer."),
            may("claims", Kind::Entries(&CLAIM), "What can be said at home of a package."),
            may(
                "red_lines",
                Kind::Entries(&RED_LINE),
                "What will not be borne or signed, whatever else a package holds.",
            ),
            may("modifiers", Kind::Entries(&MODIFIER), "What changes the worth of terms."),
            may("links", Kind::Entries(&LINK), "Bonuses and penalties for combinations of terms."),
            may("rules", Kind::Entries(&RULE), "What counts as a settlement at all."),
            may("no_deal", Kind::Entries(&NO_DEAL), "What each party expects without a deal."),
            may("state", Kind::Entries(&STATE), "States of the world around the talks."),
            may("events", Kind::Entries(&talks::EVENT), "What may happen around the talks."),
            may("talks", Kind::Table(&talks::TALKS), "How talks are held; without it none are run."),
            may("intents", Kind::Entries(&talks::INTENTS), "What each party may be after, by party."),
            may("beliefs", Kind::Table(&beliefs::BELIEFS), "What observers start from, and how well they see."),
            may("record", Kind::List(&beliefs::RECORD), "What has been observed of the parties so far."),
            may("durability", Kind::Table(&durability::DURABILITY), "How long a deal holds."),
            may("stages", Kind::Entries(&room::STAGE), "In what steps it is settled; by default everything at once."),
            may("mediator", Kind::Table(&room::MEDIATOR), "Who goes between the parties, and how."),
            may("ledger", Kind::Entries(&room::OWING), "Favours that parties owe."),
            may("unknowns", Kind::Entries(&UNKNOWN), "Shared unknowns: one draw used in many places."),
            may("packages", Kind::Entries(&PACKAGE), "Packages with names."),
            may("anchors", Kind::Entries(&ANCHOR), "Verdicts that any sane world must give on named packages."),
            may("readings", Kind::Entries(&READING), "Rival accounts; one is drawn for each world."),
            may("variants", Kind::Entries(&VARIANT), "Switches, on or off for a whole run of the program."),
            may(
                "directions",
                Kind::Entries(&directions::DIRECTION),
                "Which way answers ought to move when something is changed.",
            ),
        ],
    )
};

pub(super) static ACTOR: Section = Section {
    ..section(
        "an actor",
        "A state, a government, a union, a firm.",
        &[
            must("role", Kind::Words(&["party", "mediator", "guarantor", "holder"]), "What it is in these talks."),
            NAME,
            PLURAL,
            may(
                "brought_along_by",
                Kind::Map(Ref::Actor, Spec::CHANCE),
                "Who can bring it along when it refuses a term, and how likely.",
            ),
            may(
                "misjudges",
                Kind::Map(Ref::State, Spec::ANY),
                "How far it misjudges a state: added to the true value.",
            ),
            may(
                "misreads",
                Kind::Number(Spec::POSITIVE),
                "How far it misreads what issues weigh with the others: standard deviation of a factor; by default 0.",
            ),
            may(
                "foresight",
                Kind::Number(Spec::SHARE),
                "How far it looks ahead to whether a deal holds; by default 0.",
            ),
            may("complies", Kind::Number(Spec::SHARE), "How far it keeps to the terms that it holds; by default 1."),
            SOURCE,
            NUMBERS,
        ],
    )
};

pub(super) static AUDIENCE: Section = section(
    "an audience",
    "Those at home who must be able to live with a settlement. Its numbers are in points of its own.",
    &[
        must("of", Kind::Id(Ref::Actor), "The actor at whose home it is."),
        NAME,
        PLURAL,
        may("veto", Kind::Number(Spec::CHANCE), "Whether its verdict binds that actor; by default false."),
        may("loss_aversion", Kind::Number(Spec::POSITIVE), "How much heavier a loss weighs than a gain; by default 1."),
        may(
            "claims_weight",
            Kind::Number(Spec::POSITIVE),
            "Points that claims for one whole aim are worth; by default 0.",
        ),
        may("credence", Kind::Number(Spec::SHARE), "What a symbolic claim counts beside a material one; by default 1."),
        may("aims", Kind::Map(Ref::Aim, Spec::POSITIVE), "Share of each aim; by default 1."),
        may("takes_as_normal", Kind::Picks, "What it takes as the normal state where that is not the present one."),
        may("defeat_below", Kind::Number(Spec::LINE), "The score under which a package is a defeat."),
        may("per_round", Kind::Number(Spec::ANY), "Added to the defeat line each round; by default 0."),
        may("per_state", Kind::Map(Ref::State, Spec::ANY), "Added to the defeat line for each unit of a state."),
        may(
            "tied_hands",
            Kind::Number(Spec::ANY),
            "Added to the defeat line once its actor has given an ultimatum; by default 0.",
        ),
        may("turns", Kind::Number(Spec::ANY), "Added to the defeat line once the conflict has ended; by default 0."),
        may("ballot_noise", Kind::Number(Spec::POSITIVE), "Noise of its ballot, in points; by default 0."),
        may(
            "noise_believed",
            Kind::Number(Spec::POSITIVE),
            "Share of that noise which those who sign reckon with; by default 1: they know it.",
        ),
        may("victory_from", Kind::Number(Spec::LINE), "The score from which a package is a victory."),
        SOURCE,
        NUMBERS,
    ],
);

pub(super) static ISSUE: Section = section(
    "an issue",
    "One question that a settlement must answer.",
    &[
        NAME,
        may("now", Kind::Id(Ref::Option), "The present state, worth 0 to all."),
        may(
            "ordered",
            Kind::Flag,
            "Whether values that are not written lie on the line between the nearest written ones.",
        ),
        must("options", Kind::Options, "The possible answers, at least two: a list, a table, or a grid."),
        may("views", Kind::Entries(&VIEW), "What each party's leadership and each audience makes of it."),
        SOURCE,
        NUMBERS,
    ],
);

pub(super) static OPTION: Section = section(
    "an option",
    "One possible answer to an issue.",
    &[
        NAME,
        may("form", Kind::Word(&["informal", "formal"]), "How the term would be given."),
        may("holder", Kind::IdOrIds, "Who must grant the term."),
        may("grants", Kind::Grants, "The chance that a holder grants it: one for all, or one for each."),
        may("secret", Kind::Number(Spec::SECRET), "A term kept from audiences: true, or the chance that it leaks."),
        may("at", Kind::Plain, "Where the option lies on an ordered issue."),
        may(
            "finality",
            Kind::Word(&["final", "temporary"]),
            "Whether a package with it is for a time; by default final.",
        ),
        may("ratified_by", Kind::IdOrIds, "The audiences that must ratify a package with it."),
        may("stops", Kind::Stops, "The conflict ends: \"at once\", or when a stage is agreed or signed."),
        SOURCE,
        NUMBERS,
    ],
);

pub(super) static GRID: Section = section(
    "a grid of options",
    "Equally spaced numbers; they are the identifiers of the options.",
    &[
        must("from", Kind::Plain, "The first option."),
        must("to", Kind::Plain, "The last option."),
        must("step", Kind::Plain, "The distance between two options, above 0."),
    ],
);

pub(super) static VIEW: Section = Section {
    open: Some(Kind::Number(Spec::VALUE)),
    ..section(
        "a view",
        "What one party's leadership or one audience makes of an issue.",
        &[
            must("weight", Kind::Number(Spec::POSITIVE), "Weight of the issue in its own points."),
            may(
                "values",
                Kind::Numbers(Spec::VALUE),
                "The values of all options in order, instead of one key for each.",
            ),
            SOURCE,
            NUMBERS,
        ],
    )
};

pub(super) static CLAIM: Section = section(
    "a claim",
    "Something that can be said at home of a package.",
    &[
        must("heard_by", Kind::Ids, "The audiences that are told so."),
        must("aim", Kind::Text, "The aim that it claims to meet."),
        must("when", Kind::Condition, "When it can be said."),
        UNLESS,
        must("says", Kind::Text, "The sentence itself."),
        must("worth", Kind::Number(Spec::POSITIVE), "How much of the aim it meets; 1 is the aim itself."),
        may("symbolic", Kind::Flag, "Whether it is symbolic, so that credence counts; by default false."),
        may("overheard", Kind::Map(Ref::Audience, Spec::SHARE), "Who overhears it, and how much of it."),
        SOURCE,
        NUMBERS,
    ],
);

pub(super) static RED_LINE: Section = section(
    "a red line",
    "What an audience will not bear, or a leadership will not sign.",
    &[
        must("by", Kind::Id(Ref::Beholder), "The audience or the party whose line it is."),
        must("when", Kind::Condition, "When it is crossed."),
        UNLESS,
        NAME,
        SOURCE,
    ],
);

pub(super) static MODIFIER: Section = section(
    "a modifier",
    "Factors on the worth of terms: `when` for whole packages, or `form` for every term of one form.",
    &[
        must("for", Kind::Scope, "Whose points it changes."),
        may("when", Kind::Condition, "When it is in force."),
        UNLESS,
        may("form", Kind::Word(&["informal", "formal"]), "Touches every term of this form, instead of `when`."),
        may("gains", Kind::Number(Spec::POSITIVE), "Factor on values above 0."),
        may("losses", Kind::Number(Spec::POSITIVE), "Factor on values below 0."),
        may("claims", Kind::Number(Spec::POSITIVE), "Factor on the worth of claims; not with `form`."),
        NAME,
        SOURCE,
        NUMBERS,
    ],
);

pub(super) static LINK: Section = section(
    "a link",
    "A bonus or a penalty of a leadership for a combination of terms.",
    &[
        must("for", Kind::Id(Ref::Party), "The party whose leadership it concerns."),
        must("when", Kind::Condition, "When it counts."),
        UNLESS,
        must("bonus", Kind::Number(Spec::ANY), "Points of the leadership; below 0 for a penalty."),
        SOURCE,
        NUMBERS,
    ],
);

pub(super) static RULE: Section = section(
    "a rule",
    "What counts as a settlement at all; exactly one of `forbid` and `require`.",
    &[
        may("forbid", Kind::Condition, "Packages that match are no settlement."),
        may("require", Kind::Condition, "Packages that do not match are no settlement."),
        may("when", Kind::Condition, "Of which packages it speaks; by default of all."),
        UNLESS,
        SOURCE,
    ],
);

pub(super) static NO_DEAL: Section = section(
    "a no-deal entry",
    "What a party expects without a deal, in points of its own.",
    &[
        may("base", Kind::Number(Spec::ANY), "Value before states and costs; by default 0."),
        may("stake", Kind::Map(Ref::State, Spec::ANY), "Points for each unit of a state that favours it."),
        may("cost", Kind::Number(Spec::POSITIVE), "Points each further round costs; by default 0."),
        may(
            "expects",
            Kind::Number(Spec::POSITIVE),
            "How many rounds from the start it expects without a deal; by default the horizon.",
        ),
        may(
            "contact",
            Kind::Number(Spec::ANY),
            "Points that the talks themselves are worth while they go on; by default 0.",
        ),
        SOURCE,
        NUMBERS,
    ],
);

pub(super) static STATE: Section = section(
    "a state",
    "A quantity outside the package that feeds no deal and the lines of audiences.",
    &[
        must("start", Kind::Number(Spec::ANY), "Its value when the talks begin."),
        may("favours", Kind::Map(Ref::Actor, Spec::ANY), "The sign and size with which it enters an actor's no deal."),
        may("change", Kind::Number(Spec::ANY), "What it changes by each round; by default 0."),
        may("spread", Kind::Number(Spec::POSITIVE), "Standard deviation of its noise each round; by default 0."),
        may("min", Kind::Number(Spec::ANY), "It never falls below this."),
        may("max", Kind::Number(Spec::ANY), "It never rises above this."),
        may("while", Kind::While, "In what circumstances it moves of itself; by default always."),
        may("decisive", Kind::Entries(&talks::DECISIVE), "Bounds at which a party has its way, by party."),
        NAME,
        SOURCE,
        NUMBERS,
    ],
);

pub(super) static UNKNOWN: Section = section(
    "an unknown",
    "One draw used by name in many places.",
    &[must("value", Kind::Number(Spec::ANY), "What it is."), NAME, SOURCE, NUMBERS],
);

pub(super) static PACKAGE: Section = section(
    "a package",
    "A package with a name; what it does not pick stays as in `from`, or as now.",
    &[
        may("picks", Kind::Picks, "The options that it picks."),
        may("from", Kind::Id(Ref::Package), "The package from which it starts."),
        NAME,
        may("by", Kind::Id(Ref::Actor), "Who put it forward."),
        may(
            "bare_minimum",
            Kind::Flag,
            "Whether it is the least that would still count as a settlement; at most one is.",
        ),
        SOURCE,
    ],
);

/// The words of verdicts that an anchor may expect of an audience.
pub(super) const SAYS: &[&str] = &["defeat", "bearable", "victory", "bears"];
/// The words that an anchor may expect of a leadership.
pub(super) const DECIDES: &[&str] = &["accepts", "refuses"];

pub(super) static ANCHOR: Section = Section {
    open: Some(Kind::Word(&["defeat", "bearable", "victory", "bears", "accepts", "refuses"])),
    ..section("an anchor", "Verdicts that any sane world must give on a package, by audience or party.", &[SOURCE])
};

pub(super) static READING: Section = section(
    "a reading",
    "A rival account of the same negotiation.",
    &[
        NAME,
        may("prior", Kind::Plain, "Share of worlds relative to the other readings, above 0; by default 1."),
        may("set", Kind::Set, "What it changes, by the path of each number."),
        SOURCE,
    ],
);

pub(super) static VARIANT: Section = section(
    "a variant",
    "A switch.",
    &[
        NAME,
        must("on", Kind::Flag, "Whether it is on unless said otherwise."),
        may("notice", Kind::Text, "What a reader of any result must be told while it is on."),
        may("set", Kind::Set, "What it changes, by the path of each number."),
        SOURCE,
    ],
);
