//! What the next observation would tell.

use crate::engine::talks::Watch;
use crate::num;

use super::spread::{Cells, Spread, aligned};
use super::{Observation, Telling};

/// What a party with one intent would do next in one world.
#[derive(Debug)]
pub struct Outlook {
    /// Chance of each move.
    pub moves: [f64; 6],
    /// Chance that it escalates.
    pub escalates: f64,
    /// Where the share that is seen would lie.
    pub share: Spread,
}

/// Sums of outlooks, each with the weight of its world.
#[derive(Debug, Clone, Default)]
pub struct Outlooks {
    moves: [f64; 6],
    escalates: [f64; 2],
    share: Spread,
}

impl Outlook {
    /// What one intent would do in the round at which the watch stands.
    pub fn of(watch: &Watch, party: usize, place: usize, cells: Cells, noise: f64) -> Self {
        let share = cells.seen(watch.conceded(party, place), noise);
        Self { moves: watch.moves(party, place), escalates: watch.escalates(party, place), share }
    }
}

impl Outlooks {
    pub fn add(&mut self, weight: f64, outlook: &Outlook) {
        use crate::model::Move::{Offer, Ultimatum};
        self.moves.iter_mut().zip(&outlook.moves).for_each(|(sum, p)| *sum += weight * p);
        self.escalates[0] += weight * outlook.escalates;
        self.escalates[1] += weight * (1.0 - outlook.escalates);
        let offers = weight * (outlook.moves[Offer as usize] + outlook.moves[Ultimatum as usize]);
        self.share.add(offers, &outlook.share);
    }

    pub fn merge(&mut self, other: &Self) {
        let add = |mine: &mut [f64], theirs: &[f64]| mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += b);
        add(&mut self.moves, &other.moves);
        add(&mut self.escalates, &other.escalates);
        self.share.add(1.0, &other.share);
    }
}

/// What each kind of observation is expected to tell of the intent, the most telling first.
pub fn rank(outlooks: &[Outlooks]) -> Vec<Telling> {
    let telling = |what, joint: &[Vec<f64>]| {
        let (bits, open) = information(joint);
        Telling { what, bits, share: if open > 0.0 { bits / open } else { 0.0 } }
    };
    let mut all = vec![
        telling(Observation::Move, &outlooks.iter().map(|o| o.moves.to_vec()).collect::<Vec<_>>()),
        telling(Observation::Escalates, &outlooks.iter().map(|o| o.escalates.to_vec()).collect::<Vec<_>>()),
        telling(Observation::Share, &aligned(&outlooks.iter().map(|o| &o.share).collect::<Vec<_>>())),
    ];
    all.sort_by(|a, b| b.bits.total_cmp(&a.bits).then(a.what.cmp(&b.what)));
    all
}

/// Mutual information of an observation and the intent in bits, and the entropy of the intent; `joint[intent][outcome]`
/// are weights ≥ 0.
///
/// ```text
/// I = Σ_{k,o} p(k, o) · log2( p(k, o) / (p(k) · p(o)) )
/// ```
///
/// Source: Lindley (1956).
pub fn information(joint: &[Vec<f64>]) -> (f64, f64) {
    let of_intent: Vec<f64> = joint.iter().map(|row| row.iter().sum()).collect();
    let total: f64 = of_intent.iter().sum();
    if total <= 0.0 {
        return (0.0, 0.0);
    }
    let outcomes = joint.first().map_or(0, Vec::len);
    let of_outcome: Vec<f64> = (0..outcomes).map(|o| joint.iter().map(|row| row[o]).sum()).collect();
    let log2 = |x: f64| num::ln(x) / std::f64::consts::LN_2;
    let mut bits = 0.0;
    for (row, p_k) in joint.iter().zip(&of_intent) {
        for (p, p_o) in row.iter().zip(&of_outcome).filter(|(p, _)| **p > 0.0) {
            bits += p / total * log2(p * total / (p_k * p_o));
        }
    }
    let of = |p: &f64| -p / total * log2(p / total);
    let entropy = of_intent.iter().filter(|p| **p > 0.0).map(of).fold(0.0, |sum, part| sum + part);
    (bits.max(0.0) + 0.0, entropy)
}
