//! From sums over worlds to what is said of each party.

use std::collections::BTreeMap;

use crate::engine::talks::Talks;
use crate::model::normalise;
use crate::num;

use super::likelihood::Plan;
use super::sums::{PartySums, Sums};
use super::{Decided, Inferred, OfParty, Serious, Weight, next};

/// What the sums of all blocks, by batch, say.
pub fn of(talks: &Talks, plan: &Plan, worlds: u64, blocks: &BTreeMap<(u64, u64), Sums>) -> Inferred {
    let mut batches: BTreeMap<u64, Sums> = BTreeMap::new();
    for ((batch, _), sums) in blocks {
        batches.entry(*batch).and_modify(|all| all.merge(sums)).or_insert_with(|| sums.clone());
    }
    let batches: Vec<Sums> = batches.into_values().collect();
    let mut total = Sums::none(talks.negotiation(), plan);
    batches.iter().for_each(|batch| total.merge(batch));
    let party = |p: usize| {
        let parts: Vec<&PartySums> = batches.iter().map(|batch| &batch.parties[p]).collect();
        of_party(talks, plan, p, &total.parties[p], &parts)
    };
    Inferred {
        worlds,
        order: plan.order.clone(),
        next_round: plan.next_round,
        parties: (0..plan.parties.len()).map(party).collect(),
    }
}

fn of_party(talks: &Talks, plan: &Plan, p: usize, total: &PartySums, batches: &[&PartySums]) -> OfParty {
    let n = talks.negotiation();
    let intents = plan.places[p].clone();
    let weighed = |sums: &[f64]| {
        let mut shares = sums.to_vec();
        normalise(&mut shares);
        shares
    };
    let last = |sums: &PartySums| weighed(sums.prefix.last().expect("the record is read from its beginning"));
    let (prior, posterior) = (weighed(&total.prefix[0]), last(total));
    let parts: Vec<Vec<f64>> = batches.iter().map(|batch| last(batch)).collect();
    let weight = |of: &dyn Fn(&[f64]) -> f64| {
        let parts: Vec<f64> = parts.iter().map(|shares| of(shares)).collect();
        interval(of(&posterior), &parts)
    };
    let obstructs: Vec<bool> = intents.iter().map(|k| n.intents[*k].obstructs).collect();
    let serious = |shares: &[f64]| -> f64 {
        shares.iter().zip(&obstructs).filter(|(_, obstructs)| !**obstructs).fold(0.0, |sum, (share, _)| sum + share)
    };
    let bits = |before: &[f64], after: &[f64]| {
        (0..before.len()).map(|k| risen(before, after, &|other| other == k)).collect::<Vec<f64>>()
    };
    let (first, all) = (&total.prefix[0], total.prefix.last().expect("the record is read from its beginning"));
    let entries = plan.order.iter().enumerate().filter(|(e, _)| plan.of[*e] == p);
    let reading = |(r, [before, after]): (usize, &[Vec<f64>; 2])| (r, weighed(before), weighed(after));
    let drawn = |(_, [before, _]): &(usize, &[Vec<f64>; 2])| before.iter().sum::<f64>() > 0.0;
    OfParty {
        party: n.intents[intents[0]].of,
        posterior: (0..intents.len()).map(|k| weight(&|shares| shares[k])).collect(),
        serious: obstructs.contains(&true).then(|| {
            let bits = risen(first, all, &|k| !obstructs[k]);
            Serious {
                prior: serious(&prior),
                posterior: weight(&serious),
                by_prior: Decided::of(odds_in_bits(first, &|k| !obstructs[k])),
                bits,
                even_prior: 1.0 / (1.0 + exp2(bits)),
            }
        }),
        evidence: entries.map(|(e, entry)| (*entry, bits(&total.prefix[e], &total.prefix[e + 1]))).collect(),
        flat: weighed(&total.flat),
        by_reading: total.by_reading.iter().enumerate().filter(drawn).map(reading).collect(),
        next: next::rank(&total.next),
        prior,
        intents,
    }
}

/// Most bits that a record is said to have moved odds by: beyond them nothing is told apart from certainty. Assumption.
const MOST_BITS: f64 = 1_000.0;

/// log2( odds after / odds before ) of what `is` picks, within ±[`MOST_BITS`]; 0 where the weights before leave it no
/// chance or no doubt, which no record can change.
fn risen(before: &[f64], after: &[f64], is: &dyn Fn(usize) -> bool) -> f64 {
    let (before, after) = (odds_in_bits(before, is), odds_in_bits(after, is));
    if before.is_infinite() || after.is_nan() { 0.0 } else { (after - before).clamp(-MOST_BITS, MOST_BITS) + 0.0 }
}

/// log2 of the weights that `is` picks against all others: ±∞ where one side has none.
fn odds_in_bits(weights: &[f64], is: &dyn Fn(usize) -> bool) -> f64 {
    let sum = |side: bool| weights.iter().enumerate().filter(|(k, _)| is(*k) == side).fold(0.0, |sum, (_, w)| sum + w);
    (num::ln(sum(true)) - num::ln(sum(false))) / std::f64::consts::LN_2
}

fn exp2(bits: f64) -> f64 {
    num::exp(bits * std::f64::consts::LN_2)
}

/// Batch means: the weight ± t · s / √B, with the spread s of the weights of B batches and t the 97.5 % quantile of
/// Student's distribution with B − 1 degrees of freedom; all of [0, 1] where batches are too few to tell.
///
/// Source: Law and Kelton (2000).
fn interval(weight: f64, batches: &[f64]) -> Weight {
    /// t for 19 degrees of freedom: all batches are there once there are 20 worlds.
    const T: f64 = 2.093_024_054_408_263;
    let count = batches.len() as f64;
    if count < super::BATCHES as f64 {
        return Weight { weight, low: 0.0, high: 1.0 };
    }
    let mean = batches.iter().sum::<f64>() / count;
    let variance = batches.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (count - 1.0);
    let reach = T * (variance / count).sqrt();
    Weight { weight, low: (weight - reach).max(0.0), high: (weight + reach).min(1.0) }
}
