//! The cells of one group.

use super::super::prelude::*;
use super::{Heat, HeatPanel, NUMBERS, contour::contour};

/// Half the cross of the base case.
const CROSS: f64 = 4.2;

/// What lines and marks mean.
pub fn legend(data: &Heat, theme: Theme) -> Vec<(Swatch, String)> {
    let mut entries = Vec::new();
    if let Some(level) = data.contour {
        let words = if data.share { format!("{} %", number(100.0 * level, 0)) } else { number(level, 2) };
        let crossed = data.panels.iter().any(|p| !contour(&p.cells, level).is_empty());
        let told = if crossed { format!("line of {words}") } else { format!("no cell is across {words}") };
        entries.push((Swatch::Line(theme.ink()), told));
    }
    if data.base.is_some() {
        entries.push((Swatch::Cross(theme.ink()), "base case".to_owned()));
    }
    if data.panels.iter().any(|p| p.cells.iter().flatten().any(Option::is_none)) {
        entries.push((Swatch::Hollow(theme.edge()), "nothing was run here".to_owned()));
    }
    entries
}

/// Where cells lie.
struct CellGrid {
    left: f64,
    top: f64,
    cell: (f64, f64),
    rows: usize,
}

impl CellGrid {
    /// The pixel of a place in columns and rows, rows counted from the bottom.
    fn at(&self, (column, row): Point) -> Point {
        let down = self.rows as f64 - 0.5 - row;
        (self.left + (column + 0.5) * self.cell.0, self.top + down * self.cell.1)
    }
}

/// Draws the cells and gives the row below them.
pub fn draw(
    data: &Heat,
    panel: &HeatPanel,
    (left, top, right): (f64, f64, f64),
    first: bool,
    sheet: &mut Sheet,
) -> f64 {
    let (columns, rows) = (data.columns.len().max(1), data.rows.len().max(1));
    let (height, most) = if data.panels.len() > 1 { (150.0, 26.0) } else { (320.0, 44.0) };
    let cell = ((right - left) / columns as f64, f64::clamp(height / rows as f64, 6.0, most));
    let grid = CellGrid { left, top, cell, rows };
    let bottom = top + cell.1 * rows as f64;
    cells(data, panel, &grid, sheet);
    for (a, b) in data.contour.map(|level| contour(&panel.cells, level)).unwrap_or_default() {
        haloed(grid.at(a), grid.at(b), &mut sheet.canvas);
    }
    numbers(data, panel, &grid, sheet);
    if let Some(base) = data.base {
        let (x, y) = grid.at(base);
        for slope in [1.0, -1.0] {
            haloed((x - CROSS, y - slope * CROSS), (x + CROSS, y + slope * CROSS), &mut sheet.canvas);
        }
    }
    column_values(data, &grid, bottom + 15.0, sheet);
    if first {
        row_values(data, &grid, sheet);
    }
    bottom
}

/// A dark line with a bright edge, to be seen on every colour.
fn haloed(from: Point, to: Point, canvas: &mut Canvas) {
    canvas.line(from, to, Stroke { colour: Colour::hex(0xFF_FF_FF), width: 4.0 });
    canvas.line(from, to, Stroke { colour: Colour::hex(0x1A_1A_1A), width: 1.9 });
}

/// The cells with their places in columns and rows.
fn each(panel: &HeatPanel) -> impl Iterator<Item = (Point, Option<f64>)> + '_ {
    let row = |(r, row): (usize, &'_ Vec<Option<f64>>)| -> Vec<(Point, Option<f64>)> {
        row.iter().enumerate().map(|(c, cell)| ((c as f64, r as f64), *cell)).collect()
    };
    panel.cells.iter().enumerate().flat_map(row)
}

fn cells(data: &Heat, panel: &HeatPanel, grid: &CellGrid, sheet: &mut Sheet) {
    let half = (grid.cell.0 / 2.0, grid.cell.1 / 2.0);
    for (place, value) in each(panel) {
        let (x, y) = grid.at(place);
        let ((left, top), (right, bottom)) = ((x - half.0, y - half.1), (x + half.0, y + half.1));
        match value {
            // A little under the next cell, or the ground would show between them.
            Some(value) => sheet.canvas.rect((left, top), (right + 0.5, bottom + 0.5), data.colour(value)),
            None => sheet.canvas.frame((left + 1.0, top + 1.0), (right - 1.0, bottom - 1.0), sheet.theme.faint()),
        }
    }
}

