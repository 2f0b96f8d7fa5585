//! What worlds add up to, and what that says of each party.

use std::collections::BTreeMap;

use crate::engine::{Drawn, Tally, adds_up, talks::Talks};
use crate::model::{Negotiation, normalised};
use crate::num;

use super::likelihood::{Inquiry, Looked};
use super::next::{Outlook, rank};
use super::said::Said;
use super::{BATCHES, Change, Coding, Decided, Inferred, OfParty, OfReading, Otherwise, Serious, Weight};

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
    /// `otherwise[change]`: prior times likelihood if one entry is read otherwise, in all worlds and in those of each reading.
    otherwise: Vec<Vec<Vec<f64>>>,
    /// `next[intent]`, weighted by prior times likelihood.
    next: Vec<Outlook>,
}

adds_up!(OfWorlds: prefix, flat, by_reading, otherwise, next);

/// Sums over no world.
pub fn none(n: &Negotiation, inquiry: &Inquiry) -> Evidence {
    let party = |intents: &Vec<usize>| {
        let zeros = vec![0.0; intents.len()];
        OfWorlds {
            prefix: vec![zeros.clone(); inquiry.of.len() + 1],
            by_reading: vec![[zeros.clone(), zeros.clone()]; n.readings.len()],
            otherwise: vec![vec![zeros.clone(); 1 + n.readings.len()]; inquiry.changes.len()],
            next: vec![Outlook::default(); intents.len()],
            flat: zeros,
        }
    };
    inquiry.places.iter().map(party).collect()
}

/// Adds a world.
pub fn add(evidence: &mut Evidence, inquiry: &Inquiry, drawn: &Drawn, looked: &Looked) {
    let entries = inquiry.of.len();
    let upto = |read: usize| move |e: usize| if e < read { Coding::Written } else { Coding::Dropped };
    let mut said = Said::nothing(inquiry);
    for read in 0..=entries {
        if let Some(entry) = read.checked_sub(1) {
            said.turns((inquiry, looked), entry, upto(entry), upto(read));
        }
        let weights = weights(&said, looked);
        for (p, (sums, weights)) in evidence.iter_mut().zip(&weights).enumerate() {
            for (k, (likelihood, weight)) in weights.iter().enumerate() {
                sums.prefix[read][k] += weight;
                if read == entries {
                    sums.flat[k] += likelihood;
                    sums.next[k].add(*weight, &looked.outlook[p][k]);
                    if let Some(r) = drawn.reading {
                        sums.by_reading[r][0][k] += looked.prior[p][k];
                        sums.by_reading[r][1][k] += weight;
                    }
                }
            }
        }
    }
    for (at, change) in inquiry.changes.iter().enumerate() {
        let mut said = said.clone();
        let changed = |e: usize| if e == change.entry { change.coding } else { Coding::Written };
        said.turns((inquiry, looked), change.entry, upto(entries), changed);
        for (sums, weights) in evidence.iter_mut().zip(weights(&said, looked)) {
            for (k, (_, weight)) in weights.iter().enumerate() {
                sums.otherwise[at][0][k] += weight;
                if let Some(r) = drawn.reading {
                    sums.otherwise[at][1 + r][k] += weight;
                }
            }
        }
    }
}

/// `weights[party][intent]`: the likelihood of what is read, that of what is said of the others over all that they may be after;
/// and that times the prior.
fn weights(said: &Said, looked: &Looked) -> Vec<Vec<(f64, f64)>> {
    let own = said.likelihood();
    let means: Vec<f64> = own.iter().zip(&looked.prior).map(|(l, prior)| dot(l, prior)).collect();
    let party = |(p, own): (usize, &Vec<f64>)| {
        let others: f64 = means.iter().enumerate().filter(|(other, _)| *other != p).map(|(_, m)| m).product();
        own.iter().zip(&looked.prior[p]).map(|(l, prior)| (l * others, l * others * prior)).collect()
    };
    own.iter().enumerate().map(party).collect()
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
        let batches: Vec<&OfWorlds> = batches.values().map(|batch| &batch[p]).collect();
        of_party(talks.negotiation(), inquiry, p, total, &batches)
    };
    Inferred {
        worlds,
        order: inquiry.order.clone(),
        next_round: inquiry.next_round,
        parties: total.iter().enumerate().map(party).collect(),
    }
}

