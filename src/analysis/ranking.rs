//! Which packages would do most often, chosen on one half of the worlds and scored on the other.

use std::borrow::Cow;
use std::cmp::Reverse;

use itertools::Itertools;

use super::survey::{Robust, SamePackage};
use crate::engine::{Drawing, Packed, Packer, Posed, Tally, Unpacker, adds_up, packs};
use crate::model::{IssueId, Negotiation, Package};
use crate::num::{Ordered, Share};
use crate::space::counts::{Counts, reaching};
use crate::space::{Compiled, Gate, Lanes, Place, Question, Search, Space, WorldTables, tally};

/// Packages listed.
const LISTED: usize = 8;

/// In how many worlds each package would do: `cells[reading][parity of the run]`.
#[derive(Debug, Clone)]
pub(super) struct Votes {
    cells: Vec<[Counts; 2]>,
    /// Worlds, `worlds[reading][parity]`.
    pub(super) worlds: Vec<[u64; 2]>,
    width: usize,
    pub(super) packages: usize,
}

adds_up!(Votes: cells, worlds; keeps width, packages);

impl Tally for Counts {
    fn merge(&mut self, other: Self) {
        self.add(&other);
    }
}

/// The heads of which something was counted, in their order.
impl Packed for Counts {
    fn pack(&self, to: &mut Packer) {
        to.whole(self.rows().count() as u128);
        for (head, row) in self.rows() {
            to.whole(head as u128);
            row.iter().for_each(|count| count.pack(to));
        }
    }

    fn unpack(&mut self, from: &mut Unpacker) -> Option<()> {
        for _ in 0..from.many()? {
            let row = self.row_mut(from.many()?)?;
            row.iter_mut().try_for_each(|count| count.unpack(from))?;
        }
        Some(())
    }
}

packs!(Votes: worlds, cells; keeps width, packages);

impl Votes {
    /// None, on the packages of a space.
    pub(super) fn none(readings: usize, space: &Space) -> Self {
        let (heads, width) = (space.layout.heads(), space.layout.width);
        let none = || Counts::none(heads, width);
        let cells = (0..readings).map(|_| [none(), none()]).collect();
        Self { cells, worlds: vec![[0; 2]; readings], width, packages: heads * width }
    }

    /// Adds a world; `some` says whether any package would do in it.
    pub(super) fn add(&mut self, reading: usize, parity: usize, posed: &Posed, some: bool) {
        self.worlds[reading][parity] += 1;
        if some {
            let counts = &mut self.cells[reading][parity];
            tally(posed.lanes, &posed.question.all_tests(), &posed.gate, counts);
        }
    }

    fn count(&self, reading: usize, parity: usize, cell: usize) -> u64 {
        self.cells[reading][parity].at(cell).into()
    }

    /// Over all readings. Runs are few enough for 32 bits.
    fn totals(&self, parity: usize) -> Cow<'_, Counts> {
        let mut counted = self.cells.iter().map(|reading| &reading[parity]).filter(|counts| !counts.is_empty());
        let first = counted.next().unwrap_or(&self.cells[0][parity]);
        counted.fold(Cow::Borrowed(first), |mut totals, counts| {
            totals.to_mut().add(counts);
            totals
        })
    }

    /// Bytes that the counts of so many readings may need on each thread.
    pub(super) fn bytes(&self, readings: usize) -> u64 {
        readings as u64 * 2 * self.packages as u64 * size_of::<u32>() as u64
    }
}

/// The packages that even runs choose.
#[derive(Debug, Clone, Default)]
pub(super) struct Picked {
    /// Even runs by which they were chosen.
    pub(super) by: u64,
    /// The cell of the package that would do in most of them, and the package.
    same: Option<(usize, Package)>,
    /// That of the package whose worst reading is best.
    robust: Option<(usize, Package)>,
    /// The packages that would do most often, each at least two terms from those before it.
    pub(super) leading: Vec<Package>,
}

/// What the odd runs say of what even ones have chosen.
#[derive(Debug, Clone, Default)]
pub(super) struct Scored {
    /// The package that would do in most even runs.
    pub(super) same: Option<SamePackage>,
    /// The package whose worst reading is best in even runs.
    pub(super) robust: Option<Robust>,
}

