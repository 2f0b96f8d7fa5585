//! The undominated among all sums of two sets of points: the one step from which every frontier is made.
//! The frontier of a single set is its sum with the origin.

use super::grid::Grid;
use super::maxima::undominated;
use super::{Error, Point, Points};

/// Whether every sum of a vector of `a` and a vector of `b` stays in the range of `i64`.
pub(super) fn fit(a: &Points, b: &Points) -> Result<(), Error> {
    let inside = |party| {
        let ((least_a, most_a), (least_b, most_b)) = (range(a, party), range(b, party));
        least_a.checked_add(least_b).is_some() && most_a.checked_add(most_b).is_some()
    };
    if (0..a.parties()).all(inside) { Ok(()) } else { Err(Error::Overflow) }
}

/// The undominated sums of a vector of `a` and a vector of `b`, each once, in descending lexicographic order.
pub(super) fn maximal(a: &Points, b: &Points) -> Points {
    match a.parties() {
        1 => maximal_of::<1>(a, b),
        2 => maximal_of::<2>(a, b),
        3 => maximal_of::<3>(a, b),
        4 => maximal_of::<4>(a, b),
        5 => maximal_of::<5>(a, b),
        6 => maximal_of::<6>(a, b),
        7 => maximal_of::<7>(a, b),
        _ => maximal_of::<8>(a, b),
    }
}

/// A sum and its place among all sums, `place of b · number of a + place of a`.
pub(super) type Placed<const P: usize> = ([i64; P], usize);

fn maximal_of<const P: usize>(a: &Points, b: &Points) -> Points {
    let mut sums = survivors::<P>(a, b);
    sums.sort_by(|(u, _), (v, _)| v.cmp(u));
    let groups: Vec<&[Placed<P>]> = sums.chunk_by(|(u, _), (v, _)| u == v).collect();
    let vectors: Vec<[i64; P]> = groups.iter().map(|group| group[0].0).collect();
    let keep = undominated(&vectors);
    let mut kept = Points { parties: P, utilities: Vec::new(), packages: Vec::new(), first: Vec::new() };
    for (group, _) in groups.iter().zip(keep).filter(|(_, keep)| *keep) {
        kept.append(merge(a, b, group));
    }
    kept
}

/// The sums less most of those that are dominated.
pub(super) fn survivors<const P: usize>(a: &Points, b: &Points) -> Vec<Placed<P>> {
    let (rows, columns) = (b.vectors::<P>(), a.vectors::<P>());
    let sums = rows.iter().flat_map(|v| columns.iter().map(move |u| std::array::from_fn(|k| u[k] + v[k])));
    if rows.len() * columns.len() < WORTH_A_GRID {
        return sums.enumerate().map(|(at, u)| (u, at)).collect();
    }
    let least = std::array::from_fn(|k| range(a, k).0 + range(b, k).0);
    let most = std::array::from_fn(|k| range(a, k).1 + range(b, k).1);
    let grid = Grid::of(least, most, sums.clone());
    let mut survivors = Vec::new();
    sums.enumerate().for_each(|(at, u)| {
        if !grid.dominates(&u) {
            survivors.push((u, at));
        }
    });
    survivors
}

/// Fewer sums than this are sorted at once.
const WORTH_A_GRID: usize = 1024;

/// One point for places with equal sums.
fn merge<'a, const P: usize>(a: &Points, b: &Points, group: &'a [Placed<P>]) -> Point<'a> {
    let (mut packages, mut first) = (0_u128, u128::MAX);
    for (_, at) in group {
        let (row, column) = (at / a.len(), at % a.len());
        packages = packages.saturating_add(a.packages[column].saturating_mul(b.packages[row]));
        first = first.min(a.first[column].saturating_add(b.first[row]));
    }
    Point { utility: &group[0].0, packages, first }
}

/// The least and the greatest utility of a party; zeros if there are no points.
fn range(points: &Points, party: usize) -> (i64, i64) {
    let of_party = points.utilities.iter().skip(party).step_by(points.parties()).copied();
    (of_party.clone().min().unwrap_or(0), of_party.max().unwrap_or(0))
}
