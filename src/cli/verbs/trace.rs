//! `winset trace`: one run of the talks, told in plain words.

use winset::engine::Draws;
use winset::engine::talks::{Settings, Talks};
use winset::report::story;
use winset::space::Compiled;

use super::super::args::TraceArgs;
use super::super::choices::{choose, whole};
use super::super::trouble::Trouble;
use super::super::{Answered, Outcome, load, output::Output};

pub fn trace(args: TraceArgs, out: &mut Output) -> Outcome {
    let run = whole("--run", &args.run, 0, 1_000_000_000)?;
    let mut scenario = load::load(&args.file)?;
    let settings = choose(&mut scenario, &args.worlds)?.settings;
    let n = &scenario.negotiation;
    let cannot = |e: String| Trouble::new(format!("`{}` cannot be traced: {e}", args.file));
    let compiled = Compiled::of(n, &settings.accounts.variants).map_err(|e| cannot(e.to_string()))?;
    let rules = Settings { seed: settings.seed, defeat: settings.defeat, without: Vec::new() };
    let talks = Talks::of(&compiled, rules).map_err(|e| cannot(e.to_string()))?;
    let (run, steps) = talks.trace(&Draws::new(n, settings.accounts, settings.seed).run(run));
    out.print(&story::page(n, compiled.scale, settings.seed, &run, &steps))?;
    Ok(Answered::Yes)
}
