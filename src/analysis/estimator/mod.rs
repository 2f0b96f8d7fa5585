//! One number over many worlds, for less than plain counting costs.
//!
//! A [`Target`] is estimated by a [`Method`]; the [`Estimate`] has its interval and says how many worlds plain counting
//! would have needed for it. Every method aims at the same number: that of plain counting over ever more worlds.

mod agree;
mod lines;
mod pilot;
mod student;
mod sums;
mod tilt;
mod value;
mod worlds;

use std::ops::Range;

use crate::engine::talks::{Ending, Mechanism, NoTalks};
use crate::engine::{Accounts, Draws, Tally, ThreadsError, tally};
use crate::model::{Defeat, Negotiation, Package};
use crate::space::Compiled;

pub use agree::{Agreement, agreement};
pub use lines::Treatment;
pub use pilot::PILOT_WORLDS;
pub use student::t95;
pub use sums::{Interval, RANDOMISATIONS, plain_worlds, rule_of_three};

use lines::Judges;
use sums::{Spread, Sums};
use value::{Out, Values, Work};
use worlds::{LINES, Source};

/// What is estimated: a share of worlds, or of the runs that go with them.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// One exists: some package is allowed, available, rational for all, and a defeat for nobody.
    Exists,
    /// This package is all that.
    WouldDo(Package),
    /// This package is a defeat for nobody.
    NoDefeat(Package),
    /// The talks reach one.
    Reached,
    /// The talks end so.
    Ends(Ending),
}

impl Target {
    /// Whether talks are played.
    #[must_use]
    pub fn needs_talks(&self) -> bool {
        matches!(self, Self::Reached | Self::Ends(_))
    }
}

/// How it is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Count worlds: those that a survey under the same seed looks at.
    Plain,
    /// Count worlds that are drawn by scrambled Sobol' points.
    Sobol,
    /// Draw worlds by chance, and integrate out the lines at home.
    Lines,
    /// Both.
    LinesSobol,
    /// Draw more of the worlds and intents that lead to a rare ending, and weigh them.
    Importance,
}

impl Method {
    /// All of them, in the order of the documents, with the words that name them.
    pub const ALL: [(&'static str, Self); 5] = [
        ("plain", Self::Plain),
        ("sobol", Self::Sobol),
        ("lines", Self::Lines),
        ("lines+sobol", Self::LinesSobol),
        ("importance", Self::Importance),
    ];

    /// The word that names it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, method)| *method == self).map_or("", |(word, _)| word)
    }

    fn integrates(self) -> bool {
        matches!(self, Self::Lines | Self::LinesSobol)
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The share.
    pub target: Target,
    /// The method; `None`: the one that does best for targets of this kind.
    pub method: Option<Method>,
    /// Readings and variants.
    pub accounts: Accounts,
    /// Seed of all draws.
    pub seed: u64,
    /// Which defeats count.
    pub defeat: Defeat,
    /// What is switched off in the talks.
    pub without: Vec<Mechanism>,
    /// Threads; `None`: as many as the machine has.
    pub threads: Option<usize>,
}

/// For how long worlds are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Until {
    /// This many, ≥ 1; of Sobol' points the greatest power of two in each randomisation that is no more.
    Worlds(u64),
    /// Until half the interval is no more than this: twice as many after each look, `most` at most.
    Precision {
        /// Half the width of the interval, > 0.
        half: f64,
        /// Worlds drawn at most.
        most: u64,
    },
}

/// Why nothing was estimated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EstimateError {
    /// The scenario has no talks.
    #[error(transparent)]
    NoTalks(#[from] NoTalks),
    /// The deal space could not be compiled.
    #[error(transparent)]
    Space(#[from] crate::space::Error),
    /// The threads could not be started.
    #[error(transparent)]
    Threads(#[from] ThreadsError),
    /// Lines move while the parties talk: they can be integrated out only where none are played.
    #[error("lines at home move while the parties talk, so they cannot be integrated out of what talks come to")]
    LinesMove,
    /// The pilot of importance sampling never met the target.
    #[error(
        "not once in {worlds} runs of the pilot: the share is at most {bound:.2e} (95 %), and nothing can be fitted"
    )]
    NeverMet {
        /// Runs of the pilot.
        worlds: u64,
        /// The rule of three: 3 / runs.
        bound: f64,
    },
}

