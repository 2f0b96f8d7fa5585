//! How many packages of a vast space reach a score, where scores add up over issues: by meeting in the middle.
//!
//! The issues are parted in two halves, all sums of each half are listed, and the lists are matched (Horowitz and
//! Sahni 1974). Equal sums are listed once with their number, so coarse scales go far beyond the limit of a list.

use itertools::Itertools as _;

use crate::num::Order;

/// The most different sums that a half may have.
pub const MAX_SUMS: usize = 1 << 22;

/// The same where three scores are asked about, and where more are: matching takes longer then.
const MAX_SUMS_OF_MORE: [usize; 2] = [1 << 20, 1 << 18];

/// The most different sums of so many scores that a half may have.
pub const fn max_sums(scores: usize) -> usize {
    match scores {
        0..=2 => MAX_SUMS,
        3 => MAX_SUMS_OF_MORE[0],
        _ => MAX_SUMS_OF_MORE[1],
    }
}

/// The number of packages with `Σ_k issues[k][option][0] ≥ at_least`.
///
/// `None` if a half would have more than [`MAX_SUMS`] different sums, if there are more packages than `u128` counts, or
/// if a sum could leave the range of `i64`. Complexity: `s log o` for `s` sums in a half and `o` options an issue.
pub fn count_one(issues: &[Vec<[i64; 1]>], at_least: i64) -> Option<u128> {
    let (rising, other) = halves(issues)?;
    let mut falling = other.iter().rev().peekable();
    let (mut total, mut matched) = (0, 0);
    for (sum, times) in &rising {
        while let Some((_, more)) = falling.next_if(|(partner, _)| partner[0] + sum[0] >= at_least) {
            matched += more;
        }
        total += times * matched;
    }
    Some(total)
}

/// The number of packages with `Σ_k issues[k][option][score] ≥ at_least[score]` for both scores.
///
/// `None` as for [`count_one`]. Complexity: `s log s` for `s` sums in a half; those of one half that reach the first
/// line are kept in a Fenwick (1994) tree by their second score.
pub fn count_two(issues: &[Vec<[i64; 2]>], at_least: [i64; 2]) -> Option<u128> {
    // The tree is over the shorter half, the more likely to stay in the cache.
    let (other, rising) = halves(issues)?;
    let mut falling = other.iter().rev().peekable();
    let mut matched = Fenwick::over(other.iter().map(|(sum, _)| sum[1]));
    let mut total = 0;
    for (sum, times) in &rising {
        while let Some((partner, more)) = falling.next_if(|(partner, _)| partner[0] + sum[0] >= at_least[0]) {
            matched.add(partner[1], *more);
        }
        total += times * matched.count(|second| second + sum[1] >= at_least[1]);
    }
    Some(total)
}

/// The number of packages with `Σ_k issues[k][option][score] ≥ at_least[score]` for all of two scores or more.
///
/// `None` as for [`count_one`], a half having at most [`max_sums`]. Complexity: `s logᴺ⁻¹ s` for `N` scores and `s` sums in a
/// half: both lists are parted by one score after another (Bentley 1980), and matched as by [`count_two`] at the last two.
pub fn count_more<const S: usize>(issues: &[Vec<[i64; S]>], at_least: [i64; S]) -> Option<u128> {
    let (sums, others) = halves(issues)?;
    let needs = others.into_iter().map(|(sum, times)| (std::array::from_fn(|s| at_least[s] - sum[s]), times)).collect();
    Some(matches(sums, needs, 0))
}

/// Pairs of a sum and a need, the one no less than the other in all scores from `score` on.
fn matches<const S: usize>(mut sums: Totals<S>, mut needs: Totals<S>, score: usize) -> u128 {
    if score + 2 == S {
        return stairs(sums, needs);
    }
    let of = |list: &Totals<S>| list.iter().map(|(sum, _)| sum[score]).minmax().into_option();
    let (Some((least, most)), Some((low, high))) = (of(&sums), of(&needs)) else { return 0 };
    if least >= high {
        return matches(sums, needs, score + 1);
    }
    if most < low {
        return 0;
    }
    if least == most {
        needs.retain(|(need, _)| need[score] <= least);
        return matches(sums, needs, score + 1);
    }
    let middle = sums.len() / 2;
    let median = sums.select_nth_unstable_by_key(middle, |(sum, _)| sum[score]).1.0[score];
    let above_least = || sums.iter().map(|(sum, _)| sum[score]).filter(|sum| *sum > least).min().unwrap_or(most);
    let pivot = if median > least { median } else { above_least() };
    let (upper, lower): (Totals<S>, Totals<S>) = sums.into_iter().partition(|(sum, _)| sum[score] >= pivot);
    let (easy, hard): (Totals<S>, Totals<S>) = needs.into_iter().partition(|(need, _)| need[score] <= pivot);
    let sure = matches(upper.clone(), easy.clone(), score + 1);
    sure + matches(upper, hard, score) + matches(lower, easy, score)
}

