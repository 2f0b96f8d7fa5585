//! The outcome space: every package by what it is worth to the leaderships.

mod class;
mod triangle;

use super::prelude::*;
use super::scatter::{Busy, Mark, Named, allowed_shades, no_defeat_shades};
use crate::num::Order;
pub use class::{Class, ClassDeal, draw as draw_class};

/// What the picture "outcomes" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Outcomes {
    /// The words around it.
    pub caption: Caption,
    /// The leaderships, two to four.
    pub parties: Vec<Party>,
    /// One for each pair of parties that is to be drawn; for two parties one.
    pub pairs: Vec<PartyPair>,
    /// The packages of the Pareto frontier over all leaderships, `frontier[package][party]` in points.
    pub frontier: Vec<Vec<f64>>,
    /// The packages that the scenario names; some eight are readable.
    pub packages: Vec<Package>,
    /// The solution points; those at one place share one label, "Nash = Kalai–Smorodinsky".
    pub solutions: Vec<Solution>,
}

/// A leadership.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Party {
    /// Its name: "Russia" gives the axis "Russia (points of its leadership)".
    pub name: String,
    /// What no deal is worth to it, in points.
    pub no_deal: Option<f64>,
}

/// Two parties against each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartyPair {
    /// The party along the bottom, as an index into the parties, lower than `y`.
    pub x: usize,
    /// The party along the side.
    pub y: usize,
    /// All allowed packages; 50 by 50 cells are fine enough for one panel, 32 by 32 for a triangle.
    pub allowed: Density,
    /// The no-defeat packages among them.
    pub no_defeat: Density,
}

/// A named package.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Package {
    /// Its name or terms.
    pub label: String,
    /// What it is worth to each party, in points.
    pub utilities: Vec<f64>,
    /// Whether it is what the scenario marks as the bare minimum.
    pub bare_minimum: bool,
    /// Whether it is a defeat for nobody.
    pub no_defeat: bool,
}

/// A solution point.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Solution {
    /// "Nash", "Kalai–Smorodinsky", "egalitarian", "utilitarian".
    pub label: String,
    /// What it is worth to each party, in points.
    pub utilities: Vec<f64>,
    /// Whether some package that is worth this is a defeat for nobody.
    pub no_defeat: bool,
}

/// Points that are named beside them; if there are more, letters stand there, and a key says what they mean.
const NAMED: usize = 8;
/// Room for the key beside a single panel.
const KEY: f64 = 216.0;
/// Room for numbers and the axis title at the left.
const LEFT: f64 = MARGIN + 50.0;

/// Draws the outcome space; more than two parties give a triangle of pairs.
pub fn draw(data: &Outcomes, look: impl Into<Look>) -> Picture {
    let look = look.into();
    let theme = look.theme;
    let mut sheet = Sheet::new("outcomes", SLIDE, &data.caption, look);
    sheet.legend(&legend(data, theme));
    if data.parties.len() <= 2 {
        single(data, &mut sheet);
    } else {
        triangle::draw(data, &mut sheet);
    }
    sheet.finish(data)
}

fn legend(data: &Outcomes, theme: Theme) -> Vec<(Swatch, String)> {
    let (all, good) = (allowed_shades(theme), no_defeat_shades(theme));
    let (ink, ground) = (theme.ink(), theme.background());
    let packages = match data.pairs.iter().all(|pair| pair.allowed.is_sparse()) {
        true => [(Swatch::Disc(all[3]), "allowed package"), (Swatch::Disc(good[3]), "no-defeat package")],
        false => [
            (Swatch::Ramp(all), "allowed packages, few to many"),
            (Swatch::Ramp(good), "no-defeat packages among them"),
        ],
    };
    let frontier = if data.parties.len() <= 2 { Swatch::Line(ink) } else { Swatch::Dot(theme.muted()) };
    let filled = data.packages.iter().any(|p| p.no_defeat) || data.solutions.iter().any(|s| s.no_defeat);
    let named = data.packages.iter().any(|p| !p.bare_minimum);
    let bare = data.packages.iter().any(|p| p.bare_minimum);
    let no_deal = data.parties.iter().any(|p| p.no_deal.is_some());
    let points = [
        (!data.frontier.is_empty(), frontier, "Pareto frontier"),
        (no_deal, Swatch::Dashes(ink), "no deal"),
        (named, Swatch::Diamond(ground, ink), "named package"),
        (bare, Swatch::Twice(ground, ink), "the bare minimum"),
        (!data.solutions.is_empty(), Swatch::Ring(ground, ink), "solution point"),
        (filled && (named || bare), Swatch::Diamond(good[3], ink), "filled: a defeat for nobody"),
    ];
    let present = points.into_iter().filter(|(present, ..)| *present).map(|(_, swatch, words)| (swatch, words));
    packages.into_iter().chain(present).map(|(swatch, words)| (swatch, words.to_owned())).collect()
}

