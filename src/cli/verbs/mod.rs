//! One file a verb: load, ask, print.

pub mod ablations;
pub mod audit;
pub mod batch;
pub mod check;
pub mod compare;
mod complete;
pub mod directions;
pub mod discover;
pub mod estimate;
pub mod infer;
pub mod parts;
pub mod plot;
pub mod run;
pub mod sensitivity;
pub mod shelf;
pub mod solve;
pub mod trace;
pub mod vary;
pub mod verdict;
