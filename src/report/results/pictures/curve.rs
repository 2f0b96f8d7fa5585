//! A share or a mean over one input.

use itertools::Itertools as _;

use super::super::facet::{Pool, Steps};
use super::super::measure::{Estimate, PlotMeasure};
use super::Drawn;
use super::spreads::BAND;
use super::view::{PlotView, Words, heads, least_to_most, notes, row};
use crate::figure::axis::Scale;
use crate::figure::lines::{self, Axis, Lines};
use crate::scenario::Finding;
use crate::text::{paths, words::list};

/// Values that have a point each at most.
const VALUES: usize = 40;
/// Points where there are more values than that.
const STRETCHES: usize = 20;

/// The line of a pool: an estimate at every step where something was run.
type Line = Vec<(usize, Estimate)>;

/// A measure over the one input that varies, or that is named; a line a pool.
pub fn draw(view: &PlotView, measure: PlotMeasure, apart: bool) -> Result<Drawn, Finding> {
    let place = along(view)?;
    let (view, r) = (&view.over(&[place]), view.results);
    let steps = Steps::along(r, place, VALUES, STRETCHES);
    let all = view.pools(|pool| Some(line(pool, &steps, measure)).filter(|line| !line.is_empty()));
    let shown = &all[..all.len().min(lines::MOST)];
    let (path, base) = (&r.inputs[place], r.base_of(place));
    let across = Scale::around(steps.middles.iter().copied().chain(base), (0.0, 1.0)).values;
    let stretches = || format!("Each point pools a stretch of {path}: one of {STRETCHES} of equal width.");
    let outside = base.is_some_and(|b| b < across.0 || b > across.1);
    let data = Lines {
        name: if apart { "multiples" } else { "curve" },
        caption: view.caption(Words {
            title: format!("{}, over {}", measure.title(r), paths::name(path)),
            finding: finding(view, &all, &steps),
            notes: notes(&all, lines::MOST, measure, steps.are_stretches().then(stretches), outside),
            table: all.iter().map(|(pool, line)| in_words(view, pool, line, &steps)).collect(),
        }),
        x: Axis { title: paths::named(path), range: across, share: false },
        y: view.axis(measure, shown.iter().flat_map(|(_, line)| line).map(|(_, e)| e)),
        band: if measure.is_share() { BAND.into() } else { "95 % interval of the mean".into() },
        steps: false,
        rule: base.map(|b| (b, "base case".to_owned())),
        apart,
        across: view.across(&all),
        groups: shown.iter().map(|(pool, line)| drawn(view, pool, line, &steps)).collect(),
    };
    let rows = all.iter().flat_map(|(pool, line)| {
        line.iter().map(|(step, e)| row(&pool.key, [steps.names[*step].clone(), measure.word(r)], e))
    });
    Ok(view.drawn(lines::draw(&data, view.theme), &heads(&[path, "outcome"]), rows))
}

/// The input along the axis: the one by which experiments are told apart, or the only one that varies.
fn along(view: &PlotView) -> Result<usize, Finding> {
    let varied = view.results.varied();
    match (view.by.iter().find_map(|facet| facet.input()), &varied[..]) {
        (Some(place), _) if varied.contains(&place) => Ok(place),
        (None, [only]) => Ok(*only),
        (Some(place), _) => {
            Err(Finding::error(format!("`{}` has no two values that are numbers", view.results.inputs[place]))
                .hint(format!("those that have are {}", paths_of(view, &varied))))
        }
        (None, _) => Err(Finding::error(format!("{} inputs vary, and a curve has one along its axis", varied.len()))
            .hint(format!("name it with --by: {}", paths_of(view, &varied)))),
    }
}

/// The paths of some inputs, as a list.
pub fn paths_of(view: &PlotView, places: &[usize]) -> String {
    list(places.iter().map(|place| &view.results.inputs[*place]))
}

fn line(pool: &Pool, steps: &Steps, measure: PlotMeasure) -> Line {
    let members = steps.split(&pool.members);
    (0..).zip(members).filter_map(|(step, members)| Some((step, measure.estimate(&members)?))).collect()
}

fn drawn(view: &PlotView, pool: &Pool, line: &Line, steps: &Steps) -> lines::Curve {
    lines::Curve {
        name: if view.by.is_empty() { String::new() } else { pool.name() },
        told: vec![format!("{} runs a point", least_to_most(line.iter().map(|(_, e)| e.of)))],
        points: line.iter().map(|(step, e)| e.at(steps.middles[*step])).collect(),
    }
}

fn finding(view: &PlotView, all: &[(Pool, Line)], steps: &Steps) -> String {
    let told = |(pool, line): &(Pool, Line)| -> Option<String> {
        let ((a, first), (b, last)) = (line.first()?, line.last()?);
        let name = if view.by.is_empty() { String::new() } else { format!("{}: ", pool.name()) };
        let (from, to) = (first.briefly(), last.briefly());
        Some(format!("{name}{from} at {}, {to} at {}", steps.label(*a), steps.label(*b)))
    };
    let more = if all.len() > 4 { "; …" } else { "" };
    all.iter().take(4).filter_map(told).join("; ") + more
}

fn in_words(view: &PlotView, pool: &Pool, line: &Line, steps: &Steps) -> String {
    let each = line.iter().map(|(step, e)| format!("{} at {}", e.told(), steps.label(*step)));
    format!("{}: {}", view.name(pool), each.format(", "))
}
