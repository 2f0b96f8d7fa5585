//! `winset game SCENARIO`: who chooses what, on the payoffs of the talks.

use itertools::Itertools as _;
use winset::ask::{Choices, Judge, unknown, whole};
use winset::choice::{
    Asked, Explored, FEWEST_EXPLORED, Family, Held, OfAccount, Players, choose as play, drawn_range, emptied, explore,
    hold, map as held_map,
};
use winset::engine::{CannotRun, Drawing};
use winset::figure::Theme;
use winset::model::{ActorId, InputId, Negotiation, likeliest};
use winset::report::choice::{Chosen, Map, page, sheet, summary};
use winset::report::frame::Frame;
use winset::report::pictures::choice as drawn;
use winset::scenario::{Finding, Scenario};

use super::super::args::GameArgs;
use super::super::output::Output;
use super::super::progress::Progress;
use super::super::tail::file;
use super::super::trouble::{Trouble, shown};
use super::super::{Outcome, pictures};

/// Resamples at most.
const MOST_RESAMPLES: u64 = 100_000;

/// Runs of a cell at most.
const MOST_RUNS: u64 = 10_000_000;

/// Values of an axis of a map at most.
const MOST_VALUES: u64 = 100;

/// A number with the two ends between which it is held, and how many values of a map lie there.
type Axis = (InputId, (f64, f64), u64);

/// What is asked of the game of a scenario, judged.
struct Judged {
    asked: Asked,
    choices: Choices,
    held_runs: u64,
    break_even: Vec<Axis>,
    map: Option<[Axis; 2]>,
}

pub fn choose(args: &GameArgs, mut scenario: Scenario, theme: Theme, out: &mut Output) -> Outcome {
    if scenario.negotiation.is_reckoned() {
        return super::game::reckoned(&scenario, args, out);
    }
    if args.to.is_some() {
        let hint = "leave out --to; `--out DIR` writes all cells";
        return Err(Trouble::new("what a scenario pays has errors, which a payoff table cannot hold").hint(hint));
    }
    let file_name = scenario.name.clone();
    let Judged { asked, choices, held_runs, break_even, map } = judged(args, &mut scenario)?;
    let n = &scenario.negotiation;
    let players = Players::of(n);
    if n.talks.is_none() || players.0.is_empty() {
        let found = format!("nobody chooses in `{}`: no party of its talks has two intents or more", shown(&file_name));
        return Err(Trouble::new(found).hint("add [talks], and [intents.PARTY.ID] for what a party may play"));
    }
    if let Some((reading, plan)) = emptied(n, &players, &asked.drawing) {
        let under = reading.map_or(String::new(), |r| format!("under the reading `{}` ", n.readings[r].id));
        let intent = &n.intents[plan];
        let found = format!(
            "{under}the intent `{}` of `{}` makes no move: all its rates are 0",
            intent.id,
            n.actor(intent.of).id
        );
        return Err(Trouble::new(found).hint("leave it out of the game: [game] players = { PARTY = [\"…\"] }"));
    }
    if (!break_even.is_empty() || map.is_some()) && asked.about.is_none() {
        let found = "no plan is asked about, so that nothing can begin to pay";
        return Err(Trouble::new(found).hint("name one: --for PARTY.INTENT"));
    }
    let cannot = |e: CannotRun| Trouble::new(format!("the game of `{}` cannot be played: {e}", shown(&file_name)));
    let drawings = drawings(n, &asked.drawing);
    let each = asked.runs * players.combinations().len() as u64;
    let progress = Progress::of(each * drawings.len() as u64);
    let game = |(made, drawing): (usize, &Drawing)| {
        play(n, &players, &asked, drawing, |runs| progress.done(made as u64 * each + runs))
    };
    let accounts: Vec<OfAccount> = drawings.iter().enumerate().map(game).try_collect().map_err(cannot)?;
    drop(progress);
    let less = Asked { runs: held_runs, ..asked.clone() };
    let mut held: Vec<(usize, Held)> = Vec::new();
    for (input, range, _) in break_even {
        for (account, (of, drawing)) in accounts.iter().zip(&drawings).enumerate() {
            let found = hold(n, &players, &less, drawing, of, (input, range), |_| {}).map_err(cannot)?;
            held.extend(found.into_iter().map(|found| (account, found)));
        }
    }
    let explored =
        if args.explore { beyond(n, &players, &asked, &accounts, &drawings).map_err(cannot)? } else { Vec::new() };
    let map = map.map(|axes| mapped(n, &players, &less, &drawings, axes)).transpose().map_err(cannot)?;
    let chosen = Chosen {
        n,
        asked: &asked,
        choices: &choices,
        players: &players,
        accounts: &accounts,
        explored: &explored,
        held_runs,
        held: &held,
        map: map.as_ref(),
    };
    let frame = Frame::of("game", &scenario.name, n, &choices).asking("resamples", asked.resamples);
    let frame = frame.asking("runs", asked.runs).asking("for", args.about.as_deref()).asking("held_runs", held_runs);
    let frame = frame
        .asking("break_even", args.break_even.clone())
        .asking("map", args.map.clone())
        .asking("explore", args.explore);
    let document = frame.around(summary(&chosen));
    args.tail.tell(out, &page(&chosen), &document, || {
        let mut files = vec![file("cells.csv", sheet(&chosen))];
        pictures::add(&mut files, &drawn(&chosen, theme), asked.drawing.threads);
        files
    })
}

