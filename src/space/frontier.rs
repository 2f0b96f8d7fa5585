//! The Pareto frontier: utility vectors that no other vector improves on for one party without loss to another.
//!
//! Utilities are integers, so that equal is equal: no vector is on the frontier, or off it, by rounding.
//! A space whose issues add up is never enumerated. Its frontier is the sum of the frontiers of its issues, pruned
//! after each issue (Nemhauser and Ullmann 1969), for a package with a dominated part is itself dominated.

mod coarse;
mod demand;
mod maxima;
mod sums;
#[cfg(test)]
mod tests;

use std::ops::Deref;

use crate::num::Order;

pub(in crate::space) use demand::Demand;

/// The most parties whose utilities a vector may hold.
pub const MAX_PARTIES: usize = 8;

/// The most points that a frontier may hold, unless the caller says otherwise.
pub const MAX_POINTS: usize = 1_000_000;

/// A frontier that could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoFrontier {
    /// Vectors need 1 to [`MAX_PARTIES`] parties.
    #[error("a utility vector for {0} parties; 1 to {MAX_PARTIES} are possible")]
    Parties(usize),
    /// A vector has another length than the rest.
    #[error("a utility vector of length {found} among vectors of length {expected}")]
    Length {
        /// Parties of the other vectors.
        expected: usize,
        /// Parties of this one.
        found: usize,
    },
    /// The frontier, or a part of it on the way, has more points than allowed, as where interests are exactly opposed.
    #[error("the frontier has more than {limit} points")]
    Truncated {
        /// The most points allowed.
        limit: usize,
    },
    /// Whoever watched had it stopped: it would take too many sums.
    #[error("the frontier would take more than {sums} sums of utility vectors")]
    Stopped {
        /// Sums looked at until then.
        sums: u64,
    },
    /// Clauses tie so many issues together that they cannot be looked at together.
    #[error(
        "clauses tie {issues} issues into one block of {packages} packages, more than the {most} that can be looked at"
    )]
    Tied {
        /// Issues of the greatest block.
        issues: usize,
        /// Its packages.
        packages: u128,
        /// The limit.
        most: u128,
    },
    /// A package that is dominated may be all that will be kept, which sums of frontiers pass over.
    #[error("what a side will keep is asked apart from what it will sign, which takes packages one by one")]
    Kept,
    /// A sum of utilities leaves the range of `i64`.
    #[error("a sum of utilities leaves the range of 64-bit integers")]
    Overflow,
}

/// A utility vector and the packages that give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point<'a> {
    /// `utility[party]`, in the units of the scale in use.
    pub utility: &'a [i64],
    /// How many packages give this vector; `u128::MAX` stands for that many or more.
    pub packages: u128,
    /// The lowest number of a package that gives it.
    pub first: u128,
}

/// Utility vectors in any order, with repetitions: what a frontier is taken of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Utilities {
    parties: usize,
    /// `values[point · parties + party]`.
    values: Vec<i64>,
    packages: Vec<u128>,
    first: Vec<u128>,
}

impl Utilities {
    /// No points yet, for so many parties.
    ///
    /// # Errors
    /// [`NoFrontier::Parties`] unless there are 1 to [`MAX_PARTIES`] parties.
    pub fn new(parties: usize) -> Result<Self, NoFrontier> {
        if !(1..=MAX_PARTIES).contains(&parties) {
            return Err(NoFrontier::Parties(parties));
        }
        Ok(Self { parties, values: Vec::new(), packages: Vec::new(), first: Vec::new() })
    }

    /// Adds a point.
    ///
    /// # Errors
    /// [`NoFrontier::Length`] unless the vector has one utility for each party.
    pub fn push(&mut self, point: Point<'_>) -> Result<(), NoFrontier> {
        same_parties(self.parties, point.utility.len())?;
        self.append(point);
        Ok(())
    }

    /// Number of parties.
    pub fn parties(&self) -> usize {
        self.parties
    }

    /// Number of points.
    pub fn len(&self) -> usize {
        self.packages.len()
    }

    /// Whether there is no point.
    pub fn is_empty(&self) -> bool {
        self.packages.is_empty()
    }

    /// The point at a place below [`len`](Self::len).
    pub fn get(&self, at: usize) -> Point<'_> {
        let utility = &self.values[at * self.parties..][..self.parties];
        Point { utility, packages: self.packages[at], first: self.first[at] }
    }

    /// The points in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Point<'_>> + Clone {
        (0..self.len()).map(|at| self.get(at))
    }

    /// The vector of zeros, given by the package of no issues. Adding it changes nothing.
    fn origin(parties: usize) -> Self {
        Self { parties, values: vec![0; parties], packages: vec![1], first: vec![0] }
    }

    /// Adds a point known to have one utility for each party.
    fn append(&mut self, point: Point<'_>) {
        self.values.extend_from_slice(point.utility);
        self.packages.push(point.packages);
        self.first.push(point.first);
    }

    /// The utilities as arrays; `P` is the number of parties.
    fn vectors<const P: usize>(&self) -> &[[i64; P]] {
        debug_assert_eq!(P, self.parties);
        self.values.as_chunks().0
    }

    /// The points in runs of at most `length`.
    fn runs(&self, length: usize) -> impl Iterator<Item = Self> + '_ {
        let parts = self.values.chunks(length * self.parties);
        let counts = self.packages.chunks(length).zip(self.first.chunks(length));
        parts.zip(counts).map(|(values, (packages, first))| Self {
            parties: self.parties,
            values: values.to_vec(),
            packages: packages.to_vec(),
            first: first.to_vec(),
        })
    }
}

