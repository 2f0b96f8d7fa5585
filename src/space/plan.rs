//! How the tables of one score are filled, worked out once for all worlds.

use std::collections::{BTreeMap, HashMap};

use crate::model::{IssueId, OptionId, Scale, World};

use super::layout::{Layout, offsets};
use super::terms::Term;

/// The mark of a package that a red line excludes, in tail tables: below every threshold.
pub const FLAG: i32 = i32::MIN;

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

/// Nested sums over the issues of a block, one level an issue.
#[derive(Debug, Clone)]
struct Block {
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
    fn of(order: &[IssueId], terms: &[Term], members: &[usize], radix: &[usize]) -> Self {
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
    fn fill(
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
fn stride(term: &Term, issue: IssueId) -> usize {
    let at = term.issues.iter().position(|k| *k == issue);
    at.map_or(0, |at| term.radix[at + 1..].iter().product())
}

/// The plan of one score.
#[derive(Debug, Clone)]
pub struct Plan {
    terms: Vec<Term>,
    head: Block,
    tail: Block,
    /// `context_of[f]`.
    pub context_of: Vec<u32>,
    contexts: Vec<Context>,
    exclusion: Exclusion,
}

#[derive(Debug, Clone)]
struct Context {
    /// `base[term]`: the row at which the head places a term that touches the tail.
    base: Vec<u32>,
    /// Class of the exclusion.
    class: u32,
}

impl Plan {
    /// The plan of a score with these terms and these exclusions by red lines.
    #[must_use]
    pub fn of(terms: Vec<Term>, exclusion: Exclusion, layout: &Layout, radix: &[usize]) -> Self {
        let touches_tail = |t: &usize| terms[*t].issues.iter().any(|k| layout.tail.contains(k));
        let (in_tail, in_head): (Vec<usize>, Vec<usize>) = (0..terms.len()).partition(touches_tail);
        let head = Block::of(&layout.head, &terms, &in_head, radix);
        let tail = Block::of(&layout.tail, &terms, &in_tail, radix);
        let (context_of, contexts) = contexts(&terms, &in_tail, &exclusion, layout, radix);
        Self { terms, head, tail, context_of, contexts, exclusion }
    }

    /// The same score with no red line: nothing is flagged.
    #[must_use]
    pub fn without_exclusion(&self) -> Self {
        let open = self.exclusion.excluded.iter().map(|tails| vec![false; tails.len()]).collect();
        Self { exclusion: Exclusion { excluded: open, ..self.exclusion.clone() }, ..self.clone() }
    }

    /// Number of contexts.
    #[must_use]
    pub fn contexts(&self) -> usize {
        self.contexts.len()
    }

    /// The terms of the score.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Fills the tables of this score for a world.
    pub fn fill(&self, world: &World, scale: Scale, layout: &Layout, tables: &mut Tables) {
        let Tables { head, tail, most, least, terms, cells, work, single, width, .. } = tables;
        *width = layout.width;
        terms.resize_with(self.terms.len(), Vec::new);
        for (term, table) in self.terms.iter().zip(terms.iter_mut()) {
            term.fill(world, scale, cells, table);
        }
        head.resize(layout.heads(), 0);
        self.head.fill(terms, |_| 0, work, single, head);
        tail.resize(self.contexts.len() * layout.width, FLAG);
        most.clear();
        least.clear();
        for (context, row) in self.contexts.iter().zip(tail.chunks_exact_mut(layout.width)) {
            let (row, pad) = row.split_at_mut(layout.tails());
            pad.fill(FLAG);
            self.tail.fill(terms, |t| context.base[t] as usize, work, single, row);
            let excluded = &self.exclusion.excluded[context.class as usize];
            for (score, _) in row.iter_mut().zip(excluded).filter(|(_, out)| **out) {
                *score = FLAG;
            }
            most.push(row.iter().copied().max().unwrap_or(FLAG));
            least.push(row.iter().copied().min().unwrap_or(FLAG));
        }
    }
}

/// Tables of one score in one world.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// `head[f]`.
    pub head: Vec<i32>,
    /// `tail[context · width + j]`; the least whole number where a red line excludes, and in the padding.
    pub tail: Vec<i32>,
    /// Greatest entry of each context's row.
    pub most: Vec<i32>,
    /// Least entry of each context's row.
    pub least: Vec<i32>,
    width: usize,
    terms: Vec<Vec<i32>>,
    cells: Vec<i32>,
    work: [Vec<i32>; 2],
    single: Vec<i32>,
}

impl Tables {
    /// The row of a context.
    #[must_use]
    pub fn row(&self, context: u32) -> &[i32] {
        let from = context as usize * self.width;
        &self.tail[from..from + self.width]
    }
}

/// The context of every head, numbered as first met, and what each is.
fn contexts(
    terms: &[Term],
    in_tail: &[usize],
    exclusion: &Exclusion,
    layout: &Layout,
    radix: &[usize],
) -> (Vec<u32>, Vec<Context>) {
    let mut context_of: Vec<u32> = exclusion.class_of.clone();
    let blank = vec![0_u32; terms.len()];
    let mut contexts: Vec<Context> =
        (0..exclusion.excluded.len() as u32).map(|class| Context { base: blank.clone(), class }).collect();
    for &t in in_tail {
        let strides = layout.head.iter().map(|k| {
            let named = terms[t].issues.contains(k);
            (radix[k.0], if named { stride(&terms[t], *k) as u64 } else { 0 })
        });
        if terms[t].issues.iter().all(|k| layout.tail.contains(k)) {
            continue;
        }
        let bases = offsets(strides);
        let canonical = canonical_bases(&terms[t], &bases, layout, radix);
        let mut met: HashMap<(u32, u32), u32> = HashMap::new();
        let mut finer: Vec<Context> = Vec::new();
        for (context, base) in context_of.iter_mut().zip(&bases) {
            let base = canonical[base];
            *context = *met.entry((*context, base)).or_insert_with(|| {
                let mut refined = contexts[*context as usize].clone();
                refined.base[t] = base;
                finer.push(refined);
                finer.len() as u32 - 1
            });
        }
        contexts = finer;
    }
    (context_of, contexts)
}

/// For each row at which a head may place a term, the first such row from which the tail sees the same cells.
fn canonical_bases(term: &Term, bases: &[u64], layout: &Layout, radix: &[usize]) -> BTreeMap<u64, u32> {
    let tail_strides = layout.tail.iter().filter(|k| term.issues.contains(k));
    let steps = offsets(tail_strides.map(|k| (radix[k.0], stride(term, *k) as u64)));
    let mut first: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
    let mut canonical = BTreeMap::new();
    for base in bases {
        canonical.entry(*base).or_insert_with(|| {
            let seen: Vec<u32> = steps.iter().map(|s| term.rows[(base + s) as usize]).collect();
            *first.entry(seen).or_insert(*base as u32)
        });
    }
    canonical
}
