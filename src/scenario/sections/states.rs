//! What surrounds the talks: states of the world, events, circumstances, shared unknowns, and what no deal is worth.

use super::{Node, Opened, Reader, Ref, Spec, Value, error, keys};
use crate::model::{
    ActorId, AudienceId, Believes, Circumstance, Decisive, Event, GoingOn, InputId, Negotiation, NoDeal, OwingId,
    State, StateId, Timing,
};

/// A state of the world around the talks.
pub fn state(reader: &mut Reader, table: &Opened) -> State {
    State {
        id: table.id.clone(),
        name: reader.name(table),
        start: reader.number(table, "start", 0.0),
        favours: reader.map(table, "favours", ActorId),
        change: reader.number(table, "change", 0.0),
        after: reader.number(table, "after", 0.0),
        spread: reader.number(table, "spread", 0.0),
        min: reader.written(table, "min"),
        max: reader.written(table, "max"),
        during: during_of_nobody(reader, table),
        decisive: reader.read_each(table, "decisive", decisive).into_iter().flatten().collect(),
    }
}

/// A bound at which a party has its way.
fn decisive(reader: &mut Reader, table: &Opened) -> Option<Decisive> {
    let by = reader.find(Ref::Party, &table.id, &table.span).map(ActorId);
    let (over, under) = (reader.written(table, "over"), reader.written(table, "under"));
    reader.either(table, ["over", "under"], &format!("the decisive bound of `{}`", table.id));
    by.map(|by| Decisive { by, over, under })
}

/// A shared unknown: its path is that of its table.
pub fn unknown(reader: &mut Reader, table: &Opened) -> (String, InputId) {
    reader.text(table, "name");
    let input = match table.get("value") {
        Some(entry) => reader.input(table.path.clone(), &entry.node, Spec::ANY, &table.numbers),
        None => reader.default_input(table.path.clone(), 0.0, Spec::ANY, table),
    };
    (table.id.clone(), input)
}

/// What an actor expects without a deal; all defaults, if the file does not say.
pub fn no_deal(reader: &mut Reader, owner: &Opened, written: Option<&Opened>) -> NoDeal {
    let table = &written.cloned().unwrap_or_else(|| owner.beside(&keys::NO_DEAL, format!("no_deal.{}", owner.id)));
    NoDeal {
        base: reader.number(table, "base", 0.0),
        stake: reader.map(table, "stake", StateId),
        cost: reader.number(table, "cost", 0.0),
        lasts: reader.written(table, "lasts"),
        break_cost: reader.number(table, "break_cost", 0.0),
        contact: reader.number(table, "contact", 0.0),
    }
}

/// How long it goes on without a deal.
pub fn going_on(reader: &mut Reader, table: &Opened, n: &Negotiation) -> GoingOn {
    let on = GoingOn { lasts: reader.written(table, "lasts"), until: reader.time(table, "until", n) };
    if !on.is_known() {
        let hint = "give its mean span, lasts = SPAN, or when it ends at the latest, until = DAY";
        error("[conflict] says nothing of how long it goes on", &table.span).hint(hint).push(reader);
    }
    on
}

/// An event.
pub fn event(reader: &mut Reader, table: &Opened) -> Event {
    let raises = reader.map(table, "raises", AudienceId);
    Event {
        id: table.id.clone(),
        name: reader.name(table),
        actor: reader.find_key(Ref::Actor, table, "actor").map(ActorId),
        timing: timing(reader, table),
        during: during_of_nobody(reader, table),
        moves: reader.map(table, "moves", StateId),
        raises,
        conflict: reader.flag(table, "conflict"),
        owes: reader.map(table, "owes", OwingId),
    }
}

fn timing(reader: &mut Reader, table: &Opened) -> Timing {
    match reader.either(table, ["chance", "round"], &format!("event `{}`", table.id)) {
        Some(entry) if entry.key == "chance" => Timing::Each(reader.number(table, "chance", 0.0)),
        Some(entry) => match reader.whole(table, "round") {
            Some(0) => {
                let hint = "rounds count from 1; what was there before belongs to `start`";
                error("`round` is 0", &entry.node.span).hint(hint).push(reader);
                Timing::In(1)
            }
            round => Timing::In(round.unwrap_or(1)),
        },
        None => Timing::In(1),
    }
}

