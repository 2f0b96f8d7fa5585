//! The game as data.

use itertools::Itertools as _;
use serde_json::{Value, json};

use super::sentences::{Verdict, sentences, verdict};
use super::{Chosen, explored, held, tables};
use crate::choice::{Block, Crosses, Difference, Line, OfAccount, Sample, Sought, Supported};
use crate::report::frame::under;

/// The answer.
pub fn summary(c: &Chosen) -> Value {
    let player = |player: &crate::choice::Player| {
        let of_type = |of: &crate::choice::Type| {
            json!({
                "want": of.want.map(|w| c.n.wants[w].id.as_str()),
                "share": of.share,
                "plans": of.plans.iter().map(|k| c.intent(*k)).collect_vec(),
            })
        };
        json!({ "actor": c.n.actor(player.actor).id, "types": player.types.iter().map(of_type).collect_vec() })
    };
    let (held, map) = held::data(c);
    let answer = json!({
        "says": sentences(c).iter().map(|said| said.replace('\u{a0}', " ")).collect_vec(),
        "about": c.asked.about.map(|(actor, intent)| format!("{}.{}", c.n.actor(actor).id, c.intent(intent))),
        "players": c.players.0.iter().map(player).collect_vec(),
        "break_even": held,
        "map": map,
        "explored": explored::data(c),
        "accounts": c.accounts.iter().map(|of| account(c, of)).collect_vec(),
    });
    under(c.n, &c.choices.settings.drawing.accounts.variants, answer)
}

fn account(c: &Chosen, of: &OfAccount) -> Value {
    json!({
        "account": of.reading.map(|r| c.n.readings[r].id.as_str()),
        "tables": of.blocks.iter().map(|it| block(c, it)).collect_vec(),
        "plans": of.plans.iter().enumerate().map(|(i, plans)| plans.iter().map(|plan| c.plan(i, plan)).collect_vec()).collect_vec(),
        "equilibria": of.settled.supported.iter().map(|it| supported(of, it)).collect_vec(),
        "mixed_searched": of.settled.mixed,
        "critical": of.errors.critical,
        "dominated": of.settled.dominated.iter().map(|it| json!({
            "player": c.n.actor(c.player(it.player)).id,
            "plan": c.plan(it.player, &of.plans[it.player][it.worse]),
            "by": c.plan(it.player, &of.plans[it.player][it.better]),
            "at_least": it.by_at_least,
        })).collect_vec(),
        "turns": of.turns.iter().map(|it| json!({
            "player": c.n.actor(c.player(it.player)).id,
            "table": it.block,
            "profiles": [it.profiles.0, it.profiles.1],
            "at_horizon": difference(it.at_horizon),
            "at_twice": difference(it.at_twice),
        })).collect_vec(),
        "erring": of.erring.iter().map(|it| json!({
            "errs_by": it.errs_by, "mixed": it.mixed, "low": it.low, "high": it.high,
        })).collect_vec(),
        "asked_about": of.sought.iter().map(|it| sought(c, of, it)).collect_vec(),
    })
}

fn difference(it: Difference) -> Value {
    json!({ "mean": it.mean, "error": it.error })
}

fn block(c: &Chosen, block: &Block) -> Value {
    let playing = c.players.playing(&block.types);
    let cells = &block.cells;
    let paid = |sample: &Sample, place: usize| {
        let of = |i: usize| difference(Difference::of((0..sample.runs).map(|run| sample.paid(run, place, i))));
        (0..sample.players()).map(of).collect_vec()
    };
    let cell = |place: usize| {
        let profile = cells.at_twice.profile(place);
        let (counted, runs) = (&cells.counted[place], cells.at_twice.runs.max(1) as f64);
        json!({
            "plays": profile.iter().zip(&playing).map(|(plan, (_, plans))| c.intent(plans[*plan])).collect_vec(),
            "at_horizon": paid(&cells.at_horizon, place),
            "at_twice": paid(&cells.at_twice, place),
            "reached": counted.reached as f64 / runs,
            "holding": counted.holding(cells.at_twice.runs),
            "defeat": counted.defeat as f64 / runs,
        })
    };
    json!({
        "wants": block.types.iter().enumerate().map(|(i, t)| c.players.0[i].types[*t].want.map(|w| c.n.wants[w].id.clone())).collect_vec(),
        "share": block.share,
        "runs": cells.at_twice.runs,
        "all_ended_by_horizon": cells.all_ended,
        "cells": (0..cells.at_twice.profiles()).map(cell).collect_vec(),
    })
}

fn supported(of: &OfAccount, it: &Supported) -> Value {
    let [reached, holding, defeat] = tables::ends(of, it);
    json!({
        "support": it.support,
        "share": it.share,
        "mixed": it.mixed,
        "payoffs": it.payoffs,
        "regrets": it.regrets.iter().map(|r| json!({ "estimate": r.estimate, "at_most": r.at_most })).collect_vec(),
        "reached": reached,
        "holding": holding,
        "defeat": defeat,
    })
}

fn sought(c: &Chosen, of: &OfAccount, it: &Sought) -> Value {
    let plans = &c.players.0[it.player].types[it.of];
    json!({
        "want": plans.want.map(|w| c.n.wants[w].id.as_str()),
        "best_other": c.intent(plans.plans[it.best]),
        "pays_more": difference(it.more),
        "other_sign": it.other_sign,
        "chosen": it.chosen,
        "errs_by": it.errs_by,
        "verdict": match verdict(of, it) {
            Verdict::WouldNot => "would not",
            Verdict::Would => "would",
            Verdict::Open => "not settled",
        },
        "pays_most": plans.plans.iter().zip(&it.best_in).map(|(k, share)| json!({ "plan": c.intent(*k), "share": share })).collect_vec(),
        "lines": it.lines.iter().map(|it| line(c, it)).collect_vec(),
    })
}

fn line(c: &Chosen, line: &Line) -> Value {
    let crosses = match line.crosses {
        Crosses::NotSeen => Value::Null,
        Crosses::At { at, low, high, inside } => json!({ "at": at, "low": low, "high": high, "inside": inside }),
    };
    json!({
        "path": c.n.inputs.get(line.input).path,
        "declared": [line.range.0, line.range.1],
        "mean": line.mean,
        "pays_more": { "mean": line.level, "error": line.level_error },
        "slope": { "mean": line.slope, "error": line.slope_error },
        "over_spread": line.over_spread,
        "runs": line.runs,
        "crosses": crosses,
    })
}
