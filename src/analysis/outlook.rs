//! What waiting brings, and how far ahead those look who decide: two numbers on which talks under way hang most.

use super::{Mean, Settings, reached};
use crate::engine::CannotRun;
use crate::model::{ActorId, Input, InputKind, Law, Negotiation, Quantity, Scale, Scores, Standing, World};
use crate::num::{Moments, Share};

/// The parts of a year after which no deal is asked for.
pub const QUARTERS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// What no deal is worth to a party as time passes without one, in its own eyes and points.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// The account, as its place among the readings; `None` where there are none.
    pub reading: Option<usize>,
    /// Whose.
    pub of: ActorId,
    /// The mean over worlds at each of the [`QUARTERS`]: states on their mean path, what was misjudged unlearned as it goes on.
    pub worth: [f64; QUARTERS.len()],
}

/// No deal over a year, account by account and party by party; empty where nothing moves it: no cost, no drift, nothing
/// to learn and no end to come.
pub fn waiting(n: &Negotiation, settings: &Settings) -> Vec<Waiting> {
    let scores = Scores::new(n, Scale::of(n));
    let (draws, parties) = (settings.drawing.draws(n), n.parties().collect::<Vec<_>>());
    let accounts: Vec<Option<usize>> =
        if n.readings.is_empty() { vec![None] } else { (0..n.readings.len()).map(Some).collect() };
    let mut sums = vec![vec![[Moments::default(); QUARTERS.len()]; parties.len()]; accounts.len()];
    for run in 0..settings.runs {
        let drawn = draws.run(run);
        let Some(account) = accounts.iter().position(|at| *at == drawn.reading) else { continue };
        for (quarter, part) in QUARTERS.iter().enumerate() {
            let time = part * n.per.in_a_year();
            let states = on_mean_path(n, &drawn.world, time);
            let now = Standing { time, charged: time, fought: time, ..Standing::at_start(&states) };
            for (i, of) in parties.iter().enumerate() {
                let worth = scores.scale().points(scores.no_deal_at(&drawn.world, *of, &now));
                sums[account][i][quarter].add(worth);
            }
        }
    }
    let of_account = |(reading, sums): (&Option<usize>, &Vec<[Moments; QUARTERS.len()]>)| {
        let one = |(of, sums): (&ActorId, &[Moments; QUARTERS.len()])| Waiting {
            reading: *reading,
            of: *of,
            worth: sums.map(|sum| sum.mean().unwrap_or(0.0)),
        };
        parties.iter().zip(sums).map(one).collect::<Vec<_>>()
    };
    let all: Vec<Waiting> = accounts.iter().zip(&sums).flat_map(of_account).collect();
    let moves = |it: &Waiting| it.worth.iter().any(|worth| *worth != it.worth[0]);
    if all.iter().any(moves) { all } else { Vec::new() }
}

/// Where states stand after a time in which no deal was made, noise and events apart.
fn on_mean_path(n: &Negotiation, world: &World, time: f64) -> Vec<f64> {
    let at = |state: &crate::model::State| {
        let start = world.value(state.start);
        start + state.drift(world, start, time, n.is_conflict())
    };
    n.states.iter().map(at).collect()
}

/// Years for which those who decide may look ahead.
pub const YEARS_AHEAD: [f64; 3] = [1.0, 5.0, 10.0];

/// What comes of it that those who decide look so many years ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Looking {
    /// Years.
    pub years: f64,
    /// One exists.
    pub exists: Share,
    /// It is reached.
    pub reached: Share,
    /// It is reached and still holds after a year.
    pub holding: Mean,
}

/// Talks with `looks_ahead` of each of [`YEARS_AHEAD`], on the same luck; none where nothing is said of how long deals hold.
///
/// # Errors
/// [`CannotRun`], as for [`reached`].
pub fn looking(n: &Negotiation, settings: &Settings) -> Result<Vec<Looking>, CannotRun> {
    if n.durability.is_none() || n.talks.is_none() {
        return Ok(Vec::new());
    }
    let one = |years: f64| {
        let mut n = n.clone();
        let law = Law::Own(Quantity::fixed(years).expect("years are finite"));
        let numbers = "assumption".into();
        let input = Input { path: "looks_ahead".into(), law, kind: InputKind::Value, numbers, written: true };
        n.looks_ahead = Some(n.inputs.add(input));
        let reached = reached(&n, settings, |_| ())?;
        Ok(Looking { years, exists: reached.gap().exists, reached: reached.reached, holding: reached.holding })
    };
    YEARS_AHEAD.into_iter().map(one).collect()
}
