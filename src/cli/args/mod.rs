//! What the command line accepts; with its folder the door to `clap`. Values stay text here; the library judges them.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory, FromArgMatches, Parser, Subcommand};
use winset::scenario::nearest;
use winset::text::{WIDTH, words::wrapped};

mod batch;
mod class;
mod complete;
mod exchange;
mod man;
mod offers;
mod shared;
mod stability;
mod studies;
mod teach;
mod verbs;

pub use batch::{BatchArgs, MergeArgs, MissingArgs, PartsArgs, PlotArgs};
pub use class::{ClassArgs, ExplainArgs, HandoutArgs};
pub use complete::completions;
pub use exchange::{ExportArgs, ImportArgs};
pub use man::{Page, pages};
pub use offers::OffersArgs;
pub use shared::{TailArgs, ThemeArgs};
pub use stability::StabilityArgs;
pub use studies::*;
pub use teach::*;
pub use verbs::*;

use super::trouble::{Trouble, shown};

/// What stands under the help of a verb: examples, the keys of its JSON, and what a status means.
macro_rules! help {
    ($verb:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/help/", $verb, ".txt")).trim_end()
    };
}

/// Is there a settlement that neither side can regard as a defeat?
///
/// winset reads a negotiation from one TOML file: who takes part, what can be agreed, what each side and those at home
/// make of it. It draws many worlds from everything uncertain, and says in how many of them some settlement is a defeat
/// for nobody, which one, and what that hangs on.
#[derive(Debug, Parser)]
#[command(name = "winset", version, max_term_width = 100, after_help = help!("main"))]
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
    #[command(after_help = help!("run"))]
    Run(RunArgs),
    /// Look at every package of one world, exactly
    #[command(after_help = help!("solve"))]
    Solve(SolveArgs),
    /// Run a plan: scenarios, readings, variants, policies and a design, many experiments on the same luck
    #[command(after_help = help!("batch"))]
    Batch(BatchArgs),
    /// Say which runs of a batch are still to be done
    #[command(after_help = help!("missing"))]
    Missing(MissingArgs),
    /// Put the parts of a batch together: the same bytes as one run of the whole
    #[command(after_help = help!("merge"))]
    Merge(MergeArgs),
    /// Leave out one part of the model at a time: what becomes of the talks, on the same luck?
    #[command(after_help = help!("ablations"))]
    Ablations(AblationsArgs),
    /// Tell one run of the talks in plain words
    #[command(after_help = help!("trace"))]
    Trace(TraceArgs),
    /// Change one thing at a time, on common luck: which way do the answers move?
    #[command(after_help = help!("directions"))]
    Directions(DirectionsArgs),
    /// Read the record of what was observed: what is each party after, is it serious?
    #[command(after_help = help!("infer"))]
    Infer(InferArgs),
    /// Would a settlement hold: who would leave it, and what would the others do then?
    #[command(after_help = help!("stability"))]
    Stability(StabilityArgs),
    /// Solve a payoff table exactly: every equilibrium of two players
    #[command(after_help = help!("game"))]
    Game(GameArgs),
    /// Let tactics make each other offers, round by round, on what packages are worth to the leaderships
    #[command(after_help = help!("offers"))]
    Offers(OffersArgs),
    /// Run two or more arms on the same luck: what differs, which runs flip, and why
    #[command(after_help = help!("compare"))]
    Compare(CompareArgs),
    /// Look where an outcome lives in the results of a batch: boxes in words
    #[command(after_help = help!("discover"))]
    Discover(DiscoverArgs),
    /// Which uncertain inputs does the answer hang on, and how much of its variance does each make?
    #[command(after_help = help!("sensitivity"))]
    Sensitivity(SensitivityArgs),
    /// How much of the answer rests on numbers without a source, and where would the headline change?
    #[command(after_help = help!("audit"))]
    Audit(AuditArgs),
    /// Estimate one share to a precision, for fewer worlds than counting takes
    #[command(after_help = help!("estimate"))]
    Estimate(EstimateArgs),
    /// Judge one package: what each side can say for it at home, and what it is charged with
    #[command(after_help = help!("verdict"))]
    Verdict(VerdictArgs),
    /// Sit at the table: play a side, or several, in plain numbered lines
    #[command(after_help = help!("play"))]
    Play(PlayArgs),
    /// Tell a saved game, and what another decision would have come to
    #[command(after_help = help!("replay"))]
    Replay(ReplayArgs),
    /// Write one HTML file that plays, drafts and explores, without a server
    #[command(after_help = help!("page"))]
    Page(PageArgs),
    /// Write a lesson as one HTML file: read, bet, try, and see what the model says
    #[command(after_help = help!("lesson"))]
    Lesson(LessonArgs),
    /// Write the answer as an HTML report of a few pages, to print or to send
    #[command(after_help = help!("report"))]
    Report(ReportArgs),
    /// Explain one thing of a scenario: who says so, whom it helps, what it does to the answer
    #[command(after_help = help!("explain"))]
    Explain(ExplainArgs),
    /// Write sheets for a class: roles, an outcome form, a key
    #[command(after_help = help!("handout"))]
    Handout(HandoutArgs),
    /// Show what the pairs of a class agreed, from their codes
    #[command(after_help = help!("class"))]
    Class(ClassArgs),
    /// Draw the results of a batch again, without running anything
    #[command(after_help = help!("plot"))]
    Plot(PlotArgs),
    /// Read scenarios, show every mistake at once, and say what they rest on
    #[command(after_help = help!("check"))]
    Check(CheckArgs),
    /// Print the format of scenarios, plans, JSON documents or tables
    #[command(after_help = help!("schema"))]
    Schema(SchemaArgs),
    /// Write a commented scenario to start from
    #[command(after_help = help!("new"))]
    New {
        /// The name of the scenario; NAME.toml is written
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Write a scenario from the domain of another tool, a scorable game, or bargaining pools
    #[command(after_help = help!("import"))]
    Import(ImportArgs),
    /// Write a scenario as the domain of another tool
    #[command(after_help = help!("export"))]
    Export(ExportArgs),
    /// Name the scenarios and plans that come with the program
    #[command(after_help = help!("list"))]
    List,
    /// Print the manual page of the program or of a verb
    #[command(after_help = help!("man"))]
    Man {
        /// The verb; without it the page of the program, which names them all
        #[arg(value_name = "VERB")]
        verb: Option<String>,
        /// Write the pages of the program and of every verb into this folder
        #[arg(long, value_name = "DIR", conflicts_with = "verb")]
        out: Option<String>,
    },
    /// Print under which licences the program and what is in it may be used
    #[command(after_help = help!("licences"))]
    Licences,
    /// Print a script that completes commands in a shell
    #[command(after_help = help!("completions"))]
    Completions {
        /// bash, elvish, fish, powershell or zsh
        #[arg(value_name = "SHELL")]
        shell: String,
    },
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
    let found = grouped(Cli::command()).try_get_matches_from(words).and_then(|found| Cli::from_arg_matches(&found));
    found.map(|cli| (cli.verb, cli.font)).map_err(|e| early(&e))
}

