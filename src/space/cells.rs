//! What the rows of a term are made of: the inputs of a cell, and what is felt of it in a world.

use crate::model::{InputId, OptionValue, Outcome, Scale, World, aim_points, claim_worth, doubted, feeling, product};

/// What a cell is made of; equal cells of a term are kept once.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// A value felt from a normal state, with the factors in force on gains and on losses.
    Feeling {
        weight: InputId,
        loss_aversion: Option<InputId>,
        value: OptionValue,
        normal: Option<OptionValue>,
        gains: Vec<InputId>,
        losses: Vec<InputId>,
    },
    /// The claims in force for an aim, with the factors in force on claims; heard (sign 1) or overheard (sign −1).
    Aim {
        claims_weight: InputId,
        share: InputId,
        credence: InputId,
        sign: i64,
        claims: Vec<ClaimCell>,
        factors: Vec<InputId>,
    },
    /// The bonus of a link, where it is in force.
    Link(Option<InputId>),
    /// What no deal would be worth, as far as the leadership doubts the deal: the same everywhere.
    WithoutIt,
}

/// A cell, with the context in which leaders who look ahead see its packages.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Foreseen {
    pub cell: Cell,
    pub context: usize,
}

/// Cells that differ only by the context in which their packages are seen: what is felt of them is worked out once.
#[derive(Debug, Clone)]
pub(super) struct Variants {
    pub cell: Cell,
    pub contexts: Vec<usize>,
}

impl Variants {
    /// Puts cells together; `rows` then name them by their new numbers.
    pub fn of(cells: Vec<Foreseen>, rows: &mut [u32]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut places: Vec<(usize, usize)> = Vec::with_capacity(cells.len());
        for Foreseen { cell, context } in cells {
            let known = all.iter().rev().take(LOOKS_BACK).position(|it| it.cell == cell);
            let at = known.map_or(all.len(), |back| all.len() - 1 - back);
            if known.is_none() {
                all.push(Self { cell, contexts: Vec::new() });
            }
            places.push((at, all[at].contexts.len()));
            all[at].contexts.push(context);
        }
        let (mut first, mut before) = (Vec::with_capacity(all.len()), 0);
        for it in &all {
            first.push(before);
            before += it.contexts.len();
        }
        for row in rows {
            let (at, variant) = places[*row as usize];
            *row = (first[at] + variant) as u32;
        }
        all
    }

    /// What each is worth in a world, in units; `seen` is the [`outlook`](super::outlook) of the score.
    pub fn units<'a>(&'a self, world: &World, seen: &'a [Outcome], scale: Scale) -> impl Iterator<Item = i64> + 'a {
        let felt = self.cell.felt(world);
        self.contexts.iter().map(move |context| {
            let Outcome { doubt, instead } = seen.get(*context).copied().unwrap_or(Outcome::SURE);
            match self.cell {
                Cell::Feeling { .. } | Cell::Link(_) => scale.units(doubted(felt, doubt)),
                Cell::Aim { sign, .. } => sign * scale.units(felt),
                Cell::WithoutIt => scale.units(instead),
            }
        })
    }
}

/// A grid of 1 001 options has as many cells as rows: for an equal one it is enough to look back so far.
pub(super) const LOOKS_BACK: usize = 64;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct ClaimCell {
    pub worth: InputId,
    pub symbolic: bool,
    /// Share overheard; `None` for a claim that is heard.
    pub share: Option<InputId>,
}

impl Cell {
    /// What is felt of it in a world, in points, by somebody who does not look ahead; for claims without their sign.
    fn felt(&self, world: &World) -> f64 {
        let value = |id: InputId| world.value(id);
        match self {
            Self::Feeling { weight, loss_aversion, value: felt, normal, gains, losses } => {
                let z = match normal {
                    Some(normal) => felt.value(value) - normal.value(value),
                    None => felt.value(value),
                };
                let factor = multiply(if z > 0.0 { gains } else { losses }, world);
                feeling(value(*weight), factor, z, loss_aversion.map_or(1.0, value))
            }
            Self::Aim { claims, .. } if claims.is_empty() => 0.0,
            Self::Aim { claims_weight, share, credence, claims, factors, .. } => {
                let factor = multiply(factors, world);
                let credence = value(*credence);
                let worth = |c: &ClaimCell| {
                    c.share.map_or(1.0, value) * claim_worth(value(c.worth), factor, c.symbolic.then_some(credence))
                };
                let best = claims.iter().map(worth).fold(0.0, f64::max);
                aim_points(value(*claims_weight), value(*share), best)
            }
            Self::Link(bonus) => bonus.map_or(0.0, value),
            Self::WithoutIt => 0.0,
        }
    }
}

fn multiply(factors: &[InputId], world: &World) -> f64 {
    match factors {
        [] => 1.0,
        [one] => world.value(*one),
        [one, two] => world.value(*one) * world.value(*two),
        _ => product(&mut factors.iter().map(|id| world.value(*id)).collect::<Vec<_>>()),
    }
}
