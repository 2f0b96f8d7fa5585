//! A finished picture as a value: SVG text, and PNG bytes painted from the same marks.

use std::collections::BTreeSet;

use super::letters;
use super::marks::{Drawing, Mark};

/// A finished picture.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Picture {
    /// The stem of its file name, such as `outcomes`.
    pub name: &'static str,
    /// What it shows, in one line.
    pub title: String,
    /// What the printed table beside it says, in words, for readers who do not see it.
    pub description: String,
    /// The picture as an SVG document; its text is text.
    pub svg: String,
    /// All that is drawn, as JSON: with it the picture can be drawn elsewhere, and its table written.
    pub data: serde_json::Value,
    pub(super) drawing: Drawing,
}

impl Picture {
    /// The characters of its texts that neither the embedded font has nor one that was added, in rising order.
    ///
    /// The SVG leaves them to the fonts of whoever looks at it; in the PNG an empty box stands for each.
    pub fn missing(&self) -> BTreeSet<char> {
        let texts = self.drawing.marks.iter().filter_map(|mark| match mark {
            Mark::Text(_, words, _) => Some(words),
            _ => None,
        });
        texts.flat_map(|words| letters::missing(words)).collect()
    }

    /// The picture as PNG bytes, `scale` image pixels to the logical pixel; the same bytes for the same picture.
    ///
    /// Only the embedded fonts are used and the one that was added, whatever the machine has.
    ///
    /// # Errors
    /// [`PngError::Scale`](super::PngError::Scale) for a scale that leaves no pixels or gives more than 2^28.
    #[cfg(feature = "png")]
    pub fn png(&self, scale: f32) -> Result<Vec<u8>, super::PngError> {
        super::png::bytes(&self.drawing, scale)
    }
}
