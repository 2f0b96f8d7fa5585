//! What the experiments came to: the page and the summary.

use serde_json::{Value, json};

use super::super::CAVEAT;
use super::{Pooled, Results, arm_name, level, names};
use crate::batch::Status;
use crate::text::table::Table;
use crate::text::words::{capital, count, counted, in_column, paragraph, visible};

/// Rows of a table at most.
const SHOWN: usize = 60;

/// The page.
#[must_use]
pub fn page(r: &Results) -> String {
    let plan = r.plan;
    let mut out = paragraph(&visible(&plan.title));
    if !plan.question.is_empty() {
        out += &paragraph(&visible(&plan.question));
    }
    out += &notices(r);
    out += &format!("\n{}", paragraph(&super::plan::size(plan)));
    out += &format!("\nBY ARM\n\n{}", by_arm(r));
    for place in 0..plan.points.paths.len() {
        out += &by_level(r, place);
    }
    out += &ends(r);
    out += &faults(r);
    let note = "Shares are of the runs pooled, in per cent. Experiments share their luck, so that the 95 % intervals reckon \
                with no more independent runs than one experiment has; differences between experiments are surer than \
                these intervals look, and `winset compare` tells how sure. The best of many experiments is flattered by luck; \
                anchors are not tried here: `winset check` does.";
    out + &format!("\n{}", paragraph(&format!("{note} All of it {CAVEAT}.")))
}

/// What a reader must be told of the variants that are on in some arm, each once.
fn notices(r: &Results) -> String {
    let mut told: Vec<String> =
        r.plan.models.iter().flat_map(|m| super::super::head::notices(&m.n, &m.variants)).collect();
    let mut seen = std::collections::BTreeSet::new();
    told.retain(|notice| seen.insert(notice.clone()));
    told.iter().map(|notice| paragraph(notice)).collect()
}

fn head(r: &Results, last: &'static str) -> Vec<&'static str> {
    if talks(r) { vec!["one exists, %", "reached, %", last] } else { vec!["one exists, %", last] }
}

fn talks(r: &Results) -> bool {
    r.plan.models.iter().any(|m| m.n.talks.is_some())
}

fn cells(r: &Results, pooled: Pooled, last: String) -> Vec<String> {
    let exists = if pooled.runs == 0 { "not run".to_owned() } else { in_column(pooled.exists()) };
    let mut cells = vec![exists];
    if talks(r) {
        cells.push(pooled.reached().map_or_else(String::new, in_column));
    }
    cells.push(last);
    cells
}

fn by_arm(r: &Results) -> String {
    let mut table = Table::new(&head(r, "arm"));
    for (place, arm) in r.plan.arms.iter().enumerate().take(SHOWN) {
        table.row(cells(r, r.pooled(r.plan.of_arm(place).iter()), arm_name(r.plan, arm)));
    }
    let more = r.plan.arms.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!("  … and {more} more: experiments.csv has all\n") } else { String::new() };
    table.text().replace('\u{a0}', " ") + &more
}

/// A table of one varied input: every arm and every value of the others pooled. Nothing where it has too many values.
fn by_level(r: &Results, place: usize) -> String {
    let points = &r.plan.points.values;
    let mut levels: Vec<Option<f64>> = points.iter().map(|point| point[place]).collect();
    levels.sort_by(|a, b| a.unwrap_or(f64::NEG_INFINITY).total_cmp(&b.unwrap_or(f64::NEG_INFINITY)));
    levels.dedup();
    if levels.len() > SHOWN / 3 {
        return String::new();
    }
    let mut table = Table::new(&head(r, "value"));
    for wanted in levels {
        // Where only one input moves at a time, as it is means the scenario itself, not the points of the other inputs.
        let alone = r.plan.points.kind == "one-at-a-time" && wanted.is_none();
        let there = |e: &u64| {
            let point = &points[*e as usize % points.len()];
            point[place] == wanted && (!alone || point.iter().all(Option::is_none))
        };
        table.row(cells(r, r.pooled((0..r.plan.experiments()).filter(there)), level(wanted)));
    }
    format!("\nBY `{}`\n\n{}", r.plan.points.paths[place], table.text().replace('\u{a0}', " "))
}

