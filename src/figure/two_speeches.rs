//! One package as each side tells it at home: the victory speech and the charge sheet, around the terms.

use super::prelude::*;

/// What the picture "two-speeches" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TwoSpeeches {
    /// The words around it.
    pub caption: Caption,
    /// The terms of the package, each in one line of words: "Long-range arms" and "a limit by word".
    pub terms: Vec<Term>,
    /// The sides, two to four.
    pub sides: Vec<Listener>,
}

/// A term of the package.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Term {
    /// The name of the issue.
    pub issue: String,
    /// The name of the option.
    pub option: String,
    /// What must be said of it, such as "Washington must grant it"; may be empty.
    pub remark: String,
}

/// How a side hears the package.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listener {
    /// The audience, such as "Russian public".
    pub name: String,
    /// Its verdict.
    pub verdict: Verdict,
    /// Its score in its own points.
    pub score: f64,
    /// What the score is held against.
    pub standard: Standard,
    /// What others at the same home say, each in a line: "Russian elite: bearable (+3.2)".
    pub others: Vec<String>,
    /// The victory speech: claims in force, in quoted sentences.
    pub claims: Vec<Sentence>,
    /// The victory speech: gains felt.
    pub gains: Vec<Sentence>,
    /// The charge sheet: losses felt.
    pub losses: Vec<Sentence>,
    /// The charge sheet: red lines crossed.
    pub crossed: Vec<Sentence>,
    /// The charge sheet: what is overheard of the other side's speech.
    pub overheard: Vec<Sentence>,
}

/// A sentence with what it weighs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Sentence {
    /// The words; quotation marks are the caller's.
    pub words: String,
    /// What it adds to the score, in points; none for a red line.
    pub points: Option<f64>,
}

/// What a score is held against, in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standard {
    /// The line under which an audience calls the package a defeat.
    Defeat(f64),
    /// An audience for which only red lines make a defeat.
    RedLines,
    /// What no deal is worth to a leadership.
    NoDeal(f64),
}

impl Standard {
    /// "a defeat under +14.0".
    pub fn words(self) -> String {
        match self {
            Self::Defeat(line) => format!("a defeat under {}", signed(line, 1)),
            Self::RedLines => "only red lines make a defeat".into(),
            Self::NoDeal(worth) => format!("no deal is worth {}", signed(worth, 1)),
        }
    }
}

/// What an audience, or a leadership in its place, says of the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A victory.
    Victory,
    /// Bearable.
    Bearable,
    /// A defeat.
    Defeat,
    /// To a leadership it is no worse than no deal.
    Rational,
    /// A leadership does not, or a red line of its own is crossed.
    Refused,
}

impl Verdict {
    /// The verdict in a word or two, and the tone that it is painted in.
    const WORDS: [(&'static str, Tone); 5] = [
        ("victory", Tone::Settled),
        ("bearable", Tone::Bearable),
        ("defeat", Tone::Defeat),
        ("no worse than no deal", Tone::Bearable),
        ("refused", Tone::Defeat),
    ];

    /// The verdict in a word or two.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    fn tone(self) -> Tone {
        Self::WORDS[self as usize].1
    }
}

const WIDTH: f64 = 760.0;
const GAP: f64 = 22.0;

/// A column of the sheet, written from its free row down.
#[derive(Clone, Copy)]
struct Writing {
    left: f64,
    width: f64,
    row: f64,
}

impl Writing {
    /// Writes a text in at most so many lines and moves on below it.
    fn write(&mut self, text: &str, most: usize, lettering: Lettering, sheet: &mut Sheet) {
        self.row = sheet.lines((self.left, self.row), text, self.width, most, lettering);
    }

    fn right(&self) -> f64 {
        self.left + self.width
    }
}

/// Draws the speeches: two sides face each other with the terms between them; more sides stand under the terms.
pub fn draw(data: &TwoSpeeches, look: impl Into<Look>) -> Picture {
    let mut sheet = Sheet::new("two-speeches", WIDTH, &data.caption, look);
    if sheet.is_narrow() {
        one_by_one(data, &mut sheet);
    } else if data.sides.len() == 2 {
        facing(data, &mut sheet);
    } else {
        beneath(data, &mut sheet);
    }
    sheet.finish(data)
}

fn facing(data: &TwoSpeeches, sheet: &mut Sheet) {
    const TERMS: f64 = 186.0;
    let width = (sheet.width - 2.0 * MARGIN - TERMS - 2.0 * GAP) / 2.0;
    let middle = MARGIN + width + GAP;
    let bottom = terms(&data.terms, 1, (middle, TERMS), sheet);
    sheet.top = bottom.max(abreast(&data.sides, &[MARGIN, middle + TERMS + GAP], width, sheet));
}

/// The terms, and under them each side with both of its speeches.
fn one_by_one(data: &TwoSpeeches, sheet: &mut Sheet) {
    let width = sheet.width - 2.0 * MARGIN;
    sheet.top = terms(&data.terms, 1, (MARGIN, width), sheet) + 14.0;
    for (place, side) in data.sides.iter().enumerate() {
        let parts: [Part; 3] = [who, victory, charge_sheet];
        let first = sheet.top;
        let speech = |row, part: Part| part(side, place, Writing { left: MARGIN, width, row }, sheet);
        sheet.top = parts.into_iter().fold(first, speech) + 14.0;
    }
}

fn beneath(data: &TwoSpeeches, sheet: &mut Sheet) {
    sheet.top = terms(&data.terms, 3, (MARGIN, sheet.width - 2.0 * MARGIN), sheet) + 14.0;
    let sides = data.sides.len().max(1) as f64;
    let width = (sheet.width - 2.0 * MARGIN - GAP * (sides - 1.0)) / sides;
    let lefts: Vec<f64> = (0..data.sides.len()).map(|i| MARGIN + i as f64 * (width + GAP)).collect();
    sheet.top = abreast(&data.sides, &lefts, width, sheet);
}

