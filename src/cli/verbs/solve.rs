//! `winset solve`: every package of one world.

use serde_json::json;
use winset::analysis::Settings;
use winset::ask::{Choices, Exact, MOST_RUNS, whole};
use winset::report::frame::Frame;
use winset::report::solve::{self, Show};
use winset::scenario::Scenario;
use winset::space::{Limits, Milestone};
use winset::text::words::count;

use super::super::args::{SolveArgs, TailArgs};
use super::super::output::{Output, Shown};
use super::super::progress::Progress;
use super::super::tail::parts;
use super::super::trouble::{Trouble, all};
use super::super::{Answered, Outcome, load};
use super::run::places;

/// Points that a coarsened frontier may keep.
const COARSE: [u64; 2] = [10, 100_000];

pub fn solve(args: SolveArgs, out: &mut Output) -> Outcome {
    let run = (args.world != "mode").then(|| run(&args.world)).transpose()?;
    let coarsen = args.coarsen.as_deref().map(|n| whole("--coarsen", n, COARSE[0], COARSE[1])).transpose()?;
    let shows = shows(&args)?;
    let mut wrong = Vec::new();
    let asked = asked(&args, &mut wrong);
    all(wrong)?;
    for (i, (scenario, choices, tail)) in asked.into_iter().enumerate() {
        if i > 0 && !args.tail.json {
            out.print("\n\n")?;
        }
        let exact = within(&scenario, &choices.settings, run, coarsen)?;
        let frame = Frame::of("solve", &scenario.name, &scenario.negotiation, &choices);
        let frame = frame.asking("world", run.map_or(json!("mode"), |k| json!(k))).asking("coarsen", coarsen);
        let document = frame.around(solve::json(&exact));
        tail.show(out, &shown(&exact, &shows), &solve::page(&exact), &document, Vec::new)?;
    }
    Ok(Answered::Yes)
}

/// All scenarios with their places, so that nothing is solved if any of them is wrong.
fn asked(args: &SolveArgs, wrong: &mut Vec<Trouble>) -> Vec<(Scenario, Choices, TailArgs)> {
    let places = places(&args.files, &args.tail).map_err(|e| wrong.push(e)).unwrap_or_default();
    let mut asked = Vec::new();
    for (file, place) in args.files.iter().zip(places) {
        let tail = TailArgs { out: place, ..args.tail.clone() };
        match tail.ready().and_then(|()| load::judged(file, &args.worlds.wanted(&[]))) {
            Ok((scenario, choices)) => asked.push((scenario, choices, tail)),
            Err(e) => wrong.push(e),
        }
    }
    asked
}

/// The parts of the page that are asked for, in one way or the other.
fn shows(args: &SolveArgs) -> Result<Vec<Show>, Trouble> {
    let flags = [(args.solutions, Show::Solutions), (args.frontier, Show::Frontier), (args.pivotal, Show::Pivotal)];
    let flags = flags.into_iter().filter(|(on, _)| *on).map(|(_, show)| show);
    Ok(parts(&args.show, &Show::WORDS)?.into_iter().chain(flags).collect())
}

/// One world, solved.
pub fn exactly(scenario: &Scenario, settings: &Settings, run: Option<u64>) -> Result<Exact, Trouble> {
    within(scenario, settings, run, None)
}

fn within(scenario: &Scenario, settings: &Settings, run: Option<u64>, coarsen: Option<u64>) -> Result<Exact, Trouble> {
    let progress = Progress::of_steps();
    let coarsen = coarsen.map(|points| points as usize);
    let limits = Limits { coarsen, watch: &|step| progress.step(far(step)), ..Limits::default() };
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
