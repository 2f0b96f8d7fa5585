//! Sorting where it is rare: as the standard library's stable `sort_by`, and compiled once.
//!
//! The standard library compiles its sort anew for each comparison, some 6 KB each; a hundred of them were a sixth of the
//! module for browsers. Here places are sorted by one sort, and each comparison is called through a pointer: the same order,
//! and slower, so that what is sorted in every world or round keeps `sort_by`.

use std::cmp::Ordering;
use std::vec::IntoIter;

/// A slice put in order where it stands; equals stay as they stood.
pub(crate) trait Order<T> {
    /// By a comparison, which must be a total order.
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// By a key, the least first.
    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
}

impl<T> Order<T> for [T] {
    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let mut order = places(self.len(), &mut |a, b| compare(&self[a], &self[b]));
        for start in 0..order.len() {
            let mut at = start;
            loop {
                let from = std::mem::replace(&mut order[at], at);
                if from == start {
                    break;
                }
                self.swap(at, from);
                at = from;
            }
        }
    }

    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }
}

/// What an iterator gives, in order; equals as they came.
pub(crate) trait Ordered: Iterator + Sized {
    /// By a comparison, which must be a total order.
    fn ordered_by(self, compare: impl FnMut(&Self::Item, &Self::Item) -> Ordering) -> IntoIter<Self::Item> {
        let mut all: Vec<Self::Item> = self.collect();
        all.order_by(compare);
        all.into_iter()
    }

    /// By a key, the least first.
    fn ordered_by_key<K: Ord>(self, mut key: impl FnMut(&Self::Item) -> K) -> IntoIter<Self::Item> {
        self.ordered_by(|a, b| key(a).cmp(&key(b)))
    }
}

impl<I: Iterator> Ordered for I {}

/// The places 0, 1, … below `count`, sorted; the one sort.
#[inline(never)]
fn places(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_stable_sort(keys in prop::collection::vec(0_u8..9, 0..70)) {
            let all: Vec<(u8, String)> = keys.iter().enumerate().map(|(at, key)| (*key, at.to_string())).collect();
            let mut sorted = all.clone();
            sorted.sort_by_key(|it| std::cmp::Reverse(it.0));
            let ordered: Vec<_> = all.iter().cloned().ordered_by(|a, b| b.0.cmp(&a.0)).collect();
            prop_assert_eq!(&ordered, &sorted);
            sorted.sort_by_key(|it| it.0);
            let ordered: Vec<_> = ordered.into_iter().ordered_by_key(|it| it.0).collect();
            prop_assert_eq!(ordered, sorted);
        }
    }
}
