//! What is in equilibrium in a table that has errors: the supports that come back when runs are drawn again, each with a bound on
//! what anybody could gain by leaving it.
//!
//! Runs are resampled by index (Efron (1979)), the same for all cells, so that what truly ties stays tied; every resampled table is
//! solved exactly. The bound on regret holds for all profiles at once, and so for those chosen on the same runs:
//!
//! ```text
//! regret_i(σ) = max_k Σ_l σ_i(l) Σ_j σ_−i(j) Δ_klj  ≤  max_k Σ_l σ_i(l) Σ_j σ_−i(j) ( Δ̂_klj + c · s_klj )
//! ```
//!
//! `Δ_klj` is how much more plan k pays than plan l where the others play j, and c the 95 % quantile, over resamples, of the
//! largest |Δ* − Δ̂| / s.

use std::collections::BTreeMap;

use super::errors::Errors;
use super::sample::{Difference, Sample};
use crate::engine::{Streams, Tally, ThreadsError, tally};
use crate::games::{Game, MOST_STRATEGIES, equilibria, nearest, on_grid};

/// What is in equilibrium in a table from runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// The supports that come back in at least a tenth of the resamples, the most frequent first.
    pub supported: Vec<Supported>,
    /// `played[player][plan]`: share of resamples with some equilibrium in which the plan has a chance.
    pub played: Vec<Vec<f64>>,
    /// Resamples.
    pub resamples: u64,
    /// Whether mixed equilibria were searched: of two players with at most [`MOST_STRATEGIES`] plans each.
    pub mixed: bool,
    /// Plans that another plan of the same player beats whatever the others play, beyond error.
    pub dominated: Vec<Dominated>,
}

/// A support that survives: the plans that are played with some chance, and a profile on them.
#[derive(Debug, Clone, PartialEq)]
pub struct Supported {
    /// `support[player]`: its plans, in order.
    pub support: Vec<Vec<usize>>,
    /// Share of resamples in which some equilibrium has this support.
    pub share: f64,
    /// `mixed[player][plan]`: the equilibrium of the table of all runs; where that has none on this support, the mean of those of
    /// resamples.
    pub mixed: Vec<Vec<f64>>,
    /// What it pays each player, in its points.
    pub payoffs: Vec<f64>,
    /// `regrets[player]`.
    pub regrets: Vec<Regret>,
}

/// What a player could gain by leaving a profile, in its points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Regret {
    /// The estimate, ≥ 0.
    pub estimate: f64,
    /// At most so much, with 95 % for all players and profiles together.
    pub at_most: f64,
}

/// A plan that another beats whatever the others play.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dominated {
    /// Whose.
    pub player: usize,
    /// The plan.
    pub worse: usize,
    /// What beats it: of several the one with the greatest least margin.
    pub better: usize,
    /// By at least so many points, whatever the others play, errors counted.
    pub by_at_least: f64,
}

/// A support is listed from this share of resamples on.
const LISTED: f64 = 0.1;

/// Units of the sums of chances over resamples.
const UNITS: f64 = 1_099_511_627_776.0;

/// What resamples add up to.
#[derive(Default)]
struct Found {
    /// By support, a bit a plan: in how many resamples, and the sums of the chances of all plans, in units.
    supports: BTreeMap<Vec<u64>, (u64, Vec<u64>)>,
    /// In how many resamples each plan is played, player by player.
    played: Vec<u64>,
    largest: Vec<f64>,
}

impl Tally for Found {
    fn merge(&mut self, other: Self) {
        for (support, (count, sums)) in other.supports {
            let mine = self.supports.entry(support).or_insert_with(|| (0, vec![0; sums.len()]));
            mine.0 += count;
            mine.1.iter_mut().zip(sums).for_each(|(mine, more)| *mine += more);
        }
        self.played.resize(self.played.len().max(other.played.len()), 0);
        self.played.iter_mut().zip(other.played).for_each(|(mine, theirs)| *mine += theirs);
        self.largest.extend(other.largest);
    }
}

