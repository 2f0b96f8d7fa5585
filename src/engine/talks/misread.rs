//! What a party makes of what issues weigh with the others, where it misreads them.

use super::{Mechanism, Party, course::Course};
use crate::space::{LazyTables, Tables};

/// `misread[party][other]`: scores of the others as a party reads them, made when it first looks for a package to offer.
pub(super) type Misread = Vec<Vec<LazyTables>>;

/// A run begins: nothing is read yet.
pub(super) fn begin(parties: &[Party], misread: &mut Misread) {
    misread.resize_with(parties.len(), Vec::new);
    for (party, tables) in parties.iter().zip(misread) {
        tables.resize_with(party.others.len(), LazyTables::default);
        tables.iter_mut().for_each(LazyTables::clear);
    }
}

impl<'c> Course<'c> {
    /// The scores of another as a party reads them, by its place among those whose consent the party may need; `None` where
    /// it reads them right.
    ///
    /// ```text
    /// weight as read = weight · max(0, min(2, 1 + sd · z)),  z standard normal, one for each issue of each other party
    /// ```
    pub fn read(&self, i: usize, at: usize) -> Option<&'c Tables> {
        let spread = self.world.value(self.talks.n.actor(self.talks.parties[i].actor).misreads);
        let misreads = spread > 0.0 && self.talks.has(Mechanism::Misreading);
        misreads.then(|| self.misread[i][at].get(|tables| self.fill_as_read(i, at, spread, tables)))
    }

    fn fill_as_read(&self, i: usize, at: usize, spread: f64, tables: &mut Tables) {
        let (talks, party, mut world) = (self.talks, &self.talks.parties[i], self.world.clone());
        for (weight, stream) in &party.reads[at] {
            let z = talks.normal.at(talks.misreading.uniform_of(*stream, self.drawn.run));
            world.values[weight.0] *= (1.0 + spread * z).clamp(0.0, 2.0);
        }
        let other = &talks.parties[party.others[at]];
        self.space.plans[other.score].fill(&world, self.space.scale, &self.space.layout, tables);
    }
}
