//! The second reader: a classification tree, whose leaves are boxes too. Do both readers see the same?

use std::collections::BTreeSet;
use std::ops::Range;

use super::hyperbox::{Hyperbox, KeptGroups, hyperbox};
use super::ranks::{Content, Placed, Sample};
use super::{Cases, Found, Scored, Share};

/// How far a tree grows, and how it is pruned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TreeSettings {
    /// Splits from the root to a leaf, at most.
    pub depth: usize,
    /// The share of all rows that a leaf holds at least.
    pub least: f64,
    /// What a leaf more has to lower the impurity of the tree by, as a share of that of the root.
    pub complexity: f64,
}

impl Default for TreeSettings {
    /// Depth 4, leaves of 2 % of the rows, and 0.5 % of the impurity for each leaf. Assumption.
    fn default() -> Self {
        Self { depth: 4, least: 0.02, complexity: 0.005 }
    }
}

/// The classification tree, as its leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Its leaves, the richest first by the rows on which the tree was grown.
    pub leaves: Vec<Leaf>,
    /// How far the rich leaves and the first box hold the same rows; `None` without a box.
    pub agreement: Option<Agreement>,
}

/// A leaf.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// The leaf as a box, on the rows on which the tree was grown.
    pub grown: Scored,
    /// The same on the other rows.
    pub scored: Scored,
    /// Whether it counts as rich: at least halfway from the share of the target in all rows to that in the first box,
    /// on the rows on which both were chosen; without a box, more often hit than not.
    pub rich: bool,
}

/// How far two readers agree on the rows on which neither was chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Of the rows in the box or a rich leaf, the share that is in both.
    pub both: Share,
    /// Of the rows in the box, the share that is in a rich leaf.
    pub of_box: Share,
    /// Columns that both restrict, that only the box does, and that only rich leaves do.
    pub columns: [Vec<usize>; 3],
}

impl Agreement {
    /// Whether both readers see the same: at least two thirds of the rows in either are in both. Assumption.
    pub fn agrees(&self) -> bool {
        self.both.share >= 2.0 / 3.0
    }
}

impl Tree {
    pub(super) fn of(
        cases: &Cases,
        sample: &Sample,
        odd: &[u32],
        settings: TreeSettings,
        first: Option<&Found>,
    ) -> Self {
        let threshold = first.map_or(0.5, |f| f64::midpoint(sample.all.share(), f.chosen.density.share));
        let leaf = |(hyperbox, content): (Hyperbox, Content)| {
            let grown = Scored::of(hyperbox.clone(), content, sample.all);
            let rich = content.hits > 0 && grown.density.share >= threshold;
            Leaf { grown, scored: Scored::on(cases, hyperbox, odd), rich }
        };
        let mut leaves: Vec<Leaf> = grown(sample, settings).into_iter().map(leaf).collect();
        leaves.sort_by(|a, b| b.grown.density.share.total_cmp(&a.grown.density.share));
        let agreement = first.map(|f| agreement(cases, odd, &f.chosen.hyperbox, &leaves));
        Self { leaves, agreement }
    }
}

fn agreement(cases: &Cases, odd: &[u32], found: &Hyperbox, leaves: &[Leaf]) -> Agreement {
    let rich: Vec<&Hyperbox> = leaves.iter().filter(|leaf| leaf.rich).map(|leaf| &leaf.grown.hyperbox).collect();
    let (mut either, mut in_box, mut both) = (0, 0, 0);
    for row in odd {
        let inside = found.holds(cases, *row);
        let in_rich = rich.iter().any(|leaf| leaf.holds(cases, *row));
        either += u64::from(inside || in_rich);
        in_box += u64::from(inside);
        both += u64::from(inside && in_rich);
    }
    let of_box: BTreeSet<usize> = found.columns().collect();
    let of_leaves: BTreeSet<usize> = rich.iter().flat_map(|leaf| leaf.columns()).collect();
    let columns = [&of_box & &of_leaves, &of_box - &of_leaves, &of_leaves - &of_box];
    let columns = columns.map(|columns| columns.into_iter().collect());
    Agreement { both: Share::of(both, either), of_box: Share::of(both, in_box), columns }
}

#[derive(Debug, Clone, Default)]
struct Node {
    content: Content,
    split: Option<Split>,
}

