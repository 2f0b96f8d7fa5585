//! The verdict as JSON.

use serde_json::{Value, json};

use super::super::head::notices;
use super::super::run::{fare, package};
use super::super::terms::term;
use super::{AccountLine, Judged};
use crate::model::{Beholder, Grant, Hearing, Judgement};
use crate::report::object::Object;

/// The account of the modal world and the shares over many, as one JSON object.
pub fn summary(j: &Judged) -> Value {
    let (n, account) = (j.n, j.account);
    let leaderships = account
        .leaderships
        .iter()
        .filter(|l| j.shows(l.actor))
        .map(|l| (n.actor(l.actor).id.clone(), leadership(j, l)));
    let audiences = account
        .audiences
        .iter()
        .filter(|h| j.shows(n.audience(h.audience).of))
        .map(|h| (n.audience(h.audience).id.clone(), hearing(j, h)));
    let defeated = account.defeated(n, j.defeat);
    json!({
        "title": n.title,
        "holds": super::super::CAVEAT,
        "notices": notices(n, j.variants),
        "package": package(n, &account.package),
        "excluded_by": account.excluded_by.iter().map(|r| n.space.rules[*r].id.as_str()).collect::<Vec<_>>(),
        "defeated": defeated.iter().map(|i| n.actor(*i).id.as_str()).collect::<Vec<_>>(),
        "leaderships": leaderships.object(),
        "audiences": audiences.object(),
        "grants": account.grants.iter().map(|g| grant(j, g)).collect::<Vec<_>>(),
        "drawn": j.drawn,
        "worlds": fare(n, j.over_worlds),
    })
}

fn leadership(j: &Judged, l: &Judgement) -> Value {
    json!({
        "utility": j.points(l.utility), "no_deal": j.points(l.no_deal), "would_sign": l.rational || l.breaks_after.is_some(),
        "breaks_after": l.breaks_after,
        "lines": lines(&j.utility(l)), "red_lines_crossed": j.crossed(Beholder::Leadership(l.actor), &l.crossed),
    })
}

fn hearing(j: &Judged, h: &Hearing) -> Value {
    let audience = j.n.audience(h.audience);
    let crossed = j.crossed(Beholder::Audience(h.audience), &h.charges.crossed);
    json!({
        "of": j.n.actor(audience.of).id, "verdict": h.verdict, "veto": h.binds,
        "chance_of_veto": crate::model::likeliest(j.laws, audience.veto), "score": j.points(h.score),
        "defeat_below": h.defeat_line.map(|line| j.points(line)),
        "victory_from": h.victory_line.map(|line| j.points(line)), "by_construction": h.by_construction,
        "speech": { "claims": lines(&j.spoken(&h.speech)), "gains": lines(&j.terms(&h.gains)) },
        "charges": {
            "losses": lines(&j.losses(h)), "overheard": lines(&j.spoken(&h.charges.overheard)),
            "red_lines_crossed": crossed,
        },
    })
}

fn grant(j: &Judged, g: &Grant) -> Value {
    let holders = g.holders.iter().map(|(who, grants)| (j.n.actor(*who).name.clone(), json!(grants)));
    json!({
        "term": term(j.n, g.issue, g.option), "available": g.granted, "holders": holders.object(),
    })
}

fn lines(lines: &[AccountLine]) -> Value {
    let line = |l: &AccountLine| match &l.how {
        Some(how) => json!({ "text": l.text, "points": l.points, "made": how }),
        None => json!({ "text": l.text, "points": l.points }),
    };
    lines.iter().map(line).collect()
}
