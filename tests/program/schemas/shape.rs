//! The shape of JSON values, gathered from many of them and written as a JSON Schema; and whether a value has one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// Fields whose keys are identifiers or paths of a scenario, or names of a case, not words of the format.
const MAPS: &str = "GMR Nash SEQ SMR audiences best best_for bits by_reading discounted from gains ideal intents interests \
                    leaderships lines named no_deal package parties payoffs payoffs_by_intent posterior prior readings set \
                    talks_by_intent talks_by_reading utilities utility variants verdicts weights why winset";

/// Of these the values are such maps again.
const MAPS_OF_MAPS: &str = "payoffs_by_intent";

/// Fields whose value, or each of whose list, says by a word of its own what else it holds: documents never show all shapes.
const OPEN: [&str; 2] = ["blocked_by", "steps"];

/// What fields mean, wherever they stand.
const SAYS: [(&str, &str); 24] = [
    ("verb", "the verb, as the command line calls it"),
    ("version", "the version of the program"),
    ("format", "rises when a reader must change"),
    ("scenario", "the scenario as it was named; a list where there are several, null where there is none"),
    ("seed", "the seed of all draws; null where nothing is drawn"),
    ("asked", "everything else that was asked, defaults included"),
    ("answer", "the answer"),
    ("holds", "under what all of it holds"),
    ("runs", "worlds drawn, or runs of the talks"),
    ("kept", "worlds that agree with the anchors, where only those are kept"),
    ("exists", "worlds in which some package is available, rational, and a defeat for nobody"),
    ("same_package", "the best single package: chosen on even runs, scored on odd ones"),
    ("reached", "runs of the talks that end in a deal that is a defeat for nobody"),
    ("margin", "the margin: quantiles as shares of the span of whoever minds most"),
    ("package", "the option of each issue"),
    ("verdicts", "what each audience says of it: worlds, or a word"),
    ("would_do", "worlds in which the package is available, rational, and a defeat for nobody"),
    ("no_defeat", "worlds in which it is a defeat for nobody who must agree"),
    ("rational", "worlds in which it is worth at least as much as no deal to every leadership"),
    ("available", "worlds in which it is allowed, and its options are granted"),
    ("endings", "how the talks end"),
    ("gains", "relative gains of the parties from what was reached"),
    ("payoffs", "what a run pays each party, in points"),
    ("notices", "what must be said of the variants that are on"),
];

/// What was met at one place of many documents.
#[derive(Default)]
pub struct Shape {
    types: BTreeSet<&'static str>,
    /// How many objects stood here.
    objects: usize,
    /// The fields of objects, with how many had each.
    fields: BTreeMap<String, (usize, Shape)>,
    /// What stood under identifiers, or in lists.
    each: Option<Box<Shape>>,
}

impl Shape {
    /// Takes a value in, that stands under `name`.
    pub fn meet(&mut self, name: &str, value: &Value) {
        self.types.insert(word(value));
        match value {
            // A share of a posterior, with its weight, is no map.
            Value::Object(fields) if is_map(name) && !fields.contains_key("weight") => {
                fields.values().for_each(|value| self.each.get_or_insert_default().meet(within(name), value));
            }
            Value::Object(fields) => {
                self.objects += 1;
                for (field, value) in fields {
                    let (count, shape) = self.fields.entry(field.clone()).or_default();
                    *count += 1;
                    shape.meet(field, value);
                }
            }
            Value::Array(list) => list.iter().for_each(|value| self.each.get_or_insert_default().meet("", value)),
            _ => {}
        }
    }

