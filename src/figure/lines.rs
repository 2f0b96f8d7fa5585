//! Lines with bands over common axes: a share or a mean over an input, or distribution functions; up to four together
//! with their names beside them, more in small multiples.

mod apart;
mod together;

use super::prelude::*;

pub use super::axis::Axis;
pub(super) use together::spread;

/// What a picture of lines shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Lines {
    /// The stem of its file name; "lines" if empty.
    pub name: &'static str,
    /// The words around it.
    pub caption: Caption,
    /// Along the bottom.
    pub x: Axis,
    /// Along the side.
    pub y: Axis,
    /// What the bands are, such as "95 % interval (Wilson), point by point".
    pub band: String,
    /// Whether a value holds until the next point, as in a distribution function.
    pub steps: bool,
    /// A value of x that is marked by an upright line, and what it is.
    pub rule: Option<(f64, String)>,
    /// Whether each group has a panel of its own however few they are.
    pub apart: bool,
    /// Panels beside each other, as the plan has them; 0 for as many as suit.
    pub across: usize,
    /// The groups; twelve are drawn.
    pub groups: Vec<Curve>,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Curve {
    /// Its name; empty if it is the only one.
    pub name: String,
    /// What is said under its name, such as how many runs it rests on.
    pub told: Vec<String>,
    /// Its points in order of x.
    pub points: Vec<At>,
}

/// A point of a line with its interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct At {
    /// Along the bottom.
    pub x: f64,
    /// Along the side.
    pub y: f64,
    /// The lower end of the interval of y.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Groups that are drawn at most.
pub const MOST: usize = 12;
/// Groups that share one panel at most.
pub const TOGETHER: usize = 4;

const WIDTH: f64 = 760.0;

/// Draws the lines.
pub fn draw(data: &Lines, theme: Theme) -> Picture {
    if data.apart || data.groups.len() > TOGETHER { apart::draw(data, theme) } else { together::draw(data, theme) }
}

impl Lines {
    fn stem(&self) -> &'static str {
        if self.name.is_empty() { "lines" } else { self.name }
    }

    /// What the bands are in a legend, painted from this colour; nothing where there are none.
    fn band(&self, colour: Colour, theme: Theme) -> Option<(Swatch, String)> {
        let square = Swatch::Square(colour.over(0.25, theme.background()));
        (!self.band.is_empty()).then(|| (square, self.band.clone()))
    }

    /// What the upright line is in a legend.
    fn rule(&self, theme: Theme) -> Option<(Swatch, String)> {
        self.rule.as_ref().map(|(_, words)| (Swatch::Dashes(theme.ink()), words.clone()))
    }
}

/// Where the lines of some data lie.
#[derive(Clone, Copy)]
struct LinePanel<'a> {
    data: &'a Lines,
    plane: Plane,
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
    fn new(data: &'a Lines, across: (f64, f64), (top, bottom): (f64, f64)) -> Self {
        Self { data, plane: Plane { x: data.x.scale(across), y: data.y.scale((bottom, top)) } }
    }

    /// Grid, lower edge and numbers, those at the side where they are wanted.
    fn graduate(&self, (along, up): (u32, u32), beside: bool, sheet: &mut Sheet) {
        let (along, up) = (ticks(&self.data.x, along), ticks(&self.data.y, up));
        self.plane.grid(&along, &up, sheet);
        sheet.foot(&self.plane.x, self.plane.y.pixels.0);
        self.plane.bottom_numbers(along, sheet);
        if beside {
            self.plane.side_numbers(up, sheet);
        }
    }

    /// The upright dashed line at the value of x that is marked, if that lies within the panel.
    fn rule(&self, sheet: &mut Sheet) {
        let Plane { x, y } = self.plane;
        let marked = self.data.rule.as_ref().map(|(value, _)| *value);
        if let Some(value) = marked.filter(|value| (x.values.0..=x.values.1).contains(value)) {
            let stroke = Stroke { colour: sheet.theme.ink(), width: 1.2 };
            sheet.canvas.dashes((x.at(value), y.pixels.1), (x.at(value), y.pixels.0), stroke);
        }
    }

    /// The band of a group.
    fn band(&self, group: &Curve, colour: Colour, canvas: &mut Canvas) {
        let upper = self.along(group, |at| at.high);
        let lower = self.along(group, |at| at.low);
        if upper.len() > 1 {
            canvas.fill(upper.into_iter().chain(lower.into_iter().rev()).collect(), colour.fading(0.2));
        }
    }

    /// The line of a group.
    fn line(&self, group: &Curve, stroke: Stroke, canvas: &mut Canvas) {
        let line = self.along(group, |at| at.y);
        if line.len() > 1 {
            canvas.path(line, stroke);
        }
    }

    /// The points of a group, or some of them where they are many; a lone one with its interval.
    fn marks(&self, group: &Curve, place: usize, colour: Colour, canvas: &mut Canvas) {
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
    fn along(&self, group: &Curve, value: impl Fn(&At) -> f64) -> Vec<Point> {
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
pub(super) fn mark(place: usize, (x, y): Point, colour: Colour, canvas: &mut Canvas) {
    match place % 4 {
        0 => canvas.disc((x, y), 3.2, colour),
        1 => canvas.rect((x - 2.9, y - 2.9), (x + 2.9, y + 2.9), colour),
        2 => canvas.diamond((x, y), 4.0, colour, Stroke { colour, width: 0.8 }),
        _ => canvas.fill(vec![(x, y - 3.9), (x + 3.8, y + 3.0), (x - 3.8, y + 3.0)], colour),
    }
}
