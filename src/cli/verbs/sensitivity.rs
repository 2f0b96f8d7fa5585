//! `winset sensitivity`, `winset audit`: what the answer hangs on, and how much of it rests on numbers without a source.

use itertools::Itertools as _;
use winset::analysis::sensitivity::{
    AuditSettings, Grouping, Measure, Own, StudySettings, UncertainInput, audit as ask, audit_evaluations, evaluations,
    study,
};
use winset::ask::{Choices, Judge, Wrong, unknown, whole, word};
use winset::engine::Draws;
use winset::figure::Theme;
use winset::report::audit::{self, Audited};
use winset::report::frame::Frame;
use winset::report::pictures::sensitivity_pictures;
use winset::report::sensitivity::{self, Studied};
use winset::scenario::{Finding, Scenario};

use super::super::args::{AuditArgs, SensitivityArgs};
use super::super::folder::File;
use super::super::progress::Progress;
use super::super::tail::file;
use super::super::trouble::Trouble;
use super::super::{Outcome, load, output::Output, pictures};

/// Fewest points: an interval of an index needs some batches of them.
const FEWEST_POINTS: u64 = 16;

/// Points, and worlds of an audit, at most: every evaluation is kept until the end.
const MOST_POINTS: u64 = 1_000_000;

/// Walks at most, each of one evaluation more than there are inputs.
const MOST_WALKS: u64 = 100_000;

/// Inputs with an index of their own at most.
const MOST_STRONGEST: u64 = 256;

/// Assumptions looked at one by one at most.
const MOST_TOP: u64 = 10_000;

pub fn sensitivity(args: SensitivityArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let theme = args.theme.theme()?;
    let mut scenario = load::load(&args.file)?;
    let (settings, choices) = settings(&mut scenario, &args)?;
    let n = &scenario.negotiation;
    let progress = Progress::of(evaluations(n, &settings));
    let study = study(n, &settings, |made| progress.done(made))
        .map_err(|e| Trouble::new(format!("the sensitivity of `{}` cannot be told: {e}", args.file)))?;
    drop(progress);
    let asked = Studied { n, settings: &settings, choices: &choices, answer: &study };
    let frame = Frame::of("sensitivity", &scenario.name, n, &choices).asking("of", args.of.as_str());
    // It is asked of points, not of runs.
    let frame = frame.asking("runs", None::<u64>);
    let frame = frame.asking("points", settings.points).asking("walks", settings.walks);
    let strongest: Option<u64> = args.strongest.parse().ok();
    let frame = frame.asking("strongest", strongest).asking("inputs", args.inputs).asking("groups", args.groups);
    let document = frame.around(sensitivity::summary(&asked));
    args.tail.tell(out, &sensitivity::page(&asked), &document, || files(&asked, theme))
}

/// Everything that the flags choose; what is wrong with any of them is said at once.
fn settings(scenario: &mut Scenario, args: &SensitivityArgs) -> Result<(StudySettings, Choices), Trouble> {
    let mut judge = Judge::default();
    let points = judge.one(whole("--points", &args.points, FEWEST_POINTS, MOST_POINTS));
    let walks = judge.one(whole("--walks", &args.walks, 1, MOST_WALKS));
    let strongest = judge.one(whole("--strongest", &args.strongest, 1, MOST_STRONGEST));
    let outcome = judge.one(word("value of `--of`", "values", &args.of, &Measure::ALL));
    let groups = args.groups.as_ref().map(|by| word("value of `--groups`", "values", by, &Grouping::ALL));
    let groups = judge.one(groups.transpose());
    let choices = judge.all(args.from.wanted("1", &[]).judge(scenario));
    let inputs = choices.as_ref().and_then(|choices| judge.all(inputs(scenario, choices, &args.inputs)));
    let chosen = || {
        let own = match (groups?, inputs?) {
            (Some(by), _) => Own::Groups(by),
            (None, inputs) if inputs.is_empty() => Own::Strongest(strongest? as usize),
            (None, inputs) => Own::Inputs(inputs),
        };
        let (choices, outcome, points, walks) = (choices?, outcome?, points?, walks?);
        Some((StudySettings { outcome, points, walks, own, drawing: choices.settings.drawing.clone() }, choices))
    };
    Ok(judge.verdict(chosen())?)
}

/// The uncertain inputs at these paths, each once.
fn inputs(scenario: &Scenario, choices: &Choices, paths: &[String]) -> Result<Vec<String>, Wrong> {
    let n = &scenario.negotiation;
    let draws = Draws::new(n, choices.settings.drawing.accounts.clone(), 0);
    let factors = UncertainInput::all(n, &draws);
    let known: Vec<&str> = factors.iter().map(|f| f.path.as_str()).collect();
    let mut judge = Judge::default();
    let input = |path: &str| {
        if known.contains(&path) {
            Ok(path.to_owned())
        } else if n.inputs.find(path).is_some() {
            let found = format!("`{path}` is not uncertain: it has the same value in every world, or follows another");
            Err(Finding::error(found).hint("give it a range, as in --set PATH=[1, 2, 3]"))
        } else {
            Err(unknown("uncertain input", "uncertain inputs", path, &known))
        }
    };
    let paths = paths.iter().map(|path| path.trim()).filter(|path| !path.is_empty());
    let chosen = paths.filter_map(|path| judge.one(input(path))).unique().collect();
    judge.verdict(Some(chosen))
}

fn files(asked: &Studied, theme: Theme) -> Vec<File> {
    let mut files =
        vec![file("indices.csv", sensitivity::indices(asked)), file("screening.csv", sensitivity::screening(asked))];
    pictures::add(&mut files, &sensitivity_pictures(asked, theme), asked.settings.drawing.threads);
    files
}

pub fn audit(args: AuditArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let mut scenario = load::load(&args.file)?;
    let (settings, choices) = audit_settings(&mut scenario, &args)?;
    let n = &scenario.negotiation;
    let progress = Progress::of(audit_evaluations(n, &settings));
    let found = ask(n, &settings, |made| progress.done(made))
        .map_err(|e| Trouble::new(format!("`{}` cannot be audited: {e}", args.file)))?;
    drop(progress);
    let audited = Audited { n, settings: &settings, choices: &choices, answer: &found };
    let frame = Frame::of("audit", &scenario.name, n, &choices).asking("points", settings.points);
    let frame = frame.asking("walks", settings.walks).asking("top", settings.top);
    let document = frame.around(audit::summary(&audited));
    let sheet = || vec![file("audit.csv", audit::sheet(&audited))];
    args.tail.tell(out, &audit::page(&audited), &document, sheet)
}

/// Everything that the flags choose; what is wrong with any of them is said at once.
fn audit_settings(scenario: &mut Scenario, args: &AuditArgs) -> Result<(AuditSettings, Choices), Trouble> {
    let mut judge = Judge::default();
    let top = judge.one(whole("--top", &args.top, 1, MOST_TOP));
    let points = judge.one(whole("--points", &args.points, 1, MOST_POINTS));
    let walks = judge.one(whole("--walks", &args.walks, 1, MOST_WALKS));
    let worlds = judge.one(whole("--runs", &args.runs, 1, MOST_POINTS));
    let choices = judge.all(args.from.wanted(&worlds.unwrap_or(1).to_string(), &[]).judge(scenario));
    let chosen = || {
        let (top, points, walks, worlds, choices) = (top? as usize, points?, walks?, worlds?, choices?);
        Some((AuditSettings { top, points, walks, worlds, drawing: choices.settings.drawing.clone() }, choices))
    };
    Ok(judge.verdict(chosen())?)
}
