//! Which packages would do most often, chosen on one half of the worlds and scored on the other.

use std::cmp::Reverse;

use itertools::Itertools;

use super::survey::{Robust, SamePackage};
use crate::engine::{Drawing, Packed, Packer, Posed, Unpacker, adds_up};
use crate::model::{IssueId, Negotiation, Package};
use crate::num::{Ordered, Share};
use crate::space::{Compiled, Gate, Lanes, Question, Search, Space, WorldTables, tally};

/// Packages listed.
const LISTED: usize = 8;

/// In how many worlds each package would do: `cells[reading][parity of the run][head · width + tail]`.
#[derive(Debug, Clone)]
pub(super) struct Votes {
    cells: Vec<[Vec<u32>; 2]>,
    /// Worlds, `worlds[reading][parity]`.
    pub(super) worlds: Vec<[u64; 2]>,
    width: usize,
    pub(super) packages: usize,
}

adds_up!(Votes: cells, worlds; keeps width, packages);

/// Where a reading and a parity were never asked for, nothing is kept of its packages.
impl Packed for Votes {
    fn pack(&self, to: &mut Packer) {
        self.worlds.pack(to);
        self.cells.pack(to);
    }

    fn unpack(&mut self, from: &mut Unpacker) -> Option<()> {
        self.worlds.unpack(from)?;
        from.many().filter(|many| *many == self.cells.len())?;
        for counts in self.cells.iter_mut().flatten() {
            let many = from.many().filter(|many| [0, self.packages].contains(many))?;
            *counts = vec![0; many];
            counts.iter_mut().try_for_each(|count| count.unpack(from))?;
        }
        Some(())
    }
}

impl Votes {
    /// None, on the packages of a space.
    pub(super) fn none(readings: usize, space: &Space) -> Self {
        let (width, packages) = (space.layout.width, space.layout.heads() * space.layout.width);
        Self { cells: vec![[vec![], vec![]]; readings], worlds: vec![[0; 2]; readings], width, packages }
    }

    /// Adds a world; `some` says whether any package would do in it. Room for a reading and a parity is made when it is
    /// first asked for.
    pub(super) fn add(&mut self, reading: usize, parity: usize, posed: &Posed, some: bool) {
        self.worlds[reading][parity] += 1;
        if some {
            let counts = &mut self.cells[reading][parity];
            counts.resize(self.packages, 0);
            tally(posed.lanes, &posed.question.all_tests(), &posed.gate, counts);
        }
    }

    fn count(&self, reading: usize, parity: usize, cell: usize) -> u64 {
        self.cells[reading][parity].get(cell).copied().map_or(0, u64::from)
    }

    fn total(&self, parity: usize, cell: usize) -> u64 {
        (0..self.cells.len()).map(|reading| self.count(reading, parity, cell)).sum()
    }

    /// Bytes that the counts of so many readings need on each thread.
    pub(super) fn bytes(&self, readings: usize) -> u64 {
        readings as u64 * 2 * self.packages as u64 * size_of::<u32>() as u64
    }
}

/// What the counts of a survey say of single packages.
#[derive(Debug, Clone, Default)]
pub(super) struct Picked {
    /// The package that would do in most even runs, scored on the odd ones.
    pub(super) same: Option<SamePackage>,
    /// The package whose worst reading is best in even runs, scored on the odd ones.
    pub(super) robust: Option<Robust>,
    /// The packages that would do most often in even runs, each at least two terms from those before it.
    pub(super) leading: Vec<Package>,
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
    let ranking = Ranking { compiled, counts, gate, space, tables: &tables, modal: &modal, names: Names::of(n) };
    let mixed = drawing.accounts.reading.is_none() && n.readings.len() > 1;
    let robust = mixed.then(|| ranking.robust()).flatten();
    let same = ranking.same_package();
    Picked { robust, leading: ranking.leading(same.iter().map(|same| same.package.clone()).collect()), same }
}

struct Ranking<'a> {
    compiled: &'a Compiled<'a>,
    counts: &'a Votes,
    gate: &'a Gate,
    /// The modal world.
    space: &'a Space,
    tables: &'a WorldTables,
    /// Slacks in the modal world.
    modal: &'a Search<'a>,
    names: Names,
}

/// How an equal package is preferred, the least key first: whether another of them dominates it, slack, changes, name.
type Key = (bool, Reverse<i64>, usize, u64);

