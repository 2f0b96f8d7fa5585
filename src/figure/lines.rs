//! Lines with bands over common axes: a share or a mean over an input, or distribution functions; up to four together
//! with their names beside them, more in small multiples.

mod apart;
mod panel;
mod together;

use serde::Serialize;

use super::{Caption, Colour, Picture, Swatch, Theme};

pub use super::axis::Axis;

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
    pub groups: Vec<Group>,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Group {
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
