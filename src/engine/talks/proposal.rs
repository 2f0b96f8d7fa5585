//! A party's turn: its move, what it puts on the table, how the others answer, and what their audiences would bear.

use super::chance::pick;
use super::course::{Course, Finish};
use super::seat::{Decision, Illegal, Question};
use super::step::{Refusal, What};
use super::{Block, Mechanism};
use crate::model::{AudienceId, InputId, Move, OwingId, Package};
use crate::space::{FARTHEST_LINE, Place, Test};

/// What is named with an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// What the policy finds.
    ByPolicy,
    /// Nothing, as it was decided outside the run.
    Nothing,
    /// What was decided outside the run, and what is asked for with it, in units.
    Terms(Proposal, i64),
}

impl Naming {
    /// What is asked for, in units, where that was decided outside the run.
    pub fn asks(self) -> Option<i64> {
        if let Self::Terms(_, asks) = self { Some(asks) } else { None }
    }
}

/// What is on the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proposal {
    /// A paper of a stage before the last, as its place among the papers.
    Paper(usize),
    /// A whole package.
    Deal(Place),
}

impl<'c> Course<'c> {
    /// A party draws its move and makes it.
    pub fn take_turn(&mut self, i: usize) -> Option<Finish> {
        let of = self.talks.parties[i].actor;
        let decided = self.decision(of, |_| Question::Moves, |course, said| course.judge_move(i, said));
        let (made, names) = decided.unwrap_or_else(|| (self.draw_move(i), Naming::ByPolicy));
        self.tell(|| What::Makes(of, made));
        self.sees_move(i, made);
        let conceded = self.comes_down(i, made, names.asks());
        self.winds(i, made, conceded);
        self.owes_for(of, made);
        match made {
            Move::Token | Move::Talk | Move::Hold => {
                self.party_decides(i, Decision::Moves(made, None));
                None
            }
            Move::WalkOut => {
                self.party_decides(i, Decision::Moves(made, None));
                self.walks_out(i)
            }
            Move::Offer | Move::Ultimatum => {
                let proposal = self.make_offer(i, made == Move::Ultimatum, names)?;
                self.put(Some(i), proposal)
            }
        }
    }

    /// A move that was decided outside, with what it names.
    fn judge_move(&self, i: usize, said: &Decision) -> Result<(Move, Naming), Illegal> {
        let Decision::Moves(made, terms) = said else { return Err(Illegal::NotAsked) };
        if terms.is_some() && !made.names_terms() {
            return Err(Illegal::NeedlessTerms);
        }
        let Some(terms) = terms else { return Ok((*made, Naming::Nothing)) };
        self.judged(i, terms).map(|(proposal, asks)| (*made, Naming::Terms(proposal, asks)))
    }

    /// Draws a move by its rates.
    fn draw_move(&mut self, i: usize) -> Move {
        if let Some(made) = self.reckons(i).then(|| self.reckoned_move(i)).flatten() {
            return made;
        }
        let rates = self.rates(i, self.sides[i].own);
        let u = self.luck.moves[i].at(u64::from(self.round));
        pick(&rates, u).map_or(Move::Hold, |place| Move::ALL[place])
    }

    /// The rates of the moves of a party with one of its intents, after responses, as observers know them; a party whose
    /// rates are all 0 holds.
    pub fn rates(&self, i: usize, at: usize) -> [f64; 6] {
        let intent = self.intent_among(i, at);
        let mut rates = self.sides[i].stances[at].rates;
        if self.talks.has(Mechanism::Responses) {
            for response in intent.responses.iter().filter(|r| self.holds_for(i, at, &r.during)) {
                for (made, factor) in &response.times {
                    rates[*made as usize] *= self.world.value(*factor);
                }
            }
        }
        if rates.iter().all(|rate| *rate <= 0.0) {
            rates[Move::Hold as usize] = 1.0;
        }
        rates
    }

    /// The package that a proposal comes to: for a paper, with the rest as it is.
    pub fn package(&self, proposal: Proposal) -> Package {
        match proposal {
            Proposal::Paper(paper) => self.agenda.papers[paper].package.clone(),
            Proposal::Deal((head, tail)) => self.space.package(self.talks.n, head, tail),
        }
    }

