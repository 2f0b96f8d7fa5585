//! What is on the table, and how it is answered.

use super::course::{Course, End, Place};
use super::step::{Recorder, What};
use super::{Block, Talks};
use crate::model::{ActorId, Package};

/// What is on the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proposal {
    /// A paper of a stage before the last, as its place among the papers.
    Paper(usize),
    /// A whole package.
    Deal(Place),
}

impl<R: Recorder> Course<'_, R> {
    /// The package that a proposal comes to: for a paper, with the rest as it is.
    pub fn package(&self, proposal: Proposal) -> Package {
        match proposal {
            Proposal::Paper(paper) => self.agenda.papers[paper].package.clone(),
            Proposal::Deal((head, tail)) => self.space.package(self.talks.n, head, tail),
        }
    }

    /// What a proposal is worth to a leadership, in units; `None` if a package crosses a red line of it.
    pub fn worth(&self, i: usize, proposal: Proposal) -> Option<i64> {
        match proposal {
            Proposal::Paper(paper) => Some(self.agenda.papers[paper].utilities[i]),
            Proposal::Deal(place) => self.utility(i, place),
        }
    }

    /// Puts a proposal to all but the party that made it, in their order; if enough of them agree, it goes its way.
    pub fn put(&mut self, by: Option<usize>, proposal: Proposal) -> Option<End> {
        let mut consents = vec![false; self.sides.len()];
        by.into_iter().for_each(|i| consents[i] = true);
        for at in 0..self.order.len() {
            let i = self.order[at];
            if Some(i) == by {
                continue;
            }
            let of = self.talks.parties[i].actor;
            let worth = self.worth(i, proposal);
            self.sides[i].hears(worth);
            if let Some(why) = self.answer(i, by, proposal) {
                self.blocked = Block::Refused(of, why);
                self.tell(|| What::Refuses(of, why));
            } else {
                consents[i] = true;
                self.tell(|| What::Accepts(of));
            }
        }
        if !self.is_enough(&consents) {
            return None;
        }
        self.tell(|| What::Agreed);
        self.agree(proposal, consents)
    }

    fn is_enough(&self, consents: &[bool]) -> bool {
        let parties: Vec<ActorId> = self.talks.parties.iter().map(|p| p.actor).collect();
        let consents = |i| parties.iter().zip(consents).any(|(p, yes)| *p == i && *yes);
        self.talks.rules.agree.is_met(&parties, consents)
    }
}

impl Talks<'_> {
    /// Place of an actor among the parties.
    pub(super) fn party(&self, actor: ActorId) -> Option<usize> {
        self.parties.iter().position(|party| party.actor == actor)
    }
}