/// Two parties: one panel, with names at its points or, where they are many, with letters and a key beside it.
fn single(data: &Outcomes, sheet: &mut Sheet) {
    let Some(pair) = data.pairs.first() else { return };
    sheet.top += line_height(SMALL);
    let lettered = spots(data).len() > if sheet.is_narrow() { 0 } else { NAMED };
    let edge = sheet.right() - Face::regular(SMALL).width("no deal") - 6.0;
    let right = if lettered && !sheet.is_narrow() { edge - KEY - 4.0 } else { edge };
    let (top, bottom) = (sheet.top, sheet.top + sheet.room(38.0, 220.0));
    let plane = plane(data, pair, (LEFT, right), (top, bottom));
    paint(data, pair, &plane, sheet, 7);
    plane.bottom_numbers(plane.x.ticks(7).numbers(), sheet);
    plane.side_numbers(plane.y.ticks(7).numbers(), sheet);
    name_no_deal(data, pair, &plane, sheet);
    let named = named(data, pair, lettered);
    plane.named(sheet, &named, 190.0, &busy(data, pair, &plane));
    plane.uncover(&pair.no_defeat, &named, sheet);
    let below = if lettered && sheet.is_narrow() {
        key(data, sheet, (MARGIN, bottom + 44.0), (sheet.width - 2.0 * MARGIN, f64::INFINITY)) - 8.0
    } else if lettered {
        key(data, sheet, (sheet.right() - KEY, top), (KEY, bottom - top + 32.0));
        bottom + 36.0
    } else {
        bottom + 36.0
    };
    sheet.top = below;
    let title = |party: usize, room: f64| {
        let face = Face::regular(BODY);
        shortened(&axis_title(data, party, room, face), room, face)
    };
    plane.titles([&title(pair.x, right - LEFT), &title(pair.y, bottom - top)], 34.0, MARGIN, sheet);
}

/// The list that says what the letters mean, in a column of this width and height; gives the row below it.
fn key(data: &Outcomes, sheet: &mut Sheet, (left, top): Point, (wide, high): (f64, f64)) -> f64 {
    let spots = spots(data);
    let labels: Vec<String> = spots.iter().map(|spot| format!("{}: {}", spot.letter, spot.label)).collect();
    let room = wide - 24.0;
    let rows = |most| labels.iter().map(|label| height(label, room, most, Face::regular(SMALL))).sum::<f64>();
    let most = if rows(2) + labels.len() as f64 * 3.0 < high { 2 } else { 1 };
    let gap = ((high - rows(most)) / labels.len().max(1) as f64).clamp(0.0, 6.0);
    let mut row = top + 2.0;
    for (spot, label) in spots.iter().zip(labels) {
        spot.mark.draw((left + 8.0, row + SMALL * 0.65), spot.no_defeat, sheet.theme, &mut sheet.canvas);
        row = sheet.lines((left + 24.0, row), &label, room, most, sheet.note()) + gap;
    }
    row
}

/// What the labels of a single panel should rather not cover: packages, the frontier, the no-deal lines.
fn busy<'a>(data: &Outcomes, pair: &'a PartyPair, plane: &Plane) -> Busy<'a> {
    let frontier = frontier(data, pair, plane);
    let lines = frontier.windows(2).map(|ends| (ends[0], ends[1])).chain(plane.no_deal(data.no_deal(pair)));
    Busy { all: &pair.allowed, green: &pair.no_defeat, lines: lines.collect() }
}

