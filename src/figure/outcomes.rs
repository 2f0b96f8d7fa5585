//! The outcome space: every package by what it is worth to the leaderships.

mod triangle;

use serde::Serialize;

use super::axis::Scale;
use super::canvas::Point;
use super::density::Density;
use super::picture::Picture;
use super::scatter::{Busy, Mark, Named, Panel, allowed_shades, draw_mark, no_defeat_shades};
use super::sheet::{Caption, MARGIN, SLIDE as WIDTH, SMALL, Sheet, Swatch, line_height};
use super::text::{Face, shortened, wrapped};
use super::theme::Theme;

/// What the picture "outcomes" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Outcomes {
    /// The words around it.
    pub caption: Caption,
    /// The leaderships, two to four.
    pub parties: Vec<Party>,
    /// One for each pair of parties that is to be drawn; for two parties one.
    pub pairs: Vec<Pair>,
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
pub struct Pair {
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
#[must_use]
pub fn draw(data: &Outcomes, theme: Theme) -> Picture {
    let mut sheet = Sheet::new("outcomes", WIDTH, &data.caption, theme);
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
    let sparse = data.pairs.iter().all(|pair| pair.allowed.is_sparse());
    let (all, good, words) = match sparse {
        true => (Swatch::Disc(all[3]), Swatch::Disc(good[3]), "allowed package"),
        false => (Swatch::Ramp(all), Swatch::Ramp(good), "allowed packages, few to many"),
    };
    let among = if sparse { "no-defeat package" } else { "no-defeat packages among them" };
    let mut entries = vec![(all, words.to_owned()), (good, among.to_owned())];
    let ink = theme.ink();
    if !data.frontier.is_empty() {
        let mark = if data.parties.len() <= 2 { Swatch::Line(ink) } else { Swatch::Dot(theme.muted()) };
        entries.push((mark, "Pareto frontier".to_owned()));
    }
    if data.parties.iter().any(|p| p.no_deal.is_some()) {
        entries.push((Swatch::Dashes(ink), "no deal".to_owned()));
    }
    entries.extend(point_legend(data, theme));
    entries
}

fn point_legend(data: &Outcomes, theme: Theme) -> Vec<(Swatch, String)> {
    let (ink, ground, green) = (theme.ink(), theme.background(), no_defeat_shades(theme)[3]);
    let filled = data.packages.iter().any(|p| p.no_defeat) || data.solutions.iter().any(|s| s.no_defeat);
    let named = data.packages.iter().any(|p| !p.bare_minimum);
    let bare = data.packages.iter().any(|p| p.bare_minimum);
    let solved = !data.solutions.is_empty();
    [
        (named, Swatch::Diamond(ground, ink), "named package"),
        (bare, Swatch::Twice(ground, ink), "the bare minimum"),
        (solved, Swatch::Ring(ground, ink), "solution point"),
        (filled && (named || bare), Swatch::Diamond(green, ink), "filled: a defeat for nobody"),
    ]
    .into_iter()
    .filter(|(present, ..)| *present)
    .map(|(_, swatch, words)| (swatch, words.to_owned()))
    .collect()
}

/// Two parties: one panel, with names at its points or, where they are many, with letters and a key beside it.
fn single(data: &Outcomes, sheet: &mut Sheet) {
    let Some(pair) = data.pairs.first() else { return };
    sheet.top += line_height(SMALL);
    let lettered = entries(data, |_, letter| letter.to_owned()).len() > NAMED;
    let edge = WIDTH - MARGIN - Face::regular(SMALL).width("no deal") - 6.0;
    let right = if lettered { edge - KEY - 4.0 } else { edge };
    let area = (LEFT, sheet.top, right, sheet.top + sheet.room(38.0, 220.0));
    let panel = panel(data, pair, area);
    paint(data, pair, &panel, sheet, 7);
    panel.bottom_numbers(sheet, 7);
    panel.side_numbers(sheet, 7);
    name_no_deal(data, pair, &panel, sheet);
    let named = named(data, pair, |label, letter| if lettered { letter.to_owned() } else { label.to_owned() });
    panel.named(sheet, &named, 190.0, &busy(data, pair, &panel));
    panel.uncover(&mut sheet.canvas, sheet.theme, &pair.no_defeat, &named);
    if lettered {
        key(data, sheet, (WIDTH - MARGIN - KEY, area.1), (KEY, area.3 - area.1 + 32.0));
    }
    sheet.top = area.3 + 36.0;
    titles(data, pair, area, sheet);
}

fn titles(data: &Outcomes, pair: &Pair, area: (f64, f64, f64, f64), sheet: &mut Sheet) {
    let middle = f64::midpoint(area.0, area.2);
    let (body, upwards) = (sheet.body().middle(), sheet.body().middle().upwards());
    let face = Face::regular(body.size);
    let (across, high) = (area.2 - area.0, area.3 - area.1);
    let (along, up) = (axis_title(data, pair.x, across, face), axis_title(data, pair.y, high, face));
    sheet.canvas.text((middle, sheet.top - 2.0), shortened(&along, across, face), body);
    let middle = f64::midpoint(area.1, area.3);
    sheet.canvas.text((MARGIN, middle), shortened(&up, high, face), upwards);
}

/// The list that says what the letters mean, in a column of this width and height.
fn key(data: &Outcomes, sheet: &mut Sheet, (left, top): Point, (wide, high): (f64, f64)) {
    let entries = entries(data, |label, letter| format!("{letter}: {label}"));
    let room = wide - 24.0;
    let rows = |most| entries.iter().map(|(n, ..)| wrapped(n, room, most, Face::regular(SMALL)).len()).sum::<usize>();
    let fits = |most| rows(most) as f64 * line_height(SMALL) + entries.len() as f64 * 3.0 < high;
    let most = if fits(2) { 2 } else { 1 };
    let gap = ((high - rows(most) as f64 * line_height(SMALL)) / entries.len().max(1) as f64).clamp(0.0, 6.0);
    let mut row = top + 2.0;
    for (label, _, mark, good) in entries {
        draw_mark(&mut sheet.canvas, sheet.theme, (left + 8.0, row + SMALL * 0.65), mark, good);
        let mut small = sheet.small();
        small.colour = sheet.theme.ink();
        row = sheet.lines((left + 24.0, row), &label, room, most, small) + gap;
    }
}

/// What the labels of a single panel should rather not cover: packages, the frontier, the no-deal lines.
fn busy<'a>(data: &Outcomes, pair: &'a Pair, panel: &Panel) -> Busy<'a> {
    let mut frontier: Vec<Point> = data.frontier.iter().filter_map(|u| Some(panel.at(at(u, pair)?))).collect();
    frontier.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut lines: Vec<(Point, Point)> = frontier.windows(2).map(|ends| (ends[0], ends[1])).collect();
    let area = panel.area();
    let no_deal = |party: usize| data.parties.get(party).and_then(|p| p.no_deal);
    lines.extend(no_deal(pair.x).map(|x| panel.x.within(x)).map(|x| ((x, area.top), (x, area.bottom))));
    lines.extend(no_deal(pair.y).map(|y| panel.y.within(y)).map(|y| ((area.left, y), (area.right, y))));
    Busy { cells: Some(&pair.allowed), green: Some(&pair.no_defeat), lines }
}

