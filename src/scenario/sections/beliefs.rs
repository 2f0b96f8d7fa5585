//! What observers start from; and the record: what has been observed of the parties so far.

use super::{Keyed, MOST_ENTRIES, Node, Opened, Reader, Ref, Span, Spec, Value, error, keys};
use crate::model::{
    ActorId, Beliefs, Condition, InputId, IssueId, Move, Negotiation, Observed, OwnPrior, Role, Sighting, StageId,
    calendar,
};

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

/// Rounds that an entry may span.
const MOST_ROUNDS: i64 = 10_000;

/// All entries; the talks, and who may be after what, are read already.
pub fn record(reader: &mut Reader, top: &Opened, n: &Negotiation) -> Vec<Sighting> {
    let Some(entry) = top.get("record") else { return Vec::new() };
    let Value::List(nodes) = &entry.node.value else {
        reader.wrong_type("record", &entry.node, "entries under [[record]]");
        return Vec::new();
    };
    if n.talks.is_none() && !reader.names.lost.sections.contains("talks") {
        error("`record` needs talks", &entry.span).hint("add [talks]").push(reader);
    }
    let mut all: Vec<(Sighting, Span)> = Vec::new();
    for (place, node) in nodes.iter().take(MOST_ENTRIES).enumerate() {
        let own = Keyed { key: format!("{}", place + 1), span: node.span.clone(), node: node.clone() };
        let table = reader.open(&keys::RECORD, &own, format!("record.{}", place + 1), &top.numbers);
        if let Some(read) = one(reader, &table, n) {
            contradicts(reader, &all, &read, &node.span);
            once(reader, &all, &read, &node.span);
            all.push((read, node.span.clone()));
        }
    }
    all.into_iter().map(|(entry, _)| entry).collect()
}

fn one(reader: &mut Reader, table: &Opened, n: &Negotiation) -> Option<Sighting> {
    let before = reader.count();
    let by = reader.find_key(Ref::Party, table, "by").map(ActorId);
    let nobody = by.filter(|by| n.talks.is_some() && n.intents_of(*by).next().is_none());
    if let (Some(by), Some(entry)) = (nobody, table.get("by")) {
        let id = &n.actor(by).id;
        let found = format!("`{id}` has no intents, so nothing can be inferred of it");
        error(found, &entry.node.span).hint(format!("add [intents.{id}.ID] with its moves")).push(reader);
    }
    let (rounds, seen) = (rounds(reader, table, n), seen(reader, table));
    let name = reader.text(table, "name").unwrap_or_default();
    let on_paper = seen.as_ref().and_then(|seen| on_paper(reader, table, n, seen));
    let occasion = reader.text(table, "occasion");
    if let (Some(entry), Some(true)) = (table.get("occasion"), occasion.as_ref().map(|o| o.trim().is_empty())) {
        error("`occasion` names none", &entry.node.span).hint("say on what it happened, or leave it out").push(reader);
    }
    let (by, rounds, seen) = (by?, rounds?, seen?);
    let source = reader.source(table);
    if let Some(share) = table.get("share").filter(|_| rounds.0 != rounds.1) {
        let found = "`share` is seen in one round, and the entry spans several";
        error(found, &share.span).hint("give the round of the offer").push(reader);
    }
    (reader.count() == before).then_some(Sighting { name, by, rounds, seen, on_paper, occasion, source })
}

