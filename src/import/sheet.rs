//! A file that is read, and all that is said of it.

use crate::games::{Exact, number};
use crate::scenario::{Finding, Span, render};
use crate::visible::visible;

/// Bytes that one file may have.
pub const LARGEST: usize = 8_000_000;

/// Warnings that are told of one file; more are counted.
const MOST_TOLD: usize = 60;

/// A file as it comes: its name, used in what is said of it, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its path, or what it is called.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A file that was read as text, with the findings about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its path, or what it is called.
    pub name: String,
    /// Its text; bytes that were no UTF-8 are replaced.
    pub text: String,
    /// What is said of it, in the order in which it was met.
    pub findings: Vec<Finding>,
    /// Warnings beyond those that are told.
    pub untold: usize,
}

/// Characters that Windows-1252 has from 0x80 to 0x9f, and ISO 8859-1 has not; five places are empty.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

impl Sheet {
    /// The text of a file. What is no UTF-8 is read as Windows-1252, which is what such files are in, with a warning at the
    /// first such byte.
    ///
    /// # Errors
    /// It is larger than [`LARGEST`], or has a byte 0, as UTF-16 has.
    pub fn of(source: &Source) -> Result<Self, Box<Self>> {
        let name = source.name.clone();
        let refused = |why: Finding| {
            Box::new(Self { name: source.name.clone(), text: String::new(), findings: vec![why], untold: 0 })
        };
        if source.bytes.len() > LARGEST {
            let found = format!("the file has more than {LARGEST} bytes");
            return Err(refused(Finding::error(found).hint("no domain that is in use is as large")));
        }
        if source.bytes.contains(&0) {
            let found = "the file has bytes that are 0: it is no text, or one in UTF-16";
            return Err(refused(Finding::error(found).hint("save it as UTF-8")));
        }
        let bytes = source.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&source.bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self { name, text: text.to_owned(), findings: vec![], untold: 0 }),
            Err(e) => {
                let text: String = bytes.iter().map(|byte| decoded(*byte)).collect();
                // Up to the first odd byte the text is UTF-8, and perhaps longer once each of its bytes is a character.
                let at: usize = bytes[..e.valid_up_to()].iter().map(|byte| decoded(*byte).len_utf8()).sum();
                let odd = bytes[e.valid_up_to()];
                let mut sheet = Self { name, text, findings: vec![], untold: 0 };
                let found = format!("the byte 0x{odd:02x} is no UTF-8; the file is read as Windows-1252");
                sheet.warn(found, &(at..at + decoded(odd).len_utf8()), "save it as UTF-8 if a name looks wrong");
                Ok(sheet)
            }
        }
    }

    /// A repair, or something odd, at its place.
    pub fn warn(&mut self, found: impl Into<String>, at: &Span, hint: impl Into<String>) {
        if self.findings.len() < MOST_TOLD {
            self.findings.push(Finding::warning(found).at(at.clone()).hint(hint));
        } else {
            self.untold += 1;
        }
    }

    /// The findings as text, each with file and line.
    pub fn told(&self) -> String {
        let more = match self.untold {
            0 => String::new(),
            n => format!("\nwarning: {n} more of the kind about {}\n", visible(&self.name)),
        };
        render(&self.findings, &self.name, &self.text) + &more
    }
}

fn decoded(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

/// A decimal number as these formats write it, exactly: `3`, `-0.25`, `1e-3`, with blanks around it.
pub fn decimal(word: &str) -> Option<Exact> {
    let word = word.trim();
    let plain = word.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    // Powers are kept in bounds, so that no sum of such numbers grows without end.
    let bounded = word.split_once(['e', 'E']).is_none_or(|(_, e)| e.parse::<i32>().is_ok_and(|e| e.abs() <= 60));
    (plain && bounded && word.len() <= 60).then(|| number(word)).flatten()
}

/// An error at a place.
pub fn error(found: impl Into<String>, at: &Span, hint: impl Into<String>) -> Finding {
    Finding::error(found).at(at.clone()).hint(hint)
}

/// A file that is refused.
#[derive(Debug)]
pub struct Refused {
    /// The number of the file at fault.
    pub sheet: usize,
    /// Why it is refused.
    pub why: Box<Finding>,
}

/// Why a file is refused.
pub fn at_sheet(number: usize, why: Finding) -> Refused {
    Refused { sheet: number, why: Box::new(why) }
}
