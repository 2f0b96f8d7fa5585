//! What `winset estimate` takes.

use clap::Args;

use super::tail::TailArgs;
use super::worlds::{WithoutArgs, WorldArgs};

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