/// The verbs, by what one comes for.
const GROUPS: [(&str, &[&str]); 6] = [
    ("Ask", &["run", "solve", "check", "list", "new"]),
    (
        "Look closer",
        &[
            "trace",
            "verdict",
            "explain",
            "compare",
            "ablations",
            "directions",
            "infer",
            "game",
            "stability",
            "offers",
            "sensitivity",
            "audit",
            "estimate",
        ],
    ),
    ("Teach", &["play", "replay", "page", "lesson", "report", "handout", "class"]),
    ("Many runs", &["batch", "missing", "merge", "plot", "discover"]),
    ("Other tools", &["import", "export"]),
    ("For editors and shells", &["schema", "completions", "man", "licences", "help"]),
];

/// The command line with its verbs in groups, where all of them are listed.
fn grouped(command: Command) -> Command {
    let about = |verb: &&str| {
        let found = command.find_subcommand(verb).and_then(Command::get_about).map(ToString::to_string);
        let about = found.unwrap_or_else(|| "Print this message or the help of a verb".into());
        wrapped(&about, &format!("  {verb:<13}"), &" ".repeat(15), WIDTH)
    };
    let group = |(head, verbs): &(&str, &[&str])| format!("{head}:\n{}", verbs.iter().map(about).collect::<String>());
    let listed = GROUPS.iter().map(group).collect::<Vec<_>>().join("\n");
    let template =
        format!("{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{listed}\nOptions:\n{{options}}{{after-help}}");
    command.help_template(template)
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
    // A flag without its value is told without its verb.
    let typed = || std::env::args().nth(1).filter(|word| verbs().contains(word));
    let verb = verbs().into_iter().find(|verb| text.contains(&format!("winset {verb}"))).or_else(typed);
    verb.map_or_else(verbs_hint, |verb| format!("`winset {verb} --help` shows what it takes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_of_the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_verb_stands_in_one_group_of_the_help() {
        let mut listed: Vec<&str> = GROUPS.iter().flat_map(|(_, verbs)| *verbs).copied().collect();
        listed.sort_unstable();
        let mut known = verbs();
        known.push("help".into());
        known.sort();
        assert_eq!(listed, known);
    }
}
