//! Units of work: a few experiments over a stretch of runs.

/// Runs that a unit has at most.
const MOST: u64 = 1_024;

/// A stretch of whole numbers, `from` to below `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// The first.
    pub from: u64,
    /// The first that is no longer in it.
    pub to: u64,
}

impl Span {
    /// How many there are.
    pub fn len(self) -> u64 {
        self.to - self.from
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.to <= self.from
    }

    /// Every one of them.
    pub fn iter(self) -> impl Iterator<Item = u64> {
        self.from..self.to
    }

    /// Pieces of a size, in order; the last one may be shorter.
    pub fn cut(self, size: u64) -> impl Iterator<Item = Self> {
        self.iter().step_by(size as usize).map(move |from| Self { from, to: (from + size).min(self.to) })
    }
}

/// Some experiments, each over the same runs: what is done in one go, kept on disk, and given to a shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Unit {
    /// The experiments.
    pub experiments: Span,
    /// The runs of each.
    pub runs: Span,
}

impl Unit {
    /// Its runs, over all of its experiments.
    pub fn size(self) -> u64 {
        self.experiments.len() * self.runs.len()
    }
}

/// One part of a batch, of several that are done apart: the units whose place leaves the remainder `index` − 1 by `of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    pub index: u64,
    /// Of how many.
    pub of: u64,
}

impl Shard {
    /// The whole batch.
    pub const WHOLE: Self = Self { index: 1, of: 1 };

    /// Whether the unit at a place is its own.
    pub fn has(self, place: u64) -> bool {
        place % self.of == self.index - 1
    }
}

/// The units of a batch of `experiments` over `runs`, in order: each at most 1 024 runs, cut the same way by everybody.
pub fn units(experiments: u64, runs: Span) -> impl Iterator<Item = Unit> {
    let stretch = runs.len().clamp(1, MOST);
    let together = MOST / stretch;
    let of = move |experiments| runs.cut(stretch).map(move |runs| Unit { experiments, runs });
    Span { from: 0, to: experiments }.cut(together).flat_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_cover_every_run_of_every_experiment_once() {
        for (experiments, from, to) in [(1, 0, 1), (3, 0, 1_000), (5_000, 0, 1), (7, 0, 5_000), (10, 100, 1_300)] {
            let mut covered = std::collections::BTreeMap::new();
            for unit in units(experiments, Span { from, to }) {
                assert!(unit.size() <= MOST, "{unit:?}");
                for e in unit.experiments.iter() {
                    for run in unit.runs.iter() {
                        *covered.entry((e, run)).or_insert(0) += 1;
                    }
                }
            }
            assert_eq!(covered.len() as u64, experiments * (to - from));
            assert!(covered.values().all(|times| *times == 1));
        }
    }

    #[test]
    fn every_unit_belongs_to_one_shard() {
        for place in 0..50 {
            for of in [1, 2, 3, 7] {
                assert_eq!((1..=of).filter(|index| Shard { index: *index, of }.has(place)).count(), 1);
            }
        }
    }
}
