//! One panel of the outcome space: cells, frontier, no-deal lines, named points.

use super::axis::Scale;
use super::canvas::{Canvas, Point, Stroke};
use super::density::Density;
use super::labels::{Area, placed};
use super::palette::{Colour, Tone, tone};
use super::sheet::{SMALL, Sheet, line_height, ring, twice};
use super::text::{Face, wrapped};
use super::theme::Theme;

/// Grey steps for all allowed packages, faint to full.
pub fn allowed_shades(theme: Theme) -> [Colour; 4] {
    let (ink, ground) = (theme.ink(), theme.background());
    [0.10, 0.17, 0.25, 0.34].map(|share| ink.over(share, ground))
}

/// Green steps for no-defeat packages, faint to full.
pub fn no_defeat_shades(theme: Theme) -> [Colour; 4] {
    let (green, ground) = (tone(theme, Tone::Settled), theme.background());
    [0.42, 0.58, 0.76, 0.95].map(|share| green.over(share, ground))
}

/// A panel between two scales; `y.pixels` runs from the lower edge up.
pub struct Panel {
    /// Values of the party along the bottom.
    pub x: Scale,
    /// Values of the party along the side.
    pub y: Scale,
}

/// A point with its name.
pub struct Named {
    /// Values along x and y.
    pub at: Point,
    /// What to write beside it.
    pub label: String,
    /// How it is marked.
    pub mark: Mark,
    /// Whether it is a defeat for nobody, which fills its mark.
    pub no_defeat: bool,
}

/// What labels should rather not cover.
#[derive(Default)]
pub struct Busy<'a> {
    /// The packages.
    pub cells: Option<&'a Density>,
    /// The no-defeat packages among them.
    pub green: Option<&'a Density>,
    /// Lines, by their ends in pixels.
    pub lines: Vec<(Point, Point)>,
}

/// How a named point is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A named package.
    Package,
    /// The package that the scenario calls the bare minimum.
    BareMinimum,
    /// A solution point.
    Solution,
}

impl Panel {
    /// The area of the panel.
    pub fn area(&self) -> Area {
        Area { left: self.x.pixels.0, top: self.y.pixels.1, right: self.x.pixels.1, bottom: self.y.pixels.0 }
    }

    /// Where a point lies.
    pub fn at(&self, (x, y): Point) -> Point {
        (self.x.within(x), self.y.within(y))
    }

    /// Grid lines at the ticks, and the frame.
    pub fn grid(&self, canvas: &mut Canvas, theme: Theme, ticks: u32) {
        let area = self.area();
        let stroke = Stroke { colour: theme.grid(), width: 0.8 };
        for x in self.x.ticks(ticks).values {
            canvas.line((self.x.at(x), area.top), (self.x.at(x), area.bottom), stroke);
        }
        for y in self.y.ticks(ticks).values {
            canvas.line((area.left, self.y.at(y)), (area.right, self.y.at(y)), stroke);
        }
        canvas.frame((area.left, area.top), (area.right, area.bottom), Stroke { colour: theme.edge(), width: 1.0 });
    }

    /// The numbers along the bottom.
    pub fn bottom_numbers(&self, sheet: &mut Sheet, ticks: u32) {
        let lettering = sheet.small().middle();
        for (value, words) in self.x.ticks(ticks).labelled() {
            sheet.canvas.text((self.x.at(value), self.area().bottom + 15.0), words, lettering);
        }
    }

    /// The numbers along the left side.
    pub fn side_numbers(&self, sheet: &mut Sheet, ticks: u32) {
        let lettering = sheet.small().end();
        for (value, words) in self.y.ticks(ticks).labelled() {
            sheet.canvas.text((self.area().left - 6.0, self.y.at(value) + SMALL * 0.36), words, lettering);
        }
    }

    /// The values of no deal as dashed lines.
    pub fn no_deal(&self, canvas: &mut Canvas, theme: Theme, (x, y): (Option<f64>, Option<f64>)) {
        let area = self.area();
        let stroke = Stroke { colour: theme.ink(), width: 1.1 };
        if let Some(x) = x.map(|x| self.x.within(x)) {
            canvas.dashes((x, area.bottom), (x, area.top), stroke);
        }
        if let Some(y) = y.map(|y| self.y.within(y)) {
            canvas.dashes((area.left, y), (area.right, y), stroke);
        }
    }

    /// The frontier: its packages as dots, joined in order of x where that is the true frontier of two parties.
    pub fn frontier(&self, canvas: &mut Canvas, theme: Theme, points: &[Point], joined: bool) {
        let mut points: Vec<Point> = points.iter().map(|p| self.at(*p)).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        if joined && points.len() > 1 {
            canvas.path(points.clone(), Stroke { colour: theme.ink(), width: 1.2 });
        }
        let (radius, colour) = if joined { (1.9, theme.ink()) } else { (1.2, theme.muted()) };
        for point in points {
            canvas.disc(point, radius, colour);
        }
    }

