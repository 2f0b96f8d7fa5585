//! Intents: what a party may be after.

use std::borrow::Cow;

use super::names::{IdKind, check_id};
use super::states::during;
use super::{Keyed, MOST_ENTRIES, Node, Opened, Reader, Ref, Value, error, keys};
use crate::model::{
    ActorId, Clause, Escalation, InputId, Intent, Move, Negotiation, Reply, Response, StateId, Tactic, Yielding,
};

/// Every intent as its party and itself, in the order in which they are read.
pub fn identify(top: &Opened) -> Vec<(String, String)> {
    let entries = |node: &Node| if let Value::Table(entries) = &node.value { entries.clone() } else { Vec::new() };
    let parties = top.get("intents").map_or_else(Vec::new, |entry| entries(&entry.node));
    let own =
        |party: &Keyed| entries(&party.node).into_iter().map(|it| (party.key.clone(), it.key)).collect::<Vec<_>>();
    parties.iter().flat_map(own).collect()
}

/// All intents of a file, party by party.
pub fn read(reader: &mut Reader, top: &Opened, n: &Negotiation) -> Vec<Intent> {
    let mut intents = Vec::new();
    for party in reader.each(top, "intents") {
        let Some(of) = reader.find(Ref::Party, &party.id, &party.span).map(ActorId) else { continue };
        let first = intents.len();
        let written: Vec<&Keyed> = party.open_entries().take(MOST_ENTRIES).collect();
        for entry in &written {
            check_id(reader, &entry.key, &entry.span, IdKind::Other);
            let whole = with_what_it_is_like(reader, entry, &written, &party.id);
            let table = reader.open(&keys::INTENT, &whole, party.path_of(&entry.key), &party.numbers);
            intents.push(intent(reader, &table, of, n));
        }
        if intents.len() == first {
            let found = format!("`{}` has no intent", party.id);
            error(found, &party.span).hint("add [intents.PARTY.ID] with its moves").push(reader);
        }
        let priors = intents[first..].iter().map(|it: &Intent| (it.id.clone(), it.prior)).collect();
        reader.maps.insert(format!("{}.prior", party.path), priors);
    }
    intents
}

/// An intent with all that it does not write itself taken from the one that it is like, but for the name.
fn with_what_it_is_like<'n>(reader: &mut Reader, entry: &'n Keyed, all: &[&'n Keyed], party: &str) -> Cow<'n, Keyed> {
    let key_of = |of: &'n Keyed, key: &str| {
        let Value::Table(entries) = &of.node.value else { return None };
        entries.iter().find(|it| it.key == key)
    };
    let Some(Keyed { node: named @ Node { value: Value::Text(word), .. }, .. }) = key_of(entry, "like") else {
        return Cow::Borrowed(entry);
    };
    let Some(other) = all.iter().find(|it| it.key == *word && it.key != entry.key) else {
        let known: Vec<String> = all.iter().filter(|it| it.key != entry.key).map(|it| it.key.clone()).collect();
        let advice = reader.advice(word, &format!("other intents of `{party}`"), |_| known);
        error(format!("`{party}` has no other intent `{word}`"), &named.span).hint(advice).push(reader);
        return Cow::Borrowed(entry);
    };
    if key_of(other, "like").is_some() {
        let found = format!("`{word}` is itself like another intent");
        error(found, &named.span).hint("name the one that writes all of it").push(reader);
        return Cow::Borrowed(entry);
    }
    let mut whole = entry.clone();
    if let (Value::Table(own), Value::Table(theirs)) = (&mut whole.node.value, &other.node.value) {
        let more = theirs.iter().filter(|it| it.key != "name" && own.iter().all(|mine| mine.key != it.key));
        let more: Vec<Keyed> = more.cloned().collect();
        own.extend(more);
    }
    Cow::Owned(whole)
}

fn intent(reader: &mut Reader, table: &Opened, of: ActorId, n: &Negotiation) -> Intent {
    let always = |when| Clause { when, unless: Vec::new() };
    Intent {
        of,
        id: table.id.clone(),
        name: reader.name(table),
        prior: reader.number(table, "prior", 1.0),
        rates: rates(reader, table),
        responses: reader.read_each(table, "responses", response),
        tactic: tactic(reader, table),
        floor: reader.written(table, "floor"),
        holds_out: reader.written(table, "holds_out"),
        escalates: reader.inner(table, "escalates").map(|table| escalation(reader, &table)),
        requires: reader.condition_of(table, "requires"),
        refuses: reader.conditions_of(table, "refuses").into_iter().map(always).collect(),
        on_paper: reader.number(table, "on_paper", 0.0),
        ventures: reader.number(table, "ventures", 0.0),
        yields: reader.inner(table, "yields").map(|table| yields(reader, &table)),
        patience: reader.written(table, "patience"),
        deadline: reader.time(table, "deadline", n),
        obstructs: reader.flag(table, "obstructs").unwrap_or(false),
    }
}

