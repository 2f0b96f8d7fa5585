//! Which inputs vary, in which design, and the base case.

use super::factor::{numbers, set};
use super::{Experiment, Results};

/// The design inputs that are set to two or more values, all of them numbers.
pub fn varied(results: &Results) -> Vec<usize> {
    let varies = |place: &usize| {
        let values = set(results, *place);
        values.len() > 1 && numbers(&values).is_some()
    };
    (0..results.inputs.len()).filter(varies).collect()
}

/// The base case of each design input, as it is written: what it is most likely to be, or else what a one-at-a-time
/// design leaves all others at.
pub fn base(results: &Results) -> Vec<Option<String>> {
    let centre = centre(results);
    let of = |place: usize| {
        let centre = || centre.as_ref().map(|values| values[place].clone());
        results.base[place].clone().or_else(centre).filter(|value| !value.is_empty())
    };
    (0..results.inputs.len()).map(of).collect()
}

/// The values that a one-at-a-time design leaves all but one input at; `None` of another design.
///
/// Two or more inputs vary, some experiment has every input at its commonest value, and no experiment departs from it
/// in more than one.
pub fn centre(results: &Results) -> Option<Vec<String>> {
    if varied(results).len() < 2 {
        return None;
    }
    let commonest = |place: usize| {
        let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        results.experiments.iter().for_each(|e| *counts.entry(&e.inputs[place]).or_default() += 1);
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(value, _)| value.to_owned())
    };
    let centre: Vec<String> = (0..results.inputs.len()).map(commonest).collect::<Option<_>>()?;
    let departs = |e: &Experiment| e.inputs.iter().zip(&centre).filter(|(a, b)| a != b).count();
    let most = results.experiments.iter().map(departs).max()?;
    let some = results.experiments.iter().any(|e| departs(e) == 0);
    (most == 1 && some).then_some(centre)
}
