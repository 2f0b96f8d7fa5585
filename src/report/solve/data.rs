//! The exact answer for one world, as JSON.

use serde_json::{Value, json};

use super::super::head::notices;
use super::{beside, solutions};
use crate::ask::Exact;
use crate::model::{ActorId, Beholder, Condition, Negotiation};
use crate::report::object::Object;
use crate::report::{run::package, terms::beholder_id};
use crate::space::{Agreements, BestFor, Census, Listed, Margin, NearestMiss, Pivot, Repair, Shortfall, UtilityPoint};

/// The answer as one JSON document: utilities in points, numbers of packages as numbers, or as strings from 2^53 on,
/// and `null` where no exact method is at hand.
pub fn json(x: &Exact) -> Value {
    let (n, solved) = (&x.n, &x.solved);
    let telling: Vec<Value> = solved.telling().map(|p| pivot(x, p)).collect();
    let named = n.packages.iter().map(|p| {
        let against = beside::against(x, &p.package);
        (p.id.clone(), json!({ "would_do": beside::would_do(x, &p.package), "against": against }))
    });
    json!({
        "title": n.title,
        "notices": notices(n, &x.variants),
        "named": named.object(),
        "vetoes_that_do_not_happen": beside::data(x),
        "would_do_if_they_did": x.if_vetoed.as_ref().map(|c| maybe(c.would_do)),
        "packages": census(x, &solved.packages),
        "margin": margin(solved.margin),
        "margin_if_free": margin(solved.margin_if_free),
        "without_span": solved.without_span.iter().map(|b| beholder_id(n, *b)).collect::<Vec<_>>(),
        "ties": count(solved.ties),
        "best": solved.best.as_ref().map(|p| package(n, p)),
        "binding": solved.binding.iter().map(|b| beholder_id(n, *b)).collect::<Vec<_>>(),
        "best_for": best_for(x),
        "frontier": frontier(x),
        "solutions": solved.solutions.as_ref().map_or(Value::Null, |a| agreements(x, a)),
        "pivotal": telling,
        "without_effect": solved.pivotal.len() - telling.len(),
        "nearest_miss": solved.nearest_miss.as_ref().map(|m| miss(x, m)),
        "if_granted": solved.if_granted.as_ref().map(|m| miss(x, m)),
        "missing": solved.missing,
        "scale": solved.scale.digits(),
        "scale_of_utilities": solved.utilities.digits(),
        "defeat": solved.defeat,
    })
}

fn points(x: &Exact, units: i64) -> f64 {
    x.solved.scale.points(units)
}

fn census(x: &Exact, c: &Census) -> Value {
    let winset = c.winset.iter().map(|(i, number)| (x.n.actor(*i).id.clone(), maybe(*number)));
    let mut out = json!({
        "all": count(c.all),
        "allowed": maybe(c.allowed),
        "available": maybe(c.available),
        "rational": maybe(c.rational),
        "no_defeat": maybe(c.no_defeat),
        "rational_no_defeat": maybe(c.rational_no_defeat),
        "signed_not_kept": maybe(c.signed_not_kept),
        "would_do": maybe(c.would_do),
        "winset": winset.object(),
    });
    if x.n.has_coalitions() {
        out["would_do_for_everybody"] = maybe(c.for_everybody);
        out["share_failing_outside"] = c.share_failing_outside().into();
    }
    out
}

/// What is best for each party, given what the others bear; `null` where they bear nothing, or it is not known.
fn best_for(x: &Exact) -> Value {
    let told = |best: &BestFor| {
        let worth =
            x.n.parties().zip(&best.utility).map(|(i, u)| (x.n.actor(i).id.clone(), Value::from(points(x, *u))));
        json!({
            "package": package(&x.n, &best.package),
            "utility": worth.object(),
            "would_do": beside::would_do(x, &best.package),
        })
    };
    let of = |i: ActorId| x.solved.best_for.iter().find(|best| best.party == i).map_or(Value::Null, told);
    x.n.parties().map(|i| (x.n.actor(i).id.clone(), of(i))).object()
}

fn frontier(x: &Exact) -> Value {
    match &x.solved.frontier {
        Ok(list) => json!({
            "size": list.size,
            "packages": count(list.packages),
            "truncated": list.is_truncated(),
            "within": if list.within.is_empty() { Value::Null } else { utility(x, &list.within) },
            "points": listed(x, list, true),
        }),
        Err(why) => json!({ "size": null, "why": why.to_string() }),
    }
}

fn agreements(x: &Exact, a: &Agreements) -> Value {
    let lists = solutions(a);
    let truncated = lists.iter().filter(|(.., list)| list.is_some_and(Listed::is_truncated)).map(|(id, ..)| *id);
    let mut out = json!({
        "left_out": a.left_out.iter().map(|i| x.n.actor(*i).id.as_str()).collect::<Vec<_>>(),
        "truncated": truncated.collect::<Vec<_>>(),
        "no_deal": utility(x, &a.no_deal),
        "ideal": utility(x, &a.ideal),
    });
    for (id, _, list) in lists {
        out[id] = list.map_or(Value::Null, |list| listed(x, list, false));
    }
    out
}

