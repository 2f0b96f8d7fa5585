//! Where boxes stand and how lines run: states in rows by how many moves they are from the start, each beside those it is
//! tied to; lines that pass a row go between its boxes.

use super::super::prelude::*;
use super::Moves;

/// What one mover can do between two states, or what is done together (`mover` is `None`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Who moves.
    pub mover: Option<usize>,
    /// The two states, the lower number first.
    pub ends: [usize; 2],
    /// Whether it can go to either end, and whether that is better for who goes.
    pub heads: [Option<bool>; 2],
}

/// Where everything is.
pub struct Layout {
    /// The upper left and the lower right corner of each state.
    pub boxes: Vec<(Point, Point)>,
    /// The way of each line, from its first end to its second.
    pub ways: Vec<Vec<Point>>,
    /// The row below all.
    pub bottom: f64,
}

/// The widest box, and the room between two beside each other.
const WIDEST: f64 = 168.0;
const BESIDE: f64 = 46.0;

/// The least room between rows, and what each line that runs there adds.
const BETWEEN: f64 = 62.0;
const EACH: f64 = 2.0;

/// The words of a state in a box of this width.
pub fn words(name: &str, wide: f64) -> Vec<String> {
    wrapped(name, wide - 14.0, 5, Face::regular(SMALL))
}

impl Layout {
    /// The layout between two pixel columns, from a pixel row down.
    pub fn of(data: &Moves, lines: &[Line], (left, right): (f64, f64), top: f64) -> Self {
        // One box a row at least, and four at most.
        let fit = (((right - left + BESIDE) / (WIDEST * 0.78 + BESIDE)) as usize).clamp(1, 4);
        let rows = rows(data, lines, fit);
        let most = rows.iter().map(Vec::len).max().unwrap_or(1).max(1) as f64;
        let wide = ((right - left - BESIDE * most) / most).min(WIDEST);
        let mut row_of = vec![0; data.states.len()];
        rows.iter().enumerate().for_each(|(at, row)| row.iter().for_each(|state| row_of[*state] = at));
        let mut boxes = vec![((0.0, 0.0), (0.0, 0.0)); data.states.len()];
        let mut y = top;
        for (at, row) in rows.iter().enumerate() {
            let texts = row.iter().map(|state| words(&data.states[*state].name, wide).len());
            let high = texts.max().unwrap_or(1) as f64 * line_height(SMALL) + 16.0;
            let step = wide + BESIDE;
            let first = f64::midpoint(left, right) - (row.len() as f64 * step - BESIDE) / 2.0;
            for (k, state) in row.iter().enumerate() {
                let x = first + k as f64 * step;
                boxes[*state] = ((x, y), (x + wide, y + high));
            }
            let crosses = |line: &&Line| {
                let ends = line.ends.map(|state| row_of[state]);
                ends[0].min(ends[1]) <= at && ends[0].max(ends[1]) > at
            };
            let gap = BETWEEN + EACH * lines.iter().filter(crosses).count() as f64;
            y += high + if at + 1 < rows.len() { gap } else { 26.0 };
        }
        let mut ways =
            Ways { rows: &rows, row_of: &row_of, boxes: &boxes, lines, passed: vec![0; rows.len() * 8], wide };
        let ways = (0..lines.len()).map(|line| ways.way(line)).collect();
        Self { boxes, ways, bottom: y }
    }
}

