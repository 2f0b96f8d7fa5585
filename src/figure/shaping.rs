//! Letters set in a line: joined and ordered as their script asks.
//!
//! A line reads from left to right on the whole, as in the SVG; words in Hebrew or Arabic within it run from right to
//! left. Sources: Unicode Standard Annex 9, "Unicode Bidirectional Algorithm"; OpenType's shaping by `rustybuzz`.

use std::ops::Range;

use rustybuzz::{Direction, Face, UnicodeBuffer};
use ttf_parser::GlyphId;
use unicode_bidi::{BidiInfo, Level};
use unicode_script::{Script, UnicodeScript as _};

use super::letters::faces;

/// A glyph at its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Which face it is of: 0 the embedded one, 1 the added one.
    pub face: usize,
    /// Its number in that face.
    pub id: GlyphId,
    /// How far right of the beginning of the line it stands, in em.
    pub x: f64,
    /// How far over the baseline it stands, in em.
    pub y: f64,
}

/// A line of text, set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Set {
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// The width of the line in em.
    pub width: f64,
}

/// `text` set in one line.
pub fn set(text: &str, bold: bool) -> Set {
    let bidi = BidiInfo::new(text, Some(Level::ltr()));
    let mut line = Set::default();
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let leftwards = levels[run.start].is_rtl();
            let mut parts = parts(text, run, bold);
            if leftwards {
                parts.reverse();
            }
            parts.into_iter().for_each(|part| line.append(&text[part.range], part.face, leftwards, bold));
        }
    }
    line
}

impl Set {
    fn append(&mut self, text: &str, number: usize, leftwards: bool, bold: bool) {
        let face = faces(bold).nth(number).expect("a part has one of the faces");
        let em = f64::from(face.units_per_em());
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(if leftwards { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(&Face::from_face(face.clone()), &[], buffer);
        for (info, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let (x, y) = (self.width + f64::from(place.x_offset) / em, f64::from(place.y_offset) / em);
            let id = GlyphId(u16::try_from(info.glyph_id).unwrap_or(0));
            self.glyphs.push(Glyph { face: number, id, x, y });
            self.width += f64::from(place.x_advance) / em;
        }
    }
}

/// A stretch of a text in one script and one face.
#[derive(Clone, Debug, PartialEq)]
struct Stretch {
    range: Range<usize>,
    script: Script,
    face: usize,
}

/// The stretches of a run in the order of its letters.
fn parts(text: &str, run: Range<usize>, bold: bool) -> Vec<Stretch> {
    let mut parts: Vec<Stretch> = Vec::new();
    for (at, letter) in text[run.clone()].char_indices() {
        let start = run.start + at;
        let range = start..start + letter.len_utf8();
        let script = letter.script();
        let common = matches!(script, Script::Common | Script::Inherited);
        let face = faces(bold).position(|face| face.glyph_index(letter).is_some());
        match parts.last_mut() {
            Some(last) if (common || last.script == script) && face.is_none_or(|face| face == last.face) => {
                last.range.end = range.end;
            }
            Some(last) if last.script == Script::Common && face.is_none_or(|face| face == last.face) => {
                (last.range.end, last.script) = (range.end, script);
            }
            _ => parts.push(Stretch {
                range,
                script: if common { Script::Common } else { script },
                face: face.unwrap_or(0),
            }),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::letters::width;
    use super::*;

    fn ids(text: &str) -> Vec<u16> {
        set(text, false).glyphs.iter().map(|glyph| glyph.id.0).collect()
    }

    fn reversed(text: &str) -> Vec<u16> {
        let mut ids = ids(text);
        ids.reverse();
        ids
    }

    #[test]
    fn hebrew_runs_from_right_to_left_and_the_line_from_left_to_right() {
        let each: Vec<u16> = ["ש", "ל", "ם"].iter().flat_map(|letter| ids(letter)).collect();
        assert_eq!(reversed("שלם"), each);
        let mixed = ids("A שלם B");
        assert_eq!((mixed.first(), mixed.last()), (ids("A").first(), ids("B").first()));
    }

    #[test]
    fn arabic_letters_are_joined() {
        let alone: Vec<u16> = ["س", "ل", "م"].iter().flat_map(|letter| ids(letter)).collect();
        assert_eq!(reversed("سلم").len(), 3);
        assert!(reversed("سلم").iter().zip(&alone).any(|(joined, alone)| joined != alone));
        assert_eq!(ids("لا").len(), 1, "lam and alef are one glyph");
    }

    #[test]
    fn hebrew_beside_arabic_leaves_the_arabic_joined() {
        let mut both = reversed("שלם سلم");
        assert_eq!(both.split_off(4), reversed("سلم"));
    }

    #[test]
    fn a_mark_stands_over_its_letter() {
        let composed = set("Việt Nam", false);
        let decomposed = set("Vie\u{323}\u{302}t Nam", false);
        assert!((composed.width - decomposed.width).abs() < 1e-9);
    }

    #[test]
    fn plain_text_is_set_as_wide_as_it_is_measured() {
        for text in ["Settlement", "AV Te, 36.38 %", "Переговоры", "Việt Nam"] {
            for bold in [false, true] {
                let (set, measured) = (set(text, bold).width, width(text, 1.0, bold));
                assert!((set - measured).abs() < 0.02, "{text}: {set} and {measured}");
            }
        }
    }

    #[test]
    fn joined_text_is_set_no_wider_than_it_is_measured() {
        for text in ["פלסטינים וישראלים", "المفاوضات", "مذكرة إسطنبول", "საქართველო"]
        {
            let (set, measured) = (set(text, false).width, width(text, 1.0, false));
            assert!(set <= measured * 1.03, "{text}: {set} and {measured}");
        }
    }
}
