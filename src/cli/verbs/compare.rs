//! `winset compare`: arms on the same luck.

use winset::analysis::compare::{CompareArm, CompareSettings, compare as ask};
use winset::figure::Theme;
use winset::report::compare::{self, Compared, Named, first_difference};

use super::super::args::CompareArgs;
use super::super::arms::{Arm, arms};
use super::super::choices::whole;
use super::super::folder::{self, File};
use super::super::pictures::drawn;
use super::super::progress::Progress;
use super::super::trouble::Trouble;
use super::super::{Answered, Outcome, output::Output};

/// Runs and threads as every verb takes them.
const MOST_RUNS: u64 = 1_000_000_000;
const MOST_THREADS: u64 = 1_024;

/// Flipped runs that are explained at most: each is kept until the end.
const MOST_EXPLAINED: u64 = 1_000_000;

/// Arms that are compared at most.
const MOST_ARMS: usize = 26;

pub fn compare(args: CompareArgs, out: &mut Output) -> Outcome {
    if let Some(place) = &args.out {
        folder::ready(place, args.force).and_then(|()| folder::writable(place))?;
    }
    let settings = settings(&args)?;
    if args.arms.len() > MOST_ARMS {
        return Err(Trouble::new(format!("{} arms are too many; {MOST_ARMS} are compared at most", args.arms.len())));
    }
    let arms = arms(&args)?;
    let played: Vec<CompareArm> = arms.iter().map(|arm| arm.played.clone()).collect();
    let tell = |arm: usize, steps: [&[winset::engine::talks::Step]; 2]| {
        first_difference([&played[0].n, &played[arm].n], steps)
    };
    let progress = Progress::of(settings.runs);
    let found = ask(&played, &settings, &tell, |runs| progress.done(runs))
        .map_err(|e| Trouble::new(format!("the arms cannot be compared: {e}")))?;
    drop(progress);
    let named: Vec<Named> = arms.iter().map(named).collect();
    let compared = Compared { arms: &named, settings: &settings, found: &found };
    if args.json {
        out.print(&format!("{}\n", compare::summary(&compared)))?;
    } else {
        out.print(&compare::page(&compared))?;
    }
    if let Some(place) = &args.out {
        folder::write(place, args.force, &files(&compared))?;
        if !args.json {
            out.print(&format!("\nwrote {place}\n"))?;
        }
    }
    Ok(Answered::Yes)
}

fn settings(args: &CompareArgs) -> Result<CompareSettings, Trouble> {
    let threads = args.threads.as_deref().map(|t| whole("--threads", t, 1, MOST_THREADS)).transpose()?;
    Ok(CompareSettings {
        runs: whole("--runs", &args.runs, 1, MOST_RUNS)?,
        seed: whole("--seed", &args.seed, 0, u64::MAX)?,
        threads: threads.and_then(|t| usize::try_from(t).ok()),
        explained: whole("--explain", &args.explain, 0, MOST_EXPLAINED)? as usize,
    })
}

fn named(arm: &Arm) -> Named<'_> {
    Named {
        text: &arm.text,
        n: &arm.played.n,
        on: &arm.played.accounts.variants,
        told: &arm.told,
        command: &arm.command,
    }
}

fn files(compared: &Compared) -> Vec<File> {
    let text = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    let mut files = vec![
        text("summary.json", format!("{:#}\n", compare::summary(compared))),
        text("page.txt", compare::page(compared)),
        text("differences.csv", compare::differences(compared)),
        text("flips.csv", compare::flips(compared)),
    ];
    files.extend(drawn(&[winset::report::pictures::compare(compared, Theme::Light)]));
    files
}
