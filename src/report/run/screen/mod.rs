//! The first screen of a run: the answer in a sentence, its numbers, and what must be known of them, in 24 lines.

mod numbers;
mod way;

pub use numbers::verdict;

use super::{Answer, next::command};
use crate::report::{head::Otherwise, terms};
use crate::text::WIDTH;
use crate::text::columns::columns;
use crate::text::screen::{Role, Room, Screen};
use crate::text::words::{count, visible, worlds};

/// The screen. Each number on it is one of the page's.
pub fn screen(a: &Answer) -> Screen {
    Screen::filled(|s, room| fill(a, s, room))
}

fn fill(a: &Answer, s: &mut Screen, room: Room) {
    head(a, s, room);
    s.gap();
    s.paragraph(Role::Finding, &numbers::verdict(a), 2);
    numbers::bars(a, s);
    s.paragraph(Role::Plain, &numbers::gap(a), 2);
    s.paragraph(Role::Plain, &outside(a), 3);
    s.gap();
    way::ways(a, s, room);
    s.gap();
    let (terms, warnings) = (room.lines([4, 4, 3]), room.lines([3, 3, 2]));
    s.paragraph(Role::Plain, &way::package(a, terms), terms);
    s.gap();
    numbers::readings(a, s);
    s.marked(Role::Warning, &way::beware(a, warnings), warnings);
    hints(a, s, room);
}

/// Whose consent it takes, and what becomes of those outside; nothing where all must agree.
fn outside(a: &Answer) -> String {
    a.survey.outside.as_ref().map_or_else(String::new, |outside| terms::outside(a.n(), outside.share()))
}

/// Title, how much was looked at, the question, and what was asked in other ways than the file's own.
fn head(a: &Answer, s: &mut Screen, room: Room) {
    let seed = format!("{}, seed {}", worlds(a.survey.kept), a.choices.settings.drawing.seed);
    s.ends(Role::Title, &visible(&a.n().title), &seed);
    s.paragraph(Role::Plain, &visible(&a.n().question), room.lines([2, 2, 1]));
    s.paragraph(Role::Warning, &otherwise(a), room.lines([2, 2, 1]));
}

fn otherwise(a: &Answer) -> String {
    let mut told = Otherwise::of(&a.choices).told(a.n());
    let on = &a.choices.settings.drawing.accounts.variants;
    let switched = a.n().variants.iter().zip(on).filter(|(v, on)| v.on != **on);
    told.extend(switched.map(|(v, on)| format!("Variant `{}` is {}.", v.id, if *on { "on" } else { "off" })));
    if a.n().played.is_some() {
        told.push("Intents are played as the game has it, and believed as written.".to_owned());
    }
    told.extend(numbers::counted(a.choices.settings.drawing.defeat).map(String::from));
    let dropped = a.survey.drawn - a.survey.kept;
    if dropped > 0 {
        told.push(format!("Of {} drawn, {} were dropped.", worlds(a.survey.drawn), count(dropped)));
    }
    told.join(" ")
}

/// Where the parts of the page are, and what to ask next, where that fits: a package in words comes before it.
fn hints(a: &Answer, s: &mut Screen, room: Room) {
    let (talks, next) = if let Some(r) = &a.reached {
        let talks = if r.survival.is_some() { "endings | payoffs | holds | " } else { "endings | payoffs | " };
        (talks, command(a, "trace", "--run 0"))
    } else {
        ("", command(a, "solve", "--solutions"))
    };
    s.line(Role::Hint, &format!("More: --show all | {talks}packages | why | rests"));
    let next = format!("Next: {next}");
    if columns(&next) <= WIDTH && room == Room::Wide {
        s.line(Role::Hint, &next);
    }
}
