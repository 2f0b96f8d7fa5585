//! Discovery: in which part of the inputs does an outcome live?
//!
//! Two readers look at the same rows: PRIM, which looks for boxes, and a classification tree. Both choose on one half of
//! the rows and are scored on the other. Sources: Friedman and Fisher (1999), Bryant and Lempert (2010), Breiman,
//! Friedman, Olshen and Stone (1984).

mod choose;
mod hyperbox;
mod paste;
mod peel;
mod quasi;
mod ranks;
mod readers;
mod sharpen;
mod table;
mod tree;

use super::Share;
use hyperbox::hyperbox;
use peel::{Patience, Step, peel};
use quasi::{Judged, Side, judged};
use ranks::Sample;
use sharpen::{Sharpness, sharpen};

pub use choose::harmonic;
pub use hyperbox::{Hyperbox, Inside, Restriction};
pub use readers::{Agreement, Leaf, Tree};
pub use table::{Column, Table, Values};
pub use tree::TreeSettings;

/// How boxes are looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct DiscoverySettings {
    /// The share of its rows by which a box shrinks at a time, in (0, 1).
    pub alpha: f64,
    /// The share of all rows that a box holds at least; half the share of the target where that is less.
    pub least: f64,
    /// Boxes looked for, each in the rows that those before it leave, ≥ 1.
    pub boxes: usize,
    /// Which box of the first trade-off is taken, counted from 0; `None`: as [`Discovery`] says.
    pub choice: Option<usize>,
    /// The quasi-p-value above which a restriction is lifted again, divided by the number of slices that peeling can
    /// choose among.
    pub luck: f64,
    /// The second reader.
    pub tree: TreeSettings,
}

impl Default for DiscoverySettings {
    /// α = 0.05 and boxes of at least 5 % of the rows, as in Friedman and Fisher (1999); restrictions are lifted above
    /// 0.05, the usual level.
    fn default() -> Self {
        Self { alpha: 0.05, least: 0.05, boxes: 1, choice: None, luck: 0.05, tree: TreeSettings::default() }
    }
}

/// A box with its counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The box.
    pub hyperbox: Hyperbox,
    /// Of all rows of the target, the share that the box holds.
    pub coverage: Share,
    /// Of the rows in the box, the share that meets the target.
    pub density: Share,
    /// Of all rows, the share that the box holds.
    pub mass: Share,
}

impl Scored {
    /// A box on some rows of a table.
    fn on(table: &Table, hyperbox: Hyperbox, rows: &[u32]) -> Self {
        let inside: Vec<u32> = rows.iter().filter(|row| hyperbox.holds(table, **row)).copied().collect();
        let [coverage, density, mass] = shares(table, &inside, rows);
        Self { hyperbox, coverage, density, mass }
    }

    fn of(hyperbox: Hyperbox, (rows, hits): (u64, u64), (all_rows, all_hits): (u64, u64)) -> Self {
        let (coverage, density) = (Share::of(hits, all_hits), Share::of(hits, rows));
        Self { hyperbox, coverage, density, mass: Share::of(rows, all_rows) }
    }
}

/// One side of a restriction of a box that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// The column.
    pub column: usize,
    /// Which side.
    pub end: End,
    /// Its quasi-p-value: could luck alone make it look useful?
    pub quasi_p: f64,
    /// The share of the target in the box without this side, on the rows on which it was chosen.
    pub density_without: Share,
}

/// A side of a restriction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The lower limit of numbers.
    Low,
    /// The upper limit of numbers.
    High,
    /// The levels of words, or that a number is given at all.
    Whole,
}

/// One box that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The boxes from all rows to the smallest, on the rows on which they are chosen; coverage is of the hits that the
    /// boxes before left.
    pub trajectory: Vec<Scored>,
    /// The place on it that was taken.
    pub choice: usize,
    /// The box after lifting and pasting, on the rows on which it was chosen.
    pub chosen: Scored,
    /// The same box on the other rows, of all rows and hits there that the boxes before left.
    pub scored: Scored,
    /// Every side of its restrictions.
    pub limits: Vec<Limit>,
}

/// What was found.
///
/// Unless one is asked for, the box taken of a trade-off is, of those whose harmonic mean of coverage and density is
/// within 0.02 of the highest, one with the fewest restricted columns, and of these the highest. From it restrictions
/// that luck can explain are lifted, its limits are sharpened, and it is pasted; one that is asked for is not sharpened.
#[derive(Debug, Clone, PartialEq)]
pub struct Discovery {
    /// Rows on which boxes are chosen, and those of them that meet the target.
    pub chosen_on: Share,
    /// Rows on which they are scored, and those of them that meet the target.
    pub scored_on: Share,
    /// The boxes, in the order in which they were found; none where no restriction helps.
    pub found: Vec<Found>,
    /// All boxes together, on the rows on which they are scored: their union.
    pub union: Option<[Share; 3]>,
    /// The second reader, and how far it agrees with the first box.
    pub tree: Tree,
}

