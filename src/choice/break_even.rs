//! At what value of a number a difference is 0: first its sign along the whole range, then every crossing with its interval.
//!
//! D need not be monotone, so that a search by halving alone would find one crossing and say nothing of the others. Whatever is
//! asked at two values is asked on the same luck.

use std::collections::BTreeMap;

use super::sample::Difference;

/// Values at which the sign is looked at first, both ends of the range included.
pub const GRID: usize = 17;

/// Halvings of an interval in which the sign or the certainty of it changes.
const HALVINGS: usize = 7;

/// 95 %.
const ERRORS: f64 = 1.96;

/// D along the range of a number.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakEven {
    /// [`GRID`] values with D there, in rising order.
    pub points: Vec<Point>,
    /// Where D crosses 0, in rising order.
    pub crossings: Vec<Crossing>,
}

/// D at one value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The value.
    pub at: f64,
    /// D.
    pub found: Difference,
}

/// A value at which D changes its sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// The value.
    pub at: f64,
    /// From here on D is not beyond error of 0: |D| ≤ 1.96 standard errors.
    pub low: f64,
    /// Up to here.
    pub high: f64,
    /// Whether D rises there.
    pub rises: bool,
}

impl Crossing {
    /// A quarter of the interval is about one standard error of the crossing.
    pub fn error(&self) -> f64 {
        (self.high - self.low) / (2.0 * ERRORS)
    }
}

impl BreakEven {
    /// The signs between crossings, as tried: −1 or 1, one more than crossings.
    pub fn signs(&self) -> Vec<i8> {
        let sign = |x: f64| if x < 0.0 { -1 } else { 1 };
        let first = self.points.first().map_or(1, |point| sign(point.found.mean));
        let flips = self.crossings.iter().map(|c| if c.rises { 1 } else { -1 });
        std::iter::once(first).chain(flips).collect()
    }
}

/// Looks for every crossing of `d` in a range; `d` is asked once a value.
///
/// A pair of crossings closer than a sixteenth of the range may lie between two values that were tried: it is missed.
///
/// # Errors
/// Whatever `d` fails with.
pub fn break_even<E>((low, high): (f64, f64), mut d: impl FnMut(f64) -> Result<Difference, E>) -> Result<BreakEven, E> {
    let mut known: BTreeMap<u64, Difference> = BTreeMap::new();
    let mut ask = |x: f64| -> Result<Difference, E> {
        if let Some(found) = known.get(&x.to_bits()) {
            return Ok(*found);
        }
        let found = d(x)?;
        known.insert(x.to_bits(), found);
        Ok(found)
    };
    let value = |g: usize| low + (high - low) * g as f64 / (GRID - 1) as f64;
    let mut points = Vec::with_capacity(GRID);
    for at in (0..GRID).map(value) {
        points.push(Point { at, found: ask(at)? });
    }
    let below = |found: Difference| found.mean < 0.0;
    let mut crossings = Vec::new();
    for g in 1..GRID {
        let (left, right) = (points[g - 1], points[g]);
        if below(left.found) == below(right.found) {
            continue;
        }
        let rises = below(left.found);
        let at = halved((left.at, right.at), |x| Ok(below(ask(x)?) == rises))?;
        let mut sides = [low, high];
        // Outwards until D is certain again, then halving between the last uncertain value and that.
        let certain = |found: Difference| found.sign(ERRORS) != 0;
        let outwards: [Vec<f64>; 2] = [(0..g).rev().map(value).collect(), (g..GRID).map(value).collect()];
        for (side, values) in sides.iter_mut().zip(outwards) {
            let mut near = at;
            for far in values {
                if certain(ask(far)?) {
                    *side = halved((near, far), |x| Ok(!certain(ask(x)?)))?;
                    break;
                }
                near = far;
            }
        }
        crossings.push(Crossing { at, low: sides[0], high: sides[1], rises });
    }
    Ok(BreakEven { points, crossings })
}

/// Halves an interval towards the place at which something that holds at its first end ceases to.
fn halved<E>((mut holds, mut ceases): (f64, f64), mut does: impl FnMut(f64) -> Result<bool, E>) -> Result<f64, E> {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(holds, ceases);
        if does(middle)? {
            holds = middle;
        } else {
            ceases = middle;
        }
    }
    Ok(f64::midpoint(holds, ceases))
}
