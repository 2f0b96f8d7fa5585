//! The drawing surface: the only place that names plotters.
//!
//! A canvas draws through the interface of plotters onto a backend of our own, which keeps every mark in hundredths of
//! a logical pixel; the picture is then written as SVG and painted as PNG from the same marks. In a browser, where plotters
//! would draw through the page, the marks are kept by hand, and a test holds the two against each other.

#[cfg(not(target_family = "wasm"))]
mod backend;
#[cfg(any(test, target_family = "wasm"))]
mod by_hand;
#[cfg(not(target_family = "wasm"))]
mod plotted;

#[cfg(target_family = "wasm")]
use by_hand::Hand;
#[cfg(not(target_family = "wasm"))]
use plotted::Hand;

use super::marks::{Drawing, Lettering, Mark, Point, Stroke};
use super::palette::Colour;
use crate::visible::visible;

/// Units in a logical pixel: hundredths are finer than can be seen.
const UNITS: f64 = 100.0;

/// Turns logical pixels into whole units; every size goes through it.
#[allow(clippy::cast_possible_truncation)] // A canvas is some thousand pixels wide; a float cast saturates.
fn units(value: f64) -> i32 {
    (value * UNITS).round() as i32
}

/// A width or a radius: at least one unit.
fn size(value: f64) -> u32 {
    units(value).max(1).unsigned_abs()
}

/// A picture in the making.
#[derive(Default)]
pub struct Canvas {
    hand: Hand,
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
    pub fn path(&mut self, points: Vec<Point>, stroke: Stroke) {
        self.hand.path(points, stroke);
    }

    /// A filled polygon.
    pub fn fill(&mut self, points: Vec<Point>, colour: Colour) {
        self.hand.fill(points, colour);
    }

    /// A filled rectangle.
    pub fn rect(&mut self, upper_left: Point, lower_right: Point, colour: Colour) {
        self.hand.rect(upper_left, lower_right, colour);
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
        self.hand.disc(centre, radius, colour);
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
            self.hand.text(point, &visible(&text), lettering);
        }
    }

    /// A text of which the middle of the small letters is at the height of `point`.
    pub fn label(&mut self, (x, y): Point, text: impl Into<String>, lettering: Lettering) {
        self.text((x, y + lettering.size * 0.36), text, lettering);
    }

    /// All that was drawn, `width` by `height` logical pixels on `background`.
    pub fn finish(self, (width, height): (f64, f64), background: Colour) -> Drawing {
        let ground = Mark::Rect((0.0, 0.0), (width, height), background);
        Drawing { width, height, marks: std::iter::once(ground).chain(self.hand.marks()).collect() }
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
        let marks = canvas.hand.marks();
        assert_eq!(marks, [line, Mark::Rect((0.0, 0.0), (1.0, 0.5), colour)]);
        let Mark::Path(points, _) = &marks[0] else { panic!("it is a line") };
        assert!(points[1].1.is_sign_positive(), "no coordinate is written as -0");
    }

    #[test]
    fn marks_that_are_kept_by_hand_are_those_that_plotters_draws() {
        let (mut hand, mut plotted) = (by_hand::Hand::default(), Hand::default());
        let odd = [0.0, 1.005, -0.004, 10.5, 1e9, f64::NAN, 832.0 / 7.0, -3.1479];
        for (i, x) in odd.into_iter().enumerate() {
            let (y, colour) = (odd[(i + 3) % odd.len()], Colour::hex(0x12_34_56).fading(0.3 + x.abs().min(1.0) / 3.0));
            let stroke = Stroke { colour, width: y };
            let plain = Lettering::new(11.0 + i as f64 / 3.0, colour);
            for lettering in [plain, plain.bold().middle(), plain.end().upwards()] {
                hand.text((x, y), "Ünïcode", lettering);
                plotted.text((x, y), "Ünïcode", lettering);
            }
            hand.path(vec![(x, y), (y, x)], stroke);
            plotted.path(vec![(x, y), (y, x)], stroke);
            hand.fill(vec![(x, y), (y, x), (x, x)], colour);
            plotted.fill(vec![(x, y), (y, x), (x, x)], colour);
            hand.rect((x, y), (y, x), colour);
            plotted.rect((x, y), (y, x), colour);
            hand.disc((x, y), x, colour);
            plotted.disc((x, y), x, colour);
        }
        assert_eq!(hand.marks(), plotted.marks());
    }
}
