use super::*;
use crate::engine::points::DIMENSIONS;

/// A coordinate before it is scrambled.
fn plain(dimension: usize, point: u64) -> f64 {
    fraction(digits_at(&columns(dimension).expect("it is in the table"), point))
}

/// One dimension of the points from `first` on.
fn row(sobol: &Sobol, dimension: usize, first: u64, count: usize) -> Vec<f64> {
    let mut row = vec![0.0; count];
    sobol.fill(dimension, first, &mut row);
    row
}

/// From `SciPy` 1.17.1: `qmc.Sobol(1000, scramble=False, bits=64)`.
#[test]
fn the_first_points_are_the_known_ones() {
    let first = [[0.0, 0.0, 0.0], [0.5, 0.5, 0.5], [0.75, 0.25, 0.25], [0.25, 0.75, 0.75], [0.375, 0.375, 0.625]];
    for (i, point) in first.iter().enumerate() {
        assert!((0..3).all(|d| plain(d, i as u64) == point[d]), "point {i}");
    }
    let far = [(0, 0.921_875), (1, 0.640_625), (9, 0.171_875), (99, 0.171_875), (511, 0.046_875), (999, 0.703_125)];
    assert!(far.iter().all(|(d, u)| plain(*d, 37) == *u));
}

fn paths(count: usize) -> Vec<String> {
    (0..count).map(|d| format!("input.{d}")).collect()
}

#[test]
fn a_point_alone_is_the_point_of_a_run() {
    let sobol = Sobol::new(&paths(5), 3, 1);
    for first in [0, 1, 255, 1_000_003, u64::MAX - 20] {
        for d in 0..5 {
            for (u, point) in row(&sobol, d, first, 20).into_iter().zip(first..) {
                assert_eq!(u.to_bits(), sobol.at(d, point).to_bits());
            }
        }
    }
}

#[test]
fn every_dimension_is_stratified() {
    let sobol = Sobol::new(&paths(DIMENSIONS), 11, 4);
    let mut row = [0.0; 256];
    for (d, first) in (0..DIMENSIONS).flat_map(|d| [(d, 0), (d, 512), (d, 1 << 40)]) {
        sobol.fill(d, first, &mut row);
        let mut held = [false; 256];
        row.iter().for_each(|u| held[(u * 256.0) as usize] = true);
        assert!(held.iter().all(|h| *h), "dimension {d} from {first}");
    }
}

/// In every elementary box of area 2⁻ᵐ one of 2ᵐ points.
fn is_a_net(x: &[f64], y: &[f64]) -> bool {
    let m = x.len().trailing_zeros();
    (0..=m).all(|k| {
        let (wide, high) = (1_usize << k, 1_usize << (m - k));
        let mut boxes = vec![0; x.len()];
        x.iter().zip(y).for_each(|(x, y)| boxes[(x * wide as f64) as usize * high + (y * high as f64) as usize] += 1);
        boxes.iter().all(|n| *n == 1)
    })
}

#[test]
fn the_first_two_dimensions_are_a_net_and_stay_one_when_scrambled() {
    let scrambled = [Sobol::new(&paths(2), 1, 0), Sobol::new(&paths(2), 1, 9)];
    for (first, count) in [(0, 1), (0, 16), (256, 256), (0, 1_024), (3 * 4_096, 4_096)] {
        let [x, y] = [0, 1].map(|d| (first..first + count as u64).map(|point| plain(d, point)).collect::<Vec<_>>());
        assert!(is_a_net(&x, &y), "{count} from {first}");
        for sobol in &scrambled {
            let [x, y] = [0, 1].map(|d| row(sobol, d, first, count));
            assert!(is_a_net(&x, &y), "{count} from {first}");
        }
    }
}

/// What quality a pair has does not change with the scrambling: the counts in boxes are permuted.
#[test]
fn scrambling_keeps_the_quality_of_every_pair_of_early_dimensions() {
    let sobol = Sobol::new(&paths(12), 8, 2);
    let quality = |x: &[f64], y: &[f64]| {
        // Boxes of 8 · 8: the largest count, 16 if it is even.
        let mut boxes = [0; 64];
        x.iter().zip(y).for_each(|(x, y)| boxes[(x * 8.0) as usize * 8 + (y * 8.0) as usize] += 1);
        boxes.into_iter().max()
    };
    let before: Vec<Vec<f64>> = (0..12).map(|d| (0..1_024).map(|point| plain(d, point)).collect()).collect();
    let after: Vec<Vec<f64>> = (0..12).map(|d| row(&sobol, d, 0, 1_024)).collect();
    for (a, b) in (0..12).flat_map(|a| (0..a).map(move |b| (a, b))) {
        assert_eq!(quality(&before[a], &before[b]), quality(&after[a], &after[b]), "{a} and {b}");
    }
}

