//! `winset class`: the codes of a class, and the code of a pair.

use std::hash::{BuildHasher as _, Hasher as _};
use std::path::Path;

use itertools::Itertools as _;
use serde_json::json;
use winset::ask::{Answer, Judge, named, package, whole, word};
use winset::model::Negotiation;
use winset::report::class::{self, Debriefed, Entered, entered, entered_json};
use winset::report::frame::Frame;
use winset::report::pictures;
use winset::scenario::{Finding, Scenario};
use winset::session::{Code, Fingerprint, Listed, Misread, bets, debrief::debrief};

use super::super::args::ClassArgs;
use super::super::folder::File;
use super::super::load::{self, none_kept};
use super::super::pictures as files;
use super::super::shipped::ALL;
use super::super::tail::file;
use super::super::trouble::{Trouble, shown};
use super::super::{Answered, Outcome, output::Output};

/// Bytes of a file of codes that are read at most: one more than a list may have, so that it is said.
const MOST: u64 = winset::session::code::MOST_TEXT as u64 + 1;

/// Files of a folder that are read at most.
const MOST_FILES: usize = 2_000;

pub fn class(args: ClassArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    if let Some(scenario) = &args.enter {
        return enter(scenario, &args, out);
    }
    let theme = args.looks.theme()?;
    let place = args.codes.as_deref().unwrap_or_default();
    let (listed, sources) = codes(place)?;
    let mut scenario = scenario(&args, place, &listed)?;
    let choices = args.answer.wanted().judge(&mut scenario)?;
    let n = &scenario.negotiation;
    let (codes, misread, more) = belonging(n, &listed, &sources);
    if codes.is_empty() {
        return Err(nothing(place, &misread));
    }
    let cannot = |why: String| Trouble::new(format!("`{}` cannot be debriefed: {why}", shown(&scenario.name)));
    let space = choices.settings.drawing.compile(n).map_err(|e| cannot(e.to_string()))?;
    let found = debrief(&space, &codes).map_err(|e| cannot(e.to_string()))?;
    let answer = Answer::of(&space, &scenario, &choices, false, None, &|_| true).map_err(|e| cannot(e.to_string()))?;
    let answer = answer.ok_or_else(|| none_kept(choices.settings.runs, &scenario.name))?;
    let told = Debriefed { answer: &answer, debrief: &found, misread: &misread, more };
    let frame = Frame::of("class", &scenario.name, n, &choices).asking("fingerprint", Fingerprint::of(n).to_string());
    let document = frame.around(class::summary(&told));
    args.tail.tell(out, &class::page(&told), &document, || {
        let picture = pictures::class(&space, &choices.settings, &answer.survey, &found, theme);
        let mut all: Vec<File> = vec![file("page.html", class::web(&told, Some(&picture.svg)))];
        files::add(&mut all, std::slice::from_ref(&picture), choices.settings.drawing.threads);
        all
    })
}

/// The lists of codes at a place, each with what its places are called.
fn codes(place: &str) -> Result<(Vec<Listed>, Vec<String>), Trouble> {
    if place == "-" {
        let mut bytes = Vec::new();
        let read = std::io::Read::read_to_end(&mut std::io::Read::take(std::io::stdin().lock(), MOST), &mut bytes);
        read.map_err(|e| Trouble::new(format!("standard input could not be read: {e}")))?;
        return Ok((vec![Listed::read(&String::from_utf8_lossy(&bytes))], vec!["line".into()]));
    }
    let path = Path::new(place);
    if !path.is_dir() {
        let text = String::from_utf8_lossy(&load::kept(path, MOST)?).into_owned();
        return Ok((vec![Listed::read(&text)], vec!["line".into()]));
    }
    let names = lists(path);
    if names.is_empty() {
        return Err(Trouble::new(format!("the folder `{}` holds no codes", shown(place)))
            .hint("put them into a file codes.csv, or into text files, one code a line"));
    }
    let read = |name: &String| {
        let text = String::from_utf8_lossy(&load::kept(&path.join(name), MOST)?).into_owned();
        Ok((Listed::read(&text), format!("{}, line", shown(name))))
    };
    names.iter().map(read).collect::<Result<Vec<_>, Trouble>>().map(|read| read.into_iter().unzip())
}

/// The names of files that may hold codes: tables and texts, but for what winset wrote there.
fn lists(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let own = ["README.txt", "page.txt", "class.data.csv"];
    let list = |name: &String| Path::new(name).extension().is_some_and(|e| e == "csv" || e == "txt");
    names.filter(|name| list(name) && !own.contains(&name.as_str())).sorted().take(MOST_FILES).collect()
}

