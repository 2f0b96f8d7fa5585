//! The best of a vast space by some measure, exactly and without its frontier.
//!
//! Mixtures of packages are easily made the best of: by multipliers, which give the most that any package can reach and
//! weights under which little lies close to it (Everett 1963). Then the blocks are summed as for a frontier, less all that cannot
//! come within a step of that most any more. What is left holds every package at the best; if nothing is, the step grows.

use std::cell::RefCell;

use super::super::frontier::{Collector, Demand, Frontier, NoFrontier, Progress};
use super::{Limits, Milestone};
use crate::num;

/// What is asked of a vector: of `Σ weights · utility`, `line` at least; or, if it is measured, as much above the line as can be
/// had, in units of `measure`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ask {
    /// `weights[score]`, ≥ 0.
    pub weights: Vec<i64>,
    /// Where it begins.
    pub line: i64,
    /// The unit in which it is measured; `None`: the line is enough.
    pub measure: Option<f64>,
}

impl Ask {
    /// That one score is at least so much, or measured from there.
    pub fn of(scores: usize, score: usize, line: i64, measure: Option<f64>) -> Self {
        Self { weights: (0..scores).map(|s| i64::from(s == score)).collect(), line, measure }
    }

    /// What all reach alike.
    pub fn nothing(scores: usize) -> Self {
        Self { weights: vec![0; scores.max(1)], line: 0, measure: Some(1.0) }
    }

    fn above(&self, utility: &[i64]) -> i64 {
        self.weights.iter().zip(utility).map(|(w, u)| w * u).sum::<i64>() - self.line
    }

    /// How far above the line a vector is, in units of the measure; `None` where it is not measured.
    pub fn share(&self, utility: &[i64]) -> Option<f64> {
        Some(self.above(utility) as f64 / self.measure?)
    }

    /// What it asks of a vector with a level: from one unit below, which makes up for rounding.
    fn demand(&self, level: f64) -> Demand {
        let line = self.line.clamp(-FAR, FAR);
        let raised = |unit: f64| line + ((level * unit).floor() as i64).saturating_sub(1).clamp(-FAR, FAR);
        Demand { weights: self.weights.clone(), least: self.measure.map_or(line, raised) }
    }
}

/// Hears how many sums are looked at next, and how far it is.
type Watch<'w> = dyn FnMut(u64, Progress) -> Result<(), NoFrontier> + 'w;

/// Farther than any sum of scores reaches: whatever lies beyond is out of reach, or asked in vain.
const FAR: i64 = 1 << 40;

/// Times that multipliers are moved.
const MOVES: u32 = 200;

/// The greatest multiplier as a whole number.
const WHOLE: f64 = (1 << 16) as f64;

/// Steps below the most that mixtures reach, as shares of the distance to the best package met so far.
const STEPS: [f64; 4] = [1.0 / 4096.0, 1.0 / 256.0, 1.0 / 16.0, 1.0];

/// Blocks of some scores, case by case.
pub(super) struct Sums<'w> {
    /// Number of scores.
    pub scores: usize,
    /// The frontiers of the blocks of each case.
    pub cases: Vec<Vec<Frontier>>,
    /// How far sums may go, and who hears of them.
    pub limits: Limits<'w>,
    /// What is looked for.
    pub what: &'static str,
}

/// The most that mixtures of the packages of one case reach, and the multipliers that show it.
#[derive(Debug, Clone)]
struct Relaxed {
    most: f64,
    multipliers: Vec<f64>,
    /// The most that a package met on the way reaches.
    met: f64,
}

