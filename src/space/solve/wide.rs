//! Leaderships to more digits than tables of 32 bits hold.
//!
//! The tables round each term once, to 10⁻⁶ point at the finest, which a file of utilities within [0, 1] may need more than.
//! Where some term or no deal is not exact there, the sums of leaderships are taken again in 64 bits, package by package:
//! terms at a [wide](Scale::wide) scale, each sum rounded once. Frontier, solution points and the number of rational packages
//! are of these. Verdicts of audiences are not asked: a line of theirs is no finer than what it is compared with.

use super::super::frontier::{Frontier, NoFrontier, Point, Utilities};
use super::super::{Compiled, Gate, Term, outlook};
use super::agreement::{Leaderships, Listing};
use super::{Census, Limits};
use crate::model::{ActorId, Beholder, Negotiation, Package, Scale, Scores, World};

/// Packages that are added up anew.
const MOST: u128 = 1 << 20;

/// What the leaderships come to at a wide scale.
pub(super) struct Wide {
    /// The scale of its utilities.
    pub scale: Scale,
    /// The frontier and the solution points.
    pub leaderships: Leaderships,
    /// Packages allowed, and among them available, that no leadership likes less than no deal.
    rational: [u128; 2],
}

/// The terms of one leadership: each with the value of its cells.
type Sums<'a> = Vec<(&'a Term, Vec<i64>)>;

/// The answer at a wide scale; `None` where the tables are exact, or more is asked than sums of leaderships.
pub(super) fn wide(compiled: &Compiled, world: &World, limits: Limits) -> Option<Wide> {
    let (n, space) = (compiled.n, &compiled.at(world).space);
    let (fine, scale) = Scale::wide(n);
    let scores = Scores::new(n, scale);
    let has_line = |i: ActorId| !n.red_lines(Beholder::Leadership(i)).is_empty() || scores.asks_to_keep(world, i);
    if n.space.size() > MOST || !n.audiences.is_empty() || n.has_coalitions() || n.parties().any(has_line) {
        return None;
    }
    let cells = |terms: &[Term], scale: Scale| -> Vec<Vec<i64>> {
        let seen = outlook(terms, world);
        terms.iter().map(|term| term.wide(world, scale, &seen)).collect()
    };
    let plans: Vec<&[Term]> = space.leaders().map(|(_, s)| &space.plans[s].terms[..]).collect();
    let finer = 10_i64.pow((fine.digits() - space.scale.digits()).unsigned_abs());
    let is_exact = |terms: &&[Term]| {
        let pairs = cells(terms, fine).into_iter().flatten().zip(cells(terms, space.scale).into_iter().flatten());
        pairs.into_iter().all(|(fine, coarse)| fine == coarse * finer)
    };
    let no_deal_at = |scale: Scale| -> Vec<i64> {
        let scores = Scores::new(n, scale);
        n.parties().map(|i| scores.no_deal(world, i)).collect()
    };
    let (no_deal, between) = (no_deal_at(scale), 10_i64.pow((scale.digits() - space.scale.digits()).unsigned_abs()));
    let coarse = no_deal_at(space.scale).into_iter().map(|units| units * between);
    if coarse.eq(no_deal.iter().copied()) && plans.iter().all(is_exact) {
        return None;
    }
    let sums: Vec<Sums> = plans.iter().map(|terms| terms.iter().zip(cells(terms, fine)).collect()).collect();
    let by = 10_i64.pow((fine.digits() - scale.digits()).unsigned_abs());
    let listing = Listing { n, scores, world, limits };
    let gates = [space.allowed(), space.available(n, world)];
    let (frontiers, rational) = frontiers(n, (&sums, by), &no_deal, &gates, |package| space.place(package)).ok()?;
    let [frontier, agreed] = frontiers;
    let leaderships = Leaderships { frontier: Ok(listing.of(&frontier)), solutions: Ok(listing.agreements(&agreed)) };
    Some(Wide { scale, leaderships, rational })
}

/// The frontiers of the packages that two gates let through, and how many of each are rational.
fn frontiers(
    n: &Negotiation,
    (sums, by): (&[Sums], i64),
    no_deal: &[i64],
    gates: &[Gate; 2],
    place: impl Fn(&Package) -> (usize, usize),
) -> Result<([Frontier; 2], [u128; 2]), NoFrontier> {
    let alike = gates[0] == gates[1];
    let mut all = [Utilities::new(no_deal.len())?, Utilities::new(no_deal.len())?];
    let mut rational = [0; 2];
    let mut utility = vec![0; no_deal.len()];
    for first in 0..n.space.size() {
        let package = n.space.package(first);
        let (head, tail) = place(&package);
        for (utility, terms) in utility.iter_mut().zip(sums) {
            let cells = terms.iter().map(|(term, cells)| cells[term.rows[term.row_of(&package)] as usize]);
            *utility = rounded(cells.sum(), by);
        }
        let signed = u128::from(utility.iter().zip(no_deal).all(|(u, w)| u >= w));
        for ((gate, all), rational) in gates.iter().zip(&mut all).zip(&mut rational).take(if alike { 1 } else { 2 }) {
            if gate.lets_through(head, tail) {
                all.push(Point { utility: &utility, packages: 1, first })?;
                *rational += signed;
            }
        }
    }
    let [allowed, available] = all;
    let allowed = Frontier::of(&allowed);
    Ok(if alike {
        ([allowed.clone(), allowed], [rational[0]; 2])
    } else {
        ([allowed, Frontier::of(&available)], rational)
    })
}

/// A sum in coarser units, halves away from 0.
fn rounded(sum: i64, by: i64) -> i64 {
    (sum.abs() + by / 2) / by * sum.signum()
}

impl Wide {
    /// The numbers of packages that hang on leaderships alone, which here are all but the win-sets.
    pub fn count(&self, packages: &mut Census) {
        let [allowed, available] = self.rational.map(Some);
        (packages.rational, packages.would_do, packages.for_everybody) = (allowed, available, available);
    }
}
