//! A quantity round by round: its median and its outer deciles, in small multiples.

use serde::Serialize;

use super::axis::{Scale, number, percent};
use super::canvas::{Point, Stroke};
use super::palette::side;
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SLIDE as WIDTH, SMALL, Sheet, Swatch, line_height};
use super::text::{Face, wrapped};
use super::theme::Theme;

/// What a picture of bands shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Bands {
    /// The stem of its file name.
    pub name: &'static str,
    /// The words around it.
    pub caption: Caption,
    /// What the band and the line are said of, such as "of the offers made in a round".
    pub of: String,
    /// The last round.
    pub horizon: u32,
    /// The panels, those of one side beside each other; eight are drawn.
    pub panels: Vec<Panel>,
}

/// One quantity.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Panel {
    /// Its name.
    pub name: String,
    /// The colour of which party.
    pub side: usize,
    /// The values at the lower and the upper end of the axis.
    pub range: (f64, f64),
    /// Whether values are shares, printed in per cent.
    pub percent: bool,
    /// Round, and the values that a tenth, half and nine tenths stay under, in order of rounds.
    pub points: Vec<(u32, [f64; 3])>,
}

/// Least and greatest height of a panel.
const HEIGHT: (f64, f64) = (70.0, 240.0);
/// Room for numbers at the left of a panel.
const NUMBERS: f64 = 46.0;
const GAP: f64 = 16.0;
/// Room for the rounds under a panel.
const BELOW: f64 = 24.0;
const MOST: usize = 8;

/// Draws the bands.
#[must_use]
pub fn draw(data: &Bands, theme: Theme) -> Picture {
    let mut sheet = Sheet::new(if data.name.is_empty() { "bands" } else { data.name }, WIDTH, &data.caption, theme);
    let ink = theme.ink();
    sheet.legend(&[
        (Swatch::Line(ink), format!("median {}", data.of)),
        (Swatch::Square(ink.over(0.25, theme.background())), "eight of ten, between the outer deciles".to_owned()),
    ]);
    let panels = &data.panels[..data.panels.len().min(MOST)];
    let across = across(panels);
    let room = (WIDTH - 2.0 * MARGIN - GAP * (across - 1) as f64) / across as f64;
    let head = |row: &[Panel]| 6.0 + head_lines(row, room) as f64 * line_height(BODY);
    let around: f64 = panels.chunks(across).map(|row| head(row) + BELOW).sum();
    let rows = panels.len().div_ceil(across).max(1) as f64;
    let height = (sheet.room(around + 10.0, 0.0) / rows).clamp(HEIGHT.0, HEIGHT.1);
    for row in panels.chunks(across) {
        let (upper, top) = (sheet.top, sheet.top + head(row));
        for (at, panel) in row.iter().enumerate() {
            let left = MARGIN + (room + GAP) * at as f64;
            let lettering = sheet.body().bold();
            sheet.lines((left, upper), &panel.name, room, 2, lettering);
            one(panel, data.horizon, (left, top, left + room, top + height), &mut sheet);
        }
        sheet.top = top + height + BELOW;
    }
    let lettering = sheet.body().middle();
    let row = sheet.top + 4.0;
    sheet.canvas.text((WIDTH / 2.0, row), "round", lettering);
    sheet.top += 10.0;
    sheet.finish(data)
}

/// Panels beside each other: all of one side, where every side has as many; else as many as give the fewest gaps.
fn across(panels: &[Panel]) -> usize {
    let sides: Vec<usize> = panels.chunk_by(|a, b| a.side == b.side).map(<[Panel]>::len).collect();
    match (sides[..].first(), panels.len()) {
        (Some(each), _) if sides.len() > 1 && (2..=4).contains(each) && sides.iter().all(|n| n == each) => *each,
        (_, few @ 1..=4) => few,
        (_, 5 | 6) => 3,
        (_, 0) => 1,
        _ => 4,
    }
}

/// Lines that the longest name of a row takes.
fn head_lines(row: &[Panel], room: f64) -> usize {
    row.iter().map(|p| wrapped(&p.name, room, 2, Face::bold(BODY)).len()).max().unwrap_or(0)
}

fn one(panel: &Panel, horizon: u32, (left, top, right, bottom): (f64, f64, f64, f64), sheet: &mut Sheet) {
    let theme = sheet.theme;
    let (low, high) = panel.range;
    let x = Scale::over(1.0, f64::from(horizon.max(2)), (left + NUMBERS, right - 6.0));
    let y = Scale::over(low, high, (bottom, top));
    let grid = Stroke { colour: theme.grid(), width: 0.8 };
    let ticks = y.ticks(4);
    for (value, words) in ticks.values.iter().map(|v| (*v, number(*v, ticks.decimals))) {
        let words = if panel.percent { percent(value) } else { words };
        sheet.canvas.line((x.pixels.0, y.at(value)), (x.pixels.1, y.at(value)), grid);
        sheet.canvas.text((left + NUMBERS - 6.0, y.at(value) + SMALL * 0.36), words, sheet.small().end());
    }
    for (value, words) in x.ticks(5).labelled() {
        sheet.canvas.text((x.at(value), bottom + 16.0), words, sheet.small().middle());
    }
    let colour = side(theme, panel.side);
    let at = |round: u32, value: f64| -> Point { (x.within(f64::from(round)), y.within(value)) };
    // Where rounds are left out, the band breaks off.
    let step = panel.points.windows(2).map(|pair| pair[1].0 - pair[0].0).min().unwrap_or(1);
    for part in panel.points.chunk_by(|one, next| next.0 - one.0 <= step) {
        let lower = part.iter().map(|(round, [low, ..])| at(*round, *low));
        let upper = part.iter().rev().map(|(round, [.., high])| at(*round, *high));
        let outline: Vec<Point> = lower.chain(upper).collect();
        if part.len() > 1 {
            sheet.canvas.fill(outline, colour.over(0.25, theme.background()));
            let middle = part.iter().map(|(round, [_, median, _])| at(*round, *median)).collect();
            sheet.canvas.path(middle, Stroke { colour, width: 2.2 });
        } else if let Some((round, [_, median, _])) = part.first() {
            sheet.canvas.disc(at(*round, *median), 3.0, colour);
        }
    }
    let edge = Stroke { colour: theme.edge(), width: 1.0 };
    sheet.canvas.line((x.pixels.0, bottom), (x.pixels.1, bottom), edge);
}
