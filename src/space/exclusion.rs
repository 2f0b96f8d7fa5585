//! Which packages a set of clauses excludes, as classes of heads.

use std::collections::BTreeMap;

use super::layout::{Layout, offsets};
use crate::model::{IssueId, OptionId};

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
