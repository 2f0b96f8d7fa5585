//! From tables to the checked model, with all findings at once.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::finding::Finding;
use super::format::{Document, Entry, Value};
use super::keys::{self, Ref, Spec};
use super::names::{IdKind, check_shared};
use super::reader::{MOST_ENTRIES, Reader, Table};
use super::sections::options::Options;
use super::sections::{
    accounts, anchors, audiences, beliefs, clauses, directions, durability, events, header, intents, options, packages,
    people, record, room, stages, states, talks, views,
};
use super::{dials, followers, idle, lasting, lines, odd};
use crate::model::{
    ActorId, Beholder, Clause, Counts, InputId, Issue, IssueId, Modifier, Move, Negotiation, Role, Scope,
};

/// Actors, and audiences, that a file may have.
const MOST_PEOPLE: usize = 64;

/// Issues that a file may have.
const MOST_ISSUES: usize = 40;

/// Packages that can be numbered with room to spare.
const MOST_PACKAGES: f64 = 1e30;

/// Combinations of options that one clause may tell apart.
const MOST_ROWS: f64 = 65_536.0;

/// A file that can be used.
pub(super) struct Checked {
    pub negotiation: Negotiation,
    pub warnings: Vec<Finding>,
    pub spans: BTreeMap<String, Range<usize>>,
    pub specs: Vec<Spec>,
    pub groups: BTreeMap<String, Vec<InputId>>,
    pub maps: BTreeMap<String, Vec<(String, InputId)>>,
}

/// The entries of all sections, with every identifier known.
struct File<'n> {
    actors: Vec<Table<'n>>,
    roles: Vec<Vec<Role>>,
    audiences: Vec<Table<'n>>,
    issues: Vec<Table<'n>>,
    options: Vec<Options<'n>>,
    claims: Vec<Table<'n>>,
    no_deal: Vec<Table<'n>>,
    states: Vec<Table<'n>>,
    unknowns: Vec<Table<'n>>,
    packages: Vec<Table<'n>>,
    stages: Vec<Table<'n>>,
    ledger: Vec<Table<'n>>,
}

/// Checks a file.
pub(super) fn check(document: &Document) -> Result<Checked, Vec<Finding>> {
    let mut reader = Reader::default();
    for finding in &document.findings {
        reader.push(finding.clone());
    }
    let top = reader.top(&document.entries);
    reader.names.lost.sections = lost_sections(&top);
    let file = identify(&mut reader, &top);
    let mut n = header::read(&mut reader, &top);
    read_world(&mut reader, &file, &mut n);
    read_clauses(&mut reader, &top, &file, &mut n);
    read_talks(&mut reader, &top, &file, &mut n);
    read_accounts(&mut reader, &top, &file, &mut n);
    check_rows(&mut reader, &n);
    n.inputs = std::mem::take(&mut reader.inputs);
    if !reader.has_errors() {
        followers::check(&mut reader, &n);
        odd::look(&mut reader, &n);
        idle::look(&mut reader, &n);
        lasting::look(&mut reader, &n);
        lines::place(&mut reader, &mut n);
        dials::look(&mut reader, &n);
    }
    if reader.has_errors() {
        return Err(reader.into_findings());
    }
    let (spans, specs) = (reader.spans.clone(), reader.specs.clone());
    let (groups, maps) = (reader.groups.clone(), reader.maps.clone());
    Ok(Checked { negotiation: n, warnings: reader.into_findings(), spans, specs, groups, maps })
}

/// Sections that are no tables or hold too much, and those whose names are misspelt.
fn lost_sections(top: &Table) -> BTreeSet<&'static str> {
    let unreadable = |entry: &Entry| match &entry.node.value {
        Value::Table(entries) => entries.len() > most(&entry.key),
        Value::List(_) => entry.key != "record",
        _ => true,
    };
    let is_lost = |key: &str| top.get(key).map_or_else(|| top.misspelt(key).is_some(), unreadable);
    keys::TOP.keys.iter().filter(|key| key.holds_entries() && is_lost(key.name)).map(|key| key.name).collect()
}

