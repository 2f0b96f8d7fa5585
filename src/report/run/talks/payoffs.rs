//! What runs pay: over all of them, and by what each side is after.

use super::super::Answer;
use crate::analysis::{Mean, Reached};
use crate::model::ActorId;
use crate::num::Z95;
use crate::text::table::Table;
use crate::text::words::{fixed, paragraph, visible};

/// The table with what it means; empty where no talks are run.
pub fn payoffs(a: &Answer) -> String {
    a.reached.as_ref().map_or(String::new(), |r| format!("WHAT IT PAYS\n\n{}", told(a, r)))
}

/// The table with what it means.
pub fn told(a: &Answer, r: &Reached) -> String {
    let n = a.n();
    let heads: Vec<String> = r.payoffs.iter().map(|(i, _)| visible(&n.actor(*i).name)).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).chain(["if this is what a side is after"]).collect();
    let mut table = Table::new(&heads);
    let row = |means: &[(ActorId, Mean)], what: String| means.iter().map(|(_, m)| cell(m)).chain([what]).collect();
    table.row(row(&r.payoffs, "all runs".into()));
    for it in r.by_intent.iter().filter(|it| it.runs > 0) {
        table.row(row(&it.payoffs, super::after(n, it)));
    }
    let note = "What a run pays in all, in each side's own points: what the deal is worth as long as it holds, and no deal \
                after that or without one, less what going on has cost (mean ± half of the 95 % interval). Points of \
                different sides cannot be compared.";
    format!("{}\n{}", table.text(), paragraph(&format!("{note}{}", super::weighed(a))))
}

fn cell(mean: &Mean) -> String {
    format!("{} ± {}", fixed(mean.mean, 2), fixed(Z95 * mean.error, 2))
}
