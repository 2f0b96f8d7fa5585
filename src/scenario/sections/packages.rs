//! Packages with names.

use std::ops::Range;

use super::super::format::{Node, Value};
use super::super::keys::Ref;
use super::super::reader::{Reader, Table};
use crate::model::{ActorId, DealSpace, Issue, IssueId, NamedPackage, OptionId, Package};

/// The options that a table from issues to options names.
pub(in super::super) fn picks(reader: &mut Reader, node: &Node, what: &str) -> Vec<(IssueId, OptionId)> {
    let Value::Table(entries) = &node.value else {
        reader.wrong_type(what, node, "a table { ISSUE = \"option\" }");
        return Vec::new();
    };
    let mut picks = Vec::new();
    for entry in entries {
        if let Some(issue) = reader.find(Ref::Issue, &entry.key, &entry.span) {
            picks.extend(reader.option(issue, &entry.node, &entry.key).map(|option| (IssueId(issue), option)));
        }
    }
    picks
}

/// A package as written: what it picks itself, and from which it starts.
struct Draft {
    picks: Vec<(IssueId, OptionId)>,
    from: Option<usize>,
    /// Whether everything that it names is there.
    whole: bool,
}

/// All named packages.
pub(in super::super) fn read(reader: &mut Reader, tables: &[Table], space: &DealSpace) -> Vec<NamedPackage> {
    let drafts: Vec<Draft> = tables.iter().map(|table| draft(reader, table)).collect();
    let mut bare: Option<Range<usize>> = None;
    let mut packages = Vec::new();
    for (place, table) in tables.iter().enumerate() {
        let terms = terms(reader, &drafts, place, table, space);
        packages.push(NamedPackage {
            id: table.id.clone(),
            name: reader.text(table, "name").unwrap_or_else(|| table.id.clone()),
            package: Package(terms),
            by: reader.find_key(Ref::Actor, table, "by").map(ActorId),
            bare_minimum: bare_minimum(reader, table, &mut bare),
            source: reader.text(table, "source"),
        });
    }
    packages
}

fn draft(reader: &mut Reader, table: &Table) -> Draft {
    let before = reader.count();
    let picks = table.get("picks").map(|e| picks(reader, &e.node, "picks")).unwrap_or_default();
    let from = reader.find_key(Ref::Package, table, "from");
    Draft { picks, from, whole: reader.count() == before }
}

fn bare_minimum(reader: &mut Reader, table: &Table, first: &mut Option<Range<usize>>) -> bool {
    let is = reader.flag(table, "bare_minimum").unwrap_or(false);
    match (is, &first) {
        (true, Some(span)) => {
            let found = format!("`{}` is a second bare minimum", table.id);
            reader.error(found, &table.span).also(span.clone(), "the first one").hint("at most one package is").push();
        }
        (true, None) => *first = Some(table.span.clone()),
        (false, _) => {}
    }
    is
}

/// The options of a package: as now, changed by each package on the way from which it starts, changed by itself.
fn terms(reader: &mut Reader, drafts: &[Draft], place: usize, table: &Table, space: &DealSpace) -> Vec<OptionId> {
    let mut way = vec![place];
    let mut seen = vec![false; drafts.len()];
    let mut next = drafts[place].from;
    while let Some(from) = next.filter(|from| !seen[*from]) {
        seen[from] = true;
        if from == place {
            report_cycle(reader, table);
            break;
        }
        way.push(from);
        next = drafts[from].from;
    }
    let whole = way.iter().all(|p| drafts[*p].whole);
    let mut terms: Vec<Option<OptionId>> = space.issues.iter().map(|k| k.now).collect();
    for (issue, option) in way.iter().rev().flat_map(|p| &drafts[*p].picks) {
        terms[issue.0] = Some(*option);
    }
    let open = space.issues.iter().zip(&terms).enumerate().filter(|(_, (_, term))| term.is_none() && whole);
    let lost = |k: usize| reader.names.lost.options_of(k);
    let open: Vec<&Issue> = open.filter(|(k, _)| !lost(*k)).map(|(_, (issue, _))| issue).collect();
    for issue in open {
        let found = format!("package `{}` picks no option of `{}`", table.id, issue.id);
        reader.error(found, &table.span).hint("an issue without a present state needs a pick").push();
    }
    terms.into_iter().map(|term| term.unwrap_or(OptionId(0))).collect()
}

fn report_cycle(reader: &mut Reader, table: &Table) {
    let span = table.get("from").map_or(table.span.clone(), |e| e.node.span.clone());
    reader.error(format!("package `{}` starts from itself", table.id), &span).push();
}
