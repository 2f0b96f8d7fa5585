//! The second reader: a classification tree, whose leaves are boxes too.

use super::hyperbox::{Hyperbox, Inside, Restriction};
use super::ranks::{EMPTY, Ranked, Sample};

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

/// A leaf with the rows on which it was grown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    pub hyperbox: Hyperbox,
    pub rows: u64,
    pub hits: u64,
}

/// Where a row goes at a node.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Split {
    /// Place among the ranked columns.
    place: usize,
    /// Whether each group goes to the first branch.
    first: Groups,
    /// Whether empty cells do.
    empty_first: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Groups {
    /// Those up to this one.
    UpTo(u32),
    /// These.
    These(Vec<bool>),
}

#[derive(Debug, Clone)]
struct Node {
    rows: u64,
    hits: u64,
    depth: usize,
    split: Option<Split>,
    /// The two branches, if it is split.
    branches: [usize; 2],
}

impl Node {
    fn new(rows: u64, hits: u64, depth: usize) -> Self {
        Self { rows, hits, depth, split: None, branches: [0; 2] }
    }

    /// n · 2 p (1 − p): Gini impurity, each row counted.
    fn impurity(&self) -> f64 {
        impurity(self.rows, self.hits)
    }
}

fn impurity(rows: u64, hits: u64) -> f64 {
    if rows == 0 { 0.0 } else { 2.0 * hits as f64 * (rows - hits) as f64 / rows as f64 }
}

/// The leaves of the pruned tree, from the first branches to the last.
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
pub(super) fn leaves(sample: &Sample, settings: TreeSettings) -> Vec<Leaf> {
    let mut nodes = grow(sample, settings);
    prune(&mut nodes, settings.complexity);
    let mut leaves = Vec::new();
    collect(sample, &nodes, 0, &mut Vec::new(), &mut leaves);
    leaves
}

fn grow(sample: &Sample, settings: TreeSettings) -> Vec<Node> {
    let least = ((settings.least * sample.rows() as f64).ceil() as u64).max(5);
    let mut nodes = vec![Node::new(sample.rows(), sample.all_hits, 0)];
    let mut of: Vec<u32> = vec![0; sample.hits.len()];
    let mut open = 0..1;
    while !open.is_empty() && nodes[open.start].depth < settings.depth {
        let found = best_splits(sample, &nodes, open.clone(), &of, least);
        let before = nodes.len();
        for (node, split) in open.clone().zip(found).filter_map(|(node, split)| Some((node, split?))) {
            let depth = nodes[node].depth + 1;
            nodes[node].branches = [nodes.len(), nodes.len() + 1];
            nodes[node].split = Some(split);
            nodes.extend([Node::new(0, 0, depth), Node::new(0, 0, depth)]);
        }
        send(sample, &mut nodes, &mut of);
        open = before..nodes.len();
    }
    nodes
}

/// Sends every row of a node that was just split to its branch.
fn send(sample: &Sample, nodes: &mut [Node], of: &mut [u32]) {
    for (row, node) in of.iter_mut().enumerate() {
        let here = &nodes[*node as usize];
        let Some(split) = &here.split else { continue };
        let first = split.takes(sample.ranked[split.place].of[row]);
        *node = here.branches[usize::from(!first)] as u32;
        let there = &mut nodes[*node as usize];
        there.rows += 1;
        there.hits += u64::from(sample.hits[row]);
    }
}

impl Split {
    fn takes(&self, group: u32) -> bool {
        match &self.first {
            _ if group == EMPTY => self.empty_first,
            Groups::UpTo(last) => group <= *last,
            Groups::These(these) => these[group as usize],
        }
    }
}

