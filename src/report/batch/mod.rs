//! Batches told: the plan before anything runs, and what the experiments came to.

mod page;
mod plan;
mod sheets;

pub use page::{data, page, summary};
pub use plan::{Trial, plan, plan_data};
pub use sheets::{BatchTable, TidyTable, distributions, experiments, survival};

use itertools::Itertools as _;
use serde::Serialize;
use serde_json::{Value, json};

use crate::analysis::Share;
use crate::batch::{BatchPlan, Kept, PlanArm, Status, Tally, outcome};
use crate::num::Moments;
use crate::report::frame::Frame;
use crate::text::table::Table;
use crate::text::words::{count, counted, paragraph, visible};

/// A batch that is complete.
#[derive(Debug, Clone, Copy)]
pub struct Results<'a> {
    /// What was planned.
    pub plan: &'a BatchPlan,
    /// `kept[experiment]`.
    pub kept: &'a [Kept],
}

impl<'a> Results<'a> {
    /// Whether an experiment was run, and if not why.
    pub fn status(&self, e: u64) -> Status {
        outcome(self.plan, &self.kept[e as usize], e)
    }

    /// What an experiment came to; `None` where it failed.
    pub fn tally(&self, e: u64) -> Option<&'a Tally> {
        self.kept[e as usize].tally.as_ref()?.as_ref().ok()
    }

    /// What an experiment counts of a party; `None` where its scenario lacks the party or it failed.
    pub fn of_party(&self, e: u64, party: &str, of: impl Fn(&'a Tally) -> &'a [Moments]) -> Option<&'a Moments> {
        let n = &self.plan.model(self.plan.experiment(e).0).n;
        let place = n.parties().position(|i| n.actor(i).id == party)?;
        of(self.tally(e)?).get(place)
    }

    /// What some experiments come to together: shares of the runs pooled, never means of shares.
    fn pooled(&self, experiments: impl IntoIterator<Item = u64>) -> Pooled {
        let tallies: Vec<&Tally> = experiments.into_iter().filter_map(|e| self.tally(e)).collect();
        let distinct = tallies.iter().map(|tally| tally.runs).max().unwrap_or(0);
        let share = |counts: Vec<(u64, u64)>| {
            let (count, runs) = counts.iter().fold((0, 0), |(count, runs), (c, r)| (count + c, runs + r));
            Share::on_shared_luck(count, runs, distinct)
        };
        let one_exists = share(tallies.iter().map(|tally| (tally.exists, tally.runs)).collect());
        let reached = share(tallies.iter().filter_map(|tally| Some((tally.reached()?, tally.runs))).collect());
        Pooled {
            experiments: tallies.len(),
            runs: one_exists.of,
            one_exists,
            reached: Some(reached).filter(|share| share.of > 0),
        }
    }
}

/// Experiments pooled; all share their luck.
#[derive(Debug, Clone, Copy, Serialize)]
struct Pooled {
    #[serde(skip)]
    experiments: usize,
    runs: u64,
    /// Runs in whose world one exists.
    one_exists: Share,
    /// Runs that reached it, of those that had talks; `None` without any.
    reached: Option<Share>,
}

/// The names of an arm: scenario, reading, variant and policy, each with what it is called.
pub(super) fn names<'p>(plan: &'p BatchPlan, arm: &'p PlanArm) -> [(&'static str, &'p str); 4] {
    let model = plan.model(arm);
    [
        ("scenario", plan.scenario(arm)),
        ("reading", plan.reading(arm)),
        ("variant", &model.variant),
        ("policy", &model.policy),
    ]
}

/// The frame of a verb that answers with a plan: its scenarios as it names them, a list where there are several.
pub fn frame(verb: &'static str, plan: &BatchPlan) -> Frame {
    let names: Vec<&str> = plan.scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
    let scenario = if let [only] = names[..] { json!(only) } else { json!(names) };
    let asked = json!({ "plan": plan.title, "runs": plan.runs, "defeat": plan.defeat });
    Frame { verb, scenario, seed: Some(plan.seed), asked }
}

/// Data about an arm, under its names.
fn named(plan: &BatchPlan, arm: &PlanArm, mut data: Value) -> Value {
    names(plan, arm).into_iter().for_each(|(what, name)| data[what] = json!(name));
    data
}

/// The parties of all scenarios that have talks, each once.
pub(super) fn parties(plan: &BatchPlan) -> Vec<String> {
    plan.parties(|n| n.talks.is_some())
}

/// What tells an arm from the others, such as `pastukhov, no mediator`; all of its names where it is alone.
fn arm_name(plan: &BatchPlan, arm: &PlanArm) -> String {
    let telling: [bool; 4] =
        std::array::from_fn(|place| !plan.arms.iter().map(|arm| names(plan, arm)[place]).all_equal());
    let alone = !telling.contains(&true);
    let told =
        names(plan, arm).into_iter().zip(telling).filter(|((_, name), tells)| *tells || (alone && !name.is_empty()));
    told.map(|((_, name), _)| name).join(", ")
}

/// A number of the design as it is written.
fn level(x: Option<f64>) -> String {
    x.map_or_else(|| "as it is".to_owned(), |x| x.to_string())
}

/// Title and question of a plan.
fn opening(plan: &BatchPlan) -> String {
    let question = if plan.question.is_empty() { String::new() } else { paragraph(&visible(&plan.question)) };
    paragraph(&visible(&plan.title)) + &question
}

/// A line that says how many rows are left out of a table of so many; nothing if all are shown.
pub fn more(all: usize, shown: usize, where_else: &str) -> String {
    if all > shown { format!("  … and {} more{where_else}\n", all - shown) } else { String::new() }
}

/// Experiments without a result, under a head that goes on with `what`; a few of them with their reasons.
fn faults(plan: &BatchPlan, status: impl Fn(u64) -> Status, shown: usize, what: &str) -> String {
    let faults = (0..plan.experiments()).map(|e| (e, status(e))).filter(|(_, s)| *s != Status::Ok).collect_vec();
    if faults.is_empty() {
        return String::new();
    }
    let row = |(e, status): &(u64, Status)| vec![count(*e), status.word().to_owned(), visible(status.message())];
    let table = Table::of(&["experiment", "status", "why"], faults.iter().take(shown).map(row));
    format!("\n{} {what}\n\n{}", counted(faults.len(), "experiment").to_uppercase(), table.text())
}
