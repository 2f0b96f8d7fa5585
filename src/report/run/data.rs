//! The answer as JSON.

use serde_json::{Value, json};

use super::super::{check::expectation, terms};
use super::Answer;
use crate::analysis::{Contribution, Driver, Histogram, Leading, Share};
use crate::model::{Negotiation, Package};
use crate::report::object::Object;

/// The answer as one JSON document in its frame; keys are described in the help of `winset run`.
pub fn summary(a: &Answer) -> Value {
    let (n, s) = (a.n(), &a.survey);
    let same = s.same_package.as_ref().map(|same| {
        let by = same.by_reading.iter().zip(&n.readings).map(|(x, r)| (r.id.clone(), share(*x))).object();
        let told = with(with(share(same.share), "package", package(n, &same.package)), "ties", json!(same.ties));
        with(told, "by_reading", json!(by))
    });
    let mut answer = json!({
        "title": n.title,
        "question": n.question,
        "holds": super::super::CAVEAT,
        "notices": super::notices(a),
        "runs": s.drawn,
        "kept": s.kept,
        "exists": share(s.exists),
        "exists_if_free": share(s.exists_if_free),
        "same_package": same,
        "reached": Value::Null,
        "margin": quantiles(&s.margin),
        "margin_if_free": quantiles(&s.margin_if_free),
        "without_span": s.without_span.iter().map(|b| terms::beholder_id(n, *b)).collect::<Vec<_>>(),
        "packages": s.leading.iter().map(|l| fare(n, l)).collect::<Vec<_>>(),
        "named": s.named.iter().zip(&n.packages).map(|(l, p)| with(fare(n, l), "bare_minimum", json!(p.bare_minimum))).collect::<Vec<_>>(),
        "as_now": a.as_now.as_ref().map(|l| fare(n, l)),
        "readings": readings(a),
        "robust": s.robust.as_ref().map(|r| json!({
            "package": package(n, &r.package),
            "worst": n.readings[r.worst].id,
            "by_reading": r.by_reading.iter().zip(&n.readings).map(|(x, reading)| (reading.id.clone(), share(*x))).object(),
        })),
        "options": s.contributions.iter().map(|c| contribution(n, c)).collect::<Vec<_>>(),
        "binding": s.binding.iter().map(|(of, x)| with(share(*x), "who", json!(terms::beholder_id(n, *of)))).collect::<Vec<_>>(),
        "anchors": a.sound.as_ref().map(|sound| n.anchors.iter().zip(&sound.anchors).map(|(anchor, x)| {
            let said = json!({ "package": n.packages[anchor.package].id, "expects": expectation(n, anchor) });
            with(said, "holds", share(*x))
        }).collect::<Vec<_>>()),
        "unknowns": s.drivers.iter().map(|d| driver(a, d)).collect::<Vec<_>>(),
    });
    if let Some(outside) = &s.outside {
        answer["outside"] = json!({
            "would_do": outside.would_do, "failing": outside.failing, "share": outside.share(),
            "exists_for_everybody": share(outside.exists_for_everybody),
        });
    }
    super::talks::add(a, &mut answer);
    if let Some(sharp) = &a.sharp {
        answer["precision"] = super::manifest::precision(a, sharp);
    }
    super::frame(a).around(answer)
}

/// A package as `{issue: option}`, every issue named.
pub fn package(n: &Negotiation, package: &Package) -> Value {
    n.space.picks(package).map(|(issue, option)| (issue.id.clone(), json!(option.id))).object()
}

/// A share as `{count, of, share, low, high}`.
pub fn share(share: Share) -> Value {
    json!({ "count": share.count, "of": share.of, "share": share.share, "low": share.low, "high": share.high })
}

fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}

fn quantiles(margin: &Histogram) -> Value {
    json!({
        "p05": margin.quantile(0.05), "p50": margin.quantile(0.5), "p95": margin.quantile(0.95),
        "finite": margin.finite(), "none": margin.none, "unbounded": margin.unbounded,
    })
}

/// How a package fares over worlds.
pub fn fare(n: &Negotiation, l: &Leading) -> Value {
    let verdicts = n.audiences.iter().zip(&l.verdicts);
    let verdicts = verdicts.map(|(a, [defeat, bearable, victory])| {
        (a.id.clone(), json!({ "defeat": defeat, "bearable": bearable, "victory": victory }))
    });
    json!({
        "package": package(n, &l.package),
        "name": terms::named(n, &l.package),
        "would_do": share(l.would_do),
        "no_defeat": share(l.no_defeat),
        "rational": share(l.rational),
        "available": share(l.available),
        "verdicts": verdicts.object(),
    })
}

fn readings(a: &Answer) -> Value {
    let both = a.survey.exists_by_reading.iter().zip(&a.survey.margin_by_reading);
    let each = a.n().readings.iter().zip(both);
    each.map(|(r, (exists, margin))| json!({ "reading": r.id, "exists": share(*exists), "margin": quantiles(margin) }))
        .collect()
}

fn contribution(n: &Negotiation, c: &Contribution) -> Value {
    json!({
        "kind": terms::kind(c.item), "path": c.item.path(n), "exists_without": share(c.exists),
        "lost": c.lost, "gained": c.gained, "margin_change": (c.finite > 0).then_some(c.margin), "worlds_with_margin": c.finite,
    })
}

fn driver(a: &Answer, d: &Driver) -> Value {
    let (input, shown) = (a.n().inputs.get(d.input), &d.shown);
    let mut told = json!({
        "path": input.path, "numbers": input.numbers, "median": d.median(), "effect_on_even": d.chosen.effect,
        "exists_low": share(shown.exists_low), "exists_high": share(shown.exists_high),
        "margin_low": shown.margin_low, "margin_high": shown.margin_high, "effect": shown.effect, "error": shown.error,
    });
    if a.reached.is_some() {
        told["reached_low"] = share(shown.reached_low);
        told["reached_high"] = share(shown.reached_high);
        told["reach"] = json!(shown.reach);
        told["reach_error"] = json!(shown.reach_error);
        told["reach_on_even"] = json!(d.chosen.reach);
    }
    told
}
