//! A box: each column that it limits as a bar over the whole range of the column, with what lies inside and outside.

use super::prelude::*;

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
/// The ends of the bars.
const LEFT: f64 = MARGIN + LABELS;
const RIGHT: f64 = WIDTH - MARGIN - SHARES - 24.0;

/// Draws the bars.
pub fn draw(data: &Hyperbox, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("box", WIDTH, &data.caption, theme);
    sheet.legend(&[
        (Swatch::Square(ground(true, theme)), "inside the box".into()),
        (Swatch::Square(ground(false, theme)), "outside".into()),
    ]);
    let head = format!("{}, all other limits met:", data.shares);
    let below = sheet.lines((WIDTH - MARGIN - SHARES, sheet.top), &head, SHARES, 4, sheet.small());
    sheet.top = (below + SMALL).max(sheet.top + 18.0) + 4.0;
    for bar in &data.bars {
        row(bar, sheet.top + ROW / 2.0, &mut sheet);
        sheet.top += ROW;
    }
    sheet.finish(data)
}

/// The colour of what is inside the box, or outside.
fn ground(inside: bool, theme: Theme) -> Colour {
    if inside { theme.tone(Tone::Settled) } else { theme.grid() }
}

fn row(bar: &Bar, middle: f64, sheet: &mut Sheet) {
    sheet.centred((MARGIN, middle), &bar.label, LABELS - 6.0);
    match &bar.range {
        Range::Numbers { ends, limits } => numbers(ends, limits, middle, sheet),
        Range::Levels(levels) => words(levels, middle, sheet),
    }
    let x = WIDTH - MARGIN - SHARES;
    let outside = bar.outside.map_or_else(|| "nothing there".to_owned(), percent);
    for (inside, y, words) in [(true, middle - 9.0, percent(bar.inside)), (false, middle + 9.0, outside)] {
        Swatch::Square(ground(inside, sheet.theme)).draw(&mut sheet.canvas, (x, y));
        sheet.canvas.label((x + 17.0, y), words, sheet.body());
    }
}

fn numbers(ends: &[(f64, String); 2], limits: &[Option<(f64, String)>; 2], middle: f64, sheet: &mut Sheet) {
    let scale = Scale::over(ends[0].0, ends[1].0, (LEFT, RIGHT));
    let (upper, lower, theme) = (middle - BAR / 2.0, middle + BAR / 2.0, sheet.theme);
    let at = |limit: &Option<(f64, String)>, end: f64| limit.as_ref().map_or(end, |(value, _)| scale.within(*value));
    let (from, to) = (at(&limits[0], LEFT), at(&limits[1], RIGHT));
    sheet.canvas.rect((LEFT, upper), (RIGHT, lower), ground(false, theme));
    sheet.canvas.rect((from, upper), (to.max(from + 1.0), lower), ground(true, theme));
    sheet.canvas.frame((LEFT, upper), (RIGHT, lower), theme.rim());
    sheet.canvas.text((LEFT, lower + SMALL + 3.0), ends[0].1.as_str(), sheet.small());
    sheet.canvas.text((RIGHT, lower + SMALL + 3.0), ends[1].1.as_str(), sheet.small().end());
    // Two limits close together would be written over each other: then they stand apart from the middle.
    let near = limits.iter().all(Option::is_some) && to - from < 60.0;
    let apart = [sheet.body().end(), sheet.body()];
    for ((limit, x), apart) in limits.iter().zip([from, to]).zip(apart) {
        let Some((_, words)) = limit else { continue };
        sheet.canvas.line((x, upper - 3.0), (x, lower), Stroke { colour: theme.ink(), width: 1.6 });
        let half = apart.face().width(words) / 2.0;
        let (x, lettering) =
            if near { (x, apart) } else { (x.clamp(LEFT + half, RIGHT - half), sheet.body().middle()) };
        sheet.canvas.text((x, upper - 6.0), words.as_str(), lettering);
    }
}

fn words(levels: &[(String, bool)], middle: f64, sheet: &mut Sheet) {
    let width = (RIGHT - LEFT) / levels.len().max(1) as f64;
    let (upper, lower) = (middle - BAR / 2.0, middle + BAR / 2.0);
    let (theme, face) = (sheet.theme, Face::regular(SMALL));
    for (at, (level, kept)) in levels.iter().enumerate() {
        let x = LEFT + width * at as f64;
        sheet.canvas.rect((x, upper), (x + width, lower), ground(*kept, theme));
        sheet.canvas.frame((x, upper), (x + width, lower), Stroke { colour: theme.background(), width: 1.6 });
        let lettering = if *kept { sheet.note() } else { sheet.small() };
        // Neighbours are written above and below in turn, so that each has the room of two.
        let many = levels.len() > 3;
        let y = if many && at % 2 == 1 { upper - 5.0 } else { lower + SMALL + 3.0 };
        let words = shortened(level, if many { 2.0 * width - 8.0 } else { width - 6.0 }, face);
        let half = face.width(&words) / 2.0;
        let centre = (x + width / 2.0).clamp(LEFT + half, (RIGHT - half).max(LEFT + half));
        sheet.canvas.text((centre, y), words, lettering.middle());
    }
}
