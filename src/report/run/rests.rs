//! What the answer rests on: assumptions first, then notices and warnings.

use super::super::{check::basis, head::Otherwise};
use super::Answer;
use super::hangs::strong;
use crate::analysis::Driver;
use crate::model::InputKind;
use crate::text::words::{bullet, margin};

/// The section.
pub fn rests(a: &Answer) -> String {
    let mut lines = vec![basis(a.n())];
    lines.extend(super::anchors::contradicted(a));
    lines.extend(super::notices(a));
    lines.extend(chosen(a));
    lines.extend(one_assumption(a));
    lines.extend(bounds(a));
    lines.extend(no_foresight(a));
    let bullets: String = lines.iter().map(|line| bullet(line)).collect();
    format!("WHAT IT RESTS ON\n\n{bullets}")
}

/// What was asked in other ways than the file's own.
fn chosen(a: &Answer) -> Vec<String> {
    let told = Otherwise { agreeing: false, ..Otherwise::of(&a.choices) }.told(a.n());
    told.into_iter().chain(super::anchors::dropped(a)).collect()
}

/// An assumption on which the answer turns: with it low nothing would typically do, with it high something would, or
/// the other way round.
pub(super) fn turning(a: &Answer) -> Vec<&Driver> {
    let turns = |d: &&Driver| (d.shown.margin_low < 0.0) != (d.shown.margin_high < 0.0);
    strong(a).into_iter().filter(turns).filter(|d| a.n().inputs.get(d.input).numbers == "assumption").collect()
}

fn one_assumption(a: &Answer) -> Option<String> {
    let turning = turning(a);
    let first = turning.first()?;
    let input = a.n().inputs.get(first.input);
    let (low, high) = (margin(first.shown.margin_low), margin(first.shown.margin_high));
    let [at_low, at_high] = match input.kind {
        InputKind::Chance => ["it does not happen", "it does"],
        InputKind::Value => ["it is low", "it is high"],
    };
    Some(format!(
        "Warning: the answer turns on one assumption, `{}`: the mean margin is {low} where {at_low} and {high} where \
         {at_high}.",
        input.path
    ))
}

/// Said where deals have a hazard of which no leadership takes account.
fn no_foresight(a: &Answer) -> Option<String> {
    let n = a.n();
    let on = &a.choices.settings.drawing.accounts.variants;
    let nobody = n.durability.is_some() && !n.parties().any(|i| n.looks_ahead(i, Some(on)));
    let said = "No foresight: guarantees do nothing in the deal space.";
    nobody.then(|| said.to_owned())
}

/// Said if the package found lies at the end of a scale of numbers.
fn bounds(a: &Answer) -> Vec<String> {
    let Some(same) = a.survey.same_package.as_ref().filter(|_| !a.is_one_of_many()) else { return Vec::new() };
    let issues = a.n().space.issues.iter().zip(&same.package.0);
    let scale = |issue: &crate::model::Issue| {
        issue.options.len() > 4 && issue.options.iter().all(|o| o.id.parse::<f64>().is_ok())
    };
    let at_end = issues.filter(|(issue, o)| {
        let end = o.0 == 0 || o.0 + 1 == issue.options.len();
        scale(issue) && end && issue.now != Some(**o)
    });
    at_end
        .map(|(issue, o)| {
            format!("Warning: the package found lies at the end of the scale of `{}`, {}; a wider scale might give another answer.", issue.id, issue.options[o.0].id)
        })
        .collect()
}
