//! What the experiments came to: the page and the summary.

use itertools::Itertools as _;
use serde_json::{Value, json};

use super::super::CAVEAT;
use super::{Pooled, Results, arm_name, faults, level, more, named, opening};
use crate::text::table::Table;
use crate::text::words::{in_column, paragraph};

/// Rows of a table at most.
const SHOWN: usize = 60;

/// The page.
pub fn page(r: &Results) -> String {
    let plan = r.plan;
    let mut out = opening(plan);
    out += &notices(r);
    out += &format!("\n{}", paragraph(&super::plan::size(plan)));
    out += &format!("\nBY ARM\n\n{}", by_arm(r));
    for place in 0..plan.design.paths.len() {
        out += &by_level(r, place);
    }
    out += &ends(r);
    out += &faults(plan, |e| r.status(e), SHOWN / 3, "WITHOUT RESULT");
    let note = "Shares are of the runs pooled, in per cent. Experiments share their luck, so that the 95 % intervals reckon \
                with no more independent runs than one experiment has; differences between experiments are surer than \
                these intervals look, and `winset compare` tells how sure. The best of many experiments is flattered by luck; \
                anchors are not tried here: `winset check` does.";
    out + &format!("\n{}", paragraph(&format!("{note} All of it {CAVEAT}.")))
}

/// What a reader must be told of the variants that are on in some arm, each once.
fn notices(r: &Results) -> String {
    let told = r.plan.models.iter().flat_map(|m| super::super::head::notices(&m.n, &m.variants));
    told.unique().map(|notice| paragraph(&notice)).collect()
}

/// A table of shares, each row with what it is of: experiments that are pooled, and what they are.
fn shares(r: &Results, of: &'static str, rows: impl IntoIterator<Item = (Pooled, String)>) -> String {
    let talks = r.plan.has_talks();
    let heads = [Some("one exists, %"), talks.then_some("reached, %"), Some(of)];
    let row = |(pooled, told): (Pooled, String)| {
        let exists = if pooled.runs == 0 { "not run".to_owned() } else { in_column(pooled.one_exists) };
        let reached = talks.then(|| pooled.reached.map_or_else(String::new, in_column));
        [Some(exists), reached, Some(told)].into_iter().flatten().collect()
    };
    let table = Table::of(&heads.into_iter().flatten().collect::<Vec<_>>(), rows.into_iter().map(row));
    table.text()
}

fn by_arm(r: &Results) -> String {
    let arms = r.plan.arms.iter().enumerate().take(SHOWN);
    let rows = arms.map(|(place, arm)| (r.pooled(r.plan.of_arm(place).iter()), arm_name(r.plan, arm)));
    shares(r, "arm", rows) + &more(r.plan.arms.len(), SHOWN, ": experiments.csv has all")
}

/// A table of one varied input: every arm and every value of the others pooled. Nothing where it has too many values.
fn by_level(r: &Results, place: usize) -> String {
    let points = &r.plan.design.points;
    let level_of = |x: &Option<f64>| x.unwrap_or(f64::NEG_INFINITY);
    let levels = points.iter().map(|point| point[place]).sorted_by(|a, b| level_of(a).total_cmp(&level_of(b)));
    let levels: Vec<Option<f64>> = levels.dedup().collect();
    if levels.len() > SHOWN / 3 {
        return String::new();
    }
    let rows = levels.into_iter().map(|wanted| {
        // Where only one input moves at a time, as it is means the scenario itself, not the points of the other inputs.
        let alone = r.plan.design.kind == "one-at-a-time" && wanted.is_none();
        let there = |e: &u64| {
            let point = &points[*e as usize % points.len()];
            point[place] == wanted && (!alone || point.iter().all(Option::is_none))
        };
        (r.pooled((0..r.plan.experiments()).filter(there)), level(wanted))
    });
    format!("\nBY `{}`\n\n{}", r.plan.design.paths[place], shares(r, "value", rows))
}

/// The experiments that come out best and worst.
fn ends(r: &Results) -> String {
    let share = |e: u64| {
        let pooled = r.pooled([e]);
        (pooled.runs > 0).then(|| (pooled.reached.unwrap_or(pooled.one_exists).share, e))
    };
    let all: Vec<(f64, u64)> = (0..r.plan.experiments()).filter_map(share).collect();
    if all.len() < 3 {
        return String::new();
    }
    // Of equals the first one is named.
    let best = all.iter().copied().reduce(|a, b| if b.0 > a.0 { b } else { a });
    let worst = all.iter().copied().reduce(|a, b| if b.0 < a.0 { b } else { a });
    let rows = [best, worst].into_iter().flatten().zip(["most", "least"]).map(|((share, e), which)| {
        let as_good = all.iter().filter(|(other, _)| *other == share).count() - 1;
        let as_good = if as_good > 0 { format!(" (and {as_good} more as often)") } else { String::new() };
        (r.pooled([e]), format!("{which}: {e}, {}{as_good}", told(r, e)))
    });
    let what = if r.plan.has_talks() { "IS IT REACHED" } else { "DOES ONE EXIST" };
    format!("\nWHERE {what} MOST AND LEAST OFTEN\n\n{}", shares(r, "experiment", rows))
}

/// An experiment in words: its arm and its point.
fn told(r: &Results, e: u64) -> String {
    let (arm, point) = r.plan.experiment(e);
    let at = r.plan.design.paths.iter().zip(&r.plan.design.points[point]);
    let at = at.map(|(path, x)| format!("{path} {}", level(*x))).join(", ");
    let at = if at.is_empty() { at } else { format!(": {at}") };
    format!("{}{at}", arm_name(r.plan, arm))
}

/// The summary with an entry for each experiment.
pub fn data(r: &Results) -> Value {
    let experiment = |e: u64| {
        let (arm, point) = r.plan.experiment(e);
        let mut entry = named(r.plan, arm, json!(r.pooled([e])));
        entry["experiment"] = json!(e);
        entry["status"] = json!(r.status(e).word());
        entry["inputs"] =
            r.plan.design.paths.iter().cloned().zip(r.plan.design.points[point].iter().map(|x| json!(x))).collect();
        entry
    };
    let mut data = summary(r);
    data["by_experiment"] = (0..r.plan.experiments()).map(experiment).collect();
    data
}

/// The summary as data: one entry for each arm, its experiments pooled.
pub fn summary(r: &Results) -> Value {
    let arm = |(place, arm)| {
        let pooled = r.pooled(r.plan.of_arm(place).iter());
        let mut entry = named(r.plan, arm, json!(pooled));
        entry["experiments"] = json!(pooled.experiments);
        entry
    };
    json!({
        "title": r.plan.title,
        "question": r.plan.question,
        "seed": r.plan.seed,
        "runs": r.plan.runs,
        "experiments": r.plan.experiments(),
        "arms": r.plan.arms.iter().enumerate().map(arm).collect::<Value>(),
        "caveat": CAVEAT,
    })
}
