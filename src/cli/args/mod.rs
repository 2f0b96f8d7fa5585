//! What the command line accepts; with its folder the door to `clap`. Values stay text here; the library judges them.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand};
use winset::scenario::nearest;

mod batch;
mod compare;
mod complete;
mod discover;
mod estimate;
mod plot;
mod sensitivity;
mod tail;
mod verbs;
mod worlds;

pub use batch::{BatchArgs, MergeArgs, MissingArgs};
pub use compare::CompareArgs;
pub use complete::completions;
pub use discover::DiscoverArgs;
pub use estimate::EstimateArgs;
pub use plot::PlotArgs;
pub use sensitivity::{AuditArgs, SensitivityArgs};
pub use tail::{TailArgs, ThemeArgs};
pub use verbs::*;

use super::examples::{
    ABLATIONS_EXAMPLES, AUDIT_EXAMPLES, BATCH_EXAMPLES, CHECK_EXAMPLES, COMPARE_EXAMPLES, DIRECTIONS_EXAMPLES,
    DISCOVER_EXAMPLES, ESTIMATE_EXAMPLES, INFER_EXAMPLES, MAIN_EXAMPLES, MISSING_EXAMPLES, PLOT_EXAMPLES, RUN_EXAMPLES,
    SENSITIVITY_EXAMPLES, SOLVE_EXAMPLES, TRACE_EXAMPLES, VERDICT_EXAMPLES,
};
use super::trouble::{Trouble, shown};

/// Is there a settlement that neither side can regard as a defeat?
///
/// winset reads a negotiation from one TOML file: who takes part, what can be agreed, what each side and those at home
/// make of it. It draws many worlds from everything uncertain, and says in how many of them some settlement is a defeat
/// for nobody, which one, and what that hangs on.
#[derive(Debug, Parser)]
#[command(name = "winset", version, max_term_width = 100, after_help = MAIN_EXAMPLES)]
struct Cli {
    /// A font file (TTF, OTF, TTC) for characters that the font of the pictures lacks, such as Chinese
    #[arg(long, value_name = "FILE", global = true, help_heading = "Pictures")]
    font: Option<String>,
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
    /// Run a plan: scenarios, readings, variants, policies and a design, many experiments on the same luck
    #[command(after_help = BATCH_EXAMPLES)]
    Batch(BatchArgs),
    /// Say which runs of a batch are still to be done
    #[command(after_help = MISSING_EXAMPLES)]
    Missing(MissingArgs),
    /// Put the parts of a batch together: the same bytes as one run of the whole
    #[command(after_help = "Example:\n  winset merge parts/1 parts/2 --out results")]
    Merge(MergeArgs),
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
    /// Run two or more arms on the same luck: what differs, which runs flip, and why
    #[command(after_help = COMPARE_EXAMPLES)]
    Compare(CompareArgs),
    /// Look where an outcome lives in the results of a batch: boxes in words
    #[command(after_help = DISCOVER_EXAMPLES)]
    Discover(DiscoverArgs),
    /// Which uncertain inputs does the answer hang on, and how much of its variance does each make?
    #[command(after_help = SENSITIVITY_EXAMPLES)]
    Sensitivity(SensitivityArgs),
    /// How much of the answer rests on numbers without a source, and where would the headline change?
    #[command(after_help = AUDIT_EXAMPLES)]
    Audit(AuditArgs),
    /// Estimate one share to a precision, for fewer worlds than counting takes
    #[command(after_help = ESTIMATE_EXAMPLES)]
    Estimate(EstimateArgs),
    /// Judge one package: what each side can say for it at home, and what it is charged with
    #[command(after_help = VERDICT_EXAMPLES)]
    Verdict(VerdictArgs),
    /// Draw the results of a batch again, without running anything
    #[command(after_help = PLOT_EXAMPLES)]
    Plot(PlotArgs),
    /// Read scenarios, show every mistake at once, and say what they rest on
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Print the format of scenarios, or of plans, as a JSON Schema
    #[command(
        after_help = "Example:\n  winset schema > scenario.schema.json      for editors that complete and check TOML"
    )]
    Schema(SchemaArgs),
    /// Write a commented scenario to start from
    #[command(after_help = "Example:\n  winset new strike && winset check strike.toml")]
    New(NewArgs),
    /// Name the scenarios and plans that come with the program
    #[command(
        after_help = "Example:\n  winset run istanbul-2025                  a listed name stands in place of a file"
    )]
    List,
    /// Print a script that completes commands in a shell
    #[command(after_help = "Example:\n  winset completions bash > ~/.local/share/bash-completion/completions/winset")]
    Completions(CompletionsArgs),
}

/// Why no verb is to be answered.
pub enum Early {
    /// Help or version was asked for: print this.
    Text(String),
    /// The arguments make no sense.
    Wrong(Trouble),
}

/// Reads the arguments, the first of which is the program: what is asked, and the file of a font for the pictures.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<(Verb, Option<String>), Early> {
    let mut words = Vec::new();
    for argument in arguments {
        let word = argument.into_string().map_err(|word| {
            Early::Wrong(Trouble::new(format!("the argument `{}` is not UTF-8", shown(&word.to_string_lossy()))))
        })?;
        words.push(word);
    }
    Cli::try_parse_from(words).map(|cli| (cli.verb, cli.font)).map_err(|e| early(&e))
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
    Cli::command().get_subcommands().map(|verb| verb.get_name().to_owned()).filter(|verb| verb != "help").collect()
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
                _ if is_file(&verb) => trouble.hint(format!("`winset run {}` asks a scenario", shown(&verb))),
                _ if verb == "version" => trouble.hint("`winset --version` prints it"),
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

/// Whether a word in place of a verb is a scenario.
fn is_file(word: &str) -> bool {
    super::shipped::find(word).is_some() || std::path::Path::new(word).extension().is_some_and(|e| e == "toml")
}

/// Where to read more: the help of the verb in question.
fn usage(error: &clap::Error) -> String {
    let text = error.to_string();
    let verb = verbs().into_iter().find(|verb| text.contains(&format!("winset {verb}")));
    verb.map_or_else(verbs_hint, |verb| format!("`winset {verb} --help` shows what it takes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_of_the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
