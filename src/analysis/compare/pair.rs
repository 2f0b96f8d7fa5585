//! The first arm beside another: what pairs of runs add up to, in whole numbers only, and how headlines differ in them.

use std::collections::BTreeMap;

use super::{Flip, FlipKind};
use crate::analysis::flips::{Flips, Parted, difference, exact, may_be_luck};
use crate::analysis::paired::sums::{PairSums, UNITS, Value};
use crate::engine::{Look, Tally, adds_up, talks::Ending};
use crate::num::{Share, Z95, t95};

/// Numbers of runs that are kept of each kind of flip.
const EXAMPLES: usize = 5;

/// What is seen of one run of an arm.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ArmRun {
    pub look: Look,
    /// Whether the package would do; `None` if it is not known here.
    pub same: Option<bool>,
}

impl ArmRun {
    /// The margin, where there is one.
    fn slack(&self) -> Value {
        Value::slack(self.look.margin.slack())
    }

    /// What the run pays the party at a place.
    fn payoff(&self, place: usize) -> Value {
        Value::of(self.look.run.as_ref().and_then(|run| run.payoffs.get(place)).map(|(_, points)| *points))
    }

    /// Rounds to what was reached.
    fn rounds(&self) -> Value {
        let reached = self.look.run.as_ref().filter(|run| run.ending.is_reached());
        Value::of(reached.map(|run| f64::from(run.rounds)))
    }
}

/// The first arm beside one other.
#[derive(Debug, Clone)]
pub(super) struct ArmPair {
    pub parted: Parted,
    pub same: Flips,
    pub margin: PairSums,
    pub rounds: PairSums,
    /// `payoffs[party]`, in the order of identifiers; empty unless both arms have the same parties.
    pub payoffs: Vec<PairSums>,
    flips: BTreeMap<Flip, (u64, Lowest<()>)>,
    /// The first flipped runs.
    pub flipped: Lowest<Flip>,
}

adds_up!(ArmPair: parted, same, margin, rounds, payoffs, flips, flipped);

/// What is kept of the runs with the lowest numbers, so many at most.
#[derive(Debug, Clone)]
pub(super) struct Lowest<T> {
    most: usize,
    pub of: BTreeMap<u64, T>,
}

impl<T> Lowest<T> {
    pub fn new(most: usize) -> Self {
        Self { most, of: BTreeMap::new() }
    }

    pub fn add(&mut self, run: u64, of: T) {
        if self.of.len() < self.most || self.of.last_key_value().is_some_and(|(last, _)| run < *last) {
            self.of.insert(run, of);
        }
        if self.of.len() > self.most {
            self.of.pop_last();
        }
    }
}

impl<T: Send> Tally for Lowest<T> {
    fn merge(&mut self, other: Self) {
        other.of.into_iter().for_each(|(run, of)| self.add(run, of));
    }
}

impl ArmPair {
    /// Nothing yet; `parties` of the arms are the same.
    pub fn new(explained: usize, parties: usize) -> Self {
        Self {
            parted: Parted::default(),
            same: Flips::default(),
            margin: PairSums::new(1.0 / UNITS),
            rounds: PairSums::new(1.0 / UNITS),
            payoffs: vec![PairSums::new(1.0 / UNITS); parties],
            flips: BTreeMap::new(),
            flipped: Lowest::new(explained),
        }
    }

    pub fn add(&mut self, run: u64, base: &ArmRun, other: &ArmRun) {
        self.parted.add(&base.look, &other.look);
        self.margin.add([base, other].map(ArmRun::slack), true);
        if let Some((before, now)) = base.same.zip(other.same).filter(|_| run % 2 == 1) {
            self.same.add(before, now);
        }
        let flip = if let Some((before, now)) = base.look.ending().zip(other.look.ending()) {
            self.rounds.add([base, other].map(ArmRun::rounds), false);
            for (place, sums) in self.payoffs.iter_mut().enumerate() {
                sums.add([base, other].map(|run| run.payoff(place)), false);
            }
            (before != now).then_some(Flip::Ending(before, now))
        } else {
            let (before, now) = (base.look.exists, other.look.exists);
            (before != now).then_some(Flip::Exists(before, now))
        };
        flip.into_iter().for_each(|flip| self.flip(run, flip));
    }

    fn flip(&mut self, run: u64, flip: Flip) {
        let (count, runs) = self.flips.entry(flip).or_insert_with(|| (0, Lowest::new(EXAMPLES)));
        *count += 1;
        runs.add(run, ());
        self.flipped.add(run, flip);
    }

    /// The kinds of flips, the most frequent first.
    pub fn kinds(&self) -> Vec<FlipKind> {
        let kind = |(flip, (count, runs)): (&Flip, &(u64, Lowest<()>))| FlipKind {
            flip: *flip,
            count: *count,
            runs: runs.of.keys().copied().collect(),
        };
        let mut kinds: Vec<FlipKind> = self.flips.iter().map(kind).collect();
        kinds.sort_by(|a, b| b.count.cmp(&a.count).then(a.flip.cmp(&b.flip)));
        kinds
    }

