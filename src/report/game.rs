//! A payoff table and what is in equilibrium in it: the page, and its data.

use itertools::Itertools as _;
use serde_json::{Value, json};

use crate::games::{Equilibrium, Exact, Game, Profile, TooLarge, equilibria};
use crate::text::columns::shortened;
use crate::text::table::Table;
use crate::text::words::{bullet, count, list, number, paragraph, visible};

/// Equilibria that a page lists at most; its data hold all.
const LISTED: usize = 60;

/// A game, solved as far as it can be.
#[derive(Debug, Clone, PartialEq)]
pub struct Solved {
    /// The game.
    pub game: Game,
    /// Its equilibria in pure strategies, in the order of the table.
    pub pure: Vec<Profile>,
    /// Strategies that another one always beats, with the better one: `(player, worse, better)`.
    pub dominated: Vec<(usize, usize, usize)>,
    /// All extreme equilibria, sorted, or why they are not listed.
    pub extreme: Result<Vec<Equilibrium>, TooLarge>,
}

impl Solved {
    /// Solves a game.
    pub fn of(game: Game) -> Self {
        Self { pure: game.pure(), dominated: game.dominated(), extreme: equilibria(&game), game }
    }
}

/// `1 equilibrium`, `3 equilibria`.
fn numbered(n: usize, [one, many]: [&str; 2]) -> String {
    format!("{} {}", count(n as u128), if n == 1 { one } else { many })
}

/// The answer as data: fractions as words, `1/3`; strategies by name.
pub fn data(solved: &Solved) -> Value {
    let game = &solved.game;
    let words = |mixed: &[Exact]| mixed.iter().map(ToString::to_string).collect_vec();
    let one =
        |it: &Equilibrium| json!({ "row": words(&it.row), "column": words(&it.column), "payoffs": words(&it.payoffs) });
    let names = |profile: &Profile| {
        profile.iter().enumerate().map(|(i, s)| game.players[i].strategies[*s].clone()).collect_vec()
    };
    json!({
        "title": game.title,
        "players": game.players.iter().map(|it| json!({ "name": it.name, "strategies": it.strategies })).collect_vec(),
        "equilibria": solved.extreme.as_ref().ok().map(|all| all.iter().map(one).collect_vec()),
        "stopped": solved.extreme.as_ref().err().map(ToString::to_string),
        "pure": solved.pure.iter().map(|p| json!({ "strategies": names(p), "payoffs": words(game.paid(p)) })).collect_vec(),
        "dominated": solved.dominated.iter().map(|(i, worse, better)| {
            let name = |s: &usize| game.players[*i].strategies[*s].clone();
            json!({ "player": game.players[*i].name, "strategy": name(worse), "by": name(better) })
        }).collect_vec(),
    })
}

/// The page.
pub fn page(solved: &Solved) -> String {
    let game = &solved.game;
    let players = game
        .players
        .iter()
        .map(|it| format!("{} ({})", visible(&it.name), numbered(it.strategies.len(), ["strategy", "strategies"])));
    let title = if game.title.is_empty() { "A payoff table" } else { &game.title };
    [
        paragraph(&format!("{}: {}.", visible(title), list(players.collect_vec()))),
        dominance(solved),
        "\n".to_owned(),
        match &solved.extreme {
            Ok(all) => extreme(solved, all),
            Err(why) => pure(solved, *why),
        },
    ]
    .concat()
}

/// What no player should play, whatever the others do.
fn dominance(solved: &Solved) -> String {
    let line = |(i, worse, better): &(usize, usize, usize)| {
        let player = &solved.game.players[*i];
        let [worse, better] = [worse, better].map(|s| visible(&player.strategies[*s]));
        let others = if solved.game.players.len() == 2 { "the other does" } else { "the others do" };
        bullet(&format!("{}: whatever {others}, “{better}” pays more than “{worse}”.", visible(&player.name)))
    };
    let more = solved.dominated.len().saturating_sub(LISTED);
    let rest = if more > 0 {
        bullet(&format!("… and {} more; --json lists them all.", count(more as u128)))
    } else {
        String::new()
    };
    solved.dominated.iter().take(LISTED).map(line).chain([rest]).collect()
}

