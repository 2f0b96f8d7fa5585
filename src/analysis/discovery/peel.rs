//! Patient peeling: from all rows, again and again, the thin slice is cut off without which the target is most frequent.

use super::hyperbox::KeptGroups;
use super::quasi::{Candidate, highest};
use super::ranks::{Content, EMPTY, Placed, RankedColumn, Sample};

/// A slice that can be cut off.
struct Slice<'a> {
    /// The ranked column.
    place: usize,
    /// What is kept of the column without it.
    kept: KeptGroups,
    /// Its cells, with some that are cut off already.
    cells: &'a [Placed],
    content: Content,
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
/// until the box would have fewer rows than `least` or holds nothing else. Where no slice raises it, the one goes that
/// lowers it least: behind a stretch of bad luck there may be more to gain. Complexity: a slice is scanned from the border
/// of its column, so that one step costs O(α N d) whatever the box holds. Source: Friedman and Fisher (1999) for peeling,
/// Kwakkel and Jaxa-Rozen (2016) for the gain for each row lost, which keeps words with large levels comparable with
/// numbers.
pub(super) fn peel(sample: &Sample, alpha: f64, least: u64) -> Vec<Candidate> {
    let mut peeling = Peeling::new(sample, alpha, least);
    let mut steps = vec![peeling.at.clone()];
    while let Some(slice) = peeling.best() {
        peeling.cut(slice);
        steps.push(peeling.at.clone());
    }
    steps
}

struct Peeling<'a> {
    ranked: &'a [RankedColumn],
    /// The share of the rows in the box that a slice of numbers holds.
    alpha: f64,
    /// Rows that a box holds at least.
    least: u64,
    alive: Living,
    /// The box as it is.
    at: Candidate,
    /// What is alive of each group of words, and of empty cells, by column.
    tallies: Vec<Vec<Content>>,
    /// Where the first and the last living cell of each column can be.
    ends: Vec<(usize, usize)>,
}

impl<'a> Peeling<'a> {
    fn new(sample: &'a Sample, alpha: f64, least: u64) -> Self {
        let ranked = &sample.ranked;
        Self {
            ranked,
            alpha,
            least: least.max(1),
            alive: Living(vec![u64::MAX; sample.hits.len().div_ceil(64)]),
            at: Candidate { kept: ranked.iter().map(KeptGroups::all).collect(), content: sample.all },
            tallies: ranked.iter().map(tally).collect(),
            ends: ranked.iter().map(|of| (0, of.order.len())).collect(),
        }
    }

