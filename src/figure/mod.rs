//! Pictures as values: each function takes plain data and a theme and returns a [`Picture`], SVG text that can also
//! be had as PNG bytes.
//!
//! | picture | what it shows |
//! |---|---|
//! | [`outcomes`] | every package by what it is worth to the leaderships |
//! | [`win_sets`] | which options each party's audiences can bear, issue by issue |
//! | [`leading_packages`] | how often the leading packages are no defeat |
//! | [`tornado`] | what each option, claim, red line and audience does to the margin |
//! | [`margin`] | how far from, or past, a settlement each reading of the talks is |
//! | [`indices`] | which inputs make an outcome vary, alone and with company |
//! | [`halves`] | an outcome where each input is low and where it is high |
//! | [`gap`] | what exists beside what the talks reach |
//! | [`endings`] | how the talks end, a panel a reading or a group of experiments |
//! | [`dance`] | the offers of one run by what each side would gain |
//! | [`bands`] | a quantity round by round, with its deciles |
//! | [`survival`] | how long deals last |
//! | [`multiples`] | arms side by side, one panel a headline |
//! | [`trade_off`] | what boxes hold of an outcome, and how rich they are in it |
//! | [`hyperbox`] | a box, column by column |
//! | [`lines`] | a share or a mean over an input, or distribution functions, with bands; together or a panel a group |
//! | [`heat`] | a share or a mean over two inputs, with the line of 50 % and the base case |
//! | [`dots`] | a share a group, with its interval |
//! | [`swings`] | what each input does at its low and its high end, one at a time |
//! | [`payoffs`] | a table of payoffs, with arrows to what answers best |
//! | [`errs`] | how often each plan is played, by how much they err |
//! | [`moves`] | states of a conflict and who can move from which to which |
//! | [`regrets`] | what each plan could gain by another one, with an upper bound |
//! | [`crossings`] | at which value of a number a difference of payoffs is 0 |
//! | [`replies`] | which plan answers best, over two numbers |
//! | [`two_speeches`] | one package as the victory speech and the charge sheet of each side |
//!
//! Nothing here reads a file, a clock or a font of the machine: the same data gives the same bytes.

pub mod axis;
pub mod bands;
pub mod crossings;
pub mod dance;
pub mod dots;
pub mod endings;
pub mod errs;
pub mod gap;
pub mod halves;
pub mod heat;
pub mod hyperbox;
pub mod indices;
pub mod leading_packages;
pub mod lines;
pub mod margin;
pub mod moves;
pub mod multiples;
pub mod outcomes;
pub mod palette;
pub mod payoffs;
pub mod regrets;
pub mod replies;
pub mod survival;
pub mod swings;
pub mod text;
pub mod tornado;
pub mod trade_off;
pub mod two_speeches;
pub mod win_sets;

mod canvas;
mod density;
mod labels;
mod letters;
mod marks;
mod picture;
mod plane;
#[cfg(feature = "png")]
mod png;
mod scatter;
#[cfg(feature = "png")]
mod shaping;
mod sheet;
mod svg;
mod table;
mod widths;

pub use density::Density;
pub use letters::FAMILY;
#[cfg(not(target_family = "wasm"))]
pub use letters::{FontError, add_font};
pub use palette::Theme;
pub use picture::Picture;
#[cfg(feature = "png")]
pub use png::PngError;
pub use sheet::{Caption, Look};

use serde::Serialize;

use crate::num::Share;

/// What every chart is drawn with.
mod prelude {
    pub use serde::Serialize;

    pub use super::Measured;
    pub use super::axis::{Axis, Scale, Tick, number, percent, signed};
    pub use super::canvas::Canvas;
    pub use super::density::Density;
    pub use super::labels::{Area, Segment, placed};
    pub use super::marks::{Lettering, Point, Stroke};
    pub use super::palette::{Colour, Theme, Tone};
    pub use super::picture::Picture;
    pub use super::plane::{DOWN, Head, Plane, across, highest};
    pub use super::sheet::{BODY, Caption, Look, MARGIN, SLIDE, SMALL, Sheet, Swatch};
    pub use super::text::{Face, height, line_height, shortened, wrapped};
}

/// A share or a mean with its interval; a share lies in [0, 1].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Measured {
    /// The estimate.
    pub estimate: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Measured {
    /// The ends of its interval.
    pub fn ends(&self) -> (f64, f64) {
        (self.low, self.high)
    }
}

impl From<Share> for Measured {
    fn from(Share { share, low, high, .. }: Share) -> Self {
        Self { estimate: share, low, high }
    }
}

impl From<[f64; 3]> for Measured {
    fn from([estimate, low, high]: [f64; 3]) -> Self {
        Self { estimate, low, high }
    }
}
