//! The packages that would do most often, and how each of them fares.

use std::ops::Range;

use super::estimate::Share;
use super::survey::{Counts, Robust, SamePackage, Settings, SurveyError};
use crate::engine::{Draws, Tally, tally};
use crate::model::{Anchor, AudienceId, Beholder, Expectation, IssueId, Negotiation, Package, Scores, Verdict, World};
use crate::space::{Compiled, Gate, Question, Space, WorldTables};

/// Packages listed.
const LISTED: usize = 8;

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

/// The package that would do in most even runs, scored on the odd ones; the one with fewest changes, then the first by
/// identifiers, of several.
pub(super) fn same_package(compiled: &Compiled, counts: &Counts, gate: &Gate) -> Option<SamePackage> {
    let even = |cell: usize| counts.cells.iter().map(|parity| u64::from(parity[0][cell])).sum::<u64>();
    let (cell, package) = best(compiled, counts, gate, even)?;
    let odd = counts.cells.iter().map(|parity| u64::from(parity[1][cell])).sum();
    let worlds = counts.worlds.iter().map(|parity| parity[1]).sum();
    Some(SamePackage { package, share: Share::of(odd, worlds) })
}

/// The package whose worst reading is best on even runs, scored on the odd ones.
pub(super) fn robust(compiled: &Compiled, counts: &Counts, gate: &Gate) -> Option<Robust> {
    let share = |reading: usize, parity: usize, cell: usize| {
        Share::of(u64::from(counts.cells[reading][parity][cell]), counts.worlds[reading][parity])
    };
    let readings: Vec<usize> = (0..counts.cells.len()).filter(|r| counts.worlds[*r][0] > 0).collect();
    // Shares as whole numbers of 2⁻⁴⁰, so that the best is found by the same comparison as above.
    let worst = |cell: usize| {
        let shares = readings.iter().map(|r| share(*r, 0, cell).share);
        (shares.fold(1.0, f64::min) * 1_099_511_627_776.0) as u64
    };
    let (cell, package) = best(compiled, counts, gate, worst)?;
    let by_reading: Vec<Share> = (0..counts.cells.len()).map(|r| share(r, 1, cell)).collect();
    let worst = (0..by_reading.len()).filter(|r| by_reading[*r].of > 0);
    let id = |r: usize| &compiled.n.readings[r].id;
    let worst = worst.min_by(|a, b| by_reading[*a].share.total_cmp(&by_reading[*b].share).then(id(*a).cmp(id(*b))))?;
    Some(Robust { package, by_reading, worst })
}

/// The cell with the greatest value above 0; among equals the package with fewest changes, then the first by identifiers.
fn best(compiled: &Compiled, counts: &Counts, gate: &Gate, value: impl Fn(usize) -> u64) -> Option<(usize, Package)> {
    let top = cells(counts, gate).map(&value).max().filter(|top| *top > 0)?;
    let tied = cells(counts, gate).filter(|cell| value(*cell) == top);
    nearest_to_now(compiled, counts, tied)
}

fn nearest_to_now(
    compiled: &Compiled,
    counts: &Counts,
    cells: impl Iterator<Item = usize>,
) -> Option<(usize, Package)> {
    let space = &compiled.modal().space;
    let names = Names::of(compiled.n);
    let package = |cell: usize| space.package(compiled.n, cell / counts.width, cell % counts.width);
    let key = |cell: usize| {
        let package = package(cell);
        (changes(compiled, &package), names.number(&package), cell)
    };
    let (_, _, cell) = cells.map(key).min()?;
    Some((cell, package(cell)))
}

/// Packages numbered by the identifiers of issues and options: ties are broken so, since the order of a file must not
/// decide them.
struct Names {
    /// Issues by identifier, each with the rank of every option by identifier.
    issues: Vec<(IssueId, Vec<u64>)>,
}

impl Names {
    fn of(n: &Negotiation) -> Self {
        let issues = &n.space.issues;
        let mut order: Vec<usize> = (0..issues.len()).collect();
        order.sort_by(|a, b| issues[*a].id.cmp(&issues[*b].id));
        let rank = |k: usize, id: &str| issues[k].options.iter().filter(|o| o.id.as_str() < id).count() as u64;
        let ranks = |k: usize| issues[k].options.iter().map(|o| rank(k, &o.id)).collect();
        Self { issues: order.into_iter().map(|k| (IssueId(k), ranks(k))).collect() }
    }

    fn number(&self, package: &Package) -> u64 {
        self.issues.iter().fold(0, |number, (k, rank)| number * rank.len() as u64 + rank[package.option(*k).0])
    }
}

/// The cells of all packages that may be looked at.
fn cells<'a>(counts: &'a Counts, gate: &'a Gate) -> impl Iterator<Item = usize> + 'a {
    let heads = (0..gate.class_of.len()).filter_map(|head| Some((head, gate.row(head)?.0)));
    let width = counts.width;
    heads.flat_map(move |(head, row)| {
        let open = row.iter().enumerate().filter(|(_, open)| **open != 0);
        open.map(move |(tail, _)| head * width + tail)
    })
}

