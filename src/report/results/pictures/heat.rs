//! A share or a mean over two inputs.

use super::super::factor::{Factor, Steps};
use super::super::outcome::{Estimate, Outcome};
use super::super::{Experiment, Group, design};
use super::curve::{title, varied_paths};
use super::view::{ESTIMATE, View, Words, cells, others, told};
use super::{Cannot, Drawn};
use crate::figure::heat::{self, Heat, HeatPanel};
use crate::text::paths;
use crate::text::words::{count, list, number};

/// Values that have a column or row each at most.
const VALUES: usize = 24;
/// Columns and rows where there are more values than that.
const STRETCHES: usize = 12;

/// `cells[row][column]` of a group.
type Cells = Vec<Vec<Option<Estimate>>>;

pub fn draw(view: &View, outcome: Outcome) -> Result<Drawn, Cannot> {
    let (a, b) = axes(view)?;
    let r = view.results;
    let by: Vec<Factor> =
        view.by.iter().copied().filter(|f| ![Factor::Input(a), Factor::Input(b)].contains(f)).collect();
    let view = &View { results: r, by, theme: view.theme, named: view.named.clone() };
    let (x, y) = (Steps::axis(r, a, VALUES, STRETCHES), Steps::axis(r, b, VALUES, STRETCHES));
    let all: Vec<(Group, Cells)> = view
        .groups()
        .into_iter()
        .map(|g| {
            let c = estimates(&g, &x, &y, outcome);
            (g, c)
        })
        .collect();
    let printed = outcome.printed();
    let shown = &all[..all.len().min(heat::MOST)];
    let groups: Vec<Group> = all.iter().map(|(g, _)| g.clone()).collect();
    let base = design::base(r);
    let number_of = |place: usize| base[place].as_ref().and_then(|value| value.parse::<f64>().ok());
    let told_base = number_of(a).zip(number_of(b));
    let placed = told_base.and_then(|(p, q)| Some((between(&x, p)?, between(&y, q)?)));
    let (across, up) = (r.inputs[a].clone(), r.inputs[b].clone());
    let data = Heat {
        caption: view.caption(Words {
            title: format!(
                "{}, over {} and {}{}",
                title(view, outcome),
                paths::name(&across),
                paths::name(&up),
                view.grouped()
            ),
            finding: finding(&all, outcome),
            notes: others(&groups, heat::MOST, |m| outcome.estimate(m).map(|e| told(&e, printed)))
                .into_iter()
                .chain((x.binned || y.binned).then(|| {
                    "Each cell pools a stretch of each input; the values along the sides are its middles.".to_owned()
                }))
                .chain((told_base.is_some() && placed.is_none()).then(|| "The base case lies outside.".to_owned()))
                .collect(),
            table: all.iter().map(|(g, c)| words(view, g, c, (&x, &y), printed)).collect(),
            along: vec![Factor::Input(a), Factor::Input(b)],
        }),
        x: paths::named(&across),
        y: paths::named(&up),
        what: outcome.words(r),
        columns: labels(&x),
        rows: labels(&y),
        share: outcome.is_share(),
        range: range(shown, outcome),
        contour: outcome.is_share().then_some(0.5),
        base: placed,
        across: view.across(&groups),
        panels: shown
            .iter()
            .map(|(g, c)| HeatPanel {
                name: if view.by.is_empty() { String::new() } else { view.name(g) },
                told: if view.by.is_empty() { vec![] } else { vec![format!("{} runs", count(g.runs()))] },
                cells: c.iter().map(|row| row.iter().map(|e| e.map(|e| e.value * printed)).collect()).collect(),
            })
            .collect(),
    };
    let rows = all.iter().flat_map(|(g, c)| rows(g, c, (&x, &y), &outcome.word(r)));
    let head = [across.as_str(), up.as_str(), "outcome"].into_iter().chain(ESTIMATE).collect::<Vec<&str>>();
    Ok(view.drawn(heat::draw(&data, view.theme), &head, &rows.collect::<Vec<_>>()))
}

/// The inputs along the axes: the two by which experiments are told apart, or the only two that vary.
fn axes(view: &View) -> Result<(usize, usize), Cannot> {
    let varied = design::varied(view.results);
    let named = view.by.iter().filter_map(|f| match f {
        Factor::Input(place) if varied.contains(place) => Some(*place),
        _ => None,
    });
    let named: Vec<usize> = named.collect();
    let cannot = || Cannot {
        found: format!("{} inputs vary, and a heat map has two along its axes", varied.len()),
        hint: format!("name two of them with --by A,B: {}", list(&varied_paths(view, &varied))),
    };
    match (&named[..], &varied[..]) {
        ([a, b, ..], _) | ([], [a, b]) => Ok((*a, *b)),
        ([a], [p, q]) => Ok((*a, if a == p { *q } else { *p })),
        _ => Err(cannot()),
    }
}