/// Everything that the flags choose; what is wrong with any of them is said at once.
fn judged(args: &GameArgs, scenario: &mut Scenario) -> Result<Judged, Trouble> {
    // What the game says of how intents are played is asked here, and not used.
    if let Some(game) = &mut scenario.negotiation.game {
        game.draws = false;
    }
    let mut judge = Judge::default();
    let choices = judge.all(args.from.wanted("1", &[]).judge(scenario));
    let runs = judge.one(whole("--runs", &args.runs, 1, MOST_RUNS));
    if args.explore && runs.is_some_and(|runs| runs < FEWEST_EXPLORED) {
        let found = format!("`--explore` with `--runs {}`: so few runs bound nothing", shown(&args.runs));
        judge.one::<()>(Err(Finding::error(found).hint(format!("{FEWEST_EXPLORED} runs or more"))));
    }
    let held_runs = judge.one(whole("--held-runs", &args.held_runs, 2, MOST_RUNS));
    let resamples = judge.one(whole("--resamples", &args.resamples, 1, MOST_RESAMPLES));
    let n = &scenario.negotiation;
    let about = judge.one(about(n, args.about.as_deref()));
    let break_even = args.break_even.iter().filter_map(|text| judge.one(broken_even(scenario, text))).collect_vec();
    let map = match &args.map[..] {
        [] => Some(None),
        [one, other] => {
            let axes = [one, other].map(|text| judge.one(axis(scenario, text)));
            let twice = || Err(Finding::error("a map holds one number twice").hint("name two"));
            match axes {
                [Some(one), Some(other)] if one.0 == other.0 => judge.one(twice()),
                [Some(one), Some(other)] => Some(Some([one, other])),
                _ => None,
            }
        }
        _ => {
            let found = format!("`--map` is given {}: a map has two numbers", times(args.map.len()));
            let hint = "as in --map no_deal.russia.base=0:40:9 --map talks.mishap=0:0.05:6";
            judge.one(Err(Finding::error(found).hint(hint)))
        }
    };
    let asked = || {
        let (choices, runs, held_runs) = (choices?, runs?, held_runs?);
        let (resamples, about, map) = (resamples?, about?, map?);
        let drawing = choices.settings.drawing.clone();
        Some(Judged { asked: Asked { runs, drawing, about, resamples }, choices, held_runs, break_even, map })
    };
    Ok(judge.verdict(asked())?)
}

/// A drawing for each account that is asked about.
fn drawings(n: &Negotiation, drawing: &Drawing) -> Vec<Drawing> {
    let of = |reading: Option<usize>| {
        let mut drawing = drawing.clone();
        drawing.accounts.reading = reading;
        drawing
    };
    match drawing.accounts.reading {
        None if !n.readings.is_empty() => (0..n.readings.len()).map(|r| of(Some(r))).collect(),
        reading => vec![of(reading)],
    }
}

/// What is found beyond the intents of the file, account by account.
fn beyond(
    n: &Negotiation,
    players: &Players,
    asked: &Asked,
    accounts: &[OfAccount],
    drawings: &[Drawing],
) -> Result<Vec<Explored>, CannotRun> {
    let progress = Progress::of_steps();
    let account = |(at, (of, drawing)): (usize, (&OfAccount, &Drawing))| {
        progress.step(format!("looking beyond the intents of the file: account {} of {}", at + 1, accounts.len()));
        explore(&Family::of(n, players, drawing), players, of, drawing, asked.runs)
    };
    accounts.iter().zip(drawings).enumerate().map(account).collect()
}

fn mapped(
    n: &Negotiation,
    players: &Players,
    asked: &Asked,
    drawings: &[Drawing],
    axes: [Axis; 2],
) -> Result<Map, CannotRun> {
    let values = axes.map(|(input, (low, high), count)| {
        let step = (high - low) / (count.max(2) - 1) as f64;
        (input, (0..count).map(|i| low + step * i as f64).collect_vec())
    });
    let who = asked.about.map(|(actor, _)| actor);
    let player = players.0.iter().position(|player| Some(player.actor) == who).unwrap_or(0);
    let slices = [(values[0].0, &values[0].1[..]), (values[1].0, &values[1].1[..])];
    let all = drawings.iter().map(|drawing| held_map(n, players, asked, drawing, player, slices, |_| {}));
    Ok(Map { player, accounts: all.try_collect()?, axes: values })
}

