//! The tables behind the pictures.

use super::{Answer, words};
use crate::analysis::discovery::{Inside, Scored, Values};
use crate::text::sheet::csv;

fn plain(x: f64) -> String {
    format!("{x}")
}

fn counts(s: &Scored) -> [String; 8] {
    [
        s.density.of.to_string(),
        s.density.count.to_string(),
        plain(s.coverage.share),
        plain(s.coverage.low),
        plain(s.coverage.high),
        plain(s.density.share),
        plain(s.density.low),
        plain(s.density.high),
    ]
}

const COUNTS: [&str; 8] =
    ["rows", "hits", "coverage", "coverage_low", "coverage_high", "density", "density_low", "density_high"];

/// The trade-off of every box; behind each the box that was taken, on the rows on which it was chosen and on the others.
#[must_use]
pub fn trade_off(a: &Answer) -> String {
    let heads: Vec<&str> = ["box", "step", "rows_of"].into_iter().chain(COUNTS).chain(["columns", "where"]).collect();
    let mut rows = Vec::new();
    for (place, f) in a.found.found.iter().enumerate() {
        let row = |step: String, half: &str, s: &Scored| {
            let said = [s.hyperbox.restrictions.len().to_string(), words::hyperbox(a.columns(), &s.hyperbox)];
            let start = [(place + 1).to_string(), step, half.to_owned()];
            start.into_iter().chain(counts(s)).chain(said).collect::<Vec<String>>()
        };
        let steps = f.trajectory.iter().enumerate().map(|(step, s)| row(step.to_string(), "chosen", s));
        rows.extend(steps);
        rows.push(row("taken".into(), "chosen", &f.chosen));
        rows.push(row("taken".into(), "scored", &f.scored));
    }
    csv(&heads, &rows)
}

/// Every restricted column of every box, with its whole range.
#[must_use]
pub fn hyperboxes(a: &Answer) -> String {
    let heads = [
        "box",
        "column",
        "least",
        "greatest",
        "above",
        "most",
        "levels",
        "levels_of",
        "share_inside",
        "rows_outside",
        "share_outside",
    ];
    let mut rows = Vec::new();
    for (place, f) in a.found.found.iter().enumerate() {
        for r in &f.chosen.hyperbox.restrictions {
            let column = &a.columns()[r.column];
            let mut row = vec![(place + 1).to_string(), column.name.clone()];
            row.extend(match (&r.inside, &column.values) {
                (Inside::Numbers { above, most }, Values::Numbers(values)) => {
                    let (least, greatest) = range(values);
                    let limit = |x: &Option<f64>| x.filter(|x| x.is_finite()).map(plain).unwrap_or_default();
                    [plain(least), plain(greatest), limit(above), limit(most), String::new(), String::new()]
                }
                (Inside::Levels(kept), Values::Words { levels, .. }) => {
                    let kept: Vec<&str> = kept.iter().map(|level| levels[*level as usize].as_str()).collect();
                    let none = || String::new();
                    [none(), none(), none(), none(), kept.join("; "), levels.join("; ")]
                }
                _ => Default::default(),
            });
            let outside = a.outside(f, r);
            row.extend([plain(f.scored.density.share), outside.of.to_string(), plain(outside.share)]);
            rows.push(row);
        }
    }
    csv(&heads, &rows)
}

/// The least and the greatest of some numbers, NaN left out; (0, 0) without any.
#[must_use]
pub fn range(values: &[f64]) -> (f64, f64) {
    let given = || values.iter().copied().filter(|x| x.is_finite());
    let (least, greatest) = (given().fold(f64::INFINITY, f64::min), given().fold(f64::NEG_INFINITY, f64::max));
    if least > greatest { (0.0, 0.0) } else { (least, greatest) }
}

/// The leaves of the tree, on the rows on which they are scored.
#[must_use]
pub fn leaves(a: &Answer) -> String {
    let heads: Vec<&str> = ["leaf", "rich"].into_iter().chain(COUNTS).chain(["where"]).collect();
    let row = |(place, leaf): (usize, &crate::analysis::discovery::Leaf)| {
        let start = [(place + 1).to_string(), u8::from(leaf.rich).to_string()];
        let said = [words::hyperbox(a.columns(), &leaf.grown.hyperbox)];
        start.into_iter().chain(counts(&leaf.scored)).chain(said).collect::<Vec<String>>()
    };
    csv(&heads, &a.found.tree.leaves.iter().enumerate().map(row).collect::<Vec<_>>())
}
