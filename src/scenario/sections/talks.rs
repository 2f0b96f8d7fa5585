//! The rules of the talks, the mediator, and the ledger of favours; and stages: what is settled when.

use super::{Keyed, Node, Opened, Reader, Ref, Span, Spec, Value, error, keys, states::during_of_nobody};
use crate::model::{
    ActorId, Agree, Beside, DealSpace, InputId, IssueId, MOST_CHOOSING, Mediator, Move, Negotiation, Owing, Relief,
    Role, Stage, StageId, Talks, Turns,
};

/// The rules of the talks; `parties` are all parties, and the unit of time is known.
pub fn read(reader: &mut Reader, table: &Opened, parties: &[ActorId], n: &Negotiation) -> Talks {
    reader.keeps_place(table, "retries");
    Talks {
        discount: reader.map(table, "discount", ActorId),
        deadline: reader.time(table, "deadline", n),
        agree: table.get("agree").map_or(Agree::All, |e| agree(reader, table, e, parties)),
        turns: turns(reader, table, parties),
        conflict: reader.flag(table, "conflict").unwrap_or(false),
        resumes: reader.number(table, "resumes", 0.0),
        needs_mediator: reader.flag(table, "needs_mediator").unwrap_or(false),
        retries: reader.whole(table, "retries").unwrap_or(0),
        accepts_if_borne: reader.number(table, "accepts_if_borne", 0.5),
        mishap: reader.number(table, "mishap", 0.0),
        per_ultimatum: reader.number(table, "per_ultimatum", 0.0),
        per_escalation: reader.number(table, "per_escalation", 0.0),
    }
}

fn agree(reader: &mut Reader, table: &Opened, entry: &Keyed, parties: &[ActorId]) -> Agree {
    let node = &entry.node;
    match &node.value {
        Value::Text(word) if word == "all" => Agree::All,
        Value::List(list) if !list.is_empty() => Agree::These(reader.find_all(Ref::Party, table, "agree", ActorId)),
        Value::Number(_) => reader.whole_node(node, "agree").map_or(Agree::All, |count| {
            so_many(reader, node, count, parties);
            if (count as usize) < parties.len() {
                few_enough(reader, &node.span, parties);
            }
            Agree::AtLeast { count: count as usize, with: Vec::new() }
        }),
        Value::Table(_) => {
            let inner = reader.open(&keys::AGREE, entry, table.path_of("agree"), &table.numbers);
            counted(reader, &inner, parties).unwrap_or(Agree::All)
        }
        _ => {
            reader.wrong_type("agree", node, "\"all\", a list of parties, how many of them, or a table");
            Agree::All
        }
    }
}

/// `{ at_least = 5, with = [...] }`, or `{ quota = 0.65, weights = { … } }`.
fn counted(reader: &mut Reader, table: &Opened, parties: &[ActorId]) -> Option<Agree> {
    few_enough(reader, &table.span, parties);
    let given = reader.either(table, ["at_least", "quota"], "`agree`")?;
    if given.key == "at_least" {
        reader.refuse(
            table,
            &["weights"],
            |key| format!("`{key}` stands beside `at_least`"),
            "weights go with a quota",
        );
        let count = reader.whole(table, "at_least")?;
        so_many(reader, &given.node, count, parties);
        let with = reader.find_all(Ref::Party, table, "with", ActorId);
        if with.len() > count as usize {
            let found = format!("`with` names {} parties, and `at_least` asks for {count}", with.len());
            error(found, &given.node.span).hint("ask for as many as are named, or more").push(reader);
        }
        return Some(Agree::AtLeast { count: count as usize, with });
    }
    reader.refuse(table, &["with"], |key| format!("`{key}` stands beside `quota`"), "give those parties more weight");
    let quota = reader.plain(table, "quota")?;
    if quota <= 0.0 || quota > 1.0 {
        error(format!("`quota` is {quota}"), &given.node.span)
            .label("expected a share above 0, at most 1")
            .push(reader);
    }
    let written =
        table.get("weights").map(|entry| (reader.entries(&entry.node, "weights", "a weight for each party"), entry));
    let Some((entries, at)) = written else {
        return error("a quota needs `weights`", &table.span).hint("write weights = { PARTY = 1, … }").give_up(reader);
    };
    let mut weights = Vec::new();
    for entry in entries {
        let party = reader.find(Ref::Party, &entry.key, &entry.span).map(ActorId);
        let weight = reader.plain_node(&entry.node, "weight").filter(|w| {
            let positive = *w > 0.0;
            if !positive {
                error(format!("the weight of `{}` is {w}", entry.key), &entry.node.span)
                    .label("expected a number above 0")
                    .push(reader);
            }
            positive
        });
        weights.extend(party.zip(weight));
    }
    if weights.is_empty() {
        error("nobody has a weight", &at.span).push(reader);
    }
    Some(Agree::Weighted { quota, weights })
}