fn estimates(group: &Group, x: &Steps, y: &Steps, outcome: Outcome) -> Cells {
    let mut members: Vec<Vec<Vec<&Experiment>>> = vec![vec![Vec::new(); x.names.len()]; y.names.len()];
    for e in &group.members {
        if let (Some(column), Some(row)) = (x.of(e), y.of(e)) {
            members[row][column].push(e);
        }
    }
    members.iter().map(|row| row.iter().map(|m| outcome.estimate(m)).collect()).collect()
}

/// Where a value lies among the middles of the steps; none if it lies outside of them by more than half a step.
fn between(steps: &Steps, value: f64) -> Option<f64> {
    let middles: Vec<f64> = steps.middles.iter().copied().collect::<Option<_>>()?;
    let (first, last) = (*middles.first()?, *middles.last()?);
    let half = (middles.get(1).copied().unwrap_or(first + 1.0) - first) / 2.0;
    if value < first - half || value > last + half {
        return None;
    }
    let upper = middles.iter().position(|m| *m >= value).unwrap_or(middles.len() - 1).max(1).min(middles.len() - 1);
    let (low, high) = (middles[upper - 1], middles[upper]);
    Some((upper - 1) as f64 + (value - low) / (high - low))
}

fn each<'a>(all: &'a [(Group<'a>, Cells)]) -> impl Iterator<Item = Estimate> + 'a {
    all.iter().flat_map(|(_, cells)| cells.iter().flatten().flatten().copied())
}

/// The least and the greatest value that is drawn; of shares to whole steps of five per cent, or of one if they are
/// close together.
fn range(shown: &[(Group, Cells)], outcome: Outcome) -> (f64, f64) {
    let values = each(shown).map(|e| e.value * outcome.printed());
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    if !outcome.is_share() || low > high {
        return (low, high);
    }
    shares(low, high)
}

/// The ends of a scale of shares around two of them.
fn shares(low: f64, high: f64) -> (f64, f64) {
    let steps = if high - low < 0.1 { 100.0 } else { 20.0 };
    let (first, last) = ((low * steps).floor(), (high * steps).ceil());
    let first = if first == last { (first - 1.0).max(0.0) } else { first };
    (first / steps, if first == last { last + 1.0 } else { last } / steps)
}

/// The middles of the steps.
fn labels(steps: &Steps) -> Vec<String> {
    (0..steps.names.len()).map(|step| steps.label(step)).collect()
}

/// Runs a cell and the largest standard error, after what the cells span.
fn finding(all: &[(Group, Cells)], outcome: Outcome) -> String {
    let printed = outcome.printed();
    let by = |a: &Estimate, b: &Estimate| a.value.total_cmp(&b.value);
    let (Some(least), Some(most)) = (each(all).min_by(by), each(all).max_by(by)) else {
        return "Nothing was run".into();
    };
    let runs = match (each(all).map(|e| e.of).min(), each(all).map(|e| e.of).max()) {
        (Some(low), Some(high)) if low == high => count(low),
        (Some(low), Some(high)) => format!("{} to {}", count(low), count(high)),
        _ => "no".into(),
    };
    let error = each(all).map(|e| e.error).fold(0.0, f64::max);
    let error = if outcome.is_share() {
        format!("{} percentage points", number((1000.0 * error).round() / 10.0))
    } else {
        number(error * printed)
    };
    let [least, most] = [least, most].map(|e| super::view::briefly(&e, printed));
    format!("From {least} to {most}; {runs} runs a cell, largest standard error {error}")
}

fn words(view: &View, group: &Group, cells: &Cells, (x, y): (&Steps, &Steps), printed: f64) -> String {
    let cell = |(column, e): (usize, &Option<Estimate>)| Some(format!("{} {}", x.label(column), told(&(*e)?, printed)));
    let row = |(row, cells): (usize, &Vec<Option<Estimate>>)| {
        let each: Vec<String> = cells.iter().enumerate().filter_map(cell).collect();
        format!("at {}: {}", y.label(row), each.join(", "))
    };
    let rows: Vec<String> = cells.iter().enumerate().map(row).collect();
    format!("{}; {}", view.name(group), rows.join("; "))
}

fn rows(group: &Group, all: &Cells, (x, y): (&Steps, &Steps), outcome: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (row, line) in all.iter().enumerate() {
        for (column, e) in line.iter().enumerate().filter_map(|(column, e)| Some((column, (*e)?))) {
            let own = [x.names[column].clone(), y.names[row].clone(), outcome.to_owned()];
            rows.push(group.key.iter().cloned().chain(own).chain(cells(&e)).collect());
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_run_over_the_shares_there_are() {
        assert_eq!(shares(0.012, 0.349), (0.0, 0.35));
        assert_eq!(shares(0.912, 0.934), (0.91, 0.94));
        assert_eq!(shares(0.5, 0.5), (0.49, 0.5));
        assert_eq!(shares(0.0, 0.0), (0.0, 0.01));
    }
}
