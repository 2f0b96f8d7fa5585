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
use crate::space::{Agreements, Listed, Margin, Solution};
use crate::text::words::{count, counted};

/// The solution points: the key of each, its name, and where it lies, if that is known.
fn solutions(a: &Agreements) -> [(&'static str, &'static str, Option<&Listed>); 4] {
    Solution::ALL.map(|solution| {
        let (key, name) = match solution {
            Solution::Nash => ("nash", "Nash"),
            Solution::KalaiSmorodinsky => ("kalai_smorodinsky", "Kalai–Smorodinsky"),
            Solution::Egalitarian => ("egalitarian", "egalitarian"),
            Solution::Utilitarian => ("utilitarian", "utilitarian"),
        };
        (key, name, a.of(solution))
    })
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
