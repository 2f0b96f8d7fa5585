//! One package as each side tells it at home: the victory speech and the charge sheet, around the terms.

use serde::Serialize;

use super::axis::signed;
use super::canvas::Stroke;
use super::palette::{Colour, Tone, side, tone};
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SMALL, Sheet, line_height};
use super::text::{Face, wrapped};
use super::theme::Theme;

/// What the picture "two-speeches" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TwoSpeeches {
    /// The words around it.
    pub caption: Caption,
    /// The terms of the package, each in one line of words: "Long-range arms" and "a limit by word".
    pub terms: Vec<Term>,
    /// The sides, two to four.
    pub sides: Vec<Side>,
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
pub struct Side {
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
    pub claims: Vec<Entry>,
    /// The victory speech: gains felt.
    pub gains: Vec<Entry>,
    /// The charge sheet: losses felt.
    pub losses: Vec<Entry>,
    /// The charge sheet: red lines crossed.
    pub crossed: Vec<Entry>,
    /// The charge sheet: what is overheard of the other side's speech.
    pub overheard: Vec<Entry>,
}

/// A sentence with what it weighs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Entry {
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
    #[must_use]
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
    /// The verdict in a word or two.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Victory => "victory",
            Self::Bearable => "bearable",
            Self::Defeat => "defeat",
            Self::Rational => "no worse than no deal",
            Self::Refused => "refused",
        }
    }

    fn tone(self) -> Tone {
        match self {
            Self::Victory => Tone::Settled,
            Self::Bearable | Self::Rational => Tone::Bearable,
            Self::Defeat | Self::Refused => Tone::Defeat,
        }
    }
}

const WIDTH: f64 = 760.0;
const GAP: f64 = 22.0;

/// A column of the sheet.
#[derive(Clone, Copy)]
struct Column {
    left: f64,
    width: f64,
}

/// Draws the speeches: two sides face each other with the terms between them; more sides stand under the terms.
#[must_use]
pub fn draw(data: &TwoSpeeches, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("two-speeches", WIDTH, &data.caption, theme);
    if data.sides.len() == 2 {
        facing(data, &mut sheet);
    } else {
        beneath(data, &mut sheet);
    }
    sheet.finish(data)
}

fn facing(data: &TwoSpeeches, sheet: &mut Sheet) {
    const TERMS: f64 = 186.0;
    let width = (WIDTH - 2.0 * MARGIN - TERMS - 2.0 * GAP) / 2.0;
    let middle = Column { left: MARGIN + width + GAP, width: TERMS };
    let columns = [Column { left: MARGIN, width }, Column { left: middle.left + TERMS + GAP, width }];
    let top = sheet.top;
    let bottom = terms(&data.terms, middle, top, sheet);
    sheet.top = bottom.max(abreast(&data.sides, &columns, top, sheet));
}

fn beneath(data: &TwoSpeeches, sheet: &mut Sheet) {
    let top = sheet.top;
    sheet.top = terms_abreast(&data.terms, top, sheet) + 14.0;
    let sides = u32::try_from(data.sides.len().max(1)).unwrap_or(u32::MAX);
    let width = (WIDTH - 2.0 * MARGIN - GAP * (f64::from(sides) - 1.0)) / f64::from(sides);
    let lefts = (0..sides).map(|i| MARGIN + f64::from(i) * (width + GAP));
    let columns: Vec<Column> = lefts.map(|left| Column { left, width }).collect();
    let top = sheet.top;
    sheet.top = abreast(&data.sides, &columns, top, sheet);
}

/// All sides in their columns, victory speeches on one level and charge sheets on another; gives the row below.
fn abreast(sides: &[Side], columns: &[Column], top: f64, sheet: &mut Sheet) -> f64 {
    let mut level = top;
    for (i, (side, column)) in sides.iter().zip(columns).enumerate() {
        level = level.max(who(side, i, *column, top, sheet));
    }
    let mut next = level;
    for (side, column) in sides.iter().zip(columns) {
        next = next.max(victory(side, *column, level, sheet));
    }
    let mut bottom = next;
    for (side, column) in sides.iter().zip(columns) {
        bottom = bottom.max(charge_sheet(side, *column, next, sheet));
    }
    bottom
}

/// The terms in one framed column; gives the row below it.
fn terms(terms: &[Term], column: Column, top: f64, sheet: &mut Sheet) -> f64 {
    let inner = Column { left: column.left + 12.0, width: column.width - 24.0 };
    let heading = sheet.body().bold();
    let mut row = sheet.lines((inner.left, top + 10.0), "The terms", inner.width, 1, heading) + 6.0;
    for term in terms {
        row = write_term(term, inner, row, sheet) + 6.0;
    }
    let edge = Stroke { colour: sheet.theme.edge(), width: 1.0 };
    sheet.canvas.frame((column.left, top), (column.left + column.width, row + 4.0), edge);
    row + 4.0
}

/// The terms in three columns inside one frame; gives the row below it.
fn terms_abreast(terms: &[Term], top: f64, sheet: &mut Sheet) -> f64 {
    let width = (WIDTH - 2.0 * MARGIN - 24.0 - 2.0 * GAP) / 3.0;
    let heading = sheet.body().bold();
    let first = sheet.lines((MARGIN + 12.0, top + 10.0), "The terms", width, 1, heading) + 6.0;
    let mut bottom = first;
    let mut left = MARGIN + 12.0;
    for chunk in terms.chunks(terms.len().div_ceil(3).max(1)) {
        let mut row = first;
        for term in chunk {
            row = write_term(term, Column { left, width }, row, sheet) + 6.0;
        }
        bottom = bottom.max(row);
        left += width + GAP;
    }
    let edge = Stroke { colour: sheet.theme.edge(), width: 1.0 };
    sheet.canvas.frame((MARGIN, top), (WIDTH - MARGIN, bottom + 4.0), edge);
    bottom + 4.0
}

