//! An estimate as JSON.

use serde_json::{Map, Value, json};

use super::Told;
use super::page::target_id;
use crate::analysis::estimator::Asked;
use crate::model::Negotiation;
use crate::report::run::share;
use crate::report::{CAVEAT, head};

/// The answer as one JSON object; keys are described in the help of `winset estimate`.
#[must_use]
pub fn summary(told: &Told) -> Value {
    let (n, found) = (told.n, told.found);
    let finite = |x: f64| if x.is_finite() { json!(x) } else { Value::Null };
    let mut answer = asked(n, told.asked);
    let more = json!({
        "method": found.method.word(),
        "share": found.interval.share,
        "low": found.interval.low,
        "high": found.interval.high,
        "error": found.interval.error,
        "worlds": found.worlds,
        "pilot": found.pilot,
        "hits": found.hits,
        "randomisations": found.randomisations,
        "variance": found.variance,
        "plain_worlds": finite(found.plain_worlds),
        "saving": finite(found.saving),
        "effective": found.effective,
        "tilted": found.tilted,
        "lines": found.lines.iter().map(|(path, how)| (path.clone(), json!(how))).collect::<Map<_, _>>(),
        "one_line": found.one_line,
        "exact": found.exact,
        "precision": told.half,
        "precise": found.precise,
        "wanted": found.wanted,
        "plain": told.agreement.map(|a| share(a.plain)),
        "z": told.agreement.map(|a| finite(a.z)),
        "agrees": told.agreement.map(super::super::super::analysis::estimator::Agreement::holds),
    });
    merge(&mut answer, more);
    answer
}

/// The same where the pilot never met the target.
#[must_use]
pub fn never_met(n: &Negotiation, what: &Asked, worlds: u64, bound: f64) -> Value {
    let mut answer = asked(n, what);
    let more = json!({ "method": "importance", "share": Value::Null, "low": 0.0, "high": bound, "hits": 0, "worlds": 0, "pilot": worlds });
    merge(&mut answer, more);
    answer
}

fn asked(n: &Negotiation, asked: &Asked) -> Value {
    json!({
        "title": n.title,
        "holds": CAVEAT,
        "notices": head::notices(n, &asked.drawing.accounts.variants),
        "of": target_id(n, &asked.target),
    })
}

fn merge(answer: &mut Value, more: Value) {
    if let (Value::Object(answer), Value::Object(more)) = (answer, more) {
        answer.extend(more);
    }
}
