//! One panel of the outcome space: cells, frontier, no-deal lines, named points.

use super::prelude::*;

/// Grey steps for all allowed packages, faint to full.
pub fn allowed_shades(theme: Theme) -> [Colour; 4] {
    [0.10, 0.17, 0.25, 0.34].map(|share| theme.ink().over(share, theme.background()))
}

/// Green steps for no-defeat packages, faint to full.
pub fn no_defeat_shades(theme: Theme) -> [Colour; 4] {
    [0.42, 0.58, 0.76, 0.95].map(|share| theme.tone(Tone::Settled).over(share, theme.background()))
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

impl Named {
    /// The weight in which it is named.
    fn face(&self) -> Face {
        if self.mark == Mark::Solution { Face::bold(SMALL) } else { Face::regular(SMALL) }
    }
}

/// What labels should rather not cover.
pub struct Busy<'a> {
    /// The packages.
    pub all: &'a Density,
    /// The no-defeat packages among them.
    pub green: &'a Density,
    /// Lines, by their ends in pixels.
    pub lines: Vec<Segment>,
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

impl Plane {
    /// Grid lines at the ticks, and the frame.
    pub fn framed(&self, ticks: u32, sheet: &mut Sheet) {
        let area = self.area();
        self.grid(&self.x.ticks(ticks).numbers(), &self.y.ticks(ticks).numbers(), sheet);
        sheet.canvas.frame((area.left, area.top), (area.right, area.bottom), sheet.theme.rim());
    }

    /// The values of no deal as lines, by their ends, upwards and to the right.
    pub fn no_deal(&self, (x, y): (Option<f64>, Option<f64>)) -> impl Iterator<Item = Segment> {
        let area = self.area();
        let upright = x.map(|x| self.x.within(x)).map(|x| ((x, area.bottom), (x, area.top)));
        let level = y.map(|y| self.y.within(y)).map(|y| ((area.left, y), (area.right, y)));
        upright.into_iter().chain(level)
    }

    /// The frontier: its packages as dots, joined in order of x where that is the true frontier of two parties.
    pub fn frontier(points: Vec<Point>, joined: bool, sheet: &mut Sheet) {
        let ink = sheet.theme.ink();
        if joined && points.len() > 1 {
            sheet.canvas.path(points.clone(), Stroke { colour: ink, width: 1.2 });
        }
        let (radius, colour) = if joined { (1.9, ink) } else { (1.2, sheet.theme.muted()) };
        points.into_iter().for_each(|point| sheet.canvas.disc(point, radius, colour));
    }

    /// The named points with their labels beside them.
    pub fn named(&self, sheet: &mut Sheet, named: &[Named], room: f64, busy: &Busy) {
        let sets: Vec<Vec<String>> = named.iter().map(|n| wrapped(&n.label, room, 2, n.face())).collect();
        let size = |(n, lines): (&Named, &Vec<String>)| {
            let widest = lines.iter().map(|line| n.face().width(line)).fold(0.0, f64::max);
            (self.at(n.at), (widest + 6.0, lines.len() as f64 * line_height(SMALL) + 3.0))
        };
        let sizes: Vec<Segment> = named.iter().zip(&sets).map(size).collect();
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
            let lettering = if n.face().bold { sheet.note().bold() } else { sheet.note() };
            let mut row = place.top;
            for line in lines {
                sheet.canvas.text((place.left + 3.0, row + SMALL + 0.5), line.as_str(), lettering);
                row += line_height(SMALL);
            }
        }
        // Solutions last and smaller, so that a package at the same place shows around them.
        let (solutions, packages): (Vec<&Named>, Vec<&Named>) = named.iter().partition(|n| n.mark == Mark::Solution);
        for n in packages.into_iter().chain(solutions) {
            n.mark.draw(self.at(n.at), n.no_defeat, theme, &mut sheet.canvas);
        }
    }

    /// Draws the no-defeat packages again that lie under a mark which is not filled with their colour.
    pub fn uncover(&self, green: &Density, named: &[Named], sheet: &mut Sheet) {
        let hidden = |at: &Point| {
            let under = |n: &Named| !n.no_defeat && Area::around(self.at(n.at), 6.0).holds(self.at(*at));
            named.iter().any(under)
        };
        for at in green.few().iter().filter(|at| hidden(at)) {
            sheet.canvas.disc(self.at(*at), 2.6, no_defeat_shades(sheet.theme)[3]);
        }
    }

    /// The packages under a label, the lines that it would cover, and those few that are a defeat for nobody above all.
    pub fn ink_under(&self, place: &Area, busy: &Busy) -> f64 {
        let lines = busy.lines.iter().filter(|line| place.meets(**line)).map(|_| 0.5).sum::<f64>();
        let under = |few: &[Point]| few.iter().filter(|at| place.wider(4.0).holds(self.at(**at))).count() as f64;
        if busy.all.is_sparse() {
            return lines + 0.25 * under(busy.all.few()) + 4.0 * under(busy.green.few());
        }
        let mut covered = 0.0;
        for i in 0..5_u8 {
            for j in 0..3_u8 {
                let x = place.left + (place.right - place.left) * f64::from(i) / 4.0;
                let y = place.top + (place.bottom - place.top) * f64::from(j) / 2.0;
                let at = (self.x.value(x), self.y.value(y));
                let held = [busy.all, busy.green].into_iter().filter(|density| density.holds(at)).count();
                covered += [0.0, 1.0, 2.5][held];
            }
        }
        covered / 15.0 + lines
    }
}

impl Mark {
    /// Draws the mark of a point, filled with the colour of no defeat if it is none.
    pub fn draw(self, at: Point, no_defeat: bool, theme: Theme, canvas: &mut Canvas) {
        let edge = Stroke { colour: theme.ink(), width: 1.3 };
        let fill = if no_defeat { no_defeat_shades(theme)[3] } else { theme.background() };
        match self {
            Self::Package => canvas.diamond(at, 5.5, fill, edge),
            Self::BareMinimum => canvas.twice(at, 4.6, fill, edge),
            Self::Solution => {
                canvas.disc(at, 5.4, theme.background());
                canvas.ring(at, 4.6, fill, theme.ink());
            }
        }
    }
}
