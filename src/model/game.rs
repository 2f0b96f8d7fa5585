//! The game over strategies: what a side may want, what it may then play, and who chooses.

use super::{ActorId, InputId, Law, Negotiation};

/// What a side may want: a change of the numbers by which its payoffs are reckoned, apart from what it plays.
///
/// An intent is a policy, and what it refuses or holds out for is a vow that binds play, not payoff (Schelling (1960)). A side
/// for which less is worthless is another want.
#[derive(Debug, Clone, PartialEq)]
pub struct Want {
    /// Whose it may be.
    pub of: ActorId,
    /// Identifier used in the file, unique for the party.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Its weight among the wants of the party, > 0. The author's, never the game's.
    pub prior: f64,
    /// What numbers become, in every reading and with every variant.
    pub set: Vec<(InputId, Law)>,
    /// What a side with this want may play, as places among the intents: at least one.
    pub intents: Vec<usize>,
}

/// Who chooses among what.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Game {
    /// Those who choose, each with its plans as places among the intents; the others draw their intents by prior.
    pub players: Vec<(ActorId, Vec<usize>)>,
    /// Whether runs draw the intents of players as the game has them played, and not by their priors.
    pub draws: bool,
    /// By how many points sides err where they do, > 0.
    pub errs_by: Option<InputId>,
}

/// With what chances intents are played where the game says it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Played {
    /// `chances[reading][intent]`, one entry where there are no readings; `None` of an intent whose party does not choose.
    pub chances: Vec<Vec<Option<f64>>>,
    /// By how much some chance would change if observers began with these.
    pub residual: f64,
}

impl Negotiation {
    /// The wants of a party, in file order; none: it wants what file and reading say.
    pub fn wants_of(&self, actor: ActorId) -> impl Iterator<Item = usize> + '_ {
        self.wants.iter().enumerate().filter(move |(_, want)| want.of == actor).map(|(w, _)| w)
    }

    /// The same negotiation in which some sides have these wants for certain, as places among the wants: what they set holds in
    /// every reading and with every variant.
    #[must_use]
    pub fn wanting(&self, wants: &[usize]) -> Self {
        let mut n = self.clone();
        for (input, law) in wants.iter().flat_map(|w| &self.wants[*w].set) {
            n.inputs.set_law(*input, law.clone());
            n.readings.iter_mut().for_each(|reading| reading.set.retain(|(set, _)| set != input));
            n.variants.iter_mut().for_each(|variant| variant.set.retain(|(set, _)| set != input));
        }
        n
    }

    /// Who chooses: as `[game]` says, else every party with two intents or more, in file order, among all of its own.
    pub fn players(&self) -> Vec<(ActorId, Vec<usize>)> {
        if let Some(game) = self.game.as_ref().filter(|game| !game.players.is_empty()) {
            return game.players.clone();
        }
        let all = self.parties().map(|i| (i, self.intents_of(i).collect::<Vec<_>>()));
        all.filter(|(_, intents)| intents.len() > 1).collect()
    }
}