/// The points that no other dominates, each vector once, the best for the first party first (then the second, …).
///
/// `x` dominates `y` if no party has less in `x` and some party has more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frontier(Utilities);

impl Deref for Frontier {
    type Target = Utilities;

    fn deref(&self) -> &Utilities {
        &self.0
    }
}

impl Frontier {
    /// The frontier of any points. Packages of equal vectors add up, and the lowest first package stays.
    ///
    /// Complexity: for `n` points, of which `s` survive a coarse filter, `n + s log s` for up to three parties,
    /// `n + s logᵖ⁻¹ s` for `p` parties beyond.
    pub fn of(points: &Utilities) -> Self {
        Self(sums::maximal(points, &Utilities::origin(points.parties), &[]))
    }

    /// The frontier of all vectors `u + v`, `u` in this frontier and `v` in the other.
    ///
    /// The two are over different issues: packages multiply and first packages add, so a package number must be
    /// a sum of what each issue contributes (mixed radix). Complexity: as [`of`](Self::of) for the product of sizes.
    ///
    /// # Errors
    /// [`NoFrontier::Truncated`] if the frontier, or that of a part of the sums, has more than `max_points` points;
    /// [`NoFrontier::Overflow`] if a sum leaves the range of `i64`; [`NoFrontier::Length`] if the parties differ in number.
    pub fn sum(&self, other: &Self, max_points: usize) -> Result<Self, NoFrontier> {
        self.sum_watched(other, &[], max_points, &mut |_, _| Ok(()))
    }

    fn sum_watched(
        &self,
        other: &Self,
        demands: &[Demand],
        max_points: usize,
        watch: &mut Watch,
    ) -> Result<Self, NoFrontier> {
        let (longer, shorter) = if self.len() < other.len() { (other, self) } else { (self, other) };
        same_parties(longer.parties(), shorter.parties())?;
        sums::fit(&longer.0, &shorter.0)?;
        longer.sum_in_parts(shorter, (SUMS_AT_ONCE / longer.len().max(1)).max(1), (demands, max_points), watch)
    }

    /// The frontier of a space whose issues add up. `issues[issue][option]` is the utility vector of the option and
    /// what it adds to the number of a package. Without issues, the one package of no terms gives zeros.
    ///
    /// # Errors
    /// As [`sum`](Self::sum) for any step; [`NoFrontier::Parties`] unless there are 1 to [`MAX_PARTIES`] parties.
    pub fn additive(parties: usize, issues: &[Vec<(Vec<i64>, u128)>], max_points: usize) -> Result<Self, NoFrontier> {
        Self::additive_watched(parties, issues, Bounds { points: max_points, sums: u64::MAX }, &|_| ())
    }

    /// [`additive`](Self::additive) within bounds; `watch` hears how far it is before each part of about a million
    /// sums.
    ///
    /// # Errors
    /// As [`additive`](Self::additive), and [`NoFrontier::Stopped`] where more sums would be looked at than the bounds allow.
    pub fn additive_watched(
        parties: usize,
        issues: &[Vec<(Vec<i64>, u128)>],
        bounds: Bounds,
        watch: &dyn Fn(Progress),
    ) -> Result<Self, NoFrontier> {
        let parts = issues.iter().map(|options| of_issue(parties, options)).collect::<Result<Vec<_>, _>>()?;
        let (mut done, mut sums) = (0, 0);
        let of = parts.len();
        Self::meeting(parties, parts, &[], bounds.points, &mut |looked, progress: Progress| {
            sums += looked;
            done = progress.issues;
            watch(Progress { issues: done, of, ..progress });
            if sums > bounds.sums { Err(NoFrontier::Stopped { sums: bounds.sums }) } else { Ok(()) }
        })
    }

    /// The points that meet all demands on the frontier of the sums of a point of each part, `demands` with weights ≥ 0. Whatever
    /// cannot meet one any more, with the most that the parts to come could add, is dropped on the way.
    ///
    /// `watch` hears how many sums are looked at next, and how far it is; an error stops.
    ///
    /// # Errors
    /// As [`additive`](Self::additive), and whatever `watch` says.
    pub(in crate::space) fn meeting(
        parties: usize,
        mut parts: Vec<Self>,
        demands: &[Demand],
        max_points: usize,
        watch: &mut dyn FnMut(u64, Progress) -> Result<(), NoFrontier>,
    ) -> Result<Self, NoFrontier> {
        Utilities::new(parties)?;
        in_order(&mut parts);
        let (of, mut open) = (parts.len(), demand::open(&parts, demands)?);
        let mut all = Self(Utilities::origin(parties));
        for (issues, part) in parts.iter().enumerate() {
            demand::close(&mut open, demands, part);
            let mut more = |looked: u64, points: usize| watch(looked, Progress { issues, of, points });
            all = all.sum_watched(part, &open, max_points, &mut more)?;
        }
        Ok(all)
    }

