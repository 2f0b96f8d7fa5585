//! Who chooses: the players of a game with what they may want, and what each may then play.

use itertools::Itertools as _;

use crate::engine::Drawing;
use crate::model::{ActorId, InputId, Negotiation};

/// Those who choose: each with its wants, and with the plans of each of these.
#[derive(Debug, Clone, PartialEq)]
pub struct Players(pub Vec<Player>);

/// One who chooses.
#[derive(Debug, Clone, PartialEq)]
pub struct Player {
    /// Who.
    pub actor: ActorId,
    /// Its types, one or more.
    pub types: Vec<Type>,
}

/// What a player may want, and what it may then play.
#[derive(Debug, Clone, PartialEq)]
pub struct Type {
    /// Its want, as a place among the wants; `None`: what file and reading say.
    pub want: Option<usize>,
    /// Its share among the types of the player.
    pub share: f64,
    /// Its plans, as places among the intents: one or more.
    pub plans: Vec<usize>,
}

impl Players {
    /// Those of a negotiation. A type whose plans `[game]` leaves none of is dropped.
    pub fn of(n: &Negotiation) -> Self {
        let player = |(actor, plans): (ActorId, Vec<usize>)| {
            let wants: Vec<usize> = n.wants_of(actor).collect();
            let own = |w: &usize| {
                let may = n.wants[*w].intents.iter().copied().filter(|k| plans.contains(k)).collect();
                Type { want: Some(*w), share: n.wants[*w].prior, plans: may }
            };
            let mut types: Vec<Type> = wants.iter().map(own).filter(|it| !it.plans.is_empty()).collect();
            if types.is_empty() {
                types.push(Type { want: None, share: 1.0, plans });
            }
            let all: f64 = types.iter().map(|it| it.share).sum();
            types.iter_mut().for_each(|it| it.share /= all);
            Player { actor, types }
        };
        Self(n.players().into_iter().map(player).collect())
    }

    /// All combinations of types, the first player's fastest.
    pub fn combinations(&self) -> Vec<Vec<usize>> {
        let sizes: Vec<usize> = self.0.iter().map(|player| player.types.len()).collect();
        places(&sizes)
    }

    /// `plans[plan][type]` of a player: one plan for each of its types, the first type's fastest.
    pub(super) fn plans(&self, player: usize) -> Vec<Vec<usize>> {
        places(&self.0[player].types.iter().map(|it| it.plans.len()).collect_vec())
    }

    /// The share of a combination of types.
    pub(super) fn share(&self, types: &[usize]) -> f64 {
        self.0.iter().zip(types).map(|(player, of)| player.types[*of].share).product()
    }

    /// Who plays what in a combination of types.
    pub fn playing(&self, types: &[usize]) -> Vec<(ActorId, Vec<usize>)> {
        let of = |(player, of): (&Player, &usize)| (player.actor, player.types[*of].plans.clone());
        self.0.iter().zip(types).map(of).collect()
    }

    /// The negotiation in which the players are of these types.
    pub fn wanting(&self, n: &Negotiation, types: &[usize]) -> Negotiation {
        let wants: Vec<usize> = self.0.iter().zip(types).filter_map(|(player, of)| player.types[*of].want).collect();
        n.wanting(&wants)
    }
}

/// A plan that never moves in some account, though no intent without moves can be read: the reading with which all its rates are 0, as
/// a place among the readings, and its place among the intents.
pub fn emptied(n: &Negotiation, players: &Players, drawing: &Drawing) -> Option<(Option<usize>, usize)> {
    let readings: Vec<Option<usize>> = match drawing.accounts.reading {
        None if !n.readings.is_empty() => (0..n.readings.len()).map(Some).collect(),
        reading => vec![reading],
    };
    let plans = || players.0.iter().flat_map(|player| &player.types).flat_map(|of| of.plans.iter().copied()).unique();
    readings.into_iter().find_map(|reading| {
        let laws = n.laws(reading, &drawing.accounts.variants);
        let most = |input: InputId| laws[input.0].support(|of| laws[of.0].support(|_| (0.0, 0.0))).1;
        let never = |k: &usize| n.intents[*k].rates.iter().flatten().all(|rate| most(*rate) <= 0.0);
        plans().find(never).map(|k| (reading, k))
    })
}

/// All numbers of a mixed radix, the first digit fastest.
fn places(sizes: &[usize]) -> Vec<Vec<usize>> {
    let all: usize = sizes.iter().product();
    let digits = |mut place: usize| {
        let digit = |size: &usize| {
            let digit = place % size;
            place /= size;
            digit
        };
        sizes.iter().map(digit).collect()
    };
    (0..all).map(digits).collect()
}
