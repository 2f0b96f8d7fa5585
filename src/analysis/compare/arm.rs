//! One arm: a scenario made ready, and what is seen of each of its runs.

use super::{CompareArm, CompareSettings};
use crate::analysis::paired::sums::Value;
use crate::engine::talks::{Desk, Ending, NoRecord, Run, Step, Talks};
use crate::engine::{CannotRun, Drawing, Drawn, Draws};
use crate::model::{Defeat, Negotiation, Package};
use crate::space::{Compiled, Lanes, Question, WorldTables};

/// An arm made ready.
pub(super) struct Ready<'a> {
    compiled: &'a Compiled<'a>,
    talks: Option<Talks<'a>>,
    draws: Draws<'a>,
    defeat: Defeat,
    lanes: Lanes,
    /// The package that is scored, in the identifiers of this arm.
    package: Option<Package>,
}

/// What one thread reuses for an arm.
#[derive(Debug, Default)]
pub(super) struct Bench {
    desk: Desk,
    tables: WorldTables,
}

/// What is seen of one run of an arm.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Look {
    pub exists: bool,
    pub margin: f64,
    /// Whether the package would do; `None` if it is not known here.
    pub same: Option<bool>,
    pub run: Option<Run>,
}

impl Look {
    pub fn ending(&self) -> Option<Ending> {
        self.run.as_ref().map(|run| run.ending)
    }

    /// The margin, where there is one.
    pub fn slack(&self) -> Value {
        Value::slack(self.margin)
    }

    /// Rounds to what was reached.
    pub fn rounds(&self) -> Value {
        let reached = self.run.as_ref().filter(|run| run.ending.is_reached());
        reached.map_or_else(Value::none, |run| Value::number(f64::from(run.rounds)))
    }

    /// Whether anything that is recorded of two runs differs.
    pub fn differs(&self, other: &Self) -> bool {
        self.exists != other.exists || self.margin != other.margin || self.run != other.run
    }
}

impl<'a> Ready<'a> {
    pub fn of(
        arm: &'a CompareArm,
        compiled: &'a Compiled<'a>,
        settings: &CompareSettings,
        package: Option<Package>,
    ) -> Result<Self, CannotRun> {
        let drawing = Drawing { seed: settings.seed, ..arm.drawing.clone() };
        let draws = drawing.draws(&arm.n);
        let talks = arm.n.talks.is_some().then(|| Talks::of(compiled, drawing)).transpose()?;
        Ok(Self { compiled, talks, draws, defeat: arm.drawing.defeat, lanes: Lanes::detect(), package })
    }

    pub fn has_talks(&self) -> bool {
        self.talks.is_some()
    }

    pub fn knows_the_package(&self) -> bool {
        self.package.is_some()
    }

    pub fn worlds(&self, first: u64, count: usize) -> Vec<Drawn> {
        self.draws.block(first, count)
    }

    pub fn look(&self, drawn: &Drawn, bench: &mut Bench) -> Look {
        let (world, space) = (&drawn.world, &self.compiled.at(&drawn.world).space);
        let run = self.talks.as_ref().map(|talks| talks.play(drawn, &mut bench.desk, &mut NoRecord));
        if run.is_none() {
            space.fill(world, &mut bench.tables);
        }
        // A run leaves the tables of its world on the desk, as things stood before the talks.
        let tables = if run.is_some() { bench.desk.tables() } else { &bench.tables };
        let n = self.compiled.n;
        let question = Question::of(space, n, world, tables, &self.compiled.spans, self.defeat);
        let gate = space.available(n, world);
        let (margin, _) = question.search(self.lanes, true).margin(&gate, f64::NEG_INFINITY);
        let same = self.package.as_ref().map(|package| {
            let (head, tail) = space.place(package);
            let granted = gate.row(head).is_some_and(|(row, _)| row[tail] != 0);
            granted && question.all_tests().iter().all(|test| test.passes(head, tail))
        });
        Look { exists: margin.exists(), margin: margin.slack(), same, run }
    }

    /// Every step of one run.
    pub fn steps(&self, run: u64) -> Vec<Step> {
        self.talks.as_ref().map_or_else(Vec::new, |talks| talks.trace(&self.draws.run(run)).1)
    }
}

/// A package of one scenario in the identifiers of another; `None` unless both have the same issues, and the other
/// knows each option.
pub(super) fn translated(of: &Negotiation, package: &Package, to: &Negotiation) -> Option<Package> {
    if of.space.issues.len() != to.space.issues.len() {
        return None;
    }
    let picks = to.space.issues.iter().map(|issue| {
        let (_, option) = of.space.picks(package).find(|(known, _)| known.id == issue.id)?;
        to.space.option(to.space.issue(&issue.id)?, &option.id)
    });
    picks.collect::<Option<Vec<_>>>().map(Package)
}
