//! Every table that is written as CSV or Parquet: what a row of it is, and what its columns hold.
//!
//! One name has one meaning and one type, in whatever table it stands. A share is five columns, `NAME_count`, `NAME_of`,
//! `NAME_share`, `NAME_low`, `NAME_high`: the number of cases, of how many, their ratio, and the ends of its 95 % interval. An
//! empty cell is a value that is not there.

use serde_json::{Value, json};

use Holds::{Number, Text, Whole};

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Holds {
    /// Whole numbers; where something is or is not so, 1 or 0.
    Whole,
    /// Numbers, `inf` among them.
    Number,
    /// Words.
    Text,
}

impl Holds {
    /// Its word: `whole`, `number` or `text`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Number => "number",
            Self::Text => "text",
        }
    }
}

/// A table that some verb writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableOf {
    /// The name of its file, without ending.
    pub name: &'static str,
    /// The verbs that write it.
    pub verbs: &'static [&'static str],
    /// What one row is.
    pub row: &'static str,
    /// Its columns in order, separated by blanks. `NAME_*` stands for the columns whose names begin so: the five of a
    /// share, or one a party, year, ending, cause or issue; `PATH` for a column an input, and `[NAME]` for one that
    /// only some scenarios have.
    pub columns: &'static str,
}

