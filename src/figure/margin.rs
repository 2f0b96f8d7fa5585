//! The distribution of the margin, one small histogram a reading.

use super::prelude::*;
use crate::text::words::worlds;

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
/// Room for name and remarks over the bars.
const OVER: f64 = 36.0;

/// Draws the margins reading by reading.
pub fn draw(data: &Margin, look: impl Into<Look>) -> Picture {
    let look = look.into();
    let theme = look.theme;
    let mut sheet = Sheet::new("margin", SLIDE, &data.caption, look);
    sheet.legend(&[
        (Swatch::Square(theme.tone(Tone::Settled)), "worlds in which one exists".into()),
        (Swatch::Square(theme.tone(Tone::Defeat)), "worlds in which none does".into()),
        (Swatch::Whisker(theme.ink()), "5 % to 95 % of the worlds, and the median".into()),
    ]);
    let (low, high) = data.range;
    // Name and remarks stand beside the bars, or over them.
    let pixels = match sheet.is_narrow() {
        true => (MARGIN + 4.0, sheet.right() - 4.0),
        false => (MARGIN + NAMES + 8.0, sheet.right() - REMARKS - 14.0),
    };
    let scale = Scale::over(low.min(0.0), high.max(0.0), pixels);
    sheet.top += (line_height(BODY) + 4.0) * if sheet.is_narrow() { 2.0 } else { 1.0 };
    let count = data.readings.len().max(1) as f64;
    let over = if sheet.is_narrow() { OVER } else { 0.0 };
    let height = (sheet.room(42.0, 0.0) / count).clamp(ROW.0, ROW.1) + over;
    let (top, bottom) = (sheet.top, sheet.top + height * data.readings.len() as f64 + 4.0);
    sheet.uprights(&scale, 6, (top, bottom));
    let most = data.readings.iter().map(tallest).fold(0.0, f64::max);
    if sheet.is_narrow() {
        zero(&scale, (top, bottom), &mut sheet);
    }
    for (i, reading) in data.readings.iter().enumerate() {
        row(reading, i == 0, data.range, &scale, (height, most), &mut sheet);
    }
    if !sheet.is_narrow() {
        zero(&scale, (top, bottom), &mut sheet);
    }
    sheet.tick_words(&scale, scale.ticks(6).numbers(), bottom + 15.0);
    let middle = f64::midpoint(scale.pixels.0, scale.pixels.1);
    let title = shortened(&data.axis, 2.0 * (middle - MARGIN), sheet.body().face());
    sheet.canvas.text((middle, bottom + 34.0), title, sheet.body().middle());
    sheet.top = bottom + 38.0 - SMALL * 0.2;
    sheet.finish(data)
}

fn share(count: u64, reading: &Reading) -> f64 {
    count as f64 / reading.worlds().max(1) as f64
}

fn tallest(reading: &Reading) -> f64 {
    reading.counts.iter().map(|count| share(*count, reading)).fold(0.0, f64::max)
}

fn zero(scale: &Scale, (top, bottom): (f64, f64), sheet: &mut Sheet) {
    let x = scale.within(0.0);
    let words = "one exists ⇔ margin ≥ 0";
    sheet.canvas.line((x, top - 2.0), (x, bottom), Stroke { colour: sheet.theme.ink(), width: 1.3 });
    let half = Face::bold(BODY).width(words) / 2.0;
    let middle = x.clamp(scale.pixels.0 + half, scale.pixels.1 - half);
    sheet.canvas.text((middle, top - 8.0), words, sheet.body().bold().middle());
    let above = if sheet.is_narrow() { line_height(BODY) } else { 0.0 };
    sheet.canvas.text((MARGIN, top - 8.0 - above), "height: share of worlds", sheet.small());
}

fn row(reading: &Reading, all: bool, range: (f64, f64), scale: &Scale, (height, most): (f64, f64), sheet: &mut Sheet) {
    let base = sheet.top + height - UNDER + 6.0;
    let over = if sheet.is_narrow() { OVER } else { 0.0 };
    bars(reading, range, scale, (base, (height - UNDER - over) / most), sheet);
    sheet.canvas.line((scale.pixels.0, base), (scale.pixels.1, base), sheet.theme.faint());
    if let Some([low, median, high]) = reading.quantiles.map(|values| values.map(|value| scale.within(value))) {
        let ink = sheet.theme.ink();
        sheet.canvas.whisker((low, high), base + 7.0, Stroke { colour: ink, width: 1.4 }, 3.0);
        sheet.canvas.disc((median, base + 7.0), 3.6, ink);
    }
    let name = if all { sheet.body().bold() } else { sheet.body() };
    let top = sheet.top + 2.0;
    if sheet.is_narrow() {
        let room = sheet.width - 2.0 * MARGIN;
        let below = sheet.plated((MARGIN, top), &reading.name, room, name);
        sheet.plated((MARGIN, below), &remarks(reading).join("; "), room, sheet.small());
    } else {
        sheet.lines((MARGIN, top), &reading.name, NAMES - 6.0, 3, name);
        beside(reading, top, sheet);
    }
    sheet.top += height;
}

/// What is said of a reading at the right of its bars.
fn beside(reading: &Reading, top: f64, sheet: &mut Sheet) {
    let x = sheet.right() - REMARKS;
    for (place, words) in remarks(reading).into_iter().enumerate() {
        let lettering = if place == 0 { sheet.body().bold() } else { sheet.small() };
        let row = if place == 0 { top } else { top + line_height(BODY) + (place - 1) as f64 * line_height(SMALL) };
        sheet.lines((x, row), &words, REMARKS, 1, lettering);
    }
}

/// How often one exists, the median margin, and the worlds without one.
fn remarks(reading: &Reading) -> Vec<String> {
    let exists = format!("one exists in {}", percent(reading.one_exists));
    let median = reading.quantiles.map(|[_, median, _]| format!("median {}\u{a0}%", number(median, 1)));
    let apart = [(reading.none, "none"), (reading.unbounded, "unbounded")].into_iter().filter(|(count, _)| *count > 0);
    let apart = apart.map(|(count, word)| format!("{word} in {}", worlds(count)));
    [exists].into_iter().chain(median).chain(apart).collect()
}

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
    theme.tone(match (from >= -slack, to <= slack) {
        (true, _) => Tone::Settled,
        (false, true) => Tone::Defeat,
        (false, false) => Tone::Nothing,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bin_takes_the_colour_of_its_side_of_zero() {
        let of = |from: f64, to: f64| colour((from, to), to - from, Theme::Light);
        assert_eq!(of(0.0, 0.1), Theme::Light.tone(Tone::Settled));
        assert_eq!(of(-0.1, 0.0), Theme::Light.tone(Tone::Defeat));
        assert_eq!(of(-0.05, 0.05), Theme::Light.tone(Tone::Nothing));
    }
}
