//! Directions: what is changed, what is given, and which way answers ought to move.

use super::law::names_packages;
use super::shifts::moved;
use super::{Keyed, MOST_ENTRIES, Node, Opened, Reader, Ref, Span, Value, accounts, error, keys};
use crate::model::{
    ActorId, Change, Clause, Demand, Direction, DirectionKind, InputId, Law, Measure, Negotiation, Rule, Sign,
};

/// A direction.
pub fn direction(reader: &mut Reader, table: &Opened, n: &Negotiation) -> Direction {
    let before = reader.count();
    let given = reader.inner(table, "given").map(|table| common(reader, &table, n)).unwrap_or_default();
    let mut change = common(reader, table, n);
    moved(reader, table, n, &mut change);
    if change.is_empty() && reader.count() == before {
        let found = format!("direction `{}` changes nothing", table.id);
        let hint = "add `raise`, `lower`, `set`, `variants`, `reading`, `without` or `forbid`";
        error(found, &table.span).hint(hint).push(reader);
    }
    clash(reader, table, n, &given, &change);
    let expects = table.get("expect").map(|e| expects(reader, e, n)).unwrap_or_default();
    Direction {
        id: table.id.clone(),
        name: reader.name(table),
        given,
        change,
        expects,
        kind: reader.choice(table, "kind", &DirectionKind::WORDS).unwrap_or(DirectionKind::Emergent),
        source: reader.source(table),
        note: reader.text(table, "note"),
    }
}

/// What may be given as well as changed.
fn common(reader: &mut Reader, table: &Opened, n: &Negotiation) -> Change {
    Change {
        set: set(reader, table),
        moves: Vec::new(),
        variants: variants(reader, table, n),
        reading: table.get("reading").and_then(|e| reading(reader, &e.node, n)),
        without: without(reader, table, n),
        rules: forbidden(reader, table),
    }
}

fn set(reader: &mut Reader, table: &Opened) -> Vec<(InputId, Law)> {
    let set = accounts::set(reader, table, |_| None);
    if let Some(entry) = table.get("set") {
        follows_another(reader, &entry.span, &set);
    }
    set
}

/// Whether an unknown would follow another, after a finding.
pub fn follows_another(reader: &mut Reader, span: &Span, set: &[(InputId, Law)]) -> bool {
    let follows = set.iter().any(|(id, law)| reader.unknowns.contains(id) && matches!(law, Law::Shared { .. }));
    if follows {
        error("an unknown follows another", span).label("expected a quantity of its own").push(reader);
    }
    follows
}

/// Whether a line is placed between two packages, after a finding: directions take points.
pub fn is_between(reader: &mut Reader, what: &str, node: &Node) -> bool {
    let between = matches!(&node.value, Value::Table(entries) if names_packages(entries));
    if between {
        let found = format!("`{what}` is set to a line between two packages");
        error(found, &node.span).hint("give the line in points").push(reader);
    }
    between
}

fn variants(reader: &mut Reader, table: &Opened, n: &Negotiation) -> Vec<(usize, bool)> {
    let Some(entry) = table.get("variants") else { return Vec::new() };
    let entries = reader.entries(&entry.node, "variants", "a table from variants to true or false");
    let mut switched = Vec::new();
    for entry in entries.iter().take(MOST_ENTRIES) {
        let known = || n.variants.iter().map(|v| &v.id).collect();
        let place = n.variants.iter().position(|v| v.id == entry.key);
        match (place, &entry.node.value) {
            (Some(place), Value::Flag(on)) => switched.push((place, *on)),
            (Some(_), _) => reader.wrong_type(&entry.key, &entry.node, "true or false"),
            (None, _) => unknown(reader, "variant", &entry.key, &entry.span, known()),
        }
    }
    switched
}

/// The reading that a text names.
pub fn reading(reader: &mut Reader, node: &Node, n: &Negotiation) -> Option<usize> {
    let Value::Text(id) = &node.value else { return reader.mistyped("reading", node, "the id of a reading") };
    let place = n.readings.iter().position(|r| r.id == *id);
    if place.is_none() {
        unknown(reader, "reading", id, &node.span, n.readings.iter().map(|r| &r.id).collect());
    }
    place
}

fn unknown(reader: &mut Reader, noun: &str, id: &str, span: &Span, known: Vec<&String>) {
    let advice = reader.advice(id, &format!("{noun}s"), |_| known);
    error(format!("unknown {noun} `{id}`"), span).hint(advice).push(reader);
}

fn without(reader: &mut Reader, table: &Opened, n: &Negotiation) -> Vec<String> {
    let Some(entry) = table.get("without") else { return Vec::new() };
    if n.talks.is_none() {
        error("`without` needs talks", &entry.span).hint("add [talks]").push(reader);
    }
    let words = reader.words(&entry.node, "without", "a part of the talks");
    let part = |(_, node)| reader.one_of(node, "part of the talks", keys::directions::MECHANISMS);
    words.into_iter().filter_map(part).map(str::to_owned).collect()
}