/// Entries that a section may have.
fn most(section: &str) -> usize {
    match section {
        "actors" | "audiences" => MOST_PEOPLE,
        "issues" => MOST_ISSUES,
        _ => MOST_ENTRIES,
    }
}

/// Opens every section that others refer to.
fn identify<'n>(reader: &mut Reader, top: &Table<'n>) -> File<'n> {
    let actors = reader.each(top, "actors", most("actors"), IdKind::Person);
    let roles: Vec<Vec<Role>> = actors.iter().map(|table| people::roles(reader, table)).collect();
    name(reader, Ref::Actor, &actors);
    reader.names.is_party = roles.iter().map(|roles| roles.contains(&Role::Party)).collect();
    let audiences = reader.each(top, "audiences", most("audiences"), IdKind::Person);
    if let Some(Value::Table(entries)) = top.get("audiences").map(|e| &e.node.value) {
        check_shared(reader, entries);
    }
    name(reader, Ref::Audience, &audiences);
    Move::WORDS.iter().for_each(|word| reader.names.index(Ref::Move).add(word));
    let states = reader.each(top, "state", MOST_ENTRIES, IdKind::Other);
    name(reader, Ref::State, &states);
    let stages = reader.each(top, "stages", MOST_ENTRIES, IdKind::Other);
    name(reader, Ref::Stage, &stages);
    let ledger = reader.each(top, "ledger", MOST_ENTRIES, IdKind::Other);
    name(reader, Ref::Owing, &ledger);
    let unknowns = reader.each(top, "unknowns", MOST_ENTRIES, IdKind::Other);
    name(reader, Ref::Unknown, &unknowns);
    let packages = reader.each(top, "packages", MOST_ENTRIES, IdKind::Other);
    name(reader, Ref::Package, &packages);
    let claims = reader.each(top, "claims", MOST_ENTRIES, IdKind::Other);
    name_aims(reader, &claims);
    let issues = reader.each(top, "issues", most("issues"), IdKind::Other);
    name(reader, Ref::Issue, &issues);
    let options: Vec<Options> = issues.iter().map(|table| options::identify(reader, table)).collect();
    reader.names.options = options.iter().map(|o| o.ids.clone()).collect();
    reader.names.lost.options = options.iter().map(|o| o.is_lost).collect();
    reader.names.is_ordered = issues.iter().zip(&options).map(|(table, o)| o.is_grid || says_ordered(table)).collect();
    let no_deal = no_deal_entries(reader, top);
    check_minimum(reader, top, &issues);
    File { actors, roles, audiences, issues, options, claims, no_deal, states, unknowns, packages, stages, ledger }
}

fn name(reader: &mut Reader, of: Ref, tables: &[Table]) {
    for table in tables {
        reader.names.index(of).add(&table.id);
    }
}

fn says_ordered(issue: &Table) -> bool {
    issue.get("ordered").is_some_and(|entry| matches!(entry.node.value, Value::Flag(true)))
}

/// Aims exist by being claimed.
fn name_aims(reader: &mut Reader, claims: &[Table]) {
    for claim in claims {
        if let Some(entry) = claim.get("aim")
            && let Value::Text(aim) = &entry.node.value
        {
            super::names::check_id(reader, aim, &entry.node.span, IdKind::Other);
            reader.names.index(Ref::Aim).add(aim);
        } else {
            reader.names.lost.sections.insert("claims");
        }
    }
}

/// The entries of `no_deal`, whose keys are parties.
fn no_deal_entries<'n>(reader: &mut Reader, top: &Table<'n>) -> Vec<Table<'n>> {
    let tables = reader.each(top, "no_deal", MOST_ENTRIES, IdKind::Other);
    let mut known = Vec::new();
    for table in tables {
        if reader.find(Ref::Party, &table.id, &table.span).is_some() {
            known.push(table);
        }
    }
    known
}

fn check_minimum(reader: &mut Reader, top: &Table, issues: &[Table]) {
    if let Some(entry) = top.get("actors").filter(|_| !reader.names.is_party.contains(&true)) {
        reader
            .error("no actor is a party".to_owned(), &entry.span)
            .hint("give at least one of them role = \"party\"")
            .push();
    }
    if let Some(entry) = top.get("issues").filter(|_| issues.is_empty()) {
        reader.error("there is no issue".to_owned(), &entry.span).hint("add [issues.ID] with its options").push();
    }
}

