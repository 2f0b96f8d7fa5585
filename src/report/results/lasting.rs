//! How long the deals of an experiment last.

use std::collections::BTreeMap;

use crate::batch::Tally;

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
    pub(super) fn of(tally: &Tally) -> Self {
        let deals = tally.survival[0].count();
        let half_years = (0..).zip(tally.curve()).map(|(at, (_, chance))| (at, chance)).collect();
        Self { deals, distinct: deals, half_years }
    }

    /// Years and chance, in rising order of years.
    #[must_use]
    pub fn holds(&self) -> Vec<(f64, f64)> {
        self.half_years.iter().map(|(at, chance)| (f64::from(*at) / 2.0, *chance)).collect()
    }

    /// The means of several, weighted by their deals, at the times that all of them tell.
    #[must_use]
    pub fn pooled(all: &[&Self]) -> Self {
        let some: Vec<&&Self> = all.iter().filter(|l| l.deals > 0).collect();
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