/// Every table, but for those behind pictures.
pub const TABLES: [TableOf; 26] = [
    TableOf {
        name: "runs",
        verbs: &["run", "batch"],
        row: "a run; of a batch, of one experiment",
        columns: "[experiment] [scenario] [reading] [variant] [policy] [point] run [seed] [block] [status] [message] \
                  drawn_reading PATH one_exists margin [reached] [ending] [rounds] [date] [intents] [package] [blocked] \
                  [cause] gain_* payoff_* holds_*",
    },
    TableOf {
        name: "packages",
        verbs: &["run"],
        row: "a package: those that do most often, then those with names",
        columns: "list place name package would_do_* no_defeat_* rational_* available_*",
    },
    TableOf {
        name: "verdicts",
        verbs: &["run"],
        row: "a package of those lists, an audience and a verdict",
        columns: "list place audience verdict worlds_*",
    },
    TableOf {
        name: "terms",
        verbs: &["run"],
        row: "a package of those lists, or of what was agreed, and an issue",
        columns: "list place issue option as_now",
    },
    TableOf {
        name: "options",
        verbs: &["run"],
        row: "an option, claim, red line or audience: what would be without it",
        columns: "kind path name exists_without_* lost gained margin_change worlds_with_margin",
    },
    TableOf {
        name: "unknowns",
        verbs: &["run"],
        row: "an uncertain input, the one that matters most first",
        columns: "path numbers median effect error margin_low margin_high exists_low_* exists_high_* effect_on_even \
                  reached_low_* reached_high_* [reach] [reach_error] [reach_on_even]",
    },
    TableOf {
        name: "endings",
        verbs: &["run"],
        row: "an ending: over all runs, then for each account and each intent",
        columns: "by which ending runs_*",
    },
    TableOf {
        name: "agreed",
        verbs: &["run"],
        row: "a package that was agreed, the most frequent first",
        columns: "place name package bare_minimum deals_*",
    },
    TableOf {
        name: "agreed-terms",
        verbs: &["run"],
        row: "an option that was agreed, the most frequent first",
        columns: "issue option name deals_*",
    },
    TableOf {
        name: "blocked",
        verbs: &["run"],
        row: "a thing that stood in the way last, then a reason for no deal",
        columns: "kind what runs_*",
    },
    TableOf {
        name: "survival",
        verbs: &["run", "batch"],
        row: "a number of years: the mean chance that a deal still holds",
        columns: "[experiment] deals_of years deals holds",
    },
    TableOf {
        name: "experiments",
        verbs: &["batch"],
        row: "an experiment: its arm, its point, and what its runs came to",
        columns: "experiment scenario reading variant policy point status message seed runs PATH one_exists_share \
                  one_exists_low one_exists_high [reached_share] [reached_low] [reached_high] ending_* margin_mean \
                  margin_p05 margin_p25 margin_p50 margin_p75 margin_p95 [rounds_mean] [rounds_p10] [rounds_p50] \
                  [rounds_p90] gain_* payoff_* cause_* holds_*",
    },
    TableOf {
        name: "distributions",
        verbs: &["batch"],
        row: "a value of an outcome that was met in an experiment",
        columns: "experiment outcome category value count",
    },
    TableOf {
        name: "differences",
        verbs: &["compare"],
        row: "a headline of an arm behind the first",
        columns: "arm headline first_value first_low first_high first_of other_value other_low other_high other_of \
                  difference difference_low difference_high gained lost p told_from_0",
    },
    TableOf {
        name: "flips",
        verbs: &["compare"],
        row: "a run that ends otherwise in another arm",
        columns: "arm run before after round event_before event_after",
    },
    TableOf {
        name: "indices",
        verbs: &["sensitivity"],
        row: "a group of inputs: its Sobol' indices",
        columns: "name kind inputs first_index first_index_low first_index_high first_index_told total_index \
                  total_index_low total_index_high total_index_told",
    },
    TableOf {
        name: "screening",
        verbs: &["sensitivity"],
        row: "an uncertain input: its elementary effects, the strongest first",
        columns: "path numbers mu mu_star mu_star_low mu_star_high sigma rms pairs if_low if_high change change_low \
                  change_high",
    },
    TableOf {
        name: "audit",
        verbs: &["audit"],
        row: "an assumption, and where the headline would change with it",
        columns: "path total_index total_index_low total_index_high exists_change exists_change_low exists_change_high \
                  range_from range_to exists_at_from exists_at_to headline_changes changes_at",
    },
    TableOf {
        name: "trade-off",
        verbs: &["discover"],
        row: "a step of a box: what it holds, and how rich it is",
        columns: "box step taken rows_of rows hits coverage coverage_low coverage_high density density_low density_high \
                  columns where",
    },
    TableOf {
        name: "box",
        verbs: &["discover"],
        row: "a column that a box restricts",
        columns: "box column least greatest above most levels levels_of share_inside rows_outside share_outside",
    },
    TableOf {
        name: "tree",
        verbs: &["discover"],
        row: "a leaf of the tree",
        columns: "leaf rich rows hits coverage coverage_low coverage_high density density_low density_high where",
    },
    TableOf {
        name: "cells",
        verbs: &["game"],
        row: "a cell of a table over intents, and a party",
        columns: "reading wants plays party at_horizon at_horizon_error at_twice at_twice_error runs",
    },
    TableOf { name: "offers", verbs: &["offers"], row: "an offer", columns: "round party threshold utility_* issue_*" },
    TableOf {
        name: "files",
        verbs: &["offers"],
        row: "a file of a tournament, and a tactic",
        columns: "file tactic gain sessions agreed rounds_mean",
    },
    TableOf {
        name: "NAME.data",
        verbs: &["run", "solve", "compare", "sensitivity", "discover", "class", "game", "infer"],
        row: "a value of the picture NAME",
        columns: "part item field path number text",
    },
    TableOf {
        name: "NAME.pooled",
        verbs: &["batch", "plot"],
        row: "an estimate that the picture NAME shows",
        columns: "[scenario] [reading] [variant] [policy] [point] [experiment_name] PATH [path] [end] [at] [here] [years] \
                  [outcome] [ending] [experiments] count of value low high [change]",
    },
];

