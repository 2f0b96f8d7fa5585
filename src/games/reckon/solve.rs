//! Backward induction where there is a last offer; where there is none, the one division that holds itself up.

use super::{Comes, Number, Offer, Rules};
use crate::model::reckoning::{Problem, Turn};

/// Steps from the first on that are kept of an answer.
const KEPT: usize = 12;

/// What two sides that know all work out.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan<T> {
    /// The offers of the first steps, `steps[step]`: by turns one, drawn one for each side that may be drawn. Without a last
    /// offer the steps that repeat: by turns two, drawn one.
    pub steps: Vec<Vec<Offer<T>>>,
    /// What both have when the talks begin, before it is known who offers.
    pub pays: [T; 2],
    /// Whether nothing was shortened or stopped short.
    pub is_exact: bool,
}

/// Why nothing is worked out, though the rules are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unsolved {
    /// There is nothing that both could sign.
    #[error("there is nothing that both sides could sign")]
    NoZone,
    /// Waiting for ever is as good to them as what they could agree on.
    #[error("no division holds itself up: what a side would have by waiting for ever is more than is left to it")]
    NotStationary,
}

/// What two sides that know all work out.
///
/// With a last offer by backward induction (Ståhl (1972)): whoever offers gives the other what it would have otherwise, and
/// keeps the rest. Without one the division is the fixed point of the same step (Rubinstein (1982); Binmore, Rubinstein and
/// Wolinsky (1986) where talks break down; Binmore, Shaked and Sutton (1989) where a side may leave). On a concave frontier
/// there is one.
///
/// # Errors
/// [`Unsolved`].
pub fn solve<T: Number>(problem: &Problem) -> Result<Plan<T>, Unsolved> {
    solve_in(&Rules::<T>::of(problem).ok_or(Unsolved::NoZone)?, problem.steps)
}

/// The same with every step kept.
///
/// # Errors
/// [`Unsolved`].
pub fn solve_throughout<T: Number>(problem: &Problem) -> Result<Plan<T>, Unsolved> {
    let rules = Rules::<T>::of(problem).ok_or(Unsolved::NoZone)?;
    problem.steps.map_or_else(|| solve_in(&rules, None), |steps| Ok(backward(&rules, steps, usize::MAX / 2)))
}

/// The same by rules that are known, for so many offers.
pub(super) fn solve_in<T: Number>(rules: &Rules<T>, steps: Option<u32>) -> Result<Plan<T>, Unsolved> {
    match (steps, rules.turn) {
        (Some(steps), _) => Ok(backward(rules, steps, KEPT)),
        (None, Turn::Alternate(first)) => by_turns(rules, first),
        (None, Turn::Drawn(_)) => drawn(rules),
    }
}

/// The offers that can be made at a step, counted from 0.
fn offering<T>(rules: &Rules<T>, step: u32) -> Vec<usize> {
    match rules.turn {
        Turn::Alternate(first) => vec![(first + step as usize) % 2],
        Turn::Drawn(p) => [0, 1].into_iter().filter(|i| (*i == 0 && p > 0.0) || (*i == 1 && p < 1.0)).collect(),
    }
}

/// What both have before it is known who offers.
fn expected<T: Number>(rules: &Rules<T>, offers: &[Offer<T>]) -> [T; 2] {
    match offers {
        [one, other] => rules.before([one, other]),
        all => all[0].pays.clone(),
    }
}

fn backward<T: Number>(rules: &Rules<T>, steps: u32, most: usize) -> Plan<T> {
    let mut next = [0, 1].map(|i| rules.without(i, steps));
    let mut kept: Vec<Vec<Offer<T>>> = Vec::new();
    let mut is_exact = true;
    for step in (0..steps).rev() {
        let waiting = [0, 1].map(|i| rules.waiting(i, &next[i], step + 1));
        let offers: Vec<Offer<T>> = offering(rules, step).into_iter().map(|i| rules.offer(i, &waiting, step)).collect();
        next = expected(rules, &offers).map(|pays| {
            let short = pays.clone().shortened();
            is_exact &= short == pays;
            short
        });
        kept.push(offers);
        if kept.len() > 2 * most {
            kept.drain(..most);
        }
    }
    kept.reverse();
    kept.truncate(most);
    Plan { steps: kept, pays: next, is_exact }
}