/// The states in rows of at most `fit`: by how many moves each is from the start, then those that no moves lead to; within a row
/// beside what they are tied to above.
fn rows(data: &Moves, lines: &[Line], fit: usize) -> Vec<Vec<usize>> {
    let mut far = vec![usize::MAX; data.states.len()];
    let mut open: Vec<usize> = far.get_mut(data.start).map(|at| *at = 0).map(|()| data.start).into_iter().collect();
    let mut step = 0;
    while !open.is_empty() {
        step += 1;
        let from = |line: &Line, end: usize| line.heads[1 - end].is_some() && open.contains(&line.ends[end]);
        let next = lines.iter().flat_map(|line| {
            [0, 1].into_iter().filter(|end| from(line, *end)).map(|end| line.ends[1 - end]).collect::<Vec<_>>()
        });
        let mut next: Vec<usize> = next.filter(|state| far[*state] == usize::MAX).collect();
        next.sort_unstable();
        next.dedup();
        next.iter().for_each(|state| far[*state] = step);
        open = next;
    }
    let last = far.iter().filter(|at| **at != usize::MAX).max().map_or(0, |at| at + 1);
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut place = vec![0.5; data.states.len()];
    for at in 0..=last {
        let here = |state: &usize| far[*state] == at || (at == last && far[*state] == usize::MAX);
        let mut layer: Vec<usize> = (0..data.states.len()).filter(here).collect();
        let above: Vec<usize> = rows.iter().flatten().copied().collect();
        let tied = |state: usize| -> f64 {
            let others = lines.iter().filter(|line| line.ends.contains(&state));
            let others = others.map(|line| if line.ends[0] == state { line.ends[1] } else { line.ends[0] });
            let places: Vec<f64> = others.filter(|other| above.contains(other)).map(|other| place[other]).collect();
            if places.is_empty() { 0.5 } else { places.iter().sum::<f64>() / places.len() as f64 }
        };
        let ties: Vec<f64> = (0..data.states.len()).map(tied).collect();
        layer.sort_by(|a, b| ties[*a].total_cmp(&ties[*b]).then(a.cmp(b)));
        let many = layer.len().div_ceil(fit).max(1);
        for row in layer.chunks(layer.len().div_ceil(many).max(1)) {
            for (k, state) in row.iter().enumerate() {
                place[*state] = (k as f64 + 0.5) / row.len() as f64;
            }
            rows.push(row.to_vec());
        }
    }
    rows
}

/// How lines run.
struct Ways<'a> {
    rows: &'a [Vec<usize>],
    row_of: &'a [usize],
    boxes: &'a [(Point, Point)],
    lines: &'a [Line],
    /// `passed[8 · row + gap]`: how many lines pass a row there already.
    passed: Vec<usize>,
    wide: f64,
}

