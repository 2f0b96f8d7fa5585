//! Which box of the trade-off is taken.

use super::peel::Step;

/// How near the best a simpler box has to be.
const NEARLY: f64 = 0.02;

/// The harmonic mean of coverage c and density d, 2 c d / (c + d), in [0, 1]; 0 if nothing is hit.
#[must_use]
pub fn harmonic(coverage: f64, density: f64) -> f64 {
    if coverage + density <= 0.0 { 0.0 } else { 2.0 * coverage * density / (coverage + density) }
}

/// The place of the box that is taken unless the user says otherwise: of those whose harmonic mean of coverage and
/// density is within 0.02 of the highest, one with the fewest restricted columns, and of these the highest.
///
/// Assumption: coverage and density count alike, and a column fewer is worth 0.02. The harmonic mean is the measure F₁
/// of van Rijsbergen (1979).
pub(super) fn choice(steps: &[Step], columns: impl Fn(&Step) -> usize, all_hits: u64) -> usize {
    let mean = |step: &Step| {
        let coverage = step.hits as f64 / all_hits.max(1) as f64;
        harmonic(coverage, step.hits as f64 / step.rows.max(1) as f64)
    };
    let highest = steps.iter().map(mean).fold(0.0, f64::max);
    let near = (0..steps.len()).filter(|s| mean(&steps[*s]) >= highest - NEARLY);
    let rank = |s: &usize| (columns(&steps[*s]), -mean(&steps[*s]));
    let chosen = near.min_by(|a, b| rank(a).0.cmp(&rank(b).0).then(rank(a).1.total_cmp(&rank(b).1)));
    chosen.unwrap_or(0)
}
