//! How runs are spread over a few outcomes: one bar an outcome, one panel a group, each with its count and interval.

use serde::Serialize;

use super::axis::{Scale, percent};
use super::canvas::Stroke;
use super::endings::Row;
use super::gap::whisker;
use super::leading_packages::Share;
use super::palette::tone;
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SMALL, Sheet, Swatch, across, line_height};
use super::text::{Face, shortened, wrapped};
use super::theme::Theme;
use crate::text::words::count;

/// What the picture "endings" of a batch shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Bars {
    /// The words around it.
    pub caption: Caption,
    /// The outcomes, from the top.
    pub rows: Vec<Row>,
    /// Panels beside each other, as the plan has them; 0 for as many as suit.
    pub across: usize,
    /// The groups; twelve are drawn.
    pub panels: Vec<Panel>,
}

/// One group.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Panel {
    /// Its name; empty if it is the only one.
    pub name: String,
    /// What is said under its name, such as how many runs it rests on.
    pub told: String,
    /// `shares[row]`, with counts.
    pub shares: Vec<(u64, Share)>,
}

/// Groups that are drawn at most.
pub const MOST: usize = 12;

const WIDTH: f64 = 760.0;
const NAMES: f64 = 140.0;
const ROW: f64 = 22.0;
/// Room for a printed share and its count at the right of a bar.
const NUMBERS: f64 = 96.0;
const GAP: f64 = 10.0;

/// Draws the bars.
#[must_use]
pub fn draw(data: &Bars, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("endings", WIDTH, &data.caption, theme);
    let reached = data.rows.iter().filter(|row| row.reached);
    let mut legend: Vec<(Swatch, String)> =
        reached.map(|row| (Swatch::Square(tone(theme, row.tone)), format!("{}: reached", row.name))).collect();
    legend.push((Swatch::Whisker(theme.ink()), "95 % interval (Wilson); in brackets the runs".into()));
    sheet.legend(&legend);
    let panels = &data.panels[..data.panels.len().min(MOST)];
    let most = panels.iter().flat_map(|p| &p.shares).map(|(_, s)| s.high).fold(0.05, f64::max);
    let across = across(panels.len(), data.across);
    let room = (WIDTH - 2.0 * MARGIN - NAMES) / across as f64;
    for row in panels.chunks(across) {
        let heads = row.iter().map(|p| head_height(p, room - GAP)).fold(0.0, f64::max);
        let (upper, top) = (sheet.top, sheet.top + heads);
        names(data, top, &mut sheet);
        for (j, panel) in row.iter().enumerate() {
            let left = MARGIN + NAMES + room * j as f64;
            let (name, small) = (sheet.body().bold(), sheet.small());
            let below = sheet.lines((left, upper), &panel.name, room - GAP, 3, name);
            sheet.lines((left, below), &panel.told, room - GAP, 2, small);
            let scale = Scale::over(0.0, most, (left, left + room - GAP - NUMBERS));
            bars(data, panel, &scale, top, &mut sheet);
        }
        sheet.top = data.rows.iter().fold(top, |bottom, _| bottom + ROW) + 34.0;
    }
    sheet.top -= 14.0;
    sheet.finish(data)
}

fn head_height(panel: &Panel, room: f64) -> f64 {
    let name = wrapped(&panel.name, room, 3, Face::bold(BODY)).len() as f64;
    let told = wrapped(&panel.told, room, 2, Face::regular(SMALL)).len() as f64;
    name * line_height(BODY) + told * line_height(SMALL) + 6.0
}

fn names(data: &Bars, top: f64, sheet: &mut Sheet) {
    let mut y = top + ROW / 2.0;
    for row in &data.rows {
        let lettering = if row.reached { sheet.body().bold() } else { sheet.body() };
        let face = Face { size: BODY, bold: row.reached };
        sheet.canvas.text((MARGIN, y + BODY * 0.36), shortened(&row.name, NAMES - 10.0, face), lettering);
        y += ROW;
    }
}

fn bars(data: &Bars, panel: &Panel, scale: &Scale, top: f64, sheet: &mut Sheet) {
    let theme = sheet.theme;
    let bottom = data.rows.iter().fold(top, |bottom, _| bottom + ROW);
    let grid = Stroke { colour: theme.grid(), width: 0.8 };
    let mut free = f64::NEG_INFINITY;
    for value in scale.ticks(3).values {
        sheet.canvas.line((scale.at(value), top), (scale.at(value), bottom), grid);
        let half = Face::regular(SMALL).width(&percent(value)) / 2.0;
        // In narrow panels only the labels that stand apart.
        if scale.at(value) - half > free {
            sheet.canvas.text((scale.at(value), bottom + 15.0), percent(value), sheet.small().middle());
            free = scale.at(value) + half + 4.0;
        }
    }
    let mut y = top + ROW / 2.0;
    for (row, (runs, share)) in data.rows.iter().zip(&panel.shares) {
        let end = scale.within(share.estimate);
        sheet.canvas.rect((scale.pixels.0, y - 7.0), (end.max(scale.pixels.0 + 0.8), y + 7.0), tone(theme, row.tone));
        whisker(share, scale, y, theme.ink(), sheet);
        let words = format!("{} ({})", percent(share.estimate), count(*runs));
        let words = shortened(&words, NUMBERS - 8.0, Face::regular(SMALL));
        sheet.canvas.text((scale.pixels.1 + 7.0, y + SMALL * 0.36), words, sheet.small());
        y += ROW;
    }
    let edge = Stroke { colour: theme.edge(), width: 1.0 };
    sheet.canvas.line((scale.pixels.0, top), (scale.pixels.0, bottom), edge);
}
