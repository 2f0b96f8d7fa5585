//! A share or a mean of each group as a dot with its interval.

use super::prelude::*;

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
    pub rows: Vec<Dot>,
}

/// One group.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Dot {
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
pub fn draw(data: &Dots, theme: Theme) -> Picture {
    let mut sheet = Sheet::new(if data.name.is_empty() { "dots" } else { data.name }, WIDTH, &data.caption, theme);
    let interval = (Swatch::Whisker(theme.group(0)), data.interval.clone());
    let rule = data.rule.as_ref().map(|(_, words)| (Swatch::Dashes(theme.ink()), words.clone()));
    sheet.legend(&[interval].into_iter().chain(rule).collect::<Vec<_>>());
    let scale = data.axis.scale((MARGIN + NAMES + 12.0, WIDTH - MARGIN - TOLD - 14.0));
    let (top, bottom) = (sheet.top, sheet.top + data.sections.iter().map(section_height).sum::<f64>() + 4.0);
    sheet.graduated(&scale, data.axis.ticks(5), (top, bottom), 15.0);
    sheet.foot(&scale, bottom);
    if let Some(x) = data.rule.as_ref().map(|(value, _)| scale.within(*value)) {
        sheet.canvas.dashes((x, top), (x, bottom), Stroke { colour: theme.ink(), width: 1.0 });
    }
    for section in &data.sections {
        if !section.name.is_empty() {
            let upper = (MARGIN, sheet.top + 8.0);
            sheet.top = sheet.lines(upper, &section.name, NAMES + 4.0, 3, sheet.body().bold()) + 3.0;
        }
        section.rows.iter().for_each(|row| one(row, indent(section), &scale, &mut sheet));
    }
    sheet.axis_title(&scale, &data.axis.title, bottom);
    sheet.finish(data)
}

fn section_height(section: &Section) -> f64 {
    let head = height(&section.name, NAMES + 4.0, 3, Face::bold(BODY));
    let rows: f64 = section.rows.iter().map(|row| row_height(row, indent(section))).sum();
    rows + if head > 0.0 { 11.0 + head } else { 0.0 }
}

/// How far the names of a section stand in from its head.
fn indent(section: &Section) -> f64 {
    if section.name.is_empty() { 0.0 } else { 12.0 }
}

fn row_height(row: &Dot, indent: f64) -> f64 {
    let lines = wrapped(&row.name, NAMES - indent, 3, Face::regular(BODY)).len();
    ROW + lines.saturating_sub(1) as f64 * line_height(BODY)
}

fn one(row: &Dot, indent: f64, scale: &Scale, sheet: &mut Sheet) {
    let (colour, height) = (sheet.theme.group(0), row_height(row, indent));
    let middle = sheet.top + height / 2.0;
    sheet.centred((MARGIN + indent, middle), &row.name, NAMES - indent);
    sheet.interval((row.low, row.high), scale, middle, Stroke { colour, width: 1.8 }, 3.5);
    sheet.canvas.disc((scale.within(row.value), middle), 4.2, colour);
    let words = shortened(&row.told, TOLD, Face::regular(SMALL));
    sheet.canvas.label((WIDTH - MARGIN - TOLD, middle), words, sheet.note());
    sheet.top += height;
}
