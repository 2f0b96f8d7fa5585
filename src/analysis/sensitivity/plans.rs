//! Where a study evaluates: walks for the screening, two sets of points and their mixtures for the indices.

use std::ops::Range;

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
    fn length(&self) -> u64 {
        self.factors.len() as u64 + 1
    }

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
    fn evaluations(&self) -> u64 {
        self.count * self.length()
    }

    fn fill(&self, range: Range<u64>, values: &mut [f64], runs: &mut [u64]) {
        let count = runs.len();
        let mut walk = self.walks.walk(range.start / self.length());
        // The steps that were made before the range begins.
        let made = (range.start % self.length()) as usize;
        walk.order[..made].iter().for_each(|factor| self.walks.step(*factor, &mut walk.begins));
        for (i, evaluation) in range.clone().enumerate() {
            let (number, place) = (evaluation / self.length(), (evaluation % self.length()) as usize);
            if i > 0 && place == 0 {
                walk = self.walks.walk(number);
            } else if i > 0 {
                self.walks.step(walk.order[place - 1], &mut walk.begins);
            }
            runs[i] = number;
            walk.begins.iter().enumerate().for_each(|(d, u)| values[d * count + i] = *u);
        }
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

/// Rows of a first point, a second, and the first with each group from the second.
pub(super) struct Mixing {
    /// Twice as many dimensions as the draws have: the first set, then the second.
    pub points: DealtPoints,
    pub dimensions: usize,
    pub rows: u64,
    pub columns: Vec<Swap>,
}

impl Mixing {
    /// DealtPoints for the dimensions of the draws.
    pub fn new(paths: &[String], rows: u64, columns: Vec<Swap>, seed: u64) -> Self {
        let second = paths.iter().map(|path| format!("{path}/second"));
        let names: Vec<String> = paths.iter().cloned().chain(second).collect();
        Self { points: DealtPoints::new(&names, seed, 0), dimensions: paths.len(), rows, columns }
    }

    fn length(&self) -> u64 {
        self.columns.len() as u64 + 2
    }

    /// The outcomes at the first points, at the second, and `mixed[column][row]`.
    pub fn outcomes(&self, seen: &[Evaluation], of: Measure) -> (Vec<f64>, Vec<f64>, Vec<Vec<f64>>) {
        let column = |c: usize| seen.chunks_exact(self.length() as usize).map(|row| row[c].value(of)).collect();
        (column(0), column(1), (2..self.length() as usize).map(column).collect())
    }
}

impl SamplingPlan for Mixing {
    fn evaluations(&self) -> u64 {
        self.rows * self.length()
    }

    fn fill(&self, range: Range<u64>, values: &mut [f64], runs: &mut [u64]) {
        let count = runs.len();
        let mut row = None;
        let mut point = Vec::new();
        for (i, evaluation) in range.enumerate() {
            let (number, place) = (evaluation / self.length(), (evaluation % self.length()) as usize);
            if row != Some(number) {
                row = Some(number);
                point = self.points.at(number);
            }
            let (first, second) = point.split_at(self.dimensions);
            let column = place.checked_sub(2).map(|c| &self.columns[c]);
            let base = if place == 1 { second } else { first };
            base.iter().enumerate().for_each(|(d, u)| values[d * count + i] = *u);
            for d in column.iter().flat_map(|c| &c.dimensions) {
                values[d * count + i] = second[*d];
            }
            // Every row has two runs of its own.
            runs[i] = 2 * number + u64::from(place == 1 || column.is_some_and(|c| c.luck));
        }
    }
}
