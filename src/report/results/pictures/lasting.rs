//! How long deals last.

use super::super::lasting::Lasting;
use super::super::outcome::Estimate;
use super::super::{Experiment, Group};
use super::Drawn;
use super::view::{ESTIMATE, View, Words, cells, others};
use crate::figure::lines::{self, At, Axis, Lines};
use crate::text::words::{count, number, percent};

pub fn draw(view: &View) -> Drawn {
    let all: Vec<(Group, Lasting)> = view
        .groups()
        .into_iter()
        .map(|g| {
            let lasting = pool(&g.members);
            (g, lasting)
        })
        .filter(|(_, l)| l.deals > 0)
        .collect();
    let last = all.iter().filter_map(|(_, l)| l.holds().last().map(|(years, _)| *years)).fold(1.0, f64::max);
    let groups: Vec<Group> = all.iter().map(|(g, _)| g.clone()).collect();
    let told: Vec<String> = all.iter().take(4).map(|(g, l)| format!("{}: {}", view.name(g), end(l))).collect();
    let data = Lines {
        name: "survival",
        caption: view.caption(Words {
            title: format!("How long deals last{}", view.grouped()),
            finding: told.join("; "),
            notes: others(&groups, lines::MOST, |m| Some(end(&pool(m)))).into_iter().collect(),
            table: all.iter().map(|(g, l)| words(view, g, l)).collect(),
            along: Vec::new(),
        }),
        x: Axis { title: "years after the signature".into(), range: (0.0, last), share: false },
        y: Axis { title: "mean chance that a deal still holds".into(), range: (0.0, 1.0), share: true },
        band: "95 % interval (Hoeffding), point by point".into(),
        across: view.across(&groups),
        groups: all
            .iter()
            .take(lines::MOST)
            .map(|(g, l)| lines::Group {
                name: view.name(g),
                told: vec![format!("{} deals", count(l.deals)), end(l)],
                points: points(l).into_iter().map(|(x, e)| At { x, y: e.value, low: e.low, high: e.high }).collect(),
            })
            .collect(),
        ..Lines::default()
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (g, l) in &all {
        for (years, e) in points(l) {
            rows.push(g.key.iter().cloned().chain([years.to_string()]).chain(cells(&e)).collect());
        }
    }
    let head: Vec<&str> = std::iter::once("years").chain(ESTIMATE).collect();
    view.drawn(lines::draw(&data, view.theme), &head, &rows)
}

fn pool(members: &[&Experiment]) -> Lasting {
    Lasting::pooled(&members.iter().map(|e| &e.lasting).collect::<Vec<_>>())
}

/// What is left at the last time told.
fn end(l: &Lasting) -> String {
    let holds = l.holds();
    holds
        .last()
        .map_or(String::new(), |(years, chance)| format!("{} hold after {} years", percent(*chance), number(*years)))
}

/// The mean chances with their intervals.
///
/// A mean of n chances lies within √(ln(2/0.05) / 2n) of what it estimates, whatever their distribution, in 95 cases
/// of 100 or more. Source: Hoeffding (1963).
fn points(l: &Lasting) -> Vec<(f64, Estimate)> {
    let half = (crate::num::ln(2.0 / 0.05) / (2.0 * l.distinct as f64)).sqrt();
    // That a deal holds on the day of its signature is no estimate.
    let half = |years: f64| if years > 0.0 { half } else { 0.0 };
    let estimate = |(years, value): (f64, f64)| Estimate {
        count: None,
        of: l.deals,
        value,
        low: (value - half(years)).max(0.0),
        high: (value + half(years)).min(1.0),
        error: half(years) / 1.96,
    };
    l.holds().into_iter().map(|(years, chance)| (years, estimate((years, chance)))).collect()
}

fn words(view: &View, group: &Group, l: &Lasting) -> String {
    let each = points(l).into_iter().map(|(years, e)| format!("{} after {}", percent(e.value), number(years)));
    let each: Vec<String> = each.collect();
    format!("{}, {} deals, chance by years: {}", view.name(group), count(l.deals), each.join(", "))
}
