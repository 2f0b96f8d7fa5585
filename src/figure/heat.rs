//! A share or a mean over two inputs: a cell a pair of values, the line along which it is one half, the base case.

mod contour;
mod panel;

use super::prelude::*;

/// What the picture "heat" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Heat {
    /// The words around it.
    pub caption: Caption,
    /// What the columns are values of.
    pub x: String,
    /// What the rows are values of.
    pub y: String,
    /// What the cells show, such as "share of runs in which it is reached".
    pub what: String,
    /// The values of the columns, from the left.
    pub columns: Vec<String>,
    /// The values of the rows, from the bottom.
    pub rows: Vec<String>,
    /// Whether cells are shares in [0, 1].
    pub share: bool,
    /// The values of the first and the last colour.
    pub range: (f64, f64),
    /// The value along which a line is drawn.
    pub contour: Option<f64>,
    /// Where the base case lies, in columns and rows from the first: 1.5 is halfway between the second and the third.
    pub base: Option<(f64, f64)>,
    /// Panels beside each other, as the plan has them; 0 for as many as suit.
    pub across: usize,
    /// One panel, or one a group; twelve are drawn.
    pub panels: Vec<HeatPanel>,
}

/// The cells of one group.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct HeatPanel {
    /// Its name; empty if it is the only one.
    pub name: String,
    /// What is said under its name.
    pub told: Vec<String>,
    /// `cells[row][column]`; `None` where nothing was run.
    pub cells: Vec<Vec<Option<f64>>>,
}

/// Groups that are drawn at most.
pub const MOST: usize = 12;

const WIDTH: f64 = 760.0;
/// Room for the values at the left of a row of panels.
const NUMBERS: f64 = 62.0;
const GAP: f64 = 18.0;

impl HeatPanel {
    fn head(&self) -> Head<'_> {
        Head { name: (&self.name, 3), told: &self.told }
    }
}

/// Draws the cells.
pub fn draw(data: &Heat, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("heat", WIDTH, &data.caption, theme);
    colours(data, &mut sheet);
    sheet.legend(&panel::legend(data, theme));
    let room = WIDTH - 2.0 * MARGIN;
    let title = |start: &str, of: &str| shortened(&format!("{start}: {of}"), room, Face::regular(BODY));
    sheet.paragraph(&title("up", &data.y), 1, sheet.body());
    sheet.top += 6.0;
    let panels = &data.panels[..data.panels.len().min(MOST)];
    let across = across(panels.len(), data.across);
    let wide = (room - NUMBERS - GAP * (across - 1) as f64) / across as f64;
    for row in panels.chunks(across) {
        let upper = sheet.top;
        let top = upper + highest(row.iter().map(HeatPanel::head), wide) + 6.0;
        for (j, one) in row.iter().enumerate() {
            let left = MARGIN + NUMBERS + (wide + GAP) * j as f64;
            one.head().write((left, upper), wide, &mut sheet);
            sheet.top = panel::draw(data, one, (left, top, left + wide), j == 0, &mut sheet);
        }
        sheet.top += 26.0;
    }
    sheet.paragraph(&title("across", &data.x), 1, sheet.body());
    sheet.finish(data)
}

impl Heat {
    /// The colour of a value.
    fn colour(&self, value: f64) -> Colour {
        let (low, high) = self.range;
        Colour::heat(if high > low { (value - low) / (high - low) } else { 0.5 })
    }
}

/// What the colours mean: a bar of them with numbers below.
fn colours(data: &Heat, sheet: &mut Sheet) {
    const STEPS: u32 = 40;
    const BAR: f64 = 240.0;
    let words = if data.share { format!("{} (numbers in cells: per cent)", data.what) } else { data.what.clone() };
    sheet.paragraph(&words, 2, sheet.body());
    let scale = Scale::over(data.range.0, data.range.1, (MARGIN + 10.0, MARGIN + 10.0 + BAR));
    let (upper, step) = (sheet.top + 3.0, BAR / f64::from(STEPS));
    for i in 0..STEPS {
        let (from, t) = (scale.pixels.0 + step * f64::from(i), (f64::from(i) + 0.5) / f64::from(STEPS));
        let to = (from + step + 0.4).min(scale.pixels.1);
        sheet.canvas.rect((from, upper), (to, upper + 11.0), Colour::heat(t));
    }
    let ticks = scale.ticks(4);
    let ticks = if data.share { ticks.shares() } else { ticks.numbers() };
    sheet.tick_words(&scale, ticks, upper + 11.0 + SMALL + 3.0);
    sheet.top = upper + 11.0 + line_height(SMALL) + 8.0;
}
