//! What a record says of the intents of the parties, as a page and as JSON.

mod page;

use serde_json::{Value, json};

use super::frame::AnswerTo;
use itertools::Itertools as _;

use crate::analysis::{Coding, Inferred, Likelihoods, Observation, OfParty, OfReading, Otherwise, Settings};
use crate::ask::WayToRead;
use crate::model::{Move, Observed, Sighting};
use crate::report::object::Object;
use crate::text::words::{list, visible};

pub use page::page;

/// An inference and what it was made from.
pub type Inference<'a> = AnswerTo<'a, Settings, Inferred>;

/// An entry in a few words: its name, or what it says.
fn called(entry: &Sighting) -> String {
    if !entry.name.is_empty() {
        return visible(&entry.name);
    }
    let word = |made: &Move| made.word().to_owned();
    match &entry.seen {
        Observed::Made { made, .. } => made.iter().map(word).join(" or "),
        Observed::Never { made, holding } if holding.terms.is_empty() => {
            format!("never {}", list(made.iter().map(word)))
        }
        Observed::Never { .. } => "never an offer with what is named".into(),
        Observed::Escalates(true) => "escalates".into(),
        Observed::Escalates(false) => "does not escalate".into(),
    }
}

/// What is asked of an observation, in words.
fn asks(what: Observation, party: &str) -> String {
    match what {
        Observation::Move => format!("the kind of {party}'s next move"),
        Observation::Escalates => format!("whether {party} escalates outside the room"),
        Observation::Share => format!("how far {party} has come down, if it makes an offer"),
    }
}

/// How an entry is read otherwise, in words after its name: `without it`.
fn otherwise(entry: &Sighting, coding: Coding) -> String {
    match coding {
        Coding::Written => "as it is written".into(),
        Coding::Kind(kind) => {
            let word = entry.seen.contested()[kind].word();
            let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
            format!("as {article} {word}")
        }
        Coding::Dropped => "without it".into(),
    }
}

/// The entries about a party.
fn entries<'a>(a: &'a Inference, party: &'a OfParty) -> impl Iterator<Item = (&'a Sighting, &'a [f64])> {
    party.evidence.iter().map(|(entry, bits)| (&a.n.record[*entry], &bits[..]))
}

/// The inference as one JSON object.
///
/// `ways` are other ways to read the record.
pub fn json(a: &Inference, ways: &[WayToRead]) -> Value {
    let n = a.n;
    json!({
        "title": n.title,
        "worlds": a.answer.worlds,
        "next_round": a.answer.next_round,
        "ways": ways.iter().map(|it| way(a, it)).collect::<Vec<_>>(),
        "parties": a.answer.parties.iter().map(|p| (n.actor(p.party).id.clone(), party(a, p))).object(),
    })
}

fn way(a: &Inference, way: &WayToRead) -> Value {
    let of_party = |party: &OfParty| {
        let ids = party.by_reading.iter().map(|of| a.n.readings[of.reading].id.clone());
        let ids = if party.by_reading.is_empty() { vec!["all".to_owned()] } else { ids.collect() };
        let told = way.asked(party).into_iter().map(|(before, after)| json!({ "before": before, "after": after }));
        (a.n.actor(party.party).id.clone(), ids.into_iter().zip(told).object())
    };
    json!({
        "prior": if way.by_the_game { "game" } else { "written" },
        "likelihood": if way.by == Likelihoods::ByPlay { "play" } else { "hand" },
        "asked": a.answer.parties.iter().map(of_party).object(),
    })
}

fn party(a: &Inference, party: &OfParty) -> Value {
    let id = |k: usize| a.n.intents[party.intents[k]].id.clone();
    let by_intent = |values: &[f64]| values.iter().enumerate().map(|(k, v)| (id(k), json!(v))).object();
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
    let entry = |(entry, bits): (&Sighting, &[f64])| json!({ "entry": called(entry), "rounds": entry.rounds, "source": entry.source, "bits": by_intent(bits) });
    let reading = |(at, it): (usize, &OfReading)| {
        let of = json!({
            "prior": by_intent(&it.prior),
            "posterior": by_intent(&it.posterior),
            "answer": it.answer,
            "range": party.range_of(at),
            "weight": it.weight,
            "odds": it.odds,
        });
        (a.n.readings[it.reading].id.clone(), of)
    };
    let changed = |it: &Otherwise| {
        let entry = &a.n.record[it.change.entry];
        let readings = party.by_reading.iter().map(|of| a.n.readings[of.reading].id.clone());
        json!({
            "entry": called(entry),
            "read": otherwise(entry, it.change.coding),
            "answer": it.answer,
            "readings": readings.zip(it.by_reading.iter().map(|w| json!(w))).object(),
        })
    };
    json!({
        "intents": (0..party.intents.len()).map(intent).object(),
        "asked": party.asked.iter().map(|k| id(*k)).collect::<Vec<_>>(),
        "answer": party.answer,
        "range": party.range(),
        "open": party.is_open(),
        "deciding": party.deciding().map(|entry| called(&a.n.record[entry])),
        "otherwise": party.otherwise.iter().map(changed).collect::<Vec<_>>(),
        "serious": party.serious,
        "record": entries(a, party).map(entry).collect::<Vec<_>>(),
        "readings": party.by_reading.iter().enumerate().map(reading).object(),
        "next": party.next,
    })
}
