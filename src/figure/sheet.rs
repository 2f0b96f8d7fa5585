//! The sheet of paper that every picture shares: title, finding, legend, source line, margins.

use serde::Serialize;

use super::canvas::{Canvas, Lettering, Stroke};
use super::palette::Colour;
use super::picture::{Head, Picture};
use super::text::{Face, wrapped};
use super::theme::Theme;
use super::told;
use crate::text::paths;

/// The words around a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Caption {
    /// What the picture shows, such as "What each leadership gets from every allowed package".
    pub title: String,
    /// The finding in words, such as "A no-defeat package exists, and both leaderships gain by it".
    pub subtitle: String,
    /// Where it comes from, such as "in this model, under these ranges; 10 000 worlds, seed 1".
    pub source: String,
    /// What else must be said of it, each written in a paragraph over the source line.
    pub notes: Vec<String>,
    /// What the printed table says, in words, for readers who do not see the picture; they are told the finding first.
    pub description: String,
}

/// Font sizes in logical pixels.
pub const TITLE: f64 = 17.0;
/// The finding.
pub const SUBTITLE: f64 = 13.0;
/// Ordinary text.
pub const BODY: f64 = 12.0;
/// Ticks, remarks, the source.
pub const SMALL: f64 = 10.5;
/// Space left free at all four sides.
pub const MARGIN: f64 = 20.0;
/// The width of a slide.
pub const SLIDE: f64 = 832.0;
/// Its height, nine sixteenths of that.
const SLIDE_HEIGHT: f64 = 468.0;

/// The mark that a legend entry explains.
#[derive(Clone, Copy)]
pub enum Swatch {
    /// A filled square.
    Square(Colour),
    /// A filled square with an edge.
    Edged(Colour, Colour),
    /// An empty square with an edge.
    Hollow(Colour),
    /// A filled circle.
    Disc(Colour),
    /// A filled diamond with an edge.
    Diamond(Colour, Colour),
    /// A filled diamond within another one.
    Twice(Colour, Colour),
    /// A filled circle with an edge.
    Ring(Colour, Colour),
    /// A line.
    Line(Colour),
    /// A small dot.
    Dot(Colour),
    /// An interval with a dot in its middle.
    Whisker(Colour),
    /// A dashed line.
    Dashes(Colour),
    /// A cross.
    Cross(Colour),
    /// Squares from faint to full.
    Ramp([Colour; 4]),
}

impl Swatch {
    fn width(self) -> f64 {
        match self {
            Self::Ramp(_) => 40.0,
            Self::Line(_) | Self::Dashes(_) | Self::Whisker(_) => 20.0,
            _ => 11.0,
        }
    }

    /// Draws the mark from `x` rightwards, its middle at `y`.
    pub fn draw(self, canvas: &mut Canvas, (x, y): (f64, f64)) {
        let (middle, right) = (x + 5.5, x + self.width());
        let (upper, lower) = ((x, y - 5.5), (x + 11.0, y + 5.5));
        match self {
            Self::Square(fill) => canvas.rect(upper, lower, fill),
            Self::Edged(fill, edge) => {
                canvas.rect(upper, lower, fill);
                canvas.frame(upper, lower, Stroke { colour: edge, width: 1.2 });
            }
            Self::Hollow(edge) => canvas.frame(upper, lower, Stroke { colour: edge, width: 1.0 }),
            Self::Disc(fill) => canvas.disc((middle, y), 4.5, fill),
            Self::Diamond(fill, edge) => canvas.diamond((middle, y), 5.5, fill, Stroke { colour: edge, width: 1.2 }),
            Self::Twice(fill, edge) => twice(canvas, (middle, y), 4.0, fill, Stroke { colour: edge, width: 1.2 }),
            Self::Ring(fill, edge) => ring(canvas, (middle, y), 4.6, fill, edge),
            Self::Line(colour) => canvas.line((x, y), (right, y), Stroke { colour, width: 2.0 }),
            Self::Dot(colour) => canvas.disc((middle, y), 1.9, colour),
            Self::Whisker(colour) => {
                let stroke = Stroke { colour, width: 1.4 };
                canvas.line((x, y), (right, y), stroke);
                canvas.line((x, y - 3.0), (x, y + 3.0), stroke);
                canvas.line((right, y - 3.0), (right, y + 3.0), stroke);
                canvas.disc((f64::midpoint(x, right), y), 3.0, colour);
            }
            Self::Cross(colour) => {
                let stroke = Stroke { colour, width: 1.9 };
                canvas.line((x + 1.0, y - 4.5), (x + 10.0, y + 4.5), stroke);
                canvas.line((x + 1.0, y + 4.5), (x + 10.0, y - 4.5), stroke);
            }
            Self::Dashes(colour) => canvas.dashes((x, y), (right, y), Stroke { colour, width: 1.4 }),
            Self::Ramp(steps) => {
                for (left, step) in (0_u8..).map(|i| x + 10.0 * f64::from(i)).zip(steps) {
                    canvas.rect((left, y - 5.0), (left + 10.0, y + 5.0), step);
                }
            }
        }
    }
}

