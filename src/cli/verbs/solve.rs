//! `winset solve`: every package of one world.

use serde_json::json;
use winset::analysis::Settings;
use winset::ask::{self, MOST_RUNS, whole};
use winset::engine::Draws;
use winset::model::{AudienceId, Negotiation, World};
use winset::report::frame::Frame;
use winset::report::solve::{self, Asked, Show};
use winset::scenario::Scenario;
use winset::space::{self, Census, Limits, Solved, Step};
use winset::text::words::count;

use super::super::args::SolveArgs;
use super::super::output::{Output, Shown};
use super::super::progress::Progress;
use super::super::trouble::Trouble;
use super::super::{Answered, Outcome, load};

pub fn solve(args: SolveArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let run = (args.world != "mode").then(|| run(&args.world)).transpose()?;
    let shows = shows(&args)?;
    let mut scenario = load::load(&args.file)?;
    let choices = args.worlds.wanted(&[]).judge(&mut scenario)?;
    let (n, exact) = (&scenario.negotiation, Exact::of(&scenario, &choices.settings, run)?);
    let frame = Frame::of("solve", &scenario.name, n, &choices);
    let frame = frame.asking("world", run.map_or(json!("mode"), |k| json!(k)));
    let document = frame.around(solve::json(n, &exact.solved, &exact.asked()));
    args.tail.show(out, &exact.shown(&shows), &exact.page(), &document, || Ok(Vec::new()))?;
    Ok(Answered::Yes)
}

/// The parts of the page that are asked for, in one way or the other.
fn shows(args: &SolveArgs) -> Result<Vec<Show>, Trouble> {
    let part = |word: &String| ask::word("value of `--show`", "values", word, &Show::WORDS).map_err(Trouble::from);
    let flags = [(args.solutions, Show::Solutions), (args.frontier, Show::Frontier), (args.pivotal, Show::Pivotal)];
    let flags = flags.into_iter().filter(|(on, _)| *on).map(|(_, show)| Ok(show));
    args.show.iter().map(part).chain(flags).collect()
}

/// One world, solved.
pub struct Exact<'a> {
    n: &'a Negotiation,
    variants: &'a [bool],
    world: World,
    called: String,
    solved: Solved,
    dormant: Vec<(AudienceId, f64)>,
    if_vetoed: Option<Census>,
}

impl<'a> Exact<'a> {
    /// Solves the likeliest world, or that of a run.
    pub fn of(scenario: &'a Scenario, settings: &'a Settings, run: Option<u64>) -> Result<Self, Trouble> {
        let (n, variants) = (&scenario.negotiation, settings.drawing.accounts.variants.as_slice());
        let (world, reading, called) = world(n, settings, run);
        let progress = Progress::of_steps();
        let told = |step: &Step| progress.step(far(step));
        let exactly = |world: &World| {
            let solved = space::solve_watched(n, variants, world, settings.drawing.defeat, Limits::default(), &told);
            solved.map_err(|e| Trouble::new(format!("`{}` cannot be solved: {e}", scenario.name)))
        };
        let solved = exactly(&world)?;
        let dormant = solve::dormant(n, &n.laws(reading, variants), &world, settings.drawing.defeat);
        let awake = || exactly(&solve::awake(n, &world, &dormant)).map(|solved| solved.packages);
        let if_vetoed = if dormant.is_empty() { None } else { Some(awake()?) };
        Ok(Self { n, variants, world, called, solved, dormant, if_vetoed })
    }

    fn asked(&self) -> Asked<'_> {
        Asked {
            world: &self.world,
            called: &self.called,
            variants: self.variants,
            dormant: &self.dormant,
            if_vetoed: self.if_vetoed.as_ref(),
        }
    }

    /// The whole page.
    pub fn page(&self) -> String {
        solve::page(self.n, &self.solved, &self.asked())
    }

    /// The first screen, or the parts of the page that are asked for.
    pub fn shown(&self, shows: &[Show]) -> Shown {
        if shows.is_empty() {
            return Shown::screen(solve::screen(self.n, &self.solved, &self.asked()));
        }
        let part = |show: &Show| solve::shown(self.n, &self.solved, &self.asked(), *show);
        Shown::text(shows.iter().map(part).collect::<Vec<_>>().join("\n"))
    }
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
        let only = n.has_one_world(reading, &settings.drawing.accounts.variants);
        let called = if only {
            "the only world: no number is uncertain"
        } else {
            "the world in which every number is at its likeliest"
        };
        return (modal, reading, called.into());
    };
    let drawn = Draws::new(n, settings.drawing.accounts.clone(), settings.drawing.seed).run(run);
    let reading = drawn.reading.map_or(String::new(), |r| format!(", reading `{}`", n.readings[r].id));
    (drawn.world, drawn.reading, format!("the world of run {run} under seed {}{reading}", settings.drawing.seed))
}
