//! One file a verb: load, ask, print.

pub mod ablations;
pub mod batch;
pub mod check;
pub mod completions;
pub mod directions;
pub mod infer;
pub mod list;
pub mod new;
pub mod parts;
pub mod run;
pub mod schema;
pub mod solve;
pub mod trace;
pub mod vary;
pub mod verdict;
