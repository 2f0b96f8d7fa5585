//! Every key of the format: the one table behind findings and behind the JSON Schema.

pub use super::kind::{Key, Keys, LARGEST, LARGEST_WHOLE, Notation, Ref, Spec, Takes, words};
use super::kind::{SOURCED, may, must, section, sourced};
use crate::model::{Form, Period, Role};
pub use talks::*;

pub mod directions;
pub mod lesson;
pub mod plan;
mod talks;

const NAME: Key = may("name", Takes::Text, "Name for readers; by default the identifier.");
const PLURAL: Key = may("plural", Takes::Flag, "Whether the name is a plural, as in \"The Greens\"; by default false.");
const SOURCE: Key = SOURCED[0];
const NUMBERS: Key = SOURCED[1];
const UNLESS: Key = may("unless", Takes::Conditions, "What lifts it: a condition or a list, any of which is enough.");

pub static TOP: Keys = section("a scenario", "A negotiation for winset.").keys(&[
    must("title", Takes::Text, "Title of the scenario."),
    may("question", Takes::Text, "The question that it asks."),
    may("round", Takes::Word(&words(&Period::WORDS)), "What one round is; by default a week."),
    may("start", Takes::Date, "First day of the talks."),
    may(
        "horizon",
        Takes::Whole,
        "Units of time after which the observer looks away; by default 52. It is nobody's clock: see `deadline`.",
    ),
    may("looks_ahead", Takes::NOISE, "How many years those who decide look ahead; by default 5."),
    may("numbers", Takes::Text, "Where magnitudes come from unless a table says otherwise; by default \"assumption\"."),
    must("actors", Takes::Entries(&ACTOR), "All who take part; at least one is a party."),
    may("audiences", Takes::Entries(&AUDIENCE), "Those at home who judge a settlement."),
    must("issues", Takes::Entries(&ISSUE), "The questions that a settlement must answer."),
    may("claims", Takes::Entries(&CLAIM), "What can be said at home of a package."),
    may("red_lines", Takes::Entries(&RED_LINE), "What will not be borne or signed, whatever else a package holds."),
    may("modifiers", Takes::Entries(&MODIFIER), "What changes the worth of terms."),
    may("links", Takes::Entries(&LINK), "Bonuses and penalties for combinations of terms."),
    may("rules", Takes::Entries(&RULE), "What counts as a settlement at all."),
    may("no_deal", Takes::Entries(&NO_DEAL), "What each party expects without a deal."),
    may("conflict", Takes::Table(&CONFLICT), "How long it goes on without a deal: a war, a strike, a separation."),
    may("state", Takes::Entries(&STATE), "States of the world around the talks."),
    may("events", Takes::Entries(&EVENT), "What may happen around the talks."),
    may("talks", Takes::Table(&TALKS), "How talks are held; without it none are run."),
    may("intents", Takes::Entries(&INTENTS), "What each party may be after, by party."),
    may("wants", Takes::Entries(&WANTS), "What each party may want, by party; by default what file and reading say."),
    may("token", Takes::Table(&TOKEN), "A gesture before the talks that may show what a side wants; for reckoning."),
    may("game", Takes::Table(&GAME), "Who chooses among which intents, for `winset game`."),
    may("beliefs", Takes::Table(&BELIEFS), "What observers start from, and how well they see."),
    may("record", Takes::List(&RECORD), "What has been observed of the parties so far."),
    may("conduct", Takes::Entries(&CONDUCT), "What any sane course of the talks must keep."),
    may("durability", Takes::Table(&DURABILITY), "How long a deal holds."),
    may("stages", Takes::Entries(&STAGE), "In what steps it is settled; by default everything at once."),
    may("mediator", Takes::Table(&MEDIATOR), "Who goes between the parties, and how."),
    may("ledger", Takes::Entries(&OWING), "Favours that parties owe."),
    may("unknowns", Takes::Entries(&UNKNOWN), "Shared unknowns: one draw used in many places."),
    may("packages", Takes::Entries(&PACKAGE), "Packages with names."),
    may("anchors", Takes::Entries(&ANCHOR), "Verdicts that any sane world must give on named packages."),
    may("readings", Takes::Entries(&READING), "Rival accounts; one is drawn for each world."),
    may("variants", Takes::Entries(&VARIANT), "Switches, on or off for a whole run of the program."),
    may(
        "directions",
        Takes::Entries(&directions::DIRECTION),
        "Which way answers ought to move when something is changed.",
    ),
]);

