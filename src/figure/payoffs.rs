//! A table of payoffs: a panel a player, a cell a pair of strategies, and arrows to what answers best.

use super::prelude::*;

/// What the picture "payoffs" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Payoffs {
    /// The words around it.
    pub caption: Caption,
    /// The strategies of the row player, from above; 24 are drawn.
    pub rows: Vec<String>,
    /// The strategies of the column player, from the left; 24 are drawn.
    pub columns: Vec<String>,
    /// What each player is paid: the row player, then the column player.
    pub panels: Vec<PayoffPanel>,
}

/// What one player is paid.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PayoffPanel {
    /// Its name: "paid to Moscow, points".
    pub name: String,
    /// What it chooses among.
    pub chooses: Chooses,
    /// `cells[row][column]`.
    pub cells: Vec<Vec<Payoff>>,
}

/// What a player chooses among.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chooses {
    /// Rows: its best answers are told column by column.
    #[default]
    Rows,
    /// Columns: its best answers are told row by row.
    Columns,
}

/// A cell of a payoff table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Payoff {
    /// The payoff.
    pub value: f64,
    /// What is printed: the payoff as a fraction, or with its error.
    pub told: String,
    /// Whether nothing else would pay this player more against the same strategy of the other.
    pub best: bool,
}

/// Strategies of one player that are drawn at most.
pub const MOST: usize = 24;

const WIDTH: f64 = 760.0;
/// Room for the names of rows.
const NAMES: f64 = 118.0;
/// Room between cells, where the arrows run.
const GUTTER: f64 = 15.0;
const GAP: f64 = 26.0;

/// Draws the panels, beside each other where there is room.
pub fn draw(data: &Payoffs, look: impl Into<Look>) -> Picture {
    let mut sheet = Sheet::new("payoffs", WIDTH, &data.caption, look);
    let ink = sheet.theme.ink();
    let ramp = Swatch::Ramp([0.1, 0.4, 0.7, 1.0].map(Colour::heat));
    let legend = [
        (ramp, "from the least payoff of a panel to the most".to_owned()),
        (Swatch::Hollow(ink), "the best answer to the other’s strategy; arrows lead to it".to_owned()),
    ];
    let drawn =
        (0..data.rows.len().min(MOST)).flat_map(|row| (0..data.columns.len().min(MOST)).map(move |it| (row, it)));
    let stable = drawn.into_iter().any(|(row, column)| data.is_stable(row, column));
    let framed = (Swatch::Framed(ink), "the best answer of both: an equilibrium".to_owned());
    sheet.legend(&legend.into_iter().chain(stable.then_some(framed)).collect::<Vec<_>>());
    let room = sheet.width - 2.0 * MARGIN;
    let half = (room - GAP) / 2.0;
    let columns = data.columns.len().clamp(1, MOST) as f64;
    let beside = data.panels.len() == 2 && (half - NAMES) / columns >= 52.0;
    let wide = if beside { half } else { room };
    let upper = sheet.top;
    let mut lowest = upper;
    for (place, panel) in data.panels.iter().enumerate() {
        let left = if beside { MARGIN + (half + GAP) * place as f64 } else { MARGIN };
        sheet.top = if beside { upper } else { lowest };
        one(data, panel, (left, wide), &mut sheet);
        lowest = lowest.max(sheet.top + 16.0);
    }
    sheet.top = lowest;
    sheet.finish(data)
}

impl Payoffs {
    /// Whether both players answer best in a cell.
    fn is_stable(&self, row: usize, column: usize) -> bool {
        let best = |panel: &PayoffPanel| panel.cell(row, column).is_some_and(|cell| cell.best);
        self.panels.len() == 2 && self.panels.iter().all(best)
    }
}

impl PayoffPanel {
    fn cell(&self, row: usize, column: usize) -> Option<&Payoff> {
        self.cells.get(row)?.get(column)
    }

    /// The cells among which the player chooses once the other has chosen its `other`-th strategy, as rows and columns.
    fn choice(&self, other: usize, [rows, columns]: [usize; 2]) -> Vec<(usize, usize)> {
        match self.chooses {
            Chooses::Rows => (0..rows).map(|row| (row, other)).collect(),
            Chooses::Columns => (0..columns).map(|column| (other, column)).collect(),
        }
    }
}

/// Where the cells of a panel lie.
struct PayoffGrid {
    left: f64,
    top: f64,
    cell: Point,
}

impl PayoffGrid {
    /// The upper left and the lower right corner of a cell.
    fn corners(&self, (row, column): (usize, usize)) -> (Point, Point) {
        let (x, y) = (self.left + self.cell.0 * column as f64, self.top + self.cell.1 * row as f64);
        ((x, y), (x + self.cell.0 - GUTTER, y + self.cell.1 - GUTTER))
    }
}

