//! How the tables of one score are filled, worked out once for all worlds.

use std::collections::{BTreeMap, HashMap};

use crate::model::{IssueId, Package, Scale, World};

use super::layout::{Exclusion, Layout};
use super::terms::{Term, outlook};
use super::{Lanes, Place, Space};

/// The mark of a package that a red line excludes, in tail tables: below every threshold.
pub const FLAG: i32 = i32::MIN;

/// Entries of a row that are passed over together where none of them is great enough: a whole number of vectors on every
/// processor, and a part of every row.
pub(super) const STRETCH: usize = 16;

/// The plan of one score.
#[derive(Debug, Clone)]
pub struct ScorePlan {
    /// The terms of the score.
    pub terms: Vec<Term>,
    head: NestedSums,
    tail: NestedSums,
    /// `context_of[f]`.
    pub context_of: Vec<u32>,
    contexts: Vec<Context>,
    exclusion: Exclusion,
    /// `crossed[class]`: the tails that the exclusion rules out, so that a world has to mark only these.
    crossed: Vec<Vec<u32>>,
    lanes: Lanes,
}

#[derive(Debug, Clone)]
struct Context {
    /// `base[term]`: the row at which the head places a term that touches the tail.
    base: Vec<u32>,
    /// Class of the exclusion.
    class: u32,
}

impl ScorePlan {
    /// The plan of a score with these terms and these exclusions by red lines.
    pub fn of(terms: Vec<Term>, exclusion: Exclusion, layout: &Layout, radix: &[usize]) -> Self {
        let touches_tail = |t: &usize| terms[*t].issues.iter().any(|k| layout.tail.contains(k));
        let (in_tail, in_head): (Vec<usize>, Vec<usize>) = (0..terms.len()).partition(touches_tail);
        let head = NestedSums::of(&layout.head, &terms, &in_head, radix);
        let tail = NestedSums::of(&layout.tail, &terms, &in_tail, radix);
        let (context_of, contexts) = contexts(&terms, &in_tail, &exclusion, layout, radix);
        let crossed = exclusion.excluded.iter().map(|tails| {
            let tails = tails.iter().enumerate().filter(|(_, out)| **out);
            tails.map(|(tail, _)| tail as u32).collect()
        });
        let (crossed, lanes) = (crossed.collect(), Lanes::detect());
        Self { terms, head, tail, context_of, contexts, exclusion, crossed, lanes }
    }

    /// The same score with no red line: nothing is flagged.
    pub fn without_exclusion(&self) -> Self {
        let open = self.exclusion.excluded.iter().map(|tails| vec![false; tails.len()]).collect();
        let crossed = vec![Vec::new(); self.crossed.len()];
        Self { exclusion: Exclusion { excluded: open, ..self.exclusion.clone() }, crossed, ..self.clone() }
    }

    /// The same score without its red lines, filled for a world.
    pub fn opened(&self, world: &World, space: &Space) -> (Self, Tables) {
        let (plan, mut tables) = (self.without_exclusion(), Tables::default());
        plan.fill(world, space.scale, &space.layout, &mut tables);
        (plan, tables)
    }

    /// Fills the tables of this score for a world.
    pub fn fill(&self, world: &World, scale: Scale, layout: &Layout, tables: &mut Tables) {
        self.fill_marking(&self.crossed, world, scale, layout, tables);
    }

    /// The same without red lines: nothing is flagged.
    pub(super) fn fill_open(&self, world: &World, scale: Scale, layout: &Layout, tables: &mut Tables) {
        self.fill_marking(&[], world, scale, layout, tables);
    }

    fn fill_marking(&self, crossed: &[Vec<u32>], world: &World, scale: Scale, layout: &Layout, tables: &mut Tables) {
        tables.terms.resize_with(self.terms.len(), Vec::new);
        let seen = outlook(&self.terms, world);
        for (term, table) in self.terms.iter().zip(tables.terms.iter_mut()) {
            term.fill(world, scale, &seen, &mut tables.cells, table);
        }
        // Compiled once for each kind of processor, with all that is called inlined.
        self.lanes.run(
            #[inline(always)]
            || self.add_up(crossed, layout, tables),
        );
    }

    /// Adds the terms up to the scores of all packages, and works out the greatest and the least of them.
    #[inline(always)]
    fn add_up(&self, crossed: &[Vec<u32>], layout: &Layout, tables: &mut Tables) {
        let Tables { head, tail, top, least, most, peaks, terms, work, single, width, .. } = tables;
        *width = layout.width;
        head.resize(layout.heads(), 0);
        self.head.fill(terms, |_| 0, work, single, head);
        tail.resize(self.contexts.len() * layout.width, FLAG);
        peaks.resize(self.contexts.len() * layout.width / STRETCH, FLAG);
        most.clear();
        least.clear();
        let rows = tail.chunks_exact_mut(layout.width).zip(peaks.chunks_exact_mut(layout.width / STRETCH));
        for (context, (whole, peaks)) in self.contexts.iter().zip(rows) {
            let (row, pad) = whole.split_at_mut(layout.tails());
            pad.fill(FLAG);
            self.tail.fill(terms, |t| context.base[t] as usize, work, single, row);
            for crossed in crossed.get(context.class as usize).into_iter().flatten() {
                row[*crossed as usize] = FLAG;
            }
            least.push(row.iter().copied().fold(i32::MAX, i32::min));
            for (peak, stretch) in peaks.iter_mut().zip(whole.as_chunks::<STRETCH>().0) {
                *peak = stretch.iter().copied().fold(FLAG, i32::max);
            }
            most.push(peaks.iter().copied().fold(FLAG, i32::max));
        }
        top.clear();
        let at = |(context, head): (&u32, &i32)| match most[*context as usize] {
            FLAG => FLAG,
            most => most + head,
        };
        top.extend(self.context_of.iter().zip(head.iter()).map(at));
    }

