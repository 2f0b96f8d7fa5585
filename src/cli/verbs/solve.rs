//! `winset solve`: every package of one world.

use serde_json::json;
use winset::analysis::Settings;
use winset::ask::{Exact, MOST_RUNS, whole};
use winset::report::frame::Frame;
use winset::report::solve::{self, Show};
use winset::scenario::Scenario;
use winset::space::{Limits, Milestone};
use winset::text::words::count;

use super::super::args::SolveArgs;
use super::super::output::{Output, Shown};
use super::super::progress::Progress;
use super::super::tail::parts;
use super::super::trouble::Trouble;
use super::super::{Outcome, load};

pub fn solve(args: SolveArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let run = (args.world != "mode").then(|| run(&args.world)).transpose()?;
    let shows = shows(&args)?;
    let (scenario, choices) = load::judged(&args.file, &args.worlds.wanted(&[]))?;
    let exact = exactly(&scenario, &choices.settings, run)?;
    let frame = Frame::of("solve", &scenario.name, &scenario.negotiation, &choices);
    let frame = frame.asking("world", run.map_or(json!("mode"), |k| json!(k)));
    let document = frame.around(solve::json(&exact));
    args.tail.show(out, &shown(&exact, &shows), &solve::page(&exact), &document, Vec::new)
}

/// The parts of the page that are asked for, in one way or the other.
fn shows(args: &SolveArgs) -> Result<Vec<Show>, Trouble> {
    let flags = [(args.solutions, Show::Solutions), (args.frontier, Show::Frontier), (args.pivotal, Show::Pivotal)];
    let flags = flags.into_iter().filter(|(on, _)| *on).map(|(_, show)| show);
    Ok(parts(&args.show, &Show::WORDS)?.into_iter().chain(flags).collect())
}

/// One world, solved.
pub fn exactly(scenario: &Scenario, settings: &Settings, run: Option<u64>) -> Result<Exact, Trouble> {
    let progress = Progress::of_steps();
    let limits = Limits { watch: &|step| progress.step(far(step)), ..Limits::default() };
    let solved = Exact::of(&scenario.negotiation, settings, run, limits);
    solved.map_err(|e| Trouble::new(format!("`{}` cannot be solved: {e}", scenario.name)))
}

/// The first screen, or the parts of the page that are asked for.
pub fn shown(exact: &Exact, shows: &[Show]) -> Shown {
    if shows.is_empty() {
        return Shown::screen(solve::screen(exact));
    }
    Shown::text(shows.iter().map(|show| solve::shown(exact, *show)).collect::<Vec<_>>().join("\n"))
}

/// How far a vast space is, in a line.
fn far(step: &Milestone) -> String {
    let Milestone { what, progress } = step;
    format!("{what}: issue {} of {}, {} points", progress.issues + 1, progress.of, count(progress.points as u128))
}

/// The number of a run in place of `mode`.
pub fn run(text: &str) -> Result<u64, Trouble> {
    let trouble = |_| {
        Trouble::new(format!(
            "`--world {}` is neither `mode` nor the number of a run",
            super::super::trouble::shown(text)
        ))
    };
    whole("--world", text, 0, MOST_RUNS).map_err(trouble)
}
