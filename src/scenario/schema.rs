//! The format as a JSON Schema, from the same table as the findings.

use serde_json::{Map, Value, json};

use super::keys::{self, Keys, Notation, Spec, Takes};

/// The format as a JSON Schema, draft 2020-12. It knows keys, types and ranges; what refers to what, only
/// [`Scenario::parse`](super::Scenario::parse) can say.
pub fn schema() -> Value {
    schema_of("winset scenario", &keys::TOP)
}

/// The format of plans, as [`schema`] has that of scenarios.
pub fn plan_schema() -> Value {
    schema_of("winset plan", &keys::plan::PLAN)
}

fn schema_of(title: &str, section: &Keys) -> Value {
    let mut top = table(section);
    top["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    top["title"] = json!(title);
    top["$defs"] = definitions();
    top
}

fn definitions() -> Value {
    json!({
        "option": any_of([json!({ "type": "string" }), json!({ "type": "number" })]),
        "condition": {
            "description": "{ ISSUE = \"option\" | [\"a\", \"b\"] | \"not a\" | \"at least a\" | \"at most b\" }; all issues named must match.",
            "type": "object",
            "additionalProperties": one_or_some(defined("option")),
        },
        "picks": table_of(defined("option")),
        "plain": { "type": "number", "minimum": -keys::LARGEST, "maximum": keys::LARGEST },
        "shape": shape(),
        "line": table(&keys::LINE),
        "while": table(&keys::WHILE),
    })
}

/// How an uncertain number may be written, apart from a plain number or a flag.
fn shape() -> Value {
    let one = |name: &str, of: Value| json!({ "type": "object", "properties": { name: of }, "required": [name], "additionalProperties": false });
    any_of([
        json!({ "description": "[lo, hi], equally likely, or [lo, mode, hi], PERT.", "type": "array", "minItems": 2, "maxItems": 3, "items": defined("plain") }),
        json!({ "description": "The name of a shared unknown.", "type": "string" }),
        one("normal", table(&keys::NORMAL)),
        one("beta", table(&keys::BETA)),
        one(
            "discrete",
            json!({ "description": "value = weight", "type": "object", "minProperties": 1, "additionalProperties": { "type": "number", "exclusiveMinimum": 0 } }),
        ),
        table(&keys::SHARED),
    ])
}

/// A table with the keys of a section and no others.
fn table(section: &Keys) -> Value {
    let mut properties = Map::new();
    for key in section.all_keys() {
        let mut of = kind(key.kind);
        of["description"] = json!(key.about);
        properties.insert(key.name.to_owned(), of);
    }
    let required: Vec<&str> = section.all_keys().filter(|k| k.required).map(|k| k.name).collect();
    let open = section.open.map_or(json!(false), kind);
    let mut object = json!({ "description": section.about, "type": "object", "properties": properties, "additionalProperties": open });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

/// What one of the definitions describes.
fn defined(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn any_of<const N: usize>(forms: [Value; N]) -> Value {
    json!({ "anyOf": forms.to_vec() })
}

/// A table from identifiers to values of one kind.
fn table_of(of: Value) -> Value {
    json!({ "type": "object", "additionalProperties": of })
}

fn list_of(of: Value) -> Value {
    json!({ "type": "array", "items": of })
}

/// One, or a list of at least one.
fn one_or_some(of: Value) -> Value {
    any_of([of.clone(), json!({ "type": "array", "minItems": 1, "items": of })])
}

/// One, or the first and the last of several.
fn one_or_two(of: Value) -> Value {
    any_of([of.clone(), two(of)])
}

fn two(of: Value) -> Value {
    json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": of })
}

fn whole(least: impl Into<Value>, most: f64) -> Value {
    json!({ "type": "integer", "minimum": least.into(), "maximum": most })
}

fn kind(kind: Takes) -> Value {
    let text = || json!({ "type": "string" });
    match kind {
        Takes::Id(keys::Ref::Option) => defined("option"),
        Takes::Text | Takes::Id(_) => text(),
        Takes::Flag => json!({ "type": "boolean" }),
        Takes::Whole => whole(0, keys::LARGEST),
        Takes::LargeWhole => whole(0, keys::LARGEST_WHOLE),
        Takes::Time => any_of([number(Spec::POSITIVE), json!({ "type": "string", "format": "date" })]),
        Takes::Date => json!({ "type": "string", "format": "date" }),
        Takes::Word(words) => json!({ "enum": words }),
        Takes::Words(words) => one_or_some(json!({ "enum": words })),
        Takes::Plain => defined("plain"),
        Takes::Number(spec) => number(spec),
        Takes::Numbers(spec) => list_of(number(spec)),
        Takes::Quantity => any_of([defined("plain"), defined("shape"), json!({ "type": "boolean" })]),
        Takes::Ids => list_of(text()),
        Takes::IdOrIds | Takes::Scope | Takes::Texts => any_of([text(), list_of(text())]),
        Takes::Map(_, spec) => table_of(number(spec)),
        Takes::Grants => any_of([number(Spec::CHANCE), table_of(number(Spec::CHANCE))]),
        Takes::Picks => defined("picks"),
        Takes::Condition => defined("condition"),
        Takes::Conditions => any_of([defined("condition"), list_of(defined("condition"))]),
        Takes::Weights => table_of(defined("plain")),
        Takes::Switches => table_of(json!({ "type": "boolean" })),
        Takes::Table(section) => table(section),
        Takes::WordOr(words, section) => any_of([json!({ "enum": words }), table(section)]),
        Takes::WordOrIds(words) => any_of([json!({ "enum": words }), list_of(text())]),
        Takes::List(section) => list_of(table(section)),
        Takes::Entries(section) => table_of(table(section)),
        Takes::Levels(section) => table_of(any_of([two(defined("plain")), table(section)])),
        Takes::While => any_of([json!({ "enum": ["conflict"] }), defined("while")]),
        Takes::Span => one_or_two(whole(-keys::LARGEST, keys::LARGEST)),
        Takes::Rounds => one_or_two(whole(0, keys::LARGEST)),
        Takes::Days => one_or_two(json!({ "type": "string", "format": "date" })),
        Takes::Options | Takes::Set | Takes::Never | Takes::Stops | Takes::Agree | Takes::Expect(_) => of_its_own(kind),
    }
}

/// Kinds that only one key has.
fn of_its_own(kind: Takes) -> Value {
    let words = |words: &[&str]| json!({ "enum": words });
    match kind {
        Takes::Never => {
            let made = words(&keys::words(&crate::model::Move::WORDS));
            any_of([made.clone(), json!({ "type": "array", "minItems": 1, "items": made }), defined("condition")])
        }
        Takes::Stops => any_of([words(&["at once"]), table(&keys::STOP)]),
        Takes::Agree => any_of([
            words(&["all"]),
            json!({ "type": "array", "minItems": 1, "items": { "type": "string" } }),
            json!({ "type": "integer", "minimum": 1 }),
            table(&keys::AGREE),
        ]),
        // The numbers of a map may be replaced as a whole.
        Takes::Set => {
            table_of(any_of([number(Spec::LINE), json!({ "type": "boolean" }), table_of(number(Spec::POSITIVE))]))
        }
        Takes::Expect(signs) => {
            let of_parties = json!({ "type": "object", "minProperties": 1, "additionalProperties": { "enum": signs } });
            json!({ "type": "object", "minProperties": 1, "additionalProperties": any_of([words(signs), of_parties]) })
        }
        _ => options(),
    }
}

fn number(spec: Spec) -> Value {
    let plain = json!({ "type": "number", "minimum": spec.lo, "maximum": spec.hi });
    match spec.form {
        Notation::Value => any_of([plain, defined("shape")]),
        Notation::Chance | Notation::Secret => any_of([plain, defined("shape"), json!({ "type": "boolean" })]),
        Notation::Line => any_of([plain, defined("shape"), defined("line")]),
    }
}

fn options() -> Value {
    any_of([
        json!({ "description": "Identifiers that are also names.", "type": "array", "minItems": 2, "maxItems": 2000, "items": { "type": "string" } }),
        table(&keys::GRID),
        json!({
            "description": "An identifier for each option, with its name or a table.",
            "type": "object",
            "minProperties": 2,
            "additionalProperties": any_of([json!({ "type": "string" }), table(&keys::OPTION)]),
        }),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(schema: &Value, section: &Keys) -> bool {
        match schema {
            Value::Object(fields) => {
                let described = fields.get("description") == Some(&json!(section.about));
                let all = section.all_keys().all(|k| schema["properties"][k.name]["description"] == json!(k.about));
                (described && all) || fields.values().any(|field| holds(field, section))
            }
            Value::Array(list) => list.iter().any(|item| holds(item, section)),
            _ => false,
        }
    }

    #[test]
    fn every_key_of_every_section_is_described() {
        let sections = [
            &keys::TOP,
            &keys::ACTOR,
            &keys::AUDIENCE,
            &keys::ISSUE,
            &keys::OPTION,
            &keys::GRID,
            &keys::VIEW,
            &keys::CLAIM,
            &keys::RED_LINE,
            &keys::MODIFIER,
            &keys::LINK,
            &keys::RULE,
            &keys::NO_DEAL,
            &keys::STATE,
            &keys::UNKNOWN,
            &keys::PACKAGE,
            &keys::ANCHOR,
            &keys::READING,
            &keys::VARIANT,
            &keys::LINE,
            &keys::NORMAL,
            &keys::BETA,
            &keys::SHARED,
            &keys::STAGE,
            &keys::STOP,
            &keys::MEDIATOR,
            &keys::RELIEF,
            &keys::OWING,
            &keys::YIELDS,
        ];
        let schema = schema();
        for section in sections {
            // The description of a key may replace that of the table behind it.
            let own = holds(&schema, section) || section.all_keys().all(|k| schema.to_string().contains(k.about));
            assert!(own, "{}", section.name);
        }
    }
}
