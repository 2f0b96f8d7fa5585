//! What `winset offers` takes.

use clap::Args;
use winset::Wanted;

use super::shared::TailArgs;

/// `winset offers`.
#[derive(Debug, Args)]
pub struct OffersArgs {
    /// Scenarios: paths, `-`, or shipped names; several for a tournament
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    /// A tactic for each party in the order of the file, or one for all: boulware, linear, conceder, hardliner,
    /// tit-for-tat, averaged-tit-for-tat, trade-off, best-response; `boulware=10` gives its number
    #[arg(long, value_name = "TACTIC,…", value_delimiter = ',')]
    pub tactics: Vec<String>,
    /// Rounds: in each every party has one turn
    #[arg(long, value_name = "N", default_value = "100", allow_hyphen_values = true)]
    pub rounds: String,
    /// Points that make a utility of 1, by which the tolerances of the rules are measured
    #[arg(long, value_name = "POINTS", default_value = "1", allow_hyphen_values = true)]
    pub unit: String,
    /// Play so many sessions as well, with lots for who begins and for which of equals is offered
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub repeat: Option<String>,
    /// Let all tactics play against all, in every seat and with each party beginning
    #[arg(long)]
    pub tournament: bool,
    /// Which world: `mode`, in which every number is at its likeliest, or the number of a run
    #[arg(long, value_name = "mode|K", default_value = "mode", allow_hyphen_values = true)]
    pub world: String,
    /// Seed of all draws, at most 2^53 − 1: the same seed gives the same bytes
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
    /// Threads to use; the result does not depend on it
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    pub threads: Option<String>,
    /// Tell every offer, not the first screen
    #[arg(long, conflicts_with_all = ["json", "tournament"])]
    pub full: bool,
    #[command(flatten)]
    pub tail: TailArgs,
}

impl OffersArgs {
    /// What they ask of a scenario.
    pub fn wanted(&self) -> Wanted {
        Wanted {
            runs: "1".into(),
            seed: self.seed.clone(),
            reading: self.reading.clone(),
            variant: self.variant.clone(),
            set: self.set.clone(),
            threads: self.threads.clone(),
            ..Wanted::default()
        }
    }
}