impl Sums<'_> {
    /// The points of the frontier that meet the demands of their case; of cases without demands none.
    fn meeting(&self, demands: &dyn Fn(usize) -> Option<Vec<Demand>>) -> Result<Frontier, NoFrontier> {
        let most = self.limits.frontier;
        let all = self.over_cases(|case, watch| {
            let parts = self.cases[case].clone();
            demands(case).map(|demands| Frontier::meeting(self.scores, parts, &demands, most, watch)).transpose()
        })?;
        if all.len() > most { Err(NoFrontier::Truncated { limit: most }) } else { Ok(all) }
    }

    /// The frontier; thinned, if that is asked for, with how much each score may be short of it.
    pub fn frontier(&self) -> Result<(Frontier, Vec<i64>), NoFrontier> {
        let Some(keep) = self.limits.coarsen else { return Ok((self.meeting(&|_| Some(Vec::new()))?, Vec::new())) };
        let short = RefCell::new(vec![0; self.scores]);
        let all = self.over_cases(|case, watch| {
            let (parts, most) = (self.cases[case].clone(), self.limits.frontier);
            let (coarse, lost) = Frontier::coarse(self.scores, parts, keep, most, watch)?;
            short.borrow_mut().iter_mut().zip(lost).for_each(|(short, lost)| *short = lost.max(*short));
            Ok(Some(coarse))
        })?;
        let mut short = short.into_inner();
        let all = all.thinned(keep, &mut short);
        let exact = short.iter().all(|short| *short == 0);
        Ok((all, if exact { Vec::new() } else { short }))
    }

    /// The frontier of what is found in each case.
    fn over_cases(
        &self,
        mut found: impl FnMut(usize, &mut Watch) -> Result<Option<Frontier>, NoFrontier>,
    ) -> Result<Frontier, NoFrontier> {
        let mut looked = 0;
        let mut watch = |more: u64, progress: Progress| {
            looked += more;
            (self.limits.watch)(&Milestone { what: self.what, progress });
            let sums = self.limits.sums;
            if looked > sums { Err(NoFrontier::Stopped { sums }) } else { Ok(()) }
        };
        let mut all = Collector::new(self.scores)?;
        for case in 0..self.cases.len() {
            let Some(points) = found(case, &mut watch)? else { continue };
            if self.cases.len() == 1 {
                return Ok(points);
            }
            points.iter().try_for_each(|point| all.push(point))?;
        }
        Ok(all.finish())
    }

    /// Points of the frontier that meet every line, among them all whose least measure is the greatest; none if no package
    /// meets every line.
    pub fn greatest_least(&self, asks: &[Ask]) -> Result<Frontier, NoFrontier> {
        let value = |u: &[i64]| {
            let meets = asks.iter().all(|ask| ask.measure.is_some() || ask.above(u) >= 0);
            let least = asks.iter().filter_map(|ask| ask.share(u)).fold(f64::INFINITY, f64::min);
            if meets { least } else { f64::NEG_INFINITY }
        };
        let relaxed: Vec<Relaxed> = self.cases.iter().map(|case| relaxed(case, asks, &value)).collect();
        let demands = |case: usize, level: f64| {
            let Relaxed { most, multipliers, .. } = &relaxed[case];
            (*most >= level).then(|| {
                let single: Vec<Demand> = asks.iter().map(|ask| ask.demand(level)).collect();
                let joint = jointly(&single, multipliers);
                [single, vec![joint]].concat()
            })
        };
        let lines = |case: usize| {
            let floors = || asks.iter().zip(&relaxed[case].multipliers).filter(|(ask, _)| ask.measure.is_none());
            let mut lines: Vec<Demand> = floors().map(|(ask, _)| ask.demand(0.0)).collect();
            if !lines.is_empty() {
                lines.push(jointly(&lines, &floors().map(|(_, m)| *m).collect::<Vec<_>>()));
            }
            lines
        };
        self.climb(&relaxed, &demands, &value, &lines)
    }

    /// Points of the frontier above every line, among them all with the greatest product of what they are above it; none if no
    /// package is above every line. `floors` must be met as well.
    pub fn greatest_product(&self, lines: &[i64], floors: &[Ask]) -> Result<Frontier, NoFrontier> {
        if lines.iter().any(|line| line.abs() > FAR) {
            return Err(NoFrontier::Overflow);
        }
        let above: Vec<Ask> = (0..self.scores).map(|s| Ask::of(self.scores, s, lines[s] + 1, None)).collect();
        let value = |u: &[i64]| {
            let gains = || u.iter().zip(lines).map(|(u, w)| (u - w) as f64);
            let fine = gains().all(|gain| gain > 0.0) && floors.iter().all(|floor| floor.above(u) >= 0);
            if fine { mean(gains()) } else { f64::NEG_INFINITY }
        };
        let relaxed: Vec<Relaxed> = self.cases.iter().map(|case| evenly(case, lines, &value)).collect();
        let must: Vec<Demand> = above.iter().chain(floors).map(|ask| ask.demand(0.0)).collect();
        let demands = |case: usize, level: f64| {
            let Relaxed { most, multipliers, .. } = &relaxed[case];
            // A mean of products is no more than a mean of sums, whatever the units.
            let weights: Vec<i64> = whole(multipliers).collect();
            let least = self.scores as f64 * level * mean(weights.iter().map(|w| *w as f64)) * (1.0 - 1e-12);
            let at: i64 = weights.iter().zip(lines).map(|(w, line)| w * line).sum();
            (*most >= level).then(|| [&must[..], &[Demand { weights, least: at + least.floor() as i64 - 1 }]].concat())
        };
        self.climb(&relaxed, &demands, &value, &|_| must.clone())
    }

    /// The points that meet demands at the highest level that some of them reaches; those that meet the last demands if
    /// none does.
    fn climb(
        &self,
        relaxed: &[Relaxed],
        demands: &dyn Fn(usize, f64) -> Option<Vec<Demand>>,
        value: &dyn Fn(&[i64]) -> f64,
        last: &dyn Fn(usize) -> Vec<Demand>,
    ) -> Result<Frontier, NoFrontier> {
        let most = relaxed.iter().map(|it| it.most).fold(f64::NEG_INFINITY, f64::max);
        let met = relaxed.iter().map(|it| it.met).fold(f64::NEG_INFINITY, f64::max);
        if most > f64::NEG_INFINITY {
            let far = if met.is_finite() { most - met + most.abs() * 1e-9 } else { most.abs().max(1.0) };
            for step in STEPS {
                let level = (most - far * step).min(most);
                let found = self.meeting(&|case| demands(case, level))?;
                if found.iter().any(|point| value(point.utility) >= level + level.abs() * 1e-12) {
                    return Ok(found);
                }
            }
        }
        self.meeting(&|case| Some(last(case)))
    }
}

