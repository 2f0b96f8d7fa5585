//! What the command line accepts; the door to `clap`. Values stay text here: [`choices`](super::choices) judges them.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, Parser, Subcommand};
use winset::analysis::Part;
use winset::scenario::nearest;

use super::examples::{
    ABLATIONS_EXAMPLES, CHECK_EXAMPLES, DIRECTIONS_EXAMPLES, MAIN_EXAMPLES, RUN_EXAMPLES, SOLVE_EXAMPLES,
    TRACE_EXAMPLES, VERDICT_EXAMPLES,
};
use super::trouble::{Trouble, shown};

/// Is there a settlement that neither side can regard as a defeat?
///
/// winset reads a negotiation from one TOML file: who takes part, what can be agreed, what each side and those at home
/// make of it. It draws many worlds from everything uncertain, and says in how many of them some settlement is a defeat
/// for nobody, which one, and what that hangs on.
#[derive(Debug, Parser)]
#[command(name = "winset", version, max_term_width = 100, after_help = MAIN_EXAMPLES, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

/// What is asked.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Draw many worlds: does a settlement exist that is a defeat for nobody?
    #[command(after_help = RUN_EXAMPLES)]
    Run(RunArgs),
    /// Look at every package of one world, exactly
    #[command(after_help = SOLVE_EXAMPLES)]
    Solve(SolveArgs),
    /// Leave out one part of the model at a time: what becomes of the talks, on the same luck?
    #[command(after_help = ABLATIONS_EXAMPLES)]
    Ablations(AblationsArgs),
    /// Tell one run of the talks in plain words
    #[command(after_help = TRACE_EXAMPLES)]
    Trace(TraceArgs),
    /// Change one thing at a time, on common luck: which way do the answers move?
    #[command(after_help = DIRECTIONS_EXAMPLES)]
    Directions(DirectionsArgs),
    /// Read the record of what was observed: what is each party after, is it serious?
    #[command(after_help = INFER_EXAMPLES)]
    Infer(InferArgs),
    /// Judge one package: what each side can say for it at home, and what it is charged with
    #[command(after_help = VERDICT_EXAMPLES)]
    Verdict(VerdictArgs),
    /// Read scenarios, show every mistake at once, and say what they rest on
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Print the format of scenarios as a JSON Schema
    #[command(
        after_help = "Example:\n  winset schema > scenario.schema.json      for editors that complete and check TOML"
    )]
    Schema,
    /// Write a commented scenario to start from
    #[command(after_help = "Example:\n  winset new strike && winset check strike.toml")]
    New(NewArgs),
    /// Name the scenarios that come with the program
    #[command(
        after_help = "Example:\n  winset run istanbul-2025                  a listed name stands in place of a file"
    )]
    List,
    /// Print a script that completes commands in a shell
    #[command(after_help = "Example:\n  winset completions bash > ~/.local/share/bash-completion/completions/winset")]
    Completions(CompletionsArgs),
}

/// Flags that choose worlds.
#[derive(Debug, Args)]
pub struct WorldArgs {
    /// Worlds to draw; where the scenario has talks, also their runs: run k is played in world k
    #[arg(long, alias = "worlds", value_name = "N", default_value = "10000", allow_hyphen_values = true)]
    pub runs: String,
    /// Seed of all draws: the same seed gives the same bytes
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
    /// Whose verdict makes a defeat: audience, leader, both or no-veto
    #[arg(long, value_name = "WHOSE", default_value = "audience")]
    pub defeat: String,
    /// Keep only worlds that give the verdicts of all anchors
    #[arg(long)]
    pub agreeing: bool,
    /// Threads to use; the result does not depend on it
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    pub threads: Option<String>,
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

/// `winset run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// Scenarios: paths, `-`, or shipped names
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    #[command(flatten)]
    pub worlds: WorldArgs,
    #[command(flatten)]
    pub parts: WithoutArgs,
    /// Write a folder of results here instead of a page; with several files, one folder in it for each
    #[arg(long, value_name = "DIR")]
    pub out: Option<String>,
    /// Replace an existing folder of results
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Print one JSON object a line instead of a page
    #[arg(long)]
    pub json: bool,
}

