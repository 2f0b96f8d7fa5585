//! `winset estimate`: one share, to a precision.

use winset::analysis::estimator::{EstimateSettings, Method, ShareFound, Target, Until};
use winset::ask::{self, Choices, Judge, Wrong};
use winset::engine::talks::Ending;
use winset::model::Negotiation;
use winset::report::estimate::{Estimation, page, summary};
use winset::report::frame::Frame;
use winset::scenario::{Finding, Scenario};

use super::super::args::EstimateArgs;
use super::super::progress::Progress;
use super::super::trouble::{Trouble, shown};
use super::super::{Answered, Outcome, load, output::Output};

/// Worlds drawn at most for a precision.
pub const MOST_WORLDS: u64 = 1 << 22;

/// Precisions that can be asked for.
const PRECISIONS: (f64, f64) = (0.000_01, 0.25);

pub fn estimate(args: EstimateArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let mut scenario = load::load(&args.file)?;
    let (settings, choices) = settings(&mut scenario, &args)?;
    let n = &scenario.negotiation;
    let (half, most) = match settings.until {
        Until::Precision { half, most } => (Some(half), most),
        Until::Worlds(worlds) => (None, worlds),
    };
    let progress = Progress::of(most);
    let found = ShareFound::of(n, &settings, |worlds| progress.done(worlds));
    drop(progress);
    let found = found.map_err(|e| ask::cannot_estimate(&args.file, &e))?;
    let estimation = Estimation { n, settings: &settings, choices: &choices, answer: &found };
    let frame = Frame::of("estimate", &scenario.name, n, &choices).asking("of", args.of.as_str());
    let frame = frame.asking("method", args.method.as_str()).asking("precision", half);
    args.tail.tell(out, &page(&estimation), &frame.around(summary(&estimation)), Vec::new)?;
    Ok(if found.is_sound() { Answered::Yes } else { Answered::No })
}

/// Everything that the flags choose; what is wrong with any of them is said at once.
fn settings(scenario: &mut Scenario, args: &EstimateArgs) -> Result<(EstimateSettings, Choices), Trouble> {
    let mut judge = Judge::default();
    let choices = judge.all(args.worlds.wanted(&args.parts.without).judge(scenario));
    let target = judge.all(target(&scenario.negotiation, &args.of));
    let method = judge.one(method(&args.method));
    let half = judge.one(args.precision.as_deref().map(precision).transpose());
    if args.worlds.agreeing {
        let found = "`--agreeing` keeps some worlds only, and an estimate weighs all of them";
        let hint = format!("`winset run {} --agreeing` counts those", shown(&args.file));
        judge.one(Err::<(), _>(Finding::error(found).hint(hint)));
    }
    let chosen = || {
        let (choices, target, method, half) = (choices?, target?, method?, half?);
        let until =
            half.map_or(Until::Worlds(choices.settings.runs), |half| Until::Precision { half, most: MOST_WORLDS });
        Some((EstimateSettings { target, method, until, drawing: choices.settings.drawing.clone() }, choices))
    };
    Ok(judge.verdict(chosen())?)
}

/// A precision: half the width of an interval.
pub fn precision(text: &str) -> Result<f64, Finding> {
    let (least, most) = PRECISIONS;
    let wrong = || {
        Finding::error(format!("`--precision {}` is not a number from {least} to {most}", shown(text)))
            .hint("it is half the width of the 95 % interval of a share: 0.005 is half a per cent point")
    };
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let half: Option<f64> = if plain { text.parse().ok() } else { None };
    half.filter(|half| (least..=most).contains(half)).ok_or_else(wrong)
}

fn method(word: &str) -> Result<Option<Method>, Finding> {
    let known = Method::ALL.map(|(word, method)| (word, Some(method)));
    ask::word("method", "methods", word, &[&[("auto", None)], &known[..]].concat())
}

fn target(n: &Negotiation, word: &str) -> Result<Target, Wrong> {
    let package = |text: &str| {
        if text == "now" || text.contains('=') {
            ask::package(n, text)
        } else {
            ask::named(n, text).map_err(|e| vec![e])
        }
    };
    match word.split_once(':') {
        Some(("would-do", text)) => return package(text).map(Target::WouldDo),
        Some(("no-defeat", text)) => return package(text).map(Target::NoDefeat),
        _ => {}
    }
    let endings = Ending::ALL.map(|ending| (ending.word().to_owned(), Target::Ends(ending)));
    let plain = [("exists".to_owned(), Target::Exists), ("reached".to_owned(), Target::Reached)];
    let all: Vec<(String, Target)> = plain.into_iter().chain(endings).collect();
    if let Some((_, target)) = all.iter().find(|(known, _)| known == word) {
        return Ok(target.clone());
    }
    let packages = ["would-do:PACKAGE", "no-defeat:PACKAGE"];
    let known: Vec<&str> = all.iter().map(|(known, _)| known.as_str()).chain(packages).collect();
    Err(vec![ask::unknown("value of `--of`", "values", word, &known)])
}