/// What a column is called, what it holds, and what that means. A name that ends in `_*` stands for what begins so, one that
/// begins with `*_` for what ends so; the first that fits holds.
const COLUMNS: [(&str, Holds, &str); 118] = [
    ("above", Number, "the box begins above this value"),
    ("agreed", Whole, "sessions that ended in an agreement"),
    ("arm", Text, "the letter of the arm"),
    ("as_now", Whole, "whether the option is what there is today"),
    (
        "at",
        Number,
        "the value at which the estimate stands; of margins `-inf` where every package is refused, `inf` where nobody can veto; of rounds `inf` where it is not reached",
    ),
    ("at_horizon", Number, "points that the party is paid, at the horizon of the scenario: the mean over runs"),
    ("at_horizon_error", Number, "its standard error"),
    ("at_twice", Number, "the same at twice the horizon"),
    ("at_twice_error", Number, "its standard error"),
    ("audience", Text, "an audience, by its identifier"),
    ("bare_minimum", Whole, "whether the package changes nothing but what must be changed"),
    ("before", Text, "how the run ends in the first arm"),
    ("after", Text, "how it ends in this arm"),
    ("block", Whole, "the block of 256 runs in which the run was done"),
    ("blocked", Text, "what stood in the way last"),
    ("box", Whole, "the box, from 1"),
    ("by", Text, "what runs are told apart by: all, one-exists, reading, intent, intent-drawn"),
    (
        "category",
        Text,
        "a word: an ending, what stood in the way; of margins `bin`, `none` or `unbounded`, of rounds `round`",
    ),
    ("cause", Text, "why there was no deal"),
    ("change", Number, "how far the outcome moves"),
    ("changes_at", Number, "the first value at which the headline changes"),
    ("column", Text, "a column of the table that was looked through"),
    ("columns", Whole, "columns that the box restricts"),
    ("count", Whole, "how often"),
    ("coverage", Number, "the share of all hits that are inside"),
    ("date", Text, "the day on which the last round begins, as 2025-05-20"),
    ("deals", Whole, "how many deals"),
    ("deals_of", Text, "of which deals: `reached` or `signed`"),
    ("density", Number, "the share of the rows inside that are hits"),
    ("difference", Number, "the other arm minus the first, on common luck"),
    ("drawn_reading", Text, "the rival account of the world of the run"),
    ("effect", Number, "the change of the mean margin from the lower half of the input to the upper"),
    ("effect_on_even", Number, "the same, over even runs"),
    ("end", Text, "which end of the range: `low` or `high`"),
    ("ending", Text, "how talks ended"),
    ("error", Number, "the standard error of the effect"),
    ("event_after", Text, "the first thing that differs, in this arm"),
    ("event_before", Text, "the first thing that differs, in the first arm"),
    ("experiment", Whole, "the experiment, from 0"),
    ("experiment_name", Text, "what the experiment is called"),
    ("experiments", Whole, "experiments that are pooled"),
    ("field", Text, "the field of the data, its parts joined by points"),
    ("file", Text, "the scenario"),
    ("gain", Number, "the mean relative gain of the tactic"),
    ("gained", Whole, "runs or worlds in which it is so only with the change"),
    ("greatest", Number, "the greatest value of the column"),
    ("headline", Text, "what is compared"),
    ("headline_changes", Whole, "whether some value within the range changes the headline"),
    ("here", Whole, "runs that stand at this value"),
    ("hits", Whole, "rows inside that meet the target"),
    ("high", Number, "the upper end of its 95 % interval"),
    ("holds", Number, "the mean chance that a deal still holds"),
    ("inputs", Text, "the paths of the inputs"),
    ("intents", Text, "what each party is after, as ACTOR.INTENT, separated by blanks"),
    ("issue", Text, "an issue, by its identifier"),
    ("item", Whole, "the place in the list, from 1"),
    ("kind", Text, "what sort of thing the row is"),
    ("leaf", Whole, "the leaf, from 1"),
    ("least", Number, "the least value of the column"),
    ("levels", Text, "the words inside"),
    ("levels_of", Text, "all words of the column"),
    ("list", Text, "the list: `leading`, `named` or `agreed`"),
    ("low", Number, "the lower end of its 95 % interval"),
    ("lost", Whole, "runs or worlds in which it is so only without the change"),
    (
        "margin",
        Number,
        "the margin, as a share of the span of whoever minds most; empty where every package is refused, `inf` where nobody can veto; of rounds `inf` where it is not reached",
    ),
    ("median", Number, "the median of the input"),
    ("message", Text, "what is wrong with an experiment that was not run"),
    ("most", Number, "the box ends at this value"),
    ("mu", Number, "the mean elementary effect"),
    ("mu_star", Number, "the mean absolute elementary effect"),
    ("name", Text, "the name"),
    ("number", Number, "the value, if it is a number"),
    ("numbers", Text, "where the numbers come from"),
    ("of", Whole, "of how many"),
    ("one_exists", Whole, "whether some package would do in the world of the run"),
    ("option", Text, "an option, by its identifier"),
    ("outcome", Text, "which outcome"),
    ("p", Number, "the chance of so many flips one way if neither way is likelier (McNemar)"),
    ("package", Text, "the package as `--package` takes it: what differs from today, or `now`"),
    ("pairs", Whole, "pairs of runs"),
    ("part", Text, "the field of the data that the value belongs to"),
    ("party", Text, "a party, by its identifier"),
    ("path", Text, "the path of an input, or of a value"),
    ("place", Whole, "the place in the list, from 1"),
    ("plays", Text, "what each party does, as PARTY=INTENT"),
    ("point", Whole, "the point of the design, from 0"),
    ("policy", Text, "the policy of the arm"),
    ("reach", Number, "the change of the share reached from the lower half of the input to the upper"),
    ("reached", Whole, "whether the talks ended in a deal that is a defeat for nobody"),
    ("reading", Text, "the rival account that the arm takes"),
    ("rich", Whole, "whether the leaf is richer than the whole"),
    ("rms", Number, "the root mean square of the elementary effects"),
    ("round", Whole, "the round, from 1"),
    ("rounds", Whole, "rounds that the talks took"),
    ("rows", Whole, "rows inside"),
    ("rows_of", Text, "which half of the rows is counted: `chosen` or `scored`"),
    ("rows_outside", Whole, "rows that meet every other limit of the box, but not this one"),
    ("run", Whole, "the run, from 0: the same luck wherever it stands"),
    ("runs", Whole, "how many runs"),
    ("scenario", Text, "the scenario of the arm"),
    ("seed", Whole, "the seed of all draws"),
    ("sessions", Whole, "how many sessions"),
    ("sigma", Number, "the standard deviation of the elementary effects"),
    ("status", Text, "`ok`, `failed` or `non-finite`"),
    ("step", Whole, "the step, from 0"),
    ("tactic", Text, "the tactic"),
    ("taken", Whole, "whether this is the box that was taken"),
    ("text", Text, "the value, if it is words"),
    ("threshold", Number, "the least that the party would take, in points"),
    ("told_from_0", Whole, "whether the interval of the difference leaves out 0"),
    ("value", Number, "the value"),
    ("variant", Text, "the variants of the arm"),
    ("verdict", Text, "`defeat`, `bearable` or `victory`"),
    ("wants", Text, "what the parties are after"),
    ("what", Text, "it, in words"),
    ("where", Text, "the box in words"),
    ("which", Text, "which account or intent"),
    ("years", Number, "years after the signature"),
];

