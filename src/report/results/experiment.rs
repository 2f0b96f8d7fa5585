//! One experiment: its labels, its inputs, its counts, and how long its deals last.

use std::collections::BTreeMap;

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
    /// The values of the design inputs, as they are written; empty for what is left as it is.
    pub inputs: Vec<String>,
    /// What its runs add up to.
    pub tally: Tally,
    /// The mean gain of each party and its standard error, in points; `None` below two runs that reached it.
    pub gains: Vec<Option<(f64, f64)>>,
    /// The mean of what runs pay each party in all and its standard error, in points; `None` without talks.
    pub payoffs: Vec<Option<(f64, f64)>>,
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
        let written = |x: &Option<f64>| x.map_or_else(String::new, |x| x.to_string());
        let labels = Self {
            name: e.to_string(),
            scenario,
            reading,
            variant,
            policy,
            point: point.to_string(),
            inputs: batch.plan.design.points[point].iter().map(written).collect(),
            ..Self::default()
        };
        let n = &batch.plan.model(arm).n;
        let places: Vec<Option<usize>> =
            parties.iter().map(|party| n.parties().position(|i| n.actor(i).id == *party)).collect();
        let halves = tally.halves().map(|halves| Box::new(halves.map(|half| labels.counting(half, &places))));
        Some(Self { halves, ..labels.counting(tally.clone(), &places) })
    }

    /// The counts of a tally under these labels; `places[party]` among those of its scenario.
    fn counting(&self, tally: Tally, places: &[Option<usize>]) -> Self {
        let told = |sums: &[Moments]| -> Vec<Option<(f64, f64)>> {
            let one = |place: &Option<usize>| sums.get((*place)?).and_then(|sums| sums.mean().zip(sums.error()));
            places.iter().map(one).collect()
        };
        let (gains, payoffs) = (told(&tally.gains), told(&tally.payoffs));
        Self { gains, payoffs, lasting: Lasting::of(&tally), tally, ..self.clone() }
    }
}

/// The mean chance that a deal still holds, by the time since its signature.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lasting {
    /// Deals over which the mean is taken.
    pub deals: u64,
    /// Deals of one experiment, of those pooled the most: experiments share their luck.
    pub distinct: u64,
    /// The chance by time, in half years.
    pub half_years: BTreeMap<u32, f64>,
}

impl Lasting {
    /// What a tally says.
    fn of(tally: &Tally) -> Self {
        let deals = tally.survival[0].count();
        let half_years = (0..).zip(tally.curve()).map(|(at, (_, chance))| (at, chance)).collect();
        Self { deals, distinct: deals, half_years }
    }

    /// Years and chance, in rising order of years.
    pub fn holds(&self) -> Vec<(f64, f64)> {
        self.half_years.iter().map(|(at, chance)| (f64::from(*at) / 2.0, *chance)).collect()
    }

    /// The means of several, weighted by their deals, at the times that all of them tell.
    pub fn pooled(members: &[&Experiment]) -> Self {
        let some: Vec<&Self> = members.iter().map(|e| &e.lasting).filter(|l| l.deals > 0).collect();
        let deals: u64 = some.iter().map(|l| l.deals).sum();
        let mean = |at: &u32| -> Option<f64> {
            let sums = some.iter().map(|l| l.half_years.get(at).map(|chance| chance * l.deals as f64));
            sums.sum::<Option<f64>>().map(|sum| sum / deals as f64)
        };
        let times = some.first().into_iter().flat_map(|l| l.half_years.keys());
        let distinct = some.iter().map(|l| l.distinct).max().unwrap_or(0);
        Self { deals, distinct, half_years: times.filter_map(|at| Some((*at, mean(at)?))).collect() }
    }
}
