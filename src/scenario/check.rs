//! From tables to the checked model, with all findings at once.

use std::collections::BTreeSet;

use super::format::Document;
use super::kind::LARGEST;
use super::names::{IdKind, check_id, check_shared};
use super::reader::most;
use super::sections::options::{self, Options};
use super::sections::{
    accounts, beliefs, conduct, directions, durability, intents, packages, people, states, talks, views, wants,
};
use super::{
    Finding, Keyed, Opened, Reader, Ref, Value, clocks, dead, dials, error, idle, keys, lines, odd, reckons, set,
};
use crate::model::{ActorId, Beholder, Issue, IssueId, Move, Negotiation, Period, Role};

/// Packages that can be numbered with room to spare.
const MOST_PACKAGES: f64 = 1e30;

/// Combinations of options that one clause may tell apart.
const MOST_ROWS: f64 = 65_536.0;

/// Units of time if the file does not say how many.
const HORIZON: f64 = 52.0;

/// The question if the file does not ask one.
const QUESTION: &str = "Is there a settlement that no side need regard as a defeat?";

/// The entries of the sections that others refer to, with every identifier known.
struct File<'n> {
    actors: Vec<Opened<'n>>,
    roles: Vec<Vec<Role>>,
    audiences: Vec<Opened<'n>>,
    issues: Vec<Opened<'n>>,
    options: Vec<Options<'n>>,
    claims: Vec<Opened<'n>>,
    no_deal: Vec<Opened<'n>>,
    states: Vec<Opened<'n>>,
    unknowns: Vec<Opened<'n>>,
    packages: Vec<Opened<'n>>,
    stages: Vec<Opened<'n>>,
    ledger: Vec<Opened<'n>>,
}

/// Checks a file: the model, and the reader with its warnings and with what it knows of places and numbers.
pub fn check(document: &Document) -> Result<(Negotiation, Reader), Vec<Finding>> {
    let mut reader = Reader::default();
    document.findings.iter().for_each(|finding| reader.push(finding.clone()));
    let top = reader.top(&keys::TOP, &document.entries);
    reader.names.lost.sections = lost_sections(&top);
    let file = identify(&mut reader, &top);
    let mut n = header(&mut reader, &top);
    read_world(&mut reader, &top, &file, &mut n);
    read_clauses(&mut reader, &top, &file, &mut n);
    read_talks(&mut reader, &top, &file, &mut n);
    read_accounts(&mut reader, &top, &mut n);
    check_rows(&mut reader, &n);
    n.inputs = std::mem::take(&mut reader.inputs);
    n.sources = std::mem::take(&mut reader.sources);
    if !reader.has_errors() {
        set::check_followers(&mut reader, &n);
        odd::look(&mut reader, &n);
        idle::look(&mut reader, &n);
        idle::look_at_durability(&mut reader, &n);
        clocks::look(&mut reader, &n);
        lines::place(&mut reader, &mut n);
        dials::look(&mut reader, &n);
        dead::look(&mut reader, &n);
        reckons::look(&mut reader, &n);
    }
    if reader.has_errors() { Err(reader.take_findings()) } else { Ok((n, reader)) }
}

/// Sections that are no tables or hold too much, and those whose names are misspelt.
fn lost_sections(top: &Opened) -> BTreeSet<&'static str> {
    let unreadable = |entry: &Keyed| match &entry.node.value {
        Value::Table(entries) => entries.len() > most(&entry.key),
        Value::List(_) => entry.key != "record",
        _ => true,
    };
    let is_lost = |key: &str| top.get(key).map_or_else(|| top.misspelt(key).is_some(), unreadable);
    keys::TOP.all_keys().filter(|key| key.holds_entries() && is_lost(key.name)).map(|key| key.name).collect()
}

/// Title, question and calendar; everything else is still empty.
fn header(reader: &mut Reader, top: &Opened) -> Negotiation {
    Negotiation {
        title: reader.text(top, "title").unwrap_or_default(),
        question: reader.text(top, "question").unwrap_or_else(|| QUESTION.to_owned()),
        round: reader.choice(top, "round", &Period::WORDS).unwrap_or_default(),
        start: start(reader, top),
        ..Negotiation::default()
    }
}

