//! The game over intents of a scenario, asked in words: who chooses what, on what the talks pay.

use itertools::Itertools as _;

use super::{Choices, Judge, Wanted, Wrong, unknown, whole};
use crate::choice::{
    Asked, Cell, Explored, FEWEST_EXPLORED, Family, Held, OfAccount, Players, choose, drawn_range, emptied, explore,
    hold, map as held_map,
};
use crate::engine::{CannotRun, Drawing};
use crate::model::{ActorId, InputId, Negotiation, likeliest};
use crate::scenario::{Finding, Scenario};
use crate::text::words::shown;

/// Resamples at most.
const MOST_RESAMPLES: u64 = 100_000;

/// Runs of a cell at most.
const MOST_RUNS: u64 = 10_000_000;

/// Values of an axis of a map at most.
const MOST_VALUES: u64 = 100;

/// A number with the two ends between which it is held, and how many values of a map lie there.
type Axis = (InputId, (f64, f64), u64);

/// What is asked of the game of a scenario, as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GameWanted {
    /// The scenario's own choices; its runs play no part.
    pub from: Wanted,
    /// Runs of each cell.
    pub runs: String,
    /// The plan that is asked about, as `PARTY.INTENT`; `None`: the likeliest of those who do not mean to concede.
    pub about: Option<String>,
    /// Numbers along which it is asked where that plan begins to pay: `PATH` or `PATH=LO:HI`.
    pub break_even: Vec<String>,
    /// Two numbers of a map, each `PATH=LO:HI:N`, or none.
    pub map: Vec<String>,
    /// Whether it is looked beyond the intents of the file.
    pub explore: bool,
    /// Runs of each cell at each value of a number that is held.
    pub held_runs: String,
    /// Resamples.
    pub resamples: String,
}

/// The same, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct GameAsked {
    /// What is asked.
    pub asked: Asked,
    /// What was chosen beyond the file.
    pub choices: Choices,
    /// Runs of each cell at each value of a number that is held.
    pub held_runs: u64,
    explore: bool,
    break_even: Vec<Axis>,
    map: Option<[Axis; 2]>,
}

/// A game that was played.
#[derive(Debug, Clone, PartialEq)]
pub struct GamePlayed {
    /// Who chooses.
    pub players: Players,
    /// Account by account.
    pub accounts: Vec<OfAccount>,
    /// What was found beyond the intents of the file, account by account; empty where nobody looked.
    pub explored: Vec<Explored>,
    /// Where the plan that is asked about breaks even, each with the place of its account.
    pub held: Vec<(usize, Held)>,
    /// Who would choose what where two numbers are held; `None` where none are.
    pub map: Option<Map>,
}

/// Who would choose what where two numbers are held.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// The player whose plans are told.
    pub player: usize,
    /// The two numbers with the values tried, the first one's fastest.
    pub axes: [(InputId, Vec<f64>); 2],
    /// `accounts[account]`: the cells.
    pub accounts: Vec<Vec<Cell>>,
}

/// Who hears how far a game is.
#[derive(Clone, Copy)]
pub struct Hears<'a> {
    /// Runs done, of [`GameAsked::size`].
    pub runs: &'a (dyn Fn(u64) + Sync),
    /// The step that begins, in words.
    pub step: &'a dyn Fn(String),
}

