//! `winset run`: many worlds.

use std::time::Instant;

use serde_json::{Value, json};
use winset::analysis::{Counting, Settings, SoFar, Surveying, record};
use winset::ask::{self, Choices};
use winset::figure::{Picture, Theme};
use winset::report;
use winset::report::estimate::Sharp;
use winset::report::run::{self, Answer, Show};
use winset::scenario::Scenario;
use winset::space::{Compiled, effort};

use super::super::args::RunArgs;
use super::super::folder::{self, File};
use super::super::load::none_kept;
use super::super::output::{Output, Shown};
use super::super::pictures as drawn;
use super::super::progress::Progress;
use super::super::trouble::{Trouble, all};
use super::super::{Answered, Outcome, load};
use super::estimate::precision;
use super::sharpen::sharpen;
use super::solve::Exact;

pub fn run(args: RunArgs, out: &mut Output) -> Outcome {
    if !args.vary.is_empty() {
        return super::vary::vary(&args, out);
    }
    let shows = shows(&args.show)?;
    let half = args.precision.as_deref().map(precision).transpose();
    let loaded = asked(&args);
    let (half, loaded) = match (half, loaded) {
        (Ok(half), Ok(loaded)) => (half, loaded),
        (half, loaded) => {
            return Err(all(half.err().into_iter().chain(loaded.err()).collect()).expect_err("one failed"));
        }
    };
    for (i, (mut scenario, mut choices, place)) in loaded.into_iter().enumerate() {
        let began = Instant::now();
        // What was found is said of the file, under the name by which it was called.
        scenario.name.clone_from(&args.files[i]);
        if let Some(exact) = only_world(&args, &scenario, &choices)? {
            out.print(if i > 0 { "\n\n" } else { "" })?;
            out.show(&if shows.is_empty() { exact.shown(&[]) } else { Shown::Text(exact.page()) })?;
            continue;
        }
        let sharp = half.map(|half| sharpen(&scenario, &mut choices, half)).transpose()?;
        let Choices { settings, changed, without } = &choices;
        let cannot = |e| Trouble::new(format!("`{}` cannot be run: {e}", scenario.name));
        let compiled = settings.drawing.compile(&scenario.negotiation).map_err(cannot)?;
        let found = surveyed(&compiled, &choices, place.is_some() || args.with.is_some()).map_err(cannot)?;
        let survey = found.survey.as_ref().filter(|survey| survey.kept > 0);
        let survey = survey.ok_or_else(|| none_kept(settings.runs, &scenario.name))?;
        let answer = Answer {
            scenario: &scenario,
            settings,
            changed,
            survey,
            as_now: found.packages.first(),
            sound: Some(&found.soundness).filter(|sound| !sound.anchors.is_empty()),
            reached: found.reached.as_ref(),
            without,
        };
        if args.json {
            let mut told = summary(&answer, sharp.as_ref());
            if args.with.is_some() {
                told["answer"]["figures"] = drawn::data(&pictures(&answer, (&compiled, &found)));
            }
            out.print(&format!("{told}\n"))?;
        }
        if !args.json {
            let gap = if i > 0 { "\n\n" } else { "" };
            out.print(gap)?;
            tell(&answer, sharp.as_ref(), &shows, out)?;
        }
        if let Some(place) = place {
            let mut files = files(&answer, sharp.as_ref(), (&compiled, &found), began);
            if args.record {
                files.push(runs(&answer)?);
            }
            folder::write(&place, args.force, &files)?;
            if !args.json {
                out.print(&format!("\nwrote {place}\n"))?;
            }
        }
        out.flush()?;
    }
    Ok(Answered::Yes)
}