/// A part of the column of one side; gives the row below it.
type Part = fn(&Listener, usize, Writing, &mut Sheet) -> f64;

/// All sides in their columns, victory speeches on one level and charge sheets on another; gives the row below.
fn abreast(sides: &[Listener], lefts: &[f64], width: f64, sheet: &mut Sheet) -> f64 {
    let parts: [Part; 3] = [who, victory, charge_sheet];
    parts.into_iter().fold(sheet.top, |row, part| {
        let columns = lefts.iter().map(|left| Writing { left: *left, width, row });
        sides.iter().enumerate().zip(columns).fold(row, |below, ((i, side), at)| below.max(part(side, i, at, sheet)))
    })
}

/// The terms in so many columns inside a frame; gives the row below it.
fn terms(terms: &[Term], columns: usize, (left, width): (f64, f64), sheet: &mut Sheet) -> f64 {
    let inner = (width - 24.0 - GAP * (columns - 1) as f64) / columns as f64;
    let mut head = Writing { left: left + 12.0, width: inner, row: sheet.top + 10.0 };
    head.write("The terms", 1, sheet.body().bold(), sheet);
    let first = Writing { row: head.row + 6.0, ..head };
    let chunks = terms.chunks(terms.len().div_ceil(columns).max(1)).enumerate();
    let bottom = chunks.fold(first.row, |bottom, (at, chunk)| {
        let mut column = Writing { left: first.left + (inner + GAP) * at as f64, ..first };
        for term in chunk {
            column.write(&term.issue, 2, sheet.small(), sheet);
            column.write(&term.option, 3, sheet.body(), sheet);
            column.write(&term.remark, 2, sheet.small(), sheet);
            column.row += 6.0;
        }
        bottom.max(column.row)
    });
    sheet.canvas.frame((left, sheet.top), (left + width, bottom + 4.0), sheet.theme.rim());
    bottom + 4.0
}

/// Who hears it, with their verdict.
fn who(side: &Listener, place: usize, mut at: Writing, sheet: &mut Sheet) -> f64 {
    sheet.canvas.rect((at.left, at.row), (at.right(), at.row + 4.0), sheet.theme.side(place));
    at.row += 12.0;
    at.write(&side.name, 2, Lettering::new(BODY + 2.0, sheet.theme.ink()).bold(), sheet);
    at.row += 2.0;
    sheet.canvas.disc((at.left + 5.0, at.row + BODY * 0.62), 5.0, sheet.theme.tone(side.verdict.tone()));
    let beside = (at.left + 16.0, at.row);
    at.row = sheet.lines(beside, side.verdict.word(), at.width - 16.0, 1, sheet.body().bold());
    let (score, standard, small) = (signed(side.score, 1), side.standard.words(), sheet.small());
    let words = format!("{score} points; {standard}");
    if small.face().width(&words) <= at.width {
        at.write(&words, 1, small, sheet);
    } else {
        at.write(&format!("{score} points;"), 1, small, sheet);
        at.write(&standard, 1, small, sheet);
    }
    for other in &side.others {
        at.row += 2.0;
        at.write(other, 3, small, sheet);
    }
    at.row + 12.0
}

fn victory(side: &Listener, _: usize, mut at: Writing, sheet: &mut Sheet) -> f64 {
    heading("Victory speech", Tone::Settled, &mut at, sheet);
    let parts = [("Claims in force", &side.claims), ("Gains felt", &side.gains)];
    named_lists(&parts, "nothing to claim", at, sheet) + 10.0
}

fn charge_sheet(side: &Listener, _: usize, mut at: Writing, sheet: &mut Sheet) -> f64 {
    heading("Charge sheet", Tone::Defeat, &mut at, sheet);
    let parts = [("Red lines crossed", &side.crossed), ("Losses felt", &side.losses), ("Overheard", &side.overheard)];
    named_lists(&parts, "nothing is lost", at, sheet)
}

fn heading(words: &str, tone: Tone, at: &mut Writing, sheet: &mut Sheet) {
    at.write(words, 1, sheet.body().bold(), sheet);
    let stroke = Stroke { colour: sheet.theme.tone(tone), width: 1.6 };
    sheet.canvas.line((at.left, at.row + 1.0), (at.right(), at.row + 1.0), stroke);
    at.row += 7.0;
}

/// The lists that hold something, each under its name; `nothing` if none does.
fn named_lists(parts: &[(&str, &Vec<Sentence>)], nothing: &str, mut at: Writing, sheet: &mut Sheet) -> f64 {
    if parts.iter().all(|(_, list)| list.is_empty()) {
        at.write(nothing, 1, sheet.small(), sheet);
        return at.row;
    }
    for (name, list) in parts.iter().filter(|(_, list)| !list.is_empty()) {
        at.write(name, 1, sheet.small(), sheet);
        at.row += 2.0;
        for sentence in *list {
            write_sentence(sentence, &mut at, sheet);
            at.row += 4.0;
        }
        at.row += 5.0;
    }
    at.row
}

/// The words at the left, the points small at the right.
fn write_sentence(sentence: &Sentence, at: &mut Writing, sheet: &mut Sheet) {
    const NUMBERS: f64 = 40.0;
    let least = at.row + line_height(SMALL);
    if let Some(points) = sentence.points {
        sheet.canvas.text((at.right(), at.row + BODY), signed(points, 1), sheet.small().end());
    }
    let below = sheet.lines((at.left, at.row), &sentence.words, at.width - NUMBERS, 5, sheet.body());
    at.row = below.max(least);
}