/// The places of the frontier, from the left.
fn frontier(data: &Outcomes, pair: &PartyPair, plane: &Plane) -> Vec<Point> {
    let mut places: Vec<Point> = data.frontier.iter().filter_map(|u| Some(plane.at(pair.at(u)?))).collect();
    places.order_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    places
}

/// What is measured along an axis with so much room, in as many words as fit.
fn axis_title(data: &Outcomes, party: usize, room: f64, face: Face) -> String {
    let Some(party) = data.parties.get(party) else { return String::new() };
    let whole = format!("{} (points of its leadership)", party.name);
    if face.width(&whole) <= room { whole } else { format!("{} (points)", party.name) }
}

fn name_no_deal(data: &Outcomes, pair: &PartyPair, plane: &Plane, sheet: &mut Sheet) {
    let (area, (x, y)) = (plane.area(), data.no_deal(pair));
    if let Some(x) = x {
        sheet.canvas.text((plane.x.within(x), area.top - 5.0), "no deal", sheet.small().middle());
    }
    if let Some(y) = y {
        sheet.canvas.label((area.right + 5.0, plane.y.within(y)), "no deal", sheet.small());
    }
}

/// The panel of a pair, with scales shared by all panels of a party.
fn plane(data: &Outcomes, pair: &PartyPair, across: (f64, f64), (top, bottom): (f64, f64)) -> Plane {
    let scale = |party, pixels| Scale::around(values(data, party), pixels);
    Plane { x: scale(pair.x, across), y: scale(pair.y, (bottom, top)) }
}

/// Everything that must lie within the scale of a party.
fn values(data: &Outcomes, party: usize) -> Vec<f64> {
    let points = data.packages.iter().map(|p| &p.utilities).chain(data.solutions.iter().map(|s| &s.utilities));
    let points = points.chain(&data.frontier).filter_map(|utilities| utilities.get(party).copied());
    let cells = data.pairs.iter().flat_map(|pair| {
        let [x, y] = pair.allowed.extent().unwrap_or([(f64::NAN, f64::NAN); 2]);
        [(pair.x, x), (pair.y, y)].into_iter().filter(|(p, _)| *p == party).flat_map(|(_, (low, high))| [low, high])
    });
    let no_deal = data.parties.get(party).and_then(|p| p.no_deal);
    points.chain(cells).chain(no_deal).collect()
}

fn paint(data: &Outcomes, pair: &PartyPair, plane: &Plane, sheet: &mut Sheet, ticks: u32) {
    let theme = sheet.theme;
    plane.framed(ticks, sheet);
    let (all, good, sparse) = (allowed_shades(theme), no_defeat_shades(theme), pair.allowed.is_sparse());
    if sparse {
        pair.allowed.dots(&mut sheet.canvas, plane, 3.0, all[3]);
    } else {
        pair.allowed.paint(&mut sheet.canvas, plane, all);
        pair.no_defeat.paint(&mut sheet.canvas, plane, good);
    }
    for (from, to) in plane.no_deal(data.no_deal(pair)) {
        sheet.canvas.dashes(from, to, Stroke { colour: theme.ink(), width: 1.1 });
    }
    Plane::frontier(frontier(data, pair, plane), data.parties.len() <= 2, sheet);
    if sparse {
        pair.no_defeat.dots(&mut sheet.canvas, plane, 4.2, good[3]);
    }
}

impl Outcomes {
    /// What no deal is worth to the parties of a pair.
    fn no_deal(&self, pair: &PartyPair) -> (Option<f64>, Option<f64>) {
        let of = |party: usize| self.parties.get(party).and_then(|p| p.no_deal);
        (of(pair.x), of(pair.y))
    }
}

impl PartyPair {
    /// What the parties of the pair have of these utilities.
    fn at(&self, utilities: &[f64]) -> Option<Point> {
        Some((*utilities.get(self.x)?, *utilities.get(self.y)?))
    }
}

/// A point that is named, in the panel of every pair.
struct Spot<'a> {
    label: String,
    /// What stands for the label where labels are many.
    letter: String,
    utilities: &'a [f64],
    mark: Mark,
    no_defeat: bool,
}

