//! What a folder of results says of itself.

use serde_json::Value;

use super::fault::Fault;

/// The file.
pub const FILE: &str = "manifest.json";

/// What a folder of results says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Manifest {
    /// The title of the plan.
    pub title: String,
    /// The seed of all draws, as it is written.
    pub seed: String,
    /// Whether every experiment of the plan has been run.
    pub complete: bool,
    /// Experiments in the plan.
    pub planned: Option<u64>,
    /// The base values of design inputs by path, where the folder tells them.
    pub base: Vec<(String, String)>,
}

/// Reads the manifest of a batch: an object with `complete`, and with `experiments` as a number or an object that has
/// `planned`; `title`, `seed` and `inputs` (paths, or objects of `path` and `base`) where they are told.
pub fn read(text: Option<&str>) -> Result<Manifest, Fault> {
    let text = text.ok_or_else(|| Fault::missing(FILE))?;
    let value: Value = serde_json::from_str(text)
        .map_err(|e| Fault::at(FILE, e.line() as u64, format!("the file is no JSON: {e}")))?;
    let Some(complete) = value.get("complete").and_then(Value::as_bool) else { return Err(foreign(&value)) };
    let words = |key: &str| match value.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let experiments = value.get("experiments");
    let planned = experiments.and_then(Value::as_u64);
    let planned = planned.or_else(|| experiments?.get("planned")?.as_u64());
    Ok(Manifest { title: words("title"), seed: words("seed"), complete, planned, base: base(&value) })
}

fn foreign(value: &Value) -> Fault {
    let fault = Fault::of(FILE, "this is not the manifest of a batch: it does not say whether it is `complete`");
    if value.get("scenario").is_some() {
        return fault.hint("a folder of `winset run` holds its pictures already; `winset plot` draws those of a batch");
    }
    fault.hint("give a folder that `winset batch` wrote")
}

fn base(value: &Value) -> Vec<(String, String)> {
    let inputs = value.get("inputs").or_else(|| value.get("design_inputs")).and_then(Value::as_array);
    let told = |input: &Value| {
        let base = match input.get("base")? {
            Value::String(text) => text.clone(),
            Value::Null => return None,
            other => other.to_string(),
        };
        Some((input.get("path")?.as_str()?.to_owned(), base))
    };
    inputs.into_iter().flatten().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_of_a_batch_is_read_and_that_of_a_run_is_not() {
        let text = r#"{"title":"T","seed":7,"complete":false,"experiments":12,"inputs":["a",{"path":"b","base":0.5}]}"#;
        let read_back = read(Some(text)).expect("a manifest");
        assert_eq!((read_back.seed.as_str(), read_back.complete, read_back.planned), ("7", false, Some(12)));
        assert_eq!(read_back.base, [("b".to_owned(), "0.5".to_owned())]);
        let fault = read(Some(r#"{"scenario":{},"kept":3}"#)).expect_err("of a run");
        assert!(fault.hint.is_some_and(|h| h.contains("winset run")));
        assert!(read(Some("{")).is_err() && read(None).is_err());
    }
}
