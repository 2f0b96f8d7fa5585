//! The one door through which text from outside is shown: nothing in it moves the cursor, colours a terminal, or turns
//! the direction of writing.
//!
//! Names in any script stay as they are: the signs by which letters are joined or kept apart (U+200C, U+200D) are part of
//! Persian and Indian spelling, so they pass. What stands here for a character that may not be shown is U+FFFD. Data keep
//! the text itself: in JSON such a character is written as an escape, by [`escaped`].

use std::fmt::Write as _;

/// A text as it may be shown: line breaks and tabs are blanks, every other character that only acts is U+FFFD.
pub fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

/// A character as it may be shown.
pub fn visible_char(c: char) -> char {
    match c {
        '\n' | '\t' => ' ',
        c if acts(c) => '\u{fffd}',
        c => c,
    }
}

/// Whole lines as they may be shown: as [`visible`], with the line breaks kept.
pub fn visible_lines(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { visible_char(c) }).collect()
}

/// JSON in which every character that only acts is written as an escape: the same data, safe on a terminal.
pub fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '\n' || c == '\t' || !acts(c) {
            out.push(c);
        } else {
            let mut units = [0; 2];
            let units = c.encode_utf16(&mut units).iter();
            units.for_each(|unit| write!(out, "\\u{unit:04x}").expect("writing to a string cannot fail"));
        }
    }
    out
}

/// Whether a character is not seen itself but changes how others are shown: controls (C0, DEL, C1), marks, embeddings,
/// overrides and isolates of direction, separators of lines, joiners of words, byte order marks, annotations, tags.
pub fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_that_acts_is_replaced_and_every_script_is_kept() {
        let acting = (0..0x20).chain(0x7f..0xa0).chain([0x61c, 0x200e, 0x200f, 0xfeff, 0xe0041]);
        for code in acting.chain(0x202a..=0x202e).chain(0x2066..=0x2069) {
            let c = char::from_u32(code).expect("it is a character");
            let shown = visible(&format!("a{c}b"));
            assert!(["a\u{fffd}b", "a b"].contains(&shown.as_str()), "U+{code:04X}: {shown:?}");
        }
        for name in
            ["ქართული", "עברית", "العربية", "می\u{200c}خواهد", "क्\u{200d}ष", "Việt Nam", "中文", "Ångström − 10 %"]
        {
            assert_eq!(visible(name), name);
        }
    }

    #[test]
    fn escaped_json_is_the_same_data() {
        let name = "a\u{202e}b\u{9b}31m\u{e0041}c";
        let json = serde_json::Value::from(name).to_string();
        let safe = escaped(&json);
        assert!(!safe.chars().any(acts), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).expect("it is JSON"), name);
    }
}
