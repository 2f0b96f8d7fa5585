//! What exists beside what the talks reach: three shares with their intervals on one axis, row by row.

use serde::Serialize;

use super::axis::{Scale, percent, share_axis};
use super::canvas::Stroke;
use super::leading_packages::Share;
use super::palette::{Colour, Tone, tone};
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SLIDE as WIDTH, SMALL, Sheet, Swatch};
use super::theme::Theme;

/// What the picture "gap" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Gap {
    /// The words around it.
    pub caption: Caption,
    /// All worlds first, then each reading.
    pub rows: Vec<Row>,
}

/// The three numbers over the worlds of one account.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// One exists.
    pub exists: Share,
    /// One same package would do; none where it was not asked.
    pub same: Option<Share>,
    /// It is reached.
    pub reached: Share,
}

const NAMES: f64 = 170.0;
/// Room for the printed shares.
const NUMBERS: f64 = 128.0;
/// Least and greatest height of a row.
const ROW: (f64, f64) = (52.0, 76.0);

/// Draws the gap.
#[must_use]
pub fn draw(data: &Gap, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("gap", WIDTH, &data.caption, theme);
    sheet.legend(&legend(data, theme));
    let scale = Scale::over(0.0, 1.0, (MARGIN + NAMES + 10.0, WIDTH - MARGIN - NUMBERS - 12.0));
    let top = sheet.top;
    let height = (sheet.room(38.0, 0.0) / data.rows.len().max(1) as f64).clamp(ROW.0, ROW.1);
    let bottom = top + height * data.rows.len() as f64;
    let stroke = Stroke { colour: theme.grid(), width: 0.8 };
    for value in scale.ticks(5).values {
        sheet.canvas.line((scale.at(value), top), (scale.at(value), bottom), stroke);
    }
    for (i, row) in data.rows.iter().enumerate() {
        one(row, i == 0, &scale, height, &mut sheet);
    }
    share_axis(&scale, bottom, "share of the worlds, and of the runs played in them", &mut sheet);
    sheet.top -= SMALL * 0.2;
    sheet.finish(data)
}

fn legend(data: &Gap, theme: Theme) -> Vec<(Swatch, String)> {
    let mut entries = vec![(Swatch::Disc(exists(theme)), "one exists".to_owned())];
    if data.rows.iter().any(|row| row.same.is_some()) {
        entries.push((Swatch::Diamond(theme.background(), theme.ink()), "one same package would do".into()));
    }
    entries.push((Swatch::Square(reached(theme)), "it is reached".into()));
    entries.push((Swatch::Square(band(theme)), "the gap".into()));
    entries.push((Swatch::Whisker(theme.muted()), "95 % interval (Wilson)".into()));
    entries
}

fn exists(theme: Theme) -> Colour {
    tone(theme, Tone::Settled)
}

fn reached(theme: Theme) -> Colour {
    tone(theme, Tone::Bearable)
}

fn band(theme: Theme) -> Colour {
    tone(theme, Tone::Nothing).over(0.45, theme.background())
}

fn one(row: &Row, all: bool, scale: &Scale, height: f64, sheet: &mut Sheet) {
    let theme = sheet.theme;
    let top = sheet.top + (height - ROW.0) / 2.0;
    let name = if all { sheet.body().bold() } else { sheet.body() };
    sheet.lines((MARGIN, top + 2.0), &row.name, NAMES - 4.0, 3, name);
    let [upper, middle, lower] = [10.0, 26.0, 42.0].map(|y| top + y);
    let (from, to) = (scale.within(row.reached.estimate), scale.within(row.exists.estimate));
    sheet.canvas.rect((from.min(to), middle - 5.0), (from.max(to), middle + 5.0), band(theme));
    whisker(&row.exists, scale, upper, exists(theme), sheet);
    sheet.canvas.disc((to, upper), 5.0, exists(theme));
    if let Some(same) = &row.same {
        whisker(same, scale, middle, theme.ink(), sheet);
        let edge = Stroke { colour: theme.ink(), width: 1.4 };
        sheet.canvas.diamond((scale.within(same.estimate), middle), 5.5, theme.background(), edge);
    }
    whisker(&row.reached, scale, lower, reached(theme), sheet);
    sheet.canvas.rect((from - 4.5, lower - 4.5), (from + 4.5, lower + 4.5), reached(theme));
    let same = row.same.map(|same| (middle, format!("same {}", percent(same.estimate))));
    let told = [(upper, format!("exists {}", percent(row.exists.estimate)))].into_iter().chain(same);
    for (y, words) in told {
        let lettering = sheet.body().end();
        sheet.canvas.text((WIDTH - MARGIN, y + BODY * 0.36), words, lettering);
    }
    let lettering = sheet.body().bold().end();
    let words = format!("reached {}", percent(row.reached.estimate));
    sheet.canvas.text((WIDTH - MARGIN, lower + BODY * 0.36), words, lettering);
    sheet.top += height;
}

/// An interval with ticks at its ends.
pub(super) fn whisker(share: &Share, scale: &Scale, y: f64, colour: Colour, sheet: &mut Sheet) {
    let (low, high) = (scale.within(share.low), scale.within(share.high));
    let stroke = Stroke { colour, width: 1.6 };
    sheet.canvas.line((low, y), (high.max(low + 0.5), y), stroke);
    for end in [low, high] {
        sheet.canvas.line((end, y - 3.0), (end, y + 3.0), stroke);
    }
}
