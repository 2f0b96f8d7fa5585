//! `winset ablations`, `winset directions`, `winset infer`: one part of the model left out at a time, what moves when
//! something is changed, and what the record of a scenario says of the intents of the parties.

use std::collections::BTreeSet;

use itertools::Itertools;
use winset::analysis::{Likelihoods, infer as read_record};
use winset::analysis::{Paired, PairedSettings, Part, ablations, paired, paired_runs};
use winset::ask::read_in_all_ways;
use winset::engine::CannotRun;
use winset::report::ablation;
use winset::report::directions::{self, Directed};
use winset::report::frame::Frame;
use winset::report::infer::{self, Inference};
use winset::scenario::Scenario;

use super::super::args::{AblationsArgs, DirectionsArgs, InferArgs};
use super::super::progress::Progress;
use super::super::trouble::{Trouble, all};
use super::super::{Answered, Outcome, load, output::Output};

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

pub fn directions(args: DirectionsArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let (scenario, choices) = load::judged(&args.file, &args.from.wanted(&args.runs, &[]))?;
    let (n, worlds) = (&scenario.negotiation, &choices.settings);
    let (pairs, drawing) = (worlds.runs, worlds.drawing.clone());
    let settings = PairedSettings { pairs, drawing, directions: asked(&scenario, &args)? };
    let progress = Progress::of(paired_runs(n, &settings));
    let cannot = |e: CannotRun| Trouble::new(format!("`{}` cannot be compared: {e}", args.file));
    let answers = paired(n, &settings, |runs| progress.done(runs)).map_err(cannot)?;
    drop(progress);
    let asked = Directed { n, settings: worlds, choices: &choices, answer: &answers };
    let only: Vec<&str> = settings.directions.iter().map(|d| n.directions[*d].id.as_str()).collect();
    let frame = Frame::of("directions", &scenario.name, n, &choices).asking("only", only);
    let document = frame.around(directions::summary(&asked));
    args.tail.tell(out, &directions::page(&asked), &document, Vec::new)?;
    Ok(if answers.iter().any(Paired::breaks_a_law) { Answered::No } else { Answered::Yes })
}

/// The directions named, or all.
fn asked(scenario: &Scenario, args: &DirectionsArgs) -> Result<Vec<usize>, Trouble> {
    let known: Vec<&str> = scenario.negotiation.directions.iter().map(|d| d.id.as_str()).collect();
    if known.is_empty() {
        return Err(Trouble::new(format!("`{}` asks about no direction", args.file)).hint("add [directions.ID]"));
    }
    if args.only.is_empty() {
        return Ok((0..known.len()).collect());
    }
    let unknown = |id: &String| Trouble::unknown("direction", "directions", id, &known);
    let place = |id: &String| known.iter().position(|k| k == id).ok_or_else(|| unknown(id));
    let (places, wrong): (BTreeSet<usize>, Vec<Trouble>) = args.only.iter().map(place).partition_result();
    all(wrong)?;
    Ok(places.into_iter().collect())
}

pub fn infer(args: InferArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let (scenario, choices) = load::judged(&args.file, &args.worlds.wanted(&[]))?;
    let (n, settings) = (&scenario.negotiation, &choices.settings);
    let cannot = |e| Trouble::new(format!("nothing can be inferred from `{}`: {e}", args.file));
    let progress = Progress::of(settings.runs * if args.by_play { 4 } else { 1 });
    let (inferred, ways) = if args.by_play {
        let ways = read_in_all_ways(n, settings, |worlds| progress.done(worlds)).map_err(cannot)?;
        (ways[0].inferred.clone(), ways)
    } else {
        let inferred = read_record(n, settings, Likelihoods::ByHand, |worlds| progress.done(worlds));
        (inferred.map_err(cannot)?, Vec::new())
    };
    drop(progress);
    let answer = Inference { n, settings, choices: &choices, answer: &inferred };
    let frame = Frame::of("infer", &scenario.name, n, &choices).asking("by_play", args.by_play);
    let document = frame.around(infer::json(&answer, &ways));
    args.tail.tell(out, &infer::page(&answer, &ways), &document, Vec::new)
}
