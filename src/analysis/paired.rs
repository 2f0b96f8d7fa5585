//! Paired comparisons on common luck: which way does an answer move when something of the scenario is changed?
//!
//! Two arms of one scenario, the base and the changed one, are run with the same draws (common random numbers), so that
//! what luck does to both cancels in the difference of each pair. Source: Law (2015).

mod arm;
mod effect;
pub(super) mod sums;

use std::ops::Range;

use crate::engine::{CannotRun, Drawing, Drawn, Tally, Wants, tally};
use crate::model::{Direction, InputId, Measure, Negotiation, Scale};
use crate::space::Compiled;
use arm::{Arm, Bench, Ready, wants};
use sums::Sums;

pub use effect::{Effect, Found};

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
    #[must_use]
    pub fn breaks_a_law(&self) -> bool {
        self.effects.iter().any(|effect| effect.breaks_a_law)
    }
}

/// Compares the two arms of each direction, in the order asked. `done` hears how many runs are done, of [`runs`].
///
/// # Errors
/// [`CannotRun`]: no talks, an arm that cannot be compiled, threads that cannot be started.
pub fn paired(n: &Negotiation, settings: &PairedSettings, done: impl Fn(u64) + Sync) -> Result<Vec<Paired>, CannotRun> {
    let asked: Vec<&Direction> = settings.directions.iter().map(|d| &n.directions[*d]).collect();
    let bases = bases(&asked);
    let base_arms = bases.iter().map(|d| Arm::of(n, asked[*d], &[&asked[*d].given], settings));
    let changed_arms = asked.iter().map(|d| Arm::of(n, d, &[&d.given, &d.change], settings));
    let arms: Vec<Arm> = base_arms.chain(changed_arms).collect();
    // One scale for all arms: then terms that are equal in two arms are rounded alike.
    let scale = arms.iter().map(|arm| Scale::of(&arm.n)).fold(Scale::of(n), Scale::coarser);
    let compiled: Vec<Compiled> = arms.iter().map(|arm| arm.compile(scale)).collect::<Result<_, _>>()?;
    // Those of the base that a direction is given beside.
    let spans = |place: usize| {
        let direction = place.checked_sub(bases.len());
        let base = direction.map_or(Some(place), |d| bases.iter().position(|b| asked[*b].given == asked[d].given));
        &compiled[base.expect("every direction has a base")].spans
    };
    let ready = (0..arms.len()).map(|place| Ready::of(&arms[place], &compiled[place], spans(place)));
    let mut base = ready.collect::<Result<Vec<_>, _>>()?;
    let changed = base.split_off(bases.len());
    let mut answers = Vec::with_capacity(asked.len());
    let mut finished = 0;
    for (first, base) in bases.iter().zip(&base) {
        let same = (0..asked.len()).filter(|d| asked[*d].given == asked[*first].given);
        let group = Group { base, changed: same.map(|d| (d, asked[d], &changed[d])).collect() };
        let arms = group.changed.len() as u64 + 1;
        let sums = group.run(settings, |pairs| done(finished + pairs * arms))?;
        finished += settings.pairs * arms;
        for ((d, direction, _), sums) in group.changed.iter().zip(sums) {
            let expected = direction.expects.iter().zip(&sums);
            let effects = expected.map(|((m, sign), sums)| Effect::of(*m, *sign, direction.kind, sums)).collect();
            let stopped = stopped(n, direction);
            answers.push((*d, Paired { direction: settings.directions[*d], pairs: settings.pairs, effects, stopped }));
        }
    }
    answers.sort_by_key(|(d, _)| *d);
    Ok(answers.into_iter().map(|(_, answer)| answer).collect())
}

/// Runs that comparing takes: one for each arm of each pair, a base that several directions share counted once.
#[must_use]
pub fn runs(n: &Negotiation, settings: &PairedSettings) -> u64 {
    let asked: Vec<&Direction> = settings.directions.iter().map(|d| &n.directions[*d]).collect();
    (asked.len() + bases(&asked).len()) as u64 * settings.pairs
}

/// The first direction of each base.
fn bases(asked: &[&Direction]) -> Vec<usize> {
    (0..asked.len()).filter(|d| !asked[..*d].iter().any(|other| other.given == asked[*d].given)).collect()
}

/// Numbers that were moved against a bound.
fn stopped(n: &Negotiation, direction: &Direction) -> Vec<InputId> {
    direction.change.moves.iter().filter(|shift| shift.is_stopped(n)).map(|shift| shift.input).collect()
}

/// Directions that share a base arm, so that it is run once for all.
struct Group<'g, 'a> {
    base: &'g Ready<'a>,
    /// Place among the directions asked about, the direction, and its changed arm.
    changed: Vec<(usize, &'g Direction, &'g Ready<'a>)>,
}

/// What pairs add up to on one thread.
struct Pairs {
    base: Bench,
    changed: Vec<Bench>,
    /// `sums[direction of the group][measure]`.
    sums: Vec<Vec<Sums>>,
}

impl Tally for Pairs {
    fn merge(&mut self, other: Self) {
        let (mine, theirs) = (self.sums.iter_mut().flatten(), other.sums.iter().flatten());
        mine.zip(theirs).for_each(|(a, b)| a.merge(b));
    }
}

impl Group<'_, '_> {
    /// Runs all pairs: `sums[direction of the group][measure]`.
    fn run(&self, settings: &PairedSettings, done: impl Fn(u64) + Sync) -> Result<Vec<Vec<Sums>>, CannotRun> {
        let fresh = |direction: &Direction| -> Vec<Sums> {
            direction.expects.iter().map(|(measure, _)| Sums::new(self.unit(*measure))).collect()
        };
        let pairs = || Pairs {
            base: Bench::default(),
            changed: self.changed.iter().map(|_| Bench::default()).collect(),
            sums: self.changed.iter().map(|(_, direction, _)| fresh(direction)).collect(),
        };
        let work = |pairs: &mut Pairs, range: Range<u64>| {
            let count = (range.end - range.start) as usize;
            let base = self.base.draws.block(range.start, count);
            let changed: Vec<_> = self.changed.iter().map(|(.., arm)| arm.draws.block(range.start, count)).collect();
            for (place, drawn) in base.iter().enumerate() {
                self.compare(pairs, drawn, |d| &changed[d][place]);
            }
        };
        Ok(tally(settings.pairs, settings.drawing.threads, pairs, work, done)?.sums)
    }

    /// Looks at one run of the base arm and of every changed arm.
    fn compare<'d>(&self, pairs: &mut Pairs, drawn: &Drawn, changed: impl Fn(usize) -> &'d Drawn) {
        let each = self.changed.iter().map(|(_, direction, _)| wants(direction));
        let all = each.fold((Wants::default(), false), |(a, x), (b, y)| (a.and(b), x || y));
        self.base.look(drawn, all, &mut pairs.base);
        for (d, (_, direction, arm)) in self.changed.iter().enumerate() {
            let look = &mut pairs.changed[d];
            arm.look(changed(d), wants(direction), look);
            for ((measure, _), sums) in direction.expects.iter().zip(&mut pairs.sums[d]) {
                sums.add(pairs.base.value(*measure), look.value(*measure), *measure == Measure::Margin);
            }
        }
    }

    /// What one unit of a measure's whole numbers is worth.
    fn unit(&self, measure: Measure) -> f64 {
        match measure {
            Measure::NoDefeat => 1.0 / self.base.compiled.n.space.size() as f64,
            _ => 1.0 / sums::UNITS,
        }
    }
}
