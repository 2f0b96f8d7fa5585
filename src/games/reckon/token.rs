//! A token that is sent before the talks, or not: whether it shows which kind somebody is.

use super::Number;
use crate::model::reckoning::Gesture;

/// What a token can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Whether there is an equilibrium in which only the kind sends it that it shows.
    pub separates: bool,
    /// Whether there is one in which both send it, so that it tells nothing.
    pub pooled: bool,
}

/// What a token can tell:
///
/// ```text
/// it separates      ⇔  c_shown ≤ g_shown  and  c_other ≥ g_other
/// both may send it  ⇔  c_shown ≤ g_shown  and  c_other ≤ g_other
/// ```
///
/// c is what it costs a kind and g what being believed is worth to it; who sends none is taken for the other kind, and where
/// both send it the belief before is taken to be worth g as well. What the two cost differently decides nothing by itself.
/// Source: Spence (1973).
pub fn told<T: Number>(gesture: &Gesture) -> Told {
    let (shown, other) = (gesture.shows, 1 - gesture.shows);
    let [cost, gains] = [gesture.cost, gesture.gains].map(|all| all.map(T::of));
    let worthwhile = cost[shown] <= gains[shown];
    Told { separates: worthwhile && cost[other] >= gains[other], pooled: worthwhile && cost[other] <= gains[other] }
}
