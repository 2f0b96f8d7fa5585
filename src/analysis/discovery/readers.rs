//! The tree beside the box: do both readers see the same?

use super::ranks::Sample;
use super::tree::{TreeSettings, leaves};
use super::{Found, Hyperbox, Scored, Share, Table};

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
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.both.share >= 2.0 / 3.0
    }
}

impl Tree {
    pub(super) fn of(
        table: &Table,
        sample: &Sample,
        odd: &[u32],
        settings: TreeSettings,
        first: Option<&Found>,
    ) -> Self {
        let all = (sample.rows(), sample.all_hits);
        let base = all.1 as f64 / all.0.max(1) as f64;
        let threshold = first.map_or(0.5, |f| f64::midpoint(base, f.chosen.density.share));
        let mut leaves: Vec<Leaf> = leaves(sample, settings)
            .into_iter()
            .map(|leaf| {
                let grown = Scored::of(leaf.hyperbox.clone(), (leaf.rows, leaf.hits), all);
                let scored = Scored::on(table, leaf.hyperbox.clone(), odd);
                let rich = leaf.hits > 0 && grown.density.share >= threshold;
                Leaf { grown, scored, rich }
            })
            .collect();
        leaves.sort_by(|a, b| b.grown.density.share.total_cmp(&a.grown.density.share));
        let agreement = first.map(|f| agreement(table, odd, &f.chosen.hyperbox, &leaves));
        Self { leaves, agreement }
    }
}

fn agreement(table: &Table, odd: &[u32], found: &Hyperbox, leaves: &[Leaf]) -> Agreement {
    let rich: Vec<&Hyperbox> = leaves.iter().filter(|leaf| leaf.rich).map(|leaf| &leaf.grown.hyperbox).collect();
    let (mut either, mut in_box, mut both) = (0, 0, 0);
    for row in odd {
        let inside = found.holds(table, *row);
        let in_rich = rich.iter().any(|leaf| leaf.holds(table, *row));
        either += u64::from(inside || in_rich);
        in_box += u64::from(inside);
        both += u64::from(inside && in_rich);
    }
    let of_box: Vec<usize> = found.restrictions.iter().map(|r| r.column).collect();
    let mut of_leaves: Vec<usize> = rich.iter().flat_map(|leaf| leaf.restrictions.iter().map(|r| r.column)).collect();
    of_leaves.sort_unstable();
    of_leaves.dedup();
    let only = |these: &[usize], those: &[usize], shared: bool| -> Vec<usize> {
        these.iter().copied().filter(|c| those.contains(c) == shared).collect()
    };
    let columns = [only(&of_box, &of_leaves, true), only(&of_box, &of_leaves, false), only(&of_leaves, &of_box, false)];
    Agreement { both: Share::of(both, either), of_box: Share::of(both, in_box), columns }
}
