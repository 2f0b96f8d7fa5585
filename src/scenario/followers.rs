//! Numbers that follow a shared unknown, when a reading, a variant or a caller changes the unknown.

use std::collections::BTreeMap;

use super::keys::Spec;
use super::reader::Reader;
use super::values::shown;
use crate::model::{InputId, Law, Negotiation};

/// A number that could leave what is allowed for it.
pub(super) struct Stray {
    /// The path of the number, or of the place that sets it.
    pub place: String,
    /// The value that it could take.
    pub value: f64,
    /// What is allowed.
    pub spec: Spec,
}

/// Adds an error for every number that an unknown could carry out of its bounds.
pub(super) fn check(reader: &mut Reader, n: &Negotiation) {
    for stray in strays(n, &reader.specs.clone()) {
        let span = reader.spans.get(&stray.place).cloned().unwrap_or(0..0);
        let found = format!("`{}` may be {} when its unknown is changed", stray.place, shown(stray.value));
        reader.error(found, &span).label(format!("expected {}", stray.spec.accepted())).push();
    }
}

/// All numbers that could leave their bounds, in any reading and with any variants.
pub(super) fn strays(n: &Negotiation, specs: &[Spec]) -> Vec<Stray> {
    let ranges: BTreeMap<InputId, (f64, f64)> = n.unknowns.iter().map(|(_, id)| (*id, n.range(*id))).collect();
    let own = n.inputs.iter().map(|(id, input)| (input.path.clone(), id, &input.law));
    let sets = n
        .readings
        .iter()
        .flat_map(|r| r.set.iter().map(move |s| (format!("readings.{}", r.id), s)))
        .chain(n.variants.iter().flat_map(|v| v.set.iter().map(move |s| (format!("variants.{}", v.id), s))));
    let set = sets.map(|(owner, (id, law))| (format!("{owner}.set.{}", n.inputs.get(*id).path), *id, law));
    let outside = |(place, id, law): (String, InputId, &Law)| {
        let Law::Shared { unknown, times, plus } = law else { return None };
        let (lo, hi) = ranges[unknown];
        let spec = specs[id.0];
        let value = [times * lo + plus, times * hi + plus].into_iter().find(|x| *x < spec.lo || *x > spec.hi)?;
        Some(Stray { place, value, spec })
    };
    own.chain(set).filter_map(outside).collect()
}