/// What is ruled out, each condition a rule of its own.
fn forbidden(reader: &mut Reader, table: &Opened) -> Vec<Rule> {
    let rule = |(place, condition)| Rule {
        id: format!("{}.forbid.{place}", table.path),
        clause: Clause::default(),
        demand: Demand::Forbid(condition),
    };
    reader.conditions_of(table, "forbid").into_iter().enumerate().map(rule).collect()
}

/// Two variants that would both be on and set the same number.
fn clash(reader: &mut Reader, table: &Opened, n: &Negotiation, given: &Change, change: &Change) {
    let mut on = n.default_variants();
    for arm in [given, change] {
        arm.variants.iter().for_each(|(v, switched)| on[*v] = *switched);
        if let Some((first, second, number)) = n.clash(&on) {
            let number = &reader.inputs.get(number).path;
            let found = format!("variants `{first}` and `{second}` would both set `{number}`");
            return error(found, &table.span).hint("switch one of them off").push(reader);
        }
    }
}

fn expects(reader: &mut Reader, entry: &Keyed, n: &Negotiation) -> Vec<(Measure, Sign)> {
    let entries = reader.entries(&entry.node, "expect", "a table { MEASURE = \"up\" }");
    if matches!(&entry.node.value, Value::Table(entries) if entries.is_empty()) {
        let draft = error("`expect` names no measure", &entry.node.span);
        draft.hint("write { MEASURE = \"up\" }, \"down\" or \"zero\"").push(reader);
    }
    let mut expects = Vec::new();
    for entry in entries.iter().take(MOST_ENTRIES) {
        match &entry.node.value {
            Value::Table(parties) => {
                let parties = parties.iter().take(MOST_ENTRIES);
                expects.extend(parties.filter_map(|party| of_party(reader, &entry.key, entry, party)));
            }
            _ => expects.extend(plain(reader, entry)),
        }
        if expects.last().is_some_and(|(measure, _)| !measure.is_of_worlds()) && n.talks.is_none() {
            let found = format!("`{}` needs talks", entry.key);
            error(found, &entry.span).hint("add [talks], or ask exists, margin or no_defeat").push(reader);
        }
    }
    expects
}

/// `reached = "up"`, or `"gain.PARTY" = "up"`.
fn plain(reader: &mut Reader, entry: &Keyed) -> Option<(Measure, Sign)> {
    if let Some((word, party)) = entry.key.split_once('.') {
        let inner = Keyed { key: party.to_owned(), ..entry.clone() };
        return of_party(reader, word, entry, &inner);
    }
    let Some(measure) = Measure::of(&entry.key) else { return unknown_measure(reader, &entry.key, entry) };
    Some((measure, sign(reader, entry)?))
}

fn of_party(reader: &mut Reader, word: &str, at: &Keyed, party: &Keyed) -> Option<(Measure, Sign)> {
    if word == "survival" {
        return survival(reader, party);
    }
    let Some((_, measure)) = Measure::OF_PARTIES.iter().find(|(known, _)| *known == word) else {
        if Measure::of(word).is_some() {
            let draft = error(format!("`{word}` is not a measure of a party"), &at.span);
            return draft.hint(format!("write {word} alone")).give_up(reader);
        }
        return unknown_measure(reader, word, at);
    };
    let place = reader.find(Ref::Party, &party.key, &party.span)?;
    Some((measure(ActorId(place)), sign(reader, party)?))
}

/// `survival.YEARS = "up"`.
fn survival(reader: &mut Reader, years: &Keyed) -> Option<(Measure, Sign)> {
    let Some(whole) = years.key.parse().ok().filter(|years| (1..=100).contains(years)) else {
        let found = format!("`survival.{}` names no number of years", years.key);
        return error(found, &years.span).label("expected 1 to 100 whole years").give_up(reader);
    };
    Some((Measure::Survival(whole), sign(reader, years)?))
}

fn sign(reader: &mut Reader, entry: &Keyed) -> Option<Sign> {
    reader.word(&entry.node, "sign", &Sign::WORDS)
}

fn unknown_measure<T>(reader: &mut Reader, word: &str, entry: &Keyed) -> Option<T> {
    let of_parties = Measure::OF_PARTIES.iter().map(|(word, _)| *word);
    if of_parties.clone().any(|known| known == word) {
        let found = format!("`{word}` is a measure of a party");
        return error(found, &entry.span).hint(format!("write {word}.PARTY = \"up\"")).give_up(reader);
    }
    let gone = [("collapse", "mishap"), ("no-result", "still-talking"), ("interim-only", "interim")];
    if let Some((_, instead)) = gone.iter().find(|(gone, _)| *gone == word) {
        let found = format!("`{word}` is no measure any more");
        let hint = format!("write {instead}; runs without a deal are no-deal, each with its cause");
        return error(found, &entry.span).hint(hint).give_up(reader);
    }
    let plain =
        Measure::WORDS.iter().map(|(word, _)| *word).chain(Measure::ENDINGS).chain(Measure::CAUSES).map(str::to_owned);
    let of_parties = of_parties.map(|word| format!("{word}.PARTY")).chain(["survival.YEARS".to_owned()]);
    let advice = reader.advice(word, "measures", |_| plain.chain(of_parties).collect::<Vec<_>>());
    error(format!("unknown measure `{word}`"), &entry.span).hint(advice).give_up(reader)
}
