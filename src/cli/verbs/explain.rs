//! `winset explain`: one thing of a scenario.

use winset::analysis::{HalvesSettings, halves};
use winset::report::explain::{self, Explained};
use winset::report::frame::Frame;

use super::super::args::ExplainArgs;
use super::super::output::{Output, Shown};
use super::super::trouble::{Trouble, shown};
use super::super::{Outcome, load};

/// Numbers that are looked at of one thing.
const MOST: usize = 4;

pub fn explain(args: ExplainArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let (scenario, choices) = load::judged(&args.file, &args.from.wanted(&args.runs, &[]))?;
    let n = &scenario.negotiation;
    let thing = explain::find(n, args.thing.trim())?;
    let cannot = |e: winset::engine::CannotRun| Trouble::new(format!("`{}` cannot be run: {e}", shown(&args.file)));
    let space = choices.settings.drawing.compile(n).map_err(cannot)?;
    let (runs, drawing) = (choices.settings.runs, choices.settings.drawing.clone());
    let settings = HalvesSettings { runs, inputs: thing.inputs(n), most: MOST, drawing };
    let (found, uncertain) = halves(&space, &settings).map_err(cannot)?;
    let told = Explained { choices: &choices, space: &space, thing: &thing, halves: &found, uncertain };
    let frame = Frame::of("explain", &scenario.name, n, &choices).asking("thing", args.thing.as_str());
    let screen = explain::screen(&told);
    let page = screen.to_string();
    args.tail.show(out, &Shown::screen(screen), &page, &frame.around(explain::summary(&told)), Vec::new)
}
