//! What identifiers in a file refer to, alone and in conditions on packages: `when`, `unless`, `forbid`, `require`.

use super::{Keyed, MOST_ENTRIES, Node, Opened, Reader, Ref, Span, Value, error};
use crate::model::{Beholder, Clause, Condition, IssueId, OptionId, OptionSet};

impl Reader {
    /// The place of what an identifier refers to.
    pub fn find(&mut self, of: Ref, id: &str, span: &Span) -> Option<usize> {
        let (noun, plural) = of.nouns();
        let found = match of {
            Ref::Party => self.names.find(Ref::Actor, id).filter(|i| self.names.is_party.get(*i) == Some(&true)),
            of => self.names.find(of, id),
        };
        if found.is_none() && !self.is_consequence(of, id, span) {
            let known = |reader: &Self| reader.names.accepted(of).into_iter().map(str::to_owned).collect::<Vec<_>>();
            let advice = self.advice(id, plural, known);
            let is_actor = of == Ref::Party && self.names.find(Ref::Actor, id).is_some();
            let message = match of {
                _ if is_actor => format!("`{id}` is not a party"),
                Ref::Unknown => format!("`{id}` names no unknown"),
                _ => format!("unknown {noun} `{id}`"),
            };
            let nobody = format!("no {noun} has this id");
            let label = if is_actor { "this actor has other roles" } else { &nobody };
            error(message, span).label(label).hint(advice).push(self);
        }
        found
    }

    /// Whether an unknown identifier follows from a mistake that is told already: its section could not be read, or it
    /// was unknown before, in which case this place is added to what was said there.
    fn is_consequence(&mut self, of: Ref, id: &str, span: &Span) -> bool {
        if self.names.lost.may_hold(of) {
            self.hold_back();
            return true;
        }
        self.is_told((of.nouns().0, id.to_owned()), span)
    }

    /// What the key of a table refers to.
    pub fn find_key(&mut self, of: Ref, table: &Opened, key: &str) -> Option<usize> {
        let node = &table.get(key)?.node;
        let Value::Text(id) = &node.value else { return self.mistyped(key, node, &id_of(of)) };
        self.find(of, id, &node.span)
    }

    /// What the identifiers behind a key refer to, one or a list of them, as `id` calls their places.
    pub fn find_all<T>(&mut self, of: Ref, table: &Opened, key: &str, id: fn(usize) -> T) -> Vec<T> {
        let Some(entry) = table.get(key) else { return Vec::new() };
        let words = self.words(&entry.node, key, &id_of(of));
        words.into_iter().filter_map(|(word, node)| self.find(of, word, &node.span)).map(id).collect()
    }

