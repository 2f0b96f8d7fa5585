//! Packages with names, and clauses on packages: red lines, links, modifiers, rules.

use super::{Keyed, Opened, Reader, Ref, Span, Value, error};
use crate::model::{
    ActorId, Beholder, DealSpace, Demand, Form, IssueId, Link, Modifier, NamedPackage, OptionId, Package, RedLine,
    Rule, Scope,
};

/// The options that a key names: a table from issues to options.
pub fn picks(reader: &mut Reader, table: &Opened, key: &str) -> Vec<(IssueId, OptionId)> {
    let Some(entry) = table.get(key) else { return Vec::new() };
    let entries = reader.entries(&entry.node, key, "a table { ISSUE = \"option\" }");
    let pick = |e: &Keyed| {
        let issue = reader.find(Ref::Issue, &e.key, &e.span)?;
        Some((IssueId(issue), reader.option(issue, &e.node, &e.key)?))
    };
    entries.iter().filter_map(pick).collect()
}

/// A package as written: what it picks itself, and from which it starts.
struct WrittenPackage {
    picks: Vec<(IssueId, OptionId)>,
    from: Option<usize>,
    /// Whether everything that it names is there.
    whole: bool,
}

/// All named packages.
pub fn read(reader: &mut Reader, tables: &[Opened], space: &DealSpace) -> Vec<NamedPackage> {
    let drafts: Vec<WrittenPackage> = tables.iter().map(|table| draft(reader, table)).collect();
    let mut bare: Option<Span> = None;
    let named = |(place, table): (usize, &Opened)| NamedPackage {
        package: Package(terms(reader, &drafts, place, table, space)),
        id: table.id.clone(),
        name: reader.name(table),
        by: reader.find_key(Ref::Actor, table, "by").map(ActorId),
        bare_minimum: bare_minimum(reader, table, &mut bare),
    };
    tables.iter().enumerate().map(named).collect()
}

fn draft(reader: &mut Reader, table: &Opened) -> WrittenPackage {
    let before = reader.count();
    let picks = picks(reader, table, "picks");
    let from = reader.find_key(Ref::Package, table, "from");
    WrittenPackage { picks, from, whole: reader.count() == before }
}

fn bare_minimum(reader: &mut Reader, table: &Opened, first: &mut Option<Span>) -> bool {
    let is = reader.flag(table, "bare_minimum").unwrap_or(false);
    match (is, &first) {
        (true, Some(span)) => {
            let found = format!("`{}` is a second bare minimum", table.id);
            error(found, &table.span).also(span.clone(), "the first one").hint("at most one package is").push(reader);
        }
        (true, None) => *first = Some(table.span.clone()),
        (false, _) => {}
    }
    is
}

/// The options of a package: as now, changed by each package on the way from which it starts, changed by itself.
fn terms(reader: &mut Reader, all: &[WrittenPackage], at: usize, table: &Opened, space: &DealSpace) -> Vec<OptionId> {
    let mut way = vec![at];
    let mut seen = vec![false; all.len()];
    let mut next = all[at].from;
    while let Some(from) = next.filter(|from| !seen[*from]) {
        seen[from] = true;
        if from == at {
            let span = table.get("from").map_or(table.span.clone(), |e| e.node.span.clone());
            error(format!("package `{}` starts from itself", table.id), &span).push(reader);
            break;
        }
        way.push(from);
        next = all[from].from;
    }
    let whole = way.iter().all(|p| all[*p].whole);
    let mut terms: Vec<Option<OptionId>> = space.issues.iter().map(|k| k.now).collect();
    for (issue, option) in way.iter().rev().flat_map(|p| &all[*p].picks) {
        terms[issue.0] = Some(*option);
    }
    for (k, issue) in space.issues.iter().enumerate() {
        if whole && terms[k].is_none() && !reader.names.lost.options_of(k) {
            let found = format!("package `{}` picks no option of `{}`", table.id, issue.id);
            error(found, &table.span).hint("an issue without a present state needs a pick").push(reader);
        }
    }
    terms.into_iter().map(|term| term.unwrap_or(OptionId(0))).collect()
}

/// A red line, and whose it is.
pub fn red_line(reader: &mut Reader, table: &Opened) -> Option<(Beholder, RedLine)> {
    let line = RedLine { id: table.id.clone(), name: reader.name(table), clause: reader.clause(table) };
    let by = table.get("by")?;
    let Value::Text(id) = &by.node.value else {
        return reader.mistyped("by", &by.node, "the id of a party or of an audience");
    };
    Some((reader.beholder(id, &by.node.span)?, line))
}

/// A link, and whose it is.
pub fn link(reader: &mut Reader, table: &Opened) -> Option<(ActorId, Link)> {
    let party = reader.find_key(Ref::Party, table, "for").map(ActorId);
    let link = Link { id: table.id.clone(), clause: reader.clause(table), bonus: reader.number(table, "bonus", 0.0) };
    party.map(|party| (party, link))
}

/// A rule.
pub fn rule(reader: &mut Reader, table: &Opened) -> Rule {
    let demand = match reader.either(table, ["forbid", "require"], &format!("rule `{}`", table.id)) {
        Some(entry) if entry.key == "forbid" => Demand::Forbid(reader.some_condition(&entry.node, "forbid")),
        _ => Demand::Require(reader.condition_of(table, "require")),
    };
    Rule { id: table.id.clone(), clause: reader.clause(table), demand }
}

/// A modifier.
pub fn modifier(reader: &mut Reader, table: &Opened) -> Modifier {
    let modifier = Modifier {
        id: table.id.clone(),
        name: reader.name(table),
        scope: scope(reader, table),
        beholders: beholders(reader, table),
        gains: reader.written(table, "gains"),
        losses: reader.written(table, "losses"),
        claims: reader.written(table, "claims"),
    };
    if modifier.gains.or(modifier.losses).or(modifier.claims).is_none() {
        let found = format!("modifier `{}` changes nothing", table.id);
        error(found, &table.span).hint("add `gains`, `losses` or `claims`").push(reader);
    }
    modifier
}

fn scope(reader: &mut Reader, table: &Opened) -> Scope {
    let clause = reader.clause(table);
    match reader.either(table, ["when", "form"], &format!("modifier `{}`", table.id)) {
        Some(entry) if entry.key == "form" => {
            let found = |key: &str| format!("`{key}` stands beside `form`");
            reader.refuse(table, &["unless", "claims"], found, "`form` touches single terms; use `when` for packages");
            reader.choice(table, "form", &Form::WORDS).map_or(Scope::When(clause), Scope::Form)
        }
        _ => Scope::When(clause),
    }
}

/// Whose points a modifier changes.
fn beholders(reader: &mut Reader, table: &Opened) -> Vec<Beholder> {
    let Some(entry) = table.get("for") else { return Vec::new() };
    if matches!(&entry.node.value, Value::Text(word) if word == "all") {
        return reader.names.accepted(Ref::Beholder).into_iter().filter_map(|id| reader.names.beholder(id)).collect();
    }
    let words = reader.words(&entry.node, "for", "\"all\", or ids of parties and audiences");
    let beholders = words.into_iter().filter_map(|(id, node)| reader.beholder(id, &node.span)).collect();
    if entry.node.is_empty_list() {
        let draft = error(format!("modifier `{}` is for nobody", table.id), &entry.node.span);
        draft.hint("write \"all\" or a list of ids").push(reader);
    }
    beholders
}
