//! What each verb takes.

use clap::Args;

use super::shared::{FromArgs, TailArgs, ThemeArgs, WithoutArgs, WorldArgs};

/// `winset run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// Scenarios: paths, `-`, or shipped names
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    #[command(flatten)]
    pub worlds: WorldArgs,
    #[command(flatten)]
    pub parts: WithoutArgs,
    /// Print parts of the page, not the first screen: all, endings, payoffs, holds, packages, why, rests
    #[arg(long, value_name = "PART,…", value_delimiter = ',', conflicts_with_all = ["json", "vary"])]
    pub show: Vec<String>,
    /// Draw worlds until half the 95 % intervals of “one exists” and “reached” are at most this, not a number of worlds
    #[arg(long, value_name = "P", conflicts_with_all = ["runs", "vary"], allow_hyphen_values = true)]
    pub precision: Option<String>,
    /// Let one input take N values from LO to HI, the others as they are; given twice, every pair of values
    #[arg(long, value_name = "PATH=LO:HI:N", allow_hyphen_values = true)]
    pub vary: Vec<String>,
    /// Write runs.csv into the folder as well: one row a run
    #[arg(long, requires = "out", conflicts_with = "vary")]
    pub record: bool,
    #[command(flatten)]
    pub tail: TailArgs,
    #[command(flatten)]
    pub looks: ThemeArgs,
    /// Put the data of all pictures into the JSON
    #[arg(long, value_name = "figures", value_parser = ["figures"], requires = "json", conflicts_with = "vary")]
    pub with: Option<String>,
}

/// `winset schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// The format of plans of batches
    #[arg(long)]
    pub plan: bool,
    /// What a verb prints with --json
    #[arg(long, value_name = "VERB", conflicts_with_all = ["plan", "tables"])]
    pub of: Option<String>,
    /// Every table that is written as CSV or Parquet: its rows, its columns, and what each holds
    #[arg(long, conflicts_with = "plan")]
    pub tables: bool,
}

/// `winset solve`.
#[derive(Debug, Args)]
pub struct SolveArgs {
    /// Scenarios: paths, `-`, or shipped names
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    /// Which world: `mode`, in which every number is at its likeliest, or the number of a run
    #[arg(long, value_name = "mode|K", default_value = "mode", allow_hyphen_values = true)]
    pub world: String,
    #[command(flatten)]
    pub worlds: WorldArgs,
    /// Print parts of the page, not the first screen: all, frontier, solutions, pivotal
    #[arg(long, value_name = "PART,…", value_delimiter = ',', conflicts_with = "json")]
    pub show: Vec<String>,
    /// Print the Pareto frontier of the leaderships
    #[arg(long, conflicts_with = "json")]
    pub frontier: bool,
    /// Print where the leaderships would meet, and what each solution means
    #[arg(long, conflicts_with = "json")]
    pub solutions: bool,
    /// Print what the margin would be without each option, claim, red line and audience
    #[arg(long, conflicts_with = "json")]
    pub pivotal: bool,
    /// Of more than 10^7 packages: keep N points of the frontier at most, and say how far from it they may be
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub coarsen: Option<String>,
    #[command(flatten)]
    pub tail: TailArgs,
}

/// `winset game`.
#[derive(Debug, Args)]
pub struct GameArgs {
    /// A scenario: a path, `-`, or a shipped name; or a payoff table: .csv, or .nfg
    #[arg(value_name = "FILE", conflicts_with = "nfg")]
    pub table: Option<String>,
    /// A table in .nfg, whatever its file is called
    #[arg(long, value_name = "FILE")]
    pub nfg: Option<String>,
    /// Write the table as .nfg or .csv as well
    #[arg(long, value_name = "FILE")]
    pub to: Option<String>,
    /// Of a scenario: runs of each cell and account
    #[arg(long, value_name = "N", default_value = "10000", allow_hyphen_values = true)]
    pub runs: String,
    /// Of a scenario: the plan that is asked about; by default the likeliest intent of those that `obstructs` marks
    #[arg(long = "for", value_name = "PARTY.INTENT")]
    pub about: Option<String>,
    /// Of a scenario: where the plan begins to pay as this number is held, along its declared range or one of your own
    #[arg(long, value_name = "PATH[=LO:HI]", allow_hyphen_values = true)]
    pub break_even: Vec<String>,
    /// Of a scenario: who would choose what where two numbers are held; given twice
    #[arg(long, value_name = "PATH=LO:HI:N", allow_hyphen_values = true)]
    pub map: Vec<String>,
    /// Of a scenario: look beyond its intents, among 405 policies of each side; takes minutes
    #[arg(long)]
    pub explore: bool,
    /// Of a scenario: runs of each cell and account at each value of a number that is held
    #[arg(long, value_name = "N", default_value = "1000", allow_hyphen_values = true)]
    pub held_runs: String,
    /// Of a scenario: times that the runs are resampled
    #[arg(long, value_name = "N", default_value = "1000", allow_hyphen_values = true)]
    pub resamples: String,
    #[command(flatten)]
    pub from: FromArgs,
    #[command(flatten)]
    pub looks: ThemeArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}

