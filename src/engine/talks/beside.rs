//! What is settled beside the talks.

use super::course::Course;
use super::step::{Recorder, What};
use crate::model::{ActorId, Issue, IssueId, OptionId, Package, StageId};

impl<R: Recorder> Course<'_, R> {
    /// What is settled beside the talks in this round.
    pub fn settle_beside(&mut self) {
        for at in 0..self.talks.stages.beside.len() {
            let stage = self.talks.stages.beside[at];
            let Some(beside) = &self.talks.n.stage(stage).beside else { continue };
            let chance = self.world.value(beside.chance);
            let drawn = self.luck.beside[at].at(u64::from(self.round));
            if drawn >= chance || self.agenda.done.contains(&stage) || !self.holds(&beside.during) {
                continue;
            }
            let package = self.best_beside(stage, beside.party);
            for k in &self.talks.n.stage(stage).settles {
                self.agenda.settled[k.0] = Some(package.option(*k));
            }
            self.agenda.done.push(stage);
            self.agenda.aside = self.worth_of(&self.only_beside());
            self.tell(|| What::SettledBeside { stage, package: package.clone() });
            // What is drafted was agreed on other terms.
            if self.agenda.draft.take().is_some() {
                self.tell(|| What::Reopens);
            }
            self.look_at_stage();
        }
    }

    /// What is settled beside the talks and nothing else.
    fn only_beside(&self) -> Package {
        let n = self.talks.n;
        let beside = |k: usize| self.agenda.done.iter().any(|s| n.stage(*s).settles.contains(&IssueId(k)));
        let issues = n.space.issues.iter().zip(&self.agenda.settled).enumerate();
        let pick = |(k, (issue, settled)): (usize, (&Issue, &Option<OptionId>))| {
            settled.filter(|_| beside(k)).or(issue.now).unwrap_or(OptionId(0))
        };
        Package(issues.map(pick).collect())
    }

    /// What stands, with the issues of a stage beside the others settled as its party likes best: issue by issue, the
    /// first by identifier of several.
    fn best_beside(&self, stage: StageId, party: ActorId) -> Package {
        let (n, mut package) = (self.talks.n, self.standing());
        let Some(i) = self.talks.party(party) else { return package };
        for k in &n.stage(stage).settles {
            let mut options = self.with_each_option(package.clone(), *k);
            options.sort_by_key(|p| &n.space.issues[k.0].options[p.option(*k).0].id);
            let best = options.into_iter().rev().max_by_key(|p| self.worth_of(p)[i]);
            package = best.unwrap_or(package);
        }
        package
    }
}
