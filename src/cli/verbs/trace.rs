//! `winset trace`: one run of the talks, told in plain words.

use winset::ask::{self, MOST_RUNS, whole};
use winset::engine::Draws;
use winset::engine::talks::{Desk, Ending, Run, Step, Talks};
use winset::model::{Negotiation, Scale};
use winset::report::frame::Frame;
use winset::report::head::{Otherwise, notices};
use winset::report::run::shell;
use winset::report::{steps, story};

use super::super::args::TraceArgs;
use super::super::output::{Output, Shown};
use super::super::trouble::{Trouble, shown};
use super::super::{Outcome, load};

/// Runs that are tried at most for an ending.
const MOST_TRIED: u64 = 10_000;

pub fn trace(args: TraceArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let run = whole("--run", &args.run, 0, MOST_RUNS)?;
    let ending = args.ending.as_deref().map(ending).transpose()?;
    let round = args.round.as_deref().map(|round| whole("--round", round, 1, u64::from(u32::MAX))).transpose()?;
    let (scenario, choices) = load::judged(&args.file, &args.worlds.wanted(&args.parts.without))?;
    let (n, settings) = (&scenario.negotiation, &choices.settings);
    if n.talks.is_none() {
        let (file, command) = (shown(&args.file), shell(&args.file));
        return Err(Trouble::new(format!("`{file}` has no talks to trace: `winset solve {command}` answers it")));
    }
    let cannot = |e: String| Trouble::new(format!("`{}` cannot be traced: {e}", args.file));
    let drawing = &settings.drawing;
    let compiled = drawing.compile(n).map_err(|e| cannot(e.to_string()))?;
    let talks = Talks::of(&compiled, drawing.clone()).map_err(|e| cannot(e.to_string()))?;
    let draws = drawing.draws(n);
    let found = ending.map(|ending| first(&talks, &draws, run, ending)).transpose()?;
    let (run, heard) = talks.trace(&draws.run(found.unwrap_or(run)));
    let tried = ending.zip(found).map(|(ending, found)| tried(ending, found, &args.run));
    let otherwise = Otherwise::of(&choices).told(n);
    let notes = [tried.into_iter().collect(), notices(n, &drawing.accounts.variants), otherwise].concat();
    let frame = Frame::of("trace", &scenario.name, n, &choices).asking("run", run.run);
    let document = frame.around(steps::data(n, compiled.scale, &run, &heard));
    let page = story::page(n, compiled.scale, &notes, drawing.seed, &run, &heard);
    let shown = match round {
        Some(round) => Shown::text(one_round(n, compiled.scale, (&run, &heard), round)?),
        None if args.full => Shown::text(page.clone()),
        None => Shown::screen(story::screen(n, compiled.scale, &notes, drawing.seed, (&run, &heard))),
    };
    args.tail.show(out, &shown, &page, &document, Vec::new)
}

fn ending(word: &str) -> Result<Ending, Trouble> {
    Ok(ask::word("ending", "endings", word, &Ending::ALL.map(|ending| (ending.word(), ending)))?)
}

/// The first run from one on that ends so, of as many as are tried.
fn first(talks: &Talks, draws: &Draws, from: u64, ending: Ending) -> Result<u64, Trouble> {
    let mut desk = Desk::default();
    let mut ends = |run: &u64| talks.play(&draws.run(*run), &mut desk, None).ending == ending;
    (from..from + MOST_TRIED).find(|run| ends(run)).ok_or_else(|| {
        let (id, last) = (ending.word(), from + MOST_TRIED - 1);
        let found = format!("none of the {MOST_TRIED} runs from {from} to {last} ends as `{id}`");
        Trouble::new(found)
            .hint(format!("--run {} goes on from there; `winset run FILE --show endings` says how runs end", last + 1))
    })
}

fn tried(ending: Ending, found: u64, from: &str) -> String {
    format!("Run {found} is the first from run {from} on that ends as `{}`.", ending.word())
}

/// One round of a run, where it has it.
fn one_round(n: &Negotiation, scale: Scale, (run, steps): (&Run, &[Step]), round: u64) -> Result<String, Trouble> {
    let told = u32::try_from(round).map_or(String::new(), |round| story::one_round(n, scale, steps, round));
    if told.is_empty() {
        let found = format!("run {} has no round {round}: it ends in round {}", run.run, run.rounds);
        return Err(Trouble::new(found));
    }
    Ok(told.trim_start_matches('\n').to_owned())
}
