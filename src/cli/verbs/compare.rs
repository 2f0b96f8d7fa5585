//! `winset compare`: arms on the same luck.

use std::path::Path;

use winset::analysis::compare::{CompareArm, CompareSettings, compare as ask};
use winset::ask::{ArmWords, Choices, MOST_RUNS, MOST_SEED, MOST_THREADS, Wanted, arms, whole, within};
use winset::figure::Theme;
use winset::report::compare::{self, Compared, Named, first_difference};
use winset::report::frame::Frame;
use winset::report::head::Otherwise;
use winset::report::run::shell;

use super::super::args::CompareArgs;
use super::super::folder::File;
use super::super::pictures;
use super::super::progress::Progress;
use super::super::tail::file;
use super::super::trouble::{Trouble, all};
use super::super::{Answered, Outcome, load, output::Output};

/// Flipped runs that are explained at most: each is kept until the end.
const MOST_EXPLAINED: u64 = 1_000_000;

/// Arms that are compared at most.
const MOST_ARMS: usize = 26;

pub fn compare(args: CompareArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let (settings, theme) = (settings(&args)?, args.theme.theme()?);
    if args.arms.len() > MOST_ARMS {
        return Err(Trouble::new(format!("{} arms are too many; {MOST_ARMS} are compared at most", args.arms.len())));
    }
    let arms = checked(&args)?;
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
    let document = frame(&args, &settings).around(compare::summary(&compared));
    args.tail.tell(out, &compare::page(&compared), &document, || Ok(files(&compared, theme)))?;
    Ok(Answered::Yes)
}

fn frame(args: &CompareArgs, settings: &CompareSettings) -> Frame {
    let frame = Frame { seed: Some(settings.seed), scenario: args.arms.clone().into(), ..Frame::bare("compare") };
    frame.asking("runs", settings.runs).asking("explain", settings.explained)
}

fn settings(args: &CompareArgs) -> Result<CompareSettings, Trouble> {
    let threads = args.threads.as_deref().map(|t| whole("--threads", t, 1, MOST_THREADS)).transpose()?;
    Ok(CompareSettings {
        runs: whole("--runs", &args.runs, 1, MOST_RUNS)?,
        seed: whole("--seed", &args.seed, 0, MOST_SEED)?,
        threads: threads.and_then(|t| usize::try_from(t).ok()),
        explained: whole("--explain", &args.explain, 0, MOST_EXPLAINED)? as usize,
    })
}

/// An arm, checked.
struct Arm {
    text: String,
    played: CompareArm,
    /// What it asks for otherwise than its file: each a sentence.
    told: Vec<String>,
    /// File and flags that give the same runs to another verb.
    command: String,
}

/// All arms, with everything wrong in any of them named.
fn checked(args: &CompareArgs) -> Result<Vec<Arm>, Trouble> {
    let asked = arms(&args.arms, |text| Path::new(text).is_file())?;
    let (mut arms, mut wrong) = (Vec::new(), Vec::new());
    for (text, asked) in args.arms.iter().zip(&asked) {
        match check(text, asked) {
            Ok(arm) => arms.push(arm),
            Err(trouble) => wrong.push(trouble),
        }
    }
    wrong.dedup();
    all(wrong).map(|()| arms)
}

fn check(text: &str, asked: &ArmWords) -> Result<Arm, Trouble> {
    let mut scenario = load::quietly(&asked.file).map_err(|trouble| trouble.hint(format!("in the arm `{text}`")))?;
    let choices = asked.wanted.judge(&mut scenario).map_err(|wrong| within(wrong, text))?;
    let n = scenario.negotiation;
    let mut told = Otherwise::of(&choices).told(&n);
    let Choices { settings, .. } = choices;
    let switched = n.variants.iter().zip(n.default_variants()).zip(&settings.drawing.accounts.variants);
    let switched = switched.filter(|((_, before), now)| before != *now);
    told.extend(
        switched.map(|((v, _), now)| format!("Variant `{}` is switched {}.", v.id, if *now { "on" } else { "off" })),
    );
    told.extend(asked.wanted.defeat.iter().map(|whose| format!("A defeat is that of `{whose}`.")));
    let played = CompareArm { n, drawing: settings.drawing };
    Ok(Arm { text: text.to_owned(), told, command: command(asked), played })
}

fn command(ArmWords { file, wanted }: &ArmWords) -> String {
    let Wanted { reading, variant, set, defeat, without, .. } = wanted;
    let flag = |name: &str, value: &String| format!(" --{name} {}", shell(value));
    let mut command = shell(file);
    command.extend(reading.iter().map(|value| flag("reading", value)));
    command.extend(variant.iter().map(|value| flag("variant", value)));
    command.extend(set.iter().map(|value| flag("set", value)));
    command.extend(defeat.iter().map(|value| flag("defeat", value)));
    command.extend((!without.is_empty()).then(|| flag("without", &without.join(","))));
    command
}

fn named(arm: &Arm) -> Named<'_> {
    Named {
        text: &arm.text,
        n: &arm.played.n,
        on: &arm.played.drawing.accounts.variants,
        told: &arm.told,
        command: &arm.command,
    }
}

fn files(compared: &Compared, theme: Theme) -> Vec<File> {
    let mut files =
        vec![file("differences.csv", compare::differences(compared)), file("flips.csv", compare::flips(compared))];
    pictures::add(&mut files, &[winset::report::pictures::compare(compared, theme)]);
    files
}
