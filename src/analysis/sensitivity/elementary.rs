//! Elementary effects: which of many inputs matter at all, from few evaluations.

use itertools::Itertools as _;

use super::randomised::{DealtPoints, Estimated, ratio, sums};
use crate::engine::Streams;

/// How far a step goes: half of the distribution.
pub const STEP: f64 = 0.5;

/// Walks through the cube of uniforms that move one input at a time, each input once.
///
/// A walk begins at a Sobol' point and takes the inputs in an order of its own. A step moves every uniform of one input by
/// half of its range, u to u + ½ or u − ½, whichever stays inside, and leaves it there. So every point of a walk is uniform
/// in the cube, a step is a pair of worlds that differ in one input, and r walks take r (inputs + 1) evaluations.
/// Morris's grid of p levels is meant in the limit p → ∞, where no value is out of reach.
/// Sources: Morris (1991); Campolongo, Cariboni and Saltelli (2007).
#[derive(Debug, Clone)]
pub struct Walks {
    inputs: Vec<Vec<usize>>,
    points: DealtPoints,
    orders: Streams,
}

impl Walks {
    /// Walks over inputs, each given by its dimensions among `paths`.
    pub fn new<P: AsRef<str>>(inputs: Vec<Vec<usize>>, paths: &[P], seed: u64) -> Self {
        Self { inputs, points: DealtPoints::new(paths, seed, WALKS), orders: Streams::new(seed, "walks") }
    }

    /// Where a walk begins, the same alone as among others: `begins[dimension]`.
    pub fn begins(&self, walk: u64) -> Vec<f64> {
        self.points.at(walk)
    }

    /// The order in which a walk takes the inputs.
    pub fn order(&self, walk: u64) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.inputs.len()).collect();
        let mut luck = self.orders.of_run(walk);
        for i in (1..order.len()).rev() {
            order.swap(i, (luck.at(i as u64) * (i + 1) as f64) as usize);
        }
        order
    }

    /// Moves an input by one step.
    pub fn step(&self, input: usize, uniforms: &mut [f64]) {
        for d in &self.inputs[input] {
            uniforms[*d] += if uniforms[*d] < STEP { STEP } else { -STEP };
        }
    }
}

/// The purpose of the points that walks begin at; indices have the one before.
const WALKS: u64 = 1;

/// One step as it was seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WalkStep {
    /// The outcome before it.
    pub before: f64,
    /// The outcome after it.
    pub after: f64,
    /// Whether the input's value rose or fell; `None` if it stayed, or knows no up and down.
    pub rose: Option<bool>,
}

impl WalkStep {
    /// The elementary effect: what the outcome gained where the value rose, a whole range of the input taken as 1.
    fn effect(&self) -> f64 {
        let gained = self.after - self.before;
        if self.rose == Some(false) { -gained / STEP } else { gained / STEP }
    }
}

/// What the walks say of one input.
///
/// ```text
/// e = (f(x with the input half its range higher) − f(x)) / ½
/// μ = mean of e,   μ* = mean of |e|,   σ = standard deviation of e,   rms = √(mean of e²)
/// ```
///
/// μ* is how strongly the input moves the outcome, μ which way; σ large against μ* says that it depends on the others, or
/// bends. In units of the outcome for the whole range of the input. Source: Morris (1991); Campolongo, Cariboni and Saltelli
/// (2007) for μ*.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Elementary {
    /// Mean effect.
    pub mu: f64,
    /// Mean absolute effect.
    pub mu_star: f64,
    /// Its 95 % interval.
    pub mu_star_low: f64,
    /// Its 95 % interval.
    pub mu_star_high: f64,
    /// Standard deviation of the effects.
    pub sigma: f64,
    /// Root mean square effect: its square grows with the variance that the input makes, rare effects included.
    pub rms: f64,
    /// The outcome with the value low against high; `None` if no step changed the value.
    pub halves: Option<HalfMeans>,
}

/// The mean outcome at the lower and the upper end of the steps that changed an input's value, all else alike.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct HalfMeans {
    /// Pairs of worlds.
    pub pairs: u64,
    /// Mean outcome with the value low: in the lower half of its distribution; for a chance, where it does not happen.
    pub low: f64,
    /// Mean outcome with the value high: in the upper half; where it happens.
    pub high: f64,
    /// `high` − `low`.
    pub effect: f64,
    /// 95 % interval of the effect, by pairs.
    pub effect_low: f64,
    /// Its upper end.
    pub effect_high: f64,
}

/// What an input's steps say, one a walk.
pub fn elementary(steps: &[WalkStep]) -> Elementary {
    of_walks(steps.iter().enumerate())
}

/// What even walks say of an input, and what odd ones do: of many inputs the one that seems to move most owes some of that
/// to luck, which is not that of the other walks. One walk alone says both.
pub(super) fn apart(steps: &[WalkStep]) -> [Elementary; 2] {
    let odd = usize::from(steps.len() > 1);
    [0, odd].map(|first| of_walks(steps.iter().enumerate().skip(first).step_by(2)))
}