/// The points in the panel of a pair, with their letters or their labels.
fn named(data: &Outcomes, pair: &PartyPair, lettered: bool) -> Vec<Named> {
    let named = |Spot { label, letter, utilities, mark, no_defeat }: Spot| {
        Some(Named { at: pair.at(utilities)?, label: if lettered { letter } else { label }, mark, no_defeat })
    };
    spots(data).into_iter().filter_map(named).collect()
}

/// Solutions first (they have the shortest labels), then packages; lettered A, B, …
fn spots(data: &Outcomes) -> Vec<Spot<'_>> {
    let solutions = merged(&data.solutions).into_iter().map(|(label, at, good)| (label, at, Mark::Solution, good));
    let packages = data.packages.iter().map(|p| {
        let mark = if p.bare_minimum { Mark::BareMinimum } else { Mark::Package };
        (p.label.clone(), p.utilities.as_slice(), mark, p.no_defeat)
    });
    let letters = ('A'..='Z').chain('a'..='z').map(String::from).chain(std::iter::repeat("…".to_owned()));
    let spot = |((label, utilities, mark, no_defeat), letter)| Spot { label, letter, utilities, mark, no_defeat };
    solutions.chain(packages).zip(letters).map(spot).collect()
}

/// Solutions at one place under one label.
fn merged(solutions: &[Solution]) -> Vec<(String, &[f64], bool)> {
    let mut merged: Vec<(String, &[f64], bool)> = Vec::new();
    for Solution { label, utilities, no_defeat } in solutions {
        match merged.iter_mut().find(|(_, at, _)| *at == utilities.as_slice()) {
            Some((shared, ..)) => *shared = format!("{shared} = {label}"),
            None => merged.push((label.clone(), utilities, *no_defeat)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solutions_at_one_place_share_a_label() {
        let point = |label: &str, u: f64| Solution { label: label.into(), utilities: vec![u, 2.0], no_defeat: false };
        let solutions = [point("Nash", 1.0), point("utilitarian", 3.0), point("KS", 1.0)];
        let labels: Vec<String> = merged(&solutions).into_iter().map(|(label, ..)| label).collect();
        assert_eq!(labels, ["Nash = KS", "utilitarian"]);
    }

    /// One package that is a defeat for nobody, at the place of a named one that is a defeat for somebody.
    fn crowded(no_defeat: bool) -> Outcomes {
        let mut one = Density::new((0.0, 10.0), (0.0, 10.0), 10, 10);
        one.add(5.0, 5.0);
        let mut all = one.clone();
        all.add(2.0, 8.0);
        let named = Package { label: "last offer".into(), utilities: vec![5.0, 5.0], no_defeat, ..Package::default() };
        Outcomes {
            parties: vec![Party::default(), Party::default()],
            pairs: vec![PartyPair { x: 0, y: 1, allowed: all, no_defeat: one }],
            frontier: vec![vec![2.0, 8.0], vec![5.0, 5.0]],
            packages: vec![named],
            ..Outcomes::default()
        }
    }

    #[test]
    fn the_only_green_dot_is_never_hidden() {
        let green = no_defeat_shades(Theme::Light)[3];
        let hex = format!("#{:02X}{:02X}{:02X}", green.red, green.green, green.blue);
        for filled in [false, true] {
            let svg = draw(&crowded(filled), Theme::Light).svg;
            let top = svg.rfind(&hex).expect("something is green");
            let diamond = svg.rfind("<polygon").expect("the named package is drawn");
            assert!(top >= diamond, "the mark of the named package covers the only green dot");
        }
    }

    #[test]
    fn more_than_eight_points_have_letters_and_a_key() {
        let mut data = crowded(false);
        let named =
            |i: u8| Package { label: format!("offer {i}"), utilities: vec![f64::from(i), 5.0], ..Package::default() };
        data.packages = (0..8).map(named).collect();
        assert!(!draw(&data, Theme::Light).svg.contains("A: offer"));
        data.packages.push(named(8));
        assert!(draw(&data, Theme::Light).svg.contains("A: offer 0"));
    }
}
