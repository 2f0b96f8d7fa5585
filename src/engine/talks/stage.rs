//! Stages: what is on the table, what is agreed, drafted and signed, and what is settled beside the talks.

use super::course::{Course, Finish};
use super::ending::Block;
use super::paper::Paper;
use super::proposal::Proposal;
use super::seat::{Decision, Question};
use super::step::{Refusal, What};
use crate::model::{ActorId, IssueId, Negotiation, OptionId, Package, StageId};
use crate::num::Order;
use crate::space::Place;

/// The stages of talks, made ready for any number of runs.
#[derive(Debug)]
pub(super) struct Stages {
    /// Those that follow each other; none where everything is settled at once.
    pub order: Vec<StageId>,
    /// Those beside them, in the order of their identifiers.
    pub beside: Vec<StageId>,
    /// `rules[stage]`: places of the rules that are asked of its papers, because all that they name is settled by then.
    pub rules: Vec<Vec<usize>>,
}

impl Stages {
    /// The stages of a negotiation.
    pub fn of(n: &Negotiation, on: bool) -> Self {
        let order = if on { n.agenda() } else { Vec::new() };
        let mut beside: Vec<StageId> =
            (0..n.stages.len()).filter(|s| on && n.stages[*s].beside.is_some()).map(StageId).collect();
        beside.order_by_key(|s| &n.stage(*s).id);
        let rules = (0..order.len()).map(|at| {
            let by_then: Vec<IssueId> = order[..=at].iter().flat_map(|s| n.stage(*s).settles.iter().copied()).collect();
            let decided = |r: &usize| n.space.rules[*r].issues().iter().all(|k| by_then.contains(k));
            (0..n.space.rules.len()).filter(decided).collect()
        });
        Self { rules: rules.collect(), order, beside }
    }
}

/// How far the talks have come in one run.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    /// Place of the stage on the table.
    pub at: usize,
    /// What is settled, `settled[issue]`.
    pub settled: Vec<Option<OptionId>>,
    /// What is agreed and being drafted.
    pub draft: Option<Drafting>,
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
    /// Who consented to what was agreed last, `consents[party]`; not kept where all must.
    pub consents: Vec<bool>,
}

/// What is agreed and not yet signed.
#[derive(Debug, Clone)]
pub(super) struct Drafting {
    pub proposal: Proposal,
    /// Who consented, `consents[party]`.
    pub consents: Vec<bool>,
    /// The round of the signature.
    pub due: u32,
}