/// The `while` of a table: `"conflict"`, or a table of what must hold. Without it, always.
pub fn during(reader: &mut Reader, table: &Opened) -> Circumstance {
    let Some(entry) = table.get("while") else { return Circumstance::default() };
    match &entry.node.value {
        Value::Text(word) if word == "conflict" => Circumstance { conflict: Some(true), ..Circumstance::default() },
        Value::Table(_) => {
            let inner = reader.open(&keys::WHILE, entry, table.path_of("while"), &table.numbers);
            circumstance(reader, &inner)
        }
        _ => {
            reader.wrong_type("while", &entry.node, "\"conflict\", or a table such as { conflict = true }");
            Circumstance::default()
        }
    }
}

/// The `while` of what no party does: a state moves and an event happens whatever anybody believes.
pub fn during_of_nobody(reader: &mut Reader, table: &Opened) -> Circumstance {
    let during = during(reader, table);
    if let (false, Some(entry)) = (during.believes.is_empty(), table.get("while")) {
        error("`believes` in the `while` of what no party does", &entry.span)
            .hint("it belongs to a response, a refusal or a yielding of an intent: say there who believes it")
            .push(reader);
    }
    during
}

fn circumstance(reader: &mut Reader, table: &Opened) -> Circumstance {
    Circumstance {
        conflict: reader.flag(table, "conflict"),
        rounds: table.get("rounds").and_then(|e| rounds(reader, "rounds", &e.node)),
        over: reader.map(table, "over", StateId),
        under: reader.map(table, "under", StateId),
        after_success: reader.find_key(Ref::Actor, table, "after_success").map(ActorId),
        pressed: reader.find_key(Ref::Party, table, "pressed").map(ActorId),
        believes: believes(reader, table),
        deadline_within: reader.whole(table, "deadline_within"),
    }
}

/// `believes = { PARTY = { INTENT = { over = 0.7 } } }`.
fn believes(reader: &mut Reader, table: &Opened) -> Vec<Believes> {
    let mut all = Vec::new();
    for party in reader.each(table, "believes") {
        if reader.find(Ref::Party, &party.id, &party.span).is_none() {
            continue;
        }
        if table.path.starts_with(&format!("intents.{}.", party.id)) {
            let hint = "say what it believes of another";
            error(format!("`{}` knows what it is after itself", party.id), &party.span).hint(hint).push(reader);
        }
        if party.open_entries().next().is_none() {
            let advice = "write { INTENT = { over = 0.7 } }";
            error(format!("nothing is believed of `{}`", party.id), &party.span).hint(advice).push(reader);
        }
        let known: Vec<String> =
            reader.names.intents.iter().filter(|(of, _)| *of == party.id).map(|(_, id)| id.clone()).collect();
        for entry in party.open_entries() {
            let bounds = reader.open(&keys::WEIGHT, entry, party.path_of(&entry.key), &party.numbers);
            let (over, under) = (reader.written(&bounds, "over"), reader.written(&bounds, "under"));
            let place = reader.names.intents.iter().position(|(of, id)| *of == party.id && *id == entry.key);
            let Some(intent) = place else {
                let advice = reader.advice(&entry.key, &format!("intents of `{}`", party.id), |_| known.clone());
                error(format!("unknown intent `{}`", entry.key), &entry.span).hint(advice).push(reader);
                continue;
            };
            if over.is_none() && under.is_none() {
                error("a belief without a bound", &entry.span)
                    .hint("write { over = 0.7 } or { under = 0.3 }")
                    .push(reader);
            }
            all.push(Believes { intent, over, under });
        }
    }
    all
}

/// A unit of time, or the first and the last of several.
pub fn rounds(reader: &mut Reader, what: &str, node: &Node) -> Option<(u32, u32)> {
    let (first, last) = match &node.value {
        Value::List(list) if list.len() == 2 => (&list[0], &list[1]),
        Value::Number(_) => (node, node),
        _ => return reader.mistyped(what, node, "a unit of time, or [first, last]"),
    };
    let (first, last) = (reader.whole_node(first, what)?, reader.whole_node(last, what)?);
    if first > last {
        return error(format!("`{what}` goes from {first} back to {last}"), &node.span).give_up(reader);
    }
    Some((first, last))
}
