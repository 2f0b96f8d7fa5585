//! A drawing painted as PNG, with the embedded faces whatever the machine has.

use tiny_skia::{FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Transform};

use super::letters::faces;
use super::marks::{Anchor, Drawing, Lettering, Mark, Point, Stroke};
use super::palette::Colour;
use super::shaping::{Set, set};

/// Why a picture could not be made into a PNG.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PngError {
    /// The scale gives no image or one too large.
    #[error("a scale of {0} gives an image without pixels, or with more than 2^28")]
    Scale(f32),
    /// The encoder failed.
    #[error("the image could not be encoded: {0}")]
    Encoding(String),
}

/// The drawing as PNG bytes, `scale` image pixels to the logical pixel.
///
/// # Errors
/// [`PngError::Scale`] for a scale that leaves no pixels or gives more than 2^28.
pub fn bytes(drawing: &Drawing, scale: f32) -> Result<Vec<u8>, PngError> {
    let (wide, high) = (narrow(drawing.width), narrow(drawing.height));
    let (width, height) = image_size(wide, high, scale)?;
    let image = Pixmap::new(width, height).ok_or(PngError::Scale(scale))?;
    // Stretched by under a pixel, so that the background reaches every edge.
    let fit = Transform::from_scale(narrow(width.into()) / wide, narrow(height.into()) / high);
    let mut easel = Easel { image, fit };
    drawing.marks.iter().for_each(|mark| easel.mark(mark));
    easel.image.encode_png().map_err(|e| PngError::Encoding(e.to_string()))
}

/// A coordinate as the painter takes it: seven digits, of which a picture of some thousand pixels needs six.
fn narrow(value: f64) -> f32 {
    value as f32
}

fn image_size(width: f32, height: f32, scale: f32) -> Result<(u32, u32), PngError> {
    const MOST_PIXELS: f32 = 268_435_456.0;
    let (w, h) = ((width * scale).round(), (height * scale).round());
    if w >= 1.0 && h >= 1.0 && w * h <= MOST_PIXELS { Ok((w as u32, h as u32)) } else { Err(PngError::Scale(scale)) }
}

fn paint(Colour { red, green, blue, alpha }: Colour) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(red, green, blue, (alpha.clamp(0.0, 1.0) * 255.0).round() as u8);
    paint
}

/// An image with the way from logical pixels to its own.
struct Easel {
    image: Pixmap,
    fit: Transform,
}

impl Easel {
    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Path(points, stroke) => self.stroke(points, *stroke),
            Mark::Fill(points, colour) => self.fill(through(points, true), *colour),
            Mark::Rect(one, other, colour) => self.fill(rectangle(*one, *other), *colour),
            Mark::Disc((x, y), radius, colour) => {
                self.fill(PathBuilder::from_circle(narrow(*x), narrow(*y), narrow(*radius)), *colour);
            }
            Mark::Text(at, words, lettering) => self.text(*at, words, *lettering),
        }
    }

    fn stroke(&mut self, points: &[Point], Stroke { colour, width }: Stroke) {
        if let Some(path) = through(points, false) {
            let stroke = tiny_skia::Stroke { width: narrow(width), ..tiny_skia::Stroke::default() };
            self.image.stroke_path(&path, &paint(colour), &stroke, self.fit, None);
        }
    }

    fn fill(&mut self, path: Option<Path>, colour: Colour) {
        if let Some(path) = path {
            self.image.fill_path(&path, &paint(colour), FillRule::Winding, self.fit, None);
        }
    }

    fn text(&mut self, (x, y): Point, words: &str, lettering: Lettering) {
        let line = set(words, lettering.bold);
        let size = lettering.size;
        let before = match lettering.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => line.width * size / 2.0,
            Anchor::End => line.width * size,
        };
        let (x, y, before) = (narrow(x), narrow(y), narrow(before));
        let place = if lettering.upwards {
            Transform::from_row(0.0, -1.0, 1.0, 0.0, x, y + before)
        } else {
            Transform::from_translate(x - before, y)
        };
        self.fill(
            outlines(&line, lettering.bold, narrow(size)).and_then(|path| path.transform(place)),
            lettering.colour,
        );
    }
}

fn through(points: &[Point], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    path.move_to(narrow(first.0), narrow(first.1));
    rest.iter().for_each(|(x, y)| path.line_to(narrow(*x), narrow(*y)));
    if closed {
        path.close();
    }
    path.finish()
}

