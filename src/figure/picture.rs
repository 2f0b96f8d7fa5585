//! A finished picture as a value: SVG text, PNG bytes painted from the same marks, and what a reader who does not see it is
//! told: the finding first, then what else it says, briefly.

use std::collections::BTreeSet;

use itertools::Itertools as _;

use super::letters;
use super::marks::{Drawing, Mark};
use super::sheet::Caption;

/// A finished picture.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Picture {
    /// The stem of its file name, such as `outcomes`.
    pub name: String,
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

/// Words of the finding.
const FINDING: usize = 40;
/// Words in all; the table behind the picture holds the rest.
const ALL: usize = 120;

/// The finding in at most some forty words, the source and the notes, and as many of the details as there is room for.
pub fn briefly(caption: &Caption) -> String {
    let finding = cut(&caption.subtitle, FINDING);
    let around = caption.notes.iter().chain([&caption.source]).map(|part| sentence(part)).join(" ");
    let around = cut(&around, FINDING);
    let left = ALL.saturating_sub(words(&finding) + words(&around));
    let details = cut(&caption.description, left);
    let rest = if words(&details) < words(&caption.description) { "The table holds the rest." } else { "" };
    let parts = [finding, details, rest.to_owned(), around].map(|part| sentence(&part));
    parts.into_iter().filter(|part| !part.is_empty()).join(" ")
}

fn words(text: &str) -> usize {
    text.split(' ').filter(|word| !word.is_empty()).count()
}

/// The first clauses of a text that together have no more than `most` words; of a longer clause its first words.
fn cut(text: &str, most: usize) -> String {
    if words(text) <= most {
        return text.trim().to_owned();
    }
    let kept: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).take(most).collect();
    let ends = |word: &&str| word.ends_with(['.', ';', ',']);
    match kept.iter().rposition(ends) {
        Some(last) => kept[..=last].join(" ").trim_end_matches(['.', ';', ',']).to_owned(),
        None => kept.join(" ") + " …",
    }
}

fn sentence(part: &str) -> String {
    let part = part.trim();
    let closed = part.is_empty() || part.ends_with(['.', '?', '!', '…']);
    if closed { part.to_owned() } else { format!("{part}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finding_stands_first_and_is_short() {
        let caption = Caption {
            subtitle: "One exists in 91 of 100 worlds, ".to_owned() + &"and again ".repeat(40),
            source: "In this model".into(),
            description: "Nash: 3; ".repeat(200),
            ..Caption::default()
        };
        let told = briefly(&caption);
        assert!(told.starts_with("One exists in 91 of 100 worlds. Nash: 3; "), "{told}");
        assert!(told.ends_with("The table holds the rest. In this model."), "{told}");
        assert!(words(&told) <= ALL + 5, "{told}");
    }

    #[test]
    fn what_is_short_is_left_as_it_is() {
        let caption =
            Caption { subtitle: "None exists".into(), description: "A: 1, B: 2".into(), ..Caption::default() };
        assert_eq!(briefly(&caption), "None exists. A: 1, B: 2.");
    }
}
