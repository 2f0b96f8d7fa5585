//! Seats: decisions of a run that are taken outside it, by a person or by another program.
//!
//! A run is a pure function of its luck and of what its seats decide. So a game in progress is nothing but the list of
//! decisions taken: the run is played from its start, and where the list ends it is asked what comes next. What the
//! policy of the scenario would decide from there on is worked out in the same run: its first decision is the advice.
//! A seat that decides what its policy would decide gives the same run, bit for bit.

use super::course::Course;
use super::proposal::Proposal;
use super::step::Recorder;
use super::{Desk, Run, Talks};
use crate::engine::Drawn;
use crate::model::{ActorId, AudienceId, IssueId, Move, OptionId, Package, StageId};

/// What a seat is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// Before anybody speaks in a round: whether it escalates outside the room. Asked where one of its intents may.
    Escalates,
    /// Whether it leaves for good, now that the patience of its intent, or of the mediator, is over.
    Leaves,
    /// Its move, with what it names.
    Moves,
    /// Whether it accepts what is on the table.
    Answers {
        /// Who put it there; `None`: the mediator.
        by: Option<ActorId>,
        /// What; for a paper, with the rest as it is.
        package: Package,
    },
    /// Whether it still signs what it agreed to.
    Signs(Package),
    /// Whether a text that those at home did not ratify is put to them again.
    PutsAgain(Package),
    /// Of a mediator: whom it presses in this round.
    Presses,
    /// Of a mediator: what text of its own it puts before the parties.
    Proposes,
}

/// What a seat decides.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// Whether it escalates.
    Escalates(bool),
    /// Whether it leaves.
    Leaves(bool),
    /// Its move; an offer or an ultimatum with what it names, or with nothing where it finds nothing to name.
    Moves(Move, Option<Terms>),
    /// Whether it accepts. Where what it accepts falls short of what it asks for, favours that it owes are spent on it, if
    /// they suffice.
    Answers(bool),
    /// Whether it signs.
    Signs(bool),
    /// Whether the text is put again.
    PutsAgain(bool),
    /// Whom it presses.
    Presses(Option<ActorId>),
    /// What it puts before the parties.
    Proposes(Option<Package>),
}

/// What is named with an offer.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// The package; of a paper only what its stage settles counts.
    pub package: Package,
    /// The least utility that is asked for with it, in units; `None`: as much as the package is worth. Observers see, with
    /// noise, how far it has come down.
    pub asks: Option<i64>,
}

/// Who takes decisions outside a run, and what is known of the others before it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Seats {
    /// Whose decisions are asked for: parties, and the mediator.
    pub who: Vec<ActorId>,
    /// The intents that some parties have for certain, as places among the intents; those of the others are drawn.
    pub intents: Vec<usize>,
}

/// Why a package cannot be put on the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unavailable {
    /// An issue is settled already, as another option.
    Settled(IssueId),
    /// An option is not granted by those who hold it.
    NotGranted(IssueId, OptionId),
    /// A rule of the scenario excludes it.
    Rule(usize),
    /// No paper of the stage on the table is like this.
    NoPaper,
}

/// Why a decision cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Illegal {
    /// It answers another question.
    NotAsked,
    /// It names terms without an offer.
    NeedlessTerms,
    /// What it names cannot be put on the table.
    Names(Unavailable),
    /// It presses somebody who is no party at the table.
    NotAtTheTable(ActorId),
}

/// Where the list of decisions ends: what is asked, and how things stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Whose decision it is.
    pub seat: ActorId,
    /// The round.
    pub round: u32,
    /// What is asked.
    pub question: Question,
    /// Place in the list of the first decision that could not be taken, and why; what was asked there is asked now.
    pub illegal: Option<(usize, Illegal)>,
    /// How things stand for the seat.
    pub situation: Situation,
    /// How the packages fare that were to be weighed, in their order; empty for a mediator.
    pub weighed: Vec<Weighed>,
}

/// How things stand when a seat is asked. Points are those of the seat's leadership.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Situation {
    /// When moves are made, in units of time from the start.
    pub time: f64,
    /// Whether the conflict goes on.
    pub conflict: bool,
    /// `states[state]`, true values.
    pub states: Vec<f64>,
    /// The stage on the table; `None` without stages.
    pub stage: Option<StageId>,
    /// Whether what is agreed now is the deal.
    pub last_stage: bool,
    /// What is settled, `settled[issue]`.
    pub settled: Vec<Option<OptionId>>,
    /// What no deal is worth to the seat now; `None` for a mediator.
    pub no_deal: Option<f64>,
    /// The most that it can hope for at this stage; `None` for a mediator, or where there is nothing.
    pub best: Option<f64>,
    /// The least that its policy asks for now; `None` for a mediator.
    pub asks: Option<f64>,
    /// Whether the mediator presses it.
    pub pressed: bool,
    /// The parties that have not left.
    pub present: Vec<ActorId>,
    /// Who mediates, if anybody does.
    pub mediator: Option<ActorId>,
    /// `owed[account]`; empty without a ledger.
    pub owed: Vec<f64>,
    /// What the seat would believe of the other parties if it saw with the eyes of the model: of each, its intents with
    /// their weights.
    pub believes: Vec<(ActorId, Vec<(usize, f64)>)>,
}

