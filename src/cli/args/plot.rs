//! `winset plot`.

use clap::Args;

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
    /// light or dark
    #[arg(long, value_name = "THEME", default_value = "light")]
    pub theme: String,
    /// Where to write; DIR itself if it is not given
    #[arg(long, value_name = "DIR")]
    pub out: Option<String>,
}
