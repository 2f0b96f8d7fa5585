//! A backend of plotters that keeps what is drawn instead of drawing it.

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    FontTransform,
};

use super::super::marks::{Anchor, Lettering, Mark, Point, Stroke};
use super::super::palette::Colour;
use super::UNITS;

/// The marks drawn so far.
///
/// The bottom of a text is its baseline: no letter is measured here.
#[derive(Default)]
pub struct Recorder {
    pub marks: Vec<Mark>,
}

/// What a recorder is not made to keep: outlines of circles, and texts turned otherwise than upwards.
#[derive(Debug, thiserror::Error)]
#[error("this mark cannot be kept")]
pub struct CannotKeep;

type Kept = Result<(), DrawingErrorKind<CannotKeep>>;

fn pixels(units: i32) -> f64 {
    f64::from(units) / UNITS
}

fn point((x, y): BackendCoord) -> Point {
    (pixels(x), pixels(y))
}

fn colour(BackendColor { alpha, rgb: (red, green, blue) }: BackendColor) -> Colour {
    Colour { red, green, blue, alpha }
}

impl Recorder {
    #[allow(clippy::unnecessary_wraps)] // What every method of a backend gives.
    fn keep(&mut self, mark: Mark) -> Kept {
        self.marks.push(mark);
        Ok(())
    }
}

impl DrawingBackend for Recorder {
    type ErrorType = CannotKeep;

    fn get_size(&self) -> (u32, u32) {
        (i32::MAX.unsigned_abs(), i32::MAX.unsigned_abs())
    }

    fn ensure_prepared(&mut self) -> Kept {
        Ok(())
    }

    fn present(&mut self) -> Kept {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, ink: BackendColor) -> Kept {
        self.keep(Mark::Rect(point((x, y)), point((x + 1, y + 1)), colour(ink)))
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Kept {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Kept {
        let stroke = Stroke { colour: colour(style.color()), width: f64::from(style.stroke_width()) / UNITS };
        self.keep(Mark::Path(path.into_iter().map(point).collect(), stroke))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Kept {
        self.keep(Mark::Fill(corners.into_iter().map(point).collect(), colour(style.color())))
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Kept {
        if fill {
            return self.keep(Mark::Rect(point((left, top)), point((right, bottom)), colour(style.color())));
        }
        self.draw_path([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], style)
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Kept {
        if !fill {
            return Err(DrawingErrorKind::DrawingError(CannotKeep));
        }
        self.keep(Mark::Disc(point(centre), f64::from(radius) / UNITS, colour(style.color())))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Kept {
        let upwards = match style.transform() {
            FontTransform::None => false,
            FontTransform::Rotate270 => true,
            FontTransform::Rotate90 | FontTransform::Rotate180 => {
                return Err(DrawingErrorKind::DrawingError(CannotKeep));
            }
        };
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let bold = matches!(style.style(), FontStyle::Bold);
        let (size, colour) = (style.size() / UNITS, colour(style.color()));
        self.keep(Mark::Text(point(at), text.to_owned(), Lettering { size, colour, bold, anchor, upwards }))
    }
}

#[cfg(test)]
mod tests {
    use plotters::element::{Drawable as _, Rectangle};
    use plotters::style::{Color, RED};

    use super::*;

    #[test]
    fn what_plotters_draws_is_kept_to_a_hundredth_of_a_pixel() {
        let mut recorder = Recorder::default();
        recorder.draw_path([(101, 250), (307, 1)], &Color::stroke_width(&RED, 150)).expect("a line is kept");
        let Mark::Path(points, stroke) = &recorder.marks[0] else { panic!("it is a line") };
        assert_eq!(points, &[(1.01, 2.5), (3.07, 0.01)]);
        assert_eq!((stroke.width, stroke.colour), (1.5, Colour::hex(0x00ff_0000)));
    }

    #[test]
    fn elements_of_plotters_can_be_drawn_on_it() {
        let mut recorder = Recorder::default();
        let corners = [(0, 0), (100, 50)];
        let element = Rectangle::new(corners, Color::filled(&RED));
        element.draw(corners.into_iter(), &mut recorder, (1000, 1000)).expect("a rectangle is kept");
        assert_eq!(recorder.marks, [Mark::Rect((0.0, 0.0), (1.0, 0.5), Colour::hex(0x00ff_0000))]);
    }
}