/// How a node is divided.
#[derive(Debug, Clone)]
struct Split {
    /// The ranked column.
    place: usize,
    /// What of it goes to the first branch.
    first: KeptGroups,
    /// The two branches, behind it among the nodes.
    branches: [usize; 2],
}

/// n · 2 p (1 − p): Gini impurity, each row counted.
fn impurity(Content { rows, hits }: Content) -> f64 {
    if rows == 0 { 0.0 } else { 2.0 * hits as f64 * (rows - hits) as f64 / rows as f64 }
}

/// The leaves of the pruned tree, from the first branches to the last, each with what it holds.
///
/// Every node is split where the Gini impurity falls most,
///
/// ```text
/// n · 2 p (1 − p) − n₁ · 2 p₁ (1 − p₁) − n₂ · 2 p₂ (1 − p₂)
/// ```
///
/// numbers between two neighbouring values, words between two sets of levels in the order of their shares, which is
/// enough for two classes; empty cells follow the larger branch. All nodes of a depth are split in one pass over each
/// sorted column. Then branches are pruned, weakest link first, whose impurity falls by less than `complexity` of the
/// root's for each leaf. Source: Breiman, Friedman, Olshen and Stone (1984).
fn grown(sample: &Sample, settings: TreeSettings) -> Vec<(Hyperbox, Content)> {
    let mut nodes = grow(sample, settings);
    prune(&mut nodes, settings.complexity);
    let mut leaves = Vec::new();
    let all: Vec<KeptGroups> = sample.ranked.iter().map(KeptGroups::all).collect();
    collect(sample, &nodes, 0, &all, &mut leaves);
    leaves
}

fn grow(sample: &Sample, settings: TreeSettings) -> Vec<Node> {
    let least = ((settings.least * sample.all.rows as f64).ceil() as u64).max(5);
    let mut nodes = vec![Node { content: sample.all, split: None }];
    let mut of: Vec<u32> = vec![0; sample.hits.len()];
    let mut open = 0..1;
    for _ in 0..settings.depth {
        if open.is_empty() {
            break;
        }
        let found = best_splits(sample, &nodes, &open, &of, least);
        let before = nodes.len();
        for (node, found) in open.zip(found) {
            let branches = [nodes.len(), nodes.len() + 1];
            if let Some((place, first)) = found {
                nodes[node].split = Some(Split { place, first, branches });
                nodes.extend([Node::default(), Node::default()]);
            }
        }
        send(sample, &mut nodes, &mut of);
        open = before..nodes.len();
    }
    nodes
}

/// Sends every row of a node that was just split to its branch.
fn send(sample: &Sample, nodes: &mut [Node], of: &mut [u32]) {
    for (row, node) in of.iter_mut().enumerate() {
        let Some(split) = &nodes[*node as usize].split else { continue };
        let cell = sample.cell(split.place, row);
        *node = split.branches[usize::from(!split.first.holds(cell.group))] as u32;
        nodes[*node as usize].content += cell.content();
    }
}

/// The best split of each open node, as the ranked column and what of it goes to the first branch; `None` where no split
/// helps.
fn best_splits(
    sample: &Sample,
    nodes: &[Node],
    open: &Range<usize>,
    of: &[u32],
    least: u64,
) -> Vec<Option<(usize, KeptGroups)>> {
    let mut best: Vec<(f64, Option<(usize, KeptGroups)>)> = vec![(1e-9, None); open.len()];
    // Every row is in an open node, or in a leaf that stands before them.
    let here = |cell: &Placed| Some(((of[cell.row()] as usize).checked_sub(open.start)?, *cell));
    for (place, ranked) in sample.ranked.iter().enumerate() {
        let mut scans: Vec<Scan> = nodes[open.clone()].iter().map(|node| Scan::new(node.content, least)).collect();
        ranked.empty.iter().filter_map(here).for_each(|(node, cell)| scans[node].empty += cell.content());
        let cells = ranked.order.iter().filter_map(here);
        if ranked.is_number {
            cells.for_each(|(node, cell)| scans[node].meet(cell));
        } else {
            let mut levels = vec![vec![Content::default(); ranked.values.len()]; open.len()];
            cells.for_each(|(node, cell)| levels[node][cell.group as usize] += cell.content());
            scans.iter_mut().zip(&levels).for_each(|(scan, levels)| scan.meet_levels(levels));
        }
        for (best, scan) in best.iter_mut().zip(scans) {
            if scan.gain > best.0 {
                *best = (scan.gain, scan.first.map(|first| (place, first)));
            }
        }
    }
    best.into_iter().map(|(_, split)| split).collect()
}

