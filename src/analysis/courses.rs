//! Courses of many runs, round by round: what each side still asks for, and how the states stand.
//!
//! Values are counted in fixed bins, so that memory does not grow with the runs and their order plays no part.

use std::ops::Range;

use super::leading;
use super::survey::Settings;
use crate::engine::talks::{Desk, Recorder, Run, Step, Talks, What};
use crate::engine::{CannotRun, Draws, Tally, tally};
use crate::model::{ActorId, Negotiation};

/// Columns of rounds at most.
const COLUMNS: u32 = 104;

/// Bins of values.
const BINS: usize = 200;

/// Runs that say beforehand how far the states go.
const PILOT: u64 = 256;

/// Runs from which one is chosen to be shown.
const CANDIDATES: u64 = 64;

/// What runs look like on their way.
#[derive(Debug, Clone, PartialEq)]
pub struct Courses {
    /// Runs looked at.
    pub runs: u64,
    /// What a side asks for at least when it names a whole deal, as a relative gain: `asked[intent]`.
    pub asked: Vec<Vec<Band>>,
    /// How the states stand while the talks go on: `states[state]`.
    pub states: Vec<Vec<Band>>,
    /// What weight those who start from the drawing shares put on what a party is really after: `believed[intent]`.
    pub believed: Vec<Vec<Band>>,
    /// One run to be shown, with its steps: of the first 64 the one reached with the most offers; where none was reached
    /// the one with the most offers. `None` where nobody made an offer.
    pub example: Option<(Run, Vec<Step>)>,
}

/// The middle and the outer deciles of a quantity in a round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The round; of several that share a column the last.
    pub round: u32,
    /// Values counted.
    pub count: u64,
    /// What a tenth, half and nine tenths of them stay under, to within a bin.
    pub deciles: [f64; 3],
}

/// Looks at the courses of runs; those in worlds that contradict an anchor are left out if the settings say so.
///
/// # Errors
/// As [`reached`](super::reached()).
pub fn courses(n: &Negotiation, settings: &Settings) -> Result<Courses, CannotRun> {
    let compiled = settings.drawing.compile(n)?;
    let talks = Talks::of(&compiled, settings.drawing.clone())?;
    let draws = settings.drawing.draws(n);
    let ranges = ranges(n, &talks, &draws, settings.runs.min(PILOT));
    let work = |seen: &mut Seen, runs: Range<u64>| {
        for drawn in draws.block(runs.start, (runs.end - runs.start) as usize) {
            let space = &compiled.at(&drawn.world).space;
            space.fill(&drawn.world, &mut seen.tables);
            if settings.agreeing && !leading::agrees(&compiled, space, &seen.tables, &drawn.world) {
                continue;
            }
            seen.runs += 1;
            talks.play(&drawn, &mut seen.desk, &mut seen.heard);
        }
    };
    let seen = tally(settings.runs, settings.drawing.threads, || Seen::new(n, &ranges), work, |_| ())?;
    Ok(Courses {
        runs: seen.runs,
        asked: seen.heard.asked.iter().map(|grid| grid.bands(n.horizon)).collect(),
        states: seen.heard.states.iter().map(|grid| grid.bands(n.horizon)).collect(),
        believed: seen.heard.believed.iter().map(|grid| grid.bands(n.horizon)).collect(),
        example: example(&talks, &draws, settings.runs.min(CANDIDATES)),
    })
}

fn example(talks: &Talks, draws: &Draws, runs: u64) -> Option<(Run, Vec<Step>)> {
    let offers = |steps: &[Step]| steps.iter().filter(|s| matches!(s.what, What::Offers { stage: None, .. })).count();
    let traced = (0..runs).map(|run| talks.trace(&draws.run(run))).filter(|(_, steps)| offers(steps) > 0);
    // Of equals the first: the last maximum of the reversed order.
    let all: Vec<(Run, Vec<Step>)> = traced.collect();
    all.into_iter().rev().max_by_key(|(run, steps)| (run.ending.is_reached(), offers(steps)))
}

/// The least and the greatest value of every state in the first runs, with a tenth of air.
fn ranges(n: &Negotiation, talks: &Talks, draws: &Draws, runs: u64) -> Vec<(f64, f64)> {
    let mut ends = Ends(vec![(f64::INFINITY, f64::NEG_INFINITY); n.states.len()]);
    let mut desk = Desk::default();
    for drawn in draws.block(0, runs as usize) {
        talks.play(&drawn, &mut desk, &mut ends);
    }
    let with_air = |(low, high): (f64, f64)| {
        let air = 0.1 * (high - low);
        if low > high { (0.0, 1.0) } else { (low - air, high + air) }
    };
    ends.0.into_iter().map(with_air).collect()
}

