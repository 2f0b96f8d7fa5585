//! Pasting: where peeling cut off too much, slices are put back; restrictions that say nothing are lifted.

use super::hyperbox::Kept;
use super::peel::Step;
use super::quasi::{Side, quasi_p};
use super::ranks::{EMPTY, Ranked, Sample};

/// The share of rows by which a box grows at a time.
const GROWTH: f64 = 0.01;

/// Grows a box by thin slices as long as the target does not become less frequent in it.
///
/// Of all slices just outside (at either end of the numbers of a column: the nearest share 0.01 of the rows in the box,
/// moved outwards to the next border between different values; a level that was dropped) the one is put back that
/// raises the share most; of equal ones, that with more rows. Source: Friedman and Fisher (1999).
pub(super) fn paste(sample: &Sample, mut step: Step) -> Step {
    while let Some(grown) = grown(sample, &step) {
        step = grown;
    }
    step
}

fn grown(sample: &Sample, step: &Step) -> Option<Step> {
    let outside = just_outside(sample, step);
    let mut best: Option<Step> = None;
    for (place, rows) in outside.into_iter().enumerate() {
        for more in slices(&sample.ranked[place], place, rows, step) {
            let better = best.as_ref().is_none_or(|b| (share(&more), more.rows) > (share(b), b.rows));
            if share(&more) >= share(step) && better {
                best = Some(more);
            }
        }
    }
    best
}

fn share(step: &Step) -> f64 {
    step.hits as f64 / step.rows.max(1) as f64
}

/// For each column, the rows that this column alone keeps out, as entries.
fn just_outside(sample: &Sample, step: &Step) -> Vec<Vec<u32>> {
    let mut outside = vec![Vec::new(); sample.ranked.len()];
    let restricted: Vec<usize> =
        (0..step.kept.len()).filter(|place| step.kept[*place] != Kept::all(&sample.ranked[*place])).collect();
    for (row, hit) in sample.hits.iter().enumerate() {
        let mut failing = restricted.iter().filter(|p| !step.kept[**p].holds(sample.ranked[**p].of[row]));
        if let (Some(place), None) = (failing.next(), failing.next()) {
            outside[*place].push((row as u32) << 1 | u32::from(*hit));
        }
    }
    outside
}

/// The box with each slice of a column that could be put back.
fn slices(of: &Ranked, place: usize, rows: Vec<u32>, step: &Step) -> Vec<Step> {
    let grow = |kept: Kept, added: &[u32]| {
        let mut more = step.clone();
        more.kept[place] = kept;
        more.rows += added.len() as u64;
        more.hits += added.iter().map(|entry| u64::from(entry & 1)).sum::<u64>();
        more
    };
    let group = |entry: &u32| of.of[(*entry >> 1) as usize];
    match &step.kept[place] {
        Kept::Groups(kept) => {
            let dropped = (0..kept.len()).filter(|g| !kept[*g]);
            let back = dropped.map(|g| {
                let added: Vec<u32> = rows.iter().copied().filter(|entry| group(entry) == g as u32).collect();
                let mut kept = kept.clone();
                kept[g] = true;
                grow(Kept::Groups(kept), &added)
            });
            back.filter(|more| more.rows > step.rows).collect()
        }
        Kept::Span { low, high, empty } => {
            let (mut below, mut above): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
            for entry in rows.into_iter().filter(|entry| group(entry) != EMPTY) {
                if group(&entry) < *low {
                    below.push(entry);
                } else if group(&entry) > *high {
                    above.push(entry);
                }
            }
            let wanted = ((GROWTH * step.rows as f64).floor() as usize).max(1);
            below.sort_unstable_by_key(|entry| std::cmp::Reverse(group(entry)));
            above.sort_unstable_by_key(group);
            let nearest = |entries: &[u32]| -> Option<(usize, u32)> {
                let last = group(entries.get(wanted.min(entries.len()).checked_sub(1)?)?);
                let taken = entries.iter().rposition(|entry| group(entry) == last)? + 1;
                Some((taken, last))
            };
            let down =
                nearest(&below).map(|(n, low)| grow(Kept::Span { low, high: *high, empty: *empty }, &below[..n]));
            let up = nearest(&above).map(|(n, high)| grow(Kept::Span { low: *low, high, empty: *empty }, &above[..n]));
            down.into_iter().chain(up).collect()
        }
    }
}

/// Lifts, one after the other, the restriction that luck explains best, as long as its quasi-p-value is above `most`.
pub(super) fn lift(sample: &Sample, mut step: Step, most: f64) -> Step {
    while let Some((side, _)) = idlest(sample, &step).filter(|(_, p)| *p > most) {
        step = side.lifted(sample, &step);
    }
    step
}

fn idlest(sample: &Sample, step: &Step) -> Option<(Side, f64)> {
    let judged = Side::of(sample, step).into_iter().map(|side| (side, quasi_p(sample, step, side)));
    // Of equal ones the first.
    judged.fold(None, |most, next| if most.is_none_or(|(_, p): (Side, f64)| next.1 > p) { Some(next) } else { most })
}
