//! The cells of one account: every profile of plans played in the same worlds, on the same luck.

use std::ops::Range;

use super::sample::Sample;
use crate::engine::talks::{Desk, Seats, Talks};
use crate::engine::{CannotRun, Drawing, Draws, Pin, Tally, tally};
use crate::model::{ActorId, InputId, Negotiation};

/// What the cells of one account and one combination of wants come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells {
    /// What is paid where the observer looks away at the horizon.
    pub at_horizon: Sample,
    /// What is paid where he looks away at twice the horizon.
    pub at_twice: Sample,
    /// Whether every run had ended by the horizon, so that the two are the same.
    pub all_ended: bool,
    /// `counted[profile]`, at twice the horizon.
    pub counted: Vec<Counted>,
}

/// How the runs of a profile end.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Counted {
    /// Runs that reach a settlement or a truce.
    pub reached: u64,
    /// Runs whose deal somebody at home calls a defeat.
    pub defeat: u64,
    /// Σ over runs of the chance that what is reached still holds after a year; what is reached counts whole where nothing is
    /// said of how long deals hold. In units of 2⁻⁴⁰, so that no order of adding changes it.
    holding: u64,
}

/// Units of [`Counted::holding`].
const HOLDING: f64 = 1_099_511_627_776.0;

impl Counted {
    /// The mean over runs of the chance that it is reached and still holds after a year.
    pub fn holding(&self, runs: usize) -> f64 {
        self.holding as f64 / HOLDING / (runs.max(1) as f64)
    }
}

/// Some runs, in no order yet.
#[derive(Default)]
struct Part {
    desk: Desk,
    rows: Vec<(u64, Vec<f64>, Vec<f64>)>,
    counted: Vec<Counted>,
    late: bool,
}

impl Tally for Part {
    fn merge(&mut self, other: Self) {
        self.rows.extend(other.rows);
        self.late |= other.late;
        self.counted.resize(self.counted.len().max(other.counted.len()), Counted::default());
        for (mine, theirs) in self.counted.iter_mut().zip(other.counted) {
            mine.reached += theirs.reached;
            mine.defeat += theirs.defeat;
            mine.holding += theirs.holding;
        }
    }
}

/// Payoffs that are kept at most: runs times profiles times players, at two horizons.
const MOST_VALUES: u64 = 100_000_000;

/// Plays every profile of plans of the players, `players[player]` an actor with its intents, in the worlds of a drawing; the numbers
/// of `pins` are held.
///
/// # Errors
/// [`CannotRun`]: no talks, too many values to keep, threads that cannot be started.
pub fn cells(
    n: &Negotiation,
    players: &[(ActorId, Vec<usize>)],
    drawing: &Drawing,
    runs: u64,
    pins: &[Pin],
    done: impl Fn(u64) + Sync,
) -> Result<Cells, CannotRun> {
    let plans: Vec<usize> = players.iter().map(|(_, plans)| plans.len()).collect();
    let (profiles, width) = (plans.iter().product::<usize>(), plans.len());
    let values = runs.saturating_mul(2).saturating_mul((profiles * width) as u64);
    if values > MOST_VALUES {
        let (gigabytes, most) = (values as f64 * 8e-9, MOST_VALUES as f64 * 8e-9);
        return Err(CannotRun::TooManyRuns { runs, cells: profiles, gigabytes, most });
    }
    let mut longer = n.clone();
    let horizon = n.horizon;
    longer.horizon = horizon.saturating_mul(2);
    let compiled = drawing.compile(&longer)?;
    let talks = Talks::of(&compiled, drawing.clone())?;
    let held: Vec<InputId> = pins.iter().map(|pin| pin.input).collect();
    let draws = Draws::holding(&longer, drawing.accounts.clone(), drawing.seed, &held);
    let empty = Sample { plans: plans.clone(), runs: 0, values: Vec::new() };
    let seats: Vec<Seats> = (0..profiles)
        .map(|place| {
            let intents = empty.profile(place).iter().zip(players).map(|(plan, (_, plans))| plans[*plan]).collect();
            Seats { who: Vec::new(), intents }
        })
        .collect();
    let work = |part: &mut Part, runs: Range<u64>| {
        part.counted.resize(profiles, Counted::default());
        let count = runs.end.saturating_sub(runs.start) as usize;
        let uniforms = draws.uniforms(runs.start, count);
        for (i, drawn) in draws.worlds(&uniforms).iter().enumerate() {
            let drawn = if pins.is_empty() { drawn.clone() } else { draws.pinned(drawn, &uniforms, i, pins) };
            talks.fill(&drawn.world, &mut part.desk);
            let mut row = (drawn.run, Vec::with_capacity(profiles * width), Vec::with_capacity(profiles * width));
            for (seats, counted) in seats.iter().zip(&mut part.counted) {
                let chosen = talks.play_chosen(&drawn, seats, horizon, &mut part.desk);
                let paid = |points: &[(ActorId, f64)], of: ActorId| {
                    points.iter().find(|(i, _)| *i == of).map_or(0.0, |(_, points)| *points)
                };
                for (of, _) in players {
                    let late = paid(&chosen.run.payoffs, *of);
                    row.2.push(late);
                    row.1.push(chosen.early.as_ref().map_or(late, |early| paid(early, *of)));
                }
                part.late |= chosen.early.is_some();
                if chosen.run.ending.is_reached() {
                    counted.reached += 1;
                    let held = chosen.run.outlook.as_ref().map_or(1.0, |outlook| outlook.hazard.survival(1.0));
                    counted.holding += (held * HOLDING).round() as u64;
                }
                counted.defeat += u64::from(!chosen.run.defeated.is_empty());
            }
            part.rows.push(row);
        }
    };
    let mut part = tally(runs, drawing.threads, Part::default, work, done)?;
    part.rows.sort_unstable_by_key(|(run, ..)| *run);
    let mut samples = [0, 1].map(|_| Sample { plans: plans.clone(), runs: part.rows.len(), values: Vec::new() });
    for (_, early, late) in part.rows {
        samples[0].values.extend(early);
        samples[1].values.extend(late);
    }
    let [at_horizon, at_twice] = samples;
    Ok(Cells { at_horizon, at_twice, all_ended: !part.late, counted: part.counted })
}
