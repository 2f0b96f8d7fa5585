//! A study as JSON.

use serde_json::{Value, json};

use super::Asked;
use super::page::{NOT_TOLD, sentence};
use crate::analysis::sensitivity::{Elementary, Factor, GroupKind, Index, Indices};
use crate::report::head::notices;
use crate::report::{CAVEAT, sensitivity};

/// The study as one JSON object; keys are described in the help of `winset sensitivity`.
#[must_use]
pub fn summary(a: &Asked) -> Value {
    let (settings, study) = (a.settings, a.study);
    let d = &study.decomposition;
    json!({
        "title": a.n.title,
        "holds": CAVEAT,
        "notices": notices(a.n, &settings.drawing.accounts.variants),
        "says": sentence(a).replace('\u{a0}', " "),
        "of": settings.outcome,
        "outcome": sensitivity::outcome(settings.outcome),
        "evaluations": study.evaluations,
        "kept_within": study.kept_within,
        "mean": d.mean,
        "variance": d.variance,
        "groups": study.groups.iter().zip(&d.groups).map(|(group, indices)| json!({
            "name": a.name(group).replace('\u{a0}', " "),
            "kind": kind(&group.kind),
            "inputs": group.factors.iter().map(|f| &study.factors[*f].path).collect::<Vec<_>>(),
            "first": index(indices.first),
            "total": index(indices.total),
        })).collect::<Vec<_>>(),
        "interactions": d.interactions.map(index),
        "inputs": study.by_strength().into_iter().map(|f| input(a, &study.factors[f], &study.screening[f])).collect::<Vec<_>>(),
    })
}

pub(super) fn kind(kind: &GroupKind) -> &'static str {
    match kind {
        GroupKind::Input => "input",
        GroupKind::Named(_) => "group",
        GroupKind::Others => "others",
        GroupKind::Luck => "luck",
    }
}

fn index(index: Index) -> Value {
    let told = if index.may_be_zero() { NOT_TOLD } else { "above 0" };
    json!({ "value": index.value, "low": index.low, "high": index.high, "told": told })
}

/// The two indices as words for a sheet.
pub(super) fn told(indices: Indices) -> [&'static str; 2] {
    [indices.first, indices.total].map(|i| if i.may_be_zero() { NOT_TOLD } else { "above 0" })
}

fn input(a: &Asked, factor: &Factor, e: &Elementary) -> Value {
    json!({
        "path": factor.path,
        "numbers": numbers(a, factor),
        "mu": e.mu,
        "mu_star": e.mu_star,
        "mu_star_low": e.mu_star_low,
        "mu_star_high": e.mu_star_high,
        "sigma": e.sigma,
        "rms": e.rms,
        "halves": e.halves,
    })
}

/// Where the number comes from.
pub(super) fn numbers<'a>(a: &Asked<'a>, factor: &Factor) -> &'a str {
    factor.input.map_or("", |id| a.n.inputs.get(id).numbers.as_str())
}
