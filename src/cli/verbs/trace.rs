//! `winset trace`: one run of the talks, told in plain words.

use winset::ask::{MOST_RUNS, whole};
use winset::engine::talks::Talks;
use winset::report::frame::Frame;
use winset::report::head::{Otherwise, notices};
use winset::report::{steps, story};

use super::super::args::TraceArgs;
use super::super::trouble::Trouble;
use super::super::{Answered, Outcome, load, output::Output};

pub fn trace(args: TraceArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let run = whole("--run", &args.run, 0, MOST_RUNS)?;
    let mut scenario = load::load(&args.file)?;
    let choices = args.worlds.wanted(&args.parts.without).judge(&mut scenario)?;
    let (n, settings) = (&scenario.negotiation, &choices.settings);
    let cannot = |e: String| Trouble::new(format!("`{}` cannot be traced: {e}", args.file));
    let drawing = &settings.drawing;
    let compiled = drawing.compile(n).map_err(|e| cannot(e.to_string()))?;
    let talks = Talks::of(&compiled, drawing.clone()).map_err(|e| cannot(e.to_string()))?;
    let (run, heard) = talks.trace(&drawing.draws(n).run(run));
    let notes = [notices(n, &drawing.accounts.variants), Otherwise::of(&choices).told(n)].concat();
    let frame = Frame::of("trace", &scenario.name, n, &choices).asking("run", run.run);
    let document = frame.around(steps::data(n, compiled.scale, &run, &heard));
    let page = story::page(n, compiled.scale, &notes, drawing.seed, &run, &heard);
    args.tail.tell(out, &page, &document, || Ok(Vec::new()))?;
    Ok(Answered::Yes)
}
