//! A two-dimensional histogram: hundreds of thousands of packages as some thousand shaded cells.

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::axis::Scale;
use super::canvas::Canvas;
use super::palette::Colour;

/// How many packages lie in each cell of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Density {
    /// The values at the left and right edge of the grid.
    x: (f64, f64),
    /// The values at its lower and upper edge.
    y: (f64, f64),
    /// Cells along x, at least 1.
    columns: usize,
    /// Counts, `counts[row * columns + column]`, row 0 the lowest.
    counts: Vec<u64>,
    /// The packages themselves while they are few.
    few: Vec<(f64, f64)>,
    /// How many there are.
    all: usize,
}

/// Packages that are still drawn one by one.
const FEW: usize = 600;

impl Density {
    /// An empty grid of `columns` by `rows` cells, each at least 1.
    #[must_use]
    pub fn new(x: (f64, f64), y: (f64, f64), columns: usize, rows: usize) -> Self {
        let columns = columns.max(1);
        Self { x, y, columns, counts: vec![0; columns * rows.max(1)], few: Vec::new(), all: 0 }
    }

    /// Counts a package at this point; one outside the grid counts in the nearest cell at the edge.
    pub fn add(&mut self, x: f64, y: f64) {
        let (column, row) = (place(x, self.x, self.columns), place(y, self.y, self.rows()));
        self.counts[row * self.columns + column] += 1;
        self.all += 1;
        if self.all <= FEW {
            self.few.push((x, y));
        }
    }

    /// Whether there are so few packages that each is drawn as a dot.
    #[must_use]
    pub fn is_sparse(&self) -> bool {
        self.all <= FEW
    }

    /// Draws every package as a dot.
    pub(super) fn dots(&self, canvas: &mut Canvas, x: &Scale, y: &Scale, radius: f64, colour: Colour) {
        for (u, v) in self.few.iter().filter(|(u, v)| u.is_finite() && v.is_finite()) {
            canvas.disc((x.within(*u), y.within(*v)), radius, colour);
        }
    }

    /// Cells along y.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.counts.len() / self.columns.max(1)
    }

    /// The packages themselves, where all of them are known.
    pub(super) fn few(&self) -> &[(f64, f64)] {
        if self.is_sparse() { &self.few } else { &[] }
    }

    /// Whether some package lies in the cell of this point.
    pub(super) fn holds(&self, x: f64, y: f64) -> bool {
        let within = |v: f64, (low, high): (f64, f64)| v >= low && v <= high;
        let (column, row) = (place(x, self.x, self.columns), place(y, self.y, self.rows()));
        within(x, self.x) && within(y, self.y) && self.counts[row * self.columns + column] > 0
    }

    /// The values of the edges around all packages, along x and along y; none in an empty grid.
    pub(super) fn extent(&self) -> Option<[(f64, f64); 2]> {
        let held = |cell: &(usize, &u64)| *cell.1 > 0;
        let cells = || self.counts.iter().enumerate().filter(held).map(|(i, _)| (i % self.columns, i / self.columns));
        let (left, right) = (cells().map(|c| c.0).min()?, cells().map(|c| c.0).max()?);
        let (bottom, top) = (cells().map(|c| c.1).min()?, cells().map(|c| c.1).max()?);
        let x = (edge(left, self.x, self.columns), edge(right + 1, self.x, self.columns));
        Some([x, (edge(bottom, self.y, self.rows()), edge(top + 1, self.y, self.rows()))])
    }

    /// Paints every cell that holds something, in four steps of `shades` by the logarithm of its count.
    ///
    /// Neighbours of one shade in a row become one rectangle, which keeps the document small.
    pub(super) fn paint(&self, canvas: &mut Canvas, x: &Scale, y: &Scale, shades: [Colour; 4]) {
        /// Cells reach a little under their neighbours, or the ground would show as hairlines between them.
        const SEAM: f64 = 0.4;
        let most = self.counts.iter().copied().max().unwrap_or(0);
        for (row, counts) in self.counts.chunks(self.columns.max(1)).enumerate() {
            let bottom = y.within(edge(row, self.y, self.rows()));
            let top = y.within(edge(row + 1, self.y, self.rows()));
            for (from, to, shade) in runs(counts, most) {
                let left = x.within(edge(from, self.x, self.columns));
                let right = x.within(edge(to, self.x, self.columns));
                canvas.rect((left, top), (right + SEAM, bottom + SEAM), shades[shade]);
            }
        }
    }
}

/// While they are few, each package; always, every cell that holds something with its edges.
impl Serialize for Density {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let held = self.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let cells: Vec<Value> = held.map(|(i, count)| self.cell(i, *count)).collect();
        let points: Vec<Value> = self.few().iter().map(|(x, y)| json!({ "x": x, "y": y })).collect();
        json!({ "points": points, "cells": cells }).serialize(to)
    }
}

impl Density {
    fn cell(&self, place: usize, packages: u64) -> Value {
        let (column, row) = (place % self.columns, place / self.columns);
        let (x, y) = (|i| edge(i, self.x, self.columns), |i| edge(i, self.y, self.rows()));
        json!({ "x": [x(column), x(column + 1)], "y": [y(row), y(row + 1)], "packages": packages })
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // Grids are small.
fn place(value: f64, (low, high): (f64, f64), cells: usize) -> usize {
    let share = (value - low) / (high - low);
    ((share * cells as f64).floor().max(0.0) as usize).min(cells - 1)
}

#[allow(clippy::cast_precision_loss)] // Grids are small.
fn edge(index: usize, (low, high): (f64, f64), cells: usize) -> f64 {
    low + (high - low) * index as f64 / cells as f64
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
