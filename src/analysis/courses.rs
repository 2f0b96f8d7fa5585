//! Courses of many runs, round by round: what each side still asks for, and how the states stand.
//!
//! Values are counted in fixed bins, so that memory does not grow with the runs and their order plays no part.

use super::reached::deciles;
use super::survey::Settings;
use super::surveying::{Counting, surveyed};
use crate::engine::talks::{Desk, NoTalks, Recorder, Run, Step, Talks, What};
use crate::engine::{CannotRun, Drawn, adds_up, packs};
use crate::model::Negotiation;

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
    /// Runs that tell most, with their steps: of the first 256 the first that ended in each way, deals before the others.
    pub telling: Vec<(Run, Vec<Step>)>,
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
    telling: Vec<(Run, Vec<Step>)>,
}

impl Pilot {
    /// Plays the worlds of the first runs, [`PILOT`] at most.
    pub(super) fn of(n: &Negotiation, talks: &Talks, first: &[Drawn]) -> Self {
        let mut heard = Ends { ends: vec![(f64::INFINITY, f64::NEG_INFINITY); n.states.len()], steps: Vec::new() };
        let (mut desk, mut example, mut telling) = (Desk::default(), None::<(Run, Vec<Step>)>, Vec::new());
        let offers =
            |steps: &[Step]| steps.iter().filter(|s| matches!(s.what, What::Offers { stage: None, .. })).count();
        for (place, drawn) in (0..PILOT).zip(first) {
            let run = talks.play(drawn, &mut desk, Some(&mut heard));
            let steps = std::mem::take(&mut heard.steps);
            let rank = (run.ending.is_reached(), offers(&steps));
            // Of equals the first.
            let better = example.as_ref().is_none_or(|(r, s)| rank > (r.ending.is_reached(), offers(s)));
            if place < CANDIDATES && rank.1 > 0 && better {
                example = Some((run.clone(), steps.clone()));
            }
            if telling.iter().all(|(other, _): &(Run, Vec<Step>)| other.ending != run.ending) {
                telling.push((run, steps));
            }
        }
        telling.sort_by_key(|(run, _)| (!run.ending.is_reached(), run.ending));
        Self { ranges: heard.ends.into_iter().map(with_air).collect(), example, telling }
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
    fn record(&mut self, round: u32, what: What) {
        self.steps.record(round, what);
    }

    fn stand(&mut self, _: u32, states: &[f64]) {
        self.ends.iter_mut().zip(states).for_each(|(end, state)| *end = (end.0.min(*state), end.1.max(*state)));
    }
}

/// Counts of values by round: `counts[column · BINS + bin]`.
#[derive(Debug, Clone)]
struct Binned {
    horizon: u32,
    range: (f64, f64),
    counts: Vec<u64>,
}

adds_up!(Binned: counts; keeps horizon, range);
packs!(Binned: counts; keeps horizon, range);

impl Binned {
    fn new(horizon: u32, range: (f64, f64)) -> Self {
        let grid = Self { horizon, range, counts: Vec::new() };
        Self { counts: vec![0; horizon.div_ceil(grid.width()) as usize * BINS], ..grid }
    }

    /// Rounds in a column.
    fn width(&self) -> u32 {
        self.horizon.div_ceil(COLUMNS).max(1)
    }

    fn add(&mut self, round: u32, value: f64) {
        let (low, high) = self.range;
        let share = if high > low { (value - low) / (high - low) } else { 0.0 };
        let bin = ((share * BINS as f64).floor().max(0.0) as usize).min(BINS - 1);
        let column = (round.max(1) - 1) / self.width();
        self.counts[column as usize * BINS + bin] += 1;
    }

    /// Columns in which anything was counted, each with the middles of the bins in which its tenths are reached.
    fn bands(&self) -> Vec<Band> {
        let (low, high) = self.range;
        let middle = |bin: usize| low + (high - low) * (bin as f64 + 0.5) / BINS as f64;
        let band = |(counts, column): (&[u64], u32)| {
            let round = (column * self.width()).min(self.horizon);
            Some(Band { round, count: counts.iter().sum(), deciles: deciles(counts)?.map(middle) })
        };
        self.counts.chunks(BINS).zip(1_u32..).filter_map(band).collect()
    }
}

/// Hears what is asked for, and how the states stand.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    pub(super) runs: u64,
    /// The intent of each actor in the run that is heard, `intents[actor]`.
    intents: Vec<usize>,
    asked: Vec<Binned>,
    states: Vec<Binned>,
    believed: Vec<Binned>,
}

adds_up!(Heard: runs, asked, states, believed; keeps intents);
packs!(Heard: runs, asked, states, believed; keeps intents);

impl Recorder for Heard {
    fn record(&mut self, round: u32, what: What) {
        match what {
            What::Intends(of, intent) => self.intents[of.0] = intent,
            What::Offers { by, stage: None, asked, .. } => self.asked[self.intents[by.0]].add(round, asked),
            _ => {}
        }
    }

    fn stand(&mut self, round: u32, states: &[f64]) {
        self.states.iter_mut().zip(states).for_each(|(grid, state)| grid.add(round, *state));
    }

    fn believe(&mut self, round: u32, intent: usize, weight: f64) {
        // What is believed before the first round is the prior.
        if round > 0 {
            self.believed[intent].add(round, weight);
        }
    }
}

impl Heard {
    pub(super) fn none(n: &Negotiation, pilot: &Pilot) -> Self {
        let shares = vec![Binned::new(n.horizon, (0.0, 1.0)); n.intents.len()];
        Self {
            runs: 0,
            intents: vec![0; n.actors.len()],
            asked: shares.clone(),
            states: pilot.ranges.iter().map(|range| Binned::new(n.horizon, *range)).collect(),
            believed: shares,
        }
    }

    pub(super) fn told(&self, pilot: &Pilot) -> Courses {
        let bands = |grids: &[Binned]| grids.iter().map(Binned::bands).collect();
        Courses {
            runs: self.runs,
            asked: bands(&self.asked),
            states: bands(&self.states),
            believed: bands(&self.believed),
            example: pilot.example.clone(),
            telling: pilot.telling.clone(),
        }
    }
}
