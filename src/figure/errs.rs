//! How often each plan is played, by how much they err: a line a plan, on a scale by factors of ten.

use super::lines::{mark, spread};
use super::prelude::*;
use crate::num::ln;

/// What the picture "errs" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Errs {
    /// The words around it.
    pub caption: Caption,
    /// What stands along the bottom: "errs by so many points".
    pub x: String,
    /// The least and the greatest error drawn, both above 0, in points; the greatest stands at the left.
    pub range: (f64, f64),
    /// What the bands are; empty without any.
    pub band: String,
    /// A panel a side, or a type of one; twelve are drawn.
    pub panels: Vec<ErrsPanel>,
}

/// The plans of one side.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ErrsPanel {
    /// Whose they are.
    pub name: String,
    /// What is said under the name.
    pub told: Vec<String>,
    /// Its plans; eight are drawn.
    pub plans: Vec<PlanLine>,
}

/// How often a plan is played.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PlanLine {
    /// Its name.
    pub name: String,
    /// Along the branch, errors falling on the whole; where the branch turns back, so does the line.
    pub points: Vec<ErrsAt>,
}

/// A point of the line of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ErrsAt {
    /// By how many points they err, above 0.
    pub errs: f64,
    /// How often it is played, in [0, 1].
    pub chance: f64,
    /// The lower end of the band.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Panels that are drawn at most.
const MOST: usize = 12;
/// Lines in a panel at most.
const LINES: usize = 8;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 210.0;
/// Room for the numbers at the left.
const NUMBERS: f64 = 44.0;
/// Room for the names at the right.
const NAMES: f64 = 128.0;
const GAP: f64 = 24.0;

/// Draws the lines.
pub fn draw(data: &Errs, look: impl Into<Look>) -> Picture {
    let mut sheet = Sheet::new("errs", WIDTH, &data.caption, look);
    if !data.band.is_empty() {
        let square = Swatch::Square(sheet.theme.ink().over(0.25, sheet.theme.background()));
        sheet.legend(&[(square, data.band.clone())]);
    }
    let panels = &data.panels[..data.panels.len().min(MOST)];
    let across = if panels.len() > 1 && !sheet.is_narrow() { 2 } else { 1 };
    let wide = (sheet.width - 2.0 * MARGIN - GAP * (across - 1) as f64) / across as f64;
    let head = |panel: &ErrsPanel| {
        height(&panel.name, wide, 2, Face::bold(BODY))
            + panel.told.iter().map(|words| height(words, wide, 2, Face::regular(SMALL))).sum::<f64>()
    };
    for row in panels.chunks(across) {
        let upper = sheet.top;
        let top = upper + row.iter().map(head).fold(0.0, f64::max) + 10.0;
        for (place, panel) in row.iter().enumerate() {
            let left = MARGIN + (wide + GAP) * place as f64;
            Head { name: (&panel.name, 2), told: &panel.told }.write((left, upper), wide, &mut sheet);
            let plane = Plane {
                x: scale(data.range, (left + NUMBERS, left + wide - NAMES)),
                y: Scale::over(0.0, 1.0, (top + HEIGHT, top)),
            };
            one(panel, &plane, &mut sheet);
        }
        sheet.top = top + HEIGHT + 24.0;
    }
    sheet.paragraph(&data.x, 2, sheet.body());
    sheet.finish(data)
}

/// The logarithm to the base 10.
fn tens(x: f64) -> f64 {
    ln(x.max(f64::MIN_POSITIVE)) / std::f64::consts::LN_10
}

/// Factors of ten as equal steps, the greatest error at the left.
fn scale((least, most): (f64, f64), (left, right): (f64, f64)) -> Scale {
    Scale::over(tens(least), tens(most), (right, left))
}

/// Powers of ten with twice and five times them, as many as have room.
fn ticks(scale: &Scale) -> Vec<Tick> {
    let (low, high) = scale.values;
    let (from, to) = (low.floor() as i32, high.ceil() as i32);
    let long = (scale.pixels.0 - scale.pixels.1).abs() / (high - low);
    let steps: &[f64] = if long > 110.0 { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let all = (from..=to).flat_map(|power| steps.iter().map(move |step| (power, *step)));
    let at = |(power, step): (i32, f64)| {
        let decimals = usize::try_from(-power).unwrap_or(0);
        let value = step * crate::num::pow(10.0, f64::from(power));
        (f64::from(power) + tens(step), number(value, decimals))
    };
    all.map(at).filter(|(at, _)| *at >= low - 1e-9 && *at <= high + 1e-9).collect()
}

fn one(panel: &ErrsPanel, plane: &Plane, sheet: &mut Sheet) {
    let (along, up) = (ticks(&plane.x), plane.y.ticks(4).shares());
    plane.grid(&along, &up, sheet);
    sheet.canvas.line((plane.x.pixels.1, plane.y.pixels.0), (plane.x.pixels.0, plane.y.pixels.0), sheet.theme.rim());
    plane.bottom_numbers(along, sheet);
    for (y, words) in up {
        sheet.canvas.label((plane.x.pixels.1 - 6.0, plane.y.at(y)), words, sheet.small().end());
    }
    let plans = &panel.plans[..panel.plans.len().min(LINES)];
    let at = |errs: f64, chance: f64| plane.at((tens(errs), chance));
    for (place, plan) in plans.iter().enumerate() {
        let upper = plan.points.iter().map(|p| at(p.errs, p.high));
        let lower = plan.points.iter().rev().map(|p| at(p.errs, p.low));
        if plan.points.iter().any(|p| p.high > p.low) {
            sheet.canvas.fill(upper.chain(lower).collect(), sheet.theme.group(place).fading(0.2));
        }
    }
    for (place, plan) in plans.iter().enumerate() {
        let colour = sheet.theme.group(place);
        let line: Vec<Point> = plan.points.iter().map(|p| at(p.errs, p.chance)).collect();
        if let (Some(last), true) = (line.last().copied(), line.len() > 1) {
            sheet.canvas.path(line, Stroke { colour, width: if place < 4 { 2.2 } else { 1.2 } });
            mark(place, last, colour, &mut sheet.canvas);
        }
    }
    names(plans, plane, sheet);
}

/// The name of each plan, beside where its line ends.
fn names(plans: &[PlanLine], plane: &Plane, sheet: &mut Sheet) {
    let ends: Vec<f64> =
        plans.iter().map(|plan| plan.points.last().map_or(plane.y.pixels.0, |p| plane.y.within(p.chance))).collect();
    let lines: Vec<Vec<String>> =
        plans.iter().map(|plan| wrapped(&plan.name, NAMES - 30.0, 2, Face::regular(SMALL))).collect();
    let heights: Vec<f64> = lines.iter().map(|lines| lines.len() as f64 * line_height(SMALL)).collect();
    let tops = spread(&ends, &heights, (plane.y.pixels.1 - 6.0, plane.y.pixels.0 + 8.0));
    let right = plane.x.pixels.0;
    for (place, lines) in lines.into_iter().enumerate() {
        let (colour, middle) = (sheet.theme.group(place), tops[place] + line_height(SMALL) / 2.0);
        sheet.canvas.line((right + 4.0, ends[place]), (right + 16.0, middle), Stroke { colour, width: 0.8 });
        mark(place, (right + 21.0, middle), colour, &mut sheet.canvas);
        for (line, words) in lines.into_iter().enumerate() {
            let row = tops[place] + SMALL + line as f64 * line_height(SMALL);
            sheet.canvas.text((right + 29.0, row), words, sheet.note());
        }
    }
}
