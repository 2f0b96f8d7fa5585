//! What is asked of every point, and what may still meet it.

use super::{Frontier, NoFrontier};

/// A demand on utility vectors, `Σ weights · utility ≥ least`, with weights ≥ 0: whoever dominates a vector that meets it does
/// so as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// `weights[party]`.
    pub weights: Vec<i64>,
    /// The least sum.
    pub least: i64,
}

impl Demand {
    /// What a vector counts.
    #[cfg(test)]
    pub fn sum(&self, utility: &[i64]) -> i64 {
        self.weights.iter().zip(utility).map(|(w, u)| w * u).sum()
    }

    /// The most and the farthest from 0 that a point of a part counts; zeros if there is none.
    fn reach(&self, part: &Frontier) -> (i64, i128) {
        let exact =
            |u: &[i64]| self.weights.iter().zip(u).map(|(w, u)| i128::from(*w) * i128::from(*u)).collect::<Vec<i128>>();
        let farthest =
            part.iter().map(|point| exact(point.utility).iter().map(|x| x.abs()).sum::<i128>()).max().unwrap_or(0);
        let most = part.iter().map(|point| exact(point.utility).iter().sum::<i128>()).max().unwrap_or(0);
        (i64::try_from(most).unwrap_or(0), farthest)
    }
}

/// The demands on a sum of which no part is known yet: less by the most that all parts add.
///
/// # Errors
/// [`NoFrontier::Overflow`] if what a sum counts could leave `i64`.
pub(super) fn open(parts: &[Frontier], demands: &[Demand]) -> Result<Vec<Demand>, NoFrontier> {
    let opened = |demand: &Demand| {
        let reaches: Vec<(i64, i128)> = parts.iter().map(|part| demand.reach(part)).collect();
        let farthest = reaches.iter().map(|(_, far)| far).sum::<i128>() + i128::from(demand.least).abs();
        let fits = farthest <= i128::from(i64::MAX);
        let least = || demand.least - reaches.iter().map(|(most, _)| most).sum::<i64>();
        fits.then(|| Demand { weights: demand.weights.clone(), least: least() }).ok_or(NoFrontier::Overflow)
    };
    demands.iter().map(opened).collect()
}

/// The same once a part is added: the most of it is no longer to come.
pub(super) fn close(open: &mut [Demand], demands: &[Demand], part: &Frontier) {
    open.iter_mut().zip(demands).for_each(|(open, demand)| open.least += demand.reach(part).0);
}
