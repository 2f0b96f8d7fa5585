//! One number over many worlds, for less than plain counting costs.
//!
//! A [`Target`] is estimated by a [`Method`]; the [`Estimate`] has its interval and says how many worlds plain counting
//! would have needed for it. Every method aims at the same number: that of plain counting over ever more worlds.

mod agree;
mod ask;
mod found;
mod lines;
mod pilot;
mod sums;
mod tilt;
mod value;
mod worlds;

use std::ops::Range;

use crate::engine::talks::Desk;
use crate::engine::{CannotRun, Draws, Tally, ThreadsError, tally};
use crate::model::Negotiation;

pub use agree::{Agreement, agreement};
pub use ask::{Asked, Method, Target, Until};
pub use found::Estimate;
pub use lines::Treatment;
pub use pilot::PILOT_WORLDS;
pub use sums::{Interval, RANDOMISATIONS, plain_worlds, rule_of_three};

use lines::Judges;
use sums::{Spread, Sums};
use value::{Out, Values};
use worlds::{LINES, Source};

/// What is fixed before the worlds of the estimate are drawn.
struct Plan<'a> {
    draws: &'a Draws<'a>,
    values: &'a Values<'a>,
    source: Source,
    out: Out,
    spread: Spread,
    certain: bool,
    threads: Option<usize>,
}

/// Estimates a share; `done` hears how many worlds are drawn, those of a pilot apart.
///
/// # Errors
/// [`CannotRun`]: no talks, a space that cannot be compiled, a method that does not fit, an ending never met.
pub fn estimate(
    n: &Negotiation,
    asked: &Asked,
    until: Until,
    done: impl Fn(u64) + Sync,
) -> Result<Estimate, CannotRun> {
    let compiled = asked.drawing.compile(n)?;
    let rational = !matches!(asked.target, Target::NoDefeat(_));
    let judges = Judges::of(n, &asked.drawing.accounts, asked.drawing.defeat, rational);
    let values = Values::of(&compiled, asked, &judges)?;
    let draws = asked.drawing.draws(n);
    let open: Vec<usize> = (0..judges.all.len()).filter(|j| judges.all[*j].is_open()).collect();
    let method = asked.method.unwrap_or_else(|| pilot::method(&asked.target));
    let mut piloted = 0;
    if method.integrates() && asked.target.needs_talks() {
        return Err(CannotRun::LinesMove);
    }
    let mut out = Out::Nothing;
    if method.integrates() && !open.is_empty() {
        out = Out::All;
        if asked.target == Target::Exists {
            let (best, worlds) = pilot::best_line(&draws, &values, &open, asked.drawing.threads)?;
            (out, piloted) = (Out::One(best), piloted + worlds);
        }
    }
    let source = match method {
        Method::Plain => Source::Streams { first: 0 },
        Method::Lines => Source::Streams { first: LINES },
        Method::Sobol | Method::LinesSobol => Source::points(&draws, asked.drawing.seed),
        Method::Importance => {
            let (tilt, worlds) = pilot::tilt(&draws, &values, asked, until)?;
            piloted += worlds;
            Source::Tilted(Box::new(tilt))
        }
    };
    let plan = Plan {
        draws: &draws,
        values: &values,
        spread: if matches!(source, Source::Streams { .. }) { Spread::Alone } else { Spread::Together },
        certain: left_to_draw(&draws, &judges, n, out) == 0 && !asked.target.needs_talks(),
        source,
        out,
        threads: asked.drawing.threads,
    };
    let (sums, wanted) = plan.drawn(until, done)?;
    Ok(plan.told(n, &judges, method, &sums, piloted, wanted))
}

/// Dimensions of draws that are not integrated out.
fn left_to_draw(draws: &Draws, judges: &Judges, n: &Negotiation, out: Out) -> usize {
    let gone = |path: &str| {
        let path = path.strip_suffix("/happens").unwrap_or(path);
        out == Out::All
            && judges.treatments(n).iter().any(|(of, treatment)| of == path && *treatment == Treatment::Integrated)
    };
    draws.dimensions().iter().filter(|path| !gone(path)).count()
}

/// Sums on one thread.
#[derive(Default)]
struct Seen {
    sums: Sums,
    desk: Desk,
}

impl Tally for Seen {
    fn merge(&mut self, other: Self) {
        self.sums.merge(&other.sums);
    }
}

