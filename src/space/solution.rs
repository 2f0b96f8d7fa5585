//! Solution points of a bargaining problem whose agreements are a finite list of utility vectors.
//!
//! All comparisons are of integers, products and cross-products in full width, so ties are found exactly and
//! every tied vector is named. There is no limit on the number of parties or on utilities within `i64`.

use std::cmp::Ordering;

use itertools::Itertools as _;

/// The solution points, as places in the list of vectors they were chosen from, ascending.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Solutions {
    /// Nash (1950): the greatest product of gains among the vectors that give every party a gain; empty if none does.
    pub nash: Vec<usize>,
    /// Kalai and Smorodinsky (1975) with Imai's (1983) lexicographic extension: the greatest least relative gain,
    /// then the greatest second least, and so on. Every vector, if no party has anything to gain.
    pub kalai_smorodinsky: Vec<usize>,
    /// The parties with nothing to gain, which Kalai–Smorodinsky leaves out.
    pub left_out: Vec<usize>,
    /// Kalai (1977), with the same lexicographic extension: the greatest least gain, then the greatest second least.
    /// It compares the gains of different parties and so means no more than their common unit does.
    pub egalitarian: Vec<usize>,
    /// The greatest sum of utilities, with the same caveat.
    pub utilitarian: Vec<usize>,
    /// `ideal[party]`: the most the party gets in any vector; empty if there are no vectors.
    pub ideal: Vec<i64>,
}

/// The solution points of `points`, the vectors that may be agreed on, with `disagreement[party]` if none is.
///
/// ```text
/// gain_i     = u_i − W_i
/// Nash         max Π gain_i,  all gain_i > 0
/// K–S      leximin gain_i / (ideal_i − W_i),  i with ideal_i > W_i
/// egalitarian leximin gain_i
/// utilitarian  max Σ u_i
/// ```
///
/// The list is meant to hold only what is rational for all, `u_i ≥ W_i`; the ideal is taken over what it holds.
/// Dominated vectors may be in it or not: Nash, utilitarian and egalitarian never choose one. Kalai–Smorodinsky may
/// only where the vectors differ for parties left out. Each vector has as many utilities as there are parties.
///
/// Complexity: `n` vectors of `p` parties take `n p log p` steps (`n p²` for Nash).
pub fn solutions<U: AsRef<[i64]>>(points: &[U], disagreement: &[i64]) -> Solutions {
    let gains: Vec<Vec<i128>> = points.iter().map(|point| gains(point.as_ref(), disagreement)).collect();
    let Some(ideal) = ideal(points) else { return Solutions::default() };
    let ranges = self::gains(&ideal, disagreement);
    let left_out = (0..ranges.len()).filter(|party| ranges[*party] <= 0).collect();
    let all = || 0..points.len();
    let sum = |at: &usize| points[*at].as_ref().iter().map(|u| i128::from(*u)).sum::<i128>();
    let is_gainful = |at: &usize| gains[*at].iter().all(|gain| *gain > 0);
    Solutions {
        nash: greatest_products(&gains, all().filter(is_gainful).collect()),
        kalai_smorodinsky: fairest(all(), |at| {
            let of = |(gain, range): (&i128, &i128)| RelativeGain { gain: *gain, range: range.unsigned_abs() };
            gains[at].iter().zip(&ranges).filter(|(_, range)| **range > 0).map(of)
        }),
        egalitarian: fairest(all(), |at| gains[at].iter().copied()),
        left_out,
        utilitarian: all().max_set_by_key(sum),
        ideal,
    }
}

/// Those with the greatest product of gains. Products of floats pass over all that are clearly less.
fn greatest_products(gains: &[Vec<i128>], places: Vec<usize>) -> Vec<usize> {
    let roughly = |at: &usize| gains[*at].iter().map(|gain| *gain as f64).product::<f64>();
    let most = places.iter().map(roughly).fold(0.0, f64::max);
    let near = places.into_iter().filter(|at| most.is_infinite() || roughly(at) >= most * (1.0 - 1e-9));
    near.max_set_by_key(|at| product(&gains[*at]))
}

/// The lexicographic max–min: of those with the greatest least value, the greatest by all values in ascending order.
fn fairest<T: Ord, I: Iterator<Item = T>>(places: std::ops::Range<usize>, values: impl Fn(usize) -> I) -> Vec<usize> {
    let least = places.max_set_by_key(|at| values(*at).min());
    least.into_iter().max_set_by_key(|at| sorted(values(*at).collect()))
}