/// A filled diamond within another one that is empty.
pub fn twice(canvas: &mut Canvas, (x, y): (f64, f64), radius: f64, fill: Colour, edge: Stroke) {
    let outer = radius + 3.0;
    let corners = vec![(x + outer, y), (x, y + outer), (x - outer, y), (x, y - outer), (x + outer, y)];
    canvas.path(corners, Stroke { width: 1.0, ..edge });
    canvas.diamond((x, y), radius, fill, edge);
}

/// A filled circle with an edge.
pub fn ring(canvas: &mut Canvas, at: (f64, f64), radius: f64, fill: Colour, edge: Colour) {
    canvas.disc(at, radius, edge);
    canvas.disc(at, radius - 1.6, fill);
}

/// A sheet with its head already written, to be drawn on from [`Sheet::top`] down.
pub struct Sheet<'a> {
    /// What is drawn on.
    pub canvas: Canvas,
    /// The theme.
    pub theme: Theme,
    /// The width in logical pixels.
    pub width: f64,
    /// The first free pixel row.
    pub top: f64,
    name: &'static str,
    caption: &'a Caption,
}

impl<'a> Sheet<'a> {
    /// A sheet of this width with title and finding written at its head.
    pub fn new(name: &'static str, width: f64, caption: &'a Caption, theme: Theme) -> Self {
        let mut sheet = Self { canvas: Canvas::default(), theme, width, top: MARGIN, name, caption };
        let ink = theme.ink();
        sheet.paragraph(&caption.title, 2, Lettering::new(TITLE, ink).bold());
        sheet.top += 2.0;
        sheet.paragraph(&caption.subtitle, 5, Lettering::new(SUBTITLE, theme.muted()));
        sheet.top += 12.0;
        sheet
    }

    /// Ordinary lettering in ink.
    pub fn body(&self) -> Lettering {
        Lettering::new(BODY, self.theme.ink())
    }

    /// Small lettering in muted ink.
    pub fn small(&self) -> Lettering {
        Lettering::new(SMALL, self.theme.muted())
    }

    /// Writes a wrapped paragraph over the full width and moves on below it.
    pub fn paragraph(&mut self, text: &str, most: usize, lettering: Lettering) {
        let room = self.width - 2.0 * MARGIN;
        let bottom = self.lines((MARGIN, self.top), text, room, most, lettering);
        self.top = bottom;
    }

    /// Writes the name of an input around `middle`, its path small below it; other labels as they are.
    pub fn input(&mut self, (left, middle): (f64, f64), label: &str, room: f64) {
        let name = paths::name(label);
        let path = if name == label { Vec::new() } else { wrapped(label, room, 1, Face::regular(SMALL)) };
        let most = if path.is_empty() { 2 } else { 1 };
        let lines = wrapped(&name, room, most, Face::regular(BODY));
        let high = lines.len() as f64 * line_height(BODY) + path.len() as f64 * line_height(SMALL);
        let (body, small) = (self.body(), self.small());
        let mut row = middle - high / 2.0 - 1.0;
        for (line, lettering) in lines.iter().map(|l| (l, body)).chain(path.iter().map(|l| (l, small))) {
            self.canvas.text((left, row + lettering.size), line.as_str(), lettering);
            row += line_height(lettering.size);
        }
    }

