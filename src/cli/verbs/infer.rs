//! `winset infer`: what the record of a scenario says of the intents of the parties.

use winset::analysis::infer as ask;
use winset::report::frame::Frame;
use winset::report::infer::{Inference, json, page};

use super::super::args::InferArgs;
use super::super::progress::Progress;
use super::super::trouble::Trouble;
use super::super::{Outcome, load, output::Output};

pub fn infer(args: InferArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let (scenario, choices) = load::judged(&args.file, &args.worlds.wanted(&[]))?;
    let (n, settings) = (&scenario.negotiation, &choices.settings);
    let progress = Progress::of(settings.runs);
    let inferred = ask(n, settings, |worlds| progress.done(worlds));
    let inferred = inferred.map_err(|e| Trouble::new(format!("nothing can be inferred from `{}`: {e}", args.file)))?;
    let answer = Inference { n, choices: &choices, inferred: &inferred };
    let document = Frame::of("infer", &scenario.name, n, &choices).around(json(&answer));
    args.tail.tell(out, &page(&answer), &document, Vec::new)
}
