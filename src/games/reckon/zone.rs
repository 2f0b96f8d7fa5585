//! What both could sign, as one side sees it: the most that is left to it once the other is given so much.

use super::Number;
use crate::model::reckoning::{Bearing, Pie, Problem, Strip};
use crate::num::Order as _;

/// What both could sign.
#[derive(Debug, Clone, PartialEq)]
pub enum Zone<T> {
    /// The frontier of what is cut anywhere, from the best of the second side to that of the first: corners `[side]`, between
    /// which it runs straight; concave. One corner at least.
    Line(Vec<[T; 2]>),
    /// Packages, `worth[package][side]`.
    List(Vec<[T; 2]>),
}

impl<T: Number> Zone<T> {
    /// What both sides of a problem could sign; `None` if that is nothing.
    pub fn of(problem: &Problem) -> Option<Self> {
        let floors = [0, 1].map(|i: usize| problem.sides[i].floor.map(T::of));
        match &problem.pie {
            Pie::List(list) => {
                let worth = list.iter().map(|(_, worth)| worth.map(T::of));
                let above = |worth: &[T; 2]| (0..2).all(|i| floors[i].as_ref().is_none_or(|floor| worth[i] >= *floor));
                let list: Vec<[T; 2]> = worth.filter(above).collect();
                (!list.is_empty()).then_some(Self::List(list))
            }
            Pie::Cut { strips, beside, bearing } => {
                let corners: Vec<[T; 2]> = match (&strips[..], &bearing[..]) {
                    ([only], [_, ..]) => borne(only, bearing)?,
                    _ => added(strips),
                };
                let beside = beside.map(T::of);
                let shifted = corners.into_iter().map(|[a, b]| [a + beside[0].clone(), b + beside[1].clone()]);
                let [one, other] = floors;
                let line = cut_off(shifted.collect(), 0, one)?;
                cut_off(line, 1, other).map(Self::Line)
            }
        }
    }

    /// The least and the most that a side can get.
    pub fn range(&self, side: usize) -> [T; 2] {
        let (Self::Line(all) | Self::List(all)) = self;
        let mut ends = [all[0][side].clone(), all[0][side].clone()];
        for worth in all {
            if worth[side] < ends[0] {
                ends[0] = worth[side].clone();
            }
            if worth[side] > ends[1] {
                ends[1] = worth[side].clone();
            }
        }
        ends
    }

    /// The best for side i that gives the other at least `least`, as what both get; `None` if nothing gives so much. Of a list,
    /// among equals the one that gives the other most.
    pub fn best(&self, i: usize, least: &T) -> Option<[T; 2]> {
        let j = 1 - i;
        match self {
            Self::List(list) => {
                let mut best: Option<&[T; 2]> = None;
                for worth in list.iter().filter(|worth| worth[j] >= *least) {
                    let better = best.is_none_or(|b| worth[i] > b[i] || (worth[i] == b[i] && worth[j] > b[j]));
                    if better {
                        best = Some(worth);
                    }
                }
                best.cloned()
            }
            Self::Line(line) => {
                let mut last: Option<&[T; 2]> = None;
                // From the best of side i on: i = 0 reads the corners from the end.
                let walk: Box<dyn Iterator<Item = &[T; 2]>> =
                    if i == 0 { Box::new(line.iter().rev()) } else { Box::new(line.iter()) };
                for corner in walk {
                    if corner[j] >= *least {
                        return Some(last.map_or_else(|| corner.clone(), |from| between(from, corner, j, least)));
                    }
                    last = Some(corner);
                }
                None
            }
        }
    }
}

/// The point of a straight line at which a side gets exactly so much.
fn between<T: Number>(from: &[T; 2], to: &[T; 2], side: usize, at: &T) -> [T; 2] {
    let share = (at.clone() - from[side].clone()) / (to[side].clone() - from[side].clone());
    [0, 1].map(
        |k: usize| {
            if k == side { at.clone() } else { from[k].clone() + share.clone() * (to[k].clone() - from[k].clone()) }
        },
    )
}

/// What is left of a line where a side gets no less than a floor.
fn cut_off<T: Number>(line: Vec<[T; 2]>, side: usize, floor: Option<T>) -> Option<Vec<[T; 2]>> {
    let Some(floor) = floor else { return Some(line) };
    let mut kept: Vec<[T; 2]> = Vec::new();
    for (k, corner) in line.iter().enumerate() {
        let crossing = k.checked_sub(1).map(|before| &line[before]).filter(|before| {
            (before[side] < floor && corner[side] > floor) || (before[side] > floor && corner[side] < floor)
        });
        kept.extend(crossing.map(|before| between(before, corner, side, &floor)));
        if corner[side] >= floor {
            kept.push(corner.clone());
        }
    }
    (!kept.is_empty()).then_some(kept)
}