    /// Writes `text` wrapped to `room` with its upper edge at `at.1`, and gives the row below it.
    pub fn lines(&mut self, at: (f64, f64), text: &str, room: f64, most: usize, lettering: Lettering) -> f64 {
        let face = Face { size: lettering.size, bold: lettering.bold };
        let mut top = at.1;
        for line in wrapped(text, room, most, face) {
            self.canvas.text((at.0, top + lettering.size), line, lettering);
            top += line_height(lettering.size);
        }
        top
    }

    /// A strip of explained marks over the full width, in as many rows as it needs.
    pub fn legend(&mut self, entries: &[(Swatch, String)]) {
        let right = self.width - MARGIN;
        self.legend_within(MARGIN, right, entries);
        self.top += 10.0;
    }

    /// A strip of explained marks between two columns; the free row moves below it.
    pub fn legend_within(&mut self, left: f64, right: f64, entries: &[(Swatch, String)]) {
        let lettering = Lettering::new(SMALL + 0.5, self.theme.ink());
        let row = line_height(lettering.size) + 3.0;
        let mut x = left;
        for (swatch, label) in entries {
            let indent = swatch.width() + 6.0;
            let face = Face::regular(lettering.size);
            let room = right - left - indent;
            let needed = indent + face.width(label).min(room);
            if x > left && x + needed > right {
                x = left;
                self.top += row;
            }
            swatch.draw(&mut self.canvas, (x, self.top + row / 2.0));
            let lines = wrapped(label, room, 3, face);
            for (i, line) in lines.iter().enumerate() {
                if i > 0 {
                    self.top += line_height(lettering.size);
                }
                self.canvas.text((x + indent, self.top + row / 2.0 + lettering.size * 0.36), line.as_str(), lettering);
            }
            x += needed + 18.0;
        }
        self.top += row;
    }

    /// The height that a slide has left for a drawing with so much below it, and at least `least`.
    pub fn room(&self, below: f64, least: f64) -> f64 {
        (SLIDE_HEIGHT - self.foot_height() - self.top - below).max(least)
    }

    fn foot_height(&self) -> f64 {
        let room = self.width - 2.0 * MARGIN;
        let high = |text: &str, most| wrapped(text, room, most, Face::regular(SMALL)).len() as f64 * line_height(SMALL);
        let notes: f64 = self.caption.notes.iter().map(|words| high(words, 6) + 3.0).sum();
        12.0 + notes + high(&self.caption.source, 3) + MARGIN - 6.0
    }

    /// The source line at the foot, and the picture of this data; a slide is filled up to its height.
    pub fn finish(mut self, data: &impl Serialize) -> Picture {
        if self.width == SLIDE {
            self.top = self.top.max(SLIDE_HEIGHT - self.foot_height());
        }
        self.top += 12.0;
        let mut note = self.small();
        note.colour = self.theme.ink();
        let caption = self.caption;
        for words in &caption.notes {
            self.paragraph(words, 6, note);
            self.top += 3.0;
        }
        let lettering = self.small();
        let source = caption.source.as_str();
        self.paragraph(source, 3, lettering);
        let head = Head { name: self.name, title: caption.title.clone(), description: told::briefly(caption) };
        let height = (self.top + MARGIN - 6.0).round();
        let mut picture = self.canvas.finish((self.width, height), self.theme.background(), head);
        picture.data = serde_json::to_value(data).unwrap_or_default();
        picture
    }
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

/// The distance from baseline to baseline at a font size.
pub fn line_height(size: f64) -> f64 {
    (size * 1.3).round()
}
