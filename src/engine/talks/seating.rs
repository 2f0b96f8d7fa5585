//! The seats of a run on its way: decisions are taken off the list; where it ends, what is asked is kept, and policies go on.

use super::course::Course;
use super::proposal::Proposal;
use super::seat::{Asked, Decision, Illegal, Played, Question, Seats, Situation, Terms, Unavailable, Weighed};
use super::step::Recorder;
use super::{Desk, Talks};
use crate::engine::Drawn;
use crate::model::{ActorId, AudienceId, IssueId, Package};

/// The seats of a run on its way.
#[derive(Debug)]
pub(super) struct Seating<'c> {
    seats: &'c Seats,
    said: &'c [Decision],
    weigh: &'c [Package],
    /// The decisions taken so far, each by its round and its seat.
    taken: Vec<(u32, ActorId)>,
    asked: Option<Asked>,
    advised: Vec<(ActorId, Decision)>,
}

impl<'c> Seating<'c> {
    /// Intents that are given, and no decision that is taken outside.
    pub fn of(seats: &'c Seats) -> Self {
        Self { seats, said: &[], weigh: &[], taken: Vec::new(), asked: None, advised: Vec::new() }
    }
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
        let seating = Seating { seats, said, weigh, taken: Vec::new(), asked: None, advised: Vec::new() };
        Course::new(self, drawn, desk, Some(record), Some(seating)).run_seated()
    }
}

impl Course<'_> {
    fn run_seated(mut self) -> Played {
        let finish = self.rounds();
        let seating = self.seating.take();
        let run = self.close(finish);
        seating.map_or_else(
            || Played { run: run.clone(), asked: None, advised: Vec::new(), taken: Vec::new() },
            |it| Played { run: run.clone(), asked: it.asked, advised: it.advised, taken: it.taken },
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
        let place = seating.taken.len();
        let illegal = match seating.said.get(place) {
            None => None,
            Some(said) => match judge(self, said) {
                Ok(decision) => {
                    let round = self.round;
                    self.seating.as_mut()?.taken.push((round, seat));
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
