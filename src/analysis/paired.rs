//! Paired comparisons on common luck: which way does an answer move when something of the scenario is changed?
//!
//! Two arms of one scenario, the base and the changed one, are run with the same draws (common random numbers), so that
//! what luck does to both cancels in the difference of each pair. Source: Law (2015).

mod arm;
pub(super) mod sums;

use std::ops::Range;

use crate::engine::{Arm, CannotRun, Drawing, Drawn, Draws, Tally, ThreadsError, talks::Desk, tally};
use crate::model::{Direction, InputId, Measure, Negotiation, Scale};
use crate::space::Compiled;
use arm::{Asks, Changed, RunSeen};
use sums::PairSums;

pub use sums::{Effect, Found};

/// How pairs are made.
#[derive(Debug, Clone, PartialEq)]
pub struct PairedSettings {
    /// Pairs of runs for each direction, ≥ 1.
    pub pairs: u64,
    /// From what worlds are drawn, and what is played in them.
    pub drawing: Drawing,
    /// The directions asked about, as places among those of the scenario.
    pub directions: Vec<usize>,
}

/// What the pairs of one direction say.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// Place among the directions of the scenario.
    pub direction: usize,
    /// Pairs.
    pub pairs: u64,
    /// One for each measure expected, in file order.
    pub effects: Vec<Effect>,
    /// Numbers that were moved against a bound of their key, so that part of their range could not follow.
    pub stopped: Vec<InputId>,
}

impl Paired {
    /// Whether a direction that holds by construction did not: a mistake in the program.
    pub fn breaks_a_law(&self) -> bool {
        self.effects.iter().any(|effect| effect.breaks_a_law)
    }
}

/// Compares the two arms of each direction, in the order asked. `done` hears how many runs are done, of [`runs`].
///
/// # Errors
/// [`CannotRun`]: no talks, an arm that cannot be compiled, threads that cannot be started.
///
/// # Panics
/// Where a direction asked about is none of the scenario's.
pub fn paired(n: &Negotiation, settings: &PairedSettings, done: impl Fn(u64) + Sync) -> Result<Vec<Paired>, CannotRun> {
    let asked = asked(n, settings);
    let bases = bases(&asked);
    let given = bases.iter().map(|d| Changed::of(n, asked[*d], &[&asked[*d].given], settings));
    let changed = asked.iter().map(|d| Changed::of(n, d, &[&d.given, &d.change], settings));
    let changed: Vec<Changed> = given.chain(changed).collect();
    // One scale for all arms: then terms that are equal in two arms are rounded alike.
    let scale = changed.iter().map(|arm| Scale::of(&arm.n)).fold(Scale::of(n), Scale::coarser);
    let compiled: Vec<Compiled> = changed.iter().map(|arm| arm.compile(scale)).collect::<Result<_, _>>()?;
    let base =
        |d: &&Direction| bases.iter().position(|b| asked[*b].given == d.given).expect("every direction has a base");
    let pairs: Vec<[usize; 2]> =
        asked.iter().map(base).zip(bases.len()..).map(|(base, changed)| [base, changed]).collect();
    // Margins are shares of the spans of the base, so that only slacks differ between arms.
    let spans = (0..bases.len()).chain(pairs.iter().map(|[base, _]| *base)).map(|base| &compiled[base].spans);
    let ready = changed.iter().zip(&compiled).zip(spans).map(|((arm, compiled), spans)| arm.ready(compiled, spans));
    let arms: Vec<Arm> = ready.collect::<Result<_, _>>()?;
    let draws: Vec<Draws> = changed.iter().map(|arm| arm.drawing.draws(&arm.n)).collect();
    let unit = |measure| if measure == Measure::NoDefeat { 1.0 / n.space.size() as f64 } else { 1.0 / sums::UNITS };
    let none = |d: &&Direction| d.expects.iter().map(|(measure, _)| PairSums::new(unit(*measure))).collect();
    let none: Vec<Vec<PairSums>> = asked.iter().map(none).collect();
    let done = |pairs: u64| done(pairs * arms.len() as u64);
    let sums = summed(&asked, &pairs, (&arms, &draws), (settings.pairs, settings.drawing.threads), &none, done)?;
    let told = asked.iter().zip(&settings.directions).zip(&sums).map(|((asked, direction), sums)| Paired {
        direction: *direction,
        pairs: settings.pairs,
        effects: Effect::all(asked, sums),
        stopped: asked.change.moves.iter().filter(|shift| shift.is_stopped(n)).map(|shift| shift.input).collect(),
    });
    Ok(told.collect())
}

