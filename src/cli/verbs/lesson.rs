//! `winset lesson`: one HTML file in which a class reads, bets, tries, and sees what the model says.

use std::path::Path;

use winset::ask::{Answer, Choices, Wanted, none_kept};
use winset::engine::CannotRun;
use winset::model::Negotiation;
use winset::page::{Lesson, Page, Scene, for_the_teacher};
use winset::report::run::shell;
use winset::scenario::{LessonFile, Scenario};
use winset::space::Compiled;
use winset::text::words::{paragraph, wrapped};

use super::super::args::LessonArgs;
use super::super::output::Output;
use super::super::shipped::{self, LESSONS};
use super::super::trouble::{Trouble, shown};
use super::super::{Answered, Outcome, load};
use super::page::{WORLDS, engine, free, wrote};

pub fn lesson(args: LessonArgs, out: &mut Output) -> Outcome {
    let Some(said) = &args.lesson else { return list(out) };
    let file = read(said)?;
    if args.teacher {
        let place = free(&args.place, &file.name, "-teacher")?;
        return wrote(&place, &for_the_teacher(&file), "it has the answers: keep it from the class", out);
    }
    let place = free(&args.place, &file.name, "")?;
    let scenarios = scenarios(&file)?;
    let models: Vec<(&str, &Negotiation)> = scenarios.iter().map(|(name, it, _)| (*name, &it.negotiation)).collect();
    let lesson = Lesson::of(&file, &models).map_err(|found| Trouble::findings(&found, &file.name, &file.text))?;
    let engine = engine(args.engine.as_deref())?;
    let cannot = |e: CannotRun| Trouble::new(format!("a scenario of `{}` cannot be run: {e}", shown(said)));
    let compiled = scenarios.iter().map(|(_, it, choices)| choices.settings.drawing.compile(&it.negotiation));
    let spaces: Vec<Compiled> = compiled.collect::<Result<_, _>>().map_err(cannot)?;
    let mut answers = Vec::new();
    for ((_, scenario, choices), space) in scenarios.iter().zip(&spaces) {
        let answer = Answer::of(space, scenario, choices, true, None, &|_| true).map_err(cannot)?;
        answers.push(answer.ok_or_else(|| Trouble::from(none_kept(choices.settings.runs)))?);
    }
    let scenes: Vec<Scene> = answers.iter().zip(&spaces).map(|(answer, space)| Scene { answer, space }).collect();
    let Some((first, others)) = scenes.split_first() else {
        return Err(Trouble::new(format!("`{}` has no block with a scenario", shown(said)))
            .hint("a `draft`, a `slider` or a `play` names one"));
    };
    let command = format!("winset lesson {}", shell(said));
    let page = Page { first: *first, others, lesson: Some(&lesson), engine: &engine, side: None, command: &command };
    wrote(&place, &page.html(), "open it in a browser; it needs no server and fetches nothing", out)
}

/// The lessons that come with the program, by name, with their titles.
fn list(out: &mut Output) -> Outcome {
    for shipped in LESSONS {
        let file = parsed(shipped.name, shipped.text.as_bytes())?;
        let title = format!("{} ({} minutes)", file.title, file.minutes);
        out.print(&wrapped(&title, &format!("{:<18}", format!("{} ", shipped.name)), &" ".repeat(18), 80))?;
    }
    out.print(&format!(
        "\n{}",
        paragraph("`winset lesson 1` writes the page of the first, with --teacher the sheet for whoever teaches it.")
    ))?;
    Ok(Answered::Yes)
}

/// The lesson of a file, or the shipped one of that name or number.
fn read(said: &str) -> Result<LessonFile, Trouble> {
    if Path::new(said).is_file() {
        let (name, bytes) = load::read(said)?;
        return parsed(&name, &bytes);
    }
    let shipped = shipped::lesson(said).ok_or_else(|| {
        let known: Vec<&str> = LESSONS.iter().map(|s| s.name).collect();
        Trouble::unknown("lesson", "lessons", said, &known).hint("a file of Markdown can be named too")
    })?;
    parsed(shipped.name, shipped.text.as_bytes())
}

fn parsed(name: &str, bytes: &[u8]) -> Result<LessonFile, Trouble> {
    LessonFile::parse(name, bytes)
        .map_err(|findings| Trouble::findings(&findings, name, &String::from_utf8_lossy(bytes)))
}

/// The scenarios that blocks of a lesson name, each once, in the order of the file: those beside it, or shipped ones.
fn scenarios(file: &LessonFile) -> Result<Vec<(&str, Scenario, Choices)>, Trouble> {
    let mut scenarios: Vec<(&str, Scenario, Choices)> = Vec::new();
    for said in file.all().into_iter().filter_map(|piece| piece.scenario()) {
        if scenarios.iter().any(|(name, ..)| *name == said.value) {
            continue;
        }
        let beside =
            Path::new(&file.name).parent().map(|folder| folder.join(&said.value)).filter(|path| path.is_file());
        let path = beside.map_or_else(|| said.value.clone(), |path| path.to_string_lossy().into_owned());
        let mut scenario = load::quietly(&path)?;
        let wanted = Wanted { runs: WORLDS.into(), ..Wanted::default() };
        let choices = wanted.judge(&mut scenario)?;
        scenario.name.clone_from(&said.value);
        scenarios.push((&said.value, scenario, choices));
    }
    Ok(scenarios)
}