impl Ways<'_> {
    fn middle(&self, state: usize) -> f64 {
        f64::midpoint(self.boxes[state].0.0, self.boxes[state].1.0)
    }

    /// Whether two states stand side by side.
    fn adjoin(&self, [a, b]: [usize; 2]) -> bool {
        let at =
            |state: usize| self.rows[self.row_of[state]].iter().position(|other| *other == state).unwrap_or_default();
        self.row_of[a] == self.row_of[b] && at(a).abs_diff(at(b)) == 1
    }

    /// Where a line leaves a state at its upper or lower edge: the lines of an edge stand in the order of what they lead to.
    fn port(&self, line: usize, state: usize, below: bool) -> Point {
        let other = |at: usize| {
            let ends = self.lines[at].ends;
            if ends[0] == state { ends[1] } else { ends[0] }
        };
        let row = self.row_of[state];
        let here = |at: &usize| {
            let (ends, to) = (self.lines[*at].ends, other(*at));
            ends.contains(&state) && !self.adjoin(ends) && (self.row_of[to] >= row) == below
        };
        let mut edge: Vec<usize> = (0..self.lines.len()).filter(here).collect();
        edge.sort_by(|a, b| {
            let key = |at: usize| (self.middle(other(at)), self.row_of[other(at)], at);
            let ((x, r, i), (y, s, j)) = (key(*a), key(*b));
            x.total_cmp(&y).then(r.cmp(&s)).then(i.cmp(&j))
        });
        let at = edge.iter().position(|other| *other == line).unwrap_or_default();
        let ((left, top), (_, bottom)) = self.boxes[state];
        let x = left + self.wide * (at as f64 + 1.0) / (edge.len() as f64 + 1.0);
        (x, if below { bottom } else { top })
    }

    fn way(&mut self, line: usize) -> Vec<Point> {
        let ends = self.lines[line].ends;
        let [first, second] = ends;
        if self.adjoin(ends) {
            return self.beside(line, ends);
        }
        let (one, other) = (self.row_of[first], self.row_of[second]);
        if one == other {
            return self.around(line, ends);
        }
        let down = one < other;
        let (upper, lower) = if down { (first, second) } else { (second, first) };
        let (from, to) = (self.port(line, upper, true), self.port(line, lower, false));
        let mut stops = vec![from];
        for row in one.min(other) + 1..one.max(other) {
            stops.extend(self.pass(row, from, to));
        }
        stops.push(to);
        let mut way = Vec::new();
        for pair in stops.windows(2) {
            way.extend(curve(pair[0], pair[1]));
        }
        if !down {
            way.reverse();
        }
        way
    }

    /// Where a line from here to there passes a row: the gap between boxes that is nearest to the straight way.
    fn pass(&mut self, row: usize, from: Point, to: Point) -> [Point; 2] {
        const APART: f64 = 9.0;
        let states = &self.rows[row];
        let Some((first, last)) = states.first().zip(states.last()) else { return [from, to] };
        let (top, bottom) = (self.boxes[*first].0.1, self.boxes[*first].1.1);
        let straight = from.0 + (to.0 - from.0) * (f64::midpoint(top, bottom) - from.1) / (to.1 - from.1);
        let between = states.windows(2).map(|pair| f64::midpoint(self.boxes[pair[0]].1.0, self.boxes[pair[1]].0.0));
        let gaps = std::iter::once(self.boxes[*first].0.0 - BESIDE / 2.0)
            .chain(between)
            .chain(std::iter::once(self.boxes[*last].1.0 + BESIDE / 2.0));
        let gaps: Vec<f64> = gaps.collect();
        let near = (0..gaps.len()).min_by(|a, b| (gaps[*a] - straight).abs().total_cmp(&(gaps[*b] - straight).abs()));
        let gap = near.unwrap_or_default();
        let passed = &mut self.passed[8 * row + gap.min(7)];
        let k = *passed as f64;
        *passed += 1;
        // Beside each other, by turns to the right and to the left of the middle.
        let aside = if passed.is_multiple_of(2) { -(k + 1.0) / 2.0 } else { k / 2.0 };
        let x = gaps[gap] + APART * aside;
        [(x, top - 6.0), (x, bottom + 6.0)]
    }

    /// A level line between two boxes side by side; more than one stand over each other.
    fn beside(&self, line: usize, ends: [usize; 2]) -> Vec<Point> {
        let same: Vec<usize> = (0..self.lines.len()).filter(|at| self.lines[*at].ends == ends).collect();
        let at = same.iter().position(|other| *other == line).unwrap_or_default();
        let ((_, top), (_, bottom)) = self.boxes[ends[0]];
        let y = top + (bottom - top) * (at as f64 + 1.0) / (same.len() as f64 + 1.0);
        let x = |state: usize, right: bool| if right { self.boxes[state].1.0 } else { self.boxes[state].0.0 };
        let to_the_right = self.middle(ends[0]) < self.middle(ends[1]);
        vec![(x(ends[0], to_the_right), y), (x(ends[1], !to_the_right), y)]
    }

    /// A bow below the row, between boxes that do not stand side by side.
    fn around(&self, line: usize, ends: [usize; 2]) -> Vec<Point> {
        let [from, to] = ends.map(|state| self.port(line, state, true));
        let depth = 30.0 + (line % 3) as f64 * 5.0;
        cubic(from, (from.0, from.1 + depth), (to.0, to.1 + depth), to)
    }
}

/// A line that leaves downwards and arrives downwards.
fn curve(from: Point, to: Point) -> Vec<Point> {
    let bend = (to.1 - from.1) / 2.0;
    cubic(from, (from.0, from.1 + bend), (to.0, to.1 - bend), to)
}

fn cubic(a: Point, b: Point, c: Point, d: Point) -> Vec<Point> {
    const STEPS: u32 = 15;
    let at = |k: u32| {
        let t = f64::from(k) / f64::from(STEPS);
        let s = 1.0 - t;
        let (p, q, r, w) = (s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t);
        (p * a.0 + q * b.0 + r * c.0 + w * d.0, p * a.1 + q * b.1 + r * c.1 + w * d.1)
    };
    (0..=STEPS).map(at).collect()
}

/// The point so far along a way, and at its middle at the farthest.
pub fn along(way: &[Point], far: f64) -> Point {
    let length = |pair: &[Point]| {
        let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        (dx * dx + dy * dy).sqrt()
    };
    let lengths = || way.windows(2).map(length);
    let mut left = far.min(lengths().sum::<f64>() / 2.0);
    for (pair, length) in way.windows(2).zip(lengths()) {
        if left <= length && length > 0.0 {
            let share = left / length;
            return (pair[0].0 + (pair[1].0 - pair[0].0) * share, pair[0].1 + (pair[1].1 - pair[0].1) * share);
        }
        left -= length;
    }
    way.first().copied().unwrap_or_default()
}
