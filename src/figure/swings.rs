//! What each input does to an answer at its low and at its high end, all others as in the base case: a tornado of pairs
//! of bars, the widest swing first.

use serde::Serialize;

use super::axis::{Scale, number, percent};
use super::canvas::Stroke;
use super::lines::Axis;
use super::palette::{Colour, group};
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SMALL, Sheet, Swatch};
use super::text::{Face, shortened};
use super::theme::Theme;

/// What the picture "tornado" of a batch shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Swings {
    /// The words around it.
    pub caption: Caption,
    /// What is shown; its range is the whole axis.
    pub axis: Axis,
    /// The base case.
    pub base: f64,
    /// The base case in words, such as "base case: 41 % (410 of 1 000)".
    pub told: String,
    /// The inputs; the twenty that rank first are drawn.
    pub inputs: Vec<Swing>,
}

/// One input.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Swing {
    /// Its name.
    pub name: String,
    /// How far it swings, for the order: where runs are enough counted apart from those that are shown.
    pub rank: f64,
    /// At its lowest value, if that is not the base case.
    pub low: Option<End>,
    /// At its highest value, if that is not the base case.
    pub high: Option<End>,
}

/// The answer at one end.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct End {
    /// In words: the value of the input, the answer and its interval.
    pub told: String,
    /// The answer.
    pub value: f64,
    /// Its interval.
    pub interval: (f64, f64),
}

const WIDTH: f64 = 760.0;
const NAMES: f64 = 196.0;
const TOLD: f64 = 206.0;
const ROW: f64 = 36.0;
const BAR: f64 = 11.0;
const MOST: usize = 20;

impl Swing {
    fn ends(&self) -> impl Iterator<Item = &End> {
        self.low.iter().chain(&self.high)
    }

    /// How far the ends lie from the base case and from each other, whichever is most.
    fn width(&self, base: f64) -> f64 {
        let values = || self.ends().map(|end| end.value).chain([base]);
        values().fold(f64::NEG_INFINITY, f64::max) - values().fold(f64::INFINITY, f64::min)
    }
}

/// Draws the inputs, the widest swing first.
#[must_use]
pub fn draw(data: &Swings, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("tornado", WIDTH, &data.caption, theme);
    sheet.legend(&[
        (Swatch::Square(low(theme)), "the input at its lowest value".to_owned()),
        (Swatch::Square(high(theme)), "at its highest".to_owned()),
        (
            Swatch::Whisker(theme.ink()),
            if data.axis.share { "95 % interval (Wilson)" } else { "95 % interval" }.to_owned(),
        ),
        (Swatch::Line(theme.ink()), data.told.clone()),
    ]);
    let mut sorted: Vec<&Swing> = data.inputs.iter().collect();
    sorted.sort_by(|a, b| b.rank.total_cmp(&a.rank).then_with(|| a.name.cmp(&b.name)));
    let (shown, rest) = sorted.split_at(sorted.len().min(MOST));
    let across = (MARGIN + NAMES + 12.0, WIDTH - MARGIN - TOLD - 14.0);
    let scale = Scale::over(data.axis.range.0, data.axis.range.1, across);
    let top = sheet.top;
    let bottom = top + ROW * shown.len() as f64 + 2.0;
    frame(data, &scale, (top, bottom), &mut sheet);
    shown.iter().for_each(|swing| row(swing, data.base, &scale, &mut sheet));
    let base = Stroke { colour: theme.ink(), width: 1.3 };
    sheet.canvas.line((scale.within(data.base), top), (scale.within(data.base), bottom), base);
    sheet.top = bottom;
    title(data, &scale, &mut sheet);
    if let Some(next) = rest.first() {
        let words = format!(
            "and {} more inputs, of which none swings by more than {}",
            rest.len(),
            if data.axis.share {
                format!("{} points", number(100.0 * next.width(data.base), 1))
            } else {
                number(next.width(data.base), 3)
            }
        );
        let lettering = sheet.small();
        sheet.paragraph(&words, 2, lettering);
    }
    sheet.finish(data)
}

fn low(theme: Theme) -> Colour {
    group(theme, 0)
}

fn high(theme: Theme) -> Colour {
    group(theme, 1)
}

fn frame(data: &Swings, scale: &Scale, (top, bottom): (f64, f64), sheet: &mut Sheet) {
    let grid = Stroke { colour: sheet.theme.grid(), width: 0.8 };
    let ticks = scale.ticks(4);
    for value in &ticks.values {
        sheet.canvas.line((scale.at(*value), top), (scale.at(*value), bottom), grid);
        let words = if data.axis.share { percent(*value) } else { number(*value, ticks.decimals) };
        sheet.canvas.text((scale.at(*value), bottom + 15.0), words, sheet.small().middle());
    }
    let edge = Stroke { colour: sheet.theme.edge(), width: 1.0 };
    sheet.canvas.line((scale.pixels.0, bottom), (scale.pixels.1, bottom), edge);
}

fn row(swing: &Swing, base: f64, scale: &Scale, sheet: &mut Sheet) {
    let (theme, middle) = (sheet.theme, sheet.top + ROW / 2.0);
    sheet.input((MARGIN, middle), &swing.name, NAMES);
    for (end, colour, y) in [(&swing.low, low(theme), middle - 7.5), (&swing.high, high(theme), middle + 7.5)] {
        let Some(end) = end else { continue };
        let (from, to) = (scale.within(base), scale.within(end.value));
        let (left, right) = (from.min(to), from.max(to).max(from.min(to) + 0.8));
        sheet.canvas.rect((left, y - BAR / 2.0), (right, y + BAR / 2.0), colour);
        whisker(end, scale, y, sheet);
        let mut lettering = sheet.small();
        lettering.colour = theme.ink();
        let words = shortened(&end.told, TOLD, Face::regular(SMALL));
        sheet.canvas.text((WIDTH - MARGIN - TOLD, y + SMALL * 0.36), words, lettering);
    }
    sheet.top += ROW;
}

fn whisker(end: &End, scale: &Scale, y: f64, sheet: &mut Sheet) {
    let (from, to) = (scale.within(end.interval.0), scale.within(end.interval.1));
    let stroke = Stroke { colour: sheet.theme.ink(), width: 1.2 };
    sheet.canvas.line((from, y), (to.max(from + 0.5), y), stroke);
    for x in [from, to] {
        sheet.canvas.line((x, y - 2.6), (x, y + 2.6), stroke);
    }
}

fn title(data: &Swings, scale: &Scale, sheet: &mut Sheet) {
    let face = Face::regular(BODY);
    let words = shortened(&data.axis.title, WIDTH - 2.0 * MARGIN, face);
    let half = face.width(&words) / 2.0;
    let most = (WIDTH - MARGIN - half).max(MARGIN + half);
    let middle = f64::midpoint(scale.pixels.0, scale.pixels.1).clamp(MARGIN + half, most);
    let (lettering, row) = (sheet.body().middle(), sheet.top + 34.0);
    sheet.canvas.text((middle, row), words, lettering);
    sheet.top += 42.0;
}
