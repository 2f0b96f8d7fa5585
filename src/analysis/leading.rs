//! The packages that would do most often, and how each of them fares.

use std::ops::Range;

use super::survey::Settings;
use crate::engine::{CannotRun, Drawn, Draws, Tally, tally};
use crate::model::{Anchor, AudienceId, Beholder, Expectation, Negotiation, Package, Scores, Verdict, World};
use crate::num::Share;
use crate::space::{Compiled, Question, Space, WorldTables};

/// How one package fares over the worlds.
#[derive(Debug, Clone, PartialEq)]
pub struct Leading {
    /// The package.
    pub package: Package,
    /// A defeat for nobody.
    pub no_defeat: Share,
    /// Rational for all.
    pub rational: Share,
    /// Every holder grants it.
    pub available: Share,
    /// All three: it would do.
    pub would_do: Share,
    /// What each audience says of it, `verdicts[audience]`: worlds with a defeat, bearable, a victory.
    pub verdicts: Vec<[u64; 3]>,
}

/// Which worlds score a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scored {
    /// All of them.
    Everywhere,
    /// Those of odd runs: the even ones were used to choose it.
    OnOddRuns,
}

/// Looks at packages one by one in every world again.
pub(super) fn look(
    compiled: &Compiled,
    draws: &Draws,
    settings: &Settings,
    packages: &[(&Package, Scored)],
) -> Result<Vec<Leading>, CannotRun> {
    let audiences = compiled.n.audiences.len();
    let fresh = || Fates { tables: WorldTables::new(), each: vec![Fate::new(audiences); packages.len()] };
    let work = |seen: &mut Fates, runs: Range<u64>| {
        for drawn in draws.block(runs.start, (runs.end - runs.start) as usize) {
            seen.add(compiled, settings, &drawn, packages);
        }
    };
    let seen = tally(settings.runs, settings.drawing.threads, fresh, work, |_| ())?;
    let fares = |((package, _), fate): (&(&Package, Scored), &Fate)| {
        let share = |count: u64| Share::of(count, fate.worlds);
        Leading {
            package: (*package).clone(),
            no_defeat: share(fate.no_defeat),
            rational: share(fate.rational),
            available: share(fate.available),
            would_do: share(fate.would_do),
            verdicts: fate.verdicts.clone(),
        }
    };
    Ok(packages.iter().zip(&seen.each).map(fares).collect())
}

/// How packages fare over the worlds of a survey: as [`survey`](super::survey) looks at those that lead.
///
/// # Errors
/// [`CannotRun::Space`] if the deal space cannot be compiled, [`CannotRun::Threads`].
pub fn look_at(n: &Negotiation, settings: &Settings, packages: &[Package]) -> Result<Vec<Leading>, CannotRun> {
    let (compiled, draws) = (settings.drawing.compile(n)?, settings.drawing.draws(n));
    let packages: Vec<_> = packages.iter().map(|p| (p, Scored::Everywhere)).collect();
    look(&compiled, &draws, settings, &packages)
}

/// Sums over worlds, one a package.
struct Fates {
    tables: WorldTables,
    each: Vec<Fate>,
}

#[derive(Debug, Clone)]
struct Fate {
    worlds: u64,
    no_defeat: u64,
    rational: u64,
    available: u64,
    would_do: u64,
    verdicts: Vec<[u64; 3]>,
}

impl Fate {
    fn new(audiences: usize) -> Self {
        Self { worlds: 0, no_defeat: 0, rational: 0, available: 0, would_do: 0, verdicts: vec![[0; 3]; audiences] }
    }
}

impl Fates {
    fn add(&mut self, compiled: &Compiled, settings: &Settings, drawn: &Drawn, packages: &[(&Package, Scored)]) {
        let world = &drawn.world;
        let space = &compiled.at(world).space;
        space.fill(world, &mut self.tables);
        if settings.agreeing && !agrees(compiled, space, &self.tables, world) {
            return;
        }
        let question = Question::of(space, compiled.n, world, &self.tables, &compiled.spans, settings.drawing.defeat);
        let (no_defeat, rational) = (question.no_defeat_tests(), question.rational_tests());
        let gate = space.available(compiled.n, world);
        for ((package, scored), fate) in packages.iter().zip(&mut self.each) {
            if *scored == Scored::OnOddRuns && drawn.run.is_multiple_of(2) {
                continue;
            }
            fate.worlds += 1;
            let (head, tail) = space.place(package);
            let passes = |tests: &[crate::space::Test]| tests.iter().all(|t| t.passes(head, tail));
            let available = gate.row(head).is_some_and(|(row, _)| row[tail] != 0);
            let (bearable, agreeable) = (passes(&no_defeat), passes(&rational));
            fate.no_defeat += u64::from(bearable);
            fate.rational += u64::from(agreeable);
            fate.available += u64::from(available);
            fate.would_do += u64::from(bearable && agreeable && available);
            for (a, counts) in fate.verdicts.iter_mut().enumerate() {
                counts[verdict(compiled, space, &self.tables, world, AudienceId(a), package) as usize] += 1;
            }
        }
    }
}

impl Tally for Fates {
    fn merge(&mut self, other: Self) {
        for (mine, theirs) in self.each.iter_mut().zip(&other.each) {
            mine.worlds += theirs.worlds;
            mine.no_defeat += theirs.no_defeat;
            mine.rational += theirs.rational;
            mine.available += theirs.available;
            mine.would_do += theirs.would_do;
            for (a, b) in mine.verdicts.iter_mut().flatten().zip(theirs.verdicts.iter().flatten()) {
                *a += b;
            }
        }
    }
}

/// What an audience says of a package, from the tables.
pub(super) fn verdict(
    c: &Compiled,
    space: &Space,
    tables: &WorldTables,
    world: &World,
    a: AudienceId,
    package: &Package,
) -> Verdict {
    let (head, tail) = space.place(package);
    let of = space.score_of(Beholder::Audience(a)).expect("every audience has a score");
    let scores = Scores::new(c.n, c.scale);
    match space.score(tables, of, head, tail) {
        None => Verdict::Defeat,
        Some(score) if scores.defeat_line(world, a).is_some_and(|line| score < line) => Verdict::Defeat,
        Some(score) if scores.victory_line(world, a).is_some_and(|line| score >= line) => Verdict::Victory,
        Some(_) => Verdict::Bearable,
    }
}

/// Whether a world gives the verdict of an anchor.
pub(super) fn meets(c: &Compiled, space: &Space, tables: &WorldTables, world: &World, anchor: &Anchor) -> bool {
    let package = &c.n.packages[anchor.package].package;
    let says = |a| verdict(c, space, tables, world, a, package);
    let accepts = |i| {
        let (head, tail) = space.place(package);
        let of = space.score_of(Beholder::Leadership(i));
        let score = of.and_then(|of| space.score(tables, of, head, tail));
        score.is_some_and(|score| score >= Scores::new(c.n, c.scale).no_deal(world, i))
    };
    match anchor.expects {
        Expectation::Says(a, expected) => says(a) == expected,
        Expectation::Bears(a) => says(a) != Verdict::Defeat,
        Expectation::Accepts(i) => accepts(i),
        Expectation::Refuses(i) => !accepts(i),
    }
}

/// Whether a world gives the verdicts of all anchors.
pub(super) fn agrees(c: &Compiled, space: &Space, tables: &WorldTables, world: &World) -> bool {
    c.n.anchors.iter().all(|anchor| meets(c, space, tables, world, anchor))
}
