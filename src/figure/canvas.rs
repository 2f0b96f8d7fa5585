//! The drawing surface: the only file that names plotters.
//!
//! Marks are recorded in logical pixels and played to the SVG backend at eight times the size, because the backend
//! rounds every coordinate to a whole pixel; the finished document is then given its logical width and height and
//! keeps the large view box.

use std::sync::Once;

use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::register_font;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, FontDesc, FontFamily, FontStyle, FontTransform, RGBAColor, ShapeStyle, TextStyle};

use super::palette::Colour;
use super::picture::{Head, Picture};

/// The regular face that measures and draws all text.
pub(super) const REGULAR: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans.ttf");
/// The bold face.
pub(super) const BOLD: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans-Bold.ttf");

/// The font families of every text, in order of preference; Verdana comes second because its widths are the nearest.
pub const FAMILY: &str = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif";
/// How much larger than its logical size a picture is drawn.
pub const OVERSAMPLE: f64 = 8.0;

/// A point of the canvas in logical pixels, from the upper left corner.
pub type Point = (f64, f64);

/// Turns logical pixels into whole pixels of the oversampled drawing; every size goes through it.
#[derive(Clone, Copy)]
struct Px(f64);

impl Px {
    #[allow(clippy::cast_possible_truncation)] // A canvas is some thousand pixels wide; a float cast saturates.
    fn at(self, value: f64) -> i32 {
        (value * self.0).round() as i32
    }

    fn point(self, (x, y): Point) -> (i32, i32) {
        (self.at(x), self.at(y))
    }

    fn size(self, value: f64) -> u32 {
        self.at(value).max(1).unsigned_abs()
    }
}

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
    #[must_use]
    pub fn new(size: f64, colour: Colour) -> Self {
        Self { size, colour, bold: false, anchor: Anchor::Start, upwards: false }
    }

    /// The same in bold.
    #[must_use]
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same, centred on its point.
    #[must_use]
    pub fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    /// The same, ending at its point.
    #[must_use]
    pub fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    /// The same, reading upwards.
    #[must_use]
    pub fn upwards(self) -> Self {
        Self { upwards: true, ..self }
    }
}

/// The width of `text` in logical pixels at a font size, by the advances and kerning of the embedded font.
#[must_use]
#[allow(clippy::missing_panics_doc)] // The embedded fonts are always there.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    /// Measured at a large size, because the library rounds a width down to a whole pixel.
    const EM: f64 = 1000.0;
    /// Height of a line over em of `DejaVu Sans`, from its ascent 1901 and descent 483 of 2048: the library scales by
    /// line height.
    const LINE_PER_EM: f64 = (1901.0 + 483.0) / 2048.0;
    let font = font(EM * LINE_PER_EM, bold);
    let ((left, _), (right, _)) = font.layout_box(text).expect("the embedded fonts are registered");
    f64::from(right - left) * size / EM
}

fn font(size: f64, bold: bool) -> FontDesc<'static> {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        for family in [FAMILY, "sans-serif"] {
            let regular = register_font(family, FontStyle::Normal, REGULAR);
            let bold = register_font(family, FontStyle::Bold, BOLD);
            assert!(regular.is_ok() && bold.is_ok(), "the embedded fonts are sound");
        }
    });
    FontDesc::new(FontFamily::Name(FAMILY), size, if bold { FontStyle::Bold } else { FontStyle::Normal })
}

enum Mark {
    Path(Vec<Point>, Stroke),
    Fill(Vec<Point>, Colour),
    Rect(Point, Point, Colour),
    Disc(Point, f64, Colour),
    Text(Point, String, Lettering),
}

/// A picture in the making.
#[derive(Default)]
pub struct Canvas {
    marks: Vec<Mark>,
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

    /// A line through points.
    pub fn path(&mut self, points: Vec<Point>, stroke: Stroke) {
        self.marks.push(Mark::Path(points, stroke));
    }

    /// A filled polygon.
    pub fn fill(&mut self, points: Vec<Point>, colour: Colour) {
        self.marks.push(Mark::Fill(points, colour));
    }

    /// A filled rectangle.
    pub fn rect(&mut self, (left, top): Point, (right, bottom): Point, colour: Colour) {
        self.marks.push(Mark::Rect((left, top), (right, bottom), colour));
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
        self.marks.push(Mark::Disc(centre, radius, colour));
    }

