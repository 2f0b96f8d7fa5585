//! One number held at a value in many worlds, on common luck: how does "one exists" read?

use std::ops::Range;

use itertools::Itertools as _;
use serde::Serialize;

use super::model::Model;
use crate::analysis::{Headline, Share, flips::difference};
use crate::engine::{Pin, Tally, ThreadsError, talks::Desk, tally};
use crate::model::{InputId, InputKind, Law, Negotiation};

/// Values first tried between the ends of a range, both included.
const GRID: usize = 5;

/// Halvings of an interval in which the reading changes.
const HALVINGS: usize = 6;

/// How the headline reads along the range of a number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Held {
    /// The range.
    pub range: (f64, f64),
    /// One exists, with the number at the lower end of the range.
    #[serde(rename = "exists_at_low")]
    pub at_low: Share,
    /// One exists, with the number at the upper end.
    #[serde(rename = "exists_at_high")]
    pub at_high: Share,
    /// The change from the lower end to the upper, world by world.
    pub shift: ShareShift,
    /// Stretches of the range with their headlines, in rising order; one if it does not change.
    pub stretches: Vec<Stretch>,
    /// Whether the headline changes along the range.
    pub headline_changes: bool,
}

/// A change of the share of worlds, by pairs on the same luck, with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ShareShift {
    /// The change.
    pub change: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// A stretch of a range along which the headline is the same.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
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
/// Five values are tried in all worlds; between two that read otherwise, every bound is sought by halving six times. With the
/// evaluations made. A stretch that is
/// shorter than a quarter of the range and lies between two tried values that read alike is missed.
pub(super) fn held(
    model: &Model,
    inputs: &[(InputId, (f64, f64))],
    worlds: u64,
    done: impl Fn(u64) + Sync,
) -> Result<(Vec<Held>, u64), ThreadsError> {
    let grid = |(input, (low, high)): &(InputId, (f64, f64))| {
        let (input, low, step) = (*input, *low, high - low);
        (0..GRID).map(move |g| Pin { input, value: low + step * g as f64 / (GRID - 1) as f64 })
    };
    let pins = inputs.iter().flat_map(grid).collect_vec();
    let tried = looked_at(model, &pins, worlds, &done)?;
    let shares = (0..pins.len()).map(|pin| tried.share(pin)).collect_vec();
    let reads = shares.iter().map(|share| Headline::of(share.share)).collect_vec();
    let neighbours = (1..pins.len()).filter(|pin| pin % GRID > 0);
    let mut changes =
        neighbours.flat_map(|pin| Change::between(&pins[pin - 1..=pin], &reads[pin - 1..=pin])).collect_vec();
    let mut made = pins.len() as u64 * worlds;
    for _ in 0..HALVINGS {
        let middles = changes.iter().map(Change::middle).collect_vec();
        let found = looked_at(model, &middles, worlds, |more| done(made + more))?;
        made += middles.len() as u64 * worlds;
        changes.iter_mut().enumerate().for_each(|(c, change)| change.halve(Headline::of(found.share(c).share)));
    }
    let each = inputs.iter().zip((0..).step_by(GRID)).map(|((input, range), low)| {
        let high = low + GRID - 1;
        let stretches = stretches(*range, reads[low], changes.iter().filter(|change| change.input == *input));
        Held {
            range: *range,
            at_low: shares[low],
            at_high: shares[high],
            shift: tried.change(low, high),
            headline_changes: stretches.len() != 1,
            stretches,
        }
    });
    Ok((each.collect(), made))
}

/// One bound between two neighbouring headlines, and an interval in which it is crossed.
struct Change {
    input: InputId,
    low: f64,
    high: f64,
    /// What it reads before and after, going up the range.
    from: Headline,
    to: Headline,
}

impl Change {
    /// Every bound that is crossed between two tried values with their headlines, in the order in which it is crossed.
    fn between(pins: &[Pin], reads: &[Headline]) -> Vec<Self> {
        let (low, high, from, to) = (pins[0], pins[1].value, reads[0], reads[1]);
        let mut steps = Headline::ALL.into_iter().filter(|h| (from.min(to)..=from.max(to)).contains(h)).collect_vec();
        if from > to {
            steps.reverse();
        }
        let change = |(from, to)| Self { input: low.input, low: low.value, high, from, to };
        steps.into_iter().tuple_windows().map(change).collect()
    }

    fn middle(&self) -> Pin {
        Pin { input: self.input, value: f64::midpoint(self.low, self.high) }
    }

