//! What every package of the modal world is worth to the leaderships.

use super::scene::Scene;
use crate::space::frontier::{Collector, Point};
use crate::space::solution::{Solutions, solutions};
use crate::space::{Gate, Plan, Space, Tables, Test};

/// The utilities of every package, red lines playing no part.
pub struct Utilities<'a> {
    space: &'a Space,
    scores: Vec<(Plan, Tables)>,
}

impl<'a> Utilities<'a> {
    /// The tables of the leaderships in the modal world.
    pub fn of(scene: &'a Scene) -> Self {
        let space = scene.space();
        let filled = |s: usize| {
            let (plan, mut tables) = (space.plans[s].without_exclusion(), Tables::default());
            plan.fill(&scene.world, space.scale, &space.layout, &mut tables);
            (plan, tables)
        };
        Self { space, scores: space.leaders().map(|(_, s)| filled(s)).collect() }
    }

    /// The utilities of one package, `utilities[party]` in units.
    pub fn at(&self, head: usize, tail: usize) -> Vec<i64> {
        let unit = |(plan, tables): &(Plan, Tables)| {
            i64::from(tables.head[head]) + i64::from(tables.row(plan.context_of[head])[tail])
        };
        self.scores.iter().map(unit).collect()
    }

    /// The frontier of the packages that pass, `frontier[package][party]` in units; nothing beyond eight parties.
    pub fn frontier(&self, scene: &Scene, tests: &[Test], gate: &Gate) -> Vec<Vec<i64>> {
        let Ok(mut collector) = Collector::new(self.scores.len()) else { return Vec::new() };
        let mut all = Ok(());
        scene.each(tests, gate, |head, tail| {
            let first = u128::from(self.space.number(head, tail));
            let taken = collector.push(Point { utility: &self.at(head, tail), packages: 1, first });
            all = all.and(taken);
        });
        if all.is_err() { Vec::new() } else { collector.finish().iter().map(|p| p.utility.to_vec()).collect() }
    }

    /// The solution points of the packages that are rational for all, and the vectors among which they are places.
    pub fn solutions(&self, scene: &Scene, gate: &Gate) -> (Vec<Vec<i64>>, Solutions) {
        // Whatever is left out is dominated, and the ideal is the same.
        let rational = self.frontier(scene, &scene.question().rational_tests(), gate);
        let solved = solutions(&rational, &self.no_deal(scene));
        (rational, solved)
    }

    /// What no deal is worth, `no_deal[party]` in units.
    pub fn no_deal(&self, scene: &Scene) -> Vec<i64> {
        self.space.leaders().map(|(i, _)| scene.scores().no_deal(&scene.world, i)).collect()
    }
}
