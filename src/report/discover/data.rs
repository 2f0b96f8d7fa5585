//! The answer as one JSON object.

use serde_json::{Value, json};

use super::{Answer, words};
use crate::analysis::discovery::{Agreement, Found, Hyperbox, Inside, Leaf, Limit, LimitSide, Scored, Values};
use crate::report::CAVEAT;
use crate::report::run::share;

/// Everything of the page, and the whole trade-off.
#[must_use]
pub fn summary(a: &Answer) -> Value {
    let found = &a.found;
    json!({
        "holds": CAVEAT,
        "source": a.source,
        "rows_are": a.row.noun(),
        "target": a.target(),
        "columns": a.columns().iter().map(|c| &c.name).collect::<Vec<_>>(),
        "constant": a.inputs.constant,
        "passed_over": a.inputs.manifold,
        "unjudged": a.unjudged,
        "chosen_on": share(found.chosen_on),
        "scored_on": share(found.scored_on),
        "settings": {
            "alpha": a.settings.alpha,
            "least_mass": a.settings.least,
            "boxes": a.settings.boxes,
            "luck": a.settings.luck,
        },
        "boxes": found.found.iter().map(|f| one(a, f)).collect::<Vec<_>>(),
        "together": found.union.map(|[coverage, density, mass]| json!({
            "coverage": share(coverage), "density": share(density), "mass": share(mass),
        })),
        "tree": found.tree.leaves.iter().map(|l| leaf(a, l)).collect::<Vec<_>>(),
        "agreement": found.tree.agreement.as_ref().map(|it| agreement(a, it)),
    })
}

fn one(a: &Answer, f: &Found) -> Value {
    json!({
        "words": words::hyperbox(a.columns(), &f.chosen.hyperbox),
        "limits": restrictions(a, &f.chosen.hyperbox),
        "sides": f.limits.iter().map(|l| side(a, f, l)).collect::<Vec<_>>(),
        "choice": f.choice,
        "chosen": scored(a, &f.chosen),
        "scored": scored(a, &f.scored),
        "trade_off": f.trajectory.iter().map(|s| scored(a, s)).collect::<Vec<_>>(),
    })
}

fn scored(a: &Answer, s: &Scored) -> Value {
    json!({
        "coverage": share(s.coverage),
        "density": share(s.density),
        "mass": share(s.mass),
        "limits": restrictions(a, &s.hyperbox),
    })
}

fn restrictions(a: &Answer, of: &Hyperbox) -> Value {
    let one = |r: &crate::analysis::discovery::Restriction| {
        let column = &a.columns()[r.column];
        match (&r.inside, &column.values) {
            (Inside::Levels(kept), Values::Words { levels, .. }) => {
                let kept: Vec<&String> = kept.iter().map(|level| &levels[*level as usize]).collect();
                json!({ "column": column.name, "levels": kept })
            }
            // Above −∞ alone: that there is a number.
            (Inside::Numbers { above, most }, _) => json!({
                "column": column.name, "above": above.filter(|x| x.is_finite()), "most": most, "empty": r.empty,
            }),
            (Inside::Levels(_), Values::Numbers(_)) => json!({ "column": column.name }),
        }
    };
    Value::Array(of.restrictions.iter().map(one).collect())
}

fn side(a: &Answer, f: &Found, l: &Limit) -> Value {
    let end = match l.side {
        LimitSide::Low => "above",
        LimitSide::High => "most",
        LimitSide::Whole => "whole",
    };
    json!({
        "column": a.columns()[l.column].name,
        "end": end,
        "words": words::limit(a.columns(), &f.chosen.hyperbox, l),
        "quasi_p": l.quasi_p,
        "density_without": share(l.density_without),
    })
}

fn leaf(a: &Answer, l: &Leaf) -> Value {
    json!({
        "words": words::hyperbox(a.columns(), &l.grown.hyperbox),
        "rich": l.rich,
        "grown": scored(a, &l.grown),
        "scored": scored(a, &l.scored),
    })
}

fn agreement(a: &Answer, it: &Agreement) -> Value {
    let names = |columns: &[usize]| columns.iter().map(|c| a.columns()[*c].name.clone()).collect::<Vec<_>>();
    let [both, only_box, only_tree] = &it.columns;
    json!({
        "agree": it.agrees(),
        "in_both": share(it.both),
        "of_box": share(it.of_box),
        "columns": { "both": names(both), "box": names(only_box), "tree": names(only_tree) },
    })
}
