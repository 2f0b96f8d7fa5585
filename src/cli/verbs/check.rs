//! `winset check`: every mistake of a file, what it rests on, and whether its anchors hold; asked for, whether a round is only a step.

use winset::analysis::{Settings, conduct, looking, soundness, steps, waiting};
use winset::ask::{MOST_SEED, whole};
use winset::engine::{CannotRun, Drawing};
use winset::model::Negotiation;
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
        match load::quietly(file).and_then(|scenario| one(&scenario, file, &Asked { runs, seed, step: args.step }, out))
        {
            Ok(Answered::No) => answered = Answered::No,
            Ok(Answered::Yes | Answered::Interrupted) => {}
            Err(Trouble::Closed) => return Err(Trouble::Closed),
            Err(trouble) => wrong.push(trouble),
        }
    }
    all(wrong)?;
    Ok(answered)
}

/// What is asked of every file.
struct Asked {
    runs: u64,
    seed: u64,
    step: bool,
}

fn one(scenario: &Scenario, file: &str, asked: &Asked, out: &mut Output) -> Outcome {
    let (n, runs) = (&scenario.negotiation, asked.runs);
    let warnings = load::warnings(scenario);
    out.print(&check::summary(scenario))?;
    if !warnings.is_empty() {
        out.print(&format!("\n{warnings}"))?;
    }
    let settings = Settings { runs, drawing: Drawing::of(n, asked.seed), agreeing: false };
    let sound = soundness(n, &settings);
    match sound {
        Ok(sound) => {
            out.print(&check::soundness(n, &sound, &run::shell(file)))?;
            let refused = |e: CannotRun| Trouble::new(e.to_string());
            // Runs take longer than worlds, and a share of a thousand says enough.
            let fewer = Settings { runs: runs.min(1_000), ..settings.clone() };
            out.print(&check::conduct(n, &conduct(n, &fewer).map_err(refused)?))?;
            out.print(&check::waiting(n, &waiting(n, &fewer), fewer.runs))?;
            out.print(&check::looking(&looking(n, &fewer).map_err(refused)?))?;
            let agrees = !asked.step || in_steps(n, &settings, out)?;
            Ok(if check::contradicted(&sound) || !agrees { Answered::No } else { Answered::Yes })
        }
        Err(e) => Err(Trouble::new(format!("`{}` cannot be run: {e}", scenario.name))),
    }
}

/// So many times the runs are played in each length of a round: shares that differ by points are to be told apart.
const MORE: u64 = 5;

/// Prints whether the talks say the same in shorter rounds; whether they do.
fn in_steps(n: &Negotiation, settings: &Settings, out: &mut Output) -> Result<bool, Trouble> {
    if n.talks.is_none() {
        out.print(check::NO_STEPS)?;
        return Ok(true);
    }
    let settings = &Settings { runs: settings.runs.saturating_mul(MORE), ..settings.clone() };
    let steps = steps(n, settings).map_err(|e| Trouble::new(e.to_string()))?;
    out.print(&check::in_steps(n, &steps))?;
    Ok(steps.agree())
}
