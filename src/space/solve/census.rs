//! How many packages of a vast space are what.

use itertools::Itertools as _;

use super::super::count::{count_more, count_one, count_two, max_sums};
use super::super::frontier::Utilities;
use super::blocks::{Asked, Terms};
use super::vast::Threshold;
use crate::num::Ordered;

/// The number of packages that pass some tests, granted ones only where that is asked for; `None` where a block or the lists
/// of sums grow too long.
pub(super) fn number(terms: &Terms, tests: &[Threshold], granted: bool) -> Option<u128> {
    let lines = tests.iter().filter_map(|line| Some((line.score, line.at?)));
    let lines: Vec<(usize, i64)> = lines.into_grouping_map().max().into_iter().sorted_unstable().collect();
    let scores: Vec<usize> = lines.iter().map(|(score, _)| *score).collect();
    let barring: Vec<usize> = tests.iter().map(|line| line.score).sorted_unstable().dedup().collect();
    let at_least: Vec<i64> = lines.iter().map(|(_, line)| *line).collect();
    let asked = Asked { scores: &scores, barring: &barring, granted };
    terms.cases(asked).ok()?.try_fold(0_u128, |sum, case| sum.checked_add(of_case(&case, &at_least)?))
}

/// The number of packages of a case that reach all lines. Lines that all reach are not asked about, and none is left where
/// nothing reaches one.
fn of_case(blocks: &[Utilities], at_least: &[i64]) -> Option<u128> {
    let bound = |score: usize, most: bool| {
        let ends = blocks.iter().map(|block| block.iter().map(|p| p.utility[score]).minmax().into_option());
        ends.map(|ends| ends.map_or(0, |(low, high)| if most { high } else { low })).sum::<i64>()
    };
    if blocks.iter().any(Utilities::is_empty) || at_least.iter().enumerate().any(|(s, line)| bound(s, true) < *line) {
        return Some(0);
    }
    let open: Vec<usize> = (0..at_least.len()).filter(|s| bound(*s, false) < at_least[*s]).collect();
    let lines: Vec<i64> = open.iter().map(|s| at_least[*s]).collect();
    match lines.len() {
        0 => blocks.iter().try_fold(1_u128, |n, block| n.checked_mul(block.len() as u128)),
        1 => matched::<1>(blocks, &open, |issues| count_one(issues, lines[0])),
        2 => matched::<2>(blocks, &open, |issues| count_two(issues, [lines[0], lines[1]])),
        3 => matched::<3>(blocks, &open, |issues| count_more(issues, std::array::from_fn(|s| lines[s]))),
        4 => matched::<4>(blocks, &open, |issues| count_more(issues, std::array::from_fn(|s| lines[s]))),
        5 => matched::<5>(blocks, &open, |issues| count_more(issues, std::array::from_fn(|s| lines[s]))),
        6 => matched::<6>(blocks, &open, |issues| count_more(issues, std::array::from_fn(|s| lines[s]))),
        7 => matched::<7>(blocks, &open, |issues| count_more(issues, std::array::from_fn(|s| lines[s]))),
        _ => matched::<8>(blocks, &open, |issues| count_more(issues, std::array::from_fn(|s| lines[s]))),
    }
}

/// Counts by the scores that are open, if their sums are few enough.
fn matched<const S: usize>(
    blocks: &[Utilities],
    open: &[usize],
    count: impl Fn(&[Vec<[i64; S]>]) -> Option<u128>,
) -> Option<u128> {
    let points = |block: &Utilities| block.iter().map(|p| std::array::from_fn(|s| p.utility[open[s]])).collect();
    let issues: Vec<Vec<[i64; S]>> = blocks.iter().map(points).collect();
    is_within_reach(&issues).then(|| count(&issues)).flatten()
}

/// Whether each half of the issues surely has few enough different sums: by its number of packages, or because its sums
/// are multiples of one step within a short range. Otherwise nothing is tried, for a vain attempt takes seconds.
fn is_within_reach<const S: usize>(issues: &[Vec<[i64; S]>]) -> bool {
    let mut halves: [(u128, Vec<&Vec<[i64; S]>>); 2] = [(1, Vec::new()), (1, Vec::new())];
    for options in issues.iter().ordered_by_key(|options| std::cmp::Reverse(options.len())) {
        let shorter = usize::from(halves[1].0 < halves[0].0);
        halves[shorter].0 = halves[shorter].0.saturating_mul(options.len() as u128);
        halves[shorter].1.push(options);
    }
    let most = max_sums(S) as u128;
    let steps = |half: &[&Vec<[i64; S]>]| (0..S).map(|s| different_sums(half, s)).fold(1_u128, u128::saturating_mul);
    halves.iter().all(|(packages, half)| *packages <= most || steps(half) <= most)
}

/// An upper bound of the number of different sums of one score: its range in steps of the greatest common divisor.
fn different_sums<const S: usize>(issues: &[&Vec<[i64; S]>], score: usize) -> u128 {
    let (mut step, mut range) = (0_u64, 0_u128);
    for options in issues {
        let Some(least) = options.iter().map(|o| o[score]).min() else { return 0 };
        let above = options.iter().map(|o| o[score].abs_diff(least));
        range += u128::from(above.clone().max().unwrap_or(0));
        step = above.fold(step, common_divisor);
    }
    range.checked_div(u128::from(step)).unwrap_or(0) + 1
}

fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}