/// A pass over one sorted column for one node.
struct Scan {
    /// All that is in the node.
    all: Content,
    impurity: f64,
    /// What of it has an empty cell.
    empty: Content,
    least: u64,
    /// What was met so far, and the group that was met last.
    met: Content,
    last: Option<u32>,
    /// What the best split gains, and its first branch.
    gain: f64,
    first: Option<KeptGroups>,
}

impl Scan {
    fn new(all: Content, least: u64) -> Self {
        let (empty, met) = (Content::default(), Content::default());
        Self { all, impurity: impurity(all), empty, least, met, last: None, gain: 0.0, first: None }
    }

    /// Meets the next row in rising order of the column.
    fn meet(&mut self, cell: Placed) {
        if let Some(high) = self.last.filter(|last| *last != cell.group) {
            self.split(|empty| KeptGroups::Span { low: 0, high, empty });
        }
        self.last = Some(cell.group);
        self.met += cell.content();
    }

    /// Meets all levels of words, in rising order of their shares of hits.
    fn meet_levels(&mut self, levels: &[Content]) {
        let mut order: Vec<usize> = (0..levels.len()).filter(|l| levels[*l].rows > 0).collect();
        // h/n by cross-multiplication: exact, so that equal shares are equal.
        let share = |one: usize, other: usize| u128::from(levels[one].hits) * u128::from(levels[other].rows);
        order.sort_by(|a, b| share(*a, *b).cmp(&share(*b, *a)));
        let mut these = vec![false; levels.len()];
        for pair in order.windows(2) {
            these[pair[0]] = true;
            self.met += levels[pair[0]];
            self.split(|_| KeptGroups::These(these.clone()));
        }
    }

    /// Splits behind what was met, if that is better than all before; `first` hears whether empty cells go there too.
    fn split(&mut self, first: impl FnOnce(bool) -> KeptGroups) {
        let rest = self.all - self.empty - self.met;
        let empty_first = self.met.rows >= rest.rows;
        let branches = if empty_first { [self.met + self.empty, rest] } else { [self.met, rest + self.empty] };
        if branches.iter().any(|branch| branch.rows < self.least) {
            return;
        }
        let gain = self.impurity - impurity(branches[0]) - impurity(branches[1]);
        if gain > self.gain {
            (self.gain, self.first) = (gain, Some(first(empty_first)));
        }
    }
}

/// Turns branches into leaves, from the last nodes to the root, that lower the impurity too little for each leaf: what is
/// left is what is left where the weakest link goes first, again and again.
fn prune(nodes: &mut [Node], complexity: f64) {
    let worth = complexity * impurity(nodes[0].content);
    // Impurity and number of the leaves below each node.
    let mut below: Vec<(f64, usize)> = nodes.iter().map(|node| (impurity(node.content), 1)).collect();
    for node in (0..nodes.len()).rev() {
        let Some(split) = &nodes[node].split else { continue };
        let [(first, many), (second, more)] = split.branches.map(|branch| below[branch]);
        let (impurity, leaves) = (first + second, many + more);
        if (below[node].0 - impurity) / (leaves - 1) as f64 >= worth {
            below[node] = (impurity, leaves);
        } else {
            nodes[node].split = None;
        }
    }
}

/// The leaves below a node that holds this of every column.
fn collect(sample: &Sample, nodes: &[Node], node: usize, kept: &[KeptGroups], leaves: &mut Vec<(Hyperbox, Content)>) {
    let Node { content, split } = &nodes[node];
    let Some(Split { place, first, branches }) = split else {
        leaves.push((hyperbox(sample, kept), *content));
        return;
    };
    for (branch, part) in branches.iter().zip([first, &first.others(&sample.ranked[*place])]) {
        let mut kept = kept.to_vec();
        kept[*place] = kept[*place].and(part);
        collect(sample, nodes, *branch, &kept, leaves);
    }
}
