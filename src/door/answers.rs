//! The answers, each through the functions by which the command line prints it as JSON.

use serde_json::{Value, json};

use super::held::{Held, MOST_AT_ONCE};
use super::say::{Asked, cannot, wrong};
use crate::analysis::{Settings, soundness};
use crate::ask::{self, Exact, MOST_RUNS, Wrong, none_kept};
use crate::engine::talks::Talks;
use crate::engine::{CannotRun, Drawing};
use crate::model::Package;
use crate::report::frame::Frame;
use crate::report::head::{Otherwise, notices};
use crate::report::verdict::Case;
use crate::report::{check as checked, run, solve as solved, steps, story, verdict as verdicts};
use crate::scenario::Finding;
use crate::space::Limits;
use crate::text::words::shown;

/// What the runs that are done say. `document` is what `winset run --json` prints.
pub fn answer(held: &Held, mut asked: Asked) -> Result<Value, Wrong> {
    let look = super::look::asked(&mut asked);
    let look = asked.done(look)?;
    let found = held.answer()?;
    let figures = super::look::drawn(held, &found, look)?;
    Ok(json!({
        "document": run::summary(&found),
        "done": held.done(),
        "figures": figures,
        "words": {
            "verdict": run::verdict(&found), "sentence": run::sentence(&found),
            "screen": run::screen(&found).to_string(),
        },
    }))
}

/// Every package of one world: the likeliest, or that of a run.
pub fn solve(held: &Held, mut asked: Asked) -> Result<Value, Wrong> {
    let world = asked.word("world").filter(|world| world != "mode");
    let run = world.map(|world| ask::whole("world", &world, 0, MOST_RUNS).map_err(wrong)).transpose();
    let run = asked.judged(run);
    let run = asked.done(run)?;
    let (n, scenario, choices) = (held.n()?, held.scenario()?, held.choices());
    let exact = Exact::of(n, &choices.settings, run, Limits::default());
    let exact =
        exact.map_err(|e| wrong(Finding::error(format!("`{}` cannot be solved: {e}", shown(&scenario.name)))))?;
    let frame = Frame::of("solve", &scenario.name, n, choices);
    let frame = frame.asking("world", run.map_or(json!("mode"), |k| json!(k))).asking("coarsen", None::<u64>);
    Ok(json!({ "document": frame.around(solved::json(&exact)) }))
}

/// One package, in the likeliest world and over many.
pub fn verdict(held: &Held, mut asked: Asked) -> Result<Value, Wrong> {
    let (terms, named, side) = (asked.text("package"), asked.text("named"), asked.text("side"));
    asked.done(Some(()))?;
    let (n, scenario, choices) = (held.n()?, held.scenario()?, held.choices());
    let settings = &choices.settings;
    let package: Package = match (&terms, &named) {
        (_, Some(id)) => ask::named(n, id).map_err(wrong)?,
        (Some(terms), None) => ask::package(n, terms)?,
        (None, None) => {
            let hint = "give its terms under `package`, as `issue=option,issue=option`, or its name under `named`";
            return Err(wrong(Finding::error("no package was given").hint(hint)));
        }
    };
    let parties: Vec<_> = n.parties().map(|i| (n.actor(i).id.as_str(), i)).collect();
    let shows = side.as_deref().map(|id| ask::word("party", "parties", id, &parties)).transpose().map_err(wrong)?;
    few(settings.runs)?;
    let case = Case::of(n, settings, None, &package).map_err(|e| cannot(&scenario.name, &e))?;
    let case = case.ok_or_else(|| wrong(none_kept(settings.runs)))?;
    let judged = case.judged(n, settings, shows);
    let frame = Frame::of("verdict", &scenario.name, n, choices);
    let frame = frame.asking("package", terms).asking("named", named).asking("side", side);
    Ok(json!({ "document": frame.around(verdicts::summary(&judged)) }))
}

/// One run of the talks, step by step.
pub fn trace(held: &Held, mut asked: Asked) -> Result<Value, Wrong> {
    let run = asked.word("run").map_or(Ok(0), |run| ask::whole("run", &run, 0, MOST_RUNS).map_err(wrong));
    let run = asked.judged(run);
    let run = asked.done(run)?;
    let (n, scenario, choices, compiled) = (held.n()?, held.scenario()?, held.choices(), held.space()?);
    let drawing = &choices.settings.drawing;
    let talks = Talks::of(compiled, drawing.clone()).map_err(|e| cannot(&scenario.name, &CannotRun::from(e)))?;
    let (run, heard) = talks.trace(&drawing.draws(n).run(run));
    let notes = [notices(n, &drawing.accounts.variants), Otherwise::of(choices).told(n)].concat();
    let frame = Frame::of("trace", &scenario.name, n, choices).asking("run", run.run);
    let document = frame.around(steps::data(n, compiled.scale, &run, &heard));
    Ok(json!({ "document": document, "page": story::page(n, compiled.scale, &notes, drawing.seed, &run, &heard) }))
}

/// Worlds in which anchors are tried, unless said otherwise. Source: assumption.
const TRIED: u64 = 2_000;

/// What the file holds, what is odd in it, and how its anchors fare; it is asked of the file, whatever was set.
pub fn check(held: &Held, mut asked: Asked) -> Result<Value, Wrong> {
    let runs = asked.word("runs").map_or(Ok(TRIED), |runs| ask::whole("runs", &runs, 1, MOST_AT_ONCE).map_err(wrong));
    let runs = asked.judged(runs);
    let runs = asked.done(runs)?;
    let (scenario, n) = (held.original(), &held.original().negotiation);
    let drawing = Drawing { threads: Some(1), ..Drawing::of(n, 1) };
    let sound = soundness(n, &Settings { runs, drawing, agreeing: false }).map_err(|e| cannot(&scenario.name, &e))?;
    let warnings: Vec<Value> =
        scenario.warnings.iter().map(|found| super::say::finding(found, &scenario.text)).collect();
    Ok(json!({
        "summary": checked::summary(scenario),
        "warnings": warnings,
        "soundness": checked::soundness(n, &sound, &scenario.name),
        "contradicted": checked::contradicted(&sound),
    }))
}

/// Whether runs are few enough for one call.
fn few(runs: u64) -> Result<(), Wrong> {
    if runs <= MOST_AT_ONCE {
        return Ok(());
    }
    let found = format!("{runs} worlds are more than {MOST_AT_ONCE}");
    Err(wrong(Finding::error(found).hint("`set` fewer `runs` for this")))
}
