//! Small multiples: one panel a headline, with a point and its interval for each arm, and below it the paired
//! differences from the first.

use serde::Serialize;

use super::axis::{Scale, number};
use super::canvas::Stroke;
use super::leading_packages::Share;
use super::palette::{Colour, Tone, tone};
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SMALL, Sheet, Swatch, line_height};
use super::text::{Face, shortened, wrapped};
use super::theme::Theme;

/// What the picture "compare" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Multiples {
    /// The words around it.
    pub caption: Caption,
    /// The arms: a letter, and what it stands for.
    pub arms: Vec<(String, String)>,
    /// The panels.
    pub panels: Vec<Panel>,
}

/// One headline.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Panel {
    /// Its name.
    pub title: String,
    /// Whether values are shares; else they are numbers.
    pub shares: bool,
    /// One value with its interval for each arm; `None` where it has none.
    pub levels: Vec<Option<Share>>,
    /// The differences of the arms behind the first from it.
    pub differences: Vec<Difference>,
}

/// A difference of two arms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Difference {
    /// What it is, with its interval.
    pub change: Share,
    /// Whether it can be told from 0.
    pub told: bool,
}

/// The two axes of a panel: of its values and of their differences.
#[derive(Clone, Copy)]
struct Axes {
    levels: Scale,
    differences: Scale,
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
    own_axes(data, &mut sheet);
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
    sheet.finish(data)
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

/// Says which panels have axes of their own, if others share one.
fn own_axes(data: &Multiples, sheet: &mut Sheet) {
    let own: Vec<String> = data.panels.iter().filter(|p| !p.shares).map(|p| format!("“{}”", p.title)).collect();
    let all = data.panels.len() - own.len();
    let words = match (all, &own[..]) {
        (0 | 1, _) => return,
        (_, []) => "All panels have the same axes.".to_owned(),
        (_, own) => format!("All panels have the same axes, but {} own ones.", having(own)),
    };
    let lettering = sheet.small();
    sheet.paragraph(&words, 2, lettering);
    sheet.top += 4.0;
}

fn having(own: &[String]) -> String {
    let have = if own.len() == 1 { "has" } else { "have" };
    format!("{} {have}", crate::text::words::list(own))
}

/// The axes of a panel: those of all shares, or of its own unit.
fn axes(panel: &Panel, data: &Multiples, inner: (f64, f64)) -> Axes {
    let together = || data.panels.iter().filter(|other| if panel.shares { other.shares } else { *other == panel });
    let ends = |share: &Share| [share.estimate, share.low, share.high];
    let levels = together().flat_map(|p| p.levels.iter().flatten()).flat_map(ends);
    let changes = together().flat_map(|p| &p.differences).flat_map(|d| ends(&d.change)).chain([0.0]);
    Axes { levels: Scale::around(levels, inner), differences: around_zero(changes, panel.shares, inner) }
}

fn draw_panel(panel: &Panel, data: &Multiples, (left, right): (f64, f64), top: f64, sheet: &mut Sheet) {
    let bold = sheet.body().bold();
    let title = shortened(&panel.title, right - left, Face::bold(BODY));
    sheet.canvas.text((left, top + BODY), title, bold);
    let inner = (left + 26.0, right - 10.0);
    let axes = axes(panel, data, inner);
    let upper = top + 24.0;
    let middle = upper + rows(panel.levels.len());
    levels(panel, data, &axes.levels, (left, upper, middle), sheet);
    let lower = middle + AXIS + 8.0;
    differences(panel, data, &axes.differences, (left, lower, lower + rows(panel.differences.len())), sheet);
}

/// What each arm has.
fn levels(panel: &Panel, data: &Multiples, scale: &Scale, (left, top, bottom): (f64, f64, f64), sheet: &mut Sheet) {
    axis(scale, (top, bottom), panel.shares.then_some("\u{a0}%"), sheet);
    let ink = sheet.theme.ink();
    for (place, level) in panel.levels.iter().enumerate() {
        let y = top + rows(place) + ROW / 2.0;
        let letter = data.arms.get(place).map_or("", |(letter, _)| letter);
        sheet.canvas.text((left, y + SMALL * 0.36), letter, sheet.body());
        match level {
            Some(level) => whisker(*level, scale, y, ink, sheet),
            None => sheet.canvas.text((scale.pixels.0, y + SMALL * 0.36), "never", sheet.small()),
        }
    }
}

/// How each arm differs from the first.
fn differences(panel: &Panel, data: &Multiples, scale: &Scale, at: (f64, f64, f64), sheet: &mut Sheet) {
    let (left, top, bottom) = at;
    axis(scale, (top, bottom), panel.shares.then_some(""), sheet);
    let zero = Stroke { colour: sheet.theme.ink(), width: 1.2 };
    sheet.canvas.line((scale.at(0.0), top), (scale.at(0.0), bottom), zero);
    for (place, Difference { change, told }) in panel.differences.iter().enumerate() {
        let y = top + rows(place) + ROW / 2.0;
        let letter = data.arms.get(place + 1).map_or("", |(letter, _)| letter);
        sheet.canvas.text((left - 2.0, y + SMALL * 0.36), format!("{letter}−A"), sheet.small());
        let colour = if *told { real(sheet.theme) } else { idle(sheet.theme) };
        whisker(*change, scale, y, colour, sheet);
    }
}

fn whisker(Share { estimate, low, high }: Share, scale: &Scale, y: f64, colour: Colour, sheet: &mut Sheet) {
    let stroke = Stroke { colour, width: 1.5 };
    let (low, high) = (scale.within(low), scale.within(high));
    sheet.canvas.line((low, y), (high, y), stroke);
    for end in [low, high] {
        sheet.canvas.line((end, y - 3.0), (end, y + 3.0), stroke);
    }
    sheet.canvas.disc((scale.within(estimate), y), 3.2, colour);
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
