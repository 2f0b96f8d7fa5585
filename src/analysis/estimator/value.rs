//! What one world says of a target: 1 or 0, or, with lines integrated out, the chance that it would be 1.

use super::lines::{Here, Judge};
use super::{EstimateSettings, Target};
use crate::engine::talks::{Desk, Ending, Talks};
use crate::engine::{Arm, CannotRun, Drawn, OfWorld, Posed, Wants};
use crate::model::{Beholder, Package, Scores};
use crate::space::{Compiled, Question, Test, highest};

/// The question that every world is asked.
pub(super) struct Values<'a> {
    arm: Arm<'a>,
    settings: &'a EstimateSettings,
    pub judges: &'a [Judge],
}

/// What is integrated out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Out {
    /// Nothing: every number is drawn.
    Nothing,
    /// All open lines and vetoes: the package is given.
    All,
    /// Those of one judge, by its place: somebody else's line decides which package is best.
    One(usize),
}

impl<'a> Values<'a> {
    pub fn of(
        compiled: &'a Compiled<'a>,
        settings: &'a EstimateSettings,
        judges: &'a [Judge],
    ) -> Result<Self, CannotRun> {
        let (target, drawing) = (&settings.target, &settings.drawing);
        let arm = if target.needs_talks() {
            Arm::of_talks(compiled, drawing)?
        } else {
            Arm::of_worlds(compiled, drawing.defeat)
        };
        Ok(Self { arm, settings, judges })
    }

    /// The talks, where the target needs them.
    pub fn talks(&self) -> Option<&Talks<'a>> {
        self.arm.talks()
    }

    /// The value of a world, in [0, 1].
    pub fn value(&self, drawn: &Drawn, out: Out, desk: &mut Desk) -> f64 {
        match &self.settings.target {
            Target::WouldDo(package) => self.package(drawn, package, true, out),
            Target::NoDefeat(package) => self.package(drawn, package, false, out),
            Target::Exists => match out {
                Out::One(judge) => self.with_line_open(drawn, &self.arm.pose(drawn, desk), judge),
                Out::Nothing | Out::All => sure(self.arm.pose(drawn, desk).exists()),
            },
            Target::Reached => sure(self.ending(drawn, desk).is_some_and(Ending::is_reached)),
            Target::Ends(ending) => sure(self.ending(drawn, desk) == Some(*ending)),
        }
    }

    fn ending(&self, drawn: &Drawn, desk: &mut Desk) -> Option<Ending> {
        self.arm.look(drawn, Wants { world: OfWorld::Nothing, run: true }, desk).ending()
    }

    /// The chance that one exists, given all but the line and the veto of one judge:
    ///
    /// ```text
    /// q · F(max of its scores over the packages that all others let pass) + (1 − q) · 1[there is such a package]
    /// ```
    ///
    /// `q` is the chance that its verdict counts, F the distribution function of its line. Where a package would do without
    /// the judge's party, the chance is 1.
    fn with_line_open(&self, drawn: &Drawn, posed: &Posed, judge: usize) -> f64 {
        let (judge, here, space) = (&self.judges[judge], self.here(drawn), posed.space());
        let others = tests_of_others(&posed.question, judge.beholder);
        let q = judge.counts(here);
        if q == 0.0 {
            return sure(posed.any(others));
        }
        let Some(of) = space.score_of(judge.beholder) else { return 0.0 };
        let (least, most) = judge.reach(here);
        let score = Test::new(&space.plans[of], &posed.tables[of], 0);
        let left_out = space.swing(posed.compiled.n.speaks_for(judge.beholder));
        if left_out.is_some() {
            let without = score.never().asked_for(left_out);
            if posed.any(others.iter().copied().chain([without]).collect()) {
                return 1.0;
            }
        }
        let found = highest(posed.lanes, score, others.clone(), &posed.gate, (least, most));
        let borne = found.map_or(0.0, |score| judge.bears(here, score));
        // A package that the judge bears passes all others; without one, some other may, where its verdict does not count.
        let without = q < 1.0 && (found.is_some() || posed.any(others));
        q * borne + (1.0 - q) * sure(without)
    }

    fn here<'h>(&'h self, drawn: &'h Drawn) -> Here<'h> {
        let scores = Scores::new(self.arm.compiled.n, self.arm.compiled.scale);
        Here { scores, world: &drawn.world, reading: drawn.reading.unwrap_or(0) }
    }

    /// The chance that a given package would do, or is a defeat for nobody: the product over judges of
    ///
    /// ```text
    /// 1 − q_a · (1 − F_a(G_a(x)))
    /// ```
    ///
    /// Where some parties can be left out, this product over the judges of one party is its own chance, and the chances of
    /// all sets of parties that suffice are added up.
    fn package(&self, drawn: &Drawn, package: &Package, would_do: bool, out: Out) -> f64 {
        let (n, here) = (self.arm.compiled.n, self.here(drawn));
        let free = || n.space.allows(package) && here.scores.available(here.world, package);
        if would_do && !free() {
            return 0.0;
        }
        if out == Out::Nothing {
            return sure(self.passes(drawn, package, would_do));
        }
        match &self.arm.compiled.modal().space.coalitions {
            None => self.chance(here, package, |_| true),
            Some(among) => among.chance(|i| self.chance(here, package, |judge| n.speaks_for(judge.beholder) == i)),
        }
    }

    /// The chance that some judges all bear a package.
    fn chance(&self, here: Here, package: &Package, asked: impl Fn(&Judge) -> bool) -> f64 {
        let mut chance = 1.0;
        for judge in self.judges.iter().filter(|judge| asked(judge)) {
            let q = judge.counts(here);
            if q > 0.0 {
                chance *= 1.0 - q * (1.0 - bears(here, judge, package));
            }
            if chance == 0.0 {
                break;
            }
        }
        chance
    }

    /// The same by the lines drawn.
    fn passes(&self, drawn: &Drawn, package: &Package, would_do: bool) -> bool {
        let (n, scores, world) = (self.arm.compiled.n, self.here(drawn).scores, &drawn.world);
        n.suffice(|party| {
            !scores.is_defeat_for(world, party, package, self.settings.drawing.defeat)
                && (!would_do || scores.rational(world, party, package))
        })
    }
}

/// The chance that a judge bears a package.
fn bears(here: Here, judge: &Judge, package: &Package) -> f64 {
    if !here.scores.crossed(here.world, judge.beholder, package).is_empty() {
        return 0.0;
    }
    let score = match judge.beholder {
        Beholder::Audience(a) => here.scores.audience(here.world, a, package),
        Beholder::Leadership(i) => {
            here.scores.no_deal(here.world, i) + here.scores.leader_slack(here.world, i, package)
        }
    };
    judge.bears(here, score)
}

/// The tests of everybody but one judge.
fn tests_of_others<'q>(question: &Question<'q>, of: Beholder) -> Vec<Test<'q>> {
    let rational = question.rational.iter().filter(|(i, _)| Beholder::Leadership(*i) != of).map(|(_, test)| *test);
    let borne = question.borne.iter().filter(|j| j.beholder != of).map(|j| j.test);
    rational.chain(borne).collect()
}

fn sure(happens: bool) -> f64 {
    f64::from(u8::from(happens))
}
