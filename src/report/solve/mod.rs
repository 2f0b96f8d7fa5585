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
use crate::text::words::{self, count, counted, number, visible};

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

/// How far points of a coarsened frontier may be from the rest, in words; `None` if nothing was left out.
fn coarsened(x: &Exact, list: &Listed) -> Option<String> {
    let far = list.within.iter().zip(x.n.parties()).filter(|(units, _)| **units > 0);
    let far = far
        .map(|(units, i)| format!("{} for {}", number(x.solved.utilities.points(*units)), visible(&x.n.actor(i).name)));
    let far: Vec<String> = far.collect();
    let told = "for every package there is one on them that is worse by no more points than";
    (!far.is_empty()).then(|| format!("{told} {}, and for the others by nothing", words::list(far)))
}

fn packages(number: u128) -> String {
    usize::try_from(number).map_or_else(|_| format!("{} packages", count(number)), |n| counted(n, "package"))
}
