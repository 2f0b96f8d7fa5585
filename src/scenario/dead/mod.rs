//! Dead dials: numbers that cannot matter under the file's own switches, rule by rule.
//!
//! What is said of a number holds in every reading, with every variant and under every direction: a dial that some account or
//! some change turns on is alive.

mod home;
mod room;
mod terms;
mod time;

use std::cell::LazyCell;

use super::Reader;
use crate::model::{ActorId, Change, InputId, Move, Negotiation};

/// A rule by which numbers are dead.
struct Rule {
    /// The keys that it looks at, as the guide lists them.
    key: &'static str,
    /// What to write instead.
    hint: &'static str,
    /// The numbers that are dead, each with the reason.
    dead: fn(&Negotiation) -> Vec<Dial>,
}

/// A dial that is dead.
struct Dial {
    /// Where it stands.
    at: Place,
    /// What is found there, in one clause.
    found: String,
}

/// Where a dial stands.
#[derive(PartialEq, Eq)]
enum Place {
    /// A number; it is told of if the file writes it.
    Number(InputId),
    /// Anything else that a file may write, by its path.
    Entry(String),
}

/// All rules, in the order of the guide.
const RULES: [&[Rule]; 4] = [&room::RULES, &home::RULES, &terms::RULES, &time::RULES];

/// The rules by which `winset check` finds numbers that cannot matter: the keys at which each looks, and what it advises.
pub fn dead_dials() -> impl Iterator<Item = (&'static str, &'static str)> {
    RULES.into_iter().flatten().map(|rule| (rule.key, rule.hint))
}

/// Adds a warning for every dead dial that the file writes.
pub fn look(reader: &mut Reader, n: &Negotiation) {
    let arms = LazyCell::new(|| arms(n));
    for rule in RULES.into_iter().flatten() {
        let dials = (rule.dead)(n);
        let elsewhere: Vec<Vec<Dial>> =
            if dials.is_empty() { Vec::new() } else { arms.iter().map(|n| (rule.dead)(n)).collect() };
        let dead = |dial: &Dial| elsewhere.iter().all(|dials| dials.iter().any(|other| other.at == dial.at));
        for Dial { at, found } in dials.into_iter().filter(dead) {
            match at {
                Place::Number(id) => reader.unused(n, id, found, rule.hint),
                Place::Entry(path) if reader.spans.contains_key(&path) => reader.warn_at(&path, found, rule.hint),
                Place::Entry(_) => {}
            }
        }
    }
}

/// What the directions of a file make of it: with what each takes as given, and with its change.
fn arms(n: &Negotiation) -> Vec<Negotiation> {
    let changed = |by: &[&Change]| {
        let mut n = n.clone();
        by.iter().for_each(|change| change.apply(&mut n));
        n
    };
    n.directions.iter().flat_map(|it| [changed(&[&it.given]), changed(&[&it.given, &it.change])]).collect()
}

impl Dial {
    fn number(id: InputId, found: impl Into<String>) -> Self {
        Self { at: Place::Number(id), found: found.into() }
    }

    /// Numbers that are dead for one reason.
    fn all(ids: impl IntoIterator<Item = InputId>, found: &str) -> Vec<Self> {
        ids.into_iter().map(|id| Self::number(id, found)).collect()
    }
}

/// Whether a party may make a move, under some intent.
fn makes(n: &Negotiation, of: ActorId, made: Move) -> bool {
    let rate = |intent: usize| n.intents[intent].rates[made as usize];
    n.intents_of(of).any(|intent| rate(intent).is_some_and(|rate| !n.is_zero(rate)))
}

/// Whether any party may.
fn somebody_makes(n: &Negotiation, made: Move) -> bool {
    n.parties().any(|of| makes(n, of, made))
}

/// Whether a party may put a package on the table.
fn offers(n: &Negotiation, of: ActorId) -> bool {
    [Move::Offer, Move::Ultimatum].into_iter().any(|made| makes(n, of, made))
}

/// Whether the mediator may ever press a party: it presses at all, and is tilted against the party or can come to believe
/// that it obstructs.
pub(super) fn may_press(n: &Negotiation, of: ActorId) -> bool {
    let Some(it) = n.mediator.as_ref().filter(|it| !n.is_zero(it.presses)) else { return false };
    let tilted = it.tilt.iter().any(|(who, by)| *who == of && !n.is_zero(*by));
    tilted || n.intents_of(of).any(|intent| n.intents[intent].obstructs)
}

/// Whether an actor's own events or escalations can ever move a state in its favour.
pub(super) fn may_succeed(n: &Negotiation, who: ActorId) -> bool {
    let own = n.events.iter().filter(|event| event.actor == Some(who)).map(|event| &event.moves);
    let escalations = n.intents_of(who).filter_map(|intent| n.intents[intent].escalates.as_ref());
    let mut moves = own.chain(escalations.filter(|it| !n.is_zero(it.chance)).map(|it| &it.moves)).flatten();
    moves.any(|(state, by)| {
        let favours = n.states[state.0].favours.iter().find(|(of, _)| *of == who);
        favours.is_some_and(|(_, how)| greatest_product(n.range(*how), n.range(*by)) > 0.0)
    })
}

/// The greatest product of two numbers in two ranges.
fn greatest_product((a, b): (f64, f64), (c, d): (f64, f64)) -> f64 {
    [a * c, a * d, b * c, b * d].into_iter().fold(f64::NEG_INFINITY, f64::max)
}

/// Whether some stage comes before the last.
fn is_staged(n: &Negotiation) -> bool {
    n.agenda().len() > 1
}

/// Whether the parties are ever at blows.
fn is_ever_at_blows(n: &Negotiation) -> bool {
    n.is_conflict() || n.events.iter().any(|event| event.conflict == Some(true))
}

/// Whether a party has a stake in a state that moves on once a deal is signed.
fn shifts_for(n: &Negotiation, of: ActorId) -> bool {
    n.actor(of).no_deal.stake.iter().any(|(state, _)| !n.is_zero(n.states[state.0].after))
}
