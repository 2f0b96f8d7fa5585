//! A class in the outcome space: what each pair agreed, as a point among all packages.

use super::super::prelude::*;
use super::{LEFT, Outcomes, PartyPair, axis_title, busy, merged, name_no_deal, paint, plane};
use crate::figure::scatter::{Mark, no_defeat_shades};

/// What the picture "class" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Class {
    /// The outcome space; its named packages are not drawn.
    #[serde(flatten)]
    pub space: Outcomes,
    /// What pairs agreed, once for each package.
    pub deals: Vec<ClassDeal>,
    /// Pairs without a deal.
    pub without: usize,
}

/// A package that one pair agreed on, or several.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ClassDeal {
    /// The pairs, by number.
    pub pairs: Vec<usize>,
    /// What it is worth to each party, in points.
    pub utilities: Vec<f64>,
    /// Whether it is a settlement, and a defeat for nobody.
    pub no_defeat: bool,
    /// What a package is worth that is better for all; empty if there is none.
    pub better: Vec<f64>,
}

/// Deals up to which each is named, and has its arrow.
const FEW: usize = 40;
/// Pairs of one deal up to which each is named.
const TOGETHER: usize = 4;
/// Panels at most, where there are more than two parties.
const PANELS: usize = 3;
/// Half the width of a mark, where they are few and where they are many.
const HALF: f64 = 5.0;
const SMALL_HALF: f64 = 2.8;

/// Draws a class; more than two parties give up to three panels, one under the other.
pub fn draw(data: &Class, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("class", SLIDE, &data.space.caption, theme);
    sheet.legend(&legend(data, theme));
    let panels = data.space.pairs.len().min(PANELS);
    for pair in data.space.pairs.iter().take(PANELS) {
        sheet.top += line_height(SMALL);
        let high = if panels > 1 { 260.0 } else { sheet.room(38.0, 340.0) };
        panel(data, pair, high, &mut sheet);
    }
    sheet.finish(data)
}

fn legend(data: &Class, theme: Theme) -> Vec<(Swatch, String)> {
    let (ink, ground) = (theme.ink(), theme.background());
    let own = |no_defeat: bool| data.deals.iter().any(|deal| deal.no_defeat == no_defeat);
    let pairs = [
        (own(true), Swatch::Disc(no_defeat_shades(theme)[3]), "a pair: a defeat for nobody"),
        (
            own(false),
            Swatch::Edged(ground, theme.tone(Tone::Defeat)),
            "a pair: a defeat for somebody at home, or no settlement",
        ),
        (data.without > 0, Swatch::Cross(ink), "pairs without a deal"),
        (
            data.deals.len() <= FEW && data.deals.iter().any(|deal| !deal.better.is_empty()),
            Swatch::Line(theme.muted()),
            "up to a package better for all",
        ),
    ];
    let pairs = pairs.into_iter().filter(|(there, ..)| *there).map(|(_, swatch, words)| (swatch, words.to_owned()));
    pairs.chain(super::legend(&data.space, theme)).collect()
}

fn panel(data: &Class, pair: &PartyPair, high: f64, sheet: &mut Sheet) {
    let space = &data.space;
    let right = SLIDE - MARGIN - Face::regular(SMALL).width("no deal") - 6.0;
    let (top, bottom) = (sheet.top, sheet.top + high);
    let plane = plane(space, pair, (LEFT, right), (top, bottom));
    paint(space, pair, &plane, sheet, 7);
    plane.bottom_numbers(plane.x.ticks(7).numbers(), sheet);
    plane.side_numbers(plane.y.ticks(7).numbers(), sheet);
    name_no_deal(space, pair, &plane, sheet);
    arrows(data, pair, &plane, sheet);
    let spots = spots(data, pair, &plane);
    write(&spots, pair, space, &plane, sheet);
    let half = if data.deals.len() <= FEW { HALF } else { SMALL_HALF };
    spots.iter().for_each(|spot| spot.shape.draw(spot.at, half, sheet));
    sheet.top = bottom + 44.0;
    let title = |party: usize, room: f64| {
        let face = Face::regular(BODY);
        shortened(&axis_title(space, party, room, face), room, face)
    };
    plane.titles([&title(pair.x, right - LEFT), &title(pair.y, high)], 34.0, MARGIN, sheet);
}

/// A line from each deal to a package that is better for all.
fn arrows(data: &Class, pair: &PartyPair, plane: &Plane, sheet: &mut Sheet) {
    let stroke = Stroke { colour: sheet.theme.muted(), width: 1.6 };
    let ends = |deal: &ClassDeal| Some((plane.at(pair.at(&deal.utilities)?), plane.at(pair.at(&deal.better)?)));
    for (from, to) in data.deals.iter().filter(|_| data.deals.len() <= FEW).filter_map(ends) {
        sheet.canvas.line(from, to, stroke);
        sheet.canvas.disc(to, 2.6, sheet.theme.muted());
    }
}

