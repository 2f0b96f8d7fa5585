//! How the tables of one score are filled, worked out once for all worlds.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Scale, World};

use super::block::{Block, stride};
use super::exclusion::Exclusion;
use super::layout::{Layout, offsets};
use super::terms::Term;

/// The mark of a package that a red line excludes, in tail tables: below every threshold.
pub const FLAG: i32 = i32::MIN;

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

impl Plan {
    /// Score of one package from its tables, in units; `None` where a red line of this score is crossed.
    #[must_use]
    pub fn score(&self, tables: &Tables, head: usize, tail: usize) -> Option<i64> {
        let entry = tables.row(self.context_of[head])[tail];
        (entry != FLAG).then(|| i64::from(tables.head[head]) + i64::from(entry))
    }
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