/// The scenario that is named, that of the folder, or the shipped one to which most codes belong.
fn scenario(args: &ClassArgs, place: &str, listed: &[Listed]) -> Result<Scenario, Trouble> {
    if let Some(file) = &args.scenario {
        return load::quietly(file);
    }
    let path = Path::new(place);
    let folder = if path.is_dir() { Some(path) } else { path.parent() };
    let kept = folder.filter(|_| place != "-").map(|folder| folder.join("scenario.toml")).filter(|file| file.is_file());
    if let Some(file) = kept {
        return load::quietly(&file.to_string_lossy());
    }
    let counts = listed.iter().flat_map(|l| &l.codes).map(|(_, code)| code.scenario).counts();
    let shipped = ALL.iter().filter_map(|shipped| {
        let scenario = Scenario::parse(shipped.name, shipped.text.as_bytes()).ok()?;
        let codes = *counts.get(&Fingerprint::of(&scenario.negotiation).short())?;
        Some((codes, scenario))
    });
    // Of scenarios with as many codes, the first by name.
    let found = shipped.rev().max_by_key(|(codes, _)| *codes).map(|(_, scenario)| scenario);
    found.ok_or_else(|| match counts.is_empty() {
        true => nothing(place, &misread(listed, &vec!["line".to_owned(); listed.len()])),
        false => Trouble::new("the codes are of no shipped scenario").hint("name theirs, as in --scenario FILE"),
    })
}

fn misread(listed: &[Listed], sources: &[String]) -> Vec<(String, Misread)> {
    let of = |(list, source): (&Listed, &String)| {
        list.misread.iter().map(|m| (format!("{source} {}", m.line), m.clone())).collect::<Vec<_>>()
    };
    listed.iter().zip(sources).flat_map(of).collect()
}

/// The codes of this scenario, and all that cannot be counted, each with its place; and how many more there are.
fn belonging(n: &Negotiation, listed: &[Listed], sources: &[String]) -> (Vec<Code>, Vec<(String, Misread)>, usize) {
    let (mut codes, mut wrong) = (Vec::new(), Vec::new());
    for (list, source) in listed.iter().zip(sources) {
        let (read, misread) = list.belonging(n);
        codes.extend(read);
        wrong.extend(misread.into_iter().map(|it| (format!("{source} {}", it.line), it)));
    }
    (codes, wrong, listed.iter().map(|list| list.more).sum())
}

/// Said where no code is left.
fn nothing(place: &str, misread: &[(String, Misread)]) -> Trouble {
    const NAMED: usize = 6;
    let what = if place == "-" { "standard input".to_owned() } else { format!("`{}`", shown(place)) };
    let trouble = Trouble::new(format!("{what} holds no code that can be counted"));
    let told = misread.iter().take(NAMED).map(|(place, m)| match m.text.is_empty() {
        true => format!("{place}: {}", m.why),
        false => format!("{place} `{}`: {}", m.text, m.why),
    });
    told.fold(trouble, Trouble::hint)
        .hint("`winset class --enter FILE --package issue=option,…` prints the code of a pair")
}

/// Prints the code of one result.
fn enter(file: &str, args: &ClassArgs, out: &mut Output) -> Outcome {
    let scenario = load::quietly(file)?;
    let n = &scenario.negotiation;
    let code = result(n, args)?;
    let text = code.text().map_err(|e| Trouble::new(e.to_string()))?;
    let told = Entered { n, code, text: &text };
    let frame = Frame { scenario: json!(scenario.name), ..Frame::bare("class") }.asking("enter", file);
    args.tail.tell(out, &entered(&told), &frame.around(entered_json(&told)), Vec::new)?;
    Ok(Answered::Yes)
}

fn result(n: &Negotiation, args: &ClassArgs) -> Result<Code, Trouble> {
    let mut judge = Judge::default();
    let agreed = match (&args.package, &args.named) {
        (Some(terms), _) => judge.all(package(n, terms)).map(Some),
        (None, Some(id)) => judge.one(named(n, id)).map(Some),
        (None, None) if args.no_deal => Some(None),
        (None, None) => judge.one(Err(Finding::error("nothing is said of what the pair agreed")
            .hint("give its terms, --package issue=option,… (what is not named stays as now), or --no-deal"))),
    };
    let bets = judge.one(args.bets.as_deref().map_or(Ok([None; 3]), bets));
    let round = args.round.as_deref().map(|text| whole("--round", text, 1, u64::from(u32::MAX)));
    let round = judge.one(round.transpose());
    let nonce =
        judge.one(args.nonce.as_deref().map_or_else(|| Ok(by_chance()), |text| whole("--nonce", text, 0, 1_023)));
    let parties: Vec<(&str, u8)> = n.parties().zip(1..).map(|(i, seat)| (n.actor(i).id.as_str(), seat)).collect();
    let seat = judge.one(args.side.as_deref().map_or(Ok(0), |id| word("party", "parties", id, &parties)));
    let code = || {
        Some(Code {
            outcome: agreed?.map(|package| u64::try_from(n.space.number(&package)).unwrap_or(u64::MAX - 1)),
            scenario: Fingerprint::of(n).short(),
            seat: seat?,
            ending: None,
            round: round?.map(|round| round.min(63) as u8),
            bets: bets?,
            nonce: nonce? as u16,
        })
    };
    Ok(judge.verdict(code())?)
}

/// A number below 1024 that nobody chose: of the keys that the standard library draws for its maps.
fn by_chance() -> u64 {
    std::hash::RandomState::new().build_hasher().finish() % 1_024
}
