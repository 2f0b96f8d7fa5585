//! The one frame of everything that is printed as JSON, whatever the verb.

use serde_json::{Value, json};

use crate::ask::Choices;
use crate::model::Negotiation;
use crate::report::object::Object;

/// The number of the formats of all JSON documents and tables: it rises when one of them changes so that a reader must
/// change too.
pub const FORMAT: u32 = 2;

/// What is answered, and what it answers: the keys of every JSON document of the program.
///
/// ```text
/// { verb, version, format, scenario, seed, asked, answer }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// The verb, as the command line calls it.
    pub verb: &'static str,
    /// The scenario as it was named; a list where there are several; null where there is none.
    pub scenario: Value,
    /// The seed of all draws, at most 2^53 − 1; `None` where nothing is drawn.
    pub seed: Option<u64>,
    /// Everything else that was asked, defaults included.
    pub asked: Value,
}

impl Frame {
    /// The frame of a verb that asks one scenario.
    pub fn of(verb: &'static str, scenario: &str, n: &Negotiation, choices: &Choices) -> Self {
        Self { verb, scenario: json!(scenario), seed: Some(choices.settings.drawing.seed), asked: asked(n, choices) }
    }

    /// The frame of a verb that asks no scenario, and draws nothing.
    pub fn bare(verb: &'static str) -> Self {
        Self { verb, scenario: Value::Null, seed: None, asked: json!({}) }
    }

    /// The same, with something more that was asked.
    pub fn asking(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.asked[key] = value.into();
        self
    }

    /// The document with an answer.
    pub fn around(self, answer: Value) -> Value {
        json!({
            "verb": self.verb,
            "version": env!("CARGO_PKG_VERSION"),
            "format": FORMAT,
            "scenario": self.scenario,
            "seed": self.seed,
            "asked": self.asked,
            "answer": answer,
        })
    }
}

/// An answer with all that was asked.
#[derive(Debug, Clone, Copy)]
pub struct AnswerTo<'a, S, A> {
    /// The negotiation, as changed from outside the file.
    pub n: &'a Negotiation,
    /// How the answer was made.
    pub settings: &'a S,
    /// What was chosen.
    pub choices: &'a Choices,
    /// The answer.
    pub answer: &'a A,
}

/// An answer as JSON, under what every reader of it must be told: the title, under what it holds, and the notices of the
/// variants `on[variant]`.
pub fn under(n: &Negotiation, on: &[bool], mut answer: Value) -> Value {
    answer["title"] = json!(n.title);
    answer["holds"] = json!(super::CAVEAT);
    answer["notices"] = json!(super::head::notices(n, on));
    answer
}

/// What was asked beyond the file, by identifier.
pub fn asked(n: &Negotiation, Choices { settings, changed, without }: &Choices) -> Value {
    let variants = n.variants.iter().zip(&settings.drawing.accounts.variants);
    json!({
        "runs": settings.runs,
        "reading": settings.drawing.accounts.reading.map(|r| n.readings[r].id.as_str()),
        "variants": variants.map(|(v, on)| (v.id.clone(), json!(on))).object(),
        "set": changed.iter().map(|(path, value)| (path.clone(), json!(value))).object(),
        "without": without.iter().map(|part| part.word()).collect::<Vec<_>>(),
        "defeat": settings.drawing.defeat,
        "agreeing": settings.agreeing,
    })
}
