//! Favours owed in a run: earned, and spent on consent.

use std::cmp::Reverse;

use super::{Mechanism, course::Course, step::What};
use crate::model::{ActorId, InputId, Move, Owing, OwingId};

impl Course<'_> {
    /// Favours owed when the talks begin; none if the ledger is switched off.
    pub fn opening_balance(&mut self) {
        if self.talks.has(Mechanism::Ledger) {
            self.owed = self.talks.n.ledger.iter().map(|it| self.world.value(it.start)).collect();
        }
    }

    /// Adds favours, unless the ledger is switched off.
    pub fn owes(&mut self, added: &[(OwingId, InputId)]) {
        for (id, by) in added {
            let by = self.world.value(*by);
            if let Some(stock) = self.owed.get_mut(id.0).filter(|_| by > 0.0) {
                *stock += by;
                let stock = *stock;
                self.tell(|| What::Owes { owing: *id, stock });
            }
        }
    }

    /// What a move of an actor adds.
    pub fn owes_for(&mut self, creditor: ActorId, made: Move) {
        self.owes_by(|it| {
            let (_, by) = it.moves.iter().find(|(which, _)| it.to == creditor && *which == made)?;
            Some(*by)
        });
    }

    /// What a mediator is owed by the others when it presses one party.
    pub fn owes_for_pressing(&mut self, creditor: ActorId, pressed: ActorId) {
        self.owes_by(|it| (it.to == creditor && it.by != pressed).then_some(it.per_press));
    }

    fn owes_by(&mut self, added: impl Fn(&Owing) -> Option<InputId>) {
        let accounts = self.talks.n.ledger.iter().enumerate();
        let added: Vec<_> = accounts.filter_map(|(at, it)| Some((OwingId(at), added(it)?))).collect();
        self.owes(&added);
    }

    /// Points that favours would add for a party to a proposal by another (`None`: by the mediator), in units; the
    /// account that they stand on.
    pub fn credit(&self, i: usize, by: Option<usize>) -> Option<(OwingId, i64)> {
        let debtor = self.talks.parties[i].actor;
        let proposer = by.map(|by| self.talks.parties[by].actor);
        let mediates = self.mediator();
        let stands = |to: ActorId| Some(to) == proposer || Some(to) == mediates;
        let accounts = self.talks.n.ledger.iter().zip(&self.owed).enumerate();
        let due = accounts.filter(|(_, (it, stock))| it.by == debtor && stands(it.to) && **stock > 0.0);
        due.map(|(at, (it, stock))| (OwingId(at), self.space.scale.units(self.world.value(it.worth) * stock)))
            .filter(|(_, points)| *points > 0)
            .max_by_key(|(at, points)| (*points, Reverse(&self.talks.n.ledger[at.0].id)))
    }

    /// Spends the favours that consent took: `units` of them.
    pub fn spend(&mut self, id: OwingId, units: i64) {
        let worth = self.world.value(self.talks.n.ledger[id.0].worth);
        if units > 0 && worth > 0.0 {
            let spent = (self.space.scale.points(units) / worth).min(self.owed[id.0]);
            self.owed[id.0] -= spent;
            self.tell(|| What::Spends { owing: id, favours: spent });
        }
    }
}