/// Looks for boxes in which rows of the target are frequent. Fast: columns are sorted once for each box.
///
/// Complexity: O(d N log N) for d columns of N rows.
#[must_use]
pub fn discover(table: &Table, settings: &DiscoverySettings) -> Discovery {
    let [even, odd] = table.halves();
    let base = |rows: &[u32]| table.share(rows);
    let mut found: Vec<Found> = Vec::new();
    let (mut left, mut left_odd) = (even.clone(), odd.clone());
    for place in 0..settings.boxes {
        let choice = settings.choice.filter(|_| place == 0);
        let Some(next) = one_box(table, (&left, &left_odd), (even.len(), settings), choice) else { break };
        let outside = |row: &u32| !next.chosen.hyperbox.holds(table, *row);
        left.retain(outside);
        left_odd.retain(outside);
        found.push(next);
    }
    let union = (!found.is_empty()).then(|| union(table, &odd, &found));
    let sample = Sample::of(table, &even);
    let tree = Tree::of(table, &sample, &odd, settings.tree, found.first());
    Discovery { chosen_on: base(&even), scored_on: base(&odd), found, union, tree }
}

/// The boxes that peeling alone goes through on all rows of a table, with rows and hits of each.
#[must_use]
pub fn peeled(table: &Table, settings: &DiscoverySettings) -> Vec<Scored> {
    let rows: Vec<u32> = (0..table.rows() as u32).collect();
    let sample = Sample::of(table, &rows);
    let steps = peel(&sample, patience(&sample, rows.len(), settings));
    trajectory(&sample, &steps)
}

/// Coverage, density and mass of all boxes together.
fn union(table: &Table, odd: &[u32], found: &[Found]) -> [Share; 3] {
    let inside = |row: &&u32| found.iter().any(|f| f.chosen.hyperbox.holds(table, **row));
    let rows: Vec<u32> = odd.iter().filter(inside).copied().collect();
    shares(table, &rows, odd)
}

/// Coverage, density and mass of the rows `inside` among `all`.
fn shares(table: &Table, inside: &[u32], all: &[u32]) -> [Share; 3] {
    let hits: Vec<u32> = all.iter().filter(|row| table.hits[**row as usize]).copied().collect();
    [table.part(table.hits_of(inside), &hits), table.share(inside), table.part(inside.len() as u64, all)]
}

fn patience(sample: &Sample, all_rows: usize, settings: &DiscoverySettings) -> Patience {
    let base = sample.all_hits as f64 / sample.rows().max(1) as f64;
    let least = settings.least.min(base / 2.0) * all_rows as f64;
    Patience { alpha: settings.alpha, least: (least.ceil() as u64).max(LEAST_ROWS) }
}

/// Rows that a box holds at least, whatever else is asked: fewer say nothing.
const LEAST_ROWS: u64 = 10;

fn trajectory(sample: &Sample, steps: &[Step]) -> Vec<Scored> {
    let all = (sample.rows(), sample.all_hits);
    steps.iter().map(|s| Scored::of(hyperbox(&sample.ranked, &s.kept), (s.rows, s.hits), all)).collect()
}

/// One box; `None` if nothing can be told apart.
fn one_box(
    table: &Table,
    (even, odd): (&[u32], &[u32]),
    (all_rows, settings): (usize, &DiscoverySettings),
    choice: Option<usize>,
) -> Option<Found> {
    let sample = Sample::of(table, even);
    let patience = patience(&sample, all_rows, settings);
    let steps = peel(&sample, patience);
    let trajectory = trajectory(&sample, &steps);
    let columns = |step: &Step| hyperbox(&sample.ranked, &step.kept).restrictions.len();
    let luck = settings.luck / slices(&sample).max(1) as f64;
    let place = choice.unwrap_or_else(|| choose::choice(&steps, columns, sample.all_hits)).min(steps.len() - 1);
    let mut step = paste::lift(&sample, steps[place].clone(), luck);
    if choice.is_none() {
        step = sharpen(&sample, step, Sharpness { lift: luck, add: luck, least: patience.least });
    }
    let step = paste::paste(&sample, step);
    let all = (sample.rows(), sample.all_hits);
    let chosen = Scored::of(hyperbox(&sample.ranked, &step.kept), (step.rows, step.hits), all);
    if chosen.hyperbox.restrictions.is_empty() {
        return None;
    }
    let scored = Scored::on(table, chosen.hyperbox.clone(), odd);
    let limits = judged(&sample, &step).iter().map(|judged| limit(&sample, judged)).collect();
    Some(Found { trajectory, choice: place, chosen, scored, limits })
}

/// Slices that peeling can choose among.
fn slices(sample: &Sample) -> usize {
    sample.ranked.iter().map(|of| if of.is_number { 2 } else { of.values.len() }).sum()
}

fn limit(sample: &Sample, judged: &Judged) -> Limit {
    let end = match judged.side {
        Side::Low(_) => End::Low,
        Side::High(_) => End::High,
        Side::Whole(_) => End::Whole,
    };
    Limit {
        column: sample.ranked[judged.side.place()].column,
        end,
        quasi_p: judged.quasi_p,
        density_without: Share::of(judged.without.hits, judged.without.rows),
    }
}

#[cfg(test)]
mod tests;
