//! How long deals last: the mean chance that they still hold, year by year.

use super::prelude::*;

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
pub fn draw(data: &Survival, look: impl Into<Look>) -> Picture {
    let look = look.into();
    let theme = look.theme;
    let mut sheet = Sheet::new("survival", SLIDE, &data.caption, look);
    let green = theme.tone(Tone::Settled);
    let mut legend = vec![(Swatch::Line(green), "deals that are a defeat for nobody".to_owned())];
    if !data.signed.is_empty() {
        legend.push((Swatch::Dashes(theme.ink()), "all deals signed, defeats included".into()));
    }
    sheet.legend(&legend);
    let top = sheet.top + 6.0;
    let bottom = top + sheet.room(48.0, 200.0);
    let last = data.reached.iter().chain(&data.signed).map(|(years, _)| *years).fold(1.0, f64::max);
    let x = Scale::over(0.0, last, (LEFT, sheet.right()));
    let plane = Plane { x, y: Scale::over(0.0, 1.0, (bottom, top)) };
    let ticks = [plane.x.ticks(10).numbers(), plane.y.ticks(5).shares()];
    plane.graduated(ticks, theme.hairline(), (6.0, DOWN), &mut sheet);
    let titles = ["years after the signature", "mean chance that it still holds"];
    plane.titles(titles, 36.0, MARGIN - 6.0, &mut sheet);
    for pair in data.signed.windows(2) {
        sheet.canvas.dashes(plane.at(pair[0]), plane.at(pair[1]), Stroke { colour: theme.ink(), width: 1.4 });
    }
    if data.reached.len() > 1 {
        let curve = data.reached.iter().map(|point| plane.at(*point)).collect();
        sheet.canvas.path(curve, Stroke { colour: green, width: 2.4 });
    }
    sheet.top = bottom + 42.0;
    sheet.finish(data)
}
