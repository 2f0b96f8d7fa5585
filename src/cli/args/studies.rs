//! What the verbs take that study an answer: one share, what it hangs on, where an outcome lives.

use clap::Args;

use super::shared::{FromArgs, TailArgs, ThemeArgs, WithoutArgs, WorldArgs};

/// `winset estimate`.
#[derive(Debug, Args)]
pub struct EstimateArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// What: exists, reached, would-do:PACKAGE, no-defeat:PACKAGE, or an ending such as unratified
    #[arg(long, value_name = "WHAT", default_value = "exists")]
    pub of: String,
    /// How: auto, plain, sobol, lines, lines+sobol or importance
    #[arg(long, value_name = "HOW", default_value = "auto")]
    pub method: String,
    /// Draw until half the 95 % interval is at most this, instead of a number of worlds
    #[arg(long, value_name = "P", conflicts_with = "runs", allow_hyphen_values = true)]
    pub precision: Option<String>,
    #[command(flatten)]
    pub worlds: WorldArgs,
    #[command(flatten)]
    pub parts: WithoutArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}

/// `winset sensitivity`.
#[derive(Debug, Args)]
pub struct SensitivityArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// What is asked: margin, exists or reached
    #[arg(long, value_name = "OUTCOME", default_value = "margin")]
    pub of: String,
    /// How many inputs have an index of their own: those that the screening finds strongest
    #[arg(long, value_name = "K", default_value = "8", allow_hyphen_values = true)]
    pub strongest: String,
    /// These inputs have an index of their own
    #[arg(long, value_name = "PATH,…", value_delimiter = ',', conflicts_with = "groups")]
    pub inputs: Vec<String>,
    /// Groups of inputs have an index each: section, source or assumed
    #[arg(long, value_name = "BY")]
    pub groups: Option<String>,
    /// Sobol' points of the indices; powers of two are best
    #[arg(long, alias = "runs", value_name = "N", default_value = "1024", allow_hyphen_values = true)]
    pub points: String,
    /// Walks of the screening
    #[arg(long, value_name = "N", default_value = "64", allow_hyphen_values = true)]
    pub walks: String,
    #[command(flatten)]
    pub from: FromArgs,
    #[command(flatten)]
    pub theme: ThemeArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}

/// `winset audit`.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// How many assumptions are looked at one by one
    #[arg(long, value_name = "K", default_value = "12", allow_hyphen_values = true)]
    pub top: String,
    /// Sobol' points of the indices; powers of two are best
    #[arg(long, value_name = "N", default_value = "1024", allow_hyphen_values = true)]
    pub points: String,
    /// Walks of the screening
    #[arg(long, value_name = "N", default_value = "64", allow_hyphen_values = true)]
    pub walks: String,
    /// Worlds in which each number is held at values
    #[arg(long, alias = "worlds", value_name = "N", default_value = "512", allow_hyphen_values = true)]
    pub runs: String,
    #[command(flatten)]
    pub from: FromArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}

/// `winset discover`.
#[derive(Debug, Args)]
pub struct DiscoverArgs {
    /// A folder that `winset batch` wrote, or any CSV file with a line of heads
    #[arg(value_name = "RESULTS")]
    pub results: String,
    /// What is looked for: an outcome compared with a value; given several times, all of them must hold
    #[arg(long, value_name = "OUTCOME OP VALUE", required = true, allow_hyphen_values = true)]
    pub target: Vec<String>,
    /// Columns that a box may limit; all inputs unless said otherwise
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    pub inputs: Vec<String>,
    /// Boxes looked for, each in what those before it leave
    #[arg(long, value_name = "N", default_value = "1", allow_hyphen_values = true)]
    pub boxes: String,
    /// Take this box of the trade-off instead of the one that the rule takes
    #[arg(long = "box", value_name = "K", allow_hyphen_values = true)]
    pub choice: Option<String>,
    #[command(flatten)]
    pub theme: ThemeArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}
