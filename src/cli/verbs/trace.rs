//! `winset trace`: one run of the talks, told in plain words.

use winset::analysis::ReachedSettings;
use winset::ask::{Choices, MOST_RUNS, whole};
use winset::engine::Draws;
use winset::engine::talks::Talks;
use winset::report::head::{Otherwise, notices};
use winset::report::{steps, story};
use winset::space::Compiled;

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
    let compiled = Compiled::of(n, &settings.accounts.variants).map_err(|e| cannot(e.to_string()))?;
    let rules = ReachedSettings::of(&settings, &gone).talks;
    let talks = Talks::of(&compiled, rules).map_err(|e| cannot(e.to_string()))?;
    let (reading, on) = (settings.accounts.reading, settings.accounts.variants.clone());
    let otherwise = Otherwise { reading, set: &changed, without: &gone, agreeing: false };
    let (run, heard) = talks.trace(&Draws::new(n, settings.accounts, settings.seed).run(run));
    let notes = [notices(n, &on), otherwise.told(n)].concat();
    if args.json {
        out.print(&format!("{}\n", steps::data(n, compiled.scale, otherwise, settings.seed, &run, &heard)))?;
    } else {
        out.print(&story::page(n, compiled.scale, &notes, settings.seed, &run, &heard))?;
    }
    Ok(Answered::Yes)
}