/// Unknowns, issues, states, actors, audiences, claims and views.
fn read_world(reader: &mut Reader, file: &File, n: &mut Negotiation) {
    for table in &file.unknowns {
        let (id, input) = states::unknown(reader, table);
        n.unknowns.push((id, input));
    }
    reader.unknowns = n.unknowns.iter().map(|(_, input)| *input).collect();
    let places: Vec<Vec<f64>> =
        file.issues.iter().zip(&file.options).map(|(t, o)| read_issue(reader, t, o, n)).collect();
    n.states = file.states.iter().map(|table| states::state(reader, table)).collect();
    for (table, roles) in file.actors.iter().zip(&file.roles) {
        let no_deal = file.no_deal.iter().find(|t| t.id == table.id);
        n.actors.push(people::read(reader, table, roles.clone(), no_deal, n.horizon, file.issues.len()));
    }
    n.audiences = file.audiences.iter().map(|table| audiences::read(reader, table, file.issues.len())).collect();
    n.aims = reader.names.index(Ref::Aim).ids().to_vec();
    n.claims = file.claims.iter().map(|table| audiences::claim(reader, table)).collect();
    check_size(reader, file, n);
    let mut budget = views::budget();
    for (k, (table, places)) in file.issues.iter().zip(places).enumerate() {
        let ordered = reader.flag(table, "ordered").unwrap_or(file.options[k].is_grid);
        let issue = views::Viewed { id: IssueId(k), places: ordered.then_some(places), table };
        views::read(reader, &issue, n, &mut budget);
    }
}

/// Adds an issue and says where its options lie.
fn read_issue(reader: &mut Reader, table: &Table, options: &Options, n: &mut Negotiation) -> Vec<f64> {
    let place = n.space.issues.len();
    let (list, places) = options::read(reader, table, options);
    let now = table.get("now").and_then(|entry| reader.option(place, &entry.node, "now"));
    if let Some(entry) = table.get("ordered").filter(|e| options.is_grid && matches!(e.node.value, Value::Flag(false)))
    {
        reader.error("a grid is ordered".to_owned(), &entry.node.span).hint("leave `ordered` out").push();
    }
    n.space.issues.push(Issue {
        id: table.id.clone(),
        name: reader.text(table, "name").unwrap_or_else(|| table.id.clone()),
        now,
        options: list,
        source: reader.text(table, "source"),
    });
    places
}

fn check_size(reader: &mut Reader, file: &File, n: &Negotiation) {
    let size: f64 = n.space.issues.iter().map(|k| k.options.len() as f64).product();
    if let Some(table) = file.issues.first().filter(|_| size > MOST_PACKAGES) {
        reader.error(format!("the issues span {size:e} packages, more than {MOST_PACKAGES:e}"), &table.span).push();
    }
}

/// Red lines, links, modifiers and rules.
fn read_clauses(reader: &mut Reader, top: &Table, file: &File, n: &mut Negotiation) {
    for table in reader.each(top, "red_lines", MOST_ENTRIES, IdKind::Other) {
        match clauses::red_line(reader, &table) {
            Some((Beholder::Leadership(i), line)) => n.actors[i.0].red_lines.push(line),
            Some((Beholder::Audience(a), line)) => n.audiences[a.0].red_lines.push(line),
            None => {}
        }
    }
    for table in reader.each(top, "links", MOST_ENTRIES, IdKind::Other) {
        if let Some((i, link)) = clauses::link(reader, &table) {
            n.actors[i.0].links.push(link);
        }
    }
    let modifiers = reader.each(top, "modifiers", MOST_ENTRIES, IdKind::Other);
    n.modifiers = modifiers.iter().map(|table| clauses::modifier(reader, table)).collect();
    let rules = reader.each(top, "rules", MOST_ENTRIES, IdKind::Other);
    n.space.rules = rules.iter().map(|table| clauses::rule(reader, table)).collect();
    n.packages = packages::read(reader, &file.packages, &n.space);
}

