//! The same as JSON.

use serde_json::{Map, Value, json};

use super::{Answer, called, entries};
use crate::analysis::OfParty;

/// The inference as one JSON object.
#[must_use]
pub fn json(a: &Answer) -> Value {
    let n = a.n;
    json!({
        "title": n.title,
        "worlds": a.inferred.worlds,
        "next_round": a.inferred.next_round,
        "parties": a.inferred.parties.iter().map(|p| (n.actor(p.party).id.clone(), party(a, p))).collect::<Map<_, _>>(),
    })
}

fn party(a: &Answer, party: &OfParty) -> Value {
    let id = |k: usize| a.n.intents[party.intents[k]].id.clone();
    let by_intent = |values: &[f64]| values.iter().enumerate().map(|(k, v)| (id(k), json!(v))).collect::<Map<_, _>>();
    let intent = |k: usize| {
        let intent = &a.n.intents[party.intents[k]];
        let of = json!({
            "name": intent.name,
            "obstructs": intent.obstructs,
            "prior": party.prior[k],
            "posterior": party.posterior[k],
            "from_equal_priors": party.flat[k],
        });
        (id(k), of)
    };
    let entry = |(entry, bits): (&crate::model::Sighting, &[f64])| json!({ "entry": called(entry), "rounds": entry.rounds, "source": entry.source, "bits": by_intent(bits) });
    let reading = |(r, before, after): &(usize, Vec<f64>, Vec<f64>)| {
        (a.n.readings[*r].id.clone(), json!({ "prior": by_intent(before), "posterior": by_intent(after) }))
    };
    let next = |t: &crate::analysis::Telling| json!({ "observation": t.what, "bits": t.bits, "share": t.share });
    json!({
        "intents": (0..party.intents.len()).map(intent).collect::<Map<_, _>>(),
        "serious": party.serious,
        "record": entries(a, party).map(entry).collect::<Vec<_>>(),
        "readings": party.by_reading.iter().map(reading).collect::<Map<_, _>>(),
        "next": party.next.iter().map(next).collect::<Vec<_>>(),
    })
}