impl Plan<'_> {
    /// Draws until it is enough; also says how many worlds the precision would take, where it is not reached.
    fn drawn(&self, until: Until, done: impl Fn(u64) + Sync) -> Result<(Sums, Option<f64>), CannotRun> {
        let mut sums = Sums::default();
        let (half, most) = match until {
            Until::Worlds(worlds) => {
                self.add(&mut sums, 0..self.source.whole(worlds), &done)?;
                return Ok((sums, None));
            }
            Until::Precision { half, most } => (half, self.source.whole(most)),
        };
        let mut next = FIRST_LOOK.min(most);
        loop {
            let from = sums.worlds();
            self.add(&mut sums, from..next, &done)?;
            let found = sums.interval(self.spread, self.certain).half();
            if found <= half {
                return Ok((sums, None));
            }
            // Errors fall at least with the root of the number of worlds.
            let wanted = next as f64 * (found / half) * (found / half);
            // Points may do better than the root: they are given up later.
            let slack = if self.spread == Spread::Together { 4.0 } else { 1.2 };
            let hopeless = next >= ENOUGH_TO_TELL && wanted > slack * most as f64;
            if next >= most || hopeless {
                return Ok((sums, Some(wanted)));
            }
            next = (2 * next).min(most);
        }
    }

    fn add(&self, sums: &mut Sums, numbers: Range<u64>, done: &(impl Fn(u64) + Sync)) -> Result<(), ThreadsError> {
        let from = numbers.start;
        let work = |seen: &mut Seen, block: Range<u64>| {
            let worlds = self.source.worlds(self.draws, from + block.start..from + block.end);
            for (k, (drawn, weight)) in (from + block.start..).zip(worlds) {
                let value = self.values.value(&drawn, self.out, &mut seen.desk);
                seen.sums.add(k, value * weight, weight);
            }
        };
        let seen = tally(numbers.end - from, self.threads, Seen::default, work, |worlds| done(from + worlds))?;
        sums.merge(&seen.sums);
        Ok(())
    }

    fn told(
        &self,
        n: &Negotiation,
        judges: &Judges,
        method: Method,
        sums: &Sums,
        pilot: u64,
        wanted: Option<f64>,
    ) -> Estimate {
        let interval = sums.interval(self.spread, self.certain);
        let worlds = sums.worlds();
        let plain_worlds = plain_worlds(interval.share, interval.half());
        let one_line = match self.out {
            Out::One(judge) => judges.all[judge].line_path(n).map(str::to_owned),
            Out::Nothing | Out::All => None,
        };
        Estimate {
            method,
            interval,
            worlds,
            pilot,
            hits: sums.hits(),
            randomisations: if self.spread == Spread::Together { RANDOMISATIONS as u64 } else { 0 },
            variance: worlds as f64 * interval.error * interval.error,
            plain_worlds,
            saving: plain_worlds / (worlds + pilot) as f64,
            effective: matches!(self.source, Source::Tilted(_)).then(|| sums.effective()),
            tilted: self.tilted(n),
            lines: self.lines(n, judges),
            one_line,
            exact: self.certain,
            precise: wanted.is_none(),
            wanted,
        }
    }

    /// The treatment of every number that could be integrated out: those of one judge, where only one is left open.
    fn lines(&self, n: &Negotiation, judges: &Judges) -> Vec<(String, Treatment)> {
        match self.out {
            Out::Nothing => Vec::new(),
            Out::All => judges.treatments(n),
            Out::One(judge) => Judges { all: vec![judges.all[judge].clone()] }.treatments(n),
        }
    }

    fn tilted(&self, n: &Negotiation) -> Vec<String> {
        let Source::Tilted(tilt) = &self.source else { return Vec::new() };
        let mut parties: Vec<&str> = n.parties().map(|i| n.actor(i).id.as_str()).collect();
        parties.sort_unstable();
        let paths = self.draws.dimensions();
        let name = |d: usize| {
            paths.get(d).cloned().unwrap_or_else(|| format!("intents/{}", parties.get(d - paths.len()).unwrap_or(&"")))
        };
        tilt.tilted().map(name).collect()
    }
}

/// Worlds before the first look at the precision.
pub const FIRST_LOOK: u64 = 1_024;

/// Worlds from which on it is told that a precision is out of reach.
const ENOUGH_TO_TELL: u64 = 16_384;
