//! An outcome where each input is low and where it is high, the largest change first.

use super::prelude::*;

/// What the picture "halves" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Halves {
    /// The words around it.
    pub caption: Caption,
    /// The title of the axis, with its unit.
    pub axis: String,
    /// The inputs, from above down.
    pub rows: Vec<Contrast>,
}

/// One input; numbers in the unit of the axis.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Contrast {
    /// Its name.
    pub label: String,
    /// The mean outcome where it is low.
    pub low: f64,
    /// The mean outcome where it is high.
    pub high: f64,
    /// Where the end of the change lies, counted from `low`, at the two ends of the change's interval.
    pub interval: (f64, f64),
}

impl Contrast {
    /// Whether the change can be told from 0: its interval does not hold it.
    pub fn is_told(&self) -> bool {
        self.interval.0 > self.low || self.interval.1 < self.low
    }
}

const WIDTH: f64 = 760.0;
const LABELS: f64 = 290.0;
const ROW: f64 = 33.0;

/// Draws the halves.
pub fn draw(data: &Halves, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("halves", WIDTH, &data.caption, theme);
    sheet.legend(&[
        (Swatch::Hollow(theme.ink()), "where it is low, or does not happen".into()),
        (Swatch::Disc(theme.tone(Tone::Settled)), "where it is high, or happens".into()),
        (Swatch::Whisker(theme.muted()), "95 % interval of the change".into()),
    ]);
    let values = data.rows.iter().flat_map(|r| [r.low, r.high, r.interval.0, r.interval.1]);
    let scale = Scale::around(values, (MARGIN + LABELS + 14.0, WIDTH - MARGIN - 8.0));
    let bottom = sheet.top + 4.0 + ROW * data.rows.len() as f64;
    sheet.uprights(&scale, 6, (sheet.top, bottom));
    data.rows.iter().for_each(|row| one(row, &scale, &mut sheet));
    sheet.foot(&scale, bottom);
    sheet.tick_words(&scale, scale.ticks(6).numbers(), bottom + 15.0);
    let title = (scale.pixels.1, bottom + 22.0);
    sheet.top = sheet.lines(title, &data.axis, WIDTH - 2.0 * MARGIN, 2, sheet.body().end()) + 2.0;
    sheet.finish(data)
}

fn one(row: &Contrast, scale: &Scale, sheet: &mut Sheet) {
    let theme = sheet.theme;
    let y = sheet.top + ROW / 2.0;
    sheet.input((MARGIN, y), &row.label, LABELS);
    let (low, high) = (scale.at(row.low), scale.at(row.high));
    let colour = theme.tone(if row.is_told() { Tone::Bearable } else { Tone::Nothing });
    sheet.canvas.line((low, y), (high, y), Stroke { colour, width: 5.0 });
    let thin = Stroke { colour: theme.ink(), width: 1.2 };
    sheet.canvas.whisker((scale.within(row.interval.0), scale.within(row.interval.1)), y, thin, 3.5);
    sheet.canvas.rect((low - 4.0, y - 4.0), (low + 4.0, y + 4.0), theme.background());
    sheet.canvas.frame((low - 4.0, y - 4.0), (low + 4.0, y + 4.0), thin);
    sheet.canvas.disc((high, y), 4.5, theme.tone(Tone::Settled));
    sheet.top += ROW;
}