fn start(reader: &mut Reader, top: &Opened) -> Option<String> {
    let entry = top.get("start")?;
    if let Some(date) = entry.node.day() {
        return Some(date.to_owned());
    }
    reader.mistyped("start", &entry.node, "a date, as 2025-05-20")
}

/// The unit of time, how far the observer looks, and how far those look who decide.
fn read_time(reader: &mut Reader, top: &Opened, talks: Option<&Opened>, n: &mut Negotiation) {
    let per = talks.and_then(|table| reader.choice(table, "per", &Period::WORDS));
    n.per = per.unwrap_or(n.round);
    if let Some(entry) = talks.and_then(|table| table.get("per")).filter(|_| n.per.days() < n.round.days()) {
        error("`per` is shorter than a round", &entry.node.span).hint("a round is at most a unit of time").push(reader);
        n.per = n.round;
    }
    let units = top
        .get("horizon")
        .and_then(|entry| reader.whole_from(0.0, &entry.node, "horizon", "a whole number of units of time, 0 or more"));
    let rounds = n.pace().whole_rounds(units.unwrap_or(HORIZON));
    if f64::from(rounds) > LARGEST {
        let found = format!("the horizon is {rounds} rounds away, more than {LARGEST}");
        let span = top.get("horizon").map_or(0..0, |entry| entry.node.span.clone());
        error(found, &span).hint("lower it, or let a round be longer").push(reader);
    }
    n.horizon = rounds.min(LARGEST as u32);
    n.looks_ahead = reader.written(top, "looks_ahead");
    n.going_on = reader.inner(top, "conflict").map(|t| states::going_on(reader, &t, n)).unwrap_or_default();
}

/// Opens every section that others refer to.
fn identify<'n>(reader: &mut Reader, top: &Opened<'n>) -> File<'n> {
    let actors = named(reader, top, Ref::Actor);
    let roles: Vec<Vec<Role>> = actors.iter().map(|table| people::roles(reader, table)).collect();
    reader.names.is_party = roles.iter().map(|roles| roles.contains(&Role::Party)).collect();
    let audiences = named(reader, top, Ref::Audience);
    if let Some(Value::Table(entries)) = top.get("audiences").map(|e| &e.node.value) {
        check_shared(reader, entries);
    }
    Move::WORDS.iter().for_each(|(word, _)| reader.names.index(Ref::Move).add(word));
    reader.names.intents = intents::identify(top);
    let [states, stages, ledger] = [Ref::State, Ref::Stage, Ref::Owing].map(|of| named(reader, top, of));
    let [unknowns, packages] = [Ref::Unknown, Ref::Package].map(|of| named(reader, top, of));
    let claims = reader.each(top, "claims");
    name_aims(reader, &claims);
    let issues = named(reader, top, Ref::Issue);
    let options: Vec<Options> = issues.iter().map(|table| options::identify(reader, table)).collect();
    reader.names.options = options.iter().map(|o| o.ids.clone()).collect();
    reader.names.lost.options = options.iter().map(|o| o.is_lost).collect();
    let says_ordered = |t: &Opened| t.get("ordered").is_some_and(|e| matches!(e.node.value, Value::Flag(true)));
    reader.names.is_ordered = issues.iter().zip(&options).map(|(table, o)| o.is_grid || says_ordered(table)).collect();
    let mut no_deal = reader.each(top, "no_deal");
    no_deal.retain(|table| reader.find(Ref::Party, &table.id, &table.span).is_some());
    check_minimum(reader, top, &issues);
    File { actors, roles, audiences, issues, options, claims, no_deal, states, unknowns, packages, stages, ledger }
}

/// The entries of a section, known by their ids from here on.
fn named<'n>(reader: &mut Reader, top: &Opened<'n>, of: Ref) -> Vec<Opened<'n>> {
    let tables = reader.each(top, of.sections()[0]);
    tables.iter().for_each(|table| reader.names.index(of).add(&table.id));
    tables
}