    /// Goes on with the half in which the bound is crossed.
    fn halve(&mut self, reads: Headline) {
        let middle = self.middle().value;
        let before = if self.from < self.to { reads <= self.from } else { reads >= self.from };
        if before { self.low = middle } else { self.high = middle }
    }
}

fn stretches<'a>((low, high): (f64, f64), reads: Headline, changes: impl Iterator<Item = &'a Change>) -> Vec<Stretch> {
    let mut all = vec![Stretch { from: low, to: high, reads }];
    for change in changes {
        let at = change.middle().value;
        all.last_mut().expect("there is one at least").to = at;
        all.push(Stretch { from: at, to: high, reads: change.to });
    }
    // A jump over a headline leaves a stretch of it without length.
    all.retain(|s| s.to > s.from || low == high);
    all
}

/// Whether one exists, for each pin, in each of the first worlds of the seed.
pub(super) fn looked_at(
    model: &Model,
    pins: &[Pin],
    worlds: u64,
    done: impl Fn(u64) + Sync,
) -> Result<Pinned, ThreadsError> {
    let words = (pins.len() as u64 * worlds).div_ceil(64) as usize;
    let fresh = || (Desk::default(), Pinned { worlds, bits: vec![0; words] });
    let work = |(desk, pinned): &mut (Desk, Pinned), range: Range<u64>| {
        let mut at = range.start;
        while at < range.end {
            let (pin, world) = (pins[(at / worlds) as usize], at % worlds);
            let count = (worlds - world).min(range.end - at);
            let uniforms = model.draws.uniforms(world, count as usize);
            for (i, drawn) in model.draws.worlds(&uniforms).into_iter().enumerate() {
                // A value that is no number pins nothing: all worlds as they are drawn.
                let held = !pin.value.is_nan();
                let drawn = if held { model.draws.pinned(&drawn, &uniforms, i, &[pin]) } else { drawn };
                let bit = at + i as u64;
                let exists = u64::from(model.look(&drawn, desk).exists);
                pinned.bits[(bit / 64) as usize] |= exists << (bit % 64);
            }
            at += count;
        }
    };
    Ok(tally(pins.len() as u64 * worlds, model.threads, fresh, work, done)?.1)
}

/// Which worlds have one, pin by pin; one bit each.
pub(super) struct Pinned {
    worlds: u64,
    /// Bit `pin · worlds + world`.
    bits: Vec<u64>,
}

impl Pinned {
    fn exists(&self, pin: usize, world: u64) -> bool {
        let at = pin as u64 * self.worlds + world;
        self.bits[(at / 64) as usize] >> (at % 64) & 1 == 1
    }

    fn count(&self, holds: impl Fn(u64) -> bool) -> u64 {
        (0..self.worlds).filter(|world| holds(*world)).count() as u64
    }

    /// The share of worlds that have one.
    pub(super) fn share(&self, pin: usize) -> Share {
        Share::of(self.count(|world| self.exists(pin, world)), self.worlds)
    }

    /// The change from one pin to another.
    fn change(&self, from: usize, to: usize) -> ShareShift {
        let only = |one: usize, other: usize| self.count(|world| self.exists(one, world) && !self.exists(other, world));
        ShareShift::of(only(to, from), only(from, to), self.worlds)
    }
}

impl Tally for Pinned {
    fn merge(&mut self, other: Self) {
        // Every bit is set by one thread.
        self.bits.iter_mut().zip(other.bits).for_each(|(a, b)| *a |= b);
    }
}

impl ShareShift {
    /// Of n pairs in which `won` gain one and `lost` lose it.
    fn of(won: u64, lost: u64, n: u64) -> Self {
        let [change, low, high] = difference(won, lost, n);
        Self { change, low, high }
    }

    /// Whether its interval holds 0.
    pub fn may_be_zero(&self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_that_mostly_move_one_way_leave_no_doubt_and_few_leave_some() {
        // (30 + 1 − 10 − 1) / 102 ± 1.96 √((42 / 102 − (20 / 102)²) / 102): by hand 0.19608 ± 0.11857.
        let found = ShareShift::of(30, 10, 100);
        assert!((found.change - 0.2).abs() < 1e-12 && (found.low - 0.077_5).abs() < 1e-3, "{found:?}");
        let still = ShareShift::of(0, 0, 100);
        assert!(still.change == 0.0 && still.low < 0.0 && still.high > 0.0 && still.may_be_zero());
        assert!(ShareShift::of(3, 2, 100).may_be_zero() && !ShareShift::of(30, 10, 100).may_be_zero());
        assert!(ShareShift::of(4, 0, 4).may_be_zero(), "four of four: p = 0.125");
    }
}
