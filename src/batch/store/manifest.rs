//! What a folder of results says of itself: no time, and no name of a machine.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::super::plan::{Plan, short};
use super::error::{StoreError, io};
use super::file::read_within;
use super::part::fingerprint;
use crate::model::{InputId, InputKind};

/// Bytes of a manifest at most.
const MOST: u64 = 64_000_000;

/// The manifest of a folder.
///
/// # Errors
/// [`StoreError::Io`]; [`StoreError::Foreign`] if it is none of a batch.
pub fn read_manifest(folder: &Path) -> Result<Value, StoreError> {
    let path = folder.join("manifest.json");
    let foreign = || StoreError::Foreign { folder: folder.display().to_string() };
    let bytes = match read_within(&path, MOST) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(foreign()),
        other => other.map_err(|e| io(&path, "read", e))?,
    };
    let there: Value = serde_json::from_slice(&bytes).map_err(|_| foreign())?;
    if there["kind"] == "batch" { Ok(there) } else { Err(foreign()) }
}

/// What a folder of results was made from: no time, and no name of a machine.
#[must_use]
pub fn manifest(plan: &Plan, complete: bool) -> Value {
    let mut counts = BTreeMap::from([("ok", 0_u64), ("failed", 0), ("non-finite", 0)]);
    for e in 0..plan.experiments() {
        *counts.entry(plan.status(e).word()).or_default() += 1;
    }
    let scenario = |s: &crate::scenario::Scenario| json!({ "file": copy_of(&s.name), "title": s.negotiation.title, "sha256": fingerprint(s.text.as_bytes()) });
    json!({
        "program": "winset",
        "version": env!("CARGO_PKG_VERSION"),
        "kind": "batch",
        "plan": plan.hash(),
        "title": plan.title,
        "question": plan.question,
        "seed": plan.seed,
        "defeat": plan.defeat,
        "runs": plan.runs,
        "experiments": plan.experiments(),
        "inputs": inputs(plan),
        "design": { "kind": plan.points.kind, "inputs": plan.points.paths, "points": plan.points.values.len() },
        "scenarios": plan.scenarios.iter().map(scenario).collect::<Vec<_>>(),
        "status": counts,
        "complete": complete,
    })
}

/// The inputs that are varied, each with its base.
fn inputs(plan: &Plan) -> Vec<Value> {
    plan.points.paths.iter().zip(bases(plan)).map(|(path, base)| json!({ "path": path, "base": base })).collect()
}

/// What each input that is varied is most likely to be in the first model, before the design holds it; `None` of chances.
#[must_use]
pub fn bases(plan: &Plan) -> Vec<Option<f64>> {
    let Some(model) = plan.models.first() else { return Vec::new() };
    let world = model.n.modal_world(&model.n.laws(None, &model.variants));
    let chance = |id: InputId| model.n.inputs.get(id).kind == InputKind::Chance;
    let base = |ids: &Vec<InputId>| ids.first().filter(|id| !chance(**id)).map(|id| world.value(*id));
    model.inputs.iter().map(base).collect()
}

/// Where the copy of a scenario stands in a folder of results.
#[must_use]
pub fn copy_of(name: &str) -> String {
    format!("scenarios/{}.toml", short(name))
}