/// All issues together: what gives the first side most for what it takes from the second is given first. Source: Raiffa (1982).
fn added<T: Number>(strips: &[Strip]) -> Vec<[T; 2]> {
    let zero = || T::of(0.0);
    let mut at = [zero(), zero()];
    let mut sorted: Vec<[T; 2]> = Vec::new();
    for strip in strips {
        let points: Vec<[T; 2]> = ordered(strip).into_iter().map(|p| p.map(T::of)).collect();
        let first = points[0].clone();
        at = [at[0].clone() + first[0].clone(), at[1].clone() + first[1].clone()];
        sorted.extend(points.windows(2).map(|w| {
            let [from, to] = [&w[0], &w[1]];
            [to[0].clone() - from[0].clone(), to[1].clone() - from[1].clone()]
        }));
    }
    // Losses for a gain, compared without dividing; equal ones stay in the order of the file.
    let cheaper = |a: &[T; 2], b: &[T; 2]| {
        let (left, right) = (b[1].clone() * a[0].clone(), a[1].clone() * b[0].clone());
        left.partial_cmp(&right).unwrap_or(std::cmp::Ordering::Equal)
    };
    sorted.order_by(cheaper);
    let mut line = vec![at];
    let mut before: Option<[T; 2]> = None;
    for step in sorted {
        let last = line[line.len() - 1].clone();
        let corner = [last[0].clone() + step[0].clone(), last[1].clone() + step[1].clone()];
        // What goes on as straight as before makes no corner.
        if before.is_some_and(|before| (before[1].clone() * step[0].clone()).is(&(step[1].clone() * before[0].clone())))
        {
            line.pop();
        }
        line.push(corner);
        before = Some(step);
    }
    line
}

/// The points of an issue from the best of the second side to that of the first; of one on which both agree, the best alone.
fn ordered(strip: &Strip) -> Vec<[f64; 2]> {
    let mut points = strip.points.clone();
    let [first, last] = [points[0], points[points.len() - 1]];
    if (last[0] - first[0]) * (last[1] - first[1]) >= 0.0 {
        return vec![if last[0] + last[1] > first[0] + first[1] { last } else { first }];
    }
    if last[0] < first[0] {
        points.reverse();
    }
    points
}

/// The part of one issue that all audiences with a veto bear; `None` if that is nothing. Where it is more than one stretch, the
/// first.
fn borne<T: Number>(strip: &Strip, bearing: &[Bearing]) -> Option<Vec<[T; 2]>> {
    // Corners carry what both sides get, and then by how much each audience bears them.
    let corner = |o: usize| {
        let slacks = bearing.iter().map(|it| T::of(it.scores[o]) - T::of(it.line));
        strip.points[o].map(T::of).into_iter().chain(slacks).collect::<Vec<T>>()
    };
    let mut line: Vec<Vec<T>> = (0..strip.points.len()).map(corner).collect();
    let zero = T::of(0.0);
    for a in 2..2 + bearing.len() {
        let mut kept: Vec<Vec<T>> = Vec::new();
        for (k, here) in line.iter().enumerate() {
            if let Some(before) = k.checked_sub(1).map(|b| &line[b]) {
                let enters = before[a] < zero && here[a] > zero;
                let leaves = before[a] >= zero && here[a] < zero;
                if enters || (leaves && before[a] > zero) {
                    let share = (zero.clone() - before[a].clone()) / (here[a].clone() - before[a].clone());
                    let at = |(x, y): (&T, &T)| x.clone() + share.clone() * (y.clone() - x.clone());
                    kept.push(before.iter().zip(here).map(at).collect());
                }
                if leaves {
                    break;
                }
            }
            if here[a] >= zero {
                kept.push(here.clone());
            }
        }
        line = kept;
    }
    let all: Vec<[T; 2]> = line.into_iter().map(|corner| [corner[0].clone(), corner[1].clone()]).collect();
    // Of an issue on which both agree only the best is left.
    let is_beaten = |it: &[T; 2]| all.iter().any(|by| by[0] >= it[0] && by[1] >= it[1] && by != it);
    let mut line: Vec<[T; 2]> = all.iter().filter(|it| !is_beaten(it)).cloned().collect();
    if line.first()?[0] > line.last()?[0] {
        line.reverse();
    }
    Some(line)
}