/// Aims exist by being claimed.
fn name_aims(reader: &mut Reader, claims: &[Opened]) {
    for claim in claims {
        if let Some(entry) = claim.get("aim")
            && let Value::Text(aim) = &entry.node.value
        {
            check_id(reader, aim, &entry.node.span, IdKind::Other);
            reader.names.index(Ref::Aim).add(aim);
        } else {
            reader.names.lost.sections.insert("claims");
        }
    }
}

fn check_minimum(reader: &mut Reader, top: &Opened, issues: &[Opened]) {
    if let Some(entry) = top.get("actors").filter(|_| !reader.names.is_party.contains(&true)) {
        error("no actor is a party", &entry.span).hint("give at least one of them role = \"party\"").push(reader);
    }
    if let Some(entry) = top.get("issues").filter(|_| issues.is_empty()) {
        error("there is no issue", &entry.span).hint("add [issues.ID] with its options").push(reader);
    }
}

/// Unknowns, issues, states, actors, audiences, claims and views.
fn read_world(reader: &mut Reader, top: &Opened, file: &File, n: &mut Negotiation) {
    // Leaders look ahead where anything is said of how long deals hold.
    let foresight = if top.get("durability").is_some() { 1.0 } else { 0.0 };
    n.unknowns = file.unknowns.iter().map(|table| states::unknown(reader, table)).collect();
    reader.unknowns = n.unknowns.iter().map(|(_, input)| *input).collect();
    let places: Vec<_> = file.issues.iter().zip(&file.options).map(|(t, o)| read_issue(reader, t, o, n)).collect();
    n.states = file.states.iter().map(|table| states::state(reader, table)).collect();
    for (table, roles) in file.actors.iter().zip(&file.roles) {
        let no_deal = file.no_deal.iter().find(|t| t.id == table.id);
        n.actors.push(people::actor(reader, table, roles, no_deal, n, foresight));
    }
    n.audiences = file.audiences.iter().map(|table| people::audience(reader, table, file.issues.len())).collect();
    n.aims = reader.names.index(Ref::Aim).ids().to_vec();
    n.claims = file.claims.iter().map(|table| people::claim(reader, table)).collect();
    check_size(reader, file, n);
    let mut budget = views::MOST_VALUES;
    for (k, (table, places)) in file.issues.iter().zip(places).enumerate() {
        let ordered = reader.flag(table, "ordered").unwrap_or(file.options[k].is_grid);
        let issue = views::Viewed { id: IssueId(k), places: ordered.then_some(places), table };
        views::read(reader, &issue, n, &mut budget);
    }
}

/// Adds an issue and says where its options lie.
fn read_issue(reader: &mut Reader, table: &Opened, options: &Options, n: &mut Negotiation) -> Vec<f64> {
    let place = n.space.issues.len();
    let (list, places) = options::read(reader, table, options);
    let now = table.get("now").and_then(|entry| reader.option(place, &entry.node, "now"));
    let unordered = |e: &&Keyed| options.is_grid && matches!(e.node.value, Value::Flag(false));
    if let Some(entry) = table.get("ordered").filter(unordered) {
        error("a grid is ordered", &entry.node.span).hint("leave `ordered` out").push(reader);
    }
    let cut = reader.choice(table, "cut", &keys::CUTS).is_some();
    n.space.issues.push(Issue { id: table.id.clone(), name: reader.name(table), now, options: list, cut });
    places
}

fn check_size(reader: &mut Reader, file: &File, n: &Negotiation) {
    let size: f64 = n.space.issues.iter().map(|k| k.options.len() as f64).product();
    if let Some(table) = file.issues.first().filter(|_| size > MOST_PACKAGES) {
        error(format!("the issues span {size:e} packages, more than {MOST_PACKAGES:e}"), &table.span).push(reader);
    }
}

