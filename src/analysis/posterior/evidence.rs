//! What worlds add up to, and what that says of each party.

use std::collections::BTreeMap;

use crate::engine::{Drawn, Tally, adds_up, talks::Talks};
use crate::model::{Negotiation, normalised};
use crate::num;

use super::likelihood::{Inquiry, Looked};
use super::next::{Outlook, rank};
use super::{BATCHES, Decided, Inferred, OfParty, Serious, Weight};

/// Sums over worlds, party by party.
pub type Evidence = Vec<OfWorlds>;

/// Sums over worlds for one party. All weights hold the likelihood of what the record says of the others.
#[derive(Debug, Clone)]
pub struct OfWorlds {
    /// `prefix[entries read][intent]`: prior times likelihood.
    prefix: Vec<Vec<f64>>,
    /// `flat[intent]`: likelihood of all entries.
    flat: Vec<f64>,
    /// `by_reading[reading]`: prior, and prior times likelihood, in its worlds.
    by_reading: Vec<[Vec<f64>; 2]>,
    /// `next[intent]`, weighted by prior times likelihood.
    next: Vec<Outlook>,
}

adds_up!(OfWorlds: prefix, flat, by_reading, next);

/// Sums over no world.
pub fn none(n: &Negotiation, inquiry: &Inquiry) -> Evidence {
    let party = |intents: &Vec<usize>| {
        let zeros = vec![0.0; intents.len()];
        OfWorlds {
            prefix: vec![zeros.clone(); inquiry.of.len() + 1],
            by_reading: vec![[zeros.clone(), zeros.clone()]; n.readings.len()],
            next: vec![Outlook::default(); intents.len()],
            flat: zeros,
        }
    };
    inquiry.places.iter().map(party).collect()
}