    /// As a JSON Schema of what stands under `name`; a share is told once, under `$defs`.
    pub fn schema(&self, name: &str) -> Value {
        let mut types = self.types.clone();
        if types.contains("number") {
            types.remove("integer");
        }
        let mut schema = Map::new();
        if let Some((_, says)) = SAYS.iter().find(|(field, _)| *field == name) {
            schema.insert("description".into(), json!(says));
        }
        // Of what was never there nothing is known.
        if types.iter().all(|t| *t == "null") {
            return Value::Object(schema);
        }
        let fields: Vec<&str> = self.fields.keys().map(String::as_str).collect();
        if types.len() == 1 && fields == ["count", "high", "low", "of", "share"] {
            schema.insert("$ref".into(), json!("#/$defs/share"));
            return Value::Object(schema);
        }
        let each = |name| self.each.as_ref().map_or(json!({}), |each| each.schema(name));
        if types.contains("array") {
            schema.insert("items".into(), each(if OPEN.contains(&name) { name } else { "" }));
        }
        if types.contains("object") && is_map(name) && self.fields.is_empty() {
            schema.insert("additionalProperties".into(), each(within(name)));
        } else if types.contains("object") {
            let told = |(field, (_, shape)): (&String, &(usize, Self))| (field.clone(), shape.schema(field));
            schema.insert("properties".into(), Value::Object(self.fields.iter().map(told).collect()));
            let always = |(_, (count, _)): &(&String, &(usize, Self))| *count == self.objects;
            let required: Vec<&String> = self.fields.iter().filter(always).map(|(field, _)| field).collect();
            if !OPEN.contains(&name) {
                schema.insert("required".into(), json!(required));
                schema.insert("additionalProperties".into(), json!(false));
            }
        }
        let types: Vec<&str> = types.into_iter().collect();
        schema.insert("type".into(), if let [one] = types[..] { json!(one) } else { json!(types) });
        Value::Object(schema)
    }
}

/// A share, told once for all schemas.
pub fn share() -> Value {
    json!({
        "description": "cases, of how many, their ratio, and its 95 % interval",
        "type": "object",
        "properties": {
            "count": { "type": "integer" }, "of": { "type": "integer" }, "share": { "type": "number" },
            "low": { "type": "number" }, "high": { "type": "number" },
        },
        "required": ["count", "high", "low", "of", "share"],
        "additionalProperties": false,
    })
}

fn is_map(name: &str) -> bool {
    MAPS.split_whitespace().any(|map| map == name)
}

/// By which name the values of a map are known.
fn within(name: &str) -> &'static str {
    if MAPS_OF_MAPS.split_whitespace().any(|map| map == name) { "payoffs" } else { "" }
}

fn word(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Where a value does not have the shape of a schema that [`Shape::schema`] wrote, and why.
pub fn misfit(schema: &Value, whole: &Value, value: &Value, at: &str) -> Option<String> {
    if schema.get("$ref").is_some() {
        return misfit(&whole["$defs"]["share"], whole, value, at);
    }
    let found = word(value);
    let fits = |wanted: &Value| wanted == found || (found == "integer" && wanted == "number");
    let type_fits = match &schema["type"] {
        Value::Null => true,
        Value::Array(types) => types.iter().any(fits),
        one => fits(one),
    };
    if !type_fits {
        return Some(format!("{at} is {found}, not {}", schema["type"]));
    }
    match value {
        Value::Array(list) => {
            let mut each = list.iter().enumerate();
            each.find_map(|(i, value)| misfit(&schema["items"], whole, value, &format!("{at}[{i}]")))
        }
        Value::Object(fields) => {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let missing =
                required.filter(|field| !fields.contains_key(*field)).map(|field| format!("{at}.{field} is missing"));
            let own = fields.iter().filter_map(|(field, value)| {
                let at = format!("{at}.{field}");
                match (&schema["properties"][field.as_str()], &schema["additionalProperties"]) {
                    (Value::Null, Value::Bool(false)) => Some(format!("{at} is in no schema")),
                    (Value::Null, rest) => misfit(rest, whole, value, &at),
                    (known, _) => misfit(known, whole, value, &at),
                }
            });
            missing.chain(own).next()
        }
        _ => None,
    }
}
