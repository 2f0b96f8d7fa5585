//! `winset solve`: every package of one world.

use serde_json::json;
use winset::analysis::Settings;
use winset::ask::{MOST_RUNS, whole};
use winset::engine::Draws;
use winset::model::{Negotiation, World};
use winset::report::frame::Frame;
use winset::report::solve::{self, Asked};
use winset::space::{self, Limits, Step};
use winset::text::words::count;

use super::super::args::SolveArgs;
use super::super::progress::Progress;
use super::super::trouble::Trouble;
use super::super::{Answered, Outcome, load, output::Output};

pub fn solve(args: SolveArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let run = (args.world != "mode").then(|| run(&args.world)).transpose()?;
    let mut scenario = load::load(&args.file)?;
    let choices = args.worlds.wanted(&[]).judge(&mut scenario)?;
    let (n, settings) = (&scenario.negotiation, &choices.settings);
    let (world, reading, called) = world(n, settings, run);
    let progress = Progress::of_steps();
    let told = |step: &Step| progress.step(far(step));
    let exactly = |world: &World| {
        let (variants, defeat) = (&settings.drawing.accounts.variants, settings.drawing.defeat);
        let solved = space::solve_watched(n, variants, world, defeat, Limits::default(), &told);
        solved.map_err(|e| Trouble::new(format!("`{}` cannot be solved: {e}", args.file)))
    };
    let solved = exactly(&world)?;
    let laws = n.laws(reading, &settings.drawing.accounts.variants);
    let dormant = solve::dormant(n, &laws, &world, settings.drawing.defeat);
    let if_vetoed = if dormant.is_empty() { None } else { Some(exactly(&solve::awake(n, &world, &dormant))?.packages) };
    drop(progress);
    let asked = Asked {
        world: &world,
        called: &called,
        variants: &settings.drawing.accounts.variants,
        dormant: &dormant,
        if_vetoed: if_vetoed.as_ref(),
    };
    let frame = Frame::of("solve", &scenario.name, n, &choices);
    let frame = frame.asking("world", run.map_or(json!("mode"), |k| json!(k)));
    let document = frame.around(solve::json(n, &solved, &asked));
    args.tail.tell(out, &solve::page(n, &solved, &asked), &document, || Ok(Vec::new()))?;
    Ok(Answered::Yes)
}

/// How far a vast space is, in a line.
fn far(step: &Step) -> String {
    let Step { what, progress } = step;
    format!("{what}: issue {} of {}, {} points", progress.issues + 1, progress.of, count(progress.points as u128))
}

fn run(text: &str) -> Result<u64, Trouble> {
    let trouble = |_| {
        Trouble::new(format!(
            "`--world {}` is neither `mode` nor the number of a run",
            super::super::trouble::shown(text)
        ))
    };
    whole("--world", text, 0, MOST_RUNS).map_err(trouble)
}

/// The world that was asked for, the reading from which it comes, and what it is called.
fn world(n: &Negotiation, settings: &Settings, run: Option<u64>) -> (World, Option<usize>, String) {
    let Some(run) = run else {
        let reading = settings.drawing.accounts.reading;
        let modal = n.modal_world(&n.laws(reading, &settings.drawing.accounts.variants));
        return (modal, reading, "the world in which every number is at its likeliest".into());
    };
    let drawn = Draws::new(n, settings.drawing.accounts.clone(), settings.drawing.seed).run(run);
    let reading = drawn.reading.map_or(String::new(), |r| format!(", reading `{}`", n.readings[r].id));
    (drawn.world, drawn.reading, format!("the world of run {run} under seed {}{reading}", settings.drawing.seed))
}
