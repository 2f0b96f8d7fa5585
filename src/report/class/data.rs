//! The debrief as JSON.

use itertools::Itertools as _;
use serde_json::{Value, json};

use super::super::frame::under;
use super::super::run::package;
use super::{Debriefed, finding};
use crate::model::ActorId;
use crate::report::object::Object;
use crate::session::{Deal, Pair};

/// The class as one JSON object; keys are described in the help of `winset class`.
pub fn summary(d: &Debriefed) -> Value {
    let n = d.n();
    let deals = || d.debrief.deals();
    let bet = |bet: super::Bet| {
        json!({
            "question": bet.question[1], "bets": bet.bets, "median": bet.median(), "answer": bet.answer,
            "by_account": bet.by_account,
        })
    };
    let misread = |(place, misread): &(String, crate::session::Misread)| json!({ "place": place, "text": misread.text, "why": misread.why.to_string() });
    let answer = json!({
        "says": finding(d.debrief),
        "pairs": d.pairs().map(|(number, pair)| told(d, number, pair)).collect_vec(),
        "no_deal": by_party(d, &d.debrief.no_deal),
        "counts": {
            "pairs": d.debrief.pairs.len(), "deals": deals().count(),
            "no_defeat": deals().filter(|deal| deal.is_no_defeat()).count(),
            "would_do": deals().filter(|deal| deal.would_do()).count(),
            "left_value": deals().filter(|deal| deal.left_value()).count(),
            "without_deal": d.debrief.pairs.iter().filter(|pair| pair.deal.is_none()).count(),
        },
        "bets": d.bets().map(bet),
        "worlds": d.answer.survey.kept,
        "misread": d.misread.iter().map(misread).collect_vec(),
        "more_misread": d.more,
        "repeated": d.debrief.repeated,
    });
    under(n, &d.answer.choices.settings.drawing.accounts.variants, answer)
}

fn by_party(d: &Debriefed, units: &[i64]) -> Value {
    let n = d.n();
    n.parties().zip(units).map(|(i, u)| (n.actor(i).id.clone(), json!(d.points(*u)))).object()
}

fn ids(d: &Debriefed, actors: &[ActorId]) -> Vec<String> {
    actors.iter().map(|i| d.n().actor(*i).id.clone()).collect()
}

fn told(d: &Debriefed, number: usize, pair: &Pair) -> Value {
    let code = &pair.code;
    json!({
        "pair": number, "code": code.text().ok(), "seat": code.seat, "round": code.round,
        "ending": code.ending.map(crate::engine::talks::Ending::word), "deal": pair.deal.as_ref().map(|of| deal(d, of)),
    })
}

fn deal(d: &Debriefed, deal: &Deal) -> Value {
    let n = d.n();
    let better = deal.better.as_ref().map(|better| {
        json!({
            "package": package(n, &better.package), "gains": by_party(d, &better.gains),
            "defeated": ids(d, &better.defeated), "newly_defeated": ids(d, &better.newly_defeated),
        })
    });
    json!({
        "package": package(n, &deal.account.package), "utilities": by_party(d, &deal.utilities),
        "no_defeat": deal.is_no_defeat(), "would_do": deal.would_do(), "left_value": deal.left_value(),
        "defeated": ids(d, &deal.defeated), "by": deal.by.iter().map(|a| n.audience(*a).id.as_str()).collect_vec(),
        "refused": ids(d, &deal.refused), "granted": deal.account.is_available(),
        "excluded_by": deal.account.excluded_by.iter().map(|r| n.space.rules[*r].id.as_str()).collect_vec(),
        "better": better,
    })
}
