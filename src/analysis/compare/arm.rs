//! One arm: a scenario made ready, and what is seen of each of its runs.

use super::{CompareArm, CompareSettings};
use crate::analysis::paired::sums::Value;
use crate::engine::talks::{Desk, Ending, Step, Talks};
use crate::engine::{Arm, Drawing, Drawn, Draws, Look, OfWorld, Wants};
use crate::model::{Negotiation, Package};
use crate::space::Compiled;

/// An arm made ready.
pub(super) struct Ready<'a> {
    arm: Arm<'a>,
    draws: Draws<'a>,
    /// The package that is scored, in the identifiers of this arm.
    package: Option<Package>,
}

/// What is seen of one run of an arm.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    pub look: Look,
    /// Whether the package would do; `None` if it is not known here.
    pub same: Option<bool>,
}

impl Seen {
    pub fn ending(&self) -> Option<Ending> {
        self.look.ending()
    }

    /// The margin, where there is one.
    pub fn slack(&self) -> Value {
        Value::slack(self.look.margin.slack())
    }

    /// Rounds to what was reached.
    pub fn rounds(&self) -> Value {
        let reached = self.look.run.as_ref().filter(|run| run.ending.is_reached());
        reached.map_or_else(Value::none, |run| Value::number(f64::from(run.rounds)))
    }
}

impl<'a> Ready<'a> {
    pub fn of(
        arm: &'a CompareArm,
        compiled: &'a Compiled<'a>,
        settings: &CompareSettings,
        package: Option<Package>,
    ) -> Self {
        let drawing = Drawing { seed: settings.seed, ..arm.drawing.clone() };
        Self { arm: Arm::of(compiled, &drawing), draws: drawing.draws(&arm.n), package }
    }

    pub fn has_talks(&self) -> bool {
        self.arm.talks().is_some()
    }

    pub fn knows_the_package(&self) -> bool {
        self.package.is_some()
    }

    pub fn worlds(&self, first: u64, count: usize) -> Vec<Drawn> {
        self.draws.block(first, count)
    }

    pub fn look(&self, drawn: &Drawn, desk: &mut Desk) -> Seen {
        let look = self.arm.look(drawn, Wants { world: OfWorld::Margin, run: true }, desk);
        let posed = self.arm.posed(&drawn.world, desk.tables());
        let same = self.package.as_ref().map(|package| posed.fares(package).would_do());
        Seen { look, same }
    }

    /// Every step of one run.
    pub fn steps(&self, run: u64) -> Vec<Step> {
        let trace = |talks: &Talks| talks.trace(&self.draws.run(run)).1;
        self.arm.talks().map_or_else(Vec::new, trace)
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