/// The same for names that are made: a beginning or an end, what such columns hold, and what that means.
const FAMILIES: [(&str, Holds, &str); 25] = [
    ("issue_*", Text, "the option of that issue"),
    ("utility_*", Number, "what the package is worth to that party, in points"),
    (
        "gain_*",
        Number,
        "the relative gain of that party from a deal signed and ratified; `_mean` and `_error` over runs",
    ),
    ("payoff_*", Number, "what the run pays that party in all, in points; `_mean` and `_error` over runs"),
    ("holds_*", Number, "the chance that the deal still holds after so many years; of an experiment the mean"),
    ("ending_*", Number, "the share of runs that end so"),
    ("cause_*", Number, "the share of runs without a deal for that reason"),
    ("*_told", Text, "whether the index is told from 0"),
    ("*_count", Whole, "cases"),
    ("*_of", Whole, "of how many"),
    ("*_share", Number, "their ratio"),
    (
        "*_low",
        Number,
        "the lower end of the 95 % interval; of `exists_`, `reached_` and `margin_` alone, where the input is low",
    ),
    ("*_high", Number, "the upper end, or where the input is high"),
    ("*_mean", Number, "the mean"),
    ("*_error", Number, "its standard error"),
    ("*_index", Number, "a Sobol' index: first of the input alone, total with all that it takes part in"),
    ("margin_*", Number, "the margin: mean, quantile, or change"),
    ("rounds_*", Number, "quantiles of the rounds of what was reached"),
    ("worlds_with_margin", Whole, "worlds with a finite margin both ways"),
    ("*_value", Number, "the value"),
    ("range_*", Number, "an end of the range of the assumption"),
    ("exists_*", Number, "the share of worlds in which one exists"),
    ("reach_*", Number, "as `reach`"),
    ("if_*", Number, "the mean outcome where the input is low, or high"),
    ("share_*", Number, "the share of hits among rows inside, or outside"),
];