#[test]
fn a_scrambling_belongs_to_seed_randomisation_and_path() {
    let point = |path: &str, seed, r| Sobol::new(&[path], seed, r).at(0, 0);
    let base = point("a", 1, 0);
    assert!([point("b", 1, 0), point("a", 2, 0), point("a", 1, 1)].iter().all(|u| *u != base));
    let (few, more) = (Sobol::new(&paths(3), 1, 0), Sobol::new(&paths(4), 1, 0));
    assert!((0..3).all(|d| few.at(d, 77).to_bits() == more.at(d, 77).to_bits()));
}

#[test]
fn a_dimension_beyond_the_table_is_chance_of_its_own() {
    let sobol = Sobol::new(&paths(DIMENSIONS + 2), 1, 0);
    let (mut a, mut b) = (vec![0.0; 4_096], vec![0.0; 4_096]);
    sobol.fill(DIMENSIONS, 0, &mut a);
    sobol.fill(DIMENSIONS + 1, 0, &mut b);
    assert_ne!(a, b);
    // Four standard errors of a mean of 4096 uniforms: 4 · 0.2887 / 64.
    assert!((a.iter().sum::<f64>() / 4_096.0 - 0.5).abs() < 0.018);
    assert_eq!(sobol.at(DIMENSIONS, 4_000).to_bits(), a[4_000].to_bits());
    assert_ne!(Sobol::new(&paths(DIMENSIONS + 1), 1, 1).at(DIMENSIONS, 0), a[0]);
}

/// The root mean square error over randomisations of the mean of Π (½ + x) over five dimensions, whose mean is 1.
#[test]
fn the_error_of_a_smooth_mean_is_far_below_that_of_chance() {
    let of = |values: &[f64], n: usize| {
        let product = |i: usize| (0..5).map(|d| 0.5 + values[d * n + i]).product::<f64>();
        (0..n).map(product).sum::<f64>() / n as f64 - 1.0
    };
    let names = paths(5);
    let rms = |errors: Vec<f64>| (errors.iter().map(|e| e * e).sum::<f64>() / errors.len() as f64).sqrt();
    let points = |r: u64, n: usize| {
        let sobol = Sobol::new(&names, 1, r);
        (0..5).flat_map(|d| row(&sobol, d, 0, n)).collect::<Vec<f64>>()
    };
    let sobol = |n: usize| rms((0..30).map(|r| of(&points(r, n), n)).collect());
    let chance = |n: usize| {
        let draw = |r: u64| {
            let mut values = vec![0.0; 5 * n];
            for (name, row) in names.iter().zip(values.chunks_exact_mut(n)) {
                Streams::new(r, "test").uniforms(name, 0, row);
            }
            of(&values, n)
        };
        rms((0..30).map(draw).collect())
    };
    // Seen: 250 times; a factor of 50 leaves room for the luck of 30 randomisations.
    assert!(sobol(1_024) < chance(1_024) / 50.0, "{} {}", sobol(1_024), chance(1_024));
    // n^(−3/2) up to logarithms: 16 times the points, an error at least 16 times smaller (chance: 4 times).
    assert!(sobol(4_096) < sobol(256) / 16.0);
}

#[test]
fn points_that_share_digits_still_share_as_many() {
    for key in 0..50 {
        let scramble = Scramble::new(mixed(!key));
        for (a, level) in (0..64).map(|level| (mixed(key), level)) {
            let b = a ^ (1 << (63 - level)) ^ (mixed(level) >> 1 >> level);
            let common = (scramble.of(a) ^ scramble.of(b)).leading_zeros();
            assert_eq!(u64::from(common), u64::from((a ^ b).leading_zeros()), "{a:x} {b:x}");
        }
    }
}

/// Over random keys each digit of any point is flipped half of the time, independently of the digit before it.
#[test]
fn every_digit_is_flipped_half_of_the_time() {
    let keys = 20_000;
    for digits in [0, u64::MAX, 0x0123_4567_89ab_cdef] {
        let mut flipped = [0_u32; 64];
        let mut pairs = [0_u32; 63];
        for key in 0..keys {
            let flips = digits ^ Scramble::new(mixed(key)).of(digits);
            (0..64).for_each(|k| flipped[k] += (flips >> k & 1) as u32);
            (0..63).for_each(|k| pairs[k] += ((flips >> k ^ flips >> (k + 1)) & 1) as u32);
        }
        // Five standard errors of 20 000 coins: 5 · √20 000 / 2 = 354.
        assert!(flipped.iter().chain(&pairs).all(|n| n.abs_diff(10_000) < 354), "{flipped:?} {pairs:?}");
    }
}
