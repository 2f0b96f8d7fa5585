//! A share or a mean of each group as a dot with its interval.

use serde::Serialize;

use super::axis::{Scale, number, percent};
use super::canvas::Stroke;
use super::lines::Axis;
use super::palette::group;
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SMALL, Sheet, Swatch, line_height};
use super::text::{Face, shortened, wrapped};
use super::theme::Theme;

/// What a dot plot shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Dots {
    /// The stem of its file name; "dots" if empty.
    pub name: &'static str,
    /// The words around it.
    pub caption: Caption,
    /// What is shown; its range is the whole axis.
    pub axis: Axis,
    /// What the intervals are, such as "95 % interval (Wilson)".
    pub interval: String,
    /// A value that all groups are seen against, and what it is, such as the share over all of them.
    pub rule: Option<(f64, String)>,
    /// The groups under their heads.
    pub sections: Vec<Section>,
}

/// Some groups under one head.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Section {
    /// The head; empty if there is but one section.
    pub name: String,
    /// The groups, from the top.
    pub rows: Vec<Row>,
}

/// One group.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// The estimate in words, with its count and interval.
    pub told: String,
    /// The estimate.
    pub value: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

const WIDTH: f64 = 760.0;
const NAMES: f64 = 190.0;
/// Room for the estimate in words.
const TOLD: f64 = 240.0;
const ROW: f64 = 24.0;

/// Draws the dots.
#[must_use]
pub fn draw(data: &Dots, theme: Theme) -> Picture {
    let mut sheet = Sheet::new(if data.name.is_empty() { "dots" } else { data.name }, WIDTH, &data.caption, theme);
    let mut legend = vec![(Swatch::Whisker(group(theme, 0)), data.interval.clone())];
    legend.extend(data.rule.iter().map(|(_, words)| (Swatch::Dashes(theme.ink()), words.clone())));
    sheet.legend(&legend);
    let across = (MARGIN + NAMES + 12.0, WIDTH - MARGIN - TOLD - 14.0);
    let scale = Scale::over(data.axis.range.0, data.axis.range.1, across);
    let top = sheet.top;
    let bottom = data.sections.iter().fold(top, |bottom, s| bottom + section_height(s)) + 4.0;
    frame(data, &scale, (top, bottom), &mut sheet);
    for section in &data.sections {
        let lettering = sheet.body().bold();
        if !section.name.is_empty() {
            let upper = sheet.top + 8.0;
            let room = NAMES + 4.0;
            sheet.top = sheet.lines((MARGIN, upper), &section.name, room, 3, lettering) + 3.0;
        }
        section.rows.iter().for_each(|row| one(row, !section.name.is_empty(), &scale, &mut sheet));
    }
    sheet.top = bottom;
    title(data, &scale, &mut sheet);
    sheet.finish(data)
}

fn section_height(section: &Section) -> f64 {
    let head = wrapped(&section.name, NAMES + 4.0, 3, Face::bold(BODY)).len() as f64;
    let head = if head > 0.0 { 11.0 + head * line_height(BODY) } else { 0.0 };
    section.rows.iter().fold(head, |height, row| height + row_height(row, !section.name.is_empty()))
}

fn indent(under: bool) -> f64 {
    if under { 12.0 } else { 0.0 }
}

fn row_height(row: &Row, under: bool) -> f64 {
    let lines = wrapped(&row.name, NAMES - indent(under), 3, Face::regular(BODY)).len();
    (1..lines).fold(ROW, |height, _| height + line_height(BODY))
}

fn frame(data: &Dots, scale: &Scale, (top, bottom): (f64, f64), sheet: &mut Sheet) {
    let grid = Stroke { colour: sheet.theme.grid(), width: 0.8 };
    let ticks = scale.ticks(5);
    for value in &ticks.values {
        sheet.canvas.line((scale.at(*value), top), (scale.at(*value), bottom), grid);
        let words = if data.axis.share { percent(*value) } else { number(*value, ticks.decimals) };
        sheet.canvas.text((scale.at(*value), bottom + 15.0), words, sheet.small().middle());
    }
    let edge = Stroke { colour: sheet.theme.edge(), width: 1.0 };
    sheet.canvas.line((scale.pixels.0, bottom), (scale.pixels.1, bottom), edge);
    if let Some((value, _)) = data.rule {
        let stroke = Stroke { colour: sheet.theme.ink(), width: 1.0 };
        sheet.canvas.dashes((scale.within(value), top), (scale.within(value), bottom), stroke);
    }
}

fn one(row: &Row, under: bool, scale: &Scale, sheet: &mut Sheet) {
    let (theme, height) = (sheet.theme, row_height(row, under));
    let middle = sheet.top + height / 2.0;
    let lines = wrapped(&row.name, NAMES - indent(under), 3, Face::regular(BODY));
    let lettering = sheet.body();
    let mut baseline = middle + BODY * 0.36 - (lines.len().max(1) - 1) as f64 * line_height(BODY) / 2.0;
    for line in lines {
        sheet.canvas.text((MARGIN + indent(under), baseline), line, lettering);
        baseline += line_height(BODY);
    }
    let (low, high) = (scale.within(row.low), scale.within(row.high));
    let stroke = Stroke { colour: group(theme, 0), width: 1.8 };
    sheet.canvas.line((low, middle), (high.max(low + 0.5), middle), stroke);
    for end in [low, high] {
        sheet.canvas.line((end, middle - 3.5), (end, middle + 3.5), stroke);
    }
    sheet.canvas.disc((scale.within(row.value), middle), 4.2, group(theme, 0));
    let words = shortened(&row.told, TOLD, Face::regular(SMALL));
    let mut lettering = sheet.small();
    lettering.colour = theme.ink();
    sheet.canvas.text((WIDTH - MARGIN - TOLD, middle + SMALL * 0.36), words, lettering);
    sheet.top += height;
}

fn title(data: &Dots, scale: &Scale, sheet: &mut Sheet) {
    let face = Face::regular(BODY);
    let words = shortened(&data.axis.title, WIDTH - 2.0 * MARGIN, face);
    let half = face.width(&words) / 2.0;
    let middle =
        f64::midpoint(scale.pixels.0, scale.pixels.1).clamp(MARGIN + half, (WIDTH - MARGIN - half).max(MARGIN + half));
    let (lettering, row) = (sheet.body().middle(), sheet.top + 34.0);
    sheet.canvas.text((middle, row), words, lettering);
    sheet.top += 38.0;
}
