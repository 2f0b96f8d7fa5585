//! How far the answer depends on each uncertain input: worlds in the lower half of its range against the upper half.
//!
//! Halves are taken within each reading, by that reading's own median, and then put together: an input that readings set
//! differently would otherwise only tell which reading was drawn.

use itertools::Itertools as _;

use crate::engine::{Accounts, Drawn, Tally as _, adds_up, packs};
use crate::model::{InputId, InputKind, Law, Negotiation, QuantileTables, Quantity};
use crate::num::{Ordered, Share};
use crate::space::Margin;

/// One uncertain input and what the answer is in either half of its distribution.
///
/// Even runs and odd ones are counted apart: of many inputs the one that seems to matter most owes some of that to luck,
/// which is not that of the other runs.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Driver {
    /// The input.
    pub input: InputId,
    /// Where each reading divides it, `medians[reading]` (one entry if there are no readings); `None` where it does not
    /// vary.
    pub medians: Vec<Option<f64>>,
    /// On even runs: by these inputs are ranked and chosen.
    pub chosen: HalvesApart,
    /// On odd runs: these are shown.
    pub shown: HalvesApart,
}

/// The answer in either half of an input's distribution: where a chance does not happen, and where it does.
///
/// Means are weighted by the worlds of each reading r in which the input varies:
///
/// ```text
/// effect = Σ_r w_r · (mean margin above the median − mean margin at or below it),   w_r = worlds_r / Σ worlds
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HalvesApart {
    /// One exists, in worlds at or below the median.
    pub exists_low: Share,
    /// One exists, in worlds above it.
    pub exists_high: Share,
    /// Mean finite margin in worlds at or below the median.
    pub margin_low: f64,
    /// Mean finite margin in worlds above it.
    pub margin_high: f64,
    /// `margin_high` − `margin_low`; 0 where one half holds no world.
    pub effect: f64,
    /// Standard error of the effect (independent halves).
    pub error: f64,
    /// It is reached, in runs at or below the median; of none where no talks are run.
    pub reached_low: Share,
    /// It is reached, in runs above it.
    pub reached_high: Share,
    /// What the number does to the share that is reached, weighted as the effect is, in [−1, 1]:
    /// `Σ_r w_r · (p above − p at or below)`.
    pub reach: f64,
    /// Standard error of `reach`, with one run added to either side of each half so that none is never certain.
    pub reach_error: f64,
}

impl Driver {
    /// The median, if all readings in which it varies have the same.
    pub fn median(&self) -> Option<f64> {
        let mut medians = self.medians.iter().flatten();
        let first = *medians.next()?;
        medians.all(|m| *m == first).then_some(first)
    }
}

/// The inputs that vary, each with the values that divide its worlds, one a reading.
#[derive(Debug, Clone)]
pub(super) struct Drivers(Vec<(InputId, Vec<Option<f64>>)>);

