//! `winset ablations`: one part of the model left out at a time.

use winset::analysis::{Part, ReachedSettings, ablations};
use winset::report::ablation;

use super::super::args::AblationsArgs;
use super::super::choices::{choose, leave_out};
use super::super::progress::Progress;
use super::super::trouble::Trouble;
use super::super::{Answered, Outcome, load, output::Output};

pub fn ablate(args: AblationsArgs, out: &mut Output) -> Outcome {
    let mut scenario = load::load(&args.file)?;
    let settings = choose(&mut scenario, &args.worlds)?.settings;
    let gone = leave_out(&mut scenario, &args.parts.without)?;
    let n = &scenario.negotiation;
    let parts: Vec<Part> = Part::all().into_iter().filter(|part| !gone.contains(part)).collect();
    let asked = ReachedSettings::of(&settings, &gone);
    let progress = Progress::of(settings.runs);
    let found = ablations(n, &asked, &parts, |runs| progress.done(runs))
        .map_err(|e| Trouble::new(format!("`{}` cannot be run: {e}", args.file)))?;
    if args.json {
        out.print(&format!("{}\n", ablation::data(n, settings.seed, &found)))?;
    } else {
        out.print(&ablation::page(n, &settings.accounts.variants, settings.seed, &found))?;
    }
    Ok(Answered::Yes)
}