/// How a point is marked: by shape as well as by colour.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Solution(bool),
    NoDefeat,
    Defeat,
    NoDeal,
}

struct Spot {
    at: Point,
    label: String,
    shape: Shape,
}

/// Solutions first, pairs over them.
fn spots(data: &Class, pair: &PartyPair, plane: &Plane) -> Vec<Spot> {
    let solution = |(label, utilities, good): (String, &[f64], bool)| {
        Some(Spot { at: plane.at(pair.at(utilities)?), label, shape: Shape::Solution(good) })
    };
    let few = data.deals.len() <= FEW;
    let deal = |deal: &ClassDeal| {
        let shape = if deal.no_defeat { Shape::NoDefeat } else { Shape::Defeat };
        let label = if few { numbers(&deal.pairs) } else { String::new() };
        Some(Spot { at: plane.at(pair.at(&deal.utilities)?), label, shape })
    };
    let without = (data.without > 0).then(|| {
        let at = data.space.no_deal(pair);
        let label = match data.without {
            1 => "1 pair without a deal".to_owned(),
            many => format!("{many} pairs without a deal"),
        };
        Some(Spot { at: plane.at((at.0?, at.1?)), label, shape: Shape::NoDeal })
    });
    let solutions = merged(&data.space.solutions).into_iter().filter_map(solution);
    solutions.chain(data.deals.iter().filter_map(deal)).chain(without.flatten()).collect()
}

/// `3`, `3, 7`, or `12 pairs` where there are many.
fn numbers(pairs: &[usize]) -> String {
    if pairs.len() > TOGETHER {
        return format!("{} pairs", pairs.len());
    }
    pairs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The labels, beside their points and off each other.
fn write(spots: &[Spot], pair: &PartyPair, space: &Outcomes, plane: &Plane, sheet: &mut Sheet) {
    let named: Vec<&Spot> = spots.iter().filter(|spot| !spot.label.is_empty()).collect();
    let face = |spot: &Spot| match spot.shape {
        Shape::NoDefeat | Shape::Defeat => Face::bold(BODY),
        _ => Face::regular(SMALL),
    };
    let size = |spot: &&Spot| {
        let face = face(spot);
        (spot.at, (face.width(&spot.label) + 6.0, line_height(face.size) + 2.0))
    };
    let sizes: Vec<Segment> = named.iter().map(size).collect();
    let marks: Vec<Area> = spots.iter().map(|spot| Area::around(spot.at, HALF + 1.5)).collect();
    let busy = busy(space, pair, plane);
    let places = placed(&sizes, &marks, &|place| 0.3 * plane.ink_under(place, &busy), &plane.area());
    let leader = Stroke { colour: sheet.theme.ink(), width: 0.7 };
    for (spot, place) in named.iter().zip(&places) {
        sheet.canvas.line(spot.at, place.nearest(spot.at), leader);
    }
    for (spot, place) in named.iter().zip(&places) {
        let face = face(spot);
        let plate = sheet.theme.background().fading(0.85);
        sheet.canvas.rect((place.left, place.top), (place.right, place.bottom), plate);
        let lettering = if face.bold { sheet.body().bold() } else { sheet.note() };
        sheet.canvas.text((place.left + 3.0, place.top + face.size), spot.label.as_str(), lettering);
    }
}

impl Shape {
    fn draw(self, (x, y): Point, half: f64, sheet: &mut Sheet) {
        let (theme, canvas) = (sheet.theme, &mut sheet.canvas);
        let (ground, ink) = (theme.background(), theme.ink());
        match self {
            Self::Solution(good) => Mark::Solution.draw((x, y), good, theme, canvas),
            Self::NoDefeat => {
                canvas.disc((x, y), half + 2.2, ground);
                canvas.ring((x, y), half + 0.6, no_defeat_shades(theme)[3], ink);
            }
            Self::Defeat => {
                let around = |half: f64| ((x - half, y - half), (x + half, y + half));
                let (from, to) = around(half + 1.8);
                canvas.rect(from, to, ground);
                let (from, to) = around(half);
                canvas.frame(
                    from,
                    to,
                    Stroke { colour: theme.tone(Tone::Defeat), width: if half < HALF { 1.4 } else { 2.2 } },
                );
            }
            Self::NoDeal => {
                let stroke = Stroke { colour: ink, width: 2.0 };
                canvas.line((x - HALF, y - HALF), (x + HALF, y + HALF), stroke);
                canvas.line((x - HALF, y + HALF), (x + HALF, y - HALF), stroke);
            }
        }
    }
}