fn listed(x: &Exact, list: &Listed, with_rational: bool) -> Value {
    let told = |point: &UtilityPoint| {
        let mut out = json!({
            "package": package(&x.n, &point.package),
            "ties": count(point.ties),
            "utility": utility(x, &point.utility),
        });
        if with_rational {
            out["rational"] = point.rational.into();
        }
        out
    };
    list.points.iter().map(told).collect()
}

fn utility(x: &Exact, units: &[i64]) -> Value {
    let parties = x.n.parties().zip(units);
    parties.map(|(i, u)| (x.n.actor(i).id.clone(), Value::from(x.solved.utilities.points(*u)))).object()
}

fn pivot(x: &Exact, p: &Pivot) -> Value {
    let change = x.solved.margin.and_then(Margin::share).zip(p.margin.share()).map(|(with, without)| without - with);
    json!({
        "without": p.item.path(&x.n),
        "margin": margin(Some(p.margin)),
        "exists": p.margin.exists(),
        "change": change,
    })
}

fn miss(x: &Exact, miss: &NearestMiss) -> Value {
    let ungranted = miss.ungranted.iter().map(|(k, o)| {
        let issue = &x.n.space.issues[k.0];
        let option = &issue.options[o.0];
        let holders = option.holders.iter().map(|(who, _)| x.n.actor(*who).id.as_str());
        json!({ "issue": issue.id, "option": option.id, "holders": holders.collect::<Vec<_>>() })
    });
    let (near, far): (Vec<&Repair>, Vec<&Repair>) = miss.repairs.iter().partition(|r| r.to.is_some());
    json!({
        "package": package(&x.n, &miss.package),
        "within": miss.within,
        "judged": miss.judged.iter().map(|j| shortfall(x, j)).collect::<Vec<_>>(),
        "binding": miss.binding.iter().map(|b| beholder_id(&x.n, *b)).collect::<Vec<_>>(),
        "not_granted": ungranted.collect::<Vec<_>>(),
        "repairs": near.into_iter().map(|r| repair(x, r)).collect::<Vec<_>>(),
        "not_within_range": far.into_iter().map(|r| repair(x, r)).collect::<Vec<_>>(),
    })
}

fn shortfall(x: &Exact, j: &Shortfall) -> Value {
    let lines = x.n.red_lines(j.beholder);
    let crossed = j.crossed.iter().map(|at| {
        let line = &lines[*at];
        let lifts: Vec<Value> = line.clause.unless.iter().map(|c| condition(&x.n, c)).collect();
        json!({ "red_line": line.id, "lifted_by": lifts })
    });
    json!({
        "who": beholder_id(&x.n, j.beholder),
        "leadership": matches!(j.beholder, Beholder::Leadership(_)),
        "refuses": j.refuses,
        "slack": j.slack.map(|units| points(x, units)),
        "share_of_span": j.share,
        "crosses": crossed.collect::<Vec<_>>(),
    })
}

fn repair(x: &Exact, r: &Repair) -> Value {
    let mut out = json!({
        "judge": r.judge.map(|b| beholder_id(&x.n, b)),
        "kind": r.kind,
        "input": x.n.inputs.get(r.input).path,
        "from": r.from,
    });
    if let Some(to) = r.to {
        out["to"] = to.into();
        out["change"] = (to - r.from).into();
        out["share_of_range"] = r.share_of_range.into();
        out["settles"] = r.settles.into();
    }
    out
}

/// A condition as `{ issue: [options] }`.
fn condition(n: &Negotiation, condition: &Condition) -> Value {
    let term = |(k, options): &(crate::model::IssueId, crate::model::OptionSet)| {
        let issue = &n.space.issues[k.0];
        let ids: Vec<&str> = options.iter().map(|o| issue.options[o.0].id.as_str()).collect();
        (issue.id.clone(), Value::from(ids))
    };
    condition.terms.iter().map(term).object()
}

/// A margin: a number, `"none"`, `"unbounded"`, or `null` if it is not known.
fn margin(margin: Option<Margin>) -> Value {
    match margin {
        None => Value::Null,
        Some(Margin::None) => "none".into(),
        Some(Margin::Unbounded) => "unbounded".into(),
        Some(Margin::Share(share)) => share.into(),
    }
}

/// A number of packages: a string where not every reader's numbers can hold it.
fn count(number: u128) -> Value {
    const EXACT: u128 = 1 << 53;
    if number < EXACT { Value::from(number as u64) } else { number.to_string().into() }
}

fn maybe(number: Option<u128>) -> Value {
    number.map_or(Value::Null, count)
}
