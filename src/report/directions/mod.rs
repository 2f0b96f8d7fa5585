//! Directions: the table of what moves when something is changed, as a page and as JSON.

mod page;

pub use page::page;

use serde_json::{Value, json};

use super::frame::{AnswerTo, under};
use crate::analysis::{Effect, Found, Paired, Settings};
use crate::model::{Change, Direction, LawShift, Negotiation};
use crate::text::words::number;

/// What the pairs of all directions say, with all that was asked.
pub type Directed<'a> = AnswerTo<'a, Settings, Vec<Paired>>;

impl<'a> Directed<'a> {
    /// Every direction with its answer.
    fn each(&self) -> impl Iterator<Item = (&'a Direction, &'a Paired)> + use<'a> {
        let n = self.n;
        self.answer.iter().map(move |answer| (&n.directions[answer.direction], answer))
    }
}

/// The answer as one JSON object; keys are described in the help of `winset directions`.
pub fn summary(asked: &Directed) -> Value {
    let (n, settings) = (asked.n, asked.settings);
    let told = json!({
        "pairs": settings.runs,
        "directions": asked.each().map(|(direction, paired)| one(n, direction, paired)).collect::<Vec<_>>(),
        "laws_hold": asked.answer.iter().all(|paired| !paired.breaks_a_law()),
    });
    under(n, &settings.drawing.accounts.variants, told)
}

fn one(n: &Negotiation, direction: &Direction, paired: &Paired) -> Value {
    json!({
        "id": direction.id,
        "name": direction.name,
        "kind": direction.kind,
        "source": direction.source,
        "note": direction.note,
        "change": parts(n, &direction.change),
        "given": parts(n, &direction.given),
        "stopped_by_a_bound": paired.stopped.iter().map(|id| n.inputs.get(*id).path.as_str()).collect::<Vec<_>>(),
        "effects": paired.effects.iter().map(|e| effect(n, paired, e)).collect::<Vec<_>>(),
    })
}

fn effect(n: &Negotiation, paired: &Paired, e: &Effect) -> Value {
    let mut told = json!(e);
    told["measure"] = e.measure.word(n).into();
    told["pairs"] = paired.pairs.into();
    told
}

/// What may be found, in words, in the order in which it is counted up.
const FOUND: [(Found, &str); 6] = [
    (Found::AsExpected, "as expected"),
    (Found::Opposite, "opposite"),
    (Found::NoEffect, "no effect found"),
    (Found::ZeroExactly, "zero exactly"),
    (Found::NotZero, "not zero"),
    (Found::Nothing, "nothing to compare"),
];

/// What was found, in words.
fn found(found: Found) -> &'static str {
    FOUND[found as usize].1
}

/// Each part of a change, as `PATH + 5`.
fn parts(n: &Negotiation, change: &Change) -> Vec<String> {
    let path = |id| n.inputs.get(id).path.clone();
    let sets = change.set.iter().map(|(id, _)| format!("{} set", path(*id)));
    let moves = change.moves.iter().map(|shift| format!("{} {}", path(shift.input), moved(*shift)));
    let switched =
        |(v, on): &(usize, bool)| format!("variant {} {}", n.variants[*v].id, if *on { "on" } else { "off" });
    let reading = change.reading.map(|r| format!("reading {}", n.readings[r].id));
    let without = change.without.iter().map(|part| format!("without {part}"));
    let rules = match change.rules.len() {
        0 => None,
        1 => Some("some packages ruled out".to_owned()),
        many => Some(format!("{many} kinds of packages ruled out")),
    };
    let variants = change.variants.iter().map(switched);
    sets.chain(moves).chain(variants).chain(reading).chain(without).chain(rules).collect()
}

fn moved(shift: LawShift) -> String {
    match shift {
        LawShift { times, by, .. } if times != 1.0 && by == 0.0 => format!("× {}", number(times)),
        LawShift { by, .. } if by < 0.0 => format!("− {}", number(-by)),
        LawShift { by, .. } => format!("+ {}", number(by)),
    }
}

/// Decimal places at which a standard error has two significant digits; four without one.
fn decimals(error: f64) -> usize {
    if error <= 0.0 {
        return 4;
    }
    std::iter::successors(Some(10.0), |least| Some(least / 10.0)).take(9).take_while(|least| error < *least).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::{fixed, signed};

    #[test]
    fn an_error_is_shown_with_two_significant_digits() {
        let shown: Vec<String> = [12.3, 1.23, 0.0123, 0.000_98].map(|e| fixed(e, decimals(e))).to_vec();
        assert_eq!(shown, ["12", "1.2", "0.012", "0.00098"]);
        assert_eq!([signed(-0.0001, 2), signed(0.5, 1), signed(-0.5, 1)], ["0.00", "+0.5", "−0.5"]);
    }
}