/// Ranks packages by how often they would do in even runs.
///
/// Of equal ones those come first that no other of them dominates, by what they are worth to the leaderships in the modal
/// world; then they are taken by the slack that they leave there, then by fewest changes to the present state, then by
/// identifiers: the order of the file plays no part.
pub(super) fn rank(compiled: &Compiled, drawing: &Drawing, counts: &Votes, gate: &Gate) -> Picked {
    let n = compiled.n;
    let world = drawing.accounts.modal(n);
    let space = &compiled.at(&world).space;
    let mut tables = WorldTables::new();
    space.fill(&world, &mut tables);
    let question = Question::of(space, n, &world, &tables, &compiled.spans, drawing.defeat);
    let modal = question.search(Lanes::detect(), true);
    let (even, names) = (counts.totals(0), Names::of(n));
    let top = even.greatest(Lanes::detect());
    let ranking = Ranking { compiled, counts, even, top, gate, space, tables: &tables, modal: &modal, names };
    let mixed = drawing.accounts.reading.is_none() && n.readings.len() > 1;
    let robust = mixed.then(|| ranking.robust()).flatten();
    let leading = ranking.leading();
    let same = leading.first().map(|package| (ranking.cell(package), package.clone()));
    Picked { by: counts.even(), robust, leading, same }
}

struct Ranking<'a> {
    compiled: &'a Compiled<'a>,
    counts: &'a Votes,
    /// In how many even runs each would do, and the most of them.
    even: Cow<'a, Counts>,
    top: u32,
    gate: &'a Gate,
    /// The modal world.
    space: &'a Space,
    tables: &'a WorldTables,
    /// Slacks in the modal world.
    modal: &'a Search<'a>,
    names: Names,
}

/// How an equal package is preferred, the least key first: slack, changes, name.
type Key = (Reverse<i64>, usize, u64);

impl Votes {
    fn worlds(&self, parity: usize) -> u64 {
        self.worlds.iter().map(|worlds| worlds[parity]).sum()
    }

    /// Even worlds counted.
    pub(super) fn even(&self) -> u64 {
        self.worlds(0)
    }

    fn odd(&self) -> u64 {
        self.worlds(1)
    }

    /// What was picked on even runs, scored on the odd ones.
    pub(super) fn scored(&self, n: &Negotiation, picked: &Picked) -> Scored {
        let same = picked.same.as_ref().filter(|_| self.odd() > 0);
        Scored {
            same: same.map(|(cell, package)| self.same_package(n, *cell, package)),
            robust: picked.robust.as_ref().and_then(|(cell, package)| self.robust(n, *cell, package)),
        }
    }

    fn same_package(&self, n: &Negotiation, cell: usize, package: &Package) -> SamePackage {
        let totals = [0, 1].map(|parity| self.totals(parity));
        let at = |cell: usize| totals.each_ref().map(|counts| counts.at(cell));
        let chosen = at(cell);
        let mut ties = 0;
        reaching(Lanes::detect(), &totals.each_ref().map(|counts| &**counts), chosen.to_vec(), &mut |other| {
            ties += u64::from(at(other) == chosen);
            None
        });
        let share = Share::of(u64::from(chosen[1]), self.odd());
        let by_reading = if n.readings.is_empty() { Vec::new() } else { self.on_odd(cell) };
        SamePackage { package: package.clone(), ties, share, by_reading }
    }

    /// How often a package would do in the odd worlds of each reading.
    fn on_odd(&self, cell: usize) -> Vec<Share> {
        (0..self.cells.len()).map(|r| Share::of(self.count(r, 1, cell), self.worlds[r][1])).collect()
    }

    fn robust(&self, n: &Negotiation, cell: usize, package: &Package) -> Option<Robust> {
        let by_reading = self.on_odd(cell);
        let scored = (0..by_reading.len()).filter(|r| by_reading[*r].of > 0);
        let id = |r: usize| &n.readings[r].id;
        let worse = |a: &usize, b: &usize| {
            by_reading[*a].share.total_cmp(&by_reading[*b].share).then_with(|| id(*a).cmp(id(*b)))
        };
        let worst = scored.min_by(worse)?;
        Some(Robust { package: package.clone(), by_reading, worst })
    }
}

