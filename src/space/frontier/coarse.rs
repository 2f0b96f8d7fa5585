//! Frontiers too long to be had whole: some of their points, and how far the rest may be from them.

use std::collections::BTreeMap;

use super::{Frontier, NoFrontier, Point, Progress, Utilities, in_order, sums};

impl Frontier {
    /// Some of the frontier of the sums of a point of each part, thinned to `keep` points after each part, and by how much
    /// each party may have less in them: for every sum there is a point that gives no party less by more.
    ///
    /// # Errors
    /// As [`meeting`](Self::meeting).
    pub(in crate::space) fn coarse(
        parties: usize,
        mut parts: Vec<Self>,
        keep: usize,
        max_points: usize,
        watch: &mut dyn FnMut(u64, Progress) -> Result<(), NoFrontier>,
    ) -> Result<(Self, Vec<i64>), NoFrontier> {
        Utilities::new(parties)?;
        in_order(&mut parts);
        let (of, mut lost) = (parts.len(), vec![0; parties]);
        let mut all = Self(Utilities::origin(parties));
        for (issues, part) in parts.iter().enumerate() {
            let mut more = |looked: u64, points: usize| watch(looked, Progress { issues, of, points });
            all = all.sum_watched(part, &[], max_points, &mut more)?.thinned(keep, &mut lost);
        }
        Ok((all, lost))
    }

    /// The same with `keep` points at most: the utilities of all parties but the last are cut into so many cells of equal
    /// width, and of each cell the point stays that is best for the last. `lost[party]` grows by what a party may lose.
    pub(in crate::space) fn thinned(self, keep: usize, lost: &mut [i64]) -> Self {
        let axes = self.parties() - 1;
        if self.len() <= keep || axes == 0 {
            return self;
        }
        let side = (1..=keep).take_while(|side| side.pow(axes as u32) <= keep).last().unwrap_or(1) as i64;
        let least: Vec<i64> = (0..axes).map(|k| sums::range(&self.0, k).0).collect();
        let width: Vec<i64> = (0..axes).map(|k| (sums::range(&self.0, k).1 - least[k]) / side + 1).collect();
        let cell = |u: &[i64]| -> Vec<i64> { (0..axes).map(|k| (u[k] - least[k]) / width[k]).collect() };
        let mut best: BTreeMap<Vec<i64>, Point> = BTreeMap::new();
        for point in self.iter() {
            let kept = best.entry(cell(point.utility)).or_insert(point);
            if point.utility[axes] > kept.utility[axes] {
                *kept = point;
            }
        }
        lost.iter_mut().zip(&width).for_each(|(lost, width)| *lost += width - 1);
        let mut points =
            Utilities { parties: self.parties(), values: Vec::new(), packages: Vec::new(), first: Vec::new() };
        best.into_values().for_each(|point| points.append(point));
        Self::of(&points)
    }
}