    /// All headlines: those of talks and of the package where both arms have them.
    pub fn differences(&self) -> Vec<Difference> {
        let parted = &self.parted;
        let talks = parted.reached.of > 0;
        let same = (self.same.of > 0).then(|| of_share(Headline::SamePackage, &self.same));
        let reached = talks.then(|| of_share(Headline::Reached, &parted.reached));
        let endings = parted.endings().filter(|_| talks).map(|(ending, flips)| of_share(Headline::Ends(ending), flips));
        let rounds = talks.then(|| of_mean(Headline::Rounds, &self.rounds));
        let payoffs = self.payoffs.iter().enumerate().filter(|_| talks);
        let payoffs = payoffs.map(|(place, sums)| of_mean(Headline::Payoff(place), sums));
        let shares = [of_share(Headline::Exists, &parted.exists)].into_iter().chain(same).chain(reached).chain(endings);
        shares.chain([of_mean(Headline::Margin, &self.margin)]).chain(rounds).chain(payoffs).collect()
    }
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Headline {
    /// One exists.
    Exists,
    /// The one same package of the first arm would do; on odd runs.
    SamePackage,
    /// It is reached.
    Reached,
    /// Runs end so.
    Ends(Ending),
    /// The mean margin, where both worlds have one.
    Margin,
    /// The mean round in which it was reached, where it was.
    Rounds,
    /// The mean of what runs pay a party in all: its place among the identifiers of the parties.
    Payoff(usize),
}

/// One headline in two arms.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Which.
    pub headline: Headline,
    /// In the first arm: share or mean, with its 95 % interval; `None` where no run counts.
    pub base: Option<[f64; 3]>,
    /// In the other arm.
    pub other: Option<[f64; 3]>,
    /// Runs that count in each.
    pub counted: [u64; 2],
    /// The other less the first, with its 95 % interval over pairs.
    pub difference: [f64; 3],
    /// Of a share: runs in which it holds only in the other arm; of a mean: pairs in which the other has more.
    pub gained: u64,
    /// Runs in which it holds only in the first arm, or the first has more.
    pub lost: u64,
    /// Of a share: how often luck alone would part gained and lost so far, by `McNemar`'s exact test.
    pub p: Option<f64>,
    /// Whether it can be told from 0: the 95 % interval of the difference leaves 0 out.
    pub real: bool,
}

impl Difference {
    /// The difference and its interval; `None` where no run counts in one of the arms.
    pub fn known(&self) -> Option<[f64; 3]> {
        (self.base.is_some() && self.other.is_some()).then_some(self.difference)
    }

    /// Whether some arm has any of it: an ending that is never met need not be told.
    pub fn is_met(&self) -> bool {
        let has = |level: Option<[f64; 3]>| level.is_some_and(|[x, ..]| x != 0.0);
        !matches!(self.headline, Headline::Ends(_)) || has(self.base) || has(self.other)
    }

    /// The same where all worlds of both arms are alike: what is said of worlds is exact, only runs have luck.
    pub(super) fn exactly(self) -> Self {
        if !matches!(self.headline, Headline::Exists | Headline::SamePackage | Headline::Margin) {
            return self;
        }
        let point = |[x, ..]: [f64; 3]| [x; 3];
        let difference = point(self.difference);
        let real = difference[0] != 0.0;
        Self { base: self.base.map(point), other: self.other.map(point), difference, real, ..self }
    }
}

fn of_share(headline: Headline, flips: &Flips) -> Difference {
    let interval = |share: Share| (share.of > 0).then_some([share.share, share.low, share.high]);
    let difference = difference(flips.gained, flips.lost, flips.of);
    Difference {
        headline,
        base: interval(flips.base()),
        other: interval(flips.other()),
        counted: [flips.of; 2],
        difference,
        gained: flips.gained,
        lost: flips.lost,
        p: Some(exact(flips.gained, flips.lost)),
        real: flips.of > 0 && (difference[1] > 0.0 || difference[2] < 0.0),
    }
}

fn of_mean(headline: Headline, sums: &PairSums) -> Difference {
    let [base, other] =
        [0, 1].map(|arm| sums.mean(arm).map(|mean| around(mean, sums.error_of(arm), sums.counted[arm])));
    let effect = base.zip(other).map_or(0.0, |(base, other)| other[0] - base[0]);
    let error = sums.error();
    Difference {
        headline,
        base,
        other,
        counted: sums.counted,
        difference: around(effect, error, sums.differ),
        gained: sums.up,
        lost: sums.down,
        p: None,
        real: effect != 0.0
            && effect.abs() > reach(sums.differ) * error
            && !may_be_luck(sums.differ, sums.against(effect)),
    }
}

fn around(x: f64, error: f64, of: u64) -> [f64; 3] {
    [x, x - reach(of) * error, x + reach(of) * error]
}

/// Standard errors to either end of a 95 % interval of a mean of so many: Student's for few, whose spread is hardly known.
fn reach(of: u64) -> f64 {
    /// From here on both are alike to one part in a hundred.
    const MANY: u64 = 200;
    if of < MANY { t95(of.saturating_sub(1)) } else { Z95 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_numbers_are_kept_in_whatever_order_they_come() {
        let mut pair = ArmPair::new(3, 0);
        let flip = Flip::Exists(false, true);
        [9, 2, 7, 1, 8].into_iter().for_each(|run| pair.flip(run, flip));
        let mut other = ArmPair::new(3, 0);
        [4, 0].into_iter().for_each(|run| other.flip(run, flip));
        pair.merge(other);
        assert_eq!(pair.flipped.of.keys().copied().collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!((pair.kinds()[0].count, &pair.kinds()[0].runs[..]), (7, &[0, 1, 2, 4, 7][..]));
    }

    #[test]
    fn four_flips_all_one_way_are_not_yet_told_from_luck() {
        let few = of_share(Headline::Exists, &Flips { with: 10, gained: 4, lost: 0, of: 1_000 });
        assert!(!few.real && few.difference[0] == 0.004);
        let more = of_share(Headline::Exists, &Flips { with: 10, gained: 6, lost: 0, of: 1_000 });
        assert!(more.real && (more.gained, more.lost) == (6, 0));
    }
}