pub static ACTOR: Keys = sourced("an actor", "A state, a government, a union, a firm.").keys(&[
    must("role", Takes::Words(&words(&Role::WORDS)), "What it is in these talks."),
    NAME,
    PLURAL,
    may(
        "brought_along_by",
        Takes::Map(Ref::Actor, Spec::CHANCE),
        "Who can bring it along when it refuses a term, and how likely.",
    ),
    may("misjudges", Takes::Map(Ref::State, Spec::ANY), "How far it misjudges a state: added to the true value."),
    may(
        "learns_in",
        Takes::NOISE,
        "The time of going on in which half of what it misjudges is unlearned; by default it learns nothing.",
    ),
    may(
        "misreads",
        Takes::POSITIVE,
        "How far it misreads what issues weigh with the others: standard deviation of a factor; by default 0.",
    ),
    may(
        "foresight",
        Takes::SHARE,
        "How far it looks ahead to whether a deal holds; by default 1 with [durability], else 0.",
    ),
    may("complies", Takes::SHARE, "How far it keeps to the terms that it holds; by default 1."),
]);

pub static AUDIENCE: Keys = sourced(
    "an audience",
    "Those at home who must be able to live with a settlement. Its numbers are in points of its own.",
)
.keys(&[
    must("of", Takes::Id(Ref::Actor), "The actor at whose home it is."),
    NAME,
    PLURAL,
    may("veto", Takes::CHANCE, "Whether its verdict binds that actor; by default false."),
    may("loss_aversion", Takes::POSITIVE, "How much heavier a loss weighs than a gain; by default 1."),
    may("claims_weight", Takes::POSITIVE, "Points that claims for one whole aim are worth; by default 0."),
    may("credence", Takes::SHARE, "What a symbolic claim counts beside a material one; by default 1."),
    may("aims", Takes::Map(Ref::Aim, Spec::POSITIVE), "Share of each aim; by default 1."),
    may("takes_as_normal", Takes::Picks, "What it takes as the normal state where that is not the present one."),
    may("defeat_below", Takes::LINE, "The score under which a package is a defeat."),
    may("per_round", Takes::ANY, "Added to the defeat line in a unit of time; by default 0."),
    may("per_state", Takes::Map(Ref::State, Spec::ANY), "Added to the defeat line for each unit of a state."),
    may("tied_hands", Takes::ANY, "Added to the defeat line once its actor has given an ultimatum; by default 0."),
    may("turns", Takes::ANY, "Added to the defeat line once the conflict has ended; by default 0."),
    may(
        "unsure",
        Takes::SHARE,
        "How unsure its leader is of its line: standard deviation, as a share of its span; by default he knows it.",
    ),
    may(
        "hopes",
        Takes::VALUE,
        "How much better than its line he hopes it bears a deal, as a share of its span; by default 0.",
    ),
    may("ballot_noise", Takes::POSITIVE, "Noise of its ballot, in points; by default 0."),
    may(
        "noise_believed",
        Takes::POSITIVE,
        "Share of that noise which those who sign reckon with; by default 1: they know it.",
    ),
    may(
        "accepts_if_borne",
        Takes::SHARE,
        "The least chance that it bears a deal with which its leader is content; by default that of [talks].",
    ),
    may("victory_from", Takes::LINE, "The score from which a package is a victory."),
]);

