//! Headlines, and how two arms differ in them.

use super::Contrast;
use super::seen::{Pair, Two};
use crate::analysis::Share;
use crate::analysis::flips::{Z, difference, exact, may_be_luck};
use crate::analysis::paired::sums::Sums;
use crate::analysis::t95;
use crate::engine::talks::Ending;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// All headlines of a pair: those of talks and of the package where both arms have them.
pub(super) fn all(pair: &Pair, talks: bool, same: bool) -> Vec<Difference> {
    let mut all = vec![of_share(Headline::Exists, &pair.exists)];
    if same && pair.same.of > 0 {
        all.push(of_share(Headline::SamePackage, &pair.same));
    }
    if talks {
        all.push(of_share(Headline::Reached, &pair.reached));
        let endings = Ending::ALL.into_iter().zip(&pair.endings);
        all.extend(endings.map(|(ending, two)| of_share(Headline::Ends(ending), two)));
    }
    all.push(of_mean(Headline::Margin, &pair.margin));
    if talks {
        all.push(of_mean(Headline::Rounds, &pair.rounds));
    }
    all
}

impl Difference {
    /// The difference and its interval; `None` where no run counts in one of the arms.
    #[must_use]
    pub fn known(&self) -> Option<[f64; 3]> {
        (self.base.is_some() && self.other.is_some()).then_some(self.difference)
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

fn of_share(headline: Headline, two: &Two) -> Difference {
    let contrast = Contrast::of(two.with, two.gained, two.lost, two.of);
    let interval = |share: Share| (share.of > 0).then_some([share.share, share.low, share.high]);
    let difference = difference(two.gained, two.lost, two.of);
    Difference {
        headline,
        base: interval(Share::of(two.with, two.of)),
        other: interval(contrast.share),
        counted: [two.of; 2],
        difference,
        gained: two.gained,
        lost: two.lost,
        p: Some(exact(two.gained, two.lost)),
        real: two.of > 0 && (difference[1] > 0.0 || difference[2] < 0.0),
    }
}

fn of_mean(headline: Headline, sums: &Sums) -> Difference {
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
    if of < MANY { t95(of.saturating_sub(1)) } else { Z }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_flips_all_one_way_are_not_yet_told_from_luck() {
        let few = of_share(Headline::Exists, &Two { with: 10, gained: 4, lost: 0, of: 1_000 });
        assert!(!few.real && few.difference[0] == 0.004);
        let more = of_share(Headline::Exists, &Two { with: 10, gained: 6, lost: 0, of: 1_000 });
        assert!(more.real && (more.gained, more.lost) == (6, 0));
    }
}
