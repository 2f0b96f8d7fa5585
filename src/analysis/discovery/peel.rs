//! Patient peeling: from all rows, again and again, the thin slice is cut off without which the target is most frequent.

use super::hyperbox::Kept;
use super::ranks::{EMPTY, Ranked, Rows, Sample};

/// How far peeling goes at a time, and where it stops.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Patience {
    /// The share of the rows in the box that a slice of numbers holds.
    pub alpha: f64,
    /// Rows that a box holds at least.
    pub least: u64,
}

/// A box on the way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub kept: Vec<Kept>,
    /// Rows in it.
    pub rows: u64,
    /// Of them, those that meet the target.
    pub hits: u64,
}

/// A slice that can be cut off.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Slice {
    place: usize,
    cut: Cut,
    rows: u64,
    hits: u64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Cut {
    /// Numbers below this group.
    Below(u32),
    /// Numbers above this group.
    Above(u32),
    /// One group.
    Group(u32),
    /// Empty cells.
    Empty,
}

/// The boxes from all rows to the last that peeling reaches, each a slice smaller than the one before.
///
/// Of all slices (the lowest and the highest share α of each column of numbers, moved to the next border between
/// different values; each single level of a column of words; the empty cells of a column, before its numbers) the one
/// is cut off that raises the share h/n of the target most for each row lost,
///
/// ```text
/// ( (h − h_s)/(n − n_s) − h/n ) / n_s
/// ```
///
/// until the box would be too small or holds nothing else. Where no slice raises it, the one goes that lowers it least:
/// behind a stretch of bad luck there may be more to gain. Complexity: a slice is scanned from the border of its column, so
/// that one step costs O(α N d) whatever the box holds. Source: Friedman and Fisher (1999) for peeling, Kwakkel and
/// Jaxa-Rozen (2016) for the gain for each row lost, which keeps words with large levels comparable with numbers.
pub(super) fn peel(sample: &Sample, patience: Patience) -> Vec<Step> {
    let mut peeling = Peeling::new(sample, patience);
    let mut steps = vec![peeling.step()];
    while let Some(slice) = peeling.best() {
        peeling.cut(slice);
        steps.push(peeling.step());
    }
    steps
}

struct Peeling<'a> {
    ranked: &'a [Ranked],
    patience: Patience,
    alive: Rows,
    kept: Vec<Kept>,
    rows: u64,
    hits: u64,
    /// Rows and hits alive of each group of words, and of empty cells, by column.
    tallies: Vec<Vec<[u64; 2]>>,
    /// Where the first and the last living entry of each column can be.
    ends: Vec<(usize, usize)>,
}

impl<'a> Peeling<'a> {
    fn new(sample: &'a Sample, patience: Patience) -> Self {
        let ranked = &sample.ranked;
        Self {
            ranked,
            patience,
            alive: Rows::all(sample.hits.len()),
            kept: ranked.iter().map(Kept::all).collect(),
            rows: sample.rows(),
            hits: sample.all_hits,
            tallies: ranked.iter().map(tally).collect(),
            ends: ranked.iter().map(|of| (0, of.order.len())).collect(),
        }
    }

    fn step(&self) -> Step {
        Step { kept: self.kept.clone(), rows: self.rows, hits: self.hits }
    }

    /// The slice that gains most, the first of several; `None` if nothing is left to gain.
    fn best(&mut self) -> Option<Slice> {
        if self.hits == 0 || self.hits == self.rows {
            return None;
        }
        let mut best: Option<(f64, Slice)> = None;
        for place in 0..self.ranked.len() {
            for slice in self.slices(place).into_iter().filter(|slice| self.may_go(slice)) {
                let gain = self.gain(&slice);
                if best.as_ref().is_none_or(|(most, _)| gain > *most) {
                    best = Some((gain, slice));
                }
            }
        }
        best.map(|(_, slice)| slice)
    }

    fn may_go(&self, slice: &Slice) -> bool {
        slice.rows > 0 && self.rows - slice.rows >= self.patience.least.max(1)
    }

    /// By how much the share of the target rises without the slice, for each row lost where it is a gain.
    fn gain(&self, slice: &Slice) -> f64 {
        let (n, h, s, t) = (self.rows as f64, self.hits as f64, slice.rows as f64, slice.hits as f64);
        // Whole numbers below 2⁵³ up to the division, so that no gain is a gain of 0.
        let gain = (h * s - n * t) / (n * (n - s));
        if gain > 0.0 { gain / s } else { gain }
    }

