//! Points that fill a cube more evenly than chance: what worlds are drawn by where every draw is dear.
//!
//! [`Sobol`] for estimates and sensitivity, [`Latin`] for designs of a few hundred worlds. Both give one uniform in
//! [0, 1) for each dimension and point, and each dimension is named by a path.

mod directions;
mod sobol;

pub use directions::DIMENSIONS;
pub use sobol::Sobol;

use crate::engine::Streams;

/// 2⁻⁵³.
const DIGIT: f64 = 1.0 / 9_007_199_254_740_992.0;

/// The number in [0, 1) of which these are the 64 binary digits, cut to 53.
fn fraction(digits: u64) -> f64 {
    (digits >> 11) as f64 * DIGIT
}

/// A Latin hypercube: in every dimension exactly one of n points in each of n equal intervals.
///
/// ```text
/// x_id = (π_d(i) + u_id) / n
/// ```
///
/// with π a permutation of 0 … n − 1 for each dimension (shuffled by Fisher and Yates) and u uniforms in [0, 1). Both
/// belong to seed, randomisation and the dimension's *path*, so adding an input moves no other dimension. Memory: 4 bytes
/// a point and dimension. Source: `McKay`, Beckman and Conover (1979).
#[derive(Debug, Clone)]
pub struct Latin {
    points: u32,
    jitter: Streams,
    /// Of each dimension its stream, and which interval each point lies in.
    dimensions: Vec<(u64, Vec<u32>)>,
}

impl Latin {
    /// Randomisation number `randomisation` of `points` points under a seed, one dimension a path.
    pub fn new<P: AsRef<str>>(paths: &[P], points: u32, seed: u64, randomisation: u64) -> Self {
        let shuffles = Streams::new(seed, &format!("points/latin/order/{randomisation}"));
        let dimension = |path: &P| (Streams::stream(path.as_ref()), shuffled(points, &shuffles, path.as_ref()));
        let dimensions = paths.iter().map(dimension).collect();
        Self { points, jitter: Streams::new(seed, &format!("points/latin/within/{randomisation}")), dimensions }
    }

    /// A coordinate of a point, in [0, 1).
    ///
    /// # Panics
    /// If there is no such point.
    pub fn at(&self, dimension: usize, point: u32) -> f64 {
        let (stream, order) = &self.dimensions[dimension];
        let place = f64::from(order[point as usize]);
        // The last interval's sum may round up to 1.
        ((place + self.jitter.uniform_of(*stream, point.into())) / f64::from(self.points)).min(1.0 - DIGIT)
    }
}

fn shuffled(points: u32, shuffles: &Streams, path: &str) -> Vec<u32> {
    let mut u = vec![0.0; points as usize];
    shuffles.uniforms(path, 0, &mut u);
    let mut order: Vec<u32> = (0..points).collect();
    for i in (1..order.len()).rev() {
        // A uniform below 1 times i + 1, cut to a whole number: at most i, each equally likely to within 2⁻²⁰.
        order.swap(i, (u[i] * (i + 1) as f64) as usize);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_interval_of_every_dimension_holds_one_point() {
        for points in [1, 2, 3, 100, 257] {
            let latin = Latin::new(&["a", "b", "c"], points, 5, 0);
            for dimension in 0..3 {
                let row: Vec<f64> = (0..points).map(|point| latin.at(dimension, point)).collect();
                let mut places: Vec<u32> = row.iter().map(|u| (u * f64::from(points)) as u32).collect();
                places.sort_unstable();
                assert!(places.into_iter().eq(0..points));
                assert!(row.iter().all(|u| (0.0..1.0).contains(u)));
            }
        }
    }

    #[test]
    fn a_dimension_is_its_path_and_nothing_else() {
        let (few, more) = (Latin::new(&["b"], 50, 5, 2), Latin::new(&["a", "b"], 50, 5, 2));
        assert!((0..50).all(|i| few.at(0, i).to_bits() == more.at(1, i).to_bits()));
        let differs = |other: &Latin| (0..50).any(|i| few.at(0, i) != other.at(0, i));
        assert!(differs(&Latin::new(&["b"], 50, 6, 2)) && differs(&Latin::new(&["b"], 50, 5, 3)));
        assert!((0..50).any(|i| more.at(0, i) != more.at(1, i)));
    }

    #[test]
    fn every_place_is_as_likely_as_any_other() {
        let mut count = [[0_u32; 3]; 3];
        for randomisation in 0..3_000 {
            let latin = Latin::new(&["a"], 3, 1, randomisation);
            (0..3).for_each(|i| count[i][(latin.at(0, i as u32) * 3.0) as usize] += 1);
        }
        // Five standard errors of a share of one third among 3000: 5 · √(3000 · 2/9) = 129.
        assert!(count.iter().flatten().all(|n| n.abs_diff(1_000) < 129), "{count:?}");
    }
}
