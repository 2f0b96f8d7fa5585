//! Letters: how wide text is, the faces that it is painted with, and the characters that none of them has.
//!
//! Text is measured by a table of the widths of `DejaVu Sans`, so that a picture is the same on every machine and where
//! there is no font; a caller may add one font for the scripts that it lacks.

use std::collections::BTreeSet;

#[cfg(feature = "png")]
pub(super) use added::faces;
#[cfg(not(target_family = "wasm"))]
pub use added::{FontError, add_font};

use super::widths::{EM, Widths};
use crate::visible::acts;

/// The font families of every text, in order of preference; Verdana comes second because its widths are the nearest.
pub const FAMILY: &str = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif";

/// Where no font can be added, as in a browser, none has a character that the table lacks.
#[cfg(target_family = "wasm")]
mod added {
    pub fn advance(_: char) -> Option<f64> {
        None
    }

    pub fn kerning(_: char, _: char) -> f64 {
        0.0
    }
}

/// The font that was added, and those that are embedded.
#[cfg(not(target_family = "wasm"))]
mod added {
    use std::sync::OnceLock;

    use ttf_parser::{Face, GlyphId};

    static ADDED: OnceLock<Face<'static>> = OnceLock::new();

    /// Why a font could not be added.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
    pub enum FontError {
        /// The bytes are no font in `TrueType` or `OpenType` outlines.
        #[error("this is no font of the kinds TTF, OTF or TTC")]
        NoFont,
        /// One font was added before.
        #[error("a font was added already")]
        Added,
    }

    /// Adds a font, by the bytes of its file, for the characters that the embedded one lacks.
    ///
    /// It holds for all pictures that are drawn afterwards until the program ends; of a collection, the first face is
    /// taken. There is no bold face of it: bold text is drawn in the same.
    ///
    /// # Errors
    /// [`FontError::NoFont`] if the bytes hold no outlines; [`FontError::Added`] from the second font on.
    pub fn add_font(bytes: Vec<u8>) -> Result<(), FontError> {
        let outlines = |face: &Face| face.tables().glyf.is_some() || face.tables().cff.is_some();
        if !Face::parse(&bytes, 0).is_ok_and(|face| outlines(&face)) {
            return Err(FontError::NoFont);
        }
        let face = Face::parse(bytes.leak(), 0).map_err(|_| FontError::NoFont)?;
        ADDED.set(face).map_err(|_| FontError::Added)
    }

    /// The embedded face and, where one was added, that one.
    #[cfg(feature = "png")]
    pub fn faces(bold: bool) -> impl Iterator<Item = &'static Face<'static>> {
        static REGULAR: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans.ttf");
        static BOLD: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans-Bold.ttf");
        static EMBEDDED: OnceLock<[Face<'static>; 2]> = OnceLock::new();
        let parsed = |bytes| Face::parse(bytes, 0).expect("the embedded fonts are sound");
        let embedded = EMBEDDED.get_or_init(|| [parsed(REGULAR), parsed(BOLD)]);
        std::iter::once(&embedded[usize::from(bold)]).chain(ADDED.get())
    }

    /// How far a character of the font that was added moves on, in em.
    pub fn advance(letter: char) -> Option<f64> {
        let face = ADDED.get()?;
        let advance = face.glyph_hor_advance(face.glyph_index(letter)?).unwrap_or(0);
        Some(f64::from(advance) / f64::from(face.units_per_em()))
    }

    /// How much farther apart two characters of that font stand than they move on, in em.
    pub fn kerning(left: char, right: char) -> f64 {
        let pair = ADDED.get().and_then(|face| Some((face, face.glyph_index(left)?, face.glyph_index(right)?)));
        pair.map_or(0.0, |(face, left, right)| f64::from(units(face, left, right)) / f64::from(face.units_per_em()))
    }

    fn units(face: &Face, left: GlyphId, right: GlyphId) -> i32 {
        let tables = face.tables().kern.into_iter().flat_map(|kern| kern.subtables);
        let plain = tables.filter(|table| table.horizontal && !table.variable && !table.has_cross_stream);
        plain.filter_map(|table| table.glyphs_kerning(left, right)).map(i32::from).sum()
    }
}

/// Who knows how wide a character is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    /// The table.
    Table,
    /// The font that was added.
    Added,
    /// Nobody.
    Nowhere,
}

