//! The format as a JSON Schema, from the same table as the findings.

use serde_json::{Map, Value, json};

use super::keys::{self, Form, Kind, Section, Spec};

/// The format as a JSON Schema, draft 2020-12. It knows keys, types and ranges; what refers to what, only
/// [`Scenario::parse`](super::Scenario::parse) can say.
#[must_use]
pub fn schema() -> Value {
    schema_of("winset scenario", &keys::TOP)
}

/// The format of plans, as [`schema`] has that of scenarios.
#[must_use]
pub fn plan_schema() -> Value {
    schema_of("winset plan", &keys::plan::PLAN)
}

fn schema_of(title: &str, section: &Section) -> Value {
    let mut top = table(section);
    let head = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$defs": definitions(),
    });
    if let (Value::Object(top), Value::Object(head)) = (&mut top, head) {
        top.extend(head);
    }
    top
}

fn definitions() -> Value {
    let option = json!({ "anyOf": [{ "type": "string" }, { "type": "number" }] });
    json!({
        "option": option,
        "condition": {
            "description": "{ ISSUE = \"option\" | [\"a\", \"b\"] | \"not a\" | \"at least a\" | \"at most b\" }; all issues named must match.",
            "type": "object",
            "additionalProperties": { "anyOf": [{ "$ref": "#/$defs/option" }, { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/option" } }] },
        },
        "picks": { "type": "object", "additionalProperties": { "$ref": "#/$defs/option" } },
        "plain": { "type": "number", "minimum": -keys::LARGEST, "maximum": keys::LARGEST },
        "shape": shape(),
        "line": table(&keys::LINE),
        "while": table(&keys::talks::WHILE),
    })
}

/// How an uncertain number may be written, apart from a plain number or a flag.
fn shape() -> Value {
    let one = |name: &str, of: Value| json!({ "type": "object", "properties": { name: of }, "required": [name], "additionalProperties": false });
    json!({ "anyOf": [
        { "description": "[lo, hi], equally likely, or [lo, mode, hi], PERT.", "type": "array", "minItems": 2, "maxItems": 3, "items": { "$ref": "#/$defs/plain" } },
        { "description": "The name of a shared unknown.", "type": "string" },
        one("normal", table(&keys::NORMAL)),
        one("beta", table(&keys::BETA)),
        one("discrete", json!({ "description": "value = weight", "type": "object", "minProperties": 1, "additionalProperties": { "type": "number", "exclusiveMinimum": 0 } })),
        table(&keys::SHARED),
    ] })
}

/// A table with the keys of a section and no others.
fn table(section: &Section) -> Value {
    let mut properties = Map::new();
    for key in section.keys {
        let mut of = kind(key.kind);
        if let Value::Object(of) = &mut of {
            of.insert("description".to_owned(), json!(key.about));
        }
        properties.insert(key.name.to_owned(), of);
    }
    let required: Vec<&str> = section.keys.iter().filter(|k| k.required).map(|k| k.name).collect();
    let open = section.open.map_or(json!(false), kind);
    let mut object = json!({ "description": section.about, "type": "object", "properties": properties, "additionalProperties": open });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

fn kind(kind: Kind) -> Value {
    let id = || json!({ "type": "string" });
    let ids = || json!({ "type": "array", "items": { "type": "string" } });
    let condition = || json!({ "$ref": "#/$defs/condition" });
    match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Id(keys::Ref::Option) => json!({ "$ref": "#/$defs/option" }),
        Kind::Id(_) => id(),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Whole => json!({ "type": "integer", "minimum": 0, "maximum": keys::LARGEST }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Word(words) => json!({ "enum": words }),
        Kind::Words(words) => {
            json!({ "anyOf": [{ "enum": words }, { "type": "array", "minItems": 1, "items": { "enum": words } }] })
        }
        Kind::Plain => json!({ "$ref": "#/$defs/plain" }),
        Kind::Number(spec) => number(spec),
        Kind::Numbers(spec) => json!({ "type": "array", "items": number(spec) }),
        Kind::Ids => ids(),
        Kind::IdOrIds | Kind::Scope | Kind::Texts => json!({ "anyOf": [id(), ids()] }),
        Kind::Map(_, spec) => json!({ "type": "object", "additionalProperties": number(spec) }),
        Kind::Grants => {
            json!({ "anyOf": [number(Spec::CHANCE), { "type": "object", "additionalProperties": number(Spec::CHANCE) }] })
        }
        Kind::Picks => json!({ "$ref": "#/$defs/picks" }),
        Kind::Condition => condition(),
        Kind::Conditions => json!({ "anyOf": [condition(), { "type": "array", "items": condition() }] }),
        Kind::Options => options(),
        Kind::Set => {
            // The numbers of a map may be replaced as a whole.
            let whole = json!({ "type": "object", "additionalProperties": number(Spec::POSITIVE) });
            json!({ "type": "object", "additionalProperties": { "anyOf": [number(Spec::LINE), { "type": "boolean" }, whole] } })
        }
        Kind::Table(section) => table(section),
        Kind::While => json!({ "anyOf": [{ "enum": ["conflict"] }, { "$ref": "#/$defs/while" }] }),
        Kind::List(section) => json!({ "type": "array", "items": table(section) }),
        Kind::Span => {
            let round = json!({ "type": "integer", "minimum": -keys::LARGEST, "maximum": keys::LARGEST });
            json!({ "anyOf": [round, { "type": "array", "minItems": 2, "maxItems": 2, "items": round }] })
        }
        Kind::Days => {
            let day = json!({ "type": "string", "format": "date" });
            json!({ "anyOf": [day, { "type": "array", "minItems": 2, "maxItems": 2, "items": day }] })
        }
        Kind::Never => {
            let made = json!({ "enum": crate::model::Move::WORDS });
            json!({ "anyOf": [made, { "type": "array", "minItems": 1, "items": made }, condition()] })
        }
        Kind::Rounds => {
            let round = json!({ "type": "integer", "minimum": 0, "maximum": keys::LARGEST });
            json!({ "anyOf": [round, { "type": "array", "minItems": 2, "maxItems": 2, "items": round }] })
        }
        Kind::Stops => json!({ "anyOf": [{ "enum": ["at once"] }, table(&keys::room::STOP)] }),
        Kind::Agree => {
            json!({ "anyOf": [{ "enum": ["all"] }, { "type": "array", "minItems": 1, "items": id() }, { "type": "integer", "minimum": 1 }] })
        }
        Kind::Entries(section) => json!({ "type": "object", "additionalProperties": table(section) }),
        Kind::Quantity => {
            json!({ "anyOf": [{ "$ref": "#/$defs/plain" }, { "$ref": "#/$defs/shape" }, { "type": "boolean" }] })
        }
        Kind::Switches => json!({ "type": "object", "additionalProperties": { "type": "boolean" } }),
        Kind::LargeWhole => json!({ "type": "integer", "minimum": 0, "maximum": keys::LARGEST_WHOLE }),
        Kind::Levels(section) => {
            let range = json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": { "$ref": "#/$defs/plain" } });
            json!({ "type": "object", "additionalProperties": { "anyOf": [range, table(section)] } })
        }
        Kind::Expect(words) => {
            let of_parties = json!({ "type": "object", "minProperties": 1, "additionalProperties": { "enum": words } });
            json!({ "type": "object", "minProperties": 1, "additionalProperties": { "anyOf": [{ "enum": words }, of_parties] } })
        }
    }
}

fn number(spec: Spec) -> Value {
    let mut forms =
        vec![json!({ "type": "number", "minimum": spec.lo, "maximum": spec.hi }), json!({ "$ref": "#/$defs/shape" })];
    match spec.form {
        Form::Value => {}
        Form::Chance | Form::Secret => forms.push(json!({ "type": "boolean" })),
        Form::Line => forms.push(json!({ "$ref": "#/$defs/line" })),
    }
    json!({ "anyOf": forms })
}

fn options() -> Value {
    json!({ "anyOf": [
        { "description": "Identifiers that are also names.", "type": "array", "minItems": 2, "maxItems": 2000, "items": { "type": "string" } },
        table(&keys::GRID),
        {
            "description": "An identifier for each option, with its name or a table.",
            "type": "object",
            "minProperties": 2,
            "additionalProperties": { "anyOf": [{ "type": "string" }, table(&keys::OPTION)] },
        },
    ] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(schema: &Value, section: &Section) -> bool {
        match schema {
            Value::Object(fields) => {
                let described = fields.get("description") == Some(&json!(section.about));
                let all = section.keys.iter().all(|k| schema["properties"][k.name]["description"] == json!(k.about));
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
            &keys::room::STAGE,
            &keys::room::STOP,
            &keys::room::MEDIATOR,
            &keys::room::RELIEF,
            &keys::room::OWING,
            &keys::room::YIELDS,
        ];
        let schema = schema();
        for section in sections {
            // The description of a key may replace that of the table behind it.
            let own = holds(&schema, section) || section.keys.iter().all(|k| schema.to_string().contains(k.about));
            assert!(own, "{}", section.name);
        }
    }
}
