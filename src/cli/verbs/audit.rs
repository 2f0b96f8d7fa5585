//! `winset audit`: how much of the answer rests on numbers without a source.

use winset::analysis::sensitivity::{AuditSettings, audit as ask, audit_evaluations};
use winset::ask::{Choices, Judge, whole};
use winset::report::audit::{self, Audited};
use winset::report::frame::Frame;
use winset::scenario::Scenario;

use super::super::args::AuditArgs;
use super::super::progress::Progress;
use super::super::tail::file;
use super::super::trouble::Trouble;
use super::super::{Outcome, load, output::Output};

/// Points and worlds at most: every evaluation is kept until the end.
const MOST: u64 = 1_000_000;

/// Walks at most, each of one evaluation more than there are inputs.
const MOST_WALKS: u64 = 100_000;

/// Assumptions looked at one by one at most.
const MOST_TOP: u64 = 10_000;

pub fn audit(args: AuditArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let mut scenario = load::load(&args.file)?;
    let (settings, choices) = settings(&mut scenario, &args)?;
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
fn settings(scenario: &mut Scenario, args: &AuditArgs) -> Result<(AuditSettings, Choices), Trouble> {
    let mut judge = Judge::default();
    let top = judge.one(whole("--top", &args.top, 1, MOST_TOP));
    let points = judge.one(whole("--points", &args.points, 1, MOST));
    let walks = judge.one(whole("--walks", &args.walks, 1, MOST_WALKS));
    let worlds = judge.one(whole("--runs", &args.runs, 1, MOST));
    let choices = judge.all(args.from.wanted(&worlds.unwrap_or(1).to_string(), &[]).judge(scenario));
    let chosen = || {
        let (top, points, walks, worlds, choices) = (top? as usize, points?, walks?, worlds?, choices?);
        Some((AuditSettings { top, points, walks, worlds, drawing: choices.settings.drawing.clone() }, choices))
    };
    Ok(judge.verdict(chosen())?)
}
