//! Directions: what is changed, what is given, and which way answers ought to move.

use super::super::format::{Entry, Node, Value};
use super::super::keys::{self, Ref};
use super::super::law::names_packages;
use super::super::reader::{MOST_ENTRIES, Reader, Table};
use super::accounts;
use super::shifts::moved;
use crate::model::{ActorId, Change, Clause, Demand, Direction, DirectionKind, Law, Measure, Negotiation, Rule, Sign};

/// All directions.
pub(in super::super) fn read(reader: &mut Reader, top: &Table, n: &Negotiation) -> Vec<Direction> {
    let tables = reader.each(top, "directions", MOST_ENTRIES, super::super::names::IdKind::Other);
    tables.iter().map(|table| direction(reader, table, n)).collect()
}

fn direction(reader: &mut Reader, table: &Table, n: &Negotiation) -> Direction {
    let before = reader.count();
    let given = table.get("given").map(|e| given(reader, table, e, n)).unwrap_or_default();
    let mut change = common(reader, table, n);
    moved(reader, table, n, &mut change);
    if change.is_empty() && reader.count() == before {
        let found = format!("direction `{}` changes nothing", table.id);
        let hint = "add `raise`, `lower`, `set`, `variants`, `reading`, `without` or `forbid`";
        reader.error(found, &table.span).hint(hint).push();
    }
    clash(reader, table, n, &given, &change);
    let expects = table.get("expect").map(|e| expects(reader, e, n)).unwrap_or_default();
    Direction {
        id: table.id.clone(),
        name: reader.text(table, "name").unwrap_or_else(|| table.id.clone()),
        given,
        change,
        expects,
        kind: kind(reader, table),
        source: reader.text(table, "source"),
        note: reader.text(table, "note"),
    }
}

fn kind(reader: &mut Reader, table: &Table) -> DirectionKind {
    let entry = table.get("kind");
    let place = entry.and_then(|e| reader.word(&e.node, "kind", &["wiring", "emergent"]));
    if place == Some(0) { DirectionKind::Wiring } else { DirectionKind::Emergent }
}

fn given(reader: &mut Reader, owner: &Table, entry: &Entry, n: &Negotiation) -> Change {
    let table = reader.open(&keys::directions::GIVEN, entry, format!("{}.given", owner.path), &owner.numbers);
    common(reader, &table, n)
}

/// What may be given as well as changed.
fn common(reader: &mut Reader, table: &Table, n: &Negotiation) -> Change {
    Change {
        set: set(reader, table),
        moves: Vec::new(),
        variants: variants(reader, table, n),
        reading: table.get("reading").and_then(|e| reading(reader, &e.node, n)),
        without: without(reader, table, n),
        rules: forbidden(reader, table),
    }
}

fn set(reader: &mut Reader, table: &Table) -> Vec<(crate::model::InputId, Law)> {
    let set = accounts::set(reader, table, |_| None);
    let unknowns = reader.unknowns.clone();
    if let Some(entry) = table.get("set").filter(|_| set.iter().any(|(id, law)| follows(&unknowns, *id, law))) {
        reader
            .error("an unknown follows another".to_owned(), &entry.span)
            .label("expected a quantity of its own")
            .push();
    }
    set
}

/// Whether an unknown would follow another.
pub(super) fn follows(unknowns: &[crate::model::InputId], id: crate::model::InputId, law: &Law) -> bool {
    unknowns.contains(&id) && matches!(law, Law::Shared { .. })
}

/// Whether a line is placed between two packages, after a finding: directions take points.
pub(super) fn is_between(reader: &mut Reader, what: &str, node: &Node) -> bool {
    let between = matches!(&node.value, Value::Table(entries) if names_packages(entries));
    if between {
        let found = format!("`{what}` is set to a line between two packages");
        reader.error(found, &node.span).hint("give the line in points").push();
    }
    between
}

fn variants(reader: &mut Reader, table: &Table, n: &Negotiation) -> Vec<(usize, bool)> {
    let Some(entry) = table.get("variants") else { return Vec::new() };
    let Value::Table(entries) = &entry.node.value else {
        reader.wrong_type("variants", &entry.node, "a table from variants to true or false");
        return Vec::new();
    };
    let mut switched = Vec::new();
    for entry in entries.iter().take(MOST_ENTRIES) {
        let place = n.variants.iter().position(|v| v.id == entry.key);
        match (place, &entry.node.value) {
            (Some(place), Value::Flag(on)) => switched.push((place, *on)),
            (Some(_), _) => reader.wrong_type(&entry.key, &entry.node, "true or false"),
            (None, _) => unknown(reader, "variant", &entry.key, &entry.span, n.variants.iter().map(|v| v.id.clone())),
        }
    }
    switched
}

fn reading(reader: &mut Reader, node: &Node, n: &Negotiation) -> Option<usize> {
    let Value::Text(id) = &node.value else {
        reader.wrong_type("reading", node, "the id of a reading");
        return None;
    };
    let place = n.readings.iter().position(|r| r.id == *id);
    if place.is_none() {
        unknown(reader, "reading", id, &node.span, n.readings.iter().map(|r| r.id.clone()));
    }
    place
}

fn unknown(
    reader: &mut Reader,
    noun: &str,
    id: &str,
    span: &std::ops::Range<usize>,
    known: impl Iterator<Item = String>,
) {
    let advice = reader.advice(id, &format!("{noun}s"), |_| known.collect::<Vec<_>>());
    reader.error(format!("unknown {noun} `{id}`"), span).hint(advice).push();
}

