//! Nested sums: the part of a score that its terms over some issues make, for all options of those issues.

use super::layout::offsets;
use super::terms::Term;
use crate::model::IssueId;

/// Nested sums over the issues of a block, one level an issue.
#[derive(Debug, Clone)]
pub(super) struct Block {
    levels: Vec<Level>,
}

#[derive(Debug, Clone)]
struct Level {
    radix: usize,
    /// Terms with this as their only issue in the block: place of the term, stride of the digit.
    single: Vec<(usize, usize)>,
    /// Terms whose last issue in the block is this one: place of the term, row offset of every node.
    multi: Vec<(usize, Vec<u32>)>,
}

impl Block {
    pub(super) fn of(order: &[IssueId], terms: &[Term], members: &[usize], radix: &[usize]) -> Self {
        let mut levels: Vec<Level> =
            order.iter().map(|k| Level { radix: radix[k.0], single: vec![], multi: vec![] }).collect();
        for &t in members {
            let inside: Vec<usize> = (0..order.len()).filter(|i| terms[t].issues.contains(&order[*i])).collect();
            let Some(&last) = inside.last() else { continue };
            if let [only] = inside[..] {
                levels[only].single.push((t, stride(&terms[t], order[only])));
            } else {
                let strides = order[..=last].iter().map(|k| {
                    let named = terms[t].issues.contains(k);
                    (radix[k.0], if named { stride(&terms[t], *k) as u64 } else { 0 })
                });
                let nodes = offsets(strides).into_iter().map(|o| o as u32).collect();
                levels[last].multi.push((t, nodes));
            }
        }
        Self { levels }
    }

    /// Writes the sum of the members' rows, counted from `base[term]`, for every node of the last level to `out`.
    pub(super) fn fill(
        &self,
        tables: &[Vec<i32>],
        base: impl Fn(usize) -> usize,
        work: &mut [Vec<i32>; 2],
        single: &mut Vec<i32>,
        out: &mut [i32],
    ) {
        let [now, next] = work;
        now.clear();
        now.push(0);
        for (l, level) in self.levels.iter().enumerate() {
            single.clear();
            single.extend((0..level.radix).map(|digit| {
                level.single.iter().map(|(t, stride)| tables[*t][base(*t) + digit * stride]).sum::<i32>()
            }));
            let count = now.len() * level.radix;
            let last = l + 1 == self.levels.len();
            if !last {
                next.resize(count, 0);
            }
            let target: &mut [i32] = if last { &mut out[..count] } else { &mut next[..count] };
            match level.radix {
                2 => spread::<2>(target, now, single),
                3 => spread::<3>(target, now, single),
                4 => spread::<4>(target, now, single),
                5 => spread::<5>(target, now, single),
                radix => {
                    for (row, parent) in target.chunks_exact_mut(radix).zip(now.iter()) {
                        row.iter_mut().zip(single.iter()).for_each(|(node, s)| *node = parent + s);
                    }
                }
            }
            for (t, nodes) in &level.multi {
                let table = &tables[*t][base(*t)..];
                for (node, at) in target.iter_mut().zip(nodes) {
                    *node += table[*at as usize];
                }
            }
            if !last {
                std::mem::swap(now, next);
            }
        }
        if self.levels.is_empty() {
            out[0] = 0;
        }
    }
}

/// `target[parent · R + digit] = parents[parent] + single[digit]`, with the few digits of a level known to the compiler.
fn spread<const R: usize>(target: &mut [i32], parents: &[i32], single: &[i32]) {
    let single: [i32; R] = std::array::from_fn(|digit| single[digit]);
    for (row, parent) in target.as_chunks_mut::<R>().0.iter_mut().zip(parents) {
        for digit in 0..R {
            row[digit] = parent + single[digit];
        }
    }
}

/// How far apart two neighbouring options of an issue stand in a term's rows.
pub(super) fn stride(term: &Term, issue: IssueId) -> usize {
    let at = term.issues.iter().position(|k| *k == issue);
    at.map_or(0, |at| term.radix[at + 1..].iter().product())
}
