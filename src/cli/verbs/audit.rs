//! `winset audit`: how much of the answer rests on numbers without a source.

use winset::analysis::sensitivity::{AuditSettings, audit as ask, audit_evaluations};
use winset::ask::{Choices, whole};
use winset::report::audit::{self, Audited};
use winset::scenario::Scenario;

use super::super::args::AuditArgs;
use super::super::folder;
use super::super::progress::Progress;
use super::super::trouble::{Trouble, all};
use super::super::{Answered, Outcome, load, output::Output};

/// Points and worlds at most: every evaluation is kept until the end.
const MOST: u64 = 1_000_000;

/// Walks at most, each of one evaluation more than there are inputs.
const MOST_WALKS: u64 = 100_000;

/// Assumptions looked at one by one at most.
const MOST_TOP: u64 = 10_000;

pub fn audit(args: AuditArgs, out: &mut Output) -> Outcome {
    if let Some(place) = &args.out {
        folder::ready(place, args.force).and_then(|()| folder::writable(place))?;
    }
    let mut scenario = load::load(&args.file)?;
    let (settings, changed) = settings(&mut scenario, &args)?;
    let n = &scenario.negotiation;
    let progress = Progress::of(audit_evaluations(n, &settings));
    let found = ask(n, &settings, |made| progress.done(made))
        .map_err(|e| Trouble::new(format!("`{}` cannot be audited: {e}", args.file)))?;
    drop(progress);
    let audited = Audited { n, settings: &settings, changed: &changed, audit: &found };
    if args.json {
        out.print(&format!("{}\n", audit::summary(&audited)))?;
    } else {
        out.print(&audit::page(&audited))?;
    }
    if let Some(place) = &args.out {
        let file = |name: &str, text: String| (name.to_owned(), text.into_bytes());
        let summary = format!("{:#}\n", audit::summary(&audited));
        let files = [
            file("page.txt", audit::page(&audited)),
            file("summary.json", summary),
            file("audit.csv", audit::sheet(&audited)),
        ];
        folder::write(place, args.force, &files)?;
        if !args.json {
            out.print(&format!("\nwrote {place}\n"))?;
        }
    }
    Ok(Answered::Yes)
}

type Chosen = (AuditSettings, Vec<(String, String)>);

/// Everything that the flags choose; what is wrong with any of them is said at once.
fn settings(scenario: &mut Scenario, args: &AuditArgs) -> Result<Chosen, Trouble> {
    let mut wrong = Vec::new();
    let mut number = |flag, text: &str, most| {
        whole(flag, text, 1, most).unwrap_or_else(|finding| {
            wrong.push(finding.into());
            1
        })
    };
    let top = number("--top", &args.top, MOST_TOP) as usize;
    let points = number("--points", &args.points, MOST);
    let (walks, worlds) = (number("--walks", &args.walks, MOST_WALKS), number("--worlds", &args.worlds, MOST));
    let chosen = args.from.wanted("1", &[]).judge(scenario).map_err(|t| wrong.push(t.into())).ok();
    all(wrong)?;
    let Choices { settings, changed, .. } = chosen.expect("what was wrong has been said");
    Ok((AuditSettings { top, points, walks, worlds, drawing: settings.drawing }, changed))
}
