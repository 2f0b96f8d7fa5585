//! Discovery: in which part of the inputs does an outcome live?
//!
//! Two readers look at the same rows: PRIM, which looks for boxes, and a classification tree. Both choose on one half of
//! the rows and are scored on the other. Sources: Friedman and Fisher (1999), Bryant and Lempert (2010), Breiman,
//! Friedman, Olshen and Stone (1984).

mod cases;
mod hyperbox;
mod paste;
mod peel;
mod quasi;
mod ranks;
mod sharpen;
mod tree;

use super::Share;
use peel::peel;
use quasi::{Candidate, JudgedSide, judged, lift};
use ranks::{Content, Sample};
use sharpen::sharpen;

pub use cases::{Cases, Column, Values};
pub use hyperbox::{Hyperbox, Inside, Restriction};
pub use tree::{Agreement, Leaf, Tree, TreeSettings};

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
    fn on(cases: &Cases, hyperbox: Hyperbox, rows: &[u32]) -> Self {
        let inside: Vec<u32> = rows.iter().filter(|row| hyperbox.holds(cases, **row)).copied().collect();
        let [coverage, density, mass] = shares(cases, &inside, rows);
        Self { hyperbox, coverage, density, mass }
    }

    /// A box with what is in it, among all rows in which it was chosen.
    fn of(hyperbox: Hyperbox, inside: Content, all: Content) -> Self {
        let (coverage, density) = (Share::of(inside.hits, all.hits), Share::of(inside.hits, inside.rows));
        Self { hyperbox, coverage, density, mass: Share::of(inside.rows, all.rows) }
    }
}

/// One side of a restriction of a box that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// The column.
    pub column: usize,
    /// Which side.
    pub side: LimitSide,
    /// Its quasi-p-value: could luck alone make it look useful?
    pub quasi_p: f64,
    /// The share of the target in the box without this side, on the rows on which it was chosen.
    pub density_without: Share,
}

/// A side of a restriction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitSide {
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
pub fn discover(cases: &Cases, settings: &DiscoverySettings) -> Discovery {
    let [even, odd] = cases.halves();
    let mut found: Vec<Found> = Vec::new();
    let (mut left, mut left_odd) = (even.clone(), odd.clone());
    for place in 0..settings.boxes {
        let choice = settings.choice.filter(|_| place == 0);
        let Some(next) = one_box(cases, (&left, &left_odd), (even.len(), settings), choice) else { break };
        let outside = |row: &u32| !next.chosen.hyperbox.holds(cases, *row);
        left.retain(outside);
        left_odd.retain(outside);
        found.push(next);
    }
    let union = (!found.is_empty()).then(|| union(cases, &odd, &found));
    let tree = Tree::of(cases, &Sample::of(cases, &even), &odd, settings.tree, found.first());
    Discovery { chosen_on: cases.share(&even), scored_on: cases.share(&odd), found, union, tree }
}

/// The boxes that peeling alone goes through on all rows of a table, with rows and hits of each.
pub fn peeled(cases: &Cases, settings: &DiscoverySettings) -> Vec<Scored> {
    let rows: Vec<u32> = (0..cases.rows() as u32).collect();
    let sample = Sample::of(cases, &rows);
    let steps = peel(&sample, settings.alpha, fewest(&sample, rows.len(), settings));
    steps.iter().map(|step| scored(&sample, step)).collect()
}

/// Coverage, density and mass of all boxes together.
fn union(cases: &Cases, odd: &[u32], found: &[Found]) -> [Share; 3] {
    let inside = |row: &&u32| found.iter().any(|f| f.chosen.hyperbox.holds(cases, **row));
    let rows: Vec<u32> = odd.iter().filter(inside).copied().collect();
    shares(cases, &rows, odd)
}

