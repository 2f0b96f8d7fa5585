//! What is best for one side, given what the others bear.

use super::super::{Gate, Lanes, Question, Search, Slack, Space, WorldTables};
use crate::model::{ActorId, Negotiation, Package, Scores, World};

/// The package that a party likes most of those granted that enough of the others bear: no worse than no deal for them and no
/// defeat. It crosses no red line of its leadership; its own audiences are not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BestFor {
    /// The party.
    pub party: ActorId,
    /// The package: the first that no other as good for the party dominates.
    pub package: Package,
    /// `utility[party]`, in units of the scale of slacks, parties in file order.
    pub utility: Vec<i64>,
}

impl BestFor {
    pub(super) fn of(n: &Negotiation, scores: &Scores, world: &World, party: ActorId, number: u128) -> Self {
        let package = n.space.package(number);
        let utility = n.parties().map(|i| scores.leadership(world, i, &package)).collect();
        Self { party, package, utility }
    }
}

/// What is best for each party, from tables.
pub(super) fn best_for(
    n: &Negotiation,
    space: &Space,
    (world, tables): (&World, &WorldTables),
    (question, lanes): (&Question, Lanes),
    available: &Gate,
) -> Vec<BestFor> {
    let scores = Scores::new(n, space.scale);
    let best = |i: ActorId| {
        let (_, own) = question.rational.iter().find(|(party, _)| *party == i)?;
        let signed = question.rational.iter().filter(|(party, _)| *party != i).map(|(_, test)| *test);
        let borne = question.borne.iter().filter(|judge| judge.party != i).map(|judge| judge.test);
        let utility = Slack { test: own.asked_for(None), span: 1.0 };
        let search = Search { lanes, slacks: vec![utility], tests: signed.chain(borne).collect() };
        let (most, head, tail) = search.greatest(available, f64::NEG_INFINITY)?;
        let (_, (head, tail)) = space.equals(n, tables, &search, available, (most, (head, tail)));
        Some(BestFor::of(n, &scores, world, i, u128::from(space.number(head, tail))))
    };
    n.parties().filter_map(best).collect()
}
