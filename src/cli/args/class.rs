//! What the verbs take that serve a class.

use clap::Args;
use winset::Wanted;

use super::shared::{FromArgs, TailArgs, ThemeArgs};

/// The answer that stands beside what a class does.
#[derive(Debug, Args)]
pub struct AnswerArgs {
    /// Worlds to draw for the answer
    #[arg(long, alias = "worlds", value_name = "N", default_value = "1000", allow_hyphen_values = true)]
    pub runs: String,
    /// Seed of all draws, at most 2^53 − 1: the same seed gives the same bytes
    #[arg(long, value_name = "S", default_value = "1", allow_hyphen_values = true)]
    pub seed: String,
    /// Threads to use; the result does not depend on it
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    pub threads: Option<String>,
}

impl AnswerArgs {
    /// What they ask.
    pub fn wanted(&self) -> Wanted {
        let Self { runs, seed, threads } = self;
        Wanted { runs: runs.clone(), seed: seed.clone(), threads: threads.clone(), ..Wanted::default() }
    }
}

/// `winset handout`.
#[derive(Debug, Args)]
pub struct HandoutArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// The folder in which the sheets are written
    #[arg(long, value_name = "DIR", required = true)]
    pub out: String,
    /// Replace an existing folder of results
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub answer: AnswerArgs,
    /// Print one JSON object instead of a page
    #[arg(long)]
    pub json: bool,
}

/// `winset class`.
#[derive(Debug, Args)]
pub struct ClassArgs {
    /// The codes: a table or text, `-`, or a folder of `winset handout` with such files in it
    #[arg(value_name = "CODES", required_unless_present = "enter")]
    pub codes: Option<String>,
    /// The scenario of the codes; without it that of the folder, else the shipped one to which they belong
    #[arg(long, value_name = "FILE", conflicts_with = "enter")]
    pub scenario: Option<String>,
    /// Print the code of one pair's result in this scenario
    #[arg(long, value_name = "FILE", conflicts_with = "codes", help_heading = "The code of a pair")]
    pub enter: Option<String>,
    /// What the pair agreed: issue=option,… with what is not named as now; `now` changes nothing
    #[arg(long, value_name = "TERMS", requires = "enter", help_heading = "The code of a pair")]
    pub package: Option<String>,
    /// The same by the name that the scenario gives it
    #[arg(
        long,
        value_name = "NAME",
        requires = "enter",
        conflicts_with = "package",
        help_heading = "The code of a pair"
    )]
    pub named: Option<String>,
    /// The pair made no deal
    #[arg(long, requires = "enter", conflicts_with_all = ["package", "named"], help_heading = "The code of a pair")]
    pub no_deal: bool,
    /// What it bet before, in per cent, in steps of 5: one exists, one same package, it is reached; `-` for none
    #[arg(
        long,
        value_name = "P,P,P",
        requires = "enter",
        allow_hyphen_values = true,
        help_heading = "The code of a pair"
    )]
    pub bets: Option<String>,
    /// The round in which the talks ended
    #[arg(long, value_name = "N", requires = "enter", allow_hyphen_values = true, help_heading = "The code of a pair")]
    pub round: Option<String>,
    /// The party on whose side it sat; without it both sides were played
    #[arg(long, value_name = "PARTY", requires = "enter", help_heading = "The code of a pair")]
    pub side: Option<String>,
    /// What tells it from another pair with the same result, 0 to 1023; without it by chance
    #[arg(long, value_name = "K", requires = "enter", allow_hyphen_values = true, help_heading = "The code of a pair")]
    pub nonce: Option<String>,
    #[command(flatten)]
    pub answer: AnswerArgs,
    #[command(flatten)]
    pub looks: ThemeArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}

/// `winset explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// An issue, a term (issue=option), a claim, an audience, an actor, an intent (party.intent), a state, an event, a red
    /// line, a named package, or the path of an input
    #[arg(value_name = "THING")]
    pub thing: String,
    /// Worlds in which its numbers are tried
    #[arg(long, alias = "worlds", value_name = "N", default_value = "1000", allow_hyphen_values = true)]
    pub runs: String,
    #[command(flatten)]
    pub from: FromArgs,
    #[command(flatten)]
    pub tail: TailArgs,
}
