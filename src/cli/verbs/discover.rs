//! `winset discover`: in which part of the inputs does an outcome live?

use std::path::Path;

use winset::analysis::discovery::DiscoverySettings;
use winset::ask::{Judge, whole};
use winset::batch::trusted;
use winset::figure::Theme;
use winset::report::discover::{self, Discovered, OutcomeTest};
use winset::report::frame::Frame;
use winset::text::sheet::{self, Sheet, SheetError};

use super::super::args::DiscoverArgs;
use super::super::folder::File;
use super::super::pictures;
use super::super::tail::file;
use super::super::trouble::{Trouble, shown};
use super::super::{Outcome, load, output::Output};

/// The sheets of a folder, the one that is read if it is there first.
const NAMES: [&str; 2] = ["runs.csv", "experiments.csv"];

/// Bytes of a sheet at most.
const MOST: u64 = 1_000_000_000;

/// Boxes that are looked for at most.
const MOST_BOXES: u64 = 20;

/// Boxes that a trade-off can have: no path of peeling is longer.
const MOST_STEPS: u64 = 1_000_000;

pub fn discover(args: DiscoverArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let theme = args.theme.theme()?;
    let (targets, settings) = asked(&args)?;
    let (source, sheet) = read(&args.results)?;
    let answer = discover::answer(&source, &sheet, &targets, &args.inputs, &settings)?;
    check(&answer)?;
    let frame = Frame::bare("discover").asking("results", args.results.as_str()).asking("target", args.target.clone());
    let document = frame.asking("boxes", settings.boxes).around(discover::summary(&answer));
    args.tail.tell(out, &discover::page(&answer), &document, || files(&answer, theme))
}

/// The tests and the settings, every wrong one named.
fn asked(args: &DiscoverArgs) -> Result<(Vec<OutcomeTest>, DiscoverySettings), Trouble> {
    let mut judge = Judge::default();
    let boxes = judge.one(whole("--boxes", &args.boxes, 1, MOST_BOXES));
    let choice = judge.one(args.choice.as_deref().map(|k| whole("--box", k, 0, MOST_STEPS)).transpose());
    let targets = args.target.iter().filter_map(|text| judge.one(OutcomeTest::parse(text))).collect();
    let settings = boxes.zip(choice).map(|(boxes, choice)| DiscoverySettings {
        boxes: boxes as usize,
        choice: choice.map(|k| k as usize),
        ..DiscoverySettings::default()
    });
    Ok(judge.verdict(settings.map(|settings| (targets, settings)))?)
}

/// A box that was asked for has to be there.
fn check(answer: &Discovered) -> Result<(), Trouble> {
    let (Some(asked), Some(first)) = (answer.settings.choice, answer.found.found.first()) else { return Ok(()) };
    let last = first.trajectory.len() - 1;
    if asked <= last {
        return Ok(());
    }
    Err(Trouble::new(format!("`--box {asked}` is behind the last box of the trade-off, {last}"))
        .hint("leave --box out to see the trade-off"))
}

/// The sheet of a folder of results, or the file itself.
fn read(place: &str) -> Result<(String, Sheet), Trouble> {
    let file = sheet_in(place)?;
    if !Path::new(&file).exists() {
        return Err(Trouble::new(format!("no file or folder `{}`", shown(place)))
            .hint("name a folder that `winset batch` wrote, or a CSV file"));
    }
    let bytes = load::kept(Path::new(&file), MOST)?;
    let sheet = sheet::read(&bytes).map_err(|e| no_sheet(&file, &e))?;
    Ok((file, sheet))
}

fn no_sheet(file: &str, error: &SheetError) -> Trouble {
    let trouble = Trouble::new(format!("`{}` is no sheet: {error}", shown(file)));
    match error {
        SheetError::Empty | SheetError::NoRows | SheetError::Separator(_) => {
            trouble.hint("it should be CSV: a line of heads, then rows, cells separated by commas")
        }
        _ => trouble,
    }
}

/// The rows of runs if a folder has them, else those of experiments.
fn sheet_in(place: &str) -> Result<String, Trouble> {
    let path = Path::new(place);
    if !path.is_dir() {
        return Ok(place.to_owned());
    }
    // The manifest tells if rows were lost since: a part of them would give another answer.
    NAMES.iter().try_for_each(|name| trusted(path, name))?;
    let found = NAMES.iter().map(|name| path.join(name)).find(|file| file.is_file());
    let found = found.map(|file| file.to_string_lossy().into_owned());
    found.ok_or_else(|| {
        Trouble::new(format!("the folder `{}` holds neither runs.csv nor experiments.csv", shown(place)))
            .hint("name a folder that `winset batch` wrote, or a CSV file")
    })
}

fn files(answer: &Discovered, theme: Theme) -> Vec<File> {
    let mut files = vec![
        file("trade-off.csv", discover::trade_off(answer)),
        file("box.csv", discover::hyperboxes(answer)),
        file("tree.csv", discover::leaves(answer)),
    ];
    pictures::add(&mut files, &winset::report::pictures::discover(answer, theme), None);
    files
}
