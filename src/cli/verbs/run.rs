//! `winset run`: many worlds.

use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use winset::analysis::{Recorded, Write};
use winset::ask::{Answer, Choices, Exact};
use winset::batch::OutcomeColumns;
use winset::engine::CannotRun;
use winset::figure::{Picture, Theme};
use winset::report::pictures::of_answer;
use winset::report::run::{self, Show};
use winset::report::solve;
use winset::scenario::Scenario;
use winset::space::{Compiled, effort};

use super::super::args::{RunArgs, TailArgs};
use super::super::folder::File;
use super::super::load::{self, none_kept};
use super::super::output::{Output, Shown};
use super::super::pictures;
use super::super::progress::Progress;
use super::super::tail::{file, parts};
use super::super::trouble::{Trouble, all};
use super::super::{Answered, Outcome};
use super::estimate::precision;
use super::solve as one_world;

pub fn run(args: RunArgs, out: &mut Output) -> Outcome {
    if !args.vary.is_empty() {
        return super::vary::vary(&args, out);
    }
    let (shows, theme) = (parts(&args.show, &Show::WORDS)?, args.looks.theme()?);
    let mut wrong = Vec::<Trouble>::new();
    let half =
        args.precision.as_deref().map(precision).transpose().map_err(|e| wrong.push(e.into())).unwrap_or_default();
    let asked = asked(&args, &mut wrong);
    all(wrong)?;
    for (i, (mut scenario, mut choices, tail)) in asked.into_iter().enumerate() {
        let began = Instant::now();
        // What was found is said of the file, under the name by which it was called.
        scenario.name.clone_from(&args.files[i]);
        if i > 0 && !args.tail.json {
            out.print("\n\n")?;
        }
        if let Some(exact) = only_world(&args, &scenario, &choices)? {
            let all = if shows.is_empty() { &[][..] } else { &[solve::Show::All] };
            out.show(&one_world::shown(&exact, all))?;
            continue;
        }
        let sharp = half.map(|half| choices.sharpen(&scenario, half)).transpose()?;
        let space = choices.settings.drawing.compile(&scenario.negotiation).map_err(|e| cannot(&scenario, &e))?;
        let mut answer = answer(&space, &scenario, &choices, &args)?;
        answer.sharp = sharp;
        let mut document = run::summary(&answer);
        if args.with.is_some() {
            document["answer"]["figures"] = pictures::data(&of_answer(&space, &answer, theme));
        }
        let more = || folder(&args, &space, &answer, (theme, began));
        tail.show(out, &shown(&answer, &shows), &run::page(&answer), &document, more)?;
        out.flush()?;
    }
    Ok(Answered::Yes)
}

/// What many worlds say.
fn answer(space: &Compiled, scenario: &Scenario, choices: &Choices, args: &RunArgs) -> Result<Answer, Trouble> {
    let progress = Progress::of(choices.settings.runs);
    let courses = args.tail.out.is_some() || args.with.is_some();
    let columns = OutcomeColumns::of(space.n);
    let write = |recorded: &Recorded| run::recorded(space.n, &columns, recorded);
    let write = args.record.then_some(&write as &Write);
    let found = Answer::of(space, scenario, choices, courses, write, &|runs| {
        progress.done(runs);
        true
    });
    let found = found.map_err(|e| cannot(scenario, &e))?;
    found.ok_or_else(|| none_kept(choices.settings.runs, &scenario.name))
}

fn cannot(scenario: &Scenario, error: &CannotRun) -> Trouble {
    Trouble::new(format!("`{}` cannot be run: {error}", scenario.name))
}

/// The one world of a scenario in which no number is uncertain, where nothing is asked that needs many.
fn only_world(args: &RunArgs, scenario: &Scenario, choices: &Choices) -> Result<Option<Exact>, Trouble> {
    let accounts = &choices.settings.drawing.accounts;
    let parts = args.show.iter().any(|word| word != "all");
    let many = args.tail.json || args.tail.out.is_some() || args.precision.is_some() || args.worlds.agreeing || parts;
    let one = !many && scenario.negotiation.has_one_world(accounts.reading, &accounts.variants);
    one.then(|| one_world::exactly(scenario, &choices.settings, None)).transpose()
}