/// [`matches`] at the last two scores.
fn stairs<const S: usize>(mut sums: Totals<S>, mut needs: Totals<S>) -> u128 {
    sums.sort_unstable_by_key(|(sum, _)| std::cmp::Reverse(sum[S - 2]));
    needs.sort_unstable_by_key(|(need, _)| std::cmp::Reverse(need[S - 2]));
    let mut falling = sums.iter().peekable();
    let mut matched = Fenwick::over(sums.iter().map(|(sum, _)| sum[S - 1]));
    let mut total = 0;
    for (need, times) in &needs {
        while let Some((sum, more)) = falling.next_if(|(sum, _)| sum[S - 2] >= need[S - 2]) {
            matched.add(sum[S - 1], *more);
        }
        total += times * matched.count(|last| last >= need[S - 1]);
    }
    total
}

/// Different sums in ascending order, each with the number of ways to reach it.
type Totals<const S: usize> = Vec<([i64; S], u128)>;

/// The sums of two halves of the issues, of about the same length.
fn halves<const S: usize>(issues: &[Vec<[i64; S]>]) -> Option<(Totals<S>, Totals<S>)> {
    countable(issues)?;
    let mut by_size: Vec<_> = issues.iter().collect();
    by_size.order_by_key(|options| std::cmp::Reverse(options.len()));
    let nothing = vec![([0; S], 1)];
    by_size.into_iter().try_fold((nothing.clone(), nothing), |(short, long), options| {
        let grown = spread(&short, options)?;
        Some(if grown.len() < long.len() { (grown, long) } else { (long, grown) })
    })
}

/// `None` if packages outnumber `u128` or a sum could leave `i64`.
fn countable<const S: usize>(issues: &[Vec<[i64; S]>]) -> Option<()> {
    issues.iter().try_fold(1_u128, |n, options| n.checked_mul(options.len().max(1) as u128))?;
    let farthest = |options: &Vec<[i64; S]>| options.iter().flatten().map(|s| s.unsigned_abs()).max().unwrap_or(0);
    let reach = issues.iter().try_fold(0_u64, |sum, options| sum.checked_add(farthest(options)))?;
    i64::try_from(reach).ok().map(|_| ())
}

/// All sums of one of `sums` and one of `options`.
fn spread<const S: usize>(sums: &Totals<S>, options: &[[i64; S]]) -> Option<Totals<S>> {
    match options {
        [] => Some(Vec::new()),
        [only] => Some(sums.iter().map(|(sum, times)| (std::array::from_fn(|k| sum[k] + only[k]), *times)).collect()),
        _ => {
            let (some, rest) = options.split_at(options.len() / 2);
            merge(&spread(sums, some)?, &spread(sums, rest)?)
        }
    }
}

/// Two lists as one; `None` if it is too long.
fn merge<const S: usize>(a: &Totals<S>, b: &Totals<S>) -> Option<Totals<S>> {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut all: Totals<S> = Vec::new();
    while let Some((sum, times)) = a.next_if(|x| b.peek().is_none_or(|y| x.0 <= y.0)).or_else(|| b.next()) {
        match all.last_mut() {
            Some(last) if last.0 == *sum => last.1 += times,
            _ => all.push((*sum, *times)),
        }
    }
    (all.len() <= max_sums(S)).then_some(all)
}

/// Numbers kept by value, so that those from some value on are counted in logarithmic time.
struct Fenwick {
    /// The values, descending.
    values: Vec<i64>,
    /// `tree[n − 1]`: how many have one of the values `n − lowest bit of n .. n`.
    tree: Vec<u128>,
}

impl Fenwick {
    /// Nothing yet, with room for these values.
    fn over(values: impl Iterator<Item = i64>) -> Self {
        let mut values: Vec<i64> = values.collect();
        values.sort_unstable_by_key(|value| std::cmp::Reverse(*value));
        values.dedup();
        Self { tree: vec![0; values.len()], values }
    }

    /// Adds so many with one of the values.
    fn add(&mut self, value: i64, times: u128) {
        let mut n = self.values.partition_point(|other| *other > value) + 1;
        while n <= self.tree.len() {
            self.tree[n - 1] += times;
            n += lowest_bit(n);
        }
    }

    /// How many have values that are `enough`, which must hold of all values from some value on.
    fn count(&self, enough: impl Fn(i64) -> bool) -> u128 {
        let mut n = self.values.partition_point(|value| enough(*value));
        let mut total = 0;
        while n > 0 {
            total += self.tree[n - 1];
            n -= lowest_bit(n);
        }
        total
    }
}

