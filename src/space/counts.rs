//! Counts of packages: which are greatest, and which reach a line. They are as many as packages, so vector lanes look at them.

use super::Lanes;
use super::plan::STRETCH;

/// The greatest of counts whose number is a multiple of a row's stretches; 0 of none.
pub fn greatest(lanes: Lanes, counts: &[u32]) -> u32 {
    let most = lanes.run(
        #[inline(always)]
        || {
            let mut most = [0_u32; STRETCH];
            for stretch in counts.as_chunks::<STRETCH>().0 {
                for j in 0..STRETCH {
                    most[j] = most[j].max(stretch[j]);
                }
            }
            most
        },
    );
    most.into_iter().max().unwrap_or(0)
}

/// Meets, in their order, the places at which every one of some equally long lists of counts reaches its line; `meet` may give
/// higher lines for the places to come.
pub fn reaching(lanes: Lanes, lists: &[&[u32]], mut lines: Vec<u32>, meet: &mut dyn FnMut(usize) -> Option<Vec<u32>>) {
    let lists: Vec<&[[u32; STRETCH]]> = lists.iter().map(|counts| counts.as_chunks::<STRETCH>().0).collect();
    let stretches = lists.iter().map(|list| list.len()).min().unwrap_or(0);
    lanes.run(
        #[inline(always)]
        || {
            for s in 0..stretches {
                let mut all = [u32::MAX; STRETCH];
                for (list, line) in lists.iter().zip(&lines) {
                    for j in 0..STRETCH {
                        all[j] &= u32::from(list[s][j] >= *line).wrapping_neg();
                    }
                }
                // Few reach their lines in most stretches.
                if all.iter().fold(0, |any, reaches| any | reaches) == 0 {
                    continue;
                }
                for j in 0..STRETCH {
                    let reaches = || lists.iter().zip(&lines).all(|(list, line)| list[s][j] >= *line);
                    if all[j] != 0
                        && reaches()
                        && let Some(higher) = meet(s * STRETCH + j)
                    {
                        lines = higher;
                    }
                }
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_are_what_a_plain_look_finds(
            counts in prop::collection::vec((0_u32..9, 0_u32..9), 0..20),
            lines in (0_u32..9, 0_u32..9),
        ) {
            let mut lists = [counts.iter().map(|c| c.0).collect::<Vec<_>>(), counts.iter().map(|c| c.1).collect()];
            lists.iter_mut().for_each(|list| list.resize(32, 0));
            prop_assert_eq!(greatest(Lanes::detect(), &lists[0]), lists[0].iter().copied().max().unwrap_or(0));
            let plain: Vec<usize> = (0..32).filter(|i| lists[0][*i] >= lines.0 && lists[1][*i] >= lines.1).collect();
            let mut met = Vec::new();
            reaching(Lanes::detect(), &[&lists[0], &lists[1]], vec![lines.0, lines.1], &mut |at| {
                met.push(at);
                None
            });
            prop_assert_eq!(&met, &plain);
            // Each raises the line above itself: the places of a rising sequence are met.
            let (mut rising, mut line) = (Vec::new(), lines.0);
            for (at, count) in lists[0].iter().enumerate() {
                if *count >= line {
                    rising.push(at);
                    line = count + 1;
                }
            }
            met.clear();
            reaching(Lanes::detect(), &[&lists[0]], vec![lines.0], &mut |at| {
                met.push(at);
                Some(vec![lists[0][at] + 1])
            });
            prop_assert_eq!(met, rising);
        }
    }
}
