//! What the leaderships could agree on: the Pareto frontier, and the solution points on it.
//!
//! Packages are grouped by what the head does to the tail of every leadership's score and by the gate's class; within
//! a group a score is head + tail, so its frontier is a sum of two small ones. Packages are never listed.

use std::collections::BTreeMap;

use super::super::frontier::{Collector, Frontier, NoFrontier, Point, Utilities};
use super::super::outcome::rational;
use super::super::plan::FLAG;
use super::super::solution::solutions;
use super::super::{Compiled, Gate, Lanes, ScorePlan, Space, Tables, Test, WorldTables, passing};
use super::Limits;
use crate::model::{ActorId, Beholder, Negotiation, Package, Scores, World};

/// A utility vector with the packages that give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UtilityPoint {
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
    pub points: Vec<UtilityPoint>,
    /// `within[party]`, in units: for every package there is one on these points that gives no party less by more. Empty where
    /// nothing was left out.
    pub within: Vec<i64>,
}

impl Listed {
    /// Whether some points are not listed.
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
    /// Those that are not known, with why: their lists are empty. Only in vast spaces.
    pub unknown: Vec<(Solution, NoFrontier)>,
}

/// A rule by which a solution point is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Solution {
    /// Nash (1950).
    Nash,
    /// Kalai and Smorodinsky (1975).
    KalaiSmorodinsky,
    /// Kalai (1977).
    Egalitarian,
    /// Greatest sum.
    Utilitarian,
}

impl Solution {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Nash, Self::KalaiSmorodinsky, Self::Egalitarian, Self::Utilitarian];

    /// What it is called in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nash => "Nash's solution",
            Self::KalaiSmorodinsky => "Kalai–Smorodinsky's solution",
            Self::Egalitarian => "the egalitarian solution",
            Self::Utilitarian => "the utilitarian solution",
        }
    }
}

impl Agreements {
    /// Where a solution lies; `None` where that is not known.
    pub fn of(&self, solution: Solution) -> Option<&Listed> {
        let list = match solution {
            Solution::Nash => &self.nash,
            Solution::KalaiSmorodinsky => &self.kalai_smorodinsky,
            Solution::Egalitarian => &self.egalitarian,
            Solution::Utilitarian => &self.utilitarian,
        };
        (!self.unknown.iter().any(|(other, _)| *other == solution)).then_some(list)
    }

    /// The same without the lists of those that are not known.
    pub(super) fn knowing_not(mut self, unknown: Vec<(Solution, NoFrontier)>) -> Self {
        for (solution, _) in &unknown {
            *match solution {
                Solution::Nash => &mut self.nash,
                Solution::KalaiSmorodinsky => &mut self.kalai_smorodinsky,
                Solution::Egalitarian => &mut self.egalitarian,
                Solution::Utilitarian => &mut self.utilitarian,
            } = Listed::default();
        }
        Self { unknown, ..self }
    }
}

/// The Pareto frontier and the solution points of one world: what [`solve_in`](super::solve_in) tells of the leaderships.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaderships {
    /// The Pareto frontier over all packages allowed, red lines of leaderships disregarded.
    pub frontier: Result<Listed, NoFrontier>,
    /// The solution points on the packages allowed, available and rational for every party, whoever must agree.
    pub solutions: Result<Agreements, NoFrontier>,
}

/// Where the leaderships could meet in one world, from its filled tables: the one source for pages, data and pictures.
pub fn leaderships(compiled: &Compiled, world: &World, tables: &WorldTables, limits: Limits) -> Leaderships {
    let (n, space) = (compiled.n, &compiled.at(world).space);
    let listing = Listing { n, scores: Scores::new(n, space.scale), world, limits };
    let opened: Vec<(ScorePlan, Tables)> = space.leaders().map(|(_, s)| space.plans[s].opened(world, space)).collect();
    let everywhere: Vec<Score> = opened.iter().map(|(plan, tables)| (plan, tables)).collect();
    let acceptable: Vec<Score> = space.leaders().map(|(_, s)| (&space.plans[s], &tables[s])).collect();
    let frontier = |scores: &[Score], gate: &Gate| frontier_over(space, scores, gate, limits.frontier);
    let available = space.available(n, world);
    // The solutions are of bargaining in which all must agree, whoever suffices.
    let tests = rational(space, n, world, tables, true).into_iter().map(|(_, test)| test.asked_for(None));
    let tests: Vec<Test> = tests.collect();
    // Where a package must be worth keeping as well, one that is dominated may be all that can be had.
    let kept = n.parties().any(|i| listing.scores.asks_to_keep(world, i));
    let (allowed, lines) = (space.allowed(), n.parties().any(|i| !n.red_lines(Beholder::Leadership(i)).is_empty()));
    let all = frontier(&everywhere, &allowed);
    let agreed = if kept {
        frontier_of(space, &acceptable, &tests, &available)
    } else if lines || available != allowed {
        frontier(&acceptable, &available)
    } else {
        all.clone()
    };
    Leaderships {
        frontier: all.map(|frontier| listing.of(&frontier)),
        solutions: agreed.map(|frontier| listing.agreements(&frontier)),
    }
}

