//! Many sessions of one table: who begins, and which of equals is offered, are drawn.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{End, Ground, Rules, Table, Tactic};
use crate::engine::{Streams, Tally, ThreadsError, tally};
use crate::num::Moments;

/// What some sessions came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Repeated {
    /// Sessions.
    pub sessions: u64,
    /// Those that ended with an agreement.
    pub agreed: u64,
    /// Rounds of the agreements, from 0.
    pub rounds: Moments,
    /// `utility[seat]` in points, over all sessions: what no deal is worth where nothing was agreed.
    pub utility: Vec<Moments>,
    /// `paid[seat]` in points, over all sessions: the same when it comes, after what time takes; see [`Ground::paid`].
    pub paid: Vec<Moments>,
    /// How often each package was agreed, by number.
    pub packages: BTreeMap<u32, u64>,
}

impl Tally for Repeated {
    fn merge(&mut self, other: Self) {
        let Self { sessions, agreed, rounds, utility, paid, packages } = other;
        self.sessions += sessions;
        self.agreed += agreed;
        self.rounds += rounds;
        self.utility.merge(utility);
        self.paid.merge(paid);
        Tally::merge(&mut self.packages, packages);
    }
}

impl Repeated {
    fn add(&mut self, ground: &Ground, end: End, rules: Rules) {
        let agreed = end.agreed();
        self.sessions += 1;
        self.agreed += u64::from(agreed.is_some());
        self.utility.resize_with(ground.seats(), Moments::default);
        for (sum, units) in self.utility.iter_mut().zip(ground.utility(agreed.map(|a| a.package))) {
            sum.add(ground.scale.points(units));
        }
        self.paid.resize_with(ground.seats(), Moments::default);
        self.paid.iter_mut().zip(ground.paid(end, rules)).for_each(|(sum, points)| sum.add(points));
        if let Some(agreed) = agreed {
            self.rounds.add(f64::from(agreed.round));
            *self.packages.entry(agreed.package).or_default() += 1;
        }
    }

    /// The packages that were agreed, the most frequent first, of equals the lowest number.
    pub fn most_agreed(&self) -> Vec<(u32, u64)> {
        let mut all: Vec<(u32, u64)> = self.packages.iter().map(|(package, times)| (*package, *times)).collect();
        all.sort_by_key(|(package, times)| (std::cmp::Reverse(*times), *package));
        all
    }
}

/// Plays sessions `0 … sessions−1`: in each, one draw says who begins, and one a turn which of equals is offered. Session
/// k is the same whatever the others are, on any number of threads.
///
/// # Errors
/// [`ThreadsError`] if the threads asked for cannot be started.
pub fn repeat(
    ground: &Ground,
    tactics: &[Tactic],
    rules: Rules,
    (seed, sessions): (u64, u64),
    threads: Option<usize>,
) -> Result<Repeated, ThreadsError> {
    let tables: Vec<Table> = (0..ground.seats()).map(|first| Table::of(ground, tactics, rules, first)).collect();
    let streams = Streams::new(seed, "offers");
    let some = |sums: &mut Repeated, runs: Range<u64>| {
        for run in runs {
            let mut luck = streams.of_run(run);
            let first = (luck.at(0) * tables.len() as f64) as usize;
            sums.add(ground, tables[first].end(Some(&mut luck)), rules);
        }
    };
    tally(sessions, threads, Repeated::default, some, |_| ())
}
