//! Games and differences whose truth is known, seen with noise: how often do bounds and intervals hold?

use winset::choice::{
    Asked, BreakEven, Difference, Explored, Family, POLICIES, Plan, Players, Policy, Sample, break_even, cells, choose,
    explore, settle,
};
use winset::engine::Drawing;
use winset::model::Negotiation;
use winset::scenario::Scenario;

/// Uniforms in [0, 1) from a counter (Steele, Lea and Flood (2014)).
pub struct Luck(pub u64);

impl Luck {
    pub fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// Nearly normal: twelve uniforms less six.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

/// A random table of 4 by 2 plans with its true payoffs, and a sample of it: noise of s.d. 5 in every cell, half of its variance
/// common to all cells of a run.
pub fn table(seed: u64, runs: usize) -> (Vec<f64>, Sample) {
    let mut luck = Luck(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let plans = vec![4, 2];
    let truth: Vec<f64> = (0..16).map(|_| 10.0 * luck.uniform() - 5.0).collect();
    let mut values = Vec::with_capacity(runs * 16);
    for _ in 0..runs {
        let common = [luck.normal(), luck.normal()];
        values.extend((0..16).map(|i| truth[i] + 3.5355 * (common[i % 2] + luck.normal())));
    }
    (truth, Sample { plans, runs, values })
}

/// Whether the bound on the regret of the profile that is chosen holds for both players.
pub fn regret_holds(seed: u64, runs: usize, resamples: u64) -> bool {
    let (truth, sample) = table(seed, runs);
    let (settled, _) = settle(&sample, resamples, seed, Some(1)).expect("one thread can be had");
    let chosen = settled.supported.first().expect("some support comes back in a tenth of the resamples");
    let pays = |player: usize, plan: usize| -> f64 {
        sample
            .others(player, &chosen.mixed)
            .map(|(place, p)| p * truth[sample.with(place, player, plan) * 2 + player])
            .sum()
    };
    (0..2).all(|player| {
        let now: f64 = (0..sample.plans[player]).map(|k| chosen.mixed[player][k] * pays(player, k)).sum();
        let best = (0..sample.plans[player]).map(|k| pays(player, k)).fold(f64::NEG_INFINITY, f64::max);
        best - now <= chosen.regrets[player].at_most
    })
}

/// Where both toys cross 0.
pub const ROOT: f64 = 4.0;

/// A difference that rises smoothly through 0 at [`ROOT`], its noise moving with the number.
pub fn smooth(seed: u64, runs: usize) -> BreakEven {
    let mut luck = Luck(seed ^ 0x51ed_270b);
    let noise: Vec<(f64, f64)> = (0..runs).map(|_| (luck.normal(), luck.normal())).collect();
    let at = |x: f64| noise.iter().map(move |(level, slope)| (0.3 + 0.1 * slope) * (x - ROOT) + level);
    found(|x| Difference::of(at(x)))
}

/// A difference of −1 below a value of each run's own and 1 above it: it jumps, and its mean crosses 0 at [`ROOT`].
pub fn jumping(seed: u64, runs: usize) -> BreakEven {
    let mut luck = Luck(seed ^ 0x0bad_cafe);
    let own: Vec<f64> = (0..runs).map(|_| ROOT + 1.5 * luck.normal()).collect();
    found(|x| Difference::of(own.iter().map(|own| if x > *own { 1.0 } else { -1.0 })))
}

fn found(d: impl Fn(f64) -> Difference) -> BreakEven {
    break_even((0.0, 10.0), |x| Ok::<_, std::convert::Infallible>(d(x))).unwrap_or_else(|never| match never {})
}

/// Whether some interval of a break-even holds the value at which the truth crosses 0.
pub fn holds(found: &BreakEven) -> bool {
    found.crossings.iter().any(|it| it.low <= ROOT && ROOT <= it.high)
}

/// One who may choose how to come down, against one who comes down all the way in a time that differs from world to world, and leaves at half
/// time; the policies of the family as sections of the file are `more`.
pub fn market(more: &str) -> Negotiation {
    let text = format!(
        r#"
title = "A stall"
horizon = 16
[actors]
a = {{ role = "party" }}
b = {{ role = "party" }}
[issues.price]
options = {{ from = 0, to = 40, step = 1 }}
views.a = {{ weight = 40, 0 = 0, 40 = 1 }}
views.b = {{ weight = 40, 0 = 1, 40 = 0 }}
[no_deal]
a = {{ base = [4, 10, 16], cost = [0.2, 0.5, 1] }}
b = {{ base = [0, 5, 10] }}
[conflict]
lasts = 30
[talks]
mishap = [0, 0.02, 0.04]
[intents.a.gives]
moves  = {{ offer = 3, hold = 1 }}
tactic = {{ kind = "polynomial", over = 6 }}
[intents.a.waits]
obstructs = true
moves  = {{ offer = 1, hold = 1 }}
tactic = {{ kind = "polynomial", beta = 0.2, over = 30 }}
[intents.b.sells]
moves    = {{ offer = 3, hold = 1 }}
tactic   = {{ kind = "polynomial", over = [5, 8, 14] }}
patience = [6, 8, 10]
{more}
"#
    );
    Scenario::parse("market.toml", text.as_bytes()).expect("it can be read").negotiation
}

/// The game of the market and what is found beyond its intents.
pub fn explored(n: &Negotiation, seed: u64, runs: u64, threads: Option<usize>) -> Explored {
    let drawing = Drawing { seed, threads, ..Drawing::of(n, seed) };
    let players = Players::of(n);
    let asked = Asked { runs, drawing: drawing.clone(), about: None, resamples: 100 };
    let game = choose(n, &players, &asked, &drawing, |_| {}).expect("it can be played");
    explore(&Family::of(n, &players, &drawing), &players, &game, &drawing, runs).expect("it can be played")
}

/// Policies of the market as sections of its file.
pub fn sections(policies: impl IntoIterator<Item = usize>) -> String {
    let section = |at: usize| {
        let it = Policy(at).values(16.0);
        let patience = if it.patience.is_finite() { format!("patience = {}\n", it.patience) } else { String::new() };
        format!(
            "[intents.a.found-{at}]\nlike = \"gives\"\nprior = 0\nholds_out = {}\n\
             tactic = {{ kind = \"polynomial\", starts = {}, over = {} }}\n{patience}",
            it.holds_out, it.starts, it.over
        )
    };
    policies.into_iter().map(section).collect()
}

/// What every plan of the market pays its player in many runs: first those of the file, then the policies. A few policies a file: observers
/// weigh every intent that a file writes.
pub fn truth(runs: u64) -> Vec<f64> {
    let some = |first: usize| {
        let n = market(&sections(first..POLICIES.min(first + 15)));
        let drawing = Drawing::of(&n, 77_777);
        let intents: Vec<usize> = n.intents_of(n.parties().next().expect("there are two")).collect();
        let players = [(n.intents[intents[0]].of, intents)];
        let cells = cells(&n, &players, &drawing, runs, &[], |_| {}).expect("it can be played");
        // What the file writes is paid the same in each.
        cells.at_twice.means().split_off(if first == 0 { 0 } else { 2 })
    };
    (0..POLICIES).step_by(15).flat_map(some).collect()
}

/// Whether what is found pays as much as the best of all to within a point; and for how many of the plans of the file the interval of what they
/// leave on the table holds the truth, of how many.
pub fn finds(n: &Negotiation, truth: &[f64], seed: u64, runs: u64) -> (bool, usize, usize) {
    let found = explored(n, seed, runs, None);
    let best = truth.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let paid = |plan: Plan| match plan {
        Plan::Written(place) => truth[place],
        Plan::Found(policy) => truth[2 + policy.0],
    };
    let within = found.regrets.iter().all(|it| paid(it.best) >= best - 1.0);
    let holds = found.regrets.iter().filter(|it| {
        let gain = paid(it.best) - paid(Plan::Written(it.plan));
        (gain - it.gain.mean).abs() <= 1.96 * it.gain.error
    });
    (within, holds.count(), found.regrets.len())
}