impl Course<'_> {
    /// Whether what is agreed next is the deal.
    pub fn at_last_stage(&self) -> bool {
        self.agenda.at + 1 >= self.talks.stages.order.len()
    }

    /// The stage on the table, if the talks have stages.
    pub fn stage(&self) -> Option<StageId> {
        self.talks.stages.order.get(self.agenda.at).copied()
    }

    /// Opens the stage on the table: what can be put on paper, what each side can hope for.
    pub fn open_stage(&mut self) {
        self.look_at_stage();
        for i in 0..self.sides.len() {
            self.begin(i);
        }
    }

    /// What can be put on paper, and what each side can hope for, by what is settled now.
    fn look_at_stage(&mut self) {
        if !self.talks.stages.order.is_empty() || !self.agenda.done.is_empty() {
            let mut issues = self.talks.n.space.issues.iter().zip(&self.agenda.settled);
            let nowhere = issues.any(|(issue, settled)| settled.is_none() && issue.now.is_none());
            let standing = || self.worth_of(&self.standing(|_| true));
            self.agenda.worth = if nowhere { vec![0; self.sides.len()] } else { standing() };
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

    /// Leaves only packages with what is settled.
    fn narrow(&mut self) {
        if self.agenda.settled.iter().all(Option::is_none) {
            return;
        }
        self.gate = self.gate_for(None, &[]);
        for i in 0..self.sides.len() {
            let gate = self.gate_of(self.sides[i].intent);
            self.sides[i].opens(gate);
        }
    }

    /// What is agreed is drafted, or signed at once.
    pub fn agree(&mut self, proposal: Proposal, consents: Vec<bool>) -> Option<Finish> {
        self.hush(proposal, false);
        if self.space.coalitions.is_some() {
            self.agenda.consents.clone_from(&consents);
        }
        let stage = self.stage();
        let drafting = stage.map_or(0.0, |s| self.world.value(self.talks.n.stage(s).drafting));
        if drafting <= 0.0 {
            return self.sign(proposal);
        }
        let due = self.round.saturating_add(self.talks.pace.rounds(drafting));
        self.tell(|| What::Drafts { stage, due });
        self.agenda.draft = Some(Drafting { proposal, consents, due });
        self.blocked = Block::Drafting;
        None
    }

    /// Signs what is due, unless a party no longer wants it: the world has moved on.
    pub fn sign_what_is_due(&mut self) -> Option<Finish> {
        let draft = self.agenda.draft.take_if(|draft| draft.due <= self.round)?;
        if let Proposal::Deal(place) = draft.proposal {
            let withdraws = (0..self.sides.len()).filter(|i| draft.consents[*i]).find_map(|i| self.withdraws(i, place));
            if let Some((i, why)) = withdraws {
                let of = self.talks.parties[i].actor;
                self.blocked = Block::Refused(of, why);
                self.tell(|| What::Withdraws(of));
                return None;
            }
        }
        self.sign(draft.proposal)
    }

    /// Whether a party that consented to a package withdraws, and why.
    fn withdraws(&mut self, i: usize, place: Place) -> Option<(usize, Refusal)> {
        let asked = |course: &Self| Question::Signs(course.package(Proposal::Deal(place)));
        let said = self.says_yes(i, asked, Decision::signs);
        let why = self.regret(i, place);
        self.party_decides(i, Decision::Signs(why.is_none()));
        let why = said.map_or(why, |yes| (!yes).then(|| why.unwrap_or(Refusal::WorseThanNoDeal)));
        why.map(|why| (i, why))
    }

    /// Why a party that consented to a package would no longer sign it: no deal is worth more to it by now, or it would not
    /// keep it.
    fn regret(&self, i: usize, place: Place) -> Option<Refusal> {
        let worse = |u: i64| u.min(self.held(i, place)) + self.sides[i].eased < self.no_deal(i);
        if self.utility(i, place).is_none_or(worse) {
            return Some(Refusal::WorseThanNoDeal);
        }
        (!self.keeps(i, place)).then(|| Refusal::WouldNotKeep(self.talks.parties[i].actor))
    }

    fn sign(&mut self, proposal: Proposal) -> Option<Finish> {
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
        let it = self.talks.n.stage(stage);
        let package = self.agenda.papers[paper].package.clone();
        self.fix(stage, &package);
        if !it.procedural {
            self.agenda.signed.push(stage);
            self.takes_heart();
        }
        self.agenda.at += 1;
        self.blocked = Block::NoOffer;
        self.open_stage();
    }

    /// What a stage settles is settled as a package has it.
    fn fix(&mut self, stage: StageId, package: &Package) {
        for k in &self.talks.n.stage(stage).settles {
            self.agenda.settled[k.0] = Some(package.option(*k));
        }
    }

    /// What is settled beside the talks in this round.
    pub fn settle_beside(&mut self) {
        for (at, stage) in self.talks.stages.beside.iter().copied().enumerate() {
            let Some(beside) = &self.talks.n.stage(stage).beside else { continue };
            let chance = self.talks.pace.chance(self.world.value(beside.chance));
            let drawn = self.luck.beside[at].at(u64::from(self.round));
            if drawn >= chance || self.agenda.done.contains(&stage) || !self.holds(&beside.during) {
                continue;
            }
            let package = self.best_beside(stage, beside.party);
            self.fix(stage, &package);
            self.agenda.done.push(stage);
            self.agenda.aside = self.worth_of(&self.only_beside());
            self.tell(|| What::SettledBeside { stage, package });
            // What is drafted was agreed on other terms.
            if self.agenda.draft.take().is_some() {
                self.tell(|| What::Reopens);
            }
            self.look_at_stage();
        }
    }

    /// What is settled beside the talks and nothing else.
    fn only_beside(&self) -> Package {
        let settles = |s: &StageId, k: IssueId| self.talks.n.stage(*s).settles.contains(&k);
        self.standing(|k| self.agenda.done.iter().any(|s| settles(s, k)))
    }

    /// What stands, with the issues of a stage beside the others settled as its party likes best: issue by issue, the
    /// first by identifier of several.
    fn best_beside(&self, stage: StageId, party: ActorId) -> Package {
        let (n, mut package) = (self.talks.n, self.standing(|_| true));
        let Some(i) = self.talks.party(party) else { return package };
        for k in &n.stage(stage).settles {
            let mut options = self.with_each_option(&package, *k);
            options.order_by_key(|p| &n.space.issues[k.0].options[p.option(*k).0].id);
            let best = options.into_iter().rev().max_by_key(|p| self.worth_of(p)[i]);
            package = best.unwrap_or(package);
        }
        package
    }
}