/// Adds a world.
pub fn add(evidence: &mut Evidence, inquiry: &Inquiry, drawn: &Drawn, looked: &Looked) {
    // What the record says of each party so far, `likelihood[party][intent]`.
    let mut likelihood: Vec<Vec<f64>> = looked.prior.iter().map(|prior| vec![1.0; prior.len()]).collect();
    let entries = inquiry.of.len();
    for read in 0..=entries {
        if read > 0 {
            let exp = |(sum, log): (&mut f64, &f64)| *sum *= num::exp(*log);
            likelihood[inquiry.of[read - 1]].iter_mut().zip(&looked.log[read - 1]).for_each(exp);
        }
        let means: Vec<f64> = likelihood.iter().zip(&looked.prior).map(|(l, prior)| dot(l, prior)).collect();
        for (p, sums) in evidence.iter_mut().enumerate() {
            let others: f64 = means.iter().enumerate().filter(|(other, _)| *other != p).map(|(_, m)| m).product();
            for (k, prior) in looked.prior[p].iter().enumerate() {
                let weight = likelihood[p][k] * prior * others;
                sums.prefix[read][k] += weight;
                if read == entries {
                    sums.flat[k] += likelihood[p][k] * others;
                    sums.next[k].add(weight, &looked.outlook[p][k]);
                    if let Some(r) = drawn.reading {
                        sums.by_reading[r][0][k] += prior;
                        sums.by_reading[r][1][k] += weight;
                    }
                }
            }
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// What the sums of all blocks, by batch and first world, say.
pub fn told(talks: &Talks, inquiry: &Inquiry, worlds: u64, blocks: BTreeMap<(u64, u64), Evidence>) -> Inferred {
    let mut batches: BTreeMap<u64, Evidence> = BTreeMap::new();
    for ((batch, _), sums) in blocks {
        Tally::merge(&mut batches, BTreeMap::from([(batch, sums)]));
    }
    let mut total = none(talks.negotiation(), inquiry);
    batches.values().for_each(|batch| total.merge(batch.clone()));
    let party = |(p, total): (usize, &OfWorlds)| {
        let parts: Vec<Vec<f64>> =
            batches.values().map(|batch| normalised(&batch[p].prefix[inquiry.of.len()])).collect();
        of_party(talks.negotiation(), inquiry, p, total, &parts)
    };
    Inferred {
        worlds,
        order: inquiry.order.clone(),
        next_round: inquiry.next_round,
        parties: total.iter().enumerate().map(party).collect(),
    }
}

/// What all worlds say of one party; `parts[batch]` are the weights of its intents in each batch.
fn of_party(n: &Negotiation, inquiry: &Inquiry, p: usize, total: &OfWorlds, parts: &[Vec<f64>]) -> OfParty {
    let intents = inquiry.places[p].clone();
    let read = inquiry.of.len();
    let (prior, posterior) = (normalised(&total.prefix[0]), normalised(&total.prefix[read]));
    let weight = |of: &dyn Fn(&[f64]) -> f64| {
        let parts: Vec<f64> = parts.iter().map(|shares| of(shares)).collect();
        interval(of(&posterior), &parts)
    };
    let bits = |from: usize, to: usize, is: &dyn Fn(usize) -> bool| risen(&total.prefix[from], &total.prefix[to], is);
    let said = |e: usize| (0..intents.len()).map(|k| bits(e, e + 1, &|other| other == k)).collect();
    let is_serious = |k: usize| !n.intents[intents[k]].obstructs;
    let share = |shares: &[f64]| weights_of(shares, true, &is_serious);
    let serious = || {
        let bits = bits(0, read, &is_serious);
        Serious {
            prior: share(&prior),
            posterior: weight(&share),
            by_prior: Decided::of(odds_in_bits(&total.prefix[0], &is_serious)),
            bits,
            even_prior: 1.0 / (1.0 + num::exp(bits * std::f64::consts::LN_2)),
        }
    };
    let reading = |(r, [before, after]): (usize, &[Vec<f64>; 2])| (r, normalised(before), normalised(after));
    let drawn = |(_, [before, _]): &(usize, &[Vec<f64>; 2])| before.iter().sum::<f64>() > 0.0;
    let entries = inquiry.order.iter().enumerate().filter(|(e, _)| inquiry.of[*e] == p);
    OfParty {
        party: n.intents[intents[0]].of,
        posterior: (0..intents.len()).map(|k| weight(&|shares| shares[k])).collect(),
        serious: (0..intents.len()).any(|k| !is_serious(k)).then(serious),
        evidence: entries.map(|(e, entry)| (*entry, said(e))).collect(),
        flat: normalised(&total.flat),
        by_reading: total.by_reading.iter().enumerate().filter(drawn).map(reading).collect(),
        next: rank(&total.next),
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
    let [picked, others] = [true, false].map(|side| num::ln(weights_of(weights, side, is)));
    (picked - others) / std::f64::consts::LN_2
}

/// The sum of the weights that `is` picks, or of all others.
fn weights_of(weights: &[f64], side: bool, is: &dyn Fn(usize) -> bool) -> f64 {
    weights.iter().enumerate().filter(|(k, _)| is(*k) == side).fold(0.0, |sum, (_, weight)| sum + weight)
}

/// Batch means: the weight ± t · s / √B, with the spread s of the weights of B batches and t the 97.5 % quantile of
/// Student's distribution with B − 1 degrees of freedom; all of [0, 1] where batches are too few to tell.
///
/// Source: Law and Kelton (2000).
fn interval(weight: f64, batches: &[f64]) -> Weight {
    /// t for 19 degrees of freedom: all batches are there once there are 20 worlds.
    const T: f64 = 2.093_024_054_408_263;
    let count = batches.len() as f64;
    if count < BATCHES as f64 {
        return Weight { weight, low: 0.0, high: 1.0 };
    }
    let mean = batches.iter().sum::<f64>() / count;
    let variance = batches.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (count - 1.0);
    let reach = T * (variance / count).sqrt();
    Weight { weight, low: (weight - reach).max(0.0), high: (weight + reach).min(1.0) }
}
