//! Sharpening: limits are moved to where they tell most, and what peeling did not find is added.

use super::LimitSide;
use super::hyperbox::KeptGroups;
use super::quasi::{Candidate, at_least, highest, lift};
use super::ranks::{Content, Placed, Sample};
use crate::num;

/// Moves, again and again, the one limit of numbers whose best place raises most what the box tells of the target,
///
/// ```text
/// G = Σ over inside and outside of ( h ln(h / n p) + (n − h) ln((n − h) / n (1 − p)) ),   p = H / N
/// ```
///
/// or adds one that is not there, if its quasi-p-value times the places among which it is the best is at most `luck`; then
/// lifts what luck explains. A box of fewer rows than `least` is none. G is half the likelihood ratio statistic of a table
/// of two by two: it is 0 for all rows, and does not prefer a box for being large where the target is frequent anyway.
/// Peeling alone wastes rows on columns that mean nothing before it has found all that do. Source: Wilks (1938) for G;
/// coordinate by coordinate: assumption.
pub(super) fn sharpen(sample: &Sample, mut candidate: Candidate, luck: f64, least: u64) -> Candidate {
    /// Moves at most; each raises G, so that there is an end without it too.
    const MOVES: usize = 100;
    for _ in 0..MOVES {
        let next = moved(sample, &candidate, luck, least).unwrap_or_else(|| lift(sample, candidate.clone(), luck));
        if next == candidate {
            break;
        }
        candidate = next;
    }
    candidate
}

/// The best move; `None` if none raises G.
fn moved(sample: &Sample, of: &Candidate, luck: f64, least: u64) -> Option<Candidate> {
    let keeps_out = of.who_keeps_out(sample);
    let limits = (0..sample.ranked.len()).flat_map(|place| [(place, LimitSide::Low), (place, LimitSide::High)]);
    let moves = limits.filter_map(|limit| best_place(sample, of, limit, &keeps_out, (luck, least)));
    let now = tells(sample, of.content);
    highest(moves).filter(|(g, _)| *g > now * (1.0 + 1e-9) + 1e-9).map(|(_, moved)| moved)
}

/// What a box of these rows and hits tells; 0 where the target is no more frequent in it.
fn tells(sample: &Sample, content: Content) -> f64 {
    let (all, all_hits) = (sample.all.rows as f64, sample.all.hits as f64);
    let share = all_hits / all;
    let part = |k: f64, expected: f64| if k > 0.0 { k * num::ln(k / expected) } else { 0.0 };
    let of = |n: f64, h: f64| part(h, n * share) + part(n - h, n * (1.0 - share));
    let (n, h) = (content.rows as f64, content.hits as f64);
    if h <= n * share { 0.0 } else { of(n, h) + of(all - n, all_hits - h) }
}

/// The box with one limit of numbers where it tells most, all else as it is, and what it tells; `None` if there is no
/// place for the limit.
fn best_place(
    sample: &Sample,
    candidate: &Candidate,
    (place, side): (usize, LimitSide),
    keeps_out: &[u32],
    (luck, least): (f64, u64),
) -> Option<(f64, Candidate)> {
    let KeptGroups::Span { low, high, .. } = candidate.kept[place] else { return None };
    let of = &sample.ranked[place];
    let movable = |cell: &&Placed| [0, place as u32 + 1].contains(&keeps_out[cell.row()]);
    // From the other limit on outwards; behind the outermost group nothing is cut off.
    let (is_there, outermost, behind) = if side == LimitSide::Low {
        let inwards = of.order[..of.start[high as usize + 1]].iter().rev();
        (low > 0, 0, counted(inwards.filter(movable)))
    } else {
        let outermost = of.groups().saturating_sub(1);
        (high < outermost, outermost, counted(of.order[of.start[low as usize]..].iter().filter(movable)))
    };
    let (_, all) = *behind.last()?;
    let places = behind.iter().filter(|(group, content)| *group != outermost && content.rows >= least);
    let (g, (group, content)) = highest(places.map(|(group, content)| (tells(sample, *content), (*group, *content))))?;
    let quasi_p = || at_least(content.hits, content.rows, all.share());
    if !is_there && quasi_p() * behind.len() as f64 > luck {
        return None;
    }
    let (low, high) = if side == LimitSide::Low { (group, high) } else { (low, group) };
    Some((g, candidate.with(place, KeptGroups::Span { low, high, empty: false }, content)))
}

/// Group by group, what the box holds if the limit is behind that group.
fn counted<'a>(cells: impl Iterator<Item = &'a Placed>) -> Vec<(u32, Content)> {
    let mut behind: Vec<(u32, Content)> = Vec::new();
    let mut content = Content::default();
    for cell in cells {
        content += cell.content();
        match behind.last_mut() {
            Some((group, so_far)) if *group == cell.group => *so_far = content,
            _ => behind.push((cell.group, content)),
        }
    }
    behind
}
