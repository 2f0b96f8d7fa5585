//! Files in, checked model out.
//!
//! [`Scenario::parse`] reads the bytes of a TOML file and gives either a checked [`Negotiation`]
//! or every finding of the file at once, in file order. [`schema`] describes the same format as a JSON Schema; both are
//! driven by one table of keys, so that they cannot disagree.

mod check;
mod clocks;
mod dead;
mod dials;
mod finding;
mod format;
mod idle;
mod keys;
mod kind;
mod law;
mod lesson;
mod lines;
mod names;
mod numerals;
mod odd;
mod plan;
mod reader;
mod reckons;
mod references;
mod schema;
mod sections;
mod set;
mod slips;
mod values;

pub use dead::dead_dials;
pub use finding::{Finding, Severity, Span, render};
pub use lesson::{Bet, Draft, LessonFile, Number, Piece, Play, Slider};
pub use names::{advice, nearest};
pub use numerals::number;
pub use plan::{DesignFile, DesignKind, Levels, PlanFile, Policy, Readings, Record, Said, Switches, Varied};
pub use schema::{plan_schema, schema};
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{InputId, Negotiation};
use finding::{error, warning};
use format::{Keyed, Node, Value};
use keys::{Ref, Spec};
use reader::{MOST_ENTRIES, Opened, Reader};
use values::shown;

/// A scenario that was read without errors.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Where it was read from, as findings name it.
    pub name: String,
    /// The text of the file.
    pub text: String,
    /// The checked model.
    pub negotiation: Negotiation,
    /// What is legal but odd, in file order.
    pub warnings: Vec<Finding>,
    /// Where things stand in the text, by id path.
    spans: Arc<BTreeMap<String, Span>>,
    /// What each input may be, `specs[input]`.
    specs: Arc<Vec<Spec>>,
    /// Paths that stand for several inputs.
    groups: Arc<BTreeMap<String, Vec<InputId>>>,
    /// Tables of numbers that are replaced as a whole: each entry's identifier and input.
    maps: Arc<BTreeMap<String, Vec<(String, InputId)>>>,
}

impl Scenario {
    /// Reads and checks a file; `name` is only used in what is said of it.
    ///
    /// # Errors
    /// Every finding, errors and warnings, in file order, if at least one of them is an error.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let text = format::decode(bytes)?;
        let document = format::read(text)?;
        if let (Some(entry), None, None) = (document.key("scenarios"), document.key("issues"), document.key("actors")) {
            let found = "this is a plan of a batch, not a scenario";
            let hint = "`winset batch FILE --dry-run` shows what it asks, `winset batch FILE --out DIR` runs it";
            return Err(vec![Finding::error(found).at(entry.span.clone()).hint(hint)]);
        }
        let (negotiation, mut reader) = check::check(&document)?;
        let (name, text, warnings) = (name.to_owned(), text.to_owned(), reader.take_findings());
        let Reader { spans, specs, groups, maps, .. } = reader;
        let (spans, specs, groups, maps) = (Arc::new(spans), Arc::new(specs), Arc::new(groups), Arc::new(maps));
        Ok(Self { name, text, negotiation, warnings, spans, specs, groups, maps })
    }

    /// What a number may be, for the whole range of an uncertain one, and the same in words.
    pub fn bounds(&self, input: InputId) -> ((f64, f64), &'static str) {
        let spec = self.specs[input.0];
        ((spec.lo, spec.hi), spec.accepted())
    }

    /// The bytes of the text that a path names: an input, as `claims.c.worth`, or an entry, as `red_lines.no-gift` or
    /// `anchors.ultimatum.voters`. For a default that the file does not write, the entry to which it belongs.
    pub fn span(&self, path: &str) -> Option<Span> {
        self.spans.get(path).cloned()
    }
}
