//! A record read in several ways: with priors that somebody wrote or the game makes, and with likelihoods by hand or by play.

use crate::analysis::{Inferred, Likelihoods, OfParty, Settings, infer};
use crate::choice::played_by_the_game;
use crate::engine::CannotRun;
use crate::model::Negotiation;

use super::choices::RUNS_OF_A_CELL;

/// One way to read a record, and what it then says.
#[derive(Debug, Clone, PartialEq)]
pub struct WayToRead {
    /// Whether the prior is how the game of each account has intents played, made without the record; else as the file writes it.
    pub by_the_game: bool,
    /// Where the likelihoods come from.
    pub by: Likelihoods,
    /// What the record says.
    pub inferred: Inferred,
}

impl WayToRead {
    /// The weight of what is asked of a party, as `of` has it, before and after the record: reading by reading, or over all where there are
    /// none.
    pub fn asked(&self, of: &OfParty) -> Vec<(f64, f64)> {
        let Some(own) = self.inferred.parties.iter().find(|own| own.party == of.party) else { return Vec::new() };
        let sum = |weights: &dyn Fn(usize) -> f64| of.asked.iter().map(|k| weights(*k)).sum();
        if own.by_reading.is_empty() {
            return vec![(sum(&|k| own.prior[k]), sum(&|k| own.posterior[k].weight))];
        }
        own.by_reading.iter().map(|it| (sum(&|k| it.prior[k]), sum(&|k| it.posterior[k]))).collect()
    }
}

/// Reads a record with both priors and both kinds of likelihood, first as the file writes it and by hand; without the game's where it cannot
/// say how intents are played, as it is for two players alone. `done` hears how many worlds are done, of four times as many.
///
/// # Errors
/// [`CannotRun`].
pub fn read_in_all_ways(
    n: &Negotiation,
    settings: &Settings,
    done: impl Fn(u64) + Sync,
) -> Result<Vec<WayToRead>, CannotRun> {
    let mut written = n.clone();
    written.played = None;
    let played = played_by_the_game(&written, &settings.drawing, RUNS_OF_A_CELL)?;
    let mut priors = vec![(false, written.clone())];
    priors.extend(played.map(|played| (true, Negotiation { played: Some(played), ..written })));
    let mut ways = Vec::new();
    for (by_the_game, n) in &priors {
        for by in [Likelihoods::ByHand, Likelihoods::ByPlay] {
            let made = ways.len() as u64 * settings.runs;
            let inferred = infer(n, settings, by, |worlds| done(made + worlds))?;
            ways.push(WayToRead { by_the_game: *by_the_game, by, inferred });
        }
    }
    Ok(ways)
}
