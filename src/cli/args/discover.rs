//! What `winset discover` takes.

use clap::Args;

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
    /// Write page.txt, summary.json, pictures and the tables behind them into this folder as well
    #[arg(long, value_name = "DIR")]
    pub out: Option<String>,
    /// Replace an existing folder of results
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Print one JSON object instead of a page
    #[arg(long)]
    pub json: bool,
}