/// The width of a character in em, and who says so.
fn advance(letter: char, bold: bool) -> (f64, Known) {
    let table = Widths::of(bold).advance(letter).map(|units| (f64::from(units) / EM, Known::Table));
    let added = || added::advance(letter).map(|em| (em, Known::Added));
    table.or_else(added).unwrap_or_else(|| (wide(letter), Known::Nowhere))
}

/// The width of `text` in logical pixels at a font size, by the advances and the kerning of the faces.
///
/// A letter counts as it stands alone: what is joined to its neighbours, as in Arabic, is a little narrower. A
/// character that no face has counts as an em, or as one and a half where it may be a symbol of two columns.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let mut em = 0.0;
    let mut before: Option<(char, Known)> = None;
    for letter in text.chars() {
        let (wide, known) = advance(letter, bold);
        em += wide;
        if let Some((left, _)) = before.filter(|(_, other)| *other == known) {
            em += match known {
                Known::Table => f64::from(Widths::of(bold).kerning(left, letter)) / EM,
                Known::Added => added::kerning(left, letter),
                Known::Nowhere => 0.0,
            };
        }
        before = Some((letter, known));
    }
    em * size
}

/// The width in em of a character without a glyph: what any font of the reader's machine will hardly exceed.
fn wide(letter: char) -> f64 {
    match letter {
        _ if is_unseen(letter) => 0.0,
        '\u{1f000}'.. => 1.5,
        _ => 1.0,
    }
}

/// Whether a character has no glyph of its own to be missed: one that only acts on others, a joiner, a selector.
fn is_unseen(letter: char) -> bool {
    acts(letter)
        || matches!(letter, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The characters of `text` that no face has, in rising order.
pub(super) fn missing(text: &str) -> BTreeSet<char> {
    let seen = text.chars().filter(|letter| !letter.is_whitespace() && !is_unseen(*letter));
    seen.filter(|letter| advance(*letter, false).1 == Known::Nowhere).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_is_as_wide_as_the_font_says() {
        // DejaVu Sans: every digit advances 1303 of 2048, in bold 1425.
        assert!((width("0", 1.0, false) - 1303.0 / 2048.0).abs() < 1e-12);
        assert!((width("00", 10.0, true) - 20.0 * 1425.0 / 2048.0).abs() < 1e-12);
    }

    #[test]
    fn a_pair_that_is_kerned_is_narrower_than_its_letters() {
        assert!(width("AV", 1.0, false) < width("A", 1.0, false) + width("V", 1.0, false));
    }

    #[test]
    fn the_scripts_of_the_talks_are_embedded() {
        for text in
            ["Переговоры", "Việt Nam, Điện Biên Phủ", "საქართველო", "ישראל", "فلسطين", "Հայաստան", "Ελλάδα", "Əliyev"]
        {
            for bold in [false, true] {
                let lacking: Vec<char> = text.chars().filter(|c| Widths::of(bold).advance(*c).is_none()).collect();
                assert!(lacking.is_empty(), "{text}: {lacking:?}");
            }
        }
    }

    #[test]
    fn a_character_without_a_glyph_is_named_and_measured_wide() {
        assert_eq!(missing("北京 and\u{200b} Kyiv").into_iter().collect::<String>(), "京北");
        assert!((width("北京", 10.0, false) - 20.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_no_font_is_not_added() {
        assert_eq!(add_font(b"no font".to_vec()), Err(FontError::NoFont));
        assert_eq!(add_font(Vec::new()), Err(FontError::NoFont));
    }
}
