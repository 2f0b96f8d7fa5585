//! Pasting: where peeling cut off too much, slices are put back; restrictions that say nothing are lifted.

use super::hyperbox::Kept;
use super::peel::Step;
use super::quasi::{Judged, judged, just_outside};
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
    while let Some(idlest) = idlest(sample, &step).filter(|judged| judged.quasi_p > most) {
        step = idlest.without;
    }
    step
}

fn idlest(sample: &Sample, step: &Step) -> Option<Judged> {
    let more = |most: &Judged, next: &Judged| next.quasi_p > most.quasi_p;
    // Of equal ones the first.
    judged(sample, step).into_iter().reduce(|most, next| if more(&most, &next) { next } else { most })
}
