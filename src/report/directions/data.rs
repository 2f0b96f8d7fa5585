//! The directions as JSON.

use serde_json::{Value, json};

use super::{Asked, words};
use crate::analysis::{Effect, Paired};
use crate::model::{Direction, Negotiation};
use crate::report::{CAVEAT, head};

/// The answer as one JSON object; keys are described in the help of `winset directions`.
#[must_use]
pub fn summary(asked: &Asked) -> Value {
    let (n, settings) = (asked.n, asked.settings);
    json!({
        "title": n.title,
        "holds": CAVEAT,
        "notices": head::notices(n, &settings.drawing.accounts.variants),
        "pairs": settings.pairs,
        "directions": asked.each().map(|(direction, paired)| one(n, direction, paired)).collect::<Vec<_>>(),
        "laws_hold": asked.answers.iter().all(|paired| !paired.breaks_a_law()),
    })
}

fn one(n: &Negotiation, direction: &Direction, paired: &Paired) -> Value {
    json!({
        "id": direction.id,
        "name": direction.name,
        "kind": direction.kind,
        "source": direction.source,
        "note": direction.note,
        "change": words::parts(n, &direction.change),
        "given": words::parts(n, &direction.given),
        "stopped_by_a_bound": paired.stopped.iter().map(|id| n.inputs.get(*id).path.as_str()).collect::<Vec<_>>(),
        "effects": paired.effects.iter().map(|e| effect(n, paired, e)).collect::<Vec<_>>(),
    })
}

fn effect(n: &Negotiation, paired: &Paired, e: &Effect) -> Value {
    json!({
        "measure": e.measure.word(n),
        "expected": e.expected,
        "effect": e.effect,
        "error": e.error,
        "base": e.base,
        "changed": e.changed,
        "pairs": paired.pairs,
        "counted": e.counted,
        "differ": e.differ,
        "up": e.up,
        "down": e.down,
        "found": e.found,
        "breaks_a_law": e.breaks_a_law,
    })
}