impl GameWanted {
    /// Judges what is wanted, and changes the scenario as it says.
    ///
    /// # Errors
    /// Everything wrong with any of the words; that nobody chooses in it.
    pub fn judge(&self, scenario: &mut Scenario) -> Result<GameAsked, Wrong> {
        // What the game says of how intents are played is asked here, and not used.
        if let Some(game) = &mut scenario.negotiation.game {
            game.draws = false;
        }
        let mut judge = Judge::default();
        let choices = judge.all(self.from.judge(scenario));
        let runs = judge.one(whole("--runs", &self.runs, 1, MOST_RUNS));
        if self.explore && runs.is_some_and(|runs| runs < FEWEST_EXPLORED) {
            let found = format!("`--explore` with `--runs {}`: so few runs bound nothing", shown(&self.runs));
            judge.one::<()>(Err(Finding::error(found).hint(format!("{FEWEST_EXPLORED} runs or more"))));
        }
        let held_runs = judge.one(whole("--held-runs", &self.held_runs, 2, MOST_RUNS));
        let resamples = judge.one(whole("--resamples", &self.resamples, 1, MOST_RESAMPLES));
        let n = &scenario.negotiation;
        let about = judge.one(about(n, self.about.as_deref()));
        let break_even = self.break_even.iter().filter_map(|text| judge.one(broken_even(scenario, text))).collect_vec();
        let map = match &self.map[..] {
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
                let found = format!("`--map` is given {}: a map has two numbers", times(self.map.len()));
                let hint = "as in --map no_deal.russia.base=0:40:9 --map talks.mishap=0:0.05:6";
                judge.one(Err(Finding::error(found).hint(hint)))
            }
        };
        let asked = || {
            let (choices, runs, held_runs) = (choices?, runs?, held_runs?);
            let (resamples, about, map) = (resamples?, about?, map?);
            let drawing = choices.settings.drawing.clone();
            let (asked, explore) = (Asked { runs, drawing, about, resamples }, self.explore);
            Some(GameAsked { asked, choices, held_runs, explore, break_even, map })
        };
        let asked = judge.verdict(asked())?;
        asked.has_players(&scenario.negotiation, &scenario.name).map_err(|found| vec![found])?;
        Ok(asked)
    }
}

impl GameAsked {
    /// That somebody chooses, and that what is asked can be.
    fn has_players(&self, n: &Negotiation, name: &str) -> Result<(), Finding> {
        let players = Players::of(n);
        if n.talks.is_none() || players.0.is_empty() {
            let found = format!("nobody chooses in `{}`: no party of its talks has two intents or more", shown(name));
            return Err(Finding::error(found).hint("add [talks], and [intents.PARTY.ID] for what a party may play"));
        }
        if let Some((reading, plan)) = emptied(n, &players, &self.asked.drawing) {
            let under = reading.map_or(String::new(), |r| format!("under the reading `{}` ", n.readings[r].id));
            let intent = &n.intents[plan];
            let found = format!(
                "{under}the intent `{}` of `{}` makes no move: all its rates are 0",
                intent.id,
                n.actor(intent.of).id
            );
            return Err(Finding::error(found).hint("leave it out of the game: [game] players = { PARTY = [\"…\"] }"));
        }
        if (!self.break_even.is_empty() || self.map.is_some()) && self.asked.about.is_none() {
            let found = "no plan is asked about, so that nothing can begin to pay";
            return Err(Finding::error(found).hint("name one: --for PARTY.INTENT"));
        }
        Ok(())
    }

    /// Runs of the cells of all accounts together.
    pub fn size(&self, n: &Negotiation) -> u64 {
        self.of_account(n) * drawings(n, &self.asked.drawing).len() as u64
    }

    fn of_account(&self, n: &Negotiation) -> u64 {
        self.asked.runs * Players::of(n).combinations().len() as u64
    }

    /// Plays the game of the scenario that was judged.
    ///
    /// # Errors
    /// Why it cannot be played.
    pub fn played(&self, n: &Negotiation, hears: Hears) -> Result<GamePlayed, CannotRun> {
        let (players, asked) = (Players::of(n), &self.asked);
        let (drawings, each) = (drawings(n, &asked.drawing), self.of_account(n));
        let game = |(made, drawing): (usize, &Drawing)| {
            choose(n, &players, asked, drawing, |runs| (hears.runs)(made as u64 * each + runs))
        };
        let accounts: Vec<OfAccount> = drawings.iter().enumerate().map(game).try_collect()?;
        let less = Asked { runs: self.held_runs, ..asked.clone() };
        let mut held: Vec<(usize, Held)> = Vec::new();
        for (input, range, _) in &self.break_even {
            for (account, (of, drawing)) in accounts.iter().zip(&drawings).enumerate() {
                let found = hold(n, &players, &less, drawing, of, (*input, *range), |_| {})?;
                held.extend(found.into_iter().map(|found| (account, found)));
            }
        }
        let explored = if self.explore { beyond(n, &players, asked, &accounts, &drawings, hears)? } else { Vec::new() };
        let map = self.map.map(|axes| mapped(n, &players, &less, &drawings, axes)).transpose()?;
        Ok(GamePlayed { players, accounts, explored, held, map })
    }
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
    hears: Hears,
) -> Result<Vec<Explored>, CannotRun> {
    let account = |(at, (of, drawing)): (usize, (&OfAccount, &Drawing))| {
        (hears.step)(format!("looking beyond the intents of the file: account {} of {}", at + 1, accounts.len()));
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
