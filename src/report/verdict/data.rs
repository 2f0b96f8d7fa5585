//! The verdict as JSON.

use serde_json::{Map, Value, json};

use super::super::run::{fare, package};
use super::account::{Account, Line};
use crate::analysis::Leading;
use crate::model::Negotiation;

/// The account of the modal world and the shares over many, as one JSON object.
#[must_use]
pub fn summary(n: &Negotiation, account: &Account, over_worlds: &Leading) -> Value {
    let leaderships = account.leaderships.iter().map(|s| {
        let body = json!({
            "utility": s.utility, "no_deal": s.no_deal, "would_sign": s.would_sign,
            "lines": lines(&s.lines), "red_lines_crossed": s.crossed,
        });
        (n.actor(s.actor).id.clone(), body)
    });
    let audiences = account.audiences.iter().map(|j| {
        let body = json!({
            "of": n.actor(n.audience(j.audience).of).id, "verdict": j.verdict, "veto": j.veto, "score": j.score,
            "defeat_below": j.defeat_line, "victory_from": j.victory_line, "by_construction": j.by_construction,
            "speech": { "claims": lines(&j.claims), "gains": lines(&j.gains) },
            "charges": { "losses": lines(&j.losses), "overheard": lines(&j.overheard), "red_lines_crossed": j.crossed },
        });
        (n.audience(j.audience).id.clone(), body)
    });
    let grants = account.grants.iter().map(|g| {
        json!({ "term": g.term, "available": g.available,
        "holders": g.holders.iter().map(|(h, grants)| (h.clone(), json!(grants))).collect::<Map<_, _>>() })
    });
    json!({
        "title": n.title,
        "holds": super::super::CAVEAT,
        "package": package(n, &account.package),
        "excluded_by": account.excluded_by,
        "defeated": account.defeated.iter().map(|i| n.actor(*i).id.clone()).collect::<Vec<_>>(),
        "leaderships": leaderships.collect::<Map<_, _>>(),
        "audiences": audiences.collect::<Map<_, _>>(),
        "grants": grants.collect::<Vec<_>>(),
        "worlds": fare(n, over_worlds),
    })
}

fn lines(lines: &[Line]) -> Value {
    lines.iter().map(|l| json!({ "text": l.text, "points": l.points })).collect()
}
