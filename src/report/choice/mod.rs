//! Who chooses: the game over intents as a page and as data.

mod data;
mod explored;
mod held;
mod page;
mod sentences;
mod tables;

use itertools::Itertools as _;
use serde_json::Value;

use crate::ask::{Choices, GameAsked, GamePlayed, GameWanted, Map};
use crate::choice::{Asked, Explored, Held, OfAccount, Players, Sought, Supported, Type};
use crate::model::{ActorId, Negotiation};
use crate::report::frame::Frame;
use crate::report::who::Who;
use crate::text::words::{fixed, visible};

pub use data::summary;
pub use page::page;
pub use tables::sheet;

/// A game over intents, played.
#[derive(Debug, Clone, Copy)]
pub struct Chosen<'a> {
    /// The negotiation, as changed from outside the file.
    pub n: &'a Negotiation,
    /// What was asked.
    pub asked: &'a Asked,
    /// What was chosen beyond the file.
    pub choices: &'a Choices,
    /// Who chooses.
    pub players: &'a Players,
    /// Account by account.
    pub accounts: &'a [OfAccount],
    /// What was found beyond the intents of the file, account by account; empty where nobody looked.
    pub explored: &'a [Explored],
    /// Runs of each cell at each value of a number that is held.
    pub held_runs: u64,
    /// Where the plan that is asked about breaks even, each with the place of its account.
    pub held: &'a [(usize, Held)],
    /// Who would choose what where two numbers are held; `None` where none are.
    pub map: Option<&'a Map>,
}

/// The document that `winset game --json` prints of a game that was played, with what was wanted of the scenario called `name`.
pub fn document(chosen: &Chosen, name: &str, wanted: &GameWanted) -> Value {
    let asked = chosen.asked;
    let frame = Frame::of("game", name, chosen.n, chosen.choices).asking("resamples", asked.resamples);
    let frame =
        frame.asking("runs", asked.runs).asking("for", wanted.about.as_deref()).asking("held_runs", chosen.held_runs);
    let frame = frame
        .asking("break_even", wanted.break_even.clone())
        .asking("map", wanted.map.clone())
        .asking("explore", wanted.explore);
    frame.around(summary(chosen))
}

impl<'a> Chosen<'a> {
    /// A game that was played, with what was asked of it.
    pub fn of(n: &'a Negotiation, asked: &'a GameAsked, played: &'a GamePlayed) -> Self {
        let GamePlayed { players, accounts, explored, held, map } = played;
        let (choices, held_runs, map) = (&asked.choices, asked.held_runs, map.as_ref());
        Self { n, asked: &asked.asked, choices, players, accounts, explored, held_runs, held, map }
    }

    /// An account by name: `Pastukhov: symbols, …`; `the file` where there is none.
    fn account(&self, of: &OfAccount) -> String {
        of.reading.map_or_else(|| "the file".to_owned(), |r| visible(&self.n.readings[r].name))
    }

    /// An account in a word or two: what stands before the colon of its name.
    pub(super) fn briefly(&self, of: &OfAccount) -> String {
        let name = self.account(of);
        name.split_once(':').map_or(name.clone(), |(short, _)| short.to_owned())
    }

    /// The identifier of an intent.
    pub(super) fn intent(&self, intent: usize) -> String {
        self.n.intents[intent].id.clone()
    }

    /// A want of a type by name; `None` where it has none of its own.
    pub(super) fn want(&self, of: &Type) -> Option<String> {
        of.want.map(|w| visible(&self.n.wants[w].name))
    }

    /// A plan of the table: the intent, or one for each want: `total: staller; some: bargainer`.
    pub(super) fn plan(&self, player: usize, plan: &[usize]) -> String {
        let types = &self.players.0[player].types;
        let intent = |(of, plan): (&Type, &usize)| self.intent(of.plans[*plan]);
        if let [one] = &types[..] {
            return intent((one, &plan[0]));
        }
        let each = types.iter().zip(plan).map(|it| {
            let want = it.0.want.map_or("", |w| self.n.wants[w].id.as_str());
            format!("{want}: {}", intent(it))
        });
        each.collect_vec().join("; ")
    }

    /// Who plays what: `Russia: staller; Ukraine: 0.31 firm, 0.69 flexible`.
    pub(super) fn plays(&self, of: &OfAccount, it: &Supported) -> String {
        let one = |player: usize| {
            let mixed = &it.mixed[player];
            let named = |plan: &usize| self.plan(player, &of.plans[player][*plan]);
            let said = match &it.support[player][..] {
                [only] => named(only),
                several => several.iter().map(|plan| format!("{} {}", fixed(mixed[*plan], 2), named(plan))).join(", "),
            };
            format!("{}: {said}", Who::actor(self.n, self.player(player)).name)
        };
        (0..it.support.len()).map(one).join("; ")
    }

    /// Who plays at a place.
    pub(super) fn player(&self, player: usize) -> ActorId {
        self.players.0[player].actor
    }

    /// All that is said of the plan that is asked about, each with its account.
    pub(super) fn sought(&self) -> Vec<(&'a OfAccount, &'a Sought)> {
        self.accounts.iter().flat_map(|of| of.sought.iter().map(move |sought| (of, sought))).collect()
    }
}