/// What a column holds, and what that means; a name that is in no list is the path of an input.
pub fn column(name: &str) -> (Holds, &'static str) {
    let exact = COLUMNS.iter().find(|(known, ..)| *known == name);
    let made = || FAMILIES.iter().find(|(family, ..)| fits(family, name));
    exact.or_else(made).map_or((Number, "the value of the input of that path"), |(_, holds, says)| (*holds, says))
}

fn fits(family: &str, name: &str) -> bool {
    match (family.strip_prefix('*'), family.strip_suffix('*')) {
        (Some(end), _) => name.ends_with(end),
        (_, Some(start)) => name.starts_with(start),
        _ => family == name,
    }
}

/// What tables there are, for `schema --tables`.
///
/// ```text
/// { format, tables: [{ name, verbs, row, columns: [name, …] }], columns: [{ name, holds, says }] }
/// ```
pub fn data() -> Value {
    let table = |t: &TableOf| {
        let columns: Vec<&str> = t.columns.split_whitespace().collect();
        json!({ "name": t.name, "verbs": t.verbs, "row": t.row, "columns": columns })
    };
    let all = COLUMNS.iter().chain(&FAMILIES);
    let column =
        |(name, holds, says): &(&str, Holds, &str)| json!({ "name": name, "holds": holds.word(), "says": says });
    json!({
        "format": super::frame::FORMAT,
        "tables": TABLES.iter().map(table).collect::<Vec<_>>(),
        "columns": all.map(column).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_family_that_fits_says_what_a_name_holds() {
        for (name, holds) in [
            ("reached", Whole),
            ("reached_share", Number),
            ("exists_low_count", Whole),
            ("margin", Number),
            ("gain_russia", Number),
            ("issue_pay", Text),
            ("first_index_told", Text),
            ("unknowns.west-divided", Number),
        ] {
            assert_eq!(column(name).0, holds, "{name}");
        }
    }

    #[test]
    fn every_column_of_a_table_has_its_line() {
        for table in TABLES {
            for name in table.columns.split_whitespace().filter(|name| *name != "PATH") {
                let name = name.trim_matches(['[', ']', '*']);
                let known = COLUMNS.iter().any(|(known, ..)| *known == name);
                let made =
                    || FAMILIES.iter().any(|(family, ..)| fits(family, name) || family.trim_end_matches('*') == name);
                let share = name.ends_with('_');
                assert!(known || made() || share, "`{name}` of `{}`", table.name);
            }
        }
    }

    #[test]
    fn names_stand_in_order_and_once_but_those_that_belong_together() {
        let mut names: Vec<&str> = COLUMNS.iter().map(|(name, ..)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COLUMNS.len());
    }
}
