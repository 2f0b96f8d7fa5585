//! Which of many vectors no other dominates.

use std::collections::BTreeMap;

/// For each vector, whether no other dominates it. The vectors are distinct and in descending lexicographic order,
/// so that only an earlier vector can dominate a later one, and does so if it is no less in all coordinates but the first.
///
/// Complexity: `n` for one and two parties, `n log n` for three, `n logᵖ⁻¹ n` for `p`. The method is that of Kung, Luccio
/// and Preparata (1975), who save one more factor by sorting beforehand.
pub(super) fn undominated<const P: usize>(vectors: &[[i64; P]]) -> Vec<bool> {
    match P {
        1 => (0..vectors.len()).map(|at| at == 0).collect(),
        2 => climb(vectors),
        3 => sweep(vectors),
        _ => divide(vectors),
    }
}

/// Two parties: each vector must give the second party more than all before.
fn climb<const P: usize>(vectors: &[[i64; P]]) -> Vec<bool> {
    let mut best = None;
    let rises = |u: &[i64; P]| best.is_none_or(|b| u[P - 1] > b).then(|| best = Some(u[P - 1])).is_some();
    vectors.iter().map(rises).collect()
}

/// Three parties: the staircase of the last two coordinates grows as the first falls.
fn sweep<const P: usize>(vectors: &[[i64; P]]) -> Vec<bool> {
    let mut stairs = BTreeMap::new();
    vectors.iter().map(|u| admit(&mut stairs, u[P - 2], u[P - 1])).collect()
}

/// Adds a step to a staircase, whose heights fall as the keys rise, unless one step covers it.
fn admit(stairs: &mut BTreeMap<i64, i64>, x: i64, y: i64) -> bool {
    if stairs.range(x..).next().is_some_and(|(_, height)| *height >= y) {
        return false;
    }
    while let Some(covered) = stairs.range(..=x).next_back().filter(|(_, height)| **height <= y).map(|(x, _)| *x) {
        stairs.remove(&covered);
    }
    stairs.insert(x, y);
    true
}

/// Any number of parties from three on, by halves.
fn divide<const P: usize>(vectors: &[[i64; P]]) -> Vec<bool> {
    let places: Vec<usize> = (0..vectors.len()).collect();
    let mut keep = vec![false; vectors.len()];
    for at in maxima(vectors, &places) {
        keep[at] = true;
    }
    keep
}

/// Up to so many comparisons, trying all pairs is quicker than dividing.
const FEW_PAIRS: usize = 1024;

/// The undominated among the vectors at these places.
fn maxima<const P: usize>(vectors: &[[i64; P]], places: &[usize]) -> Vec<usize> {
    if places.len() < 2 {
        return places.to_vec();
    }
    let (upper, lower) = places.split_at(places.len() / 2);
    let mut kept = maxima(vectors, upper);
    let rest = unbeaten(vectors, &kept, maxima(vectors, lower), 1);
    kept.extend(rest);
    kept
}

/// Those of `lower` that no vector of `upper` equals or exceeds in all coordinates from `axis` on.
fn unbeaten<const P: usize>(vectors: &[[i64; P]], upper: &[usize], lower: Vec<usize>, axis: usize) -> Vec<usize> {
    if upper.len() * lower.len() <= FEW_PAIRS {
        return by_pairs(vectors, upper, lower, axis);
    }
    if axis + 2 == P {
        return by_staircase(vectors, upper, lower);
    }
    let Some(pivot) = pivot(vectors, upper, &lower, axis) else {
        return unbeaten(vectors, upper, lower, axis + 1);
    };
    let is_high = |at: &usize| vectors[*at][axis] >= pivot;
    let (upper_high, upper_low): (Vec<_>, Vec<_>) = upper.iter().partition(|at| is_high(at));
    let (lower_high, lower_low): (Vec<_>, Vec<_>) = lower.iter().partition(|at| is_high(at));
    let mut kept = unbeaten(vectors, &upper_high, lower_high, axis);
    let low = unbeaten(vectors, &upper_high, lower_low, axis + 1);
    kept.extend(unbeaten(vectors, &upper_low, low, axis));
    kept
}

/// [`unbeaten`], every pair compared.
fn by_pairs<const P: usize>(vectors: &[[i64; P]], upper: &[usize], mut lower: Vec<usize>, axis: usize) -> Vec<usize> {
    let beats = |above: &usize, below: &usize| (axis..P).all(|k| vectors[*above][k] >= vectors[*below][k]);
    lower.retain(|below| !upper.iter().any(|above| beats(above, below)));
    lower
}

/// [`unbeaten`] where two coordinates are left: as one falls, the best of the other is remembered.
fn by_staircase<const P: usize>(vectors: &[[i64; P]], upper: &[usize], mut lower: Vec<usize>) -> Vec<usize> {
    let step = |at: &usize| (vectors[*at][P - 2], vectors[*at][P - 1]);
    let mut stairs: Vec<_> = upper.iter().map(step).collect();
    stairs.sort_unstable_by(|a, b| b.cmp(a));
    lower.sort_unstable_by_key(|at| std::cmp::Reverse(step(at)));
    let (mut next, mut best) = (0, None);
    lower.retain(|at| {
        let (x, y) = step(at);
        while next < stairs.len() && stairs[next].0 >= x {
            best = best.max(Some(stairs[next].1));
            next += 1;
        }
        best < Some(y)
    });
    lower
}

/// A value of the coordinate that parts the vectors about in the middle; `None` if all have the same.
fn pivot<const P: usize>(vectors: &[[i64; P]], upper: &[usize], lower: &[usize], axis: usize) -> Option<i64> {
    let mut values: Vec<i64> = upper.iter().chain(lower).map(|at| vectors[*at][axis]).collect();
    let least = *values.iter().min()?;
    let middle = values.len() / 2;
    let median = *values.select_nth_unstable(middle).1;
    if median > least { Some(median) } else { values.into_iter().filter(|value| *value > least).min() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vectors() -> impl Strategy<Value = Vec<[i64; 4]>> {
        prop::collection::vec([0..12_i64, 0..12_i64, 0..12_i64, 0..12_i64], 200)
    }

    proptest! {
        #[test]
        fn a_staircase_and_a_division_beat_what_pairs_beat(vectors in vectors(), cut in 60..140_usize) {
            let (upper, lower): (Vec<_>, Vec<_>) = (0..vectors.len()).partition(|at| *at < cut);
            let sorted = |mut places: Vec<usize>| {
                places.sort_unstable();
                places
            };
            let by_stairs = by_staircase(&vectors, &upper[..3], lower.clone());
            prop_assert_eq!(sorted(by_stairs), by_pairs(&vectors, &upper[..3], lower.clone(), 2));
            prop_assert!(upper.len() * lower.len() > FEW_PAIRS);
            let divided = unbeaten(&vectors, &upper, lower.clone(), 0);
            prop_assert_eq!(sorted(divided), by_pairs(&vectors, &upper, lower, 0));
        }
    }
}
