//! What the talks come to, as JSON.

use serde_json::{Value, json};

use super::super::super::steps;
use super::super::data::{package, share};
use super::super::{Answer, is_bare_minimum};
use super::reached_in;
use crate::analysis::{Endings, Mean, Reached};
use crate::model::ActorId;
use crate::report::object::Object;

/// Packages of the list; the sheet has all of them.
const MOST: usize = 20;

/// Adds to the answer what its talks come to; where none are run `reached` stays null.
pub fn add(a: &Answer, answer: &mut Value) {
    let Some(r) = &a.reached else { return };
    for (key, value) in told(a, r) {
        answer[key] = value;
    }
}

fn told(a: &Answer, r: &Reached) -> Vec<(&'static str, Value)> {
    let n = a.n();
    let gap = r.gap();
    let terms = r.terms.iter().take(MOST).map(|agreed| {
        let bare = is_bare_minimum(n, &agreed.package);
        let name = super::super::super::terms::named(n, &agreed.package);
        json!({ "package": package(n, &agreed.package), "name": name, "bare_minimum": bare, "share": share(agreed.share) })
    });
    let paid = |means: &[(ActorId, Mean)]| {
        let each = means.iter().map(|(i, m)| (n.actor(*i).id.clone(), json!({ "mean": m.mean, "error": m.error })));
        each.object()
    };
    let by_intent = r.by_intent.iter().map(|it| (n.intent_id(it.intent), paid(&it.payoffs)));
    let gains = r.gains.iter().map(|(i, g)| (n.actor(*i).id.clone(), gain(r, g)));
    let readings = n.readings.iter().enumerate().map(|(at, reading)| {
        let gap = r.gap_in(at);
        let told = json!({
            "exists": share(gap.exists), "reached": share(gap.reached), "missed": share(gap.missed),
            "endings": endings(&r.by_reading[at]),
        });
        (reading.id.clone(), told)
    });
    let intents = r.by_intent.iter().map(|it| {
        let told = json!({
            "reached": share(it.reached), "endings": endings(&it.endings),
            "drawn": { "reached": share(reached_in(&it.drawn)), "endings": endings(&it.drawn) },
            "never_under": it.never_under.iter().map(|r| &n.readings[*r].id).collect::<Vec<_>>(),
        });
        (n.intent_id(it.intent), told)
    });
    vec![
        ("reached", share(r.reached)),
        ("endings", endings(&r.endings)),
        ("where_one_exists", endings(&r.where_one_exists)),
        ("missed", share(gap.missed)),
        ("beyond", share(gap.beyond)),
        ("rounds", rounds(r)),
        ("agreed", terms.collect()),
        ("payoffs", paid(&r.payoffs)),
        ("payoffs_by_intent", by_intent.object()),
        ("gains", gains.object()),
        ("survival", super::survival::data(n, r)),
        ("blocked_by", r.blocked.iter().map(|(b, x)| counted(steps::block(n, *b), share(*x))).collect()),
        ("interim", share(r.interim)),
        ("holding_a_year", json!({ "mean": r.holding.mean, "error": r.holding.error })),
        ("causes", r.causes.iter().map(|(c, x)| counted(steps::cause(n, *c), share(*x))).collect()),
        ("talks_by_reading", readings.object()),
        ("talks_by_intent", intents.object()),
    ]
}

/// Rounds to what was reached; null where nothing was.
fn rounds(r: &Reached) -> Value {
    let [first, half, most] = r.rounds.deciles;
    let told = || json!({ "mean": r.rounds.mean, "p10": first, "p50": half, "p90": most });
    (r.reached.count > 0).then(told).into()
}

/// What a party gained where it was reached; null where nothing was, and the error below two runs.
fn gain(r: &Reached, gain: &Mean) -> Value {
    let error = (r.reached.count > 1).then_some(gain.error);
    (r.reached.count > 0).then(|| json!({ "mean": gain.mean, "error": error })).into()
}

fn counted(mut what: Value, share: Value) -> Value {
    what["share"] = share;
    what
}

fn endings(endings: &Endings) -> Value {
    endings.iter().map(|(ending, x)| (ending.word().into(), share(*x))).object()
}
