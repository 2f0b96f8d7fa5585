//! One file a verb, or a few that ask alike: load, ask, print.

pub mod batch;
pub mod check;
mod choose;
pub mod class;
pub mod compare;
mod complete;
pub mod discover;
pub mod estimate;
pub mod exchange;
pub mod explain;
pub mod game;
pub mod handout;
pub mod lesson;
pub mod offers;
pub mod page;
pub mod papers;
pub mod parts;
pub mod play;
pub mod plot;
pub mod run;
pub mod sensitivity;
pub mod shelf;
pub mod solve;
pub mod talks;
pub mod trace;
pub mod vary;
pub mod verdict;
