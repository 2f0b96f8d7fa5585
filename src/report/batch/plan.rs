//! The whole plan, told before anything runs.

use serde_json::{Value, json};

use super::{arm_name, level};
use crate::batch::{Model, Plan, Status};
use crate::text::table::Table;
use crate::text::words::{count, counted, list, number, paragraph, visible};

/// Arms, values and faults that are listed at most.
const SHOWN: usize = 40;

/// A short trial: what runs cost here.
#[derive(Debug, Clone, Copy)]
pub struct Trial {
    /// Runs that were tried.
    pub runs: u64,
    /// Seconds that they took on one thread.
    pub seconds: f64,
    /// Threads that the batch would have.
    pub threads: usize,
    /// Runs that are kept already.
    pub kept: u64,
}

impl Trial {
    /// Seconds that the rest of the batch takes, if threads share the work evenly.
    #[must_use]
    pub fn rest(&self, plan: &Plan) -> f64 {
        let left = plan.size().saturating_sub(u128::from(self.kept)) as f64;
        self.seconds / self.runs.max(1) as f64 * left / self.threads as f64
    }
}

/// The plan as a page.
#[must_use]
pub fn plan(plan: &Plan, trial: Trial) -> String {
    let mut out = paragraph(&visible(&plan.title));
    if !plan.question.is_empty() {
        out += &paragraph(&visible(&plan.question));
    }
    out += &format!("\n{}", paragraph(&size(plan)));
    out += &format!("\nARMS\n\n{}", arms(plan));
    out += &design(plan);
    out += &faults(plan);
    out += &format!("\n{}", paragraph(&cost(plan, trial)));
    out
}

/// How large it is.
pub(super) fn size(plan: &Plan) -> String {
    let (arms, points) = (plan.arms.len(), plan.points.values.len());
    let design = if plan.points.paths.is_empty() { String::new() } else { format!(" × {}", counted(points, "point")) };
    format!(
        "{} = {}{design}, {} runs each: {} runs. Seed {}; run k has the same draws in every experiment.",
        counted(plan.experiments() as usize, "experiment"),
        counted(arms, "arm"),
        count(plan.runs),
        count(plan.size()),
        plan.seed
    )
}

/// What tells each arm from the others.
fn arms(plan: &Plan) -> String {
    let mut table = Table::new(&["experiments", "arm"]);
    for (place, arm) in plan.arms.iter().enumerate().take(SHOWN) {
        let span = plan.of_arm(place);
        let range = if span.len() == 1 { format!("{}", span.from) } else { format!("{}–{}", span.from, span.to - 1) };
        let model = plan.model(arm);
        let changes = changes(plan, model);
        let told = if changes.is_empty() { arm_name(plan, arm) } else { format!("{}: {changes}", arm_name(plan, arm)) };
        table.row(vec![range, told]);
    }
    let more = plan.arms.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!("  … and {more} more\n") } else { String::new() };
    table.text() + &more
}

/// What a model changes in its scenario, in words.
fn changes(plan: &Plan, model: &Model) -> String {
    let n = &plan.scenarios[model.scenario].negotiation;
    let switched = n.variants.iter().zip(&model.variants).filter(|(v, on)| v.on != **on);
    let switched = switched.map(|(v, on)| format!("variant `{}` {}", v.id, if *on { "on" } else { "off" }));
    let set = model.set.iter().map(|(path, value)| format!("`{path}` = {value}"));
    let without = model.without.iter().map(|part| format!("without `{}`", part.word()));
    list(&switched.chain(set).chain(without).collect::<Vec<_>>())
}

fn design(plan: &Plan) -> String {
    if plan.points.paths.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&["values", "from", "to", "input"]);
    for (place, path) in plan.points.paths.iter().enumerate() {
        let mut values: Vec<f64> = plan.points.values.iter().filter_map(|point| point[place]).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        let end = |x: Option<&f64>| level(x.copied());
        table.row(vec![count(values.len() as u64), end(values.first()), end(values.last()), format!("`{path}`")]);
    }
    format!("\nDESIGN ({})\n\n{}", plan.points.kind, table.text())
}

/// Experiments that cannot be run, with their reasons.
fn faults(plan: &Plan) -> String {
    let faults: Vec<(u64, Status)> =
        (0..plan.experiments()).map(|e| (e, plan.status(e))).filter(|(_, s)| *s != Status::Ok).collect();
    if faults.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&["experiment", "status", "why"]);
    for (e, status) in faults.iter().take(SHOWN) {
        table.row(vec![count(*e), status.word().to_owned(), visible(status.message())]);
    }
    format!("\n{} WILL NOT BE RUN\n\n{}", counted(faults.len(), "experiment").to_uppercase(), table.text())
}

fn cost(plan: &Plan, trial: Trial) -> String {
    let each = 1e6 * trial.seconds / trial.runs.max(1) as f64;
    let kept = if trial.kept > 0 { format!(" {} runs are there already.", count(trial.kept)) } else { String::new() };
    format!(
        "About {} on {}: {} microseconds a run in a trial of {} runs.{kept}",
        duration(trial.rest(plan)),
        counted(trial.threads, "thread"),
        number(each),
        count(trial.runs)
    )
}

/// A stretch of time in the unit that suits it.
#[must_use]
pub(super) fn duration(seconds: f64) -> String {
    let (value, unit) = match seconds {
        s if s < 90.0 => (s.max(1.0), "second"),
        s if s < 5_400.0 => (s / 60.0, "minute"),
        s if s < 129_600.0 => (s / 3_600.0, "hour"),
        s => (s / 86_400.0, "day"),
    };
    counted(value.round() as usize, unit)
}

/// The plan as data.
#[must_use]
pub fn plan_data(plan: &Plan) -> Value {
    let arm = |(place, arm): (usize, &crate::batch::Arm)| {
        let model = plan.model(arm);
        json!({
            "first_experiment": plan.of_arm(place).from,
            "scenario": plan.scenario(arm),
            "reading": plan.reading(arm),
            "variant": model.variant,
            "policy": model.policy,
            "set": model.set,
            "without": model.without.iter().map(|p| p.word()).collect::<Vec<_>>(),
        })
    };
    let mut data = crate::batch::manifest(plan, false);
    data["arms"] = plan.arms.iter().enumerate().map(arm).collect::<Vec<_>>().into();
    data["size"] = json!(plan.size().to_string());
    data
}

#[cfg(test)]
mod tests {
    #[test]
    fn stretches_of_time_have_the_unit_that_suits_them() {
        let told = [0.2, 45.0, 600.0, 7_200.0, 864_000.0].map(super::duration);
        let told = told.map(|text| text.replace('\u{a0}', " "));
        assert_eq!(told, ["1 second", "45 seconds", "10 minutes", "2 hours", "10 days"]);
    }
}