/// The best split of each open node; `None` where no split helps.
fn best_splits(
    sample: &Sample,
    nodes: &[Node],
    open: std::ops::Range<usize>,
    of: &[u32],
    least: u64,
) -> Vec<Option<Split>> {
    let mut best: Vec<(f64, Option<Split>)> = vec![(1e-9, None); open.len()];
    for (place, ranked) in sample.ranked.iter().enumerate() {
        let empty = counts_of(&ranked.empty, of, &open);
        let mut scans: Vec<Scan> =
            open.clone().zip(empty).map(|(n, empty)| Scan::new(&nodes[n], empty, least)).collect();
        if ranked.is_number {
            for (at, entry) in ranked.order.iter().enumerate() {
                let node = of[(entry >> 1) as usize] as usize;
                if open.contains(&node) {
                    scans[node - open.start].meet(ranked.group[at], entry & 1);
                }
            }
        } else {
            let mut levels = vec![vec![[0_u64; 2]; ranked.values.len()]; open.len()];
            for (at, entry) in ranked.order.iter().enumerate() {
                let node = of[(entry >> 1) as usize] as usize;
                if open.contains(&node) {
                    let [n, h] = &mut levels[node - open.start][ranked.group[at] as usize];
                    (*n, *h) = (*n + 1, *h + u64::from(entry & 1));
                }
            }
            scans.iter_mut().zip(&levels).for_each(|(scan, levels)| scan.meet_levels(levels));
        }
        for (best, scan) in best.iter_mut().zip(scans) {
            if scan.gain > best.0 {
                *best = (scan.gain, scan.split(place));
            }
        }
    }
    best.into_iter().map(|(_, split)| split).collect()
}

/// Rows and hits of entries in each open node.
fn counts_of(entries: &[u32], of: &[u32], open: &std::ops::Range<usize>) -> Vec<[u64; 2]> {
    let mut counts = vec![[0; 2]; open.len()];
    for entry in entries {
        let node = of[(entry >> 1) as usize] as usize;
        if open.contains(&node) {
            let [n, h] = &mut counts[node - open.start];
            (*n, *h) = (*n + 1, *h + u64::from(entry & 1));
        }
    }
    counts
}

/// A pass over one sorted column for one node.
struct Scan {
    /// Rows and hits of the node.
    all: [u64; 2],
    /// Those with an empty cell.
    empty: [u64; 2],
    impurity: f64,
    least: u64,
    /// Rows and hits met so far, and the group that was met last.
    met: [u64; 2],
    last: Option<u32>,
    gain: f64,
    found: Option<Groups>,
    empty_first: bool,
}

impl Scan {
    fn new(node: &Node, empty: [u64; 2], least: u64) -> Self {
        Self {
            all: [node.rows, node.hits],
            empty,
            impurity: node.impurity(),
            least,
            met: [0; 2],
            last: None,
            gain: 0.0,
            found: None,
            empty_first: false,
        }
    }

    /// Meets the next row in rising order of the column.
    fn meet(&mut self, group: u32, hit: u32) {
        if let Some(last) = self.last.filter(|last| *last != group)
            && self.improves()
        {
            self.found = Some(Groups::UpTo(last));
        }
        self.last = Some(group);
        self.met = [self.met[0] + 1, self.met[1] + u64::from(hit)];
    }

    /// Meets all levels of words, in rising order of their shares of hits.
    fn meet_levels(&mut self, levels: &[[u64; 2]]) {
        let mut order: Vec<usize> = (0..levels.len()).filter(|l| levels[*l][0] > 0).collect();
        // h/n by cross-multiplication: exact, so that equal shares are equal.
        order.sort_by(|a, b| {
            let ([n, h], [m, i]) = (levels[*a], levels[*b]);
            (u128::from(h) * u128::from(m)).cmp(&(u128::from(i) * u128::from(n)))
        });
        let mut these = vec![false; levels.len()];
        for pair in order.windows(2) {
            these[pair[0]] = true;
            let [n, h] = levels[pair[0]];
            self.met = [self.met[0] + n, self.met[1] + h];
            if self.improves() {
                self.found = Some(Groups::These(these.clone()));
            }
        }
    }