/// `winset solve`.
#[derive(Debug, Args)]
pub struct SolveArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// Which world: `mode`, in which every number is at its likeliest, or the number of a run
    #[arg(long, value_name = "mode|K", default_value = "mode", allow_hyphen_values = true)]
    pub world: String,
    #[command(flatten)]
    pub worlds: WorldArgs,
    /// Print one JSON object instead of a page
    #[arg(long)]
    pub json: bool,
}

/// `winset ablations`.
#[derive(Debug, Args)]
pub struct AblationsArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    #[command(flatten)]
    pub worlds: WorldArgs,
    #[command(flatten)]
    pub parts: WithoutArgs,
    /// Print one JSON object instead of a page
    #[arg(long)]
    pub json: bool,
}

/// `winset trace`.
#[derive(Debug, Args)]
pub struct TraceArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// The number of the run
    #[arg(long, value_name = "K", default_value = "0", allow_hyphen_values = true)]
    pub run: String,
    #[command(flatten)]
    pub worlds: WorldArgs,
    #[command(flatten)]
    pub parts: WithoutArgs,
    /// Print one JSON object instead of a page
    #[arg(long)]
    pub json: bool,
}

/// `winset directions`.
#[derive(Debug, Args)]
pub struct DirectionsArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// Pairs of runs for each direction
    #[arg(long, value_name = "N", default_value = "10000", allow_hyphen_values = true)]
    pub pairs: String,
    /// Ask about this direction only; may be given several times
    #[arg(long, value_name = "ID")]
    pub only: Vec<String>,
    /// Seed of all draws: the same seed gives the same bytes
    #[arg(long, value_name = "S", default_value = "1", allow_hyphen_values = true)]
    pub seed: String,
    /// Draw only from this rival account
    #[arg(long, value_name = "READING")]
    pub reading: Option<String>,
    /// Switch a variant on or off
    #[arg(long, value_name = "V=on|off")]
    pub variant: Vec<String>,
    /// Change one number in both arms: its path, and a value written as in a file
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// Whose verdict makes a defeat: audience, leader, both or no-veto
    #[arg(long, value_name = "WHOSE", default_value = "audience")]
    pub defeat: String,
    /// Threads to use; the result does not depend on it
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    pub threads: Option<String>,
    /// Print one JSON object instead of a page
    #[arg(long)]
    pub json: bool,
}

/// `winset infer`.
#[derive(Debug, Args)]
pub struct InferArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    #[command(flatten)]
    pub worlds: WorldArgs,
    /// Write page.txt and summary.json into this folder as well
    #[arg(long, value_name = "DIR")]
    pub out: Option<String>,
    /// Replace an existing folder of results
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Print one JSON object instead of a page
    #[arg(long)]
    pub json: bool,
}

const INFER_EXAMPLES: &str = "Examples:
  winset infer istanbul-2025
  winset infer istanbul-2025 --reading pastukhov --worlds 40000
  winset infer istanbul-2025 --set 'intents.russia.prior={ staller = 1, bargainer = 1 }'

The scenario needs [talks], [intents] and [[record]] entries. Worlds that do not
agree with anchors are kept; whose verdict makes a defeat plays no part.

JSON: parties, each with intents (prior, posterior {weight, low, high},
from_equal_priors), serious, record (bits by intent), readings, next.";

/// `winset verdict`.
#[derive(Debug, Args)]
pub struct VerdictArgs {
    /// A scenario: a path, `-`, or a shipped name
    #[arg(value_name = "FILE")]
    pub file: String,
    /// The package, as issue=option,…; what is not named stays as it is now; `now` changes nothing
    #[arg(long, value_name = "TERMS", conflicts_with = "named")]
    pub package: Option<String>,
    /// The package that the scenario calls by this name
    #[arg(long, value_name = "NAME")]
    pub named: Option<String>,
    #[command(flatten)]
    pub worlds: WorldArgs,
    /// Print one JSON object instead of a page
    #[arg(long)]
    pub json: bool,
}

/// `winset check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Scenarios: paths, `-`, or shipped names
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    /// Worlds in which the anchors are tried
    #[arg(long, value_name = "N", default_value = "2000", allow_hyphen_values = true)]
    pub runs: String,
    /// Seed of all draws
    #[arg(long, value_name = "S", default_value = "1", allow_hyphen_values = true)]
    pub seed: String,
}

