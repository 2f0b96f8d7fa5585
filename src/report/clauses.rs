//! Conditions of packages in words.

use itertools::Itertools as _;

use crate::model::{Clause, Condition, IssueId, Negotiation, OptionSet};
use crate::text::words::visible;

/// Options of one issue that are named at most.
const NAMED: usize = 4;

/// A clause after "if": `Territory: the present line of contact, unless Army: without limits`; empty where it always holds.
pub fn when(n: &Negotiation, clause: &Clause) -> String {
    let unless = clause.unless.iter().map(|c| condition(n, c)).filter(|words| !words.is_empty()).join("; or ");
    let when = condition(n, &clause.when);
    match (when.is_empty(), unless.is_empty()) {
        (_, true) => when,
        (true, false) => format!("always, unless {unless}"),
        (false, false) => format!("{when}, unless {unless}"),
    }
}

/// A condition: each of its issues with the options that satisfy it; empty where it always holds.
pub fn condition(n: &Negotiation, condition: &Condition) -> String {
    condition.terms.iter().map(|(k, set)| issue(n, *k, set)).join(" and ")
}

fn issue(n: &Negotiation, k: IssueId, set: &OptionSet) -> String {
    let issue = &n.space.issues[k.0];
    let (within, out): (Vec<_>, Vec<_>) =
        issue.options.iter().enumerate().partition(|(o, _)| set.contains(crate::model::OptionId(*o)));
    let names = |options: &[(usize, &crate::model::IssueOption)]| {
        let more = options.len().saturating_sub(NAMED);
        let named = options.iter().take(NAMED).map(|(_, option)| visible(&option.name)).join(" or ");
        if more > 0 { format!("{named} or {more} others") } else { named }
    };
    let name = visible(&issue.name);
    if out.len() < within.len() {
        format!("{name}: not {}", names(&out))
    } else {
        format!("{name}: {}", names(&within))
    }
}