impl Ranking<'_> {
    fn robust(&self) -> Option<(usize, Package)> {
        let counts = self.counts;
        let readings = (0..counts.cells.len()).filter(|r| counts.worlds[*r][0] > 0);
        let readings: Vec<(&Counts, u64)> = readings.map(|r| (&counts.cells[r][0], counts.worlds[r][0])).collect();
        // The worst reading of a package with so many counts, as a whole number of 2⁻⁴⁰.
        let worst = |cell: usize| {
            let shares = readings.iter().map(|(counts, of)| f64::from(counts.at(cell)) / *of as f64);
            (shares.fold(1.0, f64::min) * UNITS) as u64
        };
        let lines = |least: u64| readings.iter().map(|(_, of)| least_count(least, *of)).collect::<Vec<u32>>();
        let lists: Vec<&Counts> = readings.iter().map(|(counts, _)| *counts).collect();
        if lists.is_empty() || lists.iter().any(|counts| counts.is_empty()) {
            return None;
        }
        let mut top = 0;
        reaching(Lanes::detect(), &lists, lines(1), &mut |cell| {
            top = worst(cell);
            Some(lines(top + 1))
        });
        (top > 0).then(|| self.best(at_least(&lists, lines(top)))).flatten()
    }

    /// The package that does most often, and those behind it.
    fn leading(&self) -> Vec<Package> {
        let (mut chosen, mut above) = (Vec::<Package>::new(), self.top + 1);
        // Few packages lead: those that do less often are looked at only where the others are too much alike.
        while above > 1 {
            let from = above.saturating_sub((self.top >> 6).max(1)).max(1);
            let met = at_least(&[&self.even], vec![from]).into_iter().map(|cell| (self.even.at(cell), cell));
            let mut met: Vec<(u32, usize)> = met.filter(|(count, _)| *count < above).collect();
            if above - from > 1 {
                met.sort_unstable_by(|a, b| b.cmp(a));
            }
            for equals in met.chunk_by(|a, b| a.0 == b.0) {
                let (best, rest) = self.undominated(equals.iter().map(|(_, cell)| *cell).collect());
                let rest = std::iter::once_with(|| self.ranked(rest)).flatten();
                for package in self.ranked(best).chain(rest) {
                    if chosen.iter().all(|other| distance(other, &package) >= 2) {
                        chosen.push(package);
                    }
                    if chosen.len() == LISTED {
                        return chosen;
                    }
                }
            }
            above = from;
        }
        chosen
    }

    /// The preferred of cells that are as good as each other.
    fn best(&self, tied: Vec<usize>) -> Option<(usize, Package)> {
        let package = self.ranked(self.undominated(tied).0).next()?;
        Some((self.cell(&package), package))
    }

    fn cell(&self, package: &Package) -> usize {
        let (head, tail) = self.compiled.modal().space.place(package);
        head * self.counts.width + tail
    }

    fn place(&self, cell: usize) -> Place {
        (cell / self.counts.width, cell % self.counts.width)
    }

    /// Cells of packages that no other of them dominates, and those of the others.
    fn undominated(&self, cells: Vec<usize>) -> (Vec<usize>, Vec<usize>) {
        let parties = self.space.leaders().count();
        if cells.len() < 2 || parties == 0 {
            return (cells, Vec::new());
        }
        let worth = self.space.utilities(self.tables, cells.iter().map(|cell| self.place(*cell)));
        let sum = |worth: &[i64]| worth.iter().sum::<i64>();
        let most = worth.chunks_exact(parties).map(sum).enumerate().max_by_key(|(_, sum)| *sum).map_or(0, |(at, _)| at);
        let most = &worth[most * parties..][..parties];
        // One that is worth most to all together dominates nearly all; only the others are held against each other.
        let behind = |worth: &[i64]| worth != most && worth.iter().zip(most).all(|(worth, most)| worth <= most);
        let worths = || cells.iter().zip(worth.chunks_exact(parties));
        let ahead = worths().filter(|(_, worth)| !behind(worth)).map(|(cell, _)| self.place(*cell));
        let Some(best) = self.space.undominated(self.tables, ahead) else { return (cells, Vec::new()) };
        let (mut first, mut rest) = (Vec::new(), Vec::with_capacity(cells.len()));
        for (cell, worth) in worths() {
            if !behind(worth) && best.contains(worth) { first.push(*cell) } else { rest.push(*cell) }
        }
        (first, rest)
    }

    /// Packages with their keys, the preferred first: worked out as they are asked for, those with most slack before the others.
    fn ranked(&self, cells: Vec<usize>) -> impl Iterator<Item = Package> + '_ {
        let slack = |cell: usize| {
            let (head, tail) = self.place(cell);
            (Reverse((self.modal.slack(self.gate, head, tail) * UNITS) as i64), cell)
        };
        let mut left: Vec<(Reverse<i64>, usize)> = cells.into_iter().map(slack).collect();
        let batch = move || {
            let batch = match left.len() {
                0 => return None,
                few if few <= AT_ONCE => std::mem::take(&mut left),
                _ => {
                    let (_, last, _) = left.select_nth_unstable(AT_ONCE - 1);
                    let least = last.0;
                    let (batch, rest) = left.iter().partition(|(slack, _)| *slack <= least);
                    left = rest;
                    batch
                }
            };
            Some(self.in_order(&batch))
        };
        std::iter::from_fn(batch).flatten()
    }

    fn in_order(&self, cells: &[(Reverse<i64>, usize)]) -> impl Iterator<Item = Package> + use<> {
        let n = self.compiled.n;
        let key = |(slack, cell): &(Reverse<i64>, usize)| -> (Key, Package) {
            let (head, tail) = self.place(*cell);
            let package = self.space.package(n, head, tail);
            ((*slack, changes(n, &package), self.names.number(&package)), package)
        };
        cells.iter().map(key).sorted_unstable().map(|(_, package)| package)
    }
}

