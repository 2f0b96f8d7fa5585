//! `winset ablations`: one part of the model left out at a time.

use winset::analysis::{Part, ablations};
use winset::ask::Choices;
use winset::report::ablation;
use winset::report::head::Otherwise;

use super::super::args::AblationsArgs;
use super::super::progress::Progress;
use super::super::trouble::Trouble;
use super::super::{Answered, Outcome, load, output::Output};

pub fn ablate(args: AblationsArgs, out: &mut Output) -> Outcome {
    let mut scenario = load::load(&args.file)?;
    let wanted = args.worlds.wanted(&args.parts.without);
    let Choices { settings, changed, without: gone } = wanted.judge(&mut scenario)?;
    let n = &scenario.negotiation;
    let parts: Vec<Part> = Part::all().into_iter().filter(|part| !gone.contains(part)).collect();
    let progress = Progress::of(settings.runs);
    let found = ablations(n, &settings, &parts, |runs| progress.done(runs))
        .map_err(|e| Trouble::new(format!("`{}` cannot be run: {e}", args.file)))?;
    let otherwise = Otherwise {
        reading: settings.drawing.accounts.reading,
        set: &changed,
        without: &gone,
        agreeing: settings.agreeing,
    };
    if args.json {
        out.print(&format!("{}\n", ablation::data(n, otherwise, settings.drawing.seed, &found)))?;
    } else {
        out.print(&ablation::page(n, &settings.drawing.accounts.variants, otherwise, settings.drawing.seed, &found))?;
    }
    Ok(Answered::Yes)
}
