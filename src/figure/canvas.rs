//! The drawing surface: the only place that names plotters.
//!
//! A canvas draws through the interface of plotters onto a backend of our own, which keeps every mark in hundredths of
//! a logical pixel; the picture is then written as SVG and painted as PNG from the same marks.

mod backend;

use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, FontDesc, FontFamily, FontStyle, FontTransform, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::DrawingBackend as _;

use super::letters::FAMILY;
use super::marks::{Anchor, Drawing, Lettering, Mark, Point, Stroke};
use super::palette::Colour;
use crate::visible::visible;
use backend::{Recorder, UNITS};

/// Turns logical pixels into the whole units of the backend; every size goes through it.
#[allow(clippy::cast_possible_truncation)] // A canvas is some thousand pixels wide; a float cast saturates.
fn units(value: f64) -> i32 {
    (value * UNITS).round() as i32
}

fn at((x, y): Point) -> (i32, i32) {
    (units(x), units(y))
}

/// A width or a radius: at least one unit.
fn size(value: f64) -> u32 {
    units(value).max(1).unsigned_abs()
}

fn ink(colour: Colour) -> RGBAColor {
    RGBAColor(colour.red, colour.green, colour.blue, colour.alpha)
}

fn pen(stroke: Stroke) -> ShapeStyle {
    ShapeStyle { color: ink(stroke.colour), filled: false, stroke_width: size(stroke.width) }
}

fn brush(colour: Colour) -> ShapeStyle {
    ShapeStyle { color: ink(colour), filled: true, stroke_width: 1 }
}

/// The style of a text whose baseline passes through its point, which the backend calls the bottom.
fn style(lettering: Lettering) -> TextStyle<'static> {
    let h_pos = match lettering.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let weight = if lettering.bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = FontDesc::new(FontFamily::Name(FAMILY), lettering.size * UNITS, weight);
    let font = if lettering.upwards { font.transform(FontTransform::Rotate270) } else { font };
    TextStyle { font, color: ink(lettering.colour).to_backend_color(), pos: Pos::new(h_pos, VPos::Bottom) }
}

/// A picture in the making.
#[derive(Default)]
pub struct Canvas {
    recorder: Recorder,
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
        done(self.recorder.draw_path(points.into_iter().map(at), &pen(stroke)));
    }

    /// A filled polygon.
    pub fn fill(&mut self, points: Vec<Point>, colour: Colour) {
        done(self.recorder.fill_polygon(points.into_iter().map(at), &brush(colour)));
    }

    /// A filled rectangle.
    pub fn rect(&mut self, upper_left: Point, lower_right: Point, colour: Colour) {
        done(self.recorder.draw_rect(at(upper_left), at(lower_right), &brush(colour), true));
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
        done(self.recorder.draw_circle(at(centre), size(radius), &brush(colour), true));
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
            done(self.recorder.draw_text(&visible(&text), &style(lettering), at(point)));
        }
    }

    /// A text of which the middle of the small letters is at the height of `point`.
    pub fn label(&mut self, (x, y): Point, text: impl Into<String>, lettering: Lettering) {
        self.text((x, y + lettering.size * 0.36), text, lettering);
    }

    /// All that was drawn, `width` by `height` logical pixels on `background`.
    pub fn finish(self, (width, height): (f64, f64), background: Colour) -> Drawing {
        let ground = Mark::Rect((0.0, 0.0), (width, height), background);
        Drawing { width, height, marks: std::iter::once(ground).chain(self.recorder.marks).collect() }
    }
}

/// What a canvas asks for, its backend can draw.
fn done<E>(drawn: Result<(), E>) {
    assert!(drawn.is_ok(), "the backend keeps every mark that a canvas draws");
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
        assert_eq!(canvas.recorder.marks, [line, Mark::Rect((0.0, 0.0), (1.0, 0.5), colour)]);
        let Mark::Path(points, _) = &canvas.recorder.marks[0] else { panic!("it is a line") };
        assert!(points[1].1.is_sign_positive(), "no coordinate is written as -0");
    }
}
