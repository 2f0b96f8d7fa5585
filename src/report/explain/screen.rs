//! An explanation on one screen.

use super::{Explained, facts};
use crate::text::columns::padded;
use crate::text::screen::{LABEL, Role, Room, Screen};
use crate::text::words::{change, percent_of, visible, worlds};

/// What it is, who says so, whom it helps, how it can be told, its range, and what its numbers do to the answer.
pub fn screen(e: &Explained) -> Screen {
    let facts = facts::of(e);
    Screen::filled(|s, room| {
        let most = |wide: usize| room.lines([wide, wide.min(2), 1]);
        s.ends(Role::Title, &format!("{} `{}`: {}", capital(e.thing.kind()), visible(e.thing.word()), facts.what), "");
        s.gap();
        facts.rows.iter().for_each(|(label, text)| s.entry(label, text, most(3)));
        facts.lists.iter().for_each(|(label, items)| s.items(label, items, most(4)));
        s.gap();
        numbers(e, s, room);
    })
}

fn capital(kind: &str) -> String {
    crate::text::words::capital(kind)
}

fn numbers(e: &Explained, s: &mut Screen, room: Room) {
    if e.halves.is_empty() {
        let why = if e.uncertain == 0 { "Nothing of it is uncertain: it is the same in every world." } else { "" };
        s.paragraph(Role::Plain, why, 2);
        return;
    }
    let head = format!(
        "What it does to the answer: {} with a number in the lower half of its range, and in the upper half",
        worlds(e.choices.settings.runs)
    );
    s.paragraph(Role::Finding, &head, 2);
    let [first, second] = [LABEL + 9, LABEL + 9];
    let head = format!("    {}{}margin", padded("one exists, %", first), padded("it is reached, %", second));
    s.line(Role::Plain, &head);
    for halves in e.halves.iter().take(room.lines([4, 3, 2])) {
        let of = |pair: [crate::analysis::Share; 2], [_, low, high]: [f64; 3]| {
            let sure = if low > 0.0 || high < 0.0 { "" } else { " (no clear change)" };
            let [low, high] = pair.map(|share| percent_of(share.share));
            format!("{low} → {high}{sure}")
        };
        let exists = of(halves.exists, halves.exists_change);
        let reached = halves.reached.zip(halves.reached_change).map_or("—".to_owned(), |(pair, by)| of(pair, by));
        let margin = change(halves.margin_change[0]);
        let chance = if halves.chance { " (never → always)" } else { "" };
        s.line(Role::Plain, &format!("  {}{chance}", visible(&halves.path)));
        s.line(Role::Plain, &format!("    {}{}{margin}", padded(&exists, first), padded(&reached, second)));
    }
    if e.uncertain > e.halves.len() {
        let more = format!("Of {} uncertain numbers, those that move it most.", e.uncertain);
        s.paragraph(Role::Hint, &more, 1);
    }
}
