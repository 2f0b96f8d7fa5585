//! What is kept of each experiment, and what lacks.

use std::collections::BTreeSet;

use super::Store;
use crate::batch::tally::Tally;
use crate::batch::unit::{Shard, Span, Unit, units};

/// What a folder keeps of one experiment.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Which runs, in order, without overlap.
    pub runs: Vec<Span>,
    /// What they add up to, or why the experiment failed; `None` before any.
    pub tally: Option<Result<Tally, String>>,
}

impl Kept {
    /// Adds what a stretch of runs came to; it must not overlap with what is kept.
    pub fn add(&mut self, runs: Span, tally: Result<Tally, String>) {
        self.place(runs);
        self.join(tally);
    }

    /// Adds what other runs told; what failed once has failed.
    pub(super) fn join(&mut self, tally: Result<Tally, String>) {
        match (&mut self.tally, tally) {
            (Some(Ok(sum)), Ok(more)) => sum.merge(&more),
            (slot @ None, tally) => *slot = Some(tally),
            (slot @ Some(Ok(_)), Err(message)) => *slot = Some(Err(message)),
            (Some(Err(_)), _) => {}
        }
    }

    pub(super) fn place(&mut self, runs: Span) {
        let place = self.runs.partition_point(|there| there.from < runs.from);
        self.runs.insert(place, runs);
    }
}

impl Store {
    /// The units that lack, of `runs` runs of each experiment, that belong to a shard.
    pub fn lacking(&self, runs: u64, shard: Shard) -> Vec<Unit> {
        let all = units(self.kept.len() as u64, Span { from: 0, to: runs });
        let own = all.zip(0..).filter(|(_, place)| shard.has(*place)).map(|(unit, _)| unit);
        own.flat_map(|unit| self.without_kept(unit)).collect()
    }

    /// Those of `of` shards in which something lacks, of `runs` runs of each experiment: their numbers from 1, in order.
    pub fn lacking_shards(&self, runs: u64, of: u64) -> Vec<u64> {
        let all = units(self.kept.len() as u64, Span { from: 0, to: runs });
        let lacks = |unit: &Unit| unit.experiments.iter().any(|e| !self.free(e, unit.runs).is_empty());
        let shards: BTreeSet<u64> = all.zip(0..).filter(|(u, _)| lacks(u)).map(|(_, place)| place % of + 1).collect();
        shards.into_iter().collect()
    }

    /// What of a unit is not kept yet.
    fn without_kept(&self, unit: Unit) -> Vec<Unit> {
        let untouched = |e: u64| self.free(e, unit.runs) == [unit.runs];
        if unit.experiments.iter().all(untouched) {
            return vec![unit];
        }
        unit.experiments.iter().flat_map(|e| self.gaps_of(e, unit.runs)).collect()
    }

    /// The stretches of some runs of an experiment that are not kept yet.
    fn free(&self, e: u64, runs: Span) -> Vec<Span> {
        let kept = &self.kept[e as usize].runs;
        let first = kept.partition_point(|s| s.to <= runs.from);
        let there = kept[first..].iter().take_while(|s| s.from < runs.to);
        let from = [runs.from].into_iter().chain(there.clone().map(|s| s.to));
        let gaps = from.zip(there.map(|s| s.from).chain([runs.to]));
        gaps.filter(|(from, to)| from < to).map(|(from, to)| Span { from, to }).collect()
    }

    fn gaps_of(&self, e: u64, runs: Span) -> impl Iterator<Item = Unit> + use<> {
        self.free(e, runs).into_iter().map(move |runs| Unit { experiments: Span { from: e, to: e + 1 }, runs })
    }

    /// Everything that lacks of `runs` runs, experiment by experiment: units of one each.
    pub fn gaps(&self, runs: u64) -> Vec<Unit> {
        (0..self.kept.len() as u64).flat_map(|e| self.gaps_of(e, Span { from: 0, to: runs })).collect()
    }

    /// The runs that some experiment has beyond what is asked for, as their number from 0.
    pub fn reach(&self) -> u64 {
        self.kept.iter().filter_map(|k| k.runs.last()).map(|s| s.to).max().unwrap_or(0)
    }

    /// Runs that are kept, over all experiments.
    pub fn done(&self) -> u64 {
        self.kept.iter().flat_map(|k| &k.runs).map(|s| s.len()).sum()
    }
}
