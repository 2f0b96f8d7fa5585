//! Gates that many runs share: what is open hangs on what an intent rules out, what is granted, and what is settled.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::course::Course;
use crate::model::{Condition, IssueId, OptionId};
use crate::space::Gate;

/// The gates made so far, by the intent whose exclusions they stand behind (`None`: those of the rules) and the options
/// that they keep, issue by issue. They only make runs faster: no result depends on them.
pub(super) type Gates = Mutex<BTreeMap<(Option<usize>, Vec<bool>), Arc<Gate>>>;

/// Gates that are kept at most.
const MOST: usize = 256;

impl Course<'_> {
    /// The packages that an intent (`None`: the rules alone) lets through, are available, keep what is settled, and have all
    /// that is wanted.
    pub fn gate_for(&self, intent: Option<usize>, wanted: &[&Condition]) -> Arc<Gate> {
        let intent = intent.filter(|intent| self.talks.ruled_out[*intent].is_some());
        let keep = |k: IssueId, o: OptionId| {
            let named = wanted.iter().flat_map(|it| &it.terms).all(|(issue, set)| *issue != k || set.contains(o));
            let settled = self.agenda.settled[k.0].is_none_or(|it| it == o);
            named && settled && self.scores.granted(self.world, k, o)
        };
        let issues = self.talks.n.space.issues.iter().enumerate();
        let options = issues.flat_map(|(k, issue)| (0..issue.options.len()).map(move |o| (IssueId(k), OptionId(o))));
        let key = (intent, options.map(|(k, o)| keep(k, o)).collect());
        let mut gates = self.gates.lock().expect("nothing panics while it holds the gates");
        if let Some(gate) = gates.get(&key) {
            return Arc::clone(gate);
        }
        let rules = intent.and_then(|intent| self.talks.ruled_out[intent].as_deref()).unwrap_or(&self.space.rules);
        let gate = Arc::new(self.space.gate_behind(rules, &keep));
        if gates.len() < MOST {
            gates.insert(key, Arc::clone(&gate));
        }
        gate
    }

    /// The packages that an intent lets through, if it is narrower than what is allowed and available.
    pub fn gate_of(&self, intent: usize) -> Option<Arc<Gate>> {
        let narrows = self.talks.narrows(intent);
        narrows.then(|| self.gate_for(Some(intent), &[&self.talks.n.intents[intent].requires]))
    }
}