    fn slices(&mut self, place: usize) -> Vec<Slice> {
        let of = &self.ranked[place];
        let tally = &self.tallies[place];
        let [empty, empty_hits] = *tally.last().expect("there is one at least");
        if empty > 0 {
            return vec![Slice { place, cut: Cut::Empty, rows: empty, hits: empty_hits }];
        }
        if of.is_number {
            return [self.below(place), self.above(place)].into_iter().flatten().collect();
        }
        let group = |(g, [rows, hits]): (usize, &[u64; 2])| Slice {
            place,
            cut: Cut::Group(g as u32),
            rows: *rows,
            hits: *hits,
        };
        tally[..of.values.len()].iter().enumerate().map(group).collect()
    }

    fn below(&mut self, place: usize) -> Option<Slice> {
        let (mut first, last) = self.ends[place];
        let of = &self.ranked[place];
        while first < last && !self.alive.has(of.order[first] >> 1) {
            first += 1;
        }
        self.ends[place].0 = first;
        let (rows, hits, kept) = self.edge(place, first..last)?;
        Some(Slice { place, cut: Cut::Below(kept), rows, hits })
    }

    fn above(&mut self, place: usize) -> Option<Slice> {
        let (first, mut last) = self.ends[place];
        let of = &self.ranked[place];
        while last > first && !self.alive.has(of.order[last - 1] >> 1) {
            last -= 1;
        }
        self.ends[place].1 = last;
        let (rows, hits, kept) = self.edge(place, (first..last).rev())?;
        Some(Slice { place, cut: Cut::Above(kept), rows, hits })
    }

    /// The rows and hits of the first share α of the living entries, and the group behind them that is kept first.
    ///
    /// A group is never split: the slice ends where the last group begins that it would split, or, if that is the
    /// first one, behind it.
    fn edge(&self, place: usize, entries: impl Iterator<Item = usize>) -> Option<(u64, u64, u32)> {
        let of = &self.ranked[place];
        let most = ((self.patience.alpha * self.rows as f64).floor() as u64).max(1);
        let (mut rows, mut hits) = (0, 0);
        let mut border: Option<(u64, u64, u32)> = None;
        for at in entries {
            let entry = of.order[at];
            if !self.alive.has(entry >> 1) {
                continue;
            }
            let group = of.group[at];
            if border.is_none_or(|(_, _, current)| current != group) {
                if rows >= most {
                    return Some((rows, hits, group));
                }
                border = Some((rows, hits, group));
            }
            if rows >= most && border.is_some_and(|(before, ..)| before > 0) {
                return border;
            }
            rows += 1;
            hits += u64::from(entry & 1);
        }
        None
    }

    fn cut(&mut self, slice: Slice) {
        let of = &self.ranked[slice.place];
        let (first, last) = self.ends[slice.place];
        let start = |group: u32| of.start[group as usize] as usize;
        match (slice.cut, &mut self.kept[slice.place]) {
            (Cut::Below(group), Kept::Span { low, .. }) => {
                *low = group;
                self.ends[slice.place].0 = start(group);
                self.drop(&of.order[first..start(group)]);
            }
            (Cut::Above(group), Kept::Span { high, .. }) => {
                *high = group;
                self.ends[slice.place].1 = start(group + 1);
                self.drop(&of.order[start(group + 1)..last]);
            }
            (Cut::Group(group), Kept::Groups(kept)) => {
                kept[group as usize] = false;
                self.drop(&of.order[start(group)..start(group + 1)]);
            }
            (Cut::Empty, Kept::Span { empty, .. }) => {
                *empty = false;
                self.drop(&of.empty);
            }
            _ => {}
        }
        self.rows -= slice.rows;
        self.hits -= slice.hits;
    }

    /// Takes the living ones of some entries out of all counts but the sums.
    fn drop(&mut self, entries: &[u32]) {
        let told: Vec<usize> =
            (0..self.ranked.len()).filter(|place| self.tallies[*place].iter().any(|t| t[0] > 0)).collect();
        for entry in entries {
            let row = *entry >> 1;
            if !self.alive.has(row) {
                continue;
            }
            self.alive.drop(row);
            for place in &told {
                let of = &self.ranked[*place];
                let group = of.of[row as usize];
                if of.is_number && group != EMPTY {
                    continue;
                }
                let tally = &mut self.tallies[*place];
                let at = if group == EMPTY { tally.len() - 1 } else { group as usize };
                tally[at] = [tally[at][0] - 1, tally[at][1] - u64::from(entry & 1)];
            }
        }
    }
}

/// Rows and hits of each group of words, and last those of the empty cells.
fn tally(of: &Ranked) -> Vec<[u64; 2]> {
    let count =
        |entries: &[u32]| entries.iter().fold([0, 0], |[n, h]: [u64; 2], entry| [n + 1, h + u64::from(entry & 1)]);
    let groups = if of.is_number { &[] } else { &of.start[..] };
    let words = groups.windows(2).map(|ends| count(&of.order[ends[0] as usize..ends[1] as usize]));
    words.chain([count(&of.empty)]).collect()
}