/// The one world of a scenario in which no number is uncertain, where nothing is asked that needs many.
fn only_world<'a>(args: &RunArgs, scenario: &'a Scenario, choices: &'a Choices) -> Result<Option<Exact<'a>>, Trouble> {
    let Settings { drawing, agreeing, .. } = &choices.settings;
    let parts = args.show.iter().any(|word| word != "all");
    let many = args.json || args.out.is_some() || args.precision.is_some() || *agreeing || parts;
    let one = !many && scenario.negotiation.has_one_world(drawing.accounts.reading, &drawing.accounts.variants);
    one.then(|| Exact::of(scenario, &choices.settings, None)).transpose()
}

/// The parts of the page that are asked for.
fn shows(words: &[String]) -> Result<Vec<Show>, Trouble> {
    let part = |word: &String| ask::word("value of `--show`", "values", word, &Show::WORDS).map_err(Trouble::from);
    words.iter().map(part).collect()
}

/// The first screen, or the parts of the page that are asked for; under them what a precision took.
fn tell(answer: &Answer, sharp: Option<&Sharp>, shows: &[Show], out: &mut Output) -> Result<(), Trouble> {
    let part = |show: &Show| Some(run::shown(answer, *show)).filter(|part| !part.is_empty());
    out.show(&match shows {
        [] => Shown::Screen(run::screen(answer)),
        shows => Shown::Text(shows.iter().filter_map(part).collect::<Vec<_>>().join("\n")),
    })?;
    sharp.map_or(Ok(()), |sharp| out.print(&format!("\n{}", sharp.note())))
}

/// The page, and under it what a precision took.
fn page(answer: &Answer, sharp: Option<&Sharp>) -> String {
    run::page(answer) + &sharp.map_or_else(String::new, |sharp| format!("\n{}", sharp.note()))
}

/// The same as JSON, under `precision`.
fn summary(answer: &Answer, sharp: Option<&Sharp>) -> Value {
    let mut summary = run::summary(answer);
    if let Some(sharp) = sharp {
        summary["precision"] = sharp.data();
    }
    run::frame(answer).around(summary)
}

type Asked = (Scenario, Choices, Option<String>);

/// All scenarios with their flags and places, so that nothing is run if any of them is wrong.
fn asked(args: &RunArgs) -> Result<Vec<Asked>, Trouble> {
    let (mut loaded, mut wrong) = (Vec::new(), Vec::new());
    let places = places(args)?;
    for (file, place) in args.files.iter().zip(places) {
        let ready = place.as_ref().map_or(Ok(()), |p| folder::ready(p, args.force).and_then(|()| folder::writable(p)));
        let scenario = load::load(file).and_then(|mut s| {
            let choices = args.worlds.wanted(&args.parts.without).judge(&mut s)?;
            Ok((s, choices))
        });
        match (scenario, ready) {
            (Ok((scenario, choices)), Ok(())) => loaded.push((scenario, choices, place)),
            (scenario, ready) => wrong.extend(scenario.err().into_iter().chain(ready.err())),
        }
    }
    wrong.dedup();
    all(wrong)?;
    Ok(loaded)
}

/// Where the results of each file go: the folder itself for one, a folder in it, by name, for several.
fn places(args: &RunArgs) -> Result<Vec<Option<String>>, Trouble> {
    let Some(out) = &args.out else { return Ok(vec![None; args.files.len()]) };
    if args.files.len() == 1 {
        return Ok(vec![Some(out.clone())]);
    }
    let stem = |file: &String| {
        let name = std::path::Path::new(file).file_stem().map(|s| s.to_string_lossy().into_owned());
        if file == "-" { "stdin".to_owned() } else { name.unwrap_or_else(|| file.clone()) }
    };
    let stems: Vec<String> = args.files.iter().map(stem).collect();
    match stems.iter().enumerate().find(|(i, stem)| stems[..*i].contains(stem)) {
        Some((_, twice)) => {
            Err(Trouble::new(format!("two files would both write the folder `{twice}`")).hint("run them one by one"))
        }
        None => Ok(stems.iter().map(|stem| Some(format!("{}/{stem}", out.trim_end_matches('/')))).collect()),
    }
}