fn lowest_bit(n: usize) -> usize {
    n & n.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn issues() -> impl Strategy<Value = Vec<Vec<[i64; 2]>>> {
        let spread = prop_oneof![Just(0_i64), Just(2), Just(1000)];
        spread.prop_flat_map(|spread| {
            let score = [-spread..=spread, -spread..=spread];
            prop::collection::vec(prop::collection::vec(score, 0..6), 0..6)
        })
    }

    fn every_package(issues: &[Vec<[i64; 2]>]) -> Vec<[i64; 2]> {
        issues.iter().fold(vec![[0, 0]], |sums, options| {
            sums.iter().flat_map(|u| options.iter().map(move |v| [u[0] + v[0], u[1] + v[1]])).collect()
        })
    }

    proptest! {
        #[test]
        fn counts_are_those_of_every_package_in_turn(issues in issues(), t in [-8..8_i64, -8..8_i64]) {
            let packages = every_package(&issues);
            let first: Vec<Vec<[i64; 1]>> = issues.iter().map(|options| options.iter().map(|s| [s[0]]).collect()).collect();
            let one = packages.iter().filter(|s| s[0] >= t[0]).count() as u128;
            let two = packages.iter().filter(|s| s[0] >= t[0] && s[1] >= t[1]).count() as u128;
            prop_assert_eq!(count_one(&first, t[0]), Some(one));
            prop_assert_eq!(count_two(&issues, t), Some(two));
        }

        #[test]
        fn counts_of_more_scores_are_those_of_every_package_in_turn(
            issues in prop::collection::vec(prop::collection::vec([-9..9_i64, -9..9, -9..9, -9..9], 0..6), 0..6),
            t in [-12..9_i64, -12..9, -12..9, -12..9],
        ) {
            let all = issues.iter().fold(vec![[0; 4]], |sums, options| {
                let sum = |u: &[i64; 4], v: &[i64; 4]| std::array::from_fn(|s| u[s] + v[s]);
                sums.iter().flat_map(|u| options.iter().map(move |v| sum(u, v))).collect::<Vec<[i64; 4]>>()
            });
            let count = |scores: usize| all.iter().filter(|u| (0..scores).all(|s| u[s] >= t[s])).count() as u128;
            let three: Vec<Vec<[i64; 3]>> = issues.iter().map(|o| o.iter().map(|u| [u[0], u[1], u[2]]).collect()).collect();
            let two: Vec<Vec<[i64; 2]>> = issues.iter().map(|o| o.iter().map(|u| [u[0], u[1]]).collect()).collect();
            prop_assert_eq!(count_more(&issues, t), Some(count(4)));
            prop_assert_eq!(count_more(&three, [t[0], t[1], t[2]]), Some(count(3)));
            prop_assert_eq!(count_more(&two, [t[0], t[1]]), Some(count(2)));
        }
    }

    #[test]
    fn half_of_a_symmetric_space_and_the_tie_reach_the_middle() {
        // 37 issues of −1, 0 or 1: by symmetry those above zero are half of those that are not zero.
        let issues = vec![vec![[-1], [0], [1]]; 37];
        let above = count_one(&issues, 1).expect("coarse");
        let from = count_one(&issues, 0).expect("coarse");
        assert_eq!(above + from, 3_u128.pow(37));
        assert!(from > above);
    }

    #[test]
    fn coarse_scores_are_counted_where_packages_are_far_too_many_to_list() {
        let issues: Vec<Vec<[i64; 2]>> = vec![(0..10).map(|o| [o, 9 - o]).collect(); 38];
        assert_eq!(count_two(&issues, [0, 0]), Some(10_u128.pow(38)));
        assert_eq!(count_two(&issues, [38 * 9, 0]), Some(1));
        assert_eq!(count_two(&issues, [38 * 9, 1]), Some(0));
    }

    #[test]
    fn too_many_sums_packages_or_too_great_scores_are_refused() {
        let fine: Vec<Vec<[i64; 1]>> = (0..46).map(|k| vec![[0], [1 << k]]).collect();
        assert_eq!(count_one(&fine, 0), None);
        assert_eq!(count_one(&vec![vec![[0]; 10]; 39], 0), None);
        assert_eq!(count_one(&[vec![[i64::MAX]], vec![[1]]], 0), None);
        assert_eq!(count_one(&[vec![[i64::MIN]]], 0), None);
    }

    #[test]
    fn no_issues_are_one_package_and_an_issue_without_options_none() {
        assert_eq!((count_one(&[], 0), count_one(&[], 1)), (Some(1), Some(0)));
        assert_eq!(count_two(&[vec![], vec![[1, 1]]], [0, 0]), Some(0));
    }
}