    /// [`sum`](Self::sum) with so many vectors of the other at a time, the frontiers of the parts being joined.
    fn sum_in_parts(
        &self,
        other: &Self,
        length: usize,
        (demands, max_points): (&[Demand], usize),
        watch: &mut Watch,
    ) -> Result<Self, NoFrontier> {
        let mut sum: Option<Self> = None;
        for part in other.0.runs(length) {
            watch(self.len() as u64 * part.len() as u64, sum.as_ref().map_or(self.len(), |sum| sum.len()))?;
            let more = Self(sums::maximal(&self.0, &part, demands));
            let all = if let Some(so_far) = sum { so_far.with(&more) } else { more };
            sum = Some(all.within(max_points)?);
        }
        Ok(sum.unwrap_or_else(|| other.clone()))
    }

    /// The frontier of the points of both.
    fn with(self, other: &Self) -> Self {
        let mut all = self.0;
        other.iter().for_each(|point| all.append(point));
        Self::of(&all)
    }

    fn within(self, limit: usize) -> Result<Self, NoFrontier> {
        if self.len() > limit { Err(NoFrontier::Truncated { limit }) } else { Ok(self) }
    }
}

/// The order in which parts are summed: others, by range or the longest first, take between nine tenths and twice as long.
fn in_order(parts: &mut [Frontier]) {
    parts.order_by_key(|frontier| frontier.len());
}

/// Takes points and keeps those that may still be on the frontier.
#[derive(Debug, Clone)]
pub struct Collector {
    points: Utilities,
    /// Whether the points are their own frontier.
    pruned: bool,
    batch: usize,
    prune_at: usize,
}

impl Collector {
    /// Nothing yet, for so many parties.
    ///
    /// # Errors
    /// [`NoFrontier::Parties`] unless there are 1 to [`MAX_PARTIES`] parties.
    pub fn new(parties: usize) -> Result<Self, NoFrontier> {
        Self::in_batches_of(parties, BATCH)
    }

    /// As [`new`](Self::new); pruned each time that so many points more than twice the frontier are held.
    fn in_batches_of(parties: usize, batch: usize) -> Result<Self, NoFrontier> {
        Ok(Self { points: Utilities::new(parties)?, pruned: false, batch, prune_at: batch })
    }

    /// Takes a point.
    ///
    /// # Errors
    /// [`NoFrontier::Length`] unless the vector has one utility for each party.
    pub fn push(&mut self, point: Point<'_>) -> Result<(), NoFrontier> {
        self.points.push(point)?;
        self.pruned = self.points.len() >= self.prune_at;
        if self.pruned {
            self.points = Frontier::of(&self.points).0;
            self.prune_at = 2 * self.points.len() + self.batch;
        }
        Ok(())
    }

    /// Takes the points of a frontier: those of the first one are not held against each other again.
    ///
    /// # Errors
    /// As [`push`](Self::push).
    pub fn join(&mut self, frontier: Frontier) -> Result<(), NoFrontier> {
        if !self.points.is_empty() {
            return frontier.iter().try_for_each(|point| self.push(point));
        }
        same_parties(self.points.parties(), frontier.parties())?;
        self.points = frontier.0;
        (self.pruned, self.prune_at) = (true, 2 * self.points.len() + self.batch);
        Ok(())
    }

    /// The frontier of all points taken.
    pub fn finish(self) -> Frontier {
        if self.pruned { Frontier(self.points) } else { Frontier::of(&self.points) }
    }
}

/// Points that stay in the second-level cache.
const BATCH: usize = 1 << 13;

/// How far a frontier may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Points that it, or a part of it on the way, may have.
    pub points: usize,
    /// Sums of utility vectors that may be looked at.
    pub sums: u64,
}

/// How far a frontier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Issues whose options are all in it.
    pub issues: usize,
    /// Issues.
    pub of: usize,
    /// Points so far.
    pub points: usize,
}

/// Hears how many sums are looked at next and how many points there are; an error stops.
type Watch<'w> = dyn FnMut(u64, usize) -> Result<(), NoFrontier> + 'w;

/// Sums held in memory together, about 60 bytes each; more are taken in parts.
const SUMS_AT_ONCE: usize = 1 << 20;

/// The frontier of the options of one issue.
fn of_issue(parties: usize, options: &[(Vec<i64>, u128)]) -> Result<Frontier, NoFrontier> {
    let mut points = Utilities::new(parties)?;
    for (utility, number) in options {
        points.push(Point { utility, packages: 1, first: *number })?;
    }
    Ok(Frontier::of(&points))
}

fn same_parties(expected: usize, found: usize) -> Result<(), NoFrontier> {
    if expected == found { Ok(()) } else { Err(NoFrontier::Length { expected, found }) }
}
