//! What a folder of results says of itself: no time, and no name of a machine; once it is complete with the hash of each
//! result, and the rows of tables, so that a loss is found.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::super::plan::{BatchPlan, hex, stem};
use super::file::{StoreError, read_within, refused};
use super::part::fingerprint;
use crate::model::{InputId, InputKind};
use crate::scenario::Scenario;

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
        other => other.map_err(|e| refused(&path, "read", e))?,
    };
    let there: Value = serde_json::from_slice(&bytes).map_err(|_| foreign())?;
    if there["kind"] == "batch" { Ok(there) } else { Err(foreign()) }
}

/// What a folder of results was made from: no time, and no name of a machine.
pub fn manifest(plan: &BatchPlan, complete: bool) -> Value {
    let mut counts = BTreeMap::from([("ok", 0_u64), ("failed", 0), ("non-finite", 0)]);
    (0..plan.experiments()).for_each(|e| *counts.entry(plan.status(e).word()).or_default() += 1);
    let input = |(path, base)| json!({ "path": path, "base": base });
    let scenario = |s: &Scenario| json!({ "file": copy_of(&s.name), "title": s.negotiation.title, "sha256": fingerprint(s.text.as_bytes()) });
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
        "inputs": plan.design.paths.iter().zip(bases(plan)).map(input).collect::<Vec<_>>(),
        "design": { "kind": plan.design.kind, "inputs": plan.design.paths, "points": plan.design.points.len() },
        "scenarios": plan.scenarios.iter().map(scenario).collect::<Vec<_>>(),
        "status": counts,
        "complete": complete,
    })
}

/// What each input that is varied is most likely to be in the first model, before the design holds it; `None` of chances.
pub fn bases(plan: &BatchPlan) -> Vec<Option<f64>> {
    let Some(model) = plan.models.first() else { return Vec::new() };
    let world = model.n.modal_world(&model.n.laws(None, &model.variants));
    let chance = |id: InputId| model.n.inputs.get(id).kind == InputKind::Chance;
    let base = |ids: &Vec<InputId>| ids.first().filter(|id| !chance(**id)).map(|id| world.value(*id));
    model.inputs.iter().map(base).collect()
}

/// Where the copy of a scenario stands in a folder of results.
pub fn copy_of(name: &str) -> String {
    format!("scenarios/{}.toml", stem(name))
}

/// Bytes that are read at a time.
const PIECE: usize = 1 << 16;

/// What tells a file from another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Print {
    sha256: String,
    /// Rows below the heads of a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rows: Option<u64>,
}

/// A result that is no longer what it was when the folder became complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hurt {
    /// Its name in the folder.
    pub name: String,
    /// What became of it.
    how: String,
}

impl fmt::Display for Hurt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.how)
    }
}

/// Whether a manifest says that its folder is complete, and of what results.
pub(super) fn is_complete(manifest: &Value) -> bool {
    results(manifest).is_some()
}

/// The results of a complete folder; `None` of any other.
fn results(manifest: &Value) -> Option<BTreeMap<String, Print>> {
    let results: BTreeMap<String, Print> = serde_json::from_value(manifest["results"].clone()).ok()?;
    (manifest["complete"] == true && results.contains_key(super::TOTALS)).then_some(results)
}

/// The names of the results of a complete folder.
pub(super) fn sealed_names(folder: &Path) -> Result<Vec<String>, StoreError> {
    Ok(results(&read_manifest(folder)?).unwrap_or_default().into_keys().collect())
}

/// The first of some files, each by its name, that a complete folder holds among its results with other bytes.
pub fn sealed_otherwise<'f>(folder: &Path, files: impl IntoIterator<Item = &'f (String, Vec<u8>)>) -> Option<&'f str> {
    let results = results(&read_manifest(folder).ok()?)?;
    let other =
        |(name, bytes): &&(String, Vec<u8>)| results.get(name).is_some_and(|print| print.sha256 != fingerprint(bytes));
    files.into_iter().find(other).map(|(name, _)| name.as_str())
}

/// The manifest of a complete folder, with what tells each of its results from any other file.
pub(super) fn sealed(folder: &Path, plan: &BatchPlan, results: &[String]) -> Result<Value, StoreError> {
    let print = |name: &String| {
        let path = folder.join(name);
        Ok((name.clone(), print(&path).map_err(|e| refused(&path, "read", e))?))
    };
    let mut sealed = manifest(plan, true);
    sealed["results"] = json!(results.iter().map(print).collect::<Result<BTreeMap<String, Print>, StoreError>>()?);
    Ok(sealed)
}

/// Those of the results in question that are no longer what they were; none of a folder that is not complete.
pub(super) fn hurt(folder: &Path, asked: impl Fn(&str) -> bool) -> Result<Vec<Hurt>, StoreError> {
    let results = results(&read_manifest(folder)?).unwrap_or_default();
    let inside = |name: &str| Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    let compared = results.into_iter().filter(|(name, _)| asked(name) && inside(name));
    Ok(compared.filter_map(|(name, was)| compare(folder, name, &was)).collect())
}

fn compare(folder: &Path, name: String, was: &Print) -> Option<Hurt> {
    let how = match print(&folder.join(&name)) {
        Ok(there) if there == *was => return None,
        Ok(Print { rows, .. }) => match rows.zip(was.rows).filter(|(there, were)| there != were) {
            Some((there, were)) => format!("has {there} rows in place of {were}"),
            None => "was changed since it was written".to_owned(),
        },
        Err(_) => "is gone".to_owned(),
    };
    Some(Hurt { name, how })
}

/// Reads a file once, piece by piece.
fn print(path: &Path) -> std::io::Result<Print> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(std::io::Error::other("it is no regular file"));
    }
    let (mut file, mut hash, mut lines, mut quoted) = (File::open(path)?, Sha256::new(), 0, false);
    let mut piece = vec![0; PIECE];
    loop {
        let length = file.read(&mut piece)?;
        if length == 0 {
            break;
        }
        hash.update(&piece[..length]);
        for byte in &piece[..length] {
            quoted ^= *byte == b'"';
            lines += u64::from(*byte == b'\n' && !quoted);
        }
    }
    let table = path.extension().is_some_and(|e| e == "csv");
    Ok(Print { sha256: hex(hash), rows: table.then(|| u64::saturating_sub(lines, 1)) })
}
