//! The JSON Schema in `docs` is the one that the code writes, and it accepts what the reader accepts.

use std::path::Path;

use serde_json::{Value, json};
use winset::scenario::schema;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/scenario.schema.json");

#[test]
fn the_committed_schema_is_the_one_that_the_code_writes() {
    let written = format!("{}\n", serde_json::to_string_pretty(&schema()).expect("a schema is JSON"));
    if std::env::var_os("WINSET_WRITE_SCHEMA").is_some() {
        std::fs::write(COMMITTED, &written).expect("docs can be written");
    }
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    assert!(
        committed == written,
        "run `WINSET_WRITE_SCHEMA=1 cargo test --test house schema` and look at the difference"
    );
}

#[test]
fn the_schema_of_plans_accepts_the_plans_that_are_shipped_and_knows_every_key() {
    let schema = winset::scenario::plan_schema();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/batches");
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let text = std::fs::read_to_string(&path).expect("it is text");
        let plan: toml::Table = text.parse().expect("it is TOML");
        let value = serde_json::to_value(plan).expect("it is data");
        assert_eq!(mismatch(&value, &schema, &schema), None, "{}", path.display());
    }
    let wrong = json!({ "title": "x", "scenarios": ["a"], "runs": -1 });
    assert!(mismatch(&wrong, &schema, &schema).is_some());
}

/// The part of JSON Schema that the schema uses: why a value does not match, if it does not.
fn mismatch(value: &Value, schema: &Value, root: &Value) -> Option<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).expect("references lead somewhere");
        return mismatch(value, target, root);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let reasons: Option<Vec<String>> = any.iter().map(|s| mismatch(value, s, root)).collect();
        return reasons.map(|r| r.join(" | "));
    }
    if let Some(words) = schema["enum"].as_array() {
        return (!words.contains(value)).then(|| format!("{value} is none of {words:?}"));
    }
    let fits = match schema["type"].as_str().expect("every schema has a type, a reference or a choice") {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_f64().is_some_and(|x| x.fract() == 0.0),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("type {other}"),
    };
    if !fits {
        return Some(format!("{value} is not {}", schema["type"]));
    }
    numbers(value, schema).or_else(|| items(value, schema, root)).or_else(|| properties(value, schema, root))
}

fn numbers(value: &Value, schema: &Value) -> Option<String> {
    let x = value.as_f64()?;
    let below = schema["minimum"].as_f64().is_some_and(|least| x < least);
    let above = schema["maximum"].as_f64().is_some_and(|most| x > most);
    let not_above = schema["exclusiveMinimum"].as_f64().is_some_and(|least| x <= least);
    (below || above || not_above).then(|| format!("{x} is out of range"))
}

fn items(value: &Value, schema: &Value, root: &Value) -> Option<String> {
    let list = value.as_array()?;
    let few = schema["minItems"].as_u64().is_some_and(|n| (list.len() as u64) < n);
    let many = schema["maxItems"].as_u64().is_some_and(|n| list.len() as u64 > n);
    if few || many {
        return Some(format!("{} items", list.len()));
    }
    list.iter().find_map(|item| mismatch(item, &schema["items"], root))
}

fn properties(value: &Value, schema: &Value, root: &Value) -> Option<String> {
    let table = value.as_object()?;
    let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
    if let Some(key) = required.iter().find(|key| !table.contains_key(key.as_str().expect("a key"))) {
        return Some(format!("{key} is missing"));
    }
    table.iter().find_map(|(key, value)| {
        let of = schema["properties"].get(key).unwrap_or(&schema["additionalProperties"]);
        let reason = if *of == json!(false) { Some("unknown key".to_owned()) } else { mismatch(value, of, root) };
        reason.map(|reason| format!("{key}: {reason}"))
    })
}

fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(s) => json!(s),
        toml::Value::Integer(n) => json!(n),
        toml::Value::Float(x) => json!(x),
        toml::Value::Boolean(b) => json!(b),
        toml::Value::Datetime(d) => json!(d.to_string()),
        toml::Value::Array(list) => list.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(k, v)| (k, as_json(v))).collect()),
    }
}

fn mismatch_of(text: &str) -> Option<String> {
    let table: toml::Table = text.parse().expect("it is TOML");
    let schema = schema();
    mismatch(&as_json(toml::Value::Table(table)), &schema, &schema)
}

fn scenarios(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            scenarios(&path, found);
        } else if path.extension().is_some_and(|e| e == "toml") {
            found.push(path);
        }
    }
}

#[test]
fn the_schema_accepts_every_sample_and_every_scenario() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    scenarios(&root.join("tests/samples"), &mut files);
    scenarios(&root.join("scenarios/talks"), &mut files);
    scenarios(&root.join("scenarios/textbook"), &mut files);
    assert!(!files.is_empty());
    for path in files {
        let text = std::fs::read_to_string(&path).expect("it is text");
        assert_eq!(mismatch_of(&text), None, "{}", path.display());
    }
}

#[test]
fn the_schema_refuses_unknown_keys_missing_keys_and_wrong_values() {
    let refused = [
        include_str!("../bad/unknown-key.toml"),
        include_str!("../bad/unknown-section.toml"),
        include_str!("../bad/missing-title.toml"),
        include_str!("../bad/horizon-not-whole.toml"),
        include_str!("../bad/weight-negative.toml"),
        include_str!("../bad/value-beyond-one.toml"),
        include_str!("../bad/unknown-role.toml"),
        include_str!("../bad/beta-misspelt.toml"),
        include_str!("../bad/chance-beyond-one.toml"),
    ];
    for text in refused {
        assert!(mismatch_of(text).is_some(), "accepted:\n{text}");
    }
}

/// Every key that the sample writes stands in the schema, and the sample uses every section; but for a token, which tells something
/// only where both sides reckon.
#[test]
fn the_sample_uses_every_section_of_the_schema() {
    let sample: toml::Table = include_str!("../samples/every-section.toml").parse().expect("it is TOML");
    let schema = schema();
    let sections = schema["properties"].as_object().expect("the schema has properties");
    let unused: Vec<&String> = sections.keys().filter(|key| *key != "token" && !sample.contains_key(*key)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}
