//! A map over two numbers: in each cell the plans that answer best in some equilibrium there, and the borders between them.

use super::prelude::*;

/// What the picture "replies" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Replies {
    /// The words around it.
    pub caption: Caption,
    /// What the columns are values of.
    pub x: String,
    /// What the rows are values of.
    pub y: String,
    /// The values of the columns, from the left.
    pub columns: Vec<String>,
    /// The values of the rows, from the bottom.
    pub rows: Vec<String>,
    /// The plans by name; four have a colour of their own.
    pub plans: Vec<String>,
    /// `cells[row][column]`, rows from the bottom.
    pub cells: Vec<Vec<ReplyCell>>,
    /// The same on a second luck, whose borders are drawn dashed; empty where there is none.
    pub again: Vec<Vec<ReplyCell>>,
    /// Where the base case lies, in columns and rows from the first: 1.5 is halfway between the second and the third.
    pub base: Option<(f64, f64)>,
}

/// What answers best at one pair of values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReplyCell {
    /// The plans that are a best reply in some equilibrium, as places in `plans`, in rising order.
    pub best: Vec<usize>,
    /// Whether so many runs do not decide it.
    pub undecided: bool,
}

const WIDTH: f64 = 760.0;
const NUMBERS: f64 = 62.0;
const HEIGHT: f64 = 330.0;

/// Draws the map.
pub fn draw(data: &Replies, look: impl Into<Look>) -> Picture {
    let mut sheet = Sheet::new("replies", WIDTH, &data.caption, look);
    let legend = legend(data, sheet.theme);
    sheet.legend(&legend);
    let room = sheet.width - 2.0 * MARGIN;
    let title = |start: &str, of: &str| shortened(&format!("{start}: {of}"), room, Face::regular(BODY));
    sheet.paragraph(&title("up", &data.y), 1, sheet.body());
    sheet.top += 6.0;
    let map = Map::of(data, &sheet);
    for (row, cells) in data.cells.iter().enumerate() {
        cells.iter().enumerate().for_each(|(column, cell)| map.fill(cell, (row, column), &mut sheet));
    }
    map.borders(&data.cells, false, &mut sheet);
    map.borders(&data.again, true, &mut sheet);
    map.numbers(data, &mut sheet);
    if let Some((column, row)) = data.base {
        let (x, y) = map.at((column, row));
        for slope in [1.0, -1.0] {
            haloed((x - 4.5, y - slope * 4.5), (x + 4.5, y + slope * 4.5), &mut sheet.canvas);
        }
    }
    sheet.top = map.bottom() + 24.0;
    sheet.paragraph(&title("across", &data.x), 1, sheet.body());
    sheet.finish(data)
}

fn legend(data: &Replies, theme: Theme) -> Vec<(Swatch, String)> {
    let plan =
        |(place, name): (usize, &String)| (Swatch::Square(ground(place, theme)), format!("{}: {name}", place + 1));
    let mut entries: Vec<(Swatch, String)> = data.plans.iter().enumerate().map(plan).collect();
    let any = |is: fn(&ReplyCell) -> bool| data.cells.iter().flatten().any(is);
    if any(|cell| !cell.undecided && cell.best.len() > 1) {
        entries.push((
            Swatch::Edged(theme.background(), theme.ink()),
            "hatched: several, each in some equilibrium".into(),
        ));
    }
    if any(|cell| cell.undecided) {
        entries.push((Swatch::Edged(theme.grid(), theme.edge()), "?: not decided by so many runs".into()));
    }
    entries.push((Swatch::Line(theme.ink()), "border".into()));
    if !data.again.is_empty() {
        entries.push((Swatch::Dashes(theme.ink()), "border on a second luck".into()));
    }
    if data.base.is_some() {
        entries.push((Swatch::Cross(theme.ink()), "base case".into()));
    }
    entries
}

/// The colour of a plan as a ground for numbers.
fn ground(plan: usize, theme: Theme) -> Colour {
    theme.group(plan).over(0.62, theme.background())
}

/// A dark line with a bright edge, to be seen on every colour.
fn haloed(from: Point, to: Point, canvas: &mut Canvas) {
    canvas.line(from, to, Stroke { colour: Colour::hex(0xFF_FF_FF), width: 4.0 });
    canvas.line(from, to, Stroke { colour: Colour::hex(0x1A_1A_1A), width: 1.9 });
}

/// Where the cells lie.
struct Map {
    left: f64,
    top: f64,
    cell: Point,
    rows: usize,
}

impl Map {
    fn of(data: &Replies, sheet: &Sheet) -> Self {
        let (columns, rows) = (data.columns.len().max(1), data.rows.len().max(1));
        let wide = sheet.width - 2.0 * MARGIN - NUMBERS;
        let cell = (wide / columns as f64, (HEIGHT / rows as f64).clamp(8.0, 46.0));
        Self { left: MARGIN + NUMBERS, top: sheet.top, cell, rows }
    }

    fn bottom(&self) -> f64 {
        self.top + self.cell.1 * self.rows as f64
    }

    /// The pixel of a place in columns and rows, rows counted from the bottom.
    fn at(&self, (column, row): Point) -> Point {
        (self.left + (column + 0.5) * self.cell.0, self.top + (self.rows as f64 - 0.5 - row) * self.cell.1)
    }