/// What is in equilibrium, in one sentence without its point.
pub(crate) fn finding(solved: &Solved) -> String {
    let pure = solved.pure.len();
    let Ok(all) = &solved.extreme else {
        return match pure {
            0 => "No equilibrium in pure strategies".to_owned(),
            n => numbered(n, ["equilibrium in pure strategies", "equilibria in pure strategies"]),
        };
    };
    let many = numbered(all.len(), ["extreme equilibrium", "extreme equilibria"]);
    let pure = match pure {
        0 => "none in pure strategies".to_owned(),
        _ if all.len() == 1 => "in pure strategies".to_owned(),
        n if n == all.len() => "all in pure strategies".to_owned(),
        n => format!("{} of them in pure strategies", count(n as u128)),
    };
    format!("{many}, {pure}")
}

/// An equilibrium by what both play: `9/10 swerve, 1/10 straight | straight`.
pub(crate) fn plays(game: &Game, it: &Equilibrium) -> String {
    let [row, column] = [0, 1].map(|i| &game.players[i].strategies);
    format!("{} | {}", mix(row, &it.row), mix(column, &it.column))
}

fn extreme(solved: &Solved, all: &[Equilibrium]) -> String {
    let [row, column] = [0, 1].map(|i| &solved.game.players[i]);
    let others = if all.len() == 1 { "There is no other" } else { "Every other is a mixture of some of these" };
    let line = |it: &Equilibrium| vec![brief(&it.payoffs[0]), brief(&it.payoffs[1]), plays(&solved.game, it)];
    let [one, other] = [row, column].map(|player| shortened(&visible(&player.name), NAME));
    let heads = [format!("pays {one}"), format!("pays {other}"), format!("{one} | {other}")];
    let table = Table::of(&heads.each_ref().map(String::as_str), all.iter().take(LISTED).map(line));
    let long = all.iter().take(LISTED).any(|it| it.row.iter().chain(&it.column).chain(&it.payoffs).any(is_long));
    let rest = [
        (all.len() > LISTED)
            .then(|| format!("… and {} more; --json lists them all.", count((all.len() - LISTED) as u128))),
        long.then(|| "≈: a fraction too long for a page; --json has it whole.".to_owned()),
    ];
    let rest: String = rest.iter().flatten().map(|said| paragraph(said)).collect();
    let gap = if rest.is_empty() { "" } else { "\n" };
    [&paragraph(&format!("{}. {others}.", finding(solved))), "\n", &table.text(), gap, &rest].concat()
}

/// Which strategies are played, and how often.
fn mix(names: &[String], mixed: &[Exact]) -> String {
    let played = names.iter().zip(mixed).filter(|(_, p)| **p != Exact::from_integer(0.into()));
    let mut played = played.map(|(name, p)| {
        if *p == Exact::from_integer(1.into()) { visible(name) } else { format!("{}\u{a0}{}", brief(p), visible(name)) }
    });
    played.join(", ")
}

/// Columns of a player's name over a table.
const NAME: usize = 18;

/// Characters of a fraction that a page shows whole.
const BRIEF: usize = 11;

fn is_long(x: &Exact) -> bool {
    x.to_string().len() > BRIEF
}

/// A fraction, or about what it is where it is long.
pub(crate) fn brief(x: &Exact) -> String {
    if !is_long(x) {
        return x.to_string().replacen('-', "−", 1);
    }
    let near = crate::games::nearest(x);
    if near.abs() < 1e9 { format!("≈{}", number(near)) } else { format!("≈{near:.3e}").replacen('-', "−", 1) }
}

fn pure(solved: &Solved, why: TooLarge) -> String {
    let game = &solved.game;
    let line = |profile: &Profile| {
        let mut names = profile
            .iter()
            .enumerate()
            .map(|(i, s)| format!("{}: {}", visible(&game.players[i].name), visible(&game.players[i].strategies[*s])));
        bullet(&format!("{}; pays {}", names.join("; "), game.paid(profile).iter().map(brief).join(", ")))
    };
    let rest = if solved.pure.len() > LISTED {
        paragraph(&format!("… and {} more; --json lists them all.", solved.pure.len() - LISTED))
    } else {
        String::new()
    };
    let lines: String = solved.pure.iter().take(LISTED).map(line).collect();
    [paragraph(&format!("{}. Mixed ones were not searched: {why}.", finding(solved))), lines, rest].concat()
}
