//! How the talks end: one bar an ending, one panel a reading or a group of experiments.

use super::prelude::*;
use crate::text::words::count;

/// What the picture "endings" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Endings {
    /// The words around it.
    pub caption: Caption,
    /// The endings, from the top.
    pub rows: Vec<DrawnEnding>,
    /// All runs first, then those of each reading, of which four are drawn; or the groups of a batch, twelve.
    pub panels: Vec<EndingPanel>,
    /// Of a batch: panels beside each other, as the plan has them; 0 for as many as suit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub across: Option<usize>,
}

/// An ending.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DrawnEnding {
    /// What it is called.
    pub name: String,
    /// What its bars are painted in.
    pub tone: Tone,
    /// Whether it counts as reached.
    pub reached: bool,
}

/// The runs of one account or group.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EndingPanel {
    /// Its name; empty if it is the only one.
    pub name: String,
    /// What is said under its name, such as how many runs it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<String>,
    /// `shares[row]`.
    pub shares: Vec<Measured>,
    /// The runs of a batch behind each share; none where they are not told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<u64>,
}

/// Groups of a batch that are drawn at most.
pub const MOST: usize = 12;

impl EndingPanel {
    fn head(&self, names: usize) -> Head<'_> {
        Head { name: (&self.name, names), told: &self.told }
    }
}

/// Where panels beside each other stand, and how wide they are.
struct Layout {
    /// From panel to panel.
    pitch: f64,
    gap: f64,
    /// Room for the printed numbers at the right of a panel.
    numbers: f64,
    /// Lines that the name of a panel takes at most.
    names: usize,
    ticks: u32,
    /// The height of a row; as much as the slide has room for where it is none.
    row: Option<f64>,
}

const NAMES: f64 = 140.0;
/// Least and greatest height of a row on a slide.
const ROW: (f64, f64) = (20.0, 34.0);

/// Draws the endings: of a run on a slide, of a batch on a sheet that is as long as it must be.
pub fn draw(data: &Endings, look: impl Into<Look>) -> Picture {
    let look = look.into();
    let theme = look.theme;
    let batch = data.across.is_some();
    let mut sheet = Sheet::new("endings", if batch { 760.0 } else { SLIDE }, &data.caption, look);
    let panels = &data.panels[..data.panels.len().min(if batch { MOST } else { 4 })];
    sheet.legend(&legend(data, theme));
    let across = data.across.map_or(panels.len().max(1), |wished| across(panels.len(), wished));
    let across = if sheet.is_narrow() { 1 } else { across };
    let pitch = (sheet.width - 2.0 * MARGIN - NAMES) / across as f64;
    let layout = if batch {
        Layout { pitch, gap: 10.0, numbers: 96.0, names: 3, ticks: 3, row: Some(22.0) }
    } else {
        let row = sheet.is_narrow().then_some(ROW.0);
        Layout { pitch, gap: 12.0, numbers: 42.0, names: 4, ticks: 2, row }
    };
    let most = panels.iter().flat_map(|p| &p.shares).map(|share| share.high).fold(0.05, f64::max);
    for row in panels.chunks(across) {
        abreast(data, row, &layout, most, &mut sheet);
        sheet.top += if batch { 34.0 } else { 24.0 };
    }
    sheet.top -= if batch { 14.0 } else { 0.0 };
    sheet.finish(data)
}

fn legend(data: &Endings, theme: Theme) -> Vec<(Swatch, String)> {
    let runs = if data.across.is_some() { "; in brackets the runs" } else { "" };
    let reached = data.rows.iter().filter(|row| row.reached);
    let reached = reached.map(|row| (Swatch::Square(theme.tone(row.tone)), format!("{}: reached", row.name)));
    reached.chain([(Swatch::Whisker(theme.ink()), format!("95 % interval (Wilson){runs}"))]).collect()
}

/// Panels beside each other, with the names of the endings at their left.
fn abreast(data: &Endings, panels: &[EndingPanel], layout: &Layout, most: f64, sheet: &mut Sheet) {
    let wide = layout.pitch - layout.gap;
    let heads = 6.0 + highest(panels.iter().map(|p| p.head(layout.names)), wide);
    let fitting = sheet.room(24.0 + heads, 0.0) / data.rows.len().max(1) as f64;
    let height = layout.row.unwrap_or(fitting.clamp(ROW.0, ROW.1));
    let (upper, top) = (sheet.top, sheet.top + heads);
    for (at, row) in data.rows.iter().enumerate() {
        let lettering = if row.reached { sheet.body().bold() } else { sheet.body() };
        let name = shortened(&row.name, NAMES - 10.0, lettering.face());
        sheet.canvas.label((MARGIN, top + height * (at as f64 + 0.5)), name, lettering);
    }
    sheet.top = top + height * data.rows.len() as f64;
    for (at, panel) in panels.iter().enumerate() {
        let left = MARGIN + NAMES + layout.pitch * at as f64;
        panel.head(layout.names).write((left, upper), wide, sheet);
        let scale = Scale::over(0.0, most, (left, left + wide - layout.numbers));
        grid(&scale, layout.ticks, (top, sheet.top), sheet);
        bars(data, panel, layout, &scale, (top, height), sheet);
        sheet.canvas.line((left, top), (left, sheet.top), sheet.theme.rim());
    }
}

fn grid(scale: &Scale, ticks: u32, (top, bottom): (f64, f64), sheet: &mut Sheet) {
    let mut free = f64::NEG_INFINITY;
    for (value, words) in scale.ticks(ticks).shares() {
        let (x, half) = (scale.at(value), Face::regular(SMALL).width(&words) / 2.0);
        sheet.canvas.line((x, top), (x, bottom), sheet.theme.hairline());
        // In narrow panels only the labels that stand apart.
        if x - half > free {
            sheet.canvas.text((x, bottom + 15.0), words, sheet.small().middle());
            free = x + half + 4.0;
        }
    }
}

fn bars(data: &Endings, panel: &EndingPanel, layout: &Layout, scale: &Scale, rows: (f64, f64), sheet: &mut Sheet) {
    let ((top, height), theme, (left, right)) = (rows, sheet.theme, scale.pixels);
    let half = if data.across.is_some() { 7.0 } else { 0.32 * height };
    for (at, (row, share)) in data.rows.iter().zip(&panel.shares).enumerate() {
        let y = top + height * (at as f64 + 0.5);
        let end = scale.within(share.estimate).max(left + 0.8);
        sheet.canvas.rect((left, y - half), (end, y + half), theme.tone(row.tone));
        sheet.interval(share.ends(), scale, y, Stroke { colour: theme.ink(), width: 1.6 }, 3.0);
        let percent = percent(share.estimate);
        let (beyond, words) = match panel.runs.get(at) {
            Some(runs) => {
                let words = format!("{percent} ({})", count(*runs));
                (7.0, shortened(&words, layout.numbers - 8.0, Face::regular(SMALL)))
            }
            None => (6.0, percent),
        };
        sheet.canvas.label((right + beyond, y), words, sheet.small());
    }
}
