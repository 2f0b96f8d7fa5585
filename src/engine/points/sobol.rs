//! Sobol' points, and Owen's nested uniform scrambling of them by a hash.

use super::directions::{Columns, columns};
use super::fraction;
use crate::engine::Streams;

/// A Sobol' sequence, randomised by Owen's nested uniform scrambling.
///
/// ```text
/// x_i = ⊕ v_k over the digits k of g(i) = i ⊕ ⌊i/2⌋ that are 1                 (Gray code order)
/// ```
///
/// The first 2ᵐ points hold one point in each of the 2ᵐ equal intervals of every dimension, and so does every later run of
/// 2ᵐ that begins at a multiple of 2ᵐ; use powers of two. Of smooth functions the mean over n scrambled points misses by
/// about n^(−3/2) instead of n^(−1/2), and without bias: several randomisations give its error.
///
/// Dimension d takes row d of the table and a scrambling of its own, keyed by seed, randomisation and *path*. So a path put
/// at the end of the list moves no other dimension; one put before others hands each of them the next row, and they keep
/// only their scrambling: a set of Sobol' points belongs to its list of paths. A dimension beyond
/// [`DIMENSIONS`](super::DIMENSIONS) is plain chance, one uniform a point from the stream of its path.
///
/// Points are exact up to number 2⁶⁴ − 1; coordinates have 53 digits and are below 1. Sources: Sobol' (1967); Antonov and
/// Saleev (1979) for the order; Joe and Kuo (2008) for the table; Owen (1995) for the scrambling.
#[derive(Debug, Clone)]
pub struct Sobol {
    dimensions: Vec<Dimension>,
}

#[derive(Debug, Clone)]
enum Dimension {
    Table { columns: Box<Columns>, scramble: Scramble },
    Chance { streams: Streams, path: String },
}

impl Sobol {
    /// Randomisation number `randomisation` under a seed, one dimension a path.
    pub fn new<P: AsRef<str>>(paths: &[P], seed: u64, randomisation: u64) -> Self {
        let keys = Streams::new(seed, "points/scrambling");
        let beyond = Streams::new(seed, &format!("points/beyond/{randomisation}"));
        let dimension = |(d, path): (usize, &P)| {
            let path = path.as_ref();
            let key = || keys.word_of(Streams::stream(path), randomisation);
            columns(d).map_or_else(
                || Dimension::Chance { streams: beyond.clone(), path: path.to_owned() },
                |c| Dimension::Table { columns: Box::new(c), scramble: Scramble::new(key()) },
            )
        };
        Self { dimensions: paths.iter().enumerate().map(dimension).collect() }
    }

    /// Dimensions.
    pub fn dimensions(&self) -> usize {
        self.dimensions.len()
    }

    /// A coordinate of a point, in [0, 1).
    pub fn at(&self, dimension: usize, point: u64) -> f64 {
        let mut alone = [0.0];
        self.fill(dimension, point, &mut alone);
        alone[0]
    }

    /// One dimension of the points from `first` on.
    pub fn fill(&self, dimension: usize, first: u64, out: &mut [f64]) {
        match &self.dimensions[dimension] {
            Dimension::Chance { streams, path } => streams.uniforms(path, first, out),
            Dimension::Table { columns, scramble } => {
                let mut digits = digits_at(columns, first);
                for (u, point) in out.iter_mut().zip(first..) {
                    *u = fraction(scramble.of(digits));
                    // The next point's Gray code differs in one digit: that of its number's lowest 1.
                    digits ^= columns.get(point.wrapping_add(1).trailing_zeros() as usize).copied().unwrap_or_default();
                }
            }
        }
    }
}

/// The digits of a point, from nothing.
fn digits_at(columns: &Columns, point: u64) -> u64 {
    let gray = point ^ (point >> 1);
    (0..64).filter(|k| gray >> k & 1 == 1).fold(0, |digits, k| digits ^ columns[k])
}

/// Digits flipped each by its own prefix; 2³² points of a dimension have no more in common.
const LEVELS: u32 = 32;

/// Scrambles the digits of one dimension.
///
/// ```text
/// x̃_k = x_k ⊕ bit of h(key, x_1 … x_{k−1})      for the first 32 digits,   x̃_33 … = x_33 … ⊕ h(key, x_1 … x_32)
/// ```
///
/// Each digit is flipped by a coin that belongs to the digits before it, so points that share k digits still do, and
/// every net stays a net, yet each point alone is uniform. The coin is a bit of a hash of those digits under a random key
/// instead of a stored tree. Below the 32nd digit one hash flips all the others: points that agree so far (more than 2³²
/// of a dimension) share these coins. Source: Owen (1995); Burley (2020) for hashes in place of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scramble {
    key: u64,
}

impl Scramble {
    /// The scrambling of a key; any key will do.
    fn new(key: u64) -> Self {
        Self { key }
    }

    /// The digits scrambled, the first after the point as the highest bit.
    fn of(self, digits: u64) -> u64 {
        let mut flips = 0;
        for level in 0..LEVELS {
            // A one in front tells the prefix 0 from the prefix 00.
            let prefix = (1 << level) | (digits >> 1 >> (63 - level));
            flips |= mixed(prefix ^ self.key) >> 63 << (63 - level);
        }
        let below = mixed(((1 << LEVELS) | (digits >> LEVELS)) ^ self.key) >> LEVELS;
        digits ^ (flips | below)
    }
}

/// Mixes 64 bits: the finaliser of `SplitMix`, in which every bit in changes every bit out half of the time.
/// Source: Steele, Lea and Flood (2014).
fn mixed(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests;