    /// Whether a split here is better than all before; then it is noted.
    fn improves(&mut self) -> bool {
        let rest = [self.all[0] - self.empty[0] - self.met[0], self.all[1] - self.empty[1] - self.met[1]];
        let empty_first = self.met[0] >= rest[0];
        let add = |a: [u64; 2], b: [u64; 2]| [a[0] + b[0], a[1] + b[1]];
        let (first, second) =
            if empty_first { (add(self.met, self.empty), rest) } else { (self.met, add(rest, self.empty)) };
        if first[0] < self.least || second[0] < self.least {
            return false;
        }
        let gain = self.impurity - impurity(first[0], first[1]) - impurity(second[0], second[1]);
        let better = gain > self.gain;
        if better {
            (self.gain, self.empty_first) = (gain, empty_first);
        }
        better
    }

    fn split(self, place: usize) -> Option<Split> {
        self.found.map(|first| Split { place, first, empty_first: self.empty_first })
    }
}

/// Turns the weakest branches into leaves: those that lower the impurity least for each leaf.
fn prune(nodes: &mut [Node], complexity: f64) {
    let worth = complexity * nodes[0].impurity();
    loop {
        let inner = (0..nodes.len()).filter(|n| nodes[*n].split.is_some() && reachable(nodes, *n));
        let link = |n: usize| {
            let (impurity, leaves) = below(nodes, n);
            (nodes[n].impurity() - impurity) / (leaves - 1) as f64
        };
        let weakest = inner.map(|n| (link(n), n)).min_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        match weakest {
            Some((gain, node)) if gain < worth => nodes[node].split = None,
            _ => return,
        }
    }
}

/// Whether a node still hangs on the root.
fn reachable(nodes: &[Node], node: usize) -> bool {
    node == 0
        || (0..nodes.len())
            .any(|n| nodes[n].split.is_some() && nodes[n].branches.contains(&node) && reachable(nodes, n))
}

/// The impurity of the leaves below a node, and their number.
fn below(nodes: &[Node], node: usize) -> (f64, usize) {
    if nodes[node].split.is_none() {
        return (nodes[node].impurity(), 1);
    }
    let [first, second] = nodes[node].branches.map(|branch| below(nodes, branch));
    (first.0 + second.0, first.1 + second.1)
}

fn collect(sample: &Sample, nodes: &[Node], node: usize, path: &mut Vec<Restriction>, leaves: &mut Vec<Leaf>) {
    let here = &nodes[node];
    let Some(split) = &here.split else {
        leaves.push(Leaf { hyperbox: narrowed(path), rows: here.rows, hits: here.hits });
        return;
    };
    for (branch, first) in here.branches.into_iter().zip([true, false]) {
        path.push(split.restriction(&sample.ranked[split.place], first));
        collect(sample, nodes, branch, path, leaves);
        path.pop();
    }
}

/// The box of all rows that take a path: one restriction for each column.
fn narrowed(path: &[Restriction]) -> Hyperbox {
    let mut restrictions: Vec<Restriction> = Vec::new();
    for turn in path {
        match restrictions.iter_mut().find(|r| r.column == turn.column) {
            Some(known) => *known = known.and(turn),
            None => restrictions.push(turn.clone()),
        }
    }
    restrictions.sort_by_key(|r| r.column);
    Hyperbox { restrictions }
}

impl Split {
    /// What the rows of a branch have in common.
    fn restriction(&self, of: &Ranked, first: bool) -> Restriction {
        let inside = match &self.first {
            Groups::UpTo(last) => {
                let border = Some(of.border(*last));
                let (above, most) = if first { (None, border) } else { (border, None) };
                Inside::Numbers { above, most }
            }
            Groups::These(these) => {
                let taken = these.iter().zip(&of.values).filter(|(in_first, _)| **in_first == first);
                Inside::Levels(taken.map(|(_, value)| *value as u32).collect())
            }
        };
        Restriction { column: of.column, inside, empty: self.empty_first == first }
    }
}
