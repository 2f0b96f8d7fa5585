//! What the leaderships could agree on: the Pareto frontier, and the solution points on it.
//!
//! Packages are grouped by what the head does to the tail of every leadership's score and by the gate's class; within
//! a group a score is head + tail, so its frontier is a sum of two small ones. Packages are never listed.

use std::collections::BTreeMap;

use super::super::frontier::{self, Collector, Frontier, Points};
use super::super::plan::FLAG;
use super::super::solution::solutions;
use super::super::{Compiled, Gate, Plan, Space, Tables, WorldTables};
use super::Limits;
use crate::model::{ActorId, Beholder, Negotiation, Package, Scores, World};

/// A utility vector with the packages that give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The first package, in file order, that gives it.
    pub package: Package,
    /// How many packages give it; `u128::MAX` stands for that many or more.
    pub ties: u128,
    /// `utility[party]`, in units, parties in file order.
    pub utility: Vec<i64>,
    /// Whether the package is rational for every leadership.
    pub rational: bool,
}

/// Points of which the first ones are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listed {
    /// Number of utility vectors.
    pub size: usize,
    /// Number of packages on them.
    pub packages: u128,
    /// The first of them.
    pub points: Vec<Point>,
}

impl Listed {
    /// Whether some points are not listed.
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        self.points.len() < self.size
    }
}

/// The solution points of one world; see [`solutions`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Agreements {
    /// Nash (1950).
    pub nash: Listed,
    /// Kalai and Smorodinsky (1975), lexicographic.
    pub kalai_smorodinsky: Listed,
    /// Kalai (1977), lexicographic; compares points of different leaderships.
    pub egalitarian: Listed,
    /// Greatest sum; compares points of different leaderships.
    pub utilitarian: Listed,
    /// Parties with nothing to gain, which Kalai–Smorodinsky leaves out.
    pub left_out: Vec<ActorId>,
    /// `no_deal[party]`, in units: the disagreement point.
    pub no_deal: Vec<i64>,
    /// `ideal[party]`, in units: the most that each party gets where all are rational; empty if nowhere.
    pub ideal: Vec<i64>,
}

/// What frontiers of one world are made from.
pub(super) struct Frontiers<'a> {
    pub compiled: &'a Compiled<'a>,
    pub space: &'a Space,
    pub world: &'a World,
    pub tables: &'a WorldTables,
    pub limits: Limits,
}

impl Frontiers<'_> {
    /// The frontier over the packages of a gate, red lines of leaderships disregarded.
    pub fn of_all(&self, gate: &Gate) -> Result<Listed, frontier::Error> {
        let plans: Vec<Plan> = self.space.leaders().map(|(_, s)| self.space.plans[s].without_exclusion()).collect();
        let mut tables = vec![Tables::default(); plans.len()];
        for (plan, tables) in plans.iter().zip(&mut tables) {
            plan.fill(self.world, self.space.scale, &self.space.layout, tables);
        }
        let scores: Vec<(&Plan, &Tables)> = plans.iter().zip(&tables).collect();
        let frontier = self.over(&scores, gate)?;
        let n = self.compiled.n;
        Ok(Listing { n, scores: Scores::new(n, self.space.scale), world: self.world, limits: self.limits }
            .of(&frontier))
    }

    /// The solution points on the rational packages of a gate.
    pub fn solutions(&self, gate: &Gate) -> Result<Agreements, frontier::Error> {
        let leader = |(_, s): (ActorId, usize)| (&self.space.plans[s], &self.tables[s]);
        let scores: Vec<(&Plan, &Tables)> = self.space.leaders().map(leader).collect();
        let n = self.compiled.n;
        let scale = self.space.scale;
        let listing = Listing { n, scores: Scores::new(n, scale), world: self.world, limits: self.limits };
        Ok(listing.agreements(&self.over(&scores, gate)?))
    }

    fn over(&self, scores: &[(&Plan, &Tables)], gate: &Gate) -> Result<Frontier, frontier::Error> {
        let layout = &self.space.layout;
        let mut all = Collector::new(scores.len())?;
        for (class, heads) in groups(scores, gate) {
            let Some(first) = heads.first() else { continue };
            let open = &gate.rows[class as usize];
            let at_head = |f: &usize| scores.iter().map(|(_, t)| i64::from(t.head[*f])).collect::<Vec<_>>();
            let heads = points(scores.len(), heads.iter().map(|f| (at_head(f), layout.head_number[*f])))?;
            let rows: Vec<&[i32]> = scores.iter().map(|(plan, t)| t.row(plan.context_of[*first])).collect();
            let here = |j: &usize| open[*j] != 0 && rows.iter().all(|row| row[*j] != FLAG);
            let tails = (0..layout.tails()).filter(here);
            let at_tail = |j: usize| (rows.iter().map(|row| i64::from(row[j])).collect(), layout.tail_number[j]);
            let tails = points(scores.len(), tails.map(at_tail))?;
            let sum = Frontier::of(&heads).sum(&Frontier::of(&tails), self.limits.frontier)?;
            sum.iter().try_for_each(|point| all.push(point))?;
        }
        Ok(all.finish())
    }
}