/// The first screen, or the parts of the page that are asked for; under them what a precision took.
fn shown(answer: &Answer, shows: &[Show]) -> Shown {
    let note = Some(run::note(answer)).filter(|note| !note.is_empty()).map(|note| format!("\n{note}"));
    let note = note.unwrap_or_default();
    let parts: Vec<String> =
        shows.iter().map(|show| run::shown(answer, *show)).filter(|part| !part.is_empty()).collect();
    match shows {
        [] => Shown { screen: Some(run::screen(answer)), text: note },
        // The whole page says it itself.
        shows if shows.contains(&Show::All) => Shown::text(parts.join("\n")),
        _ => Shown::text(parts.join("\n") + &note),
    }
}

type Question = (Scenario, Choices, TailArgs);

/// All scenarios with their flags and places, so that nothing is run if any of them is wrong.
fn asked(args: &RunArgs, wrong: &mut Vec<Trouble>) -> Vec<Question> {
    let (mut asked, before) = (Vec::new(), wrong.len());
    let places = places(&args.files, &args.tail).map_err(|e| wrong.push(e)).unwrap_or_default();
    for (file, place) in args.files.iter().zip(places) {
        let tail = TailArgs { out: place, ..args.tail.clone() };
        let scenario = load::judged(file, &args.worlds.wanted(&args.parts.without));
        let ready = tail.ready().map_err(|e| wrong.push(e));
        match scenario {
            Ok((scenario, choices)) if ready.is_ok() => asked.push((scenario, choices, tail)),
            scenario => wrong.extend(scenario.err()),
        }
    }
    let mut own = wrong.split_off(before);
    own.dedup();
    wrong.extend(own);
    asked
}

/// Where the results of each file go: the folder itself for one, a folder in it, by name, for several.
pub fn places(files: &[String], tail: &TailArgs) -> Result<Vec<Option<String>>, Trouble> {
    let Some(out) = &tail.out else { return Ok(vec![None; files.len()]) };
    if files.len() == 1 {
        return Ok(vec![Some(out.clone())]);
    }
    let stem = |file: &String| {
        let name = Path::new(file).file_stem().map(|s| s.to_string_lossy().into_owned());
        if file == "-" { "stdin".to_owned() } else { name.unwrap_or_else(|| file.clone()) }
    };
    let stems: Vec<String> = files.iter().map(stem).collect();
    match stems.iter().enumerate().find(|(i, stem)| stems[..*i].contains(stem)) {
        Some((_, twice)) => {
            Err(Trouble::new(format!("two files would both write the folder `{twice}`")).hint("run them one by one"))
        }
        None => Ok(stems.iter().map(|stem| Some(format!("{}/{stem}", out.trim_end_matches('/')))).collect()),
    }
}

/// The sheets and pictures of a folder. Only `log.json` may differ from one time to the next.
fn folder(args: &RunArgs, space: &Compiled, answer: &Answer, (theme, began): (Theme, Instant)) -> Vec<File> {
    let mut files: Vec<File> = run::sheets(answer).into_iter().map(|(name, text)| file(name, text)).collect();
    files.push(file("log.json", format!("{:#}\n", log(answer, began))));
    let drawn = of_answer(space, answer, theme);
    // A report is for paper, whatever the other pictures are for.
    let report = |drawn: &[Picture]| file("report.html", winset::page::report(answer, space, drawn));
    files.push(if theme == Theme::Light { report(&drawn) } else { report(&of_answer(space, answer, Theme::Light)) });
    pictures::add(&mut files, &drawn, answer.choices.settings.drawing.threads);
    if args.record {
        files.push(file("runs.csv", run::runs(answer.n(), &answer.rows)));
    }
    files
}

/// How the folder was made on this machine.
fn log(answer: &Answer, began: Instant) -> Value {
    let threads = answer.choices.settings.drawing.threads;
    let all = [("cli", cfg!(feature = "cli")), ("figures", cfg!(feature = "figures")), ("png", cfg!(feature = "png"))];
    json!({
        "features": all.into_iter().filter(|(_, on)| *on).map(|(name, _)| name).collect::<Vec<_>>(),
        "threads": threads.or_else(|| std::thread::available_parallelism().ok().map(usize::from)),
        "work": effort::so_far(),
        "seconds": began.elapsed().as_secs_f64(),
    })
}
