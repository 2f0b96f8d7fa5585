//! How long deals last: the mean chance that they still hold, year by year.

use serde::Serialize;

use super::axis::{Scale, percent};
use super::canvas::{Point, Stroke};
use super::palette::{Colour, Tone, tone};
use super::picture::Picture;
use super::sheet::{Caption, MARGIN, SLIDE as WIDTH, SMALL, Sheet, Swatch};
use super::theme::Theme;

/// What the picture "survival" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Survival {
    /// The words around it.
    pub caption: Caption,
    /// Deals that were a defeat for nobody: years and chance, in order of years.
    pub reached: Vec<(f64, f64)>,
    /// All deals that were signed and hold, if that says something else.
    pub signed: Vec<(f64, f64)>,
}

const LEFT: f64 = 78.0;

/// Draws the curves.
#[must_use]
pub fn draw(data: &Survival, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("survival", WIDTH, &data.caption, theme);
    let mut legend = vec![(Swatch::Line(first(theme)), "deals that are a defeat for nobody".to_owned())];
    if !data.signed.is_empty() {
        legend.push((Swatch::Dashes(theme.ink()), "all deals signed, defeats included".into()));
    }
    sheet.legend(&legend);
    let top = sheet.top + 6.0;
    let height = sheet.room(48.0, 200.0);
    let last = data.reached.iter().chain(&data.signed).map(|(years, _)| *years).fold(1.0, f64::max);
    let x = Scale::over(0.0, last, (LEFT, WIDTH - MARGIN));
    let y = Scale::over(0.0, 1.0, (top + height, top));
    frame(&x, &y, &mut sheet);
    let at = |(years, chance): &(f64, f64)| -> Point { (x.within(*years), y.within(*chance)) };
    for pair in data.signed.windows(2) {
        sheet.canvas.dashes(at(&pair[0]), at(&pair[1]), Stroke { colour: theme.ink(), width: 1.4 });
    }
    if data.reached.len() > 1 {
        sheet.canvas.path(data.reached.iter().map(at).collect(), Stroke { colour: first(theme), width: 2.4 });
    }
    sheet.top = top + height + 42.0;
    sheet.finish(data)
}

fn first(theme: Theme) -> Colour {
    tone(theme, Tone::Settled)
}

fn frame(x: &Scale, y: &Scale, sheet: &mut Sheet) {
    let (top, bottom) = (y.pixels.1, y.pixels.0);
    let grid = Stroke { colour: sheet.theme.grid(), width: 0.8 };
    for (value, words) in x.ticks(10).labelled() {
        sheet.canvas.line((x.at(value), top), (x.at(value), bottom), grid);
        sheet.canvas.text((x.at(value), bottom + 16.0), words, sheet.small().middle());
    }
    for value in y.ticks(5).values {
        sheet.canvas.line((x.pixels.0, y.at(value)), (x.pixels.1, y.at(value)), grid);
        sheet.canvas.text((LEFT - 6.0, y.at(value) + SMALL * 0.36), percent(value), sheet.small().end());
    }
    let lettering = sheet.body().middle();
    sheet.canvas.text((f64::midpoint(x.pixels.0, x.pixels.1), bottom + 36.0), "years after the signature", lettering);
    let middle = f64::midpoint(top, bottom);
    sheet.canvas.text((MARGIN - 6.0, middle), "mean chance that it still holds", lettering.upwards());
}
