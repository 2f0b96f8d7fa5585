//! What `winset discover` takes.

use clap::Args;

use super::tail::{TailArgs, ThemeArgs};

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
