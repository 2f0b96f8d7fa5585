//! Two scales at right angles, with their grid, their numbers and their titles; and small multiples: panels beside each other,
//! each under its head.

use super::axis::{Scale, Tick};
use super::labels::Area;
use super::marks::{Point, Stroke};
use super::sheet::{BODY, SMALL, Sheet};
use super::text::{Face, height};

/// Two scales at right angles; `y.pixels` runs from the lower edge up.
#[derive(Clone, Copy)]
pub struct Plane {
    /// Values along the bottom.
    pub x: Scale,
    /// Values along the side.
    pub y: Scale,
}

impl Plane {
    /// The area between the scales.
    pub fn area(&self) -> Area {
        Area { left: self.x.pixels.0, top: self.y.pixels.1, right: self.x.pixels.1, bottom: self.y.pixels.0 }
    }

    /// Where a point lies, kept within the plane.
    pub fn at(&self, (x, y): Point) -> Point {
        (self.x.within(x), self.y.within(y))
    }

    fn upright(&self, x: f64, stroke: Stroke, sheet: &mut Sheet) {
        sheet.canvas.line((self.x.at(x), self.y.pixels.1), (self.x.at(x), self.y.pixels.0), stroke);
    }

    fn level(&self, y: f64, stroke: Stroke, sheet: &mut Sheet) {
        sheet.canvas.line((self.x.pixels.0, self.y.at(y)), (self.x.pixels.1, self.y.at(y)), stroke);
    }

    /// Grid lines at ticks along the bottom and up the side.
    pub fn grid(&self, along: &[Tick], up: &[Tick], sheet: &mut Sheet) {
        along.iter().for_each(|(x, _)| self.upright(*x, sheet.theme.hairline(), sheet));
        up.iter().for_each(|(y, _)| self.level(*y, sheet.theme.hairline(), sheet));
    }

    /// The numbers along the bottom.
    pub fn bottom_numbers(&self, along: Vec<Tick>, sheet: &mut Sheet) {
        sheet.tick_words(&self.x, along, self.y.pixels.0 + 15.0);
    }

    /// The numbers along the left side.
    pub fn side_numbers(&self, up: Vec<Tick>, sheet: &mut Sheet) {
        for (y, words) in up {
            sheet.canvas.label((self.x.pixels.0 - 6.0, self.y.at(y)), words, sheet.small().end());
        }
    }

    /// Grid lines at ticks, each with its words; those at 0 drawn otherwise, words at the side so far left and down.
    pub fn graduated(&self, [along, up]: [Vec<Tick>; 2], zero: Stroke, beside: Point, sheet: &mut Sheet) {
        for (x, words) in along {
            self.upright(x, if x == 0.0 { zero } else { sheet.theme.hairline() }, sheet);
            sheet.canvas.text((self.x.at(x), self.y.pixels.0 + 16.0), words, sheet.small().middle());
        }
        self.levels(up, zero, beside, sheet);
    }

    /// The same of the ticks up the side alone.
    pub fn levels(&self, up: Vec<Tick>, zero: Stroke, (left, down): Point, sheet: &mut Sheet) {
        for (y, words) in up {
            self.level(y, if y == 0.0 { zero } else { sheet.theme.hairline() }, sheet);
            sheet.canvas.text((self.x.pixels.0 - left, self.y.at(y) + down), words, sheet.small().end());
        }
    }

    /// The titles of both axes: one so far under the bottom, one upwards at `left`.
    pub fn titles(&self, [along, up]: [&str; 2], drop: f64, left: f64, sheet: &mut Sheet) {
        let ((left_end, right), (bottom, top)) = (self.x.pixels, self.y.pixels);
        let lettering = sheet.body().middle();
        sheet.canvas.text((f64::midpoint(left_end, right), bottom + drop), along, lettering);
        sheet.canvas.text((left, f64::midpoint(top, bottom)), up, lettering.upwards());
    }
}

/// How far under a tick at the side its words begin, so that they stand around it.
pub const DOWN: f64 = SMALL * 0.36;

/// What stands over a panel.
#[derive(Clone, Copy)]
pub struct Head<'a> {
    /// Its name, and how many lines that may take.
    pub name: (&'a str, usize),
    /// What is said under the name, small, each in at most two lines.
    pub told: &'a [String],
}

impl Head<'_> {
    /// The height that it takes in a panel of this width.
    pub fn height(&self, wide: f64) -> f64 {
        let told: f64 = self.told.iter().map(|words| height(words, wide, 2, Face::regular(SMALL))).sum();
        height(self.name.0, wide, self.name.1, Face::bold(BODY)) + told
    }

    /// Writes it from this corner down.
    pub fn write(&self, (left, top): Point, wide: f64, sheet: &mut Sheet) {
        let below = sheet.lines((left, top), self.name.0, wide, self.name.1, sheet.body().bold());
        self.told.iter().fold(below, |row, words| sheet.lines((left, row), words, wide, 2, sheet.small()));
    }
}

/// The height of the highest head.
pub fn highest<'a>(heads: impl Iterator<Item = Head<'a>>, wide: f64) -> f64 {
    heads.map(|head| head.height(wide)).fold(0.0, f64::max)
}

/// How many of so many panels stand beside each other: as many as are wished for, as by the columns of a plan, else
/// two or three.
pub fn across(panels: usize, wished: usize) -> usize {
    match (wished, panels) {
        (1..=5, _) => wished,
        (_, 0 | 1) => 1,
        (_, 2 | 4) => 2,
        _ => 3,
    }
}
