//! Offers: always a whole package, the one that gives the others most of those that give oneself enough.

use std::cmp::Reverse;

use super::course::{Course, Place};
use super::ending::Block;
use super::proposal::Proposal;
use super::shortlist::{Listed, Overview};
use super::step::{Recorder, What};
use super::{Mechanism, Party};
use crate::model::ActorId;
use crate::space::{Gate, Search, Slack, Test, passing_among};

/// A package that was offered.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Offered {
    pub place: Place,
    /// All thresholds under which it was found: while they stay, it stays.
    pub under: Vec<i64>,
}

/// What is compared of a package: the others' gains above the least, its own utility and number, and its place.
type Candidate = (Vec<f64>, (i64, Reverse<u64>), Place);

/// Places of earlier offers that are tried first.
const HINTS: usize = 16;

impl<R: Recorder> Course<'_, R> {
    /// The most that a side can hope for, in units: its best package that is open to it and that its own audiences bear.
    ///
    /// `intent` is one of its intents, with the gate of that intent.
    pub fn best_of(&mut self, i: usize, intent: usize, gate: Option<&Gate>) -> Option<i64> {
        let score = self.talks.parties[i].score;
        let own = Test::new(&self.space.plans[score], &self.tables[score], 0);
        let search =
            Search { lanes: self.talks.lanes, slacks: vec![Slack { test: own, span: 1.0 }], tests: self.borne(i) };
        let hint = i * self.talks.n.intents.len() + intent;
        let gate = gate.unwrap_or(&self.gate);
        let known = self.hints[hint].best.map_or(f64::NEG_INFINITY, |(head, tail)| search.slack(gate, head, tail));
        let Some((best, head, tail)) = search.greatest(gate, known) else {
            return (known > f64::NEG_INFINITY).then_some(known as i64);
        };
        self.hints[hint].best = Some((head, tail));
        Some(best as i64)
    }

    pub fn hint(&self, i: usize) -> usize {
        i * self.talks.n.intents.len() + self.sides[i].intent
    }

    /// A side names a package or a paper, if there is one that it could sign and that is enough for it.
    pub fn make_offer(&mut self, i: usize, ultimatum: bool) -> Option<Proposal> {
        let (of, was_tied) = (self.talks.parties[i].actor, self.sides[i].tied);
        self.sides[i].tied |= ultimatum && self.talks.has(Mechanism::TiedHands);
        self.reply(i);
        let aspiration = self.asks(i, self.round);
        self.sees_share(i);
        let found = if self.at_last_stage() {
            self.find_offer(i, aspiration).map(Proposal::Deal)
        } else {
            self.find_paper(i, aspiration).map(Proposal::Paper)
        };
        let Some(proposal) = found else {
            self.sides[i].tied = was_tied;
            self.blocked = Block::NothingToOffer(of);
            self.tell(|| What::HasNothing(of));
            return None;
        };
        self.sides[i].ultimatum = ultimatum;
        let utility = self.worth(i, proposal).unwrap_or(aspiration);
        let (stage, package) = (self.stage().filter(|_| !self.at_last_stage()), self.package(proposal));
        let gains = match proposal {
            Proposal::Deal(place) if R::HEARS => self.gains(place),
            Proposal::Deal(_) | Proposal::Paper(_) => Vec::new(),
        };
        let asked = self.relative(i, aspiration);
        self.tell(|| What::Offers { by: of, stage, package, utility, aspiration, asked, gains });
        Some(proposal)
    }

    /// A side replies, as far as its tactic hears, to what was offered since its own last offer: the same under each of
    /// the intents that others may think it has.
    fn reply(&mut self, i: usize) {
        if !std::mem::take(&mut self.sides[i].fresh) {
            return;
        }
        for (at, k) in self.talks.parties[i].intents.iter().enumerate() {
            let low = self.low_under(i, at);
            let side = &mut self.sides[i];
            side.stances[at].replies(&self.talks.n.intents[*k], low, &side.heard);
        }
    }

    /// The relative gain of each party from a package, by its own scores; no deal where it crosses a red line.
    pub fn gains(&self, place: Place) -> Vec<(ActorId, f64)> {
        let gain = |(i, party): (usize, &Party)| {
            let utility = self.utility(i, place).unwrap_or_else(|| self.no_deal(i));
            (party.actor, self.relative(i, utility))
        };
        self.talks.parties.iter().enumerate().map(gain).collect()
    }

    /// A utility of a party as a relative gain:
    ///
    /// ```text
    /// (U − W(t)) / (best − W(t))
    /// ```
    ///
    /// `best` is the most that it could hope for when the talks began; 0 where that is no more than no deal.
    fn relative(&self, i: usize, utility: i64) -> f64 {
        let (stance, no_deal) = (self.sides[i].stance(), self.no_deal(i));
        let hoped = stance.hoped.or(stance.best).map_or(0, |best| best - no_deal) as f64;
        if hoped > 0.0 { (utility - no_deal) as f64 / hoped } else { 0.0 }
    }

    /// What a package is worth to a leadership, in units; `None` if it crosses a red line of it.
    pub fn utility(&self, i: usize, (head, tail): Place) -> Option<i64> {
        self.space.score(self.tables, self.talks.parties[i].score, head, tail)
    }

    /// The package to offer: of those that are open to the side, that reach its aspiration and that its own audiences
    /// bear, the one with the greatest least gain of the others as the side reads them,
    ///
    /// ```text
    /// min over others j of (U_j − W_j) / span_j
    /// ```
    ///
    /// of several, the one with the greatest next least gain, and so on; of several still, the best for itself; of several
    /// again, the first by identifiers.
    pub fn find_offer(&mut self, i: usize, aspiration: i64) -> Option<Place> {
        let party = &self.talks.parties[i];
        let mut tests = self.borne(i);
        let mut under = Vec::with_capacity(tests.len() + 1 + party.others.len());
        under.extend(tests.iter().map(|test| i64::from(test.line)));
        under.push(aspiration);
        under.extend(party.others.iter().map(|other| self.no_deal(*other)));
        if let Some(last) = self.sides[i].last.as_ref().filter(|last| last.under == under) {
            return Some(last.place);
        }
        let own = Test::new(&self.space.plans[party.score], &self.tables[party.score], aspiration);
        let slack = |(at, (other, no_deal)): (usize, (&usize, &i64))| {
            let score = self.talks.parties[*other].score;
            let tables = self.misread[i].get(at).unwrap_or(&self.tables[score]);
            let span = self.talks.compiled.spans.0[score] as f64;
            Slack { test: Test::new(&self.space.plans[score], tables, *no_deal), span }
        };
        let slacks = party.others.iter().zip(&under[tests.len() + 1..]).enumerate().map(slack).collect();
        tests.insert(0, own);
        let search = Search { lanes: self.talks.lanes, slacks, tests };
        self.look_over(i, &search);
        let listed = if search.slacks.len() == 1 { self.listed(i, &search) } else { Listed::Unknown };
        let place = match listed {
            Listed::Best(place) => Some(place),
            Listed::Nothing => None,
            Listed::Unknown => self.search_offer(i, &search, &own),
        }?;
        self.sides[i].last = Some(Offered { place, under });
        let hint = self.hint(i);
        let known = &mut self.hints[hint].offers;
        if !known.contains(&place) {
            known.insert(0, place);
            known.truncate(HINTS);
        }
        Some(place)
    }

    fn search_offer(&self, i: usize, search: &Search, own: &Test) -> Option<Place> {
        let gate = self.sides[i].gate.as_ref().unwrap_or(&self.gate);
        let last = self.sides[i].last.as_ref().map(|last| (search.slack(gate, last.place.0, last.place.1), last.place));
        let hints = self.hints[self.hint(i)].offers.iter().map(|(head, tail)| search.slack(gate, *head, *tail));
        let known = hints.chain(last.map(|(gain, _)| gain)).fold(f64::NEG_INFINITY, f64::max);
        let gain = search.greatest_among(self.heads(i, search, known), gate, known);
        let gain = gain.map_or(known, |(gain, _, _)| gain);
        if gain == f64::NEG_INFINITY {
            return None;
        }
        // What was offered before and is still the best for the only other is offered again.
        if let Some((_, place)) = last.filter(|(last, _)| *last == gain && search.slacks.len() < 2) {
            return Some(place);
        }
        Some(self.best_of_equals(i, search, own, gain))
    }

    /// The open heads, and bounds of what they hold: made when a side first looks for an offer.
    fn look_over(&mut self, i: usize, search: &Search) {
        if self.sides[i].overview.is_made() {
            return;
        }
        let (party, spans) = (&self.talks.parties[i], &self.talks.compiled.spans.0);
        let gate = self.sides[i].gate.as_ref().unwrap_or(&self.gate);
        let overview = Overview::of(gate, search, &party.pairs, spans[party.score] as f64);
        self.sides[i].overview = overview;
    }

    /// The heads of which some package may be enough for the side and give all others at least this gain.
    fn heads(&self, i: usize, search: &Search, gain: f64) -> impl Iterator<Item = usize> {
        let enough = |slack: &Slack| if gain.is_finite() { slack.raised_to(gain).line } else { -(1 << 29) };
        let enough: Vec<i32> = search.slacks.iter().map(enough).collect();
        self.sides[i].overview.heads(self.talks.lanes, &search.tests, &enough)
    }

    /// Of the packages with this least gain, the best by next least gains, then for the side, then by identifiers.
    fn best_of_equals(&self, i: usize, search: &Search, own: &Test, gain: f64) -> Place {
        let gate = self.sides[i].gate.as_ref().unwrap_or(&self.gate);
        let raised = search.slacks.iter().filter(|_| gain < f64::INFINITY).map(|s| s.raised_to(gain));
        let tests: Vec<Test> = raised.chain(search.tests.iter().copied()).collect();
        let mut chosen: Option<Candidate> = None;
        let heads = self.heads(i, search, gain);
        passing_among(heads, self.talks.lanes, &tests, gate, &self.space.layout, |head, tail| {
            let rank = self.talks.head_rank[head] + self.talks.tail_rank[tail];
            let own = (own.score(head, tail), Reverse(rank));
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

/// All gains of the others but the least, from the least on; none for a single other.
fn gains_above_the_least(search: &Search, head: usize, tail: usize) -> Vec<f64> {
    if search.slacks.len() < 2 {
        return Vec::new();
    }
    let mut gains: Vec<f64> = search.slacks.iter().map(|s| s.of(head, tail)).collect();
    gains.sort_unstable_by(f64::total_cmp);
    gains.remove(0);
    gains
}
