//! What `winset compare` takes.

use clap::Args;

use super::tail::{TailArgs, ThemeArgs};

/// `winset compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// Arms: a scenario, then changes behind `@`; an arm that begins with `@` is the first with further changes
    #[arg(value_name = "ARM", required = true, num_args = 2..)]
    pub arms: Vec<String>,
    /// Runs of each arm
    #[arg(long, value_name = "N", default_value = "10000", allow_hyphen_values = true)]
    pub runs: String,
    /// Seed of all draws, in all arms, at most 2^53 − 1: the same seed gives the same bytes
    #[arg(long, value_name = "S", default_value = "1", allow_hyphen_values = true)]
    pub seed: String,
    /// Threads to use; the result does not depend on it
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    pub threads: Option<String>,
    /// Flipped runs of each arm of which the first difference is looked for
    #[arg(long, value_name = "N", default_value = "2000", allow_hyphen_values = true)]
    pub explain: String,
    #[command(flatten)]
    pub theme: ThemeArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}