    /// What a proposal is worth to a leadership, in units; `None` if a package crosses a red line of it.
    pub fn worth(&self, i: usize, proposal: Proposal) -> Option<i64> {
        match proposal {
            Proposal::Paper(paper) => Some(self.agenda.papers[paper].utilities[i]),
            Proposal::Deal(place) => self.utility(i, place),
        }
    }

    /// Puts a proposal to all but the party that made it, in their order; if enough of them agree, it goes its way.
    pub fn put(&mut self, by: Option<usize>, proposal: Proposal) -> Option<Finish> {
        let mut consents = vec![false; self.sides.len()];
        by.into_iter().for_each(|i| consents[i] = true);
        for at in 0..self.order.len() {
            let i = self.order[at];
            if Some(i) == by || self.sides[i].gone {
                continue;
            }
            let of = self.talks.parties[i].actor;
            let worth = self.worth(i, proposal);
            self.sides[i].hears(worth);
            let package = |course: &Self| course.package(proposal);
            let from = by.map(|by| self.talks.parties[by].actor);
            let asked = |course: &Self| Question::Answers { by: from, package: package(course) };
            let said = self.says_yes(i, asked, Decision::answers);
            let (why, pays) = self.answer(i, by, proposal);
            self.party_decides(i, Decision::Answers(why.is_none()));
            let why = said.map_or(why, |yes| (!yes).then(|| why.unwrap_or(Refusal::NotEnoughYet)));
            self.sides[i].eased = 0;
            if let Some((owing, short)) = pays.filter(|_| why.is_none()) {
                self.spend(owing, short);
                self.sides[i].eased = short.max(0);
            }
            if let Some(why) = why {
                self.blocked = Block::Refused(of, why);
                self.tell(|| What::Refuses(of, why));
            } else {
                consents[i] = true;
                self.tell(|| What::Accepts(of));
            }
        }
        if !self.is_enough(&consents) {
            return None;
        }
        self.tell(|| What::Agreed);
        self.agree(proposal, consents)
    }

    /// Whether those who consent suffice for a deal.
    pub fn is_enough(&self, consents: &[bool]) -> bool {
        let parties = &self.talks.actors;
        let consents = |i| parties.iter().zip(consents).any(|(p, yes)| *p == i && *yes);
        self.talks.rules.agree.is_met(parties, consents)
    }

    /// Why a side refuses a proposal of another (`None`: of the mediator), if it does. Favours that it owes ease its
    /// consent: what they have to add, in units.
    fn answer(&self, i: usize, by: Option<usize>, proposal: Proposal) -> (Option<Refusal>, Option<(OwingId, i64)>) {
        let refuses = |course: &Self, credit: i64| match proposal {
            Proposal::Deal(place) => course.refusal(i, by, place, credit),
            Proposal::Paper(paper) => course.refuses_paper(i, paper, credit),
        };
        let Some(why) = refuses(self, 0) else { return (None, None) };
        let short = matches!(why, Refusal::WorseThanNoDeal | Refusal::WorseThanSoFar | Refusal::NotEnoughYet);
        let Some((owing, credit)) = self.credit(i, by).filter(|_| short) else { return (Some(why), None) };
        if let Some(still) = refuses(self, credit) {
            return (Some(still), None);
        }
        let asks = self.asks_soon(i).max(self.low(i));
        (None, Some((owing, asks - self.worth(i, proposal).unwrap_or(asks))))
    }

    /// Why a side refuses a package, if it does. It accepts iff nothing that it is after rules the package out, no red
    /// line is crossed, and
    ///
    /// ```text
    /// U_i + credit ≥ W_i(t),  U_i + credit ≥ own aspiration at min(t + 1, deadline),  P_a ≥ accepts_if_borne
    /// ```
    ///
    /// for each own audience that binds it or would have to ratify, the chance `P_a` as the side believes it. A side that
    /// yields is content with a smaller chance.
    fn refusal(&self, i: usize, by: Option<usize>, place: Place, credit: i64) -> Option<Refusal> {
        if !self.open_to(i).lets_through(place.0, place.1) {
            return Some(Refusal::RuledOut);
        }
        let Some(utility) = self.utility(i, place) else { return Some(Refusal::RedLine) };
        let worth = utility + credit;
        if worth.min(self.held(i, place) + credit) < self.no_deal(i) {
            return Some(Refusal::WorseThanNoDeal);
        }
        if let Some(who) = self.would_break(by, i, place) {
            return Some(Refusal::WouldNotKeep(self.talks.parties[who].actor));
        }
        if worth < self.asks_soon(i) {
            return Some(Refusal::NotEnoughYet);
        }
        let voting = self.voters(place);
        let mut asked = self.talks.parties[i].audiences.iter().filter(|a| self.binds(**a) || voting.contains(a));
        // What crosses a red line of theirs no vote bears, however little is asked for.
        let refused =
            |a: &&AudienceId| self.felt(**a, place).is_none() || self.hoped(**a, place) < self.enough_at_home(i, **a);
        asked.find(refused).map(|a| Refusal::Home(*a))
    }

