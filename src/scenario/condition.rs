//! Conditions on packages: `when`, `unless`, `forbid`, `require`.

use super::format::{Entry, Node, Value};
use super::keys::Ref;
use super::reader::{MOST_ENTRIES, Reader, Table};
use crate::model::{Clause, Condition, IssueId, OptionSet};

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

    /// `"a"`, `["a", "b"]` or `"not a"`.
    fn option_set(&mut self, issue: usize, node: &Node, what: &str) -> Option<OptionSet> {
        let count = self.names.options[issue].len();
        let set = match &node.value {
            Value::Text(word) if word.starts_with("not ") => {
                let id = word.trim_start_matches("not ").trim();
                let excluded = self.option_id(issue, id, &node.span)?;
                OptionSet::new(count, |o| o != excluded)
            }
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

    fn listed_option(&mut self, issue: usize, node: &Node, what: &str) -> Option<crate::model::OptionId> {
        if matches!(&node.value, Value::Text(word) if word.starts_with("not ")) {
            let found = "`not` stands in a list".to_owned();
            self.error(found, &node.span).hint("write \"not OPTION\" alone, or list the options that match").push();
            return None;
        }
        self.option(issue, node, what)
    }
}
