//! A frontier of points that come one by one, more than one would keep.

use super::{Error, Frontier, Point, Points};

/// Takes points and keeps those that may still be on the frontier.
#[derive(Debug, Clone)]
pub struct Collector {
    points: Points,
    batch: usize,
    prune_at: usize,
}

impl Collector {
    /// Nothing yet, for so many parties.
    ///
    /// # Errors
    /// [`Error::Parties`] unless there are 1 to [`MAX_PARTIES`](super::MAX_PARTIES) parties.
    pub fn new(parties: usize) -> Result<Self, Error> {
        Self::in_batches_of(parties, BATCH)
    }

    /// As [`new`](Self::new); pruned each time that so many points more than twice the frontier are held.
    pub(super) fn in_batches_of(parties: usize, batch: usize) -> Result<Self, Error> {
        Ok(Self { points: Points::new(parties)?, batch, prune_at: batch })
    }

    /// Takes a point.
    ///
    /// # Errors
    /// [`Error::Length`] unless the vector has one utility for each party.
    pub fn push(&mut self, point: Point<'_>) -> Result<(), Error> {
        self.points.push(point)?;
        if self.points.len() >= self.prune_at {
            self.points = Frontier::of(&self.points).into_points();
            self.prune_at = 2 * self.points.len() + self.batch;
        }
        Ok(())
    }

    /// The frontier of all points taken.
    #[must_use]
    pub fn finish(self) -> Frontier {
        Frontier::of(&self.points)
    }
}

/// Points that stay in the second-level cache.
const BATCH: usize = 1 << 13;
