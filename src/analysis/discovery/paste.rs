//! Pasting: where peeling cut off too much, slices are put back.

use super::hyperbox::KeptGroups;
use super::quasi::{Candidate, highest};
use super::ranks::{Content, EMPTY, Placed, Sample};

/// The share of rows by which a box grows at a time.
const GROWTH: f64 = 0.01;

/// Grows a box by thin slices as long as the target does not become less frequent in it.
///
/// Of all slices just outside (at either end of the numbers of a column: the nearest share 0.01 of the rows in the box,
/// moved outwards to the next border between different values; a level that was dropped) the one is put back that
/// raises the share most; of equal ones, that with more rows. Source: Friedman and Fisher (1999).
pub(super) fn paste(sample: &Sample, mut candidate: Candidate) -> Candidate {
    while let Some(grown) = grown(sample, &candidate) {
        candidate = grown;
    }
    candidate
}

fn grown(sample: &Sample, of: &Candidate) -> Option<Candidate> {
    let outside = of.just_outside(sample).into_iter().enumerate();
    let more = outside.flat_map(|(place, cells)| slices(of, place, &cells));
    let no_poorer = more.filter(|more| more.content.share() >= of.content.share());
    highest(no_poorer.map(|more| ((more.content.share(), more.content.rows), more))).map(|(_, more)| more)
}

/// The box with each slice of a column that could be put back, of the cells that this column alone keeps out.
fn slices(of: &Candidate, place: usize, cells: &[Placed]) -> Vec<Candidate> {
    let grow = |kept: KeptGroups, back: &[Placed]| of.with(place, kept, of.content + Content::of(back));
    let among = |keeps: &dyn Fn(u32) -> bool| -> Vec<Placed> {
        cells.iter().copied().filter(|cell| cell.group != EMPTY && keeps(cell.group)).collect()
    };
    match &of.kept[place] {
        KeptGroups::These(kept) => {
            let level = |g: usize| {
                let back = among(&|group| group as usize == g);
                let mut kept = kept.clone();
                kept[g] = true;
                (!back.is_empty()).then(|| grow(KeptGroups::These(kept), &back))
            };
            (0..kept.len()).filter(|g| !kept[*g]).filter_map(level).collect()
        }
        KeptGroups::Span { low, high, empty } => {
            let (low, high, empty) = (*low, *high, *empty);
            let (mut below, mut above) = (among(&|group| group < low), among(&|group| group > high));
            below.sort_unstable_by_key(|cell| std::cmp::Reverse(cell.group));
            above.sort_unstable_by_key(|cell| cell.group);
            let down = nearest(&below, of).map(|(g, back)| grow(KeptGroups::Span { low: g, high, empty }, back));
            let up = nearest(&above, of).map(|(g, back)| grow(KeptGroups::Span { low, high: g, empty }, back));
            down.into_iter().chain(up).collect()
        }
    }
}

/// The last group of the slice that is nearest, and its cells.
fn nearest<'a>(outwards: &'a [Placed], of: &Candidate) -> Option<(u32, &'a [Placed])> {
    let wanted = ((GROWTH * of.content.rows as f64).floor() as usize).max(1);
    let last = outwards.get(wanted.min(outwards.len()).checked_sub(1)?)?.group;
    Some((last, &outwards[..=outwards.iter().rposition(|cell| cell.group == last)?]))
}