/// How a package fares as things stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// Why it cannot be put on the table, if it cannot.
    pub unavailable: Option<Unavailable>,
    /// What it is worth to the leadership of the seat, in points; `None` where a red line of it is crossed.
    pub points: Option<f64>,
    /// The chance that each own audience bears it as the seat sees it, and whether its verdict binds.
    pub homes: Vec<(AudienceId, f64, bool)>,
}

/// A run with seats.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// How it ends; where something is asked, how it would end if all seats did from there on what their policies say.
    pub run: Run,
    /// What is asked; `None`: the run is over.
    pub asked: Option<Asked>,
    /// What the policies decide from there on, each with its seat.
    pub advised: Vec<(ActorId, Decision)>,
    /// How many of the decisions were taken: all, unless one cannot be, or the run was over before.
    pub taken: usize,
}

/// The seats of a run on its way.
#[derive(Debug)]
pub(super) struct Seating<'c> {
    seats: &'c Seats,
    said: &'c [Decision],
    weigh: &'c [Package],
    next: usize,
    asked: Option<Asked>,
    advised: Vec<(ActorId, Decision)>,
}

impl Talks<'_> {
    /// Plays a run whose seats have decided `said`, in the order in which they are asked, and asks what comes next.
    ///
    /// `weigh` are packages of which is asked how they fare where the list ends. `record` hears every step: after
    /// [`Recorder::is_asked`] those that would follow if all seats did what their policies say. Decisions added at the end
    /// of the list change nothing that came before.
    pub fn play_seated(
        &self,
        drawn: &Drawn,
        seats: &Seats,
        (said, weigh): (&[Decision], &[Package]),
        desk: &mut Desk,
        record: &mut dyn Recorder,
    ) -> Played {
        self.fill(&drawn.world, desk);
        super::misread::begin(&self.parties, &mut desk.misread);
        let seating = Seating { seats, said, weigh, next: 0, asked: None, advised: Vec::new() };
        Course::new(self, drawn, desk, Some(record), Some(seating)).run_seated()
    }
}