fn words(data: &Heat, value: f64) -> String {
    let span = data.range.1 - data.range.0;
    match span {
        _ if data.share => share(value, usize::from(span < 0.1)),
        20.0.. => number(value, 0),
        2.0.. => number(value, 1),
        _ => number(value, 2),
    }
}

/// A share in per cent without its sign; what is neither 0 nor 100 is never printed as either.
fn share(value: f64, decimals: usize) -> String {
    let printed = number(100.0 * value, decimals);
    match printed.trim_end_matches('0').trim_end_matches('.') {
        "" | "0" if value > 0.0 && decimals == 0 => "<1".into(),
        "1" if value < 1.0 && printed == "100" => ">99".into(),
        _ => printed,
    }
}

/// The value of every cell, where all of them have room; the line makes way for them.
fn numbers(data: &Heat, panel: &HeatPanel, grid: &CellGrid, sheet: &mut Sheet) {
    let face = Face::regular(SMALL);
    let told = each(panel).filter_map(|(place, value)| Some((place, data.colour(value?), words(data, value?))));
    let told: Vec<(Point, Colour, String)> = told.collect();
    let widest = told.iter().map(|(_, _, words)| face.width(words)).fold(0.0, f64::max);
    if widest + 4.0 > grid.cell.0 || grid.cell.1 < SMALL + 3.0 {
        return;
    }
    for (place, under, words) in told {
        let half = face.width(&words) / 2.0;
        let Some((x, y)) = beside_cross(data, grid, place, half) else { continue };
        sheet.canvas.rect((x - half - 1.5, y - SMALL * 0.48), (x + half + 1.5, y + SMALL * 0.48), under);
        sheet.canvas.label((x, y), words, sheet.small().middle().coloured(under.letters()));
    }
}

/// Where the value of a cell is written: its middle, or else beside or under the cross of the base case; none if the
/// cell has no room left for it.
fn beside_cross(data: &Heat, grid: &CellGrid, place: Point, half: f64) -> Option<Point> {
    let (x, y) = grid.at(place);
    let Some((cross_x, cross_y)) = data.base.map(|base| grid.at(base)) else { return Some((x, y)) };
    let free = CROSS + 2.6;
    if (cross_x - x).abs() > half + free || (cross_y - y).abs() > SMALL / 2.0 + free {
        return Some((x, y));
    }
    let (left, right) = (cross_x - free - half, cross_x + free + half);
    let below = cross_y + free + SMALL / 2.0;
    let (wide, high) = (grid.cell.0 / 2.0, grid.cell.1 / 2.0);
    let under = (below + SMALL / 2.0 <= y + high).then_some((x, below));
    let before = (left - half >= x - wide).then_some((left, y));
    under.or(before).or((right + half <= x + wide).then_some((right, y)))
}

/// How many steps from one printed value to the next, so that each has its room.
fn stride(longest: f64, step: f64) -> usize {
    ((longest / step).ceil().max(1.0)) as usize
}

fn column_values(data: &Heat, grid: &CellGrid, row: f64, sheet: &mut Sheet) {
    /// A longer one would leave the picture at the outermost column.
    const ROOM: f64 = 48.0;
    let face = Face::regular(SMALL);
    let labels: Vec<String> = data.columns.iter().map(|label| shortened(label, ROOM, face)).collect();
    let longest = labels.iter().map(|label| face.width(label)).fold(0.0, f64::max) + 8.0;
    for (i, label) in labels.into_iter().enumerate().step_by(stride(longest, grid.cell.0)) {
        sheet.canvas.text((grid.at((i as f64, 0.0)).0, row), label, sheet.small().middle());
    }
}

fn row_values(data: &Heat, grid: &CellGrid, sheet: &mut Sheet) {
    for (i, label) in data.rows.iter().enumerate().step_by(stride(SMALL + 4.0, grid.cell.1)) {
        let words = shortened(label, NUMBERS - 10.0, Face::regular(SMALL));
        sheet.canvas.label((grid.left - 6.0, grid.at((0.0, i as f64)).1), words, sheet.small().end());
    }
}
