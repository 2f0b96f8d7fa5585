//! What a few numbers do to the answer: the same worlds with a number in the lower half of its range, and in the upper half,
//! on common luck.
//!
//! ```text
//! u ↦ u/2   and   u ↦ 1/2 + u/2      for the uniform by which the number is drawn, all others as they are
//! ```
//!
//! A chance is not halved: it never happens, and always does. Source: assumption (one number at a time).

use std::ops::Range;

use itertools::Itertools as _;
use serde::Serialize;

use super::flips::difference;
use super::sensitivity::UncertainInput;
use crate::engine::talks::{Desk, Ending};
use crate::engine::{Arm, CannotRun, Drawing, Drawn, Draws, OfWorld, Pin, Uniforms, Wants, adds_up, tally};
use crate::model::{InputId, InputKind, Negotiation};
use crate::num::{Moments, Share, Z95};
use crate::space::Compiled;

/// Worlds in which numbers are tried, of which there are more than are looked at closely.
const SCREENED: u64 = 256;

/// What the answer is in both halves of the range of a number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Halves {
    /// Its path.
    pub path: String,
    /// Whether it is a chance, which never happens or always does.
    pub chance: bool,
    /// One exists, in the lower and in the upper half.
    pub exists: [Share; 2],
    /// The change from the lower to the upper half, with its 95 % interval.
    pub exists_change: [f64; 3],
    /// It is reached, in the lower and in the upper half; `None` without talks.
    pub reached: Option<[Share; 2]>,
    /// The change of that.
    pub reached_change: Option<[f64; 3]>,
    /// The change of the margin, as a share of a span, with its 95 % interval; −1 stands for none, 1 for an unbounded one.
    pub margin_change: [f64; 3],
}

/// Which numbers are looked at, and how closely.
#[derive(Debug, Clone)]
pub struct HalvesSettings {
    /// Worlds, ≥ 1; where the scenario has talks, also their runs.
    pub runs: u64,
    /// The numbers that may be looked at; those that are not uncertain are left out.
    pub inputs: Vec<InputId>,
    /// How many of them are looked at: those of which the margin changes most in the first 256 worlds or, where none moves it, the
    /// share of runs in which it is reached.
    pub most: usize,
    /// From what worlds are drawn.
    pub drawing: Drawing,
}

/// Looks at some numbers, the one of greatest effect on the margin first; with how many uncertain ones there were.
///
/// # Errors
/// [`CannotRun::Threads`].
pub fn halves(compiled: &Compiled, settings: &HalvesSettings) -> Result<(Vec<Halves>, usize), CannotRun> {
    let (n, drawing) = (compiled.n, &settings.drawing);
    let chances = settings.inputs.iter().copied().filter(|i| n.inputs.get(*i).kind == InputKind::Chance).collect_vec();
    let draws = Draws::holding(n, drawing.accounts.clone(), drawing.seed, &chances);
    let wanted = |factor: &UncertainInput| factor.input.is_some_and(|input| settings.inputs.contains(&input));
    let factors = UncertainInput::all(n, &draws).into_iter().filter(wanted).collect_vec();
    let ground = |arm| Ground { arm, draws: &draws, threads: drawing.threads };
    let (all, arm) = (factors.len(), || Arm::of(compiled, drawing));
    let chosen = if all <= settings.most {
        factors
    } else {
        let found = ground(Arm::of_worlds(compiled, drawing.defeat)).strongest(n, &factors, settings)?;
        // What only talks hear of moves no margin.
        if found.is_empty() { ground(arm()).strongest(n, &factors, settings)? } else { found }
    };
    let ground = ground(arm());
    let each = chosen.iter().map(|factor| ground.halves(n, factor, settings.runs));
    let found = each.collect::<Result<Vec<Halves>, CannotRun>>()?;
    let effect = |h: &Halves| h.margin_change[0].abs();
    Ok((found.into_iter().sorted_by(|a, b| effect(b).total_cmp(&effect(a))).collect(), all))
}

struct Ground<'a> {
    arm: Arm<'a>,
    draws: &'a Draws<'a>,
    threads: Option<usize>,
}

