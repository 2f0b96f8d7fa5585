//! One number, or two, held at values in all worlds: where a plan begins to pay, and who would choose what there.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::account::{Asked, OfAccount, best_plan, blocks, paid_more, table};
use super::break_even::{BreakEven, break_even};
use super::players::Players;
use super::sample::{Difference, Sample};
use super::supports::{Settled, profiles, settle};
use crate::engine::{CannotRun, Drawing, Pin};
use crate::model::{InputId, Negotiation};

/// Where a plan of one type breaks even as a number is held, against the best of the type's other plans there.
///
/// ```text
/// D(θ) = Π(k, y; θ) − max over other plans of Π(·, y; θ)
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Its player.
    pub player: usize,
    /// The type of the player.
    pub of: usize,
    /// The number.
    pub input: InputId,
    /// The values tried lie in this range.
    pub range: (f64, f64),
    /// Against what the others play in the first equilibrium of the file as it stands.
    pub fixed: BreakEven,
    /// Where the others play an equilibrium of the table at each value: of several the one nearest to that of the file.
    pub answered: BreakEven,
}

/// Who would choose what where two numbers are held.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The two values.
    pub at: [f64; 2],
    /// Plans of the player that are a best reply in some equilibrium there, as places among the plans of the table, in order.
    pub plays: Vec<usize>,
    /// Whether some plan that is not named could be one, or one that is named might not, within the error of the runs.
    pub open: bool,
    /// The same on a second luck, that of the next seed.
    pub again: (Vec<usize>, bool),
}

/// Where the plan that is asked about breaks even, for each type of its player that may play it.
///
/// # Errors
/// [`CannotRun`].
pub fn hold(
    n: &Negotiation,
    players: &Players,
    asked: &Asked,
    drawing: &Drawing,
    game: &OfAccount,
    (input, range): (InputId, (f64, f64)),
    done: impl Fn(u64) + Sync,
) -> Result<Vec<Held>, CannotRun> {
    let Some(base) = game.settled.supported.first() else { return Ok(Vec::new()) };
    let made = RefCell::new(0_u64);
    let each = asked.runs * players.combinations().len() as u64;
    let of_type = |sought: &super::account::Sought| -> Result<Held, CannotRun> {
        // Both lines are asked of one table at each value.
        let known: RefCell<BTreeMap<u64, [Difference; 2]>> = RefCell::default();
        let at = |value: f64| -> Result<[Difference; 2], CannotRun> {
            if let Some(found) = known.borrow().get(&value.to_bits()) {
                return Ok(*found);
            }
            let before = *made.borrow();
            let pins = [Pin { input, value }];
            let blocks = blocks(n, players, asked.runs, drawing, &pins, |runs| done(before + runs))?;
            *made.borrow_mut() += each;
            let whole = table(players, &blocks, None, |cells| &cells.at_twice);
            let own = table(players, &blocks, Some((sought.player, sought.of)), |cells| &cells.at_twice);
            let answer = nearest(&whole, &base.mixed, sought.player);
            let found = [&base.mixed, &answer].map(|mixed| {
                let best = best_plan(&own, sought.player, sought.plan, mixed);
                Difference::of(paid_more(&own, sought.player, (sought.plan, best), mixed).into_iter())
            });
            known.borrow_mut().insert(value.to_bits(), found);
            Ok(found)
        };
        let fixed = break_even(range, |value| at(value).map(|found| found[0]))?;
        let answered = break_even(range, |value| at(value).map(|found| found[1]))?;
        Ok(Held { player: sought.player, of: sought.of, input, range, fixed, answered })
    };
    game.sought.iter().map(of_type).collect()
}

/// The equilibrium of a table in which the others of a player play most as they do in another profile.
fn nearest(sample: &Sample, base: &[Vec<f64>], player: usize) -> Vec<Vec<f64>> {
    let overlap = |mixed: &[Vec<f64>]| -> f64 {
        let others = mixed.iter().zip(base).enumerate().filter(|(i, _)| *i != player);
        others.map(|(_, (a, b))| a.iter().zip(b).map(|(a, b)| a.min(*b)).sum::<f64>()).sum()
    };
    let all = profiles(sample, &sample.means());
    let best = all.into_iter().map(|mixed| (overlap(&mixed), mixed)).reduce(|a, b| if b.0 > a.0 { b } else { a });
    best.map_or_else(|| base.to_vec(), |(_, mixed)| mixed)
}

/// Who would choose what at each pair of values, the first number's fastest, on two lucks; `resamples` of the runs say where it is open.
///
/// # Errors
/// [`CannotRun`].
pub fn map(
    n: &Negotiation,
    players: &Players,
    asked: &Asked,
    drawing: &Drawing,
    player: usize,
    axes: [(InputId, &[f64]); 2],
    done: impl Fn(u64) + Sync,
) -> Result<Vec<Cell>, CannotRun> {
    let each = asked.runs * players.combinations().len() as u64;
    let second = Drawing { seed: drawing.seed.wrapping_add(1), ..drawing.clone() };
    let mut made = 0;
    let mut look = |drawing: &Drawing, pins: &[Pin]| -> Result<(Vec<usize>, bool), CannotRun> {
        let blocks = blocks(n, players, asked.runs, drawing, pins, |runs| done(made + runs))?;
        made += each;
        let sample = table(players, &blocks, None, |cells| &cells.at_twice);
        let (settled, _) = settle(&sample, asked.resamples, drawing.seed, drawing.threads)?;
        let plays = played(&sample, player);
        let open = is_open(&settled, player, &plays);
        Ok((plays, open))
    };
    let mut cells = Vec::new();
    for upwards in axes[1].1 {
        for across in axes[0].1 {
            let pins = [Pin { input: axes[0].0, value: *across }, Pin { input: axes[1].0, value: *upwards }];
            let (plays, open) = look(drawing, &pins)?;
            cells.push(Cell { at: [*across, *upwards], plays, open, again: look(&second, &pins)? });
        }
    }
    Ok(cells)
}

/// The plans that a player plays in some equilibrium of a table.
fn played(sample: &Sample, player: usize) -> Vec<usize> {
    let all = profiles(sample, &sample.means());
    let plays = |plan: &usize| all.iter().any(|mixed| mixed[player][*plan] > 0.0);
    (0..sample.plans[player]).filter(plays).collect()
}

/// Whether resamples play otherwise: in a tenth of them a plan more, or one of these in fewer than nine tenths.
fn is_open(settled: &Settled, player: usize, plays: &[usize]) -> bool {
    let share = settled.played[player].iter().enumerate();
    share.into_iter().any(|(plan, share)| if plays.contains(&plan) { *share < 0.9 } else { *share >= 0.1 })
}