    /// The slice that gains most, the first of several; `None` if nothing is left to gain.
    fn best(&mut self) -> Option<Slice<'a>> {
        let content = self.at.content;
        if content.hits == 0 || content.hits == content.rows {
            return None;
        }
        let slices: Vec<Slice> = (0..self.ranked.len()).flat_map(|place| self.slices(place)).collect();
        let may_go = |slice: &Slice| slice.content.rows > 0 && content.rows - slice.content.rows >= self.least;
        highest(slices.into_iter().filter(may_go).map(|s| (gain(content, s.content), s))).map(|(_, slice)| slice)
    }

    fn slices(&mut self, place: usize) -> Vec<Slice<'a>> {
        let (of, tally) = (&self.ranked[place], &self.tallies[place]);
        let empty = *tally.last().expect("there is one at least");
        match &self.at.kept[place] {
            KeptGroups::Span { low, high, .. } if empty.rows > 0 => {
                let kept = KeptGroups::Span { low: *low, high: *high, empty: false };
                vec![Slice { place, kept, cells: &of.empty, content: empty }]
            }
            KeptGroups::Span { .. } => [true, false].into_iter().filter_map(|low| self.edge(place, low)).collect(),
            KeptGroups::These(kept) => {
                let level = |g: usize| {
                    let mut kept = kept.clone();
                    kept[g] = false;
                    Slice { place, kept: KeptGroups::These(kept), cells: of.cells(g), content: tally[g] }
                };
                (0..kept.len()).map(level).collect()
            }
        }
    }

    /// The slice at the lower or the upper end of the numbers of a column.
    fn edge(&mut self, place: usize, is_low: bool) -> Option<Slice<'a>> {
        let KeptGroups::Span { low, high, empty } = self.at.kept[place] else { return None };
        let (of, (first, last), alive) = (&self.ranked[place], &mut self.ends[place], &self.alive);
        let is_dead = |cell: &&Placed| !alive.has(cell.row());
        let cells = of.order[*first..*last].iter();
        if is_low {
            *first += cells.take_while(is_dead).count();
        } else {
            *last -= cells.rev().take_while(is_dead).count();
        }
        let (first, last) = (*first, *last);
        let cells = of.order[first..last].iter();
        let (content, group) = if is_low { self.thin(cells) } else { self.thin(cells.rev()) }?;
        let (low, high) = if is_low { (group, high) } else { (low, group) };
        let cut = if is_low { first..of.start[group as usize] } else { of.start[group as usize + 1]..last };
        Some(Slice { place, kept: KeptGroups::Span { low, high, empty }, cells: &of.order[cut], content })
    }

    /// The first share α of the living cells, and the group behind them that is kept first.
    ///
    /// A group is never split: the slice ends where the last group begins that it would split, or, if that is the
    /// first one, behind it.
    fn thin<'c>(&self, cells: impl Iterator<Item = &'c Placed>) -> Option<(Content, u32)> {
        let most = ((self.alpha * self.at.content.rows as f64).floor() as u64).max(1);
        let mut content = Content::default();
        let mut border: Option<(Content, u32)> = None;
        for cell in cells.filter(|cell| self.alive.has(cell.row())) {
            if border.is_none_or(|(_, current)| current != cell.group) {
                if content.rows >= most {
                    return Some((content, cell.group));
                }
                border = Some((content, cell.group));
            }
            if content.rows >= most && border.is_some_and(|(before, _)| before.rows > 0) {
                return border;
            }
            content += cell.content();
        }
        None
    }

    fn cut(&mut self, slice: Slice) {
        self.at.kept[slice.place] = slice.kept;
        self.at.content = self.at.content - slice.content;
        let told: Vec<usize> =
            (0..self.ranked.len()).filter(|place| self.tallies[*place].iter().any(|t| t.rows > 0)).collect();
        for cell in slice.cells {
            if !self.alive.has(cell.row()) {
                continue;
            }
            self.alive.drop(cell.row());
            for place in &told {
                let (of, tally) = (&self.ranked[*place], &mut self.tallies[*place]);
                let group = of.of[cell.row()];
                if of.is_number && group != EMPTY {
                    continue;
                }
                let at = if group == EMPTY { tally.len() - 1 } else { group as usize };
                tally[at] = tally[at] - cell.content();
            }
        }
    }
}

/// By how much the share of the target in a box rises without a slice, for each row lost where it is a gain.
fn gain(all: Content, slice: Content) -> f64 {
    let (n, h, s, t) = (all.rows as f64, all.hits as f64, slice.rows as f64, slice.hits as f64);
    // Whole numbers below 2⁵³ up to the division, so that no gain is a gain of 0.
    let gain = (h * s - n * t) / (n * (n - s));
    if gain > 0.0 { gain / s } else { gain }
}

/// What is in each group of words, and last in the empty cells.
fn tally(of: &RankedColumn) -> Vec<Content> {
    let levels = if of.is_number { 0 } else { of.values.len() };
    (0..levels).map(|g| of.cells(g)).chain([&of.empty[..]]).map(Content::of).collect()
}

/// The rows that are in the box, one bit each.
struct Living(Vec<u64>);

impl Living {
    fn has(&self, row: usize) -> bool {
        self.0[row / 64] >> (row % 64) & 1 == 1
    }

    fn drop(&mut self, row: usize) {
        self.0[row / 64] &= !(1 << (row % 64));
    }
}
