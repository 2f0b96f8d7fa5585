//! `winset trace`: one run of the talks, told in plain words.

use winset::ask::{Choices, MOST_RUNS, whole};
use winset::engine::talks::Talks;
use winset::report::head::{Otherwise, notices};
use winset::report::{steps, story};

use super::super::args::TraceArgs;
use super::super::trouble::Trouble;
use super::super::{Answered, Outcome, load, output::Output};

pub fn trace(args: TraceArgs, out: &mut Output) -> Outcome {
    let run = whole("--run", &args.run, 0, MOST_RUNS)?;
    let mut scenario = load::load(&args.file)?;
    let wanted = args.worlds.wanted(&args.parts.without);
    let Choices { settings, changed, without: gone } = wanted.judge(&mut scenario)?;
    let n = &scenario.negotiation;
    let cannot = |e: String| Trouble::new(format!("`{}` cannot be traced: {e}", args.file));
    let drawing = settings.drawing;
    let compiled = drawing.compile(n).map_err(|e| cannot(e.to_string()))?;
    let talks = Talks::of(&compiled, drawing.clone()).map_err(|e| cannot(e.to_string()))?;
    let (reading, on) = (drawing.accounts.reading, &drawing.accounts.variants);
    let otherwise = Otherwise { reading, set: &changed, without: &gone, agreeing: false };
    let (run, heard) = talks.trace(&drawing.draws(n).run(run));
    let notes = [notices(n, on), otherwise.told(n)].concat();
    if args.json {
        out.print(&format!("{}\n", steps::data(n, compiled.scale, otherwise, drawing.seed, &run, &heard)))?;
    } else {
        out.print(&story::page(n, compiled.scale, &notes, drawing.seed, &run, &heard))?;
    }
    Ok(Answered::Yes)
}
