//! A session as JSON and as a sheet.

use serde_json::{Value, json};

use super::super::frame::under;
use super::super::object::Object;
use super::super::run::{package, share};
use super::Bargained;
use crate::num::{Moments, Share, Z95};
use crate::offers::{End, Offer, Repeated};
use crate::text::sheet::ByColumn;

/// The packages that are listed of repeated sessions.
const LISTED: usize = 20;

/// The answer: utilities in points, rounds from 0.
///
/// ```text
/// { offers: [{ round, party, package, utility, threshold }], agreement: { package, utility, round, … } | null, ended, … }
/// ```
///
/// The utility of an offer is its maker's own, that of an agreement every party's; `discounted` is the same after what time
/// takes.
pub fn data(b: &Bargained) -> Value {
    let agreement = b.session.end.agreed().map(|agreed| {
        json!({
            "package": package(b.n, &b.package(agreed.package)),
            "utility": utility(b, |seat| json!(b.points(seat, agreed.package))),
            "discounted": utility(b, |seat| json!(b.paid()[seat])),
            "round": agreed.round,
            "offered_by": b.id(agreed.by),
            "accepted_last_by": b.id(agreed.last),
        })
    });
    let answer = json!({
        "world": b.called,
        "rounds": b.rules.rounds,
        "unit": b.rules.unit,
        "parties": (0..b.tactics.len()).map(|seat| party(b, seat)).collect::<Vec<_>>(),
        "offers": b.session.offers.iter().map(|offer| told(b, offer)).collect::<Vec<_>>(),
        "agreement": agreement,
        "ended": ended(b.session.end),
        "repeated": b.repeated.map(|repeated| sums(b, repeated)),
    });
    under(b.n, b.variants, answer)
}

/// How a session ended, in a word: `agreement`, `deadline`, or `nothing-to-offer`.
fn ended(end: End) -> &'static str {
    match end {
        End::Agreed(_) => "agreement",
        End::Deadline => "deadline",
        End::Left(_) => "nothing-to-offer",
    }
}

fn party(b: &Bargained, seat: usize) -> Value {
    let (side, scale) = (&b.ground.sides[seat], b.ground.scale);
    json!({
        "party": b.id(seat),
        "tactic": b.tactics[seat].to_string(),
        "no_deal": scale.points(side.no_deal),
        "least": scale.points(side.least),
        "most": scale.points(side.most),
        "discount": side.left,
        "rational": side.rational(),
    })
}

fn told(b: &Bargained, offer: &Offer) -> Value {
    json!({
        "round": offer.round,
        "party": b.id(offer.seat),
        "package": package(b.n, &b.package(offer.package)),
        "utility": b.points(offer.seat, offer.package),
        "threshold": offer.threshold * b.ground.scale.points(1),
    })
}

fn utility(b: &Bargained, of: impl Fn(usize) -> Value) -> Value {
    (0..b.tactics.len()).map(|seat| (b.id(seat).to_owned(), of(seat))).object()
}

fn sums(b: &Bargained, r: &Repeated) -> Value {
    let listed = r.most_agreed().into_iter().take(LISTED).map(|(number, times)| {
        json!({ "package": package(b.n, &b.package(number)), "share": share(Share::of(times, r.sessions)) })
    });
    json!({
        "sessions": r.sessions,
        "agreed": share(Share::of(r.agreed, r.sessions)),
        "round": mean(&r.rounds),
        "utility": utility(b, |seat| r.utility.get(seat).map_or(Value::Null, mean)),
        "discounted": utility(b, |seat| r.paid.get(seat).map_or(Value::Null, mean)),
        "packages": r.packages.len(),
        "most_agreed": listed.collect::<Vec<_>>(),
    })
}

/// A mean with its 95 % interval; `null` without numbers.
fn mean(sums: &Moments) -> Value {
    let Some(mean) = sums.mean() else { return Value::Null };
    let half = sums.error().map(|error| Z95 * error);
    json!({ "mean": mean, "low": half.map(|h| mean - h), "high": half.map(|h| mean + h) })
}

/// Every offer as a row: its round, its maker, what it is worth to each party, and an option for each issue.
pub fn sheet(b: &Bargained) -> String {
    let worth: Vec<String> = (0..b.tactics.len()).map(|seat| format!("utility_{}", b.id(seat))).collect();
    let issues: Vec<String> = b.n.space.issues.iter().map(|issue| format!("issue_{}", issue.id)).collect();
    let sheet = ByColumn::of(&b.session.offers)
        .column("round", |o: &Offer| o.round)
        .column("party", |o| b.id(o.seat).to_owned())
        .column("threshold", |o| o.threshold * b.ground.scale.points(1));
    let points = |seat: usize, o: &Offer| match b.ground.sides[seat].worth(o.package) {
        crate::offers::OUT => String::new(),
        _ => b.points(seat, o.package).to_string(),
    };
    let sheet = worth.iter().enumerate().fold(sheet, |s, (seat, head)| s.column(head, move |o| points(seat, o)));
    let option = |k: usize, o: &Offer| {
        let picked = b.package(o.package).0[k];
        b.n.space.issues[k].options[picked.0].id.clone()
    };
    issues.iter().enumerate().fold(sheet, |s, (k, head)| s.column(head, move |o| option(k, o))).csv()
}
