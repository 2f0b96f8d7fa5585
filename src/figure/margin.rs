//! The distribution of the margin, one small histogram a reading.

use serde::Serialize;

use super::axis::{Scale, number, percent};
use super::canvas::Stroke;
use super::palette::{Colour, Tone, tone};
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SLIDE as WIDTH, SMALL, Sheet, Swatch, line_height};
use super::text::Face;
use super::theme::Theme;

/// What the picture "margin" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Margin {
    /// The words around it.
    pub caption: Caption,
    /// The title of the axis, with its unit: "margin (per cent of the audience's span)".
    pub axis: String,
    /// The values at both ends of the bins that all readings share; an edge at 0 keeps the colours sharp.
    pub range: (f64, f64),
    /// All worlds together first, then each reading.
    pub readings: Vec<Reading>,
}

/// The margins in the worlds of one reading.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Reading {
    /// Its name; "all readings" for all worlds together.
    pub name: String,
    /// Worlds in each bin of the range; bars show them as shares of the reading's worlds, all readings on one scale.
    pub counts: Vec<u64>,
    /// The margins that 5, 50 and 95 % of the worlds stay under; none without a world that has a margin.
    pub quantiles: Option<[f64; 3]>,
    /// The share of worlds in which one exists, in [0, 1].
    pub one_exists: f64,
    /// Worlds in which no package is allowed, available, rational and free of red lines.
    pub none: u64,
    /// Worlds in which no veto is in force.
    pub unbounded: u64,
}

impl Reading {
    fn worlds(&self) -> u64 {
        self.counts.iter().sum::<u64>() + self.none + self.unbounded
    }
}

const NAMES: f64 = 150.0;
const REMARKS: f64 = 150.0;
/// Least and greatest height from baseline to baseline, and what of it is not for bars.
const ROW: (f64, f64) = (62.0, 90.0);
const UNDER: f64 = 26.0;

/// Draws the margins reading by reading.
#[must_use]
pub fn draw(data: &Margin, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("margin", WIDTH, &data.caption, theme);
    sheet.legend(&legend(theme));
    let (low, high) = data.range;
    let scale = Scale::over(low.min(0.0), high.max(0.0), (MARGIN + NAMES + 8.0, WIDTH - MARGIN - REMARKS - 14.0));
    sheet.top += line_height(BODY) + 4.0;
    let top = sheet.top;
    let count = data.readings.len().max(1) as f64;
    let height = (sheet.room(42.0, 0.0) / count).clamp(ROW.0, ROW.1);
    let bottom = top + height * data.readings.len() as f64 + 4.0;
    grid(&scale, (top, bottom), &mut sheet);
    let most = data.readings.iter().map(tallest).fold(0.0, f64::max);
    for (i, reading) in data.readings.iter().enumerate() {
        row(reading, i == 0, data.range, &scale, (height, most), &mut sheet);
    }
    zero(&scale, (top, bottom), &mut sheet);
    sheet.top = bottom;
    axis(&data.axis, &scale, &mut sheet);
    sheet.finish(data)
}

fn legend(theme: Theme) -> Vec<(Swatch, String)> {
    vec![
        (Swatch::Square(tone(theme, Tone::Settled)), "worlds in which one exists".to_owned()),
        (Swatch::Square(tone(theme, Tone::Defeat)), "worlds in which none does".to_owned()),
        (Swatch::Whisker(theme.ink()), "5 % to 95 % of the worlds, and the median".to_owned()),
    ]
}

#[allow(clippy::cast_precision_loss)] // Counts of worlds lie far under 2^53.
fn share(count: u64, reading: &Reading) -> f64 {
    count as f64 / reading.worlds().max(1) as f64
}

fn tallest(reading: &Reading) -> f64 {
    reading.counts.iter().map(|count| share(*count, reading)).fold(0.0, f64::max)
}

fn grid(scale: &Scale, (top, bottom): (f64, f64), sheet: &mut Sheet) {
    let stroke = Stroke { colour: sheet.theme.grid(), width: 0.8 };
    for value in scale.ticks(6).values {
        sheet.canvas.line((scale.at(value), top), (scale.at(value), bottom), stroke);
    }
}

fn zero(scale: &Scale, (top, bottom): (f64, f64), sheet: &mut Sheet) {
    let x = scale.within(0.0);
    let words = "one exists ⇔ margin ≥ 0";
    let lettering = sheet.body().bold().middle();
    sheet.canvas.line((x, top - 2.0), (x, bottom), Stroke { colour: sheet.theme.ink(), width: 1.3 });
    let half = Face::bold(BODY).width(words) / 2.0;
    let middle = x.clamp(scale.pixels.0 + half, scale.pixels.1 - half);
    sheet.canvas.text((middle, top - 8.0), words, lettering);
    let small = sheet.small();
    sheet.canvas.text((MARGIN, top - 8.0), "height: share of worlds", small);
}

