//! One number over many worlds, for less than plain counting costs.
//!
//! A [`Target`] is estimated by a [`Method`]; the [`Estimate`] has its interval and says how many worlds plain counting
//! would have needed for it. Every method aims at the same number: that of plain counting over ever more worlds.

mod agree;
mod ask;
mod lines;
mod pilot;
mod sums;
mod tilt;
mod value;
mod worlds;

use std::ops::Range;

use crate::engine::{CannotRun, Draws, Tally, ThreadsError, talks::Desk, tally};
use crate::model::Negotiation;

pub use agree::{Agreement, ShareFound, agreement};
pub use ask::{Estimate, EstimateSettings, Method, Target, Until};
pub use lines::Treatment;
pub use pilot::PILOT_WORLDS;
pub use sums::{Interval, RANDOMISATIONS, plain_worlds, rule_of_three};

use lines::treatments;
use sums::{ErrorFrom, WeightedSums};
use value::{Out, Values};
use worlds::{LINES, Source};

/// What is fixed before the worlds of the estimate are drawn.
struct Prepared<'a> {
    n: &'a Negotiation,
    draws: &'a Draws<'a>,
    values: &'a Values<'a>,
    method: Method,
    source: Source,
    out: Out,
    /// Worlds that it took to choose how the others are drawn.
    pilot: u64,
    certain: bool,
    threads: Option<usize>,
}

/// Estimates a share; `done` hears how many worlds are drawn, those of a pilot apart.
///
/// # Errors
/// [`CannotRun`]: no talks, a space that cannot be compiled, a method that does not fit, an ending never met.
pub fn estimate(
    n: &Negotiation,
    settings: &EstimateSettings,
    done: impl Fn(u64) + Sync,
) -> Result<Estimate, CannotRun> {
    let (target, drawing) = (&settings.target, &settings.drawing);
    let compiled = drawing.compile(n)?;
    let judges = lines::judges(n, drawing, !matches!(target, Target::NoDefeat(_)));
    let values = Values::of(&compiled, settings, &judges)?;
    let draws = drawing.draws(n);
    let method = settings.method.unwrap_or_else(|| target.best_method());
    if method.integrates() && target.needs_talks() {
        return Err(CannotRun::LinesMove);
    }
    let open: Vec<usize> = (0..judges.len()).filter(|j| judges[*j].is_open()).collect();
    let (out, tried) = match target {
        _ if !method.integrates() || open.is_empty() => (Out::Nothing, 0),
        Target::Exists => {
            let (best, worlds) = pilot::best_line(&draws, &values, &open, drawing.threads)?;
            (Out::One(best), worlds)
        }
        _ => (Out::All, 0),
    };
    let (source, fitted) = match method {
        Method::Plain => (Source::Streams { first: 0 }, 0),
        Method::Lines => (Source::Streams { first: LINES }, 0),
        Method::Sobol | Method::LinesSobol => (Source::points(&draws, drawing.seed), 0),
        Method::Importance => {
            let (tilt, worlds) = pilot::tilt(&draws, &values, settings)?;
            (Source::Tilted(Box::new(tilt)), worlds)
        }
    };
    let (draws, values, pilot, threads) = (&draws, &values, tried + fitted, drawing.threads);
    let mut prepared = Prepared { n, draws, values, method, source, out, pilot, certain: false, threads };
    prepared.certain = !target.needs_talks() && prepared.is_nothing_left_to_draw();
    let (sums, wanted) = prepared.drawn(settings.until, done)?;
    Ok(prepared.told(&sums, wanted))
}

impl Prepared<'_> {
    /// Whether all draws are integrated out.
    fn is_nothing_left_to_draw(&self) -> bool {
        let lines = if self.out == Out::All { self.lines() } else { Vec::new() };
        let gone = |path: &str| lines.iter().any(|(of, how)| of == path && *how == Treatment::Integrated);
        self.draws.dimensions().iter().all(|path| gone(path.strip_suffix("/happens").unwrap_or(path)))
    }

    fn error_from(&self) -> ErrorFrom {
        if matches!(self.source, Source::Streams { .. }) { ErrorFrom::Worlds } else { ErrorFrom::Randomisations }
    }

    /// Draws until it is enough; also says how many worlds the precision would take, where it is not reached.
    fn drawn(&self, until: Until, done: impl Fn(u64) + Sync) -> Result<(WeightedSums, Option<f64>), CannotRun> {
        let mut sums = WeightedSums::default();
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
            let found = sums.interval(self.error_from(), self.certain).half();
            if found <= half {
                return Ok((sums, None));
            }
            // Errors fall at least with the root of the number of worlds.
            let wanted = next as f64 * (found / half) * (found / half);
            // Points may do better than the root: they are given up later.
            let slack = if self.error_from() == ErrorFrom::Randomisations { 4.0 } else { 1.2 };
            let hopeless = next >= ENOUGH_TO_TELL && wanted > slack * most as f64;
            if next >= most || hopeless {
                return Ok((sums, Some(wanted)));
            }
            next = (2 * next).min(most);
        }
    }

    fn add(
        &self,
        sums: &mut WeightedSums,
        numbers: Range<u64>,
        done: &(impl Fn(u64) + Sync),
    ) -> Result<(), ThreadsError> {
        let from = numbers.start;
        let work = |(desk, sums): &mut (Desk, WeightedSums), block: Range<u64>| {
            let numbers = from + block.start..from + block.end;
            for (k, (drawn, weight)) in numbers.clone().zip(self.source.worlds(self.draws, numbers)) {
                let value = self.values.value(&drawn, self.out, desk);
                sums.add(k, value * weight, weight);
            }
        };
        let (_, more) = tally(numbers.end - from, self.threads, Default::default, work, |worlds| done(from + worlds))?;
        sums.merge(more);
        Ok(())
    }

    fn told(&self, sums: &WeightedSums, wanted: Option<f64>) -> Estimate {
        let interval = sums.interval(self.error_from(), self.certain);
        let worlds = sums.worlds();
        let plain_worlds = plain_worlds(interval.share, interval.half());
        let one_line = match self.out {
            Out::One(judge) => self.values.judges[judge].line_path(self.n).map(str::to_owned),
            Out::Nothing | Out::All => None,
        };
        Estimate {
            method: self.method,
            interval,
            worlds,
            pilot: self.pilot,
            hits: sums.hits(),
            randomisations: if self.error_from() == ErrorFrom::Worlds { 0 } else { RANDOMISATIONS as u64 },
            variance: worlds as f64 * interval.error * interval.error,
            plain_worlds,
            saving: plain_worlds / (worlds + self.pilot) as f64,
            effective: matches!(self.source, Source::Tilted(_)).then(|| sums.effective()),
            tilted: self.tilted(),
            lines: self.lines(),
            one_line,
            exact: self.certain,
            precise: wanted.is_none(),
            wanted,
        }
    }

    /// The treatment of every number that could be integrated out: those of one judge, where only one is left open.
    fn lines(&self) -> Vec<(String, Treatment)> {
        match self.out {
            Out::Nothing => Vec::new(),
            Out::All => treatments(self.values.judges, self.n),
            Out::One(judge) => treatments(&self.values.judges[judge..=judge], self.n),
        }
    }

    fn tilted(&self) -> Vec<String> {
        let Source::Tilted(tilt) = &self.source else { return Vec::new() };
        let mut parties: Vec<&str> = self.n.parties().map(|i| self.n.actor(i).id.as_str()).collect();
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
