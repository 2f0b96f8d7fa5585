//! Headlines, and how two arms differ in them.

use super::Contrast;
use super::seen::{Pair, Two};
use crate::analysis::Share;
use crate::analysis::discovery::quasi::at_least;
use crate::analysis::paired::sums::Sums;
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

/// Standard errors to either end of a 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

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
    let p = exact(two.gained, two.lost);
    let difference = paired(contrast.difference, two);
    Difference {
        headline,
        base: interval(Share::of(two.with, two.of)),
        other: interval(contrast.share),
        counted: [two.of; 2],
        difference,
        gained: two.gained,
        lost: two.lost,
        p: Some(p),
        real: two.of > 0 && (difference[1] > 0.0 || difference[2] < 0.0),
    }
}

/// The difference of two shares of the same runs, and its 95 % interval with one run added to either kind of flip, so that
/// few flips leave it wide and none does not make it a point:
///
/// ```text
/// p_g = (g + 1)/(n + 2),   p_l = (l + 1)/(n + 2),   p_g − p_l ± z √( (p_g + p_l − (p_g − p_l)²) / (n + 2) )
/// ```
///
/// Source: Bonett and Price (2012).
fn paired(difference: f64, two: &Two) -> [f64; 3] {
    let n = two.of as f64 + 2.0;
    let (g, l) = ((two.gained as f64 + 1.0) / n, (two.lost as f64 + 1.0) / n);
    let half = Z * ((g + l - (g - l) * (g - l)) / n).max(0.0).sqrt();
    [difference, (g - l - half).max(-1.0), (g - l + half).min(1.0)]
}

fn of_mean(headline: Headline, sums: &Sums) -> Difference {
    let [base, other] = [0, 1].map(|arm| sums.mean(arm).map(|mean| around(mean, sums.error_of(arm))));
    let effect = base.zip(other).map_or(0.0, |(base, other)| other[0] - base[0]);
    let error = sums.error();
    Difference {
        headline,
        base,
        other,
        counted: sums.counted,
        difference: around(effect, error),
        gained: sums.up,
        lost: sums.down,
        p: None,
        real: effect != 0.0 && effect.abs() > Z * error && sums.differ > 1,
    }
}

fn around(x: f64, error: f64) -> [f64; 3] {
    [x, x - Z * error, x + Z * error]
}

/// How often a fair coin thrown g + l times would fall at least as unevenly: 2 P(X ≥ max(g, l)), at most 1.
///
/// Source: `McNemar` (1947), in its exact form by the binomial distribution.
fn exact(gained: u64, lost: u64) -> f64 {
    (2.0 * at_least(gained.max(lost), gained + lost, 0.5)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_test_of_pairs_is_that_of_a_coin() {
        // Four of four: 2 / 2⁴; 10 against 2: 2 (66 + 12 + 1) / 2¹²; even ones and none: 1.
        assert!((exact(4, 0) - 0.125).abs() < 1e-12);
        assert!((exact(2, 10) - 158.0 / 4096.0).abs() < 1e-12);
        assert_eq!((exact(3, 3), exact(0, 0)), (1.0, 1.0));
    }

    #[test]
    fn few_flips_leave_the_interval_wide() {
        // By hand for n = 98, g = 3, l = 0: (4 − 1)/100 ± 1.959964 √((5/100 − 9/10 000)/100) = 0.03 ± 0.04343; 1e-5 is rounding.
        let [d, low, high] = paired(3.0 / 98.0, &Two { with: 10, gained: 3, lost: 0, of: 98 });
        assert!(d == 3.0 / 98.0 && (low + 0.013_43).abs() < 1e-5 && (high - 0.073_43).abs() < 1e-5, "{low} {high}");
        let none = paired(0.0, &Two { with: 10, gained: 0, lost: 0, of: 50 });
        assert!(none[1] < 0.0 && none[2] > 0.0);
    }

    #[test]
    fn four_flips_all_one_way_are_not_yet_told_from_luck() {
        let few = of_share(Headline::Exists, &Two { with: 10, gained: 4, lost: 0, of: 1_000 });
        assert!(!few.real && few.difference[0] == 0.004);
        let more = of_share(Headline::Exists, &Two { with: 10, gained: 6, lost: 0, of: 1_000 });
        assert!(more.real && (more.gained, more.lost) == (6, 0));
    }
}
