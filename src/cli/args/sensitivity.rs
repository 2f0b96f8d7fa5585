//! What `winset sensitivity` and `winset audit` take.

use clap::Args;

use super::worlds::WorldArgs;

/// Flags that choose from what worlds are drawn; how many, each verb says in its own way.
#[derive(Debug, Args)]
pub struct FromArgs {
    /// Seed of all draws: the same seed gives the same bytes
    #[arg(long, value_name = "S", default_value = "1", allow_hyphen_values = true)]
    pub seed: String,
    /// Draw only from this rival account
    #[arg(long, value_name = "READING")]
    pub reading: Option<String>,
    /// Switch a variant on or off
    #[arg(long, value_name = "V=on|off")]
    pub variant: Vec<String>,
    /// Change one number: its path, and a value written as in a file
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// Whose verdict makes a defeat: audience, leader, both or no-veto
    #[arg(long, value_name = "WHOSE", default_value = "audience")]
    pub defeat: String,
    /// Threads to use; the result does not depend on it
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    pub threads: Option<String>,
}

impl FromArgs {
    /// The same as the flags of worlds, of which there is one.
    pub fn worlds(&self) -> WorldArgs {
        WorldArgs {
            runs: "1".into(),
            seed: self.seed.clone(),
            reading: self.reading.clone(),
            variant: self.variant.clone(),
            set: self.set.clone(),
            defeat: self.defeat.clone(),
            agreeing: false,
            threads: self.threads.clone(),
        }
    }
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
    #[arg(long, value_name = "N", default_value = "1024", allow_hyphen_values = true)]
    pub points: String,
    /// Walks of the screening
    #[arg(long, value_name = "N", default_value = "64", allow_hyphen_values = true)]
    pub walks: String,
    #[command(flatten)]
    pub from: FromArgs,
    /// Write page, JSON, sheets and pictures into this folder as well
    #[arg(long, value_name = "DIR")]
    pub out: Option<String>,
    /// Replace an existing folder of results
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Print one JSON object instead of a page
    #[arg(long)]
    pub json: bool,
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
    #[arg(long, alias = "runs", value_name = "N", default_value = "512", allow_hyphen_values = true)]
    pub worlds: String,
    #[command(flatten)]
    pub from: FromArgs,
    /// Write page.txt, summary.json and audit.csv into this folder as well
    #[arg(long, value_name = "DIR")]
    pub out: Option<String>,
    /// Replace an existing folder of results
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Print one JSON object instead of a page
    #[arg(long)]
    pub json: bool,
}