/// A score of one world.
type Score<'a> = (&'a ScorePlan, &'a Tables);

/// The frontier of the packages that pass some tests, looked at one by one.
fn frontier_of(space: &Space, scores: &[Score], tests: &[Test], gate: &Gate) -> Result<Frontier, NoFrontier> {
    let (layout, mut all) = (&space.layout, Collector::new(scores.len())?);
    let mut trouble = None;
    passing(Lanes::detect(), tests, &gate.heads, gate, |head, tail| {
        let utility: Option<Vec<i64>> = scores.iter().map(|(plan, t)| plan.score(t, head, tail)).collect();
        let Some(utility) = utility.filter(|_| trouble.is_none()) else { return };
        let first = u128::from(layout.head_number[head]) + u128::from(layout.tail_number[tail]);
        trouble = all.push(Point { utility: &utility, packages: 1, first }).err();
    });
    trouble.map_or_else(|| Ok(all.finish()), Err)
}

fn frontier_over(space: &Space, scores: &[Score], gate: &Gate, most: usize) -> Result<Frontier, NoFrontier> {
    let layout = &space.layout;
    let mut all = Collector::new(scores.len())?;
    for heads in groups(scores, gate) {
        let (first, open) = (heads[0], gate.row(heads[0]).expect("groups are of open heads"));
        let at_head = |f: usize| scores.iter().map(|(_, t)| i64::from(t.head[f])).collect();
        let heads = points(scores.len(), heads.iter().map(|f| (at_head(*f), layout.head_number[*f])))?;
        let rows: Vec<&[i32]> = scores.iter().map(|(plan, t)| t.row(plan.context_of[first])).collect();
        let here = |j: &usize| open[*j] != 0 && rows.iter().all(|row| row[*j] != FLAG);
        let at_tail = |j: usize| (rows.iter().map(|row| i64::from(row[j])).collect(), layout.tail_number[j]);
        let tails = points(scores.len(), (0..layout.tails()).filter(here).map(at_tail))?;
        all.join(Frontier::of(&heads).sum(&Frontier::of(&tails), most)?)?;
    }
    Ok(all.finish())
}

/// Open heads with the same gate class and the same context in every score.
fn groups(scores: &[Score], gate: &Gate) -> Vec<Vec<usize>> {
    let mut group_of: Vec<u32> = gate.class_of.clone();
    let open = || gate.heads.iter().map(|head| *head as usize);
    for (plan, _) in scores {
        let mut met: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for head in open() {
            let next = met.len() as u32;
            group_of[head] = *met.entry((group_of[head], plan.context_of[head])).or_insert(next);
        }
    }
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    open().for_each(|head| groups.entry(group_of[head]).or_default().push(head));
    groups.into_values().collect()
}

fn points(parties: usize, list: impl Iterator<Item = (Vec<i64>, u64)>) -> Result<Utilities, NoFrontier> {
    let mut points = Utilities::new(parties)?;
    for (utility, first) in list {
        points.push(Point { utility: &utility, packages: 1, first: u128::from(first) })?;
    }
    Ok(points)
}

/// Turns points of a frontier into packages.
pub(super) struct Listing<'a> {
    pub n: &'a Negotiation,
    pub scores: Scores<'a>,
    pub world: &'a World,
    pub limits: Limits<'a>,
}

impl Listing<'_> {
    /// The first points of a frontier.
    pub fn of(&self, frontier: &Frontier) -> Listed {
        self.list(frontier.iter().collect())
    }

    /// The solution points among the rational points of a frontier.
    pub fn agreements(&self, frontier: &Frontier) -> Agreements {
        let parties: Vec<ActorId> = self.n.parties().collect();
        let no_deal = self.no_deal();
        let rational: Vec<Point> = frontier.iter().filter(|point| gains(point, &no_deal)).collect();
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
            unknown: Vec::new(),
            no_deal,
        }
    }

    fn no_deal(&self) -> Vec<i64> {
        self.n.parties().map(|i| self.scores.no_deal(self.world, i)).collect()
    }

    fn list(&self, points: Vec<Point>) -> Listed {
        let no_deal = self.no_deal();
        Listed {
            size: points.len(),
            packages: points.iter().fold(0, |sum, p| sum.saturating_add(p.packages)),
            points: points.iter().take(self.limits.listed).map(|p| self.agreement(p, &no_deal)).collect(),
            within: Vec::new(),
        }
    }

    fn agreement(&self, point: &Point, no_deal: &[i64]) -> UtilityPoint {
        let package = self.n.space.package(point.first);
        let crosses = |i| !self.scores.crossed(self.world, Beholder::Leadership(i), &package).is_empty();
        let rational = gains(point, no_deal) && !self.n.parties().any(crosses);
        UtilityPoint { package, ties: point.packages, utility: point.utility.to_vec(), rational }
    }
}

/// Whether no party has less than without a deal.
fn gains(point: &Point, no_deal: &[i64]) -> bool {
    point.utility.iter().zip(no_deal).all(|(u, w)| u >= w)
}