/// What is in equilibrium in a sample, by `resamples` resamples drawn under a seed; on any number of threads the same.
///
/// # Errors
/// [`ThreadsError`].
pub fn settle(
    sample: &Sample,
    resamples: u64,
    seed: u64,
    threads: Option<usize>,
) -> Result<(Settled, Errors), ThreadsError> {
    let streams = Streams::new(seed, "resamples");
    let mut errors = Errors::of(sample);
    let one = |found: &mut Found, b: u64| {
        let mut luck = streams.of_run(b);
        let drawn = (0..sample.runs as u64).map(|position| (luck.at(position) * sample.runs as f64) as usize);
        let means = sample.means_of(drawn);
        found.largest.push(errors.largest(sample, &means));
        let all = profiles(sample, &means);
        found.played.resize(sample.plans.iter().sum(), 0);
        for (at, count) in found.played.iter_mut().enumerate() {
            *count += u64::from(all.iter().any(|mixed| mixed.iter().flatten().nth(at).is_some_and(|p| *p > 0.0)));
        }
        let mut once: BTreeMap<Vec<u64>, Vec<f64>> = BTreeMap::new();
        for mixed in all {
            once.entry(support_of(&mixed)).or_insert_with(|| mixed.concat());
        }
        for (support, chances) in once {
            let mine = found.supports.entry(support).or_insert_with(|| (0, vec![0; chances.len()]));
            mine.0 += 1;
            mine.1.iter_mut().zip(chances).for_each(|(sum, chance)| *sum += (chance * UNITS).round() as u64);
        }
    };
    let work = |found: &mut Found, range: std::ops::Range<u64>| range.for_each(|b| one(found, b));
    let found = tally(resamples, threads, Found::default, work, |_| {})?;
    let Found { supports, played, largest } = found;
    let mut shares = played.into_iter().map(|count| count as f64 / resamples.max(1) as f64);
    let played = sample.plans.iter().map(|plans| shares.by_ref().take(*plans).collect()).collect();
    errors.bootstrapped(sample.runs, largest);
    let whole: BTreeMap<Vec<u64>, Vec<Vec<f64>>> =
        profiles(sample, &sample.means()).into_iter().map(|mixed| (support_of(&mixed), mixed)).collect();
    let mut supported: Vec<Supported> = supports
        .iter()
        .filter(|(_, (count, _))| *count as f64 >= LISTED * resamples as f64)
        .map(|(support, (count, sums))| {
            let mixed = whole.get(support).cloned().unwrap_or_else(|| meant(sample, sums));
            supported(sample, &errors, mixed, *count as f64 / resamples.max(1) as f64)
        })
        .collect();
    supported.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.support.cmp(&b.support)));
    let settled =
        Settled { supported, played, resamples, mixed: is_small(sample), dominated: dominated(sample, &errors) };
    Ok((settled, errors))
}

fn is_small(sample: &Sample) -> bool {
    sample.players() == 2 && sample.plans.iter().all(|plans| *plans <= MOST_STRATEGIES)
}

/// All extreme equilibria of a table, or where that is too large those in pure plans; `[equilibrium][player][plan]`.
pub(super) fn profiles(sample: &Sample, means: &[f64]) -> Vec<Vec<Vec<f64>>> {
    let game: Game = on_grid(&sample.plans, means);
    let pure = || {
        let certain = |(plans, plan): (&usize, usize)| (0..*plans).map(|k| f64::from(u8::from(k == plan))).collect();
        game.pure().into_iter().map(|profile| sample.plans.iter().zip(profile).map(certain).collect()).collect()
    };
    if !is_small(sample) {
        return pure();
    }
    let floats = |mixed: &[crate::games::Exact]| mixed.iter().map(nearest).collect::<Vec<f64>>();
    equilibria(&game)
        .map_or_else(|_| pure(), |all| all.iter().map(|it| vec![floats(&it.row), floats(&it.column)]).collect())
}

/// A bit for every plan that is played.
fn support_of(mixed: &[Vec<f64>]) -> Vec<u64> {
    let bits = |of: &Vec<f64>| of.iter().enumerate().fold(0_u64, |bits, (k, p)| bits | u64::from(*p > 0.0) << (k % 64));
    mixed.iter().map(bits).collect()
}

