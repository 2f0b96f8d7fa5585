//! The simulator as a function of uniforms: what one evaluation sees, and many of them on any number of threads.

use std::ops::Range;

use crate::engine::talks::{Desk, Ending};
use crate::engine::{Arm, BLOCK, Drawn, Draws, OfWorld, Tally, ThreadsError, Uniforms, Wants, tally};

/// What is asked of a world or its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The margin; −1 where there is none, 1 where it is unbounded.
    #[default]
    Margin,
    /// Whether one exists, 0 or 1.
    Exists,
    /// Whether it is reached, 0 or 1.
    Reached,
}

impl Outcome {
    /// Every outcome with the word that flags and files have for it.
    pub const ALL: [(&'static str, Self); 3] =
        [("margin", Self::Margin), ("exists", Self::Exists), ("reached", Self::Reached)];

    /// Whether it needs talks.
    #[must_use]
    pub fn is_of_talks(self) -> bool {
        self == Self::Reached
    }

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, outcome)| *outcome == self).map_or("", |(word, _)| word)
    }
}

/// A scenario made ready to be evaluated.
#[derive(Debug)]
pub(super) struct Model<'a> {
    pub arm: Arm<'a>,
    pub draws: &'a Draws<'a>,
    /// Whether runs are asked about.
    pub of_talks: bool,
    /// Of the points.
    pub seed: u64,
}

/// What one evaluation sees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Seen {
    /// The margin; −1 where there is none, 1 where it is unbounded.
    pub margin: f64,
    /// Whether it is so: none at all, or unbounded.
    pub kept_within: bool,
    pub exists: bool,
    pub reached: bool,
    /// Values that the study wants noted.
    pub marks: [f64; 2],
}

impl Seen {
    pub fn value(&self, of: Outcome) -> f64 {
        let flag = |holds: bool| f64::from(u8::from(holds));
        match of {
            Outcome::Margin => self.margin,
            Outcome::Exists => flag(self.exists),
            Outcome::Reached => flag(self.reached),
        }
    }
}

impl Model<'_> {
    /// Looks at one world, or at its run where runs are asked about.
    pub fn look(&self, drawn: &Drawn, desk: &mut Desk) -> Seen {
        let world = if self.of_talks { OfWorld::Nothing } else { OfWorld::Margin };
        let look = self.arm.look(drawn, Wants { world, run: self.of_talks }, desk);
        // Of a run nothing is said of the margin.
        let share = if self.of_talks { Some(0.0) } else { look.margin.share() };
        let margin = share.unwrap_or(look.margin.slack().signum());
        let reached = look.ending().is_some_and(Ending::is_reached);
        Seen { margin, kept_within: share.is_none(), exists: look.exists, reached, marks: [f64::NAN; 2] }
    }
}

/// Where evaluations are made: number, place in the block, all uniforms of the block and the run of each world.
pub(super) trait Plan: Sync {
    /// Evaluations.
    fn evaluations(&self) -> u64;

    /// The uniforms of some evaluations, `values[dimension · count + place]`, and the run whose luck the talks have.
    fn fill(&self, range: Range<u64>, values: &mut [f64], runs: &mut [u64]);

    /// What is to be noted of an evaluation's world.
    fn marks(&self, _evaluation: u64, _drawn: &Drawn) -> [f64; 2] {
        [f64::NAN; 2]
    }
}

/// Makes all evaluations of a plan, in its order whatever the threads.
pub(super) fn evaluate(
    model: &Model,
    plan: &impl Plan,
    threads: Option<usize>,
    done: impl Fn(u64) + Sync,
) -> Result<Vec<Seen>, ThreadsError> {
    let width = model.draws.dimensions().len();
    let work = |part: &mut Part, range: Range<u64>| {
        let count = (range.end - range.start) as usize;
        let mut uniforms = Uniforms { first: 0, count, values: vec![0.0; count * width] };
        let mut runs = vec![0; count];
        plan.fill(range.clone(), &mut uniforms.values, &mut runs);
        let drawn = model.draws.worlds(&uniforms).into_iter().zip(runs).zip(range.clone());
        let look = |((mut drawn, run), evaluation): ((Drawn, u64), u64)| {
            drawn.run = run;
            Seen { marks: plan.marks(evaluation, &drawn), ..model.look(&drawn, &mut part.desk) }
        };
        let seen = drawn.map(look).collect();
        part.blocks.push((range.start / BLOCK, seen));
    };
    let mut blocks = tally(plan.evaluations(), threads, Part::default, work, done)?.blocks;
    blocks.sort_unstable_by_key(|(block, _)| *block);
    Ok(blocks.into_iter().flat_map(|(_, seen)| seen).collect())
}

/// What one thread has seen, block by block; the blocks are put in order at the end.
#[derive(Debug, Default)]
struct Part {
    desk: Desk,
    blocks: Vec<(u64, Vec<Seen>)>,
}

impl Tally for Part {
    fn merge(&mut self, other: Self) {
        self.blocks.extend(other.blocks);
    }
}
