//! The policies among which exploration looks: each is an intent of the file that comes down on a clock of its own.
//!
//! A family is finite and stated, so that *no policy of these gains more* can be said of all of it. Of the span of the talks T, the
//! shorter of horizon and public deadline, each policy takes
//!
//! ```text
//! starts ∈ {0, ⅛ … 1} · T    over ∈ {⅛, ¼, ½, 1, 2} · T    holds out for {0, ¼, ½} of best − W    patience ∈ {¼ T, ½ T, none}
//! ```
//!
//! and comes down in equal steps from `starts` on. Everything else, its moves, what it refuses, what it does outside the room, is as in the
//! intent that it is like. Source: assumption.

use super::players::{Players, Type};
use crate::engine::Drawing;
use crate::model::{Input, InputId, InputKind, Law, Negotiation, Quantity, Tactic, World, likeliest};

/// When a policy begins to come down, as shares of the span.
pub const STARTS: [f64; 9] = [0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0];
/// In what time it then concedes all.
pub const OVER: [f64; 5] = [0.125, 0.25, 0.5, 1.0, 2.0];
/// The share of the way from no deal to its best package that it never gives up.
pub const HOLDS_OUT: [f64; 3] = [0.0, 0.25, 0.5];
/// After what time it leaves, if it does.
pub const PATIENCE: [Option<f64>; 3] = [Some(0.25), Some(0.5), None];

/// Policies of a family.
pub const POLICIES: usize = STARTS.len() * OVER.len() * HOLDS_OUT.len() * PATIENCE.len();

/// A policy of a family, by its number, below [`POLICIES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Policy(pub usize);

/// What a policy comes to, in units of time and as a share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Values {
    /// The time before which nothing is conceded.
    pub starts: f64,
    /// The time in which all is conceded then.
    pub over: f64,
    /// The share of the way that is never given up.
    pub holds_out: f64,
    /// The time after which it leaves; infinite if it stays.
    pub patience: f64,
}

impl Policy {
    /// What it comes to in talks of a span, in units of time.
    pub fn values(self, span: f64) -> Values {
        let (at, of) = (self.0, [STARTS.len(), OVER.len(), HOLDS_OUT.len()]);
        Values {
            starts: span * STARTS[at % of[0]],
            over: span * OVER[at / of[0] % of[1]],
            holds_out: HOLDS_OUT[at / (of[0] * of[1]) % of[2]],
            patience: PATIENCE[at / (of[0] * of[1] * of[2])].map_or(f64::INFINITY, |share| span * share),
        }
    }
}

/// A negotiation in which each player has one intent more, that of whatever policy is asked for.
#[derive(Debug, Clone)]
pub struct Family {
    /// The negotiation.
    pub n: Negotiation,
    /// The span of its talks, in units of time.
    pub span: f64,
    /// `slots[player][type]`.
    pub slots: Vec<Vec<Slot>>,
}

/// The intent of a policy of one type of a player.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Its place among the intents.
    pub intent: usize,
    /// The intent that it is like.
    pub like: usize,
    starts: InputId,
    over: InputId,
    holds_out: InputId,
    patience: InputId,
}

impl Slot {
    /// Makes the intent that of a policy.
    pub fn play(&self, values: Values, world: &mut World) {
        let each = [
            (self.starts, values.starts),
            (self.over, values.over),
            (self.holds_out, values.holds_out),
            (self.patience, values.patience),
        ];
        each.into_iter().for_each(|(input, value)| world.values[input.0] = value);
    }
}

impl Family {
    /// The families of all players under one account, each like the likeliest of the type's plans that means to concede; of a type that
    /// has none, like the likeliest.
    pub fn of(n: &Negotiation, players: &Players, drawing: &Drawing) -> Self {
        let laws = n.laws(drawing.accounts.reading, &drawing.accounts.variants);
        let mut n = n.clone();
        let horizon = n.pace().time(n.horizon);
        let deadline = n.talks.as_ref().and_then(|talks| talks.deadline).map(|input| likeliest(&laws, input));
        let span = deadline.map_or(horizon, |deadline| deadline.min(horizon));
        let like = |of: &Type| {
            let prior = |k: &usize| likeliest(&laws, n.intents[*k].prior);
            let means = of.plans.iter().copied().filter(|k| !n.intents[*k].obstructs);
            let likeliest = |all: Vec<usize>| all.into_iter().reduce(|a, b| if prior(&b) > prior(&a) { b } else { a });
            likeliest(means.collect()).or_else(|| likeliest(of.plans.clone())).unwrap_or(0)
        };
        let likes: Vec<Vec<usize>> = players.0.iter().map(|it| it.types.iter().map(like).collect()).collect();
        let slots = likes.into_iter().map(|likes| likes.into_iter().map(|like| slot(&mut n, like)).collect()).collect();
        Self { n, span, slots }
    }
}

/// One intent more, like another.
fn slot(n: &mut Negotiation, like: usize) -> Slot {
    let place = n.intents.len();
    let mut intent = n.intents[like].clone();
    // No file has an identifier with a space.
    intent.id = format!("policy {place}");
    let owner = n.actor(intent.of).id.clone();
    let mut input = |key: &str, value: f64| {
        n.inputs.add(Input {
            path: format!("intents.{owner}.{}.{key}", intent.id),
            law: Law::Own(Quantity::fixed(value).expect("0 and 1 are finite")),
            kind: InputKind::Value,
            numbers: "assumption".to_owned(),
            written: false,
        })
    };
    let [starts, over, holds_out, patience] = ["starts", "over", "holds_out", "patience"].map(|key| input(key, 1.0));
    intent.tactic = Tactic::Polynomial {
        kappa: input("kappa", 0.0),
        beta: input("beta", 1.0),
        over: Some(over),
        starts: Some(starts),
    };
    // Nobody draws it, and nobody expects it.
    intent.prior = input("prior", 0.0);
    (intent.holds_out, intent.patience) = (Some(holds_out), Some(patience));
    n.intents.push(intent);
    Slot { intent: place, like, starts, over, holds_out, patience }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_has_405_policies_and_no_two_are_the_same() {
        assert_eq!(POLICIES, 405);
        let all: Vec<Values> = (0..POLICIES).map(|at| Policy(at).values(8.0)).collect();
        assert!(all.iter().enumerate().all(|(i, one)| !all[..i].contains(one)));
        let first = Values { starts: 0.0, over: 1.0, holds_out: 0.0, patience: 2.0 };
        let last = Values { starts: 8.0, over: 16.0, holds_out: 0.5, patience: f64::INFINITY };
        assert_eq!((all[0], all[404]), (first, last));
    }
}
