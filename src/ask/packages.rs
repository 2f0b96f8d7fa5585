//! Packages by their terms, or by name.

use super::{Judge, Wrong, unknown};
use crate::model::{IssueId, Negotiation, OptionId, Package};
use crate::scenario::Finding;
use crate::text::words::shown;

/// Options that a hint names at most.
const SHOWN: usize = 12;

/// The package described by terms: `issue=option,…`, or `now`; what is not named stays as it is now.
///
/// # Errors
/// Every unknown term; an issue picked twice; an issue without a present state that is not named.
pub fn package(n: &Negotiation, text: &str) -> Result<Package, Wrong> {
    let mut judge = Judge::default();
    let mut picks: Vec<Option<OptionId>> = n.space.issues.iter().map(|k| k.now).collect();
    let mut named = vec![false; picks.len()];
    let terms = text.split(',').map(str::trim).filter(|term| !term.is_empty() && *term != "now");
    for (k, option) in terms.filter_map(|term| judge.one(pick(n, term))).collect::<Vec<_>>() {
        if named[k.0] {
            judge.0.push(Finding::error(format!("issue `{}` is picked twice", n.space.issues[k.0].id)));
        }
        named[k.0] = true;
        picks[k.0] = Some(option);
    }
    let picks = judge.verdict(Some(picks))?;
    match picks.iter().position(Option::is_none) {
        Some(open) => Err(vec![open_issue(n, open)]),
        None => Ok(Package(picks.into_iter().flatten().collect())),
    }
}

fn open_issue(n: &Negotiation, open: usize) -> Finding {
    let issue = &n.space.issues[open];
    let options: Vec<&str> = issue.options.iter().take(SHOWN).map(|o| o.id.as_str()).collect();
    let more = if issue.options.len() > SHOWN { ", …" } else { "" };
    Finding::error(format!("the package does not say what becomes of `{}`, which has no present state", issue.id))
        .hint(format!("the options of `{}` are {}{more}", issue.id, options.join(", ")))
}

fn pick(n: &Negotiation, term: &str) -> Result<(IssueId, OptionId), Finding> {
    let Some((issue, option)) = term.split_once('=') else {
        let found = format!("`{}` is no term of a package", shown(term));
        return Err(
            Finding::error(found).hint("write --package issue=option,issue=option; what is not named stays as now")
        );
    };
    let (issue, option) = (issue.trim(), option.trim());
    let issues: Vec<&str> = n.space.issues.iter().map(|k| k.id.as_str()).collect();
    let k = n.space.issue(issue).ok_or_else(|| unknown("issue", "issues", issue, &issues))?;
    let options: Vec<&str> = n.space.issues[k.0].options.iter().map(|o| o.id.as_str()).collect();
    let plural = format!("options of `{issue}`");
    let o = n.space.option(k, option).ok_or_else(|| unknown("option", &plural, option, &options))?;
    Ok((k, o))
}

/// The package that the scenario calls by this name.
///
/// # Errors
/// The names that there are.
pub fn named(n: &Negotiation, id: &str) -> Result<Package, Finding> {
    let known: Vec<&str> = n.packages.iter().map(|p| p.id.as_str()).collect();
    n.named(id).map(|p| p.package.clone()).ok_or_else(|| unknown("package", "packages", id, &known))
}
