//! How the talks end: one bar an ending, one panel a reading.

use serde::Serialize;

use super::axis::{Scale, percent};
use super::canvas::Stroke;
use super::gap::whisker;
use super::leading_packages::Share;
use super::palette::{Tone, tone};
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SLIDE as WIDTH, SMALL, Sheet, Swatch, line_height};
use super::text::{Face, shortened, wrapped};
use super::theme::Theme;

/// What the picture "endings" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Endings {
    /// The words around it.
    pub caption: Caption,
    /// The endings, from the top.
    pub rows: Vec<Row>,
    /// All runs first, then those of each reading; four are drawn.
    pub panels: Vec<Panel>,
}

/// An ending.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// What its bars are painted in.
    pub tone: Tone,
    /// Whether it counts as reached.
    pub reached: bool,
}

/// The runs of one account.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Panel {
    /// Its name.
    pub name: String,
    /// `shares[row]`.
    pub shares: Vec<Share>,
}

const NAMES: f64 = 140.0;
/// Least and greatest height of a row.
const ROW: (f64, f64) = (20.0, 34.0);
/// Room for a printed share at the right of a panel.
const NUMBERS: f64 = 42.0;
const GAP: f64 = 12.0;
const MOST: usize = 4;

/// Draws the endings.
#[must_use]
pub fn draw(data: &Endings, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("endings", WIDTH, &data.caption, theme);
    let reached = data.rows.iter().filter(|row| row.reached);
    let mut legend: Vec<(Swatch, String)> =
        reached.map(|row| (Swatch::Square(tone(theme, row.tone)), format!("{}: reached", row.name))).collect();
    legend.push((Swatch::Whisker(theme.ink()), "95 % interval (Wilson)".into()));
    sheet.legend(&legend);
    let panels = &data.panels[..data.panels.len().min(MOST)];
    let most = panels.iter().flat_map(|p| &p.shares).map(|s| s.high).fold(0.05, f64::max);
    let across = panels.iter().fold(0.0, |across, _| across + 1.0);
    let room = (WIDTH - 2.0 * MARGIN - NAMES) / f64::max(across, 1.0);
    let heads = panels.iter().map(|p| wrapped(&p.name, room - GAP, 4, Face::bold(BODY)).len()).max().unwrap_or(0);
    let head = (0..heads).fold(6.0, |height, _| height + line_height(BODY));
    let top = sheet.top + head;
    let pitch = ((sheet.room(24.0 + head, 0.0)) / data.rows.len().max(1) as f64).clamp(ROW.0, ROW.1);
    names(data, top, pitch, &mut sheet);
    let mut left = MARGIN + NAMES;
    for panel in panels {
        let lettering = sheet.body().bold();
        let upper = sheet.top;
        sheet.lines((left, upper), &panel.name, room - GAP, 4, lettering);
        let scale = Scale::over(0.0, most, (left, left + room - GAP - NUMBERS));
        bars(data, panel, &scale, (top, pitch), &mut sheet);
        left += room;
    }
    sheet.top = top + pitch * data.rows.len() as f64 + 24.0;
    sheet.finish(data)
}

fn names(data: &Endings, top: f64, pitch: f64, sheet: &mut Sheet) {
    let mut y = top + pitch / 2.0;
    for row in &data.rows {
        let lettering = if row.reached { sheet.body().bold() } else { sheet.body() };
        let face = Face { size: BODY, bold: row.reached };
        sheet.canvas.text((MARGIN, y + BODY * 0.36), shortened(&row.name, NAMES - 10.0, face), lettering);
        y += pitch;
    }
}

fn bars(data: &Endings, panel: &Panel, scale: &Scale, (top, pitch): (f64, f64), sheet: &mut Sheet) {
    let theme = sheet.theme;
    let bottom = top + pitch * data.rows.len() as f64;
    let grid = Stroke { colour: theme.grid(), width: 0.8 };
    for (value, _) in scale.ticks(2).labelled() {
        sheet.canvas.line((scale.at(value), top), (scale.at(value), bottom), grid);
        sheet.canvas.text((scale.at(value), bottom + 15.0), percent(value), sheet.small().middle());
    }
    let mut y = top + pitch / 2.0;
    for (row, share) in data.rows.iter().zip(&panel.shares) {
        let end = scale.within(share.estimate);
        sheet.canvas.rect(
            (scale.pixels.0, y - 0.32 * pitch),
            (end.max(scale.pixels.0 + 0.8), y + 0.32 * pitch),
            tone(theme, row.tone),
        );
        whisker(share, scale, y, theme.ink(), sheet);
        let x = scale.pixels.1 + 6.0;
        let lettering = sheet.small();
        sheet.canvas.text((x, y + SMALL * 0.36), percent(share.estimate), lettering);
        y += pitch;
    }
    let edge = Stroke { colour: theme.edge(), width: 1.0 };
    sheet.canvas.line((scale.pixels.0, top), (scale.pixels.0, bottom), edge);
}
