//! Where a plan breaks even as a number is held, and who would choose what where two are.

use itertools::Itertools as _;
use serde_json::{Value, json};

use super::{Chosen, Map};
use crate::choice::{BreakEven, Held};
use crate::report::terms::input;
use crate::text::table::Table;
use crate::text::words::{capital, number, paragraph};

/// One line for each number, account and way of asking.
pub(super) fn break_evens(c: &Chosen) -> String {
    let mut table = Table::new(&["account", "the others", "number: where it begins or ceases to pay"]);
    for (account, held) in c.held {
        let name = input(c.n, &c.n.inputs.get(held.input).path);
        for (others, found) in [("as now", &held.fixed), ("answer", &held.answered)] {
            let of = c.briefly(&c.accounts[*account]);
            table.row(vec![of, others.to_owned(), format!("{name}: {}", crossings(held, found))]);
        }
    }
    let note = "“as now”: the others play what they play in the first equilibrium of the account; “answer”: they play an equilibrium of \
                the table at each value. Intervals are 95 %: where the difference is within 1.96 standard errors of 0. Two \
                crossings closer than a sixteenth of the range may be missed.";
    format!("WHERE IT BEGINS TO PAY\n\n{}{}", table.text(), paragraph(note))
}

fn crossings(held: &Held, found: &BreakEven) -> String {
    let (low, high) = held.range;
    if found.crossings.is_empty() {
        let pays = found.signs()[0] > 0;
        let always = if pays { "it pays at every value" } else { "no value makes it pay" };
        return format!("{always} from {} to {}", number(low), number(high));
    }
    let each = found.crossings.iter().map(|at| {
        let begins = if at.rises { "begins" } else { "ceases" };
        format!("{begins} at {} ({} to {})", number(at.at), number(at.low), number(at.high))
    });
    each.collect_vec().join(", ")
}

/// The map as letters: a letter a set of plans, lower case where it is open.
pub(super) fn map(c: &Chosen, map: &Map) -> String {
    let name = |axis: usize| input(c.n, &c.n.inputs.get(map.axes[axis].0).path);
    let mut parts = Vec::new();
    for (of, cells) in c.accounts.iter().zip(&map.accounts) {
        let sets = cells.iter().map(|cell| cell.plays.clone()).unique().collect_vec();
        let letter = |plays: &Vec<usize>, open: bool| {
            let at = sets.iter().position(|set| set == plays).unwrap_or(0);
            let letter = char::from(b'A' + (at % 26) as u8);
            if open { letter.to_ascii_lowercase() } else { letter }
        };
        let width = map.axes[0].1.len();
        let rows = cells.chunks(width).zip(&map.axes[1].1).rev().map(|(row, at)| {
            let row = row.iter().map(|cell| letter(&cell.plays, cell.open)).join(" ");
            format!("  {:>8}  {row}\n", number(*at))
        });
        let rows = rows.collect::<String>();
        let (low, high) = (map.axes[0].1.first(), map.axes[0].1.last());
        let ends = low.zip(high).map(|(low, high)| format!("{} to {}", number(*low), number(*high)));
        let key = sets.iter().map(|set| {
            let plans = set.iter().map(|plan| c.plan(map.player, &of.plans[map.player][*plan]));
            format!("{} {}", letter(set, false), plans.collect_vec().join(" or "))
        });
        let other = cells.iter().filter(|cell| !cell.open && !cell.again.1 && cell.plays != cell.again.0).count();
        let again = match other {
            0 => "On a second luck no settled cell is another.".to_owned(),
            other => format!("On a second luck {other} of {} cells are others, though both are settled.", cells.len()),
        };
        let said = format!(
            "Across: {}, {}. Upwards: {}. {}. A small letter: not settled by so many runs. {again}",
            name(0),
            ends.unwrap_or_default(),
            name(1),
            capital(&key.collect_vec().join("; "))
        );
        parts.push(format!("{}\n\n{rows}\n{}", c.briefly(of), paragraph(&said)));
    }
    format!("WHO WOULD CHOOSE WHAT\n\n{}", parts.join("\n"))
}

/// The same as data.
pub(super) fn data(c: &Chosen) -> (Value, Value) {
    let line = |found: &BreakEven| {
        json!({
            "points": found.points.iter().map(|p| json!({ "at": p.at, "mean": p.found.mean, "error": p.found.error })).collect_vec(),
            "signs": found.signs(),
            "crossings": found.crossings.iter().map(|it| json!({
                "at": it.at, "low": it.low, "high": it.high, "error": it.error(), "begins_to_pay": it.rises,
            })).collect_vec(),
        })
    };
    let held = c.held.iter().map(|(account, held)| {
        let of = &c.accounts[*account];
        json!({
            "account": of.reading.map(|r| c.n.readings[r].id.as_str()),
            "want": c.players.0[held.player].types[held.of].want.map(|w| c.n.wants[w].id.as_str()),
            "path": c.n.inputs.get(held.input).path,
            "range": [held.range.0, held.range.1],
            "others_as_now": line(&held.fixed),
            "others_answer": line(&held.answered),
        })
    });
    let map = c.map.map(|map| {
        let cells = c.accounts.iter().zip(&map.accounts).map(|(of, cells)| {
            let cell = |cell: &crate::choice::Cell| {
                let plans = cell.plays.iter().map(|plan| c.plan(map.player, &of.plans[map.player][*plan]));
                let again = cell.again.0.iter().map(|plan| c.plan(map.player, &of.plans[map.player][*plan]));
                json!({
                    "at": cell.at, "plays": plans.collect_vec(), "open": cell.open,
                    "again": { "plays": again.collect_vec(), "open": cell.again.1 },
                })
            };
            json!({
                "account": of.reading.map(|r| c.n.readings[r].id.as_str()),
                "cells": cells.iter().map(cell).collect_vec(),
            })
        });
        json!({
            "player": c.n.actor(c.player(map.player)).id,
            "paths": map.axes.iter().map(|(input, _)| c.n.inputs.get(*input).path.as_str()).collect_vec(),
            "accounts": cells.collect_vec(),
        })
    });
    (json!(held.collect_vec()), json!(map))
}
