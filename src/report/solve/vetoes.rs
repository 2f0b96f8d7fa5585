//! Vetoes that are chances: those that do not happen in a world, and what would be left if they did.

use serde_json::{Value, json};

use crate::ask::Exact;
use crate::text::words::{count, list, number, visible};

/// Said where there are any; empty where there are none.
pub(super) fn told(x: &Exact) -> String {
    if x.dormant.is_empty() {
        return String::new();
    }
    let who: Vec<String> = x
        .dormant
        .iter()
        .map(|(a, chance)| format!("{} (chance {})", visible(&x.n.audience(*a).name), number(*chance)))
        .collect();
    let these = if who.len() == 1 { "this veto does not happen" } else { "these vetoes do not happen" };
    let they = if who.len() == 1 { "it" } else { "they" };
    let if_so = match (x.solved.packages.would_do, x.if_vetoed.as_ref().and_then(|c| c.would_do)) {
        (Some(now), Some(then)) if now == then => format!(" If {they} did, as many packages would do."),
        (Some(now), Some(then)) => {
            format!(" If {they} did, {} packages would do instead of {}.", count(then), count(now))
        }
        _ => String::new(),
    };
    format!("In this world {these}: {}.{if_so}", list(&who))
}

pub(super) fn data(x: &Exact) -> Value {
    x.dormant.iter().map(|(a, chance)| json!({ "audience": x.n.audience(*a).id, "chance": chance })).collect()
}
