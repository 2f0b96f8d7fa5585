//! Packages that are as good as each other, and which of them is put forward: never one that another leaves behind.

use std::collections::BTreeSet;

use super::frontier::{Collector, Point};
use super::{Gate, Search, Space, WorldTables};

/// What a package is worth to a leadership of which it crosses a red line, in units: less than any score.
const CROSSED: i64 = i32::MIN as i64;

/// A place: head and tail.
type Place = (usize, usize);

impl Space {
    /// What a package is worth to every leadership, `utility[party]` in units; less than all else where a red line of the
    /// leadership is crossed.
    #[must_use]
    pub fn utility(&self, tables: &WorldTables, (head, tail): Place) -> Vec<i64> {
        let worth = |s: usize| self.score(tables, s, head, tail).unwrap_or(CROSSED);
        self.leaders().map(|(_, s)| worth(s)).collect()
    }

    /// The Pareto frontier of some packages, as utilities; `None` beyond the parties that a frontier can have.
    pub fn undominated(&self, tables: &WorldTables, places: impl Iterator<Item = Place>) -> Option<BTreeSet<Vec<i64>>> {
        let mut best = Collector::new(self.leaders().count()).ok()?;
        for (head, tail) in places {
            let (utility, first) = (self.utility(tables, (head, tail)), u128::from(self.number(head, tail)));
            best.push(Point { utility: &utility, packages: 1, first }).ok()?;
        }
        Some(best.finish().iter().map(|point| point.utility.to_vec()).collect())
    }

    /// How many packages of a gate have the margin, and the first of them, in file order, that none of the others
    /// dominates; `known` is one that has it.
    #[must_use]
    pub fn equals(&self, tables: &WorldTables, search: &Search, gate: &Gate, known: (f64, Place)) -> (u128, Place) {
        let (slack, place) = known;
        let Ok(mut best) = Collector::new(self.leaders().count()) else { return (1, place) };
        let mut count = 0;
        search.above(0..gate.class_of.len(), gate, slack, |(measured, head, tail), _| {
            if measured >= slack {
                let (utility, first) = (self.utility(tables, (head, tail)), u128::from(self.number(head, tail)));
                let taken = best.push(Point { utility: &utility, packages: 1, first });
                count += u128::from(taken.is_ok());
            }
        });
        let first = best.finish().iter().map(|point| point.first).min();
        (count.max(1), first.map_or(place, |number| self.place_of(number)))
    }
}
