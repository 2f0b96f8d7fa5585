//! The comparison as CSV.

use super::{Compared, letter, sides, word};
use crate::text::sheet::csv;

fn plain(x: f64) -> String {
    format!("{x}")
}

/// One row for each headline of each arm behind the first.
#[must_use]
pub fn differences(c: &Compared) -> String {
    let heads = [
        "arm",
        "headline",
        "first",
        "first_low",
        "first_high",
        "first_of",
        "other",
        "other_low",
        "other_high",
        "other_of",
        "difference",
        "low",
        "high",
        "gained",
        "lost",
        "p",
        "told_from_0",
    ];
    let mut rows = Vec::new();
    for against in &c.found.others {
        for d in &against.differences {
            let mut row = vec![letter(against.arm), word(d.headline)];
            for (level, of) in [d.base, d.other].into_iter().zip(d.counted) {
                let cells = level.map(|x| x.map(plain)).unwrap_or_default();
                row.extend(cells);
                row.push(of.to_string());
            }
            row.extend(d.known().map(|known| known.map(plain)).unwrap_or_default());
            row.extend([d.gained.to_string(), d.lost.to_string()]);
            row.push(d.p.map(plain).unwrap_or_default());
            row.push(u8::from(d.real).to_string());
            rows.push(row);
        }
    }
    csv(&heads, &rows)
}

/// One row for each flipped run of which the first difference was looked for.
#[must_use]
pub fn flips(c: &Compared) -> String {
    let heads = ["arm", "run", "from", "to", "round", "first", "other"];
    let mut rows = Vec::new();
    for against in &c.found.others {
        for (run, (flip, first)) in &against.first {
            let [from, to] = sides(*flip);
            let told = first.as_ref().map(|f| [f.round.to_string(), f.base.clone(), f.other.clone()]);
            let start = [letter(against.arm), run.to_string(), from, to];
            rows.push(start.into_iter().chain(told.unwrap_or_default()).collect());
        }
    }
    csv(&heads, &rows)
}
