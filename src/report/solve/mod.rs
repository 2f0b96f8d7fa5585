//! The exact answer for one world: a page and JSON.

mod beside;
mod data;
mod miss;
mod page;
mod screen;

pub use data::json;
pub use page::{Show, page, shown};
pub use screen::screen;

use crate::ask::Exact;
use crate::space::{Agreements, Listed, Margin};
use crate::text::words::{count, counted};

/// The solution points: the key of each, its name, and where it lies.
fn solutions(a: &Agreements) -> [(&'static str, &'static str, &Listed); 4] {
    [
        ("nash", "Nash", &a.nash),
        ("kalai_smorodinsky", "Kalai–Smorodinsky", &a.kalai_smorodinsky),
        ("egalitarian", "egalitarian", &a.egalitarian),
        ("utilitarian", "utilitarian", &a.utilitarian),
    ]
}

/// Whether no verdict can make a package a defeat.
fn is_free(x: &Exact) -> bool {
    let census = &x.solved.packages;
    let all_bear = || census.winset.iter().all(|(_, borne)| *borne == census.allowed);
    let unmeasured = x.solved.margin == Some(Margin::Unbounded) && x.solved.without_span.is_empty();
    unmeasured && (!x.n.has_coalitions() || all_bear())
}

fn packages(number: u128) -> String {
    usize::try_from(number).map_or_else(|_| format!("{} packages", count(number)), |n| counted(n, "package"))
}
