//! What the verbs take that exchange domains with other tools.

use clap::Args;

/// `winset import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// A domain and a profile for each party; one file of a scorable game or of pools; or a folder of one domain
    #[arg(value_name = "DOMAIN PROFILE", required = true, num_args = 1..)]
    pub files: Vec<String>,
    /// Write the scenario into this file, or several into this folder; without it one is printed
    #[arg(short, long = "output", value_name = "FILE")]
    pub output: Option<String>,
    /// Cut each real issue into so many steps of equal width; 20 unless given
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub steps: Option<String>,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
}

/// `winset export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// For which tool
    #[arg(long, value_name = "genius|negmas")]
    pub to: String,
    /// The folder in which the files are written
    #[arg(short, long = "out", value_name = "DIR", required = true)]
    pub out: String,
}