/// `winset ablations`.
#[derive(Debug, Args)]
pub struct AblationsArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    #[command(flatten)]
    pub worlds: WorldArgs,
    #[command(flatten)]
    pub parts: WithoutArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}

/// `winset trace`.
#[derive(Debug, Args)]
pub struct TraceArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// The number of the run
    #[arg(long, value_name = "K", default_value = "0", allow_hyphen_values = true)]
    pub run: String,
    #[command(flatten)]
    pub worlds: WorldArgs,
    #[command(flatten)]
    pub parts: WithoutArgs,
    /// Tell all that happens, round by round, not the first screen
    #[arg(long, conflicts_with_all = ["json", "round"])]
    pub full: bool,
    /// Tell one round in full
    #[arg(long, value_name = "N", conflicts_with = "json", allow_hyphen_values = true)]
    pub round: Option<String>,
    /// Tell the first run, from `--run` on, that ends so: settlement, truce, defeat, unratified, imposed, no-deal
    #[arg(long, value_name = "ENDING")]
    pub ending: Option<String>,
    #[command(flatten)]
    pub tail: TailArgs,
}

/// `winset directions`.
#[derive(Debug, Args)]
pub struct DirectionsArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// Runs of each direction, each played with the change and without
    #[arg(long, alias = "pairs", value_name = "N", default_value = "10000", allow_hyphen_values = true)]
    pub runs: String,
    /// Ask about this direction only; may be given several times
    #[arg(long, value_name = "ID")]
    pub only: Vec<String>,
    #[command(flatten)]
    pub from: FromArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}

/// `winset infer`.
#[derive(Debug, Args)]
pub struct InferArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// Read the record also with the game's priors, and with likelihoods out of played runs
    #[arg(long)]
    pub by_play: bool,
    #[command(flatten)]
    pub worlds: WorldArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}

/// `winset compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// Arms: a scenario, then changes behind `@`; an arm that begins with `@` is the first with further changes
    #[arg(value_name = "ARM", required = true, num_args = 2..)]
    pub arms: Vec<String>,
    /// Runs of each arm
    #[arg(long, alias = "worlds", value_name = "N", default_value = "10000", allow_hyphen_values = true)]
    pub runs: String,
    /// What all arms have; where an arm says it otherwise, as the arm has it
    #[command(flatten)]
    pub from: FromArgs,
    #[command(flatten)]
    pub parts: WithoutArgs,
    /// Flipped runs of each arm of which the first difference is looked for
    #[arg(long, value_name = "N", default_value = "2000", allow_hyphen_values = true)]
    pub explain: String,
    #[command(flatten)]
    pub theme: ThemeArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}

/// `winset verdict`.
#[derive(Debug, Args)]
pub struct VerdictArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// The package, as issue=option,…; what is not named stays as it is now; `now` changes nothing
    #[arg(long, value_name = "TERMS", conflicts_with = "named")]
    pub package: Option<String>,
    /// The package that the scenario calls by this name
    #[arg(long, value_name = "NAME")]
    pub named: Option<String>,
    /// Show only the points of this party and of those at its home
    #[arg(long, value_name = "PARTY")]
    pub side: Option<String>,
    #[command(flatten)]
    pub worlds: WorldArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}

/// `winset check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Scenarios: paths, `-`, or shipped names
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    /// Worlds in which the anchors are tried
    #[arg(long, value_name = "N", default_value = "2000", allow_hyphen_values = true)]
    pub runs: String,
    /// Seed of all draws, at most 2^53 − 1
    #[arg(long, value_name = "S", default_value = "1", allow_hyphen_values = true)]
    pub seed: String,
    /// Play five times as many runs of the talks in rounds of 1, 1/2 and 1/7 of their unit of time: do they agree?
    #[arg(long)]
    pub step: bool,
}