fn rectangle(one: Point, other: Point) -> Option<Path> {
    let (left, right) = (narrow(one.0.min(other.0)), narrow(one.0.max(other.0)));
    let (top, bottom) = (narrow(one.1.min(other.1)), narrow(one.1.max(other.1)));
    Rect::from_ltrb(left, top, right, bottom).map(PathBuilder::from_rect)
}

/// The outlines of a line of text that begins at the origin and stands on the horizontal axis.
fn outlines(line: &Set, bold: bool, size: f32) -> Option<Path> {
    let faces: Vec<_> = faces(bold).collect();
    let mut path = PathBuilder::new();
    for glyph in &line.glyphs {
        let face = faces[glyph.face];
        let scale = size / f32::from(face.units_per_em());
        let origin = (narrow(glyph.x) * size, narrow(glyph.y) * size);
        if glyph.id.0 == 0 {
            let wide = face.glyph_hor_advance(glyph.id).map_or(0.6 * size, |wide| f32::from(wide) * scale);
            unknown(&mut path, origin, (wide, size));
        }
        face.outline_glyph(glyph.id, &mut Outline { path: &mut path, origin, scale });
    }
    path.finish()
}

/// The box that stands for a character that no font has: the frame of a rectangle as high as a capital.
fn unknown(path: &mut PathBuilder, (x, y): (f32, f32), (wide, size): (f32, f32)) {
    let (thick, gap) = (0.06 * size, 0.12 * wide);
    let (left, right, top, foot) = (x + gap, x + wide - gap, y - 0.7 * size, y);
    let mut turn = |corners: [(f32, f32); 4]| {
        path.move_to(corners[0].0, corners[0].1);
        corners[1..].iter().for_each(|corner| path.line_to(corner.0, corner.1));
        path.close();
    };
    turn([(left, top), (right, top), (right, foot), (left, foot)]);
    // The hole runs the other way round.
    let (left, right, top, foot) = (left + thick, right - thick, top + thick, foot - thick);
    turn([(left, top), (left, foot), (right, foot), (right, top)]);
}

/// Draws a glyph, whose units count upwards, into a path, whose pixels count downwards.
struct Outline<'a> {
    path: &'a mut PathBuilder,
    origin: (f32, f32),
    scale: f32,
}

impl Outline<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.origin.0 + x * self.scale, -self.origin.1 - y * self.scale)
    }
}

impl ttf_parser::OutlineBuilder for Outline<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(words: &str) -> Drawing {
        let ground = Mark::Rect((0.0, 0.0), (60.0, 20.0), Colour::hex(0x00ff_ffff));
        let text = Mark::Text((4.0, 15.0), words.into(), Lettering::new(12.0, Colour::hex(0)));
        Drawing { width: 60.0, height: 20.0, marks: vec![ground, text] }
    }

    fn painted(words: &str) -> Vec<u8> {
        bytes(&drawing(words), 2.0).expect("a sound drawing")
    }

    #[test]
    fn a_scale_without_pixels_is_refused() {
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e9] {
            assert!(matches!(bytes(&drawing("a"), scale), Err(PngError::Scale(_))), "{scale}");
        }
    }

    #[test]
    fn the_same_drawing_gives_the_same_bytes_and_another_text_others() {
        assert!(painted("Kyiv").starts_with(b"\x89PNG"));
        assert_eq!(painted("Kyiv"), painted("Kyiv"));
        assert_ne!(painted("Kyiv"), painted("Baku"));
        assert_ne!(painted("Kyiv"), painted(" "));
    }

    #[test]
    fn a_box_stands_for_a_character_that_no_font_has() {
        let dark = |words: &str| {
            let image = Pixmap::decode_png(&painted(words)).expect("it is PNG");
            image.pixels().iter().filter(|p| p.red() < 128).count()
        };
        assert_eq!(dark(" "), 0);
        let (one, two) = (dark("桶"), dark("桶ご"));
        assert!(one > 40 && two == 2 * one, "{one} and {two} dark pixels");
    }

    #[test]
    fn an_image_has_the_colours_of_its_marks_to_the_edge() {
        let red = Colour::hex(0x00ff_0000);
        let drawing = Drawing { width: 10.3, height: 4.0, marks: vec![Mark::Rect((0.0, 0.0), (10.3, 4.0), red)] };
        let image = Pixmap::decode_png(&bytes(&drawing, 3.0).expect("a sound drawing")).expect("it is PNG");
        assert_eq!((image.width(), image.height()), (31, 12));
        assert!(image.pixels().iter().all(|p| (p.red(), p.green(), p.alpha()) == (255, 0, 255)));
    }
}
