//! Pairs that flip: what few of them may say.
//!
//! Two arms are run on the same luck. Of the pairs that differ, some go one way and some the other; if the arms were alike
//! each would be the fall of a fair coin. Many are told by the normal distribution, few by the coin itself.

use crate::engine::{Look, adds_up, talks::Ending};
use crate::num::{Beta, Share, Z95, normal_cdf};

/// Fewer pairs that differ than this are judged by the exact binomial distribution.
const FEW: u64 = 25;

/// How often luck alone may be taken for an effect.
const LUCK: f64 = 0.05;

/// P(X ≥ `hits`) of a binomial with `rows` trials of chance `p`, by the incomplete beta function; with a variance above
/// 10 000, where that converges slowly, by the normal distribution with half a hit of continuity.
pub(super) fn at_least(hits: u64, rows: u64, p: f64) -> f64 {
    if hits == 0 {
        return 1.0;
    }
    let (h, n) = (hits as f64, rows as f64);
    let variance = n * p * (1.0 - p);
    if variance > 10_000.0 {
        return normal_cdf(-(h - 0.5 - n * p) / variance.sqrt());
    }
    Beta::new(h, n - h + 1.0).cdf(p).clamp(0.0, 1.0)
}

/// How often a fair coin thrown for each pair would fall at least so often one way, twice P(X ≥ `with`), at most 1.
fn uneven(with: u64, of: u64) -> f64 {
    (2.0 * at_least(with, of, 0.5)).min(1.0)
}

/// How often a fair coin thrown g + l times would fall at least as unevenly: 2 P(X ≥ max(g, l)), at most 1.
///
/// Source: `McNemar` (1947), in its exact form by the binomial distribution.
pub(super) fn exact(gained: u64, lost: u64) -> f64 {
    uneven(gained.max(lost), gained + lost)
}

/// Whether so few pairs differ that luck could make what was seen: of `differ` pairs, `against` went the other way than the
/// effect. Of 25 and more it is not asked.
///
/// Five that all go one way are as likely as 1 in 16; from six on luck is told apart at the usual 5 %.
pub(super) fn may_be_luck(differ: u64, against: u64) -> bool {
    differ < FEW && uneven(differ - against.min(differ), differ) > LUCK
}

/// The difference of two shares of the same n pairs, (g − l)/n, and its 95 % interval with one pair added to either kind of
/// flip, so that few flips leave it wide and none does not make it a point:
///
/// ```text
/// p_g = (g + 1)/(n + 2),   p_l = (l + 1)/(n + 2),   p_g − p_l ± z √( (p_g + p_l − (p_g − p_l)²) / (n + 2) )
/// ```
///
/// Where fewer than 25 pairs differ and the exact test cannot tell them from luck, it reaches to 0 at least.
/// Source: Bonett and Price (2012) for the interval, `McNemar` (1947) for the test.
pub(super) fn difference(gained: u64, lost: u64, of: u64) -> [f64; 3] {
    let n = of as f64 + 2.0;
    let (g, l) = ((gained as f64 + 1.0) / n, (lost as f64 + 1.0) / n);
    let half = Z95 * ((g + l - (g - l) * (g - l)) / n).max(0.0).sqrt();
    let (low, high) = ((g - l - half).max(-1.0), (g - l + half).min(1.0));
    let found = (gained as f64 - lost as f64) / of.max(1) as f64;
    if may_be_luck(gained + lost, gained.min(lost)) { [found, low.min(0.0), high.max(0.0)] } else { [found, low, high] }
}

/// Something that holds or not in each of many pairs of runs: in how many in the first arm, only in the other (gained), and
/// only in the first (lost).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Flips {
    pub of: u64,
    pub with: u64,
    pub gained: u64,
    pub lost: u64,
}

adds_up!(Flips: of, with, gained, lost);

impl Flips {
    pub fn add(&mut self, base: bool, other: bool) {
        self.of += 1;
        self.with += u64::from(base);
        self.gained += u64::from(other && !base);
        self.lost += u64::from(base && !other);
    }

    /// In the first arm.
    pub fn base(&self) -> Share {
        Share::of(self.with, self.of)
    }

    /// In the other.
    pub fn other(&self) -> Share {
        Share::of(self.with + self.gained - self.lost, self.of)
    }
}

/// How the runs of two arms part in what becomes of them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parted {
    /// Pairs that differ in anything that is recorded of them.
    pub differing: u64,
    pub exists: Flips,
    pub reached: Flips,
    /// In the order of [`Ending::ALL`].
    pub endings: [Flips; Ending::ALL.len()],
}

adds_up!(Parted: differing, exists, reached, endings);

impl Parted {
    /// Adds a pair; how it ended counts where both arms have talks.
    pub fn add(&mut self, base: &Look, other: &Look) {
        self.differing += u64::from(base != other);
        self.exists.add(base.exists, other.exists);
        let Some((before, now)) = base.ending().zip(other.ending()) else { return };
        self.reached.add(before.is_reached(), now.is_reached());
        for (flips, ending) in self.endings.iter_mut().zip(Ending::ALL) {
            flips.add(before == ending, now == ending);
        }
    }

    /// How often each ending was met in the two.
    pub fn endings(&self) -> impl Iterator<Item = (Ending, &Flips)> {
        Ending::ALL.into_iter().zip(&self.endings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_binomial_tail_meets_hand_made_sums() {
        // 10 tosses: P(X ≥ 8) = (45 + 10 + 1) / 1024; three dice: P(one six at least) = 1 − (5/6)³. 1e-12 is rounding.
        assert!((at_least(8, 10, 0.5) - 56.0 / 1024.0).abs() < 1e-12);
        assert!((at_least(1, 3, 1.0 / 6.0) - (1.0 - 125.0 / 216.0)).abs() < 1e-12);
        assert_eq!((at_least(0, 5, 0.2), at_least(3, 3, 1.0)), (1.0, 1.0));
    }

    #[test]
    fn both_ways_to_the_tail_agree_where_they_meet() {
        // Variance 10 000: the error of the normal with continuity is of the order of 1/variance.
        let (n, p) = (40_000, 0.5);
        for hits in [19_900, 20_000, 20_150] {
            let normal = normal_cdf(-(hits as f64 - 0.5 - 20_000.0) / 100.0);
            assert!((at_least(hits, n, p) - normal).abs() < 1e-4, "{hits}");
        }
    }

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
        let [d, low, high] = difference(3, 0, 98);
        assert!(d == 3.0 / 98.0 && (low + 0.013_43).abs() < 1e-5 && (high - 0.073_43).abs() < 1e-5, "{low} {high}");
        let none = difference(0, 0, 50);
        assert!(none[1] < 0.0 && none[2] > 0.0);
    }

    #[test]
    fn an_interval_of_few_flips_leaves_0_out_only_where_a_coin_would_not_fall_so() {
        for (gained, lost) in (0..FEW).flat_map(|g| (0..FEW - g).map(move |l| (g, l))) {
            for of in [gained + lost, 30, 1_000, 100_000].into_iter().filter(|of| *of >= (gained + lost).max(1)) {
                let [_, low, high] = difference(gained, lost, of);
                assert!(exact(gained, lost) <= LUCK || (low <= 0.0 && high >= 0.0), "{gained} {lost} of {of}");
            }
        }
        // Four discordant pairs of four: p = 0.125. Seventeen against seven: p = 0.064.
        assert!(difference(4, 0, 4)[1] <= 0.0 && difference(7, 17, 100_000)[2] >= 0.0 && difference(6, 0, 6)[1] > 0.0);
    }
}
