//! Where a study evaluates: walks for the screening, two sets of points and their mixtures for the indices.

use super::elementary::{WalkStep, Walks};
use super::factor::UncertainInput;
use super::model::{Evaluation, Measure, SamplingPlan};
use super::randomised::DealtPoints;
use crate::engine::Drawn;

/// Walks, each of one evaluation more than there are factors; a walk keeps the luck of one run.
pub(super) struct Walking<'a> {
    pub factors: &'a [UncertainInput],
    pub walks: Walks,
    pub count: u64,
}

impl Walking<'_> {
    /// The steps of every factor, `steps[factor][walk]`.
    pub fn steps(&self, seen: &[Evaluation], of: Measure) -> Vec<Vec<WalkStep>> {
        let mut steps = vec![Vec::with_capacity(self.count as usize); self.factors.len()];
        for (walk, seen) in (0..self.count).zip(seen.chunks_exact(self.length() as usize)) {
            for (factor, pair) in self.walks.order(walk).into_iter().zip(seen.windows(2)) {
                let (was, is) = (pair[0].marks[1], pair[1].marks[0]);
                let rose = was.partial_cmp(&is).filter(|o| o.is_ne()).map(std::cmp::Ordering::is_lt);
                steps[factor].push(WalkStep { before: pair[0].value(of), after: pair[1].value(of), rose });
            }
        }
        steps
    }
}

impl SamplingPlan for Walking<'_> {
    fn rows(&self) -> u64 {
        self.count
    }

    fn length(&self) -> u64 {
        self.factors.len() as u64 + 1
    }

    fn row(&self, walk: u64) -> impl Iterator<Item = (Vec<f64>, u64)> {
        let mut at = self.walks.begins(walk);
        let steps = std::iter::once(None).chain(self.walks.order(walk).into_iter().map(Some));
        steps.map(move |step| {
            step.into_iter().for_each(|factor| self.walks.step(factor, &mut at));
            (at.clone(), walk)
        })
    }

    /// The value of the factor that the last step moved, and of the one that the next will move.
    fn marks(&self, evaluation: u64, drawn: &Drawn) -> [f64; 2] {
        let place = (evaluation % self.length()) as usize;
        let order = self.walks.order(evaluation / self.length());
        let value = |factor: Option<&usize>| {
            let input = factor.and_then(|f| self.factors[*f].input);
            input.map_or(f64::NAN, |input| drawn.world.value(input))
        };
        [value(place.checked_sub(1).and_then(|p| order.get(p))), value(order.get(place))]
    }
}

/// What one column of the indices takes from the second set: dimensions, and whether the luck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Swap {
    pub dimensions: Vec<usize>,
    pub luck: bool,
}

/// Rows of a first point, a second, and the first with what each swap takes from the second.
pub(super) struct Mixing {
    /// Twice as many dimensions as the draws have: the first set, then the second.
    points: DealtPoints,
    dimensions: usize,
    rows: u64,
    swaps: Vec<Swap>,
}

impl Mixing {
    /// Points for the dimensions of the draws.
    pub fn new(paths: &[String], rows: u64, swaps: Vec<Swap>, seed: u64) -> Self {
        let second = paths.iter().map(|path| format!("{path}/second"));
        let names: Vec<String> = paths.iter().cloned().chain(second).collect();
        Self { points: DealtPoints::new(&names, seed, 0), dimensions: paths.len(), rows, swaps }
    }

    /// The outcomes at the first points, at the second, and `mixed[swap][row]`.
    pub fn outcomes(&self, seen: &[Evaluation], of: Measure) -> (Vec<f64>, Vec<f64>, Vec<Vec<f64>>) {
        let column = |c: usize| seen.chunks_exact(self.length() as usize).map(|row| row[c].value(of)).collect();
        (column(0), column(1), (2..self.length() as usize).map(column).collect())
    }
}

impl SamplingPlan for Mixing {
    fn rows(&self) -> u64 {
        self.rows
    }

    fn length(&self) -> u64 {
        self.swaps.len() as u64 + 2
    }

    fn row(&self, row: u64) -> impl Iterator<Item = (Vec<f64>, u64)> {
        let point = self.points.at(row);
        (0..self.swaps.len() + 2).map(move |place| {
            let (first, second) = point.split_at(self.dimensions);
            let swap = place.checked_sub(2).map(|swap| &self.swaps[swap]);
            let mut at = if place == 1 { second } else { first }.to_vec();
            swap.iter().flat_map(|swap| &swap.dimensions).for_each(|d| at[*d] = second[*d]);
            // Every row has two runs of its own.
            (at, 2 * row + u64::from(place == 1 || swap.is_some_and(|swap| swap.luck)))
        })
    }
}
