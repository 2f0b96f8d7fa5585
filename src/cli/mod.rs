//! The command line: load, ask, print. It sees only the public library.

mod args;
mod folder;
mod interrupt;
mod load;
mod output;
mod pictures;
mod plans;
mod progress;
mod shipped;
mod tail;
mod trouble;
mod verbs;

use std::process::ExitCode;

use args::{Early, Verb};
use output::Output;
use trouble::Trouble;

/// What a verb leaves behind: how the question was answered, or why not.
type Outcome = Result<Answered, Trouble>;

/// Whether the question was answered with a no where the verb asks for a yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answered {
    /// Status 0.
    Yes,
    /// Status 1.
    No,
    /// Status 130: interrupted, and what was done is kept.
    Interrupted,
}

/// Reads the arguments, answers, and gives the status: 0 answered, 1 the answer is a no, 2 the input could not be used.
pub fn main() -> ExitCode {
    interrupt::watch();
    let mut out = Output::default();
    let outcome = match args::parse(std::env::args_os()) {
        Ok((verb, font)) => pictures::add_font(font.as_deref()).and_then(|()| answer(verb, &mut out)),
        Err(Early::Text(text)) => out.as_it_is(&text).map(|()| Answered::Yes),
        Err(Early::Wrong(trouble)) => Err(trouble),
    };
    match outcome.and_then(|answered| out.flush().map(|()| answered)) {
        // Whoever closed the pipe has read enough.
        Ok(Answered::Yes) | Err(Trouble::Closed) => ExitCode::SUCCESS,
        Ok(Answered::No) => ExitCode::from(1),
        Ok(Answered::Interrupted) => ExitCode::from(130),
        Err(trouble) => {
            output::complain(&trouble.to_string());
            ExitCode::from(2)
        }
    }
}

fn answer(verb: Verb, out: &mut Output) -> Outcome {
    match verb {
        Verb::Run(args) => verbs::run::run(args, out),
        Verb::Solve(args) => verbs::solve::solve(args, out),
        Verb::Batch(args) => verbs::batch::batch(args, out),
        Verb::Missing(args) => verbs::parts::missing(args, out),
        Verb::Merge(args) => verbs::parts::merge(args, out),
        Verb::Ablations(args) => verbs::talks::ablate(args, out),
        Verb::Estimate(args) => verbs::estimate::estimate(args, out),
        Verb::Infer(args) => verbs::talks::infer(args, out),
        Verb::Trace(args) => verbs::trace::trace(args, out),
        Verb::Game(args) => verbs::game::game(args, out),
        Verb::Stability(args) => verbs::stability::stability(args, out),
        Verb::Offers(args) => verbs::offers::offers(args, out),
        Verb::Compare(args) => verbs::compare::compare(args, out),
        Verb::Discover(args) => verbs::discover::discover(args, out),
        Verb::Directions(args) => verbs::talks::directions(args, out),
        Verb::Sensitivity(args) => verbs::sensitivity::sensitivity(args, out),
        Verb::Audit(args) => verbs::sensitivity::audit(args, out),
        Verb::Verdict(args) => verbs::verdict::verdict(args, out),
        Verb::Play(args) => verbs::play::play(args, out),
        Verb::Page(args) => verbs::page::page(args, out),
        Verb::Lesson(args) => verbs::lesson::lesson(args, out),
        Verb::Report(args) => verbs::page::report(args, out),
        Verb::Replay(args) => verbs::play::replay(args, out),
        Verb::Explain(args) => verbs::explain::explain(args, out),
        Verb::Handout(args) => verbs::handout::handout(args, out),
        Verb::Class(args) => verbs::class::class(args, out),
        Verb::Plot(args) => verbs::plot::plot(&args, out),
        Verb::Check(args) => verbs::check::check(&args, out),
        Verb::Schema(args) => verbs::shelf::schema(&args, out),
        Verb::New { name } => verbs::shelf::new(&name, out),
        Verb::Import(args) => verbs::exchange::import(args, out),
        Verb::Export(args) => verbs::exchange::export(args, out),
        Verb::List => verbs::shelf::list(out),
        Verb::Man { verb, out: folder } => verbs::papers::man(verb.as_deref(), folder.as_deref(), out),
        Verb::Licences => verbs::papers::licences(out),
        Verb::Completions { shell } => verbs::shelf::completions(&shell, out),
    }
}
