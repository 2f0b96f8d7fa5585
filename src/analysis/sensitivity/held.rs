//! One number held at a value in many worlds, on common luck: how does "one exists" read?

use std::ops::Range;

use super::model::{Bench, Model};
use crate::analysis::{Headline, Share};
use crate::engine::{Drawn, Pin, Tally, ThreadsError, Uniforms, tally};
use crate::model::{InputId, InputKind, Law, Negotiation};
use crate::space::Lanes;

/// Values first tried between the ends of a range, both included.
const GRID: usize = 5;

/// Halvings of an interval in which the reading changes.
const HALVINGS: usize = 6;

/// How the headline reads along the range of a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The range.
    pub range: (f64, f64),
    /// One exists, with the number at the lower end of the range.
    pub at_low: Share,
    /// One exists, with the number at the upper end.
    pub at_high: Share,
    /// Stretches of the range with their headlines, in rising order; one if it does not change.
    pub stretches: Vec<Stretch>,
}

impl Held {
    /// Whether the headline is the same along the whole range.
    #[must_use]
    pub fn is_the_same(&self) -> bool {
        self.stretches.len() == 1
    }
}

/// A stretch of a range along which the headline is the same.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Stretch {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// The headline.
    pub reads: Headline,
}

/// The range of an input over all readings that are drawn: the ends of its distribution, or its 1st and 999th permille where
/// that has none. A chance whose probability is one number ranges from 0 to 1.
pub(super) fn range(n: &Negotiation, laws: &[Vec<Law>], input: InputId) -> (f64, f64) {
    let chance = n.inputs.get(input).kind == InputKind::Chance;
    let ends = |law: &Law| match law {
        Law::Own(quantity) if quantity.is_fixed() && chance => (0.0, 1.0),
        Law::Own(quantity) => {
            let (low, high) = quantity.support();
            let low = if low.is_finite() { low } else { quantity.quantile(0.001) };
            (low, if high.is_finite() { high } else { quantity.quantile(0.999) })
        }
        // What follows an unknown is moved by it; of its own it has only whether it happens.
        Law::Shared { .. } => (0.0, 1.0),
    };
    let both = laws.iter().map(|laws| ends(&laws[input.0]));
    both.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (l, h)| (low.min(l), high.max(h)))
}

/// Finds where the headline changes as each number is held along its range.
///
/// Five values are tried in all worlds, every interval between two that read otherwise is halved six times. A stretch that is
/// shorter than a quarter of the range and lies between two tried values that read alike is missed.
pub(super) fn held(
    model: &Model,
    inputs: &[(InputId, (f64, f64))],
    worlds: u64,
    threads: Option<usize>,
    done: impl Fn(u64) + Sync,
) -> Result<Vec<Held>, ThreadsError> {
    let grid = |(low, high): (f64, f64), g: usize| low + (high - low) * g as f64 / (GRID - 1) as f64;
    let pins =
        inputs.iter().flat_map(|(input, range)| (0..GRID).map(|g| Pin { input: *input, value: grid(*range, g) }));
    let pins: Vec<Pin> = pins.collect();
    let shares = shares(model, &pins, worlds, threads, &done)?;
    // Intervals in which the reading changes: below, above, what it reads below.
    let mut cells: Vec<Cell> = Vec::new();
    for (i, (input, _)) in inputs.iter().enumerate() {
        for g in i * GRID..(i + 1) * GRID - 1 {
            let [below, above] = [g, g + 1].map(|g| Headline::of(shares[g].share));
            if below != above {
                cells.push(Cell { place: i, input: *input, low: pins[g].value, high: pins[g + 1].value, below, above });
            }
        }
    }
    let mut made = pins.len() as u64 * worlds;
    for _ in 0..HALVINGS {
        let middles: Vec<Pin> =
            cells.iter().map(|c| Pin { input: c.input, value: f64::midpoint(c.low, c.high) }).collect();
        let found = self::shares(model, &middles, worlds, threads, |more| done(made + more))?;
        made += middles.len() as u64 * worlds;
        for (cell, (pin, share)) in cells.iter_mut().zip(middles.iter().zip(found)) {
            match Headline::of(share.share) {
                reads if reads == cell.below => cell.low = pin.value,
                reads => (cell.high, cell.above) = (pin.value, reads),
            }
        }
    }
    let each = inputs.iter().enumerate().map(|(i, (_, range))| {
        let own = &shares[i * GRID..(i + 1) * GRID];
        let ends = (own[0], own[GRID - 1]);
        Held { range: *range, at_low: ends.0, at_high: ends.1, stretches: stretches(*range, ends, i, &cells) }
    });
    Ok(each.collect())
}

/// An interval in which the headline changes.
struct Cell {
    place: usize,
    input: InputId,
    low: f64,
    high: f64,
    below: Headline,
    above: Headline,
}

fn stretches((low, high): (f64, f64), ends: (Share, Share), place: usize, cells: &[Cell]) -> Vec<Stretch> {
    let mut all = vec![Stretch { from: low, to: high, reads: Headline::of(ends.0.share) }];
    for cell in cells.iter().filter(|c| c.place == place) {
        let at = f64::midpoint(cell.low, cell.high);
        if let Some(last) = all.last_mut() {
            last.to = at;
        }
        all.push(Stretch { from: at, to: high, reads: cell.above });
    }
    // Where two changes lie in one interval only the first is found; the end says what it comes to.
    if let Some(last) = all.last_mut() {
        last.reads = Headline::of(ends.1.share);
    }
    all
}

/// One exists, for each pin, in the first worlds of the seed.
pub(super) fn shares(
    model: &Model,
    pins: &[Pin],
    worlds: u64,
    threads: Option<usize>,
    done: impl Fn(u64) + Sync,
) -> Result<Vec<Share>, ThreadsError> {
    let lanes = Lanes::detect();
    let fresh = || Counts { exists: vec![0; pins.len()], bench: Bench::default() };
    let work = |counts: &mut Counts, range: Range<u64>| {
        let mut at = range.start;
        while at < range.end {
            let (pin, world) = ((at / worlds) as usize, at % worlds);
            let count = (worlds - world).min(range.end - at) as usize;
            let uniforms = model.draws.uniforms(world, count);
            for (i, drawn) in model.draws.worlds(&uniforms).iter().enumerate() {
                let pinned = hold(model, drawn, &uniforms, i, pins[pin]);
                counts.exists[pin] += u64::from(model.look(&pinned, lanes, &mut counts.bench).exists);
            }
            at += count as u64;
        }
    };
    let counts = tally(pins.len() as u64 * worlds, threads, fresh, work, done)?;
    Ok(counts.exists.iter().map(|exists| Share::of(*exists, worlds)).collect())
}

fn hold(model: &Model, drawn: &Drawn, uniforms: &Uniforms, i: usize, pin: Pin) -> Drawn {
    // A value that is no number pins nothing: all worlds as they are drawn.
    if pin.value.is_nan() { drawn.clone() } else { model.draws.pinned(drawn, uniforms, i, &[pin]) }
}

struct Counts {
    exists: Vec<u64>,
    bench: Bench,
}

impl Tally for Counts {
    fn merge(&mut self, other: Self) {
        self.exists.iter_mut().zip(other.exists).for_each(|(a, b)| *a += b);
    }
}