pub static ISSUE: Keys = sourced("an issue", "One question that a settlement must answer.").keys(&[
    NAME,
    may("now", Takes::Id(Ref::Option), "The present state, worth 0 to all."),
    may(
        "ordered",
        Takes::Flag,
        "Whether values that are not written lie on the line between the nearest written ones.",
    ),
    may(
        "cut",
        Takes::Word(&words(&CUTS)),
        "For reckoning alone: \"anywhere\" between two options, values running straight from one to the next.",
    ),
    must("options", Takes::Options, "The possible answers, at least two: a list, a table, or a grid."),
    may("views", Takes::Entries(&VIEW), "What each party's leadership and each audience makes of it."),
]);

/// Where an issue may be cut.
pub const CUTS: [(&str, ()); 1] = [("anywhere", ())];

/// How long a package with an option is for, and whether that is a time only.
pub const FINALITIES: [(&str, bool); 2] = [("final", false), ("temporary", true)];

pub static OPTION: Keys = sourced("an option", "One possible answer to an issue.").keys(&[
    NAME,
    may("form", Takes::Word(&words(&Form::WORDS)), "How the term would be given."),
    may("holder", Takes::IdOrIds, "Who must grant the term."),
    may("grants", Takes::Grants, "The chance that a holder grants it: one for all, or one for each."),
    may("secret", Takes::SECRET, "A term kept from audiences: true, or the chance that it leaks."),
    may("at", Takes::Plain, "Where the option lies on an ordered issue."),
    may("finality", Takes::Word(&words(&FINALITIES)), "Whether a package with it is for a time; by default final."),
    may("ratified_by", Takes::IdOrIds, "The audiences that must ratify a package with it."),
    may("stops", Takes::Stops, "The conflict ends: \"at once\", or when a stage is agreed or signed."),
]);

pub static GRID: Keys =
    section("a grid of options", "Equally spaced numbers; they are the identifiers of the options.").keys(&[
        must("from", Takes::Plain, "The first option."),
        must("to", Takes::Plain, "The last option."),
        must("step", Takes::Plain, "The distance between two options, above 0."),
    ]);

pub static VIEW: Keys =
    sourced("a view", "What one party's leadership or one audience makes of an issue.").open(Takes::VALUE).keys(&[
        must("weight", Takes::POSITIVE, "Weight of the issue in its own points."),
        may("values", Takes::Numbers(Spec::VALUE), "The values of all options in order, instead of one key for each."),
    ]);

pub static CLAIM: Keys = sourced("a claim", "Something that can be said at home of a package.").keys(&[
    must("heard_by", Takes::Ids, "The audiences that are told so."),
    must("aim", Takes::Text, "The aim that it claims to meet."),
    must("when", Takes::Condition, "When it can be said."),
    UNLESS,
    must("says", Takes::Text, "The sentence itself."),
    must("worth", Takes::POSITIVE, "How much of the aim it meets; 1 is the aim itself."),
    may("symbolic", Takes::Flag, "Whether it is symbolic, so that credence counts; by default false."),
    may("overheard", Takes::Map(Ref::Audience, Spec::SHARE), "Who overhears it, and how much of it."),
]);

pub static RED_LINE: Keys = section("a red line", "What an audience will not bear, or a leadership will not sign.")
    .keys(&[
        must("by", Takes::Id(Ref::Beholder), "The audience or the party whose line it is."),
        must("when", Takes::Condition, "When it is crossed."),
        UNLESS,
        NAME,
        SOURCE,
    ]);

pub static MODIFIER: Keys = sourced(
    "a modifier",
    "Factors on the worth of terms: `when` for whole packages, or `form` for every term of one form.",
)
.keys(&[
    must("for", Takes::Scope, "Whose points it changes."),
    may("when", Takes::Condition, "When it is in force."),
    UNLESS,
    may("form", Takes::Word(&words(&Form::WORDS)), "Touches every term of this form, instead of `when`."),
    may("gains", Takes::POSITIVE, "Factor on values above 0."),
    may("losses", Takes::POSITIVE, "Factor on values below 0."),
    may("claims", Takes::POSITIVE, "Factor on the worth of claims; not with `form`."),
    NAME,
]);

