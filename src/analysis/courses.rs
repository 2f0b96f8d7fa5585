//! Courses of many runs, round by round: what each side still asks for, and how the states stand.
//!
//! Values are counted in fixed bins, so that memory does not grow with the runs and their order plays no part.

use super::survey::Settings;
use super::surveying::{Counting, surveyed};
use crate::engine::talks::{Desk, NoTalks, Recorder, Run, Step, Talks, What};
use crate::engine::{CannotRun, Drawn};
use crate::model::{ActorId, Negotiation};

/// Columns of rounds at most.
const COLUMNS: u32 = 104;

/// Bins of values.
const BINS: usize = 200;

/// Runs that say beforehand how far the states go.
pub(super) const PILOT: u64 = 256;

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
    let counting = Counting { courses: settings.runs, ..Counting::default() };
    surveyed(n, settings, counting, |_| ())?.courses.ok_or(CannotRun::NoTalks(NoTalks))
}

/// The first runs, played beforehand: how far the states go, and the run to be shown.
#[derive(Debug)]
pub(super) struct Pilot {
    /// The least and the greatest value of every state, with a tenth of air.
    ranges: Vec<(f64, f64)>,
    example: Option<(Run, Vec<Step>)>,
}

impl Pilot {
    /// Plays the worlds of the first runs, [`PILOT`] at most.
    pub(super) fn of(n: &Negotiation, talks: &Talks, first: &[Drawn]) -> Self {
        let mut heard = Ends { ends: vec![(f64::INFINITY, f64::NEG_INFINITY); n.states.len()], steps: Vec::new() };
        let (mut desk, mut example) = (Desk::default(), None::<(Run, Vec<Step>)>);
        let offers =
            |steps: &[Step]| steps.iter().filter(|s| matches!(s.what, What::Offers { stage: None, .. })).count();
        for (place, drawn) in (0..PILOT).zip(first) {
            let run = talks.play(drawn, &mut desk, &mut heard);
            let steps = std::mem::take(&mut heard.steps);
            let rank = (run.ending.is_reached(), offers(&steps));
            // Of equals the first.
            let better = example.as_ref().is_none_or(|(r, s)| rank > (r.ending.is_reached(), offers(s)));
            if place < CANDIDATES && rank.1 > 0 && better {
                example = Some((run, steps));
            }
        }
        Self { ranges: heard.ends.into_iter().map(with_air).collect(), example }
    }
}

fn with_air((low, high): (f64, f64)) -> (f64, f64) {
    let air = 0.1 * (high - low);
    if low > high { (0.0, 1.0) } else { (low - air, high + air) }
}

/// Hears every step, and how far the states go.
struct Ends {
    ends: Vec<(f64, f64)>,
    steps: Vec<Step>,
}

impl Recorder for Ends {
    fn record(&mut self, round: u32, what: impl FnOnce() -> What) {
        self.steps.record(round, what);
    }

    fn stand(&mut self, _: u32, states: &[f64]) {
        self.ends.iter_mut().zip(states).for_each(|(end, state)| *end = (end.0.min(*state), end.1.max(*state)));
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
#[derive(Debug, Clone)]
pub(super) struct Heard {
    pub(super) runs: u64,
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

impl Heard {
    pub(super) fn none(n: &Negotiation, pilot: &Pilot) -> Self {
        Self {
            runs: 0,
            horizon: n.horizon,
            intents: vec![0; n.actors.len()],
            asked: vec![Grid::new(n.horizon, (0.0, 1.0)); n.intents.len()],
            believed: vec![Grid::new(n.horizon, (0.0, 1.0)); n.intents.len()],
            states: pilot.ranges.iter().map(|range| Grid::new(n.horizon, *range)).collect(),
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.runs += other.runs;
        self.asked.iter_mut().zip(&other.asked).for_each(|(a, b)| a.merge(b));
        self.believed.iter_mut().zip(&other.believed).for_each(|(a, b)| a.merge(b));
        self.states.iter_mut().zip(&other.states).for_each(|(a, b)| a.merge(b));
    }

    pub(super) fn told(&self, pilot: &Pilot) -> Courses {
        let bands = |grids: &[Grid]| grids.iter().map(|grid| grid.bands(self.horizon)).collect();
        Courses {
            runs: self.runs,
            asked: bands(&self.asked),
            states: bands(&self.states),
            believed: bands(&self.believed),
            example: pilot.example.clone(),
        }
    }
}
