//! Keys of plans: which experiments a batch is made of.

use super::{Key, Keys, NAME, Spec, Takes, may, must, section, words};
use crate::model::Defeat;
use crate::scenario::plan::{DesignKind, Record};

/// Parts of the model that can be left out: those of the talks, and two of the deal space.
const WITHOUT: Key = may("without", Takes::Texts, "Parts of the model that are left out.");

pub static PLAN: Keys = section(
    "a plan",
    "A batch of experiments for winset: scenarios, readings, variants, policies and a design over chosen inputs.",
)
.keys(&[
    must("title", Takes::Text, "Title of the batch."),
    may("question", Takes::Text, "The question that it asks."),
    must("scenarios", Takes::Texts, "Files, relative to the plan, or shipped names: one or a list."),
    may("readings", Takes::Texts, "\"by prior\" (the default), \"each\", or a list of readings."),
    may("runs", Takes::LargeWhole, "Runs of each experiment; by default 1000."),
    may("seed", Takes::LargeWhole, "Seed of all draws, at most 2^53 − 1; by default 1."),
    may("defeat", Takes::Word(&words(&Defeat::WORDS)), "Whose verdict makes a defeat; by default audience."),
    may(
        "record",
        Takes::Word(&words(&Record::WORDS)),
        "Rows for each experiment, each run too, or each run with every uncertain input.",
    ),
    may("variants", Takes::Entries(&SWITCHES), "Settings of the scenarios' variants."),
    may("policies", Takes::Entries(&POLICY), "Sets of changes to the scenarios."),
    may("design", Takes::Table(&DESIGN), "The points of the inputs that are varied."),
]);

pub static SWITCHES: Keys =
    section("a setting of variants", "Variants of the scenario, each true (on) or false (off).")
        .open(Takes::Flag)
        .keys(&[NAME]);

pub static POLICY: Keys = section("a policy", "What is changed in the scenarios; nothing, if it is empty.").keys(&[
    NAME,
    may("set", Takes::Set, "What numbers become, by path, as `--set` does it."),
    WITHOUT,
]);

pub static DESIGN: Keys = section("a design", "Which values the chosen inputs take together.").keys(&[
    must("kind", Takes::Word(&words(&DesignKind::WORDS)), "How points are chosen."),
    may("points", Takes::LargeWhole, "Number of points, for latin-hypercube and sobol."),
    may("table", Takes::Text, "A CSV file, relative to the plan, with a path at the head of each column."),
    may("inputs", Takes::Levels(&VARIED), "The inputs that are varied, by path."),
]);

pub static VARIED: Keys = section("a varied input", "Which values it takes: a range [LOW, HIGH], or one of these.")
    .keys(&[
        may("from", Takes::Plain, "The least value."),
        may("to", Takes::Plain, "The greatest value."),
        may("steps", Takes::LargeWhole, "How many values, both ends included."),
        may("values", Takes::Numbers(Spec::ANY), "The values themselves."),
    ]);
