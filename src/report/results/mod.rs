//! What a batch came to, ready to be drawn: counts pooled by what the reader asks for, and pictures with the table behind
//! each.
//!
//! | module | what it holds |
//! |---|---|
//! | `experiment` | one experiment: its labels, its inputs, its counts, how long its deals last |
//! | `facet` | by what experiments are told apart, and the pools that come of it |
//! | `measure` | shares and means of a pool of experiments |
//! | `pictures` | every kind of picture of a batch |
//!
//! All of it is drawn from the tallies of the experiments: no table that was written is read back.

mod experiment;
mod facet;
mod measure;
mod pictures;

use std::collections::BTreeMap;

pub use experiment::{Experiment, Lasting};
pub use facet::{Facet, Pool};
pub use measure::{Estimate, PlotMeasure};
pub use pictures::{Drawn, PictureKind, PlotChoices, pictures};

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
    pub fn of(batch: &batch::Results) -> Option<Self> {
        let plan = batch.plan;
        let parties = parties(plan);
        let all = 0..plan.experiments();
        let experiments: Vec<Experiment> = all.filter_map(|e| Experiment::of(batch, e, &parties)).collect();
        let written = |x: f64| serde_json::json!(x).to_string();
        (!experiments.is_empty()).then(|| Self {
            title: plan.title.clone(),
            seed: plan.seed,
            inputs: plan.design.paths.clone(),
            base: bases(plan).into_iter().map(|base| base.map(written)).collect(),
            failed: plan.experiments() as usize - experiments.len(),
            experiments,
            parties,
            talks: plan.has_talks(),
        })
    }

    /// The design inputs that are set to two or more values, all of them numbers.
    pub fn varied(&self) -> Vec<usize> {
        let varies = |values: Vec<String>| values.len() > 1 && facet::numbers(&values).is_some();
        (0..self.inputs.len()).filter(|place| varies(facet::set(self, *place))).collect()
    }

    /// The base case of a design input: what it is most likely to be, or else what a one-at-a-time design leaves all others
    /// at; `None` where that is no number.
    pub fn base_of(&self, place: usize) -> Option<f64> {
        let centre = || self.centre().map(|values| values[place].clone());
        self.base[place].clone().or_else(centre)?.parse().ok()
    }

    /// The values that a one-at-a-time design leaves all but one input at; `None` of another design.
    ///
    /// Two or more inputs vary, some experiment has every input at its commonest value, and no experiment departs from it
    /// in more than one.
    pub fn centre(&self) -> Option<Vec<String>> {
        if self.varied().len() < 2 {
            return None;
        }
        let commonest = |place: usize| {
            let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
            self.experiments.iter().for_each(|e| *counts.entry(&e.inputs[place]).or_default() += 1);
            counts.into_iter().max_by_key(|(_, count)| *count).map(|(value, _)| value.clone())
        };
        let centre: Vec<String> = (0..self.inputs.len()).map(commonest).collect::<Option<_>>()?;
        let departs = |e: &Experiment| e.inputs.iter().zip(&centre).filter(|(a, b)| a != b).count();
        let most = self.experiments.iter().map(departs).max()?;
        (most == 1 && self.experiments.iter().any(|e| departs(e) == 0)).then_some(centre)
    }
}
