//! Head and tail: the issues split once, so that every package is a head and a tail.
//!
//! score(head f, tail j) = H[f] + T[context(f)][j], a context being one of the distinct ways in which the head changes
//! the terms that touch the tail. A good tail has few contexts and some 250 packages. What clauses exclude is told by head
//! and tail as well.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{DealSpace, IssueId, OptionId};

use super::{plan::STRETCH, terms::Term};
use crate::num::{Order, Ordered};

/// Tails shorter than this waste the lanes; longer ones waste the cache.
const SHORTEST: u64 = 48;
const LONGEST: u64 = 640;

/// Above this many issues only the least entangled ones are considered for the tail.
const MOST_CANDIDATES: usize = 14;

/// The split of the issues, and the number of every package: `head_number[f] + tail_number[j]`.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Issues of the head, the last fastest.
    pub head: Vec<IssueId>,
    /// Issues of the tail, the last fastest.
    pub tail: Vec<IssueId>,
    /// `head_number[f]`: the number of the head's options in the file's order of issues.
    pub head_number: Vec<u64>,
    /// `tail_number[j]`.
    pub tail_number: Vec<u64>,
    /// Number of tails rounded up to a multiple of the widest vector: the length of a row.
    pub width: usize,
}

impl Layout {
    /// Number of heads.
    pub fn heads(&self) -> usize {
        self.head_number.len()
    }

    /// Number of tails.
    pub fn tails(&self) -> usize {
        self.tail_number.len()
    }

    /// The split that makes tables cheapest for these scores; `entangled` lists further groups of issues (red lines,
    /// rules) that make contexts.
    pub fn of(space: &DealSpace, scores: &[Vec<Term>], entangled: &[Vec<IssueId>]) -> Self {
        let radix: Vec<u64> = space.radix().iter().map(|r| *r as u64).collect();
        let masks = Masks::of(scores, entangled);
        let tail = best_tail(&radix, &masks);
        // Entangled issues first: sums at the fast end are then of terms of one issue.
        let order = (0..radix.len()).ordered_by_key(|k| Reverse(masks.entanglement(*k)));
        let (tail, head): (Vec<usize>, Vec<usize>) = order.partition(|k| tail >> k & 1 == 1);
        let stride = |k: usize| radix[k + 1..].iter().product::<u64>();
        let numbers = |issues: &[usize]| offsets(issues.iter().map(|k| (radix[*k] as usize, stride(*k))));
        let (head_number, tail_number) = (numbers(&head), numbers(&tail));
        let width = tail_number.len().next_multiple_of(STRETCH);
        let ids = |issues: Vec<usize>| issues.into_iter().map(IssueId).collect();
        Self { head: ids(head), tail: ids(tail), head_number, tail_number, width }
    }
}

/// Σ digit · stride for all digits in mixed radix, the last (radix, stride) pair fastest.
pub fn offsets(issues: impl IntoIterator<Item = (usize, u64)>) -> Vec<u64> {
    let mut sums = vec![0];
    for (radix, stride) in issues {
        sums = sums.iter().flat_map(|s| (0..radix as u64).map(move |digit| s + digit * stride)).collect();
    }
    sums
}

/// Which issues stand together, as bit sets.
struct Masks {
    /// `scores[score]`: the sets of issues of its terms and of its red lines.
    scores: Vec<Vec<u64>>,
    /// All sets of two issues or more.
    multi: Vec<u64>,
}

impl Masks {
    fn of(scores: &[Vec<Term>], entangled: &[Vec<IssueId>]) -> Self {
        let mask = |issues: &[IssueId]| issues.iter().fold(0_u64, |m, k| m | 1 << k.0);
        let terms = scores.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
        let set = |(issues, terms): (&Vec<IssueId>, &[Term])| -> Vec<u64> {
            terms.iter().map(|term| &term.issues).chain([issues]).map(|issues| mask(issues)).collect()
        };
        let sets: Vec<Vec<u64>> = entangled.iter().zip(terms).map(set).collect();
        let multi = sets.iter().flatten().copied().filter(|m| m.count_ones() > 1).collect();
        Self { scores: sets, multi }
    }

    /// How many sets of two issues or more hold an issue.
    fn entanglement(&self, k: usize) -> usize {
        self.multi.iter().filter(|mask| *mask >> k & 1 == 1).count()
    }

    /// Work of filling all tables for a tail, in additions.
    fn cost(&self, radix: &[u64], tail: u64) -> u64 {
        let count =
            |set: u64| (0..radix.len()).filter(|k| set >> k & 1 == 1).map(|k| radix[k]).fold(1, u64::saturating_mul);
        let all = (1_u64 << radix.len()) - 1;
        let (heads, tails) = (count(all & !tail), count(tail));
        let contexts = |sets: &Vec<u64>| {
            let seen = sets.iter().filter(|m| *m & tail != 0).fold(0, |seen, m| seen | (m & !tail));
            count(seen).min(heads)
        };
        // A head costs some eight additions of its own in every table (sums, bounds, thresholds, row set-up).
        self.scores.iter().fold(0_u64, |sum, s| {
            sum.saturating_add(contexts(s).saturating_mul(tails)).saturating_add(heads.saturating_mul(8))
        })
    }
}

