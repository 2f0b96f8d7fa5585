//! The drawing surface: it keeps every mark in hundredths of a logical pixel, which is finer than can be seen; the
//! picture is then written as SVG and painted as PNG from the same marks.

use super::marks::{Drawing, Lettering, Mark, Point, Stroke};
use super::palette::Colour;
use crate::visible::visible;

/// A picture in the making.
#[derive(Default)]
pub struct Canvas {
    marks: Vec<Mark>,
}

/// A length to the hundredth of a pixel; what is no number is 0.
#[allow(clippy::cast_possible_truncation)] // A canvas is some thousand pixels wide; a float cast saturates.
fn hundredth(value: f64) -> f64 {
    f64::from((value * 100.0).round() as i32) / 100.0
}

fn at((x, y): Point) -> Point {
    (hundredth(x), hundredth(y))
}

/// A width or a radius: at least a hundredth.
fn size(value: f64) -> f64 {
    hundredth(value).max(0.01)
}

impl Canvas {
    /// A straight line.
    pub fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        self.path(vec![from, to], stroke);
    }

    /// A straight line of dashes of four pixels and gaps of three.
    pub fn dashes(&mut self, from: Point, to: Point, stroke: Stroke) {
        const DASH: f64 = 4.0;
        const PERIOD: f64 = 7.0;
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt();
        let along = |s: f64| (from.0 + dx * s / length, from.1 + dy * s / length);
        let mut start = 0.0;
        while start < length {
            self.line(along(start), along((start + DASH).min(length)), stroke);
            start += PERIOD;
        }
    }

    /// A level line from `low` to `high` with upright ticks at its ends, each reaching so far up and down.
    pub fn whisker(&mut self, (low, high): (f64, f64), y: f64, stroke: Stroke, reach: f64) {
        self.line((low, y), (high, y), stroke);
        self.ticks([low, high], y, stroke, reach);
    }

    /// Upright ticks around a row.
    pub fn ticks(&mut self, places: [f64; 2], y: f64, stroke: Stroke, reach: f64) {
        places.into_iter().for_each(|x| self.line((x, y - reach), (x, y + reach), stroke));
    }

    /// A line through points.
    pub fn path(&mut self, points: Vec<Point>, Stroke { colour, width }: Stroke) {
        let stroke = Stroke { colour, width: size(width) };
        self.marks.push(Mark::Path(points.into_iter().map(at).collect(), stroke));
    }

    /// A filled polygon.
    pub fn fill(&mut self, points: Vec<Point>, colour: Colour) {
        self.marks.push(Mark::Fill(points.into_iter().map(at).collect(), colour));
    }

    /// A filled rectangle.
    pub fn rect(&mut self, upper_left: Point, lower_right: Point, colour: Colour) {
        self.marks.push(Mark::Rect(at(upper_left), at(lower_right), colour));
    }

    /// The outline of a rectangle.
    pub fn frame(&mut self, (left, top): Point, (right, bottom): Point, stroke: Stroke) {
        // Begun and ended halfway along a side, so that all four corners are joined.
        let middle = f64::midpoint(left, right);
        let corners = vec![(middle, top), (right, top), (right, bottom), (left, bottom), (left, top), (middle, top)];
        self.path(corners, stroke);
    }

    /// A filled circle.
    pub fn disc(&mut self, centre: Point, radius: f64, colour: Colour) {
        self.marks.push(Mark::Disc(at(centre), size(radius), colour));
    }

    /// A filled circle with an edge.
    pub fn ring(&mut self, centre: Point, radius: f64, fill: Colour, edge: Colour) {
        self.disc(centre, radius, edge);
        self.disc(centre, radius - 1.6, fill);
    }

    /// A filled diamond with an edge.
    pub fn diamond(&mut self, (x, y): Point, radius: f64, fill: Colour, edge: Stroke) {
        let corners = vec![(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)];
        self.fill(corners, fill);
        // As with `frame`: from the middle of a side round to it again.
        let h = radius / 2.0;
        let outline = [(h, -h), (radius, 0.0), (0.0, radius), (-radius, 0.0), (0.0, -radius), (h, -h)]
            .map(|(a, b)| (x + a, y + b));
        self.path(outline.to_vec(), edge);
    }

    /// A filled diamond within another one that is empty.
    pub fn twice(&mut self, (x, y): Point, radius: f64, fill: Colour, edge: Stroke) {
        let outer = radius + 3.0;
        let corners = vec![(x + outer, y), (x, y + outer), (x - outer, y), (x, y - outer), (x + outer, y)];
        self.path(corners, Stroke { width: 1.0, ..edge });
        self.diamond((x, y), radius, fill, edge);
    }

    /// A text whose baseline passes through `point`; of one that reads upwards, the baseline stands 0.76 em to the right.
    pub fn text(&mut self, (x, y): Point, text: impl Into<String>, lettering: Lettering) {
        const UPWARDS: f64 = 0.76;
        let text = text.into();
        if !text.trim().is_empty() {
            let point = if lettering.upwards { (x + UPWARDS * lettering.size, y) } else { (x, y) };
            self.marks.push(Mark::Text(at(point), visible(&text), lettering));
        }
    }

    /// A text of which the middle of the small letters is at the height of `point`.
    pub fn label(&mut self, (x, y): Point, text: impl Into<String>, lettering: Lettering) {
        self.text((x, y + lettering.size * 0.36), text, lettering);
    }

    /// All that was drawn, `width` by `height` logical pixels on `background`.
    pub fn finish(self, (width, height): (f64, f64), background: Colour) -> Drawing {
        let ground = Mark::Rect((0.0, 0.0), (width, height), background);
        Drawing { width, height, marks: std::iter::once(ground).chain(self.marks).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_is_kept_to_a_hundredth_of_a_pixel() {
        let mut canvas = Canvas::default();
        let colour = Colour::hex(0x00ff_0000);
        canvas.line((1.006, 2.5), (3.0749, -0.001), Stroke { colour, width: 1.5 });
        canvas.rect((0.0, f64::NAN), (1.0, 0.5), colour);
        let line = Mark::Path(vec![(1.01, 2.5), (3.07, 0.0)], Stroke { colour, width: 1.5 });
        assert_eq!(canvas.marks, [line, Mark::Rect((0.0, 0.0), (1.0, 0.5), colour)]);
        let Mark::Path(points, _) = &canvas.marks[0] else { panic!("it is a line") };
        assert!(points[1].1.is_sign_positive(), "no coordinate is written as -0");
    }
}
