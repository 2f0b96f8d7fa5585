//! An outcome where each input is low and where it is high, the largest change first.

use serde::Serialize;

use super::axis::{Scale, number};
use super::canvas::Stroke;
use super::palette::{Colour, Tone, tone};
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SMALL, Sheet, Swatch, line_height};
use super::text::{Face, wrapped};
use super::theme::Theme;

/// What the picture "halves" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Halves {
    /// The words around it.
    pub caption: Caption,
    /// The title of the axis, with its unit.
    pub axis: String,
    /// The inputs, from above down.
    pub rows: Vec<Row>,
}

/// One input; numbers in the unit of the axis.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Row {
    /// Its name.
    pub label: String,
    /// The mean outcome where it is low.
    pub low: f64,
    /// The mean outcome where it is high.
    pub high: f64,
    /// Where the end of the change lies, counted from `low`, at the two ends of the change's interval.
    pub interval: (f64, f64),
}

impl Row {
    /// Whether the change can be told from 0: its interval does not hold it.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.interval.0 > self.low || self.interval.1 < self.low
    }
}

const WIDTH: f64 = 760.0;
const LABELS: f64 = 290.0;
const ROW: f64 = 33.0;

/// Draws the halves.
#[must_use]
pub fn draw(data: &Halves, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("halves", WIDTH, &data.caption, theme);
    sheet.legend(&[
        (Swatch::Hollow(theme.ink()), "where it is low, or does not happen".into()),
        (Swatch::Disc(high(theme)), "where it is high, or happens".into()),
        (Swatch::Whisker(theme.muted()), "95 % interval of the change".into()),
    ]);
    let values = data.rows.iter().flat_map(|r| [r.low, r.high, r.interval.0, r.interval.1]);
    let scale = Scale::around(values, (MARGIN + LABELS + 14.0, WIDTH - MARGIN - 8.0));
    let top = sheet.top;
    let bottom = data.rows.iter().fold(top + 4.0, |bottom, _| bottom + ROW);
    for value in scale.ticks(6).values {
        let stroke = Stroke { colour: theme.grid(), width: 0.8 };
        sheet.canvas.line((scale.at(value), top), (scale.at(value), bottom), stroke);
    }
    data.rows.iter().for_each(|row| one(row, &scale, &mut sheet));
    sheet.top = bottom;
    axis(data, &scale, &mut sheet);
    sheet.finish(data)
}

fn high(theme: Theme) -> Colour {
    tone(theme, Tone::Settled)
}

fn one(row: &Row, scale: &Scale, sheet: &mut Sheet) {
    let theme = sheet.theme;
    let y = sheet.top + ROW / 2.0;
    sheet.input((MARGIN, y), &row.label, LABELS);
    let (low, top) = (scale.at(row.low), scale.at(row.high));
    let bar = if row.is_told() { tone(theme, Tone::Bearable) } else { tone(theme, Tone::Nothing) };
    sheet.canvas.line((low, y), (top, y), Stroke { colour: bar, width: 5.0 });
    let thin = Stroke { colour: theme.ink(), width: 1.2 };
    let (from, to) = (scale.within(row.interval.0), scale.within(row.interval.1));
    sheet.canvas.line((from, y), (to, y), thin);
    for end in [from, to] {
        sheet.canvas.line((end, y - 3.5), (end, y + 3.5), thin);
    }
    sheet.canvas.rect((low - 4.0, y - 4.0), (low + 4.0, y + 4.0), theme.background());
    sheet.canvas.frame((low - 4.0, y - 4.0), (low + 4.0, y + 4.0), thin);
    sheet.canvas.disc((top, y), 4.5, high(theme));
    sheet.top += ROW;
}

fn axis(data: &Halves, scale: &Scale, sheet: &mut Sheet) {
    let bottom = sheet.top;
    let stroke = Stroke { colour: sheet.theme.edge(), width: 1.0 };
    sheet.canvas.line((scale.pixels.0, bottom), (scale.pixels.1, bottom), stroke);
    let ticks = scale.ticks(6);
    for value in &ticks.values {
        let words = number(*value, ticks.decimals);
        sheet.canvas.text((scale.at(*value), bottom + SMALL + 4.5), words, sheet.small().middle());
    }
    let lettering = sheet.body().end();
    let mut row = bottom + 34.0;
    for line in wrapped(&data.axis, WIDTH - 2.0 * MARGIN, 2, Face::regular(BODY)) {
        sheet.canvas.text((scale.pixels.1, row), line, lettering);
        row += line_height(BODY);
    }
    sheet.top = row - 10.0;
}