/// Packages that are put in order together.
const AT_ONCE: usize = 64;

/// The least number of `of` that makes so many units of 2⁻⁴⁰; more than `of` where none does.
fn least_count(units: u64, of: u64) -> u32 {
    let share = |count: u64| (count as f64 / of as f64 * UNITS) as u64;
    let mut count = (units as f64 / UNITS * of as f64) as u64;
    count = count.saturating_sub(2);
    while count <= of && share(count) < units {
        count += 1;
    }
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The cells whose counts all reach their lines, ascending.
fn at_least(lists: &[&Counts], lines: Vec<u32>) -> Vec<usize> {
    let mut cells = Vec::new();
    reaching(Lanes::detect(), lists, lines, &mut |cell| {
        cells.push(cell);
        None
    });
    cells
}

const UNITS: f64 = 1_099_511_627_776.0;

/// Packages numbered by the identifiers of issues and options: ties are broken so, since the order of a file must not
/// decide them.
struct Names {
    /// Issues by identifier, each with the rank of every option by identifier.
    issues: Vec<(IssueId, Vec<u64>)>,
}

impl Names {
    fn of(n: &Negotiation) -> Self {
        let issues = &n.space.issues;
        let order = (0..issues.len()).ordered_by_key(|k| &issues[*k].id);
        let rank = |k: usize, id: &str| issues[k].options.iter().filter(|o| o.id.as_str() < id).count() as u64;
        let ranks = |k: usize| issues[k].options.iter().map(|o| rank(k, &o.id)).collect();
        Self { issues: order.map(|k| (IssueId(k), ranks(k))).collect() }
    }

    fn number(&self, package: &Package) -> u64 {
        self.issues.iter().fold(0, |number, (k, rank)| number * rank.len() as u64 + rank[package.option(*k).0])
    }
}

fn changes(n: &Negotiation, package: &Package) -> usize {
    let issues = n.space.issues.iter().zip(&package.0);
    issues.filter(|(issue, pick)| issue.now != Some(**pick)).count()
}

/// Number of issues on which two packages differ.
fn distance(a: &Package, b: &Package) -> usize {
    a.0.iter().zip(&b.0).filter(|(a, b)| a != b).count()
}
