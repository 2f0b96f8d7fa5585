//! What each input does to an answer at its low and at its high end, all others as in the base case: a tornado of pairs
//! of bars, the widest swing first.

use super::prelude::*;
use crate::num::Order;

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
    pub low: Option<SwingEnd>,
    /// At its highest value, if that is not the base case.
    pub high: Option<SwingEnd>,
}

/// The answer at one end.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SwingEnd {
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
    fn ends(&self) -> impl Iterator<Item = &SwingEnd> {
        self.low.iter().chain(&self.high)
    }

    /// How far the ends lie from the base case and from each other, whichever is most.
    fn width(&self, base: f64) -> f64 {
        let values = || self.ends().map(|end| end.value).chain([base]);
        values().fold(f64::NEG_INFINITY, f64::max) - values().fold(f64::INFINITY, f64::min)
    }
}

/// Draws the inputs, the widest swing first.
pub fn draw(data: &Swings, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("tornado", WIDTH, &data.caption, theme);
    let interval = if data.axis.share { "95 % interval (Wilson)" } else { "95 % interval" };
    sheet.legend(&[
        (Swatch::Square(theme.group(0)), "the input at its lowest value".to_owned()),
        (Swatch::Square(theme.group(1)), "at its highest".to_owned()),
        (Swatch::Whisker(theme.ink()), interval.to_owned()),
        (Swatch::Line(theme.ink()), data.told.clone()),
    ]);
    let mut sorted: Vec<&Swing> = data.inputs.iter().collect();
    sorted.order_by(|a, b| b.rank.total_cmp(&a.rank).then_with(|| a.name.cmp(&b.name)));
    let (shown, rest) = sorted.split_at(sorted.len().min(MOST));
    let scale = data.axis.scale((MARGIN + NAMES + 12.0, WIDTH - MARGIN - TOLD - 14.0));
    let (top, bottom) = (sheet.top, sheet.top + ROW * shown.len() as f64 + 2.0);
    sheet.graduated(&scale, data.axis.ticks(4), (top, bottom), 15.0);
    sheet.foot(&scale, bottom);
    shown.iter().for_each(|swing| row(swing, data.base, &scale, &mut sheet));
    let base = scale.within(data.base);
    sheet.canvas.line((base, top), (base, bottom), Stroke { colour: theme.ink(), width: 1.3 });
    sheet.axis_title(&scale, &data.axis.title, bottom);
    sheet.top += 4.0;
    if let Some(next) = rest.first() {
        let width = next.width(data.base);
        let most = if data.axis.share { format!("{} points", number(100.0 * width, 1)) } else { number(width, 3) };
        let words = format!("and {} more inputs, of which none swings by more than {most}", rest.len());
        sheet.paragraph(&words, 2, sheet.small());
    }
    sheet.finish(data)
}

fn row(swing: &Swing, base: f64, scale: &Scale, sheet: &mut Sheet) {
    let (theme, middle) = (sheet.theme, sheet.top + ROW / 2.0);
    sheet.input((MARGIN, middle), &swing.name, NAMES);
    let ends = [(&swing.low, theme.group(0), middle - 7.5), (&swing.high, theme.group(1), middle + 7.5)];
    for (end, colour, y) in ends.into_iter().filter_map(|(end, colour, y)| Some((end.as_ref()?, colour, y))) {
        let (from, to) = (scale.within(base), scale.within(end.value));
        let (left, right) = (from.min(to), from.max(to).max(from.min(to) + 0.8));
        sheet.canvas.rect((left, y - BAR / 2.0), (right, y + BAR / 2.0), colour);
        sheet.interval(end.interval, scale, y, Stroke { colour: theme.ink(), width: 1.2 }, 2.6);
        let words = shortened(&end.told, TOLD, Face::regular(SMALL));
        sheet.canvas.label((WIDTH - MARGIN - TOLD, y), words, sheet.note());
    }
    sheet.top += ROW;
}