    /// The named points with their labels beside them.
    pub fn named(&self, sheet: &mut Sheet, named: &[Named], room: f64, busy: &Busy) {
        let sets: Vec<Vec<String>> = named.iter().map(|n| wrapped(&n.label, room, 2, face(n.mark))).collect();
        let sizes: Vec<(Point, (f64, f64))> = named
            .iter()
            .zip(&sets)
            .map(|(n, lines)| {
                let widest = lines.iter().map(|line| face(n.mark).width(line)).fold(0.0, f64::max);
                let rows = lines.iter().fold(0.0, |rows, _| rows + line_height(SMALL));
                (self.at(n.at), (widest + 6.0, rows + 3.0))
            })
            .collect();
        let marks: Vec<Area> = sizes.iter().map(|(at, _)| Area::around(*at, 6.0)).collect();
        // A letter hides little, and is better near its point than on free ground.
        let letters = named.iter().all(|n| n.label.chars().count() < 3);
        let weight = if letters { 0.2 } else { 1.0 };
        let places = placed(&sizes, &marks, &|place| weight * self.ink_under(place, busy), &self.area());
        self.write(sheet, named, &sets, &places);
    }

    fn write(&self, sheet: &mut Sheet, named: &[Named], sets: &[Vec<String>], places: &[Area]) {
        let theme = sheet.theme;
        let leader = Stroke { colour: theme.ink(), width: 0.7 };
        for (n, place) in named.iter().zip(places) {
            sheet.canvas.line(self.at(n.at), place.nearest(self.at(n.at)), leader);
        }
        for ((n, place), lines) in named.iter().zip(places).zip(sets) {
            let plate = theme.background().fading(0.88);
            sheet.canvas.rect((place.left, place.top), (place.right, place.bottom), plate);
            let mut row = place.top;
            let mut lettering = sheet.small();
            lettering.colour = theme.ink();
            lettering.bold = face(n.mark).bold;
            for line in lines {
                sheet.canvas.text((place.left + 3.0, row + SMALL + 0.5), line.as_str(), lettering);
                row += line_height(SMALL);
            }
        }
        // Solutions last and smaller, so that a package at the same place shows around them.
        let (solutions, packages): (Vec<&Named>, Vec<&Named>) = named.iter().partition(|n| n.mark == Mark::Solution);
        for n in packages.into_iter().chain(solutions) {
            draw_mark(&mut sheet.canvas, theme, self.at(n.at), n.mark, n.no_defeat);
        }
    }

    /// Draws the no-defeat packages again that lie under a mark which is not filled with their colour.
    pub fn uncover(&self, canvas: &mut Canvas, theme: Theme, green: &Density, named: &[Named]) {
        let hidden = |at: &Point| {
            let under = |n: &Named| !n.no_defeat && Area::around(self.at(n.at), 6.0).holds(self.at(*at));
            named.iter().any(under)
        };
        for at in green.few().iter().filter(|at| hidden(at)) {
            canvas.disc(self.at(*at), 2.6, no_defeat_shades(theme)[3]);
        }
    }

    /// The packages under a label, the lines that it would cover, and those few that are a defeat for nobody above all.
    fn ink_under(&self, place: &Area, busy: &Busy) -> f64 {
        let lines = busy.lines.iter().filter(|line| place.meets(**line)).map(|_| 0.5).sum::<f64>();
        let under = |few: &[Point]| few.iter().filter(|at| place.wider(4.0).holds(self.at(**at))).count() as f64;
        if let (Some(all), Some(green)) = (busy.cells, busy.green)
            && all.is_sparse()
        {
            return lines + 0.25 * under(all.few()) + 4.0 * under(green.few());
        }
        let mut covered = 0.0;
        for i in 0..5_u8 {
            for j in 0..3_u8 {
                let x = place.left + (place.right - place.left) * f64::from(i) / 4.0;
                let y = place.top + (place.bottom - place.top) * f64::from(j) / 2.0;
                let at = (self.x.value(x), self.y.value(y));
                let held = [busy.cells, busy.green].into_iter().flatten().filter(|d| d.holds(at.0, at.1)).count();
                covered += [0.0, 1.0, 2.5][held];
            }
        }
        covered / 15.0 + lines
    }
}

/// The weight in which a point of this mark is named.
fn face(mark: Mark) -> Face {
    if mark == Mark::Solution { Face::bold(SMALL) } else { Face::regular(SMALL) }
}

/// The mark of a point, filled with the colour of no defeat if it is none.
pub fn draw_mark(canvas: &mut Canvas, theme: Theme, at: Point, mark: Mark, no_defeat: bool) {
    let edge = Stroke { colour: theme.ink(), width: 1.3 };
    let fill = if no_defeat { no_defeat_shades(theme)[3] } else { theme.background() };
    match mark {
        Mark::Package => canvas.diamond(at, 5.5, fill, edge),
        Mark::BareMinimum => twice(canvas, at, 4.6, fill, edge),
        Mark::Solution => {
            canvas.disc(at, 5.4, theme.background());
            ring(canvas, at, 4.6, fill, theme.ink());
        }
    }
}