/// Hears how far the states go.
struct Ends(Vec<(f64, f64)>);

impl Recorder for Ends {
    const HEARS: bool = false;

    fn record(&mut self, _: u32, _: impl FnOnce() -> What) {}

    fn stand(&mut self, _: u32, states: &[f64]) {
        self.0.iter_mut().zip(states).for_each(|(end, state)| *end = (end.0.min(*state), end.1.max(*state)));
    }
}

/// Counts of values by round: `counts[column · BINS + bin]`.
#[derive(Debug, Clone)]
struct Grid {
    range: (f64, f64),
    counts: Vec<u32>,
}

/// Rounds in a column.
fn width(horizon: u32) -> u32 {
    horizon.div_ceil(COLUMNS).max(1)
}

impl Grid {
    fn new(horizon: u32, range: (f64, f64)) -> Self {
        Self { range, counts: vec![0; horizon.div_ceil(width(horizon)) as usize * BINS] }
    }

    fn add(&mut self, horizon: u32, round: u32, value: f64) {
        let (low, high) = self.range;
        let share = if high > low { (value - low) / (high - low) } else { 0.0 };
        let bin = ((share * BINS as f64).floor().max(0.0) as usize).min(BINS - 1);
        let column = (round.max(1) - 1) / width(horizon);
        self.counts[column as usize * BINS + bin] += 1;
    }

    fn merge(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(a, b)| *a += b);
    }

    /// Columns in which anything was counted.
    fn bands(&self, horizon: u32) -> Vec<Band> {
        let columns = self.counts.chunks(BINS).zip(1_u32..);
        let band = |(counts, column): (&[u32], u32)| {
            let count: u64 = counts.iter().map(|c| u64::from(*c)).sum();
            (count > 0).then(|| Band {
                round: (column * width(horizon)).min(horizon),
                count,
                deciles: [1, 5, 9].map(|tenths| self.quantile(counts, tenths, count)),
            })
        };
        columns.filter_map(band).collect()
    }

    /// The middle of the bin in which so many tenths are reached.
    fn quantile(&self, counts: &[u32], tenths: u64, total: u64) -> f64 {
        let mut seen = 0;
        let full = counts.iter().position(|count| {
            seen += u64::from(*count);
            10 * seen >= tenths * total
        });
        let (low, high) = self.range;
        low + (high - low) * (full.unwrap_or(0) as f64 + 0.5) / BINS as f64
    }
}

/// Hears what is asked for, and how the states stand.
struct Heard {
    horizon: u32,
    /// The intent of each actor in the run that is heard, `intents[actor]`.
    intents: Vec<usize>,
    asked: Vec<Grid>,
    states: Vec<Grid>,
    believed: Vec<Grid>,
}

impl Heard {
    fn asks(&mut self, round: u32, by: ActorId, asked: f64) {
        self.asked[self.intents[by.0]].add(self.horizon, round, asked);
    }
}

impl Recorder for Heard {
    fn record(&mut self, round: u32, what: impl FnOnce() -> What) {
        match what() {
            What::Intends(of, intent) => self.intents[of.0] = intent,
            What::Offers { by, stage: None, asked, .. } => self.asks(round, by, asked),
            _ => {}
        }
    }

    fn stand(&mut self, round: u32, states: &[f64]) {
        self.states.iter_mut().zip(states).for_each(|(grid, state)| grid.add(self.horizon, round, *state));
    }

    fn believe(&mut self, round: u32, intent: usize, weight: f64) {
        // What is believed before the first round is the prior.
        if round > 0 {
            self.believed[intent].add(self.horizon, round, weight);
        }
    }
}

struct Seen {
    desk: Desk,
    tables: crate::space::WorldTables,
    runs: u64,
    heard: Heard,
}

impl Seen {
    fn new(n: &Negotiation, ranges: &[(f64, f64)]) -> Self {
        let heard = Heard {
            horizon: n.horizon,
            intents: vec![0; n.actors.len()],
            asked: vec![Grid::new(n.horizon, (0.0, 1.0)); n.intents.len()],
            believed: vec![Grid::new(n.horizon, (0.0, 1.0)); n.intents.len()],
            states: ranges.iter().map(|range| Grid::new(n.horizon, *range)).collect(),
        };
        Self { desk: Desk::default(), tables: Vec::new(), runs: 0, heard }
    }
}

impl Tally for Seen {
    fn merge(&mut self, other: Self) {
        self.runs += other.runs;
        self.heard.asked.iter_mut().zip(&other.heard.asked).for_each(|(a, b)| a.merge(b));
        self.heard.believed.iter_mut().zip(&other.heard.believed).for_each(|(a, b)| a.merge(b));
        self.heard.states.iter_mut().zip(&other.heard.states).for_each(|(a, b)| a.merge(b));
    }
}
