//! Where the worlds of an estimate come from.

use std::ops::Range;

use super::{sums::RANDOMISATIONS, tilt::Tilt};
use crate::engine::{Drawn, Draws, Uniforms, points::Sobol};

/// Numbers of the worlds of each purpose: no two purposes share a world, nor the luck of its rounds.
pub(super) const PILOT: u64 = 1 << 40;
pub(super) const LINES: u64 = 2 << 40;
pub(super) const POINTS: u64 = 3 << 40;
pub(super) const TILTED: u64 = 1 << 60;

/// A source of worlds, numbered from 0.
#[derive(Debug)]
pub(super) enum Source {
    /// One stream an input: world k is run `first + k`.
    Streams { first: u64 },
    /// Scrambled Sobol' points: world k is point k / R of randomisation k mod R, and the rounds of run `first + k`.
    Points { randomised: Vec<Sobol>, first: u64 },
    /// Worlds drawn where the ending is likelier, with their weights.
    Tilted(Box<Tilt>),
}

/// A world with its weight.
pub(super) type Weighted = (Drawn, f64);

impl Source {
    /// Sobol' points over the dimensions of some draws.
    pub fn points(draws: &Draws, seed: u64) -> Self {
        let randomised = (0..RANDOMISATIONS as u64).map(|r| Sobol::new(draws.dimensions(), seed, r)).collect();
        Self::Points { randomised, first: POINTS }
    }

    /// As many worlds as asked for, or the most below that this source has: of points, a power of two a randomisation.
    pub fn whole(&self, worlds: u64) -> u64 {
        const R: u64 = RANDOMISATIONS as u64;
        match self {
            Self::Points { .. } => R << (worlds / R).max(2).ilog2(),
            Self::Streams { .. } | Self::Tilted(_) => worlds,
        }
    }

    /// The worlds with these numbers.
    pub fn worlds(&self, draws: &Draws, numbers: Range<u64>) -> Vec<Weighted> {
        let count = (numbers.end - numbers.start) as usize;
        let alone = |drawn| (drawn, 1.0);
        match self {
            Self::Streams { first } => draws.block(first + numbers.start, count).into_iter().map(alone).collect(),
            Self::Points { randomised, first } => {
                let uniforms = points(randomised, draws.dimensions().len(), *first, numbers);
                draws.worlds(&uniforms).into_iter().map(alone).collect()
            }
            Self::Tilted(tilt) => tilt.worlds(draws, numbers),
        }
    }
}

fn points(randomised: &[Sobol], dimensions: usize, first: u64, numbers: Range<u64>) -> Uniforms {
    let r = randomised.len() as u64;
    let count = (numbers.end - numbers.start) as usize;
    let (from, to) = (numbers.start / r, numbers.end.div_ceil(r));
    let mut values = vec![0.0; count * dimensions];
    let mut row = vec![0.0; (to - from) as usize];
    for (place, sobol) in (0_u64..).zip(randomised) {
        for (dimension, all) in values.chunks_exact_mut(count.max(1)).enumerate() {
            sobol.fill(dimension, from, &mut row);
            for (point, u) in (from..).zip(&row) {
                let number = point * r + place;
                if numbers.contains(&number) {
                    all[(number - numbers.start) as usize] = *u;
                }
            }
        }
    }
    Uniforms { first: first + numbers.start, count, values }
}