fn one(data: &Payoffs, panel: &PayoffPanel, (left, wide): (f64, f64), sheet: &mut Sheet) {
    let (rows, columns) = (data.rows.len().min(MOST), data.columns.len().min(MOST));
    let top = sheet.lines((left, sheet.top), &panel.name, wide, 2, sheet.body().bold()) + 4.0;
    let across = ((wide - NAMES) / columns.max(1) as f64).min(116.0);
    let face = Face::regular(SMALL);
    let heads =
        data.columns.iter().take(MOST).map(|name| wrapped(name, across - 4.0, 2, face).len()).max().unwrap_or(0);
    let cells = top + heads as f64 * line_height(SMALL) + 4.0;
    let grid = PayoffGrid { left: left + NAMES, top: cells, cell: (across, if rows > 12 { 34.0 } else { 42.0 }) };
    for (column, name) in data.columns.iter().take(MOST).enumerate() {
        let (corner, other) = grid.corners((0, column));
        let lines = wrapped(name, across - 4.0, 2, face);
        for (place, words) in lines.iter().rev().enumerate() {
            let row = cells - 6.0 - place as f64 * line_height(SMALL);
            sheet.canvas.text((f64::midpoint(corner.0, other.0), row), words.as_str(), sheet.note().middle());
        }
    }
    for (row, name) in data.rows.iter().take(MOST).enumerate() {
        let (corner, other) = grid.corners((row, 0));
        let lines = wrapped(name, NAMES - 10.0, 2, face);
        let first =
            f64::midpoint(corner.1, other.1) - (lines.len().saturating_sub(1)) as f64 * line_height(SMALL) / 2.0;
        for (place, words) in lines.into_iter().enumerate() {
            let middle = first + place as f64 * line_height(SMALL);
            sheet.canvas.label((corner.0 - 8.0, middle), words, sheet.note().end());
        }
    }
    cells_of(data, panel, &grid, sheet);
    let others = if panel.chooses == Chooses::Rows { columns } else { rows };
    (0..others).for_each(|other| arrows(panel, &panel.choice(other, [rows, columns]), &grid, sheet));
    sheet.top = grid.corners((rows.max(1) - 1, 0)).1.1 + GUTTER;
}

fn cells_of(data: &Payoffs, panel: &PayoffPanel, grid: &PayoffGrid, sheet: &mut Sheet) {
    let values = panel.cells.iter().flatten().map(|cell| cell.value).filter(|value| value.is_finite());
    let (least, most) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    let face = Face::regular(SMALL);
    for (row, cells) in panel.cells.iter().take(MOST).enumerate() {
        for (column, cell) in cells.iter().take(MOST).enumerate() {
            let (corner, other) = grid.corners((row, column));
            let colour = Colour::heat(if most > least { (cell.value - least) / (most - least) } else { 0.5 });
            sheet.canvas.rect(corner, other, colour);
            if cell.best {
                sheet.canvas.frame(corner, other, Stroke { colour: sheet.theme.ink(), width: 2.2 });
            }
            if data.is_stable(row, column) {
                let outer = |(x, y): Point, by: f64| (x + by, y + by);
                let stroke = Stroke { colour: sheet.theme.ink(), width: 1.2 };
                sheet.canvas.frame(outer(corner, -3.4), outer(other, 3.4), stroke);
            }
            if face.width(&cell.told) + 6.0 <= other.0 - corner.0 {
                let middle = (f64::midpoint(corner.0, other.0), f64::midpoint(corner.1, other.1));
                sheet.canvas.label(middle, cell.told.as_str(), sheet.small().middle().coloured(colour.letters()));
            }
        }
    }
}

/// Arrows from every cell of a choice to the nearest best one, side by side with the cells.
fn arrows(panel: &PayoffPanel, choice: &[(usize, usize)], grid: &PayoffGrid, sheet: &mut Sheet) {
    let best: Vec<bool> =
        choice.iter().map(|(row, column)| panel.cell(*row, *column).is_some_and(|cell| cell.best)).collect();
    let colour = sheet.theme.muted();
    for from in (0..choice.len()).filter(|from| !best[*from]) {
        let Some(to) = (0..choice.len()).filter(|to| best[*to]).min_by_key(|to| to.abs_diff(from)) else { continue };
        // Only the furthest cell of a stretch begins an arrow; it passes the others.
        let beyond = if to > from { from.checked_sub(1) } else { Some(from + 1) };
        if beyond.is_some_and(|it| it < choice.len() && !best[it]) {
            continue;
        }
        let (start, end) = (grid.corners(choice[from]), grid.corners(choice[to]));
        let forward = if to > from { 1.0 } else { -1.0 };
        let middle =
            |(corner, other): (Point, Point)| (f64::midpoint(corner.0, other.0), f64::midpoint(corner.1, other.1));
        let (a, b) = match panel.chooses {
            Chooses::Rows => ((start.1.0 + GUTTER / 2.0, middle(start).1), (end.1.0 + GUTTER / 2.0, middle(end).1)),
            Chooses::Columns => ((middle(start).0, start.1.1 + GUTTER / 2.0), (middle(end).0, end.1.1 + GUTTER / 2.0)),
        };
        sheet.canvas.line(a, b, Stroke { colour, width: 1.3 });
        let wing = 3.2;
        let tip = match panel.chooses {
            Chooses::Rows => vec![b, (b.0 - wing, b.1 - forward * 7.0), (b.0 + wing, b.1 - forward * 7.0)],
            Chooses::Columns => vec![b, (b.0 - forward * 7.0, b.1 - wing), (b.0 - forward * 7.0, b.1 + wing)],
        };
        sheet.canvas.fill(tip, colour);
    }
}