/// Runs all arms and adds up, `sums[direction][measure]`, from `none` on; `pairs[direction]` are its base and its changed
/// arm.
fn summed(
    asked: &[&Direction],
    pairs: &[[usize; 2]],
    (arms, draws): (&[Arm], &[Draws]),
    runs: (u64, Option<usize>),
    none: &[Vec<PairSums>],
    done: impl Fn(u64) + Sync,
) -> Result<Vec<Vec<PairSums>>, ThreadsError> {
    // A base is asked for all that its directions measure.
    let mut asks = vec![Asks::default(); arms.len()];
    for (direction, pair) in asked.iter().zip(pairs) {
        pair.iter().for_each(|arm| asks[*arm] = asks[*arm].and(Asks::of(direction)));
    }
    let look = |arm: usize, drawn: &Drawn, desk: &mut Desk| asks[arm].look(&arms[arm], drawn, desk);
    let add = |sums: &mut Vec<Vec<PairSums>>, _: u64, seen: &[RunSeen]| {
        for ((direction, [base, changed]), sums) in asked.iter().zip(pairs).zip(sums) {
            for ((measure, _), sums) in direction.expects.iter().zip(sums) {
                let values = [base, changed].map(|arm| seen[*arm].value(*measure));
                sums.add(values, *measure == Measure::Margin);
            }
        }
    };
    side_by_side(draws, runs, look, || none.to_owned(), add, done)
}

/// Runs that comparing takes: one for each arm of each pair, a base that several directions share counted once.
pub fn runs(n: &Negotiation, settings: &PairedSettings) -> u64 {
    let asked = asked(n, settings);
    (asked.len() + bases(&asked).len()) as u64 * settings.pairs
}

fn asked<'n>(n: &'n Negotiation, settings: &PairedSettings) -> Vec<&'n Direction> {
    settings.directions.iter().map(|d| &n.directions[*d]).collect()
}

/// The first direction of each base: directions that share one run it once for all.
fn bases(asked: &[&Direction]) -> Vec<usize> {
    (0..asked.len()).filter(|d| !asked[..*d].iter().any(|other| other.given == asked[*d].given)).collect()
}

/// Looks at the same runs in several arms, and adds up what is seen of each run in all of them.
///
/// Arms are told by their places among `draws`, and each has a desk of its own; `add` is given the number of the run.
pub(super) fn side_by_side<S, T: Tally>(
    draws: &[Draws],
    (runs, threads): (u64, Option<usize>),
    look: impl Fn(usize, &Drawn, &mut Desk) -> S + Sync,
    fresh: impl Fn() -> T + Sync,
    add: impl Fn(&mut T, u64, &[S]) + Sync,
    done: impl Fn(u64) + Sync,
) -> Result<T, ThreadsError> {
    let work = |(desks, total): &mut (Vec<Desk>, T), runs: Range<u64>| {
        let worlds: Vec<Vec<Drawn>> = draws.iter().map(|draws| draws.runs(runs.clone(), None)).collect();
        for (place, run) in runs.enumerate() {
            let each = desks.iter_mut().zip(&worlds).enumerate();
            let seen: Vec<S> = each.map(|(arm, (desk, worlds))| look(arm, &worlds[place], desk)).collect();
            add(total, run, &seen);
        }
    };
    let fresh = || (draws.iter().map(|_| Desk::default()).collect(), fresh());
    Ok(tally(runs, threads, fresh, work, done)?.1)
}
