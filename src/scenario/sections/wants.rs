//! What sides want, and who chooses.

use super::accounts::{prior, set};
use super::names::{IdKind, check_id};
use super::{Keyed, MOST_ENTRIES, Node, Opened, Reader, Ref, error, keys};
use crate::model::reckoning::Token;
use crate::model::{ActorId, Game, Negotiation, Want};

/// All wants of a file, party by party.
pub fn read(reader: &mut Reader, top: &Opened, n: &Negotiation) -> Vec<Want> {
    let mut wants = Vec::new();
    for party in reader.each(top, "wants") {
        let Some(of) = reader.find(Ref::Party, &party.id, &party.span).map(ActorId) else { continue };
        for entry in party.open_entries().take(MOST_ENTRIES) {
            check_id(reader, &entry.key, &entry.span, IdKind::Other);
            let table = reader.open(&keys::WANT, entry, party.path_of(&entry.key), &party.numbers);
            wants.push(want(reader, &table, of, n));
        }
    }
    wants
}

fn want(reader: &mut Reader, table: &Opened, of: ActorId, n: &Negotiation) -> Want {
    let written = table.get("intents").map(|entry| intents(reader, &entry.node, "intents", of, n));
    let intents = written.unwrap_or_else(|| n.intents_of(of).collect());
    Want {
        of,
        id: table.id.clone(),
        name: reader.name(table),
        prior: prior(reader, table).unwrap_or(1.0),
        set: set(reader, table, |_| None),
        intents,
    }
}

/// A gesture before the talks; what it shows is looked up once wants are known.
pub fn token(reader: &mut Reader, table: &Opened) -> Option<Token> {
    reader.keeps_place(table, "shows");
    let by = reader.find_key(Ref::Party, table, "by").map(ActorId);
    let shows = reader.text(table, "shows");
    let (cost, gains) = (reader.number(table, "cost", 0.0), reader.number(table, "gains", 0.0));
    Some(Token { by: by?, shows: shows?, cost, gains })
}

/// What a token shows must be a want of its sender.
pub fn shown(reader: &mut Reader, n: &Negotiation) {
    let Some(token) = &n.token else { return };
    if !n.wants_of(token.by).any(|w| n.wants[w].id == token.shows) {
        let party = &n.actor(token.by).id;
        let known: Vec<String> = n.wants_of(token.by).map(|w| n.wants[w].id.clone()).collect();
        let advice = reader.advice(&token.shows, &format!("wants of `{party}`"), |_| known);
        reader.error_at("token.shows", format!("`{party}` has no want `{}`", token.shows), &advice);
    }
}

/// Who chooses among what.
pub fn game(reader: &mut Reader, table: &Opened, n: &Negotiation) -> Game {
    let mut players = Vec::new();
    if let Some(table) = reader.inner(table, "players") {
        for Keyed { key, span, node } in table.open_entries() {
            let Some(of) = reader.find(Ref::Party, key, span).map(ActorId) else { continue };
            let plans = intents(reader, node, key, of, n);
            if !plans.is_empty() {
                players.push((of, plans));
            }
        }
        // In the order of the file's actors, whatever the order in which players are named.
        players.sort_by_key(|(of, _)| of.0);
    }
    let draws = table.get("prior").and_then(|e| reader.one_of(&e.node, "prior", &keys::DRAWS)) == Some("game");
    if !draws {
        let found = |key: &str| format!("`{key}` is used only where the game draws intents");
        reader.refuse(table, &["errs_by"], found, "add prior = \"game\"");
    }
    Game { players, draws, errs_by: draws.then(|| reader.number(table, "errs_by", 1.0)) }
}

/// The intents of a party that are named, each once.
fn intents(reader: &mut Reader, node: &Node, what: &str, of: ActorId, n: &Negotiation) -> Vec<usize> {
    let mut found = Vec::new();
    for (word, node) in reader.words(node, what, "the id of an intent, or a list of them") {
        let Some(place) = n.intents_of(of).find(|k| n.intents[*k].id == word) else {
            let party = &n.actor(of).id;
            let known: Vec<String> = n.intents_of(of).map(|k| n.intents[k].id.clone()).collect();
            let advice = reader.advice(word, &format!("intents of `{party}`"), |_| known);
            error(format!("`{party}` has no intent `{word}`"), &node.span).hint(advice).push(reader);
            continue;
        };
        found.push(place);
    }
    found
}
