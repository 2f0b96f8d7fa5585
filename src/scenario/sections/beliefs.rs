//! What observers start from.

use super::{Keyed, MOST_ENTRIES, Opened, Reader, Ref, Spec, error, keys};
use crate::model::{ActorId, Beliefs, InputId, Negotiation, OwnPrior, Role};

/// Beliefs, if there are talks; those who take part and what they may be after are read already.
pub fn read(reader: &mut Reader, top: &Opened, n: &Negotiation) -> Option<Beliefs> {
    if n.talks.is_none() {
        if let Some(entry) = top.get("beliefs").filter(|_| !reader.names.lost.sections.contains("talks")) {
            error("`beliefs` needs talks", &entry.span).hint("add [talks]").push(reader);
        }
        return None;
    }
    let table = reader.inner_or_empty(top, "beliefs");
    let (noise, names) = (reader.number(&table, "noise", 0.1), reader.number(&table, "names", 0.5));
    let slip = reader.number(&table, "slip", 0.02);
    let observers = table.open_entries().take(MOST_ENTRIES);
    Some(Beliefs { noise, slip, names, priors: observers.flat_map(|e| observer(reader, &table, e, n)).collect() })
}

fn observer(reader: &mut Reader, beliefs: &Opened, entry: &Keyed, n: &Negotiation) -> Vec<OwnPrior> {
    let Some(observer) = reader.find(Ref::Actor, &entry.key, &entry.span).map(ActorId) else { return Vec::new() };
    let who = n.actor(observer);
    if !who.is_party() && !who.roles.contains(&Role::Mediator) {
        let found = format!("`{}` observes nothing", who.id);
        error(found, &entry.span).hint("parties and mediators hold beliefs").push(reader);
    }
    let table = reader.open(&keys::OBSERVER, entry, beliefs.path_of(&entry.key), &beliefs.numbers);
    let mut priors = Vec::new();
    for entry in table.open_entries().take(MOST_ENTRIES) {
        let Some(about) = reader.find(Ref::Party, &entry.key, &entry.span).map(ActorId) else { continue };
        if about == observer {
            let found = format!("`{}` has a belief about itself", who.id);
            error(found, &entry.span).hint("it knows what it is after; name another party").push(reader);
        }
        let before = reader.count();
        let weights = weights(reader, &table, entry, n, about);
        let zero = |(_, input): &(usize, InputId)| reader.support(&reader.inputs.get(*input).law) == (0.0, 0.0);
        if reader.count() == before && weights.iter().all(zero) {
            let found = format!("all weights that `{}` gives to intents of `{}` are 0", who.id, n.actor(about).id);
            error(found, &entry.span).hint("give one of them a weight above 0").push(reader);
        }
        priors.push(OwnPrior { observer, about, weights });
    }
    priors
}

/// The weights of the intents of a party, by their identifiers.
fn weights(reader: &mut Reader, table: &Opened, entry: &Keyed, n: &Negotiation, of: ActorId) -> Vec<(usize, InputId)> {
    let path = table.path_of(&entry.key);
    let entries = reader.entries(&entry.node, &entry.key, "a table from intents to numbers");
    let (mut weights, mut named) = (Vec::new(), Vec::new());
    for weight in entries.iter().take(MOST_ENTRIES) {
        let Some(intent) = n.intents_of(of).find(|i| n.intents[*i].id == weight.key) else {
            let known = |_: &Reader| n.intents_of(of).map(|i| n.intents[i].id.clone()).collect::<Vec<_>>();
            let advice = reader.advice(&weight.key, &format!("intents of `{}`", n.actor(of).id), known);
            let found = format!("unknown intent `{}`", weight.key);
            error(found, &weight.span).label("the party has no intent with this id").hint(advice).push(reader);
            continue;
        };
        let input = reader.input(format!("{path}.{}", weight.key), &weight.node, Spec::POSITIVE, &table.numbers);
        weights.push((intent, input));
        named.push((weight.key.clone(), input));
    }
    reader.spans.insert(path.clone(), entry.span.clone());
    reader.maps.insert(path, named);
    weights
}
