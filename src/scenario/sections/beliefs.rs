//! What observers start from.

use super::super::format::{Entry, Value};
use super::super::keys::{self, Ref, Spec};
use super::super::reader::{MOST_ENTRIES, Reader, Table};
use crate::model::{ActorId, Beliefs, InputId, Negotiation, OwnPrior, Role};

/// Beliefs, if there are talks; those who take part and what they may be after are read already.
pub(in super::super) fn read(reader: &mut Reader, top: &Table, n: &Negotiation) -> Option<Beliefs> {
    let nothing = Entry { key: "beliefs".into(), span: 0..0, node: empty() };
    let entry = top.get("beliefs");
    if n.talks.is_none() {
        if let Some(entry) = entry.filter(|_| !reader.names.lost.sections.contains("talks")) {
            reader.error("`beliefs` needs talks".to_owned(), &entry.span).hint("add [talks]").push();
        }
        return None;
    }
    let table = reader.open(&keys::beliefs::BELIEFS, entry.unwrap_or(&nothing), "beliefs".to_owned(), &top.numbers);
    let (noise, names) = (reader.number(&table, "noise", 0.1), reader.number(&table, "names", 0.5));
    let slip = reader.number(&table, "slip", 0.02);
    let mut priors = Vec::new();
    for entry in table.open_entries().take(MOST_ENTRIES) {
        priors.extend(observer(reader, &table, entry, n));
    }
    Some(Beliefs { noise, slip, names, priors })
}

fn empty() -> super::super::format::Node {
    super::super::format::Node { span: 0..0, value: Value::Table(Vec::new()) }
}

fn observer(reader: &mut Reader, beliefs: &Table, entry: &Entry, n: &Negotiation) -> Vec<OwnPrior> {
    let Some(observer) = reader.find(Ref::Actor, &entry.key, &entry.span).map(ActorId) else { return Vec::new() };
    let who = n.actor(observer);
    if !who.is_party() && !who.roles.contains(&Role::Mediator) {
        let found = format!("`{}` observes nothing", who.id);
        reader.error(found, &entry.span).hint("parties and mediators hold beliefs").push();
    }
    let path = format!("beliefs.{}", entry.key);
    let table = reader.open(&keys::beliefs::OBSERVER, entry, path, &beliefs.numbers);
    let mut priors = Vec::new();
    for entry in table.open_entries().take(MOST_ENTRIES) {
        let Some(about) = reader.find(Ref::Party, &entry.key, &entry.span).map(ActorId) else { continue };
        if about == observer {
            let found = format!("`{}` has a belief about itself", who.id);
            reader.error(found, &entry.span).hint("it knows what it is after; name another party").push();
        }
        let before = reader.count();
        let weights = weights(reader, &table, entry, n, about);
        let zero = |(_, input): &(usize, InputId)| reader.support(&reader.inputs.get(*input).law) == (0.0, 0.0);
        if reader.count() == before && weights.iter().all(zero) {
            let found = format!("all weights that `{}` gives to intents of `{}` are 0", who.id, n.actor(about).id);
            reader.error(found, &entry.span).hint("give one of them a weight above 0").push();
        }
        priors.push(OwnPrior { observer, about, weights });
    }
    priors
}

/// The weights of the intents of a party, by their identifiers.
fn weights(
    reader: &mut Reader,
    table: &Table,
    entry: &Entry,
    n: &Negotiation,
    about: ActorId,
) -> Vec<(usize, InputId)> {
    let Value::Table(entries) = &entry.node.value else {
        reader.wrong_type(&entry.key, &entry.node, "a table from intents to numbers");
        return Vec::new();
    };
    let mut weights = Vec::new();
    for weight in entries.iter().take(MOST_ENTRIES) {
        let Some(intent) = n.intents_of(about).find(|i| n.intents[*i].id == weight.key) else {
            let known = |_: &Reader| n.intents_of(about).map(|i| n.intents[i].id.clone()).collect::<Vec<_>>();
            let advice = reader.advice(&weight.key, &format!("intents of `{}`", n.actor(about).id), known);
            let found = format!("unknown intent `{}`", weight.key);
            reader.error(found, &weight.span).label("the party has no intent with this id").hint(advice).push();
            continue;
        };
        let path = format!("{}.{}.{}", table.path, entry.key, weight.key);
        weights.push((intent, reader.input(path, &weight.node, Spec::POSITIVE, &table.numbers)));
    }
    let path = format!("{}.{}", table.path, entry.key);
    reader.spans.insert(path.clone(), entry.span.clone());
    let named = weights.iter().map(|(intent, input)| (n.intents[*intent].id.clone(), *input)).collect();
    reader.maps.insert(path, named);
    weights
}
