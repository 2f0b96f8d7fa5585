//! What the verbs of batches take.

use clap::Args;

use super::shared::ThemeArgs;

/// `winset batch`.
#[derive(Debug, Args)]
pub struct BatchArgs {
    /// A plan: a TOML file, or the name of a shipped one
    #[arg(value_name = "PLAN")]
    pub plan: String,
    /// Show the whole plan and what it would cost, and run nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The folder of results; one that is there already is continued
    #[arg(long, value_name = "DIR")]
    pub out: Option<String>,
    /// Runs of each experiment, in place of the plan's; more than a folder has continues it
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub runs: Option<String>,
    /// Do only this part of the work, such as 2/5, or as the variable `WINSET_SHARD` says
    #[arg(long, value_name = "I/N", allow_hyphen_values = true)]
    pub shard: Option<String>,
    /// Threads to use; the result does not depend on it
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    pub threads: Option<String>,
    /// Write the tables as Parquet as well; for a program built with the feature `parquet`
    #[arg(long)]
    pub parquet: bool,
    #[command(flatten)]
    pub looks: ThemeArgs,
    /// Print one JSON object instead of a page
    #[arg(long)]
    pub json: bool,
}

/// Parts of one batch.
#[derive(Debug, Args)]
pub struct PartsArgs {
    /// Folders of one batch
    #[arg(value_name = "DIR", required = true)]
    pub folders: Vec<String>,
    /// The plan whose results these must be; without it that of the first folder
    #[arg(long, value_name = "FILE")]
    pub plan: Option<String>,
    /// Runs of each experiment, in place of the plan's
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub runs: Option<String>,
}

/// `winset missing`.
#[derive(Debug, Args)]
pub struct MissingArgs {
    /// Name only which of so many shards lack something, such as 1-3,7
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub shards: Option<String>,
    #[command(flatten)]
    pub parts: PartsArgs,
    /// Print one JSON object instead of a page
    #[arg(long)]
    pub json: bool,
}

/// `winset merge`.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The folder of results that is made; it must not exist
    #[arg(long, value_name = "DIR", required = true)]
    pub out: String,
    #[command(flatten)]
    pub parts: PartsArgs,
    /// Write the tables as Parquet as well; for a program built with the feature `parquet`
    #[arg(long)]
    pub parquet: bool,
    #[command(flatten)]
    pub looks: ThemeArgs,
    /// Print one JSON object instead of a page
    #[arg(long)]
    pub json: bool,
}

/// `winset plot`.
#[derive(Debug, Args)]
pub struct PlotArgs {
    /// A folder that `winset batch` wrote
    #[arg(value_name = "DIR")]
    pub folder: String,
    /// The kind of picture; without it every kind that makes sense of the design
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// What groups are told apart by: policy, reading, variant, scenario, experiment, point, or the path of a design
    /// input; `none` for all together
    #[arg(long, value_name = "WHAT,…", value_delimiter = ',')]
    pub by: Vec<String>,
    /// What a curve, heat map or tornado shows: exists, reached, margin, rounds, an ending, `gain_PARTY`
    #[arg(long, value_name = "OUTCOME")]
    pub outcome: Option<String>,
    /// svg or png
    #[arg(long, value_name = "FORMAT", default_value = "svg")]
    pub format: String,
    #[command(flatten)]
    pub looks: ThemeArgs,
    /// Where to write; DIR itself if it is not given
    #[arg(long, value_name = "DIR")]
    pub out: Option<String>,
}