/// Coalitions are looked for among so many parties at most.
fn few_enough(reader: &mut Reader, span: &Span, parties: &[ActorId]) {
    if parties.len() > MOST_CHOOSING {
        let found = format!("{} parties can form too many coalitions: more than {MOST_CHOOSING}", parties.len());
        error(found, span).hint("name those who must agree").push(reader);
    }
}

fn so_many(reader: &mut Reader, node: &Node, count: u32, parties: &[ActorId]) {
    if count == 0 || count as usize > parties.len() {
        let found = format!("`agree` asks for {count} of {} parties", parties.len());
        error(found, &node.span).label("expected 1 or more, and no more than there are").push(reader);
    }
}

/// Who moves in a round: a word and what belongs to it, or a list of all parties.
fn turns(reader: &mut Reader, table: &Opened, parties: &[ActorId]) -> Turns {
    let word = match table.get("order").map(|entry| &entry.node) {
        Some(node) if matches!(node.value, Value::Text(_)) => reader.one_of(node, "order", &keys::ORDERS),
        _ => None,
    };
    let lacks = |key: &str| format!("`{key}` says nothing without an `order` of one party a round");
    if !matches!(word, Some("alternate" | "one-sided")) {
        reader.refuse(table, &["first_mover"], lacks, "write order = \"alternate\" or order = \"one-sided\"");
    }
    if word != Some("drawn") {
        reader.refuse(table, &["offers"], lacks, "write order = \"drawn\"");
    }
    match word {
        Some("drawn") => Turns::Drawn(weights(reader, table, parties)),
        Some(word) => match first_mover(reader, table, word) {
            Some(first) if word == "alternate" => Turns::Alternate(first),
            Some(first) => Turns::OneSided(first),
            None => Turns::Shuffled,
        },
        None if table.get("order").is_some_and(|entry| matches!(entry.node.value, Value::Text(_))) => Turns::Shuffled,
        None => order(reader, table, parties).map_or(Turns::Shuffled, Turns::InOrder),
    }
}

fn first_mover(reader: &mut Reader, table: &Opened, word: &str) -> Option<ActorId> {
    if table.get("first_mover").is_none() {
        let span = table.get("order").map_or(&table.span, |entry| &entry.node.span);
        let found = format!("`order` is \"{word}\", and nobody is said to be first");
        return error(found, span).hint("add first_mover = \"PARTY\"").give_up(reader);
    }
    reader.find_key(Ref::Party, table, "first_mover").map(ActorId)
}

/// How likely each party is to move, as written or equal.
fn weights(reader: &mut Reader, table: &Opened, parties: &[ActorId]) -> Vec<(ActorId, InputId)> {
    if table.get("offers").is_some() {
        return reader.map(table, "offers", ActorId);
    }
    let ids: Vec<String> = parties.iter().map(|i| reader.names.index(Ref::Actor).ids()[i.0].clone()).collect();
    let equal = |(i, id): (&ActorId, &String)| {
        (*i, reader.default_input(format!("{}.offers.{id}", table.path), 1.0, Spec::POSITIVE, table))
    };
    parties.iter().zip(&ids).map(equal).collect()
}

fn order(reader: &mut Reader, table: &Opened, parties: &[ActorId]) -> Option<Vec<ActorId>> {
    let entry = table.get("order")?;
    let before = reader.count();
    let order = reader.find_all(Ref::Party, table, "order", ActorId);
    if let Some(left_out) = parties.iter().find(|i| !order.contains(i)).filter(|_| reader.count() == before) {
        let found = format!("`order` leaves out `{}`", reader.names.index(Ref::Actor).ids()[left_out.0]);
        error(found, &entry.node.span).hint("name every party once").push(reader);
    }
    Some(order)
}

/// The mediator, if it is clear who.
pub fn mediator(reader: &mut Reader, table: &Opened, roles: &[Vec<Role>]) -> Option<Mediator> {
    let actor = goes_between(reader, table, roles)?;
    let tilt = reader.map(table, "tilt", ActorId);
    reader.keeps_place(table, "accepts");
    Some(Mediator {
        actor,
        patience: reader.written(table, "patience"),
        relief: relief(reader, table),
        presses: reader.number(table, "presses", 0.0),
        pressure: reader.number(table, "pressure", 0.0),
        presses_for: reader.number(table, "presses_for", 1.0),
        tilt,
        proposes: reader.number(table, "proposes", 0.0),
        accepts: reader.condition_of(table, "accepts"),
    })
}

