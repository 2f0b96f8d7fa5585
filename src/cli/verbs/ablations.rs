//! `winset ablations`: one part of the model left out at a time.

use winset::analysis::{Part, ablations};
use winset::report::ablation;
use winset::report::frame::Frame;

use super::super::args::AblationsArgs;
use super::super::progress::Progress;
use super::super::trouble::Trouble;
use super::super::{Outcome, load, output::Output};

pub fn ablate(args: AblationsArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let (scenario, choices) = load::judged(&args.file, &args.worlds.wanted(&args.parts.without))?;
    let (n, settings) = (&scenario.negotiation, &choices.settings);
    let parts: Vec<Part> = Part::all().into_iter().filter(|part| !choices.without.contains(part)).collect();
    let progress = Progress::of(settings.runs);
    let found = ablations(n, settings, &parts, |runs| progress.done(runs))
        .map_err(|e| Trouble::new(format!("`{}` cannot be run: {e}", args.file)))?;
    let document = Frame::of("ablations", &scenario.name, n, &choices).around(ablation::data(n, &found));
    args.tail.tell(out, &ablation::page(n, &choices, &found), &document, Vec::new)
}
