//! The answer as one JSON object, and the tables behind the pictures.

use itertools::Itertools as _;
use serde_json::{Value, json};

use super::{Discovered, words};
use crate::analysis::Share;
use crate::analysis::discovery::{Found, Hyperbox, Inside, Leaf, LimitSide, Restriction, Scored, Values};
use crate::report::CAVEAT;
use crate::text::sheet::ByColumn;

/// Everything of the page, and the whole trade-off.
pub fn summary(a: &Discovered) -> Value {
    let found = &a.found;
    let names = |columns: &[usize]| columns.iter().map(|c| a.columns()[*c].name.clone()).collect_vec();
    json!({
        "holds": CAVEAT,
        "source": a.source,
        "rows_are": a.noun,
        "target": a.target(),
        "columns": a.columns().iter().map(|c| &c.name).collect_vec(),
        "constant": a.inputs.constant,
        "passed_over": a.inputs.manifold,
        "unjudged": a.unjudged,
        "chosen_on": found.chosen_on,
        "scored_on": found.scored_on,
        "settings": {
            "alpha": a.settings.alpha,
            "least_mass": a.settings.least,
            "boxes": a.settings.boxes,
            "luck": a.settings.luck,
        },
        "boxes": found.found.iter().map(|f| one(a, f)).collect_vec(),
        "together": found.union.map(|[coverage, density, mass]| {
            json!({ "coverage": coverage, "density": density, "mass": mass })
        }),
        "tree": found.tree.leaves.iter().map(|leaf| json!({
            "words": words::hyperbox(a.columns(), &leaf.grown.hyperbox),
            "rich": leaf.rich,
            "grown": scored(a, &leaf.grown),
            "scored": scored(a, &leaf.scored),
        })).collect_vec(),
        "agreement": found.tree.agreement.as_ref().map(|it| json!({
            "agree": it.agrees(),
            "in_both": it.both,
            "of_box": it.of_box,
            "columns": {
                "both": names(&it.columns[0]), "box": names(&it.columns[1]), "tree": names(&it.columns[2]),
            },
        })),
    })
}

fn one(a: &Discovered, f: &Found) -> Value {
    let end = |side| match side {
        LimitSide::Low => "above",
        LimitSide::High => "most",
        LimitSide::Whole => "whole",
    };
    json!({
        "words": words::hyperbox(a.columns(), &f.chosen.hyperbox),
        "limits": restrictions(a, &f.chosen.hyperbox),
        "sides": f.limits.iter().map(|limit| json!({
            "column": a.columns()[limit.column].name,
            "end": end(limit.side),
            "words": words::limit(a.columns(), &f.chosen.hyperbox, limit),
            "quasi_p": limit.quasi_p,
            "density_without": limit.density_without,
        })).collect_vec(),
        "choice": f.choice,
        "chosen": scored(a, &f.chosen),
        "scored": scored(a, &f.scored),
        "trade_off": f.trajectory.iter().map(|s| scored(a, s)).collect_vec(),
    })
}

fn scored(a: &Discovered, s: &Scored) -> Value {
    json!({ "coverage": s.coverage, "density": s.density, "mass": s.mass, "limits": restrictions(a, &s.hyperbox) })
}

fn restrictions(a: &Discovered, of: &Hyperbox) -> Value {
    let one = |r: &Restriction| {
        let column = &a.columns()[r.column];
        match (&r.inside, &column.values) {
            (Inside::Levels(kept), Values::Words { levels, .. }) => {
                json!({ "column": column.name, "levels": kept.iter().map(|level| &levels[*level as usize]).collect_vec() })
            }
            // Above −∞ alone: that there is a number.
            (Inside::Numbers { above, most }, _) => json!({
                "column": column.name, "above": above.filter(|x| x.is_finite()), "most": most, "empty": r.empty,
            }),
            (Inside::Levels(_), Values::Numbers(_)) => json!({ "column": column.name }),
        }
    };
    of.restrictions.iter().map(one).collect()
}

/// What is counted of a box, `of` a row.
fn counts<R>(table: ByColumn<R>, of: impl Fn(&R) -> &Scored) -> ByColumn<R> {
    table
        .column("rows", |r| of(r).density.of)
        .column("hits", |r| of(r).density.count)
        .column("coverage", |r| of(r).coverage.share)
        .column("coverage_low", |r| of(r).coverage.low)
        .column("coverage_high", |r| of(r).coverage.high)
        .column("density", |r| of(r).density.share)
        .column("density_low", |r| of(r).density.low)
        .column("density_high", |r| of(r).density.high)
}