fn changes(compiled: &Compiled, package: &Package) -> usize {
    let issues = compiled.n.space.issues.iter().zip(&package.0);
    issues.filter(|(issue, pick)| issue.now != Some(**pick)).count()
}

/// Number of issues on which two packages differ.
fn distance(a: &Package, b: &Package) -> usize {
    a.0.iter().zip(&b.0).filter(|(a, b)| a != b).count()
}

/// The packages that do most often on even runs, each at least two terms from those before it.
pub(super) fn choose(compiled: &Compiled, counts: &Counts, gate: &Gate) -> Vec<Package> {
    let even = |cell: usize| counts.cells.iter().map(|parity| u64::from(parity[0][cell])).sum::<u64>();
    let space = &compiled.modal().space;
    let mut order: Vec<(u64, usize)> = cells(counts, gate).map(|c| (even(c), c)).filter(|(n, _)| *n > 0).collect();
    order.sort_unstable_by(|a, b| b.cmp(a));
    let names = Names::of(compiled.n);
    let named = |(_, cell): &(u64, usize)| {
        let package = space.package(compiled.n, cell / counts.width, cell % counts.width);
        (changes(compiled, &package), names.number(&package), package)
    };
    let mut chosen: Vec<Package> = same_package(compiled, counts, gate).map(|s| s.package).into_iter().collect();
    // Packages that do equally often are taken by fewest changes, then by identifiers.
    for equals in order.chunk_by(|a, b| a.0 == b.0) {
        let mut ranked: Vec<(usize, u64, Package)> = equals.iter().map(named).collect();
        ranked.sort_unstable();
        for (_, _, package) in ranked {
            if chosen.len() >= LISTED {
                return chosen;
            }
            if chosen.iter().all(|other| distance(other, &package) >= 2) {
                chosen.push(package);
            }
        }
    }
    chosen
}

/// Looks at packages one by one in every world again: those chosen, and all with names.
pub(super) fn look(
    compiled: &Compiled,
    draws: &Draws,
    settings: &Settings,
    chosen: &[Package],
) -> Result<(Vec<Leading>, Vec<Leading>), SurveyError> {
    let named = compiled.n.packages.iter().map(|p| &p.package);
    let packages: Vec<&Package> = chosen.iter().chain(named).collect();
    let audiences = compiled.n.audiences.len();
    let fresh = || Fates { tables: WorldTables::new(), worlds: 0, each: vec![Fate::new(audiences); packages.len()] };
    let work = |seen: &mut Fates, runs: Range<u64>| {
        for drawn in draws.block(runs.start, (runs.end - runs.start) as usize) {
            seen.add(compiled, settings, &drawn.world, &packages);
        }
    };
    let seen = tally(settings.runs, settings.threads, fresh, work, |_| ())?;
    let fares = |(package, fate): (&&Package, &Fate)| {
        let share = |count: u64| Share::of(count, seen.worlds);
        Leading {
            package: (*package).clone(),
            no_defeat: share(fate.no_defeat),
            rational: share(fate.rational),
            available: share(fate.available),
            would_do: share(fate.would_do),
            verdicts: fate.verdicts.clone(),
        }
    };
    let mut all: Vec<Leading> = packages.iter().zip(&seen.each).map(fares).collect();
    let named = all.split_off(chosen.len());
    Ok((all, named))
}

/// How packages fare over the worlds of a survey: as [`survey`](super::survey) looks at those that lead.
///
/// # Errors
/// [`SurveyError::Space`] if the deal space cannot be compiled, [`SurveyError::Threads`].
pub fn look_at(n: &Negotiation, settings: &Settings, packages: &[Package]) -> Result<Vec<Leading>, SurveyError> {
    let compiled = Compiled::of(n, &settings.accounts.variants)?;
    let draws = Draws::new(n, settings.accounts.clone(), settings.seed);
    Ok(look(&compiled, &draws, settings, packages)?.0)
}

/// Sums over worlds, one a package.
struct Fates {
    tables: WorldTables,
    worlds: u64,
    each: Vec<Fate>,
}

#[derive(Debug, Clone)]
struct Fate {
    no_defeat: u64,
    rational: u64,
    available: u64,
    would_do: u64,
    verdicts: Vec<[u64; 3]>,
}

impl Fate {
    fn new(audiences: usize) -> Self {
        Self { no_defeat: 0, rational: 0, available: 0, would_do: 0, verdicts: vec![[0; 3]; audiences] }
    }
}

impl Fates {
    fn add(&mut self, compiled: &Compiled, settings: &Settings, world: &World, packages: &[&Package]) {
        let space = &compiled.at(world).space;
        space.fill(world, &mut self.tables);
        if settings.agreeing && !agrees(compiled, space, &self.tables, world) {
            return;
        }
        self.worlds += 1;
        let question = Question::of(space, compiled.n, world, &self.tables, &compiled.spans, settings.defeat);
        let (no_defeat, rational) = (question.no_defeat_tests(), question.rational_tests());
        let gate = space.available(compiled.n, world);
        for (package, fate) in packages.iter().zip(&mut self.each) {
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
        self.worlds += other.worlds;
        for (mine, theirs) in self.each.iter_mut().zip(&other.each) {
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
