//! One panel of lines: grid, bands, lines, marks.

use super::super::{Axis, Canvas, Colour, Plane, Point, Sheet, Stroke, Tick, number};
use super::{At, Group, Lines};

/// Where the lines of some data lie.
#[derive(Clone, Copy)]
pub struct LinePanel<'a> {
    data: &'a Lines,
    pub plane: Plane,
}

/// The values at which an axis is marked, with their words: shares with a decimal where the axis spans under a few per
/// cent.
fn ticks(axis: &Axis, wanted: u32) -> Vec<Tick> {
    let (low, high) = axis.scale((0.0, 1.0)).values;
    let mut ticks = axis.ticks(wanted);
    if axis.share && high - low < 0.04 {
        ticks.iter_mut().for_each(|(value, words)| *words = format!("{}\u{a0}%", number(100.0 * *value, 1)));
    }
    ticks
}

impl<'a> LinePanel<'a> {
    pub fn new(data: &'a Lines, across: (f64, f64), (top, bottom): (f64, f64)) -> Self {
        Self { data, plane: Plane { x: data.x.scale(across), y: data.y.scale((bottom, top)) } }
    }

    /// Grid, lower edge and numbers, those at the side where they are wanted.
    pub fn graduate(&self, (along, up): (u32, u32), beside: bool, sheet: &mut Sheet) {
        let (along, up) = (ticks(&self.data.x, along), ticks(&self.data.y, up));
        self.plane.grid(&along, &up, sheet);
        sheet.foot(&self.plane.x, self.plane.y.pixels.0);
        self.plane.bottom_numbers(along, sheet);
        if beside {
            self.plane.side_numbers(up, sheet);
        }
    }

    /// The upright dashed line at the value of x that is marked, if that lies within the panel.
    pub fn rule(&self, sheet: &mut Sheet) {
        let Plane { x, y } = self.plane;
        let marked = self.data.rule.as_ref().map(|(value, _)| *value);
        if let Some(value) = marked.filter(|value| (x.values.0..=x.values.1).contains(value)) {
            let stroke = Stroke { colour: sheet.theme.ink(), width: 1.2 };
            sheet.canvas.dashes((x.at(value), y.pixels.1), (x.at(value), y.pixels.0), stroke);
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
        let many = self.data.steps || group.points.len() > MOST;
        let stride = if many { group.points.len().div_ceil(FEW).max(1) } else { 1 };
        let first = if many { (stride / 2 + place * stride / 4) % stride } else { 0 };
        for at in group.points.iter().skip(first).step_by(stride) {
            if let [only] = group.points[..] {
                let ends = [only.low, only.high].map(|y| self.plane.at((only.x, y)));
                canvas.line(ends[0], ends[1], Stroke { colour, width: 1.6 });
            }
            mark(place, self.plane.at((at.x, at.y)), colour, canvas);
        }
    }

    /// The corners of a line through some value of each point.
    fn along(&self, group: &Group, value: impl Fn(&At) -> f64) -> Vec<Point> {
        let mut corners: Vec<Point> = Vec::new();
        for point in &group.points {
            let corner = self.plane.at((point.x, value(point)));
            if let (true, Some((_, before))) = (self.data.steps, corners.last().copied()) {
                corners.push((corner.0, before));
            }
            corners.push(corner);
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
