//! `winset check`: every mistake of a file, what it rests on, and whether its anchors hold.

use winset::analysis::{Settings, conduct, looking, soundness, waiting};
use winset::ask::{MOST_SEED, whole};
use winset::engine::{CannotRun, Drawing};
use winset::report::{check, run};
use winset::scenario::Scenario;

use super::super::args::CheckArgs;
use super::super::trouble::{Trouble, all};
use super::super::{Answered, Outcome, load, output::Output};

pub fn check(args: &CheckArgs, out: &mut Output) -> Outcome {
    let runs = whole("--runs", &args.runs, 1, 100_000_000)?;
    let seed = whole("--seed", &args.seed, 0, MOST_SEED)?;
    let (mut answered, mut wrong) = (Answered::Yes, Vec::new());
    for (i, file) in args.files.iter().enumerate() {
        if i > 0 {
            out.print("\n")?;
        }
        match load::quietly(file).and_then(|scenario| one(&scenario, file, runs, seed, out)) {
            Ok(Answered::No) => answered = Answered::No,
            Ok(Answered::Yes | Answered::Interrupted) => {}
            Err(Trouble::Closed) => return Err(Trouble::Closed),
            Err(trouble) => wrong.push(trouble),
        }
    }
    all(wrong)?;
    Ok(answered)
}

fn one(scenario: &Scenario, file: &str, runs: u64, seed: u64, out: &mut Output) -> Outcome {
    let n = &scenario.negotiation;
    let warnings = load::warnings(scenario);
    out.print(&check::summary(scenario))?;
    if !warnings.is_empty() {
        out.print(&format!("\n{warnings}"))?;
    }
    let settings = Settings { runs, drawing: Drawing::of(n, seed), agreeing: false };
    let sound = soundness(n, &settings);
    match sound {
        Ok(sound) => {
            out.print(&check::soundness(n, &sound, &run::shell(file)))?;
            // Runs take longer than worlds, and a share of a thousand says enough.
            let settings = Settings { runs: runs.min(1_000), ..settings };
            let refused = |e: CannotRun| Trouble::new(e.to_string());
            out.print(&check::conduct(n, &conduct(n, &settings).map_err(refused)?))?;
            out.print(&check::waiting(n, &waiting(n, &settings), settings.runs))?;
            out.print(&check::looking(&looking(n, &settings).map_err(refused)?))?;
            Ok(if check::contradicted(&sound) { Answered::No } else { Answered::Yes })
        }
        Err(e) => Err(Trouble::new(format!("`{}` cannot be run: {e}", scenario.name))),
    }
}
