//! The simulator as a function of uniforms: what one evaluation sees, and many of them on any number of threads.

use std::ops::Range;

use crate::engine::talks::{Desk, Ending, NoTalks};
use crate::engine::{Arm, BLOCK, Drawing, Drawn, Draws, OfWorld, Tally, ThreadsError, Uniforms, Wants, tally};
use crate::space::Compiled;

/// What is measured of a world or its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// The margin; −1 where there is none, 1 where it is unbounded.
    #[default]
    Margin,
    /// Whether one exists, 0 or 1.
    Exists,
    /// Whether it is reached, 0 or 1.
    Reached,
}

impl Measure {
    /// Every measure with the word that flags and files have for it.
    pub const ALL: [(&'static str, Self); 3] =
        [("margin", Self::Margin), ("exists", Self::Exists), ("reached", Self::Reached)];

    /// Whether it needs talks.
    pub fn is_of_talks(self) -> bool {
        self == Self::Reached
    }
}

/// A scenario made ready to be evaluated.
#[derive(Debug)]
pub(super) struct Model<'a> {
    arm: Arm<'a>,
    pub draws: &'a Draws<'a>,
    /// Whether runs are asked about.
    of_talks: bool,
    /// Of the points.
    pub seed: u64,
    pub threads: Option<usize>,
}

/// What one evaluation sees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Evaluation {
    /// The margin; −1 where there is none, 1 where it is unbounded.
    margin: f64,
    /// Whether it is so: none at all, or unbounded.
    pub kept_within: bool,
    pub exists: bool,
    reached: bool,
    /// Values that the study wants noted.
    pub marks: [f64; 2],
}

impl Evaluation {
    pub fn value(&self, of: Measure) -> f64 {
        match of {
            Measure::Margin => self.margin,
            Measure::Exists => f64::from(u8::from(self.exists)),
            Measure::Reached => f64::from(u8::from(self.reached)),
        }
    }
}

impl<'a> Model<'a> {
    /// A scenario whose runs are asked about, or only its worlds.
    pub fn of(
        compiled: &'a Compiled<'a>,
        draws: &'a Draws<'a>,
        drawing: &Drawing,
        of_talks: bool,
    ) -> Result<Self, NoTalks> {
        let arm = if of_talks { Arm::of_talks(compiled, drawing)? } else { Arm::of_worlds(compiled, drawing.defeat) };
        Ok(Self { arm, draws, of_talks, seed: drawing.seed, threads: drawing.threads })
    }

    /// Looks at one world, or at its run where runs are asked about.
    pub fn look(&self, drawn: &Drawn, desk: &mut Desk) -> Evaluation {
        let world = if self.of_talks { OfWorld::Nothing } else { OfWorld::Margin };
        let look = self.arm.look(drawn, Wants { world, run: self.of_talks }, desk);
        // Of a run nothing is said of the margin.
        let share = if self.of_talks { Some(0.0) } else { look.margin.share() };
        let margin = share.unwrap_or(look.margin.slack().signum());
        let reached = look.ending().is_some_and(Ending::is_reached);
        Evaluation { margin, kept_within: share.is_none(), exists: look.exists, reached, marks: [f64::NAN; 2] }
    }

    /// Makes all evaluations of a plan, in its order whatever the threads.
    pub fn evaluate(
        &self,
        plan: &impl SamplingPlan,
        done: impl Fn(u64) + Sync,
    ) -> Result<Vec<Evaluation>, ThreadsError> {
        let width = self.draws.dimensions().len();
        let work = |(desk, blocks): &mut (Desk, Blocks), range: Range<u64>| {
            let count = (range.end - range.start) as usize;
            let mut uniforms = Uniforms { first: 0, count, values: vec![0.0; count * width] };
            let mut runs = vec![0; count];
            let rows = range.start / plan.length()..plan.rows();
            let points = rows.flat_map(|row| plan.row(row)).skip((range.start % plan.length()) as usize);
            for (i, (point, run)) in points.take(count).enumerate() {
                point.iter().enumerate().for_each(|(d, u)| uniforms.values[d * count + i] = *u);
                runs[i] = run;
            }
            let drawn = self.draws.worlds(&uniforms).into_iter().zip(runs).zip(range.clone());
            let look = |((mut drawn, run), evaluation): ((Drawn, u64), u64)| {
                drawn.run = run;
                Evaluation { marks: plan.marks(evaluation, &drawn), ..self.look(&drawn, desk) }
            };
            blocks.0.push((range.start / BLOCK, drawn.map(look).collect()));
        };
        let (_, Blocks(mut seen)) = tally(plan.rows() * plan.length(), self.threads, Default::default, work, done)?;
        seen.sort_unstable_by_key(|(block, _)| *block);
        Ok(seen.into_iter().flat_map(|(_, seen)| seen).collect())
    }
}

/// Where evaluations are made, row by row.
pub(super) trait SamplingPlan: Sync {
    /// Rows.
    fn rows(&self) -> u64;

    /// Evaluations of each row.
    fn length(&self) -> u64;

    /// Of every evaluation of a row all uniforms, and the run whose luck the talks have.
    fn row(&self, row: u64) -> impl Iterator<Item = (Vec<f64>, u64)>;

    /// What is to be noted of an evaluation's world.
    fn marks(&self, _evaluation: u64, _drawn: &Drawn) -> [f64; 2] {
        [f64::NAN; 2]
    }
}

/// What one thread has seen, block by block; the blocks are put in order at the end.
#[derive(Debug, Default)]
struct Blocks(Vec<(u64, Vec<Evaluation>)>);

impl Tally for Blocks {
    fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}