/// The experiments that come out best and worst.
fn ends(r: &Results) -> String {
    let share = |e: u64| {
        let pooled = r.pooled(std::iter::once(e));
        (pooled.runs > 0).then(|| (pooled.reached().unwrap_or(pooled.exists()).share, e))
    };
    let all: Vec<(f64, u64)> = (0..r.plan.experiments()).filter_map(share).collect();
    if all.len() < 3 {
        return String::new();
    }
    // Of equals the first one is named.
    let best = all.iter().copied().reduce(|a, b| if b.0 > a.0 { b } else { a });
    let worst = all.iter().copied().reduce(|a, b| if b.0 < a.0 { b } else { a });
    let mut table = Table::new(&head(r, "experiment"));
    for ((share, e), which) in [best, worst].into_iter().flatten().zip(["most", "least"]) {
        let as_good = all.iter().filter(|(other, _)| *other == share).count() - 1;
        let as_good = if as_good > 0 { format!(" (and {as_good} more as often)") } else { String::new() };
        table.row(cells(r, r.pooled(std::iter::once(e)), format!("{which}: {e}, {}{as_good}", told(r, e))));
    }
    let what = if talks(r) { "IS IT REACHED" } else { "DOES ONE EXIST" };
    format!("\nWHERE {what} MOST AND LEAST OFTEN\n\n{}", table.text().replace('\u{a0}', " "))
}

/// An experiment in words: its arm and its point.
fn told(r: &Results, e: u64) -> String {
    let (arm, point) = r.plan.experiment(e);
    let at = r.plan.points.paths.iter().zip(&r.plan.points.values[point]);
    let at: Vec<String> = at.map(|(path, x)| format!("{path} {}", level(*x))).collect();
    let at = if at.is_empty() { String::new() } else { format!(": {}", at.join(", ")) };
    format!("{}{at}", arm_name(r.plan, arm))
}

fn faults(r: &Results) -> String {
    let faults: Vec<(u64, Status)> =
        (0..r.plan.experiments()).map(|e| (e, r.status(e))).filter(|(_, s)| *s != Status::Ok).collect();
    if faults.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&["experiment", "status", "why"]);
    for (e, status) in faults.iter().take(SHOWN / 3) {
        table.row(vec![count(*e), status.word().to_owned(), visible(status.message())]);
    }
    format!("\n{} WITHOUT RESULT\n\n{}", capital(&counted(faults.len(), "experiment")).to_uppercase(), table.text())
}

/// The summary with an entry for each experiment.
#[must_use]
pub fn data(r: &Results) -> Value {
    let experiment = |e: u64| {
        let (arm, point) = r.plan.experiment(e);
        let pooled = r.pooled(std::iter::once(e));
        let inputs: serde_json::Map<String, Value> =
            r.plan.points.paths.iter().cloned().zip(r.plan.points.values[point].iter().map(|x| json!(x))).collect();
        let mut entry = json!({
            "experiment": e,
            "status": r.status(e).word(),
            "inputs": inputs,
            "runs": pooled.runs,
            "one_exists": pooled.exists(),
            "reached": pooled.reached(),
        });
        for (what, name) in names(r.plan, arm) {
            entry[what] = json!(name);
        }
        entry
    };
    let mut data = summary(r);
    data["by_experiment"] = (0..r.plan.experiments()).map(experiment).collect::<Vec<_>>().into();
    data
}

/// The summary as data: one entry for each arm, its experiments pooled.
#[must_use]
pub fn summary(r: &Results) -> Value {
    let arm = |(place, arm): (usize, &crate::batch::Arm)| {
        let pooled = r.pooled(r.plan.of_arm(place).iter());
        let mut entry = json!({
            "experiments": pooled.experiments,
            "runs": pooled.runs,
            "one_exists": pooled.exists(),
            "reached": pooled.reached(),
        });
        for (what, name) in names(r.plan, arm) {
            entry[what] = json!(name);
        }
        entry
    };
    json!({
        "title": r.plan.title,
        "question": r.plan.question,
        "seed": r.plan.seed,
        "runs": r.plan.runs,
        "experiments": r.plan.experiments(),
        "arms": r.plan.arms.iter().enumerate().map(arm).collect::<Vec<_>>(),
        "caveat": CAVEAT,
    })
}
