//! What every package of the modal world is worth to the leaderships.

use super::scene::Scene;
use crate::space::{Plan, Space, Tables};

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

    /// What no deal is worth, `no_deal[party]` in units.
    pub fn no_deal(&self, scene: &Scene) -> Vec<i64> {
        self.space.leaders().map(|(i, _)| scene.scores().no_deal(&scene.world, i)).collect()
    }
}
