//! Small multiples: one panel a headline, with a point and its interval for each arm, and below it the paired
//! differences from the first.

use super::axis::{Scale, number};
use super::canvas::Stroke;
use super::palette::{Colour, Tone, tone};
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SMALL, Sheet, Swatch, line_height};
use super::text::{Face, shortened, wrapped};
use super::theme::Theme;

/// What the picture "compare" shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Multiples {
    /// The words around it.
    pub caption: Caption,
    /// The arms: a letter, and what it stands for.
    pub arms: Vec<(String, String)>,
    /// The panels.
    pub panels: Vec<Panel>,
}

/// One headline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// Its name.
    pub title: String,
    /// Whether values are shares; else they are numbers.
    pub shares: bool,
    /// One value with its interval for each arm; `None` where it has none.
    pub levels: Vec<Option<[f64; 3]>>,
    /// For each arm behind the first, the difference with its interval, and whether it can be told from 0.
    pub differences: Vec<([f64; 3], bool)>,
}

const WIDTH: f64 = 900.0;
const COLUMNS: usize = 3;
const GAP: f64 = 26.0;
const ROW: f64 = 18.0;
const AXIS: f64 = 20.0;

/// Draws the panels, three a row.
#[must_use]
pub fn draw(data: &Multiples, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("compare", WIDTH, &data.caption, theme);
    arms(data, &mut sheet);
    sheet.legend(&[
        (Swatch::Whisker(theme.ink()), "an arm, 95 %".into()),
        (Swatch::Whisker(real(theme)), "its difference from A over pairs, in points, told from 0".into()),
        (Swatch::Whisker(idle(theme)), "not told from 0".into()),
    ]);
    let width = (WIDTH - 2.0 * MARGIN - 2.0 * GAP) / 3.0;
    for row in data.panels.chunks(COLUMNS) {
        let top = sheet.top;
        let mut left = MARGIN;
        for panel in row {
            draw_panel(panel, data, (left, left + width), top, &mut sheet);
            left += width + GAP;
        }
        sheet.top = top + height(data);
    }
    sheet.finish()
}

fn real(theme: Theme) -> Colour {
    tone(theme, Tone::Defeat)
}

fn idle(theme: Theme) -> Colour {
    theme.muted()
}

/// What each letter stands for.
fn arms(data: &Multiples, sheet: &mut Sheet) {
    let bold = sheet.body().bold();
    let body = sheet.body();
    for (letter, text) in &data.arms {
        let lines = wrapped(text, WIDTH - 2.0 * MARGIN - 22.0, 2, Face::regular(BODY));
        sheet.canvas.text((MARGIN, sheet.top + BODY), letter.as_str(), bold);
        for line in lines {
            sheet.canvas.text((MARGIN + 22.0, sheet.top + BODY), line, body);
            sheet.top += line_height(BODY);
        }
    }
    sheet.top += 8.0;
}

fn rows(count: usize) -> f64 {
    (0..count).fold(0.0, |sum, _| sum + ROW)
}

fn height(data: &Multiples) -> f64 {
    let arms = data.arms.len();
    24.0 + rows(arms) + AXIS + 8.0 + rows(arms.saturating_sub(1)) + AXIS + 14.0
}

fn draw_panel(panel: &Panel, data: &Multiples, (left, right): (f64, f64), top: f64, sheet: &mut Sheet) {
    let bold = sheet.body().bold();
    let title = shortened(&panel.title, right - left, Face::bold(BODY));
    sheet.canvas.text((left, top + BODY), title, bold);
    let inner = (left + 26.0, right - 10.0);
    let upper = top + 24.0;
    let ends = panel.levels.iter().flatten().flatten().copied();
    let scale = Scale::around(ends, inner);
    let middle = upper + rows(panel.levels.len());
    axis(&scale, (upper, middle), panel.shares.then_some("\u{a0}%"), sheet);
    let ink = sheet.theme.ink();
    for (place, level) in panel.levels.iter().enumerate() {
        let y = upper + rows(place) + ROW / 2.0;
        let letter = data.arms.get(place).map_or("", |(letter, _)| letter);
        sheet.canvas.text((left, y + SMALL * 0.36), letter, sheet.body());
        match level {
            Some(level) => whisker(*level, &scale, y, ink, sheet),
            None => sheet.canvas.text((inner.0, y + SMALL * 0.36), "never", sheet.small()),
        }
    }
    let lower = middle + AXIS + 8.0;
    let ends = panel.differences.iter().flat_map(|(d, _)| *d).chain([0.0]);
    let scale = around_zero(ends, panel.shares, inner);
    let bottom = lower + rows(panel.differences.len());
    axis(&scale, (lower, bottom), panel.shares.then_some(""), sheet);
    sheet.canvas.line((scale.at(0.0), lower), (scale.at(0.0), bottom), Stroke { colour: ink, width: 1.2 });
    for (place, (difference, told)) in panel.differences.iter().enumerate() {
        let y = lower + rows(place) + ROW / 2.0;
        let letter = data.arms.get(place + 1).map_or("", |(letter, _)| letter);
        sheet.canvas.text((left - 2.0, y + SMALL * 0.36), format!("{letter}−A"), sheet.small());
        let colour = if *told { real(sheet.theme) } else { idle(sheet.theme) };
        whisker(*difference, &scale, y, colour, sheet);
    }
}

fn whisker([x, low, high]: [f64; 3], scale: &Scale, y: f64, colour: Colour, sheet: &mut Sheet) {
    let stroke = Stroke { colour, width: 1.5 };
    let (low, high) = (scale.within(low), scale.within(high));
    sheet.canvas.line((low, y), (high, y), stroke);
    for end in [low, high] {
        sheet.canvas.line((end, y - 3.0), (end, y + 3.0), stroke);
    }
    sheet.canvas.disc((scale.within(x), y), 3.2, colour);
}

/// A scale around differences; where all are 0, a narrow one.
fn around_zero(ends: impl Iterator<Item = f64>, shares: bool, pixels: (f64, f64)) -> Scale {
    let ends: Vec<f64> = ends.collect();
    let narrow = if shares { 0.01 } else { 1.0 };
    if ends.iter().all(|x| *x == 0.0) { Scale::over(-narrow, narrow, pixels) } else { Scale::around(ends, pixels) }
}

/// An axis of shares in per cent, followed by this sign, or of numbers.
fn axis(scale: &Scale, (top, bottom): (f64, f64), sign: Option<&str>, sheet: &mut Sheet) {
    let grid = Stroke { colour: sheet.theme.grid(), width: 0.8 };
    let ticks = scale.ticks(4);
    for value in &ticks.values {
        sheet.canvas.line((scale.at(*value), top), (scale.at(*value), bottom), grid);
        let words = match sign {
            Some(sign) => format!("{}{sign}", number(value * 100.0, ticks.decimals.saturating_sub(2))),
            None => number(*value, ticks.decimals),
        };
        sheet.canvas.text((scale.at(*value), bottom + 13.0), words, sheet.small().middle());
    }
    let edge = Stroke { colour: sheet.theme.edge(), width: 1.0 };
    sheet.canvas.line((scale.pixels.0, bottom), (scale.pixels.1, bottom), edge);
}