    /// A filled diamond with an edge in `edge`.
    pub fn diamond(&mut self, (x, y): Point, radius: f64, fill: Colour, edge: Stroke) {
        let corners = vec![(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)];
        self.fill(corners, fill);
        // As with `frame`: from the middle of a side round to it again.
        let h = radius / 2.0;
        let outline = [(h, -h), (radius, 0.0), (0.0, radius), (-radius, 0.0), (0.0, -radius), (h, -h)]
            .map(|(a, b)| (x + a, y + b));
        self.path(outline.to_vec(), edge);
    }

    /// A text whose baseline passes through `at`.
    pub fn text(&mut self, at: Point, text: impl Into<String>, lettering: Lettering) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.marks.push(Mark::Text(at, text, lettering));
        }
    }

    /// The finished picture, `width` by `height` logical pixels on `background`.
    #[must_use]
    pub fn finish(self, (width, height): (f64, f64), background: Colour, head: Head) -> Picture {
        let px = Px(OVERSAMPLE);
        let mut drawn = String::new();
        {
            let mut backend = SVGBackend::with_string(&mut drawn, (px.size(width), px.size(height)));
            let ground = Mark::Rect((0.0, 0.0), (width, height), background);
            for mark in std::iter::once(&ground).chain(&self.marks) {
                play(mark, &mut backend, px);
            }
        }
        let body = drawn.split_once('\n').map_or("", |(_, body)| body);
        // What every mark repeats and SVG assumes anyway.
        let body = body.replace("\n</text>", "</text>").replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "");
        head.around(&body, (width, height), OVERSAMPLE)
    }
}

fn ink(colour: Colour) -> RGBAColor {
    RGBAColor(colour.red, colour.green, colour.blue, colour.alpha)
}

fn play(mark: &Mark, backend: &mut SVGBackend, px: Px) {
    let pen =
        |stroke: &Stroke| ShapeStyle { color: ink(stroke.colour), filled: false, stroke_width: px.size(stroke.width) };
    let brush = |colour: &Colour| ShapeStyle { color: ink(*colour), filled: true, stroke_width: 1 };
    let drawn = match mark {
        Mark::Path(points, stroke) => backend.draw_path(points.iter().map(|p| px.point(*p)), &pen(stroke)),
        Mark::Fill(points, colour) => backend.fill_polygon(points.iter().map(|p| px.point(*p)), &brush(colour)),
        Mark::Rect(from, to, colour) => backend.draw_rect(px.point(*from), px.point(*to), &brush(colour), true),
        Mark::Disc(centre, radius, colour) => {
            backend.draw_circle(px.point(*centre), px.size(*radius), &brush(colour), true)
        }
        Mark::Text(at, text, lettering) => {
            let (at, style) = set(px, *at, lettering);
            backend.draw_text(&legible(text), &style, at)
        }
    };
    drawn.expect("drawing into memory does not fail");
}

/// Where and in which style the backend is to write a text whose baseline passes through a point.
fn set(px: Px, (x, y): Point, lettering: &Lettering) -> ((i32, i32), TextStyle<'static>) {
    /// Where the backend puts the baseline of a text anchored at its top, in em below the point.
    const TOP_TO_BASELINE: f64 = 0.76;
    /// The backend writes the size that it is given divided by this as the size of the font.
    const SIZE_WRITTEN: f64 = 1.24;
    let lift = TOP_TO_BASELINE * lettering.size;
    let at = if lettering.upwards { (x, y) } else { (x, y - lift) };
    let h_pos = match lettering.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let font = font(lettering.size * px.0 * SIZE_WRITTEN, lettering.bold);
    let font = if lettering.upwards { font.transform(FontTransform::Rotate270) } else { font };
    let style = TextStyle { font, color: ink(lettering.colour).to_backend_color(), pos: Pos::new(h_pos, VPos::Top) };
    (px.point(at), style)
}

/// The text without control characters, which XML cannot carry.
pub(super) fn legible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_is_as_wide_as_the_font_says() {
        // DejaVu Sans: every digit advances 1303 of 2048; measured to a thousandth of an em.
        assert!((width("0", 1.0, false) - 1303.0 / 2048.0).abs() <= 0.001);
        assert!((width("0", 10.0, true) - 10.0 * 1425.0 / 2048.0).abs() <= 0.01);
    }

    #[test]
    fn cyrillic_is_embedded() {
        let missing = width("\u{4e00}", 1.0, false);
        assert!((width("Ж", 1.0, false) - missing).abs() > 0.1);
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(legible("a\u{0}b\nc"), "a b c");
    }
}