fn by_turns<T: Number>(rules: &Rules<T>, first: usize) -> Result<Plan<T>, Unsolved> {
    let second = 1 - first;
    // What the first speaker has when it offers, from what it has when it offers: through the other's offer.
    let offers = |x: &T, y: &T| {
        let known = |i: usize, value: &T| rules.waiting(i, value, 0);
        let place = |at_first: T, at_second: T| if first == 0 { [at_first, at_second] } else { [at_second, at_first] };
        rules.offer(second, &place(known(first, x), known(second, y)), 0)
    };
    let [low, high] = rules.zone.range(first);
    let round = |x: &T| {
        // What the second has by waiting after a refusal of its own offer binds it only where there is no deal.
        let answer = offers(x, &rules.zone.range(second)[0]);
        let waiting = [0, 1].map(|i| rules.waiting(i, &answer.pays[i], 0));
        let opens = rules.offer(first, &waiting, 0);
        (opens, answer)
    };
    let (x, is_exact) = fixed_point(&low, &high, |x| round(x).0.pays[first].clone());
    let (opens, _) = round(&x);
    let answer = offers(&opens.pays[first], &opens.pays[second]);
    if opens.comes == Comes::Waits || answer.comes == Comes::Waits {
        return Err(Unsolved::NotStationary);
    }
    let pays = opens.pays.clone();
    Ok(Plan { steps: vec![vec![opens], vec![answer]], pays, is_exact })
}

fn drawn<T: Number>(rules: &Rules<T>) -> Result<Plan<T>, Unsolved> {
    let (p, one) = (rules.chance.clone(), T::of(1.0));
    let rest = one.clone() - p.clone();
    // From what the first side has before it is drawn: what the second offers it, what it then has itself, what the first
    // keeps.
    let round = |first: &T| {
        let given = rules.waiting(0, first, 0);
        let unknown = rules.zone.range(1)[0].clone();
        let by_second = rules.offer(1, &[given.clone(), unknown], 0);
        let kept = by_second.pays[1].clone();
        // v = p · r(v) + (1 − p) · kept, with r what it would have otherwise, or the least that there is for it.
        let least = rules.zone.range(1)[0].clone();
        let least = rules.leaving(1, 0).filter(|out| *out > least).unwrap_or(least);
        let settled = p.clone() * least.clone() + rest.clone() * kept.clone();
        let second = if rules.waiting(1, &settled, 0) <= least {
            settled
        } else {
            let base = rules.waiting(1, &T::of(0.0), 0);
            (p.clone() * base + rest.clone() * kept) / (one.clone() - p.clone() * rules.patience(1))
        };
        let waiting = [given, rules.waiting(1, &second, 0)];
        [rules.offer(0, &waiting, 0), rules.offer(1, &waiting, 0)]
    };
    let [low, high] = rules.zone.range(0);
    let value = |offers: &[Offer<T>; 2]| rules.before([&offers[0], &offers[1]]);
    let (first, is_exact) = fixed_point(&low, &high, |x| value(&round(x))[0].clone());
    let offers = round(&first);
    let pays = value(&offers);
    let made: Vec<Offer<T>> = offering(rules, 0).into_iter().map(|i| offers[i].clone()).collect();
    if made.iter().any(|offer| offer.comes == Comes::Waits) {
        return Err(Unsolved::NotStationary);
    }
    Ok(Plan { steps: vec![made], pays, is_exact })
}

/// Halvings until a fixed point is no longer looked for exactly.
const HALVINGS: u32 = 256;

/// Where a rising function that runs straight between corners, and less steeply than the diagonal as a whole, meets it:
/// between two bounds, and whether it was found exactly. Where both bounds lie on one straight piece, the chord meets it.
fn fixed_point<T: Number>(low: &T, high: &T, g: impl Fn(&T) -> T) -> (T, bool) {
    let (mut low, mut high) = (low.clone(), high.clone());
    let (mut at_low, mut at_high) = (g(&low), g(&high));
    for _ in 0..HALVINGS {
        if at_low.is(&low) {
            return (low, true);
        }
        if at_high.is(&high) {
            return (high, true);
        }
        let (over, under) = (at_low.clone() - low.clone(), high.clone() - at_high.clone());
        let both = over.clone() + under;
        if both > T::of(0.0) {
            let chord = low.clone() + (high.clone() - low.clone()) * over / both;
            if g(&chord).is(&chord) {
                return (chord, true);
            }
        }
        let middle = (low.clone() + high.clone()) / T::of(2.0);
        let at = g(&middle);
        if at >= middle {
            (low, at_low) = (middle, at);
        } else {
            (high, at_high) = (middle, at);
        }
    }
    (low, false)
}
