//! Offers: always a whole package, the one that gives the others most of those that give oneself enough.

use std::cmp::Reverse;

use itertools::Itertools as _;

use super::chance::pick;
use super::course::Course;
use super::ending::Block;
use super::proposal::{Naming, Proposal};
use super::seat::{Decision, Terms};
use super::shortlist::{Overview, Shortlisted};
use super::side::Hint;
use super::step::{Refusal, What};
use super::{Mechanism, Party};
use crate::model::{ActorId, Move};
use crate::space::{Gate, Place, Search, Slack, Test, passing};

/// A package that was offered.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Offered {
    pub place: Place,
    /// All thresholds under which it was found: while they stay, it stays.
    pub under: Vec<i32>,
}

/// What is compared of a package: the others' gains above the least, its own utility and number, and its place.
type Candidate = (Vec<f64>, (i64, Reverse<u64>), Place);

/// Places of earlier runs that are tried first.
const HINTS: usize = 16;

impl<'c> Course<'c> {
    /// The search for what is best for a side among the packages that its own audiences bear and that are
    /// kept by those who must agree.
    pub fn own_search(&self, i: usize) -> Search<'c> {
        let own = Slack { test: self.test(self.talks.parties[i].score, 0), span: 1.0 };
        let tests = self.borne(i).chain(self.kept(Some(i))).collect();
        Search { lanes: self.talks.lanes, slacks: vec![own], tests }
    }

    /// The most that a side can hope for, in units: its best package that is open to it and that its own audiences bear.
    ///
    /// `intent` is one of its intents, with the gate of that intent.
    pub fn best_of(&mut self, i: usize, intent: usize, gate: Option<&Gate>) -> Option<i64> {
        let search = self.own_search(i);
        let hint = i * self.talks.n.intents.len() + intent;
        let gate = gate.unwrap_or(&self.gate);
        let known = self.hints[hint].bests.iter().map(|(head, tail)| search.slack(gate, *head, *tail));
        let known = known.fold(f64::NEG_INFINITY, f64::max);
        let Some((best, head, tail)) = search.greatest(gate, known) else {
            return (known > f64::NEG_INFINITY).then_some(known as i64);
        };
        remember(&mut self.hints[hint].bests, (head, tail));
        Some(best as i64)
    }

    /// What was good in earlier runs for a side with its intent.
    pub fn hint(&mut self, i: usize) -> &mut Hint {
        &mut self.hints[i * self.talks.n.intents.len() + self.sides[i].intent]
    }

    /// What a side offered earlier in this run or, with its intent, in others.
    pub fn offered_before(&self, i: usize) -> impl Iterator<Item = Place> + '_ {
        let hint = &self.hints[i * self.talks.n.intents.len() + self.sides[i].intent];
        hint.offers.iter().copied().chain(self.sides[i].last.as_ref().map(|last| last.place))
    }

    /// A side names a package or a paper, if there is one that it could sign and that is enough for it; or what was decided
    /// outside that it `names`.
    pub fn make_offer(&mut self, i: usize, ultimatum: bool, names: Naming) -> Option<Proposal> {
        let (by, was_tied) = (self.talks.parties[i].actor, self.sides[i].tied);
        self.sides[i].tied |= ultimatum && self.talks.has(Mechanism::TiedHands);
        self.reply(i);
        let asks = names.asks();
        let aspiration = asks.unwrap_or_else(|| self.asks(i, self.moment()));
        self.sees_share(i, asks);
        let found = match names {
            Naming::Terms(proposal, _) => Some(proposal),
            Naming::Nothing => None,
            Naming::ByPolicy if self.at_last_stage() => self.find_offer(i, aspiration).map(Proposal::Deal),
            Naming::ByPolicy => self.find_paper(i, aspiration).map(Proposal::Paper),
        };
        let made = if ultimatum { Move::Ultimatum } else { Move::Offer };
        self.decides(by, |course| {
            let terms = found.map(|proposal| Terms { package: course.package(proposal), asks: Some(aspiration) });
            Decision::Moves(made, terms)
        });
        let Some(proposal) = found else {
            self.sides[i].tied = was_tied;
            let broken = self.broken_by(i, aspiration);
            self.blocked =
                broken.map_or(Block::NothingToOffer(by), |who| Block::Refused(by, Refusal::WouldNotKeep(who)));
            self.tell(|| What::HasNothing(by, broken));
            return None;
        };
        self.sides[i].ultimatum = ultimatum;
        if self.record.is_some() {
            let utility = self.worth(i, proposal).unwrap_or(aspiration);
            let (stage, package) = (self.stage().filter(|_| !self.at_last_stage()), self.package(proposal));
            let gains = if let Proposal::Deal(place) = proposal { self.gains(place) } else { Vec::new() };
            let asked = self.relative(i, aspiration);
            self.tell(|| What::Offers { by, stage, package, utility, aspiration, asked, gains });
        }
        Some(proposal)
    }

    /// Who would not keep the best that a side could offer if everybody kept what he signs, where that alone leaves it nothing.
    fn broken_by(&self, i: usize, aspiration: i64) -> Option<ActorId> {
        let party = &self.talks.parties[i];
        if !self.talks.shifts || !self.at_last_stage() || party.coalitions.len() > 1 {
            return None;
        }
        let own = self.test(party.score, aspiration);
        let tests = [own].into_iter().chain(self.borne(i)).collect();
        let search =
            Search { lanes: self.talks.lanes, slacks: party.others.iter().map(|j| self.gain_of(*j)).collect(), tests };
        let (gain, head, tail) = search.greatest(self.open_to(i), f64::NEG_INFINITY)?;
        let who = self.would_break(None, i, (head, tail)).filter(|_| gain >= 0.0)?;
        Some(self.talks.parties[who].actor)
    }

    /// The relative gain of each party from a package, by its own scores; no deal where it crosses a red line.
    pub fn gains(&self, place: Place) -> Vec<(ActorId, f64)> {
        let gain = |(i, party): (usize, &Party)| {
            let utility = self.utility(i, place).unwrap_or_else(|| self.no_deal(i));
            (party.actor, self.relative(i, utility))
        };
        self.talks.parties.iter().enumerate().map(gain).collect()
    }

    /// The package to offer: of those that are open to the side, that reach its aspiration, that its own audiences bear and
    /// that are kept by those who must agree, the one with the greatest least gain of the others as the side reads them,
    ///
    /// ```text
    /// min over others j of (U_j − W_j) / span_j
    /// ```
    ///
    /// of several, the one with the greatest next least gain, and so on; of several still, the best for itself; of several
    /// again, the first by identifiers.
    pub fn find_offer(&mut self, i: usize, aspiration: i64) -> Option<Place> {
        let party = &self.talks.parties[i];
        if party.coalitions.len() > 1 {
            return self.coalition_offer(i, aspiration);
        }
        let own = self.test(party.score, aspiration);
        let tests: Vec<Test> = std::iter::once(own).chain(self.borne(i)).chain(self.kept(Some(i))).collect();
        let all = party.others.iter().enumerate();
        let slacks: Vec<Slack> = all.map(|(at, other)| self.gain_of(*other).read(self.read(i, at))).collect();
        let search = Search { lanes: self.talks.lanes, slacks, tests };
        let tests = search.tests.iter().chain(search.slacks.iter().map(|slack| &slack.test));
        let lines = tests.map(|test| test.line);
        if let Some(last) = self.sides[i].last.as_ref().filter(|last| last.under.iter().copied().eq(lines.clone())) {
            return Some(last.place);
        }
        let mut under = self.sides[i].last.as_mut().map(|last| std::mem::take(&mut last.under)).unwrap_or_default();
        under.clear();
        under.extend(lines);
        if self.sides[i].overview.is_none() {
            let overview = Overview::of(self.open_to(i), &search, &party.pairs, self.talks.span(i));
            self.sides[i].overview = Some(overview);
        }
        let listed = if search.slacks.len() == 1 { self.shortlisted(i, &search) } else { Shortlisted::Unknown };
        let place = match listed {
            Shortlisted::Best(place) => Some(place),
            Shortlisted::Nothing => None,
            Shortlisted::Unknown => self.search_offer(i, &search),
        }?;
        self.sides[i].last = Some(Offered { place, under });
        remember(&mut self.hint(i).offers, place);
        Some(place)
    }

    /// The same where one of several coalitions is enough: for each the package with the greatest least gain of its other
    /// members, among coalitions the greatest of these; of several, one is drawn.
    fn coalition_offer(&mut self, i: usize, aspiration: i64) -> Option<Place> {
        let mut best: Vec<(Search, f64)> = Vec::new();
        let coalitions = self.talks.parties[i].coalitions.iter();
        for members in coalitions.filter(|members| members.iter().all(|j| !self.sides[*j].gone)) {
            let search = self.search_among(i, aspiration, members);
            let known = best.first().map_or(f64::NEG_INFINITY, |(_, gain)| *gain);
            let Some((gain, ..)) = search.greatest(self.open_to(i), known.next_down()) else { continue };
            if gain > known {
                best.clear();
            }
            best.push((search, gain));
        }
        let all = vec![1.0; best.len()];
        let drawn = pick(&all, self.luck.partners[i].at(u64::from(self.round)))?;
        let (search, gain) = &best[drawn];
        Some(self.best_of_equals(i, search, *gain, &self.open_to(i).heads))
    }

    /// What a package gives a party over no deal, as a share of its span.
    pub fn gain_of(&self, i: usize) -> Slack<'c> {
        self.gain_over(i, self.no_deal(i))
    }

    fn gain_over(&self, i: usize, no_deal: i64) -> Slack<'c> {
        Slack { test: self.test(self.talks.parties[i].score, no_deal), span: self.talks.span(i) }
    }

    /// The search for what a coalition of a side with some others could sign.
    fn search_among(&self, i: usize, aspiration: i64, members: &[usize]) -> Search<'c> {
        let party = &self.talks.parties[i];
        let slack = |j: &usize| {
            let read = party.others.iter().position(|other| other == j).and_then(|at| self.read(i, at));
            self.gain_of(*j).read(read)
        };
        let own = self.test(party.score, aspiration);
        let kept = members.iter().chain([&i]).filter_map(|j| self.keeping(*j, *j == i));
        let tests = [own].into_iter().chain(self.borne(i)).chain(kept).collect();
        Search { lanes: self.talks.lanes, slacks: members.iter().map(slack).collect(), tests }
    }

    fn search_offer(&self, i: usize, search: &Search) -> Option<Place> {
        let gate = self.open_to(i);
        let gain_of = |(head, tail): Place| search.slack(gate, head, tail);
        let known = self.offered_before(i).map(gain_of).fold(f64::NEG_INFINITY, f64::max);
        let gain = search.greatest_among(&self.heads(i, search, known), gate, known).map_or(known, |(gain, ..)| gain);
        if gain == f64::NEG_INFINITY {
            return None;
        }
        // What was offered before and is still the best for the only other is offered again.
        let last = self.sides[i].last.as_ref().map(|last| last.place);
        let again = last.filter(|place| search.slacks.len() < 2 && gain_of(*place) == gain);
        Some(again.unwrap_or_else(|| self.best_of_equals(i, search, gain, &self.heads(i, search, gain))))
    }

    /// The heads of which some package may be enough for the side and give all others at least this gain.
    fn heads(&self, i: usize, search: &Search, gain: f64) -> Vec<u32> {
        let enough = |slack: &Slack| if gain.is_finite() { slack.raised_to(gain).line } else { -(1 << 29) };
        let enough: Vec<i32> = search.slacks.iter().map(enough).collect();
        let overview = self.sides[i].overview.as_ref().expect("it is made before the first search");
        overview.heads(self.open_to(i), self.talks.lanes, &search.tests, &enough)
    }

    /// Of the packages with this least gain, the best by next least gains, then for the side, then by identifiers.
    fn best_of_equals(&self, i: usize, search: &Search, gain: f64, heads: &[u32]) -> Place {
        let raised = search.slacks.iter().filter(|_| gain < f64::INFINITY).map(|s| s.raised_to(gain));
        let tests: Vec<Test> = raised.chain(search.tests.iter().copied()).collect();
        let mut chosen: Option<Candidate> = None;
        passing(self.talks.lanes, &tests, heads, self.open_to(i), |head, tail| {
            let own = (search.tests[0].score(head, tail), Reverse(self.talks.rank((head, tail))));
            let gains = gains_above_the_least(search, head, tail);
            let better = |(known, best, _): &Candidate| {
                let first = gains.iter().zip(known).map(|(a, b)| a.total_cmp(b)).find(|order| order.is_ne());
                first.unwrap_or_else(|| own.cmp(best)).is_gt()
            };
            if chosen.as_ref().is_none_or(better) {
                chosen = Some((gains, own, (head, tail)));
            }
        });
        chosen.expect("the package with this gain passes").2
    }
}

/// Puts a place before those that are known, if it is not among them.
fn remember(known: &mut Vec<Place>, place: Place) {
    if !known.contains(&place) {
        known.insert(0, place);
        known.truncate(HINTS);
    }
}

/// All gains of the others but the least, from the least on; none for a single other.
fn gains_above_the_least(search: &Search, head: usize, tail: usize) -> Vec<f64> {
    if search.slacks.len() < 2 {
        return Vec::new();
    }
    search.slacks.iter().map(|s| s.of(head, tail)).sorted_unstable_by(f64::total_cmp).skip(1).collect()
}