    /// The party's leadership or the audience with this identifier.
    pub fn beholder(&mut self, id: &str, span: &Span) -> Option<Beholder> {
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
            _ => return self.mistyped(what, node, "the id of an option"),
        };
        self.option_id(issue, &id, &node.span)
    }

    /// An option of an issue by its identifier.
    pub fn option_id(&mut self, issue: usize, id: &str, span: &Span) -> Option<OptionId> {
        let options = &self.names.options[issue];
        if let Some(place) = options.find(id) {
            return Some(OptionId(place));
        }
        if self.names.lost.options_of(issue) {
            self.hold_back();
            return None;
        }
        let name = self.names.index(Ref::Issue).ids()[issue].clone();
        let known = |reader: &Self| reader.names.options[issue].ids().to_vec();
        let advice = self.advice(id, &format!("options of `{name}`"), known);
        let draft = error(format!("unknown option `{id}`"), span).label(format!("`{name}` has no such option"));
        draft.hint(advice).give_up(self)
    }

    /// `when` and `unless` of a table; without them the clause always holds.
    pub fn clause(&mut self, table: &Opened) -> Clause {
        let when = table.get("when").map(|e| self.condition(&e.node, "when")).unwrap_or_default();
        if let Some(entry) = table.get("unless")
            && entry.node.list().len() > MOST_ENTRIES
        {
            let found = format!("`unless` has {} conditions, more than {MOST_ENTRIES}", entry.node.list().len());
            error(found, &entry.span).push(self);
        }
        Clause { when, unless: self.conditions_of(table, "unless") }
    }

    /// The condition behind a key, which must name an issue; without the key it always holds.
    pub fn condition_of(&mut self, table: &Opened, key: &str) -> Condition {
        table.get(key).map(|e| self.some_condition(&e.node, key)).unwrap_or_default()
    }

    /// The conditions behind a key, one or a list of them.
    pub fn conditions_of(&mut self, table: &Opened, key: &str) -> Vec<Condition> {
        let Some(entry) = table.get(key) else { return Vec::new() };
        entry.node.list().iter().take(MOST_ENTRIES).map(|node| self.some_condition(node, key)).collect()
    }

    /// A condition that must name an issue.
    pub fn some_condition(&mut self, node: &Node, what: &str) -> Condition {
        let condition = self.condition(node, what);
        if matches!(&node.value, Value::Table(entries) if entries.is_empty()) {
            error(format!("`{what}` names no issue"), &node.span).hint("write { ISSUE = \"option\" }").push(self);
        }
        condition
    }

    pub fn condition(&mut self, node: &Node, what: &str) -> Condition {
        let entries = self.entries(node, what, "a condition { ISSUE = \"option\" }");
        let term = |e: &Keyed| {
            let issue = self.find(Ref::Issue, &e.key, &e.span)?;
            Some((IssueId(issue), self.option_set(issue, &e.node, &e.key)?))
        };
        Condition { terms: entries.iter().filter_map(term).collect() }
    }

    /// `"a"`, `["a", "b"]`, `"not a"`, and on an ordered issue `"at least a"` or `"at most b"`.
    fn option_set(&mut self, issue: usize, node: &Node, what: &str) -> Option<OptionSet> {
        let count = self.names.options[issue].len();
        if self.names.lost.options_of(issue) {
            self.hold_back();
            return None;
        }
        let set = match &node.value {
            Value::Text(words) if words.contains(' ') => self.bounded(issue, words, node)?,
            Value::List(list) => {
                let mut chosen = vec![false; count];
                for entry in list {
                    chosen[self.listed_option(issue, entry, what)?.0] = true;
                }
                OptionSet::new(count, |o| chosen[o.0])
            }
            _ => {
                let only = self.option(issue, node, what)?;
                OptionSet::new(count, |o| o == only)
            }
        };
        if set.is_empty() {
            let draft = error(format!("no option of `{what}` is left"), &node.span);
            return draft.label("this can never hold").give_up(self);
        }
        Some(set)
    }

    /// Every option but one, or all from one on, or all up to one, in the order of the file.
    fn bounded(&mut self, issue: usize, words: &str, node: &Node) -> Option<OptionSet> {
        let count = self.names.options[issue].len();
        let (bound, id) = BOUNDS.iter().find_map(|bound| Some((*bound, words.strip_prefix(bound)?))).or_else(|| {
            error(format!("`{words}` is not a condition"), &node.span).hint(format!("write {WAYS}")).give_up(self)
        })?;
        if bound != "not " && !self.names.is_ordered[issue] {
            let found = format!("`{}` has no order for `{}`", self.names.accepted(Ref::Issue)[issue], bound.trim());
            let draft = error(found, &node.span);
            return draft.hint("add ordered = true to the issue, or list the options that match").give_up(self);
        }
        let named = self.option_id(issue, id.trim(), &node.span)?;
        Some(match bound {
            "not " => OptionSet::new(count, |o| o != named),
            "at least " => OptionSet::new(count, |o| o.0 >= named.0),
            _ => OptionSet::new(count, |o| o.0 <= named.0),
        })
    }

    fn listed_option(&mut self, issue: usize, node: &Node, what: &str) -> Option<OptionId> {
        if let Value::Text(words) = &node.value
            && let Some(bound) = BOUNDS.iter().find(|bound| words.starts_with(**bound))
        {
            let found = format!("`{}` stands in a list", bound.trim());
            let hint = format!("write \"{bound}OPTION\" alone, or list the options that match");
            return error(found, &node.span).hint(hint).give_up(self);
        }
        self.option(issue, node, what)
    }
}

/// A number as an identifier of a grid: nine decimals at most, no trailing zeros.
pub fn number_id(x: f64) -> String {
    let text = format!("{x:.9}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// What is accepted where an identifier is expected.
fn id_of(of: Ref) -> String {
    let (noun, _) = of.nouns();
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("the id of {article} {noun}")
}

/// The words before an option in a condition.
const BOUNDS: [&str; 3] = ["not ", "at least ", "at most "];

/// How a condition names options, in words.
const WAYS: &str = "\"OPTION\", [\"OPTION\", …], \"not OPTION\", \"at least OPTION\" or \"at most OPTION\"";