/// Several demands as one: their sum, each as often as its multiplier says.
fn jointly(demands: &[Demand], multipliers: &[f64]) -> Demand {
    let width = demands.first().map_or(0, |demand| demand.weights.len());
    let mut joint = Demand { weights: vec![0; width], least: 0 };
    for (times, demand) in whole(multipliers).zip(demands) {
        joint.weights.iter_mut().zip(&demand.weights).for_each(|(sum, w)| *sum += times * w);
        joint.least += times * demand.least;
    }
    joint
}

/// Multipliers as whole numbers, the greatest being [`WHOLE`].
fn whole(multipliers: &[f64]) -> impl Iterator<Item = i64> + '_ {
    let most = multipliers.iter().copied().fold(0.0, f64::max);
    multipliers.iter().map(move |m| if most > 0.0 { (m / most * WHOLE).round() as i64 } else { 1 })
}

/// The geometric mean.
fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = values.clone().count() as f64;
    // Roots are taken before the product, which might leave the range of floats.
    values.map(|value| num::pow(value, 1.0 / count)).product()
}

/// The package that counts most by some weights.
fn best(blocks: &[Frontier], weights: &[f64]) -> Vec<i64> {
    let mut sum = vec![0; weights.len()];
    for block in blocks {
        let counts = |u: &[i64]| u.iter().zip(weights).map(|(u, w)| *u as f64 * w).sum::<f64>();
        let best = block.iter().map(|point| point.utility).max_by(|u, v| counts(u).total_cmp(&counts(v)));
        sum.iter_mut().zip(best.unwrap_or_default()).for_each(|(sum, u)| *sum += u);
    }
    sum
}

/// Most less least of what the blocks add to a sum.
fn range(blocks: &[Frontier], weights: &[i64]) -> f64 {
    let width = |block: &Frontier| {
        let counts = |u: &[i64]| u.iter().zip(weights).map(|(u, w)| u * w).sum::<i64>();
        let of = || block.iter().map(|point| counts(point.utility));
        of().max().unwrap_or(0) - of().min().unwrap_or(0)
    };
    (blocks.iter().map(width).sum::<i64>() as f64).max(1.0)
}

