//! The first screen of a run: how it ends, what each was after, and its turning points.

use itertools::Itertools as _;

use super::super::{calendar::date, terms::fitting};
use super::turns::{Turn, Weight, turns};
use super::{Teller, after};
use crate::engine::talks::{Run, Step};
use crate::model::{Negotiation, Scale};
use crate::num::Ordered;
use crate::text::columns::{columns, padded};
use crate::text::screen::{HEIGHT, LABEL, Role, Room, Screen};
use crate::text::words::{capital, counted, visible};

/// Columns of the rounds of a turn.
const ROUNDS: usize = 8;

/// The screen of a run under a seed, with all of its steps; `notes` are what a reader must be told first.
pub fn screen(n: &Negotiation, scale: Scale, notes: &[String], seed: u64, (run, steps): (&Run, &[Step])) -> Screen {
    let teller = Teller { n, scale };
    Screen::filled(|s, room| fill(&teller, notes, seed, (run, steps), (s, room)))
}

fn fill(teller: &Teller, notes: &[String], seed: u64, (run, steps): (&Run, &[Step]), (s, room): (&mut Screen, Room)) {
    let n = teller.n;
    let reading = run.reading.map_or(String::new(), |r| format!(", `{}`", n.readings[r].id));
    s.ends(Role::Title, &visible(&n.title), &format!("run {}, seed {seed}{reading}", run.run));
    s.paragraph(Role::Warning, &notes.join(" "), room.lines([2, 2, 1]));
    s.gap();
    s.paragraph(Role::Finding, &end(teller, run), room.lines([3, 3, 2]));
    s.gap();
    s.items("What each is after", &after(teller, steps).iter().map(|t| capital(t)).collect::<Vec<_>>(), 2);
    if let Some(package) = &run.package {
        s.entry("What was agreed", &fitting(n, package, ["", ""], LABEL, 2), 2);
    }
    s.gap();
    s.line(Role::Plain, &format!("{}Turning points{}", padded("Rounds", ROUNDS + 2), days(n, run)));
    table(s, &turns(teller, steps));
    s.line(Role::Hint, &format!("More: --full | --round {} | --ending settlement | --run {}", run.rounds, run.run + 1));
}

/// How it ends, with the day.
fn end(teller: &Teller, run: &Run) -> String {
    let told = teller.end(run);
    let round = format!("round {}", run.rounds);
    date(teller.n, run.rounds).map_or(told.clone(), |day| told.replacen(&round, &format!("{round} ({day})"), 1))
}

/// When the rounds are.
fn days(n: &Negotiation, run: &Run) -> String {
    let days = date(n, 1).zip(date(n, run.rounds));
    days.map_or(String::new(), |(first, last)| format!(" (round 1 is {first}, round {} {last})", run.rounds))
}

/// As many turns as there is room for, the weightiest, in order; how many are left out is said.
fn table(s: &mut Screen, turns: &[Turn]) {
    let room = HEIGHT - s.lines().len() - 1;
    let shown = if turns.len() > room { room - 1 } else { turns.len() };
    by_weight(turns).take(shown).sorted().for_each(|at| s.line(Role::Plain, &row(&turns[at])));
    let rest = turns.len() - shown;
    if rest > 0 {
        let lesser = counted(rest, "lesser turn").replace('\u{a0}', " ");
        s.line(Role::Plain, &format!("{}… and {lesser}", " ".repeat(ROUNDS + 2)));
    }
}

/// Places of turns, those first that are told first: what settles something, then what turns it and what was tried, one
/// of each in turn, then the rest.
fn by_weight(turns: &[Turn]) -> impl Iterator<Item = usize> {
    let rank = |at: usize| turns[..at].iter().filter(|turn| turn.weight == turns[at].weight).count();
    let key = |at: &usize| match turns[*at].weight {
        Weight::Settled => (0, 0, *at),
        Weight::Turned | Weight::Tried => (1, rank(*at), *at),
        Weight::Beside => (2, 0, *at),
        Weight::Slight => (3, 0, *at),
    };
    (0..turns.len()).ordered_by_key(key)
}

/// The rounds, the turn, and how often it came; a long turn is shortened, not its count.
fn row(turn: &Turn) -> String {
    let rounds =
        if turn.first == turn.last { turn.first.to_string() } else { format!("{}–{}", turn.first, turn.last) };
    let times = if turn.times == 1 { String::new() } else { format!(" ×{}", turn.times) };
    let room = crate::text::WIDTH - ROUNDS - 2 - columns(&times);
    let text = crate::text::columns::shortened(&capital(&turn.text).replace('\u{a0}', " "), room);
    format!("{}  {text}{times}", padded(&rounds, ROUNDS))
}