/// What is measured along an axis with so much room, in as many words as fit.
fn axis_title(data: &Outcomes, party: usize, room: f64, face: Face) -> String {
    let Some(party) = data.parties.get(party) else { return String::new() };
    let whole = format!("{} (points of its leadership)", party.name);
    if face.width(&whole) <= room { whole } else { format!("{} (points)", party.name) }
}

fn name_no_deal(data: &Outcomes, pair: &Pair, panel: &Panel, sheet: &mut Sheet) {
    let area = panel.area();
    let small = sheet.small();
    if let Some(x) = data.parties.get(pair.x).and_then(|p| p.no_deal) {
        sheet.canvas.text((panel.x.within(x), area.top - 5.0), "no deal", small.middle());
    }
    if let Some(y) = data.parties.get(pair.y).and_then(|p| p.no_deal) {
        sheet.canvas.text((area.right + 5.0, panel.y.within(y) + SMALL * 0.36), "no deal", small);
    }
}

/// The panel of a pair, with scales shared by all panels of a party.
fn panel(data: &Outcomes, pair: &Pair, (left, top, right, bottom): (f64, f64, f64, f64)) -> Panel {
    Panel {
        x: Scale::around(values(data, pair.x), (left, right)),
        y: Scale::around(values(data, pair.y), (bottom, top)),
    }
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

fn paint(data: &Outcomes, pair: &Pair, panel: &Panel, sheet: &mut Sheet, ticks: u32) {
    let theme = sheet.theme;
    panel.grid(&mut sheet.canvas, theme, ticks);
    let (all, good) = (allowed_shades(theme), no_defeat_shades(theme));
    if pair.allowed.is_sparse() {
        pair.allowed.dots(&mut sheet.canvas, &panel.x, &panel.y, 3.0, all[3]);
    } else {
        pair.allowed.paint(&mut sheet.canvas, &panel.x, &panel.y, all);
        pair.no_defeat.paint(&mut sheet.canvas, &panel.x, &panel.y, good);
    }
    let no_deal = |party: usize| data.parties.get(party).and_then(|p| p.no_deal);
    panel.no_deal(&mut sheet.canvas, theme, (no_deal(pair.x), no_deal(pair.y)));
    let frontier: Vec<Point> = data.frontier.iter().filter_map(|u| at(u, pair)).collect();
    panel.frontier(&mut sheet.canvas, theme, &frontier, data.parties.len() <= 2);
    if pair.allowed.is_sparse() {
        pair.no_defeat.dots(&mut sheet.canvas, &panel.x, &panel.y, 4.2, good[3]);
    }
}

fn at(utilities: &[f64], pair: &Pair) -> Option<Point> {
    Some((*utilities.get(pair.x)?, *utilities.get(pair.y)?))
}

fn named(data: &Outcomes, pair: &Pair, write: impl Fn(&str, &str) -> String) -> Vec<Named> {
    entries(data, write)
        .into_iter()
        .filter_map(|(label, utilities, mark, no_defeat)| {
            Some(Named { at: at(utilities, pair)?, label, mark, no_defeat })
        })
        .collect()
}

/// A point: its label, what it is worth to each party, its mark, and whether it is a defeat for nobody.
type Entry<'a> = (String, &'a [f64], Mark, bool);

/// Solutions first (they have the shortest labels), then packages; lettered A, B, …
fn entries(data: &Outcomes, write: impl Fn(&str, &str) -> String) -> Vec<Entry<'_>> {
    let solutions = merged(&data.solutions).into_iter().map(|(label, at, good)| (label, at, Mark::Solution, good));
    let packages = data.packages.iter().map(|p| {
        let mark = if p.bare_minimum { Mark::BareMinimum } else { Mark::Package };
        (p.label.clone(), p.utilities.as_slice(), mark, p.no_defeat)
    });
    let letters = ('A'..='Z').map(String::from).chain(('a'..='z').map(String::from));
    solutions
        .chain(packages)
        .zip(letters.chain(std::iter::repeat("…".to_owned())))
        .map(|((label, at, mark, good), letter)| (write(&label, &letter), at, mark, good))
        .collect()
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
            pairs: vec![Pair { x: 0, y: 1, allowed: all, no_defeat: one }],
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
