//! One file a verb: load, ask, print.

pub mod ablations;
pub mod audit;
pub mod batch;
pub mod check;
pub mod compare;
mod complete;
pub mod completions;
pub mod directions;
pub mod discover;
pub mod estimate;
pub mod infer;
pub mod list;
pub mod new;
pub mod parts;
pub mod plot;
pub mod run;
pub mod schema;
pub mod sensitivity;
pub mod solve;
pub mod trace;
pub mod vary;
pub mod verdict;
