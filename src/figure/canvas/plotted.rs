//! Marks drawn through plotters.

use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, FontDesc, FontFamily, FontStyle, FontTransform, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::DrawingBackend as _;

use super::super::letters::FAMILY;
use super::super::marks::{Anchor, Lettering, Mark, Point, Stroke};
use super::super::palette::Colour;
use super::backend::Recorder;
use super::{UNITS, size, units};

fn at((x, y): Point) -> (i32, i32) {
    (units(x), units(y))
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

/// The marks drawn so far.
#[derive(Default)]
pub struct Hand {
    recorder: Recorder,
}

impl Hand {
    pub fn path(&mut self, points: Vec<Point>, stroke: Stroke) {
        done(self.recorder.draw_path(points.into_iter().map(at), &pen(stroke)));
    }

    pub fn fill(&mut self, points: Vec<Point>, colour: Colour) {
        done(self.recorder.fill_polygon(points.into_iter().map(at), &brush(colour)));
    }

    pub fn rect(&mut self, upper_left: Point, lower_right: Point, colour: Colour) {
        done(self.recorder.draw_rect(at(upper_left), at(lower_right), &brush(colour), true));
    }

    pub fn disc(&mut self, centre: Point, radius: f64, colour: Colour) {
        done(self.recorder.draw_circle(at(centre), size(radius), &brush(colour), true));
    }

    pub fn text(&mut self, point: Point, text: &str, lettering: Lettering) {
        done(self.recorder.draw_text(text, &style(lettering), at(point)));
    }

    pub fn marks(self) -> Vec<Mark> {
        self.recorder.marks
    }
}

/// What a canvas asks for, its backend can draw.
fn done<E>(drawn: Result<(), E>) {
    assert!(drawn.is_ok(), "the backend keeps every mark that a canvas draws");
}
