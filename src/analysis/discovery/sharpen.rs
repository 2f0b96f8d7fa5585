//! Sharpening: limits are moved to where they tell most, and what peeling did not find is added.

use super::hyperbox::Kept;
use super::paste::lift;
use super::peel::Step;
use super::quasi::at_least;
use super::ranks::{Ranked, Sample};
use crate::num;

/// What sharpening may do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sharpness {
    /// The quasi-p-value above which a limit is lifted.
    pub lift: f64,
    /// That up to which a limit is added, before it is divided by the places that its cut was chosen among.
    pub add: f64,
    /// Rows that a box holds at least.
    pub least: u64,
}

/// Moves, again and again, the one limit of numbers whose best place raises most what the box tells of the target,
///
/// ```text
/// G = Σ over inside and outside of ( h ln(h / n p) + (n − h) ln((n − h) / n (1 − p)) ),   p = H / N
/// ```
///
/// or adds one that is not there, if its quasi-p-value times the places among which it is the best is small; then lifts what
/// luck explains. G is half the likelihood ratio statistic of a table of two by two: it is 0 for all rows, and does not
/// prefer a box for being large where the target is frequent anyway. Peeling alone wastes rows on columns that mean nothing
/// before it has found all that do. Source: Wilks (1938) for G; coordinate by coordinate: assumption.
pub(super) fn sharpen(sample: &Sample, mut step: Step, sharpness: Sharpness) -> Step {
    /// Moves at most; each raises G, so that there is an end without it too.
    const MOVES: usize = 100;
    for _ in 0..MOVES {
        let next = moved(sample, &step, sharpness).unwrap_or_else(|| lift(sample, step.clone(), sharpness.lift));
        if next == step {
            break;
        }
        step = next;
    }
    step
}

/// The best move; `None` if none raises G.
fn moved(sample: &Sample, step: &Step, sharpness: Sharpness) -> Option<Step> {
    let keeps = who_keeps_out(sample, step);
    let now = tells(sample, step.rows, step.hits);
    let mut best: Option<(f64, Step)> = None;
    for (place, of) in sample.ranked.iter().enumerate().filter(|(_, of)| of.is_number) {
        for end in [Edge::Low, Edge::High] {
            let scan = Scan { sample, of, place, end, keeps: &keeps, step };
            let found = scan.best(sharpness);
            let least = best.as_ref().map_or(now * (1.0 + 1e-9) + 1e-9, |(g, _)| *g);
            best = found.filter(|(g, _)| *g > least).or(best);
        }
    }
    best.map(|(_, step)| step)
}

/// What a box of these rows and hits tells; 0 where the target is no more frequent in it.
fn tells(sample: &Sample, rows: u64, hits: u64) -> f64 {
    let (all, all_hits) = (sample.rows() as f64, sample.all_hits);
    let share = all_hits as f64 / all;
    let part = |k: f64, expected: f64| if k > 0.0 { k * num::ln(k / expected) } else { 0.0 };
    let of = |n: f64, h: f64| part(h, n * share) + part(n - h, n * (1.0 - share));
    let (n, h) = (rows as f64, hits as f64);
    if h <= n * share { 0.0 } else { of(n, h) + of(all - n, all_hits as f64 - h) }
}

/// For each row 0 if it is inside, 1 + the column that alone keeps it out, or [`SEVERAL`].
fn who_keeps_out(sample: &Sample, step: &Step) -> Vec<u32> {
    let mut who = vec![0; sample.hits.len()];
    for (place, (of, kept)) in sample.ranked.iter().zip(&step.kept).enumerate() {
        if *kept == Kept::all(of) {
            continue;
        }
        for (who, group) in who.iter_mut().zip(&of.of) {
            if !kept.holds(*group) {
                *who = if *who == 0 { place as u32 + 1 } else { SEVERAL };
            }
        }
    }
    who
}

/// Several columns keep a row out.
const SEVERAL: u32 = u32::MAX;

/// An end of a column of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Low,
    High,
}

/// All places of one limit, all else as it is.
struct Scan<'a> {
    sample: &'a Sample,
    of: &'a Ranked,
    place: usize,
    end: Edge,
    keeps: &'a [u32],
    step: &'a Step,
}

impl Scan<'_> {
    /// The box with the limit where it tells most; `None` if it cannot be there.
    fn best(&self, sharpness: Sharpness) -> Option<(f64, Step)> {
        let Kept::Span { low, high, .. } = self.step.kept[self.place] else { return None };
        let last = self.of.groups().saturating_sub(1);
        let (is_there, other) = match self.end {
            Edge::Low => (low > 0, high),
            Edge::High => (high < last, low),
        };
        let counts = self.counts(other);
        let all = counts.last().map(|(_, rows, hits)| (*rows, *hits))?;
        let inside = counts.iter().filter(|(group, rows, _)| self.is_cut(*group, last) && *rows >= sharpness.least);
        let judged = inside.map(|(group, rows, hits)| (tells(self.sample, *rows, *hits), *group, *rows, *hits));
        let (g, group, rows, hits) = judged.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        if !is_there && at_least(hits, rows, all.1 as f64 / all.0.max(1) as f64) * counts.len() as f64 > sharpness.add {
            return None;
        }
        let mut kept = self.step.kept.clone();
        let (low, high) = if self.end == Edge::Low { (group, other) } else { (other, group) };
        kept[self.place] = Kept::Span { low, high, empty: false };
        Some((g, Step { kept, rows, hits }))
    }

    fn is_cut(&self, group: u32, last: u32) -> bool {
        if self.end == Edge::Low { group > 0 } else { group < last }
    }

    /// From the other end on, group by group: rows and hits of the box if the limit were behind that group.
    fn counts(&self, other: u32) -> Vec<(u32, u64, u64)> {
        let at = |group: u32| self.of.start[group as usize] as usize;
        match self.end {
            Edge::High => self.counted(at(other)..self.of.order.len()),
            Edge::Low => self.counted((0..at(other + 1)).rev()),
        }
    }

    fn counted(&self, entries: impl Iterator<Item = usize>) -> Vec<(u32, u64, u64)> {
        let mut counts: Vec<(u32, u64, u64)> = Vec::new();
        let (mut rows, mut hits) = (0, 0);
        for entry in entries {
            let (row, hit) = (self.of.order[entry] >> 1, self.of.order[entry] & 1);
            let keeps = self.keeps[row as usize];
            if keeps != 0 && keeps != self.place as u32 + 1 {
                continue;
            }
            rows += 1;
            hits += u64::from(hit);
            let group = self.of.group[entry];
            match counts.last_mut() {
                Some(last) if last.0 == group => *last = (group, rows, hits),
                _ => counts.push((group, rows, hits)),
            }
        }
        counts
    }
}
