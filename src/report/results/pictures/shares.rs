//! A share a group, as dots.

use super::super::outcome::{Estimate, Outcome};
use super::super::{Experiment, Group};
use super::Drawn;
use super::view::{ESTIMATE, View, Words, briefly, cells, others, told};
use crate::figure::dots::{self, Dot, Dots, Section};
use crate::figure::lines::Axis;

/// Groups that are drawn at most.
pub const MOST: usize = 24;

pub fn draw(view: &View, outcome: Outcome) -> Drawn {
    let all: Vec<(Group, Estimate)> =
        view.groups().into_iter().filter_map(|g| outcome.estimate(&g.members).map(|e| (g, e))).collect();
    let groups: Vec<Group> = all.iter().map(|(g, _)| g.clone()).collect();
    let shown = &all[..all.len().min(MOST)];
    let together = |members: &[&Experiment]| outcome.estimate(members).map(|e| told(&e, 1.0));
    let (what, name) = match outcome {
        Outcome::Exists => ("How often one exists", "exists"),
        _ => ("How often it is reached", "reached"),
    };
    let whole: Vec<&Experiment> = view.results.experiments.iter().collect();
    let rule = outcome.estimate(&whole).filter(|_| shown.len() > 1);
    let data = Dots {
        name,
        caption: view.caption(Words {
            title: format!("{what}{}", view.grouped()),
            finding: finding(view, &all),
            notes: others(&groups, MOST, together).into_iter().collect(),
            table: all.iter().map(|(g, e)| format!("{}: {}", view.name(g), told(e, 1.0))).collect(),
            along: Vec::new(),
        }),
        axis: Axis {
            title: outcome.words(view.results),
            range: (0.0, top(shown.iter().map(|(_, e)| e.high))),
            share: true,
        },
        interval: "95 % interval (Wilson)".into(),
        rule: rule.map(|e| (e.value, format!("all of them together: {}", briefly(&e, 1.0)))),
        sections: sections(view, shown),
    };
    let row = |(g, e): &(Group, Estimate)| {
        let own = [outcome.word(view.results), g.members.len().to_string()];
        g.key.iter().cloned().chain(own).chain(cells(e)).collect()
    };
    let head: Vec<&str> = ["outcome", "experiments"].into_iter().chain(ESTIMATE).collect();
    view.drawn(dots::draw(&data, view.theme), &head, &all.iter().map(row).collect::<Vec<Vec<String>>>())
}

/// The upper end of an axis of shares from 0: all of it, unless everything lies in its lower part.
pub fn top(highs: impl Iterator<Item = f64>) -> f64 {
    let most = highs.fold(0.0, f64::max);
    [0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8].into_iter().find(|end| most <= *end).unwrap_or(1.0)
}

fn finding(view: &View, all: &[(Group, Estimate)]) -> String {
    let by = |a: &&(Group, Estimate), b: &&(Group, Estimate)| a.1.value.total_cmp(&b.1.value);
    match (all.iter().min_by(by), all.iter().max_by(by)) {
        (Some((least, low)), Some((most, high))) if all.len() > 1 && low.value < high.value => {
            format!("From {} ({}) to {} ({})", briefly(low, 1.0), view.name(least), briefly(high, 1.0), view.name(most))
        }
        (Some((_, only)), _) if all.len() > 1 => format!("{} in every group", briefly(only, 1.0)),
        (Some((_, only)), _) => told(only, 1.0),
        _ => "Nothing was counted".into(),
    }
}

/// By the first factor, where there are two or more; then names are those of the others.
fn sections(view: &View, shown: &[(Group, Estimate)]) -> Vec<Section> {
    let row = |name: String, e: &Estimate| Dot { name, told: told(e, 1.0), value: e.value, low: e.low, high: e.high };
    if view.by.len() < 2 {
        let rows = shown.iter().map(|(g, e)| row(view.name(g), e)).collect();
        return vec![Section { name: String::new(), rows }];
    }
    let parts = shown.chunk_by(|a, b| a.0.key[0] == b.0.key[0]);
    parts
        .map(|part| Section {
            name: part[0].0.key[0].clone(),
            rows: part.iter().map(|(g, e)| row(g.key[1..].join(" · "), e)).collect(),
        })
        .collect()
}
