//! The comparison as one JSON object.

use serde_json::{Value, json};

use super::page::reason_in_words;
use super::{Compared, letter, sides, word};
use crate::analysis::compare::{Against, Difference, Kind, Reason};
use crate::report::CAVEAT;
use crate::report::run::{package, share};

/// Everything of the page, with every kind of flip and every reason.
#[must_use]
pub fn summary(c: &Compared) -> Value {
    let arm = |(place, arm): (usize, &super::Named)| json!({ "arm": letter(place), "asked": arm.text, "title": arm.n.title, "changes": arm.told, "command": arm.command });
    json!({
        "holds": CAVEAT,
        "runs": c.found.runs,
        "arms": c.arms.iter().enumerate().map(arm).collect::<Vec<_>>(),
        "package": c.found.package.as_ref().map(|p| package(c.arms[0].n, p)),
        "against_the_first": c.found.others.iter().map(|a| against(c, a)).collect::<Vec<_>>(),
    })
}

fn against(c: &Compared, a: &Against) -> Value {
    json!({
        "arm": letter(a.arm),
        "runs_that_differ": a.differing,
        "differences": a.differences.iter().map(difference).collect::<Vec<_>>(),
        "flipped": share(a.flipped(c.found.runs)),
        "flips": a.flips.iter().map(kind).collect::<Vec<_>>(),
        "explained": a.first.len(),
        "first_differences": a.reasons().iter().map(|r| reason(c, a, r)).collect::<Vec<_>>(),
    })
}

fn difference(d: &Difference) -> Value {
    let level = |x: Option<[f64; 3]>, of: u64| {
        x.map(|[x, low, high]| json!({ "value": x, "low": low, "high": high, "of": of }))
    };
    json!({
        "headline": word(d.headline),
        "first": level(d.base, d.counted[0]),
        "other": level(d.other, d.counted[1]),
        "difference": d.known().map(|known| known[0]),
        "low": d.known().map(|known| known[1]),
        "high": d.known().map(|known| known[2]),
        "gained": d.gained,
        "lost": d.lost,
        "p": d.p,
        "told_from_0": d.real,
    })
}

fn kind(k: &Kind) -> Value {
    let [from, to] = sides(k.flip);
    json!({ "from": from, "to": to, "count": k.count, "runs": k.runs })
}

fn reason(c: &Compared, a: &Against, r: &Reason) -> Value {
    json!({
        "count": r.count,
        "rounds": [r.rounds.0, r.rounds.1],
        "first": r.base,
        "other": r.other,
        "words": reason_in_words(r, &letter(a.arm)),
        "run": r.run,
        "trace": [c.trace(0, r.run), c.trace(a.arm, r.run)],
    })
}
