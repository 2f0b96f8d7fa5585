//! Marks kept without plotters.

use super::super::marks::{Lettering, Mark, Point, Stroke};
use super::super::palette::Colour;
use super::{UNITS, size, units};

/// The marks drawn so far.
#[derive(Default)]
pub struct Hand {
    marks: Vec<Mark>,
}

fn pixel(value: f64) -> f64 {
    f64::from(units(value)) / UNITS
}

fn point((x, y): Point) -> Point {
    (pixel(x), pixel(y))
}

fn long(value: f64) -> f64 {
    f64::from(size(value)) / UNITS
}

impl Hand {
    pub fn path(&mut self, points: Vec<Point>, stroke: Stroke) {
        let stroke = Stroke { width: long(stroke.width), ..stroke };
        self.marks.push(Mark::Path(points.into_iter().map(point).collect(), stroke));
    }

    pub fn fill(&mut self, points: Vec<Point>, colour: Colour) {
        self.marks.push(Mark::Fill(points.into_iter().map(point).collect(), colour));
    }

    pub fn rect(&mut self, upper_left: Point, lower_right: Point, colour: Colour) {
        self.marks.push(Mark::Rect(point(upper_left), point(lower_right), colour));
    }

    pub fn disc(&mut self, centre: Point, radius: f64, colour: Colour) {
        self.marks.push(Mark::Disc(point(centre), long(radius), colour));
    }

    pub fn text(&mut self, at: Point, text: &str, lettering: Lettering) {
        // As a size comes back from the backend, to the last bit.
        let lettering = Lettering { size: lettering.size * UNITS / UNITS, ..lettering };
        self.marks.push(Mark::Text(point(at), text.to_owned(), lettering));
    }

    pub fn marks(self) -> Vec<Mark> {
        self.marks
    }
}