/// Events, the rules of the talks, intents, how long deals hold, stages, and who else is in the room.
fn read_talks(reader: &mut Reader, top: &Table, file: &File, n: &mut Negotiation) {
    let parties: Vec<ActorId> = n.parties().collect();
    let tables = reader.each(top, "events", MOST_ENTRIES, IdKind::Other);
    n.events = tables.iter().map(|table| events::read(reader, table)).collect();
    n.talks = talks::read(reader, top, &parties);
    n.intents = intents::read(reader, top);
    n.durability = durability::read(reader, top, &n.states);
    n.stages = stages::read(reader, &file.stages, &n.space);
    n.mediator = room::mediator(reader, top, &file.roles);
    n.ledger = file.ledger.iter().filter_map(|table| room::owing(reader, table)).collect();
    n.beliefs = beliefs::read(reader, top, n);
    n.record = record::read(reader, top, n);
}

/// Readings, variants and anchors.
fn read_accounts(reader: &mut Reader, top: &Table, file: &File, n: &mut Negotiation) {
    debug_assert_eq!(file.packages.len(), n.packages.len(), "every package is read");
    let readings = reader.each(top, "readings", MOST_ENTRIES, IdKind::Other);
    n.readings = readings.iter().enumerate().map(|(r, table)| accounts::reading(reader, table, r)).collect();
    let variants = reader.each(top, "variants", MOST_ENTRIES, IdKind::Other);
    n.variants = variants.iter().enumerate().map(|(v, table)| accounts::variant(reader, table, v)).collect();
    if let Some((first, second, number)) = n.clash(&n.default_variants()) {
        let [first, second] = [first, second].map(|v| &n.variants[v].id);
        let number = &reader.inputs.get(number).path;
        let found = format!("variants `{first}` and `{second}` are both on and set `{number}`");
        let span = reader.spans.get(&format!("variants.{second}.set.{number}")).cloned();
        let span = span.or_else(|| reader.spans.get(&format!("variants.{second}")).cloned()).unwrap_or(0..0);
        reader.error(found, &span).hint("switch one of them off, or make them readings").push();
    }
    n.anchors = anchors::read(reader, top);
    n.directions = directions::read(reader, top, n);
}

/// Clauses that name so many options together that they cannot be tabulated.
fn check_rows(reader: &mut Reader, n: &Negotiation) {
    let rows =
        |issues: &[IssueId]| -> f64 { issues.iter().map(|k| n.space.issues[k.0].options.len() as f64).product() };
    let mut check = |path: String, issues: &[IssueId]| {
        if rows(issues) > MOST_ROWS {
            let found = format!("`{path}` tells {} combinations of options apart, more than {MOST_ROWS}", rows(issues));
            let span = reader.spans.get(&path).cloned().unwrap_or(0..0);
            reader.error(found, &span).hint("name fewer issues, or issues with fewer options").push();
        }
    };
    let scoped = |m: &Modifier| if let Scope::When(clause) = &m.scope { clause.issues() } else { Vec::new() };
    for factor in n.durability.iter().flat_map(|d| &d.factors) {
        if let Counts::When(clause) = &factor.counts {
            check(format!("durability.factors.{}", factor.id), &clause.issues());
        }
    }
    n.claims.iter().for_each(|c| check(format!("claims.{}", c.id), &c.clause.issues()));
    n.modifiers.iter().for_each(|m| check(format!("modifiers.{}", m.id), &scoped(m)));
    n.space.rules.iter().for_each(|r| check(format!("rules.{}", r.id), &r.issues()));
    for (id, clause) in red_lines(n) {
        check(format!("red_lines.{id}"), &clause.issues());
    }
    for link in n.actors.iter().flat_map(|a| &a.links) {
        check(format!("links.{}", link.id), &link.clause.issues());
    }
}

fn red_lines(n: &Negotiation) -> impl Iterator<Item = (&str, &Clause)> {
    let lines = n.actors.iter().flat_map(|a| &a.red_lines).chain(n.audiences.iter().flat_map(|a| &a.red_lines));
    lines.map(|line| (line.id.as_str(), &line.clause))
}
