//! The trade-off of a box search: what each box holds of what is looked for, and how rich it is in it.

use serde::Serialize;

use super::axis::{Scale, percent};
use super::canvas::{Point, Stroke};
use super::labels::{Area, placed};
use super::palette::{Colour, Tone, tone};
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SMALL, Sheet, Swatch};
use super::text::Face;
use super::theme::Theme;

/// What the picture "trade-off" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TradeOff {
    /// The words around it.
    pub caption: Caption,
    /// The boxes, from all rows to the smallest.
    pub boxes: Vec<Step>,
    /// The place of the box that was taken.
    pub choice: usize,
    /// The box taken, as it was on the rows on which it was chosen: coverage and density.
    pub taken: Point,
    /// The same box on the other rows: coverage and density, each with its interval.
    pub scored: [(f64, f64, f64); 2],
}

/// A box on the way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Of all that is looked for, the share that the box holds.
    pub coverage: f64,
    /// Of what is in the box, the share that is looked for.
    pub density: f64,
    /// Columns that it limits.
    pub columns: usize,
}

const WIDTH: f64 = 640.0;
const LEFT: f64 = 78.0;
const HEIGHT: f64 = 340.0;

/// Draws the curve.
#[must_use]
pub fn draw(data: &TradeOff, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("trade-off", WIDTH, &data.caption, theme);
    sheet.legend(&[
        (Swatch::Disc(theme.muted()), "a box; the number says how many columns it limits".into()),
        (Swatch::Diamond(green(theme), theme.ink()), "the box taken".into()),
        (Swatch::Whisker(theme.ink()), "the same on the rows that did not choose it, 95 %".into()),
    ]);
    let top = sheet.top + 6.0;
    let x = Scale::over(0.0, 1.0, (LEFT, WIDTH - MARGIN - 8.0));
    let y = Scale::over(0.0, 1.0, (top + HEIGHT, top));
    frame(&x, &y, &mut sheet);
    let at = |(coverage, density): Point| (x.within(coverage), y.within(density));
    let points: Vec<Point> = data.boxes.iter().map(|b| at((b.coverage, b.density))).collect();
    if points.len() > 1 {
        sheet.canvas.path(points.clone(), Stroke { colour: theme.edge(), width: 1.2 });
    }
    points.iter().for_each(|point| sheet.canvas.disc(*point, 2.6, theme.muted()));
    numbers(data, &points, &x, &y, &mut sheet);
    if let Some(from) = points.get(data.choice) {
        sheet.canvas.dashes(*from, at(data.taken), Stroke { colour: theme.ink(), width: 1.0 });
    }
    sheet.canvas.diamond(at(data.taken), 7.0, green(theme), Stroke { colour: theme.ink(), width: 1.4 });
    cross(data, &x, &y, &mut sheet);
    sheet.top = top + HEIGHT + 42.0;
    sheet.finish(data)
}

fn green(theme: Theme) -> Colour {
    tone(theme, Tone::Settled)
}

/// How many columns a box limits, where that changes.
fn numbers(data: &TradeOff, points: &[Point], x: &Scale, y: &Scale, sheet: &mut Sheet) {
    let changes = (0..points.len()).filter(|b| *b == 0 || data.boxes[*b].columns != data.boxes[*b - 1].columns);
    let changes: Vec<usize> = changes.collect();
    let words: Vec<String> = changes.iter().map(|b| data.boxes[*b].columns.to_string()).collect();
    let face = Face::regular(SMALL);
    let labels: Vec<(Point, Point)> =
        changes.iter().zip(&words).map(|(b, word)| (points[*b], (face.width(word) + 4.0, SMALL + 2.0))).collect();
    let taken = (x.within(data.taken.0), y.within(data.taken.1));
    let mut busy: Vec<Area> = points.iter().map(|point| Area::around(*point, 3.2)).collect();
    busy.push(Area::around(taken, 8.0));
    let area = Area { left: x.pixels.0, top: y.pixels.1, right: x.pixels.1 + 8.0, bottom: y.pixels.0 };
    let lettering = sheet.small();
    for (place, word) in placed(&labels, &busy, &|_| 0.0, &area).iter().zip(words) {
        sheet.canvas.text((place.left + 2.0, place.bottom - 2.0), word, lettering);
    }
}

/// The box on the other rows: a dot with both intervals.
fn cross(data: &TradeOff, x: &Scale, y: &Scale, sheet: &mut Sheet) {
    let [(coverage, c_low, c_high), (density, d_low, d_high)] = data.scored;
    let stroke = Stroke { colour: sheet.theme.ink(), width: 1.4 };
    let (here, there) = (x.within(coverage), y.within(density));
    sheet.canvas.line((x.within(c_low), there), (x.within(c_high), there), stroke);
    sheet.canvas.line((here, y.within(d_low)), (here, y.within(d_high)), stroke);
    for end in [x.within(c_low), x.within(c_high)] {
        sheet.canvas.line((end, there - 3.0), (end, there + 3.0), stroke);
    }
    for end in [y.within(d_low), y.within(d_high)] {
        sheet.canvas.line((here - 3.0, end), (here + 3.0, end), stroke);
    }
    sheet.canvas.disc((here, there), 3.0, sheet.theme.ink());
}

fn frame(x: &Scale, y: &Scale, sheet: &mut Sheet) {
    let (top, bottom) = (y.pixels.1, y.pixels.0);
    let grid = Stroke { colour: sheet.theme.grid(), width: 0.8 };
    for value in x.ticks(5).values {
        sheet.canvas.line((x.at(value), top), (x.at(value), bottom), grid);
        sheet.canvas.text((x.at(value), bottom + 16.0), percent(value), sheet.small().middle());
    }
    for value in y.ticks(5).values {
        sheet.canvas.line((x.pixels.0, y.at(value)), (x.pixels.1, y.at(value)), grid);
        sheet.canvas.text((x.pixels.0 - 7.0, y.at(value) + SMALL * 0.36), percent(value), sheet.small().end());
    }
    let edge = Stroke { colour: sheet.theme.edge(), width: 1.0 };
    sheet.canvas.line((x.pixels.0, bottom), (x.pixels.1, bottom), edge);
    let middle = (f64::midpoint(x.pixels.0, x.pixels.1), f64::midpoint(top, bottom));
    let lettering = sheet.body().middle();
    sheet.canvas.text((middle.0, bottom + 36.0), "coverage: what the box holds of all that is looked for", lettering);
    let upwards = lettering.upwards();
    sheet.canvas.text((MARGIN + BODY, middle.1), "density: how much of the box it is", upwards);
}
