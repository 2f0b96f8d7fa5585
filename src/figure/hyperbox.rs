//! A box: each column that it limits as a bar over the whole range of the column, with what lies inside and outside.

use serde::Serialize;

use super::axis::{Scale, percent};
use super::canvas::Stroke;
use super::palette::{Colour, Tone, tone};
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SMALL, Sheet, Swatch, line_height};
use super::text::{Face, shortened, wrapped};
use super::theme::Theme;

/// What the picture "box" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Hyperbox {
    /// The words around it.
    pub caption: Caption,
    /// What the shares at the right are of, such as "share of runs with `one_exists=1`".
    pub shares: String,
    /// The columns that the box limits.
    pub bars: Vec<Bar>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// What of it is inside.
    pub range: Range,
    /// The share of what is looked for among the rows inside, all other limits met.
    pub inside: f64,
    /// The share among those that this limit alone keeps out; `None` if it keeps none out.
    pub outside: Option<f64>,
}

/// The range of a column, and what of it is inside.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Range {
    /// Numbers: the least and the greatest that occur, and the limits with how they are written.
    Numbers {
        /// The least and the greatest value, as numbers and in writing.
        ends: [(f64, String); 2],
        /// The lower and the upper limit.
        limits: [Option<(f64, String)>; 2],
    },
    /// Words: each level, and whether it is inside.
    Levels(Vec<(String, bool)>),
}

const WIDTH: f64 = 760.0;
const LABELS: f64 = 200.0;
const SHARES: f64 = 132.0;
const BAR: f64 = 16.0;
const ROW: f64 = 58.0;

/// Draws the bars.
#[must_use]
pub fn draw(data: &Hyperbox, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("box", WIDTH, &data.caption, theme);
    sheet.legend(&[
        (Swatch::Square(inside(theme)), "inside the box".into()),
        (Swatch::Square(outside(theme)), "outside".into()),
    ]);
    let right = WIDTH - MARGIN;
    let top = sheet.top;
    let lettering = sheet.small();
    let head = format!("{}, all other limits met:", data.shares);
    let lines = wrapped(&head, SHARES, 4, Face::regular(SMALL));
    let mut baseline = top + SMALL;
    for line in &lines {
        sheet.canvas.text((right - SHARES, baseline), line.as_str(), lettering);
        baseline += line_height(SMALL);
    }
    sheet.top = baseline.max(top + 18.0) + 4.0;
    for bar in &data.bars {
        row(bar, &mut sheet);
    }
    sheet.finish(data)
}

fn inside(theme: Theme) -> Colour {
    tone(theme, Tone::Settled)
}

fn outside(theme: Theme) -> Colour {
    theme.grid()
}

fn row(bar: &Bar, sheet: &mut Sheet) {
    let middle = sheet.top + ROW / 2.0;
    let lines = wrapped(&bar.label, LABELS - 6.0, 3, Face::regular(BODY));
    let mut baseline = middle + BODY * 0.36;
    for _ in 1..lines.len() {
        baseline -= line_height(BODY) / 2.0;
    }
    let body = sheet.body();
    for line in lines {
        sheet.canvas.text((MARGIN, baseline), line, body);
        baseline += line_height(BODY);
    }
    match &bar.range {
        Range::Numbers { ends, limits } => numbers(ends, limits, middle, sheet),
        Range::Levels(levels) => words(levels, middle, sheet),
    }
    let x = WIDTH - MARGIN - SHARES;
    let theme = sheet.theme;
    Swatch::Square(inside(theme)).draw(&mut sheet.canvas, (x, middle - 9.0));
    sheet.canvas.text((x + 17.0, middle - 9.0 + BODY * 0.36), percent(bar.inside), body);
    Swatch::Square(outside(theme)).draw(&mut sheet.canvas, (x, middle + 9.0));
    let words = bar.outside.map_or_else(|| "nothing there".to_owned(), percent);
    sheet.canvas.text((x + 17.0, middle + 9.0 + BODY * 0.36), words, body);
    sheet.top += ROW;
}

fn room() -> (f64, f64) {
    (MARGIN + LABELS, WIDTH - MARGIN - SHARES - 24.0)
}

fn numbers(ends: &[(f64, String); 2], limits: &[Option<(f64, String)>; 2], middle: f64, sheet: &mut Sheet) {
    let (left, right) = room();
    let scale = Scale::over(ends[0].0, ends[1].0, (left, right));
    let (upper, lower) = (middle - BAR / 2.0, middle + BAR / 2.0);
    let theme = sheet.theme;
    let at = |limit: &Option<(f64, String)>, end: f64| limit.as_ref().map_or(end, |(value, _)| scale.within(*value));
    let (from, to) = (at(&limits[0], left), at(&limits[1], right));
    sheet.canvas.rect((left, upper), (right, lower), outside(theme));
    sheet.canvas.rect((from, upper), (to.max(from + 1.0), lower), inside(theme));
    sheet.canvas.frame((left, upper), (right, lower), Stroke { colour: theme.edge(), width: 1.0 });
    let small = sheet.small();
    sheet.canvas.text((left, lower + SMALL + 3.0), ends[0].1.as_str(), small);
    sheet.canvas.text((right, lower + SMALL + 3.0), ends[1].1.as_str(), small.end());
    // Two limits close together would be written over each other: then they stand apart from the middle.
    let near = limits.iter().all(Option::is_some) && to - from < 60.0;
    for (place, (limit, x)) in limits.iter().zip([from, to]).enumerate() {
        let Some((_, words)) = limit else { continue };
        sheet.canvas.line((x, upper - 3.0), (x, lower), Stroke { colour: theme.ink(), width: 1.6 });
        let lettering = match (near, place) {
            (true, 0) => body(sheet).end(),
            (true, _) => body(sheet),
            (false, _) => body(sheet).middle(),
        };
        let half = Face::regular(BODY).width(words) / 2.0;
        let x = if near { x } else { x.clamp(left + half, right - half) };
        sheet.canvas.text((x, upper - 6.0), words.as_str(), lettering);
    }
}

fn body(sheet: &Sheet) -> super::canvas::Lettering {
    sheet.body()
}

fn words(levels: &[(String, bool)], middle: f64, sheet: &mut Sheet) {
    let (left, right) = room();
    let count = levels.iter().fold(0.0, |n, _| n + 1.0_f64).max(1.0);
    let width = (right - left) / count;
    let (upper, lower) = (middle - BAR / 2.0, middle + BAR / 2.0);
    let theme = sheet.theme;
    let face = Face::regular(SMALL);
    let mut x = left;
    for (at, (level, kept)) in levels.iter().enumerate() {
        let fill = if *kept { inside(theme) } else { outside(theme) };
        sheet.canvas.rect((x, upper), (x + width, lower), fill);
        sheet.canvas.frame((x, upper), (x + width, lower), Stroke { colour: theme.background(), width: 1.6 });
        let lettering = if *kept { sheet.body().middle() } else { sheet.small().middle() };
        let lettering = super::canvas::Lettering { size: SMALL, ..lettering };
        // Neighbours are written above and below in turn, so that each has the room of two.
        let many = levels.len() > 3;
        let y = if many && at % 2 == 1 { upper - 5.0 } else { lower + SMALL + 3.0 };
        let wide = if many { 2.0 * width - 8.0 } else { width - 6.0 };
        let words = shortened(level, wide, face);
        let half = face.width(&words) / 2.0;
        let centre = (x + width / 2.0).clamp(left + half, (right - half).max(left + half));
        sheet.canvas.text((centre, y), words, lettering);
        x += width;
    }
}
