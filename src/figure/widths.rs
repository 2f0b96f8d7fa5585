//! The widths of the letters of `DejaVu Sans`, regular and bold, as a table: a picture is laid out by the same numbers where
//! the font itself is not there, as in a browser.
//!
//! `assets/fonts/widths.txt` is written from the fonts by a test, `WINSET_WRITE_WIDTHS=1 cargo test --all-features --lib widths`:
//!
//! ```text
//! face bold                 what follows is of this face
//! 41 1585 1561              advances, in 2048ths of an em, of the characters from U+0041 on
//! kern 41 c0 : 56 -131      after any of the first, each of the others is so much nearer
//! ```

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Parts of an em in which widths are given.
pub const EM: f64 = 2048.0;

static TEXT: &str = include_str!("../../assets/fonts/widths.txt");

/// The widths of a face.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Widths {
    advances: BTreeMap<char, u16>,
    /// By both characters.
    kerning: BTreeMap<(char, char), i16>,
}

impl Widths {
    /// Those of the regular face or of the bold one.
    pub fn of(bold: bool) -> &'static Self {
        static BOTH: OnceLock<[Widths; 2]> = OnceLock::new();
        &BOTH.get_or_init(|| read(TEXT).expect("a test writes the table"))[usize::from(bold)]
    }

    /// How far a character moves on; `None` if the face has none.
    pub fn advance(&self, letter: char) -> Option<u16> {
        self.advances.get(&letter).copied()
    }

    /// How much farther apart two characters stand than their advances say.
    pub fn kerning(&self, left: char, right: char) -> i16 {
        self.kerning.get(&(left, right)).copied().unwrap_or(0)
    }
}

/// Both faces.
fn read(text: &str) -> Option<[Widths; 2]> {
    let (mut faces, mut bold) = ([Widths::default(), Widths::default()], false);
    for line in text.lines() {
        if let Some(face) = line.strip_prefix("face ") {
            bold = face == "bold";
        } else if let Some(pairs) = line.strip_prefix("kern ") {
            kern(&mut faces[usize::from(bold)], pairs)?;
        } else {
            advances(&mut faces[usize::from(bold)], line)?;
        }
    }
    Some(faces)
}

fn letter(code: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(code, 16).ok()?)
}

fn advances(face: &mut Widths, line: &str) -> Option<()> {
    let (first, widths) = line.split_once(' ')?;
    for (letter, width) in (letter(first)?..).zip(widths.split(' ')) {
        face.advances.insert(letter, width.parse().ok()?);
    }
    Some(())
}

fn kern(face: &mut Widths, line: &str) -> Option<()> {
    let (lefts, rights) = line.split_once(" : ")?;
    let rights: Vec<&str> = rights.split(' ').collect();
    for left in lefts.split(' ').map(letter) {
        for pair in rights.chunks_exact(2) {
            face.kerning.insert((left?, letter(pair[0])?), pair[1].parse().ok()?);
        }
    }
    Some(())
}

#[cfg(all(test, feature = "png"))]
mod tests {
    use super::*;
    use crate::figure::letters::faces;

    /// All characters of the plane that the fonts are subsets of.
    fn letters() -> impl Iterator<Item = char> + Clone {
        (' '..='\u{ffff}').filter(|letter| faces(false).next().is_some_and(|face| face.glyph_index(*letter).is_some()))
    }

    /// What the font of a face says.
    fn by_the_font(bold: bool) -> Widths {
        let face = faces(bold).next().expect("a face is embedded");
        assert_eq!(f64::from(face.units_per_em()), EM);
        let glyphs: Vec<_> = letters().filter_map(|letter| Some((letter, face.glyph_index(letter)?))).collect();
        let advance = |glyph| face.glyph_hor_advance(glyph).unwrap_or(0);
        let tables = face.tables().kern.into_iter().flat_map(|kern| kern.subtables);
        let plain: Vec<_> = tables.filter(|t| t.horizontal && !t.variable && !t.has_cross_stream).collect();
        let mut widths = Widths::default();
        for (left, of) in &glyphs {
            widths.advances.insert(*left, advance(*of));
            for (right, other) in &glyphs {
                let kerning: i16 = plain.iter().filter_map(|table| table.glyphs_kerning(*of, *other)).sum();
                if kerning != 0 {
                    widths.kerning.insert((*left, *right), kerning);
                }
            }
        }
        widths
    }

    fn written(name: &str, face: &Widths) -> String {
        let mut out = format!("face {name}");
        let mut last = None;
        for (letter, width) in &face.advances {
            if last != Some(*letter as u32) {
                out += &format!("\n{:x}", *letter as u32);
            }
            out += &format!(" {width}");
            last = Some(*letter as u32 + 1);
        }
        let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut of: BTreeMap<char, String> = BTreeMap::new();
        for ((left, right), kerning) in &face.kerning {
            *of.entry(*left).or_default() += &format!(" {:x} {kerning}", *right as u32);
        }
        of.into_iter().for_each(|(left, row)| rows.entry(row).or_default().push(format!("{:x}", left as u32)));
        for (row, lefts) in rows {
            out += &format!("\nkern {} :{row}", lefts.join(" "));
        }
        out + "\n"
    }

    #[test]
    fn the_widths_are_those_of_the_font() {
        let fonts = [by_the_font(false), by_the_font(true)];
        if std::env::var_os("WINSET_WRITE_WIDTHS").is_some() {
            let text = written("regular", &fonts[0]) + &written("bold", &fonts[1]);
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/widths.txt"), &text)
                .expect("it can be written");
            assert_eq!(read(&text).as_ref(), Some(&fonts), "what is written is read back");
            return;
        }
        for (bold, font) in [false, true].into_iter().zip(&fonts) {
            assert!(font.advances.len() > 2_000 && !font.kerning.is_empty());
            assert!(Widths::of(bold) == font, "bold {bold}: run again with WINSET_WRITE_WIDTHS=1");
        }
    }
}
