//! A finished picture as a value: SVG text, and PNG bytes made from it.

use super::canvas::legible;

/// A finished picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The stem of its file name, such as `outcomes`.
    pub name: &'static str,
    /// What it shows, in one line.
    pub title: String,
    /// What the printed table beside it says, in words, for readers who do not see it.
    pub description: String,
    /// The picture as an SVG document; its text is text.
    pub svg: String,
}

/// What a reader who does not see the picture is told of it.
pub(super) struct Head {
    pub(super) name: &'static str,
    pub(super) title: String,
    pub(super) description: String,
}

impl Head {
    /// The picture of this name around the drawn `body`, whose coordinates are `oversample` times the logical ones.
    pub(super) fn around(self, body: &str, (width, height): (f64, f64), oversample: f64) -> Picture {
        let Self { name, title, description } = self;
        let (view_width, view_height) = ((width * oversample).round(), (height * oversample).round());
        let opening = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {view_width} {view_height}\" role=\"img\" \
             aria-labelledby=\"winset-{name}-title winset-{name}-desc\">"
        );
        let title_tag = format!("<title id=\"winset-{name}-title\">{}</title>", escaped(&title));
        let desc_tag = format!("<desc id=\"winset-{name}-desc\">{}</desc>", escaped(&description));
        let svg = format!("{opening}\n{title_tag}\n{desc_tag}\n{body}");
        Picture { name, title, description, svg }
    }
}

fn escaped(text: &str) -> String {
    legible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Why a picture could not be made into a PNG.
#[cfg(feature = "png")]
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// The SVG text was changed into something that is no SVG.
    #[error("the picture is not a sound SVG document: {0}")]
    Svg(String),
    /// The scale gives no image or one too large.
    #[error("a scale of {0} gives an image without pixels, or with more than 2^28")]
    Scale(f32),
    /// The encoder failed.
    #[error("the image could not be encoded: {0}")]
    Encoding(String),
}

#[cfg(feature = "png")]
impl Picture {
    /// The picture as PNG bytes, `scale` image pixels to the logical pixel; the same bytes for the same picture.
    ///
    /// Only the embedded fonts are used, whatever the machine has.
    ///
    /// # Errors
    /// [`PngError::Scale`] for a scale that leaves no pixels or gives more than 2^28;
    /// [`PngError::Svg`] if `svg` was changed into something else than SVG.
    pub fn png(&self, scale: f32) -> Result<Vec<u8>, PngError> {
        use resvg::{tiny_skia, usvg};
        let mut options = usvg::Options { font_family: "DejaVu Sans".into(), ..usvg::Options::default() };
        let fonts = options.fontdb_mut();
        fonts.load_font_data(super::canvas::REGULAR.to_vec());
        fonts.load_font_data(super::canvas::BOLD.to_vec());
        fonts.set_sans_serif_family("DejaVu Sans");
        let tree = usvg::Tree::from_str(&self.svg, &options).map_err(|e| PngError::Svg(e.to_string()))?;
        let size = tree.size();
        let (width, height) = image_size(size.width(), size.height(), scale)?;
        let mut image = tiny_skia::Pixmap::new(width, height).ok_or(PngError::Scale(scale))?;
        // Stretched by under a pixel, so that the background reaches every edge.
        let fit = tiny_skia::Transform::from_scale(exact(width) / size.width(), exact(height) / size.height());
        resvg::render(&tree, fit, &mut image.as_mut());
        image.encode_png().map_err(|e| PngError::Encoding(e.to_string()))
    }
}

#[cfg(feature = "png")]
#[allow(clippy::cast_precision_loss)] // A side of an image under the cap is far under 2^24 pixels or stretched unseen.
fn exact(pixels: u32) -> f32 {
    pixels as f32
}

#[cfg(feature = "png")]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Checked against the cap first.
fn image_size(width: f32, height: f32, scale: f32) -> Result<(u32, u32), PngError> {
    const MOST_PIXELS: f32 = 268_435_456.0;
    let (w, h) = ((width * scale).round(), (height * scale).round());
    if w >= 1.0 && h >= 1.0 && w * h <= MOST_PIXELS { Ok((w as u32, h as u32)) } else { Err(PngError::Scale(scale)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty() -> Picture {
        let head = Head { name: "empty", title: "A & B".into(), description: "a < b\u{1}".into() };
        head.around("</svg>\n", (10.0, 5.0), 8.0)
    }

    #[test]
    fn the_head_is_escaped_and_named() {
        let svg = empty().svg;
        assert!(svg.contains("width=\"10\" height=\"5\" viewBox=\"0 0 80 40\" role=\"img\""));
        assert!(svg.contains(">A &amp; B</title>"));
        assert!(svg.contains(">a &lt; b </desc>"));
    }

    #[cfg(feature = "png")]
    #[test]
    fn a_scale_without_pixels_is_refused() {
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e9] {
            assert!(matches!(empty().png(scale), Err(PngError::Scale(_))), "{scale}");
        }
        assert!(empty().png(2.0).is_ok_and(|bytes| bytes.starts_with(b"\x89PNG")));
    }
}