fn best_tail(radix: &[u64], masks: &Masks) -> u64 {
    let mut candidates: Vec<usize> = (0..radix.len()).collect();
    candidates.order_by_key(|k| masks.entanglement(*k));
    candidates.truncate(MOST_CANDIDATES);
    let total: u64 = radix.iter().copied().fold(1, u64::saturating_mul);
    let mut best = (u64::MAX, 0);
    for chosen in 1_u64..1 << candidates.len() {
        let picked = |i: &usize| chosen >> i & 1 == 1;
        let size = (0..candidates.len()).filter(picked).map(|i| radix[candidates[i]]).fold(1, u64::saturating_mul);
        if size > LONGEST || (size < SHORTEST && size < total) {
            continue;
        }
        let tail = (0..candidates.len()).filter(picked).fold(0_u64, |t, i| t | 1 << candidates[i]);
        best = best.min((masks.cost(radix, tail), tail));
    }
    if best.1 != 0 {
        return best.1;
    }
    // No product lies in the window: the largest single issue is the tail.
    let largest = (0..radix.len()).max_by_key(|k| radix[*k]).unwrap_or(0);
    1 << largest
}

/// Classes of heads by the tails that a set of clauses excludes.
#[derive(Debug, Clone)]
pub struct Exclusion {
    /// `class_of[f]`.
    pub class_of: Vec<u32>,
    /// `excluded[class][j]`.
    pub excluded: Vec<Vec<bool>>,
}

impl Exclusion {
    /// Classes for a test that depends on `issues` only.
    pub fn of(
        layout: &Layout,
        radix: &[usize],
        issues: &[IssueId],
        excludes: impl Fn(&dyn Fn(IssueId) -> OptionId) -> bool,
    ) -> Self {
        if issues.is_empty() {
            let all = excludes(&|_| OptionId(0));
            return Self { class_of: vec![0; layout.heads()], excluded: vec![vec![all; layout.tails()]] };
        }
        let in_head: Vec<IssueId> = layout.head.iter().copied().filter(|k| issues.contains(k)).collect();
        let in_tail: Vec<IssueId> = layout.tail.iter().copied().filter(|k| issues.contains(k)).collect();
        let (head_key, head_count) = keys(&layout.head, &in_head, radix);
        let (tail_key, tail_count) = keys(&layout.tail, &in_tail, radix);
        let mut excluded: Vec<Vec<bool>> = Vec::new();
        let mut known: BTreeMap<Vec<bool>, u32> = BTreeMap::new();
        let mut class_of_key: Vec<Option<u32>> = vec![None; head_count];
        let mut class_of = Vec::with_capacity(layout.heads());
        for key in head_key {
            let class = class_of_key[key as usize].unwrap_or_else(|| {
                let pattern = tails_excluded(&in_head, key, &in_tail, tail_count, radix, &excludes);
                *known.entry(pattern).or_insert_with_key(|pattern| {
                    excluded.push(tail_key.iter().map(|k| pattern[*k as usize]).collect());
                    excluded.len() as u32 - 1
                })
            });
            class_of_key[key as usize] = Some(class);
            class_of.push(class);
        }
        Self { class_of, excluded }
    }
}

/// The number that the digits of `named` make, for every head or tail; and how many there are.
fn keys(order: &[IssueId], named: &[IssueId], radix: &[usize]) -> (Vec<u64>, usize) {
    let stride = |k: IssueId| -> u64 {
        let at = named.iter().position(|i| *i == k);
        at.map_or(0, |at| named[at + 1..].iter().map(|i| radix[i.0] as u64).product())
    };
    let count = named.iter().map(|k| radix[k.0]).product();
    (offsets(order.iter().map(|k| (radix[k.0], stride(*k)))), count)
}

fn tails_excluded(
    in_head: &[IssueId],
    head_key: u64,
    in_tail: &[IssueId],
    tail_count: usize,
    radix: &[usize],
    excludes: &impl Fn(&dyn Fn(IssueId) -> OptionId) -> bool,
) -> Vec<bool> {
    let mut options = vec![OptionId(0); radix.len()];
    decode(head_key, in_head, radix, &mut options);
    let test = |key: usize| {
        let mut options = options.clone();
        decode(key as u64, in_tail, radix, &mut options);
        excludes(&|k| options[k.0])
    };
    (0..tail_count).map(test).collect()
}

fn decode(mut key: u64, named: &[IssueId], radix: &[usize], options: &mut [OptionId]) {
    for k in named.iter().rev() {
        options[k.0] = OptionId((key % radix[k.0] as u64) as usize);
        key /= radix[k.0] as u64;
    }
}
