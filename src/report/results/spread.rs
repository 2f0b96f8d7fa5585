//! How margins and rounds are spread over the runs of an experiment.

use std::collections::BTreeMap;

use crate::batch::{Tally, middle};

/// Counts of runs by what they gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spread {
    /// Worlds by bin of the margin: floor(256 · margin).
    pub margin: BTreeMap<i32, u64>,
    /// Worlds in which no package could be looked at.
    pub none: u64,
    /// Worlds in which nobody's verdict counts.
    pub unbounded: u64,
    /// Runs by the round in which it was reached.
    pub rounds: BTreeMap<u32, u64>,
}

impl Spread {
    /// What a tally says.
    pub(super) fn of(tally: &Tally) -> Self {
        let (margin, rounds) = (tally.margins.clone(), tally.rounds.clone());
        Self { margin, none: tally.none, unbounded: tally.unbounded, rounds }
    }

    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Self) {
        other.margin.iter().for_each(|(at, count)| *self.margin.entry(*at).or_default() += count);
        other.rounds.iter().for_each(|(at, count)| *self.rounds.entry(*at).or_default() += count);
        self.none += other.none;
        self.unbounded += other.unbounded;
    }

    /// Worlds by the middle of the bin of their margin, as shares of a span, in rising order.
    #[must_use]
    pub fn margins(&self) -> Vec<(f64, u64)> {
        self.margin.iter().map(|(bin, count)| (middle(*bin), *count)).collect()
    }

    /// Runs by the round in which it was reached, in rising order.
    #[must_use]
    pub fn rounds(&self) -> Vec<(f64, u64)> {
        self.rounds.iter().map(|(round, count)| (f64::from(*round), *count)).collect()
    }

    /// Worlds of which the margin is told, those without one among them.
    #[must_use]
    pub fn worlds(&self) -> u64 {
        self.margin.values().sum::<u64>() + self.none + self.unbounded
    }
}
