//! Silence: when the conflict ends, when it breaks out again, and what no deal is worth meanwhile.

use super::Mechanism;
use super::course::Course;
use super::proposal::Proposal;
use super::step::{Recorder, What};
use crate::model::{IssueId, Stop};

impl<R: Recorder> Course<'_, R> {
    /// The conflict ends if what is now agreed or signed says so.
    pub(super) fn hush(&mut self, proposal: Proposal, signed: bool) {
        let n = self.talks.n;
        if !self.conflict {
            return;
        }
        let package = self.package(proposal);
        let stage = self.stage();
        let here = |k: usize| stage.is_none_or(|s| n.stage(s).settles.contains(&IssueId(k)));
        let settled = |k: usize| self.is_settled_here(IssueId(k));
        let stops = |k: usize, stop: Stop| match (stop, stage) {
            (Stop::AtOnce, _) => !signed && here(k),
            (_, None) => !signed,
            (Stop::Agreed(s), Some(now)) => !signed && s == now,
            (Stop::Signed(s), Some(now)) => signed && s == now,
        };
        let mut picks = n.space.picks(&package).enumerate();
        if picks.any(|(k, (_, option))| settled(k) && option.stops.is_some_and(|stop| stops(k, stop))) {
            self.falls_silent();
        }
    }

    /// The conflict ends, if it is on.
    pub fn falls_silent(&mut self) {
        if std::mem::take(&mut self.conflict) {
            self.tell(|| What::ConflictEnds);
        }
    }

    /// Whether a conflict that an earlier paper ended breaks out again.
    pub fn may_resume(&mut self) {
        if self.conflict || !self.talks.rules.conflict || !self.talks.has(Mechanism::Stages) {
            return;
        }
        if self.luck.resumes.at(u64::from(self.round)) < self.world.value(self.talks.rules.resumes) {
            self.conflict = true;
            self.tell(|| What::ConflictResumes);
        }
    }

    /// What no deal is worth once something is settled, in units, if it would be `expected` without: see
    /// [`no_deal`](Course::no_deal).
    pub fn with_what_is_settled(&self, i: usize, expected: i64) -> i64 {
        let Some(worth) = self.agenda.worth.get(i) else { return expected };
        let aside = self.agenda.aside.get(i).copied().unwrap_or(0);
        let rules = self.talks.rules;
        if !rules.conflict {
            return expected + worth;
        }
        if self.conflict || self.agenda.at == 0 {
            return expected + aside;
        }
        let expects = self.world.value(self.talks.n.actor(self.talks.parties[i].actor).no_deal.expects);
        let left = (expects - f64::from(self.round)).max(0.0);
        let resumes = 1.0 - crate::num::pow(1.0 - self.world.value(rules.resumes), left);
        *worth + (resumes * (expected + aside - worth) as f64).round() as i64
    }
}