/// A share with what it cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The method used.
    pub method: Method,
    /// The share with its error and interval.
    pub interval: Interval,
    /// Worlds behind it.
    pub worlds: u64,
    /// Worlds of the pilot, not behind it: they chose whose line to integrate, or what to draw more of.
    pub pilot: u64,
    /// Worlds in which the value was above 0.
    pub hits: u64,
    /// Independent randomisations behind the error; 0 where each world is one.
    pub randomisations: u64,
    /// worlds · error²: the variance of one world in its effect on the estimate. Plain counting has p(1 − p).
    pub variance: f64,
    /// Worlds that plain counting needs for this interval; infinite where the interval has no width.
    pub plain_worlds: f64,
    /// `plain_worlds` by all worlds drawn, those of the pilot with them: 1 for plain counting but for rounding.
    pub saving: f64,
    /// Effective number of worlds behind the weights of importance sampling.
    pub effective: Option<f64>,
    /// The dimensions of the draws that importance sampling tilted; the intents of parties as `intents/PARTY`.
    pub tilted: Vec<String>,
    /// What became of the lines and vetoes that the target hangs on, by path; empty where nothing is integrated out.
    pub lines: Vec<(String, Treatment)>,
    /// Whose line was integrated out, where only one judge's can be: the path of the line.
    pub one_line: Option<String>,
    /// Whether nothing but what was integrated out is uncertain, so that the share is exact.
    pub exact: bool,
    /// Whether the precision asked for was reached; true where none was.
    pub precise: bool,
    /// Worlds that the precision would take, as far as can be told, where it was not reached.
    pub wanted: Option<f64>,
}

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
/// [`EstimateError`]: no talks, a space that cannot be compiled, a method that does not fit, an ending never met.
pub fn estimate(
    n: &Negotiation,
    asked: &Asked,
    until: Until,
    done: impl Fn(u64) + Sync,
) -> Result<Estimate, EstimateError> {
    let compiled = Compiled::of(n, &asked.accounts.variants)?;
    let rational = !matches!(asked.target, Target::NoDefeat(_));
    let judges = Judges::of(n, &asked.accounts, asked.defeat, rational);
    let values = Values::of(&compiled, asked, &judges)?;
    let draws = Draws::new(n, asked.accounts.clone(), asked.seed);
    let open: Vec<usize> = (0..judges.all.len()).filter(|j| judges.all[*j].is_open()).collect();
    let (method, mut piloted) = match asked.method {
        Some(method) => (method, 0),
        None => pilot::method(&draws, &values, asked)?,
    };
    if method.integrates() && asked.target.needs_talks() {
        return Err(EstimateError::LinesMove);
    }
    let mut out = Out::Nothing;
    if method.integrates() && !open.is_empty() {
        out = Out::All;
        if asked.target == Target::Exists {
            let (best, worlds) = pilot::best_line(&draws, &values, &open, asked.threads)?;
            (out, piloted) = (Out::One(best), piloted + worlds);
        }
    }
    let source = match method {
        Method::Plain => Source::Streams { first: 0 },
        Method::Lines => Source::Streams { first: LINES },
        Method::Sobol | Method::LinesSobol => Source::points(&draws, asked.seed),
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
        threads: asked.threads,
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
    work: Work,
}

impl Tally for Seen {
    fn merge(&mut self, other: Self) {
        self.sums.merge(&other.sums);
    }
}

impl Plan<'_> {
    /// Draws until it is enough; also says how many worlds the precision would take, where it is not reached.
    fn drawn(&self, until: Until, done: impl Fn(u64) + Sync) -> Result<(Sums, Option<f64>), EstimateError> {
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
                let value = self.values.value(&drawn, self.out, &mut seen.work);
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
            lines: if self.out == Out::Nothing { Vec::new() } else { judges.treatments(n) },
            one_line,
            exact: self.certain,
            precise: wanted.is_none(),
            wanted,
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