/// Worlds in which the anchors are tried, at most: their shares need no more.
const MOST_TRIED: u64 = 2_000;

/// Runs whose courses are drawn, at most: bands need no more.
const MOST_COURSES: u64 = 4_096;

/// Everything that a page and its pictures say, in one pass over worlds and their runs.
fn surveyed(compiled: &Compiled, choices: &Choices, drawn: bool) -> Result<SoFar, winset::engine::CannotRun> {
    let (n, settings) = (compiled.n, &choices.settings);
    let counting = Counting {
        worlds: true,
        packages: n.space.as_now().into_iter().filter(|now| n.space.allows(now)).collect(),
        anchors: if n.anchors.is_empty() { 0 } else { MOST_TRIED },
        runs: true,
        courses: if drawn { MOST_COURSES.min(settings.runs) } else { 0 },
    };
    let progress = Progress::of(settings.runs);
    let mut surveying = Surveying::of(compiled, settings, counting)?;
    surveying.go_on(0..settings.runs, &|runs| {
        progress.done(runs);
        true
    })?;
    surveying.so_far()
}

/// The folder of results. Only `log.json` may differ from one time to the next.
fn files(answer: &Answer, sharp: Option<&Sharp>, asked: (&Compiled, &SoFar), began: Instant) -> Vec<File> {
    let text = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    let log = json!({
        "features": features(),
        "threads": answer.settings.drawing.threads.or_else(|| std::thread::available_parallelism().ok().map(usize::from)),
        "work": effort::so_far(),
        "seconds": began.elapsed().as_secs_f64(),
    });
    let mut files = vec![
        text("manifest.json", format!("{:#}\n", run::manifest(answer))),
        text("log.json", format!("{log:#}\n")),
        text("summary.json", format!("{:#}\n", summary(answer, sharp))),
        text("page.txt", page(answer, sharp)),
        text("packages.csv", run::packages(answer)),
        text("options.csv", run::options(answer)),
        text("unknowns.csv", run::unknowns(answer)),
    ];
    if let Some(r) = answer.reached {
        files.push(text("endings.csv", run::endings(answer, r)));
        files.push(text("terms.csv", run::terms(answer, r)));
        files.push(text("blocked.csv", run::blocked(answer, r)));
        files.extend(r.survival.as_ref().map(|s| text("survival.csv", run::survival(s))));
    }
    drawn::add(&mut files, &pictures(answer, asked));
    files
}

/// Every run, one row each.
fn runs(answer: &Answer) -> Result<File, Trouble> {
    let Answer { scenario, settings, .. } = answer;
    let mut sheet = run::Runs::of(&scenario.negotiation);
    let recorded = record(&scenario.negotiation, settings, |run| sheet.add(run));
    recorded.map_err(|e| Trouble::new(format!("`{}` cannot be run: {e}", scenario.name)))?;
    Ok(("runs.csv".into(), sheet.text().into_bytes()))
}

/// The pictures of a run, those of the talks first.
fn pictures(answer: &Answer, (compiled, found): (&Compiled, &SoFar)) -> Vec<Picture> {
    let (settings, survey) = (answer.settings, answer.survey);
    let talked = found.reached.as_ref().zip(found.courses.as_ref());
    let of_talks =
        talked.map(|talked| report::pictures::talks_pictures(compiled, settings, survey, talked, Theme::Light));
    let mut drawn = of_talks.unwrap_or_default();
    drawn.extend(report::pictures::pictures(compiled, settings, survey, Theme::Light));
    drawn
}

fn features() -> Vec<&'static str> {
    let all = [("cli", cfg!(feature = "cli")), ("figures", cfg!(feature = "figures")), ("png", cfg!(feature = "png"))];
    all.into_iter().filter(|(_, on)| *on).map(|(name, _)| name).collect()
}