/// The stage of the paper that an entry is about: one before the last, which settles all that the entry names.
fn on_paper(reader: &mut Reader, table: &Opened, n: &Negotiation, seen: &Observed) -> Option<StageId> {
    let entry = table.get("on_paper")?;
    let (Observed::Made { holding, .. } | Observed::Never { holding, .. }) = seen else {
        let found = "`on_paper` belongs to what was offered";
        return error(found, &entry.span).hint("leave it out").give_up(reader);
    };
    let offers = match seen {
        Observed::Made { made, .. } => made.iter().any(|m| m.names_terms()),
        _ => !holding.terms.is_empty(),
    };
    if !offers {
        let found = "`on_paper` belongs to what was offered";
        return error(found, &entry.span)
            .hint("leave it out, or let `move` be an offer or an ultimatum")
            .give_up(reader);
    }
    let stage = reader.find_key(Ref::Stage, table, "on_paper").map(StageId)?;
    let agenda = n.agenda();
    if !agenda.iter().rev().skip(1).any(|s| *s == stage) {
        let found = format!("the stage `{}` ends with no paper", n.stage(stage).id);
        let hint = "a paper is what a stage before the last ends with; of the last, leave `on_paper` out";
        return error(found, &entry.node.span).hint(hint).give_up(reader);
    }
    let settles = |k: &IssueId| n.stage(stage).settles.contains(k);
    if let Some((k, _)) = holding.terms.iter().find(|(k, _)| !settles(k)) {
        let settled = n
            .stage(stage)
            .settles
            .iter()
            .map(|k| format!("`{}`", n.space.issues[k.0].id))
            .collect::<Vec<_>>()
            .join(" and ");
        let found = format!("the paper of `{}` does not settle `{}`", n.stage(stage).id, n.space.issues[k.0].id);
        return error(found, &entry.span)
            .hint(format!("it settles {settled}; name these, or leave `on_paper` out"))
            .give_up(reader);
    }
    Some(stage)
}

/// The rounds of an entry: exactly one of `round` and `on`.
fn rounds(reader: &mut Reader, table: &Opened, n: &Negotiation) -> Option<(i32, i32)> {
    let given = reader.either(table, ["round", "on"], "the entry")?;
    let (first, last) = if given.key == "round" {
        ends(reader, given, whole)?
    } else if n.start.is_some() {
        ends(reader, given, |reader, node| day(reader, node, n))?
    } else {
        let found = "`on` needs the first day of the talks";
        return error(found, &given.span).hint("add `start` to the file, or give a `round`").give_up(reader);
    };
    let (found, hint) = if first > last {
        (format!("the entry goes from round {first} back to round {last}"), "write the earlier one first")
    } else if last > i64::from(n.pace().unit(n.horizon)) {
        let found = format!("round {last} lies beyond the horizon of {}", n.pace().unit(n.horizon));
        (found, "raise `horizon`, or leave the entry out")
    } else if last - first >= MOST_ROUNDS || first < -MOST_ROUNDS {
        (format!("the entry reaches over more than {MOST_ROUNDS} rounds"), "let it begin later")
    } else {
        // Both lie between -10 000 and the horizon, at most 10⁶.
        return Some((first as i32, last as i32));
    };
    error(found, &given.node.span).hint(hint).give_up(reader)
}

/// One end, or two as a list.
fn ends(reader: &mut Reader, of: &Keyed, read: impl Fn(&mut Reader, &Node) -> Option<i64>) -> Option<(i64, i64)> {
    match &of.node.value {
        Value::List(list) if list.len() == 2 => {
            let (first, last) = (read(reader, &list[0]), read(reader, &list[1]));
            Some((first?, last?))
        }
        Value::List(_) => reader.mistyped(&of.key, &of.node, "one, or [first, last]"),
        _ => read(reader, &of.node).map(|only| (only, only)),
    }
}

fn whole(reader: &mut Reader, node: &Node) -> Option<i64> {
    // A whole number within ±10⁶ fits.
    reader.whole_from(f64::NEG_INFINITY, node, "round", "a whole number").map(|x| x as i64)
}

fn day(reader: &mut Reader, node: &Node, n: &Negotiation) -> Option<i64> {
    if let Some(text) = node.day() {
        return calendar::day(text).and_then(|day| calendar::unit_of(n, day));
    }
    reader.mistyped("on", node, "a date, as 2025-05-20, or [first, last]")
}