/// `winset new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The name of the scenario; NAME.toml is written
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// `winset completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL")]
    pub shell: String,
}

/// Why no verb is to be answered.
pub enum Early {
    /// Help or version was asked for: print this.
    Text(String),
    /// The arguments make no sense.
    Wrong(Trouble),
}

/// Reads the arguments, the first of which is the program.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Verb, Early> {
    let mut words = Vec::new();
    for argument in arguments {
        let word = argument.into_string().map_err(|word| {
            Early::Wrong(Trouble::new(format!("the argument `{}` is not UTF-8", shown(&word.to_string_lossy()))))
        })?;
        words.push(word);
    }
    Cli::try_parse_from(words).map(|cli| cli.verb).map_err(|e| early(&e))
}

fn early(error: &clap::Error) -> Early {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Early::Text(error.render().ansi().to_string()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            Early::Wrong(Trouble::new("no verb was given").hint(verbs_hint()))
        }
        kind => Early::Wrong(wrong(error, kind)),
    }
}

fn verbs() -> Vec<String> {
    Cli::command().get_subcommands().map(|verb| verb.get_name().to_owned()).collect()
}

fn verbs_hint() -> String {
    format!("the verbs are {}; `winset --help` explains them", verbs().join(", "))
}

/// The library's error in the words of this program.
fn wrong(error: &clap::Error, kind: ErrorKind) -> Trouble {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join("`, `")),
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg).unwrap_or_default();
    let help = usage(error);
    match kind {
        ErrorKind::InvalidSubcommand => {
            let verb = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            let known = verbs();
            let trouble = Trouble::new(format!("unknown verb `{}`", shown(&verb)));
            match nearest(&verb, known.iter().map(String::as_str)) {
                Some(meant) => trouble.hint(format!("did you mean `{meant}`? {}", verbs_hint())),
                None => trouble.hint(verbs_hint()),
            }
        }
        ErrorKind::UnknownArgument => {
            let found = if argument.starts_with('-') { "unknown flag" } else { "unexpected argument" };
            let trouble = Trouble::new(format!("{found} `{}`", shown(&argument)));
            match text(ContextKind::SuggestedArg) {
                Some(meant) => trouble.hint(format!("did you mean `{meant}`?")),
                None => trouble.hint(help),
            }
        }
        ErrorKind::MissingRequiredArgument => Trouble::new(format!("`{argument}` is missing")).hint(help),
        ErrorKind::ArgumentConflict => {
            let other = text(ContextKind::PriorArg).unwrap_or_default();
            let found = if other.is_empty() || other == argument {
                format!("`{argument}` is given twice")
            } else {
                format!("`{argument}` and `{other}` exclude each other")
            };
            Trouble::new(found).hint(help)
        }
        ErrorKind::InvalidValue => Trouble::new(format!("`{argument}` needs a value")).hint(help),
        ErrorKind::TooManyValues => Trouble::new(format!("`{argument}` takes no value")).hint(help),
        _ => {
            let plain = error.to_string();
            let first = plain.lines().next().unwrap_or_default();
            Trouble::new(first.trim_start_matches("error: ")).hint(help)
        }
    }
}

/// Where to read more: the help of the verb in question.
fn usage(error: &clap::Error) -> String {
    let text = error.to_string();
    let verb = verbs().into_iter().find(|verb| text.contains(&format!("winset {verb}")));
    verb.map_or_else(verbs_hint, |verb| format!("`winset {verb} --help` shows what it takes"))
}

/// The completion script of a shell.
pub fn completions(shell: &str) -> Result<String, Trouble> {
    use clap_complete::Shell;
    const SHELLS: [(&str, Shell); 5] = [
        ("bash", Shell::Bash),
        ("elvish", Shell::Elvish),
        ("fish", Shell::Fish),
        ("powershell", Shell::PowerShell),
        ("zsh", Shell::Zsh),
    ];
    let known = SHELLS.map(|(name, _)| name);
    let found = SHELLS.iter().find(|(name, _)| *name == shell);
    let (_, shell) = found.ok_or_else(|| Trouble::unknown("shell", "shells", shell, &known))?;
    let mut bytes = Vec::new();
    clap_complete::generate(*shell, &mut Cli::command(), "winset", &mut bytes);
    Ok(String::from_utf8(bytes).expect("scripts are made of text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_of_the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
