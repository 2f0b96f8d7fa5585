//! The undominated among all sums of two sets of points: the one step from which every frontier is made.
//! The frontier of a single set is its sum with the origin.

use super::{Demand, NoFrontier, Point, Utilities, maxima::undominated};

/// Whether every sum of a vector of `a` and a vector of `b` stays in the range of `i64`.
pub(super) fn fit(a: &Utilities, b: &Utilities) -> Result<(), NoFrontier> {
    let inside = |party| {
        let ((least_a, most_a), (least_b, most_b)) = (range(a, party), range(b, party));
        least_a.checked_add(least_b).is_some() && most_a.checked_add(most_b).is_some()
    };
    if (0..a.parties()).all(inside) { Ok(()) } else { Err(NoFrontier::Overflow) }
}

/// The undominated sums of a vector of `a` and a vector of `b` that meet all demands, each once, in descending lexicographic
/// order.
pub(super) fn maximal(a: &Utilities, b: &Utilities, demands: &[Demand]) -> Utilities {
    match a.parties() {
        1 => maximal_of::<1>(a, b, demands),
        2 => maximal_of::<2>(a, b, demands),
        3 => maximal_of::<3>(a, b, demands),
        4 => maximal_of::<4>(a, b, demands),
        5 => maximal_of::<5>(a, b, demands),
        6 => maximal_of::<6>(a, b, demands),
        7 => maximal_of::<7>(a, b, demands),
        _ => maximal_of::<8>(a, b, demands),
    }
}

/// A sum and its place among all sums, `place of b · number of a + place of a`.
pub(super) type Placed<const P: usize> = ([i64; P], usize);

fn maximal_of<const P: usize>(a: &Utilities, b: &Utilities, demands: &[Demand]) -> Utilities {
    let mut sums = survivors::<P>(a, b, demands);
    sums.sort_unstable_by(|(u, _), (v, _)| v.cmp(u));
    let groups: Vec<&[Placed<P>]> = sums.chunk_by(|(u, _), (v, _)| u == v).collect();
    let vectors: Vec<[i64; P]> = groups.iter().map(|group| group[0].0).collect();
    let keep = undominated(&vectors);
    let mut kept = Utilities { parties: P, values: Vec::new(), packages: Vec::new(), first: Vec::new() };
    for (group, _) in groups.iter().zip(keep).filter(|(_, keep)| *keep) {
        kept.append(merge(a, b, group));
    }
    kept
}

/// The sums that meet all demands, less most of those that are dominated.
pub(super) fn survivors<const P: usize>(a: &Utilities, b: &Utilities, demands: &[Demand]) -> Vec<Placed<P>> {
    let (rows, columns) = (b.vectors::<P>(), a.vectors::<P>());
    let sums = rows.iter().flat_map(|v| columns.iter().map(move |u| std::array::from_fn(|k| u[k] + v[k])));
    let placed = sums.enumerate().map(|(at, u)| (u, at));
    if rows.len() * columns.len() < WORTH_A_GRID && demands.is_empty() {
        return placed.collect();
    }
    let least = std::array::from_fn(|k| range(a, k).0 + range(b, k).0);
    let most = std::array::from_fn(|k| range(a, k).1 + range(b, k).1);
    if demands.is_empty() {
        return thinned(least, most, rows.len() * columns.len() >= MANY, placed);
    }
    let demands: Vec<([i64; P], i64)> =
        demands.iter().map(|d| (std::array::from_fn(|k| d.weights[k]), d.least)).collect();
    let meets = |u: &[i64; P]| demands.iter().all(|(weights, least)| dot(weights, u) >= *least);
    let kept: Vec<Placed<P>> = placed.filter(|(u, _)| meets(u)).collect();
    if kept.len() < WORTH_A_GRID { kept } else { thinned(least, most, kept.len() >= MANY, kept.iter().copied()) }
}

/// Sums between `least` and `most`, less most of those that are dominated.
fn thinned<const P: usize>(
    least: [i64; P],
    most: [i64; P],
    many: bool,
    sums: impl Iterator<Item = Placed<P>> + Clone,
) -> Vec<Placed<P>> {
    let bits = CELL_BITS[usize::from(many)];
    let grid = Staircase::of(bits, least, most, sums.clone().map(|(u, _)| u));
    let mut survivors = Vec::new();
    sums.for_each(|(u, at)| {
        if !grid.dominates(&u) {
            survivors.push((u, at));
        }
    });
    survivors
}

fn dot<const P: usize>(weights: &[i64; P], u: &[i64; P]) -> i64 {
    weights.iter().zip(u).map(|(w, u)| w * u).sum()
}

