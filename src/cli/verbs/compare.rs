//! `winset compare`: arms on the same luck.

use std::path::Path;

use itertools::Itertools;
use winset::analysis::compare::{CompareArm, CompareSettings, compare as ask};
use winset::ask::{ArmWords, MOST_RUNS, MOST_SEED, MOST_THREADS, Wanted, arms, whole, within};
use winset::engine::talks::Step;
use winset::figure::Theme;
use winset::report::compare::{self, Compared, NamedArm, first_difference};
use winset::report::frame::Frame;
use winset::report::head::Otherwise;
use winset::report::run::shell;

use super::super::args::CompareArgs;
use super::super::folder::File;
use super::super::pictures;
use super::super::progress::Progress;
use super::super::tail::file;
use super::super::trouble::{Trouble, all};
use super::super::{Outcome, load, output::Output};

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
    let tell = |arm: usize, steps: [&[Step]; 2]| first_difference([arms[0].n(), arms[arm].n()], steps);
    let progress = Progress::of(settings.runs);
    let found = ask(&played, &settings, &tell, |runs| progress.done(runs))
        .map_err(|e| Trouble::new(format!("the arms cannot be compared: {e}")))?;
    drop(progress);
    let compared = Compared { arms: &arms, settings: &settings, found: &found };
    let document = frame(&args, &settings).around(compare::summary(&compared));
    args.tail.tell(out, &compare::page(&compared), &document, || files(&compared, theme))
}

fn frame(args: &CompareArgs, settings: &CompareSettings) -> Frame {
    let frame = Frame { seed: Some(settings.seed), scenario: args.arms.clone().into(), ..Frame::bare("compare") };
    let frame = frame.asking("runs", settings.runs).asking("explain", settings.explained);
    // What changes all arms, in the words in which it was asked.
    let Wanted { reading, variant, set, defeat, without, .. } = common(args);
    let [reading, defeat] = [reading, defeat].map(Vec::from_iter);
    let words = [("reading", reading), ("variant", variant), ("set", set), ("defeat", defeat), ("without", without)];
    words.into_iter().filter(|(_, words)| !words.is_empty()).fold(frame, |frame, (key, words)| frame.asking(key, words))
}

fn settings(args: &CompareArgs) -> Result<CompareSettings, Trouble> {
    let threads = args.from.drawn.threads.as_deref().map(|t| whole("--threads", t, 1, MOST_THREADS)).transpose()?;
    Ok(CompareSettings {
        runs: whole("--runs", &args.runs, 1, MOST_RUNS)?,
        seed: whole("--seed", &args.from.drawn.seed, 0, MOST_SEED)?,
        threads: threads.and_then(|t| usize::try_from(t).ok()),
        explained: whole("--explain", &args.explain, 0, MOST_EXPLAINED)? as usize,
    })
}

/// What is asked of all arms.
fn common(args: &CompareArgs) -> Wanted {
    args.from.wanted(&args.runs, &args.parts.without)
}

/// All arms, with everything wrong in any of them named.
fn checked(args: &CompareArgs) -> Result<Vec<NamedArm>, Trouble> {
    let asked = arms(&args.arms, &common(args), |text| Path::new(text).is_file())?;
    let checked = args.arms.iter().zip(&asked).map(|(text, asked)| check(text, asked));
    let (arms, mut wrong): (Vec<NamedArm>, Vec<Trouble>) = checked.partition_result();
    wrong.dedup();
    all(wrong).map(|()| arms)
}

fn check(text: &str, asked: &ArmWords) -> Result<NamedArm, Trouble> {
    let mut scenario = load::quietly(&asked.file).map_err(|trouble| trouble.hint(format!("in the arm `{text}`")))?;
    let choices = asked
        .wanted
        .judge(&mut scenario)
        .map_err(|wrong| if text.contains('@') { within(wrong, text) } else { wrong })?;
    let n = scenario.negotiation;
    let mut told = Otherwise::of(&choices).told(&n);
    let drawing = choices.settings.drawing;
    let switched = n.variants.iter().zip(n.default_variants()).zip(&drawing.accounts.variants);
    for ((variant, _), now) in switched.filter(|((_, before), now)| before != *now) {
        told.push(format!("Variant `{}` is switched {}.", variant.id, if *now { "on" } else { "off" }));
    }
    told.extend(asked.wanted.defeat.iter().map(|whose| format!("A defeat is that of `{whose}`.")));
    Ok(NamedArm { text: text.to_owned(), told, command: command(asked), played: CompareArm { n, drawing } })
}

/// File and flags that give the runs of an arm to another verb.
fn command(ArmWords { file, wanted }: &ArmWords) -> String {
    let without = [wanted.without.join(",")];
    let flags = [
        ("reading", wanted.reading.as_slice()),
        ("variant", &wanted.variant),
        ("set", &wanted.set),
        ("defeat", wanted.defeat.as_slice()),
        ("without", if wanted.without.is_empty() { &[] } else { &without }),
    ];
    let each = flags.iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
    each.fold(shell(file), |command, (name, value)| format!("{command} --{name} {}", shell(value)))
}

fn files(compared: &Compared, theme: Theme) -> Vec<File> {
    let mut files =
        vec![file("differences.csv", compare::differences(compared)), file("flips.csv", compare::flips(compared))];
    pictures::add(&mut files, &[winset::report::pictures::compare(compared, theme)], Some(1));
    files
}