impl Ranking<'_> {
    fn same_package(&self) -> Option<SamePackage> {
        let (cell, package) = self.best(|cell| self.counts.total(0, cell))?;
        let both = |cell: usize| [0, 1].map(|parity| self.counts.total(parity, cell));
        let (odd, chosen) = (self.counts.total(1, cell), both(cell));
        let ties = self.cells().filter(|other| both(*other) == chosen).count() as u64;
        let worlds = self.counts.worlds.iter().map(|parity| parity[1]).sum();
        // With no odd run there is nothing to score it on.
        let by_reading = if self.compiled.n.readings.is_empty() { Vec::new() } else { self.on_odd(cell) };
        (worlds > 0).then(|| SamePackage { package, ties, share: Share::of(odd, worlds), by_reading })
    }

    /// How often a package would do in the odd worlds of each reading.
    fn on_odd(&self, cell: usize) -> Vec<Share> {
        let counts = self.counts;
        (0..counts.cells.len()).map(|r| Share::of(counts.count(r, 1, cell), counts.worlds[r][1])).collect()
    }

    fn robust(&self) -> Option<Robust> {
        let counts = self.counts;
        let share = |r: usize, parity: usize, cell| Share::of(counts.count(r, parity, cell), counts.worlds[r][parity]);
        let readings: Vec<usize> = (0..counts.cells.len()).filter(|r| counts.worlds[*r][0] > 0).collect();
        // Shares as whole numbers of 2⁻⁴⁰, so that the best is found by the same comparison as above.
        let worst = |cell: usize| {
            let shares = readings.iter().map(|r| share(*r, 0, cell).share);
            (shares.fold(1.0, f64::min) * UNITS) as u64
        };
        let (cell, package) = self.best(worst)?;
        let by_reading = self.on_odd(cell);
        let scored = (0..by_reading.len()).filter(|r| by_reading[*r].of > 0);
        let id = |r: usize| &self.compiled.n.readings[r].id;
        let worse = |a: &usize, b: &usize| {
            by_reading[*a].share.total_cmp(&by_reading[*b].share).then_with(|| id(*a).cmp(id(*b)))
        };
        let worst = scored.min_by(worse)?;
        Some(Robust { package, by_reading, worst })
    }

    /// Those chosen already, and the packages that do most often behind them.
    fn leading(&self, mut chosen: Vec<Package>) -> Vec<Package> {
        let met = self.cells().map(|cell| (self.counts.total(0, cell), cell)).filter(|(count, _)| *count > 0);
        for equals in met.sorted_unstable_by(|a, b| b.cmp(a)).as_slice().chunk_by(|a, b| a.0 == b.0) {
            let equals = equals.iter().map(|(_, cell)| *cell).collect_vec();
            for (_, package) in self.ranked(&equals).sorted_unstable() {
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

    /// The cell with the greatest value above 0, and the preferred of several.
    fn best(&self, value: impl Fn(usize) -> u64) -> Option<(usize, Package)> {
        let top = self.cells().map(&value).max().filter(|top| *top > 0)?;
        let tied: Vec<usize> = self.cells().filter(|cell| value(*cell) == top).collect();
        let (_, package) = self.ranked(&tied).min()?;
        let (head, tail) = self.compiled.modal().space.place(&package);
        Some((head * self.counts.width + tail, package))
    }

    /// Packages that are as good as each other, with their keys.
    fn ranked<'c>(&'c self, cells: &'c [usize]) -> impl Iterator<Item = (Key, Package)> + 'c {
        let place = |cell: &usize| (cell / self.counts.width, cell % self.counts.width);
        let best = self.space.undominated(self.tables, cells.iter().map(place));
        let ranked = move |(head, tail): (usize, usize)| {
            let utility = self.space.utility(self.tables, (head, tail));
            let dominated = best.as_ref().is_some_and(|best| !best.contains(&utility));
            let package = self.space.package(self.compiled.n, head, tail);
            let slack = (self.modal.slack(self.gate, head, tail) * UNITS) as i64;
            ((dominated, Reverse(slack), changes(self.compiled.n, &package), self.names.number(&package)), package)
        };
        cells.iter().map(place).map(ranked)
    }

    /// The cells of all packages that may be looked at.
    fn cells(&self) -> impl Iterator<Item = usize> + '_ {
        let heads = self.gate.heads.iter().map(|head| *head as usize);
        let heads = heads.filter_map(|head| Some((head, self.gate.row(head)?)));
        let width = self.counts.width;
        heads.flat_map(move |(head, row)| {
            let open = row.iter().enumerate().filter(|(_, open)| **open != 0);
            open.map(move |(tail, _)| head * width + tail)
        })
    }
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
