//! The answer as data.

use itertools::Itertools as _;
use serde_json::{Value, json};

use super::Reckoned;
use super::rests::{by_kind, rests};
use crate::games::Exact;
use crate::games::reckon::{Answer, Asked, Comes, Known, OfKinds, Offer, Threat, decimal};
use crate::model::Negotiation;

/// The answer as data: fractions as words, `20/29`, with their decimals; points of each side, in the order of `sides`.
pub fn data(reckoned: &Reckoned) -> Value {
    let answer = match &reckoned.answer {
        Ok(Answer::Known(known)) => known_data(reckoned.n, known),
        Ok(Answer::Kinds(it)) => kinds_data(reckoned.n, it),
        Err(why) => json!({ "not_answered": why.0 }),
    };
    json!({ "title": reckoned.n.title, "uncertain_numbers": reckoned.uncertain(), "reckoned": answer })
}

fn exact(x: &Exact) -> Value {
    json!({ "exact": x.to_string(), "decimal": decimal(x) })
}

fn known_data(n: &Negotiation, it: &Known) -> Value {
    let id = |side: usize| n.actor(it.problem.sides[side].actor).id.clone();
    let offer = |offer: &Offer<Exact>| {
        json!({
            "by": id(offer.by),
            "pays": offer.pays.iter().map(exact).collect_vec(),
            "comes": match offer.comes { Comes::Deal => "deal", Comes::Waits => "waits", Comes::Leaves(_) => "leaves" },
            "leaves": if let Comes::Leaves(side) = offer.comes { Some(id(side)) } else { None },
            "held_up_by": match offer.threat {
                Threat::Waiting => "waiting",
                Threat::Leaving => "leaving",
                Threat::Home => "home",
                Threat::Coarse => "list",
            },
            "other_would_have": exact(&offer.refused),
        })
    };
    json!({
        "sides": [id(0), id(1)],
        "offers": it.problem.steps,
        "pays": it.plan.pays.iter().map(exact).collect_vec(),
        "exact": it.plan.is_exact,
        "steps": it.plan.steps.iter().map(|step| step.iter().map(offer).collect_vec()).collect_vec(),
        "too_coarse": it.coarse.as_ref().map(|coarse| json!({
            "cut_anywhere": coarse.cut.iter().map(exact).collect_vec(),
            "with_one_more_offer": coarse.with_one_more.iter().map(exact).collect_vec(),
        })),
        "rests_on": rests(&it.problem).into_iter().map(|(what, source)| json!({ "what": what, "source": source })).collect_vec(),
    })
}

fn kinds_data(n: &Negotiation, it: &OfKinds) -> Value {
    let problem = &it.kinds.each[0].problem;
    let id = |side: usize| n.actor(problem.sides[side].actor).id.clone();
    let offers = it.offers.as_ref().map(|screened| {
        let one = |asked: &Asked<Exact>| {
            json!({ "asks": exact(&asked.asks), "accepted": exact(&asked.accepted), "eager": exact(&asked.eager) })
        };
        json!({
            "offers": screened.offers.iter().map(one).collect_vec(),
            "delayed": exact(&screened.delayed()),
            "mean_steps": exact(&screened.mean_delay()),
            "never": exact(&screened.never),
            "offerer": exact(&screened.offerer),
            "kinds_gain": screened.kinds.iter().map(exact).collect_vec(),
            "rests_on": by_kind(screened.by),
        })
    });
    json!({
        "sides": [id(0), id(1)],
        "informed": id(it.kinds.informed),
        "kinds": it.kinds.each.iter().map(|kind| json!({ "name": kind.name, "prior": kind.prior })).collect_vec(),
        "offers": offers.as_ref().ok(),
        "not_answered": offers.as_ref().err().map(|why| why.0.clone()),
        "token": it.token.map(|told| json!({ "separates": told.separates, "pooled": told.pooled })),
    })
}
