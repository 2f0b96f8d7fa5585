//! A two-dimensional histogram: hundreds of thousands of packages as some thousand shaded cells.

use serde::Serializer;
use serde_json::{Value, json};

use super::prelude::*;

/// The edges of cells of equal width, at least one.
#[derive(Clone, Debug, PartialEq)]
struct Bins {
    ends: (f64, f64),
    cells: usize,
}

impl Bins {
    /// The cell of a value; one outside counts to the nearest.
    fn of(&self, value: f64) -> usize {
        let share = (value - self.ends.0) / (self.ends.1 - self.ends.0);
        ((share * self.cells as f64).floor().max(0.0) as usize).min(self.cells - 1)
    }

    /// The lower edge of a cell.
    fn edge(&self, cell: usize) -> f64 {
        let (low, high) = self.ends;
        low + (high - low) * cell as f64 / self.cells as f64
    }

    /// The edges around the cells from one to another.
    fn around(&self, cells: impl Iterator<Item = usize> + Clone) -> Option<(f64, f64)> {
        Some((self.edge(cells.clone().min()?), self.edge(cells.max()? + 1)))
    }
}

/// How many packages lie in each cell of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Density {
    x: Bins,
    y: Bins,
    /// Counts, `counts[row * columns + column]`, row 0 the lowest.
    counts: Vec<u64>,
    /// The packages themselves while they are few.
    few: Vec<Point>,
    /// How many there are.
    all: usize,
}

/// Packages that are still drawn one by one.
const FEW: usize = 600;

impl Density {
    /// An empty grid of `columns` by `rows` cells, each at least 1.
    pub fn new(x: (f64, f64), y: (f64, f64), columns: usize, rows: usize) -> Self {
        let (x, y) = (Bins { ends: x, cells: columns.max(1) }, Bins { ends: y, cells: rows.max(1) });
        let counts = vec![0; x.cells * y.cells];
        Self { x, y, counts, few: Vec::new(), all: 0 }
    }

    fn cell(&self, (x, y): Point) -> usize {
        self.y.of(y) * self.x.cells + self.x.of(x)
    }

    /// Counts a package at this point; one outside the grid counts in the nearest cell at the edge.
    pub fn add(&mut self, x: f64, y: f64) {
        let cell = self.cell((x, y));
        self.counts[cell] += 1;
        self.all += 1;
        if self.all <= FEW {
            self.few.push((x, y));
        }
    }

    /// Whether there are so few packages that each is drawn as a dot.
    pub fn is_sparse(&self) -> bool {
        self.all <= FEW
    }

    /// Draws every package as a dot.
    pub(super) fn dots(&self, canvas: &mut Canvas, plane: &Plane, radius: f64, colour: Colour) {
        for at in self.few.iter().filter(|(x, y)| x.is_finite() && y.is_finite()) {
            canvas.disc(plane.at(*at), radius, colour);
        }
    }

    /// The packages themselves, where all of them are known.
    pub(super) fn few(&self) -> &[Point] {
        if self.is_sparse() { &self.few } else { &[] }
    }

    /// Whether some package lies in the cell of this point.
    pub(super) fn holds(&self, (x, y): Point) -> bool {
        let within = |v: f64, (low, high): (f64, f64)| v >= low && v <= high;
        within(x, self.x.ends) && within(y, self.y.ends) && self.counts[self.cell((x, y))] > 0
    }

    /// The cells that hold something: column, row, and how many.
    fn held(&self) -> impl Iterator<Item = (usize, usize, u64)> + Clone {
        let held = self.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        held.map(|(cell, count)| (cell % self.x.cells, cell / self.x.cells, *count))
    }

    /// The values of the edges around all packages, along x and along y; none in an empty grid.
    pub(super) fn extent(&self) -> Option<[(f64, f64); 2]> {
        Some([self.x.around(self.held().map(|cell| cell.0))?, self.y.around(self.held().map(|cell| cell.1))?])
    }

    /// Paints every cell that holds something, in four steps of `shades` by the logarithm of its count.
    ///
    /// Neighbours of one shade in a row become one rectangle, which keeps the document small.
    pub(super) fn paint(&self, canvas: &mut Canvas, plane: &Plane, shades: [Colour; 4]) {
        /// Cells reach a little under their neighbours, or the ground would show as hairlines between them.
        const SEAM: f64 = 0.4;
        let most = self.counts.iter().copied().max().unwrap_or(0);
        for (row, counts) in self.counts.chunks(self.x.cells).enumerate() {
            for (from, to, shade) in runs(counts, most) {
                let (left, bottom) = plane.at((self.x.edge(from), self.y.edge(row)));
                let (right, top) = plane.at((self.x.edge(to), self.y.edge(row + 1)));
                canvas.rect((left, top), (right + SEAM, bottom + SEAM), shades[shade]);
            }
        }
    }
}

/// While they are few, each package; always, every cell that holds something with its edges.
impl Serialize for Density {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let edges = |bins: &Bins, cell| [bins.edge(cell), bins.edge(cell + 1)];
        let cell = |(column, row, packages)| json!({ "x": edges(&self.x, column), "y": edges(&self.y, row), "packages": packages });
        let points: Vec<Value> = self.few().iter().map(|(x, y)| json!({ "x": x, "y": y })).collect();
        json!({ "points": points, "cells": self.held().map(cell).collect::<Vec<_>>() }).serialize(to)
    }
}

/// The shade of a count, 0 to 3, by its number of binary digits.
fn shade(count: u64, most: u64) -> usize {
    let digits = |n: u64| (u64::BITS - n.leading_zeros()) as usize;
    ((digits(count) * 4).div_ceil(digits(most).max(1))).clamp(1, 4) - 1
}

/// The stretches of cells of one shade: first cell, cell after the last, shade.
fn runs(counts: &[u64], most: u64) -> Vec<(usize, usize, usize)> {
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    for (i, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let step = shade(*count, most);
        match runs.last_mut() {
            Some((_, to, last)) if *to == i && *last == step => *to = i + 1,
            _ => runs.push((i, i + 1, step)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_is_counted_once_even_at_the_edges() {
        let mut grid = Density::new((0.0, 10.0), (0.0, 1.0), 5, 2);
        for (x, y) in [(0.0, 0.0), (10.0, 1.0), (-3.0, 7.0), (f64::NAN, 0.4), (4.0, 0.5)] {
            grid.add(x, y);
        }
        assert_eq!(grid.counts.iter().sum::<u64>(), 5);
        assert_eq!(grid.counts[5 + 4], 1);
        assert_eq!(grid.counts[5 + 2], 1);
    }

    #[test]
    fn neighbours_of_one_shade_become_one_stretch() {
        assert_eq!(runs(&[1, 1, 0, 1, 200, 255], 255), [(0, 2, 0), (3, 4, 0), (4, 6, 3)]);
    }
}
