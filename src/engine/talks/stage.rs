//! Stages: papers that bind what they settle and leave the rest as it is.

use super::Talks;
use super::course::{Course, End};
use super::proposal::Proposal;
use super::step::{Recorder, Refusal, What};
use crate::model::{Beholder, Intent, IssueId, Negotiation, OptionId, Package, Stage, StageId, World};
use crate::space::{Plan, Tables};

/// The stages of talks, made ready for any number of runs.
#[derive(Debug)]
pub(super) struct Stages {
    /// Those that follow each other; none where everything is settled at once.
    pub order: Vec<StageId>,
    /// Those beside them, in the order of their identifiers.
    pub beside: Vec<StageId>,
    /// `rules[stage]`: places of the rules that are asked of its papers, because all that they name is settled by then.
    rules: Vec<Vec<usize>>,
    /// `plans[party]`: scores without red lines, which are asked of papers only once all that they name is settled.
    plans: Vec<Plan>,
}

impl Stages {
    /// The stages of a negotiation; `plans` gives the scores of the parties without red lines.
    pub fn of(n: &Negotiation, on: bool, plans: impl FnOnce() -> Vec<Plan>) -> Self {
        let order = if on { n.agenda() } else { Vec::new() };
        let mut beside: Vec<StageId> =
            (0..n.stages.len()).filter(|s| on && n.stages[*s].beside.is_some()).map(StageId).collect();
        beside.sort_by_key(|s| &n.stage(*s).id);
        let staged = order.len() > 1 || !beside.is_empty();
        let rules = (0..order.len()).map(|at| {
            let by_then: Vec<IssueId> = order[..=at].iter().flat_map(|s| n.stage(*s).settles.iter().copied()).collect();
            let decided = |r: &usize| n.space.rules[*r].issues().iter().all(|k| by_then.contains(k));
            (0..n.space.rules.len()).filter(decided).collect()
        });
        Self { rules: rules.collect(), plans: if staged { plans() } else { Vec::new() }, order, beside }
    }

    /// Fills the scores of papers for a world.
    pub fn fill(&self, talks: &Talks, world: &World, tables: &mut Vec<Tables>) {
        let space = &talks.compiled.modal().space;
        tables.resize_with(self.plans.len(), Tables::default);
        for (plan, tables) in self.plans.iter().zip(tables.iter_mut()) {
            plan.fill(world, space.scale, &space.layout, tables);
        }
    }
}

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

/// How far the talks have come in one run.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    /// Place of the stage on the table.
    pub at: usize,
    /// What is settled, `settled[issue]`.
    pub settled: Vec<Option<OptionId>>,
    /// What is agreed and being drafted.
    pub draft: Option<Draft>,
    /// What the stage on the table could end with; none at the last.
    pub papers: Vec<Paper>,
    /// What is settled so far is worth to each party, in units.
    pub worth: Vec<i64>,
    /// What is settled beside the talks is worth to each party, in units.
    pub aside: Vec<i64>,
    /// Papers signed that are more than procedure.
    pub signed: Vec<StageId>,
    /// Stages beside the others that are settled.
    pub done: Vec<StageId>,
}

/// What is agreed and not yet signed.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub proposal: Proposal,
    /// Who consented, `consents[party]`.
    pub consents: Vec<bool>,
    /// The round of the signature.
    pub due: u32,
}