fn row(reading: &Reading, all: bool, range: (f64, f64), scale: &Scale, (height, most): (f64, f64), sheet: &mut Sheet) {
    let base = sheet.top + height - UNDER + 6.0;
    bars(reading, range, scale, (base, (height - UNDER) / most), sheet);
    let edge = Stroke { colour: sheet.theme.edge(), width: 0.8 };
    sheet.canvas.line((scale.pixels.0, base), (scale.pixels.1, base), edge);
    quantiles(reading, scale, base + 7.0, sheet);
    let name = if all { sheet.body().bold() } else { sheet.body() };
    let top = sheet.top + 2.0;
    sheet.lines((MARGIN, top), &reading.name, NAMES - 6.0, 3, name);
    remarks(reading, top, sheet);
    sheet.top += height;
}

fn remarks(reading: &Reading, top: f64, sheet: &mut Sheet) {
    let x = WIDTH - MARGIN - REMARKS;
    let (body, small) = (sheet.body(), sheet.small());
    let below =
        sheet.lines((x, top), &format!("one exists in {}", percent(reading.one_exists)), REMARKS, 1, body.bold());
    let median =
        reading.quantiles.map_or_else(String::new, |[_, median, _]| format!("median {}\u{a0}%", number(median, 1)));
    let below = sheet.lines((x, below), &median, REMARKS, 1, small);
    let apart = [(reading.none, "none"), (reading.unbounded, "unbounded")];
    apart.into_iter().filter(|(count, _)| *count > 0).fold(below, |row, (count, word)| {
        sheet.lines((x, row), &format!("{word} in {}", crate::text::words::worlds(count)), REMARKS, 1, small)
    });
}

#[allow(clippy::cast_precision_loss)] // A few hundred bins.
fn bars(reading: &Reading, (low, high): (f64, f64), scale: &Scale, (base, high_each): (f64, f64), sheet: &mut Sheet) {
    let width = (high - low) / reading.counts.len().max(1) as f64;
    for (i, count) in reading.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let (from, to) = (low + width * i as f64, low + width * (i + 1) as f64);
        let height = (high_each * share(*count, reading)).max(0.8);
        // A little under the next bar, or the ground would show as hairlines between them.
        let corner = (scale.within(to) + 0.4, base);
        sheet.canvas.rect((scale.within(from), base - height), corner, colour((from, to), width, sheet.theme));
    }
}

/// Green from zero on, red below; a bin that zero falls into the middle of is neither.
fn colour((from, to): (f64, f64), width: f64, theme: Theme) -> Colour {
    let slack = width * 1e-6;
    let what = match (from >= -slack, to <= slack) {
        (true, _) => Tone::Settled,
        (false, true) => Tone::Defeat,
        (false, false) => Tone::Nothing,
    };
    tone(theme, what)
}

fn quantiles(reading: &Reading, scale: &Scale, y: f64, sheet: &mut Sheet) {
    let Some(values) = reading.quantiles else { return };
    let [low, median, high] = values.map(|value| scale.within(value));
    let stroke = Stroke { colour: sheet.theme.ink(), width: 1.4 };
    sheet.canvas.line((low, y), (high, y), stroke);
    for end in [low, high] {
        sheet.canvas.line((end, y - 3.0), (end, y + 3.0), stroke);
    }
    sheet.canvas.disc((median, y), 3.6, sheet.theme.ink());
}

fn axis(title: &str, scale: &Scale, sheet: &mut Sheet) {
    let bottom = sheet.top;
    for (value, words) in scale.ticks(6).labelled() {
        sheet.canvas.text((scale.at(value), bottom + 15.0), words, sheet.small().middle());
    }
    let middle = f64::midpoint(scale.pixels.0, scale.pixels.1);
    let title = super::text::shortened(title, 2.0 * (middle - MARGIN), Face::regular(BODY));
    let lettering = sheet.body().middle();
    sheet.canvas.text((middle, bottom + 34.0), title, lettering);
    sheet.top = bottom + 38.0 - SMALL * 0.2;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bin_takes_the_colour_of_its_side_of_zero() {
        let of = |from: f64, to: f64| colour((from, to), to - from, Theme::Light);
        assert_eq!(of(0.0, 0.1), tone(Theme::Light, Tone::Settled));
        assert_eq!(of(-0.1, 0.0), tone(Theme::Light, Tone::Defeat));
        assert_eq!(of(-0.05, 0.05), tone(Theme::Light, Tone::Nothing));
    }
}
