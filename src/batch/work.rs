//! The work: units of experiments, each over its runs.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::plan::{BatchPlan, Model, Status};
use super::row::RunRows;
use super::tally::Tally;
use super::unit::{Span, Unit};
use crate::engine::{Arm, BLOCK, CannotRun, Drawing, Drawn, Draws, OfWorld, Pin, Wants, talks::Desk};
use crate::model::InputId;
use crate::scenario::Record;
use crate::space::{Compiled, Spans};

/// The deal spaces of a plan, compiled: what a [`Workshop`] borrows.
#[derive(Debug)]
pub struct Spaces<'p>(Vec<(Compiled<'p>, Spans)>);

/// A plan made ready.
pub struct Workshop<'p> {
    plan: &'p BatchPlan,
    /// `arms[arm]`.
    arms: Vec<ReadyArm<'p>>,
    rows: Option<RunRows>,
}

struct ReadyArm<'p> {
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

impl BatchPlan {
    /// Compiles the deal space of every model.
    ///
    /// # Errors
    /// [`CannotRun::Space`].
    pub fn compile(&self) -> Result<Spaces<'_>, CannotRun> {
        self.models.iter().map(|model| self.space(model)).collect::<Result<_, _>>().map(Spaces)
    }

    fn space<'p>(&self, model: &'p Model) -> Result<(Compiled<'p>, Spans), CannotRun> {
        let name = || format!("`{}`, policy `{}`", self.scenarios[model.scenario].name, model.policy);
        let cannot = |error| CannotRun::from(error).of(name());
        let spans = Compiled::of(&model.n, &model.variants).map_err(cannot)?.spans;
        Ok((Compiled::of(&model.wide, &model.variants).map_err(cannot)?, spans))
    }
}

impl<'p> Workshop<'p> {
    /// Makes a plan ready.
    pub fn open(plan: &'p BatchPlan, spaces: &'p Spaces<'p>) -> Self {
        let ready = |arm: &super::PlanArm| {
            let model = plan.model(arm);
            let (compiled, spans) = &spaces.0[arm.model];
            let held: Vec<InputId> = model.inputs.iter().flatten().copied().collect();
            let without = model.without.iter().filter_map(|part| part.mechanism()).collect();
            let drawing = Drawing { seed: plan.seed, defeat: plan.defeat, without, ..Drawing::default() };
            ReadyArm {
                // Margins are shares of the spans of the scenario before the design widens anything.
                arm: Arm::of(compiled, &drawing).measured_by(spans),
                draws: Draws::holding(&model.n, plan.accounts(arm), plan.seed, &held),
            }
        };
        let rows = (plan.record > Record::Experiments).then(|| RunRows::of(plan));
        Self { plan, arms: plan.arms.iter().map(ready).collect(), rows }
    }

    /// Does a unit; `stop` is asked now and then, and where it says so the unit is given up.
    pub fn run(&self, unit: Unit, desk: &mut Bench, stop: &dyn Fn() -> bool) -> Option<Done> {
        let tallies = unit.experiments.iter().map(|e| self.nothing_yet(e)).collect();
        let mut done = Done { unit, tallies, rows: vec![String::new(); unit.experiments.len() as usize] };
        unit.runs.cut(BLOCK).try_for_each(|runs| self.stretch(runs, &mut done, desk, stop))?;
        Some(done)
    }

    /// Nothing yet; where inputs are compared one at a time by halves, so that the one that moves most is not picked by the
    /// numbers that are shown.
    fn nothing_yet(&self, e: u64) -> Result<Tally, String> {
        match self.plan.status(e) {
            Status::Ok => {
                let tally = Tally::new(&self.plan.model(self.plan.experiment(e).0).n);
                Ok(if self.plan.design.kind == "one-at-a-time" { tally.halved() } else { tally })
            }
            Status::NonFinite(message) | Status::Failed(message) => Err(message),
        }
    }

    /// A stretch of runs of every experiment of a unit: the draws of an arm are made once.
    fn stretch(&self, runs: Span, done: &mut Done, desk: &mut Bench, stop: &dyn Fn() -> bool) -> Option<()> {
        let points = self.plan.design.points.len() as u64;
        let mut experiments = done.unit.experiments.iter().zip(0..).peekable();
        while let Some((first, _)) = experiments.peek().copied() {
            let arm = &self.arms[(first / points) as usize];
            let uniforms = arm.draws.uniforms(runs.from, runs.len() as usize);
            let worlds = arm.draws.worlds(&uniforms);
            while let Some((e, place)) = experiments.next_if(|(e, _)| e / points == first / points) {
                if stop() {
                    return None;
                }
                if done.tallies[place].is_err() {
                    continue;
                }
                let pins = self.pins(e);
                let mut each = |bench: &mut Bench| {
                    for (i, world) in worlds.iter().enumerate() {
                        if pins.is_empty() {
                            self.one(arm, (e, place), world, done, bench);
                        } else {
                            self.one(arm, (e, place), &arm.draws.pinned(world, &uniforms, i, &pins), done, bench);
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
        let values = self.plan.design.points[point].iter().zip(&self.plan.model(arm).inputs);
        let held = values.filter_map(|(x, ids)| x.map(|value| (value, ids)));
        held.flat_map(|(value, ids)| ids.iter().map(move |input| Pin { input: *input, value })).collect()
    }

    /// One run of an experiment.
    fn one(&self, ready: &ReadyArm, (e, place): (u64, usize), drawn: &Drawn, done: &mut Done, bench: &mut Bench) {
        let n = &self.plan.model(self.plan.experiment(e).0).n;
        let look = ready.arm.look(drawn, WANTED, bench);
        if let Ok(tally) = &mut done.tallies[place] {
            tally.add_numbered(drawn.run, n, look.margin, look.run.as_ref());
        }
        if let Some(rows) = &self.rows {
            rows.add(&mut done.rows[place], self.plan, e, drawn, (look.margin, look.run.as_ref()));
        }
    }
}

/// What a thread reuses from run to run.
pub type Bench = Desk;
