//! One panel of lines: grid, bands, lines, marks.

use super::super::axis::{Scale, number, percent};
use super::super::canvas::{Canvas, Point, Stroke};
use super::super::palette::Colour;
use super::super::sheet::{SMALL, Sheet};
use super::{At, Axis, Group};

/// Where values lie in a panel; `y.pixels` runs from the lower edge up.
#[derive(Clone, Copy)]
pub struct Panel {
    pub x: Scale,
    pub y: Scale,
    pub steps: bool,
}

/// The values at which an axis is marked, with their words.
pub fn ticks(axis: &Axis, scale: &Scale, wanted: u32) -> Vec<(f64, String)> {
    let ticks = scale.ticks(wanted);
    let words = |v: f64| if axis.share { share(v, scale) } else { number(v, ticks.decimals) };
    ticks.values.iter().map(|v| (*v, words(*v))).collect()
}

/// A share as a tick: whole per cent, or with a decimal where the axis spans under a few per cent.
fn share(value: f64, scale: &Scale) -> String {
    let span = scale.values.1 - scale.values.0;
    if span < 0.04 { format!("{}\u{a0}%", number(100.0 * value, 1)) } else { percent(value) }
}

impl Panel {
    pub fn new(axes: (&Axis, &Axis), across: (f64, f64), (top, bottom): (f64, f64), steps: bool) -> Self {
        let x = Scale::over(axes.0.range.0, axes.0.range.1, across);
        let y = Scale::over(axes.1.range.0, axes.1.range.1, (bottom, top));
        Self { x, y, steps }
    }

    /// Grid lines and the lower edge.
    pub fn grid(&self, ticks: [&[(f64, String)]; 2], sheet: &mut Sheet) {
        let grid = Stroke { colour: sheet.theme.grid(), width: 0.8 };
        let ((left, right), (bottom, top)) = (self.x.pixels, self.y.pixels);
        for (x, _) in ticks[0] {
            sheet.canvas.line((self.x.at(*x), top), (self.x.at(*x), bottom), grid);
        }
        for (y, _) in ticks[1] {
            sheet.canvas.line((left, self.y.at(*y)), (right, self.y.at(*y)), grid);
        }
        sheet.canvas.line((left, bottom), (right, bottom), Stroke { colour: sheet.theme.edge(), width: 1.0 });
    }

    /// The numbers along the bottom.
    pub fn bottom_numbers(&self, ticks: &[(f64, String)], sheet: &mut Sheet) {
        for (x, words) in ticks {
            let at = (self.x.at(*x), self.y.pixels.0 + 15.0);
            sheet.canvas.text(at, words.as_str(), sheet.small().middle());
        }
    }

    /// The numbers along the left side.
    pub fn side_numbers(&self, ticks: &[(f64, String)], sheet: &mut Sheet) {
        for (y, words) in ticks {
            let at = (self.x.pixels.0 - 6.0, self.y.at(*y) + SMALL * 0.36);
            sheet.canvas.text(at, words.as_str(), sheet.small().end());
        }
    }

    /// An upright dashed line at a value of x that lies within the panel.
    pub fn rule(&self, x: f64, sheet: &mut Sheet) {
        if x >= self.x.values.0 && x <= self.x.values.1 {
            let stroke = Stroke { colour: sheet.theme.ink(), width: 1.2 };
            sheet.canvas.dashes((self.x.at(x), self.y.pixels.1), (self.x.at(x), self.y.pixels.0), stroke);
        }
    }

    /// The band of a group.
    pub fn band(&self, group: &Group, colour: Colour, canvas: &mut Canvas) {
        let upper = self.along(group, |at| at.high);
        let lower = self.along(group, |at| at.low);
        if upper.len() > 1 {
            canvas.fill(upper.into_iter().chain(lower.into_iter().rev()).collect(), colour.fading(0.2));
        }
    }

    /// The line of a group.
    pub fn line(&self, group: &Group, stroke: Stroke, canvas: &mut Canvas) {
        let line = self.along(group, |at| at.y);
        if line.len() > 1 {
            canvas.path(line, stroke);
        }
    }

    /// The points of a group, or some of them where they are many; a lone one with its interval.
    pub fn marks(&self, group: &Group, place: usize, colour: Colour, canvas: &mut Canvas) {
        const MOST: usize = 40;
        /// Marks on a line of more points, or on one of steps, which only tell whose it is.
        const FEW: usize = 6;
        let many = self.steps || group.points.len() > MOST;
        let stride = if many { group.points.len().div_ceil(FEW).max(1) } else { 1 };
        let first = if many { (stride / 2 + place * stride / 4) % stride } else { 0 };
        for at in group.points.iter().skip(first).step_by(stride) {
            if let [only] = group.points[..] {
                let x = self.x.within(only.x);
                let stroke = Stroke { colour, width: 1.6 };
                canvas.line((x, self.y.within(only.low)), (x, self.y.within(only.high)), stroke);
            }
            mark(place, (self.x.within(at.x), self.y.within(at.y)), colour, canvas);
        }
    }

    /// The corners of a line through some value of each point.
    fn along(&self, group: &Group, value: impl Fn(&At) -> f64) -> Vec<Point> {
        let at = |x: f64, y: f64| (self.x.within(x), self.y.within(y));
        let mut corners: Vec<Point> = Vec::new();
        for point in &group.points {
            let y = value(point);
            if let (true, Some(last)) = (self.steps, corners.last().copied()) {
                corners.push((self.x.within(point.x), last.1));
            }
            corners.push(at(point.x, y));
        }
        corners
    }
}

/// The mark of the group at a place: disc, square, diamond, triangle, and so on again.
pub fn mark(place: usize, (x, y): Point, colour: Colour, canvas: &mut Canvas) {
    match place % 4 {
        0 => canvas.disc((x, y), 3.2, colour),
        1 => canvas.rect((x - 2.9, y - 2.9), (x + 2.9, y + 2.9), colour),
        2 => canvas.diamond((x, y), 4.0, colour, Stroke { colour, width: 0.8 }),
        _ => canvas.fill(vec![(x, y - 3.9), (x + 3.8, y + 3.0), (x - 3.8, y + 3.0)], colour),
    }
}
