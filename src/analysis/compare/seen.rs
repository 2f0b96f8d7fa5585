//! What pairs of runs add up to: whole numbers only.

use std::collections::BTreeMap;

use super::arm::Seen as Look;
use super::{Flip, Kind};
use crate::analysis::paired::sums::{Sums, UNITS};
use crate::engine::Tally;
use crate::engine::talks::{Desk, Ending};

/// Numbers of runs that are kept of each kind of flip.
const EXAMPLES: usize = 5;

/// What one thread sees.
pub(super) struct Seen {
    pub desks: Vec<Desk>,
    pub pairs: Vec<Pair>,
}

/// A share in both arms: runs in which it holds in the first arm, only in the other, only in the first.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Two {
    pub with: u64,
    pub gained: u64,
    pub lost: u64,
    pub of: u64,
}

impl Two {
    fn add(&mut self, base: bool, other: bool) {
        self.of += 1;
        self.with += u64::from(base);
        self.gained += u64::from(other && !base);
        self.lost += u64::from(base && !other);
    }

    fn merge(&mut self, other: &Self) {
        self.of += other.of;
        self.with += other.with;
        self.gained += other.gained;
        self.lost += other.lost;
    }
}

/// The first arm beside one other.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub differing: u64,
    pub exists: Two,
    pub same: Two,
    pub reached: Two,
    /// In the order of [`Ending::ALL`].
    pub endings: [Two; Ending::ALL.len()],
    pub margin: Sums,
    pub rounds: Sums,
    flips: BTreeMap<Flip, (u64, Lowest<EXAMPLES>)>,
    flipped: BTreeMap<u64, Flip>,
    explained: usize,
}

/// The lowest few of some numbers.
#[derive(Debug, Clone, Default)]
struct Lowest<const N: usize>(Vec<u64>);

impl<const N: usize> Lowest<N> {
    fn add(&mut self, number: u64) {
        let at = self.0.partition_point(|known| *known < number);
        self.0.insert(at, number);
        self.0.truncate(N);
    }
}

impl Pair {
    fn new(explained: usize) -> Self {
        Self {
            differing: 0,
            exists: Two::default(),
            same: Two::default(),
            reached: Two::default(),
            endings: [Two::default(); Ending::ALL.len()],
            margin: Sums::new(1.0 / UNITS),
            rounds: Sums::new(1.0 / UNITS),
            flips: BTreeMap::new(),
            flipped: BTreeMap::new(),
            explained,
        }
    }

    fn add(&mut self, run: u64, base: &Look, other: &Look) {
        self.differing += u64::from(base.look != other.look);
        let (with, without) = (base.look.exists, other.look.exists);
        self.exists.add(with, without);
        self.margin.add(base.slack(), other.slack(), true);
        if let (Some(before), Some(now)) = (base.same, other.same)
            && run % 2 == 1
        {
            self.same.add(before, now);
        }
        let Some((before, now)) = base.ending().zip(other.ending()) else {
            if with != without {
                self.flip(run, Flip::Exists(with, without));
            }
            return;
        };
        self.rounds.add(base.rounds(), other.rounds(), false);
        self.reached.add(before.is_reached(), now.is_reached());
        for (two, ending) in self.endings.iter_mut().zip(Ending::ALL) {
            two.add(before == ending, now == ending);
        }
        if before != now {
            self.flip(run, Flip::Ending(before, now));
        }
    }

    fn flip(&mut self, run: u64, flip: Flip) {
        let (count, runs) = self.flips.entry(flip).or_default();
        *count += 1;
        runs.add(run);
        self.note(run, flip);
    }

    /// Keeps the flipped runs with the lowest numbers.
    fn note(&mut self, run: u64, flip: Flip) {
        let full = self.flipped.len() >= self.explained;
        if full && self.flipped.last_key_value().is_none_or(|(last, _)| run > *last) {
            return;
        }
        self.flipped.insert(run, flip);
        if self.flipped.len() > self.explained {
            self.flipped.pop_last();
        }
    }

    fn merge(&mut self, other: Self) {
        self.differing += other.differing;
        self.exists.merge(&other.exists);
        self.same.merge(&other.same);
        self.reached.merge(&other.reached);
        self.endings.iter_mut().zip(&other.endings).for_each(|(a, b)| a.merge(b));
        self.margin.merge(&other.margin);
        self.rounds.merge(&other.rounds);
        for (flip, (count, runs)) in other.flips {
            let mine = self.flips.entry(flip).or_default();
            mine.0 += count;
            runs.0.into_iter().for_each(|run| mine.1.add(run));
        }
        other.flipped.into_iter().for_each(|(run, flip)| self.note(run, flip));
    }

    /// The kinds of flips, the most frequent first.
    pub fn kinds(&self) -> Vec<Kind> {
        let kind = |(flip, (count, runs)): (&Flip, &(u64, Lowest<EXAMPLES>))| Kind {
            flip: *flip,
            count: *count,
            runs: runs.0.clone(),
        };
        let mut kinds: Vec<Kind> = self.flips.iter().map(kind).collect();
        kinds.sort_by(|a, b| b.count.cmp(&a.count).then(a.flip.cmp(&b.flip)));
        kinds
    }

    /// The first flipped runs.
    pub fn flipped(&self) -> Vec<(u64, Flip)> {
        self.flipped.iter().map(|(run, flip)| (*run, *flip)).collect()
    }
}

impl Seen {
    pub fn new(arms: usize, explained: usize) -> Self {
        let desks = (0..arms).map(|_| Desk::default()).collect();
        Self { desks, pairs: (1..arms).map(|_| Pair::new(explained)).collect() }
    }

    pub fn add(&mut self, run: u64, looks: &[Look]) {
        let Some((base, others)) = looks.split_first() else { return };
        self.pairs.iter_mut().zip(others).for_each(|(pair, other)| pair.add(run, base, other));
    }
}

impl Tally for Seen {
    fn merge(&mut self, other: Self) {
        self.pairs.iter_mut().zip(other.pairs).for_each(|(a, b)| a.merge(b));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_numbers_are_kept_in_whatever_order_they_come() {
        let mut pair = Pair::new(3);
        let flip = Flip::Exists(false, true);
        [9, 2, 7, 1, 8].into_iter().for_each(|run| pair.flip(run, flip));
        let mut other = Pair::new(3);
        [4, 0].into_iter().for_each(|run| other.flip(run, flip));
        pair.merge(other);
        assert_eq!(pair.flipped().iter().map(|(run, _)| *run).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!((pair.kinds()[0].count, &pair.kinds()[0].runs[..]), (7, &[0, 1, 2, 4, 7][..]));
    }
}