impl Drivers {
    pub(super) fn of(n: &Negotiation, accounts: &Accounts, tables: &mut QuantileTables) -> Self {
        let count = n.readings.len().max(1);
        let asked = |r: usize| accounts.reading.is_none_or(|only| only == r);
        let laws = |r: usize| n.laws((!n.readings.is_empty()).then_some(r), &accounts.variants);
        let laws: Vec<Option<Vec<Law>>> = (0..count).map(|r| asked(r).then(|| laws(r))).collect();
        let mut divided = |(id, input): (InputId, &crate::model::Input)| {
            let chance = input.kind == InputKind::Chance;
            let mut median = |laws: &Option<Vec<Law>>| match &laws.as_ref()?[id.0] {
                Law::Own(quantity) => divide(quantity, chance, tables),
                // What follows a shared unknown is counted with the unknown.
                Law::Shared { .. } => None,
            };
            let medians: Vec<Option<f64>> = laws.iter().map(&mut median).collect();
            medians.iter().any(Option::is_some).then_some((id, medians))
        };
        Self(n.inputs.iter().filter_map(&mut divided).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// The value that divides a quantity's worlds in two halves; `None` if it does not vary.
fn divide(quantity: &Quantity, chance: bool, tables: &mut QuantileTables) -> Option<f64> {
    if chance {
        let open = !quantity.is_fixed() || (quantity.modal() > 0.0 && quantity.modal() < 1.0);
        return open.then_some(0.5);
    }
    (!quantity.is_fixed()).then(|| quantity.median(tables))
}

/// Sums over worlds, one for each half of an input in each reading.
#[derive(Debug, Clone)]
pub(super) struct DriverSums {
    readings: usize,
    /// `sums[parity of the run][driver · readings + reading][half]`.
    sums: [Vec<[Half; 2]>; 2],
}

#[derive(Debug, Clone, Copy, Default)]
struct Half {
    worlds: u64,
    exists: u64,
    finite: u64,
    /// Runs, and those in which it is reached.
    runs: u64,
    reached: u64,
    /// Σ margin and Σ margin², in units of 2⁻²⁴ and 2⁻⁴⁸: whole numbers add up to the same in any order.
    sum: i128,
    squares: i128,
}

const UNITS: f64 = 16_777_216.0;

adds_up!(Half: worlds, exists, finite, runs, reached, sum, squares);
packs!(Half: worlds, exists, finite, runs, reached, sum, squares);
adds_up!(DriverSums: sums; keeps readings);
packs!(DriverSums: sums; keeps readings);

impl DriverSums {
    pub(super) fn new(inputs: usize, readings: usize) -> Self {
        Self { readings, sums: [(); 2].map(|()| vec![[Half::default(); 2]; inputs * readings]) }
    }

    /// Adds a world, and whether its run reached it, if one was made.
    pub(super) fn add(&mut self, drivers: &Drivers, drawn: &Drawn, margin: Margin, reached: Option<bool>) {
        let (reading, world) = (drawn.reading.unwrap_or(0), &drawn.world);
        let sums = &mut self.sums[(drawn.run % 2) as usize];
        let units = margin.share().map(|share| (share * UNITS).round() as i128);
        let one = Half {
            worlds: 1,
            exists: u64::from(margin.exists()),
            finite: u64::from(units.is_some()),
            runs: u64::from(reached.is_some()),
            reached: u64::from(reached == Some(true)),
            sum: units.unwrap_or(0),
            squares: units.map_or(0, |units| units * units),
        };
        for ((input, medians), halves) in drivers.0.iter().zip(sums.chunks_exact_mut(self.readings)) {
            let Some(median) = medians[reading] else { continue };
            halves[reading][usize::from(world.value(*input) > median)].merge(one);
        }
    }

    /// All drivers, greatest effect on even runs first; equal ones by path.
    pub(super) fn summary(&self, n: &Negotiation, drivers: &Drivers) -> Vec<Driver> {
        let [even, odd] = self.sums.each_ref().map(|sums| sums.chunks_exact(self.readings).map(halves_apart));
        let driver = |((input, medians), (chosen, shown)): (&(InputId, Vec<Option<f64>>), _)| Driver {
            input: *input,
            medians: medians.clone(),
            chosen,
            shown,
        };
        let each = drivers.0.iter().zip(even.zip(odd)).map(driver);
        let path = |d: &Driver| &n.inputs.get(d.input).path;
        let size = |d: &Driver| d.chosen.effect.abs();
        each.ordered_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| path(a).cmp(path(b)))).collect()
    }
}

/// What the halves of an input say, `halves[reading]`.
fn halves_apart(halves: &[[Half; 2]]) -> HalvesApart {
    let total = |side: usize, f: fn(&Half) -> u64| halves.iter().map(|h| f(&h[side])).sum::<u64>();
    let exists = |side| Share::of(total(side, |h| h.exists), total(side, |h| h.worlds));
    // A reading with fewer than two worlds in a half says nothing of the difference.
    let told: Vec<&[Half; 2]> = halves.iter().filter(|[low, high]| low.finite > 1 && high.finite > 1).collect();
    let worlds = |h: &[Half; 2]| (h[0].finite + h[1].finite) as f64;
    let all: f64 = told.iter().map(|h| worlds(h)).sum();
    let weighted = |f: &dyn Fn(&[Half; 2]) -> f64| sum(told.iter().map(|h| worlds(h) / all * f(h)));
    let (low, high) = (weighted(&|h| h[0].mean()), weighted(&|h| h[1].mean()));
    let variance = |h: &[Half; 2]| {
        let weight = worlds(h) / all;
        weight * weight * (h[0].variance_of_mean() + h[1].variance_of_mean())
    };
    let reached = |side| Share::of(total(side, |h| h.reached), total(side, |h| h.runs));
    let played: Vec<&[Half; 2]> = halves.iter().filter(|[low, high]| low.runs > 0 && high.runs > 0).collect();
    let runs = |h: &[Half; 2]| (h[0].runs + h[1].runs) as f64;
    let all_runs: f64 = played.iter().map(|h| runs(h)).sum();
    let over_runs = |f: &dyn Fn(&[Half; 2]) -> f64| sum(played.iter().map(|h| f(h)));
    HalvesApart {
        reached_low: reached(0),
        reached_high: reached(1),
        reach: over_runs(&|h| runs(h) / all_runs * (h[1].share_reached() - h[0].share_reached())),
        reach_error: over_runs(&|h| {
            (runs(h) / all_runs) * (runs(h) / all_runs) * (h[0].variance_reached() + h[1].variance_reached())
        })
        .sqrt(),
        exists_low: exists(0),
        exists_high: exists(1),
        margin_low: low,
        margin_high: high,
        effect: high - low,
        error: sum(told.iter().map(|h| variance(h))).sqrt(),
    }
}

/// The sum of numbers, the same for any order of the readings that give them.
fn sum(numbers: impl Iterator<Item = f64>) -> f64 {
    // From 0 on, for the sum of none is −0 otherwise.
    numbers.sorted_unstable_by(f64::total_cmp).fold(0.0, |sum, number| sum + number)
}

impl Half {
    fn mean(&self) -> f64 {
        if self.finite == 0 { 0.0 } else { self.sum as f64 / UNITS / self.finite as f64 }
    }

    fn share_reached(&self) -> f64 {
        self.reached as f64 / self.runs.max(1) as f64
    }

    fn variance_reached(&self) -> f64 {
        let n = self.runs as f64 + 2.0;
        let p = (self.reached as f64 + 1.0) / n;
        p * (1.0 - p) / n
    }

    fn variance_of_mean(&self) -> f64 {
        let n = self.finite as f64;
        let mean = self.mean();
        let second = self.squares as f64 / (UNITS * UNITS) / n;
        ((second - mean * mean).max(0.0) / (n - 1.0)).max(0.0)
    }
}
