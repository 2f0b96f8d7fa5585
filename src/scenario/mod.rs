//! Files in, checked model out.
//!
//! [`Scenario::parse`] reads the bytes of a TOML file and gives either a checked [`Negotiation`]
//! or every finding of the file at once, in file order. [`schema`] describes the same format as a JSON Schema; both are
//! driven by one table of keys, so that they cannot disagree.

mod check;
mod condition;
mod dials;
mod finding;
mod followers;
mod format;
mod idle;
mod inputs;
mod keys;
mod kind;
mod lasting;
mod law;
mod lines;
mod names;
mod numerals;
mod odd;
mod paths;
mod plan;
mod reader;
mod references;
mod schema;
mod sections;
mod set;
mod slips;
mod values;

use std::collections::BTreeMap;
use std::ops::Range;

pub use finding::{Finding, Severity, render};
pub use names::{advice, nearest};
pub use numerals::number;
pub use plan::{DesignFile, DesignKind, Levels, PlanFile, Policy, Readings, Record, Said, Switches, Varied};
pub use schema::{plan_schema, schema};

use crate::model::Negotiation;
use keys::Spec;

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
    spans: BTreeMap<String, Range<usize>>,
    /// What each input may be, `specs[input]`.
    specs: Vec<Spec>,
    /// Paths that stand for several inputs.
    groups: BTreeMap<String, Vec<crate::model::InputId>>,
    /// Tables of numbers that are replaced as a whole: each entry's identifier and input.
    maps: BTreeMap<String, Vec<(String, crate::model::InputId)>>,
}

impl Scenario {
    /// Reads and checks a file; `name` is only used in what is said of it.
    ///
    /// # Errors
    /// Every finding, errors and warnings, in file order, if at least one of them is an error.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let text = format::decode(bytes)?;
        let document = format::read(text)?;
        let key = |key: &str| document.entries.iter().find(|e| e.key == key);
        if let (Some(entry), None, None) = (key("scenarios"), key("issues"), key("actors")) {
            let found = "this is a plan of a batch, not a scenario";
            let hint = "`winset batch FILE --dry-run` shows what it asks, `winset batch FILE --out DIR` runs it";
            return Err(vec![Finding::error(found).at(entry.span.clone()).hint(hint)]);
        }
        let checked = check::check(&document)?;
        Ok(Self {
            name: name.to_owned(),
            text: text.to_owned(),
            negotiation: checked.negotiation,
            warnings: checked.warnings,
            spans: checked.spans,
            specs: checked.specs,
            groups: checked.groups,
            maps: checked.maps,
        })
    }

    /// The bytes of the text that a path names: an input, as `claims.c.worth`, or an entry, as `red_lines.no-gift` or
    /// `anchors.ultimatum.voters`. For a default that the file does not write, the entry to which it belongs.
    #[must_use]
    pub fn span(&self, path: &str) -> Option<Range<usize>> {
        self.spans.get(path).cloned()
    }
}
