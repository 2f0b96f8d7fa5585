//! A quantity round by round: its median and its outer deciles, in small multiples.

use super::prelude::*;

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
    pub panels: Vec<BandPanel>,
}

/// One quantity.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BandPanel {
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
pub fn draw(data: &Bands, look: impl Into<Look>) -> Picture {
    let look = look.into();
    let theme = look.theme;
    let mut sheet = Sheet::new(if data.name.is_empty() { "bands" } else { data.name }, SLIDE, &data.caption, look);
    let ink = theme.ink();
    sheet.legend(&[
        (Swatch::Line(ink), format!("median {}", data.of)),
        (Swatch::Square(ink.over(0.25, theme.background())), "eight of ten, between the outer deciles".to_owned()),
    ]);
    let panels = &data.panels[..data.panels.len().min(MOST)];
    let across = if sheet.is_narrow() { across(panels).min(2) } else { across(panels) };
    let wide = (sheet.width - 2.0 * MARGIN - GAP * (across - 1) as f64) / across as f64;
    let head = |row: &[BandPanel]| 6.0 + highest(row.iter().map(BandPanel::head), wide);
    let around: f64 = panels.chunks(across).map(|row| head(row) + BELOW).sum();
    let rows = panels.len().div_ceil(across).max(1) as f64;
    let height = (sheet.room(around + 10.0, 0.0) / rows).clamp(HEIGHT.0, HEIGHT.1);
    for row in panels.chunks(across) {
        let (upper, top) = (sheet.top, sheet.top + head(row));
        for (at, panel) in row.iter().enumerate() {
            let left = MARGIN + (wide + GAP) * at as f64;
            panel.head().write((left, upper), wide, &mut sheet);
            one(panel, data.horizon, (left, left + wide), (top, top + height), &mut sheet);
        }
        sheet.top = top + height + BELOW;
    }
    sheet.canvas.text((sheet.width / 2.0, sheet.top + 4.0), "round", sheet.body().middle());
    sheet.top += 10.0;
    sheet.finish(data)
}

impl BandPanel {
    fn head(&self) -> Head<'_> {
        Head { name: (&self.name, 2), told: &[] }
    }
}

/// Panels beside each other: all of one side, where every side has as many; else as many as give the fewest gaps.
fn across(panels: &[BandPanel]) -> usize {
    let sides: Vec<usize> = panels.chunk_by(|a, b| a.side == b.side).map(<[BandPanel]>::len).collect();
    match (sides[..].first(), panels.len()) {
        (Some(each), _) if sides.len() > 1 && (2..=4).contains(each) && sides.iter().all(|n| n == each) => *each,
        (_, few @ 1..=4) => few,
        (_, 5 | 6) => 3,
        (_, 0) => 1,
        _ => 4,
    }
}

fn one(panel: &BandPanel, horizon: u32, (left, right): (f64, f64), (top, bottom): (f64, f64), sheet: &mut Sheet) {
    let theme = sheet.theme;
    let x = Scale::over(1.0, f64::from(horizon.max(2)), (left + NUMBERS, right - 6.0));
    let plane = Plane { x, y: Scale::over(panel.range.0, panel.range.1, (bottom, top)) };
    let ticks = plane.y.ticks(4);
    let ticks = if panel.percent { ticks.shares() } else { ticks.numbers() };
    plane.levels(ticks, theme.hairline(), (6.0, DOWN), sheet);
    sheet.tick_words(&plane.x, plane.x.ticks(5).numbers(), bottom + 16.0);
    let colour = theme.side(panel.side);
    let at = |round: u32, value: f64| plane.at((f64::from(round), value));
    // Where rounds are left out, the band breaks off.
    let step = panel.points.windows(2).map(|pair| pair[1].0 - pair[0].0).min().unwrap_or(1);
    for part in panel.points.chunk_by(|one, next| next.0 - one.0 <= step) {
        if let [(round, [_, median, _])] = part {
            sheet.canvas.disc(at(*round, *median), 3.0, colour);
            continue;
        }
        let lower = part.iter().map(|(round, [low, ..])| at(*round, *low));
        let upper = part.iter().rev().map(|(round, [.., high])| at(*round, *high));
        sheet.canvas.fill(lower.chain(upper).collect(), colour.over(0.25, theme.background()));
        let middle = part.iter().map(|(round, [_, median, _])| at(*round, *median)).collect();
        sheet.canvas.path(middle, Stroke { colour, width: 2.2 });
    }
    sheet.foot(&plane.x, bottom);
}
