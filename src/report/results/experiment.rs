//! One experiment: its labels, its inputs, its counts.

use super::lasting::Lasting;
use super::spread::Spread;
use crate::batch::Tally;
use crate::num::Moments;
use crate::report::batch::{Results, names};

/// One experiment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Experiment {
    /// Its number, as it is written.
    pub name: String,
    /// The scenario.
    pub scenario: String,
    /// The reading; empty for all of them.
    pub reading: String,
    /// The variant; empty for none.
    pub variant: String,
    /// The policy; empty for none.
    pub policy: String,
    /// The number of the point of the design, as it is written.
    pub point: String,
    /// Runs.
    pub runs: u64,
    /// The values of the design inputs, as they are written; empty for what is left as it is.
    pub inputs: Vec<String>,
    /// Worlds in which one exists.
    pub exists: u64,
    /// Runs in which it is reached; `None` without talks.
    pub reached: Option<u64>,
    /// Runs by how they end, in the order of [`Ending::ALL`](crate::engine::talks::Ending::ALL); nothing without talks.
    pub endings: Vec<u64>,
    /// The mean gain of each party and its standard error, in points; `None` below two runs that reached it.
    pub gains: Vec<Option<(f64, f64)>>,
    /// How margins and rounds are spread.
    pub spread: Spread,
    /// How long deals last.
    pub lasting: Lasting,
    /// The same of its runs of even number and of the others, where they are counted apart.
    pub halves: Option<Box<[Self; 2]>>,
}

impl Experiment {
    /// What the tally of an experiment says; `None` where it failed.
    pub(super) fn of(batch: &Results, e: u64, parties: &[String]) -> Option<Self> {
        let tally = batch.tally(e)?;
        let (arm, point) = batch.plan.experiment(e);
        let [scenario, reading, variant, policy] = names(batch.plan, arm).map(|(_, name)| name.to_owned());
        let written = |x: &Option<f64>| x.map_or_else(String::new, |x| format!("{x}"));
        let labels = Self {
            name: e.to_string(),
            scenario,
            reading,
            variant,
            policy,
            point: point.to_string(),
            inputs: batch.plan.points.values[point].iter().map(written).collect(),
            ..Self::default()
        };
        let n = &batch.plan.model(arm).n;
        let places: Vec<Option<usize>> =
            parties.iter().map(|party| n.parties().position(|i| n.actor(i).id == *party)).collect();
        let halves = tally.halves().map(|halves| Box::new(halves.map(|half| labels.counting(&half, &places))));
        Some(Self { halves, ..labels.counting(tally, &places) })
    }

    /// The counts of a tally under these labels; `places[party]` among those of its scenario.
    fn counting(&self, tally: &Tally, places: &[Option<usize>]) -> Self {
        let gain = |place: &Option<usize>| {
            let sums: &Moments = tally.gains.get((*place)?)?;
            sums.mean().zip(sums.error())
        };
        Self {
            runs: tally.runs,
            exists: tally.exists,
            reached: Tally::reached(tally),
            endings: tally.endings.clone(),
            gains: places.iter().map(gain).collect(),
            spread: Spread::of(tally),
            lasting: Lasting::of(tally),
            ..self.clone()
        }
    }
}