fn by_move(reader: &mut Reader, table: &Opened, key: &str) -> Vec<(Move, InputId)> {
    reader.map(table, key, |place| Move::ALL[place])
}

fn rates(reader: &mut Reader, table: &Opened) -> [Option<InputId>; 6] {
    if table.get("moves").is_none() && table.get("like").is_none() {
        let hint = "the rate of each move, as in { offer = 2, talk = 1 }; or `like`, another intent of the party";
        error("an intent needs `moves`", &table.span).hint(hint).push(reader);
    }
    let written = by_move(reader, table, "moves");
    Move::ALL.map(|which| written.iter().find(|(m, _)| *m == which).map(|(_, rate)| *rate))
}

fn response(reader: &mut Reader, table: &Opened) -> Response {
    Response { id: table.id.clone(), during: during(reader, table), times: by_move(reader, table, "times") }
}

/// What a party may do outside the room: how likely in a round, what it moves, and when.
fn escalation(reader: &mut Reader, table: &Opened) -> Escalation {
    Escalation {
        chance: reader.number(table, "chance", 0.0),
        moves: reader.map(table, "moves", StateId),
        during: during(reader, table),
    }
}

fn yields(reader: &mut Reader, table: &Opened) -> Yielding {
    Yielding { during: during(reader, table), accepts_if_borne: reader.number(table, "accepts_if_borne", 0.0) }
}

/// The tactic of an intent, a word or a table; without one, equal steps by the clock.
fn tactic(reader: &mut Reader, owner: &Opened) -> Tactic {
    let table = &match owner.get("tactic") {
        Some(Keyed { node: node @ Node { value: Value::Text(_), .. }, .. }) => {
            reader.keeps_place(owner, "tactic");
            reader.one_of(node, "tactic", &["reckons"]);
            return Tactic::Reckons;
        }
        Some(entry) => reader.open(&keys::TACTIC, entry, owner.path_of("tactic"), &owner.numbers),
        None => owner.beside(&keys::TACTIC, owner.path_of("tactic")),
    };
    let kappa = reader.number(table, "kappa", 0.0);
    let kind = table.get("kind").and_then(|e| reader.one_of(&e.node, "kind", &keys::TACTICS)).unwrap_or("polynomial");
    let lacks = |key: &str| format!("a tactic of the kind `{kind}` has no `{key}`");
    if !["polynomial", "exponential"].contains(&kind) {
        reader.refuse(
            table,
            &["beta", "over", "starts"],
            lacks,
            "only polynomial and exponential tactics go by the clock",
        );
    }
    if kind == "reckons" {
        reader.refuse(table, &["kappa"], lacks, "what it asks for is worked out");
    }
    if kind != "averaged" {
        reader.refuse(table, &["window"], lacks, "`window` belongs to averaged tactics");
    }
    match kind {
        "polynomial" => Tactic::Polynomial {
            kappa,
            beta: reader.number(table, "beta", 1.0),
            over: reader.written(table, "over"),
            starts: reader.written(table, "starts"),
        },
        "exponential" => Tactic::Exponential {
            kappa,
            beta: reader.number(table, "beta", 1.0),
            over: reader.written(table, "over"),
            starts: reader.written(table, "starts"),
        },
        "reckons" => Tactic::Reckons,
        "relative" => Tactic::TitForTat { kappa, reply: Reply::Relative },
        "absolute" => Tactic::TitForTat { kappa, reply: Reply::Absolute },
        _ => Tactic::TitForTat { kappa, reply: Reply::Averaged(window(reader, table)) },
    }
}

fn window(reader: &mut Reader, table: &Opened) -> usize {
    match reader.whole(table, "window") {
        Some(0) => {
            let span = table.get("window").map_or(table.span.clone(), |e| e.node.span.clone());
            error("`window` is 0", &span).label("expected 1 or more").push(reader);
            1
        }
        window => window.unwrap_or(2) as usize,
    }
}
