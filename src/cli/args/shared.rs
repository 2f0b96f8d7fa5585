//! Flags that many verbs share.

use clap::Args;
use winset::analysis::Part;
use winset::ask::Wanted;
use winset::model::Defeat;

/// Flags that choose how worlds are drawn.
#[derive(Debug, Clone, Args)]
pub struct DrawArgs {
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
}

/// Flags that choose from what worlds are drawn, and what counts as a defeat; how many, each verb says in its own way.
#[derive(Debug, Clone, Args)]
pub struct FromArgs {
    #[command(flatten)]
    pub drawn: DrawArgs,
    /// Whose verdict makes a defeat: audience, leader, both or no-veto
    #[arg(long, value_name = "WHOSE", default_value = "audience")]
    pub defeat: String,
}

impl DrawArgs {
    /// What they ask, of no number of worlds yet.
    pub fn wanted(&self) -> Wanted {
        let Self { seed, reading, variant, set, threads } = self.clone();
        Wanted { seed, reading, variant, set, threads, ..Wanted::default() }
    }
}

impl FromArgs {
    /// What they ask, with so many worlds, and with parts left out.
    pub fn wanted(&self, runs: &str, without: &[String]) -> Wanted {
        let FromArgs { drawn, defeat } = self.clone();
        let (runs, without) = (runs.to_owned(), without.to_vec());
        let defeat = (defeat != Defeat::default().word()).then_some(defeat);
        Wanted { runs, defeat, without, ..drawn.wanted() }
    }
}

/// Flags that choose worlds.
#[derive(Debug, Args)]
pub struct WorldArgs {
    /// Worlds to draw; where the scenario has talks, also their runs: run k is played in world k
    #[arg(long, alias = "worlds", value_name = "N", default_value = "10000", allow_hyphen_values = true)]
    pub runs: String,
    #[command(flatten)]
    pub from: FromArgs,
    /// Keep only worlds that give the verdicts of all anchors
    #[arg(long)]
    pub agreeing: bool,
}

impl WorldArgs {
    /// What they ask, with parts left out.
    pub fn wanted(&self, without: &[String]) -> Wanted {
        Wanted { agreeing: self.agreeing, ..self.from.wanted(&self.runs, without) }
    }
}

/// What is left out.
#[derive(Debug, Args)]
pub struct WithoutArgs {
    #[arg(long, value_name = "PART,…", value_delimiter = ',', help = parts_help())]
    pub without: Vec<String>,
}

fn parts_help() -> String {
    let words: Vec<String> = Part::all().into_iter().map(Part::word).collect();
    format!("Leave parts of the model out, all draws unchanged: {}", words.join(", "))
}

/// Where an answer goes, and in which form.
#[derive(Debug, Clone, Args)]
pub struct TailArgs {
    /// Write page.txt, summary.json, and the tables and pictures that there are, into this folder as well
    #[arg(long, value_name = "DIR")]
    pub out: Option<String>,
    /// Replace an existing folder of results
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Print one JSON object instead of a page: {verb, version, format, scenario, seed, asked, answer}
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
