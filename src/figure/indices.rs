//! Which inputs make an outcome vary: two bars for each, what it makes alone and with company, with intervals.

use serde::Serialize;

use super::axis::{Scale, percent, share_axis};
use super::canvas::Stroke;
use super::gap::whisker;
use super::leading_packages::Share;
use super::palette::{Colour, Tone, tone};
use super::picture::Picture;
use super::sheet::{Caption, MARGIN, SMALL, Sheet, Swatch};
use super::theme::Theme;

/// What the picture "indices" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Indices {
    /// The words around it.
    pub caption: Caption,
    /// The title of the axis.
    pub axis: String,
    /// What is compared, from above down.
    pub rows: Vec<Row>,
}

/// An input or a group of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Row {
    /// Its name.
    pub label: String,
    /// Its share of the variance alone; `None` if it cannot be told from 0.
    pub alone: Option<Share>,
    /// Its share with all it acts together with; `None` if it cannot be told from 0.
    pub together: Option<Share>,
}

const WIDTH: f64 = 760.0;
const LABELS: f64 = 280.0;
/// Room for the printed shares.
const NUMBERS: f64 = 60.0;
const ROW: f64 = 42.0;
const BAR: f64 = 12.0;

/// Draws the indices.
#[must_use]
pub fn draw(data: &Indices, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("indices", WIDTH, &data.caption, theme);
    sheet.legend(&[
        (Swatch::Square(alone(theme)), "alone".into()),
        (Swatch::Square(together(theme)), "with all it acts together with".into()),
        (Swatch::Whisker(theme.muted()), "95 % interval".into()),
    ]);
    let ends = data.rows.iter().flat_map(|row| [row.alone, row.together]).flatten().map(|share| share.high);
    let most = ends.fold(0.1, f64::max) * 1.04;
    let scale = Scale::over(0.0, most, (MARGIN + LABELS + 10.0, WIDTH - MARGIN - NUMBERS));
    let top = sheet.top;
    let bottom = data.rows.iter().fold(top, |bottom, _| bottom + ROW);
    let stroke = Stroke { colour: theme.grid(), width: 0.8 };
    for value in scale.ticks(5).values {
        sheet.canvas.line((scale.at(value), top), (scale.at(value), bottom), stroke);
    }
    data.rows.iter().for_each(|row| one(row, &scale, &mut sheet));
    share_axis(&scale, bottom, &data.axis, &mut sheet);
    sheet.finish(data)
}

fn alone(theme: Theme) -> Colour {
    tone(theme, Tone::Settled)
}

fn together(theme: Theme) -> Colour {
    tone(theme, Tone::Bearable)
}

fn one(row: &Row, scale: &Scale, sheet: &mut Sheet) {
    let theme = sheet.theme;
    let middle = sheet.top + ROW / 2.0;
    sheet.input((MARGIN, middle), &row.label, LABELS);
    let [upper, lower] = [-1.0, 1.0].map(|side| sheet.top + ROW / 2.0 + side * (BAR / 2.0 + 1.5));
    bar(row.alone, scale, upper, alone(theme), sheet);
    bar(row.together, scale, lower, together(theme), sheet);
    sheet.top += ROW;
}

/// A bar with its interval and its share printed beyond; of what cannot be told from 0 only that.
fn bar(share: Option<Share>, scale: &Scale, y: f64, colour: Colour, sheet: &mut Sheet) {
    let lettering = sheet.small();
    let zero = scale.at(0.0);
    let Some(share) = share else {
        sheet.canvas.text((zero + 5.0, y + SMALL * 0.36), "≈ 0", lettering);
        return;
    };
    let end = scale.within(share.estimate).max(zero + 1.0);
    sheet.canvas.rect((zero, y - BAR / 2.0), (end, y + BAR / 2.0), colour);
    let ink = sheet.theme.ink();
    whisker(&share, scale, y, ink, sheet);
    let beyond = scale.within(share.high).max(end) + 6.0;
    sheet.canvas.text((beyond, y + SMALL * 0.36), percent(share.estimate), lettering);
}
