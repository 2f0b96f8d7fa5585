//! A drawing written as an SVG document whose text is text.

use itertools::Itertools as _;

use super::letters::FAMILY;
use super::marks::{Anchor, Drawing, Lettering, Mark, Point, Stroke};
use super::palette::Colour;
use crate::visible::visible;

/// The document of a drawing, with its title and description for readers who do not see it.
pub fn document(name: &str, title: &str, description: &str, drawing: &Drawing) -> String {
    let Drawing { width, height, marks } = drawing;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"winset-{name}-title winset-{name}-desc\" \
         font-family=\"{FAMILY}\">\n"
    );
    svg += &format!("<title id=\"winset-{name}-title\">{}</title>\n", escaped(title));
    svg += &format!("<desc id=\"winset-{name}-desc\">{}</desc>\n", escaped(description));
    marks.iter().for_each(|mark| svg += &element(mark));
    svg + "</svg>\n"
}

fn element(mark: &Mark) -> String {
    match mark {
        Mark::Path(points, Stroke { colour, width }) => {
            let stroke = paint("stroke", *colour);
            format!("<polyline fill=\"none\"{stroke} stroke-width=\"{width}\" points=\"{}\"/>\n", list(points))
        }
        Mark::Fill(points, colour) => format!("<polygon{} points=\"{}\"/>\n", paint("fill", *colour), list(points)),
        Mark::Rect((left, top), (right, bottom), colour) => {
            let (x, y) = (left.min(*right), top.min(*bottom));
            let (width, height) = (rounded((right - left).abs()), rounded((bottom - top).abs()));
            format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{}/>\n", paint("fill", *colour))
        }
        Mark::Disc((x, y), radius, colour) => {
            format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{}/>\n", paint("fill", *colour))
        }
        Mark::Text(at, words, lettering) => text(*at, words, *lettering),
    }
}

fn text((x, y): Point, words: &str, lettering: Lettering) -> String {
    let anchor = match lettering.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = if lettering.bold { " font-weight=\"bold\"" } else { "" };
    let turn = if lettering.upwards { format!(" transform=\"rotate(270, {x}, {y})\"") } else { String::new() };
    let (size, fill, words) = (lettering.size, paint("fill", lettering.colour), escaped(words));
    format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{fill}{anchor}{weight}{turn}>{words}</text>\n")
}

/// An attribute of a colour, with its opacity where it is not full.
fn paint(what: &str, Colour { red, green, blue, alpha }: Colour) -> String {
    let opacity = if alpha < 1.0 { format!(" {what}-opacity=\"{alpha}\"") } else { String::new() };
    format!(" {what}=\"#{red:02X}{green:02X}{blue:02X}\"{opacity}")
}

fn list(points: &[Point]) -> String {
    points.iter().map(|(x, y)| format!("{x},{y}")).join(" ")
}

/// A difference of two coordinates, to the hundredth that they have.
fn rounded(difference: f64) -> f64 {
    (difference * 100.0).round() / 100.0
}

fn escaped(text: &str) -> String {
    visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(mark: Mark) -> String {
        document("empty", "A & B", "a < b\u{1}", &Drawing { width: 10.0, height: 5.0, marks: vec![mark] })
    }

    #[test]
    fn the_head_is_escaped_and_named() {
        let svg = written(Mark::Disc((1.0, 2.0), 0.5, Colour::hex(0)));
        assert!(svg.contains("width=\"10\" height=\"5\" viewBox=\"0 0 10 5\" role=\"img\""));
        assert!(svg.contains(">A &amp; B</title>"));
        assert!(svg.contains(">a &lt; b\u{fffd}</desc>"));
    }

    #[test]
    fn marks_keep_their_decimals_and_their_opacity() {
        let rect = written(Mark::Rect((0.1, 0.2), (0.3, 0.5), Colour::hex(0x00ab_cdef).fading(0.5)));
        assert!(rect.contains(
            "<rect x=\"0.1\" y=\"0.2\" width=\"0.2\" height=\"0.3\" fill=\"#ABCDEF\" fill-opacity=\"0.5\"/>"
        ));
        let lettering = Lettering::new(10.5, Colour::hex(0)).bold().end();
        let text = written(Mark::Text((1.25, 2.0), "a < b".into(), lettering));
        assert!(text.contains(
            "<text x=\"1.25\" y=\"2\" font-size=\"10.5\" fill=\"#000000\" text-anchor=\"end\" font-weight=\"bold\">a &lt; b</text>"
        ));
    }
}
