//! What the verbs that teach take.

use clap::Args;

use super::shared::{TailArgs, ThemeArgs, WorldArgs};

/// `winset play`.
#[derive(Debug, Args)]
pub struct PlayArgs {
    /// A scenario: a path, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// Whom you sit for: a party, or the mediator; may be given several times
    #[arg(long, value_name = "ACTOR", required = true)]
    pub side: Vec<String>,
    /// What another party is after: an intent, PARTY=INTENT where there are several others, or `person` to sit there too
    #[arg(long, value_name = "INTENT")]
    pub opponent: Vec<String>,
    /// Draw the world by this seed; without it every number is at its likeliest
    #[arg(long, value_name = "S", allow_hyphen_values = true)]
    pub seed: Option<String>,
    /// Meet the luck of this run
    #[arg(long, value_name = "K", default_value = "0", allow_hyphen_values = true)]
    pub run: String,
    /// Keep the game in this file, after every decision; where it is there already, go on with it
    #[arg(long, value_name = "FILE")]
    pub save: Option<String>,
    /// Play in this rival account
    #[arg(long, value_name = "READING")]
    pub reading: Option<String>,
    /// Switch a variant on or off
    #[arg(long, value_name = "V=on|off")]
    pub variant: Vec<String>,
    /// Change one number: its path, and a value written as in a file
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
}

/// Where one file is written.
#[derive(Debug, Args)]
pub struct PlaceArgs {
    /// Where it is written; by default beside you, under the name of the scenario
    #[arg(short, long = "output", value_name = "FILE.html")]
    pub output: Option<String>,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
}

/// `winset page`.
#[derive(Debug, Args)]
pub struct PageArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    #[command(flatten)]
    pub place: PlaceArgs,
    /// A page for one party, who sits for no other
    #[arg(long, value_name = "PARTY")]
    pub side: Option<String>,
    /// The engine, where it was not built beside the program
    #[arg(long, value_name = "FILE.wasm")]
    pub engine: Option<String>,
}

/// `winset lesson`.
#[derive(Debug, Args)]
pub struct LessonArgs {
    /// A lesson: its name or number, or a file of Markdown; without it all are named
    #[arg(value_name = "LESSON")]
    pub lesson: Option<String>,
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The sheet for whoever teaches it, with the answers
    #[arg(long)]
    pub teacher: bool,
    /// The engine, where it was not built beside the program
    #[arg(long, value_name = "FILE.wasm")]
    pub engine: Option<String>,
}

/// `winset report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// A scenario: a path, `-`, or a shipped name; or a folder of results
    #[arg(value_name = "FILE")]
    pub file: String,
    #[command(flatten)]
    pub place: PlaceArgs,
    #[command(flatten)]
    pub worlds: WorldArgs,
}

/// `winset replay`.
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// A game that `winset play --save` kept
    #[arg(value_name = "TALK")]
    pub talk: String,
    /// Its scenario, where it is not found under the name that the game gives
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<String>,
    /// Another decision in the place of one: its number, and what is decided instead, as `6=accept`
    #[arg(long, value_name = "N=DECISION")]
    pub what_if: Option<String>,
    #[command(flatten)]
    pub looks: ThemeArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}
