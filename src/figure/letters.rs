//! Letters: the faces that text is measured and drawn with, and the characters that none of them has.
//!
//! `DejaVu Sans` is embedded, so that a picture is the same on every machine; a caller may add one font for the scripts
//! that it lacks.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use ttf_parser::{Face, GlyphId};

use crate::visible::acts;

/// The font families of every text, in order of preference; Verdana comes second because its widths are the nearest.
pub const FAMILY: &str = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif";

static REGULAR: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans.ttf");
static BOLD: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans-Bold.ttf");
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
    let sound = Face::parse(&bytes, 0).is_ok_and(|face| face.tables().glyf.is_some() || face.tables().cff.is_some());
    if !sound {
        return Err(FontError::NoFont);
    }
    let face = Face::parse(bytes.leak(), 0).map_err(|_| FontError::NoFont)?;
    ADDED.set(face).map_err(|_| FontError::Added)
}

/// The embedded face and, where one was added, that one.
pub(super) fn faces(bold: bool) -> impl Iterator<Item = &'static Face<'static>> {
    static EMBEDDED: OnceLock<[Face<'static>; 2]> = OnceLock::new();
    let parsed = |bytes| Face::parse(bytes, 0).expect("the embedded fonts are sound");
    let embedded = EMBEDDED.get_or_init(|| [parsed(REGULAR), parsed(BOLD)]);
    std::iter::once(&embedded[usize::from(bold)]).chain(ADDED.get())
}

/// The first face that has a character, with its glyph.
pub(super) fn glyph(letter: char, bold: bool) -> Option<(&'static Face<'static>, GlyphId)> {
    faces(bold).find_map(|face| face.glyph_index(letter).map(|glyph| (face, glyph)))
}

/// The width of `text` in logical pixels at a font size, by the advances and the kerning of the faces.
///
/// A letter counts as it stands alone: what is joined to its neighbours, as in Arabic, is a little narrower. A
/// character that no face has counts as an em, or as one and a half where it may be a symbol of two columns.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let mut em = 0.0;
    let mut before: Option<(*const Face, GlyphId)> = None;
    for letter in text.chars() {
        let found = glyph(letter, bold);
        em += found.map_or_else(|| wide(letter), |(face, glyph)| advance(face, glyph));
        let this = found.map(|(face, glyph)| (std::ptr::from_ref(face), glyph));
        if let (Some((face, glyph)), Some((left_face, left))) = (found, before)
            && std::ptr::eq(left_face, face)
        {
            em += kerning(face, left, glyph);
        }
        before = this;
    }
    em * size
}

fn advance(face: &Face, glyph: GlyphId) -> f64 {
    f64::from(face.glyph_hor_advance(glyph).unwrap_or(0)) / f64::from(face.units_per_em())
}

fn kerning(face: &Face, left: GlyphId, right: GlyphId) -> f64 {
    let tables = face.tables().kern.into_iter().flat_map(|kern| kern.subtables);
    let plain = tables.filter(|table| table.horizontal && !table.variable && !table.has_cross_stream);
    let units: i32 = plain.filter_map(|table| table.glyphs_kerning(left, right)).map(i32::from).sum();
    f64::from(units) / f64::from(face.units_per_em())
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
    seen.filter(|letter| glyph(*letter, false).is_none()).collect()
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
                let lacking: Vec<char> = text.chars().filter(|c| *c != ' ' && glyph(*c, bold).is_none()).collect();
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
