//! What the library answers, asked as a Rust program asks it.

mod bad;
mod beliefs;
mod choice;
mod coalitions;
mod commitment;
mod conflicts;
mod dead;
mod directions;
mod door;
mod durability;
mod explore;
mod figures;
#[path = "../support/foresight.rs"]
mod foresight;
mod games;
#[path = "../support/generate.rs"]
mod generate;
mod import;
mod istanbul;
mod laws;
#[path = "../figures/layout.rs"]
mod layout;
mod logit;
mod mutations;
mod numbers;
mod offers;
mod parlour;
mod payoffs;
mod pictures;
#[path = "../support/plain.rs"]
mod plain;
mod plans;
#[path = "../support/play.rs"]
mod play;
mod prepared;
mod read_scenarios;
mod reckon;
mod record;
mod room;
#[path = "../figures/samples.rs"]
mod samples;
mod seat;
mod solve;
mod stability;
mod stages;
mod surveying;
mod tables;
mod talks;
mod textbook;
mod time;
#[path = "../support/toys.rs"]
mod toys;
mod trace;
mod two_ways;
mod vast;
