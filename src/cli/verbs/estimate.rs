//! `winset estimate`: one share, to a precision.

use winset::analysis::estimator::{Asked, Method, Target, Until, agreement, estimate as of};
use winset::ask;
use winset::engine::CannotRun;
use winset::engine::talks::Ending;
use winset::model::Negotiation;
use winset::report::estimate::{Told, never_met, never_met_page, page, summary};
use winset::report::frame::Frame;
use winset::report::head::Otherwise;
use winset::report::run::ending_id;

use super::super::args::EstimateArgs;
use super::super::progress::Progress;
use super::super::trouble::{Trouble, all, shown};
use super::super::{Answered, Outcome, load, output::Output};

/// Worlds drawn at most for a precision.
pub const MOST_WORLDS: u64 = 1 << 22;

/// Worlds of the plain count beside an estimate, at least and at most.
const COUNTED: (u64, u64) = (2_048, 16_384);

/// Precisions that can be asked for.
const PRECISIONS: (f64, f64) = (0.000_01, 0.25);

pub fn estimate(args: EstimateArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let mut scenario = load::load(&args.file)?;
    let mut wrong = Vec::new();
    let wanted = args.worlds.wanted(&args.parts.without);
    let chosen = wanted.judge(&mut scenario).map_err(|e| wrong.push(e.into())).ok();
    let n = &scenario.negotiation;
    let target = target(n, &args.of).map_err(|e| wrong.push(e)).ok();
    let method = method(&args.method).map_err(|e| wrong.push(e)).ok();
    let half = args.precision.as_deref().map(precision).transpose().map_err(|e| wrong.push(e)).ok();
    if args.worlds.agreeing {
        let found = "`--agreeing` keeps some worlds only, and an estimate weighs all of them";
        wrong.push(Trouble::new(found).hint(format!("`winset run {} --agreeing` counts those", shown(&args.file))));
    }
    all(wrong)?;
    let all_there = "every value was read, or its trouble was told";
    let choices = chosen.expect(all_there);
    let settings = &choices.settings;
    let half = half.expect(all_there);
    let (target, method) = (target.expect(all_there), method.expect(all_there));
    let asked = Asked { target, method, drawing: settings.drawing.clone() };
    let otherwise = Otherwise::of(&choices);
    let frame = Frame::of("estimate", &scenario.name, n, &choices).asking("of", args.of.as_str());
    let frame = frame.asking("method", args.method.as_str()).asking("precision", half);
    let until = half.map_or(Until::Worlds(settings.runs), |half| Until::Precision { half, most: MOST_WORLDS });
    let progress = Progress::of(if half.is_some() { MOST_WORLDS } else { settings.runs });
    let found = match of(n, &asked, until, |worlds| progress.done(worlds)) {
        Err(CannotRun::NeverMet { worlds, bound }) => {
            drop(progress);
            let document = frame.around(never_met(n, &asked, worlds, bound));
            let page = never_met_page(n, &asked, otherwise, worlds, bound);
            args.tail.tell(out, &page, &document, || Ok(Vec::new()))?;
            return Ok(Answered::Yes);
        }
        found => found.map_err(|e| ask::cannot_estimate(&args.file, &e))?,
    };
    drop(progress);
    let counted = (found.worlds + found.pilot).clamp(COUNTED.0, COUNTED.1);
    let beside = (found.method != Method::Plain).then(|| agreement(n, &asked, &found, counted, |_| ()));
    let beside = beside.transpose().map_err(|e| ask::cannot_estimate(&args.file, &e))?;
    let told = Told { n, asked: &asked, otherwise, half, found: &found, agreement: beside.as_ref() };
    args.tail.tell(out, &page(&told), &frame.around(summary(&told)), || Ok(Vec::new()))?;
    let agrees = beside.is_none_or(|a| a.holds());
    Ok(if found.precise && agrees { Answered::Yes } else { Answered::No })
}

/// A precision: half the width of an interval.
pub fn precision(text: &str) -> Result<f64, Trouble> {
    let (least, most) = PRECISIONS;
    let wrong = || {
        Trouble::new(format!("`--precision {}` is not a number from {least} to {most}", shown(text)))
            .hint("it is half the width of the 95 % interval of a share: 0.005 is half a per cent point")
    };
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let half: Option<f64> = if plain { text.parse().ok() } else { None };
    half.filter(|half| (least..=most).contains(half)).ok_or_else(wrong)
}

fn method(word: &str) -> Result<Option<Method>, Trouble> {
    if word == "auto" {
        return Ok(None);
    }
    let known: Vec<&str> = std::iter::once("auto").chain(Method::ALL.iter().map(|(word, _)| *word)).collect();
    let found = Method::ALL.iter().find(|(known, _)| *known == word).map(|(_, method)| Some(*method));
    found.ok_or_else(|| Trouble::unknown("method", "methods", word, &known))
}

fn target(n: &Negotiation, word: &str) -> Result<Target, Trouble> {
    let package = |text: &str| {
        let written = text == "now" || text.contains('=');
        Ok(if written { ask::package(n, text)? } else { ask::named(n, text)? })
    };
    match word.split_once(':') {
        Some(("would-do", text)) => return package(text).map(Target::WouldDo),
        Some(("no-defeat", text)) => return package(text).map(Target::NoDefeat),
        _ => {}
    }
    let endings = Ending::ALL.map(|ending| (ending_id(ending), Target::Ends(ending)));
    let plain = [("exists".to_owned(), Target::Exists), ("reached".to_owned(), Target::Reached)];
    let all: Vec<(String, Target)> = plain.into_iter().chain(endings).collect();
    if let Some((_, target)) = all.iter().find(|(known, _)| known == word) {
        return Ok(target.clone());
    }
    let packages = ["would-do:PACKAGE", "no-defeat:PACKAGE"];
    let known: Vec<&str> = all.iter().map(|(known, _)| known.as_str()).chain(packages).collect();
    Err(Trouble::unknown("value of `--of`", "values", word, &known))
}
