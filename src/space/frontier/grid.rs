//! A coarse staircase: most dominated vectors are found by one look into a table, before anything is sorted.

/// Cells of the table, as a power of two: as many as stay in the first-level cache.
const CELL_BITS: u32 = 12;

/// The box of utilities cut into cells along all parties but the last.
///
/// For each cell it knows the most that the last party gets anywhere in the cells above it in *every* other
/// coordinate: a vector of the cell that gives the last party less is dominated.
pub(super) struct Grid<const P: usize> {
    least: [i64; P],
    shift: [u32; P],
    /// Each coordinate has `2^bits` cells.
    bits: u32,
    /// `above[cell]`, or `i64::MIN` where no vector lies above.
    above: Vec<i64>,
}

impl<const P: usize> Grid<P> {
    /// The grid over vectors between `least` and `most` in each coordinate.
    pub(super) fn of(least: [i64; P], most: [i64; P], vectors: impl Iterator<Item = [i64; P]>) -> Self {
        let bits = Self::bits();
        let shift = std::array::from_fn(|k| (64 - most[k].abs_diff(least[k]).leading_zeros()).saturating_sub(bits));
        let mut grid = Self { least, shift, bits, above: Vec::new() };
        let mut best = vec![i64::MIN; 1 << (bits * Self::axes())];
        vectors.for_each(|u| {
            let cell = grid.cell(&u);
            best[cell] = best[cell].max(u[P - 1]);
        });
        grid.spread(&mut best);
        grid.above = grid.strictly_above(&best);
        grid
    }

    /// Whether some vector that the grid has seen dominates this one. A no may be wrong, a yes never is.
    pub(super) fn dominates(&self, vector: &[i64; P]) -> bool {
        vector[P - 1] < self.above[self.cell(vector)]
    }

    fn axes() -> u32 {
        u32::try_from(P).expect("there are few parties") - 1
    }

    fn bits() -> u32 {
        CELL_BITS.checked_div(Self::axes()).unwrap_or(0)
    }

    /// The number of a vector's cell: `bits` bits for each coordinate but the last.
    #[inline]
    fn cell(&self, vector: &[i64; P]) -> usize {
        let mut cell = 0;
        for (k, u) in vector[..P - 1].iter().enumerate() {
            cell = (cell << self.bits) | (u.wrapping_sub(self.least[k]).cast_unsigned() >> self.shift[k]);
        }
        usize::try_from(cell).expect("a cell number has at most CELL_BITS bits")
    }

    /// From the best in each cell to the best in the cell and those at or above it in every coordinate.
    fn spread(&self, best: &mut [i64]) {
        for axis in 0..Self::axes() {
            for cell in (0..best.len()).rev().filter(|cell| !self.is_last(*cell, axis)) {
                best[cell] = best[cell].max(best[cell + self.step(axis)]);
            }
        }
    }

    fn strictly_above(&self, best: &[i64]) -> Vec<i64> {
        let diagonal: usize = (0..Self::axes()).map(|axis| self.step(axis)).sum();
        let on_edge = |cell| (0..Self::axes()).any(|axis| self.is_last(cell, axis));
        (0..best.len()).map(|cell| if on_edge(cell) { i64::MIN } else { best[cell + diagonal] }).collect()
    }

    /// How far apart neighbours along an axis are in the table.
    fn step(&self, axis: u32) -> usize {
        1 << (self.bits * axis)
    }

    /// Whether the cell has no neighbour further up this axis.
    fn is_last(&self, cell: usize, axis: u32) -> bool {
        let side = self.step(1);
        cell / self.step(axis) % side == side - 1
    }
}
