//! What a picture consists of: lines, areas and texts in logical pixels.

use super::{palette::Colour, text::Face};

/// A point of the canvas in logical pixels, from the upper left corner.
pub type Point = (f64, f64);

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// The colour.
    pub colour: Colour,
    /// The width in logical pixels.
    pub width: f64,
}

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins at the point.
    Start,
    /// The text is centred on the point.
    Middle,
    /// The text ends at the point.
    End,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use]
pub struct Lettering {
    /// The font size in logical pixels.
    pub size: f64,
    /// The colour.
    pub colour: Colour,
    /// Bold or regular.
    pub bold: bool,
    /// Where the text stands relative to its point.
    pub anchor: Anchor,
    /// Turned a quarter against the clock, reading upwards.
    pub upwards: bool,
}

impl Lettering {
    /// Regular, horizontal, beginning at its point.
    pub fn new(size: f64, colour: Colour) -> Self {
        Self { size, colour, bold: false, anchor: Anchor::Start, upwards: false }
    }

    /// The face by which it is measured.
    pub fn face(self) -> Face {
        Face { size: self.size, bold: self.bold }
    }

    /// The same in bold.
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same, centred on its point.
    pub fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    /// The same, ending at its point.
    pub fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    /// The same in another colour.
    pub fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// The same, reading upwards.
    pub fn upwards(self) -> Self {
        Self { upwards: true, ..self }
    }
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A line through points.
    Path(Vec<Point>, Stroke),
    /// A filled polygon.
    Fill(Vec<Point>, Colour),
    /// A filled rectangle from its upper left to its lower right corner.
    Rect(Point, Point, Colour),
    /// A filled circle by its centre and radius.
    Disc(Point, f64, Colour),
    /// A text whose baseline passes through the point.
    Text(Point, String, Lettering),
}

/// All that a picture shows, the first mark undermost.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The width in logical pixels.
    pub width: f64,
    /// The height in logical pixels.
    pub height: f64,
    /// The marks in the order in which they are drawn.
    pub marks: Vec<Mark>,
}
