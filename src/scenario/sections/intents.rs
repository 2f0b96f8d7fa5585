//! Intents: what a party may be after.

use super::super::format::{Node, Value};
use super::super::keys::{self, Ref, Spec};
use super::super::names::{IdKind, check_id};
use super::super::reader::{MOST_ENTRIES, Reader, Table};
use super::circumstances::during;
use super::events::moves;
use crate::model::{ActorId, Clause, Escalation, InputId, Intent, Move, Reply, Response, Tactic, Yielding};

/// All intents of a file, party by party.
pub(in super::super) fn read(reader: &mut Reader, top: &Table) -> Vec<Intent> {
    let mut intents = Vec::new();
    for party in reader.each(top, "intents", MOST_ENTRIES, IdKind::Other) {
        let Some(of) = reader.find(Ref::Party, &party.id, &party.span).map(ActorId) else { continue };
        let first = intents.len();
        for entry in party.open_entries().take(MOST_ENTRIES) {
            check_id(reader, &entry.key, &entry.span, IdKind::Other);
            let path = format!("{}.{}", party.path, entry.key);
            let table = reader.open(&keys::talks::INTENT, entry, path, &party.numbers);
            intents.push(intent(reader, &table, of));
        }
        if intents.len() == first {
            let found = format!("`{}` has no intent", party.id);
            reader.error(found, &party.span).hint("add [intents.PARTY.ID] with its moves").push();
        }
        let priors = intents[first..].iter().map(|it: &Intent| (it.id.clone(), it.prior)).collect();
        reader.maps.insert(format!("{}.prior", party.path), priors);
    }
    intents
}

fn intent(reader: &mut Reader, table: &Table, of: ActorId) -> Intent {
    let responses = reader.each(table, "responses", MOST_ENTRIES, IdKind::Other);
    Intent {
        of,
        id: table.id.clone(),
        name: reader.text(table, "name").unwrap_or_else(|| table.id.clone()),
        prior: reader.number(table, "prior", 1.0),
        rates: rates(reader, table),
        responses: responses.iter().map(|table| response(reader, table)).collect(),
        tactic: tactic(reader, table),
        floor: reader.written(table, "floor"),
        escalates: escalation(reader, table),
        requires: table.get("requires").map(|e| reader.some_condition(&e.node, "requires")).unwrap_or_default(),
        refuses: refuses(reader, table),
        on_paper: reader.number(table, "on_paper", 0.0),
        ventures: reader.number(table, "ventures", 0.0),
        yields: yields(reader, table),
        patience: reader.written(table, "patience"),
        obstructs: reader.flag(table, "obstructs").unwrap_or(false),
        source: reader.text(table, "source"),
    }
}

fn by_move(reader: &mut Reader, table: &Table, key: &str) -> Vec<(Move, InputId)> {
    reader.map(table, key).into_iter().map(|(place, input)| (Move::ALL[place], input)).collect()
}

fn rates(reader: &mut Reader, table: &Table) -> [Option<InputId>; 6] {
    let written = by_move(reader, table, "moves");
    Move::ALL.map(|which| written.iter().find(|(m, _)| *m == which).map(|(_, rate)| *rate))
}

fn response(reader: &mut Reader, table: &Table) -> Response {
    reader.text(table, "source");
    Response { id: table.id.clone(), during: during(reader, table), times: by_move(reader, table, "times") }
}

/// A condition or a list of them; each rules packages out.
fn refuses(reader: &mut Reader, table: &Table) -> Vec<Clause> {
    let Some(entry) = table.get("refuses") else { return Vec::new() };
    let nodes: &[Node] =
        if let Value::List(list) = &entry.node.value { list } else { std::slice::from_ref(&entry.node) };
    let clause = |node| Clause { when: reader.some_condition(node, "refuses"), unless: Vec::new() };
    nodes.iter().take(MOST_ENTRIES).map(clause).collect()
}

fn escalation(reader: &mut Reader, owner: &Table) -> Option<Escalation> {
    let entry = owner.get("escalates")?;
    let path = format!("{}.escalates", owner.path);
    let table = reader.open(&keys::talks::ESCALATION, entry, path, &owner.numbers);
    Some(Escalation {
        chance: reader.number(&table, "chance", 0.0),
        moves: moves(reader, &table),
        during: during(reader, &table),
    })
}

fn yields(reader: &mut Reader, owner: &Table) -> Option<Yielding> {
    let entry = owner.get("yields")?;
    let table = reader.open(&keys::room::YIELDS, entry, format!("{}.yields", owner.path), &owner.numbers);
    Some(Yielding { during: during(reader, &table), accepts_if_borne: reader.number(&table, "accepts_if_borne", 0.0) })
}

/// The tactic of an intent; without one, equal steps to the deadline.
fn tactic(reader: &mut Reader, owner: &Table) -> Tactic {
    let path = format!("{}.tactic", owner.path);
    let Some(entry) = owner.get("tactic") else {
        return Tactic::Polynomial {
            kappa: reader.default_input(format!("{path}.kappa"), 0.0, Spec::SHARE, owner),
            beta: reader.default_input(format!("{path}.beta"), 1.0, Spec::POSITIVE, owner),
        };
    };
    let table = reader.open(&keys::talks::TACTIC, entry, path, &owner.numbers);
    let kappa = reader.number(&table, "kappa", 0.0);
    let words = ["polynomial", "exponential", "relative", "absolute", "averaged"];
    let kind = table.get("kind").and_then(|e| reader.word(&e.node, "kind", &words)).unwrap_or(0);
    let by_clock = kind < 2;
    if let Some(beta) = table.get("beta").filter(|_| !by_clock) {
        let found = format!("a tactic of the kind `{}` has no `beta`", words[kind]);
        reader.error(found, &beta.span).hint("`beta` shapes polynomial and exponential tactics").push();
    }
    if let Some(window) = table.get("window").filter(|_| kind != 4) {
        let found = format!("a tactic of the kind `{}` has no `window`", words[kind]);
        reader.error(found, &window.span).hint("`window` belongs to averaged tactics").push();
    }
    match kind {
        0 => Tactic::Polynomial { kappa, beta: reader.number(&table, "beta", 1.0) },
        1 => Tactic::Exponential { kappa, beta: reader.number(&table, "beta", 1.0) },
        2 => Tactic::TitForTat { kappa, reply: Reply::Relative },
        3 => Tactic::TitForTat { kappa, reply: Reply::Absolute },
        _ => Tactic::TitForTat { kappa, reply: Reply::Averaged(window(reader, &table)) },
    }
}

fn window(reader: &mut Reader, table: &Table) -> usize {
    match reader.whole(table, "window") {
        Some(0) => {
            let span = table.get("window").map_or(table.span.clone(), |e| e.node.span.clone());
            reader.error("`window` is 0".to_owned(), &span).label("expected 1 or more").push();
            1
        }
        window => window.unwrap_or(2) as usize,
    }
}