/// Fewer sums than this are sorted at once.
const WORTH_A_GRID: usize = 1024;

/// One point for places with equal sums.
fn merge<'a, const P: usize>(a: &Utilities, b: &Utilities, group: &'a [Placed<P>]) -> Point<'a> {
    let (mut packages, mut first) = (0_u128, u128::MAX);
    for (_, at) in group {
        let (row, column) = (at / a.len(), at % a.len());
        packages = packages.saturating_add(a.packages[column].saturating_mul(b.packages[row]));
        first = first.min(a.first[column].saturating_add(b.first[row]));
    }
    Point { utility: &group[0].0, packages, first }
}

/// The least and the greatest utility of a party; zeros if there are no points.
pub(super) fn range(points: &Utilities, party: usize) -> (i64, i64) {
    let of_party = points.values.iter().skip(party).step_by(points.parties()).copied();
    (of_party.clone().min().unwrap_or(0), of_party.max().unwrap_or(0))
}

/// Cells of the table, as a power of two: as many as stay in the first-level cache, and in the second where many vectors are
/// looked at.
const CELL_BITS: [u32; 2] = [12, 16];

/// So many vectors are many.
const MANY: usize = 1 << 17;

/// The box of utilities cut into cells along all parties but the last.
///
/// For each cell it knows the most that the last party gets anywhere in the cells above it in *every* other
/// coordinate: a vector of the cell that gives the last party less is dominated.
struct Staircase<const P: usize> {
    least: [i64; P],
    shift: [u32; P],
    /// Each coordinate has `2^bits` cells.
    bits: u32,
    /// `above[cell]`, or `i64::MIN` where no vector lies above.
    above: Vec<i64>,
}

impl<const P: usize> Staircase<P> {
    /// The grid over vectors between `least` and `most` in each coordinate.
    fn of(cell_bits: u32, least: [i64; P], most: [i64; P], vectors: impl Iterator<Item = [i64; P]>) -> Self {
        let bits = cell_bits.checked_div(Self::axes()).unwrap_or(0);
        let shift = std::array::from_fn(|k| (64 - most[k].abs_diff(least[k]).leading_zeros()).saturating_sub(bits));
        let mut grid = Self { least, shift, bits, above: Vec::new() };
        let mut best = vec![i64::MIN; 1 << (bits * Self::axes())];
        vectors.for_each(|u| {
            let cell = grid.cell(&u);
            best[cell] = best[cell].max(u[P - 1]);
        });
        grid.spread(&mut best);
        grid.above = grid.strictly_above(&best);
        grid
    }

    /// Whether some vector that the grid has seen dominates this one. A no may be wrong, a yes never is.
    fn dominates(&self, vector: &[i64; P]) -> bool {
        vector[P - 1] < self.above[self.cell(vector)]
    }

    fn axes() -> u32 {
        u32::try_from(P).expect("there are few parties") - 1
    }

    /// The number of a vector's cell: `bits` bits for each coordinate but the last.
    #[inline]
    fn cell(&self, vector: &[i64; P]) -> usize {
        let mut cell = 0;
        for (k, u) in vector[..P - 1].iter().enumerate() {
            cell = (cell << self.bits) | (u.wrapping_sub(self.least[k]).cast_unsigned() >> self.shift[k]);
        }
        usize::try_from(cell).expect("a cell number has few bits")
    }

    /// From the best in each cell to the best in the cell and those at or above it in every coordinate.
    fn spread(&self, best: &mut [i64]) {
        for axis in 0..Self::axes() {
            for cell in (0..best.len()).rev().filter(|cell| !self.is_last(*cell, axis)) {
                best[cell] = best[cell].max(best[cell + self.step(axis)]);
            }
        }
    }

    fn strictly_above(&self, best: &[i64]) -> Vec<i64> {
        let diagonal: usize = (0..Self::axes()).map(|axis| self.step(axis)).sum();
        let on_edge = |cell| (0..Self::axes()).any(|axis| self.is_last(cell, axis));
        (0..best.len()).map(|cell| if on_edge(cell) { i64::MIN } else { best[cell + diagonal] }).collect()
    }

    /// How far apart neighbours along an axis are in the table.
    fn step(&self, axis: u32) -> usize {
        1 << (self.bits * axis)
    }

    /// Whether the cell has no neighbour further up this axis.
    fn is_last(&self, cell: usize, axis: u32) -> bool {
        let side = self.step(1);
        cell / self.step(axis) % side == side - 1
    }
}