/// The plan that is asked about: as it is named, else the likeliest of those who do not mean to concede.
fn about(n: &Negotiation, named: Option<&str>) -> Result<Option<(ActorId, usize)>, Finding> {
    let players = n.players();
    let all = || players.iter().flat_map(|(actor, plans)| plans.iter().map(|k| (*actor, *k)));
    let id = |(actor, k): (ActorId, usize)| format!("{}.{}", n.actor(actor).id, n.intents[k].id);
    if let Some(named) = named {
        let known = all().map(id).collect_vec();
        let known = known.iter().map(String::as_str).collect_vec();
        let found = all().find(|it| id(*it) == named);
        return found.map(Some).ok_or_else(|| unknown("plan", "plans", named, &known));
    }
    let laws = n.laws(None, &n.default_variants());
    let prior = |k: usize| likeliest(&laws, n.intents[k].prior);
    let obstructs = all().filter(|(_, k)| n.intents[*k].obstructs).sorted_by_key(|it| id(*it));
    Ok(obstructs.reduce(|best, next| if prior(next.1) > prior(best.1) { next } else { best }))
}

fn times(n: usize) -> String {
    if n == 1 { "once".to_owned() } else { format!("{n} times") }
}

/// `PATH`, or `PATH=LO:HI`.
fn broken_even(scenario: &Scenario, text: &str) -> Result<Axis, Finding> {
    let (path, ends) = text.split_once('=').map_or((text, None), |(path, ends)| (path, Some(ends)));
    let input = number_at(&scenario.negotiation, path)?;
    if let Some(ends) = ends {
        return Ok((input, between(scenario, input, text, &ends.split(':').collect_vec())?, 0));
    }
    let found = || {
        let found = format!("`{path}` is certain, or follows another: it has no range along which it could be held");
        Finding::error(found).hint(format!("give one, as in --break-even {path}=0:1"))
    };
    Ok((input, declared(&scenario.negotiation, input).ok_or_else(found)?, 0))
}

/// The range of a number over all accounts, where it has one.
fn declared(n: &Negotiation, input: InputId) -> Option<(f64, f64)> {
    let accounts = (0..n.readings.len()).map(Some).chain([None]);
    let laws = accounts.map(|reading| n.laws(reading, &n.default_variants()));
    let ranges = laws.filter_map(|laws| drawn_range(&laws[input.0]));
    ranges.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}

/// `PATH=LO:HI:N`.
fn axis(scenario: &Scenario, text: &str) -> Result<Axis, Finding> {
    let wrong = || {
        let found = format!("`--map {}` is not PATH=LO:HI:N", shown(text));
        Finding::error(found).hint("as in --map no_deal.russia.base=0:40:9")
    };
    let (path, rest) = text.split_once('=').ok_or_else(wrong)?;
    let input = number_at(&scenario.negotiation, path)?;
    let parts = rest.split(':').collect_vec();
    let [low, high, count] = parts[..] else { return Err(wrong()) };
    if declared(&scenario.negotiation, input).is_none() {
        let found =
            format!("`{path}` is certain, or follows another: a map shows what hangs on numbers that are not known");
        return Err(Finding::error(found).hint(format!("give it a range first, as in --set {path}=[{low}, {high}]")));
    }
    Ok((input, between(scenario, input, text, &[low, high])?, whole("--map", count, 2, MOST_VALUES)?))
}

fn number_at(n: &Negotiation, path: &str) -> Result<InputId, Finding> {
    let known = n.inputs.iter().map(|(_, input)| input.path.as_str()).collect_vec();
    n.inputs.find(path.trim()).ok_or_else(|| unknown("number", "numbers", path.trim(), &known))
}

/// Two ends that the number may have, the lower one first.
fn between(scenario: &Scenario, input: InputId, text: &str, ends: &[&str]) -> Result<(f64, f64), Finding> {
    let wrong = |found: String, hint: String| Err(Finding::error(found).hint(hint));
    let two = || "two numbers, the lower one first, as in 0:50".to_owned();
    let number = |word: &&str| word.trim().replace('−', "-").parse::<f64>().ok().filter(|x| x.is_finite());
    let numbers: Option<Vec<f64>> = ends.iter().map(number).collect();
    let Some([low, high]) = numbers.as_deref() else {
        return wrong(format!("`{}` does not say from where to where", shown(text)), two());
    };
    let ((least, most), accepted) = scenario.bounds(input);
    if low >= high {
        return wrong(format!("`{}` ends where it does not begin lower", shown(text)), two());
    }
    if *low < least || *high > most {
        let path = &scenario.negotiation.inputs.get(input).path;
        return wrong(format!("`{}` leaves what `{path}` may be", shown(text)), format!("it is {accepted}"));
    }
    Ok((*low, *high))
}