pub static LINK: Keys = sourced("a link", "A bonus or a penalty of a leadership for a combination of terms.").keys(&[
    must("for", Takes::Id(Ref::Party), "The party whose leadership it concerns."),
    must("when", Takes::Condition, "When it counts."),
    UNLESS,
    must("bonus", Takes::ANY, "Points of the leadership; below 0 for a penalty."),
]);

pub static RULE: Keys = section("a rule", "What counts as a settlement at all; exactly one of `forbid` and `require`.")
    .keys(&[
        may("forbid", Takes::Condition, "Packages that match are no settlement."),
        may("require", Takes::Condition, "Packages that do not match are no settlement."),
        may("when", Takes::Condition, "Of which packages it speaks; by default of all."),
        UNLESS,
        SOURCE,
    ]);

pub static NO_DEAL: Keys = sourced("a no-deal entry", "What a party expects without a deal, in points of its own.")
    .keys(&[
        may("base", Takes::ANY, "Value before states and costs; by default 0."),
        may("stake", Takes::Map(Ref::State, Spec::ANY), "Points for each unit of a state that favours it."),
        may("cost", Takes::POSITIVE, "Points that each unit of time costs while it goes on; by default 0."),
        may("lasts", Takes::NOISE, "The mean span that it believes it will go on; by default as [conflict] says."),
        may("break_cost", Takes::POSITIVE, "Points that it costs it to go back on a deal; by default 0."),
        may("contact", Takes::ANY, "Points that the talks themselves are worth while they go on; by default 0."),
    ])
    .gone(&[(
        "expects",
        "say how long it goes on without a deal, [conflict] lasts = SPAN; if only this party thinks so, lasts = SPAN here",
    )]);

pub static CONFLICT: Keys = sourced(
    "the conflict",
    "How long it goes on without a deal: a war, a strike, a separation. At least one of `lasts` and `until`.",
)
.keys(&[
    may("lasts", Takes::NOISE, "Its mean span: it ends by itself with the same chance at any time."),
    may("until", Takes::Time, "When it ends at the latest: a day, or a span from the start."),
]);

pub static STATE: Keys =
    sourced("a state", "A quantity outside the package that feeds no deal and the lines of audiences.").keys(&[
        must("start", Takes::ANY, "Its value when the talks begin."),
        may("favours", Takes::Map(Ref::Actor, Spec::ANY), "The sign and size with which it enters an actor's no deal."),
        may("change", Takes::ANY, "What it changes by in a unit of time; by default 0."),
        may("spread", Takes::POSITIVE, "Standard deviation of its noise in a unit of time; by default 0."),
        may("after", Takes::ANY, "What it changes by in a unit of time once a deal is signed; by default 0."),
        may("min", Takes::ANY, "It never falls below this."),
        may("max", Takes::ANY, "It never rises above this."),
        may("while", Takes::While, "In what circumstances it moves of itself; by default always."),
        may("decisive", Takes::Entries(&DECISIVE), "Bounds at which a party has its way, by party."),
        NAME,
    ]);

pub static UNKNOWN: Keys = sourced("an unknown", "One draw used by name in many places.")
    .keys(&[must("value", Takes::ANY, "What it is."), NAME]);

pub static PACKAGE: Keys =
    section("a package", "A package with a name; what it does not pick stays as in `from`, or as now.").keys(&[
        may("picks", Takes::Picks, "The options that it picks."),
        may("from", Takes::Id(Ref::Package), "The package from which it starts."),
        NAME,
        may("by", Takes::Id(Ref::Actor), "Who put it forward."),
        may(
            "bare_minimum",
            Takes::Flag,
            "Whether it is the least that would still count as a settlement; at most one is.",
        ),
        SOURCE,
    ]);