fn write_term(term: &Term, column: Column, top: f64, sheet: &mut Sheet) -> f64 {
    let (small, body) = (sheet.small(), sheet.body());
    let row = sheet.lines((column.left, top), &term.issue, column.width, 2, small);
    let row = sheet.lines((column.left, row), &term.option, column.width, 3, body);
    sheet.lines((column.left, row), &term.remark, column.width, 2, small)
}

fn who(side_: &Side, index: usize, column: Column, top: f64, sheet: &mut Sheet) -> f64 {
    let colour = side(sheet.theme, index);
    sheet.canvas.rect((column.left, top), (column.left + column.width, top + 4.0), colour);
    let mut name = sheet.body().bold();
    name.size = BODY + 2.0;
    let row = sheet.lines((column.left, top + 12.0), &side_.name, column.width, 2, name) + 2.0;
    verdict(side_, column, row, sheet) + 12.0
}

fn victory(side: &Side, column: Column, top: f64, sheet: &mut Sheet) -> f64 {
    let row = heading("Victory speech", tone(sheet.theme, Tone::Settled), column, top, sheet);
    let parts = [("Claims in force", &side.claims), ("Gains felt", &side.gains)];
    named_lists(&parts, "nothing to claim", column, row, sheet) + 10.0
}

fn charge_sheet(side: &Side, column: Column, top: f64, sheet: &mut Sheet) -> f64 {
    let row = heading("Charge sheet", tone(sheet.theme, Tone::Defeat), column, top, sheet);
    charges(side, column, row, sheet)
}

fn verdict(side: &Side, column: Column, top: f64, sheet: &mut Sheet) -> f64 {
    let middle = top + BODY * 0.62;
    sheet.canvas.disc((column.left + 5.0, middle), 5.0, tone(sheet.theme, side.verdict.tone()));
    let (bold, small) = (sheet.body().bold(), sheet.small());
    let row = sheet.lines((column.left + 16.0, top), side.verdict.word(), column.width - 16.0, 1, bold);
    let (score, standard) = (signed(side.score, 1), side.standard.words());
    let words = format!("{score} points; {standard}");
    let row = if Face::regular(SMALL).width(&words) <= column.width {
        sheet.lines((column.left, row), &words, column.width, 1, small)
    } else {
        let row = sheet.lines((column.left, row), &format!("{score} points;"), column.width, 1, small);
        sheet.lines((column.left, row), &standard, column.width, 1, small)
    };
    side.others.iter().fold(row, |row, other| sheet.lines((column.left, row + 2.0), other, column.width, 3, small))
}

fn heading(words: &str, colour: Colour, column: Column, top: f64, sheet: &mut Sheet) -> f64 {
    let bold = sheet.body().bold();
    let row = sheet.lines((column.left, top), words, column.width, 1, bold);
    sheet.canvas.line((column.left, row + 1.0), (column.left + column.width, row + 1.0), Stroke { colour, width: 1.6 });
    row + 7.0
}

fn charges(side: &Side, column: Column, top: f64, sheet: &mut Sheet) -> f64 {
    let parts = [("Red lines crossed", &side.crossed), ("Losses felt", &side.losses), ("Overheard", &side.overheard)];
    named_lists(&parts, "nothing is lost", column, top, sheet)
}

/// The lists that hold something, each under its name; `nothing` if none does.
fn named_lists(parts: &[(&str, &Vec<Entry>)], nothing: &str, column: Column, top: f64, sheet: &mut Sheet) -> f64 {
    let small = sheet.small();
    let mut row = top;
    for (name, list) in parts.iter().filter(|(_, list)| !list.is_empty()) {
        row = sheet.lines((column.left, row), name, column.width, 1, small) + 2.0;
        row = entries(list, "", column, row, sheet) + 5.0;
    }
    if row > top { row } else { entries(&[], nothing, column, top, sheet) }
}

fn entries(list: &[Entry], nothing: &str, column: Column, top: f64, sheet: &mut Sheet) -> f64 {
    if list.is_empty() {
        let small = sheet.small();
        return sheet.lines((column.left, top), nothing, column.width, 1, small);
    }
    list.iter().fold(top, |row, entry| write_entry(entry, column, row, sheet) + 4.0)
}

/// The words at the left, the points small at the right.
fn write_entry(entry: &Entry, column: Column, top: f64, sheet: &mut Sheet) -> f64 {
    const NUMBERS: f64 = 40.0;
    let (body, small) = (sheet.body(), sheet.small().end());
    let room = column.width - NUMBERS;
    if let Some(points) = entry.points {
        sheet.canvas.text((column.left + column.width, top + BODY), signed(points, 1), small);
    }
    let mut row = top;
    for line in wrapped(&entry.words, room, 5, Face::regular(BODY)) {
        sheet.canvas.text((column.left, row + BODY), line, body);
        row += line_height(BODY);
    }
    row.max(top + line_height(SMALL))
}
