//! The codes of a class, from a table, a chat, or whatever they were pasted into.
//!
//! Letters and digits make words; wherever some words in a row make a code whose check fits, that is one, whatever stands
//! between them. Of the rest, what looks like a code is named with its place and with what is wrong with it; so is a line
//! in which there is nothing like a code. Empty lines, remarks behind `#` and a heading with the word *code* are no codes.

use super::{BadCode, Code};
use crate::model::Negotiation;
use crate::num::Order;
use crate::session::Fingerprint;
use crate::visible::visible;

/// Bytes of a list at most: some fifty thousand codes.
pub const MOST_TEXT: usize = 1_000_000;

/// Misread codes that are named one by one; how many more there are is counted.
const MOST_NAMED: usize = 50;

/// Characters that are shown of a misread code.
const SHOWN: usize = 40;

/// Letters and digits from which something in a line without codes looks like one, and in a line that has one: there
/// names, dates and times may stand beside it.
const ALIKE: [usize; 2] = [8, 18];

/// The codes in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listed {
    /// Each with the line, from 1 on, in which it begins.
    pub codes: Vec<(usize, Code)>,
    /// What should be codes and is none, in the order of the text.
    pub misread: Vec<Misread>,
    /// How many more there are than are named.
    pub more: usize,
}

/// Something that should be a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// The line in which it begins, from 1 on.
    pub line: usize,
    /// The beginning of it, as it may be shown.
    pub text: String,
    /// What is wrong with it.
    pub why: BadCode,
}

/// A run of letters and digits.
#[derive(Clone, Copy)]
struct Word {
    line: usize,
    /// Places among the letters of the text.
    from: usize,
    to: usize,
    /// Whether a comma, semicolon or tab stands between it and the word before it.
    apart: bool,
    /// Whether it is part of a code.
    taken: bool,
}

impl Listed {
    /// The codes of a scenario, and all that cannot be counted, by line: what was misread, and codes of another one.
    pub fn belonging(&self, n: &Negotiation) -> (Vec<Code>, Vec<Misread>) {
        let fingerprint = Fingerprint::of(n);
        let (mut codes, mut misread) = (Vec::new(), self.misread.clone());
        for (line, code) in &self.codes {
            match code.belongs(n, fingerprint) {
                Ok(()) => codes.push(*code),
                Err(why) => misread.push(Misread { line: *line, text: code.text().unwrap_or_default(), why }),
            }
        }
        misread.order_by_key(|it| it.line);
        (codes, misread)
    }

    /// Reads a text; whatever it holds, it ends, in time proportional to its length.
    pub fn read(text: &str) -> Self {
        let mut found = Self::default();
        if text.len() > MOST_TEXT {
            found.misread(1, "", BadCode::TooLong);
            return found;
        }
        let lines: Vec<&str> = text.split(['\n', '\r']).collect();
        let (letters, mut words) = words(&lines);
        found.take(&letters, &mut words);
        found.judge(&lines, &letters, &words);
        found
    }

    /// Takes the words that make codes.
    fn take(&mut self, letters: &[char], words: &mut [Word]) {
        let mut at = 0;
        while at < words.len() {
            let from = words[at].from;
            let ends = (at..words.len()).take_while(|end| words[*end].to - from <= 24);
            let mut codes = ends.filter_map(|end| Some((end, Code::of_letters(&letters[from..words[end].to]).ok()?)));
            if let Some((end, code)) = codes.next() {
                drop(codes);
                self.codes.push((words[at].line, code));
                words[at..=end].iter_mut().for_each(|word| word.taken = true);
                at = end;
            }
            at += 1;
        }
    }

    /// Says what is wrong with the rest.
    fn judge(&mut self, lines: &[&str], letters: &[char], words: &[Word]) {
        let mut rest = words;
        let mut open: Option<(Vec<char>, usize)> = None;
        let mut first = true;
        for (place, line) in lines.iter().enumerate() {
            let here = rest.iter().take_while(|word| word.line == place + 1).count();
            let (own, others) = rest.split_at(here);
            rest = others;
            if own.is_empty() {
                continue;
            }
            let has_code = own.iter().any(|word| word.taken);
            let heading = std::mem::take(&mut first) && !has_code && is_heading(own, letters);
            if heading {
                continue;
            }
            let least = ALIKE[usize::from(has_code)];
            let alike: Vec<Vec<char>> =
                pieces(own, letters).into_iter().filter(|piece| looks_like(piece, least)).collect();
            if alike.is_empty() && !has_code {
                self.misread(place + 1, line.trim(), BadCode::Nothing);
            }
            for piece in alike {
                // A code that was broken over two lines is one.
                match open.take() {
                    Some((half, begun)) if [20, 24].contains(&(half.len() + piece.len())) => {
                        self.misread.pop();
                        self.broken(begun, &[half, piece].concat());
                    }
                    _ => {
                        self.broken(place + 1, &piece);
                        open = (piece.len() < 20 && self.more == 0).then_some((piece, place + 1));
                    }
                }
            }
        }
    }

    fn broken(&mut self, line: usize, piece: &[char]) {
        if let Err(why) = Code::of_letters(piece) {
            self.misread(line, &piece.iter().collect::<String>(), why);
        }
    }

    fn misread(&mut self, line: usize, text: &str, why: BadCode) {
        if self.misread.len() == MOST_NAMED {
            self.more += 1;
            return;
        }
        let text: String = text.chars().take(SHOWN + 1).collect();
        let cut = text.chars().count() > SHOWN;
        let text: String = text.chars().take(SHOWN).chain(cut.then_some('…')).collect();
        self.misread.push(Misread { line, text: visible(&text), why });
    }
}

/// The letters and digits of all lines, and the words that they make.
fn words(lines: &[&str]) -> (Vec<char>, Vec<Word>) {
    let (mut letters, mut words) = (Vec::new(), Vec::<Word>::new());
    for (place, line) in lines.iter().enumerate().filter(|(_, line)| !line.trim_start().starts_with('#')) {
        let (mut within, mut apart) = (false, true);
        for c in line.chars() {
            if !c.is_alphanumeric() {
                within = false;
                apart |= matches!(c, ',' | ';' | '\t');
                continue;
            }
            letters.push(c);
            match words.last_mut() {
                Some(word) if within => word.to += 1,
                _ => {
                    let from = letters.len() - 1;
                    words.push(Word { line: place + 1, from, to: from + 1, apart, taken: false });
                }
            }
            (within, apart) = (true, false);
        }
    }
    (letters, words)
}

/// What is left of a line, cut where a code was, and at commas, semicolons and tabs.
fn pieces(own: &[Word], letters: &[char]) -> Vec<Vec<char>> {
    let (mut pieces, mut going_on) = (Vec::<Vec<char>>::new(), false);
    for word in own {
        if !word.taken {
            let part = &letters[word.from..word.to];
            match pieces.last_mut() {
                Some(piece) if going_on && !word.apart => piece.extend(part),
                _ => pieces.push(part.to_vec()),
            }
        }
        going_on = !word.taken;
    }
    pieces
}

fn looks_like(piece: &[char], least: usize) -> bool {
    piece.len() >= least && piece.iter().any(|c| c.is_numeric())
}

fn is_heading(own: &[Word], letters: &[char]) -> bool {
    let word = |word: &Word| letters[word.from..word.to].iter().collect::<String>().to_lowercase();
    own.iter().map(word).any(|word| word == "code" || word == "codes")
}
