//! What `winset sensitivity` and `winset audit` take.

use clap::Args;

use super::tail::{TailArgs, ThemeArgs};
use super::worlds::FromArgs;

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