fn without(reader: &mut Reader, table: &Table, n: &Negotiation) -> Vec<String> {
    let Some(entry) = table.get("without") else { return Vec::new() };
    if n.talks.is_none() {
        reader.error("`without` needs talks".to_owned(), &entry.span).hint("add [talks]").push();
    }
    let mut parts = Vec::new();
    for (_, node) in reader.words(&entry.node, "without", "a part of the talks") {
        let place = reader.word(node, "part of the talks", keys::directions::MECHANISMS);
        parts.extend(place.map(|place| keys::directions::MECHANISMS[place].to_owned()));
    }
    parts
}

/// What is ruled out, each condition a rule of its own.
fn forbidden(reader: &mut Reader, table: &Table) -> Vec<Rule> {
    let Some(entry) = table.get("forbid") else { return Vec::new() };
    let nodes: &[Node] =
        if let Value::List(list) = &entry.node.value { list } else { std::slice::from_ref(&entry.node) };
    let rule = |(place, node): (usize, &Node)| Rule {
        id: format!("{}.forbid.{place}", table.path),
        clause: Clause::default(),
        demand: Demand::Forbid(reader.some_condition(node, "forbid")),
        source: None,
    };
    nodes.iter().take(MOST_ENTRIES).enumerate().map(rule).collect()
}

/// Two variants that would both be on and set the same number.
fn clash(reader: &mut Reader, table: &Table, n: &Negotiation, given: &Change, change: &Change) {
    let mut on = n.default_variants();
    for arm in [given, change] {
        arm.variants.iter().for_each(|(v, switched)| on[*v] = *switched);
        if let Some((first, second, number)) = n.clash(&on) {
            let [first, second] = [first, second].map(|v| &n.variants[v].id);
            let found =
                format!("variants `{first}` and `{second}` would both set `{}`", reader.inputs.get(number).path);
            return reader.error(found, &table.span).hint("switch one of them off").push();
        }
    }
}

fn expects(reader: &mut Reader, entry: &Entry, n: &Negotiation) -> Vec<(Measure, Sign)> {
    let Value::Table(entries) = &entry.node.value else {
        reader.wrong_type("expect", &entry.node, "a table { MEASURE = \"up\" }");
        return Vec::new();
    };
    if entries.is_empty() {
        let draft = reader.error("`expect` names no measure".to_owned(), &entry.node.span);
        draft.hint("write { MEASURE = \"up\" }, \"down\" or \"zero\"").push();
    }
    let mut expects = Vec::new();
    for entry in entries.iter().take(MOST_ENTRIES) {
        match &entry.node.value {
            Value::Table(parties) => {
                for party in parties.iter().take(MOST_ENTRIES) {
                    expects.extend(of_party(reader, &entry.key, entry, party));
                }
            }
            _ => expects.extend(plain(reader, entry)),
        }
        if let Some((measure, _)) = expects.last().filter(|(m, _)| !m.is_of_worlds() && n.talks.is_none()) {
            let found = format!("`{}` needs talks", entry.key);
            debug_assert!(!measure.is_of_worlds(), "measures of worlds need none");
            reader.error(found, &entry.span).hint("add [talks], or ask exists, margin or no_defeat").push();
        }
    }
    expects
}

/// `reached = "up"`, or `"gain.PARTY" = "up"`.
fn plain(reader: &mut Reader, entry: &Entry) -> Option<(Measure, Sign)> {
    if let Some((word, party)) = entry.key.split_once('.') {
        let inner = Entry { key: party.to_owned(), ..entry.clone() };
        return of_party(reader, word, entry, &inner);
    }
    let Some(measure) = Measure::of(&entry.key) else {
        unknown_measure(reader, &entry.key, entry);
        return None;
    };
    sign(reader, entry).map(|sign| (measure, sign))
}

fn of_party(reader: &mut Reader, word: &str, at: &Entry, party: &Entry) -> Option<(Measure, Sign)> {
    if word == "survival" {
        return survival(reader, party);
    }
    if Measure::of(word).is_some() {
        reader
            .error(format!("`{word}` is not a measure of a party"), &at.span)
            .hint(format!("write {word} alone"))
            .push();
        return None;
    }
    if !Measure::OF_PARTIES.contains(&word) {
        unknown_measure(reader, word, at);
        return None;
    }
    let place = reader.find(Ref::Party, &party.key, &party.span)?;
    Some((Measure::of_party(word, ActorId(place))?, sign(reader, party)?))
}

/// `survival.YEARS = "up"`.
fn survival(reader: &mut Reader, years: &Entry) -> Option<(Measure, Sign)> {
    let Some(whole) = years.key.parse().ok().filter(|years| (1..=100).contains(years)) else {
        let found = format!("`survival.{}` names no number of years", years.key);
        reader.error(found, &years.span).label("expected 1 to 100 whole years").push();
        return None;
    };
    Some((Measure::Survival(whole), sign(reader, years)?))
}

fn sign(reader: &mut Reader, entry: &Entry) -> Option<Sign> {
    reader.word(&entry.node, "sign", &Sign::WORDS).map(|place| Sign::ALL[place])
}

fn unknown_measure(reader: &mut Reader, word: &str, entry: &Entry) {
    if Measure::OF_PARTIES.contains(&word) {
        let found = format!("`{word}` is a measure of a party");
        return reader.error(found, &entry.span).hint(format!("write {word}.PARTY = \"up\"")).push();
    }
    let of_parties = Measure::OF_PARTIES.iter().map(|word| format!("{word}.PARTY"));
    let of_parties = of_parties.chain(std::iter::once("survival.YEARS".to_owned()));
    let plain = Measure::WORDS.iter().chain(&Measure::ENDINGS).map(|word| (*word).to_owned());
    let advice = reader.advice(word, "measures", |_| plain.chain(of_parties).collect::<Vec<_>>());
    reader.error(format!("unknown measure `{word}`"), &entry.span).hint(advice).push();
}