impl Ground<'_> {
    /// The numbers of greatest effect in the first worlds; none where none has any.
    fn strongest(
        &self,
        n: &Negotiation,
        factors: &[UncertainInput],
        settings: &HalvesSettings,
    ) -> Result<Vec<UncertainInput>, CannotRun> {
        let of_talks = self.arm.talks().is_some();
        let effect = |factor: &UncertainInput| {
            let seen = self.halves(n, factor, SCREENED.min(settings.runs))?;
            let reached = seen.reached_change.map_or(0.0, |[change, ..]| change.abs());
            Ok((if of_talks { reached } else { seen.margin_change[0].abs() }, factor.clone()))
        };
        let seen = factors.iter().map(effect).collect::<Result<Vec<_>, CannotRun>>()?;
        let sorted = seen.into_iter().filter(|seen| seen.0 > 0.0 || of_talks).sorted_by(|a, b| b.0.total_cmp(&a.0));
        Ok(sorted.take(settings.most).map(|(_, factor)| factor).collect())
    }

    fn halves(&self, n: &Negotiation, factor: &UncertainInput, runs: u64) -> Result<Halves, CannotRun> {
        let of_talks = self.arm.talks().is_some();
        let chance = factor.input.filter(|input| n.inputs.get(*input).kind == InputKind::Chance);
        let work = |(desk, sums): &mut (Desk, Sums), range: Range<u64>| {
            let drawn = [0.0, 1.0].map(|half| self.worlds(factor, chance, half, range.clone()));
            let [low, high] = drawn;
            for (low, high) in low.iter().zip(&high) {
                let seen = [low, high].map(|drawn| self.look(drawn, of_talks, desk));
                sums.add(seen);
            }
        };
        let (_, sums) = tally(runs, self.threads, <(Desk, Sums)>::default, work, |_| ())?;
        Ok(sums.told(factor.path.clone(), chance.is_some(), of_talks))
    }

    /// The worlds of some runs in one half, 0 the lower and 1 the upper.
    fn worlds(&self, factor: &UncertainInput, chance: Option<InputId>, half: f64, range: Range<u64>) -> Vec<Drawn> {
        let count = (range.end - range.start) as usize;
        let mut uniforms: Uniforms = self.draws.uniforms(range.start, count);
        if let Some(input) = chance {
            let plain = self.draws.worlds(&uniforms);
            let pin = [Pin { input, value: half }];
            return plain.iter().enumerate().map(|(i, drawn)| self.draws.pinned(drawn, &uniforms, i, &pin)).collect();
        }
        for dimension in &factor.dimensions {
            let row = &mut uniforms.values[dimension * count..][..count];
            row.iter_mut().for_each(|u| *u = f64::midpoint(*u, half));
        }
        self.draws.worlds(&uniforms)
    }

    fn look(&self, drawn: &Drawn, run: bool, desk: &mut Desk) -> Seen {
        let look = self.arm.look(drawn, Wants { world: OfWorld::Margin, run }, desk);
        let margin = look.margin.share().unwrap_or(look.margin.slack().signum());
        Seen { exists: look.exists, reached: look.ending().is_some_and(Ending::is_reached), margin }
    }
}

#[derive(Clone, Copy)]
struct Seen {
    exists: bool,
    reached: bool,
    margin: f64,
}

/// Pairs of worlds: in how many it holds in either half, and in only one of them; and how the margin differs.
#[derive(Default)]
struct Sums {
    of: u64,
    exists: [u64; 4],
    reached: [u64; 4],
    margin: Moments,
}

impl Sums {
    fn add(&mut self, [low, high]: [Seen; 2]) {
        let count = |held: &mut [u64; 4], low: bool, high: bool| {
            let four = [low, high, low && !high, high && !low];
            held.iter_mut().zip(four).for_each(|(held, holds)| *held += u64::from(holds));
        };
        self.of += 1;
        count(&mut self.exists, low.exists, high.exists);
        count(&mut self.reached, low.reached, high.reached);
        self.margin.add(high.margin - low.margin);
    }

    fn told(&self, path: String, chance: bool, of_talks: bool) -> Halves {
        let shares = |held: &[u64; 4]| [Share::of(held[0], self.of), Share::of(held[1], self.of)];
        let change = |held: &[u64; 4]| difference(held[3], held[2], self.of);
        let mean = self.margin.mean().unwrap_or_default();
        let half = self.margin.error().map_or(f64::INFINITY, |error| Z95 * error);
        Halves {
            path,
            chance,
            exists: shares(&self.exists),
            exists_change: change(&self.exists),
            reached: of_talks.then(|| shares(&self.reached)),
            reached_change: of_talks.then(|| change(&self.reached)),
            margin_change: [mean, mean - half, mean + half],
        }
    }
}

adds_up!(Sums: of, exists, reached, margin);
