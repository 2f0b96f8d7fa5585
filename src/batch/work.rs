//! The work: units of experiments, each over its runs.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::plan::{Plan, Status};
use super::row::Rows;
use super::tally::Tally;
use super::unit::{Span, Unit};
use crate::engine::talks::Desk;
use crate::engine::{Arm, BLOCK, CannotRun, Drawing, Drawn, Draws, OfWorld, Pin, Wants};
use crate::model::{InputId, Negotiation};
use crate::scenario::Record;
use crate::space::{Compiled, Spans};

/// The deal spaces of a plan, compiled: what a [`Workshop`] borrows.
#[derive(Debug)]
pub struct Spaces<'p>(Vec<(Compiled<'p>, Spans)>);

/// A plan made ready.
pub struct Workshop<'p> {
    plan: &'p Plan,
    /// `arms[arm]`.
    arms: Vec<Ready<'p>>,
    rows: Option<Rows>,
}

struct Ready<'p> {
    arm: Arm<'p>,
    draws: Draws<'p>,
}

/// What is asked of each run.
const WANTED: Wants = Wants { world: OfWorld::Margin, run: true };

/// What a unit came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Which.
    pub unit: Unit,
    /// One for each of its experiments: the tally, or why it failed.
    pub tallies: Vec<Result<Tally, String>>,
    /// The rows of its runs, one text for each experiment; empty where none are asked for.
    pub rows: Vec<String>,
}

impl Plan {
    /// Compiles the deal space of every model.
    ///
    /// # Errors
    /// [`CannotRun::Space`].
    pub fn compile(&self) -> Result<Spaces<'_>, CannotRun> {
        let mut spaces = Vec::with_capacity(self.models.len());
        for model in &self.models {
            let name = || format!("`{}`, policy `{}`", self.scenarios[model.scenario].name, model.policy);
            let cannot = |error| CannotRun::from(error).of(name());
            let spans = Compiled::of(&model.n, &model.variants).map_err(cannot)?.spans;
            spaces.push((Compiled::of(&model.wide, &model.variants).map_err(cannot)?, spans));
        }
        Ok(Spaces(spaces))
    }
}

impl<'p> Workshop<'p> {
    /// Makes a plan ready.
    #[must_use]
    pub fn open(plan: &'p Plan, spaces: &'p Spaces<'p>) -> Self {
        let ready = |arm: &super::Arm| {
            let model = plan.model(arm);
            let (compiled, spans) = &spaces.0[arm.model];
            let held: Vec<InputId> = model.inputs.iter().flatten().copied().collect();
            let without = model.without.iter().filter_map(|part| part.mechanism()).collect();
            let drawing = Drawing { seed: plan.seed, defeat: plan.defeat, without, ..Drawing::default() };
            Ready {
                // Margins are shares of the spans of the scenario before the design widens anything.
                arm: Arm::of(compiled, &drawing).measured_by(spans),
                draws: Draws::holding(&model.n, plan.accounts(arm), plan.seed, &held),
            }
        };
        let rows = (plan.record > Record::Experiments).then(|| Rows::of(plan));
        Self { plan, arms: plan.arms.iter().map(ready).collect(), rows }
    }

    /// Does a unit; `stop` is asked now and then, and where it says so the unit is given up.
    pub fn run(&self, unit: Unit, desk: &mut Bench, stop: &dyn Fn() -> bool) -> Option<Done> {
        let count = unit.experiments.len() as usize;
        let mut done = Done { unit, tallies: Vec::with_capacity(count), rows: vec![String::new(); count] };
        for e in unit.experiments.iter() {
            let (arm, _) = self.plan.experiment(e);
            done.tallies.push(match self.plan.status(e) {
                Status::Ok => Ok(self.tally(&self.plan.model(arm).n)),
                Status::NonFinite(message) | Status::Failed(message) => Err(message),
            });
        }
        let mut from = unit.runs.from;
        while from < unit.runs.to {
            let runs = Span { from, to: (from + BLOCK).min(unit.runs.to) };
            self.stretch(runs, &mut done, desk, stop)?;
            from = runs.to;
        }
        Some(done)
    }

    /// Nothing yet; where inputs are compared one at a time by halves, so that the one that moves most is not picked by the
    /// numbers that are shown.
    fn tally(&self, n: &Negotiation) -> Tally {
        let tally = Tally::new(n);
        if self.plan.points.kind == "one-at-a-time" { tally.halved() } else { tally }
    }

    /// A stretch of runs of every experiment of a unit: the draws of an arm are made once.
    fn stretch(&self, runs: Span, done: &mut Done, desk: &mut Bench, stop: &dyn Fn() -> bool) -> Option<()> {
        let points = self.plan.points.values.len() as u64;
        let mut experiments = done.unit.experiments.iter().peekable();
        while let Some(first) = experiments.peek().copied() {
            let arm = &self.arms[(first / points) as usize];
            let uniforms = arm.draws.uniforms(runs.from, runs.len() as usize);
            let worlds = arm.draws.worlds(&uniforms);
            while let Some(e) = experiments.next_if(|e| e / points == first / points) {
                if stop() {
                    return None;
                }
                let place = (e - done.unit.experiments.from) as usize;
                if done.tallies[place].is_err() {
                    continue;
                }
                let pins = self.pins(e);
                let mut each = |bench: &mut Bench| {
                    for (i, world) in worlds.iter().enumerate() {
                        if pins.is_empty() {
                            self.one(e, world, place, done, bench);
                        } else {
                            let pinned = arm.draws.pinned(world, &uniforms, i, &pins);
                            self.one(e, &pinned, place, done, bench);
                        }
                    }
                };
                // A mistake in the engine costs one experiment, not the batch.
                if catch_unwind(AssertUnwindSafe(|| each(desk))).is_err() {
                    *desk = Bench::default();
                    done.tallies[place] = Err("the engine gave up on one of its runs".to_owned());
                    done.rows[place].clear();
                }
            }
        }
        Some(())
    }

    fn pins(&self, e: u64) -> Vec<Pin> {
        let (arm, point) = self.plan.experiment(e);
        let values = self.plan.points.values[point].iter().zip(&self.plan.model(arm).inputs);
        let pin = |(x, ids): (&Option<f64>, &'p Vec<InputId>)| {
            x.map(|value| ids.iter().map(move |input| Pin { input: *input, value })).into_iter().flatten()
        };
        values.flat_map(pin).collect()
    }

    /// One run.
    fn one(&self, e: u64, drawn: &Drawn, place: usize, done: &mut Done, bench: &mut Bench) {
        let (arm, _) = self.plan.experiment(e);
        let n = &self.plan.model(arm).n;
        let ready = &self.arms[(e / self.plan.points.values.len() as u64) as usize];
        let look = ready.arm.look(drawn, WANTED, bench);
        let (margin, run) = (look.margin, look.run);
        if let Ok(tally) = &mut done.tallies[place] {
            tally.add_numbered(drawn.run, n, margin, run.as_ref());
        }
        if let Some(rows) = &self.rows {
            rows.add(&mut done.rows[place], self.plan, e, drawn, (margin, run.as_ref()));
        }
    }
}

/// What a thread reuses from run to run.
pub type Bench = Desk;