/// Who mediates: the actor named, else the only one with that role.
fn goes_between(reader: &mut Reader, table: &Opened, roles: &[Vec<Role>]) -> Option<ActorId> {
    let mediates = |i: &usize| roles[*i].contains(&Role::Mediator);
    if let Some(entry) = table.get("actor") {
        let actor = reader.find_key(Ref::Actor, table, "actor")?;
        if !mediates(&actor) {
            let found = format!("`{}` is not a mediator", reader.names.index(Ref::Actor).ids()[actor]);
            error(found, &entry.node.span).hint("give it the role \"mediator\"").push(reader);
        }
        return Some(ActorId(actor));
    }
    let all: Vec<usize> = (0..roles.len()).filter(mediates).collect();
    let [only] = all[..] else {
        let found = format!("{} actors have the role of mediator", if all.is_empty() { "no" } else { "several" });
        return error(found, &table.span).hint("name the one who goes between: actor = \"…\"").give_up(reader);
    };
    Some(ActorId(only))
}

fn relief(reader: &mut Reader, owner: &Opened) -> Relief {
    let table = reader.inner_or_empty(owner, "relief");
    let mut of = |key: &str| reader.number(&table, key, 0.0);
    Relief { token: of("token"), talk: of("talk"), concession: of("concession"), paper: of("paper") }
}

/// A debt of favours.
pub fn owing(reader: &mut Reader, table: &Opened) -> Option<Owing> {
    let by = reader.find_key(Ref::Party, table, "by").map(ActorId);
    let to = reader.find_key(Ref::Actor, table, "to").map(ActorId);
    let (start, worth) = (reader.number(table, "start", 0.0), reader.number(table, "worth", 0.0));
    let moves = reader.map(table, "moves", |place| Move::ALL[place]);
    let per_press = reader.number(table, "per_press", 0.0);
    let (by, to) = (by?, to?);
    if by == to {
        error(format!("`{}` says that an actor owes itself", table.id), &table.span).push(reader);
    }
    Some(Owing { id: table.id.clone(), by, to, start, worth, moves, per_press })
}

/// All stages of a file, each issue settled by one of them.
pub fn stages(reader: &mut Reader, tables: &[Opened], space: &DealSpace) -> Vec<Stage> {
    let before = reader.count();
    let mut stages: Vec<Stage> = tables.iter().map(|table| stage(reader, table)).collect();
    if stages.is_empty() || reader.count() > before {
        return stages;
    }
    twice(reader, tables, &stages, space);
    if let Some(last) = follow(reader, tables, &stages) {
        the_rest(reader, tables, &mut stages, last, space);
    }
    stages
}

fn stage(reader: &mut Reader, table: &Opened) -> Stage {
    Stage {
        id: table.id.clone(),
        name: reader.name(table),
        settles: reader.find_all(Ref::Issue, table, "settles", IssueId),
        after: reader.find_key(Ref::Stage, table, "after").map(StageId),
        drafting: reader.number(table, "drafting", 0.0),
        first_draft: reader.find_key(Ref::Party, table, "first_draft").map(ActorId),
        procedural: reader.flag(table, "procedural").unwrap_or(false),
        beside: beside(reader, table),
    }
}

/// What makes a stage run beside the others: `between`, and the keys that only such a stage has.
fn beside(reader: &mut Reader, table: &Opened) -> Option<Beside> {
    let Some(entry) = table.get("between") else {
        let found = |key: &str| format!("`{key}` belongs to a stage beside the others");
        reader.refuse(table, &["chance", "while"], found, "say between whom: between = [\"…\", \"…\"]");
        return None;
    };
    let found = |key: &str| format!("a stage beside the others has no `{key}`");
    let hint = "it comes about with `chance`, `while` something holds";
    reader.refuse(table, &["after", "drafting", "first_draft", "procedural"], found, hint);
    let actors = reader.find_all(Ref::Actor, table, "between", ActorId);
    let parties: Vec<ActorId> = actors.iter().copied().filter(|i| reader.names.is_party[i.0]).collect();
    let [party] = parties[..] else {
        let found = format!("a stage beside the others is between {} parties", parties.len());
        return error(found, &entry.span).label("expected one party, and those who hold its terms").give_up(reader);
    };
    Some(Beside {
        party,
        with: actors.into_iter().filter(|i| *i != party).collect(),
        chance: reader.number(table, "chance", 0.0),
        during: during_of_nobody(reader, table),
    })
}