/// Heads with the same gate class and the same context in every score, with that class.
fn groups(scores: &[(&Plan, &Tables)], gate: &Gate) -> Vec<(u32, Vec<usize>)> {
    let mut group_of: Vec<u32> = gate.class_of.clone();
    for (plan, _) in scores {
        let mut met: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for (head, group) in group_of.iter_mut().enumerate().filter(|(head, _)| gate.row(*head).is_some()) {
            let next = met.len() as u32;
            *group = *met.entry((*group, plan.context_of[head])).or_insert(next);
        }
    }
    let mut groups: BTreeMap<u32, (u32, Vec<usize>)> = BTreeMap::new();
    for head in (0..group_of.len()).filter(|head| gate.row(*head).is_some()) {
        groups.entry(group_of[head]).or_insert((gate.class_of[head], Vec::new())).1.push(head);
    }
    groups.into_values().collect()
}

fn points(parties: usize, list: impl Iterator<Item = (Vec<i64>, u64)>) -> Result<Points, frontier::Error> {
    let mut points = Points::new(parties)?;
    for (utility, first) in list {
        points.push(frontier::Point { utility: &utility, packages: 1, first: u128::from(first) })?;
    }
    Ok(points)
}

/// Turns points of a frontier into packages.
pub(super) struct Listing<'a> {
    pub n: &'a Negotiation,
    pub scores: Scores<'a>,
    pub world: &'a World,
    pub limits: Limits,
}

impl Listing<'_> {
    /// The first points of a frontier.
    pub fn of(&self, frontier: &Frontier) -> Listed {
        self.list(frontier.iter().collect())
    }

    /// The solution points among the rational points of a frontier.
    pub fn agreements(&self, frontier: &Frontier) -> Agreements {
        let parties: Vec<ActorId> = self.n.parties().collect();
        let no_deal: Vec<i64> = parties.iter().map(|i| self.scores.no_deal(self.world, *i)).collect();
        let is_rational = |p: &frontier::Point| p.utility.iter().zip(&no_deal).all(|(u, w)| u >= w);
        let rational: Vec<frontier::Point> = frontier.iter().filter(is_rational).collect();
        let utilities: Vec<&[i64]> = rational.iter().map(|p| p.utility).collect();
        let found = solutions(&utilities, &no_deal);
        let listed = |places: &[usize]| self.list(places.iter().map(|at| rational[*at]).collect());
        Agreements {
            nash: listed(&found.nash),
            kalai_smorodinsky: listed(&found.kalai_smorodinsky),
            egalitarian: listed(&found.egalitarian),
            utilitarian: listed(&found.utilitarian),
            left_out: found.left_out.iter().map(|party| parties[*party]).collect(),
            ideal: found.ideal,
            no_deal,
        }
    }

    fn list(&self, points: Vec<frontier::Point>) -> Listed {
        let no_deal: Vec<i64> = self.n.parties().map(|i| self.scores.no_deal(self.world, i)).collect();
        Listed {
            size: points.len(),
            packages: points.iter().fold(0, |sum, p| sum.saturating_add(p.packages)),
            points: points.into_iter().take(self.limits.listed).map(|p| self.point(p, &no_deal)).collect(),
        }
    }

    fn point(&self, point: frontier::Point, no_deal: &[i64]) -> Point {
        let package = self.n.space.package(point.first);
        let crosses = |i| !self.scores.crossed(self.world, Beholder::Leadership(i), &package).is_empty();
        let gains = point.utility.iter().zip(no_deal).all(|(u, w)| u >= w);
        let rational = gains && !self.n.parties().any(crosses);
        Point { package, ties: point.packages, utility: point.utility.to_vec(), rational }
    }
}