pub static ANCHOR: Keys =
    section("an anchor", "Verdicts that any sane world must give on a package, by audience or party.")
        .open(Takes::Word(&["defeat", "bearable", "victory", "bears", "accepts", "refuses"]))
        .keys(&[SOURCE]);

pub static READING: Keys = section("a reading", "A rival account of the same negotiation.").keys(&[
    NAME,
    may("prior", Takes::Plain, "Share of worlds relative to the other readings, above 0; by default 1."),
    may("set", Takes::Set, "What it changes, by the path of each number."),
    SOURCE,
]);

pub static WANTS: Keys = section("the wants of a party", "What a party may want, apart from what it plays.")
    .open(Takes::Table(&WANT))
    .keys(&[]);

pub static WANT: Keys = section("a want", "A change of the numbers by which a party's payoffs are reckoned.").keys(&[
    NAME,
    may("prior", Takes::Plain, "Its weight among the party's wants, above 0; by default 1."),
    may("set", Takes::Set, "What it changes, by the path of each number, in every reading."),
    may("intents", Takes::IdOrIds, "What a party with this want may play; by default all of its intents."),
    SOURCE,
]);

pub static TOKEN: Keys =
    section("a token", "A gesture before the talks that may show which of two things a side wants.").keys(&[
        must("by", Takes::Id(Ref::Party), "Who may send it."),
        must("shows", Takes::Text, "The want for which whoever sends it would be taken."),
        must("cost", Takes::POSITIVE, "Points that it costs whoever sends it; a want may set it."),
        must("gains", Takes::POSITIVE, "Points that being taken for that want is worth; a want may set it."),
        SOURCE,
        NUMBERS,
    ]);

pub static GAME: Keys = section("a game", "Who chooses among which intents.").keys(&[
    may(
        "players",
        Takes::Table(&PLAYERS),
        "Those who choose, each with the intents that it chooses among; by default all parties with two or more.",
    ),
    may(
        "prior",
        Takes::Word(&DRAWS),
        "How runs draw intents: \"written\" (the default), or \"game\", as the game has them played.",
    ),
    may("errs_by", Takes::NOISE, "By how many points sides err where the game draws; by default 1."),
]);

/// How runs draw intents.
pub const DRAWS: [&str; 2] = ["written", "game"];

pub static PLAYERS: Keys =
    section("the players of a game", "The intents among which each party chooses.").open(Takes::IdOrIds).keys(&[]);

pub static VARIANT: Keys = section("a variant", "A switch.").keys(&[
    NAME,
    must("on", Takes::Flag, "Whether it is on unless said otherwise."),
    may("notice", Takes::Text, "What a reader of any result must be told while it is on."),
    may("set", Takes::Set, "What it changes, by the path of each number."),
    SOURCE,
]);

pub static LINE: Keys = section(
    "a line between two packages",
    "Drawn between the scores of two packages in the modal world of the file as written.",
)
.keys(&[
    must("bears", Takes::Id(Ref::Package), "The package that the audience still bears."),
    must("rejects", Takes::Id(Ref::Package), "The package that it does not."),
]);

pub static NORMAL: Keys = section("a normal quantity", "Cut at six standard deviations.")
    .keys(&[must("mean", Takes::Plain, "The mean."), must("sd", Takes::Plain, "The standard deviation, above 0.")]);

pub static BETA: Keys = section("a beta quantity", "On 0 to 1, or stretched.").keys(&[
    must("a", Takes::Plain, "First shape, above 0."),
    must("b", Takes::Plain, "Second shape, above 0."),
    may("from", Takes::Plain, "Least value; by default 0."),
    may("to", Takes::Plain, "Greatest value; by default 1."),
]);

pub static SHARED: Keys = section("a number that follows an unknown", "times · unknown + plus.").keys(&[
    must("unknown", Takes::Id(Ref::Unknown), "The shared unknown."),
    may("times", Takes::Plain, "Factor; by default 1."),
    may("plus", Takes::Plain, "Summand; by default 0."),
]);
