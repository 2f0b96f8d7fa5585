//! Papers: what a stage before the last could end with. They bind what they settle and leave the rest as it is.

use super::{course::Course, step::Refusal};
use crate::model::{Beholder, Intent, IssueId, OptionId, Package};

/// A paper that a stage before the last could end with.
#[derive(Debug, Clone)]
pub(super) struct Paper {
    /// What it settles, what was settled before, and the rest as it is.
    pub package: Package,
    /// What it is worth to each party, `utilities[party]`, in units.
    pub utilities: Vec<i64>,
    /// Whether each party would put its name to it at all, `open[party]`.
    pub open: Vec<bool>,
}

impl Course<'_> {
    /// The package that holds if nothing more is settled: what is settled so far of the issues that `counts` names, the
    /// rest as now.
    pub fn standing(&self, counts: impl Fn(IssueId) -> bool) -> Package {
        let issues = self.talks.n.space.issues.iter().zip(&self.agenda.settled).enumerate();
        let stands = issues
            .map(|(k, (issue, settled))| settled.filter(|_| counts(IssueId(k))).or(issue.now).unwrap_or(OptionId(0)));
        Package(stands.collect())
    }

    /// What a paper is worth to each party, in units. Red lines are asked of papers only once all that they name is settled.
    pub fn worth_of(&self, package: &Package) -> Vec<i64> {
        let held = self.talks.parties.iter().map(|party| self.space.while_it_holds[party.score]);
        held.map(|score| self.space.plans[score].open_score(&self.tables[score], package)).collect()
    }

    /// All papers that the stage could end with, in the order of their identifiers.
    pub fn papers(&self) -> Vec<Paper> {
        let (n, space) = (self.talks.n, &self.talks.compiled.modal().space);
        let Some(stage) = self.stage() else { return Vec::new() };
        let mut packages = vec![self.standing(|_| true)];
        for k in n.stage(stage).settles.iter().filter(|k| self.agenda.settled[k.0].is_none()) {
            packages = packages.iter().flat_map(|package| self.with_each_option(package, *k)).collect();
        }
        let rules = &self.talks.stages.rules[self.agenda.at];
        packages.retain(|package| !rules.iter().any(|r| n.space.rules[*r].excludes(|k| package.option(k))));
        packages.sort_by_key(|package| self.talks.rank(space.place(package)));
        let paper = |package: Package| Paper {
            utilities: self.worth_of(&package),
            open: (0..self.sides.len()).map(|i| self.would_sign(i, self.intent(i), &package)).collect(),
            package,
        };
        packages.into_iter().map(paper).collect()
    }

    /// A package with each option of an issue that is granted.
    pub fn with_each_option(&self, package: &Package, k: IssueId) -> Vec<Package> {
        let granted = |o: &OptionId| self.scores.granted(self.world, k, *o);
        let options = (0..self.talks.n.space.issues[k.0].options.len()).map(OptionId).filter(granted);
        let with = |o| {
            let mut package = package.clone();
            package.0[k.0] = o;
            package
        };
        options.map(with).collect()
    }

    /// Whether an issue is settled already or by the paper of the stage on the table.
    pub fn is_settled_here(&self, k: IssueId) -> bool {
        let here = self.stage().is_none_or(|s| self.talks.n.stage(s).settles.contains(&k));
        here || self.agenda.settled[k.0].is_some()
    }

    /// Whether a party would put its name to a paper: what it is after does not rule it out, and no red line of its own
    /// or of an audience that binds it is crossed by what is settled with it. A line that names what is still open is
    /// asked later.
    pub fn would_sign(&self, i: usize, intent: &Intent, package: &Package) -> bool {
        let n = self.talks.n;
        let settled = |k: IssueId| self.is_settled_here(k);
        let option = |k: IssueId| package.option(k);
        let actor = self.talks.parties[i].actor;
        let own = n.audiences_of(actor).filter(|a| self.binds(*a)).map(Beholder::Audience);
        let crossed = std::iter::once(Beholder::Leadership(actor))
            .chain(own)
            .flat_map(|of| n.red_lines(of))
            .any(|line| line.clause.named().all(settled) && line.clause.holds(option));
        !crossed && self.is_after(intent, package)
    }

    /// Whether what a party is after lets a paper through.
    fn is_after(&self, intent: &Intent, package: &Package) -> bool {
        let option = |k: IssueId| package.option(k);
        let lacks = intent.requires.terms.iter().any(|(k, set)| self.is_settled_here(*k) && !set.contains(option(*k)));
        !lacks && !intent.refuses.iter().any(|clause| clause.holds(option))
    }

    /// The paper that a side puts on the table: of those that give it enough, the one with the greatest least gain of
    /// the others over what is settled so far,
    ///
    /// ```text
    /// min over others j of (U_j − settled so far_j) / span_j
    /// ```
    ///
    /// of several, the best for itself; of several still, the first by identifiers.
    pub fn find_paper(&self, i: usize, asks: i64) -> Option<usize> {
        let papers = &self.agenda.papers;
        let enough = |p: &usize| papers[*p].open[i] && papers[*p].utilities[i] >= asks;
        let gain = |p: &usize| self.least_gain(*p, &self.talks.parties[i].others);
        (0..papers.len())
            .rev()
            .filter(enough)
            .max_by(|p, q| gain(p).total_cmp(&gain(q)).then(papers[*p].utilities[i].cmp(&papers[*q].utilities[i])))
    }

    /// The least gain of some parties from a paper, as a share of the span of each.
    pub fn least_gain(&self, paper: usize, parties: &[usize]) -> f64 {
        let utilities = &self.agenda.papers[paper].utilities;
        let gain = |j: &usize| (utilities[*j] - self.agenda.worth[*j]) as f64 / self.talks.span(*j);
        parties.iter().map(gain).fold(f64::INFINITY, f64::min)
    }

    /// Why a side refuses a paper, if it does: it accepts iff it would sign it at all, nothing settled is lost, and it is
    /// enough for it in a unit of time from now. Nobody at home is asked: nothing is final.
    pub fn refuses_paper(&self, i: usize, paper: usize, credit: i64) -> Option<Refusal> {
        let paper = &self.agenda.papers[paper];
        if !paper.open[i] {
            let after = self.is_after(self.intent(i), &paper.package);
            return Some(if after { Refusal::RedLine } else { Refusal::RuledOut });
        }
        let worth = paper.utilities[i] + credit;
        if worth < self.low(i) {
            return Some(Refusal::WorseThanSoFar);
        }
        (worth < self.asks_soon(i)).then_some(Refusal::NotEnoughYet)
    }
}