/// The greatest least measure of mixtures, from multipliers that rise where the best package by them falls short:
///
/// ```text
/// most = min over multipliers λ ≥ 0, Σ λ_a · measure_a = 1, of  max over packages Σ λ_a · (sum_a − line_a)
/// ```
fn relaxed(blocks: &[Frontier], asks: &[Ask], value: &dyn Fn(&[i64]) -> f64) -> Relaxed {
    let nothing = Relaxed { most: f64::NEG_INFINITY, multipliers: vec![0.0; asks.len()], met: f64::NEG_INFINITY };
    if blocks.iter().any(|block| block.is_empty()) {
        return nothing;
    }
    let ranges: Vec<f64> = asks.iter().map(|ask| range(blocks, &ask.weights)).collect();
    let mut share = vec![1.0; asks.len()];
    let mut it = Relaxed { most: f64::INFINITY, ..nothing };
    for step in 0..MOVES {
        let multipliers: Vec<f64> = share.iter().zip(&ranges).map(|(share, range)| share / range).collect();
        let weights: Vec<f64> = (0..asks[0].weights.len())
            .map(|s| multipliers.iter().zip(asks).map(|(m, ask)| m * ask.weights[s] as f64).sum())
            .collect();
        let package = best(blocks, &weights);
        let above: Vec<f64> = asks.iter().map(|ask| ask.above(&package) as f64).collect();
        let sum: f64 = multipliers.iter().zip(&above).map(|(m, above)| m * above).sum();
        let unit: f64 = multipliers.iter().zip(asks).filter_map(|(m, ask)| Some(m * ask.measure?)).sum();
        let rounding: f64 = multipliers.iter().zip(&above).map(|(m, above)| (m * above).abs()).sum();
        let most = (sum + rounding * 1e-9) / unit;
        if most < it.most {
            (it.most, it.multipliers) = (most, multipliers);
        }
        it.met = it.met.max(value(&package));
        let pace = 2.0 / f64::from(1 + step).sqrt();
        for (((share, range), ask), above) in share.iter_mut().zip(&ranges).zip(asks).zip(above) {
            let short = ask.measure.map_or(0.0, |unit| it.most * unit) - above;
            *share *= num::exp((pace * short / range).clamp(-4.0, 4.0));
        }
        let all: f64 = share.iter().sum();
        share.iter_mut().for_each(|share| *share = (*share / all).max(1e-9));
    }
    it
}

/// The greatest geometric mean of mixtures above lines, from multipliers that make what the mixture so far is above them even.
fn evenly(blocks: &[Frontier], lines: &[i64], value: &dyn Fn(&[i64]) -> f64) -> Relaxed {
    let scores = lines.len();
    let mut it = Relaxed { most: f64::NEG_INFINITY, multipliers: vec![1.0; scores], met: f64::NEG_INFINITY };
    if blocks.iter().any(|block| block.is_empty()) {
        return it;
    }
    let above = |package: &[i64]| -> Vec<f64> { package.iter().zip(lines).map(|(u, w)| (u - w) as f64).collect() };
    let each = |s: usize| best(blocks, &(0..scores).map(|k| f64::from(u8::from(k == s)) + 1e-6).collect::<Vec<_>>());
    let mut mixed = vec![0.0; scores];
    for s in 0..scores {
        mixed.iter_mut().zip(above(&each(s))).for_each(|(sum, gain)| *sum += gain / scores as f64);
    }
    it.most = f64::INFINITY;
    for step in 0..MOVES {
        let multipliers: Vec<f64> = mixed.iter().map(|gain| 1.0 / gain.max(1.0)).collect();
        let package = best(blocks, &multipliers);
        let gains = above(&package);
        let sum: f64 = gains.iter().zip(&multipliers).map(|(gain, m)| gain * m).sum();
        let most = sum / scores as f64 / mean(multipliers.iter().copied()) * (1.0 + 1e-9);
        if most < it.most {
            (it.most, it.multipliers) = (most, multipliers);
        }
        it.met = it.met.max(value(&package));
        let weight = 1.0 / f64::from(step + 2);
        mixed.iter_mut().zip(gains).for_each(|(mixed, gain)| *mixed += weight * (gain - *mixed));
    }
    it
}