/// The mean of the profiles of resamples.
fn meant(sample: &Sample, sums: &[u64]) -> Vec<Vec<f64>> {
    let mut sums = sums.iter().map(|sum| *sum as f64);
    let of_player = |plans: &usize| {
        let mine: Vec<f64> = sums.by_ref().take(*plans).collect();
        let all: f64 = mine.iter().sum();
        mine.into_iter().map(|sum| sum / all).collect()
    };
    sample.plans.iter().map(of_player).collect()
}

fn supported(sample: &Sample, errors: &Errors, mixed: Vec<Vec<f64>>, share: f64) -> Supported {
    let plays = |of: &Vec<f64>| of.iter().enumerate().filter(|(_, p)| **p > 0.0).map(|(k, _)| k).collect();
    let means = sample.means();
    let paid = |player: usize| -> f64 {
        let each = (0..sample.plans[player]).map(|plan| {
            let others = sample.others(player, &mixed);
            let pays = others.map(|(place, p)| p * means[sample.with(place, player, plan) * sample.players() + player]);
            mixed[player][plan] * pays.sum::<f64>()
        });
        each.sum()
    };
    Supported {
        support: mixed.iter().map(plays).collect(),
        share,
        payoffs: (0..sample.players()).map(paid).collect(),
        regrets: (0..sample.players()).map(|player| regret(sample, errors, player, &mixed)).collect(),
        mixed,
    }
}

/// By how much the best of a player's plans pays more than one of them, where the others mix, and which it is.
pub(super) fn behind(
    sample: &Sample,
    errors: &Errors,
    player: usize,
    plan: usize,
    mixed: &[Vec<f64>],
) -> (Regret, usize) {
    let mut certain = mixed.to_vec();
    certain[player] = (0..sample.plans[player]).map(|k| f64::from(u8::from(k == plan))).collect();
    let best = super::account::best_plan(sample, player, plan, mixed);
    (regret(sample, errors, player, &certain), best)
}

/// What a player could gain by leaving a profile.
fn regret(sample: &Sample, errors: &Errors, player: usize, mixed: &[Vec<f64>]) -> Regret {
    let others: Vec<(usize, f64)> = sample.others(player, mixed).collect();
    let mut regret = Regret { estimate: 0.0, at_most: 0.0 };
    for plan in 0..sample.plans[player] {
        let (mut mean, mut error) = (0.0, 0.0);
        for (place, chance) in &others {
            for (own, p) in mixed[player].iter().enumerate() {
                let (one, other) = (sample.with(*place, player, plan), sample.with(*place, player, own));
                let found = errors.between(player, one, other);
                mean += chance * p * found.mean;
                error += chance * p * found.error;
            }
        }
        regret.estimate = regret.estimate.max(mean);
        regret.at_most = regret.at_most.max(mean + errors.critical * error);
    }
    regret
}

fn dominated(sample: &Sample, errors: &Errors) -> Vec<Dominated> {
    let places = |player: usize| (0..sample.profiles()).filter(move |place| sample.with(*place, player, 0) == *place);
    let least = |player: usize, worse: usize, better: usize| {
        let margin = |place: usize| {
            let (one, other) = (sample.with(place, player, better), sample.with(place, player, worse));
            let Difference { mean, error } = errors.between(player, one, other);
            mean - errors.critical * error
        };
        places(player).map(margin).fold(f64::INFINITY, f64::min)
    };
    let mut found = Vec::new();
    for player in 0..sample.players() {
        for worse in 0..sample.plans[player] {
            let others = (0..sample.plans[player]).filter(|better| *better != worse);
            let best = others.map(|better| (better, least(player, worse, better))).max_by(|a, b| a.1.total_cmp(&b.1));
            if let Some((better, by_at_least)) = best.filter(|(_, margin)| *margin > 0.0) {
                found.push(Dominated { player, worse, better, by_at_least });
            }
        }
    }
    found
}

/// A quantile of some values: that of rank ⌈p n⌉; NaN of none.
pub(super) fn quantiles(mut values: Vec<f64>, p: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let rank = (p * values.len() as f64).ceil() as usize;
    values.get(rank.clamp(1, values.len().max(1)) - 1).copied().unwrap_or(f64::NAN)
}