/// What all worlds say of one party, with those of each batch beside them.
fn of_party(n: &Negotiation, inquiry: &Inquiry, p: usize, total: &OfWorlds, batches: &[&OfWorlds]) -> OfParty {
    let intents = inquiry.places[p].clone();
    let read = inquiry.of.len();
    let (prior, posterior) = (normalised(&total.prefix[0]), normalised(&total.prefix[read]));
    let bits = |from: usize, to: usize, is: &dyn Fn(usize) -> bool| risen(&total.prefix[from], &total.prefix[to], is);
    let said = |e: usize| (0..intents.len()).map(|k| bits(e, e + 1, &|other| other == k)).collect();
    let is_serious = |k: usize| !n.intents[intents[k]].obstructs;
    let obstructed = (0..intents.len()).any(|k| !is_serious(k));
    let likeliest = (0..intents.len()).rev().max_by(|x, y| posterior[*x].total_cmp(&posterior[*y]));
    let asked: Vec<usize> = if obstructed {
        (0..intents.len()).filter(|k| is_serious(*k)).collect()
    } else {
        likeliest.into_iter().collect()
    };
    let share = |weights: &[f64]| weights_of(&normalised(weights), true, &|k| asked.contains(&k));
    // Weights in some worlds, and in those of each batch in which there are any.
    let weight = |of: &dyn Fn(&OfWorlds) -> &[f64], share: &dyn Fn(&[f64]) -> f64| {
        let there = batches.iter().map(|batch| of(batch)).filter(|weights| weights.iter().sum::<f64>() > 0.0);
        interval(share(of(total)), &there.map(share).collect::<Vec<_>>())
    };
    let answer = weight(&|sums| &sums.prefix[read], &share);
    let serious = || {
        let bits = bits(0, read, &is_serious);
        Serious {
            prior: share(&prior),
            posterior: answer,
            by_prior: Decided::of(odds_in_bits(&total.prefix[0], &is_serious)),
            bits,
            even_prior: 1.0 / (1.0 + num::exp(bits * std::f64::consts::LN_2)),
        }
    };
    let drawn = |r: &usize| total.by_reading[*r][0].iter().sum::<f64>() > 0.0;
    let drawn: Vec<usize> = (0..total.by_reading.len()).filter(drawn).collect();
    let sum = |weights: &[f64]| weights.iter().sum::<f64>();
    let sums_of = [0, 1].map(|after| drawn.iter().map(|r| sum(&total.by_reading[*r][after])).sum::<f64>());
    let reading = |r: &usize| OfReading {
        reading: *r,
        prior: normalised(&total.by_reading[*r][0]),
        posterior: normalised(&total.by_reading[*r][1]),
        answer: weight(&|sums| &sums.by_reading[*r][1], &share),
        weight: [0, 1].map(|after| sum(&total.by_reading[*r][after]) / sums_of[after].max(f64::MIN_POSITIVE)),
        odds: {
            let [before, after] = &total.by_reading[*r];
            num::exp(risen(before, after, &|k| asked.contains(&k)) * std::f64::consts::LN_2)
        },
    };
    let otherwise = |(change, sums): (&Change, &Vec<Vec<f64>>)| Otherwise {
        change: Change { entry: inquiry.order[change.entry], ..*change },
        answer: share(&sums[0]),
        by_reading: drawn.iter().map(|r| share(&sums[1 + r])).collect(),
    };
    let own = |(change, _): &(&Change, &Vec<Vec<f64>>)| inquiry.of[change.entry] == p;
    let entries = inquiry.order.iter().enumerate().filter(|(e, _)| inquiry.of[*e] == p);
    OfParty {
        party: n.intents[intents[0]].of,
        posterior: (0..intents.len())
            .map(|k| weight(&|sums| &sums.prefix[read], &|weights| normalised(weights)[k]))
            .collect(),
        serious: obstructed.then(serious),
        evidence: entries.map(|(e, entry)| (*entry, said(e))).collect(),
        flat: normalised(&total.flat),
        by_reading: drawn.iter().map(reading).collect(),
        otherwise: inquiry.changes.iter().zip(&total.otherwise).filter(own).map(otherwise).collect(),
        next: rank(&total.next),
        prior,
        answer,
        asked,
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
