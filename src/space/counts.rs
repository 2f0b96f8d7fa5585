//! Counts of packages: which are greatest, and which reach a line. They are as many as packages, so vector lanes look at them.

use super::Lanes;
use super::plan::STRETCH;

/// In how many worlds each package passed. Few heads have a package that passes: only these take room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Length of a row.
    width: usize,
    /// `row_of[f]`: the row of a head, or [`Counts::NONE`] where nothing was counted.
    row_of: Vec<u32>,
    /// The rows, as they came.
    cells: Vec<u32>,
}

impl Counts {
    const NONE: u32 = u32::MAX;

    /// Nothing counted, of so many heads whose rows have so many tails.
    pub fn none(heads: usize, width: usize) -> Self {
        Self { width, row_of: vec![Self::NONE; heads], cells: Vec::new() }
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The count at a cell, `head · width + tail`.
    pub fn at(&self, cell: usize) -> u32 {
        self.row(cell / self.width).map_or(0, |row| row[cell % self.width])
    }

    /// The heads of which something was counted, ascending, each with its row.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &[u32])> {
        (0..self.row_of.len()).filter_map(|head| self.row(head).map(|row| (head, row)))
    }

    /// The row of a head, made where there was none; `None` of a head that there is not.
    pub fn row_mut(&mut self, head: usize) -> Option<&mut [u32]> {
        let row = self.row_of.get_mut(head)?;
        if *row == Self::NONE {
            *row = (self.cells.len() / self.width) as u32;
            self.cells.resize(self.cells.len() + self.width, 0);
        }
        Some(&mut self.cells[*row as usize * self.width..][..self.width])
    }

    /// Adds counts of the same packages.
    pub fn add(&mut self, other: &Self) {
        for (head, row) in other.rows() {
            let mine = self.row_mut(head).into_iter().flatten();
            mine.zip(row).for_each(|(count, more)| *count += more);
        }
    }

    /// The greatest count; 0 where nothing was counted.
    pub fn greatest(&self, lanes: Lanes) -> u32 {
        let most = lanes.run(
            #[inline(always)]
            || {
                let mut most = [0_u32; STRETCH];
                for stretch in self.cells.as_chunks::<STRETCH>().0 {
                    for j in 0..STRETCH {
                        most[j] = most[j].max(stretch[j]);
                    }
                }
                most
            },
        );
        most.into_iter().max().unwrap_or(0)
    }

    fn row(&self, head: usize) -> Option<&[u32]> {
        let row = self.row_of[head];
        (row != Self::NONE).then(|| &self.cells[row as usize * self.width..][..self.width])
    }
}

/// Meets, in their order, the cells at which every one of some counts of the same packages reaches its line; `meet` may give
/// higher lines for the cells to come.
pub fn reaching(lanes: Lanes, lists: &[&Counts], mut lines: Vec<u32>, meet: &mut dyn FnMut(usize) -> Option<Vec<u32>>) {
    let Some(Counts { width, row_of, .. }) = lists.first() else { return };
    let none = vec![0; *width];
    let mut rows: Vec<&[[u32; STRETCH]]> = Vec::with_capacity(lists.len());
    lanes.run(
        #[inline(always)]
        || {
            for head in 0..row_of.len() {
                if lists.iter().zip(&lines).any(|(list, line)| *line > 0 && list.row_of[head] == Counts::NONE) {
                    continue;
                }
                rows.clear();
                rows.extend(lists.iter().map(|list| list.row(head).unwrap_or(&none).as_chunks::<STRETCH>().0));
                for s in 0..width / STRETCH {
                    let mut all = [u32::MAX; STRETCH];
                    for (row, line) in rows.iter().zip(&lines) {
                        for j in 0..STRETCH {
                            all[j] &= u32::from(row[s][j] >= *line).wrapping_neg();
                        }
                    }
                    // Few reach their lines in most stretches.
                    if all.iter().fold(0, |any, reaches| any | reaches) == 0 {
                        continue;
                    }
                    for j in 0..STRETCH {
                        let reaches = || rows.iter().zip(&lines).all(|(row, line)| row[s][j] >= *line);
                        if all[j] != 0
                            && reaches()
                            && let Some(higher) = meet(head * width + s * STRETCH + j)
                        {
                            lines = higher;
                        }
                    }
                }
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WIDTH: usize = 2 * STRETCH;

    fn counted(list: &[u32]) -> Counts {
        let mut counts = Counts::none(list.len() / WIDTH, WIDTH);
        for (head, row) in list.chunks(WIDTH).enumerate().filter(|(_, row)| row.iter().any(|count| *count > 0)) {
            counts.row_mut(head).expect("there is such a head").copy_from_slice(row);
        }
        counts
    }

    proptest! {
        #[test]
        fn both_are_what_a_plain_look_finds(
            counts in prop::collection::vec((0_u32..9, 0_u32..9), 0..3 * WIDTH),
            lines in (0_u32..9, 0_u32..9),
        ) {
            let mut lists = [counts.iter().map(|c| c.0).collect::<Vec<_>>(), counts.iter().map(|c| c.1).collect()];
            lists.iter_mut().for_each(|list| list.resize(4 * WIDTH, 0));
            lists[1][..WIDTH].fill(0);
            let kept = [counted(&lists[0]), counted(&lists[1])];
            prop_assert_eq!(kept[0].greatest(Lanes::detect()), lists[0].iter().copied().max().unwrap_or(0));
            prop_assert!((0..4 * WIDTH).all(|cell| kept[1].at(cell) == lists[1][cell]));
            let mut sum = kept[0].clone();
            sum.add(&kept[1]);
            prop_assert!((0..4 * WIDTH).all(|cell| sum.at(cell) == lists[0][cell] + lists[1][cell]));
            let plain: Vec<usize> =
                (0..4 * WIDTH).filter(|i| lists[0][*i] >= lines.0 && lists[1][*i] >= lines.1).collect();
            let mut met = Vec::new();
            reaching(Lanes::detect(), &[&kept[0], &kept[1]], vec![lines.0, lines.1], &mut |at| {
                met.push(at);
                None
            });
            prop_assert_eq!(&met, &plain);
            // Each raises the line above itself: the places of a rising sequence are met.
            let (mut rising, mut line) = (Vec::new(), lines.0);
            for (at, count) in lists[0].iter().enumerate() {
                if *count >= line {
                    rising.push(at);
                    line = count + 1;
                }
            }
            met.clear();
            reaching(Lanes::detect(), &[&kept[0]], vec![lines.0], &mut |at| {
                met.push(at);
                Some(vec![lists[0][at] + 1])
            });
            prop_assert_eq!(met, rising);
        }
    }
}
