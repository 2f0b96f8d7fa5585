//! The negotiation dance: the offers of one run by what each of two sides would gain.

use serde::Serialize;

use super::axis::{Scale, percent};
use super::canvas::{Point, Stroke};
use super::palette::{Colour, Tone, side, tone};
use super::picture::Picture;
use super::sheet::{BODY, Caption, MARGIN, SLIDE as WIDTH, Sheet, Swatch};
use super::text::{Face, shortened};
use super::theme::Theme;

/// What the picture "dance" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Dance {
    /// The words around it.
    pub caption: Caption,
    /// The side along the bottom and the side along the left.
    pub sides: [Dancer; 2],
    /// What was agreed, if anything, as the relative gains of both.
    pub agreed: Option<Offer>,
}

/// One side and what it offered, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Dancer {
    /// Its name.
    pub name: String,
    /// Its offers.
    pub offers: Vec<Offer>,
}

/// A package as relative gains: 0 is no deal, 1 the most that a side could hope for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Offer {
    /// The round in which it was named.
    pub round: u32,
    /// What the side along the bottom would gain.
    pub x: f64,
    /// What the side along the left would gain.
    pub y: f64,
}

const LEFT: f64 = 78.0;

/// Draws the dance.
#[must_use]
pub fn draw(data: &Dance, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("dance", WIDTH, &data.caption, theme);
    sheet.legend(&legend(data, theme));
    let top = sheet.top;
    let height = sheet.room(42.0, 220.0);
    let all = || data.sides.iter().flat_map(|s| &s.offers).chain(&data.agreed);
    let x = Scale::around(all().map(|o| o.x).chain([0.0, 1.0]), (LEFT, WIDTH - MARGIN));
    let y = Scale::around(all().map(|o| o.y).chain([0.0, 1.0]), (top + height, top));
    frame(data, &x, &y, &mut sheet);
    let place = |offer: &Offer| (x.within(offer.x), y.within(offer.y));
    for (i, dancer) in data.sides.iter().enumerate() {
        let colour = side(theme, i);
        let points: Vec<Point> = dancer.offers.iter().map(place).collect();
        if points.len() > 1 {
            let stroke = Stroke { colour: colour.over(0.5, theme.background()), width: 1.2 };
            sheet.canvas.path(points.clone(), stroke);
        }
        let last = points.len().max(2) - 1;
        for (at, point) in points.iter().enumerate() {
            step(i, *point, shade(colour, at, last, theme), theme, &mut sheet);
        }
    }
    if let Some(agreed) = &data.agreed {
        let edge = Stroke { colour: theme.ink(), width: 2.0 };
        let (x, y) = place(agreed);
        sheet.canvas.frame((x - 9.0, y - 9.0), (x + 9.0, y + 9.0), edge);
    }
    sheet.finish(data)
}

/// The first offers faint, the last in full colour.
#[allow(clippy::cast_precision_loss)] // Offers of one run are few.
fn shade(colour: Colour, at: usize, last: usize, theme: Theme) -> Colour {
    colour.over(0.35 + 0.65 * at as f64 / last as f64, theme.background())
}

/// Colour never speaks alone: one side dances in discs, the other in diamonds.
fn step(side: usize, (x, y): Point, colour: Colour, theme: Theme, sheet: &mut Sheet) {
    if side == 0 {
        sheet.canvas.disc((x, y), 5.0, colour);
    } else {
        sheet.canvas.diamond((x, y), 6.0, colour, Stroke { colour: theme.background(), width: 0.8 });
    }
}

fn legend(data: &Dance, theme: Theme) -> Vec<(Swatch, String)> {
    let told = |dancer: &Dancer| match (dancer.offers.first(), dancer.offers.last()) {
        (Some(first), Some(last)) if first.round < last.round => {
            format!("offers of {}, round {} (faint) to {}", dancer.name, first.round, last.round)
        }
        (Some(only), _) => format!("offers of {}, round {}", dancer.name, only.round),
        _ => format!("{} offers nothing", dancer.name),
    };
    let [first, second] = &data.sides;
    let mut entries = vec![
        (Swatch::Disc(side(theme, 0)), told(first)),
        (Swatch::Diamond(side(theme, 1), theme.background()), told(second)),
    ];
    if let Some(agreed) = &data.agreed {
        entries.push((Swatch::Hollow(theme.ink()), format!("signed in round {}", agreed.round)));
    }
    entries
}

fn frame(data: &Dance, x: &Scale, y: &Scale, sheet: &mut Sheet) {
    let theme = sheet.theme;
    let (top, bottom) = (y.pixels.1, y.pixels.0);
    let grid = Stroke { colour: theme.grid(), width: 0.8 };
    let zero = Stroke { colour: theme.edge(), width: 1.4 };
    // Better than no deal for both.
    let corner = tone(theme, Tone::Settled).over(0.07, theme.background());
    sheet.canvas.rect((x.within(0.0), top), (x.pixels.1, y.within(0.0)), corner);
    for value in x.ticks(5).values {
        let stroke = if value == 0.0 { zero } else { grid };
        sheet.canvas.line((x.at(value), top), (x.at(value), bottom), stroke);
        sheet.canvas.text((x.at(value), bottom + 16.0), percent(value), sheet.small().middle());
    }
    for value in y.ticks(5).values {
        let stroke = if value == 0.0 { zero } else { grid };
        sheet.canvas.line((x.pixels.0, y.at(value)), (x.pixels.1, y.at(value)), stroke);
        sheet.canvas.text((LEFT - 6.0, y.at(value) + 4.0), percent(value), sheet.small().end());
    }
    let [across, up] = [&data.sides[0].name, &data.sides[1].name];
    let title = |name: &str, room: f64| shortened(&format!("relative gain of {name}"), room, Face::regular(BODY));
    let lettering = sheet.body().middle();
    let middle = f64::midpoint(x.pixels.0, x.pixels.1);
    sheet.canvas.text((middle, bottom + 36.0), title(across, x.pixels.1 - x.pixels.0), lettering);
    let middle = f64::midpoint(top, bottom);
    sheet.canvas.text((MARGIN - 6.0, middle), title(up, bottom - top), lettering.upwards());
    sheet.top = bottom + 42.0;
}