/// What was seen: exactly one of `move`, `never` and `escalates`.
fn seen(reader: &mut Reader, table: &Opened) -> Option<Observed> {
    let given = reader.one_key(table, &["move", "never", "escalates"], "the entry")?.key.as_str();
    let accepted = "a move, or a list where it is contested which of these it was";
    let made = table.get("move").map(|entry| some_moves(reader, &entry.node, "move", accepted));
    let named = |made: &Vec<Move>| made.is_empty() || made.iter().any(|m| m.names_terms());
    if !made.as_ref().is_some_and(named) {
        let found = |key: &str| format!("`{key}` belongs to an offer or an ultimatum");
        reader.refuse(table, &["picks", "share"], found, "leave it out, or let `move` be one of them");
    }
    let holding = reader.condition_of(table, "picks");
    let share = reader.plain(table, "share");
    match given {
        "move" => made.filter(|made| !made.is_empty()).map(|made| Observed::Made { made, holding, share }),
        "never" => table.get("never").and_then(|entry| never(reader, &entry.node)),
        _ => reader.flag(table, "escalates").map(Observed::Escalates),
    }
}

/// A move, a list of moves, or a condition on the packages of offers and ultimatums.
fn never(reader: &mut Reader, node: &Node) -> Option<Observed> {
    if matches!(node.value, Value::Table(_)) {
        let holding = reader.some_condition(node, "never");
        return Some(Observed::Never { made: vec![Move::Offer, Move::Ultimatum], holding });
    }
    let made = some_moves(reader, node, "never", "a move, a list of moves, or { ISSUE = \"option\" }");
    (!made.is_empty()).then(|| Observed::Never { made, holding: Condition::default() })
}

/// A move, or a list of moves that is not empty; none after a finding.
pub fn some_moves(reader: &mut Reader, node: &Node, what: &str, accepted: &str) -> Vec<Move> {
    if matches!(&node.value, Value::List(list) if list.is_empty()) {
        error(format!("`{what}` names no move"), &node.span).label(format!("expected {accepted}")).push(reader);
    }
    let words = reader.words(node, what, accepted);
    words.into_iter().filter_map(|(_, node)| reader.word(node, "move", &Move::WORDS)).collect()
}

/// An entry that says that a party never did what another says that it did.
fn contradicts(reader: &mut Reader, before: &[(Sighting, Span)], entry: &Sighting, span: &Span) {
    let denies = |never: &Sighting, did: &Sighting| {
        let within = never.rounds.0 <= did.rounds.0 && did.rounds.1 <= never.rounds.1;
        never.by == did.by
            && within
            && match (&never.seen, &did.seen) {
                (Observed::Never { made, holding }, Observed::Made { made: did, .. }) => {
                    holding.terms.is_empty() && did.iter().all(|did| made.contains(did))
                }
                (Observed::Escalates(false), Observed::Escalates(true)) => true,
                _ => false,
            }
    };
    let other = before.iter().find(|(other, _)| denies(other, entry) || denies(entry, other));
    if let Some((_, other)) = other {
        let draft = error("two entries contradict each other", span);
        let draft = draft.also(other.clone(), "the other one");
        draft.hint("one says that it never happened in rounds in which it did").push(reader);
    }
}

/// An occasion lies in one span of time: what is told of it cannot lie in two.
fn once(reader: &mut Reader, before: &[(Sighting, Span)], entry: &Sighting, span: &Span) {
    let same = |other: &Sighting| entry.occasion.is_some() && other.occasion == entry.occasion;
    if let Some((other, there)) = before.iter().find(|(other, _)| same(other) && other.rounds != entry.rounds) {
        let occasion = other.occasion.as_deref().unwrap_or_default();
        let draft = error(format!("the occasion `{occasion}` lies in two spans of time"), span);
        draft.also(there.clone(), "the other one").hint("give both entries the same, or another occasion").push(reader);
    }
}