    /// Score of one package from the tables of its terms, in units, whatever red lines say of it.
    pub fn open_score(&self, tables: &Tables, package: &Package) -> i64 {
        let terms = self.terms.iter().zip(&tables.terms);
        terms.map(|(term, table)| i64::from(table[term.row_of(package)])).sum()
    }

    /// Score of one package in a world for which no tables are filled, in units; `None` where a red line of this score is
    /// crossed.
    pub fn score_alone(&self, world: &World, scale: Scale, package: &Package, (head, tail): Place) -> Option<i64> {
        let class = self.contexts[self.context_of[head] as usize].class as usize;
        let seen = outlook(&self.terms, world);
        let worth = |term: &Term| term.worth(term.row_of(package), world, scale, &seen);
        (!self.exclusion.excluded[class][tail]).then(|| self.terms.iter().map(worth).sum())
    }

    /// Score of one package from its tables, in units; `None` where a red line of this score is crossed.
    pub fn score(&self, tables: &Tables, head: usize, tail: usize) -> Option<i64> {
        let entry = tables.row(self.context_of[head])[tail];
        (entry != FLAG).then(|| i64::from(tables.head[head]) + i64::from(entry))
    }
}

/// Tables of one score in one world.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// `head[f]`.
    pub head: Vec<i32>,
    /// `tail[context · width + j]`; the least whole number where a red line excludes, and in the padding.
    pub tail: Vec<i32>,
    /// `top[f]`: the greatest score among the packages of a head; the mark of an excluded one where all are.
    pub top: Vec<i32>,
    /// Least entry of each context's row.
    pub least: Vec<i32>,
    most: Vec<i32>,
    /// Greatest entry of each stretch of each context's row.
    peaks: Vec<i32>,
    width: usize,
    terms: Vec<Vec<i32>>,
    cells: Vec<i32>,
    work: [Vec<i32>; 2],
    single: Vec<i32>,
}

impl Tables {
    /// Whether nothing is known of any world.
    pub fn is_empty(&self) -> bool {
        self.head.is_empty()
    }

    /// Whether every term has the same worth in both: then every package has the same score.
    pub fn is_like(&self, other: &Self) -> bool {
        self.terms == other.terms
    }

    /// Empties them: nothing is known of any world.
    pub fn clear(&mut self) {
        for table in [&mut self.head, &mut self.tail, &mut self.top, &mut self.least] {
            table.clear();
        }
    }

    /// The row of a context.
    pub fn row(&self, context: u32) -> &[i32] {
        let from = context as usize * self.width;
        &self.tail[from..from + self.width]
    }

    /// The greatest entry of each stretch of the row of a context.
    pub(super) fn peaks(&self, context: u32) -> &[i32] {
        let stretches = self.width.div_ceil(STRETCH);
        &self.peaks[context as usize * stretches..][..stretches]
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
        if terms[t].issues.iter().all(|k| layout.tail.contains(k)) {
            continue;
        }
        let bases = terms[t].rows_over(&layout.head, radix);
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
fn canonical_bases(term: &Term, bases: &[u32], layout: &Layout, radix: &[usize]) -> BTreeMap<u32, u32> {
    let in_tail: Vec<IssueId> = layout.tail.iter().copied().filter(|k| term.issues.contains(k)).collect();
    let steps = term.rows_over(&in_tail, radix);
    let mut first: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
    let mut canonical = BTreeMap::new();
    for base in bases.iter().copied() {
        canonical.entry(base).or_insert_with(|| {
            let seen: Vec<u32> = steps.iter().map(|step| term.rows[(base + step) as usize]).collect();
            *first.entry(seen).or_insert(base)
        });
    }
    canonical
}

/// Nested sums over the issues of a block, one level an issue.
#[derive(Debug, Clone)]
struct NestedSums {
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

impl NestedSums {
    fn of(order: &[IssueId], terms: &[Term], members: &[usize], radix: &[usize]) -> Self {
        let mut levels: Vec<Level> =
            order.iter().map(|k| Level { radix: radix[k.0], single: vec![], multi: vec![] }).collect();
        for &t in members {
            let inside: Vec<usize> = (0..order.len()).filter(|i| terms[t].issues.contains(&order[*i])).collect();
            let Some(&last) = inside.last() else { continue };
            if let [only] = inside[..] {
                levels[only].single.push((t, terms[t].stride(order[only])));
            } else {
                levels[last].multi.push((t, terms[t].rows_over(&order[..=last], radix)));
            }
        }
        Self { levels }
    }

    /// Writes the sum of the members' rows, counted from `base[term]`, for every node of the last level to `out`.
    #[inline(always)]
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
#[inline(always)]
fn spread<const R: usize>(target: &mut [i32], parents: &[i32], single: &[i32]) {
    let single: [i32; R] = std::array::from_fn(|digit| single[digit]);
    for (row, parent) in target.as_chunks_mut::<R>().0.iter_mut().zip(parents) {
        for digit in 0..R {
            row[digit] = parent + single[digit];
        }
    }
}