/// The trade-off of every box; behind each the box that was taken, on the rows on which it was chosen and on the others.
pub fn trade_off(a: &Discovered) -> String {
    let mut rows: Vec<(usize, Option<usize>, &str, &Scored)> = Vec::new();
    for (f, place) in a.found.found.iter().zip(1..) {
        rows.extend(f.trajectory.iter().enumerate().map(|(step, s)| (place, Some(step), "chosen", s)));
        rows.extend([("chosen", &f.chosen), ("scored", &f.scored)].map(|(half, s)| (place, None, half, s)));
    }
    let table = ByColumn::of(&rows)
        .column("box", |(place, ..)| *place)
        .column("step", |(_, step, ..)| step.map_or_else(String::new, |step| step.to_string()))
        .column("taken", |(_, step, ..)| u8::from(step.is_none()))
        .column("rows_of", |(.., half, _)| *half);
    counts(table, |(.., s)| s)
        .column("columns", |(.., s)| s.hyperbox.restrictions.len())
        .column("where", |(.., s)| words::hyperbox(a.columns(), &s.hyperbox))
        .csv()
}

/// Every restricted column of every box, with its whole range.
pub fn hyperboxes(a: &Discovered) -> String {
    let cell = |number: Option<f64>| number.map(|x| x.to_string()).unwrap_or_default();
    // What is inside of a column, in cells: ends of its range, limits, levels inside, all levels.
    let inside = |r: &Restriction| match (&r.inside, &a.columns()[r.column].values) {
        (Inside::Numbers { above, most }, Values::Numbers(values)) => {
            let (least, greatest) = range(values);
            let [above, most] = [above, most].map(|limit| cell(limit.filter(|x| x.is_finite())));
            [cell(Some(least)), cell(Some(greatest)), above, most, String::new(), String::new()]
        }
        (Inside::Levels(kept), Values::Words { levels, .. }) => {
            let kept = kept.iter().map(|level| &levels[*level as usize]).join("; ");
            [String::new(), String::new(), String::new(), String::new(), kept, levels.join("; ")]
        }
        _ => Default::default(),
    };
    let mut rows: Vec<(usize, &Found, &Restriction, [String; 6], Share)> = Vec::new();
    for (f, place) in a.found.found.iter().zip(1..) {
        rows.extend(f.chosen.hyperbox.restrictions.iter().map(|r| (place, f, r, inside(r), a.outside(f, r))));
    }
    ByColumn::of(&rows)
        .column("box", |(place, ..)| *place)
        .column("column", |(_, _, r, ..)| a.columns()[r.column].name.clone())
        .column("least", |(.., inside, _)| inside[0].clone())
        .column("greatest", |(.., inside, _)| inside[1].clone())
        .column("above", |(.., inside, _)| inside[2].clone())
        .column("most", |(.., inside, _)| inside[3].clone())
        .column("levels", |(.., inside, _)| inside[4].clone())
        .column("levels_of", |(.., inside, _)| inside[5].clone())
        .column("share_inside", |(_, f, ..)| f.scored.density.share)
        .column("rows_outside", |(.., outside)| outside.of)
        .column("share_outside", |(.., outside)| outside.share)
        .csv()
}

/// The least and the greatest of some numbers, NaN left out; (0, 0) without any.
pub fn range(values: &[f64]) -> (f64, f64) {
    let given = values.iter().copied().filter(|x| x.is_finite());
    given.minmax_by(f64::total_cmp).into_option().unwrap_or((0.0, 0.0))
}

/// The leaves of the tree, on the rows on which they are scored.
pub fn leaves(a: &Discovered) -> String {
    let rows: Vec<(usize, &Leaf)> = (1..).zip(&a.found.tree.leaves).collect();
    let table = ByColumn::of(&rows).column("leaf", |(place, _)| *place).column("rich", |(_, leaf)| u8::from(leaf.rich));
    counts(table, |(_, leaf)| &leaf.scored)
        .column("where", |(_, leaf)| words::hyperbox(a.columns(), &leaf.grown.hyperbox))
        .csv()
}
