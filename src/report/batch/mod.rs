//! Batches told: the plan before anything runs, and what the experiments came to.

mod page;
mod plan;
mod sheets;

pub use page::{data, page, summary};
pub use plan::{Trial, plan, plan_data};
pub use sheets::{Cells, distributions, experiments, survival};

use crate::analysis::Share;
use crate::batch::{Arm, Kept, Plan, Status, Tally, outcome};
use crate::num::Moments;

/// A batch that is complete.
#[derive(Debug, Clone, Copy)]
pub struct Results<'a> {
    /// What was planned.
    pub plan: &'a Plan,
    /// `kept[experiment]`.
    pub kept: &'a [Kept],
}

impl<'a> Results<'a> {
    /// Whether an experiment was run, and if not why.
    #[must_use]
    pub fn status(&self, e: u64) -> Status {
        outcome(self.plan, &self.kept[e as usize], e)
    }

    /// What an experiment came to; `None` where it failed.
    #[must_use]
    pub fn tally(&self, e: u64) -> Option<&'a Tally> {
        self.kept[e as usize].tally.as_ref()?.as_ref().ok()
    }

    /// The gains of a party in an experiment; `None` where its scenario lacks the party or it failed.
    #[must_use]
    pub fn gains(&self, e: u64, party: &str) -> Option<&'a Moments> {
        let n = &self.plan.model(self.plan.experiment(e).0).n;
        let place = n.parties().position(|i| n.actor(i).id == party)?;
        self.tally(e)?.gains.get(place)
    }

    /// Counts over some experiments: runs in whose world one exists, and runs that reached it where there are talks.
    fn pooled(&self, experiments: impl Iterator<Item = u64>) -> Pooled {
        let mut sum = Pooled::default();
        for tally in experiments.filter_map(|e| self.tally(e)) {
            sum.experiments += 1;
            sum.runs += tally.runs;
            sum.distinct = sum.distinct.max(tally.runs);
            sum.exists += tally.exists;
            if let Some(reached) = tally.reached() {
                sum.talked += tally.runs;
                sum.reached += reached;
            }
        }
        sum
    }
}

/// Counts over experiments. Shares are of the runs pooled, never means of shares.
#[derive(Debug, Clone, Copy, Default)]
struct Pooled {
    experiments: u64,
    runs: u64,
    /// Runs of one experiment: all share their luck.
    distinct: u64,
    exists: u64,
    talked: u64,
    reached: u64,
}

impl Pooled {
    fn exists(self) -> Share {
        Share::on_shared_luck(self.exists, self.runs, self.distinct)
    }

    fn reached(self) -> Option<Share> {
        (self.talked > 0).then(|| Share::on_shared_luck(self.reached, self.talked, self.distinct))
    }
}

/// The names of an arm: scenario, reading, variant and policy, each with what it is called.
pub(super) fn names<'p>(plan: &'p Plan, arm: &'p Arm) -> [(&'static str, &'p str); 4] {
    let model = plan.model(arm);
    [
        ("scenario", plan.scenario(arm)),
        ("reading", plan.reading(arm)),
        ("variant", &model.variant),
        ("policy", &model.policy),
    ]
}

/// The parties of all scenarios that have talks, each once.
pub(super) fn parties(plan: &Plan) -> Vec<String> {
    let models = plan.models.iter().map(|m| &m.n).filter(|n| n.talks.is_some());
    let ids = models.flat_map(|n| n.parties().map(|i| n.actor(i).id.clone()));
    let mut seen = std::collections::BTreeSet::new();
    ids.filter(|id| seen.insert(id.clone())).collect()
}

/// Which of the four names differ from arm to arm.
fn telling(plan: &Plan) -> [bool; 4] {
    let first = plan.arms.first().map(|arm| names(plan, arm));
    let differs = |place: usize| plan.arms.iter().any(|arm| Some(names(plan, arm)[place]) != first.map(|f| f[place]));
    std::array::from_fn(differs)
}

/// What tells an arm from the others, such as `pastukhov, no mediator`; all of its names where it is alone.
fn arm_name(plan: &Plan, arm: &Arm) -> String {
    let telling = telling(plan);
    let alone = telling.iter().all(|t| !t);
    let told =
        names(plan, arm).into_iter().zip(telling).filter(|((_, name), tells)| *tells || (alone && !name.is_empty()));
    told.map(|((_, name), _)| name).collect::<Vec<_>>().join(", ")
}

/// A number of the design as it is written.
fn level(x: Option<f64>) -> String {
    x.map_or_else(|| "as it is".to_owned(), |x| format!("{x}"))
}