    fn corners(&self, (row, column): (usize, usize)) -> (Point, Point) {
        let (x, y) = self.at((column as f64, row as f64));
        let (a, b) = (self.cell.0 / 2.0, self.cell.1 / 2.0);
        ((x - a, y - b), (x + a, y + b))
    }

    fn fill(&self, cell: &ReplyCell, place: (usize, usize), sheet: &mut Sheet) {
        let theme = sheet.theme;
        let (corner, other) = self.corners(place);
        let face = Face::regular(SMALL);
        let (colour, words) = match cell.best[..] {
            _ if cell.undecided => (theme.grid(), "?".to_owned()),
            [] => (theme.background(), "–".to_owned()),
            [first, ..] => {
                let each: Vec<String> = cell.best.iter().map(|plan| (plan + 1).to_string()).collect();
                (ground(first, theme), each.join(","))
            }
        };
        sheet.canvas.rect(corner, (other.0 + 0.5, other.1 + 0.5), colour);
        if !cell.undecided {
            for (nth, plan) in cell.best.iter().enumerate().skip(1) {
                hatch((corner, other), (nth, cell.best.len()), ground(*plan, theme), &mut sheet.canvas);
            }
        }
        if face.width(&words) + 6.0 <= self.cell.0 && self.cell.1 >= SMALL + 5.0 {
            let (x, y) = (f64::midpoint(corner.0, other.0), f64::midpoint(corner.1, other.1));
            let half = face.width(&words) / 2.0 + 2.0;
            sheet.canvas.rect((x - half, y - SMALL * 0.55), (x + half, y + SMALL * 0.55), colour);
            sheet.canvas.label((x, y), words, sheet.small().middle().coloured(colour.letters()));
        }
    }

    /// Lines between neighbouring cells of which other plans are said; of two undecided ones nothing is.
    fn borders(&self, cells: &[Vec<ReplyCell>], dashed: bool, sheet: &mut Sheet) {
        let said = |row: usize, column: usize| cells.get(row).and_then(|cells| cells.get(column));
        let others = |a: &ReplyCell, b: &ReplyCell| a != b && !(a.undecided && b.undecided);
        let differ = |a: Option<&ReplyCell>, b: Option<&ReplyCell>| a.zip(b).is_some_and(|(a, b)| others(a, b));
        for row in 0..cells.len() {
            for column in 0..cells[row].len() {
                let ((left, top), (right, bottom)) = self.corners((row, column));
                let here = said(row, column);
                let sides = [
                    (differ(here, said(row, column + 1)), (right, top), (right, bottom)),
                    (differ(here, said(row + 1, column)), (left, top), (right, top)),
                ];
                for (_, from, to) in sides.into_iter().filter(|(differs, ..)| *differs) {
                    if dashed {
                        sheet.canvas.dashes(from, to, Stroke { colour: Colour::hex(0xFF_FF_FF), width: 3.4 });
                        sheet.canvas.dashes(from, to, Stroke { colour: Colour::hex(0x1A_1A_1A), width: 1.6 });
                    } else {
                        haloed(from, to, &mut sheet.canvas);
                    }
                }
            }
        }
    }

    fn numbers(&self, data: &Replies, sheet: &mut Sheet) {
        let face = Face::regular(SMALL);
        let words: Vec<String> = data.columns.iter().map(|words| shortened(words, 48.0, face)).collect();
        let longest = words.iter().map(|words| face.width(words)).fold(0.0, f64::max) + 8.0;
        let stride = |longest: f64, step: f64| (longest / step).ceil().max(1.0) as usize;
        for (column, words) in words.into_iter().enumerate().step_by(stride(longest, self.cell.0)) {
            let (x, _) = self.at((column as f64, 0.0));
            sheet.canvas.text((x, self.bottom() + 15.0), words, sheet.small().middle());
        }
        for (row, words) in data.rows.iter().enumerate().step_by(stride(SMALL + 4.0, self.cell.1)) {
            let (_, y) = self.at((0.0, row as f64));
            let words = shortened(words, NUMBERS - 10.0, face);
            sheet.canvas.label((self.left - 6.0, y), words, sheet.small().end());
        }
    }
}

/// Slanting stripes over a cell, the `nth` of so many colours.
fn hatch(
    ((left, top), (right, bottom)): (Point, Point),
    (nth, of): (usize, usize),
    colour: Colour,
    canvas: &mut Canvas,
) {
    const STRIPE: f64 = 5.0;
    let period = STRIPE * of as f64;
    // All points of a stripe have x + y between two numbers; its corners are cut off at the cell.
    let edge = |sum: f64| {
        let low = (sum - bottom).clamp(left, right);
        let high = (sum - top).clamp(left, right);
        ((low, (sum - low).clamp(top, bottom)), (high, (sum - high).clamp(top, bottom)))
    };
    let mut sum = ((left + top) / period).floor() * period + STRIPE * nth as f64;
    while sum < right + bottom {
        let (from, to) = (sum.max(left + top), (sum + STRIPE).min(right + bottom));
        if to > from {
            let ((a, b), (d, c)) = (edge(from), edge(to));
            // Where the two edges end on different sides of a corner, the corner belongs to the stripe.
            let corners = [(left, bottom), (right, top)]
                .map(|corner| (corner.0 + corner.1 > from && corner.0 + corner.1 < to).then_some(corner));
            canvas.fill(
                [Some(a), Some(b), corners[1], Some(c), Some(d), corners[0]].into_iter().flatten().collect(),
                colour,
            );
        }
        sum += period;
    }
}
