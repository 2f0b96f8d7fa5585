//! A share or a mean over two inputs.

use itertools::Itertools as _;

use super::super::facet::{Pool, Steps};
use super::super::measure::{Estimate, PlotMeasure};
use super::Drawn;
use super::curve::paths_of;
use super::view::{PlotView, Words, heads, least_to_most, notes, row};
use crate::figure::heat::{self, Heat, HeatPanel};
use crate::scenario::Finding;
use crate::text::paths;
use crate::text::words::{count, number};

/// Values that have a column or row each at most.
const VALUES: usize = 24;
/// Columns and rows where there are more values than that.
const STRETCHES: usize = 12;

const STRETCHED: &str = "Each cell pools a stretch of each input; the values along the sides are its middles.";

/// What a pool has at every pair of steps, `field[row][column]`.
type Field = Vec<Vec<Option<Estimate>>>;

/// A measure over the two inputs that vary, or that are named; a panel a pool.
pub fn draw(view: &PlotView, measure: PlotMeasure) -> Result<Drawn, Finding> {
    let axes = axes(view)?;
    let (view, r) = (&view.over(&axes), view.results);
    let [x, y] = &axes.map(|place| Steps::along(r, place, VALUES, STRETCHES));
    let [across, up] = axes.map(|place| r.inputs[place].as_str());
    let field = |members: Vec<_>| x.split(&members).iter().map(|both| measure.estimate(both)).collect();
    let all = view.pools(|pool| Some(y.split(&pool.members).into_iter().map(field).collect::<Field>()));
    let shown = &all[..all.len().min(heat::MOST)];
    let base = r.base_of(axes[0]).zip(r.base_of(axes[1]));
    let placed = base.and_then(|(p, q)| Some((between(x, p)?, between(y, q)?)));
    let stretches = (x.are_stretches() || y.are_stretches()).then(|| STRETCHED.to_owned());
    let data = Heat {
        caption: view.caption(Words {
            title: format!("{}, over {} and {}", measure.title(r), paths::name(across), paths::name(up)),
            finding: finding(&all, measure),
            notes: notes(&all, heat::MOST, measure, stretches, base.is_some() && placed.is_none()),
            table: all.iter().map(|(pool, field)| in_words(view, pool, field, [x, y])).collect(),
        }),
        x: paths::named(across),
        y: paths::named(up),
        what: measure.words(r),
        columns: labels(x),
        rows: labels(y),
        share: measure.is_share(),
        range: range(shown, measure),
        contour: measure.is_share().then_some(0.5),
        base: placed,
        across: view.across(&all),
        panels: shown.iter().map(|(pool, field)| panel(view, pool, field)).collect(),
    };
    let rows = all.iter().flat_map(|(pool, field)| {
        let places = (0..y.names.len()).cartesian_product(0..x.names.len());
        places.zip(field.iter().flatten()).filter_map(|((up, across), e)| {
            let own = [x.names[across].clone(), y.names[up].clone(), measure.word(r)];
            Some(row(&pool.key, own, e.as_ref()?))
        })
    });
    Ok(view.drawn(heat::draw(&data, view.theme), &heads(&[across, up, "outcome"]), rows))
}

/// The inputs along the axes: the two by which experiments are told apart, or the only two that vary.
fn axes(view: &PlotView) -> Result<[usize; 2], Finding> {
    let varied = view.results.varied();
    let named = view.by.iter().filter_map(|facet| facet.input()).filter(|place| varied.contains(place));
    match (&named.collect::<Vec<_>>()[..], &varied[..]) {
        ([a, b, ..], _) | ([], [a, b]) => Ok([*a, *b]),
        ([a], [p, q]) => Ok([*a, if a == p { *q } else { *p }]),
        _ => Err(Finding::error(format!("{} inputs vary, and a heat map has two along its axes", varied.len()))
            .hint(format!("name two of them with --by A,B: {}", paths_of(view, &varied)))),
    }
}

/// Where a value lies among the middles of the steps; none if it lies outside of them by more than half a step.
fn between(steps: &Steps, value: f64) -> Option<f64> {
    let middles = &steps.middles;
    let (first, last) = (*middles.first()?, *middles.last()?);
    let half = (middles.get(1).copied().unwrap_or(first + 1.0) - first) / 2.0;
    if value < first - half || value > last + half {
        return None;
    }
    let upper = middles.iter().position(|m| *m >= value).unwrap_or(middles.len() - 1).max(1).min(middles.len() - 1);
    let (low, high) = (middles[upper - 1], middles[upper]);
    Some((upper - 1) as f64 + (value - low) / (high - low))
}

fn panel(view: &PlotView, pool: &Pool, field: &Field) -> HeatPanel {
    let cells = field.iter().map(|row| row.iter().map(|e| e.map(|e| e.value * e.printed)).collect()).collect();
    if view.by.is_empty() {
        return HeatPanel { name: String::new(), told: vec![], cells };
    }
    HeatPanel { name: pool.name(), told: vec![format!("{} runs", count(pool.runs()))], cells }
}

/// Every estimate of some pools.
fn each<'a>(all: &'a [(Pool, Field)]) -> impl Iterator<Item = &'a Estimate> + Clone {
    all.iter().flat_map(|(_, field)| field.iter().flatten().flatten())
}

/// The least and the greatest value that is drawn; of shares to whole steps of five per cent, or of one if they are
/// close together.
fn range(shown: &[(Pool, Field)], measure: PlotMeasure) -> (f64, f64) {
    let values = each(shown).map(|e| e.value * e.printed);
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    if !measure.is_share() || low > high { (low, high) } else { shares(low, high) }
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
fn finding(all: &[(Pool, Field)], measure: PlotMeasure) -> String {
    let Some((least, most)) = each(all).minmax_by(|a, b| a.value.total_cmp(&b.value)).into_option() else {
        return "Nothing was run".into();
    };
    let runs = least_to_most(each(all).map(|e| e.of));
    let error = each(all).map(|e| e.error).fold(0.0, f64::max);
    let error = if measure.is_share() {
        format!("{} percentage points", number((1000.0 * error).round() / 10.0))
    } else {
        number(error * least.printed)
    };
    let (least, most) = (least.briefly(), most.briefly());
    format!("From {least} to {most}; {runs} runs a cell, largest standard error {error}")
}

fn in_words(view: &PlotView, pool: &Pool, field: &Field, [x, y]: [&Steps; 2]) -> String {
    let cell = |(column, e): (usize, &Option<Estimate>)| Some(format!("{} {}", x.label(column), (*e)?.told()));
    let row = |(row, cells): (usize, &Vec<Option<Estimate>>)| {
        format!("at {}: {}", y.label(row), cells.iter().enumerate().filter_map(cell).join(", "))
    };
    format!("{}; {}", view.name(pool), field.iter().enumerate().map(row).join("; "))
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
