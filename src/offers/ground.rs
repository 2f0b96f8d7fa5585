//! What every package is worth to each party in one world, looked up by number, and sorted once.

use super::{End, Rules};
use crate::model::{ActorId, Scale, Scores, World};
use crate::num;
use crate::space::{Compiled, Gate, Space, WorldTables};

/// The worth of a package that cannot be agreed, or that crosses a red line of the party's leadership.
pub const OUT: i32 = i32::MIN;

/// What all packages of one world are worth to those who make offers.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The scale of all utilities.
    pub scale: Scale,
    /// `sides[seat]`: the parties in the order of the file.
    pub sides: Vec<Side>,
}

/// What the packages are worth to one party.
#[derive(Debug, Clone)]
pub struct Side {
    /// Who it is.
    pub party: ActorId,
    /// What no deal is worth at the start, in units.
    pub no_deal: i64,
    /// The least that an available package is worth, in units; 0 where there is none.
    pub least: i64,
    /// The most that one is worth, in units; 0 where there is none.
    pub most: i64,
    /// What a session of full length leaves of what it is paid then: its discount over the time up to the deadline, in
    /// (0, 1]; 1 where the file has no deadline.
    pub left: f64,
    /// `worth[package]` by number in the file's order, in units; [`OUT`] where it cannot be agreed.
    worth: Vec<i32>,
    /// The rational packages: the least worth first, of equals the lowest number.
    order: Vec<u32>,
    /// `sorted[place]`: what `order[place]` is worth.
    sorted: Vec<i32>,
}

impl Ground {
    /// The ground of one world: packages that the rules allow and every holder grants.
    pub fn of(compiled: &Compiled, world: &World) -> Self {
        let (n, space) = (compiled.n, &compiled.at(world).space);
        let (gate, scores) = (compiled.available(world), Scores::new(n, space.scale));
        let parties: Vec<(ActorId, usize)> = space.leaders().filter(|(i, _)| n.parties().any(|p| p == *i)).collect();
        let mut tables = WorldTables::new();
        space.fill(world, &mut tables);
        let side = |(party, score)| {
            let left = n.talks.as_ref().and_then(|talks| talks.left_at_deadline(world, party)).unwrap_or(1.0);
            Side::of(party, left, scores.no_deal(world, party), worth_of(space, &tables, &gate, score))
        };
        Self { scale: space.scale, sides: parties.into_iter().map(side).collect() }
    }

    /// How many parties make offers.
    pub fn seats(&self) -> usize {
        self.sides.len()
    }

    /// What a package is worth to every party, in units; what no deal is worth for none.
    pub fn utility(&self, package: Option<u32>) -> Vec<i64> {
        let of = |side: &Side| package.map_or(side.no_deal, |p| i64::from(side.worth(p)));
        self.sides.iter().map(of).collect()
    }

    /// Whether time takes something from somebody.
    pub fn is_discounted(&self) -> bool {
        self.sides.iter().any(|side| side.left < 1.0)
    }

    /// What an end is worth to every party when it comes, in points: what was agreed at the time of its round, no deal at the
    /// time 1, or at that of the first round where a party had nothing to offer.
    ///
    /// ```text
    /// u · left^t
    /// ```
    ///
    /// Source: the tournaments of GENIUS (Lin et al. 2014).
    pub fn paid(&self, end: End, rules: Rules) -> Vec<f64> {
        let (package, time) = match end {
            End::Agreed(agreed) => (Some(agreed.package), rules.time(agreed.round)),
            End::Deadline => (None, 1.0),
            End::Left(_) => (None, rules.time(0)),
        };
        let taken = |side: &Side| if side.left == 1.0 { 1.0 } else { num::pow(side.left, time) };
        let units = self.utility(package);
        units.into_iter().zip(&self.sides).map(|(units, side)| self.scale.points(units) * taken(side)).collect()
    }
}

/// What each package is worth by one score.
fn worth_of(space: &Space, tables: &WorldTables, gate: &Gate, score: usize) -> Vec<i32> {
    let layout = &space.layout;
    let mut worth = vec![OUT; layout.heads() * layout.tails()];
    for head in gate.heads.iter().map(|head| *head as usize) {
        for tail in (0..layout.tails()).filter(|tail| gate.lets_through(head, *tail)) {
            if let Some(units) = space.score(tables, score, head, tail) {
                worth[space.number(head, tail) as usize] = units as i32;
            }
        }
    }
    worth
}

impl Side {
    /// A party, what a session leaves it, what no deal is worth to it, and what each package is.
    fn of(party: ActorId, left: f64, no_deal: i64, worth: Vec<i32>) -> Self {
        let open = || worth.iter().copied().filter(|u| *u != OUT);
        let (least, most) = (open().min().map_or(0, i64::from), open().max().map_or(0, i64::from));
        // Worth above, number below: one sort of whole numbers puts both in order.
        let key = |(p, u): (usize, &i32)| (u64::from(u.cast_unsigned() ^ (1 << 31)) << 32) | p as u64;
        let rational = worth.iter().enumerate().filter(|(_, u)| **u != OUT && i64::from(**u) >= no_deal);
        let mut keys: Vec<u64> = rational.map(key).collect();
        keys.sort_unstable();
        let order: Vec<u32> = keys.iter().map(|key| *key as u32).collect();
        let sorted = order.iter().map(|p| worth[*p as usize]).collect();
        Self { party, no_deal, least, most, left, worth, order, sorted }
    }

    /// What a package is worth, in units; [`OUT`] if it cannot be agreed.
    pub fn worth(&self, package: u32) -> i32 {
        self.worth[package as usize]
    }

    /// Whether some package is rational: without one the party has nothing to offer.
    pub fn can_agree(&self) -> bool {
        !self.order.is_empty()
    }

    /// The least that it ever asks for, in units: max(min u, no deal).
    pub fn floor(&self) -> i64 {
        self.least.max(self.no_deal)
    }

    /// Number of rational packages.
    pub fn rational(&self) -> usize {
        self.order.len()
    }

    /// What the rational package at a place is worth, the least first.
    pub fn worth_at(&self, place: usize) -> i32 {
        self.sorted[place]
    }

    /// The rational package at a place.
    pub fn package_at(&self, place: usize) -> u32 {
        self.order[place]
    }

    /// The places of all that are worth as much as the one at a place.
    pub fn equals_of(&self, place: usize) -> std::ops::Range<usize> {
        let worth = self.sorted[place];
        let from = self.sorted[..place].partition_point(|u| *u < worth);
        from..place + self.sorted[place..].partition_point(|u| *u <= worth)
    }

    /// The place of the first that is worth at least so much, of those below a place; that place if none of them is.
    pub fn first_from(&self, threshold: f64, below: usize) -> usize {
        self.sorted[..below].partition_point(|u| f64::from(*u) < threshold)
    }

    /// The place of the first of those that are worth most; 0 where nothing is rational.
    pub fn best(&self) -> usize {
        self.sorted.len().checked_sub(1).map_or(0, |last| self.equals_of(last).start)
    }

    /// What of the most that it could gain a package gives it, in [0, 1] where it is rational; 0 where nothing can be
    /// gained.
    ///
    /// ```text
    /// (u − floor) / (max u − floor)
    /// ```
    pub fn gain(&self, package: u32) -> f64 {
        let (floor, worth) = (self.floor(), i64::from(self.worth(package)));
        if self.most > floor && self.worth(package) != OUT {
            (worth - floor) as f64 / (self.most - floor) as f64
        } else {
            0.0
        }
    }
}
