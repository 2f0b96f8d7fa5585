//! What identifiers in a file refer to.

use std::ops::Range;

use super::format::{Node, Value};
use super::keys::Ref;
use super::reader::{Reader, Table};
use crate::model::{Beholder, OptionId};

impl Reader {
    /// The place of what an identifier refers to.
    pub fn find(&mut self, of: Ref, id: &str, span: &Range<usize>) -> Option<usize> {
        let (noun, plural) = of.nouns();
        let found = match of {
            Ref::Party => self.names.find(Ref::Actor, id).filter(|i| self.names.is_party.get(*i) == Some(&true)),
            of => self.names.find(of, id),
        };
        if found.is_none() && !self.is_consequence(of, id, span) {
            let advice =
                self.advice(id, plural, |reader| reader.names.accepted(of).into_iter().map(str::to_owned).collect());
            let is_actor = of == Ref::Party && self.names.find(Ref::Actor, id).is_some();
            let message = match of {
                _ if is_actor => format!("`{id}` is not a party"),
                Ref::Unknown => format!("`{id}` names no unknown"),
                _ => format!("unknown {noun} `{id}`"),
            };
            let label =
                if is_actor { "this actor has other roles".to_owned() } else { format!("no {noun} has this id") };
            self.error(message, span).label(label).hint(advice).push();
        }
        found
    }

    /// Whether an unknown identifier follows from a mistake that is told already: its section could not be read, or it
    /// was unknown before, in which case this place is added to what was said there.
    fn is_consequence(&mut self, of: Ref, id: &str, span: &Range<usize>) -> bool {
        if self.names.lost.may_hold(of) {
            self.hold_back();
            return true;
        }
        self.is_told((of.nouns().0, id.to_owned()), span)
    }

    /// What a text refers to.
    pub fn find_in(&mut self, of: Ref, node: &Node, what: &str) -> Option<usize> {
        let Value::Text(id) = &node.value else {
            self.wrong_type(what, node, &format!("the id of {} {}", article(of), of.nouns().0));
            return None;
        };
        self.find(of, id, &node.span)
    }

    /// What the key of a table refers to.
    pub fn find_key(&mut self, of: Ref, table: &Table, key: &str) -> Option<usize> {
        let entry = table.get(key)?;
        self.find_in(of, &entry.node, key)
    }

    /// The party's leadership or the audience with this identifier.
    pub fn beholder(&mut self, id: &str, span: &Range<usize>) -> Option<Beholder> {
        if let Some(found) = self.names.beholder(id) {
            return Some(found);
        }
        let of = if self.names.find(Ref::Actor, id).is_some() { Ref::Party } else { Ref::Beholder };
        self.find(of, id, span);
        None
    }

    /// An option of an issue; on a grid its number may be written as one.
    pub fn option(&mut self, issue: usize, node: &Node, what: &str) -> Option<OptionId> {
        let id = match &node.value {
            Value::Text(id) => id.clone(),
            Value::Number(x) => number_id(*x),
            _ => {
                self.wrong_type(what, node, "the id of an option");
                return None;
            }
        };
        self.option_id(issue, &id, &node.span)
    }

    /// An option of an issue by its identifier.
    pub fn option_id(&mut self, issue: usize, id: &str, span: &Range<usize>) -> Option<OptionId> {
        let options = &self.names.options[issue];
        if let Some(place) = options.find(id) {
            return Some(OptionId(place));
        }
        if self.names.lost.options_of(issue) {
            self.hold_back();
            return None;
        }
        let name = self.names.index(Ref::Issue).ids()[issue].clone();
        let advice =
            self.advice(id, &format!("options of `{name}`"), |reader| reader.names.options[issue].ids().to_vec());
        self.error(format!("unknown option `{id}`"), span)
            .label(format!("`{name}` has no such option"))
            .hint(advice)
            .push();
        None
    }
}

/// A number as an identifier of a grid: nine decimals at most, no trailing zeros.
pub(super) fn number_id(x: f64) -> String {
    let text = format!("{x:.9}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn article(of: Ref) -> &'static str {
    if of.nouns().0.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
