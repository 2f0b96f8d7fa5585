//! What worlds add up to.

use crate::engine::Drawn;
use crate::model::Negotiation;
use crate::num;

use super::likelihood::{Looked, Plan};
use super::next::Outlooks;

/// Sums over worlds.
#[derive(Debug, Clone)]
pub struct Sums {
    /// `parties[party]`.
    pub parties: Vec<PartySums>,
    /// `of[entry in time]`: of which party it speaks.
    of: Vec<usize>,
}

/// Sums over worlds for one party. All weights hold the likelihood of what the record says of the others.
#[derive(Debug, Clone)]
pub struct PartySums {
    /// `prefix[entries read][intent]`: prior times likelihood.
    pub prefix: Vec<Vec<f64>>,
    /// `flat[intent]`: likelihood of all entries.
    pub flat: Vec<f64>,
    /// `by_reading[reading]`: prior, and prior times likelihood, in its worlds.
    pub by_reading: Vec<[Vec<f64>; 2]>,
    /// `next[intent]`, weighted by prior times likelihood.
    pub next: Vec<Outlooks>,
}

impl Sums {
    pub fn none(n: &Negotiation, plan: &Plan) -> Self {
        let party = |intents: &usize| PartySums {
            prefix: vec![vec![0.0; *intents]; plan.of.len() + 1],
            flat: vec![0.0; *intents],
            by_reading: vec![[vec![0.0; *intents], vec![0.0; *intents]]; n.readings.len()],
            next: vec![Outlooks::default(); *intents],
        };
        Self { parties: plan.intents.iter().map(party).collect(), of: plan.of.clone() }
    }

    /// Adds a world.
    pub fn add(&mut self, drawn: &Drawn, looked: &Looked) {
        // What the record says of each party so far, `likelihood[party][intent]`.
        let mut likelihood: Vec<Vec<f64>> = looked.prior.iter().map(|prior| vec![1.0; prior.len()]).collect();
        let entries = self.of.len();
        for read in 0..=entries {
            if read > 0 {
                let party = self.of[read - 1];
                let exp = |(sum, log): (&mut f64, &f64)| *sum *= num::exp(*log);
                likelihood[party].iter_mut().zip(&looked.log[read - 1]).for_each(exp);
            }
            let means: Vec<f64> = likelihood.iter().zip(&looked.prior).map(|(l, prior)| dot(l, prior)).collect();
            for (p, sums) in self.parties.iter_mut().enumerate() {
                let others: f64 = means.iter().enumerate().filter(|(other, _)| *other != p).map(|(_, m)| m).product();
                let weight = |k: usize| likelihood[p][k] * looked.prior[p][k] * others;
                sums.prefix[read].iter_mut().enumerate().for_each(|(k, sum)| *sum += weight(k));
                if read == entries {
                    sums.last(drawn, looked, p, &weight);
                    sums.flat.iter_mut().enumerate().for_each(|(k, sum)| *sum += likelihood[p][k] * others);
                }
            }
        }
    }

    pub fn merge(&mut self, other: &Self) {
        let add = |mine: &mut [f64], theirs: &[f64]| mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += b);
        for (mine, theirs) in self.parties.iter_mut().zip(&other.parties) {
            mine.prefix.iter_mut().zip(&theirs.prefix).for_each(|(a, b)| add(a, b));
            add(&mut mine.flat, &theirs.flat);
            for (a, b) in mine.by_reading.iter_mut().zip(&theirs.by_reading) {
                a.iter_mut().zip(b).for_each(|(a, b)| add(a, b));
            }
            mine.next.iter_mut().zip(&theirs.next).for_each(|(a, b)| a.merge(b));
        }
    }
}

impl PartySums {
    /// What is asked of a world once the whole record is read.
    fn last(&mut self, drawn: &Drawn, looked: &Looked, party: usize, weight: &impl Fn(usize) -> f64) {
        for (k, prior) in looked.prior[party].iter().enumerate() {
            self.next[k].add(weight(k), &looked.outlook[party][k]);
            if let Some(r) = drawn.reading {
                self.by_reading[r][0][k] += prior;
                self.by_reading[r][1][k] += weight(k);
            }
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
