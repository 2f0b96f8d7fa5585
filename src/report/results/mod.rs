//! What a batch came to, ready to be drawn: counts pooled by what the reader asks for, and pictures with the table behind
//! each.
//!
//! | module | what it holds |
//! |---|---|
//! | `experiment` | one experiment: its labels, its inputs, its counts |
//! | `spread` | how margins and rounds are spread over its runs |
//! | `lasting` | how long its deals last |
//! | `factor` | by what experiments are told apart, and their groups |
//! | `outcome` | shares and means of a group of experiments |
//! | `design` | which inputs vary, in which design, and the base case |
//! | `pictures` | every kind of picture of a batch |
//!
//! All of it is drawn from the tallies of the experiments: no table that was written is read back.

mod design;
mod experiment;
mod factor;
mod lasting;
mod outcome;
#[cfg(feature = "figures")]
mod pictures;
mod spread;

pub use experiment::Experiment;
pub use factor::{Factor, Group};
pub use lasting::Lasting;
pub use outcome::{Estimate, Outcome};
#[cfg(feature = "figures")]
pub use pictures::{Asked, Cannot, Drawn, Kind, pictures};
pub use spread::Spread;

use super::batch::{self, parties};
use crate::batch::bases;

/// What a batch came to, experiment by experiment.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// The title of the plan.
    pub title: String,
    /// The seed of all draws.
    pub seed: u64,
    /// The paths of the inputs that the design sets.
    pub inputs: Vec<String>,
    /// What each of them is most likely to be before the design sets it, as it is written; `None` where nothing says so.
    pub base: Vec<Option<String>>,
    /// The experiments that were answered, in the order of the plan.
    pub experiments: Vec<Experiment>,
    /// Experiments that failed or gave a number that is none.
    pub failed: usize,
    /// The parties whose gains are told.
    pub parties: Vec<String>,
    /// Whether talks were played.
    pub talks: bool,
}

impl Results {
    /// What the tallies of a batch say; `None` if no experiment was answered, so that there is nothing to draw.
    #[must_use]
    pub fn of(batch: &batch::Results) -> Option<Self> {
        let plan = batch.plan;
        let parties = parties(plan);
        let all = 0..plan.experiments();
        let experiments: Vec<Experiment> = all.filter_map(|e| Experiment::of(batch, e, &parties)).collect();
        let written = |x: f64| serde_json::json!(x).to_string();
        (!experiments.is_empty()).then(|| Self {
            title: plan.title.clone(),
            seed: plan.seed,
            inputs: plan.points.paths.clone(),
            base: bases(plan).into_iter().map(|base| base.map(written)).collect(),
            failed: plan.experiments() as usize - experiments.len(),
            experiments,
            parties,
            talks: plan.models.iter().any(|m| m.n.talks.is_some()),
        })
    }
}