impl Course<'_> {
    fn run_seated(mut self) -> Played {
        let finish = self.rounds();
        let seating = self.seating.take();
        let run = self.close(finish);
        seating.map_or_else(
            || Played { run: run.clone(), asked: None, advised: Vec::new(), taken: 0 },
            |it| Played { run: run.clone(), asked: it.asked, advised: it.advised, taken: it.next },
        )
    }

    /// The intent that a party has for certain.
    pub fn given_intent(&self, intents: &[usize]) -> Option<usize> {
        let given = &self.seating.as_ref()?.seats.intents;
        given.iter().copied().find(|intent| intents.contains(intent))
    }

    /// Whether the decisions of a party are taken outside.
    pub fn is_seated(&self, i: usize) -> bool {
        self.is_seat(self.talks.parties[i].actor)
    }

    /// Whether the decisions of an actor are taken outside.
    pub fn is_seat(&self, of: ActorId) -> bool {
        self.seating.as_ref().is_some_and(|seating| seating.seats.who.contains(&of))
    }

    /// What a seat has decided, judged; `None` where nobody sits there, or the list has come to its end: its policy
    /// decides, and tells it by [`decides`](Self::decides).
    pub fn decision<T>(
        &mut self,
        seat: ActorId,
        question: impl Fn(&Self) -> Question,
        judge: impl FnOnce(&Self, &Decision) -> Result<T, Illegal>,
    ) -> Option<T> {
        let seating = self.seating.as_ref().filter(|it| it.asked.is_none() && it.seats.who.contains(&seat))?;
        let place = seating.next;
        let illegal = match seating.said.get(place) {
            None => None,
            Some(said) => match judge(self, said) {
                Ok(decision) => {
                    self.seating.as_mut()?.next += 1;
                    return Some(decision);
                }
                Err(why) => Some((place, why)),
            },
        };
        let question = question(self);
        let weighed = self.seating.as_ref()?.weigh;
        let asked = Asked {
            seat,
            round: self.round,
            question,
            illegal,
            situation: self.situation(seat),
            weighed: self.talks.party(seat).map_or(Vec::new(), |i| weighed.iter().map(|p| self.weigh(i, p)).collect()),
        };
        self.seating.as_mut()?.asked = Some(asked);
        if let Some(record) = &mut self.record {
            record.is_asked();
        }
        None
    }

    /// A yes or a no of a party.
    pub fn says_yes(
        &mut self,
        i: usize,
        question: impl Fn(&Self) -> Question,
        of: fn(&Decision) -> Option<bool>,
    ) -> Option<bool> {
        let seat = self.talks.parties[i].actor;
        self.decision(seat, question, |_, said| of(said).ok_or(Illegal::NotAsked))
    }

    /// What the policy of a seat decides where nobody decided for it.
    pub fn decides(&mut self, seat: ActorId, decision: impl FnOnce(&Self) -> Decision) {
        if self.seating.as_ref().is_none_or(|it| it.asked.is_none() || !it.seats.who.contains(&seat)) {
            return;
        }
        let decision = decision(self);
        if let Some(seating) = &mut self.seating {
            seating.advised.push((seat, decision));
        }
    }

    /// The same of a party.
    pub fn party_decides(&mut self, i: usize, decision: Decision) {
        self.decides(self.talks.parties[i].actor, |_| decision);
    }

    /// What a package comes to on the table.
    ///
    /// # Errors
    /// Why it cannot be put there.
    pub fn proposal_of(&self, package: &Package) -> Result<Proposal, Unavailable> {
        let n = self.talks.n;
        let settled = self.agenda.settled.iter().enumerate();
        let mut other = settled.filter(|(k, it)| it.is_some_and(|o| package.option(IssueId(*k)) != o));
        if !self.at_last_stage() {
            let stage = self.stage();
            let same = |paper: &Package| {
                let mut settles = stage.iter().flat_map(|s| &n.stage(*s).settles);
                settles.all(|k| self.agenda.settled[k.0].is_some() || paper.option(*k) == package.option(*k))
            };
            let paper = self.agenda.papers.iter().position(|paper| same(&paper.package));
            return paper.map(Proposal::Paper).ok_or(Unavailable::NoPaper);
        }
        if let Some((k, _)) = other.next() {
            return Err(Unavailable::Settled(IssueId(k)));
        }
        let all = (0..n.space.issues.len()).map(IssueId);
        let mut withheld = all.filter(|k| !self.scores.granted(self.world, *k, package.option(*k)));
        if let Some(k) = withheld.next() {
            return Err(Unavailable::NotGranted(k, package.option(k)));
        }
        let rule = n.space.rules.iter().position(|rule| rule.excludes(|k| package.option(k)));
        if let Some(rule) = rule {
            return Err(Unavailable::Rule(rule));
        }
        let place = self.space.place(package);
        debug_assert!(self.gate.lets_through(place.0, place.1), "what is settled, granted and allowed is open");
        Ok(Proposal::Deal(place))
    }

    /// The terms of an offer, judged: what they come to on the table, and what is asked for with them, in units.
    pub fn judged(&self, i: usize, terms: &Terms) -> Result<(Proposal, i64), Illegal> {
        let proposal = self.proposal_of(&terms.package).map_err(Illegal::Names)?;
        let worth = || self.worth(i, proposal).unwrap_or_else(|| self.low(i));
        Ok((proposal, terms.asks.unwrap_or_else(worth)))
    }

    fn weigh(&self, i: usize, package: &Package) -> Weighed {
        let (place, scale) = (self.space.place(package), self.space.scale);
        let own = self.talks.parties[i].audiences.iter();
        let home = |a: &AudienceId| (*a, self.hoped(*a, place), self.binds(*a));
        // What nobody at home could stop has no table of its own.
        let asked = own.filter(|a| self.binds(**a) || self.talks.audiences[a.0].votes);
        Weighed {
            unavailable: self.proposal_of(package).err(),
            points: self.utility(i, place).map(|units| scale.points(units)),
            homes: asked.map(home).collect(),
        }
    }

    fn situation(&self, seat: ActorId) -> Situation {
        let scale = self.space.scale;
        let own = self.talks.party(seat);
        let others = self.talks.parties.iter().enumerate().filter(|(_, party)| party.actor != seat);
        let believes = others.map(|(at, party)| {
            let weights = party.intents.iter().copied().zip(self.believed(seat, at).iter().copied());
            (party.actor, weights.collect())
        });
        let present = self.talks.parties.iter().zip(&self.sides).filter(|(_, side)| !side.gone);
        Situation {
            time: self.moment(),
            conflict: self.conflict,
            states: self.states.clone(),
            stage: self.stage(),
            last_stage: self.at_last_stage(),
            settled: self.agenda.settled.clone(),
            no_deal: own.map(|i| scale.points(self.no_deal(i))),
            best: own.and_then(|i| self.sides[i].stance().best).map(|best| scale.points(best)),
            asks: own.map(|i| scale.points(self.asks(i, self.moment()))),
            pressed: self.pressed().contains(&seat),
            present: present.map(|(party, _)| party.actor).collect(),
            mediator: self.mediator(),
            owed: self.owed.clone(),
            believes: believes.collect(),
        }
    }
}

impl Decision {
    pub(super) fn escalates(&self) -> Option<bool> {
        if let Self::Escalates(yes) = self { Some(*yes) } else { None }
    }

    pub(super) fn leaves(&self) -> Option<bool> {
        if let Self::Leaves(yes) = self { Some(*yes) } else { None }
    }

    pub(super) fn answers(&self) -> Option<bool> {
        if let Self::Answers(yes) = self { Some(*yes) } else { None }
    }

    pub(super) fn signs(&self) -> Option<bool> {
        if let Self::Signs(yes) = self { Some(*yes) } else { None }
    }

    pub(super) fn puts_again(&self) -> Option<bool> {
        if let Self::PutsAgain(yes) = self { Some(*yes) } else { None }
    }
}
