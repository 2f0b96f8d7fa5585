//! What `winset offers` takes.

use clap::Args;
use winset::Wanted;

use super::shared::{DrawArgs, TailArgs};

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
    #[command(flatten)]
    pub drawn: DrawArgs,
    /// Tell every offer, not the first screen
    #[arg(long, conflicts_with_all = ["json", "tournament"])]
    pub full: bool,
    #[command(flatten)]
    pub tail: TailArgs,
}

impl OffersArgs {
    /// What they ask of a scenario.
    pub fn wanted(&self) -> Wanted {
        Wanted { runs: "1".into(), ..self.drawn.wanted() }
    }
}
