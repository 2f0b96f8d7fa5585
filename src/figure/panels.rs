//! Small multiples: panels beside each other, each under its head.

use super::marks::Point;
use super::sheet::{BODY, SMALL, Sheet};
use super::text::{Face, height};

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
