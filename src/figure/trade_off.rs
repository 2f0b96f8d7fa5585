//! The trade-off of a box search: what each box holds of what is looked for, and how rich it is in it.

use super::prelude::*;

/// What the picture "trade-off" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TradeOff {
    /// The words around it.
    pub caption: Caption,
    /// The boxes, from all rows to the smallest.
    pub boxes: Vec<PeeledBox>,
    /// The place of the box that was taken.
    pub choice: usize,
    /// The box taken, as it was on the rows on which it was chosen: coverage and density.
    pub taken: Point,
    /// The same box on the other rows: coverage and density, each with its interval.
    pub scored: [(f64, f64, f64); 2],
}

/// A box on the way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PeeledBox {
    /// Of all that is looked for, the share that the box holds.
    pub coverage: f64,
    /// Of what is in the box, the share that is looked for.
    pub density: f64,
    /// Columns that it limits.
    pub columns: usize,
}

const WIDTH: f64 = 640.0;
const LEFT: f64 = 78.0;
const HEIGHT: f64 = 340.0;

/// Draws the curve.
pub fn draw(data: &TradeOff, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("trade-off", WIDTH, &data.caption, theme);
    let (green, ink) = (theme.tone(Tone::Settled), theme.ink());
    sheet.legend(&[
        (Swatch::Disc(theme.muted()), "a box; the number says how many columns it limits".into()),
        (Swatch::Diamond(green, ink), "the box taken".into()),
        (Swatch::Whisker(ink), "the same on the rows that did not choose it, 95 %".into()),
    ]);
    let (top, bottom) = (sheet.top + 6.0, sheet.top + 6.0 + HEIGHT);
    let x = Scale::over(0.0, 1.0, (LEFT, WIDTH - MARGIN - 8.0));
    let plane = Plane { x, y: Scale::over(0.0, 1.0, (bottom, top)) };
    frame(&plane, &mut sheet);
    let points: Vec<Point> = data.boxes.iter().map(|b| plane.at((b.coverage, b.density))).collect();
    if points.len() > 1 {
        sheet.canvas.path(points.clone(), Stroke { colour: theme.edge(), width: 1.2 });
    }
    points.iter().for_each(|point| sheet.canvas.disc(*point, 2.6, theme.muted()));
    numbers(data, &points, &plane, &mut sheet);
    let taken = plane.at(data.taken);
    if let Some(from) = points.get(data.choice) {
        sheet.canvas.dashes(*from, taken, Stroke { colour: ink, width: 1.0 });
    }
    sheet.canvas.diamond(taken, 7.0, green, Stroke { colour: ink, width: 1.4 });
    cross(data, &plane, &mut sheet);
    sheet.top = bottom + 42.0;
    sheet.finish(data)
}

/// How many columns a box limits, where that changes.
fn numbers(data: &TradeOff, points: &[Point], plane: &Plane, sheet: &mut Sheet) {
    let changes = |b: &usize| *b == 0 || data.boxes[*b].columns != data.boxes[*b - 1].columns;
    let told: Vec<(Point, String)> =
        (0..points.len()).filter(changes).map(|b| (points[b], data.boxes[b].columns.to_string())).collect();
    let face = Face::regular(SMALL);
    let labels: Vec<(Point, Point)> =
        told.iter().map(|(at, word)| (*at, (face.width(word) + 4.0, SMALL + 2.0))).collect();
    let mut busy: Vec<Area> = points.iter().map(|point| Area::around(*point, 3.2)).collect();
    busy.push(Area::around(plane.at(data.taken), 8.0));
    let area = Area { right: plane.x.pixels.1 + 8.0, ..plane.area() };
    for (place, (_, word)) in placed(&labels, &busy, &|_| 0.0, &area).iter().zip(told) {
        sheet.canvas.text((place.left + 2.0, place.bottom - 2.0), word, sheet.small());
    }
}

/// The box on the other rows: a dot with both intervals.
fn cross(data: &TradeOff, plane: &Plane, sheet: &mut Sheet) {
    let [(coverage, c_low, c_high), (density, d_low, d_high)] = data.scored;
    let stroke = Stroke { colour: sheet.theme.ink(), width: 1.4 };
    let (x, y) = plane.at((coverage, density));
    let ((left, bottom), (right, top)) = (plane.at((c_low, d_low)), plane.at((c_high, d_high)));
    sheet.canvas.line((left, y), (right, y), stroke);
    sheet.canvas.line((x, bottom), (x, top), stroke);
    sheet.canvas.ticks([left, right], y, stroke, 3.0);
    [bottom, top].into_iter().for_each(|end| sheet.canvas.line((x - 3.0, end), (x + 3.0, end), stroke));
    sheet.canvas.disc((x, y), 3.0, sheet.theme.ink());
}

fn frame(plane: &Plane, sheet: &mut Sheet) {
    let ticks = [plane.x.ticks(5).shares(), plane.y.ticks(5).shares()];
    plane.graduated(ticks, sheet.theme.hairline(), (7.0, DOWN), sheet);
    sheet.foot(&plane.x, plane.y.pixels.0);
    let titles = ["coverage: what the box holds of all that is looked for", "density: how much of the box it is"];
    plane.titles(titles, 36.0, MARGIN + BODY, sheet);
}
