//! The negotiation dance: the offers of one run by what each of two sides would gain.

use super::prelude::*;

/// What the picture "dance" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Dance {
    /// The words around it.
    pub caption: Caption,
    /// The side along the bottom and the side along the left.
    pub sides: [Dancer; 2],
    /// What was agreed, if anything, as the relative gains of both.
    pub agreed: Option<Offer>,
    /// Another course of the same talks: what it offers where it parts from this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<Instead>,
}

/// A course that parts from another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Instead {
    /// What each side offers from there on.
    pub offers: [Vec<Offer>; 2],
    /// What was agreed, if anything.
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
pub fn draw(data: &Dance, look: impl Into<Look>) -> Picture {
    let look = look.into();
    let theme = look.theme;
    let mut sheet = Sheet::new("dance", SLIDE, &data.caption, look);
    sheet.legend(&legend(data, theme));
    let top = sheet.top;
    let bottom = top + sheet.room(42.0, 220.0);
    let others = || data.instead.iter().flat_map(|it| it.offers.iter().flatten().chain(&it.agreed));
    let all = || data.sides.iter().flat_map(|s| &s.offers).chain(&data.agreed).chain(others());
    let x = Scale::around(all().map(|o| o.x).chain([0.0, 1.0]), (LEFT, sheet.right()));
    let plane = Plane { x, y: Scale::around(all().map(|o| o.y).chain([0.0, 1.0]), (bottom, top)) };
    frame(data, &plane, &mut sheet);
    for (i, dancer) in data.sides.iter().enumerate() {
        let colour = theme.side(i);
        let points: Vec<Point> = dancer.offers.iter().map(|offer| plane.at((offer.x, offer.y))).collect();
        if points.len() > 1 {
            let stroke = Stroke { colour: colour.over(0.5, theme.background()), width: 1.2 };
            sheet.canvas.path(points.clone(), stroke);
        }
        let last = points.len().max(2) - 1;
        for (at, point) in points.iter().enumerate() {
            // The first offers faint, the last in full colour.
            let shade = colour.over(0.35 + 0.65 * at as f64 / last as f64, theme.background());
            step(i, *point, shade, &mut sheet);
        }
    }
    if let Some(agreed) = &data.agreed {
        let (x, y) = plane.at((agreed.x, agreed.y));
        sheet.canvas.frame((x - 9.0, y - 9.0), (x + 9.0, y + 9.0), Stroke { colour: theme.ink(), width: 2.0 });
    }
    if let Some(instead) = &data.instead {
        another(instead, &plane, &mut sheet);
    }
    sheet.top = bottom + 42.0;
    sheet.finish(data)
}

/// The other course: hollow marks on dashed lines, over the first.
fn another(instead: &Instead, plane: &Plane, sheet: &mut Sheet) {
    let (theme, ground) = (sheet.theme, sheet.theme.background());
    for (i, offers) in instead.offers.iter().enumerate() {
        let edge = Stroke { colour: theme.side(i), width: 1.6 };
        let points: Vec<Point> = offers.iter().map(|offer| plane.at((offer.x, offer.y))).collect();
        for pair in points.windows(2) {
            sheet.canvas.dashes(pair[0], pair[1], Stroke { width: 1.0, ..edge });
        }
        for point in points {
            if i == 0 {
                sheet.canvas.ring(point, 5.0, ground, edge.colour);
            } else {
                sheet.canvas.diamond(point, 6.0, ground, edge);
            }
        }
    }
    if let Some(agreed) = &instead.agreed {
        let (x, y) = plane.at((agreed.x, agreed.y));
        sheet.canvas.frame((x - 12.0, y - 12.0), (x + 12.0, y + 12.0), Stroke { colour: theme.ink(), width: 1.0 });
    }
}

/// Colour never speaks alone: one side dances in discs, the other in diamonds.
fn step(side: usize, at: Point, colour: Colour, sheet: &mut Sheet) {
    if side == 0 {
        sheet.canvas.disc(at, 5.0, colour);
    } else {
        sheet.canvas.diamond(at, 6.0, colour, Stroke { colour: sheet.theme.background(), width: 0.8 });
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
    let agreed = data.agreed.map(|agreed| format!("signed in round {}", agreed.round));
    let offers = [
        (Swatch::Disc(theme.side(0)), told(first)),
        (Swatch::Diamond(theme.side(1), theme.background()), told(second)),
    ];
    let other = data.instead.as_ref().map(|it| match it.agreed {
        Some(agreed) => format!("hollow: with the other decision; signed in round {} (the wider frame)", agreed.round),
        None => "hollow: with the other decision".to_owned(),
    });
    let other = other.map(|words| (Swatch::Ring(theme.background(), theme.ink()), words));
    let agreed = agreed.map(|words| (Swatch::Hollow(theme.ink()), words));
    offers.into_iter().chain(agreed).chain(other).collect()
}

fn frame(data: &Dance, plane: &Plane, sheet: &mut Sheet) {
    let (theme, area) = (sheet.theme, plane.area());
    // Better than no deal for both.
    let corner = theme.tone(Tone::Settled).over(0.07, theme.background());
    sheet.canvas.rect((plane.x.within(0.0), area.top), (area.right, plane.y.within(0.0)), corner);
    let ticks = [plane.x.ticks(5).shares(), plane.y.ticks(5).shares()];
    plane.graduated(ticks, Stroke { colour: theme.edge(), width: 1.4 }, (6.0, 4.0), sheet);
    let title = |at: usize, room: f64| {
        shortened(&format!("relative gain of {}", data.sides[at].name), room, Face::regular(BODY))
    };
    let titles = [title(0, area.right - area.left), title(1, area.bottom - area.top)];
    plane.titles([&titles[0], &titles[1]], 36.0, MARGIN - 6.0, sheet);
}
