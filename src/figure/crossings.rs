//! Lines that say at which value of a number a difference of payoffs is 0: a panel a number, with a band.

use super::lines::At;
use super::prelude::*;

/// What the picture "crossings" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Crossings {
    /// The words around it.
    pub caption: Caption,
    /// What stands upwards: "what stalling pays more, points".
    pub y: String,
    /// What the bands are: "95 % interval of the line".
    pub band: String,
    /// The numbers, the steepest first; six are drawn.
    pub panels: Vec<Crossing>,
}

/// One number.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Crossing {
    /// Its path in the file.
    pub name: String,
    /// What is said of it: "0 at 12.3 (9.8 to 15.1), within the declared range".
    pub told: Vec<String>,
    /// The line with its band, from the least value to the greatest.
    pub line: Vec<At>,
    /// Some pairs of the number and the difference, drawn faintly.
    pub cloud: Vec<(f64, f64)>,
    /// Where the line crosses 0.
    pub at: Option<f64>,
    /// The interval of that value.
    pub within: Option<(f64, f64)>,
}

/// Panels that are drawn at most.
const MOST: usize = 6;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 190.0;
const NUMBERS: f64 = 46.0;
const GAP: f64 = 22.0;

/// Draws the lines.
pub fn draw(data: &Crossings, look: impl Into<Look>) -> Picture {
    let mut sheet = Sheet::new("crossings", WIDTH, &data.caption, look);
    let theme = sheet.theme;
    let colour = theme.group(0);
    sheet.legend(&[
        (Swatch::Line(colour), "straight line through the pairs".to_owned()),
        (Swatch::Square(colour.over(0.25, theme.background())), data.band.clone()),
        (Swatch::Diamond(theme.tone(Tone::Defeat), theme.ink()), "where it is 0, and the interval of that".to_owned()),
    ]);
    sheet.paragraph(&format!("up: {}", data.y), 2, sheet.body());
    sheet.top += 6.0;
    let panels = &data.panels[..data.panels.len().min(MOST)];
    let across = if sheet.is_narrow() { 1 } else { super::plane::across(panels.len(), panels.len().min(3)) };
    let wide = (sheet.width - 2.0 * MARGIN - NUMBERS - GAP * (across - 1) as f64) / across as f64;
    let lines = || panels.iter().flat_map(|panel| &panel.line);
    let range = Scale::around(lines().flat_map(|at| [at.low, at.high]).chain([0.0]), (1.0, 0.0)).values;
    for row in panels.chunks(across) {
        let upper = sheet.top;
        let top = upper + row.iter().map(|panel| head_height(panel, wide)).fold(0.0, f64::max) + 6.0;
        for (place, panel) in row.iter().enumerate() {
            let left = MARGIN + NUMBERS + (wide + GAP) * place as f64;
            let row = sheet.lines((left, upper), &crate::text::paths::name(&panel.name), wide, 2, sheet.body().bold());
            panel.told.iter().fold(row, |row, words| sheet.lines((left, row), words, wide, 3, sheet.small()));
            let values = panel.line.iter().map(|at| at.x);
            let x = Scale::around(values, (left, left + wide));
            let y = Scale { values: range, pixels: (top + HEIGHT, top) };
            one(panel, &Plane { x, y }, place == 0, &mut sheet);
        }
        sheet.top = top + HEIGHT + 30.0;
    }
    sheet.finish(data)
}

fn head_height(panel: &Crossing, wide: f64) -> f64 {
    let told: f64 = panel.told.iter().map(|words| height(words, wide, 3, Face::regular(SMALL))).sum();
    height(&crate::text::paths::name(&panel.name), wide, 2, Face::bold(BODY)) + told
}

fn one(panel: &Crossing, plane: &Plane, first: bool, sheet: &mut Sheet) {
    let theme = sheet.theme;
    let wanted = ((plane.x.pixels.1 - plane.x.pixels.0) / 56.0).clamp(2.0, 6.0) as u32;
    let (along, up) = (plane.x.ticks(wanted).numbers(), plane.y.ticks(5).numbers());
    plane.grid(&along, &up, sheet);
    let zero = Stroke { colour: theme.ink(), width: 1.4 };
    sheet.canvas.line((plane.x.pixels.0, plane.y.at(0.0)), (plane.x.pixels.1, plane.y.at(0.0)), zero);
    sheet.foot(&plane.x, plane.y.pixels.0);
    plane.bottom_numbers(along, sheet);
    if first {
        plane.side_numbers(up, sheet);
    }
    let area = plane.area();
    for at in panel.cloud.iter().map(|(x, y)| (plane.x.at(*x), plane.y.at(*y))).filter(|at| area.holds(*at)) {
        sheet.canvas.disc(at, 1.5, theme.muted().fading(0.45));
    }
    let colour = theme.group(0);
    let through = |of: fn(&At) -> f64| panel.line.iter().map(move |at| plane.at((at.x, of(at))));
    if panel.line.len() > 1 {
        let upper: Vec<Point> = through(|at| at.high).collect();
        let lower: Vec<Point> = through(|at| at.low).collect();
        sheet.canvas.fill(upper.into_iter().chain(lower.into_iter().rev()).collect(), colour.fading(0.2));
        sheet.canvas.path(through(|at| at.y).collect(), Stroke { colour, width: 2.2 });
    }
    let seen = |x: f64| x >= plane.x.values.0 && x <= plane.x.values.1;
    let y = plane.y.at(0.0);
    if let Some((low, high)) = panel.within.filter(|(low, high)| *high >= plane.x.values.0 && *low <= plane.x.values.1)
    {
        sheet.interval((low, high), &plane.x, y, Stroke { colour: theme.tone(Tone::Defeat), width: 3.0 }, 5.0);
    }
    if let Some(x) = panel.at.filter(|x| seen(*x)) {
        sheet.canvas.dashes(
            (plane.x.at(x), y),
            (plane.x.at(x), plane.y.pixels.0),
            Stroke { colour: theme.ink(), width: 1.0 },
        );
        sheet.canvas.diamond(
            (plane.x.at(x), y),
            5.0,
            theme.tone(Tone::Defeat),
            Stroke { colour: theme.ink(), width: 1.2 },
        );
    }
}
