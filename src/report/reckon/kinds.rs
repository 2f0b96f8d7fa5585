//! The page where one side does not know which of two kinds the other is.

use itertools::Itertools as _;

use super::page::{name, terms, told};
use super::rests::by_kind;
use crate::games::Exact;
use crate::games::reckon::{Asked, OfKinds, Screened, Told, decimal};
use crate::model::Negotiation;
use crate::text::table::Table;
use crate::text::words::{bullet, number, paragraph, percent, visible};

pub(super) fn kinds_page(n: &Negotiation, it: &OfKinds) -> String {
    let problem = &it.kinds.each[0].problem;
    let (b, s) = (it.kinds.informed, 1 - it.kinds.informed);
    let (other, offerer) = (name(problem, b), name(problem, s));
    let kinds =
        it.kinds.each.iter().map(|kind| format!("{} ({})", visible(&kind.name), percent(kind.prior))).join(" or ");
    let how = format!("{offerer} does not know which {other} is: {kinds}. Everything else both know.");
    let token = it.token.map(|told| token(it, told)).unwrap_or_default();
    let offers = match &it.offers {
        Ok(screened) => screened_page(n, it, screened),
        Err(why) => paragraph(&format!("What is then offered is {why}.")),
    };
    [paragraph(&how), "\n".into(), token, offers].concat()
}

fn token(it: &OfKinds, told: Told) -> String {
    let Some(gesture) = &it.kinds.gesture else { return String::new() };
    let [shown, other] = [gesture.shows, 1 - gesture.shows].map(|k| visible(&it.kinds.each[k].name));
    let said = match (told.separates, told.pooled) {
        (true, false) => format!("The token tells: {shown} sends it, and {other} does not."),
        (false, true) => "The token tells nothing: both kinds send it.".to_owned(),
        (true, true) => "The token may tell, or both kinds may send it: either holds itself up.".to_owned(),
        (false, false) => "The token is not sent: it costs more than being believed is worth.".to_owned(),
    };
    let of = |k: usize| {
        format!(
            "For {} it costs {}, and being believed is worth {}.",
            visible(&it.kinds.each[k].name),
            number(gesture.cost[k]),
            number(gesture.gains[k])
        )
    };
    let why =
        "It tells if it pays the kind that it shows, c ≤ g, and does not pay the other, c ≥ g; Spence\u{a0}(1973).";
    [
        paragraph(&said),
        bullet(&of(0)),
        bullet(&of(1)),
        bullet(why),
        "\n".into(),
        paragraph("If nothing is known from it:"),
    ]
    .concat()
}

/// What each kind has from it.
fn gains(it: &OfKinds, screened: &Screened<Exact>) -> String {
    let of = |k: usize| format!("{} {}", visible(&it.kinds.each[k].name), told(&screened.kinds[k]));
    format!("Beside what no deal is worth to each it comes to: {}, {}.", of(0), of(1))
}

/// Why an offer is refused though a like one follows.
fn mixes(it: &OfKinds, screened: &Screened<Exact>) -> String {
    let [first, second, ..] = &screened.offers[..] else { return String::new() };
    if first.asks != second.asks {
        return String::new();
    }
    let eager = visible(&it.kinds.each[screened.eager].name);
    bullet(&format!(
        "If {eager} took the first offer more often, the second would be lower, and it would wait for that."
    ))
}

fn screened_page(n: &Negotiation, it: &OfKinds, screened: &Screened<Exact>) -> String {
    let eager = &it.kinds.each[screened.eager];
    let (problem, s) = (&eager.problem, 1 - it.kinds.informed);
    let (offerer, other) = (name(problem, s), name(problem, it.kinds.informed));
    let first = &screened.offers[0];
    let lead = format!(
        "{offerer} asks for {} first, and that is accepted in {} of all cases. It can expect {}.",
        told(&first.asks),
        percent(decimal(&first.accepted)),
        told(&screened.offerer)
    );
    let never = decimal(&screened.never);
    let never = if never > 0.0 { format!(" No offer is ever accepted in {}.", percent(never)) } else { String::new() };
    let row = |(at, asked): (usize, &Asked<Exact>)| {
        vec![
            (at + 1).to_string(),
            told(&asked.asks),
            terms(n, problem, s, &asked.asks),
            percent(decimal(&asked.accepted)),
            percent(decimal(&asked.eager)),
        ]
    };
    let heads = ["offer", "asks for", "terms", "accepted", "eager kind left"];
    let table = Table::of(&heads, screened.offers.iter().enumerate().map(row));
    let (what, source) = by_kind(screened.by);
    [
        paragraph(&format!("{lead}{never}")),
        bullet(&format!("{other} would give more as {}.", visible(&eager.name))),
        bullet(&gains(it, screened)),
        mixes(it, screened),
        "\n".into(),
        table.text(),
        "\n".into(),
        paragraph("What it rests on:"),
        bullet(&format!("{what}; {}.", source.replace(" (", "\u{a0}("))),
    ]
    .concat()
}