    /// The first party that would not keep a package, of those whose word a side needs: its own, that of whoever makes the
    /// offer, and that of all without whom nothing is agreed.
    pub fn would_break(&self, by: Option<usize>, i: usize, place: Place) -> Option<usize> {
        self.needed(Some(i)).chain(by).find(|j| !self.keeps(*j, place))
    }

    /// Whether a party would keep a package.
    pub fn keeps(&self, i: usize, place: Place) -> bool {
        self.keeps_from(i).is_none_or(|line| self.held(i, place) >= line)
    }

    /// Those without whom nothing is agreed, and a side itself.
    fn needed(&self, i: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        let needed = self.talks.needed.iter().copied();
        needed.filter(move |j| Some(*j) != i).chain(i)
    }

    /// The tests that a package is kept by those without whom nothing is agreed and by a side itself, to which it must also be
    /// worth no less than no deal as long as it holds.
    pub fn kept(&self, i: Option<usize>) -> impl Iterator<Item = Test<'c>> + '_ {
        self.needed(i).filter_map(move |j| self.keeping(j, Some(j) == i))
    }

    /// The test that a package is kept by a party and, if it `signs`, worth no less to it than no deal as long as it holds.
    /// None where that is all that it asks in any case, and nothing moves on after the signature.
    pub fn keeping(&self, i: usize, signs: bool) -> Option<Test<'c>> {
        let (score, line) = (self.talks.parties[i].score, self.keeps_from(i));
        let held = self.space.while_it_holds[score];
        let looks = (signs && held != score).then(|| self.no_deal(i));
        looks.max(line).map(|line| self.test(held, line))
    }

    /// What a package is worth to a party as long as it holds, in units.
    pub fn held(&self, i: usize, (head, tail): Place) -> i64 {
        self.test(self.space.while_it_holds[self.talks.parties[i].score], 0).score(head, tail)
    }

    /// The least chance that an audience bears a package with which a side is content now: that of its intent while it yields, else
    /// that of the audience, else that of the talks.
    pub fn enough_at_home(&self, i: usize, a: AudienceId) -> f64 {
        let own = self.sides[i].own;
        let yields = self.intent(i).yields.as_ref().filter(|yields| self.holds_for(i, own, &yields.during));
        self.world.value(yields.map_or_else(|| self.asked_by(a), |yields| yields.accepts_if_borne))
    }

    /// The same of a side that does not yield.
    pub fn asked_by(&self, a: AudienceId) -> InputId {
        self.talks.n.audience(a).accepts_if_borne.unwrap_or(self.talks.rules.accepts_if_borne)
    }

    /// The tests that the own audiences of a party bear a package as surely as it asks before it signs: those that bind
    /// it, and those that may have to vote.
    ///
    /// ```text
    /// P_a ≥ q   ⇔   G_a ≥ D_a + what q asks for above the line
    /// ```
    pub fn borne(&self, i: usize) -> impl Iterator<Item = Test<'c>> + '_ {
        let ballots = self.talks.has(Mechanism::Ratification);
        let own = self.talks.parties[i].audiences.iter().copied();
        let binding = own.filter(move |a| self.binds(*a) || (self.talks.audiences[a.0].votes && ballots));
        let test = move |a: AudienceId| {
            let q = self.enough_at_home(i, a);
            let line = self.line(a, 0.0).filter(|_| q > 0.0).map(|line| {
                let farthest = self.space.scale.points(FARTHEST_LINE);
                let more = self.asked_at_home(a, q).clamp(-farthest, farthest);
                line + self.space.scale.units(more)
            });
            // Whoever has no line, or is asked for nothing, has red lines all the same.
            self.test(self.talks.audiences[a.0].score, line.unwrap_or(-FARTHEST_LINE))
        };
        binding.map(test)
    }
}