/// No issue is settled twice.
fn twice(reader: &mut Reader, tables: &[Opened], stages: &[Stage], space: &DealSpace) {
    for (s, stage) in stages.iter().enumerate() {
        for (at, issue) in stage.settles.iter().enumerate() {
            let earlier = stages[..s].iter().find(|other| other.settles.contains(issue));
            let other = earlier.map(|other| other.id.as_str());
            if let Some(other) = other.or(stage.settles[..at].contains(issue).then_some(stage.id.as_str())) {
                let id = &space.issues[issue.0].id;
                let span = tables[s].get("settles").map_or(tables[s].span.clone(), |e| e.span.clone());
                error(format!("`{id}` is settled twice, by `{other}` and by `{}`", stage.id), &span).push(reader);
            }
        }
    }
}

/// The last stage, if each but one follows another and they make one chain.
fn follow(reader: &mut Reader, tables: &[Opened], stages: &[Stage]) -> Option<usize> {
    let main: Vec<usize> = (0..stages.len()).filter(|s| stages[*s].beside.is_none()).collect();
    let before = reader.count();
    for s in &main {
        let Some(after) = stages[*s].after else { continue };
        let twin = main.iter().find(|other| *other < s && stages[**other].after == Some(after));
        let found = if stages[after.0].beside.is_some() {
            format!("`{}` cannot come after `{}`, which runs beside the others", stages[*s].id, stages[after.0].id)
        } else if let Some(twin) = twin {
            format!("`{}` and `{}` both come after `{}`", stages[*twin].id, stages[*s].id, stages[after.0].id)
        } else {
            continue;
        };
        error(found, &tables[*s].span).hint("one stage follows another").push(reader);
    }
    let firsts: Vec<usize> = main.iter().copied().filter(|s| stages[*s].after.is_none()).collect();
    match firsts[..] {
        _ if reader.count() > before => None,
        [] => {
            let span = main.first().map_or(tables[0].span.clone(), |s| tables[*s].span.clone());
            let circle = "the stages run in a circle: each comes after another";
            let found = if main.is_empty() { "all stages run beside the others" } else { circle };
            error(found, &span).hint("leave out `after` for the first stage").give_up(reader)
        }
        [first] => {
            let next = |s: &usize| main.iter().copied().find(|t| stages[*t].after == Some(StageId(*s)));
            let chain: Vec<usize> = std::iter::successors(Some(first), next).take(main.len() + 1).collect();
            if let Some(left) = main.iter().find(|s| !chain.contains(s)) {
                let found = format!("stage `{}` is never reached: it comes after itself", stages[*left].id);
                return error(found, &tables[*left].span).hint("let it come after a stage before it").give_up(reader);
            }
            chain.last().copied()
        }
        [first, second, ..] => {
            let found = format!("both `{}` and `{}` are the first stage", stages[first].id, stages[second].id);
            error(found, &tables[second].span).hint(format!("write after = \"{}\"", stages[first].id)).give_up(reader)
        }
    }
}

/// Papers of a stage before the last, at most: every one is looked at.
const MOST_PAPERS: usize = 4_096;

/// The last stage settles what is left; every other settles something, and what it leaves open has a present state.
fn the_rest(reader: &mut Reader, tables: &[Opened], stages: &mut [Stage], last: usize, space: &DealSpace) {
    let settled: Vec<IssueId> = stages.iter().flat_map(|s| s.settles.iter().copied()).collect();
    let left = (0..space.issues.len()).map(IssueId).filter(|k| !settled.contains(k));
    stages[last].settles.extend(left);
    for (s, stage) in stages.iter().enumerate() {
        if stage.settles.is_empty() {
            let found = format!("stage `{}` settles nothing", stage.id);
            error(found, &tables[s].span).hint("name issues in `settles`").push(reader);
        }
        let papers: usize = stage.settles.iter().map(|k| space.issues[k.0].options.len()).product();
        if s != last && papers > MOST_PAPERS {
            let found = format!("stage `{}` could end with {papers} papers, more than {MOST_PAPERS}", stage.id);
            error(found, &tables[s].span).hint("settle fewer issues before the last stage").push(reader);
        }
    }
    if stages.len() < 2 {
        return;
    }
    let first = stages.iter().find(|stage| stage.beside.is_none() && stage.after.is_none());
    let at_once = |k: usize| first.is_some_and(|stage| stage.settles.contains(&IssueId(k)));
    let open = space.issues.iter().enumerate().filter(|(k, issue)| issue.now.is_none() && !at_once(*k));
    for (_, issue) in open {
        let found = format!("`{}` has no present state, and is left open at some stage", issue.id);
        reader.error_at(&format!("issues.{}", issue.id), found, "write now = \"…\", or leave out [stages]");
    }
}
