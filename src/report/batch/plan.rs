//! The whole plan, told before anything runs.

use itertools::Itertools as _;
use serde_json::{Value, json};

use super::{arm_name, faults, level, more, named, opening};
use crate::batch::{BatchPlan, Model};
use crate::text::table::Table;
use crate::text::words::{count, counted, list, number, paragraph};

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
    pub fn rest(&self, plan: &BatchPlan) -> f64 {
        let left = plan.size().saturating_sub(u128::from(self.kept)) as f64;
        self.seconds / self.runs.max(1) as f64 * left / self.threads as f64
    }
}

/// The plan as a page.
pub fn plan(plan: &BatchPlan, trial: Trial) -> String {
    let mut out = opening(plan);
    out += &format!("\n{}", paragraph(&size(plan)));
    out += &format!("\nARMS\n\n{}", arms(plan));
    out += &design(plan);
    out += &faults(plan, |e| plan.status(e), SHOWN, "WILL NOT BE RUN");
    out + &format!("\n{}", paragraph(&cost(plan, trial)))
}

/// How large it is.
pub(super) fn size(plan: &BatchPlan) -> String {
    let (arms, points) = (plan.arms.len(), plan.design.points.len());
    let design = if plan.design.paths.is_empty() { String::new() } else { format!(" × {}", counted(points, "point")) };
    let (all, arms) = (counted(plan.experiments() as usize, "experiment"), counted(arms, "arm"));
    let (runs, size, seed) = (count(plan.runs), count(plan.size()), plan.seed);
    format!(
        "{all} = {arms}{design}, {runs} runs each: {size} runs. Seed {seed}; run k has the same draws in every experiment."
    )
}

/// What tells each arm from the others.
fn arms(plan: &BatchPlan) -> String {
    let row = |(place, arm)| {
        let span = plan.of_arm(place);
        let range = if span.len() == 1 { span.from.to_string() } else { format!("{}–{}", span.from, span.to - 1) };
        let (name, changes) = (arm_name(plan, arm), changes(plan, plan.model(arm)));
        vec![range, if changes.is_empty() { name } else { format!("{name}: {changes}") }]
    };
    let table = Table::of(&["experiments", "arm"], plan.arms.iter().enumerate().take(SHOWN).map(row));
    table.text() + &more(plan.arms.len(), SHOWN, "")
}

/// What a model changes in its scenario, in words.
fn changes(plan: &BatchPlan, model: &Model) -> String {
    let n = &plan.scenarios[model.scenario].negotiation;
    let switched = n.variants.iter().zip(&model.variants).filter(|(v, on)| v.on != **on);
    let switched = switched.map(|(v, on)| format!("variant `{}` {}", v.id, if *on { "on" } else { "off" }));
    let set = model.set.iter().map(|(path, value)| format!("`{path}` = {value}"));
    let without = model.without.iter().map(|part| format!("without `{}`", part.word()));
    list(switched.chain(set).chain(without))
}

fn design(plan: &BatchPlan) -> String {
    if plan.design.paths.is_empty() {
        return String::new();
    }
    let row = |(place, path): (usize, &String)| {
        let values = plan.design.points.iter().filter_map(|point| point[place]);
        let values: Vec<f64> = values.sorted_by(f64::total_cmp).dedup().collect();
        let end = |x: Option<&f64>| level(x.copied());
        vec![count(values.len() as u64), end(values.first()), end(values.last()), format!("`{path}`")]
    };
    let table = Table::of(&["values", "from", "to", "input"], plan.design.paths.iter().enumerate().map(row));
    format!("\nDESIGN ({})\n\n{}", plan.design.kind, table.text())
}

fn cost(plan: &BatchPlan, trial: Trial) -> String {
    let each = 1e6 * trial.seconds / trial.runs.max(1) as f64;
    let kept = if trial.kept > 0 { format!(" {} runs are there already.", count(trial.kept)) } else { String::new() };
    let (rest, threads) = (duration(trial.rest(plan)), counted(trial.threads, "thread"));
    let (each, runs) = (number(each), count(trial.runs));
    format!("About {rest} on {threads}: {each} microseconds a run in a trial of {runs} runs.{kept}")
}

/// A stretch of time in the unit that suits it.
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
pub fn plan_data(plan: &BatchPlan) -> Value {
    let arm = |(place, arm)| {
        let model = plan.model(arm);
        let without: Vec<String> = model.without.iter().map(|part| part.word()).collect();
        let first = plan.of_arm(place).from;
        named(plan, arm, json!({ "first_experiment": first, "set": model.set, "without": without }))
    };
    let mut data = crate::batch::manifest(plan, false);
    data["arms"] = plan.arms.iter().enumerate().map(arm).collect();
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
