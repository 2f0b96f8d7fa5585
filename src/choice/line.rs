//! What would have to be true, at no further run: a difference of payoffs regressed on each number that was drawn.
//!
//! The lines are chosen on even runs by how far they lead across the spread of their number, |slope| · s.d., and told on odd
//! ones, so that the steepest of many does not owe its slope to the luck of the runs that chose it.

use crate::engine::{Accounts, Draws};
use crate::model::{ActorId, InputId, InputKind, Law, Negotiation};
use crate::num::t95;

/// A line through a difference of payoffs over a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The number.
    pub input: InputId,
    /// Its declared range in the account, or its 1st and 999th permille where it has no ends.
    pub range: (f64, f64),
    /// Mean of the number.
    pub mean: f64,
    /// The difference there, in points.
    pub level: f64,
    /// Standard error of the level.
    pub level_error: f64,
    /// Points a unit of the number.
    pub slope: f64,
    /// Standard error of the slope.
    pub slope_error: f64,
    /// Points over the standard deviation of the number.
    pub over_spread: f64,
    /// Runs.
    pub runs: usize,
    /// Where the line crosses 0.
    pub crosses: Crosses,
}

/// Where a line crosses 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Crosses {
    /// Nowhere that the runs could tell: the slope is not beyond error of 0.
    NotSeen,
    /// At a value, with its 95 % interval (Fieller (1954)).
    At {
        /// The value.
        at: f64,
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
        /// Whether the value lies within the declared range.
        inside: bool,
    },
}

/// Sums over the runs of one parity.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Sums {
    /// Adds a pair; centred roughly, so that squares keep their digits.
    fn add(&mut self, x: f64, y: f64) {
        self.n += 1.0;
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.xy += x * y;
        self.yy += y * y;
    }

    /// Σ (x − x̄)², Σ (x − x̄)(y − ȳ), Σ (y − ȳ)².
    fn centred(&self) -> (f64, f64, f64) {
        let n = self.n.max(1.0);
        let square = |xx: f64, x: f64| (xx - x * x / n).max(0.0);
        (square(self.xx, self.x), self.xy - self.x * self.y / n, square(self.yy, self.y))
    }

    /// |slope| · s.d. of x.
    fn over_spread(&self) -> f64 {
        let (xx, xy, _) = self.centred();
        // A number that hardly varies beside its size is one value.
        if xx <= 1e-12 * self.xx.max(1e-300) { 0.0 } else { xy.abs() / (xx * self.n.max(1.0)).sqrt() }
    }
}

/// The `most` steepest lines of `differences[run]` over the numbers that are drawn from a range, in the worlds of an account under a
/// seed; steepest first. Numbers that say how `of` plays are its own to choose, and no matter of what is true: they are left out.
pub fn lines(
    n: &Negotiation,
    of: ActorId,
    (accounts, seed): (&Accounts, u64),
    differences: &[f64],
    most: usize,
) -> Vec<Line> {
    const BLOCK: usize = 256;
    let draws = Draws::new(n, accounts.clone(), seed);
    let laws = n.laws(accounts.reading.or((!n.readings.is_empty()).then_some(0)), &accounts.variants);
    let own = format!("intents.{}.", n.actor(of).id);
    let ranges: Vec<(InputId, (f64, f64))> = n
        .inputs
        .iter()
        .filter(|(_, input)| input.kind == InputKind::Value && !input.path.starts_with(&own))
        .filter_map(|(id, _)| Some((id, drawn_range(&laws[id.0])?)))
        .collect();
    // Sums about the middle of each range.
    let mut sums = vec![[Sums::default(); 2]; ranges.len()];
    for first in (0..differences.len()).step_by(BLOCK) {
        let count = BLOCK.min(differences.len() - first);
        for drawn in draws.block(first as u64, count) {
            let y = differences[drawn.run as usize];
            for ((input, range), sums) in ranges.iter().zip(&mut sums) {
                sums[(drawn.run % 2) as usize].add(drawn.world.value(*input) - f64::midpoint(range.0, range.1), y);
            }
        }
    }
    let mut order: Vec<usize> = (0..ranges.len()).filter(|i| sums[*i][0].over_spread() > 0.0).collect();
    let path = |i: &usize| &n.inputs.get(ranges[*i].0).path;
    order.sort_by(|a, b| {
        sums[*b][0].over_spread().total_cmp(&sums[*a][0].over_spread()).then_with(|| path(a).cmp(path(b)))
    });
    order.truncate(most);
    order.into_iter().map(|i| line(ranges[i].0, ranges[i].1, &sums[i][1])).collect()
}

/// The range of a number that is drawn by itself from more than one value.
pub fn drawn_range(law: &Law) -> Option<(f64, f64)> {
    let Law::Own(quantity) = law else { return None };
    let (low, high) = quantity.support();
    let low = if low.is_finite() { low } else { quantity.quantile(0.001) };
    let high = if high.is_finite() { high } else { quantity.quantile(0.999) };
    (!quantity.is_fixed() && high > low).then_some((low, high))
}

fn line(input: InputId, range: (f64, f64), sums: &Sums) -> Line {
    let (n, centre) = (sums.n.max(1.0), f64::midpoint(range.0, range.1));
    let (xx, xy, yy) = sums.centred();
    let slope = if xx > 0.0 { xy / xx } else { 0.0 };
    let degrees = (n - 2.0).max(1.0);
    let residual = ((yy - slope * xy).max(0.0) / degrees).sqrt();
    let (level, level_error) = (sums.y / n, residual / n.sqrt());
    let slope_error = if xx > 0.0 { residual / xx.sqrt() } else { f64::INFINITY };
    let mean = sums.x / n + centre;
    let t = t95(degrees as u64);
    Line {
        input,
        range,
        mean,
        level,
        level_error,
        slope,
        slope_error,
        over_spread: slope * (xx / n).sqrt(),
        runs: sums.n as usize,
        crosses: crosses(range, mean, (level, level_error), (slope, slope_error), t),
    }
}

/// Where a line crosses 0, by Fieller's interval: level and slope are independent about the mean.
///
/// ```text
/// (level + slope · d)² ≤ t² (e_level² + d² e_slope²),   d = x − x̄
/// ```
fn crosses(range: (f64, f64), mean: f64, level: (f64, f64), slope: (f64, f64), t: f64) -> Crosses {
    let a = slope.0 * slope.0 - t * t * slope.1 * slope.1;
    if a.is_nan() || a <= 0.0 {
        return Crosses::NotSeen;
    }
    let (b, c) = (level.0 * slope.0, level.0 * level.0 - t * t * level.1 * level.1);
    let root = (b * b - a * c).max(0.0).sqrt();
    let at = mean - level.0 / slope.0;
    Crosses::At {
        at,
        low: mean + (-b - root) / a,
        high: mean + (-b + root) / a,
        inside: range.0 <= at && at <= range.1,
    }
}