/// Coverage, density and mass of the rows `inside` among `all`.
fn shares(cases: &Cases, inside: &[u32], all: &[u32]) -> [Share; 3] {
    let hits: Vec<u32> = all.iter().filter(|row| cases.hits[**row as usize]).copied().collect();
    [cases.part(cases.hits_of(inside), &hits), cases.share(inside), cases.part(inside.len() as u64, all)]
}

/// Rows that a box holds at least.
fn fewest(sample: &Sample, all_rows: usize, settings: &DiscoverySettings) -> u64 {
    let least = settings.least.min(sample.all.share() / 2.0) * all_rows as f64;
    (least.ceil() as u64).max(LEAST_ROWS)
}

/// Rows that a box holds at least, whatever else is asked: fewer say nothing.
const LEAST_ROWS: u64 = 10;

/// A box on the rows on which it is chosen.
fn scored(sample: &Sample, candidate: &Candidate) -> Scored {
    Scored::of(candidate.hyperbox(sample), candidate.content, sample.all)
}

/// One box; `None` if nothing can be told apart.
fn one_box(
    cases: &Cases,
    (even, odd): (&[u32], &[u32]),
    (all_rows, settings): (usize, &DiscoverySettings),
    choice: Option<usize>,
) -> Option<Found> {
    let sample = Sample::of(cases, even);
    let least = fewest(&sample, all_rows, settings);
    let steps = peel(&sample, settings.alpha, least);
    let trajectory: Vec<Scored> = steps.iter().map(|step| scored(&sample, step)).collect();
    let luck = settings.luck / slices(&sample).max(1) as f64;
    let place = choice.unwrap_or_else(|| simplest(&trajectory)).min(steps.len() - 1);
    let mut candidate = lift(&sample, steps[place].clone(), luck);
    if choice.is_none() {
        candidate = sharpen(&sample, candidate, luck, least);
    }
    let candidate = paste::paste(&sample, candidate);
    let chosen = self::scored(&sample, &candidate);
    if chosen.hyperbox.restrictions.is_empty() {
        return None;
    }
    let scored = Scored::on(cases, chosen.hyperbox.clone(), odd);
    let limits = judged(&sample, &candidate).into_iter().map(|judged| limit(&sample, judged)).collect();
    Some(Found { trajectory, choice: place, chosen, scored, limits })
}

/// The place of the box that is taken unless the user says otherwise: of those whose harmonic mean of coverage c and
/// density d, 2 c d / (c + d), is within 0.02 of the highest, one with the fewest restricted columns, and of these the
/// highest.
///
/// Assumption: coverage and density count alike, and a column fewer is worth 0.02. The harmonic mean is the measure F₁
/// of van Rijsbergen (1979).
fn simplest(trajectory: &[Scored]) -> usize {
    const NEARLY: f64 = 0.02;
    let harmonic = |s: &Scored| {
        let (c, d) = (s.coverage.share, s.density.share);
        if c + d <= 0.0 { 0.0 } else { 2.0 * c * d / (c + d) }
    };
    let highest = trajectory.iter().map(harmonic).fold(0.0, f64::max);
    let near = trajectory.iter().enumerate().filter(|(_, s)| harmonic(s) >= highest - NEARLY);
    let fewest = |(_, a): &(usize, &Scored), (_, b): &(usize, &Scored)| {
        let columns = |s: &Scored| s.hyperbox.restrictions.len();
        columns(a).cmp(&columns(b)).then(harmonic(b).total_cmp(&harmonic(a)))
    };
    near.min_by(fewest).map_or(0, |(place, _)| place)
}

/// Slices that peeling can choose among.
fn slices(sample: &Sample) -> usize {
    sample.ranked.iter().map(|of| if of.is_number { 2 } else { of.values.len() }).sum()
}

fn limit(sample: &Sample, JudgedSide { place, side, without, quasi_p }: JudgedSide) -> Limit {
    let density_without = Share::of(without.content.hits, without.content.rows);
    Limit { column: sample.ranked[place].column, side, quasi_p, density_without }
}

#[cfg(test)]
mod tests;
