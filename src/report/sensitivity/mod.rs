//! What the answer hangs on: the page, the JSON, the CSV sheets.

mod page;

use itertools::Itertools as _;
use serde_json::{Value, json};

pub(super) use page::share;
pub use page::{NOT_TOLD, page};

use super::frame::{AnswerTo, under};
use crate::analysis::sensitivity::{
    Elementary, Estimated, GroupKind, HalfMeans, Indices, InputGroup, Measure, Study, StudySettings, UncertainInput,
};
use crate::text::sheet::ByColumn;
use crate::text::words::{count, counted, visible};

/// A study with all that was asked.
pub type Studied<'a> = AnswerTo<'a, StudySettings, Study>;

impl<'a> Studied<'a> {
    /// Groups with their indices, the largest total first.
    pub fn ranked(&self) -> Vec<(&'a InputGroup, Indices)> {
        let groups = self.answer.groups.iter().zip(self.answer.decomposition.groups.iter().copied());
        groups.sorted_by(|x, y| y.1.total.value.total_cmp(&x.1.total.value)).collect()
    }

    /// What the numbers of the outcome are.
    pub fn measure(&self) -> &'static str {
        match self.settings.outcome {
            Measure::Margin => "the margin",
            Measure::Exists => "the share of worlds in which one exists",
            Measure::Reached => "the share of runs in which it is reached",
        }
    }

    /// What a group is called.
    pub fn name(&self, group: &InputGroup) -> String {
        match &group.kind {
            GroupKind::Input => visible(&self.answer.factors[group.factors[0]].path),
            GroupKind::Named(name) => format!("{} ({})", visible(name), counted(group.factors.len(), "input")),
            GroupKind::Others if group.factors.len() == 1 => "the one other input".into(),
            GroupKind::Others => format!("all {} other inputs", count(group.factors.len() as u128)),
            GroupKind::Luck => "the luck of the rounds".into(),
        }
    }
}

/// What an outcome is called on a page.
pub fn outcome(of: Measure) -> &'static str {
    match of {
        Measure::Margin => "the margin",
        Measure::Exists => "whether one exists",
        Measure::Reached => "whether it is reached",
    }
}

/// The study as one JSON object; keys are described in the help of `winset sensitivity`.
pub fn summary(a: &Studied) -> Value {
    let (outcome_is, study, d) = (a.settings.outcome, a.answer, &a.answer.decomposition);
    let index = |index: Estimated| with(json!(index), "told", told(index));
    let input = |f: usize| {
        let (factor, [even, odd]) = (&study.factors[f], &study.apart);
        let mut input = with(with(json!(study.screening[f]), "path", &factor.path), "numbers", numbers(a, factor));
        input["rms_of_even"] = json!(even[f].rms);
        input["odd"] = json!(odd[f]);
        input
    };
    let answer = json!({
        "says": page::sentence(a).replace('\u{a0}', " "),
        "of": outcome_is,
        "outcome": outcome(outcome_is),
        "evaluations": study.evaluations,
        "kept_within": study.kept_within,
        "mean": d.mean,
        "variance": d.variance,
        "groups": study.groups.iter().zip(&d.groups).map(|(group, indices)| json!({
            "name": a.name(group).replace('\u{a0}', " "),
            "kind": kind(&group.kind),
            "inputs": paths(a, group),
            "first": index(indices.first),
            "total": index(indices.total),
        })).collect_vec(),
        "interactions": d.interactions.map(index),
        "inputs": study.by_strength().into_iter().map(input).collect_vec(),
    });
    under(a.n, &a.settings.drawing.accounts.variants, answer)
}

fn with(mut object: Value, key: &str, value: &str) -> Value {
    object[key] = value.into();
    object
}

fn kind(kind: &GroupKind) -> &'static str {
    match kind {
        GroupKind::Input => "input",
        GroupKind::Named(_) => "group",
        GroupKind::Others => "others",
        GroupKind::Luck => "luck",
    }
}

/// An index in words.
fn told(index: Estimated) -> &'static str {
    if index.may_be_zero() { NOT_TOLD } else { "above 0" }
}

/// Where the number comes from.
fn numbers<'a>(a: &Studied<'a>, factor: &UncertainInput) -> &'a str {
    factor.input.map_or("", |id| a.n.inputs.get(id).numbers.as_str())
}

fn paths<'a>(a: &Studied<'a>, group: &InputGroup) -> Vec<&'a str> {
    group.factors.iter().map(|f| a.answer.factors[*f].path.as_str()).collect()
}

/// The indices: one row a group.
pub fn indices(a: &Studied) -> String {
    let rows: Vec<(&InputGroup, &Indices)> = a.answer.groups.iter().zip(&a.answer.decomposition.groups).collect();
    ByColumn::of(&rows)
        .column("name", |(group, _)| a.name(group).replace('\u{a0}', " "))
        .column("kind", |(group, _)| kind(&group.kind))
        .column("inputs", |(group, _)| paths(a, group).join(" "))
        .column("first_index", |(_, i)| i.first.value)
        .column("first_index_low", |(_, i)| i.first.low)
        .column("first_index_high", |(_, i)| i.first.high)
        .column("first_index_told", |(_, i)| told(i.first))
        .column("total_index", |(_, i)| i.total.value)
        .column("total_index_low", |(_, i)| i.total.low)
        .column("total_index_high", |(_, i)| i.total.high)
        .column("total_index_told", |(_, i)| told(i.total))
        .csv()
}

/// The screening: one row an input, the strongest first.
pub fn screening(a: &Studied) -> String {
    let row = |f: usize| (&a.answer.factors[f], &a.answer.screening[f]);
    let rows: Vec<(&UncertainInput, &Elementary)> = a.answer.by_strength().into_iter().map(row).collect();
    let halves = |e: &Elementary, of: fn(&HalfMeans) -> f64| e.halves.map(|h| of(&h).to_string()).unwrap_or_default();
    ByColumn::of(&rows)
        .column("path", |(factor, _)| factor.path.clone())
        .column("numbers", |(factor, _)| numbers(a, factor))
        .column("mu", |(_, e)| e.mu)
        .column("mu_star", |(_, e)| e.mu_star)
        .column("mu_star_low", |(_, e)| e.mu_star_low)
        .column("mu_star_high", |(_, e)| e.mu_star_high)
        .column("sigma", |(_, e)| e.sigma)
        .column("rms", |(_, e)| e.rms)
        .column("pairs", |(_, e)| halves(e, |h| h.pairs as f64))
        .column("if_low", |(_, e)| halves(e, |h| h.low))
        .column("if_high", |(_, e)| halves(e, |h| h.high))
        .column("change", |(_, e)| halves(e, |h| h.effect))
        .column("change_low", |(_, e)| halves(e, |h| h.effect_low))
        .column("change_high", |(_, e)| halves(e, |h| h.effect_high))
        .csv()
}