/// Red lines, links, modifiers, rules and packages.
fn read_clauses(reader: &mut Reader, top: &Opened, file: &File, n: &mut Negotiation) {
    for (by, line) in reader.read_each(top, "red_lines", packages::red_line).into_iter().flatten() {
        match by {
            Beholder::Leadership(i) => n.actors[i.0].red_lines.push(line),
            Beholder::Audience(a) => n.audiences[a.0].red_lines.push(line),
        }
    }
    for (i, link) in reader.read_each(top, "links", packages::link).into_iter().flatten() {
        n.actors[i.0].links.push(link);
    }
    n.modifiers = reader.read_each(top, "modifiers", packages::modifier);
    n.space.rules = reader.read_each(top, "rules", packages::rule);
    n.packages = packages::read(reader, &file.packages, &n.space);
}

/// Events, the rules of the talks, intents, how long deals hold, stages, and who else is in the room.
fn read_talks(reader: &mut Reader, top: &Opened, file: &File, n: &mut Negotiation) {
    let parties: Vec<ActorId> = n.parties().collect();
    let talks = reader.inner(top, "talks");
    read_time(reader, top, talks.as_ref(), n);
    n.events = reader.read_each(top, "events", states::event);
    n.talks = talks.map(|table| talks::read(reader, &table, &parties, n));
    n.intents = intents::read(reader, top, n);
    n.durability = reader.inner(top, "durability").map(|table| durability::read(reader, &table));
    n.stages = talks::stages(reader, &file.stages, &n.space);
    n.mediator = reader.inner(top, "mediator").and_then(|table| talks::mediator(reader, &table, &file.roles));
    n.ledger = file.ledger.iter().filter_map(|table| talks::owing(reader, table)).collect();
    n.token = reader.inner(top, "token").and_then(|table| wants::token(reader, &table));
    n.beliefs = beliefs::read(reader, top, n);
    n.record = beliefs::record(reader, top, n);
}

/// Readings, variants, anchors and directions.
fn read_accounts(reader: &mut Reader, top: &Opened, n: &mut Negotiation) {
    let readings = reader.each(top, "readings");
    n.readings = readings.iter().enumerate().map(|(place, table)| accounts::reading(reader, table, place)).collect();
    let variants = reader.each(top, "variants");
    n.variants = variants.iter().enumerate().map(|(place, table)| accounts::variant(reader, table, place)).collect();
    if let Some((first, second, number)) = n.clash(&n.default_variants()) {
        let number = &reader.inputs.get(number).path;
        let found = format!("variants `{first}` and `{second}` are both on and set `{number}`");
        let span = reader.spans.get(&format!("variants.{second}.set.{number}")).cloned();
        let span = span.unwrap_or_else(|| reader.span(&format!("variants.{second}")));
        error(found, &span).hint("switch one of them off, or make them readings").push(reader);
    }
    n.wants = wants::read(reader, top, n);
    wants::shown(reader, n);
    n.game = reader.inner(top, "game").map(|table| wants::game(reader, &table, n));
    n.anchors = accounts::anchors(reader, top);
    n.conduct = reader
        .read_each(top, "conduct", |reader, table| conduct::conduct(reader, table, n))
        .into_iter()
        .flatten()
        .collect();
    n.directions = reader.read_each(top, "directions", |reader, table| directions::direction(reader, table, n));
}

/// Clauses that name so many options together that they cannot be tabulated.
fn check_rows(reader: &mut Reader, n: &Negotiation) {
    let rows =
        |issues: &[IssueId]| -> f64 { issues.iter().map(|k| n.space.issues[k.0].options.len() as f64).product() };
    let mut check = |path: String, issues: &[IssueId]| {
        if rows(issues) > MOST_ROWS {
            let found = format!("`{path}` tells {} combinations of options apart, more than {MOST_ROWS}", rows(issues));
            reader.error_at(&path, found, "name fewer issues, or issues with fewer options");
        }
    };
    n.clauses().for_each(|(section, id, clause)| check(format!("{section}.{id}"), &clause.issues()));
    n.space.rules.iter().for_each(|r| check(format!("rules.{}", r.id), &r.issues()));
}
