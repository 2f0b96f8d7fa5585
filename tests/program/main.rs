//! What the program prints, writes and refuses, asked as a user asks it.

mod batch;
mod class;
mod cli;
#[path = "../cli_support/mod.rs"]
mod cli_support;
mod coalitions;
mod compare;
mod discover;
mod estimates;
mod exchange;
mod explain;
#[path = "../plot/fixture.rs"]
mod fixture;
mod fonts;
#[path = "../support/generate.rs"]
mod generate;
mod input;
mod kept;
#[path = "../figures/layout.rs"]
mod layout;
mod lessons;
mod numbers;
mod offers;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod parts;
mod pictures;
#[path = "../support/plain.rs"]
mod plain;
mod play;
mod plot;
mod reports;
mod schemas;
mod screens;
mod sensitivity;
mod sheets;
mod stability;
#[path = "../support/mod.rs"]
mod support;
mod tables;
mod telling;
mod textbook;
mod theory;
mod transcripts;
