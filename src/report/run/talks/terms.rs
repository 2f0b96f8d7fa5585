//! What is agreed where it is reached.

use super::super::super::terms::{as_list, named, term};
use super::super::Answer;
use crate::analysis::{Reached, Share};
use crate::model::{IssueId, OptionId};
use crate::num::Order;
use crate::text::table::Table;
use crate::text::words::{count, counted_share, in_column, paragraph};

/// Terms on the page; those agreed in fewer than this share of deals are left to the sheet.
const LEAST: f64 = 0.5;

/// The terms agreed most often, the package agreed most often, and how often that is the bare minimum.
pub fn agreed(a: &Answer, r: &Reached) -> String {
    let mut table = Table::new(&["of these, %", "deals", "terms agreed there"]);
    for (issue, option, share) in by_term(a, r).into_iter().filter(|(.., share)| share.share >= LEAST) {
        table.row(vec![in_column(share), count(share.count), term(a.n(), issue, option)]);
    }
    let table = if table.is_empty() { String::new() } else { table.text() + "\n" };
    table + &paragraph(&package(a, r))
}

fn package(a: &Answer, r: &Reached) -> String {
    let Some(first) = r.terms.first() else { return String::new() };
    let name = named(a.n(), &first.package).map(|id| format!("`{id}`, ")).unwrap_or_default();
    let terms = as_list(a.n(), &first.package);
    let how = if r.terms.len() == 1 { "One package is agreed throughout" } else { "The package agreed most often" };
    let kinds = if r.terms.len() > 1 {
        format!(" In all, {} packages are agreed in some run.", count(r.terms.len() as u64))
    } else {
        String::new()
    };
    format!("{how}, in {}: {name}{terms}.{kinds}{}", counted_share(first.share, "deal"), bare_minimum(a, r))
}

/// Said if what was agreed is the least that would still count.
fn bare_minimum(a: &Answer, r: &Reached) -> String {
    let bare = a.n().bare_minimum();
    let met = bare.and_then(|bare| r.terms.iter().find(|t| t.package == bare.package).map(|t| (bare, t)));
    met.map_or(String::new(), |(bare, agreed)| {
        let which = counted_share(agreed.share, "deal");
        format!(
            " In {which} it is the bare minimum itself, `{}`: the least that would still count as a settlement.",
            bare.id
        )
    })
}

/// Every term that is not the present state, with the share of deals that hold it, the most frequent first.
pub fn by_term(a: &Answer, r: &Reached) -> Vec<(IssueId, OptionId, Share)> {
    let issues = &a.n().space.issues;
    let mut counts: Vec<Vec<u64>> = issues.iter().map(|issue| vec![0; issue.options.len()]).collect();
    for agreed in &r.terms {
        agreed.package.0.iter().zip(&mut counts).for_each(|(option, counts)| counts[option.0] += agreed.share.count);
    }
    let all = counts
        .iter()
        .enumerate()
        .flat_map(|(k, counts)| counts.iter().enumerate().map(move |(o, count)| (IssueId(k), OptionId(o), *count)));
    let changed = all.filter(|(k, o, count)| *count > 0 && issues[k.0].now != Some(*o));
    let mut terms: Vec<_> = changed.map(|(k, o, count)| (k, o, Share::of(count, r.reached.count))).collect();
    terms.order_by_key(|(k, o, share)| (std::cmp::Reverse(share.count), *k, *o));
    terms
}
