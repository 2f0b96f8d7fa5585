//! Flags with which every verb ends.

use clap::Args;

/// Where an answer goes, and in which form.
#[derive(Debug, Clone, Args)]
pub struct TailArgs {
    /// Write page.txt, summary.json, and the tables and pictures that there are, into this folder as well
    #[arg(long, value_name = "DIR")]
    pub out: Option<String>,
    /// Replace an existing folder of results
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Print one JSON object instead of a page: {verb, version, scenario, seed, asked, answer}
    #[arg(long)]
    pub json: bool,
}

/// How pictures look.
#[derive(Debug, Clone, Args)]
pub struct ThemeArgs {
    /// Of pictures: light or dark
    #[arg(long, value_name = "THEME", default_value = "light")]
    pub theme: String,
}
