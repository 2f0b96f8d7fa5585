//! Text that fits: wrapped and shortened by the metrics of the embedded font.

pub use super::letters::width;

/// A font size with its weight, as far as widths depend on it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use]
pub struct Face {
    /// The size in logical pixels.
    pub size: f64,
    /// Bold or regular.
    pub bold: bool,
}

impl Face {
    /// The regular face.
    pub fn regular(size: f64) -> Self {
        Self { size, bold: false }
    }

    /// The bold face.
    pub fn bold(size: f64) -> Self {
        Self { size, bold: true }
    }

    /// The width of `text` in logical pixels.
    pub fn width(self, text: &str) -> f64 {
        width(text, self.size, self.bold)
    }
}

/// `text` in lines no wider than `room`, at most `most` of them; what does not fit ends in an ellipsis.
///
/// Words are kept whole unless one alone is wider than `room`; such a word is broken between letters.
/// A no-break space keeps two words together. An empty text gives no line.
pub fn wrapped(text: &str, room: f64, most: usize, face: Face) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).flat_map(|word| pieces(word, room, face))
    {
        match lines.last_mut() {
            Some(line) if face.width(&format!("{line} {word}")) <= room => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = with_ellipsis(last, room, face);
        }
    }
    lines
}

/// `text` on one line no wider than `room`, ending in an ellipsis if something was left out.
pub fn shortened(text: &str, room: f64, face: Face) -> String {
    wrapped(text, room, 1, face).pop().unwrap_or_default()
}

/// The height of `text` in such lines.
pub fn height(text: &str, room: f64, most: usize, face: Face) -> f64 {
    wrapped(text, room, most, face).len() as f64 * line_height(face.size)
}

/// The distance from baseline to baseline at a font size.
pub fn line_height(size: f64) -> f64 {
    (size * 1.3).round()
}

/// A word in pieces no wider than `room`, each of at least one letter.
fn pieces(word: &str, room: f64, face: Face) -> Vec<String> {
    if face.width(word) <= room {
        return vec![word.to_owned()];
    }
    let mut pieces = vec![String::new()];
    for letter in word.chars() {
        let last = pieces.last_mut().expect("there is always a piece to add to");
        if last.is_empty() || face.width(&format!("{last}{letter}")) <= room {
            last.push(letter);
        } else {
            let rest = last.split_off(joint(last));
            pieces.push(format!("{rest}{letter}"));
        }
    }
    pieces
}

/// Where a piece of a word is best cut: after the last point, slash, dash or underscore of its second half, or else at
/// its end.
fn joint(piece: &str) -> usize {
    let cut = piece.rfind(['.', '/', '-', '_']).map_or(piece.len(), |at| at + 1);
    if cut * 2 >= piece.len() { cut } else { piece.len() }
}

/// The line with an ellipsis, cut after a whole word where that keeps at least two thirds of it.
fn with_ellipsis(line: &str, room: f64, face: Face) -> String {
    let closed = |kept: &str| format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '.', '(']));
    let mut kept = line.to_owned();
    while !kept.is_empty() && face.width(&closed(&kept)) > room {
        kept.pop();
    }
    let cut = kept.len() < line.len() && !line[kept.len()..].starts_with(' ');
    match kept.rfind(' ') {
        Some(space) if cut && space * 3 >= line.len() * 2 => closed(&kept[..space]),
        _ => closed(&kept),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Face = Face { size: 12.0, bold: false };

    #[test]
    fn no_line_is_wider_than_its_room() {
        let text = "the line of contact, parallel, a limit on long-range arms by word, church restored, temporary";
        for room in [60.0, 120.0, 240.0] {
            for most in 1..6 {
                let lines = wrapped(text, room, most, FACE);
                assert!(lines.len() <= most);
                assert!(lines.iter().all(|line| FACE.width(line) <= room), "{room} {most} {lines:?}");
            }
        }
    }

    #[test]
    fn a_text_that_fits_is_left_as_it_is() {
        assert_eq!(wrapped("a short text", 500.0, 3, FACE), ["a short text"]);
        assert_eq!(shortened("a short text", 500.0, FACE), "a short text");
    }

    #[test]
    fn what_is_left_out_shows_as_an_ellipsis() {
        assert!(shortened("a rather longer text than that", 80.0, FACE).ends_with('…'));
    }

    #[test]
    fn an_ellipsis_follows_a_whole_word() {
        assert_eq!(
            with_ellipsis("recognition without guarantees, unless", 225.0, FACE),
            "recognition without guarantees…"
        );
    }

    #[test]
    fn a_word_without_spaces_is_broken() {
        let lines = wrapped("Donaudampfschifffahrtsgesellschaft", 60.0, 9, FACE);
        assert!(lines.len() > 2);
        assert_eq!(lines.concat(), "Donaudampfschifffahrtsgesellschaft");
    }

    #[test]
    fn a_path_is_broken_at_a_joint() {
        assert_eq!(
            wrapped("audiences.home-front.loss_aversion", 180.0, 9, FACE),
            ["audiences.home-front.loss_", "aversion"]
        );
    }

    #[test]
    fn a_room_too_narrow_for_a_letter_still_ends() {
        assert_eq!(wrapped("abc", 0.0, 9, FACE), ["a", "b", "c"]);
    }

    #[test]
    fn a_no_break_space_keeps_words_together() {
        assert_eq!(wrapped("of 99\u{a0}%", 40.0, 3, FACE), ["of", "99\u{a0}%"]);
    }

    #[test]
    fn an_empty_text_gives_no_line() {
        assert!(wrapped("  ", 100.0, 3, FACE).is_empty());
    }
}
