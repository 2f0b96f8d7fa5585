//! Conditions on packages: `when`, `unless`, `forbid`, `require`.

use super::format::{Entry, Node, Value};
use super::keys::Ref;
use super::reader::{MOST_ENTRIES, Reader, Table};
use crate::model::{Clause, Condition, IssueId, OptionSet};

/// The words before an option in a condition.
const BOUNDS: [&str; 3] = ["not ", "at least ", "at most "];

/// How a condition names options, in words.
const WAYS: &str = "\"OPTION\", [\"OPTION\", …], \"not OPTION\", \"at least OPTION\" or \"at most OPTION\"";

impl Reader {
    /// `when` and `unless` of a table; without them the clause always holds.
    pub fn clause(&mut self, table: &Table) -> Clause {
        let when = table.get("when").map(|e| self.condition(&e.node, "when")).unwrap_or_default();
        let unless = table.get("unless").map(|e| self.conditions(e)).unwrap_or_default();
        Clause { when, unless }
    }

    fn conditions(&mut self, entry: &Entry) -> Vec<Condition> {
        let nodes = match &entry.node.value {
            Value::List(list) => &list[..],
            _ => std::slice::from_ref(&entry.node),
        };
        if nodes.len() > MOST_ENTRIES {
            let found = format!("`unless` has {} conditions, more than {MOST_ENTRIES}", nodes.len());
            self.error(found, &entry.span).push();
        }
        let mut conditions = Vec::new();
        for node in nodes.iter().take(MOST_ENTRIES) {
            conditions.push(self.some_condition(node, "unless"));
        }
        conditions
    }

    /// A condition that must name an issue.
    pub fn some_condition(&mut self, node: &Node, what: &str) -> Condition {
        let condition = self.condition(node, what);
        if matches!(&node.value, Value::Table(entries) if entries.is_empty()) {
            self.error(format!("`{what}` names no issue"), &node.span).hint("write { ISSUE = \"option\" }").push();
        }
        condition
    }

    fn condition(&mut self, node: &Node, what: &str) -> Condition {
        let Value::Table(entries) = &node.value else {
            self.wrong_type(what, node, "a condition { ISSUE = \"option\" }");
            return Condition::default();
        };
        let mut terms = Vec::new();
        for entry in entries {
            if let Some(issue) = self.find(Ref::Issue, &entry.key, &entry.span)
                && let Some(set) = self.option_set(issue, &entry.node, &entry.key)
            {
                terms.push((IssueId(issue), set));
            }
        }
        Condition { terms }
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
            self.error(format!("no option of `{what}` is left"), &node.span).label("this can never hold").push();
            return None;
        }
        Some(set)
    }

    /// Every option but one, or all from one on, or all up to one, in the order of the file.
    fn bounded(&mut self, issue: usize, words: &str, node: &Node) -> Option<OptionSet> {
        let count = self.names.options[issue].len();
        let (bound, id) = BOUNDS.iter().find_map(|bound| Some((*bound, words.strip_prefix(bound)?))).or_else(|| {
            let found = format!("`{words}` is not a condition");
            self.error(found, &node.span).hint(format!("write {WAYS}")).push();
            None
        })?;
        if bound != "not " && !self.names.is_ordered[issue] {
            let found = format!("`{}` has no order for `{}`", self.names.accepted(Ref::Issue)[issue], bound.trim());
            let draft = self.error(found, &node.span);
            draft.hint("add ordered = true to the issue, or list the options that match").push();
            return None;
        }
        let named = self.option_id(issue, id.trim(), &node.span)?;
        Some(match bound {
            "not " => OptionSet::new(count, |o| o != named),
            "at least " => OptionSet::new(count, |o| o.0 >= named.0),
            _ => OptionSet::new(count, |o| o.0 <= named.0),
        })
    }

    fn listed_option(&mut self, issue: usize, node: &Node, what: &str) -> Option<crate::model::OptionId> {
        if let Value::Text(words) = &node.value
            && let Some(bound) = BOUNDS.iter().find(|bound| words.starts_with(**bound))
        {
            let found = format!("`{}` stands in a list", bound.trim());
            let hint = format!("write \"{bound}OPTION\" alone, or list the options that match");
            self.error(found, &node.span).hint(hint).push();
            return None;
        }
        self.option(issue, node, what)
    }
}