/// What the steps of some walks say, each with the number of its walk.
fn of_walks<'a>(steps: impl Iterator<Item = (usize, &'a WalkStep)> + Clone) -> Elementary {
    let effects = steps.clone().map(|(walk, step)| (walk, step.effect())).collect_vec();
    let n = effects.len().max(1) as f64;
    let mean = |f: &dyn Fn(f64) -> f64| effects.iter().map(|(_, e)| f(*e)).sum::<f64>() / n;
    let mu = mean(&|e| e);
    let star = interval(effects.iter().map(|(walk, e)| (*walk, e.abs())));
    Elementary {
        mu,
        mu_star: mean(&f64::abs),
        mu_star_low: star.low.max(0.0),
        mu_star_high: star.high,
        sigma: if n > 1.0 { (mean(&|e| (e - mu) * (e - mu)) * n / (n - 1.0)).sqrt() } else { 0.0 },
        rms: mean(&|e| e * e).sqrt(),
        halves: halves(steps),
    }
}

/// The mean of what some walks say, each with its number.
fn interval(of: impl Iterator<Item = (usize, f64)>) -> Estimated {
    ratio(sums(of.map(|(walk, x)| (walk, [x, 1.0]))).into_iter().map(|[sum, count]| (sum, count)))
}

fn halves<'a>(steps: impl Iterator<Item = (usize, &'a WalkStep)>) -> Option<HalfMeans> {
    let pair = |(walk, step): (usize, &WalkStep)| {
        let (low, high) = if step.rose? { (step.before, step.after) } else { (step.after, step.before) };
        Some((walk, low, high))
    };
    let pairs = steps.filter_map(pair).collect_vec();
    let n = pairs.len() as f64;
    let effect = interval(pairs.iter().map(|(walk, low, high)| (*walk, high - low)));
    (n > 0.0).then(|| HalfMeans {
        pairs: pairs.len() as u64,
        low: pairs.iter().map(|(_, low, _)| low).sum::<f64>() / n,
        high: pairs.iter().map(|(.., high)| high).sum::<f64>() / n,
        effect: effect.value,
        effect_low: effect.low,
        effect_high: effect.high,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Morris means of f = Σ c u are exactly c: every step gives c, and it is a binary fraction.
    #[test]
    fn effects_are_exact_on_a_linear_function() {
        let coefficients = [4.0, -2.0, 0.5, 0.0];
        let inputs: Vec<Vec<usize>> = (0..4).map(|d| vec![d]).collect();
        let walks = Walks::new(inputs, &["a", "b", "c", "d"], 1);
        // Cut to 20 binary digits, so that the sums are exact.
        let cut = |u: f64| (u * 1_048_576.0).floor() / 1_048_576.0;
        let f = |u: &[f64]| u.iter().zip(&coefficients).map(|(u, c)| cut(*u) * c).sum::<f64>();
        let mut steps = vec![Vec::new(); 4];
        for w in 0..50 {
            let mut at = walks.begins(w);
            for input in walks.order(w) {
                let (before, was) = (f(&at), at[input]);
                walks.step(input, &mut at);
                steps[input].push(WalkStep { before, after: f(&at), rose: Some(at[input] > was) });
            }
        }
        for (steps, c) in steps.iter().zip(coefficients) {
            let found = elementary(steps);
            assert_eq!((found.mu, found.mu_star, found.sigma, found.rms), (c, c.abs(), 0.0, c.abs()));
            let halves = found.halves.expect("every step changes the value");
            assert_eq!((halves.effect, halves.effect_low, halves.effect_high), (c / 2.0, c / 2.0, c / 2.0));
        }
    }

    #[test]
    fn every_walk_takes_every_input_once_and_in_an_order_of_its_own() {
        let inputs: Vec<Vec<usize>> = vec![vec![0, 1], vec![2], vec![3], vec![4]];
        let walks = Walks::new(inputs, &["a", "a/happens", "b", "c", "d"], 3);
        let mut orders = Vec::new();
        for w in 0..30 {
            let (begins, order) = (walks.begins(w), walks.order(w));
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2, 3]);
            let mut at = begins.clone();
            order.iter().for_each(|input| walks.step(*input, &mut at));
            // Every uniform has moved by half, and stays inside.
            assert!(at.iter().zip(&begins).all(|(u, was)| (u - was).abs() == STEP && (0.0..1.0).contains(u)));
            orders.push(order);
        }
        orders.sort_unstable();
        orders.dedup();
        assert!(orders.len() > 10, "{}", orders.len());
    }

    #[test]
    fn an_effect_that_turns_with_the_company_has_a_mean_of_nothing_and_a_size() {
        let steps = [(0.0, 1.0), (1.0, 0.0), (0.0, 1.0), (1.0, 0.0)];
        let steps = steps.map(|(before, after)| WalkStep { before, after, rose: Some(true) });
        let found = elementary(&steps);
        assert_eq!((found.mu, found.mu_star, found.rms), (0.0, 2.0, 2.0));
    }

    #[test]
    fn even_walks_and_odd_ones_speak_apart_and_one_walk_says_both() {
        let gains = [1.0, 3.0, 1.0, 5.0, 1.0];
        let steps = gains.map(|after| WalkStep { before: 0.0, after, rose: Some(true) });
        let pairs = |e: Elementary| (e.mu, e.halves.map(|h| (h.pairs, h.high)));
        assert_eq!(apart(&steps).map(pairs), [(2.0, Some((3, 1.0))), (8.0, Some((2, 4.0)))]);
        assert_eq!(apart(&steps[1..2]).map(|e| e.mu), [6.0, 6.0]);
        assert_eq!(elementary(&steps).mu, 4.4);
    }

    #[test]
    fn a_value_that_no_step_changed_has_no_halves() {
        let found = elementary(&[WalkStep { before: 1.0, after: 1.0, rose: None }]);
        assert_eq!((found.mu_star, found.halves), (0.0, None));
        assert_eq!(elementary(&[]).mu_star, 0.0);
    }
}