impl<R: Recorder> Course<'_, R> {
    /// Whether what is agreed next is the deal.
    pub fn at_last_stage(&self) -> bool {
        self.agenda.at + 1 >= self.talks.stages.order.len()
    }

    /// The stage on the table, if the talks have stages.
    pub fn stage(&self) -> Option<StageId> {
        self.talks.stages.order.get(self.agenda.at).copied()
    }

    /// Opens the stage on the table: who speaks first, what can be put on paper, what each side can hope for.
    pub fn open_stage(&mut self) {
        self.order = self.talks.order(self.drawn.run);
        let first = self.stage().and_then(|s| self.talks.n.stage(s).first_draft);
        if let Some(first) = first.and_then(|who| self.talks.party(who)) {
            self.order.sort_by_key(|i| *i != first);
        }
        self.look_at_stage();
        for i in 0..self.sides.len() {
            self.begin(i);
        }
    }

    /// What can be put on paper, and what each side can hope for, by what is settled now.
    pub(super) fn look_at_stage(&mut self) {
        if !self.talks.stages.order.is_empty() || !self.agenda.done.is_empty() {
            let issues = self.talks.n.space.issues.iter().zip(&self.agenda.settled);
            let nowhere = issues.clone().any(|(issue, settled)| settled.is_none() && issue.now.is_none());
            self.agenda.worth = if nowhere { vec![0; self.sides.len()] } else { self.worth_of(&self.standing()) };
        }
        if self.at_last_stage() {
            self.agenda.papers.clear();
            self.narrow();
        } else {
            self.agenda.papers = self.papers();
        }
        for i in 0..self.sides.len() {
            self.look_ahead(i);
        }
    }

    /// The package that holds if nothing more is settled: what is settled so far, the rest as now.
    pub(super) fn standing(&self) -> Package {
        let issues = self.talks.n.space.issues.iter().zip(&self.agenda.settled);
        Package(issues.map(|(issue, settled)| settled.or(issue.now).unwrap_or(OptionId(0))).collect())
    }

    pub(super) fn worth_of(&self, package: &Package) -> Vec<i64> {
        let (head, tail) = self.talks.compiled.modal().space.place(package);
        let scores = self.talks.stages.plans.iter().zip(self.papers);
        scores.map(|(plan, tables)| plan.score(tables, head, tail).unwrap_or(i64::MIN)).collect()
    }

    /// All papers that the stage could end with, in the order of their identifiers.
    fn papers(&self) -> Vec<Paper> {
        let (n, space) = (self.talks.n, &self.talks.compiled.modal().space);
        let Some(stage) = self.stage() else { return Vec::new() };
        let mut packages = vec![self.standing()];
        for k in n.stage(stage).settles.iter().filter(|k| self.agenda.settled[k.0].is_none()) {
            packages = packages.into_iter().flat_map(|package| self.with_each_option(package, *k)).collect();
        }
        let rules = &self.talks.stages.rules[self.agenda.at];
        packages.retain(|package| !rules.iter().any(|r| n.space.rules[*r].excludes(|k| package.option(k))));
        packages.sort_by_key(|package| {
            let (head, tail) = space.place(package);
            self.talks.head_rank[head] + self.talks.tail_rank[tail]
        });
        let paper = |package: Package| Paper {
            utilities: self.worth_of(&package),
            open: (0..self.sides.len()).map(|i| self.would_sign(i, self.intent(i), &package)).collect(),
            package,
        };
        packages.into_iter().map(paper).collect()
    }

    pub(super) fn with_each_option(&self, package: Package, k: IssueId) -> Vec<Package> {
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
        let settled = |k: &IssueId| self.is_settled_here(*k);
        let option = |k: IssueId| package.option(k);
        let actor = self.talks.parties[i].actor;
        let own = n.audiences_of(actor).filter(|a| self.binds(*a)).map(Beholder::Audience);
        let crossed = std::iter::once(Beholder::Leadership(actor))
            .chain(own)
            .flat_map(|of| n.red_lines(of))
            .any(|line| line.clause.issues().iter().all(settled) && line.clause.holds(option));
        !crossed && self.is_after(intent, package)
    }

    /// Whether what a party is after lets a paper through.
    fn is_after(&self, intent: &Intent, package: &Package) -> bool {
        let option = |k: IssueId| package.option(k);
        let lacks = intent.requires.terms.iter().any(|(k, set)| self.is_settled_here(*k) && !set.contains(option(*k)));
        !lacks && !intent.refuses.iter().any(|clause| clause.holds(option))
    }

    /// Leaves only packages with what is settled.
    fn narrow(&mut self) {
        if self.agenda.settled.iter().all(Option::is_none) {
            return;
        }
        let (settled, scores, world) = (&self.agenda.settled, &self.scores, self.world);
        let keep = |k: IssueId, o| settled[k.0].is_none_or(|it| it == o) && scores.granted(world, k, o);
        self.gate = self.space.gate(&keep).into();
        for i in 0..self.sides.len() {
            let gate = self.gate_of(self.sides[i].intent);
            self.sides[i].forget();
            self.sides[i].gate = gate;
        }
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
        let enough = |p: &usize| self.agenda.papers[*p].open[i] && self.agenda.papers[*p].utilities[i] >= asks;
        let party = &self.talks.parties[i];
        let rank = |p: &usize| (self.least_gain(*p, &party.others), self.agenda.papers[*p].utilities[i]);
        let found = (0..self.agenda.papers.len()).filter(enough);
        found.rev().max_by(|p, q| {
            let ((a, b), (c, d)) = (rank(p), rank(q));
            a.total_cmp(&c).then(b.cmp(&d))
        })
    }

    /// The least gain of some parties from a paper, as a share of the span of each.
    pub fn least_gain(&self, paper: usize, parties: &[usize]) -> f64 {
        let utilities = &self.agenda.papers[paper].utilities;
        let gain = |j: &usize| {
            let span = self.talks.compiled.spans.0[self.talks.parties[*j].score] as f64;
            (utilities[*j] - self.agenda.worth[*j]) as f64 / span
        };
        parties.iter().map(gain).fold(f64::INFINITY, f64::min)
    }

    /// Why a side refuses a paper, if it does: it accepts iff it would sign it at all, nothing settled is lost, and it is
    /// enough for it by the next round. Nobody at home is asked: nothing is final.
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
        (worth < self.asks(i, self.round + 1)).then_some(Refusal::NotEnoughYet)
    }

    /// What is agreed is drafted, or signed at once.
    pub fn agree(&mut self, proposal: Proposal, consents: Vec<bool>) -> Option<End> {
        self.hush(proposal, false);
        let drafting = self.stage().map_or(0.0, |s| self.world.value(self.talks.n.stage(s).drafting));
        if drafting <= 0.0 {
            return self.sign(proposal);
        }
        let due = self.round.saturating_add(drafting.ceil() as u32);
        let stage = self.stage();
        self.tell(|| What::Drafts { stage, due });
        self.agenda.draft = Some(Draft { proposal, consents, due });
        self.blocked = super::Block::Drafting;
        None
    }

    /// Signs what is due, unless a party no longer wants it: the world has moved on.
    pub fn sign_what_is_due(&mut self) -> Option<End> {
        let draft = self.agenda.draft.take_if(|draft| draft.due <= self.round)?;
        if let Proposal::Deal(place) = draft.proposal {
            let regrets = |i: &usize| {
                draft.consents[*i]
                    && self.utility(*i, place).is_none_or(|u| u + self.sides[*i].eased < self.no_deal(*i))
            };
            if let Some(i) = (0..self.sides.len()).find(regrets) {
                let of = self.talks.parties[i].actor;
                self.blocked = super::Block::Refused(of, Refusal::WorseThanNoDeal);
                self.tell(|| What::Withdraws(of));
                return None;
            }
        }
        self.sign(draft.proposal)
    }

    fn sign(&mut self, proposal: Proposal) -> Option<End> {
        let stage = self.stage();
        self.tell(|| What::Signs(stage));
        self.hush(proposal, true);
        match proposal {
            Proposal::Deal(place) => self.conclude(place),
            Proposal::Paper(paper) => {
                self.settle(paper);
                None
            }
        }
    }

    fn settle(&mut self, paper: usize) {
        let Some(stage) = self.stage() else { return };
        let it: &Stage = self.talks.n.stage(stage);
        for k in &it.settles {
            self.agenda.settled[k.0] = Some(self.agenda.papers[paper].package.option(*k));
        }
        if !it.procedural {
            self.agenda.signed.push(stage);
            self.takes_heart();
        }
        self.agenda.at += 1;
        self.blocked = super::Block::NoOffer;
        self.open_stage();
    }
}
