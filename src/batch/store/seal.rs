//! What a complete folder says of its results: the hash of each, and the rows of tables, so that a loss is found.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{StoreError, io, manifest};

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
    /// Whether it is gone altogether.
    gone: bool,
    /// Rows that it has, and those that it had, of a table whose number of rows is another.
    rows: Option<(u64, u64)>,
}

impl fmt::Display for Hurt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.gone, self.rows) {
            (true, _) => f.write_str("is gone"),
            (_, Some((there, were))) => write!(f, "has {there} rows in place of {were}"),
            _ => f.write_str("was changed since it was written"),
        }
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
pub(super) fn names(folder: &Path) -> Result<Vec<String>, StoreError> {
    Ok(results(&manifest::read_manifest(folder)?).unwrap_or_default().into_keys().collect())
}

/// What the manifest of a complete folder says of its results.
pub(super) fn of(folder: &Path, results: &[String]) -> Result<Value, StoreError> {
    let mut prints = BTreeMap::new();
    for name in results {
        let path = folder.join(name);
        prints.insert(name, print(&path).map_err(|e| io(&path, "read", e))?);
    }
    Ok(json!(prints))
}

/// Those of the results in question that are no longer what they were; none of a folder that is not complete.
pub(super) fn hurt(folder: &Path, asked: impl Fn(&str) -> bool) -> Result<Vec<Hurt>, StoreError> {
    let results = results(&manifest::read_manifest(folder)?).unwrap_or_default();
    let inside = |name: &str| Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    let compared = results.into_iter().filter(|(name, _)| asked(name) && inside(name));
    Ok(compared.filter_map(|(name, was)| compare(folder, name, &was)).collect())
}

fn compare(folder: &Path, name: String, was: &Print) -> Option<Hurt> {
    match print(&folder.join(&name)) {
        Ok(there) if there == *was => None,
        Ok(there) => {
            let rows = there.rows.zip(was.rows).filter(|(there, were)| there != were);
            Some(Hurt { name, gone: false, rows })
        }
        Err(_) => Some(Hurt { name, gone: true, rows: None }),
    }
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
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Print { sha256, rows: table.then(|| u64::saturating_sub(lines, 1)) })
}
