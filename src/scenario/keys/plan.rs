//! Keys of plans: which experiments a batch is made of.

use super::{Kind, NAME, Section, Spec};
use crate::scenario::kind::{Key, may, must, section};

/// The kinds of designs, as plans write them.
pub(in crate::scenario) const DESIGNS: &[&str] = &["factorial", "one-at-a-time", "latin-hypercube", "sobol", "table"];

/// What is written down of a batch, from least to most.
pub(in crate::scenario) const RECORDS: &[&str] = &["experiments", "runs", "inputs"];

/// Which defeats count, as `--defeat` names them.
pub(in crate::scenario) const DEFEATS: &[&str] = &["audience", "leader", "both", "no-veto"];

/// Parts of the model that can be left out: those of the talks, and two of the deal space.
const WITHOUT: Key = may("without", Kind::Texts, "Parts of the model that are left out.");

pub(in crate::scenario) static PLAN: Section = section(
    "a plan",
    "A batch of experiments for winset: scenarios, readings, variants, policies and a design over chosen inputs.",
    &[
        must("title", Kind::Text, "Title of the batch."),
        may("question", Kind::Text, "The question that it asks."),
        must("scenarios", Kind::Texts, "Files, relative to the plan, or shipped names: one or a list."),
        may("readings", Kind::Texts, "\"by prior\" (the default), \"each\", or a list of readings."),
        may("runs", Kind::LargeWhole, "Runs of each experiment; by default 1000."),
        may("seed", Kind::LargeWhole, "Seed of all draws, at most 2^53 − 1; by default 1."),
        may("defeat", Kind::Word(DEFEATS), "Whose verdict makes a defeat; by default audience."),
        may(
            "record",
            Kind::Word(RECORDS),
            "Rows for each experiment, each run too, or each run with every uncertain input.",
        ),
        may("variants", Kind::Entries(&SWITCHES), "Settings of the scenarios' variants."),
        may("policies", Kind::Entries(&POLICY), "Sets of changes to the scenarios."),
        may("design", Kind::Table(&DESIGN), "The points of the inputs that are varied."),
    ],
);

pub(in crate::scenario) static SWITCHES: Section = Section {
    open: Some(Kind::Flag),
    ..section("a setting of variants", "Variants of the scenario, each true (on) or false (off).", &[NAME])
};

pub(in crate::scenario) static POLICY: Section = section(
    "a policy",
    "What is changed in the scenarios; nothing, if it is empty.",
    &[NAME, may("set", Kind::Set, "What numbers become, by path, as `--set` does it."), WITHOUT],
);

pub(in crate::scenario) static DESIGN: Section = section(
    "a design",
    "Which values the chosen inputs take together.",
    &[
        must("kind", Kind::Word(DESIGNS), "How points are chosen."),
        may("points", Kind::LargeWhole, "Number of points, for latin-hypercube and sobol."),
        may("table", Kind::Text, "A CSV file, relative to the plan, with a path at the head of each column."),
        may("inputs", Kind::Levels(&VARIED), "The inputs that are varied, by path."),
    ],
);

pub(in crate::scenario) static VARIED: Section = section(
    "a varied input",
    "Which values it takes: a range [LOW, HIGH], or one of these.",
    &[
        may("from", Kind::Plain, "The least value."),
        may("to", Kind::Plain, "The greatest value."),
        may("steps", Kind::LargeWhole, "How many values, both ends included."),
        may("values", Kind::Numbers(Spec::ANY), "The values themselves."),
    ],
);
