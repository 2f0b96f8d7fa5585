//! Whose turn it is in a round.

use super::chance::pick;
use super::course::Course;
use crate::model::Turns;

impl Course<'_> {
    /// Who alone moves in this round, where only one does.
    pub fn alone_now(&mut self) -> Option<usize> {
        let (parties, round) = (&self.talks.parties, self.round);
        match &self.talks.rules.turns {
            Turns::Shuffled | Turns::InOrder(_) => None,
            Turns::OneSided(who) => self.talks.party(*who),
            Turns::Alternate(first) => {
                let first = self.talks.party(*first)?;
                Some((first + round.saturating_sub(1) as usize) % parties.len())
            }
            Turns::Drawn(weights) => {
                let weight = |of| weights.iter().find(|(i, _)| *i == of).map_or(0.0, |(_, w)| self.world.value(*w));
                let weights: Vec<f64> = parties.iter().map(|party| weight(party.actor)).collect();
                let u = self.luck.order.first_mut()?.at(u64::from(round));
                pick(&weights, u)
            }
        }
    }

    /// Whether a party makes its move in this round: for certain where one alone does, else with the chance Δ, in one round of a
    /// unit of time on average.
    pub fn has_turn(&mut self, i: usize) -> bool {
        if self.talks.rules.turns.are_single() {
            return self.alone == Some(i);
        }
        let step = self.talks.pace.step();
        step >= 1.0 || self.luck.turns[i].at(u64::from(self.round)) < step
    }
}
