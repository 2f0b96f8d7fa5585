//! What `winset stability` takes.

use clap::Args;
use winset::Wanted;

use super::shared::{FromArgs, TailArgs, ThemeArgs};

/// What is asked of scenarios alone, not of conflicts that others drew.
const OF_SCENARIOS: [&str; 12] =
    ["file", "named", "package", "top", "runs", "defeat", "seed", "reading", "variant", "set", "threads", "full"];

/// `winset stability`.
#[derive(Debug, Args)]
pub struct StabilityArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE", required_unless_present = "gmcr")]
    pub file: Option<String>,
    /// Ask only about the package of this name in the scenario
    #[arg(long, value_name = "NAME", conflicts_with = "top")]
    pub named: Option<String>,
    /// Ask only about this package, as issue=option,…; what is not named stays as it is now
    #[arg(long, value_name = "TERMS", conflicts_with_all = ["top", "named"])]
    pub package: Option<String>,
    /// How many of the packages that would do most often are asked about; each differs from the others in at least two terms
    #[arg(long, value_name = "K", default_value = "5", allow_hyphen_values = true)]
    pub top: String,
    /// Worlds to draw
    #[arg(long, value_name = "N", default_value = "2000", allow_hyphen_values = true)]
    pub runs: String,
    #[command(flatten)]
    pub from: FromArgs,
    /// Conflicts that others drew, as JSON or CSV, or `elmira`: states, moves, ordinal preferences
    #[arg(long, value_name = "CASES", conflicts_with_all = OF_SCENARIOS)]
    pub gmcr: Option<String>,
    /// Write the case as CSV as well
    #[arg(long, value_name = "CSV", requires = "gmcr", conflicts_with = "file")]
    pub to: Option<String>,
    /// Tell why each side would stay or leave, and all four concepts, not the first screen
    #[arg(long, conflicts_with = "json")]
    pub full: bool,
    #[command(flatten)]
    pub looks: ThemeArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}

impl StabilityArgs {
    /// What they ask of a scenario.
    pub fn wanted(&self) -> Wanted {
        self.from.wanted(&self.runs, &[])
    }
}