/// `u_i − W_i`.
fn gains(utility: &[i64], disagreement: &[i64]) -> Vec<i128> {
    debug_assert_eq!(utility.len(), disagreement.len());
    utility.iter().zip(disagreement).map(|(u, w)| i128::from(*u) - i128::from(*w)).collect()
}

/// The most of each party; `None` if there are no vectors.
fn ideal<U: AsRef<[i64]>>(points: &[U]) -> Option<Vec<i64>> {
    let vectors = points.iter().map(|point| point.as_ref().to_vec());
    vectors.reduce(|most, u| most.iter().zip(&u).map(|(a, b)| *a.max(b)).collect())
}

/// The product of positive gains, each below 2⁶⁴, in digits to the base 2⁶⁴, the highest first.
fn product(gains: &[i128]) -> Vec<u64> {
    let mut digits = vec![0; gains.len()];
    if let Some(last) = digits.last_mut() {
        *last = 1;
    }
    for gain in gains {
        let mut carry = 0;
        for digit in digits.iter_mut().rev() {
            // At most (2⁶⁴ − 1)² + 2⁶⁴ − 1, which is less than 2¹²⁸.
            let product = u128::from(*digit) * gain.unsigned_abs() + carry;
            (*digit, carry) = (low_half(product), product >> 64);
        }
    }
    digits
}

#[allow(clippy::cast_possible_truncation, reason = "the upper half is carried on")]
fn low_half(number: u128) -> u64 {
    number as u64
}

/// A gain as a share of the greatest possible one, `gain / range`, with `0 < range < 2⁶⁴` and `|gain| < 2⁶⁴`.
#[derive(Debug, Clone, Copy)]
struct RelativeGain {
    gain: i128,
    range: u128,
}

impl Ord for RelativeGain {
    /// `a/b ≤ c/d` iff `a·d ≤ c·b`; the products stay below 2¹²⁸ and are compared without their sign.
    fn cmp(&self, other: &Self) -> Ordering {
        let ours = self.gain.unsigned_abs() * other.range;
        let theirs = other.gain.unsigned_abs() * self.range;
        match (self.gain < 0, other.gain < 0) {
            (false, false) => ours.cmp(&theirs),
            (true, true) => theirs.cmp(&ours),
            (ours_is_loss, theirs_is_loss) => theirs_is_loss.cmp(&ours_is_loss),
        }
    }
}

impl PartialOrd for RelativeGain {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for RelativeGain {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for RelativeGain {}

fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn problem() -> impl Strategy<Value = (Vec<Vec<i64>>, Vec<i64>)> {
        let spread = prop_oneof![Just(0_i64), Just(2), Just(6), Just(1000)];
        // With a least gain below zero the list is not one of rational vectors; the definitions still apply.
        (1..=4_usize, spread, prop_oneof![Just(0), Just(-3)]).prop_flat_map(|(parties, spread, least)| {
            let disagreement = prop::collection::vec(-spread..=spread, parties);
            let gains = prop::collection::vec(prop::collection::vec(least..=spread, parties), 0..25);
            (gains, disagreement).prop_map(|(gains, w)| {
                let vector = |gain: Vec<i64>| gain.iter().zip(&w).map(|(g, w)| g + w).collect();
                (gains.into_iter().map(vector).collect(), w)
            })
        })
    }

    /// The vectors to which no other is preferred.
    fn unbeaten(points: &[Vec<i64>], prefers: impl Fn(&[i64], &[i64]) -> bool) -> Vec<usize> {
        let is_beaten = |at: &usize| points.iter().any(|other| prefers(other, &points[*at]));
        (0..points.len()).filter(|at| !is_beaten(at)).collect()
    }

    /// Whether `a` is above `b` in the lexicographic order of their least, second least, … entries.
    ///
    /// In Imai's words rather than by sorting: at the lowest level that fewer entries of one stay at or below, it wins.
    fn is_leximin_above(a: &[i128], b: &[i128]) -> bool {
        let mut levels = [a, b].concat();
        levels.sort_unstable();
        let at_most = |values: &[i128], level: i128| values.iter().filter(|value| **value <= level).count();
        let first_difference = levels.into_iter().find(|level| at_most(a, *level) != at_most(b, *level));
        first_difference.is_some_and(|level| at_most(a, level) < at_most(b, level))
    }

    fn gain(point: &[i64], w: &[i64]) -> Vec<i128> {
        point.iter().zip(w).map(|(u, w)| i128::from(u - w)).collect()
    }

