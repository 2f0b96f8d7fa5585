//! Which heads can hold a package that is good enough for two at once: a bound, so that searches look at few of them.
//!
//! A package with own score ≥ a and other score ≥ b has λ·own + other ≥ λ·a + b for every λ ≥ 0. The most that a head
//! reaches of such a sum depends on the head only through the two scores' contexts, of which there are few pairs.

use super::kernel::{Lanes, Test};
use super::plan::{FLAG, ScorePlan};

/// The pairs of contexts of two scores, the same in every world.
#[derive(Debug, Clone)]
pub struct ContextPairs {
    /// `pair_of[head]`.
    pair_of: Vec<u32>,
    /// `pairs[pair]`: context of the own score, context of the other.
    pairs: Vec<(u32, u32)>,
}

impl ContextPairs {
    /// The pairs of contexts of two plans.
    pub fn of(own: &ScorePlan, other: &ScorePlan) -> Self {
        let all: Vec<(u32, u32)> = own.context_of.iter().copied().zip(other.context_of.iter().copied()).collect();
        let mut pairs = all.clone();
        pairs.sort_unstable();
        pairs.dedup();
        let place = |pair: &(u32, u32)| pairs.binary_search(pair).expect("every pair is among the pairs") as u32;
        Self { pair_of: all.iter().map(place).collect(), pairs }
    }
}

/// Ratios at which two scores are added.
const RATIOS: [f32; 3] = [0.4, 1.0, 2.5];

/// Bounds of two scores over the packages of each of some heads.
#[derive(Debug, Clone)]
pub struct Envelope {
    own: Vec<i32>,
    other: Vec<i32>,
    /// Weights of the own score.
    weights: [f32; 3],
    /// `sums[ratio][place]`: the most of weight · own + other.
    sums: [Vec<f32>; 3],
}

impl Envelope {
    /// The bounds of two scores over some heads in one world; `exchange` is how many units of the other make one of
    /// one's own.
    pub fn of(pairs: &ContextPairs, heads: &[u32], own: &Test, other: &Test, exchange: f64) -> Self {
        let weights = RATIOS.map(|ratio| ratio * exchange as f32);
        // Few heads meet few pairs: only what is met is worked out.
        let mut most: Vec<Option<[f32; 3]>> = vec![None; pairs.pairs.len()];
        let mut sums: [Vec<f32>; 3] = std::array::from_fn(|_| Vec::with_capacity(heads.len()));
        for head in heads.iter().map(|head| *head as usize) {
            let pair = pairs.pair_of[head] as usize;
            let most = *most[pair].get_or_insert_with(|| most_of(pairs.pairs[pair], own, other, weights));
            let (mine, theirs) = (own.tables.head[head] as f32, other.tables.head[head] as f32);
            for r in 0..RATIOS.len() {
                sums[r].push(most[r] + (weights[r] * mine + theirs));
            }
        }
        let tops = |test: &Test| heads.iter().map(|head| test.tables.top[*head as usize]).collect();
        Self { own: tops(own), other: tops(other), weights, sums }
    }

    /// Clears `mask[place]` where no package of the head at this place can reach both lines; never wrongly.
    pub fn narrow(&self, lanes: Lanes, own: i32, other: i32, mask: &mut [i32]) {
        // Single precision keeps 24 bits; scores have 30, so sums of a few of them may miss by some hundred units each.
        let needed = self.weights.map(|w| w * own as f32 + other as f32 - (1.0 + w) * 1_024.0);
        lanes.run(
            #[inline(always)]
            || {
                let n = mask.len();
                let (mine, theirs, sums) = (&self.own[..n], &self.other[..n], self.sums.each_ref().map(|s| &s[..n]));
                for h in 0..n {
                    mask[h] &= -i32::from(mine[h] >= own) & -i32::from(theirs[h] >= other);
                    mask[h] &= -i32::from(sums[0][h] >= needed[0]);
                    mask[h] &= -i32::from(sums[1][h] >= needed[1]) & -i32::from(sums[2][h] >= needed[2]);
                }
            },
        );
    }
}

/// The most of weight · own + other over the tails of a pair of contexts.
fn most_of((a, b): (u32, u32), own: &Test, other: &Test, weights: [f32; 3]) -> [f32; 3] {
    let mut most = [f32::NEG_INFINITY; 3];
    for (mine, theirs) in own.tables.row(a).iter().zip(other.tables.row(b)) {
        // What a red line excludes is no package.
        let excluded = *mine == FLAG || *theirs == FLAG;
        let (mine, theirs) = (*mine as f32, if excluded { f32::NEG_INFINITY } else { *theirs as f32 });
        for r in 0..RATIOS.len() {
            most[r] = most[r].max(weights[r] * mine + theirs);
        }
    }
    most
}
