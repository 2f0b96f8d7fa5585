//! The sheet of paper that every picture shares: title, finding, legend, source line, margins.

use serde::Serialize;

use super::axis::Scale;
use super::canvas::Canvas;
use super::marks::{Lettering, Point, Stroke};
use super::palette::{Colour, Theme};
use super::picture::Picture;
use super::text::{Face, height, line_height, wrapped};
use super::{picture, svg};
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

/// How a picture is to look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// The theme.
    pub theme: Theme,
    /// The width in logical pixels, at least [`Look::NARROWEST`]; `None`: that which suits the picture.
    pub width: Option<f64>,
    /// Whether title and finding stand at its head: a page may say them itself.
    pub titles: bool,
}

impl Look {
    /// The narrowest picture that is laid out: a telephone.
    pub const NARROWEST: f64 = 390.0;
}

impl From<Theme> for Look {
    fn from(theme: Theme) -> Self {
        Self { theme, width: None, titles: true }
    }
}

/// Below this width, in logical pixels, names stand over what they name instead of beside it. Source: assumption.
const NARROW: f64 = 600.0;

/// The mark that a legend entry explains.
#[derive(Clone, Copy)]
pub enum Swatch {
    /// A filled square.
    Square(Colour),
    /// A filled square with an edge.
    Edged(Colour, Colour),
    /// An empty square with an edge.
    Hollow(Colour),
    /// An empty square with an edge within another one.
    Framed(Colour),
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
            Self::Framed(edge) => {
                canvas.frame(upper, lower, Stroke { colour: edge, width: 1.0 });
                let (upper, lower) = ((x + 2.8, y - 2.7), (x + 8.2, y + 2.7));
                canvas.frame(upper, lower, Stroke { colour: edge, width: 1.6 });
            }
            Self::Disc(fill) => canvas.disc((middle, y), 4.5, fill),
            Self::Diamond(fill, edge) => canvas.diamond((middle, y), 5.5, fill, Stroke { colour: edge, width: 1.2 }),
            Self::Twice(fill, edge) => canvas.twice((middle, y), 4.0, fill, Stroke { colour: edge, width: 1.2 }),
            Self::Ring(fill, edge) => canvas.ring((middle, y), 4.6, fill, edge),
            Self::Line(colour) => canvas.line((x, y), (right, y), Stroke { colour, width: 2.0 }),
            Self::Dot(colour) => canvas.disc((middle, y), 1.9, colour),
            Self::Whisker(colour) => {
                canvas.whisker((x, right), y, Stroke { colour, width: 1.4 }, 3.0);
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
    /// A sheet of this width with title and finding written at its head; of the width that the look asks for, if it does.
    pub fn new(name: &'static str, width: f64, caption: &'a Caption, look: impl Into<Look>) -> Self {
        let Look { theme, width: asked, titles } = look.into();
        let (width, top) = (asked.unwrap_or(width), if titles { MARGIN } else { MARGIN / 2.0 });
        let mut sheet = Self { canvas: Canvas::default(), theme, width, top, name, caption };
        if titles {
            sheet.paragraph(&caption.title, 2, Lettering::new(TITLE, theme.ink()).bold());
            sheet.top += 2.0;
            sheet.paragraph(&caption.subtitle, 5, Lettering::new(SUBTITLE, theme.muted()));
            sheet.top += 12.0;
        }
        sheet
    }

    /// The right end of what is drawn.
    pub fn right(&self) -> f64 {
        self.width - MARGIN
    }

    /// Whether it is too narrow for names beside what they name.
    pub fn is_narrow(&self) -> bool {
        self.width < NARROW
    }

    /// Ordinary lettering in ink.
    pub fn body(&self) -> Lettering {
        Lettering::new(BODY, self.theme.ink())
    }

    /// Small lettering in muted ink.
    pub fn small(&self) -> Lettering {
        Lettering::new(SMALL, self.theme.muted())
    }

    /// Small lettering in ink.
    pub fn note(&self) -> Lettering {
        self.small().coloured(self.theme.ink())
    }

    /// Writes a wrapped paragraph over the full width and moves on below it.
    pub fn paragraph(&mut self, text: &str, most: usize, lettering: Lettering) {
        self.top = self.lines((MARGIN, self.top), text, self.width - 2.0 * MARGIN, most, lettering);
    }

    /// Writes the name of an input around `middle`, its path small below it; other labels as they are.
    pub fn input(&mut self, (left, middle): Point, label: &str, room: f64) {
        let name = paths::name(label);
        let (path, most) = if name == label { ("", 2) } else { (label, 1) };
        let high = height(&name, room, most, Face::regular(BODY)) + height(path, room, 1, Face::regular(SMALL));
        let row = self.lines((left, middle - high / 2.0 - 1.0), &name, room, most, self.body());
        self.lines((left, row), path, room, 1, self.small());
    }

    /// Writes `text` wrapped to `room` with its upper edge at `at.1`, and gives the row below it.
    pub fn lines(&mut self, at: Point, text: &str, room: f64, most: usize, lettering: Lettering) -> f64 {
        wrapped(text, room, most, lettering.face()).into_iter().fold(at.1, |top, line| {
            self.canvas.text((at.0, top + lettering.size), line, lettering);
            top + line_height(lettering.size)
        })
    }

    /// One line of text on a plate of the ground, so that no line behind it runs through it.
    pub fn plated(&mut self, (left, top): Point, text: &str, room: f64, lettering: Lettering) -> f64 {
        let words = wrapped(text, room, 1, lettering.face()).concat();
        let right = left + lettering.face().width(&words) + 3.0;
        let below = top + line_height(lettering.size);
        self.canvas.rect((left - 3.0, top), (right, below), self.theme.background());
        self.lines((left, top), &words, room, 1, lettering)
    }

    /// Writes `text` in at most three lines of ordinary text around `middle`.
    pub fn centred(&mut self, (left, middle): Point, text: &str, room: f64) {
        let lines = wrapped(text, room, 3, Face::regular(BODY));
        let mut baseline = middle - lines.len().saturating_sub(1) as f64 * line_height(BODY) / 2.0;
        for line in lines {
            self.canvas.label((left, baseline), line, self.body());
            baseline += line_height(BODY);
        }
    }

    /// An interval of values along a row, at least half a pixel long, with ticks at its ends that reach so far.
    pub fn interval(&mut self, (low, high): (f64, f64), scale: &Scale, y: f64, stroke: Stroke, reach: f64) {
        let (low, high) = (scale.within(low), scale.within(high));
        self.canvas.line((low, y), (high.max(low + 0.5), y), stroke);
        self.canvas.ticks([low, high], y, stroke, reach);
    }

    /// A strip of explained marks over the full width, in as many rows as it needs.
    pub fn legend(&mut self, entries: &[(Swatch, String)]) {
        let lettering = Lettering::new(SMALL + 0.5, self.theme.ink());
        let (right, row) = (self.width - MARGIN, line_height(lettering.size) + 3.0);
        let mut x = MARGIN;
        for (swatch, label) in entries {
            let indent = swatch.width() + 6.0;
            let room = right - MARGIN - indent;
            let needed = indent + lettering.face().width(label).min(room);
            if x > MARGIN && x + needed > right {
                x = MARGIN;
                self.top += row;
            }
            swatch.draw(&mut self.canvas, (x, self.top + row / 2.0));
            for (i, line) in wrapped(label, room, 3, lettering.face()).into_iter().enumerate() {
                if i > 0 {
                    self.top += line_height(lettering.size);
                }
                self.canvas.label((x + indent, self.top + row / 2.0), line, lettering);
            }
            x += needed + 18.0;
        }
        self.top += row + 10.0;
    }

    /// The height that a slide has left for a drawing with so much below it, and at least `least`.
    pub fn room(&self, below: f64, least: f64) -> f64 {
        (SLIDE_HEIGHT - self.foot_height() - self.top - below).max(least)
    }

    fn foot_height(&self) -> f64 {
        let high = |text: &str, most| height(text, self.width - 2.0 * MARGIN, most, Face::regular(SMALL));
        let notes: f64 = self.caption.notes.iter().map(|words| high(words, 6) + 3.0).sum();
        12.0 + notes + high(&self.caption.source, 3) + MARGIN - 6.0
    }

    /// The source line at the foot, and the picture of this data; a slide is filled up to its height.
    pub fn finish(mut self, data: &impl Serialize) -> Picture {
        if self.width == SLIDE {
            self.top = self.top.max(SLIDE_HEIGHT - self.foot_height());
        }
        self.top += 12.0;
        let caption = self.caption;
        for words in &caption.notes {
            self.paragraph(words, 6, self.note());
            self.top += 3.0;
        }
        self.paragraph(&caption.source, 3, self.small());
        let height = (self.top + MARGIN - 6.0).round();
        let drawing = self.canvas.finish((self.width, height), self.theme.background());
        let (name, title, description) = (self.name.to_owned(), caption.title.clone(), picture::briefly(caption));
        let svg = svg::document(&name, &title, &description, &drawing);
        let data = serde_json::to_value(data).unwrap_or_default();
        Picture { name, title, description, svg, data, drawing }
    }
}