    /// Relative gains over their common denominator.
    fn over_common_denominator(point: &[i64], w: &[i64], ideal: &[i64]) -> Vec<i128> {
        let ranges = gain(ideal, w);
        let all: i128 = ranges.iter().filter(|range| **range > 0).product();
        let pairs = gain(point, w).into_iter().zip(ranges);
        pairs.filter(|(_, range)| *range > 0).map(|(gain, range)| gain * (all / range)).collect()
    }

    proptest! {
        #[test]
        fn solutions_are_the_vectors_to_which_no_other_is_preferred((points, w) in problem()) {
            let found = solutions(&points, &w);
            prop_assume!(!points.is_empty());
            let ideal: Vec<i64> = (0..w.len()).map(|k| points.iter().map(|u| u[k]).max().expect("a point")).collect();
            let product = |u: &[i64]| gain(u, &w).into_iter().map(|gain| gain.max(0)).product::<i128>();
            let nash: Vec<usize> = unbeaten(&points, |a, b| product(a) > product(b));
            let has_nash = points.iter().any(|u| product(u) > 0);
            let sum = |u: &[i64]| u.iter().sum::<i64>();
            prop_assert_eq!(found.nash, if has_nash { nash } else { vec![] });
            prop_assert_eq!(found.utilitarian, unbeaten(&points, |a, b| sum(a) > sum(b)));
            prop_assert_eq!(
                found.egalitarian,
                unbeaten(&points, |a, b| is_leximin_above(&gain(a, &w), &gain(b, &w)))
            );
            let relative = |u: &[i64]| over_common_denominator(u, &w, &ideal);
            prop_assert_eq!(
                found.kalai_smorodinsky,
                unbeaten(&points, |a, b| is_leximin_above(&relative(a), &relative(b)))
            );
            prop_assert_eq!(found.left_out, (0..w.len()).filter(|k| ideal[*k] <= w[*k]).collect::<Vec<_>>());
            prop_assert_eq!(found.ideal, ideal);
        }

        #[test]
        fn nash_and_kalai_smorodinsky_do_not_depend_on_a_partys_unit((points, w) in problem(), unit in 1..50_i64) {
            let rescale = |u: &Vec<i64>| u.iter().enumerate().map(|(k, u)| if k == 0 { u * unit + 7 } else { *u }).collect();
            let rescaled: Vec<Vec<i64>> = points.iter().map(rescale).collect();
            let (before, after) = (solutions(&points, &w), solutions(&rescaled, &rescale(&w)));
            prop_assert_eq!(before.nash, after.nash);
            prop_assert_eq!(before.kalai_smorodinsky, after.kalai_smorodinsky);
        }
    }

    #[test]
    fn a_split_pie_has_its_known_solutions() {
        let split: Vec<[i64; 2]> = (0..=10).map(|x| [x, 10 - x]).collect();
        let found = solutions(&split, &[0, 2]);
        // (1 + d₁ − d₂)/2 of the pie for the first party.
        assert_eq!(found.nash, [4]);
        // The egalitarian solution equals it, for the utilities are linear; all splits have the same sum.
        assert_eq!(found.egalitarian, [4]);
        assert_eq!(found.utilitarian, (0..=10).collect::<Vec<_>>());
    }

    #[test]
    fn every_tied_vector_is_named() {
        let found = solutions(&[[1, 3], [3, 1], [0, 4], [4, 0]], &[0, 0]);
        assert_eq!((found.nash, found.kalai_smorodinsky, found.egalitarian), (vec![0, 1], vec![0, 1], vec![0, 1]));
    }

    #[test]
    fn a_party_with_nothing_to_gain_is_left_out_and_there_is_no_nash_solution() {
        let found = solutions(&[[5, 2], [5, 3]], &[5, 0]);
        assert_eq!((found.left_out, found.kalai_smorodinsky), (vec![0], vec![1]));
        assert!(found.nash.is_empty());
    }

    #[test]
    fn the_widest_gains_of_eight_parties_are_still_told_apart() {
        let (most, less) =
            ([i64::MAX; 8], [i64::MAX, i64::MAX, i64::MAX, i64::MAX, i64::MAX, i64::MAX, i64::MAX, i64::MAX - 1]);
        let found = solutions(&[less, most, less], &[i64::MIN; 8]);
        assert_eq!((found.nash, found.kalai_smorodinsky, found.utilitarian), (vec![1], vec![1], vec![1]));
    }

    #[test]
    fn without_vectors_there_are_no_solutions() {
        assert_eq!(solutions::<Vec<i64>>(&[], &[0, 0]), Solutions::default());
    }
}
